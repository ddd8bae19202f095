"""Mistakes in the cost itself. The gradients belong to the right cost: training works, its curve lies."""

import numpy as np

from nbhelpers.mistakes.mistake import mistake

_DISAGREE = "A gradient check fails in every block, but cannot say whether cost or gradient is the wrong one."


def squared_error_cost(Y_hat, Y, d):
    """Return J for squared error."""
    return 0.5 * ((Y_hat - Y) ** 2).sum() / d


def binary_cost(Y_hat, Y, d):
    """Return J for binary cross-entropy."""
    return -(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)).sum() / d


def categorical_cost(Y_hat, Y, d):
    """Return J for categorical cross-entropy."""
    return -(Y * np.log(Y_hat)).sum() / d


@mistake(
    "cost",
    "Sum instead of mean",
    check="cost",
    blocks="all",
    symptom=f"J grows with the number of examples. {_DISAGREE}",
    hides="With one example.",
    mend="J is the mean of the losses. If you take the sum, leave 1/d out of the gradient as well.",
    cost="falls",
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    rows=("F14",),
    found="published teaching material",
)
def cost_summed(Y_hat, Y, loss):
    """The losses of the examples are added and not divided by d."""
    return loss.per_example(Y_hat, Y).sum()


@mistake(
    "cost",
    "The mean over outputs and examples",
    check="cost",
    blocks="all",
    symptom=f"J is m times too small. {_DISAGREE}",
    hides="With one output.",
    mend="Sum over the outputs of an example, then the mean over the examples. A bare mean() takes the mean of both.",
    cost="falls",
    hiding_places=("one output",),
    hidden_in_worked_example=True,
    rows=("F14",),
    found="published teaching material",
)
def cost_averaged_over_outputs(Y_hat, Y, loss):
    """A mean over all entries divides by m·d, although J is a mean over the d examples alone."""
    return loss.per_example(Y_hat, Y).mean() / len(Y)


@mistake(
    "cost",
    "½ is missing in the cost",
    right=squared_error_cost,
    check="cost",
    blocks="all",
    symptom=f"J is twice as large as its gradient says. {_DISAGREE}",
    hides="Nowhere: any check of the number shows it.",
    mend="½ in the loss and no 2 in the gradient, or neither and both. Choose one, for both.",
    cost="falls",
    needs=("squared error",),
    hidden_in_worked_example=True,
    rows=("F14", "F16"),
    found="published teaching material",
)
def half_missing(Y_hat, Y, d):
    """The squares are added without the factor ½ that makes the gradient Y_hat - Y."""
    return ((Y_hat - Y) ** 2).sum() / d


@mistake(
    "cost",
    "The log of the wrong thing",
    right=binary_cost,
    check="cost",
    blocks="all",
    symptom=f"For y = 0 a right prediction costs a lot and a wrong one nothing. {_DISAGREE}",
    hides="Where every label is 1, as in the worked example.",
    mend="For y = 0 the cost is -log(1 - Y_hat).",
    cost="falls",
    needs=("binary cross-entropy",),
    hiding_places=("all labels 1",),
    hidden_in_worked_example=True,
    rows=("F12",),
)
def log_of_the_wrong_thing(Y_hat, Y, d):
    """Both terms have log(Y_hat), so that the examples with y = 0 are judged by the wrong probability."""
    return -(Y * np.log(Y_hat) + (1 - Y) * np.log(Y_hat)).sum() / d


@mistake(
    "cost",
    "The logarithm to base 10",
    check="cost",
    blocks="all",
    symptom=f"J is 2.3 times too small. {_DISAGREE}",
    hides="Nowhere in the number; in training the curve has the right form.",
    mend="log is the natural logarithm: np.log, or the ln key of a calculator.",
    cost="falls",
    needs=("a logarithm in the loss",),
    rows=("F12", "F13"),
)
def logarithm_of_base_10(Y_hat, Y, loss):
    """The cross-entropy is computed with the logarithm to base 10."""
    return loss.per_example(Y_hat, Y).mean() / np.log(10)


@mistake(
    "cost",
    "The second term is missing",
    right=binary_cost,
    check="cost",
    blocks="all",
    symptom=f"Examples with y = 0 cost nothing. {_DISAGREE}",
    hides="Where every label is 1, as in the worked example.",
    mend="-y log(Y_hat) alone is for one-hot classes. A single output needs the term for y = 0.",
    cost="falls",
    needs=("binary cross-entropy",),
    hiding_places=("all labels 1",),
    hidden_in_worked_example=True,
    rows=("F12", "F13"),
)
def second_term_missing(Y_hat, Y, d):
    """Only the term for y = 1 is there, as if it were a column of classes."""
    return -(Y * np.log(Y_hat)).sum() / d


@mistake(
    "cost",
    "Binary cross-entropy for several classes",
    right=categorical_cost,
    check="cost",
    blocks="all",
    symptom=f"J is too large, because the classes that are not true add losses of their own. {_DISAGREE}",
    hides="Nowhere in the number; in training the curve looks as it should.",
    mend="With one-hot columns and softmax only the true class counts: categorical cross-entropy.",
    cost="falls",
    needs=("categorical cross-entropy",),
    hidden_in_worked_example=True,
    rows=("F12", "F13"),
)
def binary_cost_for_classes(Y_hat, Y, d):
    """Each class is treated as a yes-or-no question of its own, although softmax weighs them against each other."""
    return -(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)).sum() / d
