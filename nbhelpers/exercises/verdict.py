"""The verdict on an answer: what it is, from correct to incorrect, and what to say.

The digits that were typed are the evidence. Each entry has its own number of decimals; the right answer, or what a
known mistake gives, fits where no entry differs by more than about half a unit of its last place. Of those that fit
the nearest is meant, and a tie goes to what is right.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from nbhelpers.exercises.answers import Problem, decimals, digits, fitted, read
from nbhelpers.exercises.relations import relation
from nbhelpers.exercises.slips import SLIPS
from nbhelpers.mistakes import MISTAKES

KNOWN = {**MISTAKES, **SLIPS}

FULL = 5e-5
"""The relative error that is forgiven where all digits were given."""

UNITS, DRIFT = 0.6, 3.0
"""How far an entry may lie from what fits, in units of its last place: rounded at the end, and after every step."""

DRIFT_SHARE = 0.08
"""The relative error that rounding after every step may leave at most; more is no longer told from a mistake."""

EARLY_SHARE = 0.003
"""The relative error that a number with three or four decimals may have because an early one was rounded."""

MARKS = {
    "correct": "✓",
    "rounded": "≈",
    "not attempted": "…",
    "wrong shape": "✗",
    "known mistake": "✗",
    "incorrect": "✗",
}
RECORD = "application/vnd.nbhelpers.record+json"
"""The kind of output under which a saved notebook holds the record of a question, see ``collect.py``."""

CREDIT = {"correct": 1.0, "rounded": 0.75}


@dataclass(frozen=True, repr=False)
class Verdict:
    """What is to be said about an answer; true where it is right, rounded or not.

    Attributes
    ----------
    status : str
        ``"correct"``, ``"rounded"``, ``"not attempted"``, ``"wrong shape"``, ``"known mistake"`` or ``"incorrect"``.
    message : str
        In words.
    mistakes : tuple of str
        Names in `KNOWN`, which are those of the museum and of ``slips.py``.
    together : bool
        Whether these mistakes were made together; if not, each of them alone gives just this answer.
    record : dict or None
        What has happened to the question up to now. A notebook saves it in the output beside the words.
    """

    status: str
    message: str
    mistakes: tuple = ()
    together: bool = field(default=False)
    record: dict | None = field(default=None, compare=False)

    @property
    def mistake(self):
        """The names as one text: "" without any, "a and b" where both were made, "a or b" where either would do."""
        return (" and " if self.together else " or ").join(self.mistakes)

    @property
    def credit(self):
        """What the answer is worth: 1 where it is correct, a part where it is rounded, else 0."""
        return CREDIT.get(self.status, 0.0)

    def __bool__(self):
        return self.credit > 0

    def __repr__(self):
        return f"{MARKS[self.status]} {self.message}"

    def _repr_markdown_(self):
        first, stop, rest = self.message.partition(". ")
        return f"{MARKS[self.status]} **{first}{stop.strip()}**{' ' * bool(rest)}{rest}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {RECORD: self.record} if self.record else {}


@dataclass(frozen=True, eq=False)
class Candidates:
    """What an answer may be: what is right, and what mistakes give.

    Attributes
    ----------
    right : numpy.ndarray
    wrong : dict of str to numpy.ndarray
        What known mistakes give, by name; also in another shape.
    pairs : callable
        Without arguments to a dict from two names to what both together give. Asked only where nothing else fits.
    base : numpy.ndarray or float
        What the answer is a step from: errors are measured against the step.
    wanted : int
        How many decimals are asked for.
    exact : bool
        Whether it is about whole numbers, where nothing is rounded.
    example : str
        How an answer may look.
    """

    right: np.ndarray
    wrong: dict
    pairs: object = dict
    base: object = 0.0
    wanted: int = 4
    exact: bool = False
    example: str = "0.5, [0.5, 0.2] or a NumPy array"

    @cached_property
    def _in_shape(self):
        return _of_shape(self.wrong, self.right.shape)

    def of_shape(self, shape):
        """Return the names of the mistakes that give this shape, and what they give in one array."""
        return self._in_shape if shape == self.right.shape else _of_shape(self.wrong, shape)


def judge(answer, candidates):
    """Return the verdict on an answer.

    Parameters
    ----------
    answer : anything
    candidates : Candidates

    Returns
    -------
    Verdict

    Examples
    --------
    >>> judge(0.69, Candidates(np.array(0.55), {"cost_summed": np.array(1.1)}))
    ✗ Not right. Your number is too large.
    >>> judge(0.551, Candidates(np.array(0.5507), {})).status
    'rounded'
    """
    array = read(answer, candidates.example)
    if isinstance(array, Problem):
        return Verdict(array.status, array.message)
    found = fitted(array, candidates.right.shape)
    if found is None:
        return _of_another_shape(array, candidates)
    return _Judged(found, candidates).verdict()


def _of_another_shape(array, candidates):
    """What is told of another shape: a mistake that gives it, or that gives it lying on its side."""
    judged, right = _Judged(array, candidates), candidates.right.shape
    wrong = [candidates.wrong]
    if array.shape == right[::-1] and not candidates.exact:
        wrong.append({name: value.T for name, value in candidates.wrong.items() if value.shape == right})
    for values in wrong:
        names, found = _of_shape(values, array.shape)
        if fits := judged.fitting(names, judged.distances(found)):
            return known_mistakes(fits)
    return _wrong_shape(array.shape, right)


def _of_shape(values, shape):
    """Return the names of the candidates with this shape, and these in one array."""
    names = [name for name, value in values.items() if value.shape == shape]
    return names, np.array([values[name] for name in names]).reshape(len(names), *shape)


class _Judged:
    """An answer in the right shape, or in that of a mistake, beside all that it may be."""

    def __init__(self, found, candidates):
        self.found, self.candidates = found, candidates
        base = np.asarray(candidates.base, float)
        self.base = base if base.shape in ((), found.shape) else 0.0
        self.units = 10.0 ** -decimals(found).astype(float)
        step = np.abs(found - self.base)
        self.full = FULL * np.maximum(np.maximum(step, step.max() / 50), 1e-12)
        self.tolerance = np.maximum(UNITS * self.units, self.full)

    def distances(self, values):
        """How far candidates are, the shape of the answer all of them, where 1 is just within the digits typed."""
        off = np.abs(np.reshape(values, (-1, self.found.size)) - self.found.ravel())
        if self.candidates.exact:
            return np.where(off.max(axis=1, initial=0) == 0, 0.0, np.inf)
        return (off / self.tolerance.ravel()).max(axis=1, initial=0)

    def fitting(self, names, distances):
        """The names of those that fit, the nearest first: the digits that were typed do not tell them apart."""
        nearest = distances.min(initial=np.inf)
        within = 1.0 if self.units.min() <= 1e-3 else min(1.0, nearest + 0.35)  # one digit or two would fit too many
        return tuple(names[i] for i in np.argsort(distances, kind="stable") if distances[i] <= within)

    def verdict(self):
        """Say what the answer is."""
        c = self.candidates
        names, values = c.of_shape(self.found.shape)
        far, right = self.distances(values), float(self.distances([c.right])[0])
        if right <= 1.0 and (right <= far.min(initial=np.inf) + 1e-6 or self._is_the_rounded(c.right)):
            return self._right()
        if fits := self.fitting(names, far):
            return known_mistakes(fits)
        drifted = self._drifted(c.right)
        if not drifted:
            pairs, together = _of_shape(c.pairs(), self.found.shape)
            if fits := self.fitting(pairs, self.distances(together)):
                return known_mistakes(fits[0], together=True)
        nearest = int(far.argmin()) if names else None
        if names and self._drifted(values[nearest]) and not (drifted and right <= far[nearest]):
            return known_mistakes((names[nearest],))
        return self._right() if drifted else self._incorrect()

    def _is_the_rounded(self, value):
        """Whether three decimals or more are just those of a value: then nothing in them speaks for another."""
        last = self.units.min()
        return bool(last <= 1e-3 and (np.abs(self.found - value) <= 0.5000001 * last).all())

    def _drifted(self, value):
        """Whether rounding after every step can have led here from a value."""
        if self.candidates.exact:
            return False
        off, step = np.abs(self.found - value), np.abs(value - self.base).max()
        last = self.units.min()  # who rounds to k decimals does so everywhere; a shorter entry ended in zeros
        by_hand = (off <= DRIFT * last).all() and off.max() <= DRIFT_SHARE * step
        # A few decimals early on, such as the lecture's -0.224, are felt by all that is made from them.
        return bool(last <= 1e-3 and (by_hand or (last >= 1e-4 and off.max() <= EARLY_SHARE * step)))

    def _right(self):
        c = self.candidates
        off = np.abs(self.found - c.right)
        enough = off <= 0.5000001 * 10.0**-c.wanted
        if c.exact or (off <= self.full).all() or enough.all():
            return Verdict("correct", "Correct.")
        hold, last = digits(self.found - self.base, c.right - self.base), int(decimals(self.found).max())
        of_what = " of the step" if np.any(c.base) else ""
        told = f"{_count(hold, 'digit')}{of_what} {'holds' if hold == 1 else 'hold'}"
        if hold < 2 and last < 3:
            return Verdict("incorrect", f"Rounded too far to tell. Give {_count(c.wanted, 'decimal')}.")
        if hold < 2 and last >= 3:
            return Verdict(
                "rounded", f"Right to the {last} decimals that you gave, but {told}. Carry more digits along."
            )
        return Verdict("rounded", f"Right, but rounded early: {told}. Carry {c.wanted} decimals or more to the end.")

    def _incorrect(self):
        if self.candidates.exact:
            return Verdict("incorrect", f"Not right. {relation(self.found, self.candidates.right, exact=True)}")
        tolerance = np.maximum(self.tolerance, DRIFT * self.units * (self.units <= 1e-3))
        return Verdict("incorrect", f"Not right. {relation(self.found, self.candidates.right, self.base, tolerance)}")


def known_mistakes(names, together=False):
    """Return the verdict that names known mistakes: one, several of which any would do, or two made together."""
    names = tuple(dict.fromkeys(name.partition("@")[0] for name in names))
    return Verdict("known mistake", _explained(names, together), names, together and len(names) > 1)


def _explained(names, together):
    if len(names) == 1:
        mistake = KNOWN[names[0]]
        return f"{mistake.title}. {_sentence(mistake)}{mistake.mend}"
    mends = [KNOWN[name].mend for name in names]
    told = " ".join(
        f"({i}) {KNOWN[name].title}." + f" {mend}" * (mend not in mends[: i - 1])
        for i, (name, mend) in enumerate(zip(names, mends, strict=True), start=1)
    )
    begin = "Two mistakes at once" if together else f"{_NUMBER.get(len(names), len(names))} mistakes give these numbers"
    return f"{begin}. {told}"


_NUMBER = {2: "Two different", 3: "Three different", 4: "Four different"}


def _sentence(mistake):
    return f"{mistake.what} " if mistake.what else ""


def _wrong_shape(found, expected):
    turned = " Is it transposed?" if found == expected[::-1] else ""
    return Verdict("wrong shape", f"This is {_shape(found)}, but the answer is {_shape(expected)}.{turned}")


def _shape(shape):
    if shape == ():
        return "a single number"
    if len(shape) == 1:
        return f"a list of {_count(shape[0], 'number')}"
    return f"an array of shape {tuple(int(n) for n in shape)}"


def _count(number, word):
    return f"{number} {word}{'s' * (number != 1)}"
