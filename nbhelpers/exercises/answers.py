"""What a learner typed, as numbers, and how many decimals each of them has.

Nothing here raises, and nothing takes long: only numbers, lists of them and arrays are looked into, and only up to a
size that nobody types. What cannot be read is a `Problem` with a friendly sentence.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

LARGEST, DEEPEST = 1000, 4
"""How many numbers an answer may have, and how deep its lists may lie in each other."""

_NUMBERS = (bool, int, float, np.number, np.bool_, Fraction, Decimal)
_ARRAYS_OF = {"pandas", "polars", "torch", "jaxlib", "jax", "tensorflow", "xarray"}
_EXAMPLE = "I need numbers, for example {}."


@dataclass(frozen=True)
class Problem:
    """Why an answer cannot be judged: the status of the verdict, and a sentence."""

    status: str
    message: str


def _unread(message):
    return Problem("not attempted", message)


def read(answer, example="0.5, [0.5, 0.2] or a NumPy array"):
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
    try:
        return _read(answer, _EXAMPLE.format(example))
    except Exception as error:  # whatever an object of another library does, the learner gets a sentence
        return _unread(f"I cannot read this ({type(error).__name__}). {_EXAMPLE.format(example)}")


def _read(answer, example):
    if answer is None or answer is ...:
        return _unread("Nothing here yet. Replace the three dots with your answer.")
    if not isinstance(answer, np.ndarray) and type(answer).__module__.partition(".")[0] in _ARRAYS_OF:
        answer = np.asarray(answer)
    if isinstance(answer, np.ndarray):
        if answer.size > LARGEST:
            return _unread(f"This has {answer.size} numbers, far more than the answer.")
        answer = answer.tolist() if answer.dtype.kind == "O" else answer
    if isinstance(answer, np.ndarray):
        return _checked(answer, example)
    if isinstance(answer, list | tuple):
        return _from_lists(answer, example)
    if isinstance(answer, _NUMBERS):
        return _checked(np.asarray(_float(answer)), example)
    return _unread(f"This is {_kind(answer)}. {example}")


def _from_lists(answer, example):
    """Look at every entry of lists in lists before NumPy does, so that no size and no knot can do harm."""
    entries, waiting = [], [(answer, 1)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            return _unread(f"The lists lie too deep in each other. {example}")
        if len(part) > LARGEST or len(entries) > LARGEST:
            return _unread("This has far more numbers than the answer.")
        for entry in part:
            if isinstance(entry, list | tuple):
                waiting.append((entry, depth + 1))
            elif isinstance(entry, np.ndarray):
                waiting.append((entry.tolist() if entry.ndim and entry.size <= LARGEST else [...], depth + 1))
            else:
                entries.append(entry)
    if not entries or any(entry is None or entry is ... for entry in entries):
        return _unread("Some entries are still missing." if entries else "Nothing here yet: this is empty.")
    odd = next((entry for entry in entries if not isinstance(entry, _NUMBERS)), None)
    if odd is not None:
        return _unread(f"There is {_kind(odd)} in it. {example}")
    try:
        return _checked(np.array(_floats(answer)), example)
    except ValueError:
        return Problem("wrong shape", "The rows have different lengths: every row needs the same number of entries.")


def _floats(part):
    if isinstance(part, np.ndarray):
        part = part.tolist()
    return [_floats(entry) for entry in part] if isinstance(part, list | tuple) else _float(part)


def _float(number):
    """Return a number as a float; one that is too large, or complex, as nan."""
    try:
        return float(number) if not isinstance(number, np.complexfloating) else np.nan
    except OverflowError:
        return np.inf


def _kind(answer):
    if isinstance(answer, str | bytes):
        return "text"
    return "a complex number" if isinstance(answer, complex) else "something other than numbers"


def _checked(array, example):
    if array.size == 0:
        return _unread("Nothing here yet: this is empty.")
    if array.dtype.kind not in "biuf":
        kind = {"U": "text", "S": "text", "c": "a complex number"}.get(array.dtype.kind, "something other than numbers")
        return _unread(f"This is {kind}. {example}")
    if not np.isfinite(array).all():
        where = place(array.shape, np.argwhere(~np.isfinite(array))[0])
        return Problem("incorrect", f"{where[0].upper()}{where[1:]} is nan or infinite: look for a division by 0.")
    if array.dtype.kind == "f" and array.dtype.itemsize < 8:  # 0.43 in float32 is meant as 0.43, not 0.43000000715…
        return np.reshape([float(str(number)) for number in array.ravel()], array.shape)
    return array.astype(float)


def fitted(array, shape):
    """Return `array` in the wanted shape where it is clear what was meant, else None.

    A single number stands for any shape with one entry; a list stands for a column or a row of its length, and a
    single row or column for a list.

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
    is_row = len(shape) == 1 and array.ndim == 2 and array.size == size and 1 in array.shape
    return array.reshape(shape) if is_list or is_row or array.size == size == 1 else None


def place(shape, index):
    """Say where an entry stands, counted from 1: ``"row 2, column 1"``."""
    if all(n == 1 for n in shape):
        return "the number"
    if len(shape) == 1:
        return f"entry {index[0] + 1}"
    if shape[1] == 1:
        return f"row {index[0] + 1}"
    return f"row {index[0] + 1}, column {index[1] + 1}" + "".join(f", example {k + 1}" for k in index[2:])


def decimals(array):
    """Return how many decimals each number has as it was typed, at most 17.

    Zeros at the end are not kept by Python. A number with a single digit among others with three decimals or more is
    taken to have as many as these: 0.5 beside 0.6631 is 0.5000.

    Examples
    --------
    >>> decimals(np.array([0.43, 0.0041, 1e-7, 0.5])).tolist()
    [2, 4, 7, 7]
    """
    numbers = array.ravel().tolist()
    typed = np.array([_decimals(x) for x in numbers], int).reshape(array.shape)
    if typed.max() < 3:
        return typed
    short = np.reshape([len(f"{x:.15g}".replace(".", "").strip("-0")) < 2 for x in numbers], array.shape)
    return np.where(short, typed.max(), typed)


def _decimals(number):
    digits, _, exponent = repr(float(number)).partition("e")
    behind = digits.partition(".")[2].rstrip("0")
    return min(17, max(0, len(behind) - int(exponent or 0)))


def digits(found, expected):
    """Return how many significant digits hold in the worst entry; entries of a small size are not counted as such.

    Examples
    --------
    >>> digits(np.array([-0.0160, -0.0245]), np.array([-0.01600951, -0.02452426]))
    3
    """
    entries = zip(np.ravel(found), np.ravel(expected), strict=True)
    return min((_digits(a, e) for a, e in entries if e), default=0)


def _digits(found, expected):
    last_place = 10.0 ** np.floor(np.log10(abs(expected)))
    # A hair more than a half, for what stood exactly in the middle.
    return next((k for k in range(15, 0, -1) if abs(found - expected) <= 0.5000001 * last_place * 10.0 ** (1 - k)), 0)
