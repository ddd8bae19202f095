"""The worked solution tells every step, in order, and nothing in it is made up."""

import re

import numpy as np
import pytest
from stories import NAMES, case
from written_numbers import latex_value

from nbhelpers import Layer, Network, worked_example
from nbhelpers.derivation.solution import MOST_LINES, worked_solution


def example(**settings):
    return worked_solution(worked_example.network(), worked_example.X, worked_example.Y, **settings)


def test_steps_of_the_worked_example_in_order():
    names = [step.name for step in example()]
    assert names[:11] == ["X", "Y", "W1", "b1", "W2", "b2", "Z1", "A1", "Z2", "Y_hat", "J"]
    assert names[11:19] == ["dZ2", "dW2", "db2", "dA1", "slope1", "dZ1", "dW1", "db1"]
    assert names[19:] == ["W1_new", "b1_new", "W2_new", "b2_new", "Z1", "A1", "Z2", "Y_hat", "J"]


@pytest.mark.parametrize(("rate", "cost"), [(0.5, 0.20628465), (0.1, 0.24293086), (1.0, 0.16741226)])
def test_last_step_is_the_cost_after_the_update(rate, cost):
    assert round(example(learning_rate=rate)[-1].value.item(), 8) == cost


@pytest.mark.parametrize("name", NAMES)
def test_every_step_uses_only_what_stands_before_it(name):
    known = set()
    for step in worked_solution(*case(name)):
        if step.phase == "next forward":
            break
        for story in step.stories:
            assert set(story.sources) <= known, story.name
        known |= {story.name for story in step.stories}


@pytest.mark.parametrize("name", NAMES)
def test_entry_lines_give_the_entries_of_the_matrix(name):
    for step in worked_solution(*case(name), full=True):
        shown = [latex_value(story.substituted) for story in step.stories]
        np.testing.assert_allclose(shown, step.value.ravel(), rtol=1e-5, atol=1e-15, err_msg=step.name)


def test_unmatched_pair_goes_the_long_way():
    names = [step.name for step in worked_solution(*case("softmax, squared error"))]
    assert names.index("dY_hat") < names.index("jacobian1") < names.index("dZ1")


def test_by_hand_the_numbers_of_the_lecture_appear():
    text = example(decimals=3).text
    assert "Z2[1,1] = 0.3 * 0.606 + 0.7 * 0.805 + 0.5 ≈ 1.245" in text
    assert "dW2[1,1] = (-0.224) * 0.606 ≈ -0.136" in text
    shown = re.findall(r"-?\d+\.\d{4,}", text)
    assert shown == []


def test_large_matrices_are_shortened_unless_in_full():
    solution, full = worked_solution(*case("wide")), worked_solution(*case("wide"), full=True)
    assert f"({2 * 7} entries in all)" in solution["W1_new"].text
    assert r"\vdots" in solution["W1_new"].markdown
    assert solution["W1_new"].text.count("\n") < MOST_LINES
    assert "W1_new[2,7] =" in full["W1_new"].text
    assert "entries in all" not in full.text + full.markdown


@pytest.mark.parametrize("name", NAMES)
def test_text_and_markdown_can_be_printed(name):
    solution = worked_solution(*case(name))
    assert repr(solution) == solution.text
    assert "\\" not in solution.text
    markdown = solution._repr_markdown_()
    assert markdown.count("$$") % 2 == 0
    assert markdown.count("{") == markdown.count("}")
    assert markdown.count("### ") == 5


def test_steps_by_place_by_name_and_by_phase():
    solution = example()
    assert solution["dW1"] is solution[17]
    assert len(solution) == len(list(solution)) == 28
    assert [step.name for step in solution.phase("update")] == ["W1_new", "b1_new", "W2_new", "b2_new"]
    with pytest.raises(KeyError, match="dW2"):
        solution["dW9"]


@pytest.mark.parametrize(("d", "columns"), [(5, 5), (6, 6), (7, 6)])
def test_a_matrix_of_up_to_six_columns_is_written_in_full(d, columns):
    network = Network([Layer([[1.0]], 0.0, "linear")], "squared_error")
    step = worked_solution(network, [np.arange(1.0, d + 1)], [np.zeros(d)])["X"]
    row = step.equation.partition("{bmatrix}")[2].partition(r"\end")[0]
    assert row.count("&") + 1 == columns
    assert (r"\cdots" in row) == (d > 6)
