"""Real data: handwritten digits, iris, wine, diabetes. Nothing is fetched.

The numbers are those of scikit-learn, kept in ``real.npz`` beside this file, so that they are there wherever NumPy is.
Each set is read once and kept.
"""

from functools import cache
from pathlib import Path

import numpy as np

from nbhelpers.datasets.dataset import Dataset, of_classes


@cache
def digits():
    """Return 1,797 handwritten digits, each a picture of 8 times 8 pixels.

    Returns
    -------
    Dataset
        X, shape (64, 1797): how much ink, from 0 (none) to 1, row by row from the top; ``X[:, i].reshape(8, 8)`` is
        picture i. Classes: 0 to 9.

    Notes
    -----
    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998
    (its test part), from 13 writers.
    """
    pixels = [f"pixel {row},{column}" for row in range(1, 9) for column in range(1, 9)]
    return of_classes(*_stored("digits", full=16), "digits", pixels, tuple("0123456789"))


@cache
def iris():
    """Return 150 flowers of three species of iris, 50 of each.

    Returns
    -------
    Dataset
        X, shape (4, 150): length and width of sepals and petals, in cm. Classes: setosa, versicolor, virginica.

    Notes
    -----
    Source: R. A. Fisher, The use of multiple measurements in taxonomic problems, 1936.
    """
    return of_classes(*_stored("iris"), "iris", _OF_FLOWERS, ("setosa", "versicolor", "virginica"))


@cache
def wine():
    """Return 178 wines of one region in Italy, from three cultivars (59, 71 and 48 wines).

    Returns
    -------
    Dataset
        X, shape (13, 178): chemical measurements, such as alcohol (in percent), magnesium, color intensity and proline,
        with very different ranges: see `nbhelpers.datasets.standardized`. Classes: cultivar 1, 2 and 3.

    Notes
    -----
    Source: M. Forina et al., PARVUS, 1988; UCI Machine Learning Repository.
    """
    return of_classes(*_stored("wine"), "wine", _OF_WINES, ("cultivar 1", "cultivar 2", "cultivar 3"))


@cache
def diabetes():
    """Return 442 patients with diabetes, for regression: ten measurements, and how far the disease went in a year.

    Returns
    -------
    Dataset
        X, shape (10, 442), unscaled: age in years, sex (1 or 2), body mass index in kg/m², mean blood pressure in mmHg;
        in the blood serum total cholesterol, low-density and high-density lipoproteins (LDL, HDL), the ratio of total
        cholesterol to HDL, the logarithm of triglycerides, and blood sugar. Y, shape (1, 442): a score for the
        progression of the disease one year later, from 25 to 346, without a unit.

    Notes
    -----
    Source: B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least Angle Regression, 2004.
    """
    X, scores = _stored("diabetes")
    return Dataset(X, scores[None], "diabetes", _OF_PATIENTS)


REAL = {"digits": digits, "iris": iris, "wine": wine, "diabetes": diabetes}

_OF_FLOWERS = ("sepal length in cm", "sepal width in cm", "petal length in cm", "petal width in cm")
_OF_WINES = (
    "alcohol",
    "malic acid",
    "ash",
    "alcalinity of ash",
    "magnesium",
    "total phenols",
    "flavanoids",
    "nonflavanoid phenols",
    "proanthocyanins",
    "color intensity",
    "hue",
    "od280/od315 of diluted wines",
    "proline",
)
_OF_PATIENTS = (
    "age",
    "sex",
    "body mass index",
    "blood pressure",
    "total cholesterol",
    "LDL",
    "HDL",
    "cholesterol / HDL",
    "log triglycerides",
    "blood sugar",
)


def _stored(name, full=1):
    """Return the features of a set as columns, over `full`, and what is to be predicted from them."""
    with np.load(Path(__file__).with_name("real.npz")) as stored:
        return stored[f"{name}_data"].T / full, stored[f"{name}_target"]
