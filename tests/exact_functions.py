"""Value and slope of every element-wise activation as a textbook has them, in as many digits as are asked: mpmath's."""

import mpmath

FUNCTIONS = {
    "linear": (lambda z: z, lambda z: 1),
    "sigmoid": (lambda z: 1 / (1 + mpmath.exp(-z)), lambda z: mpmath.exp(-z) / (1 + mpmath.exp(-z)) ** 2),
    "tanh": (mpmath.tanh, lambda z: 4 / (mpmath.exp(z) + mpmath.exp(-z)) ** 2),
    "relu": (lambda z: max(z, 0), lambda z: 1 if z > 0 else 0),
    "leaky_relu": (lambda z: z if z > 0 else z * mpmath.mpf(0.01), lambda z: 1 if z > 0 else 0.01),
    "elu": (lambda z: z if z > 0 else mpmath.expm1(z), lambda z: mpmath.exp(min(z, 0))),
    "softplus": (lambda z: mpmath.log1p(mpmath.exp(z)), lambda z: 1 / (1 + mpmath.exp(-z))),
    "gelu": (lambda z: z * mpmath.ncdf(z), lambda z: mpmath.ncdf(z) + z * mpmath.npdf(z)),
}


def value(name, z, digits=30):
    """Return f(z) as a float."""
    return _computed(FUNCTIONS[name][0], z, digits)


def slope(name, z, digits=30):
    """Return f'(z) as a float."""
    return _computed(FUNCTIONS[name][1], z, digits)


def _computed(function, z, digits):
    with mpmath.workdps(digits):
        return float(function(mpmath.mpf(float(z))))
