"""The verdict on an answer: what it is, from correct to incorrect, and what to say."""

from dataclasses import dataclass

import numpy as np

from nbhelpers.exercises.answers import CORRECT, ROUNDED, Problem, digits, errors, fitted, place, read
from nbhelpers.exercises.slips import SLIPS
from nbhelpers.mistakes import MISTAKES

KNOWN = {**MISTAKES, **SLIPS}

MARKS = {
    "correct": "✓",
    "rounded": "≈",
    "not attempted": "…",
    "wrong shape": "✗",
    "known mistake": "✗",
    "incorrect": "✗",
}


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
        The names in `KNOWN`, which are those of the museum and of ``slips.py``, that give just this answer.
    """

    status: str
    message: str
    mistakes: tuple = ()

    @property
    def mistake(self):
        """The names of the mistakes as one text: "" where there is none, "a or b" where two would give this answer."""
        return " or ".join(self.mistakes)

    def __bool__(self):
        return self.status in ("correct", "rounded")

    def __repr__(self):
        return f"{MARKS[self.status]} {self.message}"

    def _repr_markdown_(self):
        return f"{MARKS[self.status]} **{self.status.capitalize()}.** {self.message}"


def judge(answer, right, wrong, base=0.0, exact=False):
    """Return the verdict on an answer.

    Parameters
    ----------
    answer : anything
    right : numpy.ndarray
        The right answer.
    wrong : dict of str to numpy.ndarray
        What known mistakes give, by name; also in another shape.
    base : numpy.ndarray
        What the answer is a step from: errors are measured against the step.
    exact : bool
        Whether it is about whole numbers, where nothing is rounded.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> judge(0.6, np.array(0.5), {})
    ✗ Not right. The number differs.
    """
    array = read(answer)
    if isinstance(array, Problem):
        return Verdict(array.status, array.message)
    found = fitted(array, right.shape)
    if found is None:
        known = _known(array, wrong, 0.0, exact)
        return known if known is not None else _wrong_shape(array.shape, right.shape)
    for verdict in (_right(found, right, base, exact), _known(found, wrong, base, exact)):
        if verdict is not None:
            return verdict
    return _incorrect(found, right, base, exact)


def _right(found, right, base, exact):
    error = errors(found, right, base).max()
    if error <= (0 if exact else CORRECT):
        return Verdict("correct", "Correct.")
    if exact or error > ROUNDED:
        return None
    hold = digits(found - base, right - base)
    words = f"about {hold} digits hold" if hold > 1 else "only one digit holds"
    of_what = " in the step" if np.any(base) else ""
    return Verdict("rounded", f"Right, but rounded too early: {words}{of_what}. Keep more digits until the end.")


def _known(found, wrong, base, exact):
    tolerance = 0 if exact else ROUNDED
    same_shape = {name: value for name, value in wrong.items() if value.shape == found.shape}
    return known_mistakes(
        tuple(name for name, value in same_shape.items() if errors(found, value, base).max() <= tolerance)
    )


def known_mistakes(names):
    """Return the verdict that names known mistakes, or None where there is no name."""
    return Verdict("known mistake", _explained(names), names) if names else None


def _explained(names):
    if len(names) == 1:
        mistake = KNOWN[names[0]]
        return f"A known mistake: {_lowered(mistake.title)}. {mistake.what} {mistake.mend}"
    told = " ".join(f"({i}) {KNOWN[name].title}. {KNOWN[name].mend}" for i, name in enumerate(names, start=1))
    return f"{len(names)} known mistakes give just these numbers. {told}"


def _lowered(title):
    return title[0].lower() + title[1:] if title[1:2].islower() else title


def _wrong_shape(found, expected):
    turned = " Is it transposed?" if found == expected[::-1] else ""
    return Verdict("wrong shape", f"The shape is {_shape(found)}, but it needs to be {_shape(expected)}.{turned}")


def _shape(shape):
    return "a single number" if shape == () else str(tuple(int(n) for n in shape))


def _incorrect(found, right, base, exact):
    wrong = errors(found, right, base) > (0 if exact else ROUNDED)
    where = place(found.shape, np.argwhere(wrong)[0])
    if where == "the number":
        return Verdict("incorrect", "Not right. The number differs.")
    first = "The first entry that differs is" if wrong.sum() > 1 else "One entry differs:"
    return Verdict("incorrect", f"Not right. {first} {where}.")
