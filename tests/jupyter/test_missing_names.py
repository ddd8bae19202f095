"""Does a cell that depends on an earlier one say so when that was not run, and keep quiet when it cannot know?"""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from nbhelpers.jupyter.missing_names import advice, names_made_by

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
LOAD = "%reload_ext nbhelpers.jupyter.missing_names"
MADE = ["network = 1\nimport numpy as np"]


def said_by(cells, path=None, run=None):
    """Run the cells numbered in `run` of the notebook saved at `path`; return (errors, words) of the last one."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    if path:
        nbformat.write(notebook, path)
    if run:
        notebook.cells = [notebook.cells[number] for number in run]
    environment = {**os.environ, "JPY_SESSION_NAME": str(path or "")}
    client = NotebookClient(notebook, timeout=600, kernel_name="python3", allow_errors=True)
    with client.setup_kernel(env=environment):
        for number, cell in enumerate(notebook.cells):
            client.execute_cell(cell, number)
    outputs = notebook.cells[-1].outputs
    errors = [output.ename for output in outputs if output.output_type == "error"]
    return errors, [output.text.strip() for output in outputs if output.output_type == "stream"]


def test_a_cell_whose_predecessor_was_not_run_says_what_to_do(tmp_path):
    cells = [LOAD, "network = 1", "network.forward(X)"]
    assert said_by(cells, tmp_path / "saved.ipynb", run=[0, 2]) == (["NameError"], [advice("network", MADE, [])])


@pytest.mark.parametrize(
    "cells",
    [
        [LOAD, "network.forward(X)"],  # nothing is saved that would make it
        [LOAD, "def f():\n    a += 1\n    a = 2\nf()"],  # an UnboundLocalError
        ["sigmoid = 1", "sigmiod"],  # nobody asked for advice
    ],
)
def test_where_it_is_not_sure_it_is_silent(cells, tmp_path):
    errors, words = said_by(cells, tmp_path / "saved.ipynb")
    assert errors
    assert not words


def test_a_misspelling_is_offered(tmp_path):
    assert said_by([LOAD, "sigmoid = 1", "sigmiod"])[1] == ["`sigmiod` does not exist. Did you mean `sigmoid`?"]


def test_a_name_that_a_function_keeps_to_itself_is_not_made():
    assert names_made_by("def f(x):\n    y = x\nclass C: pass\nfor k in []: pass\nwith a as b: pass") == {
        "f",
        "C",
        "k",
        "b",
    }
    assert names_made_by("this is no Python") == set()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_asks_for_the_advice_before_it_makes_a_name(path):
    code = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    (place,) = [number for number, source in enumerate(code) if LOAD in source]
    assert code[place].startswith(LOAD)
    assert set().union(*map(names_made_by, code[:place])) <= {
        "find_spec",
        "installation",
    }  # of 00


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_run_twice_in_one_kernel_says_the_same(path):
    stored = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    cells = [nbformat.v4.new_code_cell(cell.source) for cell in [*stored, *stored]]
    notebook, place = nbformat.v4.new_notebook(cells=cells), {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place).execute()
    assert [words(cell) for cell in cells[len(stored) :]] == [words(cell) for cell in stored]


def words(cell):
    """What the outputs of a cell say, as one text."""
    return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)
