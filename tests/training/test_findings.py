"""When a training goes wrong: each kind is made to happen, and is found, in the right place and from the right step."""

import numpy as np
import pytest
from sample_networks import assert_same_numbers, numbers

from nbhelpers import Network, datasets, train
from nbhelpers.training import Trainer
from nbhelpers.training.findings import ORDER

DATA = datasets.moons(100, noise=0.2, rng=0)
SINE = datasets.sine(50, noise=0.2, rng=0)


def classifier(hidden, activation="tanh", scheme="xavier", seed=0):
    activations = [activation] * len(hidden) + ["sigmoid"]
    return Network.initialize([2, *hidden, 1], activations, "binary_cross_entropy", scheme=scheme, rng=seed)


def regression(activation="tanh", scheme="xavier"):
    return Network.initialize([1, 20, 1], [activation, "linear"], "squared_error", scheme=scheme, rng=0)


def wide(scale):
    return lambda units, inputs, rng: scale * rng.standard_normal((units, inputs))


def kinds(history):
    return [(finding.kind, finding.layer) for finding in history.findings]


def found(history, kind):
    (finding,) = [finding for finding in history.findings if finding.kind == kind]
    return finding


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    ("activation", "scheme", "options"),
    [
        ("tanh", "xavier", {"learning_rate": 1.0, "epochs": 200}),
        ("sigmoid", "xavier", {"learning_rate": 1.0, "epochs": 300}),
        ("relu", "he", {"learning_rate": 0.1, "epochs": 60, "batch_size": 10}),
        ("relu", "he", {"learning_rate": 0.01, "epochs": 60, "batch_size": 10, "optimizer": "adam"}),
    ],
)
def test_a_training_that_goes_well_has_no_findings(seed, activation, scheme, options):
    history = train(classifier([8], activation, scheme, seed), DATA.X, DATA.Y, rng=seed, **options)
    assert (history.findings, history.reason) == ((), "done")


@pytest.mark.parametrize("record_every", [1, 1000])
def test_numbers_that_are_too_large(record_every):
    network = regression("relu", "he")
    history = train(network, SINE.X, SINE.Y, learning_rate=2e6, epochs=1000, record_every=record_every)
    assert history.reason in ("not finite", "diverged")
    assert np.isfinite(history.cost[0])
    history = train(network, SINE.X, SINE.Y, learning_rate=2.0, epochs=1000, record_every=1000)
    finding = found(history, "not finite")
    assert history.reason == "not finite"
    assert history.stopped == str(finding) == finding.message
    assert "try a learning rate of 0.2 instead of 2." in finding.message
    assert "The parameters of step 0 are kept." in finding.message
    assert_same_numbers(numbers(network), numbers(history.network))


def test_the_layer_and_the_step_where_it_happened():
    # By hand: with f(z) = z, W = 1 and x = 1, one step with η = 1e200 makes both weights about 1e200, whose product
    # is too large for a float in the next forward pass: the weighted sum of layer 2 at step 2.
    network = Network.initialize([1, 1, 1], ["linear", "linear"], "squared_error", scheme=wide(0.0), rng=0)
    network = network.with_parameters(W1=np.ones((1, 1)), W2=np.ones((1, 1)))
    history = train(network, [[1.0]], [[0.0]], learning_rate=1e200, epochs=5, record_every=5)
    finding = found(history, "not finite")
    assert (finding.layer, finding.step) == (2, 2)
    assert finding.message.startswith("step 2, layer 2: the weighted sums became too large for a float")


@pytest.mark.parametrize("size", [1e160, 1e308])
def test_a_network_that_is_too_large_before_training(size):
    network = classifier([4], "linear").with_parameters(W1=np.full((4, 2), size), W2=np.full((1, 4), 1e160))
    with pytest.raises(OverflowError, match=r"layer [12]"):
        train(network, [[1.0, -1.0], [0.0, 1.0]], [[0.0, 1.0]], epochs=1)


def test_divergence():
    network = regression()
    history = train(network, SINE.X, SINE.Y, learning_rate=10.0, epochs=100)
    finding = found(history, "diverged")
    assert (history.reason, history.stopped) == ("diverged", finding.message)
    assert history.cost[-1] > 100 * history.cost[0]
    assert finding.step == history.steps[-1]
    assert "try a learning rate of 1 instead of 10." in finding.message
    kept = history.network.cost(SINE.X, SINE.Y)
    assert kept <= history.cost[0]


def test_the_last_good_parameters_are_those_of_the_last_record_below_the_start():
    # A rate that is good for 20 epochs and then far too large.
    history = train(
        regression(), SINE.X, SINE.Y, learning_rate=lambda epoch, epochs: 0.1 if epoch < 20 else 100.0, epochs=40
    )
    assert history.reason == "diverged"
    assert history.network.cost(SINE.X, SINE.Y) == pytest.approx(history.cost[20], rel=1e-12)
    assert "The parameters of step 20 are kept." in history.stopped


def test_after_a_failure_nothing_more_is_recorded():
    trainer = Trainer(regression("relu", "he"), SINE.X, SINE.Y, learning_rate=2.0, epochs=1000, record_every=1000)
    while trainer.reason is None:
        trainer.step()
    assert trainer.reason == "not finite"
    assert trainer.record() is trainer.records[-1]
    assert len(trainer.history.steps) == 1


def test_with_patience_the_best_parameters_are_kept_and_it_says_so():
    # The labels of the validation are the first predictions: nothing is better than the start, by that measure.
    network = regression()
    options = {"validation": (SINE.X, network.predict(SINE.X)), "patience": 1000, "epochs": 40}
    trainer = Trainer(network, SINE.X, SINE.Y, learning_rate=lambda epoch, _: 0.1 if epoch < 20 else 100.0, **options)
    while trainer.reason is None:
        trainer.epoch()
    assert trainer.reason == "diverged"
    assert "The parameters of step 0 are kept." in trainer.stopped
    for kept in (trainer.network, trainer.history.network):
        assert_same_numbers(numbers(network), numbers(kept))


@pytest.mark.parametrize(
    ("activation", "rate", "kind"),
    [
        ("relu", 10.0, "diverged"),
        ("relu", 0.1, "dead"),
        ("tanh", 0.001, "saturated"),
        ("sigmoid", 10.0, "vanishing"),
        ("linear", 1e-9, "no gain"),
    ],
)
def test_inputs_that_were_never_scaled_are_named_before_any_other_setting(activation, rate, kind):
    digits = datasets.digits()
    X, Y = 255 * digits.X[:, :200], digits.Y[:, :200]
    network = Network.initialize([64, 16, 10], [activation, "softmax"], "categorical_cross_entropy", scheme="he", rng=0)
    if kind == "no gain":  # so small that nothing moves and nothing is saturated
        network = network.with_parameters(W1=network.W[1] / 1e6)
    finding = found(train(network, X, Y, learning_rate=rate, epochs=15, rng=0), kind)
    assert "cale them first, X / 255." in finding.message
    assert "learning rate" not in finding.message


def test_a_start_near_the_goal_is_no_divergence():
    network = regression()
    nearly_perfect = network.predict(SINE.X) + 1e-9
    history = train(network, SINE.X, nearly_perfect, learning_rate=0.01, epochs=5, optimizer="adam")
    assert history.cost[0] < 1e-17
    assert history.cost.max() > 100 * history.cost[0]
    assert history.reason == "done"


def test_dead_units_from_too_large_a_step():
    history = train(classifier([8, 8], "relu", "he"), DATA.X, DATA.Y, learning_rate=30.0, epochs=60)
    finding = next(finding for finding in history.findings if finding.kind == "dead")
    share = history.dead[-1, finding.layer - 1]
    assert share >= 0.5
    assert f"{share:.0%} of its ReLU units" in finding.message
    assert finding.step > 0
    assert history.dead[history.steps < finding.step, finding.layer - 1][-1] < 0.5
    assert "try a learning rate of 3 instead of 30" in finding.message


def test_units_that_were_dead_before_training():
    network = classifier([6], "relu", "he").with_parameters(b1=np.full((6, 1), -100.0))
    finding = found(train(network, DATA.X, DATA.Y, epochs=3), "dead")
    assert (finding.layer, finding.step) == (1, 0)
    assert "100% of its ReLU units" in finding.message
    assert "from the start" in finding.message
    assert 'scheme="he"' in finding.message


def test_saturation():
    history = train(classifier([8, 8], "tanh", wide(20.0)), DATA.X, DATA.Y, learning_rate=1e-3, epochs=10)
    finding = next(finding for finding in history.findings if finding.kind == "saturated")
    assert f"{history.saturated[-1, finding.layer - 1]:.0%} of its tanh values" in finding.message
    assert finding.step == 0
    assert 'scheme="xavier"' in finding.message


@pytest.mark.parametrize("l2", [0, 1e-4])
def test_a_penalty_is_not_advised_where_there_is_one(l2):
    history = train(classifier([8, 8], "sigmoid"), DATA.X, DATA.Y, learning_rate=20, epochs=30, l2=l2)
    message = found(history, "saturated").message
    assert "The steps have made the weights too large: try a learning rate of" in message
    assert ("Or use l2=" in message) == (l2 == 0)


def test_vanishing_gradients():
    history = train(classifier([8] * 8, "sigmoid"), DATA.X, DATA.Y, learning_rate=1.0, epochs=20)
    finding = found(history, "vanishing")
    ratio = history.signal[-1, 0] / history.signal[-1, -1]
    assert ratio < 1e-3
    assert f"is {ratio:.0e} of that in layer 9" in finding.message
    assert (finding.layer, finding.step) == (1, 0)


def test_exploding_gradients():
    history = train(classifier([8] * 8, "linear", wide(3.0)), DATA.X, DATA.Y, learning_rate=1e-12, epochs=2)
    finding = found(history, "exploding")
    ratio = history.signal[-1, 0] / history.signal[-1, -1]
    assert ratio > 1e3
    assert f"is {ratio:.0e} times that in layer 9" in finding.message


def test_weights_of_zero_leave_the_units_alike():
    history = train(classifier([5], "tanh", "zeros"), DATA.X, DATA.Y, learning_rate=1.0, epochs=20)
    finding = found(history, "symmetric")
    assert finding.layer == 1
    assert "its 5 units have the same weights" in finding.message
    assert "no gradient at all reaches layer 1" in found(history, "vanishing").message


def test_units_that_differ_by_rounding_alone_are_alike():
    # With equally many examples of both classes the gradients of equal units are sums of numbers that cancel out.
    balanced = datasets.circles(60, noise=0.05, rng=0)
    network = classifier([5], "tanh", "zeros")
    nearly = network.with_parameters(W1=0.3 + 1e-16 * np.arange(10.0).reshape(5, 2), W2=np.full((1, 5), 0.2))
    assert "symmetric" in [kind for kind, _ in kinds(train(nearly, balanced.X, balanced.Y, epochs=20))]
    apart = network.with_parameters(W1=0.3 + 1e-6 * np.arange(10.0).reshape(5, 2), W2=np.full((1, 5), 0.2))
    assert "symmetric" not in [kind for kind, _ in kinds(train(apart, balanced.X, balanced.Y, epochs=20))]


def test_where_all_units_are_dead_no_second_reason_is_given():
    network = classifier([6], "relu", "he").with_parameters(b1=np.full((6, 1), -100.0))
    history = train(network, DATA.X, DATA.Y, epochs=3)
    assert history.signal[-1, 0] == 0
    assert "vanishing" not in [kind for kind, _ in kinds(history)]


def test_a_learning_rate_that_is_too_small():
    history = train(classifier([8]), DATA.X, DATA.Y, learning_rate=1e-6, epochs=20)
    finding = found(history, "no gain")
    assert "raise the learning rate, for instance from 0.000001 to 0.00001." in finding.message
    history = train(classifier([8]), DATA.X, DATA.Y, learning_rate=1e-4, epochs=50)
    assert "raise the learning rate" in found(history, "no gain").message


def test_a_network_that_can_not_tell_the_classes_apart():
    # A line through four quadrants in turn: the best that it can do is hardly better than a coin.
    data = datasets.xor(200, noise=0.0, rng=0)
    best = train(classifier([]), data.X, data.Y, learning_rate=1.0, epochs=500).network
    finding = found(train(best, data.X, data.Y, learning_rate=1.0, epochs=20), "no gain")
    assert "the cost is level here. Try more hidden units" in finding.message


@pytest.mark.parametrize("seed", range(20))
def test_steps_by_hand_warn_of_nothing(seed):
    # pytest turns a warning into an error
    network = Network.initialize([1, 20, 1], ["relu", "linear"], "squared_error", scheme="he", rng=seed)
    trainer = Trainer(network, SINE.X, SINE.Y, learning_rate=1.0 + seed, batch_size=5, rng=seed, epochs=1000)
    for _ in range(300):
        trainer.step()
        trainer.record()
        assert all(map(str, trainer.findings))


def test_a_cost_that_has_risen():
    history = train(classifier([3]), DATA.X, DATA.Y, learning_rate=20.0, epochs=1)
    assert history.cost[0] < history.cost[1] < 100 * history.cost[0]
    assert "It has risen on the way: try a learning rate of 2 instead of 20." in found(history, "no gain").message


def test_nothing_to_say_before_the_first_step():
    assert Trainer(classifier([8]), DATA.X, DATA.Y).findings == ()


def test_findings_are_shown_as_a_list_of_sentences():
    history = train(classifier([8, 8], "relu", "he"), DATA.X, DATA.Y, learning_rate=1000.0, epochs=60)
    assert len(history.findings) > 1
    assert history.findings._repr_markdown_() == "\n".join(f"- {finding.message}" for finding in history.findings)
    assert repr(train(classifier([8]), DATA.X, DATA.Y, learning_rate=1.0).findings) == "No findings."


def test_the_worst_comes_first():
    history = train(classifier([8, 8], "relu", "he"), DATA.X, DATA.Y, learning_rate=1000.0, epochs=60)
    places = [ORDER.index(finding.kind) for finding in history.findings]
    assert places == sorted(places)
    assert kinds(history)[0] == ("diverged", None)


def test_a_trainer_tells_its_findings_while_it_runs():
    trainer = Trainer(classifier([8] * 8, "sigmoid"), DATA.X, DATA.Y, learning_rate=1.0)
    trainer.epoch()
    assert [finding.kind for finding in trainer.findings] == ["vanishing"]
    assert trainer.reason is None


def test_a_history_repeats_no_sentence():
    history = train(regression(), SINE.X, SINE.Y, learning_rate=10.0, epochs=100)
    assert repr(history).count(history.stopped) == 1


@pytest.mark.parametrize(
    ("activation", "options", "advice", "never"),
    [
        ("tanh", {"dropout": 0.5, "l2": 0.1}, "First train without dropout=0.5 and l2=0.1", "xavier"),
        ("tanh", {}, 'Begin with scheme="xavier", unless it is set already', "Use relu"),
        ("sigmoid", {}, 'Use relu with scheme="he", or tanh with scheme="xavier"', "unless it is set already"),
    ],
)
def test_against_fading_it_advises_nothing_that_is_there_and_looks_at_the_settings_first(
    activation, options, advice, never
):
    network = Network.initialize([2, *[6] * 9, 1], [activation] * 9 + ["sigmoid"], "binary_cross_entropy", "normal", 0)
    X = np.random.default_rng(0).normal(size=(2, 20))
    trainer = Trainer(network, X, (X[:1] > 0).astype(float), learning_rate=0.01, rng=0, **options)
    trainer.epoch()
    message = next(finding.message for finding in trainer.findings if finding.kind == "vanishing")
    assert advice in message
    assert never not in message
