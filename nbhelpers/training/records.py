"""What is written down while a network learns: one `Record` each time, and the `History` of them all."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nbhelpers.network import Network
from nbhelpers.tables import Table


class Record(NamedTuple):
    """One row of a `History`: everything measured at the same parameters, without dropout."""

    epochs: int
    steps: int
    learning_rate: float
    cost: float
    penalty: float
    validation_cost: float | None
    accuracy: float | None
    validation_accuracy: float | None
    gradient_norm: list
    signal: list
    activation_mean: list
    activation_spread: list
    dead: list
    saturated: list
    update_ratio: list

    @property
    def total(self):
        """Cost and penalty together: what is descended."""
        return self.cost + self.penalty


@dataclass(frozen=True, eq=False, repr=False)
class History:
    """How a training went. One row per record; the first is before training. k records, L layers.

    All numbers of a row are measured at the same parameters, without dropout, on the same `measured_on` of the training
    examples (and on the whole validation set). Column l − 1 of what has a column per layer belongs to layer l.

    Attributes
    ----------
    network : Network
        The trained network: the last parameters; with `patience` the best on the validation set; without it, and if it
        went wrong, the last good ones.
    epochs, steps : numpy.ndarray, shape (k,)
        Epochs that were completed and updates that were made.
    learning_rate : numpy.ndarray, shape (k,)
        η of the epoch that ended there; in the first row of the one to come.
    cost, penalty, total : numpy.ndarray, shape (k,)
        The data cost J, the penalty l2/2 · Σ W² + l1 · Σ |W|, and their sum, which is descended.
    validation_cost : numpy.ndarray, shape (k,), or None
        The data cost on the validation set.
    accuracy, validation_accuracy : numpy.ndarray, shape (k,), or None
        The share of examples that are right; None where that means nothing.
    gradient_norm : numpy.ndarray, shape (k, L)
        The size (Euclidean norm) of the gradient of the total for W(l).
    signal : numpy.ndarray, shape (k, L)
        The backward signal: the root mean square of d · dJ/dZ(l), so of the gradient of one example.
    activation_mean, activation_spread : numpy.ndarray, shape (k, L)
        Mean and standard deviation of A(l).
    dead, saturated : numpy.ndarray, shape (k, L)
        The share of ReLU units that give 0 for every training example; the share of sigmoid or tanh values with a slope
        below 5 % of the steepest (hidden layers only).
    update_ratio : numpy.ndarray, shape (k, L)
        How large the last step was: the norm of the change of W(l) over the norm of W(l). nan before the first step,
        and where W(l) is 0.
    stopped : str
        Why it stopped, in words.
    reason : str
        The same in short: "done", "early stopping", "callback", "interrupted", "not finite" or "diverged".
    best_epoch : int or None
        The epoch with the lowest validation cost.
    findings : tuple of Finding
        What went wrong, or is about to; empty if all is well.
    examples, measured_on : int
        How many training examples there are, and on how many of them a row is measured.
    """

    network: Network
    epochs: np.ndarray
    steps: np.ndarray
    learning_rate: np.ndarray
    cost: np.ndarray
    penalty: np.ndarray
    validation_cost: np.ndarray | None
    accuracy: np.ndarray | None
    validation_accuracy: np.ndarray | None
    gradient_norm: np.ndarray
    signal: np.ndarray
    activation_mean: np.ndarray
    activation_spread: np.ndarray
    dead: np.ndarray
    saturated: np.ndarray
    update_ratio: np.ndarray
    stopped: str
    reason: str | None
    findings: tuple
    examples: int
    measured_on: int

    @classmethod
    def of(cls, records, network, **told):
        """Return the history of a list of `Record`."""
        columns = {name: _column(records, name) for name in Record._fields}
        return cls(network=network, **columns, **told)

    @property
    def total(self):
        """Cost and penalty together, shape (k,): what is descended."""
        return self.cost + self.penalty

    @property
    def best_epoch(self):
        """The epoch with the lowest validation cost; None without a validation set."""
        return None if self.validation_cost is None else int(self.epochs[np.nanargmin(self.validation_cost)])

    def table(self):
        """Return a `Table` of the first record, the last one and up to nine between them."""
        rows = np.unique(np.linspace(0, len(self.epochs) - 1, 11).astype(int))
        shown = {"epoch": self.epochs, "cost": self.cost, "penalty": self.penalty if self.penalty.any() else None}
        shown |= {"validation cost": self.validation_cost, "accuracy": self.accuracy}
        shown |= {"validation accuracy": self.validation_accuracy}
        shown = {name: column for name, column in shown.items() if column is not None}
        texts = [_texts(name, column[rows]) for name, column in shown.items()]
        return Table(list(shown), [list(row) for row in zip(*texts, strict=True)], self._closing())

    def _closing(self):
        others = [str(finding) for finding in self.findings if str(finding) != self.stopped]
        some = f"Measured on {self.measured_on} of the {self.examples} training examples."
        some = [some] if self.measured_on < self.examples else []
        return "\n".join([f"Stopped: {self.stopped.removesuffix('.')}.", *some, *others])

    def __repr__(self):
        return repr(self.table())

    def _repr_markdown_(self):
        return self.table()._repr_markdown_()


def _texts(name, column):
    """A column with four digits each; shares with equally many decimals, so that they can be compared by eye."""
    texts = [f"{value:.4g}" for value in column]
    if "accuracy" not in name:
        return texts
    places = max(len(text.partition(".")[2]) for text in texts)
    return [f"{value:.{places}f}" for value in column]


def _column(records, name):
    values = [getattr(record, name) for record in records]
    if values[0] is None:
        return None
    column = np.array(values)
    column.setflags(write=False)
    return column
