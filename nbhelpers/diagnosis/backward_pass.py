"""`diagnose`: what is wrong with a learner's own backward pass, by its numbers."""

import numpy as np

from nbhelpers.diagnosis import costs
from nbhelpers.diagnosis.conventions import conventions
from nbhelpers.diagnosis.learner import Learner
from nbhelpers.diagnosis.reading import Reading
from nbhelpers.diagnosis.words import told


def diagnose(backward, params, X, Y, activations, loss, rows=None, cost=None, returns="gradients", learning_rate=None):
    """Find out what is wrong with a backward pass, from its numbers alone.

    The function is called on copies. Its gradients are compared with the right ones, for every usual cost, and then
    with what each mistake of the museum gives, in all layers or in one, alone or in pairs.

    Parameters
    ----------
    backward : callable
        ``backward(params, X, Y)``; also ``(X, Y, params)``, ``(X, Y, W1, b1, …)`` or ``(X, Y, **params)`` where the
        names in the signature say so; also a method of the object that holds the parameters.
    params : object
        Weights and biases: a dict, a tuple, a list of pairs, an object, or one matrix per layer with the bias in it.
    X : array_like
        The examples, in rows or in columns, as the function takes them.
    Y : array_like
        The labels: numbers, classes one-hot, or class numbers.
    activations : list of str or Activation
        One per layer: ``["tanh", "sigmoid"]``.
    loss : str or Loss
        ``"squared_error"``, ``"binary_cross_entropy"`` or ``"categorical_cross_entropy"``.
    rows : bool, optional
        Whether a row is an example. It is found out; needed only where every size is the same.
    cost : str, optional
        What J is: ``"mean"``, ``"sum"``, ``"mean of all entries"``, and ``" without half"``, ``", l2=0.1"`` after it.
        Without it, a gradient that is right for any of them is right.
    returns : str
        ``"gradients"``, or ``"parameters"`` for a function that makes the step itself, also in place.
    learning_rate : float, optional
        The η of such a step, where no default in the signature tells it.

    Returns
    -------
    Diagnosis

    Raises
    ------
    TypeError, ValueError
        Arguments that cannot be read; the message says what was expected.

    Examples
    --------
    >>> import numpy as np
    >>> def backward(params, X, y):
    ...     h = np.tanh(X @ params["W1"] + params["b1"])
    ...     p = 1 / (1 + np.exp(-(h @ params["W2"] + params["b2"])))
    ...     dout = (p - y) / len(X)
    ...     dhid = dout @ params["W2"].T
    ...     return {"W2": h.T @ dout, "b2": dout.sum(axis=0), "W1": X.T @ dhid, "b1": dhid.sum(axis=0)}
    >>> rng = np.random.default_rng(0)
    >>> params = {"W1": rng.normal(size=(3, 4)), "b1": np.zeros(4), "W2": rng.normal(size=(4, 1)), "b2": np.zeros(1)}
    >>> X, y = rng.normal(size=(5, 3)), np.array([[1], [0], [0], [1], [1]])
    >>> d = diagnose(backward, params, X, y, ["tanh", "sigmoid"], "binary_cross_entropy")
    >>> d.mistakes, d.layers, d.mend
    (('slope_missing',), (1,), "dhid = (dout @ params['W2'].T) * (1 - h**2)")
    """
    learner = Learner(backward, params, X, Y, activations, loss, returns, learning_rate)
    given = costs.read(cost) if cost is not None else None
    fits = conventions(learner.params, X, Y, learner.L, rows)
    outcome = learner.run(learner.params, X, Y)
    readings = [Reading(learner, convention, outcome, X, Y, given) for convention in fits]
    best = min(readings, key=lambda reading: reading.rank)
    if len({reading.convention.rows for reading in readings}) > 1 and best.rank > 0 and rows is None:
        raise ValueError(
            f"every size is the same (X is {np.shape(X)}), so that the shapes do not tell rows from columns: "
            "say rows=True where a row of X is an example, rows=False where a column is"
        )
    best.look_further()
    return told(best)
