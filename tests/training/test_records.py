"""What a history holds, each number against the plain formulas at the parameters that it belongs to."""

import re

import numpy as np
import pytest
from sample_networks import sample

from nbhelpers import Network, datasets, relu, sigmoid, squared_error, tanh, train
from nbhelpers.training import Trainer, accuracy
from nbhelpers.training.measures import cost_of_a_constant, dead_share, saturated_share


@pytest.fixture(scope="module")
def followed():
    """A training, and the network after each epoch."""
    network, X, Y = sample([3, 6, 5, 4], tanh, d=11)
    networks = [network]
    options = {"learning_rate": 0.4, "epochs": 4, "batch_size": 4, "dropout": 0.2, "l2": 0.3, "rng": 0}
    validation = (X[:, :5] + 0.1, Y[:, :5])
    history = train(
        network, X, Y, validation=validation, callback=lambda trainer: networks.append(trainer.network), **options
    )
    return history, networks, X, Y, validation


def test_costs_and_penalty_are_measured_at_the_same_parameters(followed):
    history, networks, X, Y, validation = followed
    assert len(history.epochs) == len(networks) == 5
    for k, network in enumerate(networks):
        penalty = 0.3 / 2 * sum((network.W[l] ** 2).sum() for l in (1, 2, 3))
        assert history.cost[k] == pytest.approx(network.cost(X, Y), rel=1e-12)
        assert history.penalty[k] == pytest.approx(penalty, rel=1e-12)
        assert history.total[k] == pytest.approx(network.cost(X, Y) + penalty, rel=1e-12)
        assert history.validation_cost[k] == pytest.approx(network.cost(*validation), rel=1e-12)
        assert history.accuracy[k] == accuracy(network, X, Y)
        assert history.validation_accuracy[k] == accuracy(network, *validation)


def test_what_is_measured_per_layer(followed):
    history, networks, X, Y, _ = followed
    for k, network in enumerate(networks):
        forward = network.forward(X)
        gradients = network.backward(forward, Y)
        for l in (1, 2, 3):
            of_total = gradients.dW[l] + 0.3 * network.W[l]
            each = 11 * gradients.dZ[l]
            assert history.gradient_norm[k, l - 1] == pytest.approx(np.linalg.norm(of_total), rel=1e-11)
            assert history.signal[k, l - 1] == pytest.approx(np.sqrt((each**2).mean()), rel=1e-11)
            assert history.activation_mean[k, l - 1] == pytest.approx(forward.A[l].mean(), rel=1e-11)
            assert history.activation_spread[k, l - 1] == pytest.approx(forward.A[l].std(), rel=1e-11)


def test_as_many_examples_to_validate_as_to_train_on():
    network, X, Y = sample([3, 6, 4], d=8)
    validation = (X[::-1].copy(), Y)
    plain, watched = (train(network, X, Y, epochs=3, validation=held_out) for held_out in (None, validation))
    for k in range(4):
        stopped = train(network, X, Y, epochs=k).network
        assert watched.cost[k] == pytest.approx(stopped.cost(X, Y), rel=1e-12)
        assert watched.validation_cost[k] == pytest.approx(stopped.cost(*validation), rel=1e-12)
    for what in ("gradient_norm", "signal", "activation_mean", "activation_spread", "accuracy"):
        assert getattr(plain, what).tobytes() == getattr(watched, what).tobytes(), what


def test_the_update_ratio_is_that_of_the_last_step():
    network, X, Y = sample([3, 6, 4], d=8)
    history = train(network, X, Y, learning_rate=0.3, epochs=2)
    assert np.isnan(history.update_ratio[0]).all()
    before, after = (train(network, X, Y, learning_rate=0.3, epochs=epochs).network for epochs in (1, 2))
    for l in (1, 2):
        ratio = np.linalg.norm(after.W[l] - before.W[l]) / np.linalg.norm(after.W[l])
        assert history.update_ratio[2, l - 1] == pytest.approx(ratio, rel=1e-9)


def test_records_are_as_far_apart_as_asked_for_and_the_last_is_always_there():
    network, X, Y = sample(d=6)
    assert train(network, X, Y, epochs=10, record_every=4).epochs.tolist() == [0, 4, 8, 10]
    trainer = Trainer(network, X, Y, record_every=4)
    trainer.epoch()
    assert len(trainer.records) == 1
    assert trainer.record() is trainer.record()
    assert [record.epochs for record in trainer.records] == [0, 1]


def test_a_history_can_not_be_changed(followed):
    history = followed[0]
    with pytest.raises(ValueError, match="read-only"):
        history.cost[0] = 0
    with pytest.raises(AttributeError):
        history.cost = 0


def test_accuracy_means_nothing_for_a_regression_or_for_soft_labels():
    data = datasets.sine(20, rng=0)
    network = Network.initialize([1, 4, 1], ["tanh", "linear"], squared_error, rng=0)
    assert train(network, data.X, data.Y, epochs=1).accuracy is None
    assert accuracy(network, data.X, data.Y) is None
    network, X, Y = sample([2, 1], output=sigmoid, loss="binary_cross_entropy", d=4)
    assert accuracy(network, X, 0.5 + 0 * Y) is None
    assert accuracy(network, X, Y) == ((network.predict(X) >= 0.5) == Y).mean()


def test_dead_and_saturated_shares_by_hand():
    A = np.array([[0.0, 0.0], [0.0, 3.0], [0.0, 0.0], [1.0, 2.0]])
    assert dead_share(relu, A) == 0.5
    assert dead_share(tanh, A) == 0
    A = np.array([[0.0, 0.99], [0.97, -0.99]])  # slopes 1, 0.02, 0.06, 0.02
    assert saturated_share(tanh, None, A) == 0.5
    assert (
        saturated_share(sigmoid, None, np.array([[0.5, 0.99, 0.02, 0.001]])) == 0.5 + 0.0
    )  # 4a(1 - a): 1, 0.04, 0.08, 0
    assert saturated_share(relu, None, A) == 0


def test_a_scale_for_costs():
    Y = np.array([[0.0, 1.0, 1.0, 1.0]])
    entropy = -(0.25 * np.log(0.25) + 0.75 * np.log(0.75))
    network, _, _ = sample([2, 1], output=sigmoid, loss="binary_cross_entropy", d=4)
    assert cost_of_a_constant(network.loss, Y) == pytest.approx(entropy)
    assert cost_of_a_constant(squared_error, Y) == pytest.approx(np.var(Y) / 2)


def test_a_history_says_in_words_how_it_went(followed):
    history = followed[0]
    text = repr(history)
    header = re.split("  +", text.splitlines()[0])
    assert header == ["epoch", "cost", "penalty", "validation cost", "accuracy", "validation accuracy"]
    assert len(text.splitlines()) == 1 + 5 + 1
    assert text.endswith("Stopped: all 4 epochs are done.")
    assert "| epoch | cost |" in history._repr_markdown_()


def test_a_long_history_is_shown_in_eleven_rows():
    network, X, Y = sample(d=6)
    history = train(network, X, Y, epochs=400)
    assert len(history.table().rows) == 11
    assert (history.table().rows[0][0], history.table().rows[-1][0]) == ("0", "400")
    assert "penalty" not in history.table().header


def test_shares_stand_below_each_other_with_equally_many_decimals():
    data = datasets.moons(12, rng=0)
    history = train(Network.initialize([2, 3, 1], ["tanh", "sigmoid"], "binary_cross_entropy", rng=0), data.X, data.Y)
    shares = [row[-1] for row in history.table().rows]
    assert len(set(map(len, shares))) == 1
    np.testing.assert_allclose(
        [float(share) for share in shares], history.accuracy[:: len(history.epochs) // 10], atol=1e-4
    )
