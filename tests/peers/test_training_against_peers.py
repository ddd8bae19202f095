"""Whole trainings against scikit-learn and PyTorch: the same start, the same examples, the same numbers at the end.

Full batches, so that nothing is drawn at random. The peers hold examples in rows: their weights are ours, transposed
where they want it. PyTorch is no dependency; where it is not installed its tests are skipped.
"""

import numpy as np
import pytest
from sample_networks import sample
from sklearn.neural_network import MLPClassifier, MLPRegressor

from nbhelpers import (
    binary_cross_entropy,
    categorical_cross_entropy,
    linear,
    relu,
    sigmoid,
    softmax,
    squared_error,
    tanh,
    train,
)
from nbhelpers.training import adam, momentum

CASES = [
    (sigmoid, sigmoid, binary_cross_entropy, [3, 5, 4, 1]),
    (tanh, softmax, categorical_cross_entropy, [3, 6, 5, 4]),
    (relu, linear, squared_error, [3, 5, 2]),
]
NAMES = ["sigmoid-bce", "tanh-cce", "relu-squared-error"]
OPTIMIZERS = ["gradient descent", momentum(0.8), adam(0.8, 0.95, 1e-6)]
STEPS, RATE, L2 = 25, 0.05, 0.3


def network_and_examples(case):
    hidden, output, loss, sizes = case
    network, X, Y = sample(sizes, hidden, output, loss, d=13)
    if loss is not squared_error:
        Y[:, : len(Y)] = np.eye(len(Y))  # every class occurs, as scikit-learn wants it
        Y[:, -1:] = np.eye(len(Y))[:, :1] if len(Y) > 1 else 0
    return network, X, Y


def assert_same(network, W, b):
    for l in range(1, network.L + 1):
        np.testing.assert_allclose(network.W[l], W[l - 1], rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(network.b[l].ravel(), b[l - 1], rtol=1e-9, atol=1e-11)


# scikit-learn


def scikit_learns(network, X, Y, optimizer, l2):
    """Return the weights and biases of scikit-learn after STEPS steps from the same start."""
    options = {"hidden_layer_sizes": network.sizes[1:-1], "batch_size": X.shape[1], "shuffle": False}
    hidden = {"sigmoid": "logistic"}.get(network.layers[0].activation.name, network.layers[0].activation.name)
    options |= {"activation": hidden, "learning_rate_init": RATE, "alpha": l2 * X.shape[1]}
    options |= {"solver": "sgd", "momentum": getattr(optimizer, "beta", 0.0), "nesterovs_momentum": False}
    if network.loss is squared_error:
        model, targets, classes = MLPRegressor(**options), Y.T, {}
    else:
        targets = Y.argmax(axis=0) if len(Y) > 1 else Y.ravel().astype(int)
        model, classes = MLPClassifier(**options), {"classes": np.unique(targets)}
    model.partial_fit(X.T, targets, **classes)  # makes the arrays, and a first step that is undone
    for l in range(network.L):
        model.coefs_[l][:] = network.W[l + 1].T
        model.intercepts_[l][:] = network.b[l + 1].ravel()
    for velocity in model._optimizer.velocities:
        velocity[:] = 0
    for _ in range(STEPS):
        model.partial_fit(X.T, targets)
    return [W.T for W in model.coefs_], model.intercepts_


@pytest.mark.parametrize("l2", [0.0, L2])
@pytest.mark.parametrize("optimizer", OPTIMIZERS[:2], ids=repr)
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_against_scikit_learn(case, optimizer, l2):
    network, X, Y = network_and_examples(case)
    ours = train(network, X, Y, learning_rate=RATE, epochs=STEPS, optimizer=optimizer, l2=l2).network
    assert_same(ours, *scikit_learns(network, X, Y, optimizer, l2))


# PyTorch


def pytorchs(torch, network, X, Y, optimizer, l2):
    """Return the weights and biases of PyTorch after STEPS steps from the same start."""
    W = [torch.tensor(W, requires_grad=True) for W in network.W[1:]]
    b = [torch.tensor(b.ravel(), requires_grad=True) for b in network.b[1:]]
    rows, targets = torch.tensor(X.T.copy()), torch.tensor(Y.T.copy())
    groups = [{"params": W, "weight_decay": l2}, {"params": b, "weight_decay": 0.0}]
    if isinstance(optimizer, adam):
        # weight_decay of torch.optim.Adam is l2 in the gradient, as ours; AdamW's is not.
        moved = torch.optim.Adam(groups, lr=RATE, betas=(optimizer.beta1, optimizer.beta2), eps=optimizer.epsilon)
    else:
        moved = torch.optim.SGD(groups, lr=RATE, momentum=getattr(optimizer, "beta", 0.0))
    functions = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}
    costs = {
        binary_cross_entropy: lambda Z: torch.nn.functional.binary_cross_entropy_with_logits(Z, targets),
        categorical_cross_entropy: lambda Z: torch.nn.functional.cross_entropy(Z, targets),
        squared_error: lambda Z: ((Z - targets) ** 2).sum(dim=1).mean() / 2,
    }
    for _ in range(STEPS):
        A = rows
        for l, layer in enumerate(network.layers):
            A = A @ W[l].T + b[l]
            if l < network.L - 1:
                A = functions[layer.activation.name](A)
        moved.zero_grad()
        costs[network.loss](A).backward()
        moved.step()
    return [M.detach().numpy() for M in W], [M.detach().numpy() for M in b]


@pytest.mark.parametrize("l2", [0.0, L2])
@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=repr)
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_against_pytorch(case, optimizer, l2):
    torch = pytest.importorskip("torch", reason="PyTorch is a peer, not a dependency")
    network, X, Y = network_and_examples(case)
    ours = train(network, X, Y, learning_rate=RATE, epochs=STEPS, optimizer=optimizer, l2=l2).network
    assert_same(ours, *pytorchs(torch, network, X, Y, optimizer, l2))
