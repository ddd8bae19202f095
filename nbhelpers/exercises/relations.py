"""How an answer without a name is related to the right one, told without giving the right one away."""

from itertools import permutations

import numpy as np

from nbhelpers.exercises.answers import place

_HAIR = 1e-12


def relation(found, right, base=0.0, tolerance=0.0, exact=False):
    """Return a sentence: where an answer differs, and how.

    Parameters
    ----------
    found, right : numpy.ndarray
        Of one shape.
    base : numpy.ndarray or float
        What the answer is a step from.
    tolerance : numpy.ndarray or float
        How far each entry may be off and still be the same.
    exact : bool
        Whether it is about whole numbers.

    Examples
    --------
    >>> relation(np.array([[0.1], [-0.2]]), np.array([[-0.1], [0.2]]))
    'All signs are flipped.'
    >>> relation(np.array([0.1, 0.5]), np.array([0.1, 0.2]))
    'Entry 2 differs; the other is right.'
    """
    if right.size == 1:
        return _of_a_number(found.item(), right.item(), np.max(tolerance), exact)
    same = np.abs(found - right) <= tolerance + _HAIR
    told = _of_the_whole(found, right, base, tolerance)
    return told or (_where(same, found.shape) if same.any() else "No entry is right.")


def _of_a_number(found, right, tolerance, exact):
    if right and abs(found + right) <= tolerance + _HAIR:
        return "Its sign is flipped."
    if found * right < 0:
        return "Your number has the wrong sign, and its size is off as well."
    powers = (right * 10.0**power for power in (-3, -2, -1, 1, 2, 3))
    if right and not exact and any(abs(found - power) <= 1e-3 * abs(power) for power in powers):
        return "Its digits are right: you are off by a power of ten."
    return f"Your number is too {'large' if abs(found) > abs(right) else 'small'}{' in size' * (right < 0)}."


def _of_the_whole(found, right, base, tolerance):
    """What relates all entries at once; "" where nothing does."""

    def is_near(other):
        return other.shape == found.shape and bool((np.abs(found - other) <= tolerance + _HAIR).all())

    step, taken = right - base, found - base
    moved = np.any(base)
    if moved and is_near(base - step):
        return "Each entry moved the wrong way."
    if is_near(-right):
        return "All signs are flipped."
    if is_near(right.T):
        return "It is the transpose of the right matrix."
    if _has_common_factor(taken, step):
        return f"All {'steps' if moved else 'entries'} differ from the right ones by the same factor."
    for axis, name in enumerate(("rows", "columns")[: right.ndim if min(right.shape) > 1 else 0]):
        orders = permutations(range(right.shape[axis])) if right.shape[axis] <= 4 else ()
        if any(is_near(np.take(right, order, axis)) for order in orders):
            return f"The {name} are right, in another order."
    if (np.abs(np.sort(found.ravel()) - np.sort(right.ravel())) <= np.max(tolerance) + _HAIR).all():
        return "The right numbers are there, in another order."
    if ((found < 0) == (right < 0)).all():
        for relates, word in ((np.greater, "large"), (np.less, "small")):
            if relates(np.abs(found), np.abs(right)).all():
                return f"No entry is right: all are too {word} in size, with the right signs."
    return ""


def _has_common_factor(taken, step):
    large = np.abs(step) > _HAIR
    if not large.any() or (np.abs(taken[~large]) > 1e-9).any():
        return False
    factors = taken[large] / step[large]
    return bool(np.abs(factors[0]) > 1e-9 and np.ptp(factors) <= 5e-3 * np.abs(factors).max())


def _where(same, shape):
    """Which entries differ: one, a row or a column, or so many."""
    wrong = np.argwhere(~same)
    first = place(shape, wrong[0])
    if len(wrong) == 1:
        rest = "the other is" if same.sum() == 1 else "the others are"
        return f"{first[0].upper()}{first[1:]} differs; {rest} right."
    for axis, name in enumerate(("row", "column")[: 2 if len(shape) == 2 and min(shape) > 1 else 0]):
        lines = np.moveaxis(same, axis, 0)
        right, none = lines.all(axis=1), ~lines.any(axis=1)
        if (~right).sum() == 1:
            return f"Only {name} {np.flatnonzero(~right)[0] + 1} differs; the rest is right."
        if right.sum() == 1 and (right | none).all():
            return f"Only {name} {np.flatnonzero(right)[0] + 1} is right."
    return f"{len(wrong)} of {same.size} entries differ, the first in {first}."
