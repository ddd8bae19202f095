r"""A nudge through the computational graph: one number moves a little, and every number after it moves.

The graph of one example runs w → z → a → … → L, in columns: a column holds one number per unit. Between two columns
stand the local slopes, a matrix; their product is the slope of L. Where several paths lead on, each is a product of
slopes of its own, and the paths add up. That is all that backpropagation does, in an order that computes nothing twice.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np

from nbhelpers.checks import as_matrix
from nbhelpers.experiments.cost_plane import parameter_places
from nbhelpers.network import Network


class Column(NamedTuple):
    """Numbers that stand side by side in the graph.

    Attributes
    ----------
    kind : str
        ``"start"``, ``"Z"``, ``"A"`` or ``"L"``.
    layer : int
        Of Z and A; 0 for the start, L + 1 for the loss.
    units : tuple of int
        The units whose numbers they are, from 0: only those that the start leads to.
    """

    kind: str
    layer: int
    units: tuple


class Path(NamedTuple):
    """One way from the start to the loss: a unit per column, the slopes on it, and their product."""

    units: tuple
    slopes: tuple
    product: float


@dataclass(frozen=True, eq=False)
class Graph:
    """The graph from one number of a network to the loss of one example.

    Attributes
    ----------
    network : Network
    x : numpy.ndarray, shape (n, 1)
    y : numpy.ndarray, shape (m, 1)
    start : str
        What is nudged: a parameter such as ``"W1[1,2]"`` or ``"b2[1]"``, or an input such as ``"x[2]"``.

    Raises
    ------
    ValueError
        If there is no such number.

    Examples
    --------
    The lecture's 2-2-1 network; x₁ has two paths to the loss, one through each hidden unit:

    >>> from nbhelpers import worked_example
    >>> graph = Graph(worked_example.network(), worked_example.X, worked_example.Y, "x[1]")
    >>> [round(path.product, 5) for path in graph.paths], round(graph.slope, 5)
    ([-0.0016, -0.01962], -0.02122)
    """

    network: Network
    x: np.ndarray
    y: np.ndarray
    start: str

    def __post_init__(self):
        if self.start not in places(self.network):
            raise ValueError(f"{self.start!r} cannot be nudged; choose from {', '.join(places(self.network))}")

    @property
    def _place(self):
        return places(self.network)[self.start]

    @property
    def first(self):
        """The layer that the start leads into."""
        block = self._place[0]
        return 1 if block == "x" else int(block[1:])

    @cached_property
    def columns(self):
        """From the start to the loss."""
        (block, index), first = self._place, self.first
        all_of = [tuple(range(h)) for h in self.network.sizes]
        units = all_of[first] if block == "x" else (index[0],)
        found = [Column("start", 0, (0,)), Column("Z", first, units)]
        found.append(Column("A", first, units if self._layer(first).activation.elementwise else all_of[first]))
        for l in range(first + 1, self.network.L + 1):
            found += [Column("Z", l, all_of[l]), Column("A", l, all_of[l])]
        return [*found, Column("L", self.network.L + 1, (0,))]

    def values(self, step=0.0):
        """Return the numbers of each column once the start has moved by `step`: a list of arrays, computed anew."""
        network, x = self._moved(step)
        forward = network.forward(x)
        told = {"Z": forward.Z, "A": forward.A}
        inner = [told[kind][layer][list(units), 0] for kind, layer, units in self.columns[1:-1]]
        return [np.array([self._start + step]), *inner, np.array([network.cost_of(forward, self.y)])]

    def moves(self, step):
        """Return how far each number moves when the start moves by `step`: a list of arrays."""
        return [after - before for before, after in zip(self.values(), self.values(step), strict=True)]

    @cached_property
    def slopes(self):
        """The local slopes between the columns: a matrix each, (numbers of the next column, numbers of this one)."""
        forward = self.network.forward(self.x)
        found = [self._slopes_of_start(forward)]
        for before, column in zip(self.columns[1:-1], self.columns[2:], strict=True):
            found.append(self._slopes_between(forward, before, column))
        return found

    @property
    def slope(self):
        """dL/d(start): all local slopes multiplied, as matrices."""
        chained = np.eye(1)
        for slopes in self.slopes:
            chained = slopes @ chained
        return float(chained[0, 0])

    @cached_property
    def paths(self):
        """Every way on which a nudge reaches the loss; the products add up to `slope`. Softmax leads to all outputs."""
        ways = product(*(range(len(column.units)) for column in self.columns))
        found = []
        for way in ways:
            slopes = [float(matrix[way[k + 1], way[k]]) for k, matrix in enumerate(self.slopes)]
            if self._is_joined(way):
                found.append(Path(way, tuple(slopes), float(np.prod(slopes))))
        return found

    def _is_joined(self, way):
        """Element-wise activations lead from each z to its own a alone."""
        return all(
            way[k] == way[k + 1]
            for k, column in enumerate(self.columns)
            if column.kind == "Z" and self._layer(column.layer).activation.elementwise
        )

    # --- the pieces -----------------------------------------------------------------------------------------------

    def _layer(self, l):
        return self.network.layers[l - 1]

    @property
    def _start(self):
        block, index = self._place
        return float(self.x[index] if block == "x" else self.network.parameters[block][index])

    def _moved(self, step):
        (block, index), x = self._place, np.array(self.x, dtype=float)
        if block == "x":
            x[index] += step
            return self.network, x
        value = self.network.parameters[block].copy()
        value[index] += step
        return self.network.with_parameters(**{block: value}), x

    def _slopes_of_start(self, forward):
        block, index = self._place
        if block == "x":
            return self.network.W[1][:, [index[0]]]
        return np.array([[1.0 if block[0] == "b" else forward.A[self.first - 1][index[1], 0]]])

    def _slopes_between(self, forward, before, column):
        l, rows, columns = before.layer, list(column.units), list(before.units)
        if column.kind == "L":
            return self.network.loss.gradient(forward.Y_hat, self.y).T[:, columns]
        if column.kind == "Z":
            return self.network.W[l + 1][np.ix_(rows, columns)]
        activation, z = self._layer(l).activation, forward.Z[l]
        jacobian = np.diag(activation.derivative(z[:, 0])) if activation.elementwise else activation.jacobian(z[:, 0])
        return jacobian[np.ix_(rows, columns)]


def places(network):
    """Return what can be nudged, by name: the block, ``"x"`` for the inputs, and the index in it."""
    inputs = {f"x[{i + 1}]": ("x", (i, 0)) for i in range(network.sizes[0])}
    return inputs | parameter_places(network)


def graph_of(network, x, y, start):
    """Return the `Graph` of one example, x of shape (n, 1) and y of shape (m, 1), checked."""
    x, y = as_matrix(x, "x"), as_matrix(y, "y")
    network.cost(x, y)  # says what does not fit
    return Graph(network, x, y, start)
