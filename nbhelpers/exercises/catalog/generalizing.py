"""Questions about what holds for new examples: simple first, penalty, dropout, validation (T08 to T10)."""

import numpy as np

from nbhelpers.exercises.drawn_questions import Drawn, Figured, Figuring, Reading
from nbhelpers.exercises.pass_questions import number
from nbhelpers.exercises.sampling import shuffled


def _tenths(rng, shape, most=12):
    return rng.integers(1, most + 1, shape) * rng.choice([-1, 1], shape) / 10


# --- validation -----------------------------------------------------------------------------------------------------


def early_stopping_epoch(rng):
    """A validation cost that falls and then rises; where training stops, and which epoch is kept."""
    rng = np.random.default_rng(3) if rng is None else rng
    best, patience = int(rng.integers(2, 6)), int(rng.integers(2, 4))
    falling = np.cumsum(rng.integers(3, 12, best))[::-1] + 30
    rising = 30 + np.cumsum(rng.integers(1, 5, patience + 2))
    costs = [*falling, 30, *rising]
    told = ", ".join(f"{cost / 100:.2f}" for cost in costs)
    text = (
        f"The validation costs of the epochs 0, 1, 2, … are {told}. Training is to stop early, with a patience of "
        f"{patience}: as soon as {patience} epochs in a row have brought no better validation cost. After which epoch "
        "does it stop, and the parameters of which epoch are kept? Answer with (stopped after, kept)."
    )
    reason = f"The lowest is that of epoch {best}, and the {patience} epochs after it are no better."
    stop = best + patience
    return Drawn(text, (stop, best), reason, {"last_parameters_kept": (stop, stop)})


def choose_by_validation(rng):
    """Three networks with their costs on both sets of examples."""
    rng = np.random.default_rng(4) if rng is None else rng
    units = sorted(int(h) for h in rng.choice([1, 2, 4, 8, 16, 64, 128], 3, replace=False))
    training = np.sort(rng.choice(np.arange(5, 60), 3, replace=False))[::-1]
    validation = training[1] + np.array([20, 4, 28]) + rng.integers(0, 6, 3)
    validation[0] = max(validation[0], training[0] + 2)
    options = [f"{h} hidden unit{'s' * (h > 1)}" for h in units]
    told = "".join(
        f"\n- {option}: {t / 100:.2f} on the training examples, {v / 100:.2f} on the validation examples"
        for option, t, v in zip(options, training, validation, strict=True)
    )
    text = f"Three networks were trained, from simple to complex. Their costs are:\n{told}\n\nWhich of them do you use?"
    reason = "It has the lowest cost on examples that it did not learn from. More units only learn the noise by heart."
    return Drawn(text, options[1], reason, {"chosen_by_training_cost": options[2]}, shuffled(rng, options))


_CURVES = {
    "it learns too little: more units, or longer": (
        (70, 68, 67, 67),
        (72, 70, 69, 69),
        "Both costs stay high, and close together: even the training examples are not learned.",
    ),
    "it overfits: more examples, a penalty, or stop earlier": (
        (70, 40, 20, 9),
        (72, 50, 55, 80),
        "The training cost still falls while the validation cost rises.",
    ),
    "the learning rate is too large": (
        (70, 95, 150, 290),
        (72, 97, 155, 300),
        "The training cost itself rises: the steps are too long.",
    ),
    "all is well": (
        (70, 45, 30, 24),
        (72, 47, 33, 27),
        "Both fall, and stay close together.",
    ),
}


def read_the_curves(rng):
    """The costs at four epochs, with a little noise, and what is to be done."""
    rng = np.random.default_rng(5) if rng is None else rng
    right = str(rng.choice(list(_CURVES)))
    training, validation, reason = _CURVES[right]
    told = [", ".join(f"{(cost + rng.integers(0, 2)) / 100:.2f}" for cost in row) for row in (training, validation)]
    epochs = int(rng.choice([10, 20, 50, 100]))
    text = (
        f"A cost was written down after every {epochs} epochs. On the training examples: {told[0]}. On the validation "
        f"examples: {told[1]}. What do you say?"
    )
    return Drawn(text, right, reason, options=shuffled(rng, list(_CURVES)))


_PROBABILITIES = ((0.7, 0.2, 0.1), (0.5, 0.3, 0.2), (0.45, 0.35, 0.2), (0.85, 0.1, 0.05), (0.4, 0.35, 0.25))


def number_right(rng):
    """Predictions of three classes for some examples, and how many of them are right."""
    rng = np.random.default_rng(6) if rng is None else rng
    shares = np.array([rng.permutation(_PROBABILITIES[i]) for i in rng.integers(len(_PROBABILITIES), size=6)]).T
    best, right = shares.argmax(axis=0), int(rng.integers(2, 6))
    is_right = rng.permutation(np.arange(6) < right)
    labels = (best + np.where(is_right, 0, rng.integers(1, 3, 6))) % 3
    rows = " \\\\ ".join(" & ".join(f"{share:.2f}" for share in row) for row in shares)
    told = ", ".join(str(label + 1) for label in labels)
    text = (
        rf"$$\hat Y = \begin{{bmatrix}}{rows}\end{{bmatrix}}$$" + "\n\n"
        f"A column per example, a row per class. The classes of the six examples are {told}. For how many of them is "
        "the class with the highest probability the right one?"
    )
    reason = f"The highest entries stand in the rows {', '.join(str(row + 1) for row in best)}."
    return Drawn(text, right, reason)


# --- penalty --------------------------------------------------------------------------------------------------------


def penalty_gradient(rng):
    """The gradient of the data cost and of the penalty together."""
    W, dW, l2 = _tenths(rng, (2, 3)), _tenths(rng, (2, 3), 50) / 10, rng.choice([0.1, 0.2, 0.5])
    text = (
        rf"What descends is $J + \frac{{\lambda}}{{2}} \sum w^2$, with $\lambda = {number(l2)}$ (`l2`). This is the "
        r"gradient of the data cost $J$ alone. Compute the gradient of both together, for this $W$."
    )
    reason = rf"The slope of $\frac{{\lambda}}{{2}} w^2$ is $\lambda w$: add ${number(l2)} \cdot W$."
    wrong = {"penalty_left_out": dW, "penalty_without_half": dW + 2 * l2 * W, "penalty_turned_round": dW - l2 * W}
    given = {"W": W, r"\frac{\partial J}{\partial W}": dW}
    return Figured(text, dW + l2 * W, reason, wrong, given, ("W", "dW"))


def penalty_value(rng):
    """The penalty of a layer."""
    W, b, l2 = _tenths(rng, (2, 3)), _tenths(rng, (2, 1)), rng.choice([0.1, 0.2, 0.5])
    text = (
        rf"What is the penalty $\frac{{\lambda}}{{2}} \sum w^2$ of this layer, with $\lambda = {number(l2)}$ (`l2`)? "
        "It is on the weights alone."
    )
    squares = (W**2).sum()
    reason = rf"The squares of the weights add up to {number(squares)}; half of that, times {number(l2)}."
    wrong = {"penalty_without_half": l2 * squares, "biases_punished": l2 / 2 * (squares + (b**2).sum())}
    return Figured(text, l2 / 2 * squares, reason, wrong, {"W": W, "b": b}, ("W", "b"))


# --- dropout --------------------------------------------------------------------------------------------------------


def _mask(rng, units=4):
    kept = int(rng.integers(1, units))
    return rng.permutation(np.arange(units) < kept).astype(float).reshape(-1, 1)


_SHARES = (0.1, 0.2, 0.25, 0.4, 0.6)


def dropout_activations(rng):
    """What dropout makes of the activations in a step of training."""
    A, mask, p = rng.integers(1, 13, (4, 1)) / 10, _mask(rng), rng.choice(_SHARES)
    text = (
        rf"In a step of training each hidden unit is switched off with the probability $p = {number(p)}$, and those "
        "that stay on are scaled so that nothing changes on average. $M$ says which stay on. What is passed on to the "
        "next layer?"
    )
    reason = rf"$A \odot M$, divided by the share that stays on, $1 - {number(p)} = {number(1 - p)}$."
    wrong = {"not_divided": A * mask, "divided_by_p": A * mask / p}
    return Figured(text, A * mask / (1 - p), reason, wrong, {"A": A, "M": mask}, ("A", "M"))


def dropout_gradient(rng):
    """What comes back through dropout."""
    dA, mask, p = _tenths(rng, (4, 1)), _mask(rng), rng.choice(_SHARES)
    text = (
        rf"On the way forward the activations were multiplied by the mask $M$ and divided by $1 - p$, with $p = "
        rf"{number(p)}$. "
        r"This is $\partial J/\partial \tilde A$, for what was passed on. Compute $\partial J/\partial A$, for the "
        "activations before dropout."
    )
    reason = rf"The same factors as on the way forward: times $M$, divided by $1 - {number(p)} = {number(1 - p)}$."
    wrong = {"dropout_scaled_forward_only": dA * mask, "mask_forgotten": dA / (1 - p)}
    given = {r"\frac{\partial J}{\partial \tilde A}": dA, "M": mask}
    return Figured(text, dA * mask / (1 - p) + 0.0, reason, wrong, given, ("dA", "M"))


def dropout_expectation(rng):
    """What arrives on average when units are switched off, and nothing is scaled."""
    w, a, b, p = _tenths(rng, (1, 3)), rng.integers(1, 13, (3, 1)) / 10, _tenths(rng, (1, 1)), rng.choice(_SHARES)
    text = (
        rf"Each of these three units is switched off with the probability $p = {number(p)}$, and nothing is scaled. "
        "What is $z = w a + b$ on average over many draws?"
    )
    product = (w @ a).item()
    reason = rf"$w a = {number(product)}$, of which the share $1 - {number(p)}$ arrives; the bias always does."
    wrong = {"nothing_dropped": product + b.item(), "bias_dropped_too": (1 - p) * (product + b.item())}
    return Figured(text, (1 - p) * product + b.item(), reason, wrong, {"w": w, "a": a, "b": b}, ("w", "a", "b"))


QUESTIONS = (
    Reading(
        "choose_by_validation",
        "Which network?",
        ("T08", "T10"),
        ("Which examples tell how it will do on new ones?", "Compare the costs on the validation examples."),
        choose_by_validation,
    ),
    Reading(
        "read_the_curves",
        "Read the two costs",
        ("T09", "T10"),
        ("Does the training cost fall? Does the validation cost follow it?", "Where do the two part, and which way?"),
        read_the_curves,
    ),
    Reading(
        "early_stopping_epoch",
        "When does it stop?",
        ("T10",),
        ("Find the lowest validation cost.", "Count the epochs after it. What is kept is not where it stops."),
        early_stopping_epoch,
    ),
    Reading(
        "number_right",
        "How many are right?",
        ("T10", "T14"),
        ("Look at one column after the other.", "In which row is its largest number? Is that the class?"),
        number_right,
    ),
    Figuring(
        "penalty_value",
        "The penalty on the weights",
        ("T09",),
        ("Square every weight, and add up.", "Mind the ½, and leave the biases out."),
        penalty_value,
    ),
    Figuring(
        "penalty_gradient",
        "The gradient with the penalty",
        ("T09",),
        ("The slope of a sum is the sum of the slopes.", r"What is the slope of $\frac{\lambda}{2} w^2$?"),
        penalty_gradient,
    ),
    Figuring(
        "dropout_activations",
        "Dropout, forward",
        ("T09",),
        ("First switch off, then scale.", "If the share 1 - p stays on, by what must it be divided to keep the mean?"),
        dropout_activations,
    ),
    Figuring(
        "dropout_gradient",
        "Dropout, backward",
        ("T09",),
        (
            "What does a change of one activation do to what is passed on?",
            "It is multiplied by a constant. So its gradient is multiplied by the same.",
        ),
        dropout_gradient,
    ),
    Figuring(
        "dropout_expectation",
        "Dropout on average",
        ("T09",),
        ("Each activation arrives with the probability 1 - p.", "The mean of a sum is the sum of the means."),
        dropout_expectation,
    ),
)
