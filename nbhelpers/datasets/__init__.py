"""Data to learn from, in the lecture's convention: examples stand in columns.

Toy data in the plane and a noisy sine (``toy.py``), points of one's own (``points.py``), real data (``real.py``), and
the two things to do before training: `Dataset.split` (``dataset.py``) and `standardized` (``scaling.py``). What else a
network can be given of a place in the plane stands in ``features.py``. Nothing is fetched.
"""

from nbhelpers.datasets.dataset import Dataset
from nbhelpers.datasets.features import FEATURES, features_of
from nbhelpers.datasets.points import points, points_as_text, read_points
from nbhelpers.datasets.real import REAL, diabetes, digits, iris, wine
from nbhelpers.datasets.scaling import Scaling, standardized
from nbhelpers.datasets.toy import SURFACES, TOY, blobs, circles, hills, moons, ramp, saddle, sine, spirals, xor

__all__ = [
    "FEATURES",
    "REAL",
    "SURFACES",
    "TOY",
    "Dataset",
    "Scaling",
    "blobs",
    "circles",
    "diabetes",
    "digits",
    "features_of",
    "hills",
    "iris",
    "moons",
    "points",
    "points_as_text",
    "ramp",
    "read_points",
    "saddle",
    "sine",
    "spirals",
    "standardized",
    "wine",
    "xor",
]
