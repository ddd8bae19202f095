"""The explorer of curves that units add up to: what is drawn is what NumPy interpolates, or what a training gives."""

import numpy as np
import pytest
from driving import buttons, coarse, press, say

from nbhelpers import explorers
from nbhelpers.experiments.piecewise_curves import TARGETS

FINE = np.linspace(-1, 1, 2001)


@pytest.fixture(scope="module")
def kept():
    return coarse(explorers.bends())


def drawn(explorer):
    """The curve by the parts of the units, which are read back, and its x."""
    panels = explorer.lesson.panels
    count = explorer.state["units"]
    return panels, count


def assert_agrees(explorer):
    panels, count = drawn(explorer)
    state = explorer.state
    x, y = np.array(state["corners"]).T
    assert len(x) == count + 1
    assert sum(part.line.get_visible() for part in panels.parts) == count
    if state["function"] == "relu" and state["epochs"] == 0:
        error = np.abs(np.interp(FINE, x, y) - TARGETS[state["target"]](FINE)).max()
        assert float(panels.now.get_ydata()[0]) == pytest.approx(np.clip(error, 3e-4, 5))
        line = panels.curve.line.get_xydata()
        line = line[np.isfinite(line).all(axis=1)]
        np.testing.assert_allclose(line[:, 1], np.interp(line[:, 0], x, y), atol=1e-9)
        np.testing.assert_allclose(np.transpose(panels.corners.get_data()), state["corners"])
    assert explorer.words in explorer.alt


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("function", ["relu", "sigmoid"])
def test_every_target(explorer, target, function):
    explorer.state = {"target": target, "function": function}
    buttons(explorer)["Onto the target"].click()
    assert_agrees(explorer)
    assert ("always misses it" in explorer.words) == ("jump" in target)
    assert explorer.controls["steepness"].hidden == (function == "relu")


@pytest.mark.parametrize("units", [1, 2, 7, 12])
def test_every_number_of_units_keeps_the_curve_as_well_as_it_can(explorer, units):
    explorer.controls["units"].value = units
    assert_agrees(explorer)
    x, y = np.array(explorer.state["corners"]).T
    np.testing.assert_allclose(y, np.interp(x, [-1, -0.5, 0, 0.5, 1], [0, -1, 0, 1, 0]), atol=1e-4)


def test_corners_are_moved_between_their_neighbors(explorer):
    say(explorer, kind="handle", handle=1, right=3, up=2)
    assert explorer.state["corners"][1] == [pytest.approx(-0.44), pytest.approx(-0.9)]
    explorer.lesson.handles[1].move(5, 9)
    assert explorer.state["corners"][1] == [pytest.approx(-0.02), 1.6]
    explorer.lesson.handles[0].move(0.3, 0.2)
    assert explorer.state["corners"][0] == [-1.0, 0.2]
    assert explorer.lesson.handles[5].place() is None
    assert_agrees(explorer)


def test_training_brings_the_squared_error_down_and_can_be_taken_back(explorer):
    buttons(explorer)["Flat"].click()
    assert "at most 1.00 from" in explorer.words
    press(explorer, *["ArrowRight"] * 10)
    assert explorer.state["epochs"] == 200
    assert "trained for 200 epochs" in explorer.words
    assert explorer.lesson.handles[1].place() is None
    after = explorer.words
    state = explorer.state
    press(explorer, "Home")
    assert "at most 1.00 from" in explorer.words
    explorer.state = state
    assert explorer.words == after
    explorer.controls["target"].value = "bump"
    assert explorer.state["epochs"] == 0


@pytest.mark.parametrize("corners", [
    None, "no", [[0, 1]], [[-1, 0], [1, 0, 3]], [[-1, 0], [1, 5]], [[-1, 0], [-1, 0], [1, 0]], [[-0.9, 0], [1, 0]],
    [[-1, float("nan")], [1, 0]], [[-1, 0], [10**400, 0]], [[-1, 0]] * 40,
])  # fmt: skip
def test_corners_that_make_no_curve_change_nothing(explorer, corners):
    before = explorer.state
    with pytest.raises(ValueError, match="corner"):
        explorer.state = {"corners": corners}
    assert explorer.state == before
    assert_agrees(explorer)
