"""Is every number that the text of a notebook claims what the notebook's code computes?"""

import contextlib
import io
from pathlib import Path

import nbformat
import pytest
from prose_numbers import agrees, claims_in, run, unmarked

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def markdown_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]


@every_notebook
def test_the_text_claims_what_the_code_computes(path):
    claims = [claim for cell in markdown_cells(path) for claim in claims_in(cell)]
    with contextlib.redirect_stdout(io.StringIO()):
        names = run(nbformat.read(path, as_version=4))
    wrong = []
    for claim in claims:
        value = eval(claim.expression, names)
        if not agrees(claim.text, value):
            wrong.append(f"{claim.cell}: the text says {claim.text}, {claim.expression} is {value}")
    assert not wrong, "\n".join(wrong)


@every_notebook
def test_no_long_number_stands_without_its_expression(path):
    open_numbers = {cell.id: unmarked(cell.source) for cell in markdown_cells(path)}
    assert not any(open_numbers.values()), {cell: numbers for cell, numbers in open_numbers.items() if numbers}


def markdown(source):
    return nbformat.v4.new_markdown_cell(source, id="text")


def test_claims_are_found_with_their_numbers():
    cell = markdown("It falls from $0.25$<!-- J --> to $\\approx −1.5e-3$<!--K.item()-->, given 0.5.")
    assert [(claim.text, claim.expression) for claim in claims_in(cell)] == [("0.25", "J"), ("-1.5e-3", "K.item()")]


def test_a_comment_without_a_number_is_an_error():
    with pytest.raises(ValueError, match="no number stands before"):
        claims_in(markdown("nothing <!-- J -->"))


def test_a_number_can_not_vouch_for_itself():
    with pytest.raises(ValueError, match="computes nothing"):
        claims_in(markdown("It is 0.777<!-- 0.777 -->."))


@pytest.mark.parametrize(
    ("text", "value", "agreed"),
    [
        ("0.777", 0.77651974, True),
        ("0.776", 0.77651974, False),
        ("1.2455", 1.24549899, True),
        ("-0.22", -0.22348, True),
        ("0.22", -0.22348, False),
        ("3", 3.2, True),
        ("3", 3.6, False),
        ("1.5e-3", 0.00152, True),
        ("1.5e-3", 0.00162, False),
    ],
)
def test_a_number_agrees_to_the_digits_that_it_shows(text, value, agreed):
    assert agrees(text, value) == agreed


def test_a_long_number_without_a_comment_is_found():
    assert unmarked("It is 0.777 and `0.888` and $0.999$<!-- J -->, $(0.606$<!-- A -->, 0.5).") == ["0.777"]
