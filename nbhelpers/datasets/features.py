"""What a network can be given of a place in the plane: x₁ and x₂ themselves, or features computed from them."""

from types import MappingProxyType

import numpy as np

from nbhelpers.checks import as_matrix

FEATURES = MappingProxyType(
    {
        "x₁": lambda x1, x2: x1,
        "x₂": lambda x1, x2: x2,
        "x₁²": lambda x1, x2: x1**2,
        "x₂²": lambda x1, x2: x2**2,
        "x₁x₂": lambda x1, x2: x1 * x2,
        "sin x₁": lambda x1, x2: np.sin(x1),
        "sin x₂": lambda x1, x2: np.sin(x2),
    }
)


def features_of(X, names):
    """Return some features of places in the plane.

    Parameters
    ----------
    X : array_like, shape (2, d)
    names : sequence of str
        Some of `FEATURES`. None at all gives a single row of zeros: an input that says nothing.

    Returns
    -------
    numpy.ndarray, shape (n, d)
        A row per name, in their order.

    Examples
    --------
    >>> features_of([[3.0], [2.0]], ["x₁²", "x₁x₂"])
    array([[9.],
           [6.]])
    """
    x1, x2 = as_matrix(X, "X")
    return np.array([FEATURES[name](x1, x2) for name in names]) if names else np.zeros((1, len(x1)))
