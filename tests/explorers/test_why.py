"""All numbers of a pass: any can be asked, by every way; what it was made from is marked and followed; a trail back."""

import importlib
import io
import json
import tracemalloc

import numpy as np
import pytest
import stories
from driving import buttons, click, press, say
from matplotlib import _pylab_helpers
from PIL import Image

from nbhelpers import Network, explorers, style, why, worked_example
from nbhelpers.numbers_as_text import digits_shown, short

MODULE = importlib.import_module("nbhelpers.explorers.why")


@pytest.fixture
def inquiry():
    """The explorer on the worked example; `inquiry.inside` gives its artists."""
    return explorers.why()


def chips(explorer):
    return {
        text: box for key, box, text in explorer.lesson.path.sources + explorer.lesson.path.trail if key is not None
    }


def marked(explorer, frames):
    """The names of the entries that have a frame."""
    boxes = explorer.lesson.grids.numbers.boxes
    corners = [tuple(path.get_extents().extents[:2]) for path in frames.get_paths()]
    return {name for name, box in boxes.items() if tuple(box[:2]) in corners}


def assert_agrees(explorer, network, X, Y):
    """What is seen, against the story of the same number, told here."""
    state = explorer.state
    parameters = {label: np.array(value) for label, value in network.parameters.items()}
    arrays = {**parameters, "X": np.array(X)}
    for name, value in state.items():
        if "[" in name:
            label, index = name.rstrip("]").split("[")
            arrays[label][tuple(int(i) - 1 for i in index.split(","))] = value
    X = arrays.pop("X")
    story = why(network.with_parameters(**arrays), X, Y, state["number"], state["η"])
    assert explorer.words.startswith(
        f"{story.name} = {digits_shown(story.value, 5).replace('-', '−')}. {story.meaning}"
    )
    written = explorer.lesson.grids.numbers.written
    assert written[story.name] in (short(story.value), short(story.value, 2))
    numbers = explorer.lesson.grids.numbers
    assert marked(explorer, numbers.marks) == {story.name}
    assert marked(explorer, numbers.sources) == set(story.sources)
    for line in story.text_lines:
        assert " ".join(line) in explorer.alt
    if story.finite_difference is not None:
        assert "finite difference" in explorer.words
    return story


def test_the_name_means_the_function():
    assert explorers.why is MODULE.why
    assert callable(why)
    assert why is not explorers.why, "the story in text is another one"


def test_the_worked_example(inquiry):
    story = assert_agrees(inquiry, worked_example.network(), worked_example.X, worked_example.Y)
    assert story.name == "dW1[1,2]"
    panel = inquiry.lesson.panel
    assert panel.code.get_text() == "dW1 = dZ1 @ X.T"
    assert panel.lines[0].get_text() == "dW1[1,2] = dZ1[1,1] · X[2,1]"
    assert "−0.0032019" in panel.check.get_text()
    assert "Made from dZ1[1,1], X[2,1]." in inquiry.alt


@pytest.mark.parametrize("name", [*stories.NAMES])
def test_every_number_of_any_pass_can_be_asked(monkeypatch, name):
    network, X, Y = stories.case(name)
    inquiry = explorers.why(network, X, Y)
    names = list(inquiry.lesson.grids.numbers.boxes)
    for asked in names[:: max(1, len(names) // 6)]:
        inquiry.state = {"number": asked}
        assert_agrees(inquiry, network, X, Y)


def test_the_grids_hold_every_matrix_that_the_pass_needs():
    shown = {name.split("[")[0] for name in made_boxes(stories.case("3-4-2 softmax"))}
    layer_1 = {"W1", "b1", "Z1", "A1", "slope1", "dW1", "db1", "dZ1", "dA1", "W1_new", "b1_new"}
    layer_2 = {"W2", "b2", "Z2", "Y_hat", "dW2", "db2", "dZ2", "W2_new", "b2_new"}
    assert shown == {"X", "Y", "L", "J"} | layer_1 | layer_2
    unmatched = {name.split("[")[0] for name in made_boxes(stories.case("softmax, squared error"))}
    assert {"jacobian1", "dY_hat"} <= unmatched


def made_boxes(case):
    return MODULE.Inquiry(*case).grids.numbers.boxes


# --- ways to ask ------------------------------------------------------------------------------------------------------


def test_a_click_on_an_entry_asks_it(inquiry):
    click(inquiry, inquiry.lesson.grids.numbers.boxes["Z1[2,1]"])
    assert inquiry.state["number"] == "Z1[2,1]"
    assert inquiry.state["trail"] == ""
    before = inquiry.state
    inquiry._handle_custom_msg({"kind": "click", "x": 1, "y": 1}, [])
    assert inquiry.state == before


def test_sources_are_followed_and_the_trail_leads_back(inquiry):
    click(inquiry, chips(inquiry)["1 dZ1[1,1]"])
    press(inquiry, "1")
    assert inquiry.state["number"] == "dA1[1,1]"
    assert inquiry.state["trail"] == "dW1[1,2] ← dZ1[1,1]"
    assert "Trail: dW1[1,2] ← dZ1[1,1] ← dA1[1,1]." in inquiry.alt
    click(inquiry, inquiry.lesson.grids.numbers.boxes["dZ2[1,1]"])  # a source as well
    assert inquiry.state["trail"] == "dW1[1,2] ← dZ1[1,1] ← dA1[1,1]"
    press(inquiry, "Backspace")
    assert inquiry.state["number"] == "dA1[1,1]"
    click(inquiry, chips(inquiry)["dW1[1,2]"])
    assert (inquiry.state["number"], inquiry.state["trail"]) == ("dW1[1,2]", "")
    press(inquiry, "Backspace", "9")
    assert inquiry.state["number"] == "dW1[1,2]"
    press(inquiry, "2")
    buttons(inquiry)["Back"].click()
    assert inquiry.state["number"] == "dW1[1,2]"


def test_arrows_walk_and_a_new_number_is_a_new_beginning(inquiry):
    press(inquiry, "1", "ArrowDown")
    assert (inquiry.state["number"], inquiry.state["trail"]) == ("dZ1[2,1]", "")
    press(inquiry, "ArrowLeft")
    assert inquiry.state["number"].startswith("b1_new")


@pytest.mark.parametrize(("typed", "name"), [("A0[2]", "X[2,1]"), (" Z1[2] ", "Z1[2,1]"), ("J", "J")])
def test_a_name_can_be_typed_as_for_why(inquiry, typed, name):
    inquiry.controls["number"].value = typed
    assert inquiry.words.startswith(f"{name} = ")


def test_a_name_that_is_none_is_answered_in_place(inquiry):
    with pytest.raises(ValueError, match="nothing is called 'Q7' here"):
        inquiry.controls["number"].value = "Q7"
    say(inquiry, kind="move", name="number", value="Q7")
    assert "nothing is called 'Q7' here" in inquiry.error
    assert inquiry.state["number"] == "dW1[1,2]"
    click(inquiry, inquiry.lesson.grids.numbers.boxes["J"])
    assert inquiry.error == ""


# --- every control ----------------------------------------------------------------------------------------------------


def test_sliders_keep_the_story_live(inquiry):
    network = worked_example.network()
    for name, control in inquiry.controls.items():
        if name in ("number", "trail"):
            continue
        for value in (control.min, control.max):
            control.value = value
            assert_agrees(inquiry, network, worked_example.X, worked_example.Y)
        inquiry.reset()
    assert sum("[" in name for name in inquiry.controls) == 11


def test_random_moves_keep_picture_words_and_memory_in_order(inquiry):
    rng = np.random.default_rng(0)
    sliders = [name for name in inquiry.controls if name not in ("number", "trail")]
    boxes = list(inquiry.lesson.grids.numbers.boxes.values())
    for k in range(500):
        if k % 3:
            inquiry.controls[sliders[rng.integers(len(sliders))]].value = rng.uniform(0, 2)
        else:
            click(inquiry, boxes[rng.integers(len(boxes))])
        if k % 25 == 0:
            assert_agrees(inquiry, worked_example.network(), worked_example.X, worked_example.Y)
        if k == 440:
            tracemalloc.start()
        if k == 450:
            before = tracemalloc.get_traced_memory()[0]
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 5e6
    assert not _pylab_helpers.Gcf.figs


def test_what_moved_is_drawn_as_if_all_were_drawn(inquiry):
    press(inquiry, "1", "1", "2", "Backspace")
    moved = np.asarray(Image.open(io.BytesIO(inquiry.png)).convert("RGB"))
    fresh = explorers.why()
    fresh.state = inquiry.state
    np.testing.assert_array_equal(moved, np.asarray(Image.open(io.BytesIO(fresh.png)).convert("RGB")))


def test_the_state_goes_round_and_the_twin_says_the_same(inquiry):
    press(inquiry, "1", "2")
    inquiry.state = {"W1[1,2]": -1.25}
    other = explorers.why()
    other.state = json.loads(inquiry.state_text)
    assert other.state == inquiry.state
    assert other.alt == inquiry.alt
    data, about = other._repr_mimebundle_()
    assert data["text/plain"] == about["image/png"]["alt"] == inquiry.alt
    other.reset()
    assert other.state == explorers.why().state
    with pytest.raises(ValueError, match="trail is a text"):
        other.state = {"trail": 3}


def test_many_numbers_share_a_slider(monkeypatch):
    network, X, Y = stories.case("3-4-2 softmax")
    inquiry = explorers.why(network, X, Y)
    inquiry.state = {"to move": "X[2,4]", "X[2,4]": 0.75, "number": "Z1[1,4]"}
    assert inquiry.state["X[2,4]"] == 0.75
    assert_agrees(inquiry, network, X, Y)
    inquiry._handle_custom_msg({"kind": "typed", "name": "X[2,4]", "text": "-0.5"}, [])
    assert inquiry.state["X[2,4]"] == -0.5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([None, [[1.0], [2.0]]], "X and Y are needed, both"),
        ([worked_example.network(), np.ones((3, 1)), [[1]]], "3"),
        (
            [Network.initialize([2, 1], ["linear"], "squared_error", rng=0), np.ones((2, 90)), np.ones((1, 90))],
            "too many",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_words(arguments, message):
    with pytest.raises(ValueError, match=message):
        explorers.why(*arguments)


def test_a_click_means_the_same_on_a_projector(monkeypatch):
    with style.context("projector"):
        inquiry = explorers.why()
    click(inquiry, [1.3 * length for length in inquiry.lesson.grids.numbers.boxes["Z2[1,1]"]])
    assert inquiry.state["number"] == "Z2[1,1]"


def test_a_number_that_was_given_says_so_where_others_name_their_sources(inquiry):
    shown = lambda: [text.get_text() for text in inquiry.lesson.path._texts]  # noqa: E731
    inquiry.state = {**inquiry.state, "number": "X[1,1]"}
    assert "nothing: it is given" in shown()
    inquiry.state = {**inquiry.state, "number": "Z2[1,1]"}
    assert "nothing: it is given" not in shown()
