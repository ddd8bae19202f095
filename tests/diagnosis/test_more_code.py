"""The functions of ``more_learners_code.py``: proved right or wrong by differences of their own cost, and diagnosed."""

import numpy as np
import pytest
from more_learners_code import CASES, STYLES, differences, label, made

from nbhelpers import diagnose


def alternatives(case):
    """One set of names for each mistake; any of the set is its name."""
    return [set(word.split("|")) for word in case[1].split() if word != "?"]


@pytest.mark.parametrize("case", CASES, ids=label)
def test_the_code_is_what_it_is_said_to_be(case):
    module, params, X, Y, _, _, _, gradients = made(*case)
    expected = list(differences(made(case[0], "", [])[0]["J"], params, X, Y))
    try:
        found = gradients(module, params, X, Y)
    except (ValueError, IndexError):
        found = []
    same = [np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=1e-6, atol=1e-8)
            for a, b in zip(found, expected, strict=False)]  # fmt: skip
    assert (len(same) == len(expected) and all(same)) is not bool(case[1])


@pytest.mark.parametrize("case", CASES, ids=label)
def test_it_is_named_rightly_and_nothing_else_is_said(case):
    module, params, X, Y, activations, loss, told, _ = made(*case)
    d, wanted = diagnose(module["backward"], params, X, Y, activations, loss, **told), alternatives(case)
    assert d.right is not bool(case[1]), d
    assert all(names & set(d.mistakes) for names in wanted), d
    assert set(d.mistakes) <= set().union(*wanted), d
    assert d.right or (d.first_wrong and d.relation) or d.mistakes, d


def test_there_are_many_styles_and_enough_of_every_kind():
    assert len(STYLES) >= 12
    assert len(CASES) >= 50


@pytest.mark.parametrize(("style", "names", "mend"), [
    ("named tuple", "penalty_missing", "dW1 = dZ1 @ X.T + 0.1 * p.W1"),
    ("named tuple", "slope_missing", "dZ1 = dA1 * (1 - c.a1**2)"),
    ("like a library", "activation_for_slope", "d_z1 = d_a1 * (z1 > 0)"),
    ("vector", "labels_broadcast", "Y = Y.reshape(Y_hat.shape)"),
    ("in place", "labels_broadcast", "y = y.reshape(yhat.shape)"),
])  # fmt: skip
def test_the_mend_has_the_names_and_the_penalty_of_the_learner(style, names, mend):
    case = next(case for case in CASES if case[:2] == (style, names))
    module, params, X, Y, activations, loss, told, _ = made(*case)
    assert diagnose(module["backward"], params, X, Y, activations, loss, **told).mend == mend
