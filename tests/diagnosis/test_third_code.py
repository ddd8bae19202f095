"""The functions of ``third_learners_code.py``, proved right or wrong by differences of their own cost and diagnosed."""

import copy

import numpy as np
import pytest
from more_learners_code import differences, label
from third_learners_code import CASES, STYLES, made

from nbhelpers import diagnose
from nbhelpers.diagnosis.structure import in_float64, leaves

pytestmark = pytest.mark.filterwarnings("ignore:the matrix subclass")  # what a learner writes may be out of date


def own(module, leaf):
    """Whether a leaf is a parameter: an object keeps other things besides."""
    return leaf.name.partition("[")[0] in getattr(module, "OWN", [leaf.name.partition("[")[0]])


@pytest.mark.parametrize("case", CASES, ids=label)
def test_the_code_is_what_it_is_said_to_be(case):
    module, right = made(case[0], case[2]), made(case[0], [])
    params, X = in_float64(module.params()), in_float64(module.X)
    every = zip(leaves(params), differences(right.J, params, X, right.Y), strict=True)
    expected = [slope for leaf, slope in every if own(module, leaf)]
    try:
        found = module.gradients(copy.deepcopy(params), X, module.Y)
    except ValueError:
        found = []
    same = [np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=1e-6, atol=1e-8)
            for a, b in zip(found, expected, strict=False)]  # fmt: skip
    assert (len(same) == len(expected) == len(found) and all(same)) is not bool(case[1])


@pytest.mark.parametrize("case", CASES, ids=label)
def test_it_is_named_rightly_and_nothing_else_is_said(case):
    module, wanted = made(case[0], case[2]), [set(word.split("|")) for word in case[1].split() if word != "?"]
    d = diagnose(module.backward, module.params(), module.X, module.Y, module.activations, module.loss, **module.told)
    assert d.right is not bool(case[1]), d
    assert all(names & set(d.mistakes) for names in wanted), d
    assert set(d.mistakes) <= set().union(*wanted), d
    assert d.right or (d.first_wrong and d.relation) or d.mistakes or "fails, where" in d.verdict, d


def test_there_are_many_styles_and_enough_of_every_kind():
    assert len(STYLES) >= 24
    assert len(CASES) >= 95
    assert sum(len(names.split()) > 1 for _, names, _ in CASES) >= 4
