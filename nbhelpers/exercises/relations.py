"""How an answer without a name is related to the right one, told without giving the right one away."""

from itertools import permutations

import numpy as np

from nbhelpers.exercises.answers import place


def relation(found, right, base=0.0, tolerance=0.0, exact=False):
    """Return a sentence or two: where an answer differs, and how.

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
    'All signs are turned round.'
    >>> relation(np.array([0.1, 0.5]), np.array([0.1, 0.2]))
    'Entry 2 differs; the other is right.'
    """
    if right.size == 1:
        return _of_a_number(found.item(), right.item(), np.max(tolerance), exact)
    same = np.abs(found - right) <= tolerance + 1e-12
    if same.any() and not same.all():
        return _where(same, found.shape)
    whole = _of_the_whole(found, right, base, tolerance)
    return whole or "No entry is right." if not exact or whole else "None of the numbers is right."


def _of_a_number(found, right, tolerance, exact):
    if abs(found + right) <= tolerance + 1e-12 and right:
        return "Its sign is turned round." if not exact else "The sign is wrong."
    if found * right < 0:
        return "Your number has the wrong sign, and its size is off as well."
    for power in (-3, -2, -1, 1, 2, 3):
        if right and not exact and abs(found - right * 10.0**power) <= 1e-3 * abs(right * 10.0**power):
            return "Its digits are right: you are off by a power of ten."
    return (
        f"Your number is too {'large' if abs(found) > abs(right) else 'small'}"
        + "." * (right >= 0)
        + (" in size." if right < 0 else "")
    )


def _where(same, shape):
    wrong = np.argwhere(~same)
    if len(wrong) == 1:
        told = place(shape, wrong[0])
        rest = "the other is right" if same.sum() == 1 else "the others are right"
        return f"{told[0].upper()}{told[1:]} differs; {rest}."
    if len(shape) == 2 and min(shape) > 1:
        for axis, name in enumerate(("row", "column")):
            lines = same.all(axis=1 - axis)
            right_lines = np.flatnonzero(lines) + 1
            if len(right_lines) and (~lines).sum() == 1:
                return f"Only {name} {int(np.flatnonzero(~lines)[0]) + 1} differs; the rest is right."
            if len(right_lines) == 1 and not same[(~lines).nonzero()[0] if axis == 0 else slice(None)].all():
                wrong_lines = same[~lines] if axis == 0 else same[:, ~lines]
                if not wrong_lines.any():
                    return f"Only {name} {right_lines[0]} is right."
    return f"{len(wrong)} of {same.size} entries differ, the first in {place(shape, wrong[0])}."


def _of_the_whole(found, right, base, tolerance):
    """What relates all entries at once, where something does."""
    close = lambda other: bool((np.abs(found - other) <= tolerance + 1e-12).all())  # noqa: E731
    step, taken = right - base, found - base
    if np.any(base) and close(base - step):
        return "Each entry moved the wrong way."
    if close(-right):
        return "All signs are turned round."
    if found.ndim == 2 and found.shape == found.T.shape and close(right.T):
        return "It is the transpose of the right matrix."
    if _has_common_factor(taken, step):
        of_what = "steps" if np.any(base) else "entries"
        return f"All {of_what} differ from the right ones by the same factor."
    if np.abs(np.sort(found.ravel()) - np.sort(right.ravel())).max() <= np.max(tolerance) + 1e-12:
        return "The right numbers are there, in another order."
    if right.ndim == 2 and min(right.shape) > 1:
        return _rows_or_columns(found, right, close)
    if ((found < 0) == (right < 0)).all() and (np.abs(found) > np.abs(right)).all():
        return "No entry is right: all are too large in size, with the right signs."
    if ((found < 0) == (right < 0)).all() and (np.abs(found) < np.abs(right)).all():
        return "No entry is right: all are too small in size, with the right signs."
    return ""


def _has_common_factor(taken, step):
    large = np.abs(step) > 1e-12
    if not large.any() or (np.abs(taken[~large]) > 1e-9).any():
        return False
    factors = taken[large] / step[large]
    return bool(np.abs(factors[0]) > 1e-9 and np.ptp(factors) <= 5e-3 * np.abs(factors).max())


def _rows_or_columns(found, right, close):
    for axis, name in enumerate(("rows", "columns")):
        if right.shape[axis] <= 4 and any(
            close(np.take(right, order, axis)) for order in permutations(range(right.shape[axis]))
        ):
            return f"The {name} are right, in another order."
    return ""
