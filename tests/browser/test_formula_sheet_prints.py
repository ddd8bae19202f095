"""The formula sheet, printed by a browser: two pages of A4, with every formula and nothing else of the notebook."""

import re

import pytest
from test_html_page import ROOT

from nbhelpers.formula_sheet.rows import ROWS
from nbhelpers.jupyter.html_page import PageExporter

NOTEBOOK = ROOT / "notebooks" / "16_formula_sheet.ipynb"
A4 = (595, 842)  # points


@pytest.fixture
def sheet(chromium, tmp_path):
    """The page of the notebook as it goes to paper."""
    file = tmp_path / "sheet.html"
    file.write_text(PageExporter().from_filename(NOTEBOOK)[0], encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    yield page
    page.close()


def test_it_has_two_pages_of_A4(sheet):
    pdf = sheet.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4}


def test_every_formula_is_on_it_and_nothing_around_it(sheet):
    text = sheet.inner_text("main")
    for name, row in ROWS.items():
        assert name in text
        assert all(line in text for line in row.code.splitlines())
    for left_out in ("formula_sheet.check", "What you will do", "On your own", "Summary", "Not attempted"):
        assert left_out not in text


def test_it_is_large_enough_to_be_read(sheet):
    sizes = sheet.eval_on_selector_all("td", "cells => cells.map(cell => parseFloat(getComputedStyle(cell).fontSize))")
    assert min(sizes) >= 10  # CSS pixels on paper are 1/96 inch: 7.5 points


def test_nothing_is_cut_off_at_the_side(sheet):
    sheet.set_viewport_size({"width": round((210 - 20) / 25.4 * 96), "height": 1000})  # A4 within its margins
    wide = sheet.eval_on_selector_all("table", "tables => tables.map(table => table.getBoundingClientRect().right)")
    assert max(wide) <= sheet.viewport_size["width"]
