"""The explorer of gradient descent: picture, words and alternative text agree with a path that is computed here."""

import json
import re

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw
from matplotlib.text import Text
from sample_networks import sample

from nbhelpers import explorers, style, worked_example
from nbhelpers.experiments import landscapes
from nbhelpers.numbers_as_text import short
from nbhelpers.plots.descent import RIVALS
from nbhelpers.training import Trainer

LECTURE = "2-2-1: the worked example"
NETWORKS = {
    "valley: a line through points": landscapes.valley,
    "basin: yes or no, one unit": landscapes.basin,
    "saddle: one hidden unit": landscapes.saddle,
    LECTURE: lambda: (worked_example.network(), worked_example.X, worked_example.Y, ("W2[1,1]", "W2[1,2]")),
}


@pytest.fixture(scope="module")
def kept():
    return explorers.descent()


def walked(state):
    """The path by the state alone: a step changes the two parameters, by the network's own gradients."""
    network, X, Y, _ = NETWORKS[state["network"]]()
    places = []
    for name in (state["across"], state["up"]):
        block, subscripts = name.rstrip("]").split("[")
        row, column = (int(part) - 1 for part in f"{subscripts},1".split(",")[:2])
        places.append((block, (row, column)))
    here, path = [state["start →"], state["start ↑"]], []
    for _ in range(state["steps"] + 1):
        parameters = {block: value.copy() for block, value in network.parameters.items()}
        for (block, index), value in zip(places, here, strict=True):
            parameters[block][index] = value
        network = network.with_parameters(**parameters)
        forward = network.forward(X)
        path.append((*here, network.cost_of(forward, Y)))
        slopes = network.backward(forward, Y).by_parameter
        here = [value - state["η"] * slopes[block][index] for value, (block, index) in zip(here, places, strict=True)]
    return np.array(path)


def lines(explorer, panel):
    """The marks of a panel by their kind: what has a disc of the highlight color is the end."""
    return {round(line.get_zorder() % 100, 3): line.get_xydata() for line in explorer.figure.axes[panel].lines}


def assert_agrees(explorer):
    path = walked(explorer.state)
    J = [short(cost) for cost in path[[0, -1], 2]]
    assert f"J = {J[0]} at the start" in explorer.words or f"from {J[0]} to {J[1]}" in explorer.words
    assert explorer.words in explorer.alt
    inside = np.abs(path[:, :2]).max(axis=1) <= 4
    shown = lines(explorer, 0)
    np.testing.assert_allclose(shown[7], path[:1, :2])
    np.testing.assert_allclose(shown[6], path[1:, :2][inside[1:]], rtol=1e-9)
    assert len(shown[8]) == inside[-1]
    assert len(shown[9]) == (not inside.all())
    leaving = f"leaves the picture at step {np.argmin(inside)}."
    assert (leaving in explorer.words) == (not inside.all())
    texts = [artist.get_text() for artist in explorer.figure.axes[1].get_children() if hasattr(artist, "get_text")]
    assert any(text.startswith(f"J = {J[1]} after ") for text in texts)


def test_it_begins_in_the_valley(explorer):
    assert explorer.words == "η = 0.32, 30 steps: J falls from 3.930 to 0.053; the lowest in the picture is 0.010."
    assert "over W1[1,1] and b1[1] from −4.00 to 4.00, lowest at (0.96, −0.96)" in explorer.alt
    assert_agrees(explorer)


@pytest.mark.parametrize(
    ("eta", "word"), [(0.001, "it crawls"), (0.1, "J falls"), (0.6, "arrived"), (0.82, "zigzag"), (1.0, "too large")]
)
def test_the_learning_rate_from_crawling_to_diverging(explorer, eta, word):
    explorer.state = {"η": eta, "steps": 50}
    assert f": {word}" in explorer.words
    assert_agrees(explorer)


def test_an_overflow_is_said(explorer):
    explorer.state = {"network": "saddle: one hidden unit", "η": 100.0, "steps": 50, "start →": 4.0, "start ↑": 4.0}
    assert "J grows from" in explorer.words
    assert explorer.error == ""


def test_every_control_over_its_ends_and_middle(explorer):
    for name in ("start →", "start ↑"):
        control = explorer.controls[name]
        for value in (control.min, 0.0, control.max):
            control.value = value
            assert_agrees(explorer)
    explorer.reset()
    for steps in (0, 1, 25, 50):
        explorer.controls["steps"].value = steps
        assert_agrees(explorer)
    explorer.reset()
    for eta in (1e-3, 0.3, 1e2):
        explorer.controls["η"].value = eta
        assert_agrees(explorer)


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_begins_where_it_stands_and_agrees(explorer, network):
    explorer.controls["network"].value = network
    _, _, _, names = NETWORKS[network]()
    assert (explorer.state["across"], explorer.state["up"]) == names
    assert_agrees(explorer)
    rng = np.random.default_rng(0)
    for _ in range(15):
        explorer.state = {"η": float(10 ** rng.uniform(-3, 0)), "steps": int(rng.integers(51))}
        explorer.state = {"start →": float(rng.uniform(-4, 4)), "start ↑": float(rng.uniform(-4, 4))}
        assert_agrees(explorer)


def test_the_plane_can_be_chosen_and_its_two_parameters_differ(explorer):
    explorer.controls["network"].value = LECTURE
    assert len(explorer.controls["across"].options) == 9
    explorer.controls["up"].value = "b2[1]"
    assert (explorer.state["start →"], explorer.state["start ↑"]) == (0.3, 0.5)
    assert "Only W2[1,1] and b2[1] move, the other 7 parameters stay fixed." in explorer.words
    assert_agrees(explorer)
    explorer.controls["across"].value = "b2[1]"
    assert (explorer.state["across"], explorer.state["up"]) == ("b2[1]", "W2[1,1]")
    assert_agrees(explorer)
    assert explorer.figure.axes[0].get_xlabel() == "b2[1]"


def test_no_lowest_point_is_claimed_where_there_is_none(explorer):
    explorer.controls["network"].value = LECTURE
    assert "there is no lowest point in the picture" in explorer.words


@pytest.mark.parametrize("preset", ["screen", "projector"])
def test_a_click_in_the_map_sets_the_start(preset):
    with style.context(preset):
        explorer = explorers.descent()
    axes, picture = explorer.figure.axes[0], explorer
    picture.ratio = 2.0
    x, y = axes.transData.transform((1.5, -2.25)) / 2
    before = picture.png
    picture._handle_custom_msg({"kind": "click", "x": float(x), "y": float(picture.height - y)}, [])
    assert (explorer.state["start →"], explorer.state["start ↑"]) == pytest.approx((1.5, -2.25), abs=0.011)
    assert picture.png != before
    assert_agrees(explorer)
    state = explorer.state
    picture._handle_custom_msg({"kind": "click", "x": picture.width * 0.8, "y": 100.0}, [])  # beside the map
    assert explorer.state == state
    explorer.close()


def test_a_blitted_frame_is_a_full_redraw():
    explorer = explorers.descent()
    explorer.state = {"network": "saddle: one hidden unit", "η": 0.5}
    for state in ({"η": 0.05}, {"steps": 7}, {"η": 5.0}):
        explorer.state = state
        assert_frame_is_full_redraw(explorer)
    explorer.close()


def test_a_network_of_ones_own():
    network, X, Y = sample([3, 4, 2], d=7)
    network = network.with_parameters(b2=[[0.0], [30.0]])
    explorer = explorers.descent(network, X, Y)
    assert "network" not in explorer.controls
    assert explorer.controls["start →"].max == 40
    assert "the other 24 parameters stay fixed" in explorer.words
    explorer.state = {"across": "b2[2]", "up": "W2[1,1]"}
    assert explorer.state["start →"] == 30
    assert json.loads(explorer.state_text) == explorer.state
    explorer.close()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((worked_example.network(),), "needs its X and Y"),
        ((worked_example.network(), np.ones((3, 1)), 1), "X needs 2 rows"),
        ((worked_example.network(), np.ones((2, 3000)), np.ones((1, 3000))), "at most 2000"),
    ],
)
def test_what_can_not_be_shown_is_said_before_anything_is_drawn(arguments, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        explorers.descent(*arguments)


def test_momentum_and_adam_walk_in_the_same_valley_from_the_same_start(explorer):
    lesson = explorer.lesson
    assert not any(len(path.get_xdata()) for path, _ in lesson.surface.rivals.values())
    explorer.state = {"momentum": True, "adam": True, "η": 0.1, "steps": 20}
    valley = lesson.landscapes[explorer.state["network"]]
    for name, (path, end) in lesson.surface.rivals.items():
        trainer = Trainer(valley.network, valley.X, valley.Y, learning_rate=0.1, optimizer=name, epochs=20)
        walked = []
        for _ in range(20):
            trainer.step()
            walked.append((trainer.W[1].item(), trainer.network.b[1].item()))
        shown = path.get_xydata()
        np.testing.assert_allclose(shown[np.isfinite(shown).all(axis=1)][1:], walked, rtol=1e-9)
        np.testing.assert_allclose(end.get_xydata(), walked[-1:], rtol=1e-9)
        J = trainer.network.cost(valley.X, valley.Y)
        assert f"{RIVALS[name][0]}: J = {short(J)}" in explorer.words
        assert RIVALS[name][0] in [text.get_text() for text in lesson.history.ax.findobj(Text) if text.get_visible()]
        curve = lesson.history.rivals[name].line.get_ydata()
        assert curve[np.isfinite(curve)][-1] == pytest.approx(J)
    explorer.state = {"momentum": False, "η": 100.0}  # far beyond all borders, and without a warning
    assert "momentum" not in explorer.words
