"""The cost meter: bars, numbers, words and alternative text agree with counts that are made here."""

import importlib
import json

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw, assert_inside, texts_of
from driving import buttons

from nbhelpers import explorers
from nbhelpers.experiments.pass_times import PassTimes
from nbhelpers.explorers.kit.controls import WholeLogSlider
from nbhelpers.numbers_as_text import amount, duration

MODULE = importlib.import_module("nbhelpers.explorers.cost_meter")
TIMES = PassTimes(2e-5, 3e-5, 0.25, 1e-3, 4e-3, 100, 100)
SCALED = TIMES._replace(loop_examples=7)


@pytest.fixture(scope="module")
def kept():
    return explorers.cost_meter()


def button(explorer):
    return buttons(explorer)["Measure"]


def costs(state):
    """Multiply-adds and stored numbers by rows, from the shapes of the matrices."""
    sizes, d = [state["features"], *[state["width"]] * state["hidden"], state["outputs"]], state["d"]
    products = [sizes[k + 1] * sizes[k] * d for k in range(len(sizes) - 1)]
    P, numbers = sum(sizes[k + 1] * (sizes[k] + 1) for k in range(len(sizes) - 1)), sum(sizes[1:]) * d
    forward, backward = sum(products), 2 * sum(products) - products[0]
    multiply_adds = [forward, backward, 2 * P * forward, forward, backward]
    return multiply_adds, [2 * numbers, 3 * numbers + P, 2 * numbers + P, 2 * numbers, 3 * numbers + P], P


def ends(panel):
    """Where the bars end, row by row."""
    paths = [path for hatch in ("", "////") for path in panel.bars[hatch].get_paths()]
    return [float(path.vertices[:, 0].max()) for path in paths]


def assert_agrees(explorer):
    multiply_adds, stored, P = costs(explorer.state)
    panels = explorer.lesson.panels
    np.testing.assert_allclose(ends(panels.multiply_adds), multiply_adds)
    np.testing.assert_allclose(ends(panels.stored), stored)
    assert [text.get_text() for text in panels.multiply_adds.numbers] == [amount(count) for count in multiply_adds]
    assert [text.get_text() for text in panels.stored.numbers] == [amount(count) for count in stored]
    forward, backward, *_ = multiply_adds
    words, alt = explorer.words, explorer.alt
    assert f", {amount(P)} parameters, d = {explorer.state['d']:,}: forward {amount(forward)} multiply-adds, " in words
    assert f"backward {backward / forward:.2f} times as many, " in words
    assert f"differences {amount(2 * P) if P > 4 else f'{2 * P:.2f}'} times" in words
    assert words in alt
    assert f"Multiply-adds: forward {amount(forward)}, backward {amount(backward)}, " in alt
    assert f"differences {amount(stored[2])}." in alt


def test_it_begins_with_the_sizes_of_the_digits_and_no_times(explorer):
    assert explorer.words == (
        "64-32-10, 2,410 parameters, d = 100: forward 236,800 multiply-adds, backward 1.14 times as many, "
        "differences 4,820 times (two passes per parameter). Nothing is measured yet."
    )
    assert any("Press “Measure”" in text for text in texts_of(explorer.figure))
    assert_agrees(explorer)


def test_every_slider_over_its_ends_and_middle(explorer):
    for name, values in {
        "features": (1, 30, 1000),
        "width": (1, 30, 1000),
        "hidden": (0, 5, 10),
        "outputs": (1, 10, 100),
        "d": (1, 100, 10_000),
    }.items():
        for value in values:
            explorer.state = {name: value}
            assert explorer.state[name] == value
            assert_agrees(explorer)
        explorer.reset()


def test_random_sizes(explorer):
    rng = np.random.default_rng(0)
    for _ in range(60):
        logarithmic = (control for control in explorer.controls.values() if isinstance(control, WholeLogSlider))
        with explorer.batch():
            explorer.controls["hidden"].value = int(rng.integers(11))
            for control in logarithmic:
                control.value = round(10 ** rng.uniform(*np.log10([control.min, control.max])))
        assert_agrees(explorer)


# --- times ------------------------------------------------------------------------------------------------------------


def test_times_come_with_the_button_and_go_with_the_next_move(explorer, monkeypatch):
    monkeypatch.setattr(MODULE, "measured_passes", lambda sizes, d: TIMES)
    button(explorer).click()
    panels = explorer.lesson.panels
    np.testing.assert_allclose(ends(panels.times), TIMES[:5])
    numbers = [text.get_text() for text in panels.times.numbers]
    assert numbers == ["20.0 µs", "30.0 µs", "≈ 250 ms", "1.00 ms", "4.00 ms"]
    assert panels.words[2].get_text() == "loops = 100 × matrix products"
    assert explorer.words.endswith(
        "Measured: 50.0 µs forward and back by matrix products, 5.00 ms by loops (100 times), "
        "about 250 ms by differences."
    )
    assert not any("Press" in text for text in texts_of(explorer.figure))
    assert_agrees(explorer)
    assert_frame_is_full_redraw(explorer)
    explorer.controls["width"].value = 50.0
    assert explorer.state["times"] == {}
    assert {text.get_text() for text in panels.times.numbers} == {""}
    assert explorer.words.endswith("Nothing is measured yet.")


def test_what_is_scaled_up_is_said(explorer, monkeypatch):
    monkeypatch.setattr(MODULE, "measured_passes", lambda sizes, d: SCALED)
    button(explorer).click()
    numbers = [text.get_text() for text in explorer.lesson.panels.times.numbers]
    assert [text.startswith("≈") for text in numbers] == [False, False, True, True, True]
    assert "Measured, loops on 7 examples: " in explorer.words


def test_times_belong_to_the_state(explorer, monkeypatch):
    monkeypatch.setattr(MODULE, "measured_passes", lambda sizes, d: TIMES)
    explorer.state = {"width": 50}
    button(explorer).click()
    kept, words = explorer.state_text, explorer.words
    explorer.reset()
    assert explorer.state["times"] == {}
    explorer._handle_custom_msg({"kind": "state", "text": kept}, [])
    assert explorer.error == ""
    assert explorer.words == words
    for wrong in ({"forward": 1}, [1], {**json.loads(kept)["times"], "forward": -1}, "now"):
        with pytest.raises(ValueError, match="times needs what"):
            explorer.state = {"times": wrong}
        assert explorer.words == words


def test_it_really_measures(explorer):
    explorer.state = {"features": 5, "width": 20, "d": 20}
    button(explorer).click()
    times = explorer.state["times"]
    assert times["loop_forward"] > times["forward"] > 0
    assert duration(times["forward"] + times["backward"]) in explorer.words


def test_what_is_too_large_to_be_timed_can_not_be_measured_and_the_button_says_why(explorer):
    explorer.state = {"width": 1000, "hidden": 3}
    button(explorer).click()
    assert explorer.state["times"] == {}
    assert button(explorer).disabled
    assert "parameters: passes are measured up to 200,000" in button(explorer).tooltip
    assert explorer.words.endswith(f"No times: {button(explorer).tooltip}.")
    texts = texts_of(explorer.figure)
    assert any("passes are measured up to 200,000" in text for text in texts)
    assert not any("Press" in text for text in texts)
    assert_inside(explorer.figure, [explorer.lesson.panels.invitation])
    explorer.reset()
    assert (button(explorer).disabled, button(explorer).tooltip) == (False, "Time this network, here and now")


# --- the picture ------------------------------------------------------------------------------------------------------


def test_the_loops_differ_by_a_hatch(explorer):
    bars = explorer.lesson.panels.multiply_adds.bars
    assert bars["////"].get_hatch() == "////"
    assert (len(bars[""].get_paths()), len(bars["////"].get_paths())) == (3, 2)


def test_a_blitted_frame_is_a_full_redraw(explorer):
    for state in ({"hidden": 0}, {"width": 999}, {"d": 1}):
        explorer.state = state
        assert_frame_is_full_redraw(explorer)


def test_the_largest_numbers_stay_in_the_picture(explorer):
    explorer.state = {"features": 1000, "width": 1000, "hidden": 10, "outputs": 100, "d": 10_000}
    assert "1000-(10 × 1000)-100, 10.1 million parameters" in explorer.words
    panels, figure = explorer.lesson.panels, explorer.figure
    numbers = [*panels.multiply_adds.numbers, *panels.stored.numbers]
    assert_inside(figure, [*numbers, *panels.words])
    for panel in (panels.multiply_adds, panels.stored):
        right = panel.numbers[0].axes.get_window_extent().x1
        assert all(text.get_window_extent().x1 < right + 20 for text in panel.numbers)


def test_the_worked_example(explorer):
    explorer.state = {"features": 2, "width": 2, "hidden": 1, "outputs": 1, "d": 1}
    assert explorer.words.startswith("2-2-1, 9 parameters, d = 1: forward 6 multiply-adds, backward 1.33 times as many")
