"""A `Dataset`: X, Y and what they mean; some of its examples; and the split into training and held-out examples.

Where data comes from is told by ``toy.py`` and ``real.py``.
"""

from dataclasses import dataclass, replace

import numpy as np

from nbhelpers.checks import as_matrix
from nbhelpers.numbers_as_text import count


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Examples with their labels or targets. Nothing in it ever changes.

    Attributes
    ----------
    X : numpy.ndarray, shape (n, d)
        A row per feature, a column per example; read-only, each example in one piece of memory.
    Y : numpy.ndarray, shape (m, d)
        What a network is to predict; read-only. 0 or 1 for two classes (m = 1), one-hot columns for more (m classes),
        numbers for regression.
    name : str
    features : tuple of str
        What each row of X is.
    classes : tuple of str
        What each class number means; empty for regression.
    labels : numpy.ndarray of int, shape (d,), or None
        The class number of each example, from 0; None for regression.

    Raises
    ------
    ValueError
        If the columns of X and Y, or the rows of X and `features`, are not equally many.

    See Also
    --------
    of_classes : makes Y from class numbers.

    Examples
    --------
    >>> from nbhelpers import datasets
    >>> data = datasets.moons(200, noise=0.2, rng=0)
    >>> data
    Dataset(moons: 200 examples, 2 features, classes upper, lower)
    >>> training, validation = data.split(share=0.25, rng=0)
    >>> training.d, validation.d
    (150, 50)
    """

    X: np.ndarray
    Y: np.ndarray
    name: str
    features: tuple
    classes: tuple = ()
    labels: np.ndarray | None = None

    def __post_init__(self):
        self._keep(X=_frozen(as_matrix(self.X, "X")), Y=_frozen(as_matrix(self.Y, "Y")))
        self._keep(features=tuple(self.features), classes=tuple(self.classes))
        if self.labels is not None:
            self._keep(labels=_frozen(np.asarray(self.labels, dtype=int)))
        _require_fit(self)

    def _keep(self, **values):
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setstate__(self, state):
        # A copy, or what another process is sent, is as read-only as the first one.
        self._keep(**state)
        self.__post_init__()

    # --- sizes ----------------------------------------------------------------------------------------------------

    @property
    def n(self):
        """The number of features."""
        return self.X.shape[0]

    @property
    def m(self):
        """The number of outputs: rows of Y."""
        return self.Y.shape[0]

    @property
    def d(self):
        """The number of examples."""
        return self.X.shape[1]

    def __len__(self):
        return self.d

    @property
    def task(self):
        """What there is to learn: ``"binary"``, ``"classes"`` or ``"regression"``."""
        if not self.classes:
            return "regression"
        return "binary" if len(self.classes) == 2 else "classes"

    def __repr__(self):
        kind = f"classes {', '.join(self.classes)}" if self.classes else "regression"
        return f"Dataset({self.name}: {count(self.d, 'example')}, {count(self.n, 'feature')}, {kind})"

    # --- some of the examples -------------------------------------------------------------------------------------

    def take(self, columns):
        """Return a dataset of some examples.

        Parameters
        ----------
        columns : array_like of int or bool, slice, or int
            Which, in which order: whatever picks from a NumPy array. ``data.take(slice(10))`` are the first ten.

        Raises
        ------
        IndexError
            A column that is not there, or a mask of another length.
        ValueError
            If no example is left.
        """
        picked = np.atleast_1d(np.arange(self.d)[columns])
        if picked.size == 0:
            raise ValueError(f"no example of {self.name} is selected: a dataset needs at least one")
        labels = None if self.labels is None else self.labels[picked]
        return replace(self, X=self.X[:, picked], Y=self.Y[:, picked], labels=labels)

    def split(self, share=0.25, rng=0):
        """Return the examples in two parts: to train on, and to hold out.

        No example is in both parts, each is in one. The classes have the same proportions in both, to within one
        example per class. Which examples are held out is drawn by `rng`; both parts keep the order of the whole.

        Parameters
        ----------
        share : float
            The part of the examples to hold out, above 0 and below 1.
        rng : numpy.random.Generator or int
            An int is a seed. The same seed gives the same parts.

        Returns
        -------
        training, held_out : Dataset

        Raises
        ------
        ValueError
            A share that leaves one of the parts empty.
        """
        number = round(share * self.d) if 0 < share < 1 else 0
        if not 0 < number < self.d:
            raise ValueError(f"share is {share:g}: of {self.d} examples, that leaves one of the two parts empty")
        held_out = np.zeros(self.d, dtype=bool)
        held_out[_spread(self._by_class(np.random.default_rng(rng)), number)] = True
        return self.take(~held_out), self.take(held_out)

    def _by_class(self, rng):
        """All columns in random order, one class after the other."""
        order = rng.permutation(self.d)
        return order if self.labels is None else order[np.argsort(self.labels[order], kind="stable")]


def of_classes(X, labels, name, features, classes):
    """Return a `Dataset` whose Y is made from class numbers.

    Parameters
    ----------
    X : array_like, shape (n, d)
    labels : array_like of int, shape (d,)
        From 0 to the number of classes, less 1.
    name : str
    features, classes : sequence of str

    Returns
    -------
    Dataset
        Y is (1, d) for two classes, and one-hot with a row per class for more.
    """
    labels = np.asarray(labels, dtype=int)
    Y = labels[None].astype(float) if len(classes) == 2 else np.eye(len(classes))[:, labels]
    return Dataset(X, Y, name, features, classes, labels)


def _spread(order, number):
    """Take `number` of the entries, equally far from each other."""
    return order[((np.arange(number) + 0.5) * len(order) / number).astype(int)]


def _frozen(array):
    array = np.array(array, order="F")
    array.setflags(write=False)
    return array


def _require_fit(data):
    if data.Y.shape[1] != data.d:
        raise ValueError(f"{data.name}: X is {data.X.shape}, Y is {data.Y.shape}: both need a column per example")
    if len(data.features) != data.n:
        raise ValueError(f"{data.name}: X is {data.X.shape}, but {len(data.features)} features are named")
    if data.labels is not None and data.labels.shape != (data.d,):
        raise ValueError(
            f"{data.name}: X is {data.X.shape}, but labels is {data.labels.shape}: one is needed per example"
        )
