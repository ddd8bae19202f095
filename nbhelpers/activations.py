"""The activation functions: all that is known of each stands in one class, its derivative beside its value.

An activation turns the weighted sums Z of a layer into its activations A = f(Z). All but softmax work on each entry by
itself and have a derivative of the same shape. Softmax mixes the entries of a column and has a Jacobian per example.
Every function is pure, takes any array of real numbers, keeps float32, and is stable for numbers as large as 1e300.

The lecture's five stand first; those beyond the lecture follow and are marked as such. Whatever lists activations goes
through `ACTIVATIONS`, so that a new one is a class here and its place in that table. Which losses belong to which
activation stands in ``losses.py``.
"""

import math

import numpy as np

from nbhelpers.checks import as_floats


class Activation:
    """What all activations have in common: ``f(Z)``, ``f.derivative(Z)`` and ``f.backward(dA, Z)``.

    One of your own is a subclass with `_value` and `_derivative`, which get an array of floats; if it is not
    element-wise, with `_backward` instead of `_derivative`. All else may be left out: where a formula would be shown,
    it is said that none is known.

    Attributes
    ----------
    name, title : str
        Its name in `ACTIVATIONS`, by default that of its class, and how it is written in a sentence.
    symbol : str
        LaTeX for f.
    formula, numpy : str
        Its value in LaTeX, of a number z, and in NumPy, of a matrix Z.
    slope_formula, slope_numpy : str
        Its slope likewise, of whole matrices; in LaTeX these are written ``<Z>`` and ``<A>``.
    formulas, slope_formulas : tuple of callable
        The same to be written with numbers and evaluated: functions of (z, e) and of (z, a, e), where `e` has exp, log,
        max, … for numbers, or for what stands for a number. The textbook's formula is the first; those after it are
        equal to it, and hold where it loses its digits.
    range : tuple of float
        The smallest and the largest value that it can give (limits count).
    elementwise : bool
        Whether each output depends on one input only. False for softmax.
    row : str
        Its row in the list of the lecture's formulas; "" for those beyond the lecture.
    kinks : tuple of float
        Where it has no slope. The one on the left is taken there.
    dies : bool
        Whether a unit that gives 0 for every example gets no gradient any more.
    flat, where_flat, where_steep : str
        What a region with hardly any slope is called; what such a slope means, and what another one means.
    """

    name = title = formula = numpy = slope_formula = slope_numpy = row = ""
    symbol = "f"
    formulas = slope_formulas = kinks = ()
    range = (-np.inf, np.inf)
    elementwise, dies = True, False
    flat = "saturated"
    where_flat = "Flat: z can move without much effect."
    where_steep = "Not flat: a follows z."

    def __init_subclass__(cls):
        cls.name = cls.__dict__.get("name") or cls.__name__.lower()
        cls.title = cls.__dict__.get("title") or cls.name.replace("_", " ")
        if "symbol" not in cls.__dict__:
            cls.symbol = rf"\mathrm{{{cls.title}}}".replace(" ", r"\ ")

    @property
    def is_beyond_the_lecture(self):
        """Whether the lecture does not have it."""
        return not self.row

    def __call__(self, Z):
        """Return A = f(Z).

        Parameters
        ----------
        Z : array_like, shape (h, d)
            Weighted sums: a row per unit, a column per example. Any other shape works too where f is element-wise.

        Returns
        -------
        A : numpy.ndarray
            The activations, same shape as `Z`.
        """
        return self._value(as_floats(Z, "Z"))

    def derivative(self, Z):
        """Return f'(Z), the slope of f at every entry of `Z`.

        Parameters
        ----------
        Z : array_like
            Weighted sums. Not the activations: the slope is taken where f was applied.

        Returns
        -------
        numpy.ndarray
            Same shape as `Z`.

        Raises
        ------
        TypeError
            For softmax, which has a Jacobian instead.
        """
        return self._derivative(as_floats(Z, "Z"))

    def backward(self, dA, Z):
        """Return dJ/dZ from dJ/dA: the step of the chain rule through the activation.

        Element by element this is dJ/dZ = dJ/dA ⊙ f'(Z); for softmax each column is multiplied by its Jacobian.

        Parameters
        ----------
        dA : array_like
            dJ/dA, same shape as `Z`.
        Z : array_like
            The weighted sums that f was applied to.

        Returns
        -------
        dZ : numpy.ndarray
            Same shape as `Z`.

        Raises
        ------
        ValueError
            If the two shapes differ.
        """
        dA, Z = as_floats(dA, "dA"), as_floats(Z, "Z")
        if dA.shape != Z.shape:
            raise ValueError(f"{self.name}.backward: dA is {dA.shape}, but Z is {Z.shape}; the two need the same shape")
        return self._backward(dA, Z)

    def jacobian(self, z):
        """Return the Jacobian of one example, ∂a_i/∂z_k.

        Parameters
        ----------
        z : array_like, shape (m,) or (m, 1)
            The weighted sums of one example.

        Returns
        -------
        numpy.ndarray, shape (m, m)
            Row i, column k: how output i changes with input k.

        Raises
        ------
        ValueError
            If `z` holds more than one example.
        """
        z = as_floats(z, "z")
        if z.ndim == 0 or z.size != z.shape[0]:
            raise ValueError(f"{self.name}.jacobian takes one example, shape (m,) or (m, 1), but z is {z.shape}")
        return self._jacobian(z.ravel())

    def _value(self, Z):
        raise NotImplementedError(f"{type(self).__name__} needs a method _value(self, Z) that returns f(Z)")

    def _derivative(self, Z):
        needed = "_derivative(self, Z) that returns f'(Z)" if self.elementwise else "_backward(self, dA, Z)"
        raise NotImplementedError(f"{type(self).__name__} needs a method {needed}")

    def _backward(self, dA, Z):
        return dA * self.derivative(Z)

    def _jacobian(self, z):
        columns = (self._backward(output[:, None], z[:, None]) for output in np.eye(len(z), dtype=z.dtype))
        return np.hstack(list(columns)).T

    # --- for training, on memory that is kept ---------------------------------------------------------------------

    def value_into(self, Z, A):
        """Set A = f(Z)."""
        A[...] = self(Z)

    def backward_into(self, dA, Z, A):
        """Turn dJ/dA into dJ/dZ where it stands, with what `value_into` has left in `A`."""
        dA[...] = self.backward(dA, Z)

    def share_of_slope(self, Z, A):
        """Return f'(Z) as a share of the steepest slope, or None for a function that does not saturate."""
        return None

    # --- for one number, as `e` writes it -------------------------------------------------------------------------

    def written(self, z, j, e):
        """Yield the formulas of a_j for one example; `z` are the weighted sums of the whole column."""
        return (formula(z[j], e) for formula in self.formulas)

    def __repr__(self):
        return self.name

    def __reduce__(self):
        # Pickled by name, so that a copy in another process is the same object and `is` goes on working.
        return pickled(self, ACTIVATIONS)


def pickled(entry, table):
    """Return what pickle needs for an activation or a loss: its name, or how to make one that is in no table."""
    name = repr(entry)
    return name if table.get(name) is entry else (object.__new__, (type(entry),), vars(entry))


class Linear(Activation):
    """The linear activation f(z) = z, with the slope 1 everywhere.

    For the output layer in regression, where a prediction may be any number. In a hidden layer it adds nothing:
    two linear layers in a row make one linear layer.

    Source: lecture 2, output layer (F11).

    Examples
    --------
    >>> linear([-2.0, 0.5])
    array([-2. ,  0.5])
    >>> linear.derivative([-2.0, 0.5])
    array([1., 1.])
    """

    name = "linear"
    symbol = "f"
    formula, numpy = "f(z) = z", "Z"
    slope_formula, slope_numpy = "1", "np.ones_like(Z)"
    formulas = (lambda z, e: z,)
    slope_formulas = (lambda z, a, e: e.number(1),)
    row = "F11"
    where_steep = "Equally steep everywhere: as a hidden layer it adds nothing that a weighted sum alone could not do."

    def _value(self, Z):
        return Z.copy()

    def _derivative(self, Z):
        return np.ones_like(Z)

    def value_into(self, Z, A):
        np.copyto(A, Z)

    def backward_into(self, dA, Z, A):
        pass  # f'(z) = 1


class Sigmoid(Activation):
    """The sigmoid, f(z) = 1 / (1 + e^(-z)), with the slope f'(z) = a (1 - a) where a = f(z).

    Turns any number into one between 0 and 1, for the output layer in binary classification. The slope is 1/4 at
    z = 0 and falls toward 0 on both sides: the sigmoid saturates.

    Source: lecture 1, activation functions (F07); the slope: lecture 2, worked example (F18).

    Examples
    --------
    The hidden layer of the worked example:

    >>> sigmoid([0.43, 1.42]).round(3)
    array([0.606, 0.805])
    >>> sigmoid.derivative([0.43, 1.42]).round(3)
    array([0.239, 0.157])
    """

    name = "sigmoid"
    symbol = r"\sigma"
    formula, numpy = r"\dfrac{1}{1 + e^{-z}}", "1 / (1 + np.exp(-Z))"
    slope_formula, slope_numpy = r"<A> \odot \left(1 - <A>\right)", "A * (1 - A)"
    formulas = (lambda z, e: 1 / (1 + e.exp(-z)), lambda z, e: e.exp(z) / (1 + e.exp(z)))
    slope_formulas = (
        lambda z, a, e: a * (1 - a),
        lambda z, a, e: 1 / (1 + e.exp(-z)) * (1 / (1 + e.exp(z))),
    )
    range = (0.0, 1.0)
    row = "F07"
    where_flat = "Saturated: the slope is below 0.05, and z can move without much effect."
    where_steep = "Not saturated. Nowhere is it steeper than 0.25, its slope at z = 0."

    def _value(self, Z):
        E = np.exp(-np.abs(Z))  # in (0, 1], so nothing overflows
        return np.where(Z >= 0, 1, E) / (1 + E)

    def _derivative(self, Z):
        return self._value(Z) * self._value(-Z)  # 1 - sigmoid(z) = sigmoid(-z), without the cancellation

    def value_into(self, Z, A):
        np.negative(Z, out=A)
        np.exp(A, out=A)  # infinite for z below −709, where the sigmoid is 0
        A += 1
        np.reciprocal(A, out=A)

    def backward_into(self, dA, Z, A):
        dA *= A
        dA *= 1 - A

    def share_of_slope(self, Z, A):
        return 4 * A * (1 - A)


class Tanh(Activation):
    """The hyperbolic tangent, f(z) = (e^z - e^(-z)) / (e^z + e^(-z)), with the slope 1 - a² where a = f(z).

    Turns any number into one between -1 and 1. Like a sigmoid, but centered at 0 and four times as steep there:
    the slope is 1 at z = 0.

    Source: lecture 1, activation functions (F09).

    Examples
    --------
    >>> tanh([0.0, 1.0]).round(4)
    array([0.    , 0.7616])
    >>> tanh.derivative([0.0, 1.0]).round(4)
    array([1.  , 0.42])
    """

    name = "tanh"
    symbol = r"\tanh"
    formula = r"\dfrac{e^z - e^{-z}}{e^z + e^{-z}}"
    numpy = "(np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))"
    slope_formula, slope_numpy = r"1 - <A> \odot <A>", "1 - A**2"
    formulas = (
        lambda z, e: (e.exp(z) - e.exp(-z)) / (e.exp(z) + e.exp(-z)),
        lambda z, e: e.tanh(z),
    )
    slope_formulas = (
        lambda z, a, e: 1 - a**2,
        lambda z, a, e: (2 / (e.exp(z) + e.exp(-z))) ** 2,
    )
    range = (-1.0, 1.0)
    row = "F09"
    where_flat = Sigmoid.where_flat
    where_steep = "Not saturated. Nowhere is it steeper than 1, its slope at z = 0."

    def _value(self, Z):
        return np.tanh(Z)

    def _derivative(self, Z):
        E = np.exp(-np.abs(Z))
        return (2 * E / (1 + E * E)) ** 2  # 1 - tanh(z)^2 = 1 / cosh(z)^2, without the cancellation

    def value_into(self, Z, A):
        np.tanh(Z, out=A)

    def backward_into(self, dA, Z, A):
        dA *= 1 - A * A

    def share_of_slope(self, Z, A):
        return 1 - A * A


class ReLU(Activation):
    """The rectified linear unit, f(z) = max(0, z), with the slope 0 for z <= 0 and 1 for z > 0.

    At z = 0 there is a kink and no slope; 0 is taken there, everywhere in this package.

    Source: lecture 1, activation functions (F08).

    Examples
    --------
    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    >>> relu.derivative([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """

    name, title = "relu", "ReLU"
    formula, numpy = r"\max(0, z)", "np.maximum(0, Z)"
    slope_formula, slope_numpy = r"1 \text{ where } <Z> \gt 0, \text{ else } 0", "1.0 * (Z > 0)"
    formulas = (lambda z, e: e.max(0, z),)
    slope_formulas = (lambda z, a, e: e.cases(z, 1, 0),)
    range = (0.0, np.inf)
    row = "F08"
    kinks, dies, flat = (0.0,), True, "slope 0"
    where_flat = "Off: nothing comes back through it."
    where_steep = "On: everything comes back through it."

    def _value(self, Z):
        return np.maximum(Z, 0)

    def _derivative(self, Z):
        return (Z > 0).astype(Z.dtype)

    def value_into(self, Z, A):
        A.fill(0)
        np.maximum(Z, A, out=A)  # of two arrays, for with the number 0 it takes three times as long

    def backward_into(self, dA, Z, A):
        np.multiply(dA, A > 0, out=dA)  # 1 where z > 0, and 0 elsewhere, also at z = 0


class Softmax(Activation):
    """Softmax, f(z)_i = e^(z_i) / sum_j e^(z_j) over the entries of each column.

    Turns the numbers of a column into probabilities: all positive, with the sum 1. For the output layer in
    classification with several classes. Each output depends on every input of its column, so that there is no slope
    element by element but a Jacobian per example: da_i/dz_k = a_i (δ_ik - a_k).

    Source: lecture 1, activation functions (F10).

    Examples
    --------
    One example with three classes is one column:

    >>> softmax([[2.0], [1.0], [0.0]]).round(3)
    array([[0.665],
           [0.245],
           [0.09 ]])
    >>> softmax.jacobian([2.0, 1.0, 0.0]).round(3)
    array([[ 0.223, -0.163, -0.06 ],
           [-0.163,  0.185, -0.022],
           [-0.06 , -0.022,  0.082]])
    """

    name = "softmax"
    formula, numpy = r"\dfrac{e^{z_i}}{\sum_j e^{z_j}}", "np.exp(Z) / np.exp(Z).sum(axis=0)"
    slope_formula = r"\frac{\partial a_i}{\partial z_j} = a_i\,(\delta_{ij} - a_j)"
    formulas = (  # functions of (z_j, the column z, e)
        lambda z_j, z, e: e.exp(z_j) / e.sum(map(e.exp, z)),
        lambda z_j, z, e: e.exp(z_j - max(z, key=float)) / e.sum(e.exp(other - max(z, key=float)) for other in z),
    )
    range = (0.0, 1.0)
    elementwise = False
    row = "F10"

    def _value(self, Z):
        if Z.ndim == 0:
            raise ValueError("softmax needs a column of numbers, not a single one: its outputs share the sum 1")
        with np.errstate(over="ignore"):  # 1e308 - (-1e308) is -inf here, and e^-inf = 0 is right
            E = np.exp(Z - Z.max(axis=0))
        return E / E.sum(axis=0)

    def _derivative(self, Z):
        raise TypeError(
            "softmax has no derivative element by element: each of its outputs depends on every input of the column. "
            "Use softmax.jacobian(z) for the matrix of all slopes of one example, or softmax.backward(dA, Z)"
        )

    def _jacobian(self, z):
        a = self._value(z)
        return np.diag(a) - np.outer(a, a)

    def _backward(self, dA, Z):
        A = self._value(Z)
        return A * (dA - (A * dA).sum(axis=0))  # the Jacobian times dA, for all columns at once

    def value_into(self, Z, A):
        np.subtract(Z, np.maximum.reduce(Z), out=A)  # the reductions of the ufuncs are quicker than Z.max and A.sum
        np.exp(A, out=A)
        A /= np.add.reduce(A)

    def backward_into(self, dA, Z, A):
        dA -= (A * dA).sum(axis=0)
        dA *= A

    def written(self, z, j, e):
        return (formula(z[j], z, e) for formula in self.formulas)

    def jacobian_written(self, a, i, j, e):
        """Yield the formulas of the entry (i, j) of the Jacobian, from the activations `a` of the column."""
        yield a[i] * (1 - a[i]) if i == j else -(a[i] * a[j])
        if i == j and len(a) > 1:
            yield a[i] * e.sum(other for k, other in enumerate(a) if k != i)


# --- beyond the lecture ---------------------------------------------------------------------------------------------


class LeakyReLU(Activation):
    """The leaky ReLU, f(z) = max(0.01 z, z), with the slope 0.01 for z <= 0 and 1 for z > 0.

    A ReLU that lets a hundredth through where it is off, so that it cannot die. At z = 0, where there is no slope, 0.01
    is taken.

    Source: Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models, 2013.

    Examples
    --------
    >>> leaky_relu([-2.0, 0.0, 3.0])
    array([-0.02,  0.  ,  3.  ])
    >>> leaky_relu.derivative([-2.0, 0.0, 3.0])
    array([0.01, 0.01, 1.  ])
    """

    name, title = "leaky_relu", "leaky ReLU"
    formula, numpy = r"\max(0.01\,z, z)", "np.maximum(0.01 * Z, Z)"
    slope_formula = r"1 \text{ where } <Z> \gt 0, \text{ else } 0.01"
    slope_numpy = "np.where(Z > 0, 1, 0.01)"
    formulas = (lambda z, e: e.max(0.01 * z, z),)
    slope_formulas = (lambda z, a, e: e.cases(z, 1, 0.01),)
    kinks, flat = (0.0,), "slope 0.01"
    where_flat = "Off, but leaking: a hundredth of the signal comes back, so that the unit cannot die."
    where_steep = ReLU.where_steep

    def _value(self, Z):
        return np.maximum(0.01 * Z, Z)

    def _derivative(self, Z):
        return np.where(Z > 0, 1, 0.01).astype(Z.dtype)

    def value_into(self, Z, A):
        np.multiply(Z, 0.01, out=A)
        np.maximum(A, Z, out=A)

    def backward_into(self, dA, Z, A):
        dA *= np.where(Z > 0, 1, 0.01)


class ELU(Activation):
    """The exponential linear unit, f(z) = z for z > 0 and e^z - 1 below, with the slope 1 and e^z.

    Like ReLU on the right; on the left it bends smoothly toward -1, which brings the mean activation nearer to 0.

    Source: Clevert, Unterthiner and Hochreiter, Fast and accurate deep network learning by ELUs, 2016 (with α = 1).

    Examples
    --------
    >>> elu([-2.0, 0.0, 3.0]).round(4)
    array([-0.8647,  0.    ,  3.    ])
    >>> elu.derivative([-2.0, 0.0, 3.0]).round(4)
    array([0.1353, 1.    , 1.    ])
    """

    name, title = "elu", "ELU"
    formula = r"z \text{ where } z > 0 \text{, else } e^z - 1"
    numpy = "np.where(Z > 0, Z, np.exp(Z) - 1)"
    slope_formula, slope_numpy = r"1 \text{ where } <Z> \gt 0, \text{ else } 1 + <A>", "np.where(Z > 0, 1, 1 + A)"
    formulas = (lambda z, e: e.cases(z, z, e.exp(z) - 1), lambda z, e: e.cases(z, z, e.expm1(z)))
    slope_formulas = (lambda z, a, e: e.cases(z, 1, 1 + a), lambda z, a, e: e.cases(z, 1, e.exp(z)))
    range = (-1.0, np.inf)
    where_flat = "Saturated on the left: the slope is below 0.05, and z can move without much effect."
    where_steep = "Not saturated. On the right the slope is 1 everywhere."

    def _value(self, Z):
        return np.where(Z > 0, Z, np.expm1(np.minimum(Z, 0)))

    def _derivative(self, Z):
        return np.exp(np.minimum(Z, 0))

    def value_into(self, Z, A):
        np.minimum(Z, 0, out=A)
        np.expm1(A, out=A)
        np.copyto(A, Z, where=Z > 0)

    def backward_into(self, dA, Z, A):
        dA *= 1 + np.minimum(A, 0)

    def share_of_slope(self, Z, A):
        return 1 + np.minimum(A, 0)


class Softplus(Activation):
    """Softplus, f(z) = log(1 + e^z), a ReLU without its kink; its slope is the sigmoid.

    Source: Dugas, Bengio, Bélisle, Nadeau and Garcia, Incorporating second-order functional knowledge, 2001.

    Examples
    --------
    >>> softplus([-2.0, 0.0, 3.0]).round(4)
    array([0.1269, 0.6931, 3.0486])
    >>> softplus.derivative([-2.0, 0.0, 3.0]).round(4)
    array([0.1192, 0.5   , 0.9526])
    """

    name = "softplus"
    formula, numpy = r"\log(1 + e^z)", "np.log(1 + np.exp(Z))"
    slope_formula, slope_numpy = r"\sigma\left(<Z>\right)", "1 / (1 + np.exp(-Z))"
    formulas = (
        lambda z, e: e.log(1 + e.exp(z)),
        lambda z, e: z + e.log(1 + e.exp(-z)),
        lambda z, e: e.log1p(e.exp(z)),
    )
    slope_formulas = tuple(lambda z, a, e, formula=formula: formula(z, e) for formula in Sigmoid.formulas)
    range = (0.0, np.inf)
    where_flat = ELU.where_flat
    where_steep = "Not saturated. The further to the right, the nearer the slope is to 1."

    def _value(self, Z):
        return np.logaddexp(0, Z).astype(Z.dtype)

    def _derivative(self, Z):
        return sigmoid(Z)

    def value_into(self, Z, A):
        np.logaddexp(0, Z, out=A)

    def backward_into(self, dA, Z, A):
        dA *= self.share_of_slope(Z, A)

    def share_of_slope(self, Z, A):
        return -np.expm1(-A)  # 1 - e^-a is the sigmoid of z


class GELU(Activation):
    """The Gaussian error linear unit, f(z) = z Φ(z), with the slope Φ(z) + z φ(z).

    Φ is the probability that a normally distributed number is below z, φ its density. Like ReLU far from 0 on both
    sides; in between it is smooth, and falls to -0.17 before it rises: its slope is negative below z = -0.75.

    Source: Hendrycks and Gimpel, Gaussian error linear units, 2016.

    Examples
    --------
    >>> gelu([-2.0, 0.0, 3.0]).round(4)
    array([-0.0455,  0.    ,  2.996 ])
    >>> gelu.derivative([-2.0, 0.0, 3.0]).round(4)
    array([-0.0852,  0.5   ,  1.0119])
    """

    name, title = "gelu", "GELU"
    formula, numpy = r"z\,\Phi(z)", "Z * normal_cdf(Z)"
    slope_formula = r"\Phi\left(<Z>\right) + <Z> \odot \varphi\left(<Z>\right)"
    slope_numpy = "normal_cdf(Z) + Z * normal_density(Z)"
    formulas = (lambda z, e: z * e.normal_cdf(z),)
    slope_formulas = (lambda z, a, e: e.normal_cdf(z) + z * e.normal_density(z),)
    range = (-0.169971207479904, np.inf)
    where_flat = "Flat: the slope is within 0.05 of 0, far on the left or near the lowest point, at z = −0.75."
    where_steep = "Not flat. It is steepest at z = 1.41, where the slope is 1.13."

    def _value(self, Z):
        return Z * normal_cdf(Z)

    def _derivative(self, Z):
        return normal_cdf(Z) + Z * normal_density(Z)

    def value_into(self, Z, A):
        np.multiply(Z, normal_cdf(Z), out=A)

    def backward_into(self, dA, Z, A):
        dA *= self._slope(Z, A)

    def share_of_slope(self, Z, A):
        return np.abs(self._slope(Z, A)) / self._derivative(np.sqrt(2.0))

    def _slope(self, Z, A):
        with np.errstate(divide="ignore", invalid="ignore"):
            Phi = np.where(np.abs(Z) > 1e-30, A / Z, 0.5)  # the costly part is known already
        return Phi + Z * normal_density(Z)


def normal_cdf(Z):
    """Return Φ(z), the probability that a normally distributed number is below z, for each entry."""
    Z = np.asarray(Z)
    below = [math.erfc(z) for z in (-Z / math.sqrt(2)).ravel().tolist()]
    return np.reshape(np.array(below, Z.dtype) / 2, Z.shape)


def normal_density(Z):
    """Return φ(z) = e^(−z²/2) / √(2π), the density of that distribution, for each entry."""
    return np.exp(-0.5 * np.minimum(np.abs(Z), 40) ** 2) / math.sqrt(2 * math.pi)  # it is 0 from 39 on


linear, sigmoid, tanh, relu, softmax = Linear(), Sigmoid(), Tanh(), ReLU(), Softmax()
leaky_relu, elu, softplus, gelu = LeakyReLU(), ELU(), Softplus(), GELU()

ACTIVATIONS = {
    activation.name: activation
    for activation in (linear, sigmoid, tanh, relu, softmax, leaky_relu, elu, softplus, gelu)
}
