"""Mistakes on the way back through the hidden layers: dA[l] = W[l+1]ᵀ dZ[l+1], and dZ[l] = dA[l] ⊙ f'(Z[l])."""

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
    "a(1 - a) for an activation that is no sigmoid",
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
    """The activation was exchanged and its derivative was forgotten."""
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
    """The error is sent back through W as it stands, although the way back needs its rows and columns exchanged."""
    return W[l + 1] @ dZ[l + 1]


@mistake(
    "hidden_dA",
    "W is reshaped instead of transposed",
    symptom=f"{_ONLY_HIDDEN}, although every shape is right.",
    hides="With one output: a single row, reshaped, is its transpose.",
    mend=".T exchanges rows and columns; .reshape only cuts the same run of numbers at other places.",
    blocks="hidden",
    cost="falls",
    needs=("a hidden layer",),
    hiding_places=("one output",),
    hidden_in_worked_example=True,
    rows=("F17",),
)
def W_reshaped(l, W, dZ):
    """The shape of the transpose is made by reshape, which puts the numbers in other places."""
    return W[l + 1].reshape(W[l + 1].shape[::-1]) @ dZ[l + 1]
