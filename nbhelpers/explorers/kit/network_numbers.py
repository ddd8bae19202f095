"""The numbers that a network is made of as things that can be moved: inputs, weights and biases, by name and place.

A place is ``("x", i)``, ``("W", l, j, i)`` or ``("b", l, j)``, counted from 0, layers from 1; its name counts from 1,
as the lecture does: ``x1``, ``W1[1,2]``, ``b2[1]``. What an explorer does with them is its own business.
"""

import math

import numpy as np

from nbhelpers import worked_example
from nbhelpers.checks import as_matrix
from nbhelpers.explorers.kit.controls import NumberSlider, WholeSlider


def places(network):
    """Yield name and place of every number: the inputs, then unit by unit its weights and, where it has one, its bias.

    Examples
    --------
    >>> from nbhelpers import Layer, Network
    >>> list(places(Network([Layer([[2.0]], 0.5, "linear")], "squared_error")))
    [('x1', ('x', 0)), ('W1[1,1]', ('W', 1, 0, 0)), ('b1[1]', ('b', 1, 0))]
    """
    for i in range(network.sizes[0]):
        yield f"x{i + 1}", ("x", i)
    for l, layer in enumerate(network.layers, start=1):
        for j in range(layer.units):
            for i in range(layer.inputs):
                yield f"W{l}[{j + 1},{i + 1}]", ("W", l, j, i)
            if layer.has_bias:
                yield f"b{l}[{j + 1}]", ("b", l, j)


def given(network, X, place, example=0):
    """Return the number that stands at a place of a network, or in a column of X."""
    kind, *where = place
    if kind == "x":
        return float(X[where[0], example])
    l, j, *i = where
    return float(network.W[l][j, i[0]] if kind == "W" else network.b[l][j, 0])


def number_slider(network, X, name, place):
    """Return a slider for a place, with room for the number that is given."""
    value = given(network, X, place)
    span = span_of(X[place[1]] if place[0] == "x" else [value])
    return NumberSlider(name, value, -span, span, span / 40, meaning(place, network.L))


def moved_to(network, places, values):
    """Return the inputs, shape (n, 1), and the network with the numbers of the controls.

    Parameters
    ----------
    network : Network
    places : dict of str to tuple
        Which of `values` are meant; what is not among them stays.
    values : dict
        By the names of `places`; all inputs are among them.
    """
    x = np.empty((network.sizes[0], 1))
    parameters = {name: np.array(array) for name, array in network.parameters.items()}
    for name, (kind, *where) in places.items():
        if kind == "x":
            x[where[0]] = values[name]
        else:
            l, j, *i = where
            parameters[f"{kind}{l}"][j, i[0] if i else 0] = values[name]
    return x, network.with_parameters(**parameters)


def meaning(place, L):
    """Return what a number is, in words: ``"weight from x2 to hidden unit 1"``."""
    kind, *where = place
    if kind == "x":
        return f"input {where[0] + 1}"
    l, j, *i = where
    unit = unit_name(l, j, L)
    return f"bias of {unit}" if kind == "b" else f"weight from {unit_name(l - 1, i[0], L)} to {unit}"


def unit_name(l, j, L):
    """Return what a unit is called: ``"x2"``, ``"hidden unit 1"``, ``"layer 2 unit 1"``, ``"output unit 1"``."""
    if l == 0:
        return f"x{j + 1}"
    layer = "output" if l == L else "hidden" if L == 2 else f"layer {l}"
    return f"{layer} unit {j + 1}"


def example_slider(d):
    """Return the slider for the example, from 1 to `d`."""
    return WholeSlider("example", 1, 1, max(2, d), "which column of X is shown")


def span_of(values):
    """Return how far a slider goes to either side of 0: 2, or the next round number that has room for all values."""
    largest = float(np.abs(values).max())
    if largest <= 2:
        return 2.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(digit * power for digit in (2, 4, 8, 20) if largest <= digit * power)


def pass_given(network, X, Y):
    """Return network, X and Y of a pass, those of the worked example where nothing is given.

    Raises
    ------
    ValueError
        If only one of X and Y is given, none for another network, or if they do not fit.
    """
    if (X is None) != (Y is None) or (X is None and network is not None):
        raise ValueError("X and Y are needed, both, for a network or for examples of your own")
    network = worked_example.network() if network is None else network
    X, Y = (worked_example.X, worked_example.Y) if X is None else (as_matrix(X, "X"), Y)
    network.cost(X, Y)  # says what does not fit, before anything is drawn
    return network, X, network.loss.labels(Y)
