"""Data to learn from, in the lecture's convention: examples stand in columns.

Toy data in the plane and a noisy sine (``toy.py``), real data (``real.py``), and the two things to do before
training: `Dataset.split` (``dataset.py``) and `standardized` (``scaling.py``). Nothing is fetched.
"""

from nbhelpers.datasets.dataset import Dataset
from nbhelpers.datasets.real import REAL, diabetes, digits, iris, wine
from nbhelpers.datasets.scaling import Scaling, standardized
from nbhelpers.datasets.toy import TOY, blobs, circles, moons, sine, spirals, xor

__all__ = [
    "REAL",
    "TOY",
    "Dataset",
    "Scaling",
    "blobs",
    "circles",
    "diabetes",
    "digits",
    "iris",
    "moons",
    "sine",
    "spirals",
    "standardized",
    "wine",
    "xor",
]
