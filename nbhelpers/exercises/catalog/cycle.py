"""Questions about the cycle of learning: its two halves, updates, learning rates, optimizers (T05, T07)."""

import numpy as np

from nbhelpers.exercises.drawn_questions import Choice, Drawn, Figures, Option
from nbhelpers.exercises.pass_questions import number
from nbhelpers.exercises.sampling import shuffled
from nbhelpers.exercises.steps import step

# --- the two halves of backpropagation ------------------------------------------------------------------------------

_HALVES = {
    "forward": ("Z1, the weighted sums of layer 1", "A1, the activations of layer 1", "Y_hat, the predictions"),
    "backward": (
        "dZ2, how J changes with the sums of layer 2",
        "dW1, how J changes with the weights of layer 1",
        "db2, how J changes with the biases of layer 2",
        "dZ1, how J changes with the sums of layer 1",
    ),
}
_OTHER = {"forward": "backward", "backward": "forward"}
_WHY = {
    "forward": "It is made from X, W and b alone, before there is a cost.",
    "backward": "It is a derivative of the cost, which is known only after the forward pass.",
}


def halves_of_backpropagation(rng):
    """One quantity of a half among three of the other."""
    rng = np.random.default_rng(1) if rng is None else rng
    half = str(rng.choice(["forward", "backward"]))
    other = _OTHER[half]
    right = str(rng.choice(_HALVES[half]))
    others = [str(name) for name in rng.choice(_HALVES[other], 3, replace=False)]
    text = f"One of these is computed in the {half} pass of a 2-2-1 network, the other three are not. Which one?"
    options = [Option(right, also=(right.partition(",")[0],))]
    options += [
        Option(name, f"That belongs to the {other} pass. {_WHY[other]}", (name.partition(",")[0],)) for name in others
    ]
    return Choice(text, right, _WHY[half], shuffled(rng, options))


# --- updates --------------------------------------------------------------------------------------------------------


def updates_in_training(rng):
    """How many updates some epochs with mini-batches make; the last mini-batch is a smaller one."""
    rng = np.random.default_rng(2) if rng is None else rng
    size, full, epochs = int(rng.choice([8, 16, 32, 50])), int(rng.integers(3, 12)), int(rng.integers(2, 10))
    d = size * full + int(rng.integers(1, size))
    text = (
        f"There are {d} examples. They are cut into mini-batches of {size}, and each mini-batch makes an update, the "
        f"smaller last one too. How many updates are made in {epochs} epochs?"
    )
    reason = f"{d}/{size} is between {full} and {full + 1}, so {full + 1} mini-batches in each of {epochs} epochs."
    steps = (
        step(
            "batches",
            "",
            lambda: full + 1,
            last_batch_left_out=lambda: full,
            batches_not_rounded_up=lambda: d / size,
            one_update_per_epoch=lambda: 1,
            one_update_per_example=lambda: d,
            one_too_many=lambda: full + 2,
        ),
        step(
            "epochs",
            "",
            lambda: epochs,
            one_epoch_only=lambda: 1,
            one_epoch_too_few=lambda: epochs - 1,
            one_epoch_too_many=lambda: epochs + 1,
        ),
        step(
            "updates",
            "batches epochs",
            lambda batches, epochs: batches * epochs,
            all_epochs_at_once=lambda batches, epochs: -(-d * epochs // size),
            added_for_multiplied=lambda batches, epochs: batches + epochs,
        ),
    )
    return Figures(text, steps, {}, reason, exact=True)


def descent_by_hand(rng):
    """Some steps down a parabola, whose slope is known without a network."""
    if rng is None:
        return None
    a, w, eta, k = (
        rng.choice([1, 2, 3, 4]),
        int(rng.integers(2, 30)),
        rng.choice([0.05, 0.1, 0.15, 0.2]),
        int(rng.integers(2, 4)),
    )
    text = (
        rf"The cost of a single weight is $J = \frac{{{a}}}{{2}} w^2$, so that its slope is ${a}\,w$. Gradient descent "
        rf"begins at $w = {w}$ with $\eta = {number(eta)}$. What is $w$ after {k} steps?"
    )
    told = number(1 - eta * a)
    reason = rf"Each step multiplies $w$ by $1 - {number(eta)} \cdot {a} = {told}$: ${w} \cdot {told}^{k}$."
    steps = (
        step(
            "slope",
            "",
            lambda: a,
            factor_of_the_slope_forgotten=lambda: 1.0,
            half_kept=lambda: a / 2,
            two_from_the_square=lambda: 2 * a,
        ),
        step("eta", "", lambda: eta, learning_rate_forgotten=lambda: 1.0),
        step("count", "", lambda: k, one_step_too_few=lambda: k - 1, one_step_too_many=lambda: k + 1),
        step(
            "w",
            "slope eta count",
            lambda a, eta, k: w * (1 - eta * a) ** k,
            forward_not_repeated=lambda a, eta, k: w * (1 - k * eta * a),
            update_with_plus=lambda a, eta, k: w * (1 + eta * a) ** k,
            steps_without_w=lambda a, eta, k: w - k * eta * a,
            step_for_parameter=lambda a, eta, k: w * (eta * a) ** k,
        ),
    )
    return Figures(text, steps, {}, reason)


def longest_learning_rate(rng):
    """The learning rate at which steps down a parabola begin to grow."""
    if rng is None:
        return None
    a, w = int(rng.integers(3, 60)), int(rng.integers(2, 10))
    text = (
        rf"The cost of a single weight is $J = \frac{{{a}}}{{2}} w^2$, so that its slope is "
        rf"${a}\,w$. Descent begins at "
        rf"$w = {w}$. What is the smallest learning rate with which a step gets no nearer to the lowest point?"
    )
    reason = (
        rf"A step multiplies $w$ by $1 - {a}\eta$. That is $-1$ for $\eta = 2/{a}$: just as far, on the other side. "
        "Where it begins does not matter."
    )
    steps = (
        step("limit", "", lambda: 2.0, one_step_to_the_bottom=lambda: 1.0, squares_counted_twice=lambda: 4.0),
        step(
            "eta",
            "limit",
            lambda limit: limit / a,
            turned_upside_down=lambda limit: a / limit,
            slope_left_out=lambda limit: limit,
            divided_by_the_weight=lambda limit: limit / (a * w),
            slope_at_the_start=lambda limit: limit * w / a,
            half_kept=lambda limit: 2 * limit / a,
        ),
    )
    return Figures(text, steps, {}, reason)


def decayed_learning_rate(rng):
    """A learning rate that falls in steps."""
    if rng is None:
        return None
    eta, every = rng.choice([0.2, 0.4, 0.6, 0.8, 1.2, 1.6]), int(rng.choice([5, 8, 10, 20]))
    blocks = int(rng.integers(2, 5))
    epoch = every * blocks + int(rng.integers(1, every))
    text = (
        f"The learning rate starts at {number(eta)} and is halved after every {every} epochs. What is it in epoch "
        f"{epoch}? The first epoch is number 0."
    )
    reason = f"{epoch}/{every}, rounded down, is {blocks}: it was halved {blocks} times."
    steps = (
        step(
            "halvings",
            "",
            lambda: blocks,
            one_halving_too_many=lambda: blocks + 1,
            one_halving_too_few=lambda: blocks - 1,
            not_rounded_down=lambda: epoch / every,
            decay_in_every_epoch=lambda: min(epoch, 60),
            halved_once=lambda: 1,
        ),
        step(
            "eta",
            "halvings",
            lambda k: eta / 2**k,
            divided_by_the_count=lambda k: eta / (2 * k) if k > 1 else eta,
            halves_subtracted=lambda k: eta * max(0.0, 1 - k / 2),
            doubled_for_halved=lambda k: eta * 2**k,
            start_forgotten=lambda k: 1 / 2**k,
        ),
    )
    return Figures(text, steps, {}, reason)


# --- optimizers -----------------------------------------------------------------------------------------------------


def momentum_step(rng):
    """The second step of momentum."""
    if rng is None:
        return None
    beta, eta = rng.choice([0.5, 0.6, 0.7, 0.8, 0.9]), rng.choice([0.1, 0.2, 0.3, 0.5])
    first, second = (int(g) for g in rng.choice([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5], 2, replace=False))
    text = (
        rf"Momentum: $v \leftarrow \beta v + g$, then $\theta \leftarrow \theta - \eta v$, with $\beta = "
        rf"{number(beta)}$, $\eta = {number(eta)}$ and $v = 0$ at first. The first gradient is ${first}$, the second "
        rf"is ${second}$. What is "
        r"subtracted from $\theta$ in the second step?"
    )
    v = rf"{number(beta)} \cdot ({first}) + ({second})"
    reason = rf"The first leaves $v = {first}$. Then $v = {v}$, times $\eta = {number(eta)}$."
    steps = (
        step(
            "v",
            "",
            lambda: beta * first + second,
            velocity_forgotten=lambda: second,
            gradients_accumulated=lambda: first + second,
            decay_of_the_new_gradient=lambda: first + beta * second,
            velocity_as_a_mean=lambda: beta * (1 - beta) * first + (1 - beta) * second,
            new_gradient_as_a_mean=lambda: beta * first + (1 - beta) * second,
            new_gradient_forgotten=lambda: beta * first,
            both_gradients_decayed=lambda: beta * (first + second),
            gradients_exchanged=lambda: beta * second + first,
            one_decay_too_many=lambda: beta**2 * first + second,
            both_steps_added=lambda: first + beta * first + second,
        ),
        step(
            "eta_used", "", lambda: eta, learning_rate_forgotten=lambda: 1.0, divided_by_learning_rate=lambda: 1 / eta
        ),
        step("move", "v eta_used", lambda v, eta: eta * v, sign_turned=lambda v, eta: -eta * v),
    )
    return Figures(text, steps, {}, reason)


def adam_first_step(rng):
    """The first step of Adam for three gradients of very different size."""
    if rng is None:
        return None
    eta = rng.choice([0.01, 0.02, 0.03, 0.05])
    theta = rng.choice([-1, 1], (3, 1)) * rng.integers(1, 10, (3, 1)) / 10
    g = rng.choice([-1, 1], (3, 1)) * rng.integers(2, 9, (3, 1)) * rng.permutation([[10.0], [1.0], [0.01]])
    text = (
        rf"These are three parameters and their gradients. Adam makes its first step with $\eta = {number(eta)}$, "
        r"$\beta_1 = 0.9$, $\beta_2 = 0.999$ and a tiny $\epsilon$. What are the parameters then?"
    )
    reason = (
        r"In the first step $\hat m = g$ and $\hat s = g^2$, so that $\hat m/\sqrt{\hat s}$ is the sign of $g$. Each "
        rf"parameter moves by ${number(eta)}$, against its sign."
    )
    steps = (
        step(
            "ratio",
            "g",
            np.sign,
            plain_step=lambda g: g,
            means_not_corrected=lambda g: np.sign(g) * 0.1 / np.sqrt(0.001),
            first_mean_not_corrected=lambda g: np.sign(g) * 0.1,
            second_mean_not_corrected=lambda g: np.sign(g) / np.sqrt(0.001),
            sign_forgotten=np.ones_like,
            root_forgotten=lambda g: 1 / g,
        ),
        step("rate", "", lambda: eta, learning_rate_forgotten=lambda: 1.0),
        step(
            "new",
            "theta ratio rate",
            lambda t, r, e: t - e * r,
            update_with_plus=lambda t, r, e: t + e * r,
            step_for_parameter=lambda t, r, e: e * r,
            minus_step_for_parameter=lambda t, r, e: -e * r,
        ),
    )
    given = {r"\theta": theta, "g": g}
    return Figures(text, steps, {"theta": theta, "g": g}, reason, given, ("theta", "g"), theta)


QUESTIONS = (
    Drawn(
        "halves_of_backpropagation",
        "The two halves of backpropagation",
        ("T05",),
        (
            "Forward, from the inputs to the cost; backward, from the cost to the parameters.",
            "A name that begins with d is a derivative of the cost. Where do derivatives begin?",
        ),
        halves_of_backpropagation,
    ),
    Drawn(
        "updates_in_training",
        "How many updates?",
        ("T07",),
        (
            "One update for each mini-batch.",
            "How many mini-batches are there in an epoch? Round up, then multiply.",
            "`epochs * math.ceil(d / size)`",
        ),
        updates_in_training,
    ),
    Drawn(
        "descent_by_hand",
        "A few steps down a parabola",
        ("T07", "F21"),
        (
            "Each step begins where the last one ended, with the slope at that point.",
            r"A step: $w \leftarrow w - \eta \cdot$ slope. By what factor does it multiply $w$?",
            "`for _ in range(k): w = w - eta * a * w`",
        ),
        descent_by_hand,
    ),
    Drawn(
        "longest_learning_rate",
        "How long may a step be?",
        ("T07",),
        (
            "By what factor does a step multiply $w$?",
            "The factor may be negative. It brings $w$ nearer to 0 while it is larger than $-1$.",
            "Solve $1 - a \\eta = -1$: `eta = 2 / a`",
        ),
        longest_learning_rate,
    ),
    Drawn(
        "decayed_learning_rate",
        "A learning rate that falls in steps",
        ("T07",),
        (
            "How many times was it halved?",
            "Divide the number of the epoch by the length of a block, and round down.",
            "`eta / 2 ** (epoch // every)`",
        ),
        decayed_learning_rate,
    ),
    Drawn(
        "momentum_step",
        "The second step of momentum",
        ("T07", "F21"),
        (
            "What is $v$ after the first step?",
            r"Then $v \leftarrow \beta v + g$ again, and the step is $\eta v$.",
            "`eta * (beta * g1 + g2)`",
        ),
        momentum_step,
    ),
    Drawn(
        "adam_first_step",
        "The first step of Adam",
        ("T07", "F21"),
        (
            r"After the corrections by $1 - \beta_1^t$ and $1 - \beta_2^t$ the two means are $g$ and $g^2$ themselves.",
            r"What is $g/\sqrt{g^2}$? Its size does not depend on the size of $g$.",
            "`theta - eta * np.sign(g)`",
        ),
        adam_first_step,
    ),
)
