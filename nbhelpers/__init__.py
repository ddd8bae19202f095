"""Verified backpropagation in NumPy, and pictures that explain it.

    from nbhelpers import Layer, Network, sigmoid, binary_cross_entropy

The maths needs NumPy alone. Pictures (``nbhelpers.plots``) and sliders (``nbhelpers.explorers``) are loaded when they
are first asked for, so that ``import nbhelpers`` stays quick.
"""

import importlib

from nbhelpers import worked_example
from nbhelpers.activations import ACTIVATIONS, Activation, linear, relu, sigmoid, softmax, tanh
from nbhelpers.gradient_check import check_gradients
from nbhelpers.losses import LOSSES, Loss, binary_cross_entropy, categorical_cross_entropy, squared_error
from nbhelpers.network import Forward, Gradients, Layer, Network

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS",
    "LOSSES",
    "Activation",
    "Forward",
    "Gradients",
    "Layer",
    "Loss",
    "Network",
    "binary_cross_entropy",
    "categorical_cross_entropy",
    "check_gradients",
    "linear",
    "relu",
    "sigmoid",
    "softmax",
    "squared_error",
    "tanh",
    "worked_example",
]

_LOADED_WHEN_ASKED_FOR = ("exercises", "explorers", "installation", "mistakes", "plots", "style")


def __getattr__(name):
    if name in _LOADED_WHEN_ASKED_FOR:
        return importlib.import_module(f"nbhelpers.{name}")
    raise AttributeError(f"module 'nbhelpers' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *_LOADED_WHEN_ASKED_FOR])
