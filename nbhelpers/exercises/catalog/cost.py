"""Questions about the cost (F11 to F14)."""

from nbhelpers.exercises.pass_questions import Computing
from nbhelpers.exercises.random_networks import plan

QUESTIONS = (
    Computing(
        "binary_cost",
        "Binary cross-entropy",
        ("F12", "F14"),
        "Compute $J$.",
        "J",
        ("Y_hat", "Y"),
        "First the loss of every example, then the mean. For y = 1 the price is $-\\log \\hat y$.",
        plan(2, 3, 1, f="sigmoid sigmoid", d=3),
    ),
    Computing(
        "categorical_cost",
        "Categorical cross-entropy",
        ("F13", "F14"),
        "Compute $J$.",
        "J",
        ("Y_hat", "Y"),
        "In each column only the probability of the true class counts.",
        plan(2, 3, f="softmax", loss="categorical_cross_entropy", d=4),
        in_lecture=False,
    ),
    Computing(
        "squared_cost",
        "Squared error",
        ("F11", "F14"),
        r"Compute $J$, the mean of $\frac12 \sum_j (\hat y_j - y_j)^2$.",
        "J",
        ("Y_hat", "Y"),
        "Square the differences, sum down each column, halve, and take the mean over the columns.",
        plan(2, 3, f="linear", loss="squared_error", d=4),
        in_lecture=False,
    ),
    Computing(
        "losses",
        "The loss of each example",
        ("F12", "F14"),
        "Compute the binary cross-entropy $L$ of each example, one number per column.",
        "L",
        ("Y_hat", "Y"),
        "No mean yet: every example has a price of its own.",
        plan(2, 3, 1, f="sigmoid sigmoid", d=3),
    ),
)
