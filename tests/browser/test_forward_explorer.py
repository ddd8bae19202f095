"""The forward explorer in real JupyterLab: by keyboard, by mouse, by typing; named, sharp, and without a complaint."""

import json
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.jupyterlab import Page
from playwright.sync_api import expect

START = "ŷ = 0.777"


@pytest.fixture(scope="module")
def notebook(chromium, address):
    notebook = Page(chromium, address, "ours.ipynb")
    notebook.run_all()
    expect(notebook.page.locator("img.nbh-image")).to_have_count(4)
    yield notebook
    notebook.page.close()


@pytest.fixture
def forward(notebook):
    """The explorer of the first cell, at its start."""
    explorer = notebook.page.locator(".nbh-explorer").first
    explorer.scroll_into_view_if_needed()
    yield explorer
    explorer.get_by_role("button", name="Reset").click()
    expect(explorer.locator("figcaption")).to_contain_text(START)


def handle(explorer, name):
    return explorer.get_by_role("slider", name=name)


def readout(explorer, name):
    return explorer.get_by_role("textbox", name=name)


def expect_to_say(explorer, words):
    """Words, alternative text and a picture that is there."""
    expect(explorer.locator("figcaption")).to_contain_text(words)
    expect(explorer.locator("img")).to_have_attribute("alt", re.compile(re.escape(words)))


def pixels(explorer):
    """What the picture shows: a number per picture."""
    return explorer.locator("img").evaluate(
        """async (image) => { await image.decode();
          const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          let sum = 0;
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          for (const value of data) sum = (31 * sum + value) | 0;
          return sum; }"""
    )


def test_controls_and_picture_are_seen_together(forward):
    controls, picture = forward.locator(".nbh-controls").bounding_box(), forward.locator("img").bounding_box()
    assert controls["y"] >= 0
    assert picture["y"] + picture["height"] <= 900


def test_the_keyboard_moves_a_slider(forward):
    before = pixels(forward)
    handle(forward, "x1: input 1").focus()
    forward.page.keyboard.press("ArrowRight")
    expect_to_say(forward, "x = (0.55, 0.20)")
    assert pixels(forward) != before
    forward.page.keyboard.press("Home")
    expect_to_say(forward, "x = (−2.00, 0.20)")
    forward.page.keyboard.press("ArrowUp")
    expect_to_say(forward, "x = (−1.95, 0.20)")


def test_the_mouse_drags_a_slider(forward):
    knob = handle(forward, "W2[1,2]: weight")
    box = knob.bounding_box()
    mouse = forward.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + 400, box["y"], steps=5)
    mouse.up()
    expect_to_say(forward, "ŷ = 0.908")  # W2[1,2] = 2


def test_every_control_is_reached_by_tab(forward):
    keyboard = forward.page.keyboard
    handle(forward, "x1: input 1").focus()
    names = []
    for _ in range(3):
        keyboard.press("Tab")
        names.append(forward.page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
    assert names[0].startswith("x1: input 1, from −2 to 2; type a number")
    assert names[1].startswith("x2: input 2")
    assert names[2].startswith("x2: input 2, from −2 to 2; type")
    handle(forward, "b2[1]: bias").focus()
    for _ in range(2):
        keyboard.press("Tab")
    assert forward.page.evaluate("() => document.activeElement.tagName") == "SELECT"
    keyboard.press("Tab")
    assert forward.page.evaluate("() => document.activeElement.textContent") == "Reset"


def test_a_typed_number_is_taken_exactly(forward):
    type_into(forward, "b2[1]: bias", "0.333")
    expect_to_say(forward, "z² = 1.078")
    assert state(forward)["b2[1]"] == 0.333
    expect(readout(forward, "b2[1]: bias")).to_have_value("0.333")
    handle(forward, "b2[1]: bias").focus()
    forward.page.keyboard.press("ArrowRight")  # from the mark that is nearest, 0.35, to the next
    expect_to_say(forward, "z² = 1.145")


def test_numbers_are_not_changed_by_being_shown_or_walked_through(forward):
    for name in ("x1", "W1[1,1]", "b1[1]"):
        readout(forward, f"{name}:").focus()
    forward.page.keyboard.press("Tab")
    given = {"x1": 0.5, "x2": 0.2, "W1[1,1]": 0.1, "W1[1,2]": 0.4, "b1[1]": 0.3, "W1[2,1]": 0.8, "W1[2,2]": 0.6}
    given |= {"b1[2]": 0.9, "W2[1,1]": 0.3, "W2[1,2]": 0.7, "b2[1]": 0.5}
    assert state(forward) == {**given, "show as": "diagram", "moved": ""}


@pytest.mark.parametrize(
    ("text", "answer"), [("7", "x1 goes from −2 to 2; 7 lies outside"), ("abc", "“abc” is not a number")]
)
def test_a_number_that_can_not_be_is_answered_in_place(forward, text, answer):
    type_into(forward, "x1: input 1", text)
    expect(forward.get_by_role("alert")).to_contain_text(answer)
    expect(readout(forward, "x1: input 1")).to_have_value("0.50")
    expect_to_say(forward, START)


def type_into(explorer, name, text):
    readout(explorer, name).click()
    explorer.page.keyboard.press("Control+a")
    explorer.page.keyboard.type(text)
    explorer.page.keyboard.press("Enter")


def test_a_state_is_put_back(forward):
    forward.locator("summary").click()
    field = forward.get_by_label("State")
    kept = state(forward)
    field.fill(json.dumps({**kept, "x1": -1.234}))
    field.press("Enter")
    expect_to_say(forward, "x = (−1.234, 0.20)")
    assert state(forward)["x1"] == -1.234
    field.fill("nonsense")
    field.press("Enter")
    expect(forward.get_by_role("alert")).to_contain_text("This is not a state")
    forward.locator("summary").click()


def state(explorer):
    return json.loads(explorer.locator("input.nbh-state").input_value())


def test_an_error_is_shown_in_place_and_goes(notebook):
    explorer = notebook.page.locator(".nbh-explorer").nth(1)
    explorer.scroll_into_view_if_needed()
    handle(explorer, "v,").focus()
    notebook.page.keyboard.press("End")
    expect(explorer.get_by_role("alert")).to_have_text("v is too large for this lesson")
    expect(explorer.get_by_role("alert")).to_be_visible()
    notebook.page.keyboard.press("Home")
    expect(explorer.locator(".nbh-alert")).to_be_hidden()


def test_a_chosen_number_names_its_slider(notebook):
    explorer = notebook.page.locator(".nbh-explorer").nth(2)
    explorer.scroll_into_view_if_needed()
    explorer.get_by_role("combobox", name="number").select_option("W1[3,2]")
    knob = handle(explorer, "W1[3,2]: weight from x2 to hidden unit 3")
    knob.focus()
    notebook.page.keyboard.press("End")
    expect_to_say(explorer, "W1[3,2] = 2.00")


@pytest.mark.parametrize("factor", [1.5, 2, 0.8, 1])
def test_the_picture_stays_sharp_under_zoom_and_on_a_narrow_page(notebook, forward, factor):
    notebook.zoom(factor)
    wait_until_sharp(notebook, factor)
    size = forward.locator("img").bounding_box()
    assert size["width"] <= 841  # where the page is narrower, it can be scrolled in its own window
    assert size["height"] / size["width"] == pytest.approx(382 / 840, rel=0.01)


def wait_until_sharp(notebook, ratio):
    notebook.page.wait_for_function(
        f"""() => {{ const image = document.querySelector('img.nbh-image');
          return image.naturalWidth > 300 && Math.abs(image.naturalWidth - {ratio} * image.clientWidth) <= 2; }}"""
    )


def test_a_second_view_follows_the_first(notebook, forward):
    second = notebook.page.locator(".nbh-explorer").last
    handle(forward, "x1: input 1").focus()
    notebook.page.keyboard.press("ArrowRight")
    expect_to_say(second, "x = (0.55, 0.20)")
    expect(readout(second, "x1: input 1")).to_have_value("0.55")
    assert pixels(second) == pixels(forward)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_axe_finds_nothing_serious(notebook, which):
    assert not serious_violations(notebook, f".jp-CodeCell:nth-of-type({which + 1}) .jp-OutputArea")


def serious_violations(notebook, where):
    report = Axe().run(notebook.page, context=where, options={"resultTypes": ["violations"]})
    serious = [found for found in report.response["violations"] if found["impact"] in ("serious", "critical")]
    return [(found["id"], [node["html"] for node in found["nodes"]]) for found in serious]


def test_there_is_no_complaint_and_no_request_to_anyone_else(notebook):
    assert notebook.complaints == []
    assert_stays_at_home(notebook)


def assert_stays_at_home(notebook):
    hosts = {urlsplit(url).hostname for url in notebook.requests if urlsplit(url).scheme.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}


def test_the_lesson_runs_on_a_sharp_screen(chromium, address):
    lesson = Page(chromium, address, "03_forward_pass.ipynb", ratio=2)
    lesson.run_all()
    explorer = lesson.page.locator(".nbh-explorer").first
    explorer.scroll_into_view_if_needed()
    expect_to_say(explorer, START)
    handle(explorer, "x1: input 1").focus()
    lesson.page.keyboard.press("ArrowRight")
    expect_to_say(explorer, "x = (0.55, 0.20)")
    wait_until_sharp(lesson, 2)
    assert not serious_violations(lesson, ".nbh-explorer")
    assert lesson.complaints == []
    assert_stays_at_home(lesson)
    lesson.page.close()
