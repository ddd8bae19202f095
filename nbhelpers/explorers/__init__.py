"""Explorers: one idea each under sliders, each in a file, each callable without arguments: ``explorers.forward()``.

An explorer owns no maths and no drawing code: it asks the maths for arrays and hands them to artists of
`nbhelpers.plots`. ``kit/explorer.py`` holds what all explorers share.
"""

# An explorer is called like the module that holds it; from here on its name means the function.
from nbhelpers.explorers.activations import activations
from nbhelpers.explorers.backprop import backprop
from nbhelpers.explorers.bends import bends
from nbhelpers.explorers.chain import chain
from nbhelpers.explorers.cost_meter import cost_meter
from nbhelpers.explorers.depth import depth
from nbhelpers.explorers.descent import descent
from nbhelpers.explorers.digits import digits
from nbhelpers.explorers.forward import forward
from nbhelpers.explorers.generalization import generalization
from nbhelpers.explorers.gradient_check import gradient_check
from nbhelpers.explorers.initialization import initialization
from nbhelpers.explorers.kit.explorer import Explorer
from nbhelpers.explorers.layers import layers
from nbhelpers.explorers.loss import loss
from nbhelpers.explorers.neuron import neuron
from nbhelpers.explorers.nudge import nudge
from nbhelpers.explorers.one_unit_learns import one_unit_learns
from nbhelpers.explorers.playground.lesson import playground
from nbhelpers.explorers.unit import unit
from nbhelpers.explorers.where_does_one_over_d_go import where_does_one_over_d_go
from nbhelpers.explorers.why import why

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
