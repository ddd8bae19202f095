r"""How weights begin: zeros, normal, Xavier/Glorot, He. Biases begin at 0.

Each scheme is a function of (units, inputs, rng) that returns W with the shape (units, inputs). What Xavier and He aim
at is that the sums Z = W A + b neither grow nor shrink from layer to layer. With independent weights of mean 0, the
variance of one weighted sum is inputs · Var(w) · E[a²], so that Var(w) has to be about 1/inputs.
"""

from itertools import pairwise

import numpy as np

# Of one weight, by the name of the scheme: what decides how far the sums spread.
VARIANCES = {
    "zeros": lambda units, inputs: 0.0,
    "normal": lambda units, inputs: 0.01**2,
    "xavier": lambda units, inputs: 2 / (inputs + units),
    "glorot": lambda units, inputs: 2 / (inputs + units),
    "he": lambda units, inputs: 2 / inputs,
}


def zeros(units, inputs, rng):
    """Return W = 0. Every unit of a layer then computes the same, and gets the same gradient, for ever."""
    return np.zeros((units, inputs))


def normal(units, inputs, rng, scale=0.01):
    """Return normally distributed weights with mean 0 and the standard deviation `scale`, whatever the layer's size."""
    return scale * rng.standard_normal((units, inputs))


def xavier(units, inputs, rng):
    """Return normally distributed weights with the variance 2 / (inputs + units).

    For sigmoid and tanh. A compromise between 1/inputs, which keeps the size of the activations on the way forward, and
    1/units, which keeps the size of the gradients on the way back.

    Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010.
    """
    return normal(units, inputs, rng, scale=np.sqrt(VARIANCES["xavier"](units, inputs)))


def he(units, inputs, rng):
    """Return normally distributed weights with the variance 2 / inputs.

    For ReLU, which sets half of the sums to 0: the factor 2 makes up for them.

    Source: He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015.
    """
    return normal(units, inputs, rng, scale=np.sqrt(VARIANCES["he"](units, inputs)))


SCHEMES = {"zeros": zeros, "normal": normal, "xavier": xavier, "glorot": xavier, "he": he}


def initial_parameters(sizes, scheme, rng, dtype=np.float64):
    """Return [(W, b), ...] for a network with these sizes: W by the scheme, b = 0.

    Parameters
    ----------
    sizes : list of int
        Features, then units per layer, for instance ``[3, 4, 2]``.
    scheme : str or callable
        A name in `SCHEMES`, or a function of (units, inputs, rng).
    rng : numpy.random.Generator
    dtype : type
        numpy.float64 or numpy.float32.

    Returns
    -------
    list of tuple
        W, shape (units, inputs), and b, shape (units, 1), for each layer.

    Raises
    ------
    ValueError
        Sizes that are no positive whole numbers, fewer than two of them, or an unknown scheme.

    Examples
    --------
    >>> [(W.shape, b.shape) for W, b in initial_parameters([3, 4, 2], "he", np.random.default_rng(0))]
    [((4, 3), (4, 1)), ((2, 4), (2, 1))]
    """
    require_sizes(sizes)
    if np.dtype(dtype) not in (np.float64, np.float32):
        raise ValueError(f"dtype is {np.dtype(dtype)}, expected float64 or float32")
    if not callable(scheme) and scheme not in SCHEMES:
        raise ValueError(f"{scheme!r} is not a scheme; choose from {', '.join(SCHEMES)}")
    draw = scheme if callable(scheme) else SCHEMES[scheme]
    return [
        (np.asarray(draw(units, inputs, rng), dtype), np.zeros((units, 1), dtype)) for inputs, units in pairwise(sizes)
    ]


def require_sizes(sizes):
    """Raise a ValueError unless `sizes` are at least two whole numbers from 1 on."""
    if len(sizes) < 2:
        raise ValueError(f"sizes are {list(sizes)}, expected at least two: the features, and the units of one layer")
    for l, size in enumerate(sizes):
        if isinstance(size, bool) or not isinstance(size, int | np.integer) or size < 1:
            name = "the input" if l == 0 else f"layer {l}"
            raise ValueError(f"sizes are {list(sizes)}: {name} has {size!r} units, expected a whole number from 1 on")
