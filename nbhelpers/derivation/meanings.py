"""What a number of the pass says, in one sentence of plain words."""


def meaning(n, entry):
    """Return a sentence that says what a number means.

    Parameters
    ----------
    n : Numbers
        The numbers of a pass.
    entry : Entry

    Returns
    -------
    str

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.pass_numbers import Numbers
    >>> n = Numbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5)
    >>> meaning(n, n.find("dW1[1,1]"))
    'J falls by about 0.008 for each unit that W1[1,1] rises.'
    """
    say = _MEANINGS.get(entry.block.kind, _slope_of_cost)
    return say(n, entry, *entry.index)


def _feature(n, entry, i, k):
    return f"Feature {i} of example {k}, as given."


def _label(n, entry, j, k):
    return f"The label: what output {j} should be for example {k}."


def _weight(n, entry, j, i):
    l = entry.block.layer
    origin = f"feature {i}" if l == 1 else f"unit {i} of layer {l - 1}"
    return f"The weight of the connection from {origin} to unit {j} of layer {l}."


def _bias(n, entry, j, _):
    return f"The bias of unit {j} of layer {entry.block.layer}."


def _weighted_sum(n, entry, j, k):
    return f"The weighted sum of unit {j} of layer {entry.block.layer} for example {k}, before its activation."


def _activation(n, entry, j, k):
    l = entry.block.layer
    if l == n.network.L:
        return f"The prediction of output {j} for example {k}."
    return f"The activation of unit {j} of layer {l} for example {k}: what it passes on."


def _loss(n, entry, k):
    return f"The loss of example {k}: what its prediction costs ({n.network.loss.name})."


def _cost(n, entry):
    made_of = f"the mean of the losses of the {n.d} examples" if n.d > 1 else "the loss of the example"
    return f"The cost: {made_of} ({n.network.loss.name})."


def _slope(n, entry, j, k):
    l = entry.block.layer
    a = n(f"A{l}", j, k).symbol.name
    return f"The slope of the activation: {a} {_change(n.value(entry))} for each unit that Z{l}[{j},{k}] rises."


def _jacobian(n, entry, i, j, k):
    l = entry.block.layer
    a = n(f"A{l}", i, k).symbol.name
    return f"An entry of softmax's Jacobian: {a} {_change(n.value(entry))} for each unit that Z{l}[{j},{k}] rises."


def _slope_of_cost(n, entry, *index):
    moved = entry.name.removeprefix("d")
    return f"J {_change(n.value(entry))} for each unit that {moved} rises."


def _stepped(n, entry, j, i):
    old = n(entry.block.label.removesuffix("_new"), j, i)
    change = n.value(entry) - old.value
    step = f"it {'rises' if change > 0 else 'falls'} by {abs(change):.3g}" if change else "it does not move"
    return f"{old.symbol.name} after one step with the learning rate {n.learning_rate:g}: {step}."


def _change(slope):
    if slope == 0:
        return "does not change (to first order)"
    return f"{'rises' if slope > 0 else 'falls'} by about {abs(slope):.3g}"


_MEANINGS = {
    "X": _feature,
    "Y": _label,
    "W": _weight,
    "b": _bias,
    "Z": _weighted_sum,
    "A": _activation,
    "L": _loss,
    "J": _cost,
    "slope": _slope,
    "jacobian": _jacobian,
    "W_new": _stepped,
    "b_new": _stepped,
}
