"""What a number of the pass says, in one sentence of plain words; for each kind of number a function in `STEPS`."""

import math

from nbhelpers.numbers_as_text import precise


def feature(n, entry, i, k):
    """What a feature is."""
    return f"Feature {i} of example {k}, as given."


def label(n, entry, j, k):
    """What a label is."""
    return f"The label: what output {j} should be for example {k}."


def weight(n, entry, j, i):
    """Which connection a weight belongs to."""
    l = entry.block.layer
    origin = f"feature {i}" if l == 1 else f"unit {i} of layer {l - 1}"
    return f"The weight of the connection from {origin} to unit {j} of layer {l}."


def bias(n, entry, j, _):
    """Which unit a bias belongs to."""
    return f"The bias of unit {j} of layer {entry.block.layer}."


def weighted_sum(n, entry, j, k):
    """Which weighted sum it is."""
    return f"The weighted sum of unit {j} of layer {entry.block.layer} for example {k}, before its activation."


def activation(n, entry, j, k):
    """Which activation it is."""
    l = entry.block.layer
    if l == n.network.L:
        return f"The prediction of output {j} for example {k}."
    return f"The activation of unit {j} of layer {l} for example {k}: what it passes on."


def loss(n, entry, k):
    """Whose loss it is."""
    return f"The loss of example {k}: what its prediction costs ({n.network.loss.name})."


def cost(n, entry):
    """What the cost is a mean of."""
    kind = f"the {n.network.reduction}" + (
        ", of the losses" if n.network.reduction == "mean of all entries" else " of the losses"
    )
    made_of = f"{kind} of the {n.d} examples" if n.d > 1 else "the loss of the example"
    penalty = f", and a penalty on the weights with λ = {n.network.l2:g}" if n.network.l2 else ""
    return f"The cost: {made_of} ({n.network.loss.name}){penalty}."


def slope(n, entry, j, k):
    """How an activation follows its weighted sum."""
    l = entry.block.layer
    a = n(f"A{l}", j, k).symbol.name
    return f"The slope of the activation: {a} {_change(n.value(entry))} for each unit that Z{l}[{j},{k}] rises."


def jacobian(n, entry, i, j, k):
    """How an activation follows any weighted sum of its column."""
    l = entry.block.layer
    a = n(f"A{l}", i, k).symbol.name
    of = n.activation(l).name
    return f"An entry of {of}'s Jacobian: {a} {_change(n.value(entry))} for each unit that Z{l}[{j},{k}] rises."


def slope_of_cost(n, entry, *index):
    """How the cost follows a number."""
    moved = entry.name.removeprefix("d")
    return f"J {_change(n.value(entry))} for each unit that {moved} rises."


def stepped(n, entry, j, i):
    """Where a parameter goes."""
    old = n(entry.block.label.removesuffix("_new"), j, i)
    change = n.value(entry) - old.value
    step = f"it {'rises' if change > 0 else 'falls'} by {abs(change):.3g}" if change else "it does not move"
    return f"{old.symbol.name} after one step with the learning rate {n.learning_rate:g}: {step}."


def _change(slope):
    if slope == 0:
        return "does not change (to first order)"
    return f"{'rises' if slope > 0 else 'falls'} by about {abs(slope):.3g}"


def rule_of(story):
    r"""Return the equation of a matrix; where a 1/d is not in it because there is one example, that is said.

    Examples
    --------
    >>> from nbhelpers import why, worked_example
    >>> rule_of(why(worked_example.network(), worked_example.X, worked_example.Y, "dZ2[1,1]"))
    '\\frac{\\partial J}{\\partial Z^{(2)}} = \\hat Y - Y\\quad (d = 1)'
    """
    n, rule = story.numbers, story.rule
    hides = n.network.reduction == "mean" and not n.is_divided and rule.endswith(r"\hat Y - Y")
    return rule + (r"\quad (d = 1)" if hides else "")


def check_of(story):
    """Return the finite difference of a gradient in words; "" for a number that is none.

    Examples
    --------
    >>> from nbhelpers import why, worked_example
    >>> check_of(why(worked_example.network(), worked_example.X, worked_example.Y, "dW2[1,2]"))
    'finite difference is −0.17998: J computed twice, with W2[1,2] a little larger and a little smaller'
    """
    slope, moved = story.finite_difference, story.name.removeprefix("d")
    if slope is None:
        return ""
    if math.isnan(slope):
        return "finite difference does not exist: this is a kink of ReLU"
    shown = precise(round(slope, 8))
    return f"finite difference is {shown}: J computed twice, with {moved} a little larger and a little smaller"
