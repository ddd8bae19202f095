"""Questions that belong to one lesson: to try something out, to judge a number, to write a line of the sheet."""

import re

import numpy as np

from nbhelpers import formula_sheet, worked_example
from nbhelpers.exercises.answers import Problem, fitted, read
from nbhelpers.exercises.drawn_questions import Choice, Drawn, Figures, Option, Trial
from nbhelpers.exercises.pass_questions import matrix, number
from nbhelpers.exercises.steps import step
from nbhelpers.gradient_check import check_gradients
from nbhelpers.mistakes import MISTAKES, SPECIMENS
from nbhelpers.network import Layer, Network


def _tenths(rng, shape, most=9):
    return rng.integers(1, most + 1, shape) * rng.choice([-1, 1], shape) / 10


# --- 02, 04, 08: one number -----------------------------------------------------------------------------------------


def tanh_as_sigmoid(rng):
    """Which factor stretches a sigmoid to a tanh."""
    c, height = (1, 1) if rng is None else (int(rng.integers(2, 25)), int(rng.integers(2, 25)))
    inside, outside = ("" if c == 1 else c), ("" if height == 1 else height)
    text = (
        rf"Tanh is a stretched sigmoid: ${outside}\tanh({inside}z) = {2 * height}\,\sigma(k z) "
        rf"- {height}$. Which whole "
        "number is $k$? Compare the slopes at 0."
    )
    steps = (
        step("inner", "", lambda: c, inner_factor_forgotten=lambda: 1, inner_factor_squared=lambda: c**2),
        step(
            "k",
            "inner",
            lambda c: 2 * c,
            slope_of_sigmoid_forgotten=lambda c: c,
            half_forgotten=lambda c: 4 * c,
            height_counted=lambda c: 2 * c * height,
            sign_turned=lambda c: -2 * c,
            a_half_for_two=lambda c: c / 2,
        ),
    )
    reason = (
        rf"The slope of the left side at 0 is {height * c}, that of the right side "
        rf"${2 * height} \cdot \frac{{k}}{{4}}$."
    )
    return Figures(text, steps, {}, reason, exact=True)


def two_linear_layers(rng):
    """The single matrix that does what two linear layers do."""
    if rng is None:
        W1, W2 = np.array([[1.0, 0.0], [3.0, 1.0]]), np.array([[2.0, -1.0]])
    else:
        W1, W2 = (rng.integers(1, 5, shape) * rng.choice([-1.0, 1.0], shape) for shape in ((2, 2), (1, 2)))
    steps = (
        step(
            "first", "W1", lambda W: W, transpose_of_W_missing=lambda W: W.T, first_matrix_forgotten=lambda W: np.eye(2)
        ),
        step(
            "W",
            "W2 first",
            lambda b, a: b @ a,
            hadamard_for_product=lambda b, a: b * a,
            product_turned_round=lambda b, a: (a @ b.T).T,
            added_for_multiplied=lambda b, a: b + a.sum(0, keepdims=True),
            rows_added=lambda b, a: a.sum(0, keepdims=True),
            sign_turned=lambda b, a: -b @ a,
        ),
    )
    text = "Two linear layers without biases. Which single matrix $W$ does the same? Work it out by hand."
    given = {"W^{(1)}": W1, "W^{(2)}": W2}
    return Figures(
        text,
        steps,
        {"W1": W1, "W2": W2},
        "$W = W^{(2)} W^{(1)}$: the second layer stands on the left.",
        given,
        ("W1", "W2"),
        exact=True,
    )


def best_constant_forecast(rng):
    """The probability that costs least when it is said every time."""
    days, rain = (10, 8) if rng is None else (d := int(rng.integers(5, 41)), int(rng.integers(1, d)))
    text = (
        f"It rains on {rain} of {days} days. Someone forecasts the same probability of rain every day. Which one "
        "makes the mean binary cross-entropy smallest?"
    )
    steps = (
        step("days", "", lambda: rain, dry_days_counted=lambda: days - rain),
        step(
            "share",
            "days",
            lambda n: n / days,
            percent_for_share=lambda n: 100 * n / days,
            odds_for_share=lambda n: n / (days - n),
            always_certain=lambda n: 1.0,
            always_half=lambda n: 0.5,
            one_day_more=lambda n: (n + 1) / (days + 2),
        ),
    )
    reason = rf"The derivative is 0 where the forecast is the share of rainy days, {rain}/{days}."
    return Figures(text, steps, {}, reason)


_WIDTHS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9)
_POWERS = {2: r"\theta^2", 3: r"\theta^3", 4: r"\theta^4"}


def central_difference(rng):
    """A central difference by hand."""
    power, theta, h = (
        (2, 5, 0.5) if rng is None else (int(rng.choice(list(_POWERS))), int(rng.integers(2, 13)), rng.choice(_WIDTHS))
    )
    text = (
        rf"The central difference by hand: $f(\theta) = {_POWERS[power]}$ at $\theta = "
        rf"{theta}$ with $h = {number(h)}$. "
        "What does it give?"
    )

    def f(x):
        return x**power

    steps = (
        step(
            "rise",
            "",
            lambda: f(theta + h) - f(theta - h),
            forward_difference_only=lambda: f(theta + h) - f(theta),
            backward_difference_only=lambda: f(theta) - f(theta - h),
            added_for_subtracted=lambda: f(theta + h) + f(theta - h),
            exact_derivative=lambda: power * theta ** (power - 1) * 2 * h,
        ),
        step("width", "", lambda: 2 * h, h_for_both_steps=lambda: h, not_divided_by_the_step=lambda: 1.0),
        step(
            "slope",
            "rise width",
            lambda r, w: r / w,
            multiplied_by_the_step=lambda r, w: r * w,
            sign_turned=lambda r, w: -r / w,
        ),
    )
    reason = rf"$\frac{{f({number(theta + h)}) - f({number(theta - h)})}}{{2 \cdot {number(h)}}}$"
    return Figures(text, steps, {}, reason)


# --- 03, 06: a weight to be changed ---------------------------------------------------------------------------------


def _network(rng):
    """The worked example, or the same with other weights."""
    if rng is None:
        return worked_example.network(), worked_example.X, worked_example.Y
    shapes = ((2, 2), (2, 1), (1, 2), (1, 1))
    W1, b1, W2, b2 = (_tenths(rng, shape) for shape in shapes)
    X, activation = _tenths(rng, (2, 1)), worked_example.network().layers[0].activation
    return (
        Network([Layer(W1, b1, activation), Layer(W2, b2, activation)], worked_example.network().loss),
        X,
        np.array([[1.0]]),
    )


def _shown(network, X):
    named = {"X": X, **{f"{name[0]}^{{({name[1]})}}": value for name, value in network.parameters.items()}}
    return "\n\n".join(f"$${name} = {matrix(value)}$$" for name, value in named.items())


def _read_W2(answer):
    array = read(answer, "[[0.3, 0.7]]")
    if isinstance(array, Problem):
        return None, (array.status, array.message)
    W2 = fitted(array, (1, 2))
    if W2 is None:
        return None, ("wrong shape", f"This has the shape {array.shape}, but W2 is one row with two numbers.")
    return W2, None


def change_one_weight(rng):
    """Change a single weight of the output layer so that the prediction crosses 0.5."""
    network, X, _ = _network(rng)
    before = network.predict(X).item()
    below = before > 0.5
    text = (
        f"{_shown(network, X)}\n\nThis 2-2-1 network of sigmoids predicts {before:.4f}. "
        f"Change a *single* weight of $W^{{(2)}}$ so that it "
        f"predicts {'less' if below else 'more'} than 0.5. Write the changed $W^{{(2)}}$."
    )

    def tried(answer):
        W2, problem = _read_W2(answer)
        if problem:
            return problem
        predicted = network.with_parameters(W2=W2).predict(X).item()
        changed = int((network.W[2] != W2).sum())
        if changed != 1:
            return "incorrect", f"This changes {('no weight', '', 'both weights')[changed]}. Change just one."
        if (predicted < 0.5) == below and predicted != 0.5:
            return "correct", f"Correct: it predicts {predicted:.4f}."
        return "incorrect", f"It predicts {predicted:.4f}, still on the same side of 0.5. Go further, or the other way."

    A1, b2 = network.forward(X).A[1].ravel(), network.b[2].item()
    W2 = network.W[2].copy()
    W2[0, 0] = round(-(b2 + W2[0, 1] * A1[1] + (0.5 if below else -0.5)) / A1[0], 1)
    return Trial(text, tried, f"For example `{W2.tolist()}`: then $z^{{(2)}}$ is {'below' if below else 'above'} 0.")


def silence_a_unit(rng):
    """Which weight of the output layer keeps a hidden unit from learning."""
    network, X, Y = _network(rng)
    unit = 1 if rng is None else int(rng.integers(1, 3))
    text = (
        f"{_shown(network, X)}\n\nIn this 2-2-1 network of sigmoids, with $y = "
        f"{int(Y.item())}$: change *one* weight of the output layer so "
        f"that the weights of hidden unit {unit} do not learn at all. Write the changed $W^{{(2)}}$."
    )

    def tried(answer):
        W2, problem = _read_W2(answer)
        if problem:
            return problem
        changed = network.with_parameters(W2=W2)
        dW1 = changed.backward(changed.forward(X), Y).dW[1]
        if dW1[unit - 1].any():
            other = not dW1[2 - unit].any()
            return "incorrect", f"Row {unit} of dJ/dW(1) is not 0{': you silenced the other unit' if other else ''}."
        if (network.W[2] != W2).sum() != 1:
            return "incorrect", "The unit is silent, but one changed weight is enough."
        return "correct", f"Correct: row {unit} of dJ/dW(1) is 0, since no error comes back to unit {unit}."

    W2 = network.W[2].copy()
    W2[0, unit - 1] = 0.0
    return Trial(text, tried, f"`{W2.tolist()}`: the error comes back to unit {unit} through this weight alone.")


# --- 08, 09: a diagnosis --------------------------------------------------------------------------------------------

_SUSPECTS = (
    "slope_missing",
    "one_over_d_in_dW_too",
    "bias_averaged",
    "bias_times_input",
    "slope_twice",
    "one_over_d_missing",
    "W_reshaped",
    "A_reshaped",
    "Z_in_place_of_A",
)
_TRACES = {
    "slope_missing": "It would leave the output layer right, and make the hidden gradients too large.",
    "one_over_d_in_dW_too": "It would make each dW d times too small, and leave each db right.",
    "bias_averaged": "It would make each db d times too small, and leave each dW right.",
    "bias_times_input": "It would leave each dW right, and make db wrong without a common factor.",
    "slope_twice": "It would leave the output layer right, and make the hidden gradients too small.",
    "one_over_d_missing": "It would make every gradient d times too large.",
    "W_reshaped": "It would leave the output layer right, and the hidden gradients without a common factor.",
    "A_reshaped": "It would make each dW wrong without a common factor, and leave each db right.",
    "Z_in_place_of_A": "It would leave W1 right, and make the other weights wrong.",
}


def name_the_mistake(rng):
    """The report of a gradient check, and which mistake it comes from."""
    rng = np.random.default_rng(11) if rng is None else rng
    names = [str(name) for name in rng.permutation(_SUSPECTS)[:5]]
    right = names[int(rng.integers(5))]
    network, X, Y = SPECIMENS["yes or no"]()
    moved = network.with_parameters(
        **{k: v + rng.normal(scale=0.3, size=v.shape).round(1) for k, v in network.parameters.items()}
    )
    report = check_gradients(MISTAKES[right].network(moved), X, Y)
    text = (
        f"A gradient check of a {'-'.join(map(str, network.sizes))} network with {X.shape[1]} "
        f"examples says:\n\n```\n{report!r}\n```\n\n"
        "Which mistake was made? Look at which blocks are wrong, and at the ratio of the two numbers."
    )
    options = [Option(name, _TRACES[name], (MISTAKES[name].title,)) for name in names]
    return Choice(text, right, f"{MISTAKES[right].what} {MISTAKES[right].symptom}", tuple(options))


def rounding_or_slip(rng):
    """Whether rounding alone, without a slip, leads to a number."""
    network, X, Y = _network(rng)
    given, decimals = {"X": X, "Y": Y, **network.parameters}, 3 if rng is None else int(rng.integers(3, 5))
    hand, exact = (worked_example.by_hand(digits, given) for digits in (decimals, 9))
    parted = [
        (name, i)
        for name in hand
        for i in np.ndindex(hand[name].shape)
        if hand[name][i] != exact[name].round(decimals)[i]
    ]
    if not parted:
        return rounding_or_slip(rng)
    name, i = ("dW1", (1, 0)) if rng is None else parted[rng.integers(len(parted))]
    careful, unit = float(hand[name][i]), 10.0**-decimals
    rounding = True if rng is None else bool(rng.integers(2))
    off = 0 if rounding else int(rng.choice([-6, -5, -4, 4, 5, 6]))
    told = round(careful + off * unit, decimals)
    where = f"[{i[0] + 1},{i[1] + 1}]" if hand[name].size > 1 else ""
    words = "three" if decimals == 3 else "four"
    place, tool = "In the worked example", "`worked_example.by_hand(3)` does it without a slip."
    if rng is not None:
        place = f"{_shown(network, X)}\n\nIn this 2-2-1 network of sigmoids, with $y = {int(Y.item())}$,"
        tool = "Each number is written down with that many decimals, and the next step uses what is written."
    text = (
        f"{place} a student computes with {words} decimals after every step and finds `{told:g}` for `{name}{where}`. "
        f"The exact number rounds to `{exact[name][i]:.{decimals}f}`. Is that rounding, or a slip? {tool}"
    )
    options = (
        Option("rounding", f"Rounding after every step leads to {careful:g}, not to {told:g}.", ("it is rounding",)),
        Option("slip", f"Rounding after every step leads to {careful:g} too.", ("a slip", "mistake")),
    )
    reason = f"Careful rounding after every step leads to {careful:g}."
    return Choice(text, "rounding" if told == careful else "slip", reason, options)


# --- 16: a line of the sheet ----------------------------------------------------------------------------------------

_LINES = tuple(
    row for group in formula_sheet.GROUPS.values() for row in group if "=" in row.code and "\n" not in row.code
)


def _line(rng, *wanted):
    rows = [row for row in _LINES if row.row in wanted] or list(_LINES)
    return rows[0] if rng is None else rows[rng.integers(len(rows))]


_INDEX = re.compile(r"\[(l|1)([+-]1)?\]|\((l|1)([+-]1)?\)")


def _in_layer(text, layer):
    """A formula or a line for any layer, or for the first, written for a certain one: ``[l+1]`` becomes ``[4]``."""

    def written(found):
        left, right = found[0][0], found[0][-1]
        return f"{left}{layer + int(found[2] or found[4] or 0)}{right}"

    return _INDEX.sub(written, text)


def _in_any_layer(line, layer, code):
    """The other way round: a line for a certain layer as the sheet checks it."""
    name, offset = ("l", 0) if "[l" in code else ("1", 1)

    def written(found):
        moved = int(found[1]) - layer
        return f"[l{moved:+d}]" if name == "l" else f"[{moved + offset}]"

    return re.sub(r"\[\s*(\d+)\s*\]", written, line)


def write_a_formula(rng):
    """A formula of the sheet as a line of NumPy, for any layer or for a certain one."""
    row = _line(None, "F17") if rng is None else _line(rng)
    layer = None if rng is None else int(rng.integers(2, 10))
    code, latex = (text if layer is None else _in_layer(text, layer) for text in (row.code, row.latex))
    left = code.partition("=")[0].strip()
    about = "" if code == row.code else f" for layer {layer}"
    text = (
        f"Write {row.name}{about} as a line of NumPy, as text that begins with `{left} =`, with the "
        "names of the formula sheet:\n\n"
        f"$${latex.replace('; ', ' $$ $$ ')}$$"
    )

    def tried(answer):
        if not isinstance(answer, str):
            return "not attempted", f"Answer with a line of code as text, in quotes, that begins with `{left} =`."
        if about and not answer.replace(" ", "").startswith(f"{left}=".replace(" ", "")):
            return "incorrect", f"Not right. Begin with `{left} =`."
        checked = formula_sheet.check(row.name, _in_any_layer(answer, layer, row.code) if about else answer)
        remark = _in_layer(checked.remark, layer) if about else checked.remark
        return ("correct", "Correct.") if checked else ("incorrect", f"Not right. {remark}")

    return Trial(text, tried, f"`{code}`")


def hide_a_mistake(rng):
    """A line that is wrong, and passes on the 2-2-1 network."""
    row = _line(None, "F20") if rng is None else _line(rng, "F14", "F16", "F17", "F19", "F20")
    network, X, Y = SPECIMENS["yes or no"]() if rng is None else _wide(rng)
    sizes = "-".join(map(str, network.sizes))
    examples = "" if rng is None else f" with {X.shape[1]} examples"
    text = (
        f"Change {row.name}, `{row.code}`, so that it is wrong and the worked example does "
        f"not show it: right on 2-2-1, wrong on "
        f"{sizes}{examples}. Write the whole line as text."
    )

    def tried(answer):
        if not isinstance(answer, str):
            return "not attempted", "Answer with a line of code as text, in quotes."
        ((_, _, small, _),) = formula_sheet.check(row.name, answer).results
        if formula_sheet.holds(row.name, answer, network, X, Y):
            return "incorrect", f"This line is right on {sizes} as well: it is not a mistake."
        return (
            ("correct", "Correct: 2-2-1 does not show it.")
            if small
            else ("incorrect", f"2-2-1 shows it: {small.remark or 'other numbers'}.")
        )

    return Trial(
        text,
        tried,
        "What differs with several examples or outputs: a mean in place of a sum, `/ d` once more, "
        f"`reshape` for `.T`. The line is `{row.code}`.",
    )


def _wide(rng):
    """A network with several units everywhere, all sizes different, and several examples."""
    n, h, m, d = (int(size) for size in rng.permutation(np.arange(2, 9))[:4])
    sigmoid, loss = worked_example.network().layers[0].activation, worked_example.network().loss
    W1, b1, W2, b2 = (rng.normal(size=shape) for shape in ((h, n), (h, 1), (m, h), (m, 1)))
    network = Network([Layer(W1, b1, sigmoid), Layer(W2, b2, sigmoid)], loss)
    return network, rng.normal(size=(n, d)), rng.integers(0, 2, (m, d)).astype(float)


QUESTIONS = (
    Drawn(
        "tanh_as_sigmoid",
        "Tanh from a sigmoid",
        ("F07", "F09"),
        ("Both sides have the same slope at 0.", r"The slope of $\sigma(kz)$ at 0 is $k/4$.", "`2 * c`"),
        tanh_as_sigmoid,
    ),
    Drawn(
        "two_linear_layers",
        "Two linear layers are one",
        ("F11", "T04"),
        (
            "What does the second layer do with what the first gives?",
            "$W^{(2)} (W^{(1)} x) = (W^{(2)} W^{(1)}) x$",
            "`W2 @ W1`",
        ),
        two_linear_layers,
    ),
    Drawn(
        "change_one_weight",
        "Change a prediction",
        ("F05", "F07"),
        (
            "The sigmoid gives 0.5 where its sum is 0.",
            "Which sign must $z^{(2)}$ have? Both activations before it are positive.",
        ),
        change_one_weight,
    ),
    Drawn(
        "best_constant_forecast",
        "The same forecast every day",
        ("F12", "F14"),
        ("Try 0.5 and 0.99 for a week.", "Set the derivative of the mean loss to 0.", "`rain.mean()`"),
        best_constant_forecast,
    ),
    Drawn(
        "silence_a_unit",
        "A unit that does not learn",
        ("F17", "F19"),
        (
            "Along which path does an error come back to a hidden unit?",
            r"$\partial J/\partial A^{(1)} = (W^{(2)})^T \partial J/\partial Z^{(2)}$",
        ),
        silence_a_unit,
    ),
    Drawn(
        "central_difference",
        "A central difference by hand",
        ("F21",),
        (
            "Go one step up and one step down.",
            r"$\frac{f(\theta + h) - f(\theta - h)}{2h}$",
            "`(f(theta + h) - f(theta - h)) / (2 * h)`",
        ),
        central_difference,
    ),
    Drawn(
        "name_the_mistake",
        "Name the mistake",
        ("F17", "F19", "F20"),
        (
            "Which blocks are wrong, and which are right?",
            "Divide the two numbers: is the ratio d, or a slope, or none of these?",
        ),
        name_the_mistake,
    ),
    Drawn(
        "rounding_or_slip",
        "Rounding or slip?",
        ("F18", "F19"),
        (
            "What do you get if you round after every step and make no slip?",
            "Compare with `worked_example.by_hand(3)`.",
        ),
        rounding_or_slip,
    ),
    Drawn(
        "write_a_formula",
        "A formula as a line of NumPy",
        ("F17",),
        (
            "`@` is the matrix product, `*` goes entry by entry.",
            "Layer l stands in brackets: `dZ[l]`, `W[l+1]`, `slope[l]`.",
        ),
        write_a_formula,
    ),
    Drawn(
        "hide_a_mistake",
        "A mistake that the example hides",
        ("F19", "F20"),
        (
            "What is special about 2-2-1? One example, one output, square layers.",
            "Which line is the same for one example, and not for five?",
        ),
        hide_a_mistake,
    ),
)
