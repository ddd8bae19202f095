"""The fast path against the plain formulas, and what each option does."""

import re

import numpy as np
import pytest
from sample_networks import HIDDEN, PAIRS, SIZES, assert_same_numbers, name, numbers, sample

from nbhelpers import (
    Network,
    binary_cross_entropy,
    categorical_cross_entropy,
    relu,
    sigmoid,
    softmax,
    tanh,
    train,
    worked_example,
)
from nbhelpers.training import Trainer, adam, cosine, gradient_descent, momentum, step_decay
from nbhelpers.training.parameter_vector import Vectors
from nbhelpers.training.passes import Passes

CLOSE = {"rtol": 1e-12, "atol": 1e-12}


class Given:
    """Gradients that `Network.updated` takes."""

    def __init__(self, by_parameter):
        self.by_parameter = by_parameter


def plain_epochs(network, X, Y, learning_rate, epochs, batch_size=None, l2=0.0, l1=0.0, seed=0):
    """Train by the methods of `Network` alone."""
    rng, d = np.random.default_rng(seed), X.shape[1]
    for _ in range(epochs):
        order = rng.permutation(d) if batch_size is not None and batch_size < d else np.arange(d)
        for k in range(0, d, batch_size or d):
            batch = order[k : k + (batch_size or d)]
            gradients = network.backward(network.forward(X[:, batch]), Y[:, batch]).by_parameter
            penalty = {f"W{l}": l2 * network.W[l] + l1 * np.sign(network.W[l]) for l in range(1, network.L + 1)}
            steps = {key: value + penalty.get(key, 0) for key, value in gradients.items()}
            network = network.updated(Given(steps), learning_rate)
    return network


def assert_close_networks(one, other):
    for key, value in one.parameters.items():
        np.testing.assert_allclose(other.parameters[key], value, err_msg=key, **CLOSE)


@pytest.mark.parametrize("batch_size", [None, 1, 3, 7, 20])
@pytest.mark.parametrize(("l2", "l1"), [(0.0, 0.0), (0.3, 0.0), (0.0, 0.02), (0.1, 0.05)])
def test_the_fast_path_gives_the_numbers_of_the_plain_formulas(batch_size, l2, l1):
    network, X, Y = sample(SIZES[4], d=7)
    history = train(network, X, Y, learning_rate=0.2, epochs=4, batch_size=batch_size, l2=l2, l1=l1, rng=0)
    assert_close_networks(plain_epochs(network, X, Y, 0.2, 4, batch_size, l2, l1), history.network)


@pytest.mark.parametrize(("l2", "l1"), [(0.3, 0.0), (0.0, 0.7), (0.2, 0.5)])
def test_the_gradient_of_the_penalty_is_its_slope_by_central_differences(l2, l1):
    network, _, _ = sample(SIZES[4])
    vectors, h = Vectors(network), 1e-6
    assert min(np.abs(vectors.W[l]).min() for l in vectors.layers) > 10 * h  # there is no slope at 0
    vectors.add_penalty_gradient(l2, l1)
    for k, value in enumerate(vectors.theta.copy()):
        beside = []
        for moved in (value + h, value - h):
            vectors.theta[k] = moved
            beside.append(vectors.penalty(l2, l1))
        vectors.theta[k] = value
        assert vectors.gradient[k] == pytest.approx((beside[0] - beside[1]) / (2 * h), abs=1e-8)


def test_at_0_the_penalty_on_sizes_pulls_nowhere_and_a_record_has_both_penalties():
    network, X, Y = sample(d=6)
    network = network.with_parameters(W1=np.zeros_like(network.W[1]))
    vectors = Vectors(network)
    vectors.add_penalty_gradient(0.0, 0.5)
    assert not vectors.dW[1].any()
    np.testing.assert_array_equal(np.abs(vectors.dW[2]), 0.5)
    record = Trainer(network, X, Y, l2=0.3, l1=0.5).records[0]
    weights = np.concatenate([W.ravel() for W in network.W[1:]])
    assert record.penalty == pytest.approx(0.15 * (weights**2).sum() + 0.5 * np.abs(weights).sum())


def test_l1_takes_the_weights_that_do_not_help_to_0():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(4, 200))
    network = Network.initialize([4, 1], ["linear"], "squared_error", rng=1)
    history = train(network, X, 2 * X[:1], learning_rate=0.01, epochs=2000, l1=0.1)
    useful, *idle = history.network.W[1].ravel()
    assert useful == pytest.approx(1.9, abs=0.05)  # 2 less about l1: what the pull is worth
    assert np.abs(idle).max() < 0.01


@pytest.mark.parametrize(("output", "loss"), PAIRS, ids=name)
@pytest.mark.parametrize("hidden", HIDDEN, ids=name)
def test_every_activation_and_loss_in_place(hidden, output, loss):
    network, X, Y = sample(SIZES[3], hidden, output, loss, d=6)
    history = train(network, X, Y, learning_rate=0.03, epochs=3, batch_size=4, rng=5)
    assert_close_networks(plain_epochs(network, X, Y, 0.03, 3, 4, seed=5), history.network)


@pytest.mark.parametrize("depth", SIZES)
def test_every_depth(depth):
    network, X, Y = sample(SIZES[depth], d=5)
    history = train(network, X, Y, learning_rate=0.3, epochs=5)
    assert_close_networks(plain_epochs(network, X, Y, 0.3, 5), history.network)


def test_one_step_on_the_worked_example():
    from nbhelpers import worked_example

    network, X, Y = worked_example.network(), worked_example.X, worked_example.Y
    for learning_rate, Y_hat, J in [(0.5, 0.81360145, 0.20628465), (0.1, 0.78432574, 0.24293086)]:
        history = train(network, X, Y, learning_rate=learning_rate, epochs=1)
        assert history.cost[1] == pytest.approx(J, abs=5e-9)
        assert history.network.predict(X).item() == pytest.approx(Y_hat, abs=5e-9)


def test_the_network_passed_in_and_the_examples_are_unchanged():
    network, X, Y = sample(d=6)
    before, X_before, Y_before = numbers(network), X.copy(), Y.copy()
    train(network, X, Y, epochs=3, batch_size=2, l2=0.1, dropout=0.5, rng=0)
    assert_same_numbers(before, numbers(network))
    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(Y, Y_before)


@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "adam"])
def test_the_same_seed_gives_the_same_bytes(optimizer):
    network, X, Y = sample([3, 6, 4], d=11)
    options = {"epochs": 5, "batch_size": 4, "dropout": 0.3, "l2": 0.01, "optimizer": optimizer}
    one, other, third = (train(network, X, Y, rng=seed, **options) for seed in (7, 7, 8))
    assert_same_numbers(numbers(one.network), numbers(other.network))
    assert one.cost.tobytes() == other.cost.tobytes()
    assert one.cost.tobytes() != third.cost.tobytes()


def test_recording_changes_nothing_that_is_learned():
    network, X, Y = sample([3, 6, 4], d=11)
    validation = (X[:, :4], Y[:, :4])
    quiet = train(network, X, Y, epochs=6, batch_size=4, dropout=0.3, l2=0.1, rng=1, record_every=6)
    watched = train(network, X, Y, epochs=6, batch_size=4, dropout=0.3, l2=0.1, rng=1, validation=validation)
    assert_same_numbers(numbers(quiet.network), numbers(watched.network))
    assert quiet.epochs.tolist() == [0, 6]
    assert watched.epochs.tolist() == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("batch_size", [None, 4])
def test_steps_by_hand_are_the_steps_of_train(batch_size):
    network, X, Y = sample([3, 6, 4], d=10)
    options = {"batch_size": batch_size, "optimizer": "adam", "dropout": 0.2, "rng": 3}
    trainer = Trainer(network, X, Y, **options)
    while trainer.epochs < 4:
        trainer.step()
    assert_same_numbers(numbers(train(network, X, Y, epochs=4, **options).network), numbers(trainer.network))
    assert trainer.steps == 4 * (1 if batch_size is None else 3)


def test_float32_stays_float32():
    network, X, Y = sample([3, 6, 4], d=10, dtype=np.float32)
    for optimizer in ("gradient descent", "momentum", "adam"):
        history = train(network, X, Y, epochs=3, batch_size=4, optimizer=optimizer, dropout=0.2, l2=0.1, rng=0)
        assert history.network.dtype == np.float32
        assert history.cost[-1] < history.cost[0]


# Dropout


def dropped(network, X, Y, dropout, rng):
    """One step's cost and gradients with dropout, by the plain formulas."""
    A, Z, kept = [X], [None], [None]
    for l, layer in enumerate(network.layers, start=1):
        Z.append(layer.W @ A[-1] + layer.b)
        values = layer.activation(Z[-1])
        kept.append((rng.random(values.shape) >= dropout) / (1 - dropout) if l < network.L else np.ones(values.shape))
        A.append(values * kept[-1])
    gradients, dZ = {}, (A[-1] - Y) / X.shape[1]
    for l in range(network.L, 0, -1):
        gradients |= {f"W{l}": dZ @ A[l - 1].T, f"b{l}": dZ.sum(axis=1, keepdims=True)}
        if l > 1:
            dZ = network.layers[l - 2].activation.backward(network.W[l].T @ dZ * kept[l - 1], Z[l - 1])
    return network.loss(A[-1], Y), gradients


@pytest.mark.parametrize("hidden", [sigmoid, tanh, relu], ids=name)
def test_dropout_is_scaled_on_both_ways(hidden):
    network, X, Y = sample([3, 7, 5, 4], hidden, d=6)
    rng, slow = np.random.default_rng(2), network
    for _ in range(3):
        slow = slow.updated(Given(dropped(slow, X, Y, 0.4, rng)[1]), 0.2)
    assert_close_networks(slow, train(network, X, Y, learning_rate=0.2, epochs=3, dropout=0.4, rng=2).network)


def test_the_gradient_with_dropout_is_that_of_the_cost_with_dropout():
    network, X, Y = sample([3, 7, 5, 4], tanh, d=6)
    moved = train(network, X, Y, learning_rate=1.0, epochs=1, dropout=0.4, rng=2).network
    h = 1e-6
    for key, value in network.parameters.items():
        for place in np.ndindex(value.shape):
            step = np.zeros(value.shape)
            step[place] = h
            ends = [network.with_parameters(**{key: value + sign * step}) for sign in (1, -1)]
            up, down = (dropped(end, X, Y, 0.4, np.random.default_rng(2))[0] for end in ends)
            gradient = (value - moved.parameters[key])[place]
            assert (up - down) / (2 * h) == pytest.approx(gradient, abs=1e-8), (key, place)


def test_dropout_drops_no_input_and_no_output_and_measures_nothing_with_it():
    network, X, Y = sample([3, 4], d=6)  # no hidden layer: nothing to drop
    plain, other = (train(network, X, Y, epochs=3, dropout=dropout, rng=0) for dropout in (0.0, 0.9))
    assert_same_numbers(numbers(plain.network), numbers(other.network))
    network, X, Y = sample([3, 6, 4], d=6)
    history = train(network, X, Y, epochs=3, dropout=0.9, rng=0)
    assert history.cost[0] == pytest.approx(network.cost(X, Y), rel=1e-12)
    assert history.cost[-1] == pytest.approx(history.network.cost(X, Y), rel=1e-12)


# Learning rates


def test_a_schedule_sets_the_rate_of_each_epoch():
    network, X, Y = sample(d=6)
    history = train(network, X, Y, learning_rate=step_decay(0.4, every=2), epochs=5)
    assert history.learning_rate.tolist() == [0.4, 0.4, 0.4, 0.2, 0.2, 0.1]
    slow = network
    for learning_rate in (0.4, 0.4, 0.2, 0.2, 0.1):
        slow = plain_epochs(slow, X, Y, learning_rate, 1)
    assert_close_networks(slow, history.network)


def test_any_function_will_do_as_a_schedule():
    network, X, Y = sample(d=6)
    history = train(network, X, Y, learning_rate=lambda epoch, epochs: 0.1 * (epoch + 1) / epochs, epochs=4)
    np.testing.assert_allclose(history.learning_rate, [0.025, 0.025, 0.05, 0.075, 0.1])
    assert train(network, X, Y, learning_rate=cosine(0.1), epochs=3).reason == "done"


# Early stopping, and other ends


def overfitting():
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(2, 40)), rng.integers(0, 2, size=(1, 40)).astype(float)
    network = Network.initialize([2, 30, 1], ["tanh", "sigmoid"], "binary_cross_entropy", rng=0)
    return network, (X[:, :15], Y[:, :15]), (X[:, 15:], Y[:, 15:])


def test_early_stopping_keeps_the_best_parameters():
    network, training, validation = overfitting()
    history = train(network, *training, learning_rate=0.5, epochs=500, validation=validation, patience=10)
    assert history.reason == "early stopping"
    best = history.validation_cost.argmin()
    assert history.best_epoch == history.epochs[best]
    assert history.epochs[-1] == history.best_epoch + 10
    assert history.network.cost(*validation) == pytest.approx(history.validation_cost.min(), rel=1e-12)
    assert "no better validation cost for 10 epochs" in history.stopped
    assert f"epoch {history.best_epoch} " in history.stopped


def test_without_patience_the_last_parameters_are_kept():
    network, training, validation = overfitting()
    history = train(network, *training, learning_rate=0.5, epochs=100, validation=validation)
    assert (history.reason, len(history.epochs)) == ("done", 101)
    assert history.network.cost(*validation) == pytest.approx(history.validation_cost[-1], rel=1e-12)
    assert history.best_epoch < 100


def test_patience_keeps_the_best_also_when_it_runs_to_its_end():
    network, training, validation = overfitting()
    history = train(network, *training, learning_rate=0.5, epochs=100, validation=validation, patience=1000)
    assert history.reason == "done"
    assert history.network.cost(*validation) == pytest.approx(history.validation_cost.min(), rel=1e-12)


def test_the_callback_is_called_after_each_epoch_and_can_stop():
    network, X, Y = sample(d=6)
    seen = []
    history = train(network, X, Y, epochs=50, callback=lambda trainer: seen.append(trainer.epochs) or len(seen) == 3)
    assert seen == [1, 2, 3]
    assert (history.reason, history.epochs[-1]) == ("callback", 3)
    assert history.stopped == "the callback said so after 3 epochs"


@pytest.mark.parametrize("record_every", [1, 100])
def test_ctrl_c_keeps_what_was_learned(record_every):
    network, X, Y = sample(d=6)

    def interrupt(trainer):
        if trainer.epochs == 4:
            raise KeyboardInterrupt

    history = train(network, X, Y, epochs=50, callback=interrupt, record_every=record_every)
    assert (history.reason, history.epochs[-1]) == ("interrupted", 4)
    assert history.cost[-1] == pytest.approx(history.network.cost(X, Y), rel=1e-12)
    assert_same_numbers(numbers(history.network), numbers(train(network, X, Y, epochs=4).network))


# --- a parameter that is set by hand ----------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize("is_recorded", [False, True])
def test_a_weight_that_is_set_by_hand_is_trained_on_from_there(batch_size, is_recorded):
    network, X, Y = sample(d=6)
    trainer = Trainer(network, X, Y, learning_rate=0.3, batch_size=batch_size, rng=0)
    for _ in range(3):
        trainer.step()
    if is_recorded:
        trainer.record()
    before, ratio = trainer.network, trainer.records[-1].update_ratio
    trainer.change("W2", (0, 1), 1.5)
    trainer.change("b1", (2, 0), -0.25)
    W2, b1 = np.array(before.W[2]), np.array(before.b[1])
    W2[0, 1], b1[2, 0] = 1.5, -0.25
    changed = before.with_parameters(W2=W2, b1=b1)
    assert_same_numbers(numbers(changed), numbers(trainer.network))
    assert trainer.records[-1].steps == 3
    assert trainer.records[-1].cost == pytest.approx(changed.cost(X, Y), rel=1e-12)
    assert [record.steps for record in trainer.records] == [0, 3]
    if is_recorded:
        assert trainer.records[-1].update_ratio == ratio  # how long the last step was has not changed
    if batch_size is None:
        trainer.step()
        assert_close_networks(changed.updated(changed.backward(changed.forward(X), Y), 0.3), trainer.network)


def test_what_is_set_by_hand_is_no_divergence_but_what_grows_from_there_is():
    network = Network.initialize([2, 3, 1], ["tanh", "linear"], "squared_error", rng=0)
    X = np.random.default_rng(0).normal(size=(2, 30))
    trainer = Trainer(network, X, 0.1 * X[:1], learning_rate=1e-6)
    trainer.change("b2", (0, 0), 1000.0)
    assert trainer.records[0].cost > 1e5
    trainer.epoch()
    assert trainer.reason is None
    trainer.change("W2", (0, 0), 1e200)
    assert trainer.reason == "not finite"
    with pytest.raises(ValueError, match="the training has stopped"):
        trainer.change("W2", (0, 0), 1.0)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (("W3", (0, 0), 1.0), ValueError, "there is no W3, expected one of W1, b1, W2, b2"),
        (("W1", (9, 0), 1.0), ValueError, r"it has no entry \[10,1\]"),
        (("W1", (0, 0), np.nan), ValueError, "the new W1 is nan"),
        (("W1", (0, 0), 1e308), OverflowError, "layer 1"),
    ],
)
def test_a_change_by_hand_that_can_not_be_changes_nothing(change, error, words):
    network, X, Y = sample(d=6)
    trainer = Trainer(network, 10 * X, Y)
    before = repr(trainer.records)
    with pytest.raises(error, match=words):
        trainer.change(*change)
    assert_same_numbers(numbers(network), numbers(trainer.network))
    assert repr(trainer.records) == before


def test_nothing_moves_once_it_has_stopped():
    network, X, Y = sample(d=6)
    trainer = Trainer(network, X, Y, epochs=2)
    for _ in range(5):
        trainer.epoch()
    trainer.step()
    assert (trainer.epochs, trainer.steps, trainer.reason) == (2, 2, "done")
    assert len(trainer.records) == 3


def test_no_epochs_at_all():
    network, X, Y = sample(d=6)
    history = train(network, X, Y, epochs=0)
    assert (history.epochs.tolist(), history.reason) == ([0], "done")
    assert_same_numbers(numbers(network), numbers(history.network))


def test_a_progress_bar_counts_the_epochs(capsys):
    network, X, Y = sample(d=6)
    train(network, X, Y, epochs=3)
    assert capsys.readouterr().err == ""
    train(network, X, Y, epochs=3, progress=True)
    assert "3/3" in capsys.readouterr().err


# What makes no sense


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"learning_rate": -1}, "the learning rate is -1"),
        ({"learning_rate": lambda epoch, epochs: np.nan}, "the learning rate is nan"),
        ({"epochs": 2.5}, "epochs is 2.5, expected a whole number from 0 on"),
        ({"batch_size": 0}, "batch_size is 0, expected a whole number from 1 on"),
        ({"optimizer": "sgd"}, "'sgd' is not an optimizer; choose from gradient descent, momentum, adam"),
        ({"l2": -0.1}, "l2 is -0.1, expected a finite number that is at least 0"),
        ({"l1": np.inf}, "l1 is inf, expected a finite number that is at least 0"),
        ({"dropout": 1}, "dropout is 1, expected a number from 0 to below 1"),
        ({"patience": 3}, "patience needs validation"),
        ({"validation": 3}, "validation is not a pair"),
        ({"record_every": 0}, "record_every is 0"),
        ({"validation": (np.ones((2, 3)), np.ones((2, 3)))}, "layer 1: W is (4, 3)"),
    ],
)
def test_an_option_that_makes_no_sense(options, words):
    network, X, Y = sample(d=6)
    with pytest.raises(ValueError, match=re.escape(words)):
        train(network, X, Y, **options)


def test_examples_that_do_not_fit():
    network, X, Y = sample(d=6)
    with pytest.raises(ValueError, match=r"layer 1: W is \(4, 3\), so X needs 3 rows"):
        train(network, X.T, Y)
    with pytest.raises(ValueError, match=r"Y is \(2, 5\), but layer 2 predicts \(2, 6\)"):
        train(network, X, Y[:, :5])
    with pytest.raises(TypeError, match="momentun"):
        train(network, X, Y, momentun=0.9)


@pytest.mark.parametrize("optimizer", [gradient_descent(), momentum(0.5), adam(0.8, 0.99, 1e-6)], ids=repr)
def test_an_optimizer_with_settings_of_its_own(optimizer):
    network, X, Y = sample(d=6)
    history = train(network, X, Y, epochs=5, optimizer=optimizer)
    assert history.cost[-1] < history.cost[0]


def test_a_network_of_one_layer_with_several_sigmoids():
    network, X, Y = sample([3, 2], output=sigmoid, loss=binary_cross_entropy, d=9)
    history = train(network, X, Y, epochs=200, learning_rate=1.0)
    assert history.cost[-1] < history.cost[0]
    assert history.accuracy[-1] == ((history.network.predict(X) >= 0.5) == Y).all(axis=0).mean()


def test_softmax_with_its_partner_is_right_where_the_largest_is_right():
    network, X, Y = sample([3, 4], output=softmax, loss=categorical_cross_entropy, d=9)
    history = train(network, X, Y, epochs=2)
    right = history.network.predict(X).argmax(axis=0) == Y.argmax(axis=0)
    assert history.accuracy[-1] == right.mean()


# --- what goes wrong, and what is measured ---------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [1e100, 1e154, 1e160, 1e300])
@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "adam"])
@pytest.mark.parametrize("l2", [0, 0.1])
def test_whatever_becomes_too_large_nothing_is_nan_and_no_sentence_has_300_digits(rate, optimizer, l2):
    network, X, Y = worked_example.network(), worked_example.X, worked_example.Y
    history = train(network, X, Y, learning_rate=rate, epochs=5, l2=l2, optimizer=optimizer)
    assert not np.isnan([history.cost, history.penalty, history.total]).any()
    assert (history.reason == "diverged") == bool(l2)  # else the sigmoid is flat, and right
    assert max(map(len, [history.stopped, *map(str, history.findings)])) < 400
    if l2:
        assert np.array_equal(history.network.W[1], network.W[1])


@pytest.mark.parametrize(("output", "loss"), PAIRS, ids=name)
@pytest.mark.parametrize("hidden", HIDDEN, ids=name)
@pytest.mark.parametrize("batch_size", [None, 2])
def test_no_loss_refuses_predictions_that_a_training_has_made_too_large(hidden, output, loss, batch_size):
    network, X, Y = sample([2, 3, 2], hidden, output, loss, d=6)
    for rate in (1e30, 1e155, 1.7e308):
        history = train(network, X, Y, learning_rate=rate, epochs=4, batch_size=batch_size, l2=0.1, rng=0)
        assert history.reason in ("not finite", "diverged")
        assert all(np.isfinite(value).all() for value in history.network.parameters.values())


@pytest.mark.parametrize("place", ["Passes.backward", "Trainer._measured", "Trainer._step"])
def test_an_interrupted_training_keeps_its_history(place, monkeypatch):
    owner, name = {"Passes": Passes, "Trainer": Trainer}[place.partition(".")[0]], place.partition(".")[2]
    whole, calls = getattr(owner, name), []

    def interrupted(*arguments):
        calls.append(1)
        if len(calls) == 12:
            raise KeyboardInterrupt
        return whole(*arguments)

    monkeypatch.setattr(owner, name, interrupted)
    X = np.random.default_rng(0).random((2, 20))
    network = Network.initialize([2, 3, 1], ["tanh", "sigmoid"], "binary_cross_entropy", rng=0)
    history = train(network, X, (X[:1] > X[1:]) * 1, batch_size=10, epochs=30, rng=0)
    assert history.reason == "interrupted"
    assert history.epochs[-1] >= 3
    assert history.cost[-1] == pytest.approx(history.network.cost(X, (X[:1] > X[1:]) * 1))


def test_of_many_examples_a_record_is_measured_on_some_and_says_so():
    X = np.random.default_rng(0).random((2, 60))
    Y = (X[:1] > X[1:]) * 1
    network = Network.initialize([2, 3, 1], ["tanh", "sigmoid"], "binary_cross_entropy", rng=0)
    some = train(network, X, Y, batch_size=10, epochs=3, rng=0, record_on=20)
    every = train(network, X, Y, batch_size=10, epochs=3, rng=0, record_on=None)
    assert (some.examples, some.measured_on, every.measured_on) == (60, 20, 60)
    assert "Measured on 20 of the 60 training examples." in repr(some)
    assert "Measured on" not in repr(every)
    for key, value in every.network.parameters.items():  # what is measured changes nothing that is learned
        assert np.array_equal(some.network.parameters[key], value)
    costs = [network.cost(X[:, k : k + 1], Y[:, k : k + 1]) for k in range(60)]
    assert min(costs) < some.cost[0] < max(costs)
    assert every.cost[0] == pytest.approx(np.mean(costs))
    assert train(network, X, Y, epochs=1, record_on=20).measured_on == 60  # a full batch computes them anyway


@pytest.mark.parametrize(("d", "measured"), [(1000, 1000), (1500, 1500), (1501, 1000)])
def test_by_default_a_record_is_measured_on_a_thousand_where_that_saves_a_third(d, measured):
    network = Network.initialize([2, 1], ["sigmoid"], "binary_cross_entropy", rng=0)
    history = train(network, np.ones((2, d)), np.ones((1, d)), batch_size=500, epochs=0)
    assert (history.examples, history.measured_on) == (d, measured)
