"""Real data that scikit-learn brings along: handwritten digits, iris, wine, diabetes. Nothing is fetched.

scikit-learn is loaded at the first call, which takes a second or two; each set is read once and kept.
"""

from functools import cache

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
    bunch = _bundled("digits")
    pixels = [f"pixel {row},{column}" for row in range(1, 9) for column in range(1, 9)]
    return of_classes(bunch.data.T / 16, bunch.target, "digits", pixels, tuple("0123456789"))


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
    bunch = _bundled("iris")
    features = [name.replace("(cm)", "in cm") for name in bunch.feature_names]
    return of_classes(bunch.data.T, bunch.target, "iris", features, bunch.target_names.tolist())


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
    bunch = _bundled("wine")
    features = [name.replace("_", " ") for name in bunch.feature_names]
    return of_classes(bunch.data.T, bunch.target, "wine", features, ("cultivar 1", "cultivar 2", "cultivar 3"))


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
    bunch = _bundled("diabetes", scaled=False)
    return Dataset(bunch.data.T, bunch.target[None], "diabetes", _OF_PATIENTS)


REAL = {"digits": digits, "iris": iris, "wine": wine, "diabetes": diabetes}

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


def _bundled(name, **options):
    import sklearn.datasets  # here, so that `import nbhelpers` stays quick

    return getattr(sklearn.datasets, f"load_{name}")(**options)
