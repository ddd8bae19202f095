"""Questions about deep networks and about what a pass takes (T01, T11 to T13)."""

from itertools import pairwise

import numpy as np

from nbhelpers.exercises.drawn_questions import Drawn, Figures
from nbhelpers.exercises.pass_questions import number
from nbhelpers.exercises.steps import step

# --- deep networks --------------------------------------------------------------------------------------------------


def product_of_slopes(rng):
    """The error at the beginning of a chain of single units."""
    if rng is None:
        return None
    layers = int(rng.integers(3, 5))
    w = rng.integers(8, 26, layers - 1) * rng.choice([-1, 1], layers - 1) / 10
    slopes, delta = (
        rng.integers(12, 26, layers - 1) / 100,
        float(rng.choice([-0.9, -0.8, -0.6, -0.5, 0.5, 0.6, 0.8, 0.9])),
    )
    text = (
        rf"A chain of {layers} layers with one unit each. $w$ lists the weights $w^{{(2)}}$ to $w^{{({layers})}}$, $s$ "
        rf"the slopes $\sigma'(z^{{(1)}})$ to $\sigma'(z^{{({layers - 1})}})$. At the output $\partial J/\partial "
        rf"z^{{({layers})}} = {number(delta)}$. What is $\partial J/\partial z^{{(1)}}$?"
    )
    factors = [rf"({number(x)} \cdot {number(s)})" for x, s in zip(w[::-1], slopes[::-1], strict=True)]
    reason = rf"Each layer multiplies by a weight and a slope: ${number(delta)} \cdot {' '.join(factors)}$."
    steps = (
        step(
            "weights",
            "w",
            np.prod,
            weights_left_out=lambda w: 1.0,
            one_weight_too_few=lambda w: w[1:].prod(),
            last_weight_left_out=lambda w: w[:-1].prod(),
            weights_added=np.sum,
        ),
        step(
            "slopes",
            "s",
            np.prod,
            slope_missing=lambda s: 1.0,
            one_slope_too_few=lambda s: s[1:].prod(),
            last_slope_left_out=lambda s: s[:-1].prod(),
            slope_twice=lambda s: (s**2).prod(),
            slopes_added=np.sum,
        ),
        step("start", "", lambda: delta, error_left_out=lambda: 1.0),
        step("error", "start weights slopes", lambda d, w, s: d * w * s, sign_turned=lambda d, w, s: -d * w * s),
    )
    return Figures(text, steps, {"w": w, "s": slopes}, reason, {"w": w[None], "s": slopes[None]}, ("w", "s"))


def layers_until_vanished(rng):
    """How many layers it takes until a small share is left."""
    rng = np.random.default_rng(7) if rng is None else rng
    percent, below = int(rng.integers(8, 80)), int(rng.choice([100, 1000, 10_000]))
    share = percent / 100
    layers = next(k for k in range(1, 100) if share**k < 1 / below)
    text = (
        f"On its way back the error shrinks to {percent} % of its size in each layer. After how many layers does it "
        f"first fall below 1/{below} of its size at the output?"
    )
    powers = [rf"${share}^{{{k}}} \approx {share**k:.2g}$" for k in (layers - 1, layers)]
    reason = " is still above, and ".join(powers) + " is below."
    steps = (
        step(
            "bound",
            "",
            lambda: 1 / below,
            bound_ten_times_too_large=lambda: 10 / below,
            bound_ten_times_too_small=lambda: 0.1 / below,
        ),
        step("share", "", lambda: share, share_that_is_lost=lambda: 1 - share),
        step(
            "layers",
            "bound share",
            _first_below,
            one_layer_too_few=lambda b, s: _first_below(b, s) - 1,
            one_layer_too_many=lambda b, s: _first_below(b, s) + 1,
        ),
    )
    return Figures(text, steps, {}, reason, exact=True)


def _first_below(bound, share):
    return next(k for k in range(1, 1000) if share**k < bound)


def initial_spread(rng):
    """The standard deviation of the first weights, by Xavier or He."""
    if rng is None:
        return None
    inputs, units = (int(size) for size in rng.choice(np.arange(4, 200, 2), 2, replace=False))
    scheme = str(rng.choice(["Xavier", "He"]))
    text = (
        f"A layer has {inputs} inputs and {units} units. Its weights are drawn by {scheme} initialization. What is "
        "their standard deviation?"
    )
    terms = f"({inputs} + {units})" if scheme == "Xavier" else f"{inputs}"
    reason = rf"The variance is $2/{terms}$. The standard deviation is its root."
    both, right = inputs + units, inputs + units if scheme == "Xavier" else inputs
    count = {"the_other_scheme": both + inputs - right, "outputs_for_inputs": units}
    steps = (
        step("count", "", lambda: right, **{slip: lambda n=n: n for slip, n in count.items()}),
        step("variance", "count", lambda n: 2 / n, one_for_two=lambda n: 1 / n, turned_upside_down=lambda n: n / 2),
        step("spread", "variance", np.sqrt, variance_for_spread=lambda v: v, squared_for_root=lambda v: v**2),
    )
    return Figures(text, steps, {}, reason)


def variance_for_slopes(rng):
    """Which variance of the weights makes up for small slopes on the way back."""
    slope, inputs = (
        (0.25, 16) if rng is None else (int(rng.integers(15, 100)) / 100, int(rng.choice([4, 8, 10, 16, 20, 32])))
    )
    text = (
        rf"In a deep network every layer has $h = {inputs}$ units, and the slopes of its activations are about "
        rf"${number(slope)}$. On the way back through a layer the mean square of the error is multiplied by "
        r"$h \operatorname{Var}(w)\, s^2$, where $s$ is the slope. Which $\operatorname{Var}(w)$ keeps it as it is?"
    )
    reason = (
        rf"$h \operatorname{{Var}}(w)\, s^2 = 1$, so $\operatorname{{Var}}(w) = 1/({inputs} \cdot {number(slope)}^2)$."
    )
    steps = (
        step("squared", "", lambda: slope**2, square_forgotten=lambda: slope, slope_missing=lambda: 1.0),
        step("count", "", lambda: inputs, units_left_out=lambda: 1, units_counted_twice=lambda: 2 * inputs),
        step(
            "variance",
            "squared count",
            lambda s, h: 1 / (h * s),
            turned_upside_down=lambda s, h: h * s,
            one_side_only=lambda s, h: s / h,
            spread_for_variance=lambda s, h: np.sqrt(1 / (h * s)),
            two_for_one=lambda s, h: 2 / (h * s),
        ),
    )
    return Figures(text, steps, {}, reason)


# --- what a pass takes ----------------------------------------------------------------------------------------------


def _sizes(rng, count):
    return [int(n) for n in rng.choice(np.arange(2, 13), count, replace=False)]


def _written(sizes):
    return "-".join(map(str, sizes))


def _weights(sizes):
    return sum(units * inputs for inputs, units in pairwise(sizes))


def _parameter_steps(sizes):
    """The steps of counting parameters, with the slips in them."""
    return (
        step(
            "weights",
            "",
            lambda: _weights(sizes),
            one_layer_only=lambda: sizes[0] * sizes[1],
            layers_added=lambda: sum(map(sum, pairwise(sizes))),
            last_layer_left_out=lambda: _weights(sizes[:-1]),
            first_layer_left_out=lambda: _weights(sizes[1:]),
            all_sizes_multiplied=lambda: int(np.prod(sizes)),
        ),
        step(
            "biases",
            "",
            lambda: sum(sizes[1:]),
            biases_not_counted=lambda: 0,
            inputs_with_biases=lambda: sum(sizes),
            one_bias_per_layer=lambda: len(sizes) - 1,
            output_biases_left_out=lambda: sum(sizes[1:-1]),
        ),
        step("count", "weights biases", lambda w, b: w + b, weights_not_counted=lambda w, b: b),
    )


def parameters_of_a_deep_network(rng):
    """How many numbers a network with three layers can learn."""
    sizes = _sizes(np.random.default_rng(8) if rng is None else rng, 4)
    products = " + ".join(f"{units}·{inputs}" for inputs, units in pairwise(sizes))
    reason = f"Weights {products}, and a bias for each of the {sum(sizes[1:])} units."
    text = f"How many numbers can a {_written(sizes)} network learn?"
    return Figures(text, _parameter_steps(sizes), {}, reason, exact=True)


def multiply_adds(rng):
    """How many multiplications a forward pass takes."""
    rng = np.random.default_rng(9) if rng is None else rng
    sizes, d = _sizes(rng, 3), int(rng.choice([10, 20, 50, 100]))
    text = (
        f"How many multiply-adds are there in the products $W A$ of one forward pass of a {_written(sizes)} network "
        f"with {d} examples? A multiply-add is one multiplication, with the addition that follows it."
    )
    products = " + ".join(f"{units}·{inputs}" for inputs, units in pairwise(sizes))
    weights, units = _weights(sizes), sum(sizes[1:])
    steps = (
        step(
            "weights",
            "",
            lambda: weights,
            one_layer_only=lambda: sizes[0] * sizes[1],
            last_layer_only=lambda: sizes[1] * sizes[2],
            layers_added=lambda: sum(map(sum, pairwise(sizes))),
            all_sizes_multiplied=lambda: int(np.prod(sizes)),
            biases_counted_as_products=lambda: weights + units,
            activations_counted_too=lambda: weights + units,
            units_for_weights=lambda: units,
        ),
        step("examples", "", lambda: d, one_example_counted=lambda: 1),
        step(
            "count",
            "weights examples",
            lambda w, d: w * d,
            additions_counted_too=lambda w, d: 2 * w * d,
            both_passes_counted=lambda w, d: 3 * w * d,
        ),
    )
    return Figures(text, steps, {}, f"One per weight and example: ({products}) · {d}.", exact=True)


def passes_for_differences(rng):
    """How many forward passes a gradient by central differences takes."""
    sizes = _sizes(np.random.default_rng(10) if rng is None else rng, 3)
    text = (
        f"The gradient of a {_written(sizes)} network is measured by central differences, for all weights and biases. "
        "How many forward passes does that take?"
    )
    steps = (
        *_parameter_steps(sizes),
        step(
            "passes",
            "count",
            lambda n: 2 * n,
            one_pass_each=lambda n: n,
            one_pass_more=lambda n: n + 1,
            one_pass_beside=lambda n: 2 * n + 1,
            pairs_of_parameters=lambda n: n**2,
        ),
    )
    parameters = _weights(sizes) + sum(sizes[1:])
    reason = f"There are {parameters} parameters, and each is moved up and down."
    return Figures(text, steps, {}, reason, exact=True)


def combined_gradient(rng):
    """The gradient of all examples from those of two parts of different size."""
    if rng is None:
        return None
    first, second = (int(d) for d in rng.choice([10, 20, 30, 40, 50, 80], 2, replace=False))
    G1, G2 = (rng.integers(3, 30, (1, 3)) * rng.choice([-1, 1], (1, 3)) / 100 for _ in range(2))
    text = (
        f"Two machines share the examples: one has {first} of them, the other {second}. These are the gradients of the "
        "mean cost of each part. What is the gradient of the mean cost of all?"
    )
    d = first + second
    reason = rf"The mean of all: $({first} \cdot G_1 + {second} \cdot G_2)/{d}$."
    steps = (
        step(
            "sum",
            "G1 G2",
            lambda a, b: first * a + second * b,
            parts_exchanged=lambda a, b: second * a + first * b,
            sizes_not_counted=lambda a, b: (a + b) / 2 * d,
            parts_added=lambda a, b: (a + b) * d,
            first_part_only=lambda a, b: first * a,
            second_part_only=lambda a, b: second * b,
            difference_of_parts=lambda a, b: first * a - second * b,
        ),
        step(
            "mean",
            "sum",
            lambda total: total / d,
            not_divided_by_all=lambda total: total,
            divided_by_the_machines=lambda total: total / 2,
        ),
    )
    return Figures(text, steps, {"G1": G1, "G2": G2}, reason, {"G_1": G1, "G_2": G2}, ("G1", "G2"))


QUESTIONS = (
    Drawn(
        "product_of_slopes",
        "The error at the beginning of a chain",
        ("T11", "F17"),
        (
            "On the way back through a layer: times the weight, times the slope.",
            r"$\partial J/\partial z^{(l)} = w^{(l+1)} \, \partial J/\partial z^{(l+1)} \cdot \sigma'(z^{(l)})$, "
            "from the last layer to the first.",
            "`delta * w.prod() * s.prod()`",
        ),
        product_of_slopes,
    ),
    Drawn(
        "layers_until_vanished",
        "How soon is it gone?",
        ("T11",),
        ("Multiply by the share again and again, and count.", "Or with logarithms: log(0.001)/log(share), rounded up."),
        layers_until_vanished,
    ),
    Drawn(
        "initial_spread",
        "How large are the initial weights?",
        ("T12",),
        (
            "Both schemes name a variance.",
            "Xavier: 2/(inputs + units). He: 2/inputs. Take the root.",
            "`np.sqrt(2 / (inputs + units))` or `np.sqrt(2 / inputs)`",
        ),
        initial_spread,
    ),
    Drawn(
        "variance_for_slopes",
        "A variance that makes up for small slopes",
        ("T11", "T12"),
        (
            "What has to be true of the factor, so that nothing grows or shrinks?",
            "$h \\operatorname{Var}(w)\\, s^2 = 1$",
            "`1 / (h * s**2)`",
        ),
        variance_for_slopes,
    ),
    Drawn(
        "parameters_of_a_deep_network",
        "How much can a deeper network learn?",
        ("T01", "T13"),
        (
            "Weights and biases, layer by layer.",
            "A layer has units × inputs weights, and a bias per unit.",
            "`sum(h * n + h for n, h in zip(sizes[:-1], sizes[1:]))`",
        ),
        parameters_of_a_deep_network,
    ),
    Drawn(
        "multiply_adds",
        "What does a forward pass cost?",
        ("T13",),
        (
            "How many weights does an example meet on its way?",
            "Units × inputs for each layer, added up, times d.",
            "`d * sum(h * n for n, h in zip(sizes[:-1], sizes[1:]))`",
        ),
        multiply_adds,
    ),
    Drawn(
        "passes_for_differences",
        "What do finite differences cost?",
        ("T13",),
        (
            "How many parameters are there?",
            "How many costs does one central difference need?",
            "Twice `sum(h * n + h for n, h in zip(sizes[:-1], sizes[1:]))`",
        ),
        passes_for_differences,
    ),
    Drawn(
        "combined_gradient",
        "A gradient from two machines",
        ("T13", "F14"),
        (
            "The mean of all examples is not the mean of two means, where the parts differ in size.",
            "Turn each mean into a sum, add, and divide by the number of all examples.",
            "`(d1 * G1 + d2 * G2) / (d1 + d2)`",
        ),
        combined_gradient,
    ),
)
