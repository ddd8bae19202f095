"""Questions about what holds for new examples: simple first, penalty, dropout, validation (T08 to T10)."""

import numpy as np

from nbhelpers.exercises.drawn_questions import Choice, Drawn, Figures, Option
from nbhelpers.exercises.pass_questions import number
from nbhelpers.exercises.sampling import shuffled
from nbhelpers.exercises.steps import step


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
    last = len(costs) - 1
    steps = (
        step("first", "", lambda: 0, counted_from_one=lambda: 1),
        step(
            "waited",
            "",
            lambda: patience,
            one_epoch_too_patient=lambda: patience + 1,
            one_epoch_too_impatient=lambda: patience - 1,
            no_patience=lambda: 0,
        ),
        step(
            "kept",
            "",
            lambda: best,
            epoch_before_the_best=lambda: best - 1,
            epoch_after_the_best=lambda: best + 1,
            first_epoch_kept=lambda: 0,
        ),
        step(
            "both",
            "first waited kept",
            lambda first, waited, kept: np.array([best + waited, kept]) + first,
            last_parameters_kept=lambda first, waited, kept: np.array([best + waited, best + waited]) + first,
            swapped=lambda first, waited, kept: np.array([kept, best + waited]) + first,
            trained_to_the_end=lambda first, waited, kept: np.array([last, kept]) + first,
        ),
    )
    return Figures(text, steps, {}, reason, exact=True)


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
    reason = "It has the lowest cost on examples that it did not learn from. More units only memorize the noise."
    choices = (
        Option(options[0], "The simplest is not always best: another one has a lower validation cost."),
        Option(options[1]),
        Option(
            options[2],
            "It is best on the examples that it has memorized. Compare the validation costs.",
            slip="chosen_by_training_cost",
        ),
    )
    return Choice(text, options[1], reason, shuffled(rng, choices))


_CURVES = {
    "it underfits: more units, or train longer": (
        (70, 68, 67, 67),
        (72, 70, 69, 69),
        "Both costs stay high, and close together: even the training examples are not learned.",
        ("underfitting", "it underfits"),
        "Then both costs would stay high.",
    ),
    "it overfits: more examples, a penalty, or stop earlier": (
        (70, 40, 20, 9),
        (72, 50, 55, 80),
        "The training cost still falls while the validation cost rises.",
        ("overfitting", "it overfits"),
        "Then the training cost would fall while the validation cost rises.",
    ),
    "the learning rate is too large": (
        (70, 95, 150, 290),
        (72, 97, 155, 300),
        "The training cost itself rises: the steps are too long.",
        ("learning rate too large", "diverges"),
        "Then the training cost itself would rise.",
    ),
    "all is well": (
        (70, 45, 30, 24),
        (72, 47, 33, 27),
        "Both fall, and stay close together.",
        ("fine", "good"),
        "Then both costs would fall, and stay close together.",
    ),
}


def read_the_curves(rng):
    """The costs at four epochs, with a little noise, and what is to be done."""
    rng = np.random.default_rng(5) if rng is None else rng
    right = str(rng.choice(list(_CURVES)))
    training, validation, reason, _, _ = _CURVES[right]
    told = [", ".join(f"{(cost + rng.integers(0, 4)) / 100:.2f}" for cost in row) for row in (training, validation)]
    epochs = int(rng.choice([10, 20, 50, 100]))
    text = (
        f"The costs were recorded every {epochs} epochs. On the training examples: {told[0]}. On the validation "
        f"examples: {told[1]}. What do they tell you?"
    )
    options = [Option(name, f"{would} {reason}", also) for name, (_, _, _, also, would) in _CURVES.items()]
    return Choice(text, right, reason, shuffled(rng, options))


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
    reason = f"The largest entries are in rows {', '.join(str(row + 1) for row in best)}."
    steps = (
        step(
            "right",
            "",
            lambda: right,
            lowest_for_highest=lambda: int((shares.argmin(axis=0) == labels).sum()),
            classes_from_zero=lambda: int((best == labels + 1).sum()),
            one_too_few=lambda: right - 1,
            one_too_many=lambda: right + 1,
            above_one_half_only=lambda: int(((best == labels) & (shares.max(0) > 0.5)).sum()),
        ),
        step("count", "right", lambda n: n, wrong_ones_counted=lambda n: 6 - n, share_for_count=lambda n: n / 6),
    )
    return Figures(text, steps, {}, reason, exact=True)


def better_or_luck(rng):
    """Ten runs with different seeds, and three of another network: better, or only luckier."""
    rng = np.random.default_rng(8) if rng is None else rng
    middle, spread = int(rng.integers(400, 440)), int(rng.integers(2, 6))
    runs = np.sort(middle + np.round(rng.normal(0, spread, 10)).astype(int))
    kind = int(rng.integers(3))
    others = {
        0: runs[[4, 6, 8]] + rng.integers(0, 2, 3),
        1: runs[-1] + rng.integers(2, 7, 3),
        2: runs[0] - rng.integers(2, 7, 3),
    }[kind]
    text = (
        f"Ten runs of a network, with different seeds, read {', '.join(map(str, runs))} of "
        "449 validation digits right. "
        f"Three runs of another network read {', '.join(map(str, others))}. Is the other one better?"
    )
    words = ("the runs do not tell", "yes, it is better", "no, it is worse")
    why = (
        "Its three runs lie among the ten: other seeds alone make as much difference.",
        "Each of its three runs is above all ten.",
        "Each of its three runs is below all ten.",
    )
    also = (("luck", "cannot tell", "it may be luck"), ("yes", "better"), ("no", "worse"))
    options = [Option(word, why[kind], words_too) for word, words_too in zip(words, also, strict=True)]
    return Choice(text, words[kind], why[kind], shuffled(rng, options))


# --- penalty --------------------------------------------------------------------------------------------------------

_LAMBDAS = (0.1, 0.2, 0.3, 0.5)


def penalty_gradient(rng):
    """The gradient of the data cost and of the penalty together."""
    if rng is None:
        return None
    W, dW, l2 = _tenths(rng, (2, 3)), _tenths(rng, (2, 3), 50) / 10, rng.choice(_LAMBDAS)
    text = (
        rf"Training minimizes $J + \frac{{\lambda}}{{2}} \sum w^2$, with $\lambda = {number(l2)}$ (`l2`). You are "
        r"given the gradient of the data cost $J$ alone. Compute the gradient of the sum, for this $W$."
    )
    reason = rf"The slope of $\frac{{\lambda}}{{2}} w^2$ is $\lambda w$: add ${number(l2)} \cdot W$."
    steps = (
        step(
            "decay",
            "W",
            lambda W: W,
            weights_squared=lambda W: W**2,
            sign_of_the_weights=np.sign,
            weights_left_out=np.ones_like,
        ),
        step(
            "slope",
            "decay",
            lambda D: l2 * D,
            penalty_without_half=lambda D: 2 * l2 * D,
            half_kept=lambda D: l2 / 2 * D,
            lambda_forgotten=lambda D: D,
        ),
        step(
            "sum",
            "dW slope",
            lambda dW, S: dW + S,
            penalty_left_out=lambda dW, S: dW,
            penalty_turned_round=lambda dW, S: dW - S,
            penalty_alone=lambda dW, S: S,
            sign_turned=lambda dW, S: -dW - S,
        ),
    )
    given = {"W": W, r"\frac{\partial J}{\partial W}": dW}
    return Figures(text, steps, {"W": W, "dW": dW}, reason, given, ("W", "dW"))


def penalty_value(rng):
    """The penalty of a layer."""
    if rng is None:
        return None
    W, b, l2 = _tenths(rng, (2, 3)), _tenths(rng, (2, 1)), rng.choice(_LAMBDAS)
    text = (
        rf"What is the penalty $\frac{{\lambda}}{{2}} \sum w^2$ of this layer, with $\lambda = {number(l2)}$ (`l2`)? "
        "It is on the weights alone."
    )
    reason = rf"The squares of the weights add up to {number((W**2).sum())}; half of that, times {number(l2)}."
    steps = (
        step(
            "sum",
            "W b",
            lambda W, b: (W**2).sum(),
            biases_punished=lambda W, b: (W**2).sum() + (b**2).sum(),
            square_forgotten=lambda W, b: W.sum(),
            absolute_for_square=lambda W, b: np.abs(W).sum(),
            mean_for_sum=lambda W, b: (W**2).mean(),
            squared_after_the_sum=lambda W, b: W.sum() ** 2,
            biases_for_weights=lambda W, b: (b**2).sum(),
        ),
        step(
            "half",
            "sum",
            lambda s: s / 2,
            penalty_without_half=lambda s: s,
            root_taken=lambda s: np.sqrt(np.abs(s)) / 2,
        ),
        step("penalty", "half", lambda s: l2 * s, lambda_forgotten=lambda s: s, lambda_squared=lambda s: l2**2 * s),
    )
    return Figures(text, steps, {"W": W, "b": b}, reason, {"W": W, "b": b}, ("W", "b"))


# --- dropout --------------------------------------------------------------------------------------------------------


def _mask(rng, units=4):
    kept = int(rng.integers(2, units))
    return rng.permutation(np.arange(units) < kept).astype(float).reshape(-1, 1)


_SHARES = (0.1, 0.2, 0.25, 0.4, 0.6)


def _scaled(p):
    """The factor of what stays on, with the slips in it."""
    return step(
        "factor",
        "",
        lambda: 1 / (1 - p),
        not_divided=lambda: 1.0,
        divided_by_p=lambda: 1 / p,
        multiplied_by_the_share=lambda: 1 - p,
        multiplied_by_p=lambda: p,
    )


def dropout_activations(rng):
    """What dropout makes of the activations in a step of training."""
    if rng is None:
        return None
    A, mask, p = rng.integers(1, 13, (4, 1)) / 10, _mask(rng), rng.choice(_SHARES)
    text = (
        rf"In a step of training each hidden unit is switched off with the probability $p = {number(p)}$, and those "
        "that stay on are scaled so that nothing changes on average. $M$ says which stay on. What is passed on to the "
        "next layer?"
    )
    reason = rf"$A \odot M$, divided by the share that stays on, $1 - {number(p)} = {number(1 - p)}$."
    steps = (
        step(
            "masked",
            "A M",
            lambda A, M: A * M,
            mask_turned_round=lambda A, M: A * (1 - M),
            mask_forgotten_forward=lambda A, M: A,
            mask_added=lambda A, M: A + M,
        ),
        _scaled(p),
        step("passed", "masked factor", lambda A, f: A * f),
    )
    return Figures(text, steps, {"A": A, "M": mask}, reason, {"A": A, "M": mask}, ("A", "M"))


def dropout_gradient(rng):
    """What comes back through dropout."""
    if rng is None:
        return None
    dA, mask, p = _tenths(rng, (4, 1)), _mask(rng), rng.choice(_SHARES)
    text = (
        rf"On the way forward the activations were multiplied by the mask $M$ and divided by $1 - p$, with $p = "
        rf"{number(p)}$. "
        r"This is $\partial J/\partial \tilde A$, for what was passed on. Compute $\partial J/\partial A$, for the "
        "activations before dropout."
    )
    reason = rf"The same factors as on the way forward: times $M$, divided by $1 - {number(p)} = {number(1 - p)}$."
    factor = _scaled(p)
    factor = step(
        "factor",
        "",
        factor.right,
        dropout_scaled_forward_only=factor.wrong["not_divided"],
        **{name: f for name, f in factor.wrong.items() if name != "not_divided"},
    )
    steps = (
        step(
            "masked",
            "dA M",
            lambda dA, M: dA * M,
            mask_forgotten=lambda dA, M: dA,
            mask_turned_round=lambda dA, M: dA * (1 - M),
        ),
        factor,
        step("back", "masked factor", lambda dA, f: dA * f + 0.0, sign_turned=lambda dA, f: -dA * f),
    )
    given = {r"\frac{\partial J}{\partial \tilde A}": dA, "M": mask}
    return Figures(text, steps, {"dA": dA, "M": mask}, reason, given, ("dA", "M"))


def dropout_expectation(rng):
    """What arrives on average when units are switched off, and nothing is scaled."""
    if rng is None:
        return None
    w, a, b, p = _tenths(rng, (1, 3)), rng.integers(1, 13, (3, 1)) / 10, _tenths(rng, (1, 1)), rng.choice(_SHARES)
    text = (
        rf"Each of these three units is switched off with the probability $p = {number(p)}$, and nothing is scaled. "
        "What is $z = w a + b$ on average over many draws?"
    )
    product = (w @ a).item()
    reason = rf"$w a = {number(product)}$, of which the share $1 - {number(p)}$ arrives; the bias always does."
    steps = (
        step(
            "share",
            "",
            lambda: 1 - p,
            nothing_dropped=lambda: 1.0,
            p_for_its_complement=lambda: p,
            share_divided=lambda: 1 / (1 - p),
            share_squared=lambda: (1 - p) ** 2,
        ),
        step(
            "z",
            "w a b share",
            lambda w, a, b, s: (s * (w @ a) + b).item(),
            bias_dropped_too=lambda w, a, b, s: (s * (w @ a + b)).item(),
            bias_left_out=lambda w, a, b, s: (s * (w @ a)).item(),
            bias_subtracted=lambda w, a, b, s: (s * (w @ a) - b).item(),
            mean_for_sum=lambda w, a, b, s: (s * (w @ a) / 3 + b).item(),
            weights_left_out=lambda w, a, b, s: (s * a.sum() + b).item(),
        ),
    )
    return Figures(text, steps, {"w": w, "a": a, "b": b}, reason, {"w": w, "a": a, "b": b}, ("w", "a", "b"))


QUESTIONS = (
    Drawn(
        "choose_by_validation",
        "Which network?",
        ("T08", "T10"),
        ("Which examples tell how it will do on new ones?", "Compare the costs on the validation examples."),
        choose_by_validation,
    ),
    Drawn(
        "read_the_curves",
        "Read the two costs",
        ("T09", "T10"),
        ("Does the training cost fall? Does the validation cost follow it?", "Where do the two part, and which way?"),
        read_the_curves,
    ),
    Drawn(
        "early_stopping_epoch",
        "When does it stop?",
        ("T10",),
        ("Find the lowest validation cost.", "Count the epochs after it. What is kept is not where it stops."),
        early_stopping_epoch,
    ),
    Drawn(
        "number_right",
        "How many are right?",
        ("T10", "T14"),
        (
            "Look at one column after the other.",
            "In which row is its largest number? Is that the class?",
            "`(Y_hat.argmax(axis=0) + 1 == classes).sum()`",
        ),
        number_right,
    ),
    Drawn(
        "better_or_luck",
        "Better, or luckier?",
        ("T10",),
        (
            "How far do the ten runs lie apart, though only the seed differs?",
            "Do the three lie among the ten, or outside?",
        ),
        better_or_luck,
    ),
    Drawn(
        "penalty_value",
        "The penalty on the weights",
        ("T09",),
        ("Square every weight, and add up.", "Mind the ½, and leave the biases out.", "`l2 / 2 * (W**2).sum()`"),
        penalty_value,
    ),
    Drawn(
        "penalty_gradient",
        "The gradient with the penalty",
        ("T09",),
        (
            "The slope of a sum is the sum of the slopes.",
            r"What is the slope of $\frac{\lambda}{2} w^2$?",
            "`dW + l2 * W`",
        ),
        penalty_gradient,
    ),
    Drawn(
        "dropout_activations",
        "Dropout, forward",
        ("T09",),
        (
            "First switch off, then scale.",
            "If the share 1 - p stays on, by what must it be divided to keep the mean?",
            "`A * M / (1 - p)`",
        ),
        dropout_activations,
    ),
    Drawn(
        "dropout_gradient",
        "Dropout, backward",
        ("T09",),
        (
            "What does a change of one activation do to what is passed on?",
            "It is multiplied by a constant. So its gradient is multiplied by the same.",
            "`dA * M / (1 - p)`",
        ),
        dropout_gradient,
    ),
    Drawn(
        "dropout_expectation",
        "Dropout on average",
        ("T09",),
        (
            "Each activation arrives with the probability 1 - p.",
            "The mean of a sum is the sum of the means.",
            "`(1 - p) * w @ a + b`",
        ),
        dropout_expectation,
    ),
)
