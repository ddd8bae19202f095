"""Examples that others have published with their numbers: the package gives the same, and says where they are mistaken.

Figures and facts only. Where an example has conventions of its own (rows, a sum, a shared bias that stays) they are
written here as settings of the package.
"""

import numpy as np
import pytest

from nbhelpers import Layer, Network, check_gradients, train, why


def columns(*rows):
    return np.array(rows, float).T


# --- Matt Mazur, A Step by Step Backpropagation Example, 2015: 2-2-2, sigmoids, a sum of ½ (target - out)²


@pytest.fixture
def mazur():
    hidden = Layer([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35], "sigmoid")
    output = Layer([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60], "sigmoid")
    return Network([hidden, output], "squared_error"), columns([0.05, 0.10]), columns([0.01, 0.99])


def test_mazur_forward_and_backward(mazur):
    network, X, Y = mazur
    forward = network.forward(X)
    np.testing.assert_allclose(forward.Z[1][0], 0.3775, atol=1e-10)
    np.testing.assert_allclose(forward.A[1].ravel(), [0.593269992, 0.596884378], atol=5e-10)
    np.testing.assert_allclose(forward.Z[2][0], 1.105905967, atol=5e-10)
    np.testing.assert_allclose(forward.Y_hat.ravel(), [0.75136507, 0.772928465], atol=5e-9)
    assert network.cost(X, Y) == pytest.approx(0.298371109, abs=5e-10)
    gradients = network.backward(forward, Y)
    np.testing.assert_allclose(gradients.dA[2][0], 0.74136507, atol=5e-9)
    np.testing.assert_allclose(gradients.dW[2][0, 0], 0.082167041, atol=5e-10)
    np.testing.assert_allclose(gradients.dZ[2][0], 0.138498562, atol=5e-10)
    np.testing.assert_allclose(gradients.dA[1][0], 0.036350306, atol=5e-10)
    np.testing.assert_allclose(gradients.dW[1][0, 0], 0.000438568, atol=5e-10)
    assert check_gradients(network, X, Y)
    assert round(why(network, X, Y, "dW2[1,1]").value, 9) == 0.082167041


def test_mazur_weights_step_and_its_error(mazur):
    """The biases stay. E is then 0.29102777. The printed 0.291027924 is what a mistake of the museum gives: W2 is
    moved before the error was sent back through it.
    """
    network, X, Y = mazur
    moved = train(network, X, Y, learning_rate=0.5, epochs=1, frozen=("b1", "b2")).network
    np.testing.assert_allclose(moved.W[2], [[0.35891648, 0.408666186], [0.511301270, 0.561370121]], atol=5e-10)
    np.testing.assert_allclose(moved.W[1], [[0.149780716, 0.19956143], [0.24975114, 0.29950229]], atol=5e-9)
    np.testing.assert_array_equal(moved.b[1], network.b[1])
    assert moved.cost(X, Y) == pytest.approx(0.29102777, abs=5e-9)
    forward = network.forward(X)
    dA1 = moved.W[2].T @ network.backward(forward, Y).dZ[2]
    too_early = moved.with_parameters(W1=network.W[1] - 0.5 * network.layers[0].backward(dA1, X).dW)
    assert too_early.cost(X, Y) == pytest.approx(0.291027924, abs=5e-10)


def test_mazur_after_ten_thousand_steps(mazur):
    """The printed error is that of the ten-thousandth forward pass, after 9,999 steps of all weights at once."""
    network, X, Y = mazur
    settings = {"learning_rate": 0.5, "frozen": ("b1", "b2"), "record_every": 10_000}
    end = train(network, X, Y, epochs=9_999, **settings).network
    assert end.cost(X, Y) == pytest.approx(0.0000351085, abs=5e-11)
    np.testing.assert_allclose(end.predict(X).ravel(), [0.015912196, 0.984065734], atol=2e-6)


# --- Udacity, Deep Learning Nanodegree, backpropagation exercise: 3-2-1, sigmoids, no biases, learning rate 0.5


def test_udacity_backprop_exercise():
    hidden = Layer(columns([0.5, -0.6], [0.1, -0.2], [0.1, 0.7]), None, "sigmoid")
    network = Network([hidden, Layer([[0.1, -0.3]], None, "sigmoid")], "squared_error")
    X, Y = columns([0.5, 0.1, -0.2]), [[0.6]]
    moved = network.updated(network.backward(network.forward(X), Y), 0.5)
    change = [moved.W[l] - network.W[l] for l in (1, 2)]
    np.testing.assert_allclose(change[1].ravel(), [0.00804047, 0.00555918], atol=5e-9)
    expected = [[1.77005547e-04, -5.11178506e-04], [3.54011093e-05, -1.02235701e-04], [-7.08022187e-05, 2.04471402e-04]]
    np.testing.assert_allclose(change[0].T, expected, atol=5e-11)
    assert list(network.parameters) == ["W1", "W2"]


# --- deeplearning.ai, Neural Networks and Deep Learning: logistic regression of week 2, its propagate() test case


def test_deeplearning_ai_logistic_regression():
    network = Network([Layer([[1.0, 2.0]], 2.0, "sigmoid")], "binary_cross_entropy")
    X, Y = np.array([[1.0, 2.0, -1.0], [3.0, 4.0, -3.2]]), np.array([[1.0, 0.0, 1.0]])
    gradients = network.backward(network.forward(X), Y)
    np.testing.assert_allclose(gradients.dW[1].ravel(), [0.99845601, 2.39507239], atol=5e-9)
    assert gradients.db[1].item() == pytest.approx(0.00145557813678, abs=5e-14)
    assert network.cost(X, Y) == pytest.approx(5.801545319394553, rel=1e-14)
    end = train(network, X, Y, learning_rate=0.009, epochs=100).network
    np.testing.assert_allclose(end.W[1].ravel(), [0.19033591, 0.12259159], atol=5e-9)
    assert end.b[1].item() == pytest.approx(1.92535983008, abs=5e-11)


# --- the same course, week 3, planar data: (A2 - Y) / m behind tanh, drawn by seed 1 of RandomState, scaled by 0.01


def test_deeplearning_ai_planar_backward():
    draw = np.random.RandomState(1)
    X, Y = draw.randn(2, 3), (draw.randn(1, 3) > 0).astype(float)
    draw = np.random.RandomState(2)
    W1, W2 = draw.randn(4, 2) * 0.01, draw.randn(1, 4) * 0.01
    np.testing.assert_allclose(W1[0], [-0.00416758, -0.00056267], atol=5e-9)
    np.testing.assert_allclose(W2[0], [-0.01057952, -0.00909008, 0.00551454, 0.02292208], atol=5e-9)
    network = Network([Layer(W1, np.zeros(4), "tanh"), Layer(W2, 0.0, "sigmoid")], "binary_cross_entropy")
    gradients = network.backward(network.forward(X), Y)
    A1 = np.tanh(W1 @ X)
    dZ2 = 1 / (1 + np.exp(-W2 @ A1)) - Y  # the formulas of the course, m = 3
    np.testing.assert_allclose(gradients.dW[2], dZ2 @ A1.T / 3, rtol=1e-12)
    np.testing.assert_allclose(gradients.dW[1], (W2.T @ dZ2 * (1 - A1**2)) @ X.T / 3, rtol=1e-12)


# --- CS231n, assignment 1, two-layer network: the toy of init_toy_model and init_toy_data, reg = 0.05, ½ or no ½


@pytest.fixture
def toy():
    draw = np.random.RandomState(0)
    W1, W2 = 0.1 * draw.randn(4, 10), 0.1 * draw.randn(10, 3)
    draw = np.random.RandomState(1)
    X, y = 10 * draw.randn(5, 4), np.array([0, 1, 2, 2, 1])
    layers = [Layer(W1.T, np.zeros(10), "relu"), Layer(W2.T, np.zeros(3), "softmax")]
    return Network(layers, "categorical_cross_entropy"), X.T, np.eye(3)[:, y]


def test_cs231n_scores_and_loss_with_its_penalty(toy):
    """The assignment's penalty is reg · Σ W², without the ½: that is l2 = 2 · reg here."""
    network, X, Y = toy
    scores = [[-0.81233741, -1.27654624, -0.70335995], [-0.17129677, -1.18803311, -0.47310444]]
    np.testing.assert_allclose(network.forward(X).Z[2].T[:2], scores, atol=5e-9)
    assert network.cost(X, Y, l2=2 * 0.05) == pytest.approx(1.30378789133, abs=5e-12)
    assert check_gradients(network, X, Y, l2=2 * 0.05)


# --- scikit-learn, test_mlp.py, test_fit: one SGD step of a 3-2-1 classifier with alpha = 0.1 and learning rate 0.1


def test_sklearn_test_fit_step():
    """Its comment takes x1 = 0.6 for x3 = 0.7 in W1grad31, which its three decimals do not show."""
    W1 = np.array([[0.1, 0.2], [0.3, 0.1], [0.5, 0.0]]).T
    network = Network([Layer(W1, [0.1, 0.1], "sigmoid"), Layer([[0.1, 0.2]], 1.0, "sigmoid")], "binary_cross_entropy")
    X, Y = columns([0.6, 0.8, 0.7]), [[0.0]]
    network = network.with_cost(l2=0.1)
    forward = network.forward(X)
    np.testing.assert_allclose(forward.A[1].ravel(), [0.679178699175393, 0.574442516811659], atol=5e-8)
    assert forward.Y_hat.item() == pytest.approx(0.7654329236196236, abs=5e-5)
    moved = network.updated(network.backward(forward, Y), 0.1)
    expected = [[0.098, 0.195756], [0.2956664, 0.096008], [0.4939998, -0.002244]]
    np.testing.assert_allclose(moved.W[1].T, expected, atol=1e-3)
    assert moved.W[1].T[2, 0] == pytest.approx(0.5 - 0.1 * (0.7 * 0.01667 + 0.1 * 0.5), abs=2e-6)
    np.testing.assert_allclose(moved.W[2].ravel(), [0.04706, 0.154089], atol=1e-3)
    np.testing.assert_allclose(moved.b[1].ravel(), [0.098333, 0.09626], atol=1e-3)
    assert moved.b[2].item() == pytest.approx(0.9235, abs=1e-3)


# --- Andrej Karpathy, micrograd: the neuron of its lecture, tanh(x1 w1 + x2 w2 + b), whose output is 0.7071


def test_micrograd_neuron():
    neuron = Layer([[-3.0, 1.0]], 6.8813735870195432, "tanh")
    x = [[2.0], [0.0]]
    assert neuron.forward(x)[1].item() == pytest.approx(0.7071067811865476, rel=1e-14)
    back = neuron.backward([[1.0]], x)
    assert back.dZ.item() == pytest.approx(0.5, rel=1e-14)
    np.testing.assert_allclose(back.dA.ravel(), [-1.5, 0.5], rtol=1e-13)
    np.testing.assert_allclose(back.dW.ravel(), [1.0, 0.0], atol=1e-14)
