"""What a learner passes in, turned into arrays of floats, or a sentence that says what is wrong.

First arrays by themselves, then what fits a network and what does not. Every error names the layer and both shapes, and
says what was expected. The checks change nothing.
"""

from numbers import Integral

import numpy as np

from nbhelpers.numbers_as_text import count

# --- arrays -----------------------------------------------------------------------------------------------------------


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
        Rows of different lengths, or a masked array that hides entries.
    """
    _require_unmasked(value, name)
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths: every row needs the same number of entries") from None
    if array.dtype in (np.float64, np.float32):
        return array
    if array.dtype.kind in "biuf":
        with np.errstate(over="ignore"):  # a longdouble may be too large; it is infinite then
            return array.astype(np.float64)
    kind = _kind(array)
    raise TypeError(f"{name} holds {kind}, expected real numbers{_ENCODE if name == 'Y' and kind == 'text' else ''}")


_ENCODE = (
    ". Number the classes first: classes, numbers = np.unique(np.ravel(Y), return_inverse=True). "
    "Then Y = numbers.reshape(1, -1) for two of them, and Y = np.eye(len(classes))[:, numbers] for more"
)


def _require_unmasked(value, name):
    """Raise a ValueError if `value` hides entries behind a mask, which a network would not see."""
    hidden = np.ma.count_masked(value) if isinstance(value, np.ma.MaskedArray) else 0
    if hidden:
        raise ValueError(
            f"{name} hides what stands behind its mask ({hidden} of {value.size} numbers), and a network would see it: "
            f"leave these examples out, or put numbers in their place with {name}.filled(...)"
        )


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
    if array.dtype.kind == "O" and array.size and all(isinstance(entry, str) for entry in array.flat):
        return "text"
    return {"T": "text", "U": "text", "S": "text", "c": "complex numbers"}.get(
        array.dtype.kind, f"values of type {array.dtype}"
    )


# --- what fits a network ------------------------------------------------------------------------------------------


def require_layers(layers):
    """Raise a ValueError unless each layer has a bias per unit and an input per unit of the layer before."""
    if not layers:
        raise ValueError("a network needs at least one layer")
    for l, layer in enumerate(layers, start=1):
        if layer.b.shape[0] != layer.units:
            raise ValueError(
                f"layer {l}: b is {layer.b.shape}, but W is {layer.W.shape}; "
                f"b needs a row per unit, shape ({layer.units}, 1){rows_convention(layer.W.shape, layer.b.size)}"
            )
        if l > 1 and layer.inputs != layers[l - 2].units:
            before = layers[l - 2]
            turned = layer.units == before.units or before.inputs == layer.units
            hint = rows_convention(layer.W.shape, layer.inputs) if turned else ""
            raise ValueError(
                f"layer {l}: W is {layer.W.shape}, but layer {l - 1} has {count(before.units, 'unit')}{hint}"
            )


def rows_convention(shape, biases):
    """Say that weights look as if they stood inputs × units, where there are as many biases as columns; else ""."""
    if biases != shape[1]:
        return ""
    return (
        ". Is it in the rows convention, inputs × units, in which Z = X W + b? Here W is units × inputs, and "
        "Z = W X + b: Layer(W.T, b, f) transposes it, and X.T the examples"
    )


def require_output(activation, loss, L):
    """Raise a ValueError if the output activation can give numbers that the loss is not defined for."""
    if activation.range[0] < loss.range[0] or activation.range[1] > loss.range[1]:
        fits = f"; {loss.partner.name} fits" if loss.partner else ""
        raise ValueError(
            f"layer {L}: {activation.name} gives numbers from {activation.range[0]:g} to {activation.range[1]:g}, but "
            f"{loss.name} needs predictions from {loss.range[0]:g} to {loss.range[1]:g}{fits}"
        )


def checked_input(X, network, copy=True):
    """Return `X` as a matrix with a row per feature of the network, or raise an error that says what is wrong."""
    X, n = as_matrix(X, "X"), network.sizes[0]
    if X.shape[0] != n:
        hint = ". Is it transposed? Examples stand in columns: X.T" if X.shape[1] == n else ""
        raise ValueError(
            f"layer 1: W is {network.W[1].shape}, so X needs {count(n, 'row')} (features), but X is {X.shape}{hint}"
        )
    return cast(X, network.dtype, "X", copy)


def checked_labels(Y, forward, network):
    """Return `Y` as a matrix shaped like the predictions of `forward`, or raise an error that says what is wrong."""
    require_pass(forward, network)
    return labels_of(Y, forward.Y_hat.shape[1], network)


def labels_of(Y, d, network):
    """Return `Y` as a matrix of labels for `d` examples, or raise an error that says what is wrong."""
    Y = as_floats(Y, "Y")
    Y = Y.reshape(1, 1) if Y.ndim == 0 else Y
    if Y.shape != (network.sizes[-1], d):
        raise ValueError(_wrong_labels(Y, (network.sizes[-1], d), network.L))
    return cast(network.loss.labels(Y), network.dtype, "Y")


def _wrong_labels(Y, expected, L):
    words = f"Y is {Y.shape}, but layer {L} predicts {expected}: a row per output, a column per example"
    m, d = expected
    if Y.shape == (d, m):
        return words + ". Is it transposed? Try Y.T"
    if m > 1 and Y.size == d:
        return words + f". Class numbers need to be one-hot: np.eye({m})[:, classes], with classes from 0 to {m - 1}"
    return words


def require_pass(forward, network):
    """Raise an error unless `forward` was made by a network of the same sizes."""
    if not hasattr(forward, "Y_hat"):
        raise TypeError(f"expected what network.forward(X) returns, but got a {type(forward).__name__}")
    sizes = [A.shape[0] for A in forward.A]
    if sizes != network.sizes:
        raise ValueError(
            f"this forward pass belongs to a network with the sizes {sizes}, but this network has {network.sizes}"
        )


def checked_gradients(gradients, network):
    """Return the gradients by parameter, or raise an error unless each is finite and shaped like its parameter."""
    if not hasattr(gradients, "by_parameter"):
        raise TypeError(f"expected what network.backward(forward, Y) returns, but got a {type(gradients).__name__}")
    if len(gradients.by_parameter) > 2 * network.L:
        raise ValueError(
            f"these gradients belong to a network with {count(len(gradients.by_parameter) // 2, 'layer')}, "
            f"but this network has {network.L}"
        )
    for name, value in network.parameters.items():
        gradient = gradients.by_parameter.get(name)
        shape = None if gradient is None else np.shape(gradient)
        if shape != value.shape:
            raise ValueError(
                f"layer {name[1:]}: d{name} is {shape}, but {name[0]} is {value.shape}; they need the same shape"
            )
        require_finite(gradient, f"layer {name[1:]}: d{name}")
    return gradients.by_parameter


def checked_learning_rate(learning_rate):
    """Return the learning rate as a float, or raise an error unless it is one finite number that is at least 0."""
    return checked_number(learning_rate, "the learning rate")


def checked_number(value, name):
    """Return a setting as a float, or raise an error unless it is one finite number that is at least 0."""
    if type(value) is float and 0 <= value < np.inf:
        return value  # asked for in each epoch
    number = as_floats(value, name)
    if number.ndim != 0 or not 0 <= number < np.inf:
        raise ValueError(f"{name} is {value}, expected one finite number that is at least 0")
    return float(number)


def cast(matrix, dtype, name, copy=True):
    """Return a copy of a finite matrix in the network's type; raise a ValueError where a number is too large for it.

    Without `copy` the matrix itself where it has that type already.
    """
    if matrix.dtype == dtype:
        return matrix.copy() if copy else matrix
    with np.errstate(over="ignore"):
        matrix = matrix.astype(dtype)
    require_finite(matrix, name)
    return matrix
