"""The teacher's notes are in step with the notebooks: their cells exist, each guess has its answers, times add up."""

import re

import numpy as np
import pytest
from lesson.notes import SECTIONS, notes
from lesson.roles import is_exercise, is_guess, notebook_paths, read

from nbhelpers import exercises

every_notebook = pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.stem)


def ids(path, condition=lambda cell: True):
    return [cell.id for cell in read(path).cells if condition(cell)]


def plan(text):
    """Return the rows of a plan: from, to, and the cells that are named in the last column."""
    rows = re.findall(r"^\| (\d+)–(\d+) \|.*\|([^|]*)\|$", text, re.MULTILINE)
    return [(int(start), int(end), re.findall(r"`([\w-]+)`", cells)) for start, end, cells in rows]


@every_notebook
def test_the_notes_have_all_their_parts(path):
    found = notes(path.stem[:2]).sections
    assert tuple(found) == SECTIONS
    assert all(found.values())


@every_notebook
def test_what_is_said_at_a_cell_names_a_cell_and_keeps_the_order_of_the_page(path):
    order = ids(path)
    named = list(notes(path.stem[:2]).cells)
    assert set(named) <= set(order)
    assert named == sorted(named, key=order.index)


@every_notebook
def test_every_guess_has_its_expected_answer_and_the_usual_wrong_one(path):
    said = notes(path.stem[:2])
    for cell_id in ids(path, is_guess):
        for part in ("Expect", "Usual wrong answer"):
            assert said.part(cell_id, part), f"{cell_id}: no “{part}”"


@every_notebook
def test_a_question_is_asked_at_a_guess_or_says_what_to_ask(path):
    said, guesses = notes(path.stem[:2]), ids(path, is_guess)
    for cell_id in said.cells:
        if said.part(cell_id, "Expect") and cell_id not in guesses:
            assert said.part(cell_id, "Ask"), f"{cell_id}: an answer to which question?"


@every_notebook
@pytest.mark.parametrize("minutes", [45, 90])
def test_a_plan_fills_its_minutes_without_a_gap_with_cells_that_exist(path, minutes):
    rows = plan(notes(path.stem[:2]).sections[f"{minutes} minutes"])
    assert [start for start, _, _ in rows] == [0, *(end for _, end, _ in rows[:-1])]
    assert rows[-1][1] == minutes
    assert {cell for _, _, cells in rows for cell in cells} <= set(ids(path))


@every_notebook
def test_every_exercise_has_its_answer(path):
    assert list(notes(path.stem[:2]).answers) == ids(path, is_exercise)


@every_notebook
def test_the_three_things_that_a_student_can_do_are_each_asked_for_by_an_exercise(path):
    things = re.findall(r"^\d\. .+$", notes(path.stem[:2]).sections["Afterwards they can"], re.MULTILINE)
    assert len(things) == 3
    for thing in things:
        asked = re.findall(r"`([\w-]+)`", thing)
        assert asked
        assert set(asked) <= set(ids(path, is_exercise)), thing


def drawn(cell):
    """Return the right numbers of the question that a cell draws; [] where it asks for something else."""
    call = re.search(r"exercises\.(\w+)\((?:seed=)?(\w*)\)", cell.source)
    if cell.cell_type != "code" or call is None:
        return []
    seed = int(call[2]) if call[2].isdigit() else None
    question = exercises.QUESTIONS[call[1]](seed=seed)
    try:
        return np.ravel(question._task.candidates(question.seed).right)
    except (AttributeError, TypeError):  # a choice, or a line of code
        return []


@every_notebook
def test_the_answers_have_the_numbers_that_the_notebook_asks_for(path):
    answers = notes(path.stem[:2]).answers
    for cell in read(path).cells:
        if is_exercise(cell):
            told = re.findall(r"-?\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", answers[cell.id].replace("−", "-")))
            units = [(float(text), 0.5001 * 10.0 ** -len(text.partition(".")[2])) for text in told]
            for number in list(drawn(cell))[:4]:
                assert any(abs(value - number) <= unit for value, unit in units), (
                    f"{cell.id}: no {number:.4f} in {told}"
                )
