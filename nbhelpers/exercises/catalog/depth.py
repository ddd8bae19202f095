"""Questions about deep networks and about what a pass takes (T01, T11 to T13)."""

from itertools import pairwise

import numpy as np

from nbhelpers.exercises.drawn_questions import Drawn, Figured, Figuring, Reading
from nbhelpers.exercises.pass_questions import number

# --- deep networks --------------------------------------------------------------------------------------------------


def product_of_slopes(rng):
    """The error at the beginning of a chain of single units."""
    layers = int(rng.integers(3, 5))
    w = rng.integers(6, 16, layers - 1) * rng.choice([-1, 1], layers - 1) / 10
    slopes, delta = rng.integers(10, 26, layers - 1) / 100, float(rng.choice([-0.8, -0.5, 0.5, 0.8]))
    text = (
        rf"A chain of {layers} layers with one unit each. $w$ lists the weights $w^{{(2)}}$ to $w^{{({layers})}}$, $s$ "
        rf"the slopes $\sigma'(z^{{(1)}})$ to $\sigma'(z^{{({layers - 1})}})$. At the output $\partial J/\partial "
        rf"z^{{({layers})}} = {number(delta)}$. What is $\partial J/\partial z^{{(1)}}$?"
    )
    factors = [rf"({number(x)} \cdot {number(s)})" for x, s in zip(w[::-1], slopes[::-1], strict=True)]
    reason = rf"Each layer multiplies by a weight and a slope: ${number(delta)} \cdot {' '.join(factors)}$."
    right = delta * w.prod() * slopes.prod()
    wrong = {"slope_missing": delta * w.prod(), "weights_left_out": delta * slopes.prod()}
    return Figured(text, right, reason, wrong, {"w": w[None], "s": slopes[None]}, ("w", "s"))


def layers_until_vanished(rng):
    """How many layers it takes until a thousandth is left."""
    rng = np.random.default_rng(7) if rng is None else rng
    percent = int(rng.integers(8, 80))
    share = percent / 100
    layers = next(k for k in range(1, 100) if share**k < 0.001)
    text = (
        f"On its way back through a layer the error becomes {percent} % of what it was, in each layer. After how many "
        "layers is it for the first time below a thousandth?"
    )
    powers = [rf"${share}^{{{k}}} \approx {share**k:.2g}$" for k in (layers - 1, layers)]
    reason = " is still above, and ".join(powers) + " is below."
    return Drawn(text, layers, reason)


def initial_spread(rng):
    """The standard deviation of the first weights, by Xavier or He."""
    inputs, units = (int(size) for size in rng.choice([4, 10, 16, 20, 50, 64, 100, 128, 200], 2, replace=False))
    variances = {"Xavier": 2 / (inputs + units), "He": 2 / inputs}
    scheme, other = (str(name) for name in rng.permutation(list(variances)))
    text = (
        f"A layer has {inputs} inputs and {units} units. Its weights are drawn by the scheme of {scheme}. With which "
        "standard deviation?"
    )
    terms = f"({inputs} + {units})" if scheme == "Xavier" else f"{inputs}"
    reason = rf"The variance is $2/{terms}$. The standard deviation is its root."
    wrong = {"variance_for_spread": variances[scheme], "the_other_scheme": variances[other] ** 0.5}
    if scheme == "He":
        wrong["outputs_for_inputs"] = (2 / units) ** 0.5
    return Figured(text, variances[scheme] ** 0.5, reason, wrong)


# --- what a pass takes ----------------------------------------------------------------------------------------------


def _sizes(rng, count):
    return [int(n) for n in rng.choice(np.arange(2, 13), count, replace=False)]


def _written(sizes):
    return "-".join(map(str, sizes))


def _weights(sizes):
    return sum(units * inputs for inputs, units in pairwise(sizes))


def parameters_of_a_deep_network(rng):
    """How many numbers a network with three layers can learn."""
    sizes = _sizes(np.random.default_rng(8) if rng is None else rng, 4)
    products = " + ".join(f"{units}·{inputs}" for inputs, units in pairwise(sizes))
    reason = f"Weights {products}, and a bias for each of the {sum(sizes[1:])} units."
    right = _weights(sizes) + sum(sizes[1:])
    return Drawn(
        f"How many numbers can a {_written(sizes)} network learn?", right, reason, {"bias_left_out": _weights(sizes)}
    )


def multiply_adds(rng):
    """How many multiplications a forward pass takes."""
    rng = np.random.default_rng(9) if rng is None else rng
    sizes, d = _sizes(rng, 3), int(rng.choice([10, 20, 50, 100]))
    text = (
        f"How many multiply-adds are there in the products $W A$ of one forward pass of a {_written(sizes)} network "
        f"with {d} examples? A multiply-add is one multiplication, with the addition that follows it."
    )
    products = " + ".join(f"{units}·{inputs}" for inputs, units in pairwise(sizes))
    weights = _weights(sizes)
    wrong = {"one_example_counted": weights, "biases_counted_as_products": d * (weights + sum(sizes[1:]))}
    return Drawn(text, d * weights, f"One per weight and example: ({products}) · {d}.", wrong)


def passes_for_differences(rng):
    """How many forward passes a gradient by central differences takes."""
    sizes = _sizes(np.random.default_rng(10) if rng is None else rng, 3)
    parameters = _weights(sizes) + sum(sizes[1:])
    text = (
        f"The gradient of a {_written(sizes)} network is measured by central differences, for all weights and biases. "
        "How many forward passes does that take?"
    )
    wrong = {"one_pass_each": parameters, "bias_left_out": 2 * _weights(sizes)}
    return Drawn(text, 2 * parameters, f"There are {parameters} parameters, and each is moved up and down.", wrong)


def combined_gradient(rng):
    """The gradient of all examples from those of two parts of different size."""
    first, second = (int(d) for d in rng.choice([10, 20, 30, 40, 50, 80], 2, replace=False))
    G1, G2 = (rng.integers(1, 30, (1, 3)) * rng.choice([-1, 1], (1, 3)) / 100 for _ in range(2))
    text = (
        f"Two machines share the examples: one has {first} of them, the other {second}. These are the gradients of the "
        "mean cost of each part. What is the gradient of the mean cost of all?"
    )
    d = first + second
    reason = rf"The mean of all: $({first} \cdot G_1 + {second} \cdot G_2)/{d}$."
    wrong = {"sizes_not_counted": (G1 + G2) / 2, "parts_added": G1 + G2}
    right = (first * G1 + second * G2) / d
    return Figured(text, right, reason, wrong, {"G_1": G1, "G_2": G2}, ("G1", "G2"))


QUESTIONS = (
    Figuring(
        "product_of_slopes",
        "The error at the beginning of a chain",
        ("T11", "F17"),
        (
            "On the way back through a layer: times the weight, times the slope.",
            r"$\partial J/\partial z^{(l)} = w^{(l+1)} \, \partial J/\partial z^{(l+1)} \cdot \sigma'(z^{(l)})$, "
            "from the last layer to the first.",
        ),
        product_of_slopes,
    ),
    Reading(
        "layers_until_vanished",
        "How soon is it gone?",
        ("T11",),
        ("Multiply by the share again and again, and count.", "Or with logarithms: log(0.001)/log(share), rounded up."),
        layers_until_vanished,
    ),
    Figuring(
        "initial_spread",
        "How large are the first weights?",
        ("T12",),
        ("Both schemes name a variance.", "Xavier: 2/(inputs + units). He: 2/inputs. Take the root."),
        initial_spread,
    ),
    Reading(
        "parameters_of_a_deep_network",
        "How much can a deeper network learn?",
        ("T01", "T13"),
        ("Weights and biases, layer by layer.", "A layer has units × inputs weights, and a bias per unit."),
        parameters_of_a_deep_network,
    ),
    Reading(
        "multiply_adds",
        "What does a forward pass take?",
        ("T13",),
        ("How many weights does an example meet on its way?", "Units × inputs for each layer, added up, times d."),
        multiply_adds,
    ),
    Reading(
        "passes_for_differences",
        "What do differences take?",
        ("T13",),
        ("How many parameters are there?", "How many costs does one central difference need?"),
        passes_for_differences,
    ),
    Figuring(
        "combined_gradient",
        "A gradient from two machines",
        ("T13", "F14"),
        (
            "The mean of all examples is not the mean of two means, where the parts differ in size.",
            "Turn each mean into a sum, add, and divide by the number of all examples.",
        ),
        combined_gradient,
    ),
)
