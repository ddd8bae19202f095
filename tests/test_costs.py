"""Other costs than the mean, layers without bias, parameters that stay, one layer by itself, and a perfect fit."""

import numpy as np
import pytest
from sample_networks import HIDDEN, PAIRS, SIZES, name, sample

from nbhelpers import Layer, Network, check_gradients, squared_error, tanh, train, worked_example
from nbhelpers.network import COSTS, Gradients

COST = pytest.mark.parametrize("cost", COSTS)


def by_hand(network, X, Y, cost, l2):
    """J from the losses of the examples, each alone."""
    losses = [network.cost(X[:, [i]], Y[:, [i]]) for i in range(X.shape[1])]
    divisor = {"mean": len(losses), "sum": 1, "mean of all entries": Y.size}[cost]
    return sum(losses) / divisor + l2 / 2 * sum(float((W**2).sum()) for W in network.W[1:])


@COST
@pytest.mark.parametrize("l2", [0.0, 0.7])
@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_the_gradient_of_every_cost(cost, l2, pair):
    network, X, Y = sample(SIZES[3], tanh, *pair, d=5)
    assert network.cost(X, Y, l2, cost) == pytest.approx(by_hand(network, X, Y, cost, l2), rel=1e-12)
    assert check_gradients(network, X, Y, l2=l2, cost=cost)
    other = network.with_cost(cost, l2)
    gradients, plain = (one.backward(one.forward(X), Y) for one in (other, network))
    factor = {"mean": 1, "sum": 5, "mean of all entries": 1 / Y.shape[0]}[cost]
    np.testing.assert_allclose(gradients.dW[2], factor * plain.dW[2] + l2 * network.W[2], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(gradients.dA[3], factor * plain.dA[3], rtol=1e-13)
    assert (network.reduction, network.l2, other.reduction, other.l2) == ("mean", 0, cost, l2)


@COST
@pytest.mark.parametrize("pair", PAIRS[:2], ids=name)
def test_training_goes_down_that_cost(cost, pair):
    network, X, Y = sample(SIZES[2], tanh, *pair, d=6)
    other = network.with_cost(cost, l2=0.2)
    expected = other
    for _ in range(3):
        expected = expected.updated(expected.backward(expected.forward(X), Y), 0.01)
    history = train(other, X, Y, learning_rate=0.01, epochs=3)
    for key, value in expected.parameters.items():
        np.testing.assert_allclose(history.network.parameters[key], value, rtol=1e-10, atol=1e-13)
    assert history.total[-1] == pytest.approx(expected.cost(X, Y), rel=1e-12)


class Plain(Network):
    """A backward of someone's own, of a mean without a penalty."""

    def backward(self, forward, Y):
        return Network.backward(Network(self.layers, self.loss), forward, Y)


def test_a_gradient_that_belongs_to_another_cost_is_wrong():
    network, X, Y = sample(d=5)
    mine = Plain(network.layers, network.loss)
    assert check_gradients(mine, X, Y)
    assert not check_gradients(mine, X, Y, cost="sum")
    report = check_gradients(mine, X, Y, l2=0.1)
    assert [block.name for block in report.blocks if not block] == ["W1", "W2"]


@pytest.mark.parametrize(
    ("cost", "l2", "message"),
    [("median", 0, "'median' is not a cost; choose from mean"), (None, -1, "l2 is -1"), (None, "x", "l2 holds text")],
)
def test_what_is_no_cost_is_refused(cost, l2, message):
    network, X, Y = sample()
    with pytest.raises((ValueError, TypeError), match=message):
        network.cost(X, Y, l2, cost)


# --- without bias, and frozen


def test_a_layer_without_bias_has_no_bias_to_learn():
    network, X, Y = sample(SIZES[2], d=5)
    bare = Network([Layer(network.W[1], None, tanh), network.layers[1]], network.loss)
    assert list(bare.parameters) == ["W1", "W2", "b2"]
    assert "without bias" in repr(bare.layers[0])
    np.testing.assert_array_equal(bare.forward(X).Z[1], network.W[1] @ X)
    report = check_gradients(bare, X, Y)
    assert report
    assert [block.name for block in report.blocks] == ["W1", "W2", "b2"]
    moved = bare.updated(bare.backward(bare.forward(X), Y), 0.1)
    trained = train(bare, X, Y, learning_rate=0.1, epochs=1, optimizer="gradient descent").network
    for one in (moved, trained):
        assert list(one.parameters) == ["W1", "W2", "b2"]
        np.testing.assert_array_equal(one.b[1], 0)
    np.testing.assert_allclose(trained.W[1], moved.W[1], rtol=1e-12)
    with pytest.raises(ValueError, match="no parameter is called 'b1'"):
        bare.with_parameters(b1=np.ones((4, 1)))


@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "adam"])
def test_what_is_frozen_stays(optimizer):
    network, X, Y = sample(SIZES[3], d=7)
    history = train(network, X, Y, epochs=5, batch_size=3, l2=0.1, optimizer=optimizer, frozen=("W1", "b3"), rng=0)
    for key, value in network.parameters.items():
        assert (history.network.parameters[key] == value).all() == (key in ("W1", "b3")), key
    with pytest.raises(ValueError, match="frozen has 'W9', expected some of W1, b1"):
        train(network, X, Y, frozen=("W9",))
    assert (train(network, X, Y, epochs=1, frozen="W2").network.W[2] == network.W[2]).all()


# --- one layer by itself


@pytest.mark.parametrize("f", HIDDEN, ids=name)
def test_one_layer_goes_back_as_it_does_in_the_network(f):
    network, X, Y = sample(SIZES[3], f, d=6)
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    layer = network.layers[1]
    A = layer.forward(forward.A[1])[1]
    np.testing.assert_allclose(A, forward.A[2], rtol=1e-14)
    found = layer.backward(gradients.dA[2], forward.A[1])
    for mine, theirs in zip(found, (gradients.dZ[2], gradients.dW[2], gradients.db[2], gradients.dA[1]), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-15)


# --- a perfect fit


def test_a_right_gradient_is_right_at_a_perfect_fit():
    network = Network([Layer([[2.0]], 0.0, "linear")], "squared_error")
    assert check_gradients(network, [[3.0]], [[6.0]])


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("output", [f for f, loss in PAIRS if loss is squared_error], ids=name)
def test_a_network_is_right_on_its_own_predictions(seed, output):
    network, X, _ = sample(SIZES[1 + seed % 3], tanh, output, squared_error, d=4, seed=seed)
    assert check_gradients(network, X, network.predict(X))
    assert check_gradients(network, 10 * X, network.predict(10 * X))


def test_a_wrong_gradient_is_still_wrong_there():
    class Off(Network):
        def backward(self, forward, Y):
            right = super().backward(forward, Y)
            return Gradients(right.dZ, right.dA, right.dW, (None, *(db + 1e-6 for db in right.db[1:])))

    network, X, _ = sample(SIZES[2], tanh, PAIRS[0][0], squared_error)
    report = check_gradients(Off(network.layers, network.loss), X, network.predict(X))
    assert [block.verdict for block in report.blocks] == ["right", "wrong", "right", "wrong"]


# --- weights in the convention of other libraries


def test_weights_that_stand_inputs_by_units_are_recognized():
    W = np.ones((2, 3))  # two inputs, three units
    with pytest.raises(ValueError, match=r"layer 1: b is \(3, 1\), but W is \(2, 3\).*rows convention.*W\.T"):
        Network([Layer(W, np.zeros(3), tanh)], "squared_error")
    with pytest.raises(ValueError, match=r"b is \(1, 3\), expected one column.*b\.reshape\(-1, 1\).*rows convention"):
        Layer(W, np.zeros((1, 3)), tanh)
    network = worked_example.network()
    with pytest.raises(ValueError, match="layer 2: W is") as error:
        Network([network.layers[0], Layer(np.ones((3, 1)), [0.0, 0.0, 0.0], tanh)], "squared_error")
    assert "rows convention" not in str(error.value)
