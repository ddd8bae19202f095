"""Every explorer in one notebook: nothing that axe minds, moved by keys, and whole again after what may happen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.jupyterlab import HAS_RUN, IS_OPEN, Page
from playwright.sync_api import expect

from nbhelpers import explorers

NAMES = [name for name in explorers.__all__ if name != "Explorer"]
every_explorer = pytest.mark.parametrize("place", range(len(NAMES)), ids=NAMES)


@pytest.fixture(scope="module")
def notebook(chromium, address):
    notebook = Page(chromium, address, "every.ipynb")
    notebook.run_all()
    expect_all(notebook)
    yield notebook
    notebook.page.close()


def expect_all(notebook):
    expect(notebook.page.locator("img.nbh-image")).to_have_count(len(NAMES))


def first_slider_moves(notebook, place):
    """Press an arrow key on the first slider of an explorer that can move, and see another picture."""
    explorer = notebook.page.locator(".nbh-explorer").nth(place)
    explorer.scroll_into_view_if_needed()
    shown = explorer.locator("img").get_attribute("src")
    slider = explorer.locator("input[type=range]:enabled").first
    slider.focus()
    notebook.page.keyboard.press("ArrowRight")
    expect(explorer.locator("img")).not_to_have_attribute("src", shown)


@every_explorer
def test_axe_finds_nothing_serious(notebook, place):
    notebook.page.locator(".nbh-explorer").nth(place).evaluate("(element) => element.setAttribute('data-checked', '')")
    report = Axe().run(notebook.page, context="[data-checked]", options={"resultTypes": ["violations"]})
    notebook.page.evaluate("document.querySelector('[data-checked]').removeAttribute('data-checked')")
    serious = [found for found in report.response["violations"] if found["impact"] in ("serious", "critical")]
    assert not [(found["id"], found["nodes"][0]["html"]) for found in serious]


@every_explorer
def test_a_key_moves_it(notebook, place):
    first_slider_moves(notebook, place)


def by_mouse(notebook, x, y, right, down):
    mouse = notebook.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + right, y + down, steps=3)
    mouse.up()


def by_finger(notebook, x, y, right, down):
    touches = [("Start", [{"x": x, "y": y}]), ("End", [])]
    touches[1:1] = [("Move", [{"x": x + k / 3 * right, "y": y + k / 3 * down}]) for k in (1, 2, 3)]
    for kind, points in touches:
        notebook.devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})


def by_keys(notebook, x, y, right, down):
    for key in ("ArrowRight" if right > 0 else "ArrowLeft", "ArrowDown" if down > 0 else "ArrowUp"):
        notebook.page.keyboard.press(key)


MOVABLE = ["activations", "bends", "chain", "descent", "loss", "neuron", "nudge", "one_unit_learns", "unit"]
SCROLLED = "(element) => element.closest('.jp-WindowedPanel-outer, .jp-NotebookPanel-notebook').scrollTop"


@pytest.mark.parametrize("name", MOVABLE)
def test_every_point_that_looks_movable_is_moved_by_mouse_finger_and_keys(notebook, name):
    explorer = notebook.page.locator(".nbh-explorer").nth(NAMES.index(name))
    explorer.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
    state, start = explorer.locator(".nbh-state"), getattr(explorers, name)()
    for k in [k for k, look in enumerate(start.handles) if look]:
        explorer.get_by_role("button", name="Reset").click()  # what was moved may have taken another one away
        expect(state).to_have_value(start.state_text)
        point = explorer.locator(".nbh-handle").nth(k)
        for move, way in ((by_mouse, 1), (by_finger, -1), (by_keys, 1)):
            point.focus()
            notebook.settle()  # a finger beside the point would scroll the page
            box, before = point.bounding_box(), state.input_value()
            scrolled = explorer.evaluate(SCROLLED)
            assert min(box["width"], box["height"]) >= 24
            move(notebook, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, 24 * way, -24 * way)
            expect(state).not_to_have_value(before)
            assert explorer.evaluate(SCROLLED) == scrolled
    start.close()


def test_there_are_no_other_movable_points(notebook):
    has_points = "(found) => found.map((element) => element.querySelectorAll('.nbh-handle').length > 0)"
    found = notebook.page.locator(".nbh-explorer").evaluate_all(has_points)
    assert [name for name, has in zip(NAMES, found, strict=True) if has] == MOVABLE


GEOMETRY = """() => [...document.querySelectorAll('.nbh-explorer')].map((explorer) => {
  const boxes = ['.nbh-window', '.nbh-words', '.nbh-groups input, .nbh-groups select'].map((what) =>
    [...explorer.querySelectorAll(what)].find((one) => one.offsetHeight)?.getBoundingClientRect());
  const [tops, bottoms] = [boxes.map((box) => box.top), boxes.map((box) => box.bottom)];
  return [Math.max(...bottoms) - Math.min(...tops), explorer.scrollWidth - explorer.clientWidth]; })"""
CHROME = 115  # CSS pixels of JupyterLab above and below a notebook


def measured_at_rest(notebook):
    """What each explorer measures when all have found out how much room they have and been drawn for it."""
    last = None
    while last != (found := notebook.page.evaluate(GEOMETRY)):
        last = found
        notebook.page.wait_for_timeout(500)  # a page tells of a new size after a tenth of a second
        notebook.settle()
    return dict(zip(NAMES, found, strict=True))


@pytest.mark.parametrize("size", [(1280, 720), (1400, 1000), (700, 500), (390, 844)])
def test_picture_words_and_a_control_are_seen_together(notebook, size):
    notebook.page.set_viewport_size({"width": size[0], "height": size[1]})
    found = measured_at_rest(notebook)
    notebook.page.set_viewport_size({"width": 1280, "height": 900})
    too_high = {name: height for name, (height, _) in found.items() if height > size[1] - CHROME}
    assert not too_high
    assert not {name: wide for name, (_, wide) in found.items() if wide > 1}


PRESS_LARGE = (
    """() => document.querySelectorAll('.nbh-view button[aria-pressed]').forEach((button) => button.click())"""
)
IS_LARGE = """() => [...document.querySelectorAll('.nbh-image')].map((image) => Boolean(image.closest('.nbh-large'))
  && Math.abs(image.clientWidth - parseFloat(image.style.width)) <= 1 && Math.abs(image.clientWidth * devicePixelRatio
  - image.naturalWidth) <= 1)"""


def test_large_letters_are_not_made_smaller_by_the_page(notebook):
    """How high they are in a picture is tested with all explorers; here, that it is as wide as it asks to be."""
    notebook.page.set_viewport_size({"width": 1280, "height": 720})
    notebook.page.evaluate(PRESS_LARGE)
    notebook.page.wait_for_function(f"({IS_LARGE})().every(Boolean)")
    notebook.page.evaluate(PRESS_LARGE)
    notebook.page.set_viewport_size({"width": 1280, "height": 900})
    expect(notebook.page.locator(".nbh-large")).to_have_count(0)


def test_running_again_doubles_nothing(notebook):
    notebook.run_all()
    expect_all(notebook)
    first_slider_moves(notebook, 0)


def test_a_restarted_kernel_is_said_and_brings_all_back(notebook):
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.sessionContext.restartKernel()")
    notebook.page.wait_for_function(IS_OPEN)
    explorer = notebook.page.locator(".nbh-explorer").first
    explorer.locator("input[type=range]:enabled").first.press("ArrowRight")
    expect(explorer.get_by_role("alert")).to_contain_text("run this cell again")
    notebook.run_all()
    expect_all(notebook)
    first_slider_moves(notebook, 0)


def test_a_notebook_that_is_closed_and_opened_again_runs(notebook):
    notebook.page.reload(wait_until="domcontentloaded")
    notebook.page.wait_for_function(IS_OPEN)
    notebook.run_all()
    notebook.page.wait_for_function(HAS_RUN)
    expect_all(notebook)
    first_slider_moves(notebook, 0)


def test_there_was_no_complaint(notebook):
    assert notebook.complaints == []
