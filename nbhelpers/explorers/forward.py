"""The forward pass under sliders: every input, weight and bias can be moved, and Z, A and Ŷ follow in the picture."""

import numpy as np

from nbhelpers import worked_example
from nbhelpers.checks import as_matrix
from nbhelpers.explorers.kit.controls import Chooser, DropDown
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.explorers.kit.network_numbers import example_slider, given, moved_to, number_slider, places, unit_name
from nbhelpers.numbers_as_text import exact_if_short, listed, superscript
from nbhelpers.plots import style
from nbhelpers.plots.kit.matrix_equations import draw_pass
from nbhelpers.plots.kit.network_diagram import draw_network, size_for

MAX_SLIDERS = 14  # more would push the picture off the screen: then one slider serves all numbers
VIEWS = {"diagram": "Diagram of", "matrices": "Matrices of the forward pass of"}
_MAX_IN_WORDS = 30  # numbers; more than that nobody reads or wants to hear


def forward(network=None, X=None):
    """Return an explorer of the forward pass.

    Parameters
    ----------
    network : nbhelpers.Network, optional
        At most 6 layers of at most 8 units; by default the lecture's 2-2-1 example. It is not changed.
    X : array_like, shape (n, d), optional
        Inputs, a column per example. By default the lecture's X, or ones where it does not fit the network.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With a slider per number, or, if there are more than 14, with one slider and a list to choose the number from;
        and with a slider for the example if there are several. The pass is shown as a diagram or as matrices.

    Raises
    ------
    ValueError
        If the network is too large for a diagram, or X does not fit it.
    """
    network = worked_example.network() if network is None else network
    X = _default_inputs(network) if X is None else as_matrix(X, "X")
    network.forward(X)  # says what is wrong with X, before anything is drawn
    return Explorer(ForwardPass(network, X))


class ForwardPass(Lesson):
    """What is in the explorer: the places of all numbers, their controls, and the two views.

    Attributes
    ----------
    places : dict of str to tuple
        Where each number stands; see ``network_numbers.py``.
    views : dict of str to NetworkDiagram or PassInMatrices
        By what `show_as` offers.
    """

    def __init__(self, network, X):
        self.network, self.X = network, X
        wide, layers = size_for(network.sizes)[0], len(network.sizes)
        names = ["input", *(f"layer {l}" for l in range(1, layers - 1)), "output"]
        self.regions = {name: (k * wide / layers, 0) for k, name in enumerate(names)}
        self.places = dict(places(network))
        self.figure, self.views = _new_views(network, X)
        self.moving = [artist for view in self.views.values() for artist in view.moving]
        self.show_as, self._shown_as = DropDown("show as", VIEWS), None
        self.numbers = {name: number_slider(network, X, name, place) for name, place in self.places.items()}
        self.chooser = Chooser(self.numbers) if len(self.numbers) > MAX_SLIDERS else None
        self.moved = DropDown("moved", ["", *self.numbers])  # the last one: it belongs to the state, not to the page
        self.example = example_slider(X.shape[1])
        self.controls, self.groups = self._controls(), self._groups()
        self.follow = {"example": self._show_example, **{name: self._remember(name) for name in self.numbers}}

    def _controls(self):
        several = {"example": self.example} if self.X.shape[1] > 1 else {}
        which = {"number": self.chooser.choice} if self.chooser else {}
        moved = {} if self.chooser else {"moved": self.moved}
        return {**several, **which, **self.numbers, "show as": self.show_as, **moved}

    def _groups(self):
        """The input, then one group per unit; at the end the choice of the view."""
        several = [self.example] if self.X.shape[1] > 1 else []
        if self.chooser:
            return [Group("pass", [*several, *self.chooser.controls, self.show_as])]
        groups = {"input": several}
        for name, place in self.places.items():
            groups.setdefault(_heading(place, self.network.L, self.network.sizes), []).append(self.numbers[name])
        return [Group(heading, controls) for heading, controls in (groups | {"picture": [self.show_as]}).items()]

    def _show_example(self, number):
        for name, place in self.places.items():
            if place[0] == "x":
                self.numbers[name].value = given(self.network, self.X, place, number - 1)
        self.moved.value = ""

    def _remember(self, name):
        return lambda _: setattr(self.moved, "value", name)

    # --- a frame --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Compute the forward pass with the numbers of the controls, show it, and say it in words."""
        x, network = moved_to(self.network, self.places, values)
        forward = network.forward(x)
        self._show(values["show as"])
        marked = values.get("number") or (values["show as"] == "matrices" and values["moved"])
        view = self.views[values["show as"]]
        view.update(network.W, network.b, forward.Z, forward.A, self.places[marked] if marked else None)
        number = values.get("number")
        words = _in_words(x, forward, number and f"{number} = {exact_if_short(values[number])}")
        return Seen(words, _as_alt(network, words, values["show as"]))

    def _show(self, name):
        """Let one of the views be seen, and not the other."""
        if name == self._shown_as:
            return
        for other, view in self.views.items():
            view.moving[0].axes.set_visible(other == name)
            for artist in view.moving:
                artist.set_visible(other == name)
        self._shown_as = name
        self.redraw_ground()


def _heading(place, L, sizes):
    """The heading of the column in which a number stands."""
    if place[0] == "x":
        return "input"
    l, j = place[1:3]
    return "output unit" if l == L and sizes[L] == 1 else unit_name(l, j, L)


# --- words ------------------------------------------------------------------------------------------------------------


def _in_words(x, forward, moved):
    """The pass in a line: ``x = (0.50, 0.20) → z¹ = (0.430, 1.420) → … → ŷ = 0.777``."""
    steps = [f"x = {listed(x, exact_if_short)}"]
    L = len(forward.Z) - 1
    for l in range(1, L + 1):
        number = superscript(l)
        steps.append(f"z{number} = {listed(forward.Z[l])}")
        steps.append(f"{'ŷ' if l == L else f'a{number}'} = {listed(forward.A[l])}")
    if sum(a.size for a in forward.A) * 2 > _MAX_IN_WORDS:
        steps = [steps[0], "…", steps[-1]]
    return f"{moved}:  {' → '.join(steps)}" if moved else " → ".join(steps)


def _as_alt(network, words, view):
    sizes = "-".join(map(str, network.sizes))
    activations = ", ".join(layer.activation.name for layer in network.layers)
    return f"{VIEWS[view]} a {sizes} network ({activations}). {words}"


# --- beginnings -------------------------------------------------------------------------------------------------------


def _default_inputs(network):
    fits = network.sizes[0] == worked_example.X.shape[0]
    return np.array(worked_example.X) if fits else np.ones((network.sizes[0], 1))


def _new_views(network, X):
    """A figure with both views on top of each other."""
    with style.context():
        figure = style.new_figure(*size_for(network.sizes))
        pages = [figure.add_axes((0, 0, 1, 1), label=name) for name in VIEWS]
        forward = network.forward(X[:, :1])
        names = [layer.activation.name for layer in network.layers]
        diagram = draw_network(pages[0], network.W, network.b, forward.Z, forward.A, names)
        return figure, {"diagram": diagram, "matrices": draw_pass(pages[1], network.sizes, names)}
