"""Make what a class needs on paper, as HTML pages to print from a browser, on A4 or Letter.

    uv run --group teaching python teaching/print_outs.py            # into dist/print/

The worked example with a blank for each of its 23 figures, and its answers; an empty diagram of the 2-2-1 network; the
formula sheet; and for each notebook a hand-out with its questions to guess at and room to write.
"""

import argparse
import base64
import io
from pathlib import Path

import nbformat
from guesses import guesses
from jinja2 import Environment, FileSystemLoader

from nbhelpers import formula_sheet, worked_example
from nbhelpers.derivation.solution import worked_solution
from nbhelpers.jupyter.html_page import markdown2html, mathml
from nbhelpers.plots import draw_blank_diagram, style
from nbhelpers.plots.drawings.blank_diagram import SIZE

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=False)


def main():
    """Write all print-outs, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(pages())}; all unless given")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "print")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for name in given.names or pages():
        target = given.out / f"{name}.html"
        target.write_text(pages()[name](), encoding="utf-8")
        print(target)


def pages():
    """Return the print-outs: a function without arguments by name."""
    handouts = {f"hand-out-{path.stem[:2]}": lambda path=path: hand_out(path) for path in NOTEBOOKS}
    return {
        "worked-example": lambda: worked(filled=False),
        "worked-example-answers": lambda: worked(filled=True),
        "diagram": diagram,
        "formula-sheet": formulas,
        **handouts,
    }


def page(title, body, kind=""):
    """Return a page to print."""
    return _TEMPLATES.get_template("print.html.j2").render(title=title, body=body, kind=kind)


def worked(filled):
    """The worked example with a box for each figure that the lecture prints, empty or with the exact number."""
    solution = worked_solution(worked_example.network(), worked_example.X, worked_example.Y)
    given = " &emsp; ".join(mathml(step.equation, "inline") for step in solution.phase("given"))
    exact = worked_example.exact()
    steps = []
    for name, printed in worked_example.PRINTED.items():
        step = solution[name]
        rows = [[f"{value:.{printed.decimals}f}" if filled else "" for value in row] for row in exact[name]]
        steps.append((step.title, mathml(step.rule, "inline"), boxes(rows)))
    body = _TEMPLATES.get_template("worked.html.j2").render(given=given, steps=steps, filled=filled)
    return page("The worked example" + (": answers" if filled else ""), body)


def boxes(rows):
    """Return a matrix of boxes to write numbers into."""
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    return f'<table class="boxes">{cells}</table>'


def diagram():
    """The 2-2-1 network without numbers, across the page so that its fields are large enough to write into."""
    with style.context():
        figure = style.new_figure(*SIZE)
        draw_blank_diagram(figure.add_axes((0, 0, 1, 1)))
        drawn = io.BytesIO()
        figure.savefig(drawn, format="svg")
    source = base64.b64encode(drawn.getvalue()).decode()
    picture = (
        f'<img class="whole" src="data:image/svg+xml;base64,{source}" alt="An empty diagram of the 2-2-1 network">'
    )
    words = "<p>In each box: the pass forward above, the pass back below. dw is short for ∂J/∂w.</p>"
    return page("A pass through the 2-2-1 network", words + picture, "wide")


def formulas():
    """The formula sheet: each formula, its line of NumPy, its shapes."""
    groups = []
    for title, rows in formula_sheet.GROUPS.items():
        told = [(row.name, *(_stacked(text) for text in (row.latex, row.shapes)), row.code) for row in rows]
        groups.append((title, told))
    body = _TEMPLATES.get_template("formulas.html.j2").render(groups=groups)
    return page("Formula sheet", body, "small")


def _stacked(latex):
    return "<br>".join(mathml(part.strip(), "inline") for part in latex.split(";"))


def hand_out(path):
    """The questions to guess at of a notebook, each with room to write."""
    notebook = nbformat.read(path, as_version=4)
    title = notebook.cells[0].source.splitlines()[0].lstrip("# ")
    asked = [(guess.heading, markdown2html(guess.question, path.parent)) for guess in guesses(notebook)]
    body = _TEMPLATES.get_template("hand_out.html.j2").render(asked=asked)
    return page(title, body)


if __name__ == "__main__":
    main()
