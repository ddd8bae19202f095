"""What each cell of a notebook is for, as its tags and its place say."""

import re
from pathlib import Path

import nbformat

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def notebook_paths(numbers=None):
    """Return the paths of the notebooks with these numbers, or of all of them."""
    paths = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    return paths if numbers is None else [path for path in paths if path.stem[:2] in numbers]


def read(path):
    """Return a notebook as it is stored."""
    return nbformat.read(path, as_version=4)


def has_tag(cell, tag):
    """Tell whether a cell carries a tag."""
    return tag in cell.metadata.get("tags", [])


def is_guess(cell):
    """Tell whether a cell asks the reader to guess."""
    return has_tag(cell, "guess")


def is_behind_guess(cell):
    """Tell whether what a cell shows gives the answer to a guess away."""
    return has_tag(cell, "behind-guess")


def is_explorer(cell):
    """Tell whether a cell shows an explorer."""
    return cell.cell_type == "code" and re.search(r"\bexplorers\.\w+\(", cell.source) is not None


def is_exercise(cell):
    """Tell whether a cell asks an exercise; its metadata says how many minutes it takes."""
    return has_tag(cell, "exercise")


def exercise_cells(notebook):
    """Return the cells from “On your own” on, up to the summary."""
    cells, within = [], False
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and re.search(r"^## ", cell.source, re.MULTILINE):
            within = "## On your own" in cell.source
        if within:
            cells.append(cell)
    return cells
