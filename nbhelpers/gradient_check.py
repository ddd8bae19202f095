"""Is the backward pass right? Compare its derivatives with central differences of the cost.

For each parameter θ the cost is computed at θ + h and θ − h, all else unchanged. The quotient
(J(θ + h) − J(θ − h)) / 2h has to agree with what `backward` says. It knows nothing of the chain rule, so that a mistake
there cannot hide here. What the known mistakes look like is told by ``mistakes/``.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from nbhelpers.network import Network
from nbhelpers.tables import Table

TOLERANCE = 1e-7
STEP = 1e-5
_RISE = 1e-6  # of the rise of J to both sides: what differences of such a step can hide
_FAINT, _LARGER = 1e-4, 100  # noise above this share of a gradient calls for a step that is this much larger


def check_gradients(network, X, Y, tolerance=TOLERANCE, step=STEP, l2=None, cost=None):
    """Compare the network's own `backward` with central differences of its own `cost`, parameter by parameter.

    Parameters
    ----------
    network : Network
        Also a subclass with its own `backward`: that one is asked. A float32 network is checked in float64.
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    tolerance : float
        The largest relative error, |g − g_h| / max(|g|, |g_h|), that passes for an entry. What differences
        cannot resolve is added: their last digits are noise, about eps · J / h.
    step : float
        The step h is this times max(1, abs(θ)).
    l2, cost : float and str, optional
        The cost that the gradient belongs to: with the penalty λ/2 Σ W²; a ``"mean"``,
        a ``"sum"`` or a ``"mean of all entries"``. By default that of the network, see `Network.with_cost`.

    Returns
    -------
    GradientReport
        A block for each of W1, b1, W2, …; true where every block is right.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> report = check_gradients(worked_example.network(), worked_example.X, worked_example.Y)
    >>> bool(report), report["W1"].verdict
    (True, 'right')
    """
    network = in_float64(network).with_cost(cost, l2)
    gradients = network.backward(network.forward(X), Y).by_parameter
    probe = partial(_Probe, network, X, Y, _rounding(network, X, Y))
    judged = (
        _judge(name, gradients.get(name), parameter, probe, tolerance, step)
        for name, parameter in network.parameters.items()
    )
    return GradientReport(tuple(judged), tolerance)


def central_difference(f, h):
    """Return (f(h) - f(-h)) / 2h, an estimate of the slope of `f` at 0 with an error of the order h².

    Examples
    --------
    The slope of e^x at 0 is 1:

    >>> float(central_difference(np.exp, 1e-5).round(9))
    1.0
    """
    return (f(h) - f(-h)) / (2 * h)


def forward_difference(f, h):
    """Return (f(h) - f(0)) / h, an estimate of the slope of `f` at 0 with an error of the order h.

    Examples
    --------
    The same step as above, and half of the digits:

    >>> float(forward_difference(np.exp, 1e-5).round(9))
    1.000005
    """
    return (f(h) - f(0)) / h


def differences(network, X, Y, place, steps, dtype=np.float64):
    """Return forward and central differences of the cost for one parameter, for many steps h.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    place : tuple
        The block and the index in it, counted from 0: ``("W1", (0, 1))``.
    steps : array_like, shape (k,)
        All positive.
    dtype : type
        In which the cost is computed, `numpy.float64` or `numpy.float32`.

    Returns
    -------
    forward, central : numpy.ndarray, shape (k,)

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> network, X, Y = worked_example.network(), worked_example.X, worked_example.Y
    >>> forward, central = differences(network, X, Y, ("W2", (0, 0)), [1e-1, 1e-3])
    >>> forward.round(6), central.round(6)  # backprop says -0.135401
    (array([-0.132251, -0.135369]), array([-0.135436, -0.135401]))
    """
    block, index = place
    parameters = {name: value.astype(dtype) for name, value in network.parameters.items()}
    cost = _Probe(network.with_parameters(**parameters), X, Y, 0.0, block, index).cost
    quotients = [[difference(cost, h) for h in steps] for difference in (forward_difference, central_difference)]
    return tuple(np.array(quotients))


def relative_error(one, other):
    """Return |g - g'| / max(|g|, |g'|), 0 where both are 0; element by element."""
    size = np.maximum(np.abs(one), np.abs(other))
    return np.abs(np.subtract(one, other)) / np.where(size == 0, 1, size)


@dataclass(frozen=True)
class BlockReport:
    """How the gradient of one block of parameters, such as W1, came off.

    Attributes
    ----------
    name : str
        ``"W1"``, ``"b1"``, …
    verdict : str
        ``"right"``, ``"wrong"``, ``"not finite"``, ``"wrong shape"``, or ``"undecided"``: every entry lies at a kink.
    relative_error : float
        Of the worst entry; nan where there is none.
    worst : str
        The name of the worst entry with the lecture's subscripts, ``"dW1[2,1]"``.
    backprop, difference : float
        The two numbers that were compared there.
    remark : str
        What else is to be said: the shapes, or which entries could not be judged.
    """

    name: str
    verdict: str
    relative_error: float = np.nan
    worst: str = ""
    backprop: float = np.nan
    difference: float = np.nan
    remark: str = ""

    def __bool__(self):
        return self.verdict == "right"


@dataclass(frozen=True, repr=False)
class GradientReport:
    """The blocks of a gradient check, in the order of the network; true where every block is right.

    Shows as a table in a notebook, as text in a terminal. ``report["W1"]`` is one block.
    """

    blocks: tuple
    tolerance: float

    def __bool__(self):
        return all(self.blocks)

    def __getitem__(self, name):
        return {block.name: block for block in self.blocks}[name]

    @property
    def summary(self):
        """One sentence: whether all is right, else which blocks are not."""
        if self:
            return f"All {len(self.blocks)} blocks are right: backprop and central differences agree."
        open_blocks = [block for block in self.blocks if not block]
        verdict = "Not decided" if all(block.verdict == "undecided" for block in open_blocks) else "Not right"
        return f"{verdict}: " + ", ".join(f"{block.name} ({block.verdict})" for block in open_blocks) + "."

    @property
    def table(self):
        """The blocks as a table, with the summary below it; a column for remarks only where there are any."""
        shown = slice(None if any(block.remark for block in self.blocks) else -1)
        return Table(_HEADER[shown], [_cells(block)[shown] for block in self.blocks], self.summary)

    def __repr__(self):
        return repr(self.table)

    def _repr_markdown_(self):
        return self.table._repr_markdown_()


_HEADER = ["block", "verdict", "relative error", "worst entry", "backprop", "difference", "remark"]


def _cells(block):
    if not block.worst:
        return [block.name, block.verdict, "", "", "", "", block.remark]
    numbers = f"{block.backprop:.6g}", f"{block.difference:.6g}"
    return [block.name, block.verdict, _magnitude(block.relative_error), block.worst, *numbers, block.remark]


def _magnitude(error):
    if error == 0:
        return "within rounding"
    return "below 1e-8" if error < 1e-8 else f"{error:.2g}"  # smaller ones differ from machine to machine


# --- one block ------------------------------------------------------------------------------------------------------


def _judge(name, gradient, parameter, probe, tolerance, step):
    if gradient is None or np.shape(gradient) != parameter.shape:
        shape = "missing" if gradient is None else np.shape(gradient)
        return BlockReport(name, "wrong shape", remark=f"d{name} is {shape}, {name} is {parameter.shape}")
    if not np.isfinite(gradient).all():
        row, column = np.argwhere(~np.isfinite(gradient))[0]
        entry = _entry_name(name, row, column)
        return BlockReport(name, "not finite", np.inf, entry, gradient[row, column])
    entries = [_compare(probe(name, i), gradient[i], tolerance, step) for i in np.ndindex(parameter.shape)]
    return _summarize(name, entries)


def _summarize(name, entries):
    kinks = [entry for entry in entries if entry.at_kink]
    judged = [entry for entry in entries if not entry.at_kink]
    names = _shortened([entry.name for entry in kinks])
    remark = f"at a {kinks[0].at_kink} kink, not judged: {names}" if kinks else ""
    if not judged:
        return BlockReport(name, "undecided", remark=remark)
    worst = max(judged, key=lambda entry: (not entry.passes, entry.relative_error))
    verdict = "right" if worst.passes else "wrong"
    return BlockReport(name, verdict, worst.relative_error, worst.name, worst.backprop, worst.difference, remark)


@dataclass(frozen=True)
class _Entry:
    name: str
    backprop: float
    difference: float = np.nan
    relative_error: float = np.nan
    passes: bool = False
    at_kink: str = ""  # of which activation


def _compare(probe, backprop, tolerance, step):
    h = probe.step_without_kink(step)
    if h is None:
        return _Entry(probe.name, backprop, at_kink=probe.kinked.title)
    entry = _agreement(probe.name, backprop, central_difference(probe.cost, h), tolerance, probe.noise(h))
    if not entry.passes:
        # Strong curvature must not be taken for a mistake, nor, where J is 0, what rounding does a step away.
        difference, noise = _extrapolated(probe.cost, h)[0], max(probe.noise(h), probe.noise_around(h))
        return _agreement(probe.name, backprop, difference, tolerance, 2 * noise)
    if probe.noise(h) > _FAINT * abs(entry.difference):
        return _compare_faint(probe, entry, tolerance, step) or entry
    return entry


def _compare_faint(probe, entry, tolerance, step):
    """Compare a gradient that is hardly above the noise again, with a larger step, which has less; or return None."""
    h = probe.step_without_kink(_LARGER * step)
    if h is None:
        return None
    difference, curvature = _extrapolated(probe.cost, h)
    if curvature > _FAINT * abs(difference) + probe.noise(h):
        return None  # the step is too large for what is left after extrapolation to be small
    return _agreement(probe.name, entry.backprop, difference, tolerance, 2 * probe.noise(h))


def _extrapolated(f, h):
    """Return the central difference without its error of order h², and how large that error was."""
    coarse, fine = central_difference(f, h), central_difference(f, h / 2)
    return (4 * fine - coarse) / 3, abs(fine - coarse)


def _agreement(name, backprop, difference, tolerance, noise):
    distance, size = abs(backprop - difference), max(abs(backprop), abs(difference))
    relative = distance / size if distance > noise else 0.0
    return _Entry(name, float(backprop), float(difference), float(relative), bool(distance <= tolerance * size + noise))


class _Probe:
    """One parameter of a network that can be moved: the cost, and the ReLU pattern, at a distance from its value."""

    def __init__(self, network, X, Y, rounding, name, index):
        self.network, self.X, self.Y, self.rounding = network, X, Y, rounding
        self.block, self.index = name, index
        self.name = _entry_name(name, *index)
        self.scale = max(1.0, abs(network.parameters[name][index]))
        self.kinked = kinked(network)

    def moved(self, distance):
        value = self.network.parameters[self.block].copy()
        value[self.index] += distance
        return self.network.with_parameters(**{self.block: value})

    def cost(self, distance):
        return self.moved(distance).cost(self.X, self.Y)

    def noise(self, h):
        """What rounding alone can put into the quotient."""
        return self.rounding / h

    def noise_around(self, h):
        """What can be wrong with it where the cost itself tells nothing, at a minimum.

        Rounding is then that of the places at which the cost is computed, and what the two sides differ in is a small
        part of what J rises by on both.
        """
        rise = abs(self.cost(h) - 2 * self.cost(0.0) + self.cost(-h))
        return (max(_rounding(self.moved(distance), self.X, self.Y) for distance in (h, -h)) + _RISE * rise) / h

    def step_without_kink(self, step):
        """The largest of some steps in which no kink is crossed, or None: there is no slope to compare with."""
        steps = (step * self.scale / shrink for shrink in (1, 10, 100))
        return next((h for h in steps if self._sides(h) == self._sides(-h)), None)

    def _sides(self, distance):
        if not self.kinked:
            return None
        network = self.moved(distance)
        return sides_of_kinks(network, network.forward(self.X))


def kinked(network):
    """Return the first activation of a network that has a kink, where there is no slope to compare with, or None."""
    return next((layer.activation for layer in network.layers if layer.activation.kinks), None)


def sides_of_kinks(network, forward):
    """Return on which side of each kink every weighted sum lies: to be compared with another pass."""
    layers = enumerate(network.layers, start=1)
    return [(forward.Z[l] > kink).tobytes() for l, layer in layers for kink in layer.activation.kinks]


def _rounding(network, X, Y):
    """How far rounding alone can move J: a few units in the last place of J, and of what J is computed from.

    That is Z[L], a sum whose terms may cancel, and for the cross-entropies probabilities, which are known to 1 eps.
    """
    forward, top = network.forward(X), network.layers[-1]
    terms = np.abs(top.W) @ np.abs(forward.A[-2]) + np.abs(top.b)
    through_Z = (np.abs(Network.output_gradient(network, forward, Y)) * terms).sum()
    if network.loss.is_of_probabilities:
        through_Y_hat = network.examples_per_part(forward.Y_hat)
    else:
        through_Y_hat = np.abs(network.loss.gradient(forward.Y_hat, Y) * forward.Y_hat).sum()
    return 8 * np.finfo(float).eps * (abs(network.cost_of(forward, Y)) + through_Z + through_Y_hat)


def _shortened(names, most=3):
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _entry_name(block, row, column):
    return f"d{block}[{row + 1},{column + 1}]"


def in_float64(network):
    """Return the network with all parameters in float64."""
    return network.with_parameters(**{name: value.astype(np.float64) for name, value in network.parameters.items()})
