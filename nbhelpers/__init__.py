"""Verified backpropagation in NumPy, and pictures that explain it.

    from nbhelpers import Layer, Network, sigmoid, binary_cross_entropy

The maths needs NumPy alone. All else (the worked example, ``why``, exercises, pictures, sliders) is loaded when it is
first asked for, so that ``import nbhelpers`` stays quick.
"""

import importlib

from nbhelpers.activations import ACTIVATIONS, Activation
from nbhelpers.gradient_check import check_gradients
from nbhelpers.losses import LOSSES, Loss
from nbhelpers.network import Forward, Gradients, Layer, Network

__version__ = "0.1.0"

globals().update(ACTIVATIONS | LOSSES)  # each by its name: sigmoid, squared_error, …

_MODULES = {
    "datasets": "nbhelpers.datasets",
    "exercises": "nbhelpers.exercises",
    "explorers": "nbhelpers.explorers",
    "formula_sheet": "nbhelpers.formula_sheet",
    "glossary": "nbhelpers.glossary",
    "installation": "nbhelpers.jupyter.installation",
    "mistakes": "nbhelpers.mistakes",
    "plots": "nbhelpers.plots",
    "style": "nbhelpers.plots.style",
    "training": "nbhelpers.training",
    "worked_example": "nbhelpers.worked_example",
}
_FUNCTIONS = {
    "train": "nbhelpers.training",
    "why": "nbhelpers.derivation.why",
    "worked_solution": "nbhelpers.derivation.solution",
}

__all__ = [
    "ACTIVATIONS",
    "LOSSES",
    "Activation",
    "Forward",
    "Gradients",
    "Layer",
    "Loss",
    "Network",
    "check_gradients",
    *ACTIVATIONS,
    *LOSSES,
    *_MODULES,
    *_FUNCTIONS,
]


def __getattr__(name):
    if name in _MODULES:
        return importlib.import_module(_MODULES[name])
    if name in _FUNCTIONS:
        return getattr(importlib.import_module(_FUNCTIONS[name]), name)
    raise AttributeError(f"module 'nbhelpers' has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *__all__})
