"""Networks of scikit-learn and PyTorch, taken over and given back: same predictions, same gradients.

Both keep an example per row, and W as inputs × units (scikit-learn) or units × inputs (PyTorch); here the examples are
columns, so that X and Y are transposed: ``Network.from_sklearn(mlp).predict(X.T).T``. Neither library is needed to take
a network over.
"""

import numpy as np

from nbhelpers.network import Layer, Network

SKLEARN = {"identity": "linear", "logistic": "sigmoid", "tanh": "tanh", "relu": "relu", "softmax": "softmax"}
"""The activations of scikit-learn by their names there."""

TORCH = {
    "Identity": "linear",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "ReLU": "relu",
    "Softmax": "softmax",
    "LeakyReLU": "leaky_relu",
    "ELU": "elu",
    "Softplus": "softplus",
    "GELU": "gelu",
}
"""The activations of PyTorch by the names of their modules."""

_SETTINGS = {  # of modules that are other functions with other settings: what they have to be
    "LeakyReLU": {"negative_slope": 0.01},
    "ELU": {"alpha": 1.0},
    "Softplus": {"beta": 1.0},
    "GELU": {"approximate": "none"},
}
_LOSS_OF_OUTPUT = {"sigmoid": "binary_cross_entropy", "softmax": "categorical_cross_entropy"}


def from_sklearn(mlp):
    """Return the network of a fitted MLPClassifier or MLPRegressor; see `Network.from_sklearn`."""
    if not hasattr(mlp, "coefs_"):
        raise ValueError(f"{type(mlp).__name__} has no coefs_: fit it first, for instance by partial_fit")
    output, loss = SKLEARN[mlp.out_activation_], getattr(mlp, "loss", "log_loss")
    if loss not in ("log_loss", "squared_error"):
        raise ValueError(f"the loss of this {type(mlp).__name__} is {loss!r}, expected 'log_loss' or 'squared_error'")
    hidden = [SKLEARN[mlp.activation]] * (len(mlp.coefs_) - 1)
    parameters = zip(mlp.coefs_, mlp.intercepts_, [*hidden, output], strict=True)
    return Network([Layer(W.T, b, f) for W, b, f in parameters], _LOSS_OF_OUTPUT.get(output, "squared_error"))


def to_sklearn(network):
    """Return an MLPClassifier or MLPRegressor that predicts the same; see `Network.to_sklearn`."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    names = {ours: theirs for theirs, ours in SKLEARN.items()}
    *hidden, output = [layer.activation.name for layer in network.layers]
    if len(set(hidden)) > 1 or not set(hidden) <= {"linear", "sigmoid", "tanh", "relu"}:
        raise ValueError(
            f"the hidden layers are {', '.join(hidden)}: scikit-learn has one activation for all of them, of "
            f"{', '.join(names)}"
        )
    if not network.is_matched or not all(layer.has_bias for layer in network.layers):
        raise ValueError(f"{network!r}: scikit-learn needs a matched pair at the output, and a bias in every layer")
    kind = MLPRegressor if output == "linear" else MLPClassifier
    settings = {"hidden_layer_sizes": network.sizes[1:-1], "activation": names[hidden[0]] if hidden else "identity"}
    mlp, m = kind(**settings, solver="sgd", alpha=0.0), network.sizes[-1]
    X = np.zeros((max(m, 2), network.sizes[0]))
    if output == "linear":
        mlp.partial_fit(X, np.zeros((len(X), m)) if m > 1 else np.zeros(len(X)))
    elif output == "sigmoid" and m > 1:
        mlp.partial_fit(X, np.eye(m, dtype=int), classes=np.arange(m))
    else:
        mlp.partial_fit(X, np.arange(max(m, 2)), classes=np.arange(max(m, 2)))
    mlp.coefs_ = [W.T.copy() for W in network.W[1:]]
    mlp.intercepts_ = [b.ravel().copy() for b in network.b[1:]]
    return mlp


def from_torch(module, loss=None, output=None):
    """Return the network of a Sequential of Linear modules and activations; see `Network.from_torch`."""
    layers, waiting = [], None
    for part in _parts(module):
        kind = type(part).__name__
        if kind == "Linear":
            layers += [Layer(*waiting, "linear")] if waiting else []
            waiting = tuple(None if p is None else p.detach().cpu().numpy() for p in (part.weight, part.bias))
        elif kind in TORCH and waiting:
            _require_settings(kind, part)
            layers, waiting = [*layers, Layer(*waiting, TORCH[kind])], None
        elif kind not in ("Flatten", "Dropout"):
            raise ValueError(
                f"{part} cannot be taken over; expected Linear, each followed by one of {', '.join(TORCH)}"
            )
    if waiting:
        layers.append(Layer(*waiting, output or "linear"))
    elif output:
        raise ValueError(f"output is {output!r}, but the module ends with {layers[-1].activation} already")
    return Network(layers, loss or _LOSS_OF_OUTPUT.get(layers[-1].activation.name, "squared_error"))


def _parts(module):
    """Yield the modules in their order, those of a Sequential in a Sequential one by one."""
    for part in module:
        yield from _parts(part) if type(part).__name__ == "Sequential" else (part,)


def _require_settings(kind, part):
    for setting, expected in _SETTINGS.get(kind, {}).items():
        if getattr(part, setting) != expected:
            raise ValueError(f"{part}: {setting} has to be {expected!r}, which is the function {TORCH[kind]} here")


def to_torch(network):
    """Return a Sequential that predicts the same; see `Network.to_torch`."""
    import torch

    modules, names = [], {ours: theirs for theirs, ours in TORCH.items()}
    for layer in network.layers:
        linear = torch.nn.Linear(layer.inputs, layer.units, layer.has_bias)
        linear.weight = torch.nn.Parameter(torch.tensor(layer.W))
        if layer.has_bias:
            linear.bias = torch.nn.Parameter(torch.tensor(layer.b.ravel()))
        if layer.activation.name not in names:
            raise ValueError(f"PyTorch has no module for {layer.activation}; choose from {', '.join(names)}")
        settings = {"dim": 1} if layer.activation.name == "softmax" else {}
        modules += [linear, getattr(torch.nn, names[layer.activation.name])(**settings)]
    return torch.nn.Sequential(*modules)
