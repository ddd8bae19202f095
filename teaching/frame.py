"""Write what can be computed about a notebook into it: its times, its slides, the folds behind its guesses.

    uv run python teaching/frame.py 03      # one notebook, or several
    uv run python teaching/frame.py         # all of them

The times go into the title cell and into notebooks/README.md. A slide type that an author has set stays. Outputs are
left alone: ``tests/refresh.py`` stores them.
"""

import re
import sys

import nbformat
from lesson.roles import (
    NOTEBOOKS,
    exercise_cells,
    is_behind_guess,
    is_exercise,
    is_guess,
    notebook_paths,
    read,
)
from lesson.times import sentence, times

README = NOTEBOOKS / "README.md"


def dress(notebook):
    """Give a notebook, in place, its time, a slide type for each cell, and folds behind its guesses."""
    title = notebook.cells[0]
    title.source = re.sub(r"\*\*Time\.\*\* .*", sentence(notebook), title.source)
    exercises = {cell.id for cell in exercise_cells(notebook)}
    before = None
    for cell in notebook.cells:
        if cell.metadata.get("slideshow") == {"slide_type": "-"}:  # jupyterlab-slideshow would hide the cell
            del cell.metadata["slideshow"]
        if slide_type := _slide_type(cell, before, cell.id in exercises):
            cell.metadata.setdefault("slideshow", nbformat.NotebookNode()).setdefault("slide_type", slide_type)
        if is_behind_guess(cell):
            cell.metadata["jupyter"] = {"outputs_hidden": True}  # JupyterLab shows them when the cell is run
        else:
            cell.metadata.pop("jupyter", None)
        before = cell


def _slide_type(cell, before, in_exercises):
    """Return what a cell begins on a slide, or None where it goes on with what is there."""
    if cell.cell_type == "markdown" and re.match(r"##? ", cell.source):
        return "slide"
    if in_exercises and not is_exercise(cell):
        return "skip"
    if is_guess(cell) or is_exercise(cell):
        return "subslide"
    answers = before is not None and is_behind_guess(before)
    return "fragment" if is_behind_guess(cell) or answers else None


def with_times(text, path, notebook):
    """Return the text of notebooks/README.md with the times of one notebook in its row."""
    row = re.compile(rf"^(\| \[[^\]]+\]\({re.escape(path.name)}\) \| [^|]+ \|) [^|]+ \| [^|]+ \|", re.MULTILINE)
    reading, with_exercises = times(notebook)
    changed, count = row.subn(rf"\1 {reading} min | {with_exercises} min |", text)
    if count != 1:
        raise ValueError(f"{README.name} has {count} rows for {path.name}, not one")
    return changed


def main(numbers):
    """Rewrite the notebooks with these numbers, or all of them."""
    for path in notebook_paths(numbers or None):
        notebook = read(path)
        dress(notebook)
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        README.write_text(with_times(README.read_text(encoding="utf-8"), path, notebook), encoding="utf-8")
        reading, with_exercises = times(notebook)
        print(f"{path.stem}: {reading} minutes to read, {with_exercises} with the exercises")


if __name__ == "__main__":
    main(sys.argv[1:])
