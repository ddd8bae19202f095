"""Points of one's own in the plane, from arrays or from a text that was pasted, checked and as a `Dataset`.

As a text they are three numbers each, x₁ x₂ y, whatever stands between the numbers; where that is no comma, a comma can
stand for the decimal point. Where all y are whole numbers, and no more than five different ones, they are classes; else
they are heights, for regression.
"""

import re

import numpy as np

from nbhelpers.checks import as_floats
from nbhelpers.datasets.dataset import Dataset, of_classes
from nbhelpers.datasets.toy import PLANE
from nbhelpers.numbers_as_text import count

LEAST, MOST = 8, 500  # points
FARTHEST = 1e6  # what a number can be
MOST_CLASSES = 5
_BETWEEN, _BETWEEN_WITH_COMMAS = re.compile(r"[\s,;]+"), re.compile(r"[\s;]+")
_WITH_COMMA = re.compile(r"[+-]?\d+(,\d+)?(e[+-]?\d+)?", re.IGNORECASE)
_MOST_SHOWN = 20  # characters of what is no number


def read_points(text):
    r"""Return the `Dataset` of a text with three numbers per point, x₁ x₂ y; a line of names in front is passed over.

    Raises
    ------
    ValueError
        What is no number, a number too many or too few, and whatever `points` refuses; the message names the point.

    Examples
    --------
    >>> read_points("x1,x2,y\n" + "0.5,1,0\n-1,0.25,1\n" * 4)
    Dataset(own: 8 examples, 2 features, classes 0, 1)
    """
    text = _with_decimal_points(text.replace("−", "-"))
    words = _words(text)
    if len(words) >= 3 and not any(_is_number(word) for word in words[:3]):
        words = words[3:]
    for k, word in enumerate(words):
        if not _is_number(word):
            raise ValueError(
                f"point {k // 3 + 1}: “{word[:_MOST_SHOWN]}” is not a number; a point needs three, x₁ x₂ y"
            )
    _require_whole_lines(text)
    if len(words) % 3:
        raise ValueError(f"{count(len(words), 'number')} make no points: each point needs three, x₁ x₂ y")
    numbers = np.array([float(word) for word in words]).reshape(-1, 3).T
    return points(numbers[:2], numbers[2])


def _words(text, between=_BETWEEN):
    return [word for word in between.split(text) if word]


def _with_decimal_points(text):
    """The text with points for decimal commas, where commas stand within numbers and not between them."""
    words = _words(text, _BETWEEN_WITH_COMMAS)
    numbers = words[3:] if not any(_WITH_COMMA.fullmatch(word) for word in words[:3]) else words  # below their names
    is_within = numbers and len(numbers) % 3 == 0 and all(_WITH_COMMA.fullmatch(word) for word in numbers)
    if not is_within or "," not in "".join(numbers):
        return text
    lines = [line for line in text.splitlines() if line.strip()]
    is_between = len(_words(text)) % 3 == 0 and all(len(_words(line)) % 3 == 0 for line in lines)
    if is_between and not (";" in text or "\t" in text):
        raise ValueError(
            "a comma here may stand within a number or between two: write 0.5 for 0,5, or 1; 2; 0 for 1, 2, 0"
        )
    return text.replace(",", ".")


def _require_whole_lines(text):
    """Say which line has a number too few or too many: the points after it would be others."""
    lines = [line for line in text.splitlines() if line.strip()]
    for k, line in enumerate(lines if len(lines) > 1 else [], start=1):
        if len(_words(line)) % 3:
            raise ValueError(f"line {k} has {count(len(_words(line)), 'number')}: each point needs three, x₁ x₂ y")


def points(X, Y):
    """Return the `Dataset` of some points of the plane with their classes or heights.

    Parameters
    ----------
    X : array_like, shape (2, d)
    Y : array_like, shape (d,) or (1, d), or (m, d)
        Whole numbers, five different ones at most, or one-hot columns: classes. Other numbers: heights, for regression.

    Returns
    -------
    Dataset

    Raises
    ------
    TypeError, ValueError
        Arrays that do not fit, too few or too many points, numbers that are too large, or y that are all the same.
    """
    X, Y = as_floats(X, "X"), np.atleast_2d(as_floats(Y, "Y"))
    if X.ndim != 2 or len(X) != 2:
        raise ValueError(f"X is {X.shape}, expected (2, d): x₁ and x₂, a column per point")
    if Y.shape[-1] != X.shape[1]:
        raise ValueError(f"X is {X.shape}, but Y is {Y.shape}: both need a column per point")
    if len(Y) > 1:
        Y = _class_numbers(Y)
    _require_points(np.vstack([X, Y]))
    values = np.unique(Y)
    if len(values) <= MOST_CLASSES and (values == np.round(values)).all():
        names = [f"{value:g}".replace("-", "−") for value in values]
        return of_classes(X, np.searchsorted(values, Y[0]), "own", PLANE, names)
    return Dataset(X, Y, "own", PLANE)


def points_as_text(data):
    """Return the points of a `Dataset` as a text from which `read_points` makes the same points."""
    y = data.Y[0] if data.labels is None else [_as_number(data.classes[label]) for label in data.labels]
    return "; ".join(" ".join(map(_plain, point)) for point in zip(*data.X, y, strict=True))


def _class_numbers(Y):
    if not (np.isin(Y, (0, 1)).all() and (Y.sum(axis=0) == 1).all()):
        raise ValueError(f"Y is {Y.shape}: with more than one row its columns are one-hot, a 1 and else 0")
    return Y.argmax(axis=0)[None].astype(float)


def _require_points(numbers):
    d = numbers.shape[1]
    if not LEAST <= d <= MOST:
        raise ValueError(f"there {'is' if d == 1 else 'are'} {count(d, 'point')}; from {LEAST} to {MOST} will do")
    far = np.argwhere(np.abs(numbers.T) > FARTHEST)
    if len(far):
        (k, row) = far[0]
        value = f"{numbers[row, k]:g}".replace("-", "−")
        raise ValueError(f"point {k + 1}: {('x₁', 'x₂', 'y')[row]} is {value}; a million is the most")
    if np.ptp(numbers[2]) == 0:
        raise ValueError(f"all points have the same y, {numbers[2, 0]:g}: there is nothing to tell apart")


def _is_number(word):
    try:
        return np.isfinite(float(word))
    except ValueError:
        return False


def _as_number(name):
    return float(name.replace("−", "-"))


def _plain(number):
    return repr(float(number)).removesuffix(".0")
