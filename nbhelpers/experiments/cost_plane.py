"""The cost over two parameters of a network, all others fixed, and gradient descent in that plane.

Two numbers can be drawn: `CostPlane.costs` gives J for many pairs of them at once, `CostPlane.descend` goes downhill
with the network's own `backward` and one of the optimizers. Only the two parameters move. How a network is trained,
with all of its parameters and in batches, is told by ``training``.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from nbhelpers.checks import as_matrix, checked_learning_rate
from nbhelpers.training.optimizers import as_optimizer
from nbhelpers.training.parameter_vector import Vectors
from nbhelpers.training.passes import Passes

_MOST_COLUMNS = 200_000  # of all copies of the examples together: more at once would only cost memory


def parameter_places(network):
    """Return where each parameter stands, by its name with the lecture's subscripts: the block, and the index in it.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> parameter_places(worked_example.network())["W1[1,2]"]
    ('W1', (0, 1))
    >>> parameter_places(worked_example.network())["b1[2]"]
    ('b1', (1, 0))
    """
    places = ((block, index) for block, value in network.parameters.items() for index in np.ndindex(value.shape))
    return {_name(*place): place for place in places}


class CostPlane:
    """The cost J of a network as a function of two of its parameters.

    Parameters
    ----------
    network : Network
        All parameters but the two keep the values that they have here.
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    horizontal, vertical : str
        Two names of parameters, such as ``"W1[1,2]"`` and ``"b2[1]"``.

    Attributes
    ----------
    names : tuple of str
    origin : tuple of float
        The values of the two parameters in `network`.
    others : int
        How many parameters stay fixed.

    Raises
    ------
    ValueError
        A name that is no parameter, twice the same, or an X or Y that does not fit the network.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> plane = CostPlane(worked_example.network(), worked_example.X, worked_example.Y, "W2[1,1]", "b2[1]")
    >>> plane.costs([0.3, 0.3], [0.5, 2.0]).round(4)
    array([0.2529, 0.0622])
    """

    def __init__(self, network, X, Y, horizontal, vertical):
        places = parameter_places(network)
        self.names = _two_of(places, horizontal, vertical)
        self.network, self.X, self.Y = network, as_matrix(X, "X"), as_matrix(Y, "Y")
        network.cost(self.X, self.Y)  # says what does not fit
        self._places = [places[name] for name in self.names]
        self.origin = self._where(network)
        self.others = len(places) - 2

    def network_at(self, u, v):
        """Return the network with the values `u` and `v` of the two parameters."""
        given = self.network.parameters
        parameters = {block: given[block].copy() for block, _ in self._places}
        for (block, index), value in zip(self._places, (u, v), strict=True):
            parameters[block][index] = value
        return self.network.with_parameters(**parameters)

    def costs(self, u, v):
        """Return J for many pairs of values at once.

        Parameters
        ----------
        u, v : array_like
            Of the same shape.

        Returns
        -------
        numpy.ndarray
            Of that shape; infinite where a number is too large for a float.
        """
        u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
        at_once = max(1, _MOST_COLUMNS // self.X.shape[1])
        starts = range(0, u.size, at_once)
        parts = [self._costs(u.ravel()[k : k + at_once], v.ravel()[k : k + at_once]) for k in starts]
        return np.concatenate(parts).reshape(u.shape)

    def grid(self, low, high, side):
        """Return u, v and J on a square grid of `side` by `side` points, as `numpy.meshgrid` orders them.

        What is infinite is replaced by the largest finite J, so that it can be drawn.
        """
        u, v = np.meshgrid(*[np.linspace(low, high, side)] * 2)
        J = self.costs(u, v)
        return u, v, np.minimum(J, J[np.isfinite(J)].max(initial=0))

    def _costs(self, *values):
        """J for lists of values: one forward pass, in which every example stands once for each pair."""
        points, d = values[0].size, self.X.shape[1]
        Y = np.tile(self.Y, points)
        with np.errstate(over="ignore", invalid="ignore"):
            Z, A = self._forward([np.repeat(value, d) for value in values], np.tile(self.X, points))
            finite = np.isfinite(Z).all(axis=0) & np.isfinite(A).all(axis=0)
            losses = np.full(points * d, np.inf)
            losses[finite] = self._losses(Z[:, finite], A[:, finite], Y[:, finite])
            J = losses.reshape(points, d).mean(axis=1) * self.network.examples_per_part(self.Y)
            return J + self._penalties(values) if self.network.l2 else J

    def _penalties(self, values):
        """The penalty λ/2 Σ W² for lists of values: of all others, and of those of the two that are weights."""
        weights = (value for (block, _), value in zip(self._places, values, strict=True) if block[0] == "W")
        return self.network_at(0, 0).penalty + self.network.l2 / 2 * sum(value**2 for value in weights)

    def _losses(self, Z, A, Y):
        loss = self.network.loss
        if Z.size == 0:
            return np.empty(0)
        return loss.per_example_from_Z(Z, Y) if self.network.is_matched else loss.per_example(A, Y)

    def _forward(self, values, A):
        """Z and A of the last layer, where each column has its own values of the two parameters."""
        for l, layer in enumerate(self.network_at(0, 0).layers, start=1):
            Z = layer.W @ A + layer.b
            for (block, (j, i)), value in zip(self._places, values, strict=True):
                if block == f"W{l}":
                    Z[j] += value * A[i]
                elif block == f"b{l}":
                    Z[j] += value
            A = layer.activation(Z)
        return Z, A

    def descend(self, u, v, learning_rate, steps, optimizer="gradient descent"):
        """Take steps of gradient descent from (u, v) in which only the two parameters move.

        Parameters
        ----------
        u, v : float
        learning_rate : float
        steps : int
        optimizer : str or optimizer
            As for `nbhelpers.training.train`: momentum and Adam remember the steps before.

        Returns
        -------
        Descent
            Shorter than `steps` where a number has become too large for a float.

        Raises
        ------
        TypeError, ValueError
            A learning rate that is negative, nan or infinite.
        """
        network, learning_rate = self.network_at(u, v), checked_learning_rate(learning_rate)
        vectors, kind = Vectors(network), network.dtype
        passes = Passes(network, vectors, self.X.shape[1])
        X, Y = self.X.astype(kind, copy=False), self.Y.astype(kind, copy=False)
        place, slope = (self._views(*pair) for pair in ((vectors.W, vectors.b), (vectors.dW, vectors.db)))
        points, step = [(float(u), float(v))], as_optimizer(optimizer).start(np.zeros(2))
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # what is too large ends the path
            for _ in range(steps):
                passes.forward(X)
                passes.backward(Y)
                vectors.add_penalty_gradient(network.l2)
                g = np.array([value[0, 0] for value in slope])  # all other gradients count as 0
                for value, change in zip(place, step(g, learning_rate, out=g), strict=True):
                    value -= change
                points.append(tuple(float(value[0, 0]) for value in place))
                if not all(map(isfinite, points[-1])):
                    break
            return self._descent(np.array(points))

    def _views(self, W, b):
        """The two parameters, or their gradients, as arrays of one number that share the memory of all."""
        blocks = [{"W": W, "b": b}[block[0]][int(block[1:])] for block, _ in self._places]
        return [M[j : j + 1, i : i + 1] for M, (_, (j, i)) in zip(blocks, self._places, strict=True)]

    def _where(self, network):
        parameters = network.parameters
        return tuple(float(parameters[block][index]) for block, index in self._places)

    def _descent(self, points):
        costs = self.costs(*points.T)
        kept = max(1, int(np.isfinite(costs).cumprod().sum()))
        return Descent(points[:kept], costs[:kept])


@dataclass(frozen=True, eq=False)
class Descent:
    """A path of gradient descent in a plane.

    Attributes
    ----------
    points : numpy.ndarray, shape (steps + 1, 2)
        The start, and where each step led.
    costs : numpy.ndarray, shape (steps + 1,)
        J there; always finite.
    """

    points: np.ndarray
    costs: np.ndarray

    @property
    def steps(self):
        """How many steps were taken."""
        return len(self.points) - 1

    @property
    def turns(self):
        """How many steps point back, against the step before: many of them make a zigzag."""
        with np.errstate(over="ignore", invalid="ignore"):
            moves = np.diff(self.points, axis=0)
            return int(((moves[1:] * moves[:-1]).sum(axis=1) < 0).sum())

    def first(self, steps):
        """Return the path after fewer steps."""
        return Descent(self.points[: steps + 1], self.costs[: steps + 1])

    def leaves(self, low, high):
        """Return the first step that ends outside the square from `low` to `high`, or None."""
        outside = ((self.points < low) | (self.points > high)).any(axis=1)
        return int(np.argmax(outside)) if outside.any() else None


def lowest(plane, low, high, side=41):
    """Return u, v and J where J is lowest in the square from `low` to `high`: on a grid that is refined twice."""
    center, half = np.full(2, (low + high) / 2), (high - low) / 2
    for _ in range(3):
        lines = [np.clip(np.linspace(middle - half, middle + half, side), low, high) for middle in center]
        u, v = np.meshgrid(*lines)
        J = plane.costs(u, v)
        k = np.argmin(J)
        center, half = np.array([u.flat[k], v.flat[k]]), 4 * half / side
    return float(center[0]), float(center[1]), float(J.flat[k])


def _name(block, index):
    row, column = (i + 1 for i in index)
    return f"{block}[{row},{column}]" if block[0] == "W" else f"{block}[{row}]"


def _two_of(places, *names):
    for name in names:
        if name not in places:
            raise ValueError(f"there is no parameter {name!r}; choose from {', '.join(places)}")
    if names[0] == names[1]:
        raise ValueError(f"a plane needs two different parameters, but both are {names[0]}")
    return names
