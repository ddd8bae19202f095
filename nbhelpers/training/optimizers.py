"""How a gradient becomes a step: plain gradient descent, momentum, Adam.

All parameters of a network stand in one vector θ, all gradients in a vector g of the same length. An
optimizer's ``start(theta)`` returns a function ``step(g, learning_rate, out)`` that writes into `out`, which may be g
itself, what is to be taken from θ, and returns it. What it remembers from step to step lives in that
function alone.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class gradient_descent:
    """Plain gradient descent: θ ← θ − η g.

    Examples
    --------
    >>> step = gradient_descent().start(np.zeros(2))
    >>> step(np.array([1.0, -2.0]), 0.5, out=np.empty(2))
    array([ 0.5, -1. ])
    """

    def start(self, theta):
        """Return the function that computes a step; it remembers nothing."""
        return _plain_step


def _plain_step(g, learning_rate, out):
    return np.multiply(learning_rate, g, out=out)


@dataclass(frozen=True)
class momentum:
    """Momentum: v ← β v + g, then θ ← θ − η v.

    Parameters
    ----------
    beta : float
        β, how much of the last velocity is kept: from 0 (plain gradient descent) to below 1. A gradient that stays the
        same is in the end worth 1/(1 − β) steps.

    Raises
    ------
    ValueError
        A β that is no number from 0 to below 1.

    Notes
    -----
    Source: Polyak, Some methods of speeding up the convergence of iteration methods, 1964.

    Examples
    --------
    >>> step = momentum(beta=0.5).start(np.zeros(1))
    >>> [step(np.array([1.0]), 0.1, out=np.empty(1)).item() for _ in range(3)]
    [0.1, 0.15000000000000002, 0.17500000000000002]
    """

    beta: float = 0.9

    def __post_init__(self):
        _require_share(beta=self.beta)

    def start(self, theta):
        """Return the function that computes a step; it remembers the velocity v."""
        v = np.zeros_like(theta)

        def step(g, learning_rate, out):
            np.multiply(v, self.beta, out=v)
            np.add(v, g, out=v)
            return np.multiply(learning_rate, v, out=out)

        return step


@dataclass(frozen=True)
class adam:
    """Adam: a step for each parameter by itself, about as long as the learning rate.

        m ← β₁ m + (1 − β₁) g,     m̂ = m / (1 − β₁^t)
        s ← β₂ s + (1 − β₂) g²,    ŝ = s / (1 − β₂^t)
        θ ← θ − η m̂ / (√ŝ + ε)

    Parameters
    ----------
    beta1, beta2 : float
        How much is kept of the mean of the gradients, m, and of the mean of their squares, s.
    epsilon : float
        ε keeps the division finite.

    Raises
    ------
    ValueError
        A β that is no number from 0 to below 1, or an ε that is not above 0.

    Notes
    -----
    t counts the steps from 1. Source: Kingma and Ba, Adam: A method for stochastic optimization, 2015.

    Examples
    --------
    The first step is as long as the learning rate, whatever the size of the gradient:

    >>> step = adam().start(np.zeros(2))
    >>> step(np.array([1000.0, -0.001]), 0.1, out=np.empty(2)).round(4)
    array([ 0.1, -0.1])
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self):
        _require_share(beta1=self.beta1, beta2=self.beta2)
        if not self.epsilon > 0:
            raise ValueError(f"epsilon is {self.epsilon}, expected a small number above 0")

    def start(self, theta):
        """Return the function that computes a step; it remembers m, s and the number of steps t."""
        m, s, square = np.zeros_like(theta), np.zeros_like(theta), np.empty_like(theta)
        t = 0

        def step(g, learning_rate, out):
            nonlocal t
            t += 1
            _running_mean(m, g, self.beta1, square)
            _running_mean(s, np.multiply(g, g, out=square), self.beta2, out)
            np.sqrt(s, out=out)
            out *= 1 / np.sqrt(1 - self.beta2**t)
            out += self.epsilon
            np.divide(m, out, out=out)
            return np.multiply(out, learning_rate / (1 - self.beta1**t), out=out)

        return step


def _running_mean(mean, new, beta, scratch):
    mean *= beta
    mean += np.multiply(new, 1 - beta, out=scratch)


OPTIMIZERS = {"gradient descent": gradient_descent, "momentum": momentum, "adam": adam}


def as_optimizer(optimizer):
    """Return an optimizer: `optimizer` itself, or the one of that name with its usual settings.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    if hasattr(optimizer, "start"):
        return optimizer
    if optimizer not in OPTIMIZERS:
        raise ValueError(f"{optimizer!r} is not an optimizer; choose from {', '.join(OPTIMIZERS)}")
    return OPTIMIZERS[optimizer]()


def _require_share(**shares):
    for name, value in shares.items():
        if not 0 <= value < 1:
            raise ValueError(f"{name} is {value}, expected a number from 0 to below 1")
