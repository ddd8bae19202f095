"""Questions for reading: which shape, which activation for this task, what happens to J."""

import numpy as np

from nbhelpers.exercises.drawn_questions import Drawn, Reading
from nbhelpers.exercises.random_networks import lecture, plan
from nbhelpers.exercises.sampling import shuffled


def _choose(rng, *options):
    return options[0] if rng is None else options[rng.integers(len(options))]


def _shuffled(rng, options):
    return tuple(options) if rng is None else shuffled(rng, options)


# --- shapes and counts ----------------------------------------------------------------------------------------------


def _sizes(rng, count, *lecture_sizes):
    """Different sizes from 2 to 9, so that rows and columns cannot be mixed up without being seen."""
    return list(lecture_sizes) if rng is None else [int(n) for n in rng.choice(np.arange(2, 10), count, replace=False)]


def _shape_of_inputs(rng):
    n, d = _sizes(rng, 2, 2, 1)
    examples = f"{d} example{'s' * (d > 1)}"
    text = f"There are {n} features and {examples}. Which shape does $X$ have? Answer with (rows, columns)."
    return Drawn(text, (n, d), "A row per feature, a column per example.", {"examples_in_rows": (d, n)})


def _shape_of_weights(rng):
    before, h = _sizes(rng, 2, 2, 1)
    text = (
        f"A layer has {h} unit{'s' * (h > 1)}, the layer before it has {before}. Which shape does its $W$ have? "
        "Answer with (rows, columns)."
    )
    return Drawn(text, (h, before), "A row per unit, a column per input.", {"dW_turned_over": (before, h)})


def _shape_of_sums(rng):
    n, h, m, d = _sizes(rng, 4, 2, 2, 1, 1)
    l = int(_choose(rng, 1, 2))
    rows = (h, m)[l - 1]
    text = f"A {n}-{h}-{m} network looks at d = {d}. Which shape does $Z^{{({l})}}$ have? Answer with (rows, columns)."
    return Drawn(text, (rows, d), "A row per unit of the layer, a column per example.", {"examples_in_rows": (d, rows)})


def _shape_of_gradient(rng):
    n, h, m, d = _sizes(rng, 4, 3, 2, 1, 1)
    l = int(_choose(rng, 1, 2))
    shape = ((h, n), (m, h))[l - 1]
    text = (
        f"A {n}-{h}-{m} network looks at d = {d}. Which shape does $\\partial J/\\partial W^{{({l})}}$ have? "
        "Answer with (rows, columns)."
    )
    return Drawn(
        text, shape, "The shape of the weights themselves; d has gone into the sum.", {"dW_turned_over": shape[::-1]}
    )


def _number_of_parameters(rng):
    n, h, m = _sizes(rng, 3, 2, 2, 1)
    weights = h * n + m * h
    text = f"How many numbers can a {n}-{h}-{m} network learn?"
    reason = f"Weights {h}·{n} + {m}·{h}, and {h} + {m} biases."
    return Drawn(text, weights + h + m, reason, {"bias_left_out": weights})


# --- choices --------------------------------------------------------------------------------------------------------

_OUTPUTS = ("one sigmoid unit", "a softmax over several units", "a linear unit")
_TASKS = (
    ("Is this e-mail spam, yes or no?", 0, "Two classes, one probability: one sigmoid."),
    ("Which of the ten digits is on this picture?", 1, "Exactly one of several classes: softmax."),
    ("What will the temperature be tomorrow at noon?", 2, "Any number can come out: linear."),
    ("Which of three species is this flower?", 1, "Exactly one of several classes: softmax."),
    ("Will this customer come back, yes or no?", 0, "Two classes, one probability: one sigmoid."),
    ("What will this house be sold for?", 2, "Any number can come out: linear."),
)


def _output_for_task(rng):
    question, right, reason = _choose(rng, *_TASKS)
    text = f"“{question}” Which output layer fits this task?"
    return Drawn(text, _OUTPUTS[right], reason, options=_shuffled(rng, _OUTPUTS))


_PLAN = plan(2, 3, 1, f="sigmoid sigmoid")


def _gradient_of_a_weight(rng):
    """A weight of the output layer: its name in LaTeX, and the slope of the cost."""
    setting = lecture() if rng is None else _PLAN.draw(rng)
    network = setting.network
    dW = network.backward(network.forward(setting.X), setting.Y).dW[2][0]
    i = 0 if rng is None else int(rng.integers(dW.size))
    return rf"w^{{(2)}}_{{1,{i + 1}}}", float(dW[i])


def _what_happens_to_the_cost(rng):
    weight, slope = _gradient_of_a_weight(rng)
    change = _choose(rng, "raised", "lowered")
    right = "J rises a little" if (slope > 0) == (change == "raised") else "J falls a little"
    text = rf"$\partial J/\partial {weight} = {slope:.3g}$. The weight is {change} a little. What happens to J?"
    reason = "The slope says how J changes when the weight rises; when it falls, the other way round."
    return Drawn(
        text, right, reason, options=_shuffled(rng, ("J rises a little", "J falls a little", "J stays as it is"))
    )


def _which_way_does_it_move(rng):
    weight, slope = _gradient_of_a_weight(rng)
    options = ("it becomes larger", "it becomes smaller", "it stays as it is")
    right, wrong = options[slope > 0], options[slope <= 0]
    text = rf"$\partial J/\partial {weight} = {slope:.3g}$. What does one step of gradient descent do to the weight?"
    reason = "Against the slope: w - η dJ/dw."
    return Drawn(text, right, reason, {"update_with_plus": wrong}, _shuffled(rng, options))


_PLACES = {
    "in dJ/dZ of the output layer": "",
    "in dJ/dW of every layer": "one_over_d_in_dW_too",
    "in dJ/db of every layer": "bias_averaged",
    "in the learning rate": "learning_rate_divided_by_d",
}


def _where_is_one_over_d(rng):
    d = int(_choose(rng, 5, 8, 10, 20, 32, 100))
    options = list(_PLACES)
    text = f"J is the mean over d = {d} examples. In which line of the backward pass does 1/d stand, once and for all?"
    reason = "Everything after it is made from dJ/dZ of the output layer and has the factor in it already."
    wrong = {mistake: place for place, mistake in _PLACES.items() if mistake}
    return Drawn(text, options[0], reason, wrong, _shuffled(rng, options))


_ROWS_AND_COLUMNS = "In the lecture's convention every column is an example."

QUESTIONS = (
    Reading(
        "shape_of_inputs",
        "The shape of X",
        ("F01",),
        (_ROWS_AND_COLUMNS, "As many rows as features."),
        _shape_of_inputs,
    ),
    Reading(
        "shape_of_weights",
        "The shape of W",
        ("F02", "F05"),
        ("W multiplies what comes in, from the left.", "As many columns as inputs, as many rows as units."),
        _shape_of_weights,
    ),
    Reading(
        "shape_of_sums",
        "The shape of Z",
        ("F02", "F05", "F06"),
        (_ROWS_AND_COLUMNS, "Each unit of the layer has a sum of its own for each example."),
        _shape_of_sums,
    ),
    Reading(
        "shape_of_gradient",
        "The shape of a gradient",
        ("F19",),
        ("There is one derivative for each weight.", "So it has the shape of W. How many units, how many inputs?"),
        _shape_of_gradient,
    ),
    Reading(
        "number_of_parameters",
        "How much can be learned?",
        ("F02", "F05"),
        ("Weights and biases.", "A layer has units × inputs weights, and a bias per unit. Add up the two layers."),
        _number_of_parameters,
    ),
    Reading(
        "output_for_task",
        "Which output layer?",
        ("F06", "F07", "F10", "F11"),
        (
            "What is to come out: yes or no, one of several, or any number?",
            "Sigmoid, softmax, linear: in this order.",
        ),
        _output_for_task,
    ),
    Reading(
        "what_happens_to_the_cost",
        "What a slope says",
        ("F15", "F21"),
        (
            "The slope tells how J changes when the weight rises by a little.",
            "Sign of the slope times sign of the change.",
        ),
        _what_happens_to_the_cost,
    ),
    Reading(
        "which_way_does_it_move",
        "Which way does a weight move?",
        ("F21",),
        ("The cost is to fall.", "The step is minus the learning rate times the slope. Minus times minus is plus."),
        _which_way_does_it_move,
    ),
    Reading(
        "where_is_one_over_d",
        "Where does 1/d go?",
        ("F14", "F16", "F19", "F20"),
        ("It comes from the mean in J.", "The backward pass begins where J is. What follows inherits it."),
        _where_is_one_over_d,
    ),
)
