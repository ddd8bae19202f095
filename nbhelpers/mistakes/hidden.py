"""Mistakes on the way back through the hidden layers: dA[l] = W[l+1]ᵀ dZ[l+1], and dZ[l] = dA[l] ⊙ f'(Z[l])."""

import numpy as np

from nbhelpers.mistakes.mistake import mistake

_ONLY_HIDDEN = "The blocks of the output layer are right, those of every hidden layer fail"


@mistake(
    "hidden_dZ",
    "The slope of the activation is missing",
    symptom=f"{_ONLY_HIDDEN}: their gradients are too large, for sigmoid at least 4 times.",
    hides="In linear hidden layers, whose slope is 1, and where all ReLUs are on.",
    mend="Multiply by the slope of the activation at Z, element by element.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    hiding_places=("linear hidden layers", "ReLUs all on"),
    rows=("F15", "F17", "F18"),
)
def slope_missing(l, dA):
    """The error is sent back through the weights, but not through the activation."""
    return dA[l]


@mistake(
    "hidden_dZ",
    "The slope of the activation is applied twice",
    symptom=f"{_ONLY_HIDDEN}: their gradients are too small, for sigmoid at least 4 times.",
    hides="In ReLU and linear layers: the slopes 0 and 1 are their own squares.",
    mend="Each activation is passed once on the way forward, so once on the way back.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    hiding_places=("linear hidden layers", "ReLU hidden layers", "ReLUs all on"),
    rows=("F17", "F18"),
)
def slope_twice(l, dA, Z, f):
    """The slope is multiplied in twice, for instance once where the error is sent back and once where it arrives."""
    return dA[l] * f[l].derivative(Z[l]) * f[l].derivative(Z[l])


@mistake(
    "hidden_dZ",
    "The slope is taken at A instead of Z",
    symptom=f"{_ONLY_HIDDEN}. The numbers look plausible: for sigmoid the slope at A lies between 0.197 and 0.25.",
    hides="In ReLU and linear layers, where the slope at A and at Z is the same.",
    mend="The slope belongs to the place where f was applied: f'(Z). From A it is a(1 - a), not f'(a).",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    hiding_places=("linear hidden layers", "ReLU hidden layers", "ReLUs all on"),
    rows=("F17", "F18"),
)
def slope_at_A(l, dA, A, f):
    """The derivative is evaluated at the activations, although these have passed through the function already."""
    return dA[l] * f[l].derivative(A[l])


@mistake(
    "hidden_dZ",
    "a(1 - a) for an activation that is not a sigmoid",
    symptom=f"{_ONLY_HIDDEN}; where a > 1 or a < 0 even the sign is wrong.",
    hides="In networks with sigmoids only.",
    mend="a(1 - a) is the slope of the sigmoid alone: 1 - a² is that of tanh, 0 or 1 that of ReLU.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer without sigmoid",),
    hidden_in_worked_example=True,
    rows=("F08", "F09", "F18"),
)
def sigmoid_slope_for_all(l, dA, A):
    """The activation was replaced and its derivative was forgotten."""
    return dA[l] * A[l] * (1 - A[l])


@mistake(
    "hidden_dZ",
    "The ReLU mask is taken from A with >=",
    symptom=f"{_ONLY_HIDDEN}, wherever a ReLU is off: gradients run through units that are switched off.",
    hides="Where all ReLUs are on. Nothing raises, so a notebook that only has to run stays green.",
    mend="Z > 0. After ReLU nothing is negative, so A >= 0 is always true.",
    blocks="hidden",
    cost="falls",
    needs=("hidden ReLUs",),
    hiding_places=("ReLUs all on",),
    hidden_in_worked_example=True,
    rows=("F08", "F18"),
    found="a well-known NumPy tutorial",
)
def relu_mask_always_true(l, dA, A):
    """The mask asks whether the output of the ReLU is at least 0, which it always is."""
    return dA[l] * (A[l] >= 0)


@mistake(
    "hidden_dZ",
    "The slope at the wrong layer's Z",
    symptom="NumPy refuses where the two layers differ in size. Where the next has one unit it runs, and is wrong.",
    hides="Where two layers have the same size, or the next has one unit, the shapes fit and nothing raises.",
    mend="dZ[l], dA[l], Z[l]: on this line everything has the same layer number.",
    blocks="all",
    refused=True,
    cost="no step",
    needs=("a hidden layer",),
    rows=("F17", "F18"),
    found="published teaching material",
)
def slope_of_the_next_layer(l, dA, Z, f):
    """The slope is taken at the weighted sums of the layer that the error comes from."""
    return dA[l] * f[l].derivative(Z[l + 1])


@mistake(
    "hidden_dA",
    "The transpose of W is missing",
    symptom="NumPy refuses where the layer is not square; where it is square it runs, and the hidden blocks are wrong.",
    hides="In square layers the shapes fit, and with a symmetric W even the numbers.",
    mend="Forward W goes from l to l+1, backward its transpose goes from l+1 to l. Try it with all sizes different.",
    blocks="all",
    refused=True,
    cost="no step",
    needs=("a hidden layer",),
    rows=("F17",),
    found="published teaching material",
)
def transpose_of_W_missing(l, W, dZ):
    """The error is sent back through W as it stands, although the way back needs its rows and columns swapped."""
    return W[l + 1] @ dZ[l + 1]


@mistake(
    "hidden_dA",
    "W is reshaped instead of transposed",
    symptom=f"{_ONLY_HIDDEN}, although every shape is right.",
    hides="With one output: a single row, reshaped, is its transpose.",
    mend=".T swaps rows and columns; .reshape only cuts the same run of numbers at other places.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    hiding_places=("one output",),
    also=(lambda l, W, dZ: W[l + 1].T.reshape(W[l + 1].shape).T @ dZ[l + 1],),  # in rows, the numbers run the other way
    hidden_in_worked_example=True,
    rows=("F17",),
)
def W_reshaped(l, W, dZ):
    """The shape of the transpose is made by reshape, which puts the numbers in the wrong places."""
    return W[l + 1].reshape(W[l + 1].shape[::-1]) @ dZ[l + 1]


def slope_in_terms_of_a(f, a):
    """Return the slope of sigmoid or tanh by the formula in terms of a: a(1 - a), 1 - a²; of any other, f'(a)."""
    return {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a**2}.get(repr(f), f.derivative)(a)


@mistake(
    "hidden_dZ",
    "The slope's formula is fed z",
    symptom=f"{_ONLY_HIDDEN}; z(1 - z) is negative for z > 1 and has no bound.",
    hides="In ReLU and linear layers, whose formulas are not written in a.",
    mend="a(1 - a) and 1 - a² expect a = f(z). Given z, first compute f(z).",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer", "a slope written in a"),
    rows=("F07", "F09", "F18"),
    found="public programming questions",
)
def slope_formula_fed_with_z(l, dA, Z, f):
    """The formula a(1 - a) or 1 - a² is right, but it is given the weighted sum z in place of a = f(z)."""
    return dA[l] * slope_in_terms_of_a(f[l], Z[l])


@mistake(
    "hidden_dZ",
    "The activation in place of its slope",
    symptom=f"{_ONLY_HIDDEN}: they are multiplied by a, not by f'(z).",
    hides="Where ReLUs give exactly 0 or 1.",
    mend="The chain rule needs how fast f changes, f'(z), not its value.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    also=(lambda l, dA, A, f: dA[l] * f[l](A[l]),),
    rows=("F17", "F18"),
    found="public programming questions",
)
def activation_for_slope(l, dA, A):
    """The error is multiplied by the activation itself, because the derivative was never written."""
    return dA[l] * A[l]


@mistake(
    "hidden_dZ",
    "The slope of the error",
    symptom=f"{_ONLY_HIDDEN}. For small errors the slope is close to f'(0), whatever z is.",
    hides="In linear layers; for sigmoid at z = 0, roughly.",
    mend="The slope belongs to the place where f was applied: f'(Z), then times the error.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    also=(
        lambda l, dA, f: dA[l] * slope_in_terms_of_a(f[l], dA[l]),
        lambda l, dA, f: f[l].derivative(dA[l]),
        lambda l, dA, f: slope_in_terms_of_a(f[l], dA[l]),
        lambda l, dA, f, d: dA[l] * f[l].derivative(d * dA[l]),  # where 1/d comes later
        lambda l, dA, f, d: dA[l] * slope_in_terms_of_a(f[l], d * dA[l]),
    ),
    hiding_places=("linear hidden layers",),
    rows=("F17", "F18"),
    found="public programming questions",
)
def slope_of_the_error(l, dA, f):
    """The derivative is evaluated at the error that arrives, where f was never applied."""
    return dA[l] * f[l].derivative(dA[l])


@mistake(
    "hidden_dZ",
    "The slope with a wrong sign",
    symptom=f"{_ONLY_HIDDEN}: 1 + a² lies between 1 and 2, where 1 - a² lies between 0 and 1.",
    hides="At a = 0, where tanh is steepest and both are 1.",
    mend="The slope of tanh is 1 - a², that of the sigmoid a(1 - a): both fall toward 0 on both sides.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer", "a slope written in a"),
    also=(lambda l, dA, Z, f: -dA[l] * f[l].derivative(Z[l]),),
    rows=("F07", "F09", "F18"),
    found="public programming questions",
)
def slope_with_wrong_sign(l, dA, A, f):
    """A plus stands where the formula of the slope has a minus: 1 + a² for tanh, a(1 + a) for the sigmoid."""
    slope = {"tanh": lambda a: 1 + a**2, "sigmoid": lambda a: a * (1 + a)}.get(repr(f[l]), f[l].derivative)
    return dA[l] * slope(A[l])


@mistake(
    "hidden_dZ",
    "The slope without the error",
    symptom=f"{_ONLY_HIDDEN}. They do not depend on the labels: the hidden layer never settles.",
    hides="In the shapes, which all fit.",
    mend="A product of two factors: what arrives, dA, times the slope.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    also=(lambda l, Z, f, d: f[l].derivative(Z[l]) / d,),
    rows=("F17", "F18"),
    found="public programming questions",
)
def slope_without_error(l, Z, f):
    """The slope of the activation is taken for the whole of dZ; the error that came back is left out."""
    return f[l].derivative(Z[l])


@mistake(
    "hidden_dA",
    "The error is sent back before the slope",
    symptom=f"{_ONLY_HIDDEN}: the slope of the layer above is missing from them.",
    hides="Where the layer above is linear.",
    mend="Multiply the error by the slope of its own layer first: what goes back through W is dZ[l+1].",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer", "a bend above it"),
    rows=("F15", "F17"),
    found="public programming questions",
)
def error_sent_back_before_slope(l, W, dA):
    """What goes back through W is dA of the layer above, not its dZ: that layer's own slope was skipped."""
    return W[l + 1].T @ dA[l + 1]


@mistake(
    "hidden_dA",
    "The error is not sent through W",
    symptom=f"{_ONLY_HIDDEN}. Every unit of the layer gets the same error.",
    hides="Where all the weights on the way are 1.",
    mend="A unit gets the error in proportion to its weights: dA[l] = W[l+1].T @ dZ[l+1].",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    rows=("F17",),
    found="public programming questions",
)
def error_not_sent_through_W(l, W, dZ):
    """The errors of the layer above are added up as they are, as if every weight were 1."""
    return np.ones_like(W[l + 1]).T @ dZ[l + 1]


@mistake(
    "hidden_dA",
    "The sum over the paths is not set back to zero",
    symptom=f"{_ONLY_HIDDEN}, but for the first unit of each layer.",
    hides="In layers with one unit.",
    mend="Start each unit's sum at 0: the line error = 0 stands inside the loop over the units.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    also=(lambda l, W, dZ: np.cumsum((W[l + 1].T @ dZ[l + 1]).T.ravel()).reshape(dZ[l + 1].shape[1], -1).T,),
    rows=("F15", "F17"),
    found="public programming questions",
)
def path_sum_not_reset(l, W, dZ):
    """In a loop over the units, each one's sum starts from what the units before it left there."""
    return np.cumsum(W[l + 1].T @ dZ[l + 1], axis=0)


@mistake(
    "hidden_dZ",
    "The ReLU mask is taken from the gradient",
    symptom=f"{_ONLY_HIDDEN}: negative errors are lost, and units that are off get the positive ones.",
    hides="Nowhere: errors of both signs occur in any network.",
    mend="The mask is where the ReLU was on in the forward pass: dA * (Z > 0).",
    blocks="hidden",
    cost="falls",
    needs=("hidden ReLUs",),
    hidden_in_worked_example=True,
    rows=("F08", "F18"),
    found="public programming questions",
)
def relu_mask_of_the_gradient(l, dA):
    """The ReLU is applied to the error on its way back, as it was to the sums on the way forward."""
    return dA[l] * (dA[l] > 0)
