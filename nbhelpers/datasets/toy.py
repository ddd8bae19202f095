"""Toy data that can be drawn: five sets of points in the plane with their classes, and four sets for regression.

These are a noisy sine, and three surfaces over a square of the plane, on heights from about −1 to 1.

The points in the plane lie around 0, two to three units across, so that a network can take them as they are. The same
seed gives the same bytes, in shuffled order; with ``noise=0`` the points lie exactly where the docstring says. Written
in NumPy alone: moons and circles are scikit-learn's, moved to the center.
"""

import numpy as np

from nbhelpers.checks import require_whole
from nbhelpers.datasets.dataset import Dataset, of_classes

PLANE = ("x1", "x2")


def moons(d=200, *, noise=0.2, rng=0):
    """Return two half circles that reach into each other.

    The upper one is (cos t − 0.5, sin t − 0.25) for t from 0 to π; the lower one is the upper one turned half around 0.

    Parameters
    ----------
    d : int
        The number of examples, at least 2.
    noise : float
        Standard deviation of what is added to both features.
    rng : numpy.random.Generator or int
        An int is a seed.

    Returns
    -------
    Dataset
        Features: the place in the plane. Classes: upper, lower.

    Raises
    ------
    ValueError
        Too few examples, or a negative noise.
    """
    labels = _labels(d, 2)
    t = np.pi * _along(labels, endpoint=True)
    arc = np.array([np.cos(t) - 0.5, np.sin(t) - 0.25])
    return _shuffled("moons", np.where(labels == 0, arc, -arc), labels, ("upper", "lower"), noise, rng)


def circles(d=200, *, noise=0.1, rng=0):
    """Return a circle inside another one: radius 1 outside, 0.5 inside. Parameters as for `moons`."""
    labels = _labels(d, 2)
    radius, angle = np.where(labels == 0, 1.0, 0.5), 2 * np.pi * _along(labels)
    return _shuffled("circles", _polar(radius, angle), labels, ("outer", "inner"), noise, rng)


def blobs(d=200, *, classes=3, noise=0.3, rng=0):
    """Return round heaps of points, normally distributed around centers on a circle of radius 1.

    Parameters
    ----------
    d, noise, rng
        As for `moons`; `noise` is the standard deviation of each heap.
    classes : int
        The number of heaps, at least 2.

    Returns
    -------
    Dataset
        Features: the place in the plane. Classes: blob 1, blob 2, ...
    """
    labels = _labels(d, classes)
    X = _polar(1.0, 2 * np.pi * labels / classes)
    return _shuffled("blobs", X, labels, _numbered("blob", classes), noise, rng)


def spirals(d=200, *, classes=2, noise=0.05, rng=0):
    """Return arms that wind once around 0 while the radius grows from 0.1 to 1. Parameters as for `blobs`."""
    labels = _labels(d, classes)
    way = _along(labels, endpoint=True)
    X = _polar(0.1 + 0.9 * way, 2 * np.pi * (way + labels / classes))
    return _shuffled("spirals", X, labels, _numbered("arm", classes), noise, rng)


def xor(d=200, *, noise=0.1, rng=0):
    """Return points of a square from −1 to 1, equally many per quadrant, in two classes: the signs are equal, or not.

    The class is that of the point before noise is added. Parameters as for `moons`; d is at least 4.
    """
    rng = np.random.default_rng(rng)
    quadrant = _labels(d, 4)
    signs = 1 - 2 * np.array([quadrant // 2, (quadrant + 1) // 2 % 2])
    X = signs * rng.uniform(size=signs.shape)
    return _shuffled("xor", X, quadrant % 2, ("same signs", "different signs"), noise, rng)


def sine(d=50, *, noise=0.2, waves=1, rng=0):
    """Return points around a sine, for regression: y = sin(waves · x) + noise.

    Parameters
    ----------
    d, noise, rng
        As for `moons`; d is at least 1, and `noise` is added to y alone.
    waves : float
        How many fit between −π and π, from where x is drawn with equal chances.

    Returns
    -------
    Dataset
        X, shape (1, d), in radians; Y, shape (1, d), without a unit.
    """
    require_whole("d", d, 1)
    rng = np.random.default_rng(rng)
    X = rng.uniform(-np.pi, np.pi, size=(1, d))
    Y = np.sin(waves * X) + _noise(noise, X.shape, rng)
    return Dataset(X, Y, "sine", ("x",))


def ramp(d=200, *, noise=0.1, rng=0):
    """Return points of the square from −1 to 1 with a height, for regression: y = (x₁ + x₂) / 2 + noise.

    Parameters
    ----------
    d, noise, rng
        As for `moons`; d is at least 1, and `noise` is added to y alone.

    Returns
    -------
    Dataset
        X, shape (2, d): the place in the plane; Y, shape (1, d): the height there.
    """
    return _surface("ramp", lambda x1, x2: (x1 + x2) / 2, d, noise, rng)


def saddle(d=200, *, noise=0.1, rng=0):
    """Return points of the square with the height of a saddle, y = x₁ x₂. Parameters as for `ramp`."""
    return _surface("saddle", np.multiply, d, noise, rng)


def hills(d=200, *, noise=0.1, rng=0):
    """Return points of the square with a hill of height 1 in the middle and a pit in two of the corners.

    Each has the shape e^(−r² / 0.15) at the distance r from its middle, the pits at ±(0.7, 0.7). Parameters as
    for `ramp`.
    """
    return _surface("hills", _hill_and_pits, d, noise, rng)


def _hill_and_pits(x1, x2):
    bumps = [np.exp(-((x1 - c) ** 2 + (x2 - c) ** 2) / 0.15) for c in (0, 0.7, -0.7)]
    return bumps[0] - bumps[1] - bumps[2]


def _surface(name, height, d, noise, rng):
    require_whole("d", d, 1)
    rng = np.random.default_rng(rng)
    X = rng.uniform(-1, 1, size=(2, d))
    return Dataset(X, height(*X)[None] + _noise(noise, (1, d), rng), name, PLANE)


TOY = {"moons": moons, "circles": circles, "blobs": blobs, "spirals": spirals, "xor": xor}
SURFACES = {"ramp": ramp, "saddle": saddle, "hills": hills}


# --- parts ------------------------------------------------------------------------------------------------------------


def _labels(d, classes):
    """The class numbers of d examples, equally many of each to within one, in order."""
    require_whole("classes", classes, 2)
    require_whole("d", d, classes)
    return np.sort(np.arange(d) % classes)


def _along(labels, endpoint=False):
    """How far along its curve each example stands, from 0 to 1, in equal steps within its class."""
    return np.concatenate([np.linspace(0, 1, number, endpoint=endpoint) for number in np.bincount(labels)])


def _polar(radius, angle):
    return np.array([radius * np.cos(angle), radius * np.sin(angle)])


def _numbered(word, classes):
    return tuple(f"{word} {k}" for k in range(1, classes + 1))


def _shuffled(name, X, labels, classes, noise, rng):
    """Add the noise, and put the examples into random order."""
    rng = np.random.default_rng(rng)
    order = rng.permutation(len(labels))
    X = X + _noise(noise, X.shape, rng)
    return of_classes(X[:, order], labels[order], name, PLANE, classes)


def _noise(noise, shape, rng):
    if not 0 <= noise < np.inf:
        raise ValueError(f"noise is {noise:g}, expected a standard deviation of 0 or more")
    return noise * rng.standard_normal(shape)
