"""The numbers of one pass by name: exactly as the network computes them, or rounded as in a hand computation.

`Numbers` reads every number off the network's own forward and backward pass. `RoundedNumbers` follows the formulas of
``steps.py`` and rounds after every step, from X on. Both give the same things under the same names.
"""

from functools import cached_property

import numpy as np

from nbhelpers.checks import as_floats
from nbhelpers.derivation.expressions import Number, Setting, first_defined
from nbhelpers.derivation.names import aliases, blocks, find
from nbhelpers.derivation.steps import STEPS, alternatives
from nbhelpers.network import COSTS
from nbhelpers.numbers_as_text import rounded


class Numbers:
    """The numbers of one pass: forward, backward, and one step of gradient descent.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    learning_rate : float

    Attributes
    ----------
    d : int
        The number of examples.
    J : float
        The cost.
    blocks : dict of str to Block
        Every matrix of the pass.
    eta, count, l2 : Number
        The learning rate, what the added losses are divided by (d in a mean), and λ, as they stand in formulas.

    Raises
    ------
    TypeError, ValueError, OverflowError
        Whatever does not fit, in the words of `Network`.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> n = Numbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5)
    >>> round(n("Z1", 2, 1).value, 4)
    1.42
    """

    decimals = None

    def __init__(self, network, X, Y, learning_rate):
        self.network, self.learning_rate = network, learning_rate
        self.forward = network.forward(X)
        self.J = network.cost_of(self.forward, Y)
        self.X, self.Y = self.forward.A[0], network.loss.labels(Y)
        self.d = self.X.shape[1]
        self.blocks, self._aliases = blocks(network, self.d), aliases(network)
        self.eta = Number(float(as_floats(learning_rate, "the learning rate")), Setting(r"\eta", "learning_rate"))
        m, of_entries = network.sizes[-1], network.reduction == "mean of all entries"
        name = Setting("m\\,d", "Y.size") if of_entries else Setting("d", "d")
        self.count = Number(float(COSTS[network.reduction](m, self.d)), name)
        self.l2 = Number(network.l2, Setting(r"\lambda", "l2"))

    def __call__(self, label, *index):
        """Return the number with this label and these subscripts, counted from 1."""
        return self.number(self.block(label).entry(*index))

    def number(self, entry):
        """Return the number that stands at an entry."""
        return Number(self.value(entry), entry)

    def column(self, label, k):
        """Return all numbers of a matrix that belong to example k."""
        return [self(label, j, k) for j in range(1, self.block(label).shape[0] + 1)]

    def block(self, label):
        """Return the block with this label or alias."""
        return self.blocks[self._aliases.get(label, label)]

    def find(self, name):
        """Return the entry that a name such as ``"dW1[1,2]"`` stands for; see `entries.find`."""
        return find(name, self.blocks, self._aliases)

    def latex(self, label):
        """Return the symbol of a whole matrix."""
        return self.block(label).latex

    def activation(self, l):
        """Return the activation of layer l."""
        return self.network.layers[l - 1].activation

    @property
    def is_divided(self):
        """Whether the added losses are divided by anything but 1."""
        return self.count.value != 1

    def value(self, entry):
        """Return the value at an entry as a float."""
        return _at(Numbers.array(self, entry.block), entry)

    def array(self, block):
        """Return a whole matrix; J has the shape ()."""
        return np.asarray(STEPS[block.kind].array(self, block.layer))

    @cached_property
    def gradients(self):
        """What the network's backward pass says."""
        return self.network.backward(self.forward, self.Y)

    def gradient(self, name, l):
        """Return one matrix of the backward pass; a ValueError says so where a backward of someone's own has none."""
        matrices = getattr(self.gradients, name, ())
        if len(matrices) <= l or matrices[l] is None:
            raise ValueError(
                f"the backward of this {type(self.network).__name__} gives no {name}[{l}]: its Gradients need it "
                f"before anything can be said about it"
            )
        return matrices[l]

    @cached_property
    def updated(self):
        """The network after one step."""
        return self.network.updated(self.gradients, self.learning_rate)

    def next(self):
        """Return the numbers of the next pass, after the step."""
        return Numbers(self.updated, self.X, self.Y, self.learning_rate)

    @cached_property
    def losses(self):
        """The loss of each example, shape (d,)."""
        loss = self.network.loss
        if self.network.is_matched:
            return loss.per_example_from_Z(self.forward.Z[-1], self.Y)
        return loss.per_example(self.forward.Y_hat, self.Y)


class RoundedNumbers(Numbers):
    """The numbers of one pass as a hand computation finds them: rounded after every step, X, Y, W and b included.

    Parameters
    ----------
    decimals : int
        How many decimals are kept, from 0 to 12.

    Examples
    --------
    The worked example with three decimals. Z(2) comes out as 1.245:

    >>> from nbhelpers import worked_example
    >>> n = RoundedNumbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5, decimals=3)
    >>> [n(name, 1, 1).value for name in ("A1", "Z2", "Y_hat", "dZ2")]
    [0.606, 1.245, 0.776, -0.224]
    """

    def __init__(self, network, X, Y, learning_rate, decimals):
        super().__init__(network, X, Y, learning_rate)
        self.decimals = _checked_decimals(decimals)
        self._known = {}

    def value(self, entry):
        """Return the value at an entry, computed from rounded numbers and rounded itself."""
        if entry not in self._known:
            self._known[entry] = rounded(self.unrounded(entry), self.decimals)
        return self._known[entry]

    def unrounded(self, entry):
        """Return what the formula of an entry gives from rounded numbers, before it is rounded itself."""
        formula = first_defined(alternatives(self, entry))
        return formula.evaluate(float) if formula else super().value(entry)

    def array(self, block):
        """Return a whole matrix of rounded numbers."""
        return np.reshape([self.value(entry) for entry in block.entries], block.shape)

    @cached_property
    def updated(self):
        """The network after one step, from rounded numbers."""
        names = self.network.parameters
        return self.network.with_parameters(**{name: self.array(self.blocks[f"{name}_new"]) for name in names})

    def next(self):
        """Return the numbers of the next pass, after the step."""
        return RoundedNumbers(self.updated, self.X, self.Y, self.learning_rate, self.decimals)


def numbers_of(network, X, Y, learning_rate, decimals):
    """Return the exact numbers of a pass, or the rounded ones where `decimals` is a number."""
    if decimals is None:
        return Numbers(network, X, Y, learning_rate)
    return RoundedNumbers(network, X, Y, learning_rate, decimals)


def _at(array, entry):
    return float(array[tuple(i - 1 for i in entry.index)])


def _checked_decimals(decimals):
    if isinstance(decimals, (int, np.integer)) and not isinstance(decimals, bool) and 0 <= decimals <= 12:
        return int(decimals)
    raise ValueError(f"decimals is {decimals!r}, expected None or a whole number from 0 to 12")
