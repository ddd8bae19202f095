"""Gradient descent on a map of the cost: how far each step goes, and whether it arrives, is up to the learning rate."""

import contextlib

from nbhelpers import worked_example
from nbhelpers.checks import as_matrix
from nbhelpers.experiments import landscapes
from nbhelpers.experiments.cost_plane import CostPlane, lowest, parameter_places
from nbhelpers.experiments.landscapes import Landscape
from nbhelpers.explorers.kit.controls import CheckBox, DropDown, LogSlider, NumberSlider, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen
from nbhelpers.explorers.kit.network_numbers import span_of
from nbhelpers.numbers_as_text import exact_if_short, short
from nbhelpers.plots import style
from nbhelpers.plots.descent import RIVALS, draw_cost_history, draw_cost_surface

MAX_STEPS = 50
MAX_EXAMPLES = 2000  # more would make the map slow
_WIDTH, _HEIGHT = 960, 446
_MAP = (66, 30, 366)  # left, top and side in CSS pixels
_CURVE = (528, 30, 412, 366)  # left, top, width, height
_SIDE = 81  # points of the map across
_SIDE_OF_MANY = 41
_CRAWLING, _ARRIVED = 0.5, 5e-4  # how much of the way down is left
_MANY = 50  # examples, from which on the map is coarser


def descent(network=None, X=None, Y=None):
    """Return an explorer of gradient descent on the cost over two parameters.

    Only the two parameters of the plane move; all others stay fixed.

    Parameters
    ----------
    network : nbhelpers.Network, optional
        It is not changed. Without it, a choice of small ones: a valley, a basin, a saddle, and the lecture's 2-2-1.
    X : array_like, shape (n, d), optional
        Inputs; needed with a network.
    Y : array_like, shape (m, d), optional
        Labels; needed with a network.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        A click in the map sets the start.

    Raises
    ------
    ValueError
        If X or Y is missing or does not fit, or if there are too many examples.
    """
    return Explorer(Walk(_landscapes() if network is None else {"yours": _given(network, X, Y)}))


class Walk(Lesson):
    """What is in the explorer: the landscapes, the plane that is shown, and the last path."""

    panel_names = ("map", "cost")

    def __init__(self, landscapes):
        self.landscapes = landscapes
        self.span = max(4.0, *(_span(landscape.network) for landscape in landscapes.values()))
        self._make_controls()
        self._drawn, self._walked, self._is_offering = None, (None, None), False
        self._make_picture()
        self.controls, self.groups = self._controls(), self._groups()
        self.moving = [*self.surface.moving, *self.history.moving]
        self.follow = {"network": lambda _: self._offer()}
        self.follow |= {"across": lambda _: self._keep_apart(self.up), "up": lambda _: self._keep_apart(self.across)}
        self.handles = [Handle("start of the path", self.surface.ax, self._start, self._start_at, (0.1, 0.1))]

    # --- controls -------------------------------------------------------------------------------------------------

    def _make_controls(self):
        landscape = next(iter(self.landscapes.values()))
        names = list(parameter_places(landscape.network))
        self.network = DropDown("network", self.landscapes, "whose cost is shown")
        self.across = DropDown("across", names, "the parameter that runs from left to right")
        self.up = DropDown("up", names, "the parameter that runs from bottom to top")
        self.across.value, self.up.value = self._pair = landscape.plane
        self.rate = LogSlider("η", 0.32, 1e-3, 1e2, meaning="learning rate")
        self.steps = WholeSlider("steps", 30, 0, MAX_STEPS, "of gradient descent")
        about = {
            "momentum": "also walk with momentum, β = 0.9: orange, a square",
            "adam": "also walk with Adam: green, a diamond",
        }
        self.rivals = {name: CheckBox(RIVALS[name][0], False, about[name]) for name in RIVALS}
        self.starts = [self._start_slider(*arrow) for arrow in (("start →", "across"), ("start ↑", "up"))]
        self._go_to(CostPlane(*landscape[:3], *landscape.plane).origin)

    def _start_slider(self, name, way):
        return NumberSlider(name, 0, -self.span, self.span, self.span / 80, f"where the path begins, {way}")

    def _controls(self):
        several = {"network": self.network} if len(self.landscapes) > 1 else {}
        choices = {"across": self.across, "up": self.up, "η": self.rate, "steps": self.steps, **self.rivals}
        return {**several, **choices, **{slider.description: slider for slider in self.starts}}

    def _groups(self):
        several = [self.network] if len(self.landscapes) > 1 else []
        plane, walk = [*several, self.across, self.up], [self.rate, self.steps, *self.rivals.values()]
        return [Group("map", plane), Group("descent", walk), Group("start (or click on the map)", self.starts)]

    def _offer(self):
        """Another network: other parameters to choose from, and its own plane and start."""
        landscape = self.landscapes[self.network.value]
        self._is_offering = True
        for choice, name in zip((self.across, self.up), landscape.plane, strict=True):
            choice.options = list(parameter_places(landscape.network))
            choice.value = name
        self._is_offering = False
        self._pair = landscape.plane
        self._go_to(self._plane().origin)

    def _keep_apart(self, other):
        """Another parameter: never twice the same; the path begins where the network stands."""
        if self._is_offering:
            return
        if self.across.value == self.up.value:
            self._is_offering = True
            other.value = next(name for name in self._pair if name != self.across.value)
            self._is_offering = False
        self._pair = self.across.value, self.up.value
        self._go_to(self._plane().origin)

    def _go_to(self, place):
        for slider, value in zip(self.starts, place, strict=True):
            slider.value = value

    def _start(self):
        return tuple(slider.value for slider in self.starts)

    def _start_at(self, *place):
        self._go_to([round(min(max(value, -self.span), self.span), 2) for value in place])

    def clicked(self, x, y):
        """Begin the path where the map was clicked."""
        left, top, side = _MAP
        shares = (x - left) / side, 1 - (y - top) / side
        if all(0 <= share <= 1 for share in shares):
            self._start_at(*(self.span * (2 * share - 1) for share in shares))

    def _plane(self):
        return CostPlane(*self.landscapes[self.network.value][:3], self.across.value, self.up.value)

    # --- the picture ----------------------------------------------------------------------------------------------

    def _make_picture(self):
        with style.context():
            self.figure = style.new_figure(_WIDTH, _HEIGHT)
            self._dpi = self.figure.dpi
            left, top, side = _MAP
            self.surface = draw_cost_surface(self._axes(left, top, side, side), -self.span, self.span)
            self.history = draw_cost_history(self._axes(*_CURVE), MAX_STEPS)

    def _axes(self, left, top, width, height):
        box = left / _WIDTH, 1 - (top + height) / _HEIGHT, width / _WIDTH, height / _HEIGHT
        return self.figure.add_axes(box)

    def redraw(self, values):
        """Walk down from the start, show the path, and say in words how it went."""
        self._show_map((values.get("network"), values["across"], values["up"]))
        path = self._path(values)
        rivals = {name: self._rival(values, name) for name in RIVALS if values[name]}
        self.surface.update(path.points, {name: rival.points for name, rival in rivals.items()})
        self.history.update(path.costs, {name: rival.costs for name, rival in rivals.items()})
        floor = self.lowest[2] if self._lowest_inside() else None
        words = f"{_in_words(path, values, floor, self.span)}{_beside(rivals)}{_fixed(self.plane)}"
        return Seen(words, f"{_map_in_words(self.plane, self.span, self.lowest)} {words} {_ends(path)}")

    def _show_map(self, chosen):
        if chosen == self._drawn:
            return
        self.plane, self._drawn = self._plane(), chosen
        side = _SIDE if self.plane.X.shape[1] < _MANY else _SIDE_OF_MANY
        u, v, J = self.plane.grid(-self.span, self.span, side)
        self.lowest = lowest(self.plane, -self.span, self.span)
        with style.context(), self._at_first_resolution():
            self.surface.show_costs(u, v, J, self.plane.names, self._lowest_inside())
            self.history.show_range(*_range_of(J, self.lowest[2]), self.lowest[2])
        self.redraw_ground()

    @contextlib.contextmanager
    def _at_first_resolution(self):
        """Where the labels of contour lines stand depends on it: the same map is to be the same picture."""
        dpi = self.figure.dpi
        self.figure.set_dpi(self._dpi)
        yield
        self.figure.set_dpi(dpi)

    def _lowest_inside(self):
        return self.lowest if max(map(abs, self.lowest[:2])) < 0.999 * self.span else None

    def _path(self, values):
        """The path, of which only a part is new where another number of steps is asked for."""
        start = values["start →"], values["start ↑"]
        key = (*self._drawn, *start, values["η"])
        known, path = self._walked
        if known != key or path.steps < values["steps"]:
            path = self.plane.descend(*start, values["η"], values["steps"])
            self._walked = key, path
        return path.first(values["steps"])

    def _rival(self, values, optimizer):
        """The path of another optimizer from the same start, with the same learning rate."""
        start = values["start →"], values["start ↑"]
        return self.plane.descend(*start, values["η"], values["steps"], optimizer)


# --- words ------------------------------------------------------------------------------------------------------------


def _in_words(path, values, floor, span):
    """How it went: ``η = 0.30, 30 steps: J falls from 3.930 to 0.067, …``."""
    asked, J = values["steps"], [short(cost) for cost in path.costs[[0, -1]]]
    left = path.leaves(-span, span)
    leaving = f" The path leaves the picture at step {left}." if left else ""
    return f"η = {exact_if_short(values['η'])}, {_counted(asked)}: {_course(path, asked, J, floor)}{leaving}"


def _course(path, asked, J, floor):
    begin, end = path.costs[[0, -1]]
    from_to = f"from {J[0]} to {J[1]}"
    if asked == 0:
        return f"J = {J[0]} at the start."
    if path.steps < asked:
        return f"too large, J grows {from_to}; after step {path.steps} the numbers are too large for a float."
    if end > begin:
        return f"too large, every step overshoots, and J grows {from_to}."
    if path.turns > path.steps / 2 and path.steps > 3:
        return f"zigzag, {path.turns} of {path.steps} steps turn back across the valley, while J falls {from_to}."
    if floor is None:
        return f"J falls {from_to}, and it would go on falling: there is no lowest point in the picture."
    rest = (end - floor) / (begin - floor) if begin > floor else 0
    if rest > _CRAWLING and path.steps > 3:
        return f"it crawls, J has only fallen {from_to}; the lowest in the picture is {short(floor)}."
    arrived = "arrived, " if rest < _ARRIVED else ""
    return f"{arrived}J falls {from_to}; the lowest in the picture is {short(floor)}."


def _beside(rivals):
    """What the other optimizers reach from the same start: `` Beside it, momentum: J = 0.052 …``."""
    told = [f"{RIVALS[name][0]}: J = {short(path.costs[-1])}{_turning(path)}" for name, path in rivals.items()]
    return f" From the same start, {'; '.join(told)}." if told else ""


def _turning(path):
    return f", {path.turns} of {_counted(path.steps)} turn back" if path.turns else ""


def _counted(steps):
    return "1 step" if steps == 1 else f"{steps} steps"


def _fixed(plane):
    if plane.others == 0:
        return ""
    rest = "the other parameter stays" if plane.others == 1 else f"the other {plane.others} parameters stay"
    return f" Only {plane.names[0]} and {plane.names[1]} move, {rest} fixed."


def _map_in_words(plane, span, low):
    ends = f"from {exact_if_short(-span)} to {exact_if_short(span)}"
    place = f"({short(low[0], 2)}, {short(low[1], 2)})"
    return (
        f"Contour lines of the cost J over {plane.names[0]} and {plane.names[1]} {ends}, lowest at {place}, and a path."
    )


def _ends(path):
    ends = [f"({short(u, 2)}, {short(v, 2)})" for u, v in path.points[[0, -1]]]
    return f"The path runs from {ends[0]} to {ends[1]}."


# --- beginnings -------------------------------------------------------------------------------------------------------


def _landscapes():
    lecture = Landscape(worked_example.network(), worked_example.X, worked_example.Y, ("W2[1,1]", "W2[1,2]"))
    return {
        "valley: a line through points": landscapes.valley(),
        "basin: yes or no, one unit": landscapes.basin(),
        "saddle: one hidden unit": landscapes.saddle(),
        "2-2-1: the worked example": lecture,
    }


def _given(network, X, Y):
    if X is None or Y is None:
        raise ValueError("a network needs its X and Y: descent(network, X, Y)")
    names = list(parameter_places(network))
    if as_matrix(X, "X").shape[1] > MAX_EXAMPLES:
        raise ValueError(f"X has {as_matrix(X, 'X').shape[1]} examples: the map takes at most {MAX_EXAMPLES}")
    network.cost(X, Y)  # says what does not fit
    return Landscape(network, X, Y, tuple(names[:2]))


def _span(network):
    return span_of([abs(value).max() for value in network.parameters.values()])


def _range_of(J, floor):
    """The scale of the curve: from the lowest to the highest J of the map, at most five decades."""
    high = max(1.5 * float(J.max()), 1e-12)
    return max(0.4 * floor, 1e-5 * high), high
