"""Print-outs: so many pages on A4 and on Letter, a blank for each printed figure, room for each guess."""

import re

import nbformat
import numpy as np
import pytest
from guesses import guesses
from print_outs import NOTEBOOKS, pages

from nbhelpers import worked_example

PAGES = {"worked-example": 1, "worked-example-answers": 1, "diagram": 1, "formula-sheet": 2}
MOST = 6  # of a hand-out


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("name", pages())
def test_the_pages_are_counted(name, size, chromium, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(pages()[name](), encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    count = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size, prefer_css_page_size=True)))
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    assert 1 <= count <= PAGES.get(name, MOST)
    assert wide <= 0


def test_there_is_a_blank_for_each_printed_figure():
    empty, filled = (pages()[name]() for name in ("worked-example", "worked-example-answers"))
    figures = re.findall(r"<td>(-?\d[\d.]*)</td>", filled.split('class="steps"')[1])
    figures = [figure for figure in figures if "." in figure]
    assert sum(row.count("<td></td>") for row in re.findall(r'<table class="boxes">.*?</table>', empty)) == 23
    assert len(figures) == 23
    exact = np.concatenate([value.ravel() for value in worked_example.exact().values()])
    for figure in figures:
        assert np.abs(exact - float(figure)).min() <= 0.5 * 10.0 ** -len(figure.split(".")[1]) + 1e-12


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_guess_has_room(path):
    found = guesses(nbformat.read(path, as_version=4))
    handed_out = pages()[f"hand-out-{path.stem[:2]}"]()
    assert handed_out.count('class="lines"') == len(found)
    assert all(guess.heading for guess in found)
    told = "".join(path.read_text(encoding="utf-8"))
    assert len(found) == len(re.findall(r"\*\*Guess first", told))
