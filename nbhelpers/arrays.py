"""What a learner passes in, turned into arrays of floats, or a sentence that says what is wrong.

The checks that every module shares. What a shape must *be* is decided where it is known: ``network.py``, ``losses.py``.
"""

from numbers import Integral

import numpy as np


def as_floats(value, name):
    """Return `value` as an array of float64; float32 stays float32.

    Parameters
    ----------
    value : array_like
        Numbers of any real type: a scalar, nested lists, an array.
    name : str
        What to call it in an error, such as ``"X"`` or ``"layer 2: W"``.

    Returns
    -------
    numpy.ndarray
        The same array where it is float32 or float64 already, else a new one.

    Raises
    ------
    TypeError
        Text, complex numbers, or objects that are no numbers.
    ValueError
        Rows of different lengths.
    """
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths: every row needs the same number of entries") from None
    if array.dtype in (np.float64, np.float32):
        return array
    if array.dtype.kind in "biuf":
        return array.astype(np.float64)
    raise TypeError(f"{name} holds {_kind(array)}, expected real numbers")


def as_matrix(value, name):
    """Return `value` as a finite matrix of floats with at least one row and one column.

    A single number becomes a (1, 1) matrix. A 1-D sequence is refused, because it could be a row or a column.

    Raises
    ------
    TypeError
        As for `as_floats`.
    ValueError
        A 1-D or 3-D array, an empty one, a nan or an infinity (with its place).
    """
    array = as_floats(value, name)
    if array.ndim == 0:
        array = array.reshape(1, 1)
    if array.ndim == 1:
        raise ValueError(
            f"{name} is 1-D with shape {array.shape}, expected 2-D. Examples stand in columns: "
            f"reshape(-1, 1) makes it one column, reshape(1, -1) one row"
        )
    if array.ndim > 2:
        raise ValueError(f"{name} has {array.ndim} dimensions, shape {array.shape}, expected 2")
    if array.size == 0:
        raise ValueError(f"{name} is empty, shape {array.shape}: it needs at least one row and one column")
    require_finite(array, name)
    return array


def require_whole(name, value, least):
    """Raise a ValueError unless `value` is a whole number (an int, no float) from `least` on."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} is {value!r}, expected a whole number from {least} on")


def require_finite(array, name):
    """Raise a ValueError that says where the first nan or infinity of a matrix stands, if there is one."""
    finite = np.isfinite(array)
    if not finite.all():
        raise ValueError(f"{name} has {place(array, ~finite)}, expected finite numbers")


def place(matrix, wrong):
    """Say in words what stands at the first True of `wrong`: ``"nan in row 2, column 1"``, counted from 1."""
    row, column = np.argwhere(wrong)[0]
    return f"{matrix[row, column]:g} in row {row + 1}, column {column + 1}"


def _kind(array):
    return {"U": "text", "S": "text", "c": "complex numbers"}.get(array.dtype.kind, f"values of type {array.dtype}")
