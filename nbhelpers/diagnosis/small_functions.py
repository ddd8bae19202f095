"""The little functions alone: a slope, a cost, an update."""

import inspect
import re

import numpy as np

from nbhelpers.checks import checked_learning_rate
from nbhelpers.diagnosis import calling, costs
from nbhelpers.diagnosis.learner import read_activation, read_loss
from nbhelpers.diagnosis.rounding import coarsest
from nbhelpers.diagnosis.verdict import Diagnosis, lowered
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
    _require_function(f)
    g = read_activation(activation)
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
        ("activation_for_slope", _same(of_z, A) or _same(of_a, A), "it is the activation, not its slope"),
        ("slope_twice", _same(of_z, slope**2) or _same(of_a, slope**2), "it is the square of the slope"),
        ("sigmoid_slope_for_all", _same(of_a, A * (1 - A)), "it is a(1 - a), the slope of a sigmoid"),
        ("relu_mask_always_true", name == "relu" and _same(of_a, np.ones_like(A)), "it is 1 for every a"),
    ]
    for mistake, found, words in tests:
        if found:
            return (mistake,), words
    if name == "tanh" and _same(of_a, (1 - A) ** 2):
        return (), "given a, it is (1 - a)², where a alone is to be squared: 1 - a²"
    for word, values in (("z", of_z), ("a", of_a)):
        with np.errstate(all="ignore"):
            ratio = values / slope
        share = 4 * _tolerance(values)
        if np.isfinite(ratio).all() and np.ptp(ratio) <= share * np.abs(ratio).max():
            times = ratio.flat[0]
            told = "the slope with the sign flipped" if abs(times + 1) <= share else f"{times:.6g} times the slope"
            return (), f"given {word}, it is {told}"
    return (
        (),
        f"at z = 0.3 it gives {of_z[0, 2]:.4g} for z and {of_a[0, 2]:.4g} for a, and the slope is {slope[0, 2]:.4g}",
    )


def _values(f, array):
    """Return what a function gives for an array, also where it takes a number at a time; or its error in words."""
    try:
        with calling.quiet():
            returned = f(array.copy())
        if returned is None:
            return "it returned None, expected an array"
        return np.broadcast_to(_floats(returned), array.shape)
    except Exception as first:  # whatever a learner's code raises is told
        try:
            with calling.quiet():
                return np.array([[float(f(float(x))) for x in row] for row in array])
        except Exception:
            return f"{type(first).__name__}: {first}"


def _require_function(f):
    if not callable(f):
        raise TypeError(f"f is {type(f).__name__}, expected a function")


def _floats(returned):
    """Return an array in the floats that a learner's code computed in: what rounding may do depends on them."""
    array = np.asarray(returned)
    return array if array.dtype.kind == "f" else np.asarray(returned, float)


def _tolerance(values):
    """Return which share of a number may be lost in a few operations, in the coarser of float64 and the values' own."""
    return max(1e-6, 8 * coarsest([values])[0])


def _near(values, expected):
    """Whether values are the expected ones, but for rounding in the floats that they were computed in."""
    return bool(np.all(np.abs(np.subtract(values, expected, dtype=float)) <= _tolerance(values) * np.abs(expected)))


def _same(one, other):
    return np.shape(one) == np.shape(other) and bool(
        np.abs(one - other).max() <= _tolerance(one) * max(np.abs(other).max(), 1e-12)
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
    _require_function(f)
    loss = read_loss(loss)
    assumed = f"{loss.name}, a {'row' if rows else 'column'} per example"
    called = _Called(f, rows)
    J = called.both(_Y)
    if isinstance(J, str) and loss.task == "classes" and not isinstance(in_numbers := called.both(_CLASSES), str):
        J, assumed = in_numbers, f"{assumed}, labels that are the numbers of the classes"
    if isinstance(J, str):
        return _other_order(called, loss, assumed) or Diagnosis(False, f"It does not run: {J}.", assumed)
    cost = _cost_that_is(J, loss)
    if cost is not None:
        return Diagnosis(True, f"Right: the cost is {cost.words}.", assumed, cost=str(cost))
    found = _mistakes_of_cost(J, loss)
    if not found:
        words = _cost_in_words(J, loss)
        verdict = f"Not right, and no mistake in the museum explains it: J is {words}."
        return Diagnosis(False, verdict, assumed, relation=words, first_wrong="J")
    mistake = MISTAKES[found[0]]
    return Diagnosis(
        False,
        f"Not right: {' or '.join(lowered(MISTAKES[n].title) for n in found)}.",
        assumed,
        found,
        first_wrong="J",
        mend=mistake.right_code,
        why=f"{mistake.what} {mistake.mend}",
    )


# three outputs and five examples, so that no two costs are the same; twice, so that none fits by chance
_PREDICTIONS = (
    np.array([[0.62, 0.11, 0.24, 0.47, 0.33], [0.17, 0.55, 0.36, 0.21, 0.6], [0.21, 0.34, 0.4, 0.32, 0.07]]),
    np.array([[0.2, 0.5, 0.3, 0.6, 0.1], [0.7, 0.1, 0.3, 0.3, 0.2], [0.1, 0.4, 0.4, 0.1, 0.7]]),
)
_CLASSES = np.array([0, 1, 2, 0, 2])
_Y = np.eye(3)[:, _CLASSES]
_OF_THE_FACTOR = ("cost_summed", "cost_averaged_over_outputs")


class _Called:
    """A cost of a learner's, called with predictions and labels in the lecture's form."""

    def __init__(self, f, rows):
        self.f, self.rows = calling.Positional(f), rows

    def both(self, labels, labels_first=False):
        """Return the costs of both predictions, or why there is none."""
        found = [self(labels, P) if labels_first else self(P, labels) for P in _PREDICTIONS]
        return next((J for J in found if isinstance(J, str)), None) or np.array(found)

    def __call__(self, first, second):
        """Return the one number, or why there is none."""
        given = [array.T.copy() if self.rows else array.copy() for array in (first, second)]
        outcome = calling.run(self.f, None, *given)
        if outcome.error:
            return outcome.error
        try:
            J = _floats(outcome.returned)
        except (TypeError, ValueError):
            return f"it returned {type(outcome.returned).__name__}, expected one number"
        if J.size != 1:
            return f"it returned an array of shape {J.shape}, expected one number: their sum or their mean"
        return J.reshape(())[()] if np.isfinite(J).all() else f"it returned {J.item()}, expected a finite number"


def _right_costs(loss):
    return np.array([loss(P, _Y) for P in _PREDICTIONS])


def _cost_that_is(J, loss):
    possible, right = costs.costs(repr(loss) == "squared_error", *_Y.shape), _right_costs(loss)
    return next((cost for cost in possible if _near(J, cost.factor(*_Y.shape) * right)), None)


def _other_order(called, loss, assumed):
    """Return the diagnosis of a cost that takes the labels first; None where that does not help."""
    J = called.both(_Y, labels_first=True)
    cost = None if isinstance(J, str) else _cost_that_is(J, loss)
    if cost is None:
        return None
    verdict = f"Right if it is given the labels first, f(Y, Y_hat): the cost is {cost.words}."
    return Diagnosis(True, verdict, assumed, cost=str(cost), experiment="Look at every call: which comes first?")


def _cost_in_words(J, loss):
    m, d = _Y.shape
    right = _right_costs(loss)
    times = J[0] / right[0]
    if not _near(J, times * right):
        return f"{J[0]:.6g} where the mean of the losses is {right[0]:.6g}, and no constant times it"
    turned = _cost_that_is(-J, loss)
    if turned is not None:
        return f"{turned.words}, but the sign is flipped"
    over_rows = " (d/m: it is divided by the outputs, not by the examples)" if _near(J, d / m * right) else ""
    return f"{times:.6g} times the mean of the losses{over_rows}"


def _mistakes_of_cost(J, loss):
    """Return the names of the mistakes that give these costs, in a sum or a mean."""
    m, d = _Y.shape
    return tuple(
        name
        for name, mistake in MISTAKES.items()
        if mistake.step == "cost"
        and _fits_loss(mistake, loss)
        and any(_near(J, k * _costs_with(mistake, loss)) for k in ((1,) if name in _OF_THE_FACTOR else (1, d, 1 / m)))
    )


def _fits_loss(mistake, loss):
    words = {"squared error", "binary cross-entropy", "categorical cross-entropy"} & set(mistake.needs)
    return (not words or loss.name in words) and not (
        "a logarithm in the loss" in mistake.needs and loss.name == "squared error"
    )


def _costs_with(mistake, loss):
    wanted = inspect.signature(mistake.wrong).parameters
    known = [{"Y_hat": P, "Y": _Y, "d": _Y.shape[1], "loss": loss} for P in _PREDICTIONS]
    with np.errstate(all="ignore"):
        return np.array([float(mistake.wrong(**{name: each[name] for name in wanted})) for each in known])


def diagnose_update(f, learning_rate=0.1):
    """Say whether a function makes the step θ - η dθ, or which mistake it makes.

    Parameters
    ----------
    f : callable
        ``f(theta, gradient, learning_rate)``; it returns the new parameter, or changes it in place.
    learning_rate : float
        More than 0.

    Returns
    -------
    Diagnosis

    Raises
    ------
    TypeError
        If f is no function.
    ValueError
        If the learning rate is not one finite number above 0.

    Examples
    --------
    >>> diagnose_update(lambda w, dw, lr: w + lr * dw).mistakes
    ('update_with_plus',)
    """
    _require_function(f)
    eta = checked_learning_rate(learning_rate)
    if eta == 0:
        raise ValueError("the learning rate is 0, expected more: a step of no length shows nothing")
    gradient = np.array([[0.3, 0.6, -0.8], [0.1, -0.9, 0.5]])
    theta = np.array([[0.4, -1.1, 0.7], [1.3, 0.2, -0.5]]) * min(1, 10 * eta)  # a small step is not lost in rounding
    own, given = theta.copy(), gradient.copy()
    assumed = f"a step with the learning rate {eta:g}"
    order = _order(f)
    try:
        with calling.quiet():
            returned = f(*({"theta": own, "gradient": given, "rate": eta}[role] for role in order))
        after = _floats(own if returned is None else returned)
    except Exception as error:  # whatever a learner's code raises is told
        return Diagnosis(False, f"It does not run: {type(error).__name__}: {error}.", assumed)
    facts = {"first_wrong": "the step", "mend": "theta = theta - learning_rate * gradient"}
    if not np.array_equal(given, gradient):
        verdict = "Not right: it changes the gradient that it is given."
        return Diagnosis(False, verdict, assumed, first_wrong="the gradient")
    if after.shape != theta.shape:
        verdict = f"Not right: it returns shape {after.shape}, where the parameter has shape {theta.shape}."
        return Diagnosis(False, verdict, assumed, **facts)
    if returned is None and np.array_equal(own, theta):
        return Diagnosis(False, "Not right: it returns nothing, and changes nothing in place.", assumed, **facts)
    keeps, moves = _parts_of_a_step(after, theta, gradient)
    if _same(after, theta - eta * gradient):
        return Diagnosis(True, "Right: the step is minus the learning rate times the gradient.", assumed)
    if "rate" not in order and keeps == 1 and moves > 0:
        return Diagnosis(True, f"Right: a step with the learning rate {moves:.6g}.", "its own learning rate")
    if abs(moves - eta) <= _tolerance(after) * eta and 0 < keeps < 1:
        verdict = f"Right for a cost with an L2 penalty: a step with weight decay, λ = {(1 - keeps) / eta:.6g}."
        return Diagnosis(True, verdict, assumed)
    return _wrong_step(after, theta, gradient, eta, keeps, moves, assumed, facts)


def _order(f):
    """Return in which order a function takes parameter, gradient and learning rate, by the names in its signature."""
    usual = ["theta", "gradient", "rate"]
    try:
        wanted = [p for p in inspect.signature(f).parameters.values() if p.kind in (0, 1)]
    except (TypeError, ValueError):
        return usual
    names = [p.name for p in wanted]
    if len(names) == 2 and calling.role(names[1]) != "rate":
        usual = usual[:2]
    if len(names) != len(usual):
        return usual
    rates = [name for name in names if calling.role(name) == "rate"]
    others = [name for name in names if name not in rates]
    gradients = [name for name in others if re.match(r"d|g|nabla", name.lower())]
    if len(rates) != len(usual) - 2 or len(gradients) != 1:
        return usual
    return ["rate" if name in rates else "gradient" if name in gradients else "theta" for name in names]


def _parts_of_a_step(after, theta, gradient):
    """Return (a, b) with which a step is a θ - b dθ; an a of 0 or 1 but for rounding is whole; nan if it is none."""
    columns = np.stack([theta.ravel(), -gradient.ravel()], axis=1)
    parts, *_ = np.linalg.lstsq(columns, after.ravel().astype(float), rcond=None)
    if not _same(after.ravel(), columns @ parts):
        return np.nan, np.nan
    keeps, moves = parts.tolist()
    whole = round(keeps)
    return whole if abs(keeps - whole) <= 2 * _tolerance(after) else keeps, moves


def _wrong_step(after, theta, gradient, eta, keeps, moves, assumed, facts):
    tests = {
        "update_with_plus": [theta + eta * gradient],
        "W_replaced_by_step": [eta * gradient, -eta * gradient],
        "bias_never_trained": [theta],
    }
    found = tuple(name for name, values in tests.items() if any(_same(after, value) for value in values))
    ratio = moves / eta
    if keeps == 1:
        missing = ": the learning rate is left out" if abs(moves - 1) <= _tolerance(after) and eta != 1 else ""
        words = f"{ratio:.6g} times the right one{missing}"
    elif keeps == 0:
        words = f"the gradient times {-moves:.6g}, and nothing of θ is kept"
    elif np.isfinite(keeps):
        words = f"wrong: it keeps {keeps:.6g} times θ, and subtracts {moves:.6g} times the gradient"
    else:
        words = "not along the gradient"
    named = MISTAKES[found[0]].title if found else ""
    verdict = f"Not right: {lowered(named)}." if found else f"Not right: the step is {words}."
    why = MISTAKES[found[0]].mend if found else ""
    return Diagnosis(False, verdict, assumed, found, relation=words, why=why, **facts)
