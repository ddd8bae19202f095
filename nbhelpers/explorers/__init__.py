"""Explorers: one idea each under sliders, each in a file, each callable without arguments: ``explorers.forward()``.

An explorer owns no maths and no drawing code: it asks the maths for arrays and hands them to artists of
`nbhelpers.plots`. ``kit/explorer.py`` holds what all explorers share. Each is loaded when it is first asked for, and
Matplotlib and the widgets with the first one.
"""

import importlib
import sys
from types import ModuleType

__all__ = [
    "Explorer",
    "activations",
    "backprop",
    "bends",
    "chain",
    "cost_meter",
    "depth",
    "descent",
    "digits",
    "forward",
    "generalization",
    "gradient_check",
    "initialization",
    "layers",
    "loss",
    "neuron",
    "nudge",
    "one_unit_learns",
    "playground",
    "unit",
    "where_does_one_over_d_go",
    "why",
]


def __getattr__(name):
    if name not in __all__:
        raise AttributeError(f"module 'nbhelpers.explorers' has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{'kit.explorer' if name == 'Explorer' else name}"), name)


def __dir__():
    return sorted({*globals(), *__all__})


class _Explorers(ModuleType):
    """An explorer is called like the module that holds it: from its import on that name means the function."""

    def __setattr__(self, name, value):
        is_module = name in __all__ and isinstance(value, ModuleType)
        super().__setattr__(name, getattr(value, name) if is_module else value)


sys.modules[__name__].__class__ = _Explorers
