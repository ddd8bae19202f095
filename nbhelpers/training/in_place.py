"""Activations on kept memory: the value written into A, the slope multiplied onto dA.

Each is a pair of functions: ``forward(Z, A)`` sets A = f(Z), ``backward(dA, Z, A)`` turns dJ/dA into dJ/dZ where it
stands. The formulas are those of ``activations.py``, to the last digits; only the memory is used again. An activation
that has no pair here goes through its own methods.
"""

import numpy as np

from nbhelpers.activations import ACTIVATIONS


def _linear(Z, A):
    np.copyto(A, Z)


def _linear_backward(dA, Z, A):
    pass  # f'(z) = 1


def _sigmoid(Z, A):
    np.negative(Z, out=A)
    np.exp(A, out=A)  # infinite for z below −709, where the sigmoid is 0
    A += 1
    np.reciprocal(A, out=A)


def _sigmoid_backward(dA, Z, A):
    dA *= A
    dA *= 1 - A


def _tanh(Z, A):
    np.tanh(Z, out=A)


def _tanh_backward(dA, Z, A):
    dA *= 1 - A * A


def _relu(Z, A):
    np.maximum(Z, 0, out=A)


def _relu_backward(dA, Z, A):
    np.multiply(dA, A > 0, out=dA)  # 1 where z > 0, and 0 elsewhere, also at z = 0


def _softmax(Z, A):
    np.subtract(Z, np.maximum.reduce(Z), out=A)  # the reductions of the ufuncs are quicker than Z.max and A.sum
    np.exp(A, out=A)
    A /= np.add.reduce(A)


def _softmax_backward(dA, Z, A):
    dA -= (A * dA).sum(axis=0)
    dA *= A


PAIRS = {
    "linear": (_linear, _linear_backward),
    "sigmoid": (_sigmoid, _sigmoid_backward),
    "tanh": (_tanh, _tanh_backward),
    "relu": (_relu, _relu_backward),
    "softmax": (_softmax, _softmax_backward),
}


def pair(activation):
    """Return (forward, backward) for an `Activation`; one that is not of the five gets them from its own methods."""
    if activation is ACTIVATIONS.get(activation.name):
        return PAIRS[activation.name]
    return _by_methods(activation)


def _by_methods(activation):
    def forward(Z, A):
        A[...] = activation(Z)

    def backward(dA, Z, A):
        dA[...] = activation.backward(dA, Z)

    return forward, backward
