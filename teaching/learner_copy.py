"""A copy of a notebook for learners: what a cell behind a guess shows is taken out, so that the guess is one.

uv run python teaching/learner_copy.py 03 04 --to class      # class/03_forward_pass.ipynb, …
"""

import argparse
import copy
from pathlib import Path

import nbformat
from lesson.roles import is_behind_guess, notebook_paths, read


def learner_copy(notebook):
    """Return a copy of a notebook whose cells behind a guess have not been run yet.

    Pictures of explorers and results that give nothing away stay.
    """
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        if is_behind_guess(cell):
            cell.outputs, cell.execution_count = [], None
            cell.metadata.pop("jupyter", None)
    return notebook


def main(arguments=None):
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*", help="such as 03; default: all notebooks")
    parser.add_argument("--to", type=Path, required=True, help="the folder for the copies")
    options = parser.parse_args(arguments)
    options.to.mkdir(parents=True, exist_ok=True)
    for path in notebook_paths(options.numbers or None):
        nbformat.write(learner_copy(read(path)), options.to / path.name)
        print(options.to / path.name)


if __name__ == "__main__":
    main()
