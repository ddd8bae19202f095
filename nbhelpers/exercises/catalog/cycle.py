"""Questions about the cycle of learning: its two halves, updates, learning rates, optimizers (T05, T07)."""

import numpy as np

from nbhelpers.exercises.drawn_questions import Drawn, Figured, Figuring, Reading
from nbhelpers.exercises.pass_questions import number
from nbhelpers.exercises.sampling import shuffled

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
    right = str(rng.choice(_HALVES[half]))
    others = [str(name) for name in rng.choice(_HALVES[_OTHER[half]], 3, replace=False)]
    text = f"One of these is computed in the {half} pass of a 2-2-1 network, the other three are not. Which one?"
    return Drawn(text, right, _WHY[half], options=shuffled(rng, [right, *others]))


# --- updates --------------------------------------------------------------------------------------------------------


def updates_in_training(rng):
    """How many updates some epochs with mini-batches make; the last mini-batch is a smaller one."""
    rng = np.random.default_rng(2) if rng is None else rng
    size, full, epochs = int(rng.choice([8, 16, 32, 50])), int(rng.integers(3, 12)), int(rng.integers(2, 10))
    d = size * full + int(rng.integers(1, size))
    text = (
        f"There are {d} examples. They are cut into mini-batches of {size}, and an update is made for each of them, "
        f"the last and smaller one as well. How many updates are made in {epochs} epochs?"
    )
    reason = f"{d}/{size} is between {full} and {full + 1}, so {full + 1} mini-batches in each of {epochs} epochs."
    wrong = {"last_batch_left_out": full * epochs, "one_update_per_epoch": epochs}
    return Drawn(text, (full + 1) * epochs, reason, wrong)


def descent_by_hand(rng):
    """Some steps down a parabola, whose slope is known without a network."""
    a, w, eta, k = rng.choice([1, 2, 3]), rng.integers(2, 9), rng.choice([0.1, 0.2]), int(rng.integers(2, 4))
    factor = 1 - eta * a
    text = (
        rf"The cost of a single weight is $J = \frac{{{a}}}{{2}} w^2$, so that its slope is ${a}\,w$. Gradient descent "
        rf"begins at $w = {w}$ with $\eta = {number(eta)}$. What is $w$ after {k} steps?"
    )
    told = number(factor)
    reason = rf"Each step multiplies $w$ by $1 - {number(eta)} \cdot {a} = {told}$: ${w} \cdot {told}^{k}$."
    wrong = {"forward_not_repeated": w * (1 - k * eta * a), "update_with_plus": w * (1 + eta * a) ** k}
    return Figured(text, w * factor**k, reason, wrong)


def longest_learning_rate(rng):
    """The learning rate at which steps down a parabola begin to grow."""
    a = int(rng.choice([2, 4, 5, 8, 10, 20, 25, 40, 50]))
    text = (
        rf"The cost of a single weight is $J = \frac{{{a}}}{{2}} w^2$, so that its slope is ${a}\,w$. From which "
        "learning rate on does a step of gradient descent lead no nearer to the lowest point?"
    )
    reason = (
        rf"A step multiplies $w$ by $1 - {a}\eta$. That is $-1$ for $\eta = 2/{a}$: just as far, on the other side."
    )
    return Figured(text, 2 / a, reason, {"one_step_to_the_bottom": 1 / a})


def decayed_learning_rate(rng):
    """A learning rate that falls in steps."""
    eta, every = rng.choice([0.2, 0.4, 0.8, 1.6]), int(rng.choice([5, 10, 20]))
    blocks = int(rng.integers(2, 5))
    epoch = every * blocks + int(rng.integers(1, every))
    text = (
        f"The learning rate begins with {number(eta)} and is halved after every {every} epochs. What is it in epoch "
        f"{epoch}? The first epoch has the number 0."
    )
    reason = f"{epoch}/{every}, rounded down, is {blocks}: it was halved {blocks} times."
    return Figured(text, eta / 2**blocks, reason, {"decay_in_every_epoch": eta / 2 ** min(epoch, 60)})


# --- optimizers -----------------------------------------------------------------------------------------------------


def momentum_step(rng):
    """The second step of momentum."""
    beta, eta = rng.choice([0.5, 0.8, 0.9]), rng.choice([0.1, 0.2, 0.5])
    first, second = (int(g) for g in rng.choice([-4, -3, -2, -1, 1, 2, 3, 4], 2, replace=False))
    text = (
        rf"Momentum: $v \leftarrow \beta v + g$, then $\theta \leftarrow \theta - \eta v$, with $\beta = "
        rf"{number(beta)}$, $\eta = {number(eta)}$ and $v = 0$ at first. The first gradient is ${first}$, the second "
        rf"is ${second}$. What is "
        r"taken from $\theta$ in the second step?"
    )
    v = rf"{number(beta)} \cdot ({first}) + ({second})"
    reason = rf"The first leaves $v = {first}$. Then $v = {v}$, times $\eta = {number(eta)}$."
    wrong = {
        "velocity_forgotten": eta * second,
        "gradients_accumulated": eta * (first + second),
        "velocity_as_a_mean": eta * (1 - beta) * (beta * first + second),
    }
    return Figured(text, eta * (beta * first + second), reason, wrong)


def adam_first_step(rng):
    """The first step of Adam for three gradients of very different size."""
    eta = rng.choice([0.01, 0.02, 0.05])
    theta = rng.integers(-9, 10, (3, 1)) / 10
    g = rng.choice([-1, 1], (3, 1)) * rng.integers(2, 9, (3, 1)) * rng.permutation([[10.0], [1.0], [0.01]])
    text = (
        rf"These are three parameters and their gradients. Adam makes its first step with $\eta = {number(eta)}$, "
        r"$\beta_1 = 0.9$, $\beta_2 = 0.999$ and a tiny $\epsilon$. What are the parameters then?"
    )
    reason = (
        r"In the first step $\hat m = g$ and $\hat s = g^2$, so that $\hat m/\sqrt{\hat s}$ is the sign of $g$. Each "
        rf"parameter moves by ${number(eta)}$, against its sign."
    )
    step = eta * np.sign(g)
    wrong = {
        "plain_step": theta - eta * g,
        "update_with_plus": theta + step,
        "means_not_corrected": theta - step * 0.1 / np.sqrt(0.001),
    }
    return Figured(text, theta - step, reason, wrong, {r"\theta": theta, "g": g}, ("theta", "g"), theta)


QUESTIONS = (
    Reading(
        "halves_of_backpropagation",
        "The two halves of backpropagation",
        ("T05",),
        (
            "Forward, from the inputs to the cost; backward, from the cost to the parameters.",
            "A name that begins with d is a derivative of the cost. Where do derivatives begin?",
        ),
        halves_of_backpropagation,
    ),
    Reading(
        "updates_in_training",
        "How many updates?",
        ("T07",),
        ("One update for each mini-batch.", "How many mini-batches has an epoch? Round up, then multiply."),
        updates_in_training,
    ),
    Figuring(
        "descent_by_hand",
        "A few steps down a parabola",
        ("T07", "F21"),
        (
            "Each step begins where the last one ended, with the slope of that place.",
            r"A step: $w \leftarrow w - \eta \cdot$ slope. By which factor does it multiply $w$?",
        ),
        descent_by_hand,
    ),
    Figuring(
        "longest_learning_rate",
        "How long may a step be?",
        ("T07",),
        (
            "By which factor does a step multiply $w$?",
            "The factor may be negative. It brings $w$ nearer to 0 while it is larger than $-1$.",
        ),
        longest_learning_rate,
    ),
    Figuring(
        "decayed_learning_rate",
        "A learning rate that falls in steps",
        ("T07",),
        ("How many times was it halved?", "Divide the number of the epoch by the length of a block, and round down."),
        decayed_learning_rate,
    ),
    Figuring(
        "momentum_step",
        "The second step of momentum",
        ("T07", "F21"),
        ("What is $v$ after the first step?", r"Then $v \leftarrow \beta v + g$ again, and the step is $\eta v$."),
        momentum_step,
    ),
    Figuring(
        "adam_first_step",
        "The first step of Adam",
        ("T07", "F21"),
        (
            r"After the corrections by $1 - \beta_1^t$ and $1 - \beta_2^t$ the two means are $g$ and $g^2$ themselves.",
            r"What is $g/\sqrt{g^2}$? Its size does not depend on the size of $g$.",
        ),
        adam_first_step,
    ),
)
