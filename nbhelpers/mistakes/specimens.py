"""Small networks to show mistakes on, and the places where mistakes hide.

All sizes of a specimen differ, 3 features, 4 hidden units, 2 outputs, 5 examples, so that no shape fits by chance. A
hiding place changes one thing about a specimen, for instance keeps a single example.
"""

from functools import partial

import numpy as np

from nbhelpers import worked_example
from nbhelpers.activations import linear, relu
from nbhelpers.network import Layer, Network

SPECIMENS = {
    **{task: partial(worked_example.wide, task) for task in worked_example.TASKS},
    "one output": lambda: one_output(*SPECIMENS["yes or no"]()),
    "penalty": lambda: penalized(*SPECIMENS["yes or no"]()),
}


def one_example(network, X, Y):
    """Return the specimen with its first example alone."""
    return network, X[:, :1], Y[:, :1]


def as_many_examples_as_features(network, X, Y):
    """Return the specimen with the first n examples, so that X is square."""
    n = X.shape[0]
    return network, X[:, :n], Y[:, :n]


def one_output(network, X, Y):
    """Return the specimen with its first output alone."""
    *hidden, last = network.layers
    one = Network([*hidden, Layer(last.W[:1], last.b[:1], last.activation)], network.loss)
    return one.with_cost(l2=network.l2), X, Y[:1]


def penalized(network, X, Y):
    """Return the specimen with a penalty on its weights."""
    return network.with_cost(l2=0.1), X, Y


def all_labels_one(network, X, Y):
    """Return the specimen with the label 1 everywhere."""
    return network, X, np.ones_like(Y)


def linear_hidden_layers(network, X, Y):
    """Return the specimen with linear hidden layers, whose slope is 1."""
    return _with_hidden(network, linear), X, Y


def relu_hidden_layers(network, X, Y):
    """Return the specimen with ReLUs in the hidden layers."""
    return _with_hidden(network, relu), X, Y


def relus_all_on(network, X, Y):
    """Return the specimen with ReLUs in the hidden layers that are all on, by a large bias."""
    network = _with_hidden(network, relu)
    return network.with_parameters(b1=network.b[1] + 5), X, Y


def _with_hidden(network, activation):
    *hidden, last = network.layers
    bent = [Layer(layer.W, layer.b, activation) for layer in hidden]
    return Network([*bent, last], network.loss).with_cost(l2=network.l2)


HIDING_PLACES = {
    "one example": one_example,
    "as many examples as features": as_many_examples_as_features,
    "one output": one_output,
    "all labels 1": all_labels_one,
    "linear hidden layers": linear_hidden_layers,
    "ReLU hidden layers": relu_hidden_layers,
    "ReLUs all on": relus_all_on,
}
