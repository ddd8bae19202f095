"""A run is defined by its settings and its steps: by plain loops it comes out the same, whatever way it was moved."""

import numpy as np
import pytest

from nbhelpers import Network, datasets
from nbhelpers.explorers.playground.run import TrainingRun
from nbhelpers.explorers.playground.settings import settings, sizes_of
from nbhelpers.explorers.playground.text import read_text

USUAL = {name: control.value for name, control in settings().items()}
START = USUAL | read_text("moons hidden=5-3 tanh lr=0.5 batch=all descent xavier l2=0.01 dropout=0 seed=3 steps=0")
BATCHES = {**START, "batch": "32", "dropout": 0.2, "optimizer": "adam", "η": 0.05}


def plain(values, steps):
    """The parameters after some steps of the full batch, by the plain formulas; with the examples."""
    draws = [np.random.default_rng([values["seed"], k]) for k in range(3)]
    data = datasets.TOY[values["data"]](200, noise=values["noise"], rng=draws[0])
    training, held_out = datasets.standardized(*data.split(0.25, rng=draws[1]))
    activations, loss = ["tanh", "tanh", "sigmoid"], "binary_cross_entropy"
    sizes = [sum(values[name] for name in datasets.FEATURES), 5, 3, 1]
    network = Network.initialize(sizes, activations, loss, values["weights"], draws[2])
    for _ in range(steps):
        slopes = network.backward(network.forward(training.X), training.Y).by_parameter
        slopes = {name: s + values["L2"] * network.parameters[name] * (name[0] == "W") for name, s in slopes.items()}
        moved = {name: value - values["η"] * slopes[name] for name, value in network.parameters.items()}
        network = network.with_parameters(**moved)
    return network, training, held_out


def parameters(look):
    return np.concatenate([value.ravel() for value in look.network.parameters.values()])


def told(look):
    """Records and findings with all their digits; nan, which is not equal to itself, is equal to its text."""
    return repr((look.records, look.findings))


def at(values, *ways):
    """What is seen after having been moved to these steps, one after the other."""
    run = TrainingRun(values)
    for steps in ways:
        run.go_to(steps)
    return run.look()


@pytest.mark.parametrize("steps", [0, 1, 40])
def test_it_is_the_training_of_the_plain_formulas(steps):
    look, (network, training, held_out) = at(START, steps), plain(START, steps)
    for name, value in network.parameters.items():
        np.testing.assert_allclose(look.network.parameters[name], value, rtol=1e-9, atol=1e-12)
    now = look.now
    assert now.steps == steps
    assert now.cost == pytest.approx(network.cost(training.X, training.Y))
    assert now.validation_cost == pytest.approx(network.cost(held_out.X, held_out.Y))
    assert now.penalty == pytest.approx(0.005 * sum((W**2).sum() for W in network.W[1:]))
    right = (network.predict(held_out.X) > 0.5) == held_out.Y
    assert now.validation_accuracy == right.mean()
    gradients = network.backward(network.forward(training.X), training.Y)
    norms = [np.linalg.norm(gradients.dW[l] + 0.01 * network.W[l]) for l in (1, 2, 3)]
    np.testing.assert_allclose(now.gradient_norm, norms)


@pytest.mark.parametrize("ways", [(57,), (10, 57), (57, 3, 57), (500, 57), tuple(range(58))])
def test_it_does_not_matter_how_one_got_there(ways):
    look, straight = at(BATCHES, *ways), at(BATCHES, 57)
    assert parameters(look).tobytes() == parameters(straight).tobytes()
    assert told(look) == told(straight)


def test_looking_leaves_no_trace():
    watched, alone = TrainingRun(BATCHES), TrainingRun(BATCHES)
    for steps in range(1, 40):
        watched.go_to(steps)
        watched.look()
    alone.go_to(39)
    assert told(watched.look()) == told(alone.look())


def test_records_are_thinned_and_the_last_one_is_of_this_step():
    run = TrainingRun(START)
    run.go_to(3001)
    look = run.look()
    steps = [record.steps for record in look.records]
    assert steps[:60] == list(range(60))
    assert 300 < len(steps) < 500
    assert steps[-1] == 3001
    assert sorted(set(steps)) == steps


def test_there_is_a_limit_of_work():
    run = TrainingRun(BATCHES)
    run.go_to(10_000, most=70)
    assert run.steps == 70
    run.go_to(100, most=70)
    assert run.steps == 100


def test_a_run_that_goes_wrong_stops_and_keeps_the_last_good_parameters():
    wrong = {**START, "η": 100.0, "activation": "relu"}
    look = at(wrong, 1000)
    assert look.findings[0].kind in ("diverged", "not finite")
    assert look.now.steps < 100
    assert np.isfinite(parameters(look)).all()
    assert told(look) == told(at(wrong, 500))
    network, *_ = plain(wrong | {"η": 0.0}, 0)
    assert look.now.steps == 0
    assert look.records[-1].steps > 0
    for name, value in network.parameters.items():
        np.testing.assert_allclose(look.network.parameters[name], value)


def test_the_step_at_which_it_goes_wrong_is_part_of_the_run():
    wrong = {**START, "η": 10.0, "activation": "linear", "batch": "1"}
    run = TrainingRun(wrong)
    run.go_to(1000)
    failure = run.trainer.failure
    assert (failure.kind, failure.step) == ("not finite", run.steps)
    assert run.steps < 100
    assert told(run.look()) == told(at(wrong, run.steps))
    assert run.steps % run.updates  # in the middle of an epoch
    before = at(wrong, run.steps, run.steps - 1)
    assert before.network is None  # the numbers are too large already, and the training sees it at the next step
    assert told(before) == told(at(wrong, run.steps - 1))
    assert before.findings == ()


@pytest.mark.parametrize("data", [*datasets.TOY, *datasets.SURFACES])
def test_every_kind_of_points_is_trained_on(data):
    values = {**BATCHES, "data": data}
    look = at(values, 60)
    assert look.now.cost < look.records[0].cost
    assert look.network.sizes == sizes_of(values)
    assert look.network.sizes[-1] == (3 if data == "blobs" else 1)
    assert (look.now.accuracy is None) == (data in datasets.SURFACES)


def test_one_setting_changes_nothing_that_it_is_not_about():
    start, other = TrainingRun(START), TrainingRun({**START, "η": 0.1, "activation": "relu", "batch": "8"})
    assert start.training.X.tobytes() == other.training.X.tobytes()
    assert parameters(start.look()).tobytes() == parameters(other.look()).tobytes()
    assert not np.array_equal(start.training.X, TrainingRun({**START, "seed": 4}).training.X)


# --- what a network is given, and what it is trained on --------------------------------------------------------------


def test_features_are_computed_from_the_standardized_place():
    values = {**START, "x₁": False, "x₁²": True, "x₁x₂": True, "sin x₂": True}
    run = TrainingRun(values)
    x1, x2 = run.training.X
    np.testing.assert_allclose(run.inputs(run.training.X), [x2, x1 * x1, x1 * x2, np.sin(x2)])
    look = at(values, 30)
    assert look.network.sizes == [4, 5, 3, 1] == sizes_of(values)
    forward = look.network.forward(np.array([x2, x1 * x1, x1 * x2, np.sin(x2)]))
    assert look.now.accuracy == ((forward.Y_hat > 0.5) == run.training.Y).mean()


def test_with_the_right_feature_a_network_without_hidden_units_is_enough():
    lone = {**START, **dict.fromkeys(datasets.FEATURES, False), "layers": 0, "L2": 0.0, "η": 3.0}
    lone |= {"data": "xor", "noise": 0.0}
    assert at({**lone, "x₁": True, "x₂": True}, 300).now.accuracy < 0.7
    assert at({**lone, "x₁x₂": True}, 300).now.accuracy > 0.95
    assert at({**lone, "data": "saddle", "x₁x₂": True, "η": 0.1}, 500).now.cost < 1e-3


def test_without_any_input_it_says_the_same_everywhere():
    run = TrainingRun({**START, **dict.fromkeys(datasets.FEATURES, False), "data": "moons"})
    run.go_to(50)
    assert np.ptp(run.look().network.predict(run.inputs(run.held_out.X))) == 0


@pytest.mark.parametrize("share", [0.1, 0.5, 0.85, 0.9])
def test_so_many_are_trained_on(share):
    run = TrainingRun({**START, "training": share})
    assert (run.training.d, run.held_out.d) == (round(200 * share), 200 - round(200 * share))


def test_a_regression_descends_the_squared_error_of_a_linear_output():
    run = TrainingRun({**START, "data": "hills", "L2": 0.0, "L1": 0.01})
    run.go_to(25)
    look = run.look()
    X, Y = run.inputs(run.training.X), run.training.Y
    assert look.network.layers[-1].activation.name == "linear"
    assert look.now.cost == pytest.approx(0.5 * ((look.network.predict(X) - Y) ** 2).mean())
    assert look.now.penalty == pytest.approx(0.01 * sum(np.abs(W).sum() for W in look.network.W[1:]))


def own(y):
    rng = np.random.default_rng(1)
    return datasets.points_as_text(datasets.points(rng.normal(50, 9, size=(2, len(y))), y))


def test_points_of_ones_own_are_trained_on():
    values = {**START, "data": "own", "own": own([3, 7, 7, 3, 3, 7, 5, 5] * 4)}
    run = TrainingRun(values)
    assert run.training.classes == ("3", "5", "7")
    assert (run.training.d, run.held_out.d, run.sizes) == (24, 8, sizes_of(values))
    np.testing.assert_allclose(run.training.X.mean(axis=1), 0, atol=1e-12)
    heights = TrainingRun({**START, "data": "own", "own": own(np.linspace(1000, 2000, 40))})
    assert heights.training.task == "regression"
    np.testing.assert_allclose((heights.training.Y.mean(), heights.training.Y.std()), (0, 1), atol=1e-12)


# --- weights by hand --------------------------------------------------------------------------------------------------

EDITS = "0:W1[2,1]=0.5;23:W2[3,5]=-2;23:b3[1]=1;40:W1[2,1]=3"


def test_a_weight_that_is_set_by_hand_is_part_of_the_run():
    values = {**BATCHES, "edits": EDITS}
    assert at(values, 0).network.W[1][1, 0] == 0.5
    assert at(values, 22).network.W[2][2, 4] != -2
    set_there = at(values, 23).network
    assert (set_there.W[2][2, 4], set_there.b[3][0, 0]) == (-2, 1)
    assert at(values, 40).network.W[1][1, 0] == 3
    assert not np.array_equal(parameters(at(values, 60)), parameters(at(BATCHES, 60)))


@pytest.mark.parametrize("ways", [(60,), (23, 60), (60, 3, 60), tuple(range(61))])
def test_with_weights_by_hand_too_it_does_not_matter_how_one_got_there(ways):
    values = {**BATCHES, "edits": EDITS}
    look, straight = at(values, *ways), at(values, 60)
    assert parameters(look).tobytes() == parameters(straight).tobytes()
    assert told(look) == told(straight)


def test_setting_them_one_by_one_on_the_way_is_the_same_run():
    run, made = TrainingRun(BATCHES), []
    for edit in ["0:W1[2,1]=9", "0:W1[2,1]=0.5", "23:W2[3,5]=8", "23:W2[3,5]=-2", "23:b3[1]=1", "40:W1[2,1]=3"]:
        run.go_to(int(edit.partition(":")[0]))
        made = [each for each in made if each.partition("=")[0] != edit.partition("=")[0]] + [edit]
        run.edit(";".join(made))
    run.go_to(60)
    straight = at({**BATCHES, "edits": EDITS}, 60)
    assert parameters(run.look()).tobytes() == parameters(straight).tobytes()
    assert told(run.look()) == told(straight)
    run.edit("")
    run.go_to(60)
    assert told(run.look()) == told(at(BATCHES, 60))


@pytest.mark.parametrize("name", ["W1[6,1]", "W1[1,3]", "W4[1,1]", "b3[2]"])
def test_a_weight_that_is_not_there_is_said(name):
    with pytest.raises(ValueError, match="a 2-5-3-1 network has no"):
        TrainingRun({**START, "edits": f"3:{name}=1"})


def test_a_weight_that_was_set_by_hand_is_not_blamed_on_the_learning_rate():
    values = {**START, "batch": "all", "η": 1e-4}
    assert [finding.kind for finding in at(values, 5).findings] == ["no gain"]
    assert at({**values, "edits": "5:b3[1]=9"}, 5).findings == ()
    assert [finding.kind for finding in at({**values, "edits": "9:b3[1]=9"}, 5).findings] == ["no gain"]
