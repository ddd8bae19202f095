"""Run the notebooks and store them, so that two runs give the same bytes.

    uv run python tests/refresh.py                     # every notebook
    uv run python tests/refresh.py notebooks/03*.ipynb
    uv run python tests/refresh.py --check             # say which would change, write nothing

A stored notebook holds what a reader on GitHub sees: numbers, pictures and their words. What differs from run to run
(timings, widget ids, versions, where this machine keeps its files) is taken out.
"""

import argparse
import json
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
CELL_TIMEOUT = 120  # seconds

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NO_TWIN = {WIDGET_VIEW, "text/plain"}  # a text/plain is the widget's repr, not its static twin

NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
# JupyterLab shows the first line of the first output of a cell whose outputs are folded. Behind a guess it must not, so
# that an output without anything in it comes first.
BEHIND_GUESS = "behind-guess"
COVER = {"output_type": "display_data", "data": {}, "metadata": {}}

PASSING_CELL_METADATA = ("collapsed", "execution", "scrolled", "trusted")
# The part of a path in a traceback that differs between machines; a colour may stand before it.
MACHINE_FOLDER = re.compile(
    r"(File (?:\x1b\[[\d;]*m)*)[^\n\x1b]*[/\\](?=(?:nbhelpers|site-packages|python3\.\d+)[/\\])"
)


def read(path):
    """Read a notebook; raise ValueError where ids are missing, for nbformat would invent new ones each time."""
    text = path.read_text(encoding="utf-8")
    check_ids(json.loads(text)["cells"])
    return nbformat.reads(text, as_version=4)


def check_ids(cells):
    """Raise ValueError unless every cell has an id of its own."""
    ids = [cell.get("id") for cell in cells]
    for number, cell_id in enumerate(ids):
        if not cell_id:
            raise ValueError(f"cell {number} has no id")
        if cell_id in ids[:number]:
            raise ValueError(f"cells {ids.index(cell_id)} and {number} have the same id, {cell_id!r}")


def execute(notebook, folder):
    """Run all cells in a new kernel that starts in `folder`; only cells tagged raises-exception may fail."""
    NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        interrupt_on_timeout=True,  # a stalled cell fails instead of hanging
        record_timing=False,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],  # a kernel on this machine need not warn that it is unencrypted
        resources={"metadata": {"path": str(folder)}},
    ).execute()


def normalize(notebook):
    """Take out of an executed notebook, in place, all that another run would give differently."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    for cell in notebook.cells:
        for key in PASSING_CELL_METADATA:
            cell.metadata.pop(key, None)
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code_cells, start=1):
        normalize_code_cell(cell, count)


def normalize_code_cell(cell, count):
    """Give the cell its number and each output its stable form."""
    cell.execution_count = count
    cell.outputs = merge_streams([output for output in cell.outputs if output != COVER])
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = count
        if output.output_type == "error":
            output.traceback = [MACHINE_FOLDER.sub(r"\1", line) for line in output.traceback]
        if WIDGET_VIEW in output.get("data", {}):
            remove_widget_view(output, cell.id)
    if BEHIND_GUESS in cell.metadata.get("tags", []):
        cell.outputs.insert(0, nbformat.from_dict(COVER))


def merge_streams(outputs):
    """Join neighbouring pieces of one stream: where a kernel cuts it is a matter of timing."""
    merged = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output.output_type == "stream" and output.name == last.get("name"):
            last.text += output.text
        else:
            merged.append(output)
    return merged


def remove_widget_view(output, cell_id):
    """Leave the static twin of a widget; the view's id is random, and without a kernel it shows nothing."""
    if not output.data.keys() - NO_TWIN:
        raise ValueError(f"cell {cell_id!r} shows a widget that has no static twin (such as image/png)")
    del output.data[WIDGET_VIEW]


def dumps(notebook):
    """Return the text of the file: nbformat's order and indent, with a newline at the end."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def refreshed(path):
    """Return the text that the notebook at `path` should have, by running it."""
    notebook = read(path)
    execute(notebook, path.parent)
    normalize(notebook)
    return dumps(notebook)


def refresh(path, check=False):
    """Run one notebook and store it, unless `check`; return what came of it, in words."""
    try:
        stored, fresh = path.read_bytes(), refreshed(path).encode("utf-8")
    except CellExecutionError as error:
        return f"failed\n{error}"
    if stored == fresh:
        return "same"
    if check:
        return "would change"
    path.write_bytes(fresh)
    return "changed"


def main(arguments=None):
    """Run the command line; the exit status is 1 if a cell fails, or if `--check` finds a difference."""
    parser = argparse.ArgumentParser(description="Run the notebooks and store them in a stable form.")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all in notebooks/")
    parser.add_argument("--check", action="store_true", help="say which would change, write nothing")
    options = parser.parse_args(arguments)
    outcomes = []
    for path in options.notebooks or sorted(NOTEBOOKS.glob("*.ipynb")):
        print(path.name, end=": ", flush=True)
        outcomes.append(refresh(path, options.check))
        print(outcomes[-1])
    return 0 if {"same", "changed"}.issuperset(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
