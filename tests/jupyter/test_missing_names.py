"""Does a cell that depends on an earlier one say so when that was not run?"""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from nbhelpers.jupyter.missing_names import advice

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


def run_alone(source):
    """Run one cell in a fresh kernel and return what it prints and how it fails."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, timeout=60, kernel_name="python3", allow_errors=True).execute()
    return notebook.cells[0].outputs


def test_a_cell_whose_predecessors_were_not_run_says_what_to_do():
    outputs = run_alone("network.forward(X)")
    assert [output.ename for output in outputs if output.output_type == "error"] == ["NameError"]
    assert [output.text.strip() for output in outputs if output.output_type == "stream"] == [advice("network")]


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
