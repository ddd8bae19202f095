"""Mistakes in the gradients of the parameters: dW[l] = dZ[l] A[l-1]ᵀ and db[l] = dZ[l] · 1."""

import numpy as np

from nbhelpers.mistakes.mistake import mistake

_WRONG_SHAPE = "The gradient does not have the shape of its parameter"


@mistake(
    "weight_gradient",
    "The transpose of A is missing",
    symptom="NumPy refuses, except where d happens to equal the number of inputs of every layer.",
    hides="Where there are as many examples as units in every layer.",
    mend="dZ is (h, d) and A is (h_previous, d): only dZ @ A.T adds over the examples.",
    blocks="all",
    refused=True,
    cost="no step",
    rows=("F19",),
    found="published teaching material",
)
def transpose_of_A_missing(l, dZ, A):
    """The product dZ A is taken as it stands, so that examples of one are multiplied by units of the other."""
    return dZ[l] @ A[l - 1]


@mistake(
    "weight_gradient",
    "The transpose is on the wrong factor",
    symptom=f"{_WRONG_SHAPE}, except in a square layer, where the gradient of w12 is that of w21.",
    hides="In square layers a check of shapes passes; the numbers are on the wrong side of the diagonal.",
    mend="W has a row per unit of this layer. Lecture 1's w_ij, from i to j, stands in row j, column i.",
    blocks="weights",
    cost="no step",
    rows=("F15", "F19"),
    found="published teaching material",
)
def dW_turned_over(l, dZ, A):
    """The product is the transpose of the gradient: rows and columns of dW are swapped."""
    return A[l - 1] @ dZ[l].T


@mistake(
    "weight_gradient",
    "A is reshaped instead of transposed",
    symptom="Every dW fails, although every shape is right; every db is right.",
    hides="With one example: a single column, reshaped, is its transpose.",
    mend=".T swaps rows and columns; .reshape mixes the examples.",
    blocks="weights",
    cost="falls",
    hiding_places=("one example",),
    also=(lambda l, dZ, A: dZ[l] @ A[l - 1].T.reshape(A[l - 1].shape).T,),  # in rows, the numbers run the other way
    hidden_in_worked_example=True,
    rows=("F19",),
)
def A_reshaped(l, dZ, A):
    """The shape of the transpose is made by reshape, which mixes features and examples."""
    return dZ[l] @ A[l - 1].reshape(A[l - 1].shape[::-1])


@mistake(
    "weight_gradient",
    "The wrong layer's A",
    symptom=f"{_WRONG_SHAPE}, except in a square layer, where only the numbers are wrong.",
    hides="In square layers a check of shapes passes.",
    mend="A weight is multiplied by what comes in: dZ[l] with A[l-1]. For the first layer that is X.",
    blocks="weights",
    cost="no step",
    rows=("F19",),
)
def A_of_the_wrong_layer(l, dZ, A):
    """The output of the layer is used, although a weight multiplies its input."""
    return dZ[l] @ A[l].T


@mistake(
    "weight_gradient",
    "Z in place of A",
    symptom="dW fails from layer 2 on; dW1 is right, because the input has no activation.",
    hides="Behind linear hidden layers, where A is Z.",
    mend="What arrives at the next layer is A, the activations, not the sums before.",
    blocks="weights after layer 1",
    cost="falls",
    needs=("a hidden layer",),
    hiding_places=("linear hidden layers", "ReLUs all on"),
    rows=("F19",),
)
def Z_in_place_of_A(l, dZ, A, Z):
    """The weighted sums of the layer before are used, as if its activation had not been applied."""
    return dZ[l] @ (A[0] if l == 1 else Z[l - 1]).T


@mistake(
    "weight_gradient",
    "1/d in dZ and in dW",
    symptom="Every dW is d times too small, every db is right.",
    hides="With one example, where 1/d = 1.",
    mend="1/d sits once, in dZ[L]. dW = dZ Aᵀ carries none.",
    blocks="weights",
    cost="falls",
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    rows=("F14", "F19"),
    found="published teaching material",
)
def one_over_d_in_dW_too(l, dZ, A, d):
    """The weights' gradient is divided by d, although dZ has been."""
    return dZ[l] @ A[l - 1].T / d


@mistake(
    "bias_gradient",
    "The bias gradient is averaged",
    symptom="Every db is d times too small, every dW is right.",
    hides="With one example, where the mean is the sum.",
    mend="dZ carries 1/d already, so db is the sum over the examples, not their mean.",
    blocks="biases",
    cost="falls",
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    rows=("F14", "F20"),
    found="published teaching material",
)
def bias_averaged(l, dZ):
    """The mean over the examples is taken, although dZ has been divided by d."""
    return dZ[l].mean(axis=1, keepdims=True)


@mistake(
    "bias_gradient",
    "The bias gradient is multiplied by the input",
    symptom="Every db fails, every dW is right.",
    hides="Where the inputs of a unit happen to sum to 1.",
    mend="A bias is a weight whose input is always 1: db = dZ · 1.",
    blocks="biases",
    cost="falls",
    rows=("F20",),
    found="published teaching material",
)
def bias_times_input(l, dZ, A):
    """The line for the weights was copied for the bias, which has no input to be multiplied by."""
    return (dZ[l] @ A[l - 1].T).sum(axis=1, keepdims=True)


@mistake(
    "bias_gradient",
    "The bias gradient is summed over the units",
    symptom=f"{_WRONG_SHAPE}: a row with an entry per example instead of a column with an entry per unit.",
    hides="In a layer with one unit and with a single example.",
    mend="Sum over the examples, axis 1. There is one bias per unit, so one number per row has to remain.",
    blocks="biases",
    cost="no step",
    rows=("F20",),
)
def bias_summed_over_units(l, dZ):
    """The sum runs over the units instead of over the examples."""
    return dZ[l].sum(axis=0, keepdims=True)


@mistake(
    "bias_gradient",
    "The bias gradient is summed over everything",
    symptom=f"{_WRONG_SHAPE}: a single number. Subtracting it raises nothing, and moves all biases alike.",
    hides="In layers with one unit. NumPy spreads the single number over all biases without a word.",
    mend="Name the axis: sum(axis=1, keepdims=True).",
    blocks="biases",
    cost="falls",
    rows=("F20",),
)
def bias_summed_over_everything(l, dZ):
    """The axis is forgotten, so that one number is left for all units together."""
    return dZ[l].sum(keepdims=True)


@mistake(
    "bias_gradient",
    "The bias gradient is not summed",
    symptom=f"{_WRONG_SHAPE}: a column per example. Subtracting it broadcasts, and b becomes a matrix.",
    hides="With one example.",
    mend="A bias acts on every example, so add over them: db = dZ.sum(axis=1, keepdims=True).",
    blocks="biases",
    cost="no step",
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    rows=("F20",),
    found="public programming questions",
)
def bias_not_summed(l, dZ):
    """The errors of the single examples are taken as they are, and not added up."""
    return dZ[l]


@mistake(
    "bias_gradient",
    "The bias gradient is flat",
    symptom=f"{_WRONG_SHAPE}: (h,) in place of (h, 1). Subtracted from a column it makes an h × h square.",
    hides="In layers with one unit, and where b itself is flat.",
    mend="keepdims=True keeps the column: dZ.sum(axis=1, keepdims=True).",
    blocks="biases",
    cost="no step",
    rows=("F20",),
    found="public programming questions",
)
def flat_bias_gradient(l, dZ):
    """The numbers are right, but the sum has dropped an axis, so that they no longer form a column."""
    return dZ[l].sum(axis=1)


@mistake(
    "weight_gradient",
    "The weight in place of its input",
    symptom="Every dW fails, every db is right. A weight that is 0 never moves.",
    hides="In the shapes, which all fit.",
    mend="z = w·a + b changes with w by a: the gradient is dZ times the input, not times the weight.",
    blocks="weights",
    cost="falls",
    rows=("F15", "F19"),
    found="public programming questions",
)
def weight_for_input(l, dZ, W):
    """The error is multiplied by the weight itself, although the weight is multiplied by its input."""
    return dZ[l].sum(axis=1, keepdims=True) * W[l]


@mistake(
    "weight_gradient",
    "The input is left out",
    symptom="Every dW fails, every db is right. All weights of a unit get the same gradient.",
    hides="Where every input is 1.",
    mend="dW = dZ Aᵀ: each weight's share is the error times what came in along it.",
    blocks="weights",
    cost="falls",
    rows=("F15", "F19"),
    found="public programming questions",
)
def input_left_out(l, dZ, W):
    """The error of a unit is taken for the gradient of each of its weights, whatever came in."""
    return dZ[l].sum(axis=1, keepdims=True) * np.ones_like(W[l])


@mistake(
    "own_dZ",
    "Only the last example counts",
    symptom="Every block fails. Each step goes by a single example, always the same one.",
    hides="With one example.",
    mend="Add up in the loop, dW += …, with dW set to zeros before it.",
    blocks="all",
    cost="rises",
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    rows=("F14", "F19", "F20"),
    found="public programming questions",
)
def only_last_example(l, dZ, d):
    """In the loop over the examples each gradient overwrites the one before, so that the last one remains."""
    return dZ[l] * (np.arange(d) == d - 1)


@mistake(
    "penalized",
    "The penalty is missing in the gradient",
    symptom="Every dW is wrong by λ W, every db is right.",
    hides="Where λ is small, and in a cost that leaves the penalty out as well: then the gradient check passes.",
    mend="The derivative of λ/2 ΣW² is λ W: add it to dW in every layer, where the cost has the penalty.",
    blocks="weights",
    cost="falls",
    needs=("a penalty",),
    hidden_in_worked_example=True,
    rows=("F19",),
    found="public programming questions",
)
def penalty_missing(l, dW):
    """The cost has an L2 penalty, and the gradient of the weights is computed as if it had none."""
    return dW[l]


@mistake(
    "penalized_bias",
    "The penalty is on the biases as well",
    symptom="Every db is wrong by λ b, every dW is right.",
    hides="Where all biases are 0, as at the beginning of training.",
    mend="The penalty is λ/2 ΣW², over the weights alone: db has no part of it.",
    blocks="biases",
    cost="falls",
    needs=("a penalty",),
    hidden_in_worked_example=True,
    rows=("F20",),
    found="public programming questions",
)
def penalty_on_biases(l, db, b, l2):
    """λ times the bias is added to its gradient, although the cost penalizes the weights alone."""
    return db[l] + l2 * b[l]


@mistake(
    "penalized",
    "The penalty has the wrong sign",
    symptom="Every dW is wrong by 2λ W, every db is right. The weights grow where they should shrink.",
    hides="Where λ is small, and in short trainings, whose weights do not grow far.",
    mend="The derivative of λ/2 ΣW² is λ W: add it to dW, so that the step subtracts it.",
    blocks="weights",
    cost="rises",
    needs=("a penalty",),
    hidden_in_worked_example=True,
    rows=("F19",),
)
def penalty_with_wrong_sign(l, dW, W, l2):
    """λ W is subtracted from the gradient, so that each step makes the weights larger instead of smaller."""
    return dW[l] - l2 * W[l]
