"""Handwritten digits in real JupyterLab: a digit is drawn with the mouse, with a finger, and with the keys."""

import json

import pytest
from browser.jupyterlab import Page
from playwright.sync_api import expect

from nbhelpers.plots.digits import SIZE

GRID = (22, 60, 256)  # left, top and side of the digit, in CSS pixels of the picture
TABLE = (640, 388, 28, 14)  # left and top, width and height of a cell


@pytest.fixture(scope="module")
def notebook(chromium, address):
    notebook = Page(chromium, address, "digits.ipynb")
    notebook.run_all()
    expect(notebook.page.locator("img.nbh-image")).to_have_count(1)
    yield notebook
    notebook.page.close()


@pytest.fixture
def explorer(notebook):
    explorer = notebook.page.locator(".nbh-explorer")
    explorer.get_by_role("button", name="Reset").click()
    expect(explorer.locator("figcaption")).to_contain_text("Digit 1 of")
    explorer.locator("img").scroll_into_view_if_needed()
    yield explorer
    assert notebook.complaints == []


def place(explorer, x, y):
    """A place of the picture on the page."""
    box = explorer.locator("img").bounding_box()
    scale = box["width"] / SIZE[0]
    return box["x"] + scale * x, box["y"] + scale * y


def cell(explorer, right, down):
    """A place in the digit, in cells."""
    left, top, side = GRID
    return place(explorer, left + right * side / 8, top + down * side / 8)


def drag(notebook, *places, steps=8):
    mouse = notebook.page.mouse
    mouse.move(*places[0])
    mouse.down()
    for there in places[1:]:
        mouse.move(*there, steps=steps)
    mouse.up()


def state(explorer):
    return json.loads(explorer.locator(".nbh-state").input_value())


def begin(explorer):
    explorer.get_by_role("button", name="New drawing").click()
    expect(explorer.locator("figcaption")).to_contain_text("The grid is blank")


def test_a_seven_that_is_drawn_with_the_mouse_is_read(notebook, explorer):
    begin(explorer)
    drag(notebook, cell(explorer, 2, 0.9), cell(explorer, 6, 0.9), cell(explorer, 3.6, 7.3))
    expect(explorer.locator("figcaption")).to_contain_text("The network says 7")
    expect(explorer.locator("figcaption")).to_contain_text("cursor at row 8, column 4")


def test_a_line_has_no_gaps_however_quickly_it_is_drawn(notebook, explorer):
    begin(explorer)
    drag(notebook, cell(explorer, 0.5, 3.5), cell(explorer, 7.5, 3.5), steps=1)
    expect(explorer.locator("figcaption")).to_contain_text("cursor at row 4, column 8")
    assert state(explorer)["drawing"].split("/")[3] == "gggggggg"


def test_a_drag_that_ends_elsewhere_is_no_click_there(notebook, explorer):
    begin(explorer)
    left, top, width, height = TABLE
    drag(notebook, cell(explorer, 6, 6), cell(explorer, 9, 6), place(explorer, left + 3.5 * width, top + 3.5 * height))
    expect(explorer.locator("figcaption")).to_contain_text("cursor at row 8, column 8")
    assert state(explorer)["show"] == "your own digit"


def test_a_drag_that_begins_elsewhere_draws_nothing(notebook, explorer):
    begin(explorer)
    drag(notebook, cell(explorer, 10, 4), cell(explorer, 4, 4))
    notebook.settle()
    assert set(state(explorer)["drawing"]) == {".", "/"}


def test_a_click_sets_a_cell_and_one_in_the_table_finds_a_digit(notebook, explorer):
    begin(explorer)
    notebook.page.mouse.click(*cell(explorer, 2.5, 1.5))
    expect(explorer.locator("figcaption")).to_contain_text("cursor at row 2, column 3: ink 16")
    left, top, width, height = TABLE
    notebook.page.mouse.click(*place(explorer, left + 3.5 * width, top + 3.5 * height))
    expect(explorer.locator("figcaption")).to_contain_text("really a 3")


def test_keys_draw_and_the_words_tell_of_it(notebook, explorer):
    explorer.locator(".nbh-stage").focus()
    for key, said in (("Enter", "row 1, column 1"), ("ArrowDown", "row 2, column 1"), ("9", "column 1: ink 16")):
        notebook.page.keyboard.press(key)
        expect(explorer.locator("figcaption")).to_contain_text(said)
    expect(explorer.locator("figcaption")).to_have_attribute("aria-live", "polite")
