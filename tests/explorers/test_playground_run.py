"""A run is defined by its settings and its steps: by plain loops it comes out the same, whatever way it was moved."""

import numpy as np
import pytest

from nbhelpers import Network, datasets
from nbhelpers.explorers.playground.run import TrainingRun
from nbhelpers.explorers.playground.text import read_text

START = read_text("moons noise=0.2 hidden=5-3 tanh lr=0.5 batch=all descent xavier l2=0.01 dropout=0 seed=3 steps=0")
BATCHES = {**START, "batch": "32", "dropout": 0.2, "optimizer": "adam", "η": 0.05}


def plain(values, steps):
    """The parameters after some steps of the full batch, by the plain formulas; with the examples."""
    draws = [np.random.default_rng([values["seed"], k]) for k in range(3)]
    data = datasets.TOY[values["data"]](200, noise=values["noise"], rng=draws[0])
    training, held_out = datasets.standardized(*data.split(0.25, rng=draws[1]))
    activations, loss = ["tanh", "tanh", "sigmoid"], "binary_cross_entropy"
    network = Network.initialize([2, 5, 3, 1], activations, loss, values["weights"], draws[2])
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


def test_there_is_a_limit_of_time():
    run = TrainingRun(BATCHES)
    run.go_to(10_000, seconds=0.01)
    assert 0 < run.steps < 5000


def test_a_run_that_goes_wrong_stops_and_keeps_the_last_good_parameters():
    wrong = {**START, "η": 100.0, "activation": "relu"}
    look = at(wrong, 1000)
    assert look.findings[0].kind in ("diverged", "not finite")
    assert look.now.steps < 100
    assert np.isfinite(parameters(look)).all()
    assert told(look) == told(at(wrong, 500))


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


@pytest.mark.parametrize("data", datasets.TOY)
def test_every_kind_of_points_is_trained_on(data):
    look = at({**BATCHES, "data": data}, 60)
    assert look.now.cost < look.records[0].cost
    assert look.network.sizes[-1] == (3 if data == "blobs" else 1)


def test_one_setting_changes_nothing_that_it_is_not_about():
    start, other = TrainingRun(START), TrainingRun({**START, "η": 0.1, "activation": "relu", "batch": "8"})
    assert start.training.X.tobytes() == other.training.X.tobytes()
    assert parameters(start.look()).tobytes() == parameters(other.look()).tobytes()
    assert not np.array_equal(start.training.X, TrainingRun({**START, "seed": 4}).training.X)
