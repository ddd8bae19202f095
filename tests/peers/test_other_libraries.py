"""Networks that come from scikit-learn and PyTorch predict the same, have the same gradients, and go back."""

from itertools import pairwise

import numpy as np
import pytest
from sample_networks import SIZES, name, sample
from sklearn.neural_network import MLPClassifier, MLPRegressor

from nbhelpers import (
    Layer,
    Network,
    binary_cross_entropy,
    categorical_cross_entropy,
    check_gradients,
    linear,
    relu,
    sigmoid,
    softmax,
    squared_error,
    tanh,
    why,
)
from nbhelpers.other_libraries import SKLEARN, TORCH

CLOSE = {"rtol": 1e-12, "atol": 1e-13}
MATCHED = [(sigmoid, binary_cross_entropy), (softmax, categorical_cross_entropy), (linear, squared_error)]
every_pair = pytest.mark.parametrize(("output", "loss"), MATCHED, ids=name)


def fitted(kind, m, hidden="tanh"):
    """A fitted estimator of scikit-learn, X and Y here, and y there."""
    rng = np.random.default_rng(2)
    X = rng.normal(size=(30, 3))
    if kind is MLPRegressor:
        y = rng.normal(size=(30, m))
        Y, y = y.T, y.ravel() if m == 1 else y
    else:
        y = rng.integers(0, max(m, 2), 30)
        Y = y[None].astype(float) if m == 1 else np.eye(m)[:, y]
    mlp = kind(hidden_layer_sizes=(5, 4), activation=hidden, solver="sgd", alpha=0.3, random_state=1).partial_fit(
        X, y, **({} if kind is MLPRegressor else {"classes": np.arange(max(m, 2))})
    )
    return mlp, X.T, Y, y


def gradients_of_sklearn(mlp, X, y):
    """What scikit-learn's own backward pass gives, with its penalty."""
    X, y = mlp._validate_input(X, y, incremental=True, reset=False)
    if y.ndim == 1:
        y = y.reshape(-1, 1)
    layer_units = [X.shape[1], *mlp.hidden_layer_sizes, mlp.n_outputs_]
    activations = [X, *(np.empty((len(X), units)) for units in layer_units[1:])]
    deltas = [np.empty_like(a) for a in activations[1:]]
    dW, db = [np.empty(pair) for pair in pairwise(layer_units)], [np.empty(units) for units in layer_units[1:]]
    weight = {"sample_weight": None} if "sample_weight" in mlp._backprop.__code__.co_varnames else {}
    J, dW, db = mlp._backprop(X, y, activations=activations, deltas=deltas, coef_grads=dW, intercept_grads=db, **weight)
    return J, dW, db


@pytest.mark.parametrize(("kind", "m"), [(MLPClassifier, 1), (MLPClassifier, 4), (MLPRegressor, 1), (MLPRegressor, 3)])
@pytest.mark.parametrize("hidden", ["identity", "logistic", "tanh", "relu"])
def test_from_sklearn(kind, m, hidden):
    mlp, X, Y, y = fitted(kind, m, hidden)
    network = Network.from_sklearn(mlp)
    theirs = mlp.predict_proba(X.T).T[-m:] if kind is MLPClassifier else mlp.predict(X.T).reshape(-1, m).T
    np.testing.assert_allclose(network.predict(X), theirs, **CLOSE)
    J, dW, db = gradients_of_sklearn(mlp, X.T, y)
    network = network.with_cost(l2=mlp.alpha / X.shape[1])
    divided = m if kind is MLPRegressor else 1  # what it reports, but not what its gradient belongs to
    assert network.cost(X, Y) / divided + network.penalty * (1 - 1 / divided) == pytest.approx(J, rel=1e-12)
    gradients = network.backward(network.forward(X), Y)
    for l in range(1, network.L + 1):
        np.testing.assert_allclose(gradients.dW[l], dW[l - 1].T, **CLOSE)
        np.testing.assert_allclose(gradients.db[l].ravel(), db[l - 1], **CLOSE)
    assert check_gradients(network, X[:, :6], Y[:, :6])
    assert why(network, X[:, :2], Y[:, :2], "dW2[1,2]").text


@every_pair
@pytest.mark.parametrize("m", [1, 3])
def test_to_sklearn_and_back(output, loss, m):
    if output is softmax and m == 1:
        return
    network, X, _ = sample([3, 5, 4, m], relu, output, loss, d=6)
    mlp = network.to_sklearn()
    theirs = mlp.predict(X.T).reshape(-1, m).T if output is linear else mlp.predict_proba(X.T).T[-m:]
    np.testing.assert_allclose(theirs, network.predict(X), **CLOSE)
    for key, value in Network.from_sklearn(mlp).parameters.items():
        np.testing.assert_array_equal(value, network.parameters[key])


def test_what_scikit_learn_has_not_is_said():
    with pytest.raises(ValueError, match="MLPClassifier has no coefs_: fit it first"):
        Network.from_sklearn(MLPClassifier())
    network, _, _ = sample([3, 4, 2, 2], tanh)
    mixed = Network([network.layers[0], Layer(network.W[2], network.b[2], relu), network.layers[2]], network.loss)
    with pytest.raises(ValueError, match="hidden layers are tanh, relu: scikit-learn has one activation"):
        mixed.to_sklearn()
    with pytest.raises(ValueError, match="needs a matched pair"):
        sample(output=tanh, loss=squared_error)[0].to_sklearn()
    assert set(SKLEARN.values()) == {f.name for f in (linear, sigmoid, tanh, relu, softmax)}


# --- PyTorch, where it is installed


def losses_of_torch(torch):
    return {
        "squared_error": lambda y_hat, y: ((y_hat - y) ** 2).sum() / 2 / len(y),
        "binary_cross_entropy": lambda y_hat, y: (
            torch.nn.functional.binary_cross_entropy(y_hat, y, reduction="sum") / len(y)
        ),
        "categorical_cross_entropy": lambda y_hat, y: -(y * y_hat.log()).sum() / len(y),
    }


@pytest.mark.parametrize("hidden", sorted(set(TORCH.values()) - {"softmax"}))
@every_pair
def test_to_torch_and_back(hidden, output, loss):
    torch = pytest.importorskip("torch")
    network, X, Y = sample(SIZES[3], hidden, output, loss, d=6)
    module = network.to_torch()
    predicted = module(torch.tensor(X.T))
    np.testing.assert_allclose(predicted.detach().numpy().T, network.predict(X), **CLOSE)
    losses_of_torch(torch)[repr(loss)](predicted, torch.tensor(Y.T)).backward()
    gradients = network.backward(network.forward(X), Y)
    for l, linear_module in enumerate((part for part in module if hasattr(part, "weight")), start=1):
        np.testing.assert_allclose(gradients.dW[l], linear_module.weight.grad.numpy(), **CLOSE)
        np.testing.assert_allclose(gradients.db[l].ravel(), linear_module.bias.grad.numpy(), **CLOSE)
    assert check_gradients(Network.from_torch(module), X, Y)
    assert why(Network.from_torch(module), X, Y, "dW2[1,2]").text
    back = Network.from_torch(torch.nn.Sequential(module[:3], module[3:]))
    assert back.loss is loss
    assert [layer.activation for layer in back.layers] == [layer.activation for layer in network.layers]
    for key, value in back.parameters.items():
        np.testing.assert_array_equal(value, network.parameters[key])


def test_from_torch_takes_logits_dropout_float32_and_layers_without_bias():
    torch = pytest.importorskip("torch")
    nn = torch.nn
    torch.manual_seed(0)
    module = nn.Sequential(nn.Linear(3, 4, bias=False), nn.ReLU(), nn.Dropout(0.5), nn.Linear(4, 2)).eval()
    X = np.random.default_rng(1).normal(size=(3, 5)).astype(np.float32)
    network = Network.from_torch(module, output="softmax")
    assert (network.dtype, network.loss) == (np.float32, categorical_cross_entropy)
    assert list(network.parameters) == ["W1", "W2", "b2"]
    expected = torch.softmax(module(torch.tensor(X.T)), 1).detach().numpy().T
    np.testing.assert_allclose(network.predict(X), expected, rtol=1e-5)
    assert [type(part).__name__ for part in network.to_torch()] == ["Linear", "ReLU", "Linear", "Softmax"]
    for wrong, message in [
        (nn.Sequential(nn.Conv2d(1, 1, 3)), "Conv2d.*cannot be taken over"),
        (nn.Sequential(nn.Linear(2, 2), nn.LeakyReLU(0.2)), "negative_slope has to be 0.01"),
    ]:
        with pytest.raises(ValueError, match=message):
            Network.from_torch(wrong)
