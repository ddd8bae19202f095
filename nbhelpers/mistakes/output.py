"""Mistakes at the output layer: the predictions, and dJ/dZ[L], where the backward pass begins."""

import numpy as np

from nbhelpers.activations import softmax
from nbhelpers.mistakes.mistake import mistake


def unmatched_output_dZ(dA, Z, f, L):
    """Return dZ[L] of a pair that does not match, for an element-wise output."""
    return dA[L] * f[L].derivative(Z[L])


def softmax_output_dZ(dA, Z, f, L):
    """Return dZ[L] of softmax: the Jacobian of each example times its column of dA."""
    return f[L].backward(dA[L], Z[L])


@mistake(
    "output_dZ",
    "1/d is missing",
    symptom="Every gradient is d times too large; every block fails. The steps are too long, but the cost still falls.",
    hides="With one example, where 1/d = 1.",
    mend="J is a mean over d examples, so its derivative carries 1/d: once, here.",
    blocks="all",
    cost="falls",
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    needs=("a difference",),
    rows=("F14", "F16"),
    found="published teaching material",
)
def one_over_d_missing(Y_hat, Y):
    """The cost is a mean over the examples, but its gradient is computed as if it were a sum."""
    return Y_hat - Y


@mistake(
    "output_dZ",
    "1/d is taken twice",
    symptom="Every gradient is d times too small; every block fails, and the cost falls d times more slowly.",
    hides="With one example, where 1/d = 1.",
    mend="Divide by d once. Where the gradient of the loss carries it already, do not divide again.",
    blocks="all",
    cost="falls",
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    needs=("a difference",),
    rows=("F14", "F16"),
    found="published teaching material",
)
def one_over_d_twice(Y_hat, Y, d):
    """The gradient is divided by the number of examples, although it was divided already."""
    return (Y_hat - Y) / d / d


@mistake(
    "output_dZ",
    "The features are counted as examples",
    symptom="Every gradient is wrong by the same factor, d/n.",
    hides="With as many examples as features.",
    mend="Divide by the number of examples: X.shape[1] if they stand in columns, X.shape[0] if they stand in rows.",
    blocks="all",
    cost="falls",
    hiding_places=("as many examples as features",),
    needs=("a difference",),
    rows=("F01", "F14", "F16"),
)
def features_counted_as_examples(Y_hat, Y, X):
    """The number of features is taken for the number of examples: a habit from data with an example per row."""
    return (Y_hat - Y) / len(X)


@mistake(
    "output_dZ",
    "The difference is reversed",
    symptom="Every gradient has the wrong sign, so every block fails and each step makes the cost larger.",
    hides="Together with an update by +, which turns the sign once more: two mistakes that cancel.",
    mend="Prediction minus label, and then subtract the gradient.",
    blocks="all",
    cost="rises",
    needs=("a difference",),
    rows=("F16", "F21"),
)
def difference_turned_round(Y_hat, Y, d):
    """Label minus prediction, although the derivative of the cost is prediction minus label."""
    return (Y - Y_hat) / d


@mistake(
    "output_dZ",
    "The slope of the output is applied once more",
    symptom="Every gradient is at most a quarter of what it should be, smallest where the network is sure and wrong.",
    hides="Nowhere in the gradients; but the cost still falls, so training alone does not show it.",
    mend="For sigmoid with binary cross-entropy the slope has cancelled: (Y_hat - Y)/d is dJ/dZ already.",
    blocks="all",
    cost="falls",
    needs=("a matched pair", "a sigmoid output"),
    rows=("F12", "F16", "F18"),
    found="published teaching material",
)
def slope_applied_again(Y_hat, Y, d, Z, f, L):
    """Y_hat - Y is taken for dJ/dY_hat and multiplied by the slope of the sigmoid, which it already contains."""
    return (Y_hat - Y) / d * f[L].derivative(Z[L])


@mistake(
    "output_dZ",
    "Softmax is treated element by element",
    right=softmax_output_dZ,
    symptom="The gradient is right for the true class and 0 for every other; every block fails.",
    hides="Nowhere in the gradients; but the cost still falls.",
    mend="Softmax has a Jacobian per example. With categorical cross-entropy all of it comes to (Y_hat - Y)/d.",
    blocks="all",
    cost="falls",
    needs=("a softmax output", "a matched pair"),
    also=(lambda Y_hat, Y, d: (Y_hat - Y) / d * Y_hat * (1 - Y_hat),),  # the difference, and then that slope
    hidden_in_worked_example=True,
    rows=("F10", "F16"),
    found="published teaching material",
)
def softmax_element_by_element(Y_hat, dA, L):
    """Only the diagonal a(1 - a) of softmax's Jacobian is used, as if each output depended on its own input alone."""
    return dA[L] * Y_hat * (1 - Y_hat)


@mistake(
    "output_dZ",
    "2 from squared error",
    symptom="Every gradient is twice as large as it should be; the cost still falls.",
    hides="Nowhere in the gradients. In training it looks like a learning rate twice as large.",
    mend="With the factor ½ in the loss there is no 2 in the gradient. Without it there is. Choose one, for both.",
    blocks="all",
    cost="falls",
    needs=("squared error", "a difference"),
    hidden_in_worked_example=True,
    rows=("F11", "F14", "F16"),
    found="published teaching material",
)
def two_from_squared_error(Y_hat, Y, d):
    """The derivative of the square is taken without the factor ½ that the loss has."""
    return 2 * (Y_hat - Y) / d


@mistake(
    "output_dZ",
    "The shortcut for a pair that it does not fit",
    right=unmatched_output_dZ,
    symptom="Every block fails: the slope of the output is missing. The cost falls, often faster than it should.",
    hides="Where the output is linear, whose slope is 1.",
    mend="(Y_hat - Y)/d holds for three pairs. For any other: dJ/dY_hat times the slope of the output.",
    blocks="all",
    cost="falls",
    needs=("an unmatched pair",),
    hidden_in_worked_example=True,
    rows=("F16",),
)
def shortcut_for_any_pair(Y_hat, Y, d):
    """(Y_hat - Y)/d is used although output and loss are not a matched pair, such as a sigmoid with squared error."""
    return (Y_hat - Y) / d


@mistake(
    "predictions",
    "Softmax is applied twice",
    symptom="The network is never sure: with m classes no probability passes e/(e + m - 1). The cost stays high.",
    hides="In the class that is predicted: the largest stays the largest.",
    mend="Give the loss either probabilities or the weighted sums, and read which of the two it expects.",
    blocks="all",
    cost="falls",
    needs=("a softmax output", "a matched pair"),
    hidden_in_worked_example=True,
    rows=("F10", "F13"),
    found="published teaching material",
)
def softmax_twice(Z, L):
    """The probabilities are sent through softmax a second time, often by a loss that does it by itself."""
    return softmax(softmax(Z[L]))


@mistake(
    "predictions",
    "Softmax over the examples",
    symptom="The probabilities of an example do not sum to 1; those of a class do. A single example gets 1 everywhere.",
    hides="In the shapes, which all fit.",
    mend="The predictions of each example have to sum to 1: sum over axis 0 where examples stand in columns.",
    blocks="all",
    cost="rises",
    needs=("a softmax output", "a matched pair"),
    hidden_in_worked_example=True,
    rows=("F01", "F10"),
)
def softmax_over_the_examples(Z, L):
    """Softmax shares out the 1 along the rows, over the examples, instead of over the classes of each example."""
    return softmax(Z[L].T).T


@mistake(
    "output_dZ",
    "The output's slope at the prediction",
    right=unmatched_output_dZ,
    symptom="Every block fails, by numbers that look plausible: σ'(ŷ) lies between 0.197 and 0.25.",
    hides="Where the output is linear, whose slope is 1.",
    mend="The slope belongs to Z[L]. From the prediction it is ŷ(1 - ŷ), not σ'(ŷ).",
    blocks="all",
    cost="falls",
    needs=("an unmatched pair",),
    hidden_in_worked_example=True,
    rows=("F16", "F18"),
    found="public programming questions",
)
def output_slope_at_prediction(dA, f, L, Y_hat):
    """The derivative is evaluated at the prediction, which has passed through the output's activation already."""
    return dA[L] * f[L].derivative(Y_hat)


@mistake(
    "own_dZ",
    "The output's slope is missing in its own step",
    symptom="The blocks of the output layer fail, and those of the hidden layers are right.",
    hides="Where the output is linear, whose slope is 1.",
    mend="One dZ[L] for both: for dW[L] and db[L], and for what is sent back.",
    blocks="output",
    cost="falls",
    needs=("an unmatched pair",),
    hidden_in_worked_example=True,
    rows=("F16", "F19"),
    found="public programming questions",
)
def output_slope_missing_in_own_step(l, L, dA, dZ):
    """The error is multiplied by the slope before it is sent back, but not for the output's own weights."""
    return dA[L] if l == L else dZ[l]


@mistake(
    "output_dZ",
    "Divided by all entries",
    symptom="Every gradient is m times too small; every block fails, and the cost falls m times more slowly.",
    hides="With one output.",
    mend="The cost is a mean over the d examples: divide by d, not by the m·d entries of Y.",
    blocks="all",
    cost="falls",
    needs=("a difference",),
    hiding_places=("one output",),
    hidden_in_worked_example=True,
    rows=("F14", "F16"),
    found="public programming questions",
)
def divided_by_all_entries(Y_hat, Y):
    """The difference is divided by the number of its entries, m·d, although the cost is a mean over d examples."""
    return (Y_hat - Y) / Y.size


@mistake(
    "output_dZ",
    "The labels are broadcast",
    symptom="The difference of a row and a column is a square. The next product fails, or its shape is wrong.",
    hides="With one example.",
    mend="Give Y the shape of Y_hat before subtracting, and look at the shape of the difference once.",
    blocks="all",
    refused=True,
    cost="no step",
    needs=("one output", "a difference"),
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    rows=("F01", "F16"),
    found="public programming questions",
)
def labels_broadcast(Y_hat, Y, d):
    """Predictions and labels stand one in a row and one in a column: NumPy makes a (d, d) square of all pairs."""
    return (Y_hat - Y.T) / d


@mistake(
    "output_dZ",
    "Class numbers in place of one-hot columns",
    symptom="Every block fails. The class number is subtracted from every probability, so the gradients are huge.",
    hides="In the shapes: NumPy broadcasts the numbers over all classes.",
    mend="One-hot first: np.eye(m)[:, classes] has a 1 at the class of each example.",
    blocks="all",
    cost="falls",
    needs=("a softmax output", "a matched pair"),
    hidden_in_worked_example=True,
    rows=("F13", "F16"),
    found="public programming questions",
)
def class_numbers_for_one_hot(Y_hat, Y, d):
    """The labels are the numbers of the classes, 0 to m - 1, and are subtracted from the probabilities as they are."""
    return (Y_hat - Y.argmax(axis=0)) / d


@mistake(
    "predictions",
    "Softmax over everything",
    symptom="All probabilities of all examples together sum to 1, so each is about d times too small.",
    hides="With one example.",
    mend="Sum over the classes of each example alone: np.exp(Z) / np.exp(Z).sum(axis=0).",
    blocks="all",
    cost="falls",
    needs=("a softmax output", "a matched pair"),
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    also=(lambda Z, L: np.exp(Z[L] - Z[L].max(axis=0)) / np.exp(Z[L] - Z[L].max(axis=0)).sum(),),
    rows=("F01", "F10"),
    found="public programming questions",
)
def softmax_over_everything(Z, L):
    """The sum in the denominator has no axis, so that it runs over all examples as well."""
    return softmax(Z[L].reshape(-1, 1)).reshape(Z[L].shape)
