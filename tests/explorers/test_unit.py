"""The explorer of units in the plane: lines, fields and words agree with sums made here, whatever is moved."""

import numpy as np
import pytest
from driving import coarse, say

from nbhelpers import explorers
from nbhelpers.experiments.half_planes import ARRANGEMENTS
from nbhelpers.plots.unit import HALF, SIDE

FUNCTIONS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}


@pytest.fixture(scope="module")
def kept():
    return coarse(explorers.unit())


def parameters(state):
    h = state["units"]
    W1 = np.array([[state[f"W1[{j},{i}]"] for i in (1, 2)] for j in range(1, h + 1)])
    b1 = np.array([[state[f"b1[{j}]"]] for j in range(1, h + 1)])
    return W1, b1, np.array([[state[f"W2[1,{j}]"] for j in range(1, h + 1)]]), state["b2"]


def assert_agrees(explorer):
    state, panels = explorer.state, explorer.lesson.panels
    (W1, b1, W2, b2), j = parameters(state), state["show unit"] - 1
    assert j < state["units"]
    for k, line in enumerate(panels.lines):
        x, y = line.get_data()
        assert k < len(W1) or len(x) == 0
        if len(x):
            np.testing.assert_allclose(W1[k] @ [x, y] + b1[k], 0, atol=1e-9)
            assert max(np.abs(x).max(), np.abs(y).max()) == pytest.approx(HALF)
    X = np.array(explorer.lesson.arrangement.X).T
    y_hat = 1 / (1 + np.exp(-np.clip(W2 @ FUNCTIONS[state["function"]](W1 @ X + b1) + b2, -500, 500)))
    right = int(((y_hat[0] >= 0.5) == np.array(explorer.lesson.arrangement.y)).sum())
    assert f"{right} of {X.shape[1]} points" in explorer.words
    assert explorer.words in explorer.alt
    places = np.stack(np.meshgrid(*[np.linspace(-HALF, HALF, SIDE)] * 2)).reshape(2, -1)
    z = W2 @ FUNCTIONS[state["function"]](W1 @ places + b1) + b2
    blueness = (
        np.asarray(panels.output.get_array(), dtype=int)[..., 2].ravel()
        - np.asarray(panels.output.get_array(), dtype=int)[..., 0].ravel()
    )
    sure = np.abs(z[0]) > 1
    assert ((blueness > 0) == (z[0] > 0))[sure].all()


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_every_arrangement_gets_its_points_right(explorer, name):
    explorer.controls["begin with"].value = name
    assert_agrees(explorer)
    count = len(ARRANGEMENTS[name].y)
    assert f"{count} of {count} points" in explorer.words


@pytest.mark.parametrize("name", ["function", "units", "W1[1,1]", "W1[1,2]", "b1[1]", "W2[1,1]", "b2", "show unit"])
def test_every_control_over_its_range(explorer, name):
    explorer.controls["begin with"].value = "three units: a triangle"
    control = explorer.controls[name]
    values = control.options if hasattr(control, "options") else (control.min, control.max, control.min + 2)
    for value in values:
        control.value = value
        assert_agrees(explorer)


def test_without_weights_there_is_no_line(explorer):
    explorer.state = {"W1[1,1]": 0, "W1[1,2]": 0}
    assert "there is no line" in explorer.words
    assert_agrees(explorer)


def test_the_line_and_the_weight_vector_can_be_moved(explorer):
    line, tip = explorer.lesson.handles[:2]
    say(explorer, kind="handle", handle=0, right=4, up=4)
    moved = line.place()
    w, b = [explorer.state[f"W1[1,{i}]"] for i in (1, 2)], explorer.state["b1[1]"]
    assert w == [1.5, 1.0]
    assert b < -0.5
    np.testing.assert_allclose(np.dot(w, moved) + b, 0, atol=1e-9)
    before = np.array(tip.place())
    say(explorer, kind="handle", handle=1, right=3, up=-2)
    assert explorer.state["W1[1,1]"] > 1.5
    assert explorer.state["W1[1,2]"] < 1.0
    assert np.hypot(*(np.array(tip.place()) - before - [0.15, -0.1])) < 0.1  # as near as the marks are
    assert_agrees(explorer)


def test_a_far_move_stops_at_the_ends(explorer):
    explorer.lesson.handles[1].move(1e6, -1e6)
    assert (explorer.state["W1[1,1]"], explorer.state["W1[1,2]"]) == (6.0, -6.0)
    assert_agrees(explorer)


def test_sliders_of_units_that_are_not_there_are_hidden(explorer):
    explorer.controls["begin with"].value = "two units: a band"
    hidden = {name for name, control in explorer.controls.items() if control.hidden}
    assert hidden == {"W1[3,1]", "W1[3,2]", "b1[3]", "W2[1,3]"}
