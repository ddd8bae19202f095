"""The little functions alone: a slope, a cost, an update."""

import inspect

import numpy as np

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.diagnosis import calling, costs
from nbhelpers.diagnosis.learner import read_loss
from nbhelpers.diagnosis.verdict import Diagnosis
from nbhelpers.mistakes import MISTAKES

_Z = np.array([[-1.7, -0.6, 0.3], [0.8, 1.4, 2.1]])
_IN_A = {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a**2}
_SIGN = {"sigmoid": lambda a: a * (1 + a), "tanh": lambda a: 1 + a**2}
_LINE = {"sigmoid": "a * (1 - a)", "tanh": "1 - a**2", "relu": "(z > 0) * 1.0", "linear": "1.0"}


def diagnose_slope(f, activation="sigmoid"):
    """Say what a function for a slope is right for: when it is given z, when it is given a = f(z), or never.

    Parameters
    ----------
    f : callable
        Of an array, such as ``lambda a: a * (1 - a)``.
    activation : str or Activation
        Whose slope it is meant to be.

    Returns
    -------
    Diagnosis
        True where it is right for z or for a; the verdict says for which.

    Examples
    --------
    >>> diagnose_slope(lambda x: x * (1 - x)).verdict
    'Right if it is given a = sigmoid(z), wrong if it is given z.'
    >>> diagnose_slope(lambda x: 1 + x**2, "tanh").mistakes
    ('slope_with_wrong_sign',)
    """
    g = ACTIVATIONS.get(str(activation), activation)
    name, Z = repr(g), _Z
    A, slope = g(Z), g.derivative(Z)
    of_z, of_a = _values(f, Z), _values(f, A)
    assumed = f"the slope of {name}; a = {name}(z)"
    if isinstance(of_z, str):
        return Diagnosis(False, f"It does not run: {of_z}.", assumed)
    right_z, right_a = _same(of_z, slope), _same(of_a, slope)
    if right_z or right_a:
        given, not_given = ("z", f"a = {name}(z)") if right_z else (f"a = {name}(z)", "z")
        verdict = f"Right if it is given {given}, wrong if it is given {not_given}."
        if right_z and right_a:
            verdict = f"Right, whether it is given z or a = {name}(z)."
        try_ = "" if right_z and right_a else f"Look at every call: is it given {given}?"
        return Diagnosis(True, verdict, assumed, experiment=try_)
    mistakes, words = _known_slope(name, Z, A, slope, of_z, of_a)
    why = MISTAKES[mistakes[0]].what if mistakes else ""
    return Diagnosis(
        False,
        f"Not right, neither for z nor for a: {words}.",
        assumed,
        mistakes,
        mend=f"return {_LINE.get(name, f'{name}.derivative(z)')}",
        why=why,
        first_wrong="the slope",
    )


def _known_slope(name, Z, A, slope, of_z, of_a):
    wrong_sign = _SIGN[name](A) if name in _SIGN else None
    tests = [
        ("slope_with_wrong_sign", _same(of_a, wrong_sign) or _same(of_z, wrong_sign), "a sign is wrong in it"),
        ("slope_with_wrong_sign", _same(of_z, -slope) or _same(of_a, -slope), "it is the slope with the sign turned"),
        ("activation_for_slope", _same(of_z, A) or _same(of_a, A), "it is the activation, not its slope"),
        ("slope_twice", _same(of_z, slope**2) or _same(of_a, slope**2), "it is the square of the slope"),
        ("sigmoid_slope_for_all", _same(of_a, A * (1 - A)), "it is a(1 - a), the slope of a sigmoid"),
        ("relu_mask_always_true", name == "relu" and _same(of_a, np.ones_like(A)), "it is 1 for every a"),
    ]
    for mistake, found, words in tests:
        if found:
            return (mistake,), words
    for word, values in (("z", of_z), ("a", of_a)):
        with np.errstate(all="ignore"):
            ratio = values / slope
        if np.isfinite(ratio).all() and np.ptp(ratio) <= 1e-6 * np.abs(ratio).max():
            return (), f"given {word}, it is {ratio.flat[0]:.6g} times the slope"
    return (
        (),
        f"at z = 0.3 it gives {of_z[0, 2]:.4g} for z and {of_a[0, 2]:.4g} for a, and the slope is {slope[0, 2]:.4g}",
    )


def _values(f, array):
    """Return what a function gives for an array, also where it takes a number at a time; or its error in words."""
    try:
        with np.errstate(all="ignore"):
            values = np.asarray(f(array.copy()), float)
        return np.broadcast_to(values, array.shape)
    except Exception as first:  # whatever a learner's code raises is told
        try:
            return np.array([[float(f(float(x))) for x in row] for row in array])
        except Exception:
            return f"{type(first).__name__}: {first}"


def _same(one, other):
    return np.shape(one) == np.shape(other) and bool(
        np.abs(one - other).max() <= 1e-6 * max(np.abs(other).max(), 1e-12)
    )


def diagnose_cost(f, loss="binary_cross_entropy", rows=False):
    """Say which cost a function computes from predictions and labels, or which mistake it makes.

    Parameters
    ----------
    f : callable
        ``f(Y_hat, Y)``.
    loss : str or Loss
        What it is meant to be.
    rows : bool
        Whether a row is an example.

    Returns
    -------
    Diagnosis

    Examples
    --------
    >>> diagnose_cost(lambda p, y: ((p - y) ** 2).mean(), "squared_error").verdict
    'Right: the cost is the mean of all entries, of squares without the ½.'
    >>> diagnose_cost(lambda p, y: -(y * np.log(p)).sum() / y.shape[1]).mistakes
    ('second_term_missing',)
    """
    loss = read_loss(loss)
    m, d = 3, 5  # sizes for which no two costs are the same
    P = np.array([[0.62, 0.11, 0.24, 0.47, 0.33], [0.17, 0.55, 0.36, 0.21, 0.6], [0.21, 0.34, 0.4, 0.32, 0.07]])
    Y = np.eye(m)[:, [0, 1, 2, 0, 2]]
    given = (P.T.copy(), Y.T.copy()) if rows else (P.copy(), Y.copy())
    assumed = f"{loss.name}, a {'row' if rows else 'column'} per example"
    outcome = calling.run(lambda X, Y: f(X, Y), None, *given)
    if outcome.error or np.size(outcome.returned) != 1 or not np.isfinite(np.asarray(outcome.returned, float)).all():
        problem = outcome.error or f"it returned {outcome.returned!r}, expected one number"
        return Diagnosis(False, f"It does not run: {problem}.", assumed)
    J, right = float(np.asarray(outcome.returned).item()), loss(P, Y)
    possible = costs.costs(repr(loss) == "squared_error", m, d)
    cost = next((cost for cost in possible if np.isclose(J, cost.factor(m, d) * right, rtol=1e-6)), None)
    if cost is not None:
        return Diagnosis(True, f"Right: the cost is {cost.words}.", assumed, cost=str(cost))
    known = {"Y_hat": P, "Y": Y, "d": d, "loss": loss}
    found = [
        name
        for name, mistake in MISTAKES.items()
        if mistake.step == "cost"
        and _fits_loss(mistake, loss)
        and any(np.isclose(J, factor * _cost_of(mistake, known), rtol=1e-6) for factor in (1, d, 1 / m))
    ]
    if np.isclose(J, -right, rtol=1e-6):
        return Diagnosis(
            False, "Not right: the sign is turned.", assumed, relation="-1 times the right one", first_wrong="J"
        )
    if not found:
        words = f"{J / right:.6g} times the mean of the losses"
        return Diagnosis(
            False,
            f"Not right, by no mistake that has a name here: it is {words}.",
            assumed,
            relation=words,
            first_wrong="J",
        )
    mistake = MISTAKES[found[0]]
    return Diagnosis(
        False,
        f"Not right: {' or '.join(MISTAKES[n].title[0].lower() + MISTAKES[n].title[1:] for n in found)}.",
        assumed,
        tuple(found),
        first_wrong="J",
        mend=mistake.right_code,
        why=f"{mistake.what} {mistake.mend}",
    )


def _fits_loss(mistake, loss):
    words = {"squared error", "binary cross-entropy", "categorical cross-entropy"} & set(mistake.needs)
    return (not words or loss.name in words) and not (
        "a logarithm in the loss" in mistake.needs and loss.name == "squared error"
    )


def _cost_of(mistake, known):
    with np.errstate(all="ignore"):
        return float(mistake.wrong(**{name: known[name] for name in inspect.signature(mistake.wrong).parameters}))


def diagnose_update(f, learning_rate=0.1):
    """Say whether a function makes the step θ - η dθ, or which mistake it makes.

    Parameters
    ----------
    f : callable
        ``f(theta, gradient, learning_rate)``; it returns the new parameter, or changes it in place.
    learning_rate : float

    Returns
    -------
    Diagnosis

    Examples
    --------
    >>> diagnose_update(lambda w, dw, lr: w + lr * dw).mistakes
    ('update_with_plus',)
    """
    theta, gradient = np.array([[0.4, -1.1, 0.7], [1.3, 0.2, -0.5]]), np.array([[0.3, 0.6, -0.8], [0.1, -0.9, 0.5]])
    own, given, eta = theta.copy(), gradient.copy(), learning_rate
    assumed = f"a step with the learning rate {eta:g}"
    try:
        after = f(own, given, eta)
    except Exception as error:  # whatever a learner's code raises is told
        return Diagnosis(False, f"It does not run: {type(error).__name__}: {error}.", assumed)
    after = np.asarray(own if after is None else after, float)
    if not np.array_equal(given, gradient):
        return Diagnosis(
            False, "Not right: it changes the gradient that it is given.", assumed, first_wrong="the gradient"
        )
    if _same(after, theta - eta * gradient):
        return Diagnosis(True, "Right: the step is minus the learning rate times the gradient.", assumed)
    tests = {
        "update_with_plus": [theta + eta * gradient],
        "W_replaced_by_step": [eta * gradient, -eta * gradient],
        "bias_never_trained": [theta],
    }
    found = tuple(name for name, values in tests.items() if any(_same(after, value) for value in values))
    ratio = ((theta - after) * gradient).sum() / (gradient**2).sum() / eta if after.shape == theta.shape else np.nan
    along = _same(theta - after, ratio * eta * gradient)
    words = f"{ratio:.6g} times the right one" if along else "no step along the gradient"
    verdict = (
        f"Not right: {MISTAKES[found[0]].title[0].lower() + MISTAKES[found[0]].title[1:]}."
        if found
        else f"Not right: the step is {words}."
    )
    return Diagnosis(
        False,
        verdict,
        assumed,
        found,
        first_wrong="the step",
        relation=words,
        mend="theta = theta - learning_rate * gradient",
        why=MISTAKES[found[0]].mend if found else "",
    )
