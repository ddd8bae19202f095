"""The five activation functions, each with its derivative beside it.

An activation turns the weighted sums Z of a layer into its activations A = f(Z). All but softmax work on each entry by
itself and have a derivative of the same shape. Softmax mixes the entries of a column and has a Jacobian per example.
Every function is pure, takes any array of real numbers, keeps float32, and is stable for numbers as large as 1e300.

Which losses belong to which activation stands in ``losses.py``.
"""

import numpy as np

from nbhelpers.checks import as_floats


class Activation:
    """What the five activations have in common: ``f(Z)``, ``f.derivative(Z)`` and ``f.backward(dA, Z)``.

    Attributes
    ----------
    name : str
        Its name in `ACTIVATIONS`.
    formula, derivative_formula : str
        LaTeX, without dollar signs.
    range : tuple of float
        The smallest and the largest value that it can give (limits count).
    elementwise : bool
        Whether each output depends on one input only. False for softmax.
    """

    name = formula = derivative_formula = ""
    range = (-np.inf, np.inf)
    elementwise = True

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
        r"""Return dJ/dZ from dJ/dA: the step of the chain rule through the activation.

        Element by element this is :math:`\partial J/\partial Z = \partial J/\partial A \odot f'(Z)`;
        for softmax each column is multiplied by its Jacobian.

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

    def _backward(self, dA, Z):
        return dA * self._derivative(Z)

    def __repr__(self):
        return self.name

    def __reduce__(self):
        # Pickled by name, so that a copy in another process is the same object and `is` goes on working.
        return self.name


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
    formula = r"f(z) = z"
    derivative_formula = r"f'(z) = 1"

    def _value(self, Z):
        return Z.copy()

    def _derivative(self, Z):
        return np.ones_like(Z)


class Sigmoid(Activation):
    r"""The sigmoid, :math:`f(z) = 1 / (1 + e^{-z})`, with the slope :math:`f'(z) = a (1 - a)` where a = f(z).

    Turns any number into one between 0 and 1, for the output layer in binary classification. The slope is 1/4 at
    z = 0 and falls towards 0 on both sides: the sigmoid saturates.

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
    formula = r"f(z) = \frac{1}{1 + e^{-z}}"
    derivative_formula = r"f'(z) = a\,(1 - a)"
    range = (0.0, 1.0)

    def _value(self, Z):
        E = np.exp(-np.abs(Z))  # in (0, 1], so nothing overflows
        return np.where(Z >= 0, 1, E) / (1 + E)

    def _derivative(self, Z):
        return self._value(Z) * self._value(-Z)  # 1 - sigmoid(z) = sigmoid(-z), without the cancellation


class Tanh(Activation):
    r"""The hyperbolic tangent, :math:`f(z) = (e^z - e^{-z}) / (e^z + e^{-z})`, with the slope :math:`1 - a^2`.

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
    formula = r"f(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}"
    derivative_formula = r"f'(z) = 1 - a^2"
    range = (-1.0, 1.0)

    def _value(self, Z):
        return np.tanh(Z)

    def _derivative(self, Z):
        E = np.exp(-np.abs(Z))
        return (2 * E / (1 + E * E)) ** 2  # 1 - tanh(z)^2 = 1 / cosh(z)^2, without the cancellation


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

    name = "relu"
    formula = r"f(z) = \max(0, z)"
    derivative_formula = r"f'(z) = 1 \text{ if } z > 0, \text{ else } 0"
    range = (0.0, np.inf)

    def _value(self, Z):
        return np.maximum(Z, 0)

    def _derivative(self, Z):
        return (Z > 0).astype(Z.dtype)


class Softmax(Activation):
    r"""Softmax, :math:`f(z)_i = e^{z_i} / \sum_j e^{z_j}` over the entries of each column.

    Turns the numbers of a column into probabilities: all positive, with the sum 1. For the output layer in
    classification with several classes. Each output depends on every input of its column, so that there is no slope
    element by element but a Jacobian per example, :math:`\partial a_i / \partial z_k = a_i (\delta_{ik} - a_k)`.

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
    formula = r"f(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}"
    derivative_formula = r"\frac{\partial a_i}{\partial z_k} = a_i\,(\delta_{ik} - a_k)"
    range = (0.0, 1.0)
    elementwise = False

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

    def jacobian(self, z):
        r"""Return the Jacobian of one example, :math:`\partial a_i / \partial z_k = a_i (\delta_{ik} - a_k)`.

        Parameters
        ----------
        z : array_like, shape (m,) or (m, 1)
            The weighted sums of one example.

        Returns
        -------
        numpy.ndarray, shape (m, m)
            Row i, column k: how output i changes with input k. It is symmetric, and every row sums to 0.

        Raises
        ------
        ValueError
            If `z` holds more than one example.
        """
        z = as_floats(z, "z")
        if z.ndim == 0 or z.size != z.shape[0]:
            raise ValueError(f"softmax.jacobian takes one example, shape (m,) or (m, 1), but z is {z.shape}")
        a = self._value(z.ravel())
        return np.diag(a) - np.outer(a, a)

    def _backward(self, dA, Z):
        A = self._value(Z)
        return A * (dA - (A * dA).sum(axis=0))  # the Jacobian times dA, for all columns at once


linear, sigmoid, tanh, relu, softmax = Linear(), Sigmoid(), Tanh(), ReLU(), Softmax()

ACTIVATIONS = {activation.name: activation for activation in (linear, sigmoid, tanh, relu, softmax)}
