"""The explorer of handwritten digits: picture, words and alternative text agree with a forward pass computed here."""

import importlib
import json

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw
from driving import buttons, click, press

from nbhelpers import explorers, softmax, style
from nbhelpers.experiments import drawn_digits
from nbhelpers.experiments.digit_classifier import digit_reader
from nbhelpers.numbers_as_text import probability_text, short
from nbhelpers.plots.digits import SIZE

MODULE = importlib.import_module("nbhelpers.explorers.digits")
HELD_OUT, OWN = MODULE.HELD_OUT, MODULE.OWN


@pytest.fixture(scope="module")
def kept():
    return explorers.digits()


@pytest.fixture(scope="module")
def reader():
    return digit_reader()


def shown_ink(explorer, reader):
    """The digit by the state alone."""
    state = explorer.state
    if state["show"] == OWN:
        return drawn_digits.from_text(state["drawing"])
    return np.rint(16 * reader.held_out.X[:, state["digit"] - 1]).astype(int).reshape(8, 8)


def assert_agrees(explorer, reader):
    state, panels, words = explorer.state, explorer.lesson.panels, explorer.words
    ink, W, b = shown_ink(explorer, reader), reader.network.W, reader.network.b
    z = W[1] @ ink.reshape(64, 1) / 16 + b[1]
    y = softmax(W[2] @ np.tanh(z) + b[2]).ravel()
    unit, said = state["unit"] - 1, int(y.argmax())
    assert panels.digit.signs.texts == [str(level) if level else "" for level in ink.ravel().tolist()]
    assert panels.classes.numbers.texts == [probability_text(p) for p in y]
    np.testing.assert_allclose([path.vertices[1, 1] for path in panels.units.bars.get_paths()], np.tanh(z).ravel())
    signs = panels.weights.signs.texts
    assert all(sign == "" or (sign == "+") == (w > 0) for sign, w in zip(signs, W[1][unit], strict=True))
    assert f"says {said} with {probability_text(y[said])}" in words
    assert f"z = {short(z[unit, 0])} and a = {short(np.tanh(z[unit, 0]))}" in words
    assert f"Of the {reader.held_out.d} held-out digits it reads {reader.right} right" in words
    assert words in explorer.alt
    assert all(f"{k}: {probability_text(p)}" in explorer.alt for k, p in enumerate(y))
    assert (
        "/".join(",".join(map(str, row)) for row in ink.tolist()).replace("/", " / ") in explorer.alt or not ink.any()
    )
    if state["show"] == HELD_OUT:
        assert_judges(explorer, reader, said)


def assert_judges(explorer, reader, said):
    """Right or wrong, in words, beside the real class, and in the table."""
    panels, i = explorer.lesson.panels, explorer.state["digit"] - 1
    real = int(reader.held_out.labels[i])
    assert f"Digit {i + 1} of {reader.held_out.d}, really a {real}." in explorer.words
    assert (": right" in explorer.words) == (real == said) != (": wrong" in explorer.words)
    assert panels.classes.words.texts[real] == ("✓ real" if real == said else "◀ real")
    box = panels.table.mark.get_paths()[0].vertices
    assert panels.table.cell_at(*box[:4].mean(axis=0)) == (real, said)
    assert panels.strip.captions.texts[i % 24] == (f"{real}" if real == said else f"{real}→{said}")


def drag(explorer, *cells):
    """Draw a line through places that are given in cells: right, down."""
    left, top, width, height = explorer.lesson.panels.digit.box
    points = [[left + right * width / 8, top + down * height / 8] for right, down in cells]
    explorer._handle_custom_msg({"kind": "drag", "points": points}, [])


def cell_box(grid, row, column):
    return grid._box_of(row, column)


# --- digits that were held out ----------------------------------------------------------------------------------------


def test_it_begins_with_the_surest_mistake(explorer, reader):
    assert_agrees(explorer, reader)
    assert ": wrong" in explorer.words
    wrong = reader.said != reader.held_out.labels
    assert reader.probabilities.max(axis=0)[wrong].max() == reader.probabilities[:, 0].max()


def test_every_control_over_its_ends_and_middle(explorer, reader):
    for name in ("digit", "unit", "ink"):
        control = explorer.controls[name]
        for value in (control.min, (control.min + control.max) // 2, control.max):
            control.value = value
            assert_agrees(explorer, reader)
    for show in (OWN, HELD_OUT):
        explorer.controls["show"].value = show
        assert_agrees(explorer, reader)


def test_the_wrong_ones_come_first(explorer, reader):
    wrong = reader.held_out.d - reader.right
    for i, verdict in ((1, ": wrong"), (wrong, ": wrong"), (wrong + 1, ": right"), (reader.held_out.d, ": right")):
        explorer.controls["digit"].value = i
        assert verdict in explorer.words


def test_random_digits_and_units_agree(explorer, reader):
    rng = np.random.default_rng(0)
    for _ in range(40):
        explorer.state = {"digit": int(rng.integers(1, reader.held_out.d + 1)), "unit": int(rng.integers(1, 33))}
        assert_agrees(explorer, reader)


def test_keys_step_through_digits_and_units_and_stop_at_the_ends(explorer, reader):
    press(explorer, "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowDown", "ArrowUp", "PageDown")
    assert (explorer.state["digit"], explorer.state["unit"]) == (2, 3)
    press(explorer, "ArrowLeft", "ArrowLeft", "PageUp", "PageUp", "PageUp")
    assert (explorer.state["digit"], explorer.state["unit"]) == (1, 1)
    assert_agrees(explorer, reader)


def test_clicks_choose_a_digit_a_unit_and_a_cell_of_the_table(explorer, reader):
    panels = explorer.lesson.panels
    explorer.state = {"digit": 30}
    click(explorer, panels.strip._boxes[10])
    assert explorer.state["digit"] == 24 + 11
    click(explorer, (316 + 8 * 4, 400, 8, 20))
    assert explorer.state["unit"] == 5
    real, said = np.argwhere(reader.confusion - np.diag(reader.confusion.diagonal()) > 1)[0]
    seen = []
    for _ in range(2):
        click(explorer, cell_box(panels.table, real, said))
        seen.append(explorer.state["digit"])
        assert_agrees(explorer, reader)
        assert f"really a {real}" in explorer.words
    assert seen[0] != seen[1]
    before = explorer.state
    click(explorer, (2, 2, 4, 4))  # beside everything
    assert explorer.state == before


def test_a_cell_that_counts_nothing_says_so(explorer, reader):
    real, said = np.argwhere(reader.confusion == 0)[0]
    before = explorer.state
    click(explorer, cell_box(explorer.lesson.panels.table, real, said))
    assert explorer.error == f"no {real} that was held out is taken for a {said}"
    assert explorer.state == before


# --- one's own digit --------------------------------------------------------------------------------------------------


def test_a_blank_grid_is_read_all_the_same_and_that_is_said(explorer, reader):
    buttons(explorer)["New drawing"].click()
    assert explorer.state["show"] == OWN
    assert "The grid is blank; it says" in explorer.words
    assert_agrees(explorer, reader)


def test_a_line_drawn_with_the_mouse_is_read(explorer, reader):
    buttons(explorer)["New drawing"].click()
    drag(explorer, (2, 0.9), (6, 0.9))
    drag(explorer, (6, 0.9), (3.6, 7.3))
    expected = drawn_digits.with_line(np.zeros((8, 8), int), [(2, 0.9), (6, 0.9)])
    expected = drawn_digits.with_line(expected, [(6, 0.9), (3.6, 7.3)])
    assert explorer.state["drawing"] == drawn_digits.to_text(expected)
    assert "says 7" in explorer.words
    assert explorer.state["cursor"] == "8,4"
    assert_agrees(explorer, reader)


def test_a_line_over_a_held_out_digit_makes_it_ones_own(explorer, reader):
    before = shown_ink(explorer, reader)
    explorer.state = {"ink": 0}
    drag(explorer, (0, 4.5), (8, 4.5))
    assert explorer.state["show"] == OWN
    after = shown_ink(explorer, reader)
    assert not after[4].any()
    np.testing.assert_array_equal(np.delete(after, 4, axis=0), np.delete(before, 4, axis=0))


def test_a_line_that_leaves_the_grid_is_cut(explorer):
    buttons(explorer)["New drawing"].click()
    drag(explorer, (4, 4), (30, 4), (30, -20))
    assert explorer.error == ""
    assert explorer.state["cursor"] == "1,8"


def test_a_click_sets_one_cell(explorer, reader):
    buttons(explorer)["New drawing"].click()
    explorer.controls["ink"].value = 7
    click(explorer, cell_box(explorer.lesson.panels.digit, 2, 5))
    ink = shown_ink(explorer, reader)
    assert (ink[2, 5], ink.sum(), explorer.state["cursor"]) == (7, 7, "3,6")


def test_keys_move_the_cursor_and_set_ink_and_the_words_tell_of_it(explorer, reader):
    buttons(explorer)["New drawing"].click()
    press(explorer, "ArrowDown", "ArrowDown", "ArrowRight", " ")
    assert "cursor at row 3, column 2: ink 16 of 16" in explorer.words
    press(explorer, "ArrowRight", "5")
    assert "cursor at row 3, column 3: ink 9 of 16" in explorer.words
    press(explorer, "9", "ArrowLeft", "0")
    ink = shown_ink(explorer, reader)
    assert (ink[2, 1], ink[2, 2], ink.sum()) == (0, 16, 16)
    press(explorer, *["ArrowUp"] * 9, *["ArrowLeft"] * 9)
    assert explorer.state["cursor"] == "1,1"
    press(explorer, *["ArrowDown"] * 9, *["ArrowRight"] * 9)
    assert explorer.state["cursor"] == "8,8"
    unit = explorer.state["unit"]
    press(explorer, "PageDown")
    assert explorer.state["unit"] == unit + 1
    assert_agrees(explorer, reader)


def test_a_digit_can_be_drawn_by_keys_alone(explorer):
    buttons(explorer)["New drawing"].click()
    press(explorer, *["ArrowRight"] * 4, "9", *["ArrowDown", "9"] * 7)
    press(explorer, "ArrowLeft", *["9", "ArrowUp"] * 7, "9")
    assert "says 1" in explorer.words


def test_enter_goes_to_ones_own_and_back(explorer, reader):
    ink = shown_ink(explorer, reader)
    press(explorer, "Enter")
    assert explorer.state["show"] == OWN
    np.testing.assert_array_equal(shown_ink(explorer, reader), ink)
    press(explorer, "Enter")
    assert explorer.state["show"] == HELD_OUT


def test_choosing_a_digit_shows_it(explorer, reader):
    buttons(explorer)["New drawing"].click()
    explorer.controls["digit"].value = 9
    assert explorer.state["show"] == HELD_OUT
    assert_agrees(explorer, reader)


def test_random_drawings_agree(explorer, reader):
    rng = np.random.default_rng(1)
    for _ in range(30):
        drawing = drawn_digits.to_text(rng.integers(0, 17, (8, 8)) * (rng.random((8, 8)) < 0.5))
        explorer.state = {"drawing": drawing, "show": OWN, "unit": int(rng.integers(1, 33))}
        assert_agrees(explorer, reader)


# --- state, errors, picture -------------------------------------------------------------------------------------------


def test_a_drawing_is_a_part_of_the_state(explorer, reader):
    buttons(explorer)["New drawing"].click()
    drag(explorer, (2, 2), (6, 6))
    explorer.state = {"digit": 7, "show": OWN}
    kept, words = explorer.state, explorer.words
    assert (kept["digit"], kept["show"]) == (7, OWN)
    explorer.reset()
    assert explorer.state["drawing"] == drawn_digits.BLANK
    explorer._handle_custom_msg({"kind": "state", "text": json.dumps(kept)}, [])
    assert (explorer.state, explorer.words) == (kept, words)
    assert_agrees(explorer, reader)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"drawing": "a seven"}, "is not a drawn digit"),
        ({"drawing": 7}, "is not a drawn digit"),
        ({"cursor": "9,1"}, "cursor cannot be '9,1'"),
        ({"show": "another"}, "show cannot be 'another'"),
        ({"digit": 9999}, "digit goes from 1"),
    ],
)
def test_a_wrong_state_is_answered_and_changes_nothing(explorer, state, message):
    before = explorer.state
    with pytest.raises(ValueError, match=message):
        explorer.state = state
    assert explorer.state == before


def test_a_blitted_frame_is_a_full_redraw(explorer):
    for state in ({"digit": 60, "unit": 4}, {"show": OWN, "cursor": "4,4"}, {"digit": 449}):
        explorer.state = state
        assert_frame_is_full_redraw(explorer)


def test_on_a_projector_mouse_and_grid_agree():
    with style.context("projector"):
        explorer = explorers.digits()
    scale = explorer.width / SIZE[0]
    assert scale > 1.2
    box = explorer.lesson.panels.digit.box
    np.testing.assert_allclose(explorer.listens["drag_box"], scale * np.array(box))
    buttons(explorer)["New drawing"].click()
    left, top, width, height = box
    points = [[scale * (left + width * share), scale * (top + height / 2)] for share in (0.2, 0.8)]
    explorer._handle_custom_msg({"kind": "drag", "points": points}, [])
    expected = drawn_digits.with_line(np.zeros((8, 8), int), [(1.6, 4), (6.4, 4)])
    assert explorer.state["drawing"] == drawn_digits.to_text(expected)
    click(explorer, [scale * length for length in cell_box(explorer.lesson.panels.table, 3, 3)])
    assert "really a 3" in explorer.words
    explorer.close()
