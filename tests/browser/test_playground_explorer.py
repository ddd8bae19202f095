"""The playground in real JupyterLab: it plays and is answered meanwhile, and a run goes over to another by its text."""

import re

import pytest
from browser.jupyterlab import Page
from playwright.sync_api import expect

OF_IMAGE = (
    "(image) => fetch(image.src).then((answer) => answer.arrayBuffer()).then((data) => [...new Uint8Array(data)])"
)


@pytest.fixture(scope="module")
def notebook(chromium, address):
    notebook = Page(chromium, address, "playgrounds.ipynb")
    notebook.run_all()
    expect(notebook.page.locator("img.nbh-image")).to_have_count(2)
    yield notebook
    notebook.page.close()


@pytest.fixture
def playground(notebook):
    """The first one, at its start."""
    explorer = notebook.page.locator(".nbh-explorer").first
    explorer.scroll_into_view_if_needed()
    yield explorer
    explorer.get_by_role("button", name="Reset").click()
    expect_words(explorer, "Before the first step")


def expect_words(explorer, words):
    expect(explorer.locator("figcaption")).to_contain_text(re.compile(words))


def line(explorer):
    return explorer.get_by_role("textbox", name="run: the whole run")


def bytes_of(explorer):
    return explorer.locator("img").evaluate(OF_IMAGE)


def test_it_plays_until_it_is_paused_and_its_text_says_where(notebook, playground):
    playground.get_by_role("button", name="Play").click()
    expect_words(playground, "Step 50, epoch 5:|Step [1-9]\\d\\d")
    expect(line(playground)).to_have_value(re.compile("steps=…$"))
    playground.locator(".nbh-stage").focus()
    notebook.page.keyboard.press(" ")
    expect(line(playground)).to_have_value(re.compile(r"steps=[1-9]\d*0$"))
    steps = int(line(playground).input_value().rpartition("=")[2])
    expect_words(playground, f"Step {steps:,}, ")
    notebook.page.keyboard.press("ArrowRight")
    expect_words(playground, f"Step {steps + 1:,}, ")
    notebook.page.keyboard.press("PageDown")
    expect_words(playground, f"Step {steps + 10:,}, ")
    notebook.page.keyboard.press("Home")
    expect_words(playground, "Before the first step")


def test_a_slider_is_answered_while_it_plays_and_it_goes_on(notebook, playground):
    playground.get_by_role("button", name="Play").click()
    playground.get_by_role("slider", name=re.compile("^seed")).focus()
    for seed in (1, 2, 3):
        notebook.page.keyboard.press("ArrowRight")
        expect(line(playground)).to_have_value(re.compile(f"seed={seed} steps=…$"))
    expect_words(playground, "Step [1-9]")
    playground.get_by_role("button", name="Pause").click()
    expect(line(playground)).to_have_value(re.compile(r"seed=3 steps=\d+$"))


def test_a_button_that_changes_while_it_is_pressed_is_pressed_all_the_same(notebook, playground):
    """What is shown on it stays in the page: a click on something that is gone on release counts for nothing."""
    play = playground.locator(".nbh-button").first
    parts = play.locator("i").element_handle(), play.element_handle()
    play.click()
    expect(playground.get_by_role("button", name="Pause")).to_be_visible()
    assert all(part.evaluate("(part) => part.isConnected") for part in parts)
    play.click()


def test_a_long_run_is_seen_on_its_way_and_comes_to_its_end(notebook, playground):
    field = line(playground)
    field.fill("moons hidden=none batch=all steps=3000")
    field.press("Enter")
    expect_words(playground, "Step 3,000, epoch 3,000")


def test_a_drag_goes_on_while_other_controls_come_and_go(notebook, playground):
    """Each layer brings a slider of its own: the one that is held must not be torn out of the hand."""
    layers = playground.get_by_role("slider", name=re.compile("^layers"))
    layers.scroll_into_view_if_needed()
    box = layers.bounding_box()
    least, most = (float(layers.get_attribute(end)) for end in ("min", "max"))
    mouse = notebook.page.mouse

    def place(value):
        share = (value - least) / (most - least)
        return box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2

    mouse.move(*place(float(layers.input_value())))
    mouse.down()
    for value in (1, 2, 3):
        mouse.move(*place(value))
        expect(line(playground)).to_have_value(re.compile(rf"hidden=\d+(-\d+){{{value - 1}}} "))
    mouse.up()
    expect(layers).to_have_value("3")


def test_a_run_goes_over_to_another_playground_by_its_text(notebook, playground):
    other = notebook.page.locator(".nbh-explorer").nth(1)
    playground.get_by_role("slider", name=re.compile("^layers")).focus()
    notebook.page.keyboard.press("ArrowRight")
    playground.get_by_role("combobox", name=re.compile("^data")).select_option("circles")
    for _ in range(3):
        playground.get_by_role("button", name="Epoch").click()
    expect_words(playground, "Step 30, epoch 3:")
    text = line(playground).input_value()
    line(other).fill(text)
    line(other).press("Enter")
    expect_words(other, "Step 30, epoch 3:")
    assert bytes_of(other) == bytes_of(playground)


def test_a_wrong_text_is_said_in_place_and_changes_nothing(playground):
    before = bytes_of(playground)
    line(playground).fill("moons and suns")
    line(playground).press("Enter")
    expect(playground.get_by_role("alert")).to_contain_text("“and” is no part of a run")
    assert bytes_of(playground) == before


def test_there_was_no_complaint(notebook):
    assert notebook.complaints == []
