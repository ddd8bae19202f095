"""A number with all digits that matter, and what a gradient is compared with, in words."""

import math

from nbhelpers.derivation.notation import digits_shown


def precise(value):
    """Return a number with five significant digits and a true minus sign.

    Examples
    --------
    >>> precise(-0.00320190)
    '−0.0032019'
    """
    return digits_shown(value, 5).replace("-", "−")


def check_of(story):
    """Return the finite difference of a gradient in words; "" for a number that is none.

    Parameters
    ----------
    story : nbhelpers.derivation.why.Story

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.why import why
    >>> check_of(why(worked_example.network(), worked_example.X, worked_example.Y, "dW2[1,2]"))
    'finite difference is −0.17998: J computed twice, with W2[1,2] a little larger and a little smaller'
    """
    slope, moved = story.finite_difference, story.name.removeprefix("d")
    if slope is None:
        return ""
    if math.isnan(slope):
        return "finite difference does not exist: this is a kink of ReLU"
    shown = precise(round(slope, 8))
    return f"finite difference is {shown}: J computed twice, with {moved} a little larger and a little smaller"
