"""The losses: all that is known of each stands in one class, its gradient beside its value.

A loss gives a price L to the prediction for one example; the cost J is the mean of L over the d examples. Its gradient
dJ/dY_hat therefore carries the factor 1/d, once. Each loss of the lecture has a partner among the activations for which
dJ/dZ = (Y_hat - Y)/d. For that pair the loss is also given as a function of Z, which is exact where Y_hat rounds to 1.

Whatever lists losses goes through `LOSSES`, so that a new one is a class here and its place in that table.
"""

import numpy as np

from nbhelpers.activations import linear, pickled, sigmoid, softmax
from nbhelpers.checks import as_matrix, place


class Loss:
    """What all losses have in common: ``loss(Y_hat, Y)``, ``.per_example`` and ``.gradient``.

    One of your own is a subclass with `_per_example(Y_hat, Y)`, which gives what each output adds to L, and
    `_gradient(Y_hat, Y)`, both shaped (m, d). All else may be left out.

    Attributes
    ----------
    name : str
        Its name in words, by default that of its class; `LOSSES` lists each under the name of its variable.
    formula, gradient_formula : str
        LaTeX for one example, without dollar signs.
    numpy, row : str
        The cost in NumPy, and its row in the list of the lecture's formulas; "" for a loss beyond the lecture.
    formulas : tuple of callable
        L of one example, to be written with numbers and evaluated: functions of (y_hat, y, e), two lists and what
        `Activation.formulas` are given.
    formulas_from_Z : tuple of callable
        Its equals from the partner's weighted sums, where the first ones lose their digits: functions of (z, y, e).
    gradient_of_one : callable or None
        The entry of dL/dY_hat for one output, likewise a function of (y_hat, y, e), two numbers.
    partner : Activation or None
        The output activation for which dJ/dZ = (Y_hat - Y)/d.
    range : tuple of float
        The predictions that it is defined for, from smallest to largest.
    task : str
        ``"regression"``, ``"yes or no"`` or ``"classes"``: what counts as right.
    """

    name = formula = gradient_formula = numpy = row = ""
    formulas = formulas_from_Z = ()
    gradient_of_one = partner = None
    range = (-np.inf, np.inf)
    task = "regression"

    def __init_subclass__(cls):
        cls.name = cls.__dict__.get("name") or cls.__name__.lower()

    @property
    def is_beyond_the_lecture(self):
        """Whether the lecture does not have it."""
        return not self.row

    @property
    def is_of_probabilities(self):
        """Whether it is defined for predictions from 0 to 1 only: there is a logarithm in it."""
        return bool(np.isfinite(self.range).all())

    def __call__(self, Y_hat, Y):
        """Return the cost J = 1/d Σ_i L(ŷ(i), y(i)), the mean over the examples.

        Parameters
        ----------
        Y_hat : array_like, shape (m, d)
            Predictions, a column per example. A single number stands for (1, 1).
        Y : array_like, shape (m, d)
            Labels.

        Returns
        -------
        J : float

        Raises
        ------
        TypeError, ValueError
            Other things than finite real numbers, different shapes, values that the loss is not defined for.
        """
        with _beyond_floats_is_infinite():
            return mean(self.per_example(Y_hat, Y))

    def per_example(self, Y_hat, Y):
        """Return the loss L of each example, shape (d,): the sum over the m outputs, not yet the mean over examples."""
        with _beyond_floats_is_infinite():
            return self._per_example(*self._checked(Y_hat, Y)).sum(axis=0)

    def gradient(self, Y_hat, Y):
        """Return dJ/dY_hat, shape (m, d), with the factor 1/d of the mean."""
        Y_hat, Y = self._checked(Y_hat, Y)
        with _beyond_floats_is_infinite():
            return self._gradient(Y_hat, Y) / Y.shape[1]

    def per_example_from_Z(self, Z, Y):
        """Return the loss L of each example, shape (d,), from the weighted sums of the output layer.

        For the partner activation only, Y_hat = partner(Z). Exact for any finite Z, also where Y_hat rounds to 0 or 1.
        """
        Z, Y = as_matrix(Z, "Z"), self.labels(Y)
        _require_same_shape("Z", Z, Y)
        with _beyond_floats_is_infinite():
            return self._per_example_from_Z(Z, Y)

    def labels(self, Y):
        """Return the labels `Y` as a matrix, shape (m, d), or raise a ValueError that says why they are none."""
        return as_matrix(Y, "Y")

    def written(self, y_hat, y, e, z=None):
        """Yield the formulas of L for one example, from lists of numbers; `z` where the output is the partner's."""
        yield from (formula(y_hat, y, e) for formula in self.formulas)
        if z is not None:
            yield from (formula(z, y, e) for formula in self.formulas_from_Z)

    def _per_example(self, Y_hat, Y):
        raise NotImplementedError(f"{type(self).__name__} needs a method _per_example(self, Y_hat, Y), shape (m, d)")

    def _gradient(self, Y_hat, Y):
        raise NotImplementedError(f"{type(self).__name__} needs a method _gradient(self, Y_hat, Y), shape (m, d)")

    def _per_example_from_Z(self, Z, Y):
        return self._per_example(self.partner(Z), Y).sum(axis=0)

    def _checked(self, Y_hat, Y):
        Y_hat, Y = as_matrix(Y_hat, "Y_hat"), self.labels(Y)
        _require_same_shape("Y_hat", Y_hat, Y)
        _require_within(Y_hat, "Y_hat", self)
        return Y_hat, Y

    def __repr__(self):
        return self.name.replace(" ", "_").replace("-", "_")

    def __reduce__(self):
        return pickled(self, LOSSES)


class SquaredError(Loss):
    """Squared error, L = ½ sum_j (ŷ_j - y_j)², with the gradient ŷ_j - y_j.

    For regression, with a linear output layer as its partner. The factor ½ makes the gradient come out without a 2.

    Examples
    --------
    Two examples, J = ½ (0.5² + 1²) / 2:

    >>> squared_error([[1.5, 3.0]], [[1.0, 2.0]])
    0.3125
    >>> squared_error.gradient([[1.5, 3.0]], [[1.0, 2.0]])
    array([[0.25, 0.5 ]])
    """

    name = "squared error"
    formula = r"L = \frac{1}{2} \sum_j (\hat y_j - y_j)^2"
    gradient_formula = r"\frac{\partial L}{\partial \hat y_j} = \hat y_j - y_j"
    numpy = "0.5 * ((Y_hat - Y) ** 2).sum() / d"
    formulas = (lambda y_hat, y, e: e.half * e.sum((p - t) ** 2 for p, t in zip(y_hat, y, strict=True)),)
    gradient_of_one = staticmethod(lambda p, t, e: p - t)
    partner = linear
    row = "T02"

    def _per_example(self, Y_hat, Y):
        return 0.5 * (Y_hat - Y) ** 2

    def _gradient(self, Y_hat, Y):
        return Y_hat - Y


class BinaryCrossEntropy(Loss):
    """Binary cross-entropy, L = -[y log ŷ + (1 - y) log(1 - ŷ)].

    For binary classification: the label y is 0 or 1 (or a probability between), the prediction ŷ is the probability
    of 1. Its partner is the sigmoid. With several outputs the losses of the outputs are added.

    A prediction of exactly 0 or 1 that is wrong would cost infinitely much. Here the smallest positive float stands
    for 0 and the largest float below 1 for 1, so that the price stays finite (708.4 and 36.7 in float64) and the
    gradient is no larger than what floats near 0 and 1 can tell apart. From Z there is no such limit.

    Source: lecture 1, loss function (F12).

    Examples
    --------
    The worked example, ŷ = 0.7765 and y = 1:

    >>> round(binary_cross_entropy(0.77651974, 1), 6)
    0.252933
    >>> binary_cross_entropy.gradient(0.77651974, 1).round(4)
    array([[-1.2878]])
    """

    name = "binary cross-entropy"
    formula = r"L = -\left[y \log \hat y + (1 - y) \log(1 - \hat y)\right]"
    gradient_formula = r"\frac{\partial L}{\partial \hat y} = -\frac{y}{\hat y} + \frac{1 - y}{1 - \hat y}"
    numpy = "-(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)).sum() / d"
    formulas = (
        lambda y_hat, y, e: (
            -e.sum(term for p, t in zip(y_hat, y, strict=True) for term in (t * e.log(p), (1 - t) * e.log(1 - p)))
        ),
    )
    formulas_from_Z = (
        lambda z, y, e: e.sum(term for pair in zip(z, y, strict=True) for term in _binary_terms(*pair, e)),
    )
    gradient_of_one = staticmethod(lambda p, t, e: -(t / p) + (1 - t) / (1 - p))
    partner = sigmoid
    range = (0.0, 1.0)
    task, row = "yes or no", "F12"

    def labels(self, Y):
        """Return `Y` as a matrix of numbers between 0 and 1, or raise a ValueError that says where it is not."""
        Y = as_matrix(Y, "Y")
        _require_within(Y, "Y", self)
        return Y

    def _per_example(self, Y_hat, Y):
        return -(Y * np.log(_positive(Y_hat)) + (1 - Y) * np.log(1 - _below_one(Y_hat)))

    def _gradient(self, Y_hat, Y):
        return -Y / _positive(Y_hat) + (1 - Y) / (1 - _below_one(Y_hat))

    def _per_example_from_Z(self, Z, Y):
        # log(1 + e^z) - y z, with e^z taken only where it is small
        return (np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))).sum(axis=0)


class CategoricalCrossEntropy(Loss):
    """Categorical cross-entropy, L = -sum_j y_j log ŷ_j.

    For classification with several classes: each column of Y is one-hot (a single 1 at the true class), each column of
    Y_hat holds the probabilities of the classes. Its partner is softmax. Only the prediction for the true class counts.

    A prediction of exactly 0 for the true class is treated as in `binary_cross_entropy`.

    Source: lecture 1, loss function (F13).

    Examples
    --------
    Three classes, one example, the true class is the first, L = -log 0.7:

    >>> round(categorical_cross_entropy([[0.7], [0.2], [0.1]], [[1], [0], [0]]), 4)
    0.3567
    """

    name = "categorical cross-entropy"
    formula = r"L = -\sum_j y_j \log \hat y_j"
    gradient_formula = r"\frac{\partial L}{\partial \hat y_j} = -\frac{y_j}{\hat y_j}"
    numpy = "-(Y * np.log(Y_hat)).sum() / d"
    formulas = (lambda y_hat, y, e: -e.sum(t * e.log(p) for p, t in zip(y_hat, y, strict=True)),)
    formulas_from_Z = (lambda z, y, e: e.sum(_terms_of_classes(z, y, e)),)
    gradient_of_one = staticmethod(lambda p, t, e: -(t / p))
    partner = softmax
    range = (0.0, 1.0)
    task, row = "classes", "F13"

    def labels(self, Y):
        """Return `Y` as a matrix of one-hot columns (or probabilities), or raise a ValueError that says why not."""
        Y = as_matrix(Y, "Y")
        with _beyond_floats_is_infinite():
            wrong = np.abs(Y.sum(axis=0) - 1) > 1e-6
        if wrong.any() or (Y < 0).any():
            raise ValueError(
                f"Y is {Y.shape} and its column {np.argmax(wrong | (Y < 0).any(axis=0)) + 1} is not a one-hot column: "
                "categorical cross-entropy needs a row per class and a column per example, with a single 1 at the true "
                "class. From class numbers: np.eye(m)[:, classes]"
            )
        return Y

    def _per_example(self, Y_hat, Y):
        return -Y * np.log(_positive(Y_hat))

    def _gradient(self, Y_hat, Y):
        return -Y / _positive(Y_hat)

    def _per_example_from_Z(self, Z, Y):
        # log(sum of e^z) less the largest z, which is log(1 + the others), so that a loss of 1e-20 is not rounded to 0
        below = np.maximum.reduce(Z) - Z
        others = np.exp(-below)
        others[Z.argmax(axis=0), np.arange(Z.shape[1])] = 0
        own = np.fmax(Y * below, 0)  # fmax takes 0 for the nan of 0 · ∞
        return np.log1p(np.add.reduce(others)) + np.add.reduce(own)


class MeanSquaredError(Loss):
    """Squared error without the factor ½, L = sum_j (ŷ_j - y_j)², with the gradient 2 (ŷ_j - y_j).

    The other common form of `squared_error`, and twice as large: its step is twice as long at the same learning rate.
    It has no partner, since with a linear output dJ/dZ is 2 (Y_hat - Y)/d. With a single output J is what other
    libraries call MSE; with several, they divide by the number of outputs too.

    Examples
    --------
    Two examples, J = (0.5² + 1²) / 2:

    >>> mean_squared_error([[1.5, 3.0]], [[1.0, 2.0]])
    0.625
    >>> mean_squared_error.gradient([[1.5, 3.0]], [[1.0, 2.0]])
    array([[0.5, 1. ]])
    """

    name = "mean squared error"
    formula = r"L = \sum_j (\hat y_j - y_j)^2"
    gradient_formula = r"\frac{\partial L}{\partial \hat y_j} = 2\,(\hat y_j - y_j)"
    numpy = "((Y_hat - Y) ** 2).sum() / d"
    formulas = (lambda y_hat, y, e: e.sum((p - t) ** 2 for p, t in zip(y_hat, y, strict=True)),)
    gradient_of_one = staticmethod(lambda p, t, e: 2 * (p - t))

    def _per_example(self, Y_hat, Y):
        return (Y_hat - Y) ** 2

    def _gradient(self, Y_hat, Y):
        return 2 * (Y_hat - Y)


# --- small things ---------------------------------------------------------------------------------------------------


def _binary_terms(z, y, e):
    # log(1 + e^z) - y z, with e^z taken only where it is small
    if float(z) > 0:
        return (1 - y) * z, e.log(1 + e.exp(-z))
    return e.log(1 + e.exp(z)), -(y * z)


def _terms_of_classes(z, y, e):
    largest = max(z, key=float)
    log_sum = e.log(e.sum(e.exp(other - largest) for other in z))
    return (label * (log_sum + largest - own) for own, label in zip(z, y, strict=True))


def mean(per_example):
    """Return the cost J: the mean of the losses of the examples, shape (d,), summed in float64."""
    return float(np.add.reduce(per_example, dtype=np.float64)) / len(per_example)


def _beyond_floats_is_infinite():
    """Let a loss that no float can hold (an error of 1e200, squared) be infinite without a warning."""
    return np.errstate(over="ignore", invalid="ignore")


def _positive(probability):
    """Lift zeros to the smallest positive number, so that logarithm and quotient stay finite."""
    return np.maximum(probability, np.finfo(probability.dtype).tiny)


def _below_one(probability):
    """Lower ones to the largest float below 1, for the same reason."""
    return np.minimum(probability, 1 - np.finfo(probability.dtype).epsneg)


def _require_same_shape(name, predictions, Y):
    if predictions.shape != Y.shape:
        raise ValueError(f"{name} is {predictions.shape}, but Y is {Y.shape}; the two need the same shape (m, d)")


def _require_within(matrix, name, loss):
    low, high = loss.range
    wrong = (matrix < low) | (matrix > high)
    if wrong.any():
        raise ValueError(f"{name} has {place(matrix, wrong)}, but {loss.name} needs numbers from {low:g} to {high:g}")


squared_error, mean_squared_error = SquaredError(), MeanSquaredError()
binary_cross_entropy, categorical_cross_entropy = BinaryCrossEntropy(), CategoricalCrossEntropy()

LOSSES = {
    repr(loss): loss for loss in (squared_error, binary_cross_entropy, categorical_cross_entropy, mean_squared_error)
}
