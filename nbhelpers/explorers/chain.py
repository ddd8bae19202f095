"""The chain rule for one weight: the three slopes of lecture 1 that multiply, beside what backpropagation says."""

import numpy as np

from nbhelpers import worked_example
from nbhelpers.checks import as_matrix
from nbhelpers.derivation.differences import finite_difference
from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.derivation.why import why
from nbhelpers.experiments.chain_rule import Chain
from nbhelpers.explorers.kit.controls import Chooser
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen
from nbhelpers.explorers.kit.network_numbers import example_slider, given, meaning, moved_to, number_slider, places
from nbhelpers.numbers_as_text import exact_if_short, short, subscript, superscript
from nbhelpers.plots import style
from nbhelpers.plots.chain import REGIONS, SIZE, draw_chain

MAX_INPUTS = 4  # with a slider each; more share one
_PLACES = 81  # at which curves are computed


def chain(network=None, X=None, Y=None):
    """Return an explorer of the chain rule for one weight or bias.

    Parameters
    ----------
    network : nbhelpers.Network, optional
        By default the lecture's 2-2-1 example. It is not changed.
    X : array_like, shape (n, d), optional
    Y : array_like, shape (m, d), optional
        Examples, a column each; one of them is looked at. By default the lecture's.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With a list of all weights and biases, a slider for the chosen one, and one for each input.

    Raises
    ------
    ValueError
        If X and Y do not fit the network, or every layer is softmax, where no z moves one a alone.
    """
    network = worked_example.network() if network is None else network
    X = as_matrix(worked_example.X if X is None else X, "X")
    Y = as_matrix(worked_example.Y if Y is None else Y, "Y")
    network.cost(X, Y)  # says what does not fit, before anything is drawn
    return Explorer(ChainLesson(network, X, Y))


class ChainLesson(Lesson):
    """What is in the explorer: the numbers, their controls, and the panels.

    Attributes
    ----------
    places : dict of str to tuple
        Where the inputs and the parameters that can be chosen stand; see ``network_numbers.py``.
    """

    def __init__(self, network, X, Y):
        self.network, self.X, self.Y = network, X, Y
        self.places = {name: place for name, place in places(network) if _can_be_chosen(network, place)}
        self.inputs, self.parameters = self._numbers()
        self.chooser = Chooser(self.parameters, "of", "of which weight or bias")
        self.example = example_slider(X.shape[1])
        several = {"example": self.example} if X.shape[1] > 1 else {}
        self.controls = {**several, "of": self.chooser.choice, **self.parameters, **self.inputs}
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = draw_chain(self.figure)
        self.regions = REGIONS
        self.moving, self.follow, self.groups = self.panels.moving, {"example": self.show_example}, self._groups()
        self._link = None
        names = "a", "z", "the weight or bias"
        self.handles = [
            Handle(f"point: moves {name}", spot.ax, spot.place, lambda x, _, k=k: self._reach(k, x))
            for k, (name, spot) in enumerate(zip(names, self.panels.spots, strict=True))
        ]

    def _numbers(self):
        """Controls for the inputs, and for the parameters."""
        inputs = {name: place for name, place in self.places.items() if place[0] == "x"}
        parameters = {name: place for name, place in self.places.items() if place[0] != "x"}
        if not parameters:
            raise ValueError("every layer is softmax, where each z moves every a: there are no three factors")
        return tuple(
            {name: number_slider(self.network, self.X, name, place) for name, place in group.items()}
            for group in (inputs, parameters)
        )

    def _groups(self):
        """The parameter, then the inputs; where these are many, a list and one slider."""
        several = [self.example] if self.X.shape[1] > 1 else []
        inputs = list(self.inputs.values())
        if len(inputs) > MAX_INPUTS:
            self.input_chooser = Chooser(self.inputs, "input", "input to move")
            self.controls["input"] = self.input_chooser.choice
            inputs = self.input_chooser.controls
        return [Group("weight or bias", self.chooser.controls), Group("input", [*several, *inputs])]

    def show_example(self, number):
        """Put the inputs where an example has them."""
        for name, slider in self.inputs.items():
            slider.value = given(self.network, self.X, self.places[name], number - 1)

    def _reach(self, k, target):
        """Move the weight so that a, z or itself comes near to the target: along the tangents, step by step."""
        link, slider = self._link, self.parameters[self.chooser.choice.value]
        now = (link.a, link.z, link.w)[k]
        slope = np.prod([link.factors.da_dz, link.factors.dz_dw][k:])
        if slope == 0:
            raise ValueError("the slope is 0 here: the weight does not move it")
        slider.move_near(link.w + (target - now) / slope)

    # --- a frame --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Compute the three slopes with the numbers of the controls, show them, and say them in words."""
        name = values["of"]
        x, network = moved_to(self.network, self.places, values)
        y = self.Y[:, [values.get("example", 1) - 1]]
        _, l, j, *i = self.places[name]
        link = Chain(network, x, y, l, j, i[0] if i else None)
        self._link, numbers = link, Numbers(network, x, y, 0.0)
        found = numbers.value(numbers.find(f"d{name}")), finite_difference(numbers, numbers.find(f"d{name}"))
        control = self.parameters[name]
        if self._show(name, link, found, (control.min, control.max)):
            self.redraw_ground()
        words = _in_words(
            name, self.places[name], network, link, found, why(network, x, y, _name_of_dA(link), 0.0, None, 3)
        )
        return Seen(words, f"Three curves with their tangents: L over a, a over z, z over {name}. {words}")

    def _show(self, name, link, found, limits):
        factors, a, z = link.factors, *_names(link)
        slopes = [factors.dL_da, factors.da_dz, factors.dz_dw]
        below = [f"{ratio} = {short(slope)}" for ratio, slope in zip(_ratios(a, name), slopes, strict=True)]
        results = [
            f"∂L/∂{_letter(name)} = {_precise(factors.product)}",
            f"d{name} = {_precise(found[0])}",
            _precise(found[1]),
        ]
        remark = "all three agree ✓" if _agree(factors.product, *found) else "they do not agree ✗"
        return self.panels.update(
            tuple(f"{up} over {down}" for up, down in _pairs(a, z, name)),
            _curves(link, limits),
            [(link.a, link.L), (link.z, link.a), (link.w, link.z)],
            slopes,
            [
                f"L = {short(link.L)} at {a} = {short(link.a)}",
                f"{a} = {short(link.a)} at {z} = {short(link.z)}",
                f"{z} = {short(link.z)} at {_letter(name)} = {exact_if_short(link.w)}",
            ],
            below,
            results,
            remark,
        )


def _can_be_chosen(network, place):
    return place[0] == "x" or network.layers[place[1] - 1].activation.elementwise


# --- curves -----------------------------------------------------------------------------------------------------------


def _curves(link, limits):
    """L over a, a over z and z over w, each as x and y."""
    a, z, w = _activations(link), _around(link.z, 4.0), np.linspace(*limits, 2)
    return [(a, link.loss_over(a)), (z, link.activation_over(z)), (w, link.sum_over(w))]


def _activations(link):
    low, high = link.layer.activation.range
    if np.isfinite([low, high]).all():
        return np.linspace(low, high, _PLACES)
    return _around(link.a, 2.0)


def _around(value, least):
    """Places from −s to s, where s is `least`, or so many times twice as much that the value lies well inside."""
    span = least
    while abs(value) > 0.9 * span:
        span *= 2
    return np.linspace(-span, span, _PLACES)


# --- words ------------------------------------------------------------------------------------------------------------


def _in_words(name, place, network, link, found, story):
    factors = link.factors
    product = " · ".join(exact_if_short(factor) for factor in (factors.dL_da, factors.da_dz, factors.dz_dw))
    return (
        f"{name}, {meaning(place, network.L)}{_subscripts(name, place)}: {product} = {_precise(factors.product)}. "
        f"Backprop says {_precise(found[0])}, the central difference {_precise(found[1])}. "
        f"{_about_paths(link, story)}"
    )


def _subscripts(name, place):
    """How both lectures count it."""
    kind, _, j, *i = place
    if kind == "b":
        return ""
    first = subscript(i[0] + 1) + subscript(j + 1)
    return f" (lecture 1's w{first} is lecture 2's row {j + 1}, column {i[0] + 1})"


def _about_paths(link, story):
    if link.l == link.network.L:
        return "The unit is an output: ∂L/∂ŷ comes from the loss itself."
    following = link.network.sizes[link.l + 1]
    paths = "one path leads" if following == 1 else f"{following} paths lead"
    terms, put_in = (
        text.replace("-", "−").replace(" * ", " · ") for text in (story.text_formula, story.text_substituted)
    )
    return f"∂L/∂a: {paths} on from this unit, {terms} = {put_in} = {short(story.value)}."


def _name_of_dA(link):
    return f"dA{link.l}[{link.j + 1},1]"


def _names(link):
    """What a and z of the unit are called."""
    below = subscript(link.j + 1) if link.network.sizes[link.l] > 1 else ""
    above = f"⁽{superscript(link.l)}⁾"
    return f"ŷ{below}" if link.l == link.network.L else f"a{above}{below}", f"z{above}{below}"


def _pairs(a, z, name):
    return [("L", a), (a, z), (z, name)]


def _ratios(a, name):
    """The three slopes as the lecture writes them."""
    letter = a[0] + a[1:].strip("⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")  # ŷ may be two signs
    return f"∂L/∂{letter}", f"∂{letter}/∂z", f"∂z/∂{_letter(name)}"


def _letter(name):
    return name[0].lower()


def _precise(value):
    return short(value, 5)


def _agree(product, backprop, difference):
    return np.isclose(product, backprop, rtol=1e-9, atol=1e-15) and np.isclose(
        product, difference, rtol=1e-4, atol=1e-8
    )
