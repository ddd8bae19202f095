"""Mistakes of dropout: in training A[l] ⊙ M[l] / (1 - p) is passed on, in evaluation A[l] as it is.

M[l] is 1 where a unit stays on, else 0, and p the share of the units that are switched off. The division keeps the mean
of what is passed on, so that training and evaluation fit together. A step back is multiplied by the same factors.
"""

from nbhelpers.mistakes.mistake import mistake

_UNSEEN = "Without dropout nothing is wrong, so every check that does not switch it on passes."


@mistake(
    "passed_back",
    "Dropout is scaled forward and not backward",
    check="dropout",
    symptom="With dropout the hidden gradients are too small, by 1 - p per layer on the way. It learns, but slower.",
    hides=f"{_UNSEEN} In training it looks like a smaller learning rate in the early layers.",
    mend="Keep what A was multiplied by, M/(1 - p), and multiply dA by the same.",
    cost="falls",
    needs=("a hidden layer",),
    rows=("F17",),
    found="published teaching material",
)
def dropout_scaled_forward_only(l, dA, M):
    """The mask is applied on the way back, but not the division by 1 - p that went with it on the way forward."""
    return dA[l] * M[l]


@mistake(
    "passed_on",
    "Dropout is never scaled",
    check="dropout",
    symptom="In training every sum is smaller than in evaluation: the network is evaluated with sums it never saw.",
    hides=_UNSEEN,
    mend="Divide by 1 - p in training. Then evaluation needs no change at all.",
    cost="falls",
    needs=("a hidden layer",),
    rows=("F05",),
)
def dropout_never_scaled(l, A, M):
    """Units are switched off in training, and the surviving activations are not scaled up to compensate."""
    return A[l] * M[l]


@mistake(
    "evaluated",
    "Dropout is scaled in evaluation as well",
    check="dropout",
    symptom="Training is right. Predictions are less sure than they should be, and validation is worse than training.",
    hides=f"{_UNSEEN} Gradients and updates are right even with it.",
    mend="Scale once: in training by 1/(1 - p), and then nothing in evaluation.",
    cost="falls",
    needs=("a hidden layer",),
    rows=("F05",),
)
def dropout_scaled_twice(l, A, p):
    """Training divides by 1 - p already, and evaluation multiplies by it once more."""
    return A[l] * (1 - p)
