"""Mistakes on the way forward: Z[l] = W[l] A[l-1] + b[l] and A[l] = f(Z[l])."""

import numpy as np

from nbhelpers.mistakes.mistake import mistake


@mistake(
    "weighted_sums",
    "The bias is left out",
    check="cost",
    blocks="biases",
    update_blocks="all",
    symptom="The cost is that of another network, and does not change with b, so that every db fails.",
    hides="Where all biases are 0, as at the beginning of training.",
    mend="Z = W A + b. NumPy adds the column b to every column of W A.",
    cost="rises",
    rows=("F02", "F04", "F05", "F06"),
)
def bias_left_out(l, W, A):
    """The weighted sums are computed without the bias."""
    return W[l] @ A[l - 1]


@mistake(
    "activations",
    "The activation is left out",
    check="cost",
    blocks="hidden",
    update_blocks="all",
    symptom="The hidden blocks fail: slopes are multiplied in for activations that were never passed.",
    hides="In linear hidden layers, and where all ReLUs are on.",
    mend="A = f(Z), and A is what goes on to the next layer. Without it, two layers do no more than one.",
    cost="falls",
    needs=("a hidden layer",),
    hiding_places=("linear hidden layers", "ReLUs all on"),
    rows=("F03", "F04", "F05"),
)
def activation_left_out(l, Z):
    """The weighted sums of a hidden layer are passed on as they are."""
    return Z[l]


@mistake(
    "activations",
    "The sigmoid with the wrong sign",
    check="cost",
    blocks="hidden",
    update_blocks="all",
    symptom="Large sums give small activations: 1 - a in place of a. The hidden gradients have the wrong sign.",
    hides="At z = 0, where both are ½.",
    mend="There is a minus in the exponent: 1 / (1 + exp(-z)).",
    cost="falls",
    needs=("hidden sigmoids",),
    rows=("F03", "F07"),
)
def sigmoid_turned_round(l, Z):
    """The minus in the exponent is missing, so that the sigmoid falls where it should rise."""
    return 1 / (1 + np.exp(Z[l]))
