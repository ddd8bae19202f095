"""The playground in real JupyterLab: it plays and is answered meanwhile, and a run goes over to another by its text."""

import re

import pytest
from browser.jupyterlab import Page
from playwright.sync_api import expect

from nbhelpers.explorers import Explorer

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
    tab(explorer, "data")
    yield explorer
    explorer.get_by_role("button", name="Reset").click()
    expect_words(explorer, "Before the first step")


def expect_words(explorer, words):
    expect(explorer.locator("figcaption")).to_contain_text(re.compile(words))


def line(explorer):
    return explorer.get_by_role("textbox", name="run: the whole run")


def tab(explorer, name):
    """Show another group of controls."""
    explorer.locator(".nbh-tabs").get_by_role("button", name=name, exact=True).click()


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
    tab(playground, "network")
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
    tab(playground, "network")
    playground.get_by_role("slider", name=re.compile("^layers")).focus()
    notebook.page.keyboard.press("ArrowRight")
    tab(playground, "data")
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
    expect(playground.get_by_role("alert")).to_contain_text("“and” is not part of a run")
    assert bytes_of(playground) == before


def test_a_unit_is_clicked_on_and_a_weight_is_set_by_hand(playground):
    playground.locator("img").evaluate("(image) => image.scrollIntoView({ block: 'nearest' })")
    box = playground.locator("img").bounding_box()
    scale = box["width"] / 996
    tab(playground, "look")
    look_at = playground.get_by_role("combobox", name=re.compile("^look at"))
    playground.locator("img").click(position={"x": 159 * scale, "y": 53 * scale})  # the upper one of layer 1
    expect(look_at).to_have_value("a⁽¹⁾₁")
    value = playground.get_by_role("textbox", name=re.compile("^set to"))
    value.fill("-2.5")
    value.press("Enter")
    expect_words(playground, re.escape("W1[1,1] = −2.5 at step 0 was set by hand."))
    expect(line(playground)).to_have_value(re.compile(re.escape("set=0:W1[1,1]=-2.5 ")))
    playground.get_by_role("button", name="+0.1").click()
    expect(value).to_have_value("−2.4")


def test_points_are_pasted_and_inputs_are_ticked(playground):
    points = playground.get_by_role("textbox", name=re.compile("^points"))
    points.fill(" ".join(f"{k % 5} {k % 3} {(k % 5) * (k % 3)}.5" for k in range(30)))
    points.press("Enter")
    expect(line(playground)).to_have_value(re.compile("^own "))
    tab(playground, "inputs")
    playground.get_by_role("checkbox", name=re.compile("^x₁x₂")).check()
    expect(line(playground)).to_have_value(re.compile("inputs=x1,x2,x1x2 "))
    tab(playground, "data")
    points.fill("1 2")
    points.press("Enter")
    expect(playground.get_by_role("alert")).to_contain_text("2 numbers make no points")


def test_large_letters_come_and_go(playground):
    width = playground.locator("img").bounding_box()["width"]
    playground.get_by_role("button", name="Large").click()
    expect(playground.locator(".nbh-panels")).to_be_visible()
    playground.get_by_role("button", name="Large").click()
    expect(playground.locator(".nbh-panels")).to_be_hidden()
    expect(playground.locator("img")).to_have_css("width", re.compile(rf"^{round(width)}"))


# The front end alone, before a kernel that answers when it is told to.
BEATS = """async ([code, interval]) => {
  const handlers = {}, sent = [], traits = { interval, playing: false, answered: [], beats: 0, unfinished: false };
  const model = {
    get: (name) => traits[name], send: (content) => sent.push(content), off: () => {},
    on: (names, act) => names.split(' ').forEach((name) => (handlers[name] ||= []).push(act)),
  };
  const set = (changes) => { Object.assign(traits, changes);
    for (const name of Object.keys(changes)) (handlers[`change:${name}`] || []).forEach((act) => act()); };
  const rest = () => new Promise((resolve) => setTimeout(resolve, 3 * interval + 50));
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  const counts = [];
  const count = async () => { await rest(); counts.push(sent.length); };
  const answer = (k) => set({ answered: [sent[k].from, sent[k].number] });
  const stop = module.default.initialize({ model });
  set({ playing: true }); await count();
  answer(0); await count();
  set({ answered: ['another page', 1] }); await count();
  set({ playing: false }); answer(sent.length - 1); await count();
  set({ playing: true }); await count();
  stop();
  return counts;
}"""


@pytest.mark.parametrize(("interval", "counts"), [(2, [2, 3, 3, 3, 5]), (30, [1, 2, 2, 2, 3])])
def test_of_quick_frames_one_is_made_while_another_is_on_its_way_and_never_more(notebook, interval, counts):
    """Each answer asks for one more; what was under way when it was paused is not asked for again."""
    assert notebook.page.evaluate(BEATS, [Explorer._esm, interval]) == counts


def test_a_kernel_that_is_started_anew_while_it_plays_is_said(notebook):
    explorer = notebook.page.locator(".nbh-explorer").first
    explorer.get_by_role("button", name="Play").click()
    expect_words(explorer, "Step [1-9]")
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.sessionContext.restartKernel()")
    expect(explorer.get_by_role("alert")).to_contain_text("run this cell again")


def test_there_was_no_complaint(notebook):
    assert notebook.complaints == []
