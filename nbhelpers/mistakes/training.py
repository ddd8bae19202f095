"""Mistakes around the passes: how training begins, what it is given, and what it keeps from step to step."""

import numpy as np

from nbhelpers.mistakes.mistake import mistake


@mistake(
    "gradient_used",
    "Gradients are accumulated",
    check="second step",
    symptom="The first step is right, the second follows the sum of both gradients. The steps grow, the cost swings.",
    hides="In the first step, so in every check of a single one.",
    mend="Compute the gradients afresh in each step; set the buffers back to zero.",
    cost="falls",
    rows=("F21",),
    found="published teaching material",
)
def gradients_accumulated(fresh, carried):
    """The gradients of earlier steps are never cleared, so that each new one is added on top."""
    return carried + fresh


@mistake(
    "forward_used",
    "The forward pass is not repeated",
    check="second step",
    symptom="The first step is right, every later one goes on in the same direction: the cost falls, turns, and rises.",
    hides="In the first step, and at small learning rates.",
    mend="Forward, cost, backward, update, and again forward: the whole cycle stands inside the loop.",
    cost="rises",
    rows=("F05", "F21"),
)
def forward_not_repeated(first):
    """The forward pass stands before the loop, so that every backward pass starts from the first predictions."""
    return first


@mistake(
    "start",
    "Everything starts at zero",
    check="units",
    symptom="The units of a hidden layer stay exactly alike; at zero the hidden weights do not even move at first.",
    hides="With one hidden unit. The gradient check passes: the gradients are right.",
    mend="Begin with small random weights. Biases may be zero.",
    cost="falls",
    needs=("a hidden layer",),
    rows=("F17", "F21"),
)
def all_zeros(theta):
    """All parameters start at 0, so that all units of a layer compute the same and get the same gradient, forever."""
    return np.zeros_like(theta)


@mistake(
    "labels",
    "The labels are off by one",
    check="cost",
    symptom="The network learns, and is then nearly always wrong. Its own cost falls, the right one rises.",
    hides="In the gradient check: cost and gradient use the same wrong labels. With one output nothing is shifted.",
    mend="Count classes from 0, and compare a few columns of Y with the data by eye.",
    update_blocks="all",
    cost="rises",
    hiding_places=("all labels 1",),
    needs=("several outputs",),
    hidden_in_worked_example=True,
    rows=("F13",),
)
def labels_off_by_one(Y):
    """Classes are counted from 1 in one place and from 0 in another; index -1 is the last class: no error is raised."""
    return np.roll(Y, -1, axis=0)


@mistake(
    "labels",
    "The labels of other examples",
    check="cost",
    symptom="The cost falls to what guessing gives, and not below. Only the step of the output's bias is right.",
    hides="With one example, and where all labels are alike. The gradient check passes.",
    mend="Shuffle X and Y with the same order of columns.",
    update_blocks="all but the output's bias",
    cost="falls",
    hiding_places=("one example", "all labels 1"),
    hidden_in_worked_example=True,
    rows=("F01", "F14"),
)
def labels_of_other_examples(Y):
    """X was shuffled or cut and Y was not, so that each example has the label of another."""
    return np.roll(Y, 1, axis=1)


@mistake(
    "inputs",
    "The examples stand in rows",
    check="cost",
    blocks="all",
    update_blocks="all",
    refused=True,
    symptom="The first product fails. With as many examples as features it runs, and the two are swapped.",
    hides="With as many examples as features nothing raises, and the gradient check passes.",
    mend="In the lecture's formulas a column is an example. Data in rows: X.T, once, when it is loaded.",
    cost="no step",
    rows=("F01", "F02"),
)
def examples_in_rows(X):
    """X is passed in with a row per example, as in a table, although every formula here has a column per example."""
    return X.T


@mistake(
    "inputs",
    "The inputs are not scaled",
    check="cost",
    update_blocks="all",
    symptom="Raw pixels from 0 to 255: the first sums are huge, sigmoid and tanh saturate, small steps explode.",
    hides="In the gradient check: the gradients are right, for inputs that are too large.",
    mend="Scale once, when the data are loaded: X / 255, or subtract the mean and divide by the standard deviation.",
    cost="falls",
    rows=("F01", "F02"),
    found="public programming questions",
)
def inputs_not_scaled(X):
    """The inputs come as they were stored, 255 times as large as the initial weights are made for."""
    return 255 * X
