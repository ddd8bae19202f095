"""The explorer of one unit that learns: its curves are those of a network that takes the steps."""

import numpy as np
import pytest
from driving import coarse, press, say

from nbhelpers import Layer, Network, explorers
from nbhelpers.numbers_as_text import spoken

LOSSES = ("binary_cross_entropy", "squared_error")


@pytest.fixture(scope="module")
def kept():
    return coarse(explorers.one_unit_learns())


def learned(state, loss, steps):
    network, found = Network([Layer([[0.0]], state["z at start"], "sigmoid")], loss), []
    for _ in range(steps + 1):
        forward = network.forward(state["x"])
        found.append(forward.Y_hat.item())
        network = network.updated(network.backward(forward, state["y"]), state["η"])
    return np.array(found)


def assert_agrees(explorer):
    state, panels = explorer.state, explorer.lesson.panels
    for loss, path, end in zip(LOSSES, panels.paths, panels.ends, strict=True):
        y_hat = learned(state, loss, min(state["step"], 40))
        assert len(path.get_ydata()) == state["step"] + 1
        np.testing.assert_allclose(path.get_ydata()[: len(y_hat)], y_hat, rtol=1e-9, atol=1e-12)
        assert end.get_ydata()[0] == path.get_ydata()[-1]
    for line, loss in zip(panels.curves[1], LOSSES, strict=True):
        z, slope = line.get_data()
        one = Network([Layer([[1.0]], 0.0, "sigmoid")], loss)
        k = len(z) // 3
        forward = one.forward(z[k])
        assert slope[k] == pytest.approx(one.backward(forward, state["y"]).dZ[1].item(), rel=1e-9, abs=1e-12)
    assert f"at z = {spoken(state['z at start'])} the unit says" in explorer.words
    assert explorer.words in explorer.alt


def test_the_figures_of_the_notebook(explorer):
    assert "cross-entropy needs 7 steps, squared error needs 426 steps" in explorer.words
    assert explorer.lesson.panels.axes[0].get_xlim() == (0, 500)
    assert_agrees(explorer)


@pytest.mark.parametrize("name", ["z at start", "y", "x", "η", "step"])
def test_every_control_over_its_range(explorer, name):
    control = explorer.controls[name]
    ends = control.options if hasattr(control, "options") else (control.min, control.max)
    for value in ends:
        control.value = value
        assert_agrees(explorer)


def test_it_can_be_walked_and_played(explorer):
    press(explorer, "Home")
    assert explorer.state["step"] == 1
    press(explorer, "ArrowRight", "ArrowRight", "ArrowLeft")
    assert explorer.state["step"] == 2
    explorer.state = {"step": 500}
    assert explorer.lesson.advance()  # begins again
    assert explorer.state["step"] == 1
    while explorer.lesson.advance():
        pass
    assert explorer.state["step"] == 500
    assert_agrees(explorer)


def test_the_start_can_be_moved_in_the_picture(explorer):
    say(explorer, kind="handle", handle=0, right=10, up=0)
    assert explorer.state["z at start"] == pytest.approx(-5.0)
    explorer.lesson.handles[0].move(1e9, 0)
    assert explorer.state["z at start"] == 10.0
    assert "on the right side already" in explorer.words


def test_the_scale_holds_the_step_that_is_shown_also_where_both_were_right_at_once(explorer):
    explorer.state = {"z at start": 10.0, "y": 0, "x": -2.0, "η": 9.8, "step": 879}
    ends = [end.get_xdata()[0] for end in explorer.lesson.panels.ends]
    assert ends == [879, 879]
    assert explorer.lesson.panels.axes[0].get_xlim()[1] >= 879
