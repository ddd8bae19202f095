"""Questions for reading: which shape, how many, which activation for this task, what happens to J."""

import numpy as np

from nbhelpers.exercises.drawn_questions import Choice, Drawn, Figures, Option
from nbhelpers.exercises.random_networks import lecture, plan
from nbhelpers.exercises.sampling import shuffled
from nbhelpers.exercises.steps import step


def _choose(rng, *options):
    return options[0] if rng is None else options[rng.integers(len(options))]


def _shuffled(rng, options):
    return tuple(options) if rng is None else shuffled(rng, options)


# --- shapes ---------------------------------------------------------------------------------------------------------


def _sizes(rng, count, *lecture_sizes):
    """Different sizes from 2 to 12, so that rows and columns cannot be mixed up without being seen."""
    return list(lecture_sizes) if rng is None else [int(n) for n in rng.choice(np.arange(2, 13), count, replace=False)]


def _shape(text, reason, rows, columns, turned, wrong_rows, wrong_columns):
    """A question for (rows, columns); the wrong ones by the names of slips, `turned` for the two swapped."""
    sides = ((rows, wrong_rows), (columns, wrong_columns))
    steps = [
        step(name, "", lambda right=right: right, **{slip: lambda n=n: n for slip, n in wrong.items() if n != right})
        for name, (right, wrong) in zip(("rows", "columns"), sides, strict=True)
    ]
    shape = step(
        "shape",
        "rows columns",
        lambda r, c: np.array([r, c]),
        **{turned: lambda r, c: np.array([c, r])},
        only_the_product=lambda r, c: np.array(r * c),
    )
    return Figures(f"{text} Answer with (rows, columns).", (*steps, shape), {}, reason, exact=True)


def _shape_of_inputs(rng):
    n, d = _sizes(rng, 2, 2, 1)
    text = f"There are {_many(n, 'feature')} and {_many(d, 'example')}. What shape is $X$?"
    wrong = {"one_too_many": n + 1}, {"one_too_many": d + 1, "one_column_only": 1}
    return _shape(text, "A row per feature, a column per example.", n, d, "examples_as_rows", *wrong)


def _shape_of_weights(rng):
    before, h, d = _sizes(rng, 3, 2, 1, 5)
    text = (
        f"A layer has {_many(h, 'unit')}, the layer before it has {before}, and {d} examples go through. What shape is "
        "its $W$?"
    )
    wrong = {"inputs_for_units": before}, {"units_for_inputs": h, "examples_for_inputs": d, "bias_column": before + 1}
    return _shape(text, "A row per unit, a column per input.", h, before, "rows_and_columns_of_W", *wrong)


def _shape_of_bias(rng):
    n, h, m, d = _sizes(rng, 4, 2, 2, 1, 3)
    l = int(_choose(rng, 2, 1))
    units, inputs = ((h, n), (m, h))[l - 1]
    text = f"What shape is $b^{{({l})}}$ in a {n}-{h}-{m} network, whatever the number of examples, here {d}?"
    wrong = {"another_layer": inputs}, {"examples_counted_in": d, "bias_like_W": inputs}
    return _shape(
        text, "A row per unit, and one column, which is added to every example.", units, 1, "bias_as_a_row", *wrong
    )


def _shape_of_sums(rng):
    n, h, m, d = _sizes(rng, 4, 2, 3, 1, 4)
    l = int(_choose(rng, 1, 2))
    rows, before = ((h, n), (m, h))[l - 1]
    text = f"A {n}-{h}-{m} network is given {d} examples. What shape is $Z^{{({l})}}$?"
    wrong = {"another_layer": before}, {"shape_of_the_weights": before, "one_column_only": 1}
    return _shape(text, "A row per unit of the layer, a column per example.", rows, d, "examples_as_rows", *wrong)


def _shape_of_gradient(rng):
    n, h, m, d = _sizes(rng, 4, 3, 2, 1, 4)
    l = int(_choose(rng, 1, 2))
    units, inputs = ((h, n), (m, h))[l - 1]
    text = f"A {n}-{h}-{m} network is given {d} examples. What shape is $\\partial J/\\partial W^{{({l})}}$?"
    wrong = {"inputs_for_units": inputs}, {"shape_of_the_error": d, "one_column_only": 1}
    return _shape(
        text,
        "The shape of the weights themselves; d has gone into the sum.",
        units,
        inputs,
        "rows_and_columns_of_dW",
        *wrong,
    )


def _plan_a_network(rng):
    inputs, first, second, classes = (6, 5, 3, 4) if rng is None else _sizes(rng, 4)
    things, marks = _choose(rng, ("wine", "measurements"), ("flower", "lengths"), ("star", "colors"), ("song", "tones"))
    text = (
        f"A network is to tell {classes} kinds of {things} apart by {inputs} {marks}, with "
        f"two hidden layers of {first} "
        f"and {second} units. Write down its sizes, from the inputs to the outputs, for example `[2, 2, 1]`."
    )
    steps = (
        step("inputs", "", lambda: [inputs], inputs_not_a_layer=lambda: [], one_too_many=lambda: [inputs + 1]),
        step(
            "hidden",
            "",
            lambda: [first, second],
            hidden_layers_exchanged=lambda: [second, first],
            hidden_layers_forgotten=lambda: [],
            hidden_layers_added_up=lambda: [first + second],
        ),
        step(
            "outputs",
            "",
            lambda: [classes],
            one_output_for_all_classes=lambda: [1],
            output_layer_forgotten=lambda: [],
            one_class_left_out=lambda: [classes - 1],
        ),
        step(
            "sizes",
            "inputs hidden outputs",
            lambda a, b, c: np.array(a + b + c),
            outputs_first=lambda a, b, c: np.array(c + b[::-1] + a),
            classes_and_features=lambda a, b, c: np.array(c + b + a),
        ),
    )
    return Figures(
        text, steps, {}, "Features first, then the units of every layer, and one output per class.", exact=True
    )


def _number_of_parameters(rng):
    n, h, m = _sizes(rng, 3, 2, 2, 1)
    steps = (
        step(
            "weights",
            "",
            lambda: h * n + m * h,
            layers_added=lambda: h + n + m + h,
            one_layer_only=lambda: h * n,
            last_layer_only=lambda: m * h,
            all_sizes_multiplied=lambda: n * h * m,
            product_of_ends=lambda: n * m,
        ),
        step(
            "biases",
            "",
            lambda: h + m,
            biases_not_counted=lambda: 0,
            inputs_with_biases=lambda: n + h + m,
            one_bias_per_layer=lambda: 2,
            hidden_biases_only=lambda: h,
            output_biases_only=lambda: m,
        ),
        step("count", "weights biases", lambda w, b: w + b, weights_not_counted=lambda w, b: b),
    )
    reason = f"Weights {h}·{n} + {m}·{h}, and {h} + {m} biases."
    return Figures(f"How many numbers can a {n}-{h}-{m} network learn?", steps, {}, reason, exact=True)


def _many(number, word):
    return f"{number} {word}{'s' * (number != 1)}"


# --- choices --------------------------------------------------------------------------------------------------------

_OUTPUTS = (
    ("one sigmoid unit", ("sigmoid", "logistic", "a single sigmoid", "one unit with sigmoid")),
    ("a softmax over several units", ("softmax", "softmax units")),
    ("a linear unit", ("linear", "identity", "no activation")),
)
_WHY_NOT = {
    (0, 1): "Softmax shares out 1 among several classes; for yes or no a single probability is enough, one sigmoid.",
    (0, 2): "A linear unit gives any number, also 7 or −3. A yes or no needs a probability between 0 and 1.",
    (1, 0): "One sigmoid gives one probability. Here several classes have to share the probability 1 between them.",
    (1, 2): "A linear unit gives one number, as if the classes stood in an order. Each class needs its probability.",
    (2, 0): "A sigmoid never leaves the range from 0 to 1. This answer may be any number.",
    (2, 1): "Softmax gives the probabilities of classes. This answer is an amount, not a class.",
}
_REASONS = (
    "Two classes, one probability: one sigmoid.",
    "Exactly one of several classes: softmax.",
    "Any number can come out: linear.",
)
_TASKS = (
    ("Is this e-mail spam, yes or no?", 0),
    ("Which of the ten digits is in this picture?", 1),
    ("What will the temperature be tomorrow at noon?", 2),
    ("Which of three species is this flower?", 1),
    ("Will this customer come back, yes or no?", 0),
    ("What will this house be sold for?", 2),
    ("Is there a crack in this part, yes or no?", 0),
    ("Which of five languages is this text in?", 1),
    ("How far will this battery drive the car?", 2),
    ("Does this X-ray show a fracture, yes or no?", 0),
    ("Which of four instruments is playing?", 1),
    ("By how much will this share rise or fall today?", 2),
    ("Will it rain tomorrow, yes or no?", 0),
    ("Which of seven pieces stands on this square of the board?", 1),
    ("How many degrees does the needle deviate, to the left or to the right?", 2),
)


def _output_for_task(rng):
    question, right = _choose(rng, *_TASKS)
    options = [Option(text, _WHY_NOT.get((right, k), ""), also) for k, (text, also) in enumerate(_OUTPUTS)]
    text = f"“{question}” Which output layer fits this task?"
    return Choice(text, _OUTPUTS[right][0], _REASONS[right], _shuffled(rng, options))


_CHANGES = (
    ("more examples at once", "", ("more examples", "several examples")),
    ("the lengths in centimeters", "Its weights expect meters: every length would count a hundred times as much.", ()),
    (
        "the prices first, then the lengths",
        "Each weight belongs to one row of X. Swapped rows meet the wrong weights.",
        (),
    ),
    ("a third feature", "W has a column per feature. There is no weight for a third one.", ("another feature",)),
)
_MORE_CHANGES = (
    ("a batch of another size", "", ()),
    ("a single example", "", ()),
    ("the examples in another order", "", ()),
    ("only the lengths", "W has a column for the prices too, and the product needs it.", ()),
    ("the prices in euros", "A row of X would mean something else than in training.", ()),
    ("the lengths divided by their mean", "Its weights expect meters. Scale in training too, or not at all.", ()),
)


def _what_a_network_takes(rng):
    right, *others = _CHANGES
    if rng is not None:
        right = _choose(rng, _CHANGES[0], *_MORE_CHANGES[:3])
        others = shuffled(rng, (*_CHANGES[1:], *_MORE_CHANGES[3:]))[:3]
    text = (
        "A network has been trained with lengths in meters and prices in dollars. Which of "
        "these can it be given without "
        "training it again?"
    )
    reason = "The columns of X are the examples, and any number of them goes through the same weights."
    return Choice(text, right[0], reason, _shuffled(rng, [Option(*option) for option in (right, *others)]))


_PLAN = plan(2, 3, 1, f="sigmoid sigmoid")


def _gradient_of_a_weight(rng):
    """A weight of the output layer: its name in LaTeX, and the derivative of the cost."""
    setting = lecture() if rng is None else _PLAN.draw(rng)
    network = setting.network
    dW = network.backward(network.forward(setting.X), setting.Y).dW[2][0]
    i = 0 if rng is None else int(rng.integers(dW.size))
    return rf"w^{{(2)}}_{{1,{i + 1}}}", float(dW[i])


_RISES = ("J rises a little", ("rises", "it rises", "up", "increases", "J increases", "larger"))
_FALLS = ("J falls a little", ("falls", "it falls", "down", "decreases", "J decreases", "smaller"))
_STAYS = ("J stays as it is", ("nothing", "stays", "no change", "the same"))


def _what_happens_to_the_cost(rng):
    weight, slope = _gradient_of_a_weight(rng)
    change = _choose(rng, "raised", "lowered")
    right, other = (_RISES, _FALLS) if (slope > 0) == (change == "raised") else (_FALLS, _RISES)
    text = rf"$\partial J/\partial {weight} = {slope:.3g}$. The weight is {change} a little. What happens to J?"
    sign = "positive" if slope > 0 else "negative"
    options = (
        Option(*_ordered(right, "")),
        Option(*_ordered(other, f"The derivative is {sign}, and the weight is {change}. Multiply the two signs.")),
        Option(*_ordered(_STAYS, "Only where the derivative is 0 does J stay as it is.")),
    )
    reason = "The derivative says how J changes when the weight rises; when it falls, the other way round."
    return Choice(text, right[0], reason, _shuffled(rng, options))


def _ordered(words, why_not):
    return words[0], why_not, words[1]


def _which_way_does_it_move(rng):
    weight, slope = _gradient_of_a_weight(rng)
    words = {
        "it becomes larger": ("larger", "up", "it rises", "it increases"),
        "it becomes smaller": ("smaller", "down", "it falls", "it decreases"),
        "it stays as it is": ("nothing", "it stays", "the same", "no change"),
    }
    names = list(words)
    right, wrong = names[slope > 0], names[slope <= 0]
    why_not = {
        right: "",
        wrong: "That is uphill: the derivative is subtracted, so the weight moves against its sign.",
        names[2]: "Only where the derivative is 0 does it stay.",
    }
    options = [Option(name, why_not[name], words[name], "update_with_plus" * (name == wrong)) for name in names]
    text = rf"$\partial J/\partial {weight} = {slope:.3g}$. What does one step of gradient descent do to the weight?"
    return Choice(text, right, "Against the derivative: w − η dJ/dw.", _shuffled(rng, options))


_SAME_STEP = "There it would give the same step, if it stood nowhere else. The formulas of the lecture have it earlier."
_PLACES = (
    ("in dJ/dZ of the output layer", "", ("dZ of the output layer", "dZ(L)", "dZ[L]", "dJ/dZ(L)")),
    ("in dJ/dW and dJ/db of every layer", _SAME_STEP, ("in dW and db", "dW and db")),
    ("in the learning rate", _SAME_STEP, ("learning rate", "eta", "η")),
    (
        "in dJ/dA of every hidden layer",
        "Then deeper layers would be divided several times, the output layer never.",
        ("dA",),
    ),
    ("in the slope of every activation", "A slope belongs to one example; it knows nothing of a mean over them.", ()),
)


def _where_is_one_over_d(rng):
    d = int(_choose(rng, 5, 8, 10, 20, 32, 100))
    places = [_PLACES[0], *_PLACES[1:3], _PLACES[int(_choose(rng, 3, 4))]]
    text = (
        f"J is the mean over d = {d} examples. Where do the lecture's formulas of the "
        "backward pass have the factor 1/d?"
    )
    reason = "What follows is made from it and has the factor in it already. What counts is that it is there *once*."
    return Choice(text, _PLACES[0][0], reason, _shuffled(rng, [Option(*place) for place in places]))


_COLUMNS = "In the lecture's convention every column is an example."

# --- softmax, and the step of a central difference --------------------------------------------------------------------


def _same_probabilities(rng):
    z, rise = (np.array([2, 0, -1]), 3) if rng is None else (rng.permutation(9)[:3] - 4, int(rng.integers(1, 6)))
    raised = z + rise * (np.arange(3) == (0 if rng is None else rng.integers(3)))
    why_not = {
        _as_column(z + rise): "",
        _as_column(2 * z): "This doubles the differences between the logits, and only the differences count.",
        _as_column(-z): "This reverses the differences: the largest probability becomes the smallest.",
        _as_column(raised): "Only one logit has moved, so its differences from the others have changed.",
    }
    text = f"A column of logits is {_as_column(z)}. Which of these columns has the same softmax?"
    reason = f"Every logit has risen by {rise}. The factor $e^{{{rise}}}$ stands above and below, and cancels."
    options = [Option(*option) for option in why_not.items()]
    return Choice(text, options[0].text, reason, _shuffled(rng, options))


def _as_column(z):
    return f"({', '.join(str(entry).replace('-', '−') for entry in z)})"


_ERRORS = ("truncation error", "rounding error")
_HELPS = ("a smaller step", "a larger step")


def _error_of_a_cube(theta, k):
    """How far a central difference of θ³ with the step 10^(-k) is off."""
    h = float(f"1e-{k}")
    up, down = theta + h, theta - h
    return abs((up * up * up - down * down * down) / (2 * h) - 3 * theta * theta)


def _truncation_or_rounding(rng):
    rounding = rng is not None and bool(rng.integers(2))
    theta = 0.8 if rng is None else int(rng.integers(2, 20)) / 10
    errors = {k: _error_of_a_cube(theta, k) for k in range(1, 13)}
    steps = [k for k in range(7, 12) if 0 < 3 * errors[k] < errors[k + 1]] if rounding else [1, 2, 3]
    k = _choose(rng, *steps)
    text = (
        rf"The slope of $\theta^3$ at $\theta = {theta}$ is measured by a central difference. With $h$ = `1e-{k}` it "
        f"is off by {errors[k]:.0e}, with $h$ = `1e-{k + 1}` by {errors[k + 1]:.0e}. "
        "Which error is at work, and what would help?"
    )
    options = [
        Option(f"{name}: {help}", "" if error == rounding == larger else _why_not(error, rounding))
        for error, name in enumerate(_ERRORS)
        for larger, help in enumerate(_HELPS)
    ]
    reason = f"The error {'rises' if rounding else 'falls'} as $h$ shrinks. That is what {_ERRORS[rounding]} does."
    return Choice(text, f"{_ERRORS[rounding]}: {_HELPS[rounding]}", reason, _shuffled(rng, options))


def _why_not(error, rounding):
    if error == rounding:
        return f"The name is right, but {_ERRORS[error]} grows as the step {('grows', 'shrinks')[error]}."
    return f"The error {'rises' if rounding else 'falls'} as h shrinks. That is not what {_ERRORS[error]} does."


QUESTIONS = (
    Drawn(
        "shape_of_inputs",
        "The shape of X",
        ("F01",),
        (_COLUMNS, "As many rows as features: (n, d)."),
        _shape_of_inputs,
    ),
    Drawn(
        "shape_of_weights",
        "The shape of W",
        ("F02", "F05"),
        ("W multiplies what comes in, from the left.", "As many columns as inputs, as many rows as units."),
        _shape_of_weights,
    ),
    Drawn(
        "shape_of_bias",
        "The shape of b",
        ("F02", "F05"),
        ("Each unit has one bias, and adds the same to every example.", "So it is a column: (units, 1)."),
        _shape_of_bias,
    ),
    Drawn(
        "shape_of_sums",
        "The shape of Z",
        ("F02", "F05", "F06"),
        (_COLUMNS, "Each unit of the layer has a sum of its own for each example: (units, d)."),
        _shape_of_sums,
    ),
    Drawn(
        "shape_of_gradient",
        "The shape of a gradient",
        ("F19",),
        ("There is one derivative for each weight.", "So it has the shape of W. How many units, how many inputs?"),
        _shape_of_gradient,
    ),
    Drawn(
        "plan_a_network",
        "Plan a network",
        ("F01", "F05", "F06"),
        ("Start with what comes in.", "Features first, then the units of every layer, the outputs last."),
        _plan_a_network,
    ),
    Drawn(
        "number_of_parameters",
        "How much can be learned?",
        ("F02", "F05"),
        ("Weights and biases.", "A layer has units × inputs weights, and a bias per unit. Add up the two layers."),
        _number_of_parameters,
    ),
    Drawn(
        "what_a_network_takes",
        "What fits a trained network?",
        ("F01", "T03"),
        (
            "What do rows and columns of X stand for?",
            "Which of these changes what a row of X means, or how many there are?",
        ),
        _what_a_network_takes,
    ),
    Drawn(
        "output_for_task",
        "Which output layer?",
        ("F06", "F07", "F10", "F11"),
        (
            "What should come out: yes or no, one of several, or any number?",
            "Sigmoid, softmax, linear: in this order.",
        ),
        _output_for_task,
    ),
    Drawn(
        "what_happens_to_the_cost",
        "What a derivative says",
        ("F15", "F21"),
        (
            "The derivative tells how J changes when the weight rises by a little.",
            "Sign of the derivative times sign of the change.",
        ),
        _what_happens_to_the_cost,
    ),
    Drawn(
        "which_way_does_it_move",
        "Which way does a weight move?",
        ("F21",),
        ("The cost is to fall.", "The step is minus η times the derivative. Minus times minus is plus."),
        _which_way_does_it_move,
    ),
    Drawn(
        "where_is_one_over_d",
        "Where does 1/d go?",
        ("F14", "F16", "F19", "F20"),
        ("It comes from the mean in J.", "The backward pass begins where J is. What follows inherits it."),
        _where_is_one_over_d,
    ),
    Drawn(
        "same_probabilities",
        "What softmax does not see",
        ("F10",),
        ("Which of them leaves the differences between the logits alone?", "$e^{z + c} = e^c e^z$"),
        _same_probabilities,
    ),
    Drawn(
        "truncation_or_rounding",
        "Choose the step",
        ("F21",),
        (
            "Does the error rise or fall as $h$ shrinks?",
            "Truncation error shrinks with $h$. Rounding error is divided by $h$.",
        ),
        _truncation_or_rounding,
    ),
)
