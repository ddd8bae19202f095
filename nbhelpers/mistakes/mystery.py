"""A network with one mistake of the museum, or none, that does not say which: examine it, and name the mistake."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from hashlib import blake2b
from itertools import zip_longest

import numpy as np

from nbhelpers import worked_example
from nbhelpers.mistakes.collection import MISTAKES
from nbhelpers.mistakes.evidence import examine, failing
from nbhelpers.mistakes.steps import RIGHT, WrongNetwork

NONE = "none"
"""The answer where nothing is wrong."""


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """What is to be said about an answer; true where it is right.

    Attributes
    ----------
    mark : str
        ``"✓"`` right, ``"✗"`` wrong, ``"…"`` not attempted.
    message : str
    """

    mark: str
    message: str

    def __bool__(self):
        return self.mark == "✓"

    def __repr__(self):
        return f"{self.mark} {self.message}"

    def _repr_markdown_(self):
        return repr(self)


class Mystery:
    """A network to be examined. Made by `mystery`.

    Attributes
    ----------
    seed : int
    network : Network
        With one mistake, or none.
    X, Y : numpy.ndarray
        What to examine it with.
    """

    def __init__(self, seed):
        rng = np.random.default_rng([seed, 15])
        self.seed = seed
        specimen, self.X, self.Y = worked_example.wide(_drawn(seed, worked_example.TASKS))
        self._right = _with_new_numbers(specimen, rng)
        name = _drawn(seed, [*_possible(self._right), NONE])
        self.network = self._right if name == NONE else MISTAKES[name].network(self._right)
        self._known = {}

    def examine(self):
        """Return what each check says: an `Evidence`."""
        return self._evidence

    @cached_property
    def _evidence(self):
        return examine(self.network, self.X, self.Y)

    def suspects(self):
        """Return the names, "none" among them, that the checks alone do not rule out: two at least.

        First those with which each check would reject just the same rows. A single one would be the answer: then those
        that the first failing check rejects as well, or all.
        """
        first = next((check for check, rows in self._evidence.failing.items() if rows), None)
        names, found = [*_possible(self._right), NONE], self._evidence.failing
        left = [name for name in names if self._first_difference(name) is None]
        if len(left) < 2 and first:
            left = [name for name in names if self._as_if(name, first) == found[first]]
        if len(left) < 2 and first:
            left = [name for name in names if self._as_if(name, first)]
        return left if len(left) > 1 else names

    def answer(self, name):
        """Return whether this is the mistake, and why the evidence points there or not.

        Parameters
        ----------
        name : str
            A name in `MISTAKES`, or ``"none"``; capitals and spaces do not matter.

        Returns
        -------
        Diagnosis
        """
        if name is None or name is ...:
            return Diagnosis("…", "Nothing here yet. Answer with the name of a mistake, in quotes.")
        given, name = name, _names().get(_plain(name))
        if name is None:
            near = get_close_matches(_plain(given), _names(), n=1)
            meant = f" Did you mean {_names()[near[0]]!r}?" if near else ""
            return Diagnosis("✗", f"There is no mistake called {given!r}.{meant} `mistakes.table()` lists all names.")
        if name != NONE and name not in _possible(self._right):
            return Diagnosis("✗", f"{MISTAKES[name].title}: this cannot occur here, or NumPy would refuse it at once.")
        return self._judged(name)

    def _judged(self, name):
        found, differs = self._evidence.failing, self._first_difference(name)
        if differs:
            then = _told(differs, self._as_if(name, differs))
            return Diagnosis("✗", f"{_title(name)} Then {then}; but {_told(differs, found[differs])}.")
        if not _same_numbers(self._wrong(name), self.network, self):
            return Diagnosis("✗", f"{_title(name)} The same rows would fail, but with other numbers. Compare them.")
        return Diagnosis("✓", f"{_title(name)} {_reason(name, found)}")

    def _wrong(self, name):
        return self._right if name == NONE else MISTAKES[name].network(self._right)

    def _as_if(self, name, check):
        if (name, check) not in self._known:
            self._known[name, check] = failing(check, self._wrong(name), self.X, self.Y)
        return self._known[name, check]

    def _first_difference(self, name):
        found = self._evidence.failing
        return next((check for check in found if found[check] != self._as_if(name, check)), None)

    def __repr__(self):
        return f"Mystery {self.seed}: {self._right!r}, {self.X.shape[1]} examples. What is wrong with it?"

    def _repr_markdown_(self):
        return f"**Mystery {self.seed}:** `{self._right!r}`, {self.X.shape[1]} examples. What is wrong with it?"


def mystery(seed):
    """Return a network with one mistake of the museum, or none.

    Parameters
    ----------
    seed : int
        Another seed, another network and another mistake.

    Returns
    -------
    Mystery

    Examples
    --------
    >>> case = mystery(3)
    >>> case
    Mystery 3: Network(3-4-2, sigmoid, sigmoid, squared_error), 5 examples. What is wrong with it?
    >>> case.answer(...)
    … Nothing here yet. Answer with the name of a mistake, in quotes.
    """
    return Mystery(seed)


def _with_new_numbers(network, rng):
    drawn = {
        name: value + rng.normal(scale=0.3, size=value.shape).round(1) for name, value in network.parameters.items()
    }
    return network.with_parameters(**drawn)


def _drawn(seed, names):
    """One of the names, by a hash of seed and name: a new mistake changes only the seeds that it takes."""
    return min(names, key=lambda name: blake2b(f"{seed} {name}".encode(), digest_size=8).digest())


def _possible(network):
    """The mistakes that can be made in a network, and that NumPy does not refuse."""
    return [name for name, mistake in MISTAKES.items() if mistake.applies_to(network) and not mistake.refused]


def _same_numbers(one, other, case):
    pairs = zip_longest(_numbers(one, case), _numbers(other, case), fillvalue=np.empty(0))
    return all(np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=1e-9, atol=1e-12) for a, b in pairs)


def _numbers(network, case):
    """Yield all that a network gives: cost, gradients and parameters of two steps, and a step with dropout."""
    X, Y = case.X, case.Y
    own = network if isinstance(network, WrongNetwork) else WrongNetwork(network, "evaluated", RIGHT["evaluated"])
    mask = np.arange(own.sizes[1] * X.shape[1]).reshape(own.sizes[1], -1) % 3 > 0
    training = own.with_dropout(0.4, [None, mask, None])
    yield from (own.cost(X, Y), training.predict(X), own.with_dropout(0.4).predict(X))
    yield from training.backward(training.forward(X), Y).by_parameter.values()
    try:
        for _ in range(2):
            gradients = own.backward(own.forward(X), Y)
            yield from gradients.by_parameter.values()
            own = own.updated(gradients, 0.5)
            yield from own.parameters.values()
    except ValueError:  # its gradients do not fit its parameters
        return


def _title(name):
    return "Nothing is wrong." if name == NONE else f"{MISTAKES[name].title}."


def _plain(name):
    return str(name).strip().lower().replace(" ", "_")


def _names():
    return {_plain(name): name for name in (*MISTAKES, NONE)}


def _told(check, rows):
    return f"the {_CHECK[check]} fails for {', '.join(rows)}" if rows else f"the {_CHECK[check]} passes"


_CHECK = {
    "cost": "cost check",
    "gradients": "gradient check",
    "update": "update check",
    "second step": "second-step check",
    "units": "unit check",
    "dropout": "dropout check",
}


def _reason(name, found):
    if name == NONE:
        return "Every check passes. That is as much as checks can say."
    mistake, first = MISTAKES[name], next(check for check in found if found[check])
    return f"{mistake.what} The evidence: {_told(first, found[first])}. {mistake.symptom} {mistake.mend}"
