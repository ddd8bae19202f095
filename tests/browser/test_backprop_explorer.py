"""The stepper and the inquiry in real JupyterLab: keys, clicks, buttons and Play, and nothing that axe minds."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.jupyterlab import Page
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def notebook(chromium, address):
    notebook = Page(chromium, address, "steppers.ipynb")
    notebook.run_all()
    expect(notebook.page.locator("img.nbh-image")).to_have_count(2)
    yield notebook
    notebook.page.close()


def explorer_at(notebook, place):
    explorer = notebook.page.locator(".nbh-explorer").nth(place)
    explorer.scroll_into_view_if_needed()
    yield explorer
    explorer.get_by_role("button", name="Reset").click()


@pytest.fixture
def backprop(notebook):
    yield from explorer_at(notebook, 0)


@pytest.fixture
def why(notebook):
    yield from explorer_at(notebook, 1)


def expect_to_say(explorer, words):
    expect(explorer.locator("figcaption")).to_contain_text(words)
    expect(explorer.locator("img")).to_have_attribute("alt", re.compile(re.escape(words)))


def click_at(explorer, x, y):
    """Click in the picture at CSS pixels of its full size."""
    image = explorer.locator("img")
    scale = image.evaluate("(image) => image.clientWidth / 1000")
    image.click(position={"x": x * scale, "y": y * scale})


def test_the_picture_takes_keys_while_it_has_the_focus(backprop):
    picture = backprop.get_by_role("application", name="The pass, step by step")
    keyboard = backprop.page.keyboard
    picture.focus()
    assert picture.evaluate("(element) => getComputedStyle(element).outlineStyle") == "solid"
    keyboard.press("ArrowRight")
    expect_to_say(backprop, "Step 1 of 22")
    keyboard.press("PageDown")
    expect_to_say(backprop, "Step 5 of 22")
    keyboard.press("ArrowLeft")
    expect_to_say(backprop, "Step 4 of 22")
    keyboard.press("End")
    expect_to_say(backprop, "it fell by 0.0466")


def test_keys_elsewhere_are_left_alone(backprop):
    backprop.get_by_role("slider", name="η").focus()
    backprop.page.keyboard.press("ArrowRight")
    backprop.page.keyboard.press("PageDown")
    expect(backprop.locator("figcaption")).to_contain_text("Step 0 of 22")


def test_the_scrubber_walks_back_and_forth(backprop):
    backprop.get_by_role("slider", name="step").focus()
    backprop.page.keyboard.press("End")
    expect_to_say(backprop, "Step 22 of 22")
    backprop.page.keyboard.press("ArrowLeft")
    expect_to_say(backprop, "Step 21 of 22")


def test_the_buttons_step(backprop):
    for name, words in (("Step", "Step 1 of"), ("Finish phase", "Step 5 of"), ("Back", "Step 4 of")):
        backprop.get_by_role("button", name=name).click()
        expect_to_say(backprop, words)


def test_a_click_in_the_picture_finds_its_step_and_its_number(backprop):
    assert backprop.locator("img").evaluate("(image) => getComputedStyle(image).cursor") == "pointer"
    click_at(backprop, 978, 33)  # the last chip of the timeline
    expect_to_say(backprop, "Step 22 of 22")


def test_play_goes_on_by_itself_until_it_is_paused(backprop):
    backprop.get_by_role("button", name="Play").click()
    expect_to_say(backprop, "Step 2 of 22")
    backprop.get_by_role("application").focus()
    backprop.page.keyboard.press(" ")
    expect(backprop.get_by_role("button", name="Play")).to_be_visible()
    said = backprop.locator("figcaption").inner_text()
    backprop.page.wait_for_timeout(1200)
    assert backprop.locator("figcaption").inner_text() == said


def test_a_number_is_followed_to_its_sources_by_keys_and_back(why):
    why.get_by_role("application", name="All numbers of the pass").focus()
    keyboard = why.page.keyboard
    keyboard.press("1")
    expect_to_say(why, "dZ1[1,1] = ")
    keyboard.press("ArrowDown")
    expect_to_say(why, "dZ1[2,1] = ")
    keyboard.press("2")
    expect_to_say(why, "slope1[2,1] = ")
    keyboard.press("Backspace")
    expect_to_say(why, "dZ1[2,1] = ")


def test_a_click_asks_a_number_and_a_name_can_be_typed(why):
    click_at(why, 40, 36)
    expect_to_say(why, "X[1,1] = 0.5")
    field = why.get_by_role("textbox", name="number: the number to explain")
    field.fill("Z1[2]")
    field.press("Enter")
    expect_to_say(why, "Z1[2,1] = 1.42")
    field.fill("Q")
    field.press("Enter")
    expect(why.get_by_role("alert")).to_contain_text("nothing is called 'Q' here")


@pytest.mark.parametrize("which", [0, 1])
def test_axe_finds_nothing_serious(notebook, which):
    where = f".jp-CodeCell:nth-of-type({which + 1}) .jp-OutputArea"
    report = Axe().run(notebook.page, context=where, options={"resultTypes": ["violations"]})
    serious = [found for found in report.response["violations"] if found["impact"] in ("serious", "critical")]
    assert not [(found["id"], [node["html"] for node in found["nodes"]]) for found in serious]


def test_there_is_no_complaint(notebook):
    assert notebook.complaints == []
