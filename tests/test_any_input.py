"""Whatever comes in is answered in words, soon, and in little memory: run texts, names, answers, arrays.

Each test is short; ``NBHELPERS_HYPOTHESIS=search pytest -n 0 tests/test_any_input.py`` tries a hundred times as many.
"""

import numpy as np
import pytest
from any_input import SHORT, bounded, numbers, plain, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sample_networks import sample

from nbhelpers import exercises, train, why
from nbhelpers.explorers.playground.text import read_text


def tried(function):
    """Return what it returns, and the sentence of the error with which it refuses; other errors are faults."""
    try:
        return function(), ""
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        return None, str(error)


# --- a run of the playground as text ------------------------------------------------------------------------------

words = ["moons", "xor", "own", "noise=0.1", "hidden=8-8", "hidden=none", "inputs=x1,x2", "tanh", "lr=0.3"]
words += ["set=40:W1[2,1]=0.5", "batch=all", "adam", "steps=…"]
runs = st.lists(st.sampled_from(words) | texts | st.builds("{}={}".format, st.sampled_from(words), plain), max_size=6)


@given(runs.map(" ".join))
def test_a_text_is_a_run_or_is_refused_in_a_sentence(text):
    with bounded():
        values, error = tried(lambda: read_text(text))
    assert values or 10 < len(error) < SHORT


# --- names for `why` ----------------------------------------------------------------------------------------------

NETWORK, X, Y = sample([3, 4, 2], d=5)
names = st.from_regex(r"[dA-Za-z_]{0,6}[0-9]{0,2}(\[[0-9,:; −-]{0,6}\])?", fullmatch=True) | texts


@given(names)
def test_a_name_is_told_or_refused_in_a_sentence(name):
    with bounded():
        story, error = tried(lambda: why(NETWORK, X, Y, name))
    assert story or 10 < len(error) < SHORT
    assert not story or (np.isfinite(story.value) and len(str(story)) < 20 * SHORT)


# --- answers ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=sorted(exercises.QUESTIONS)[::4])
def question(request):
    return exercises.QUESTIONS[request.param](seed=3)


shapes = arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
kinds = st.sampled_from([np.float64, np.float32, np.int64, np.bool_, np.complex128, "U3"])
objects = st.none() | numbers | texts  # older versions of hypothesis find none for themselves
any_array = arrays.arrays(kinds, shapes) | arrays.arrays(object, shapes, elements=objects)


@settings(max_examples=settings().max_examples // 3)  # of 20 questions
@given(answer=plain | any_array)
def test_an_answer_has_a_verdict_and_is_not_right_by_chance(question, answer):
    with bounded():
        verdict = question.check(answer)
    assert verdict.status != "correct" or not isinstance(answer, np.ndarray) or answer.size
    assert len(verdict.message) < 5 * SHORT


# --- arrays -------------------------------------------------------------------------------------------------------


@given(any_array | plain, any_array | plain)
def test_examples_are_taken_or_refused_in_a_sentence(X, Y):
    with bounded():
        outcomes = [
            tried(lambda: NETWORK.cost(X, Y)),
            tried(lambda: train(NETWORK, X, Y, epochs=1)),
            tried(lambda: NETWORK.backward(NETWORK.forward(X), Y)),
        ]
    assert all(result is not None or 10 < len(error) < SHORT for result, error in outcomes)
