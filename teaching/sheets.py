"""Make sheets for a class, and read what came back.

uv run --group teaching python teaching/sheets.py questions
uv run --group teaching python teaching/sheets.py make dist/names.txt hidden_slope hidden_delta --out dist/sheets
uv run --group teaching python teaching/sheets.py collect dist/returned --key dist/sheets/key/key.json
"""

import argparse
import html
import re
import sys
from base64 import b64encode
from pathlib import Path

import nbformat
from lesson.roles import notebook_paths, read

from nbhelpers import exercises
from nbhelpers.jupyter.html_page import PageExporter
from nbhelpers.plots import pictures
from nbhelpers.tables import Table


def main(arguments=None):
    """Run the command; ``collect`` writes ``results.html``, ``.md``, ``.csv`` and ``.json``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("questions", help="list all questions")
    make = commands.add_parser("make", help="write a notebook and a page for each student, and the key")
    make.add_argument("names", type=Path, help="a text file with a student in each line")
    make.add_argument("questions", nargs="+", help="names of questions, or rows such as F16 for all about them")
    make.add_argument("--seed", type=int, default=0)
    make.add_argument("--out", type=Path, default=Path("dist/sheets"))
    collect = commands.add_parser("collect", help="read the notebooks that came back")
    collect.add_argument("folder", type=Path)
    collect.add_argument("--key", type=Path)
    collect.add_argument("--run", action="store_true", help="run the students' code here first, in fresh kernels")
    collect.add_argument("--out", type=Path, default=Path("dist/results"))
    given = parser.parse_args(arguments)
    try:
        {"questions": _questions, "make": _make, "collect": _collect}[given.command](given)
    except (ValueError, OSError) as error:
        sys.exit(str(error))


def _questions(given):
    rows = [[name, " ".join(make().rows), make().title] for name, make in exercises.QUESTIONS.items()]
    print(Table(["question", "about", "title"], rows))


def _make(given):
    names = [line for line in given.names.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    questions = [name for each in given.questions for name in exercises.for_row(each) or [each]]
    print(exercises.sheets(names, list(dict.fromkeys(questions)), given.seed, given.out))


def _collect(given):
    found = exercises.collect(given.folder, given.key, given.run)
    words = _with_headings(found._repr_markdown_()) + "\n"
    given.out.mkdir(parents=True, exist_ok=True)
    kinds = {"csv": found.csv(), "json": found.json() + "\n", "md": words, "html": _page(words, found)}
    for kind, text in kinds.items():
        (given.out / f"results.{kind}").write_text(text, encoding="utf-8")
    print(_with_headings(repr(found)))
    print(f"\nThe same with a chart: {given.out / 'results.html'}")


def _with_headings(text):
    """Name the heading above a cell in the place of its id, as somebody looks for it who has the notebook open."""

    def named(place):
        cells = [cell for path in notebook_paths([place[1][:2]]) if path.stem == place[1] for cell in read(path).cells]
        last = next((k for k, cell in enumerate(cells) if cell.id == place[2]), None)
        if last is None:  # the name of a file that looks like it
            return place[0]
        above = [cell.source for cell in cells[: last + 1] if cell.cell_type == "markdown"]
        headings = re.findall(r"^#+ (.+)$", "\n".join(above), re.MULTILINE)
        return f"{place[1]}, “{headings[-1]}”"

    return re.sub(r"(\w+)\.ipynb, cell ([\w-]+)", named, text)


def _page(words, found):
    """The results to open in a browser and to print, with the mistakes as a chart."""
    picture = pictures.class_mistakes(found)
    png = b64encode(picture.figure._repr_png_()[0]).decode()
    chart = f'<img src="data:image/png;base64,{png}" width="760" alt="{html.escape(picture.alt)}">'
    shown = f"# What the class handed in\n\n{words}\n\n{chart}"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(shown)], metadata={"title": "Results"})
    return PageExporter().from_notebook_node(notebook)[0]


if __name__ == "__main__":
    main()
