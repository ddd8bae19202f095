"""What a learner typed, as numbers; and how near two arrays of numbers are to each other.

Nothing here raises for anything that can be typed: what cannot be read is a `Problem` with a friendly sentence.
"""

from dataclasses import dataclass

import numpy as np

CORRECT = 5e-5
"""The largest relative error of a correct answer: four digits hold."""

ROUNDED = 0.01
"""The largest relative error of an answer that was only rounded too early: two digits hold."""


@dataclass(frozen=True)
class Problem:
    """Why an answer cannot be judged: the status of the verdict, and a sentence."""

    status: str
    message: str


def read(answer):
    """Return an answer as an array of finite floats, or a `Problem`.

    Examples
    --------
    >>> read([[0.43], [1.42]]).shape
    (2, 1)
    >>> read(...).status
    'not attempted'
    >>> read("0.43").message
    'This is text. I need numbers, for example 0.5, [0.5, 0.2] or a NumPy array.'
    """
    if _is_blank(answer):
        return Problem("not attempted", "Nothing here yet. Put your answer in the place of the three dots.")
    try:
        array = np.asarray(answer)
    except ValueError:
        return Problem("wrong shape", "The rows have different lengths: every row needs the same number of entries.")
    except Exception as error:  # an object of any library may end here; the learner gets a sentence all the same
        return Problem("incorrect", f"I cannot read this as numbers ({type(error).__name__}). {_EXAMPLE}")
    return _as_numbers(array)


_EXAMPLE = "I need numbers, for example 0.5, [0.5, 0.2] or a NumPy array."


def _is_blank(answer):
    if answer is None or answer is ...:
        return True
    return isinstance(answer, list | tuple) and (not answer or any(_is_blank(part) for part in answer))


def _as_numbers(array):
    if array.size == 0:
        return Problem("not attempted", "Nothing here yet: this is empty.")
    if array.dtype.kind == "O" and any(part is None or part is ... for part in array.ravel()):
        return Problem("not attempted", "Some entries are still missing.")
    if array.dtype.kind == "O":
        array = _from_objects(array)
    if array.dtype.kind not in "biuf":
        kind = {"U": "text", "S": "text", "c": "a complex number"}.get(array.dtype.kind, "something else than numbers")
        return Problem("incorrect", f"This is {kind}. {_EXAMPLE}")
    array = array.astype(float)
    if not np.isfinite(array).all():
        where = place(array.shape, np.argwhere(~np.isfinite(array))[0])
        return Problem(
            "incorrect", f"{where[0].upper()}{where[1:]} is nan or infinite. Something was divided by 0 on the way."
        )
    return array


def _from_objects(array):
    """Fractions, decimals and very large integers are numbers too."""
    try:
        return array.astype(float)
    except (TypeError, ValueError, OverflowError):
        return array


def fitted(array, shape):
    """Return `array` in the wanted shape where it is clear what was meant, else None.

    A single number stands for any shape with one entry; a list stands for a column or a row of its length.

    Examples
    --------
    >>> fitted(np.array([0.43, 1.42]), (2, 1)).shape
    (2, 1)
    >>> fitted(np.array([[0.43, 1.42]]), (2, 1)) is None
    True
    """
    if array.shape == shape:
        return array
    size = int(np.prod(shape))
    is_list = array.ndim == 1 and array.size == size and sum(n > 1 for n in shape) <= 1
    return array.reshape(shape) if is_list or array.size == size == 1 else None


def place(shape, index):
    """Say where an entry stands, counted from 1: ``"row 2, column 1"``."""
    if len(shape) == 0 or all(n == 1 for n in shape):
        return "the number"
    if len(shape) == 1:
        return f"entry {index[0] + 1}"
    return f"row {index[0] + 1}, column {index[1] + 1}" + "".join(f", example {k + 1}" for k in index[2:])


def errors(found, expected, base=0.0):
    """Return the relative error of each entry; of the step from `base` where there is one.

    Entries much smaller than the largest one are measured against a fiftieth of that, so that a 0 can be met.
    """
    step = np.abs(expected - base)
    return np.abs(found - expected) / np.maximum(np.maximum(step, step.max() / 50), 1e-12)


def digits(found, expected):
    """Return how many significant digits hold in the worst entry.

    Examples
    --------
    >>> digits(np.array([-0.0160, -0.0245]), np.array([-0.01600951, -0.02452426]))
    3
    """
    entries = zip(np.ravel(found), np.ravel(expected), strict=True)
    return min((_digits(a, e) for a, e in entries if e), default=0)


def _digits(found, expected):
    last_place = 10.0 ** np.floor(np.log10(abs(expected)))
    return next((k for k in range(15, 0, -1) if abs(found - expected) <= 0.5 * last_place * 10.0 ** (1 - k)), 0)
