"""The explorer of nudges: every move that is shown is one that a forward pass with the pushed number makes."""

import re

import numpy as np
import pytest
from driving import coarse, say
from sample_networks import sample

from nbhelpers import explorers, softmax, tanh, worked_example
from nbhelpers.experiments.nudges import places
from nbhelpers.numbers_as_text import short


@pytest.fixture(scope="module")
def kept():
    return coarse(explorers.nudge())


def pushed(network, x, start, step):
    """The network and the input with one number pushed; put together here."""
    block, index = places(network)[start]
    if block == "x":
        x = np.array(x, dtype=float)
        x[index] += step
        return network, x
    value = np.array(network.parameters[block])
    value[index] += step
    return network.with_parameters(**{block: value}), x


def assert_agrees(explorer, network, x, y):
    state, panels = explorer.state, explorer.lesson.panels
    after, moved = pushed(network, x, state["nudge"], state["by"])
    costs = network.cost(x, y), after.cost(moved, y)
    texts = [text.get_text() for text in panels.texts]
    assert any(text.startswith(short(costs[0])) for text in texts)
    if state["by"]:
        moves = [
            short(costs[1] - costs[0], decimals) for decimals in range(3, 9)
        ]  # as many as tell it from the slope's
        assert (
            re.search(r"L by (\S+) \(", explorer.words)[1] in moves[: 1 if "as the slope says" in explorer.words else 6]
        )
        y_hat = network.predict(x)[0, 0], after.predict(moved)[0, 0]
        sign = "−" if y_hat[1] < y_hat[0] else "+"
        moved_by = "" if y_hat[0] == y_hat[1] else f" {sign} {short(abs(y_hat[1] - y_hat[0]))}"
        assert any(text.strip() == f"{short(y_hat[0])}{moved_by}" for text in texts)
    gradients = network.backward(network.forward(x), y)
    block, index = places(network)[state["nudge"]]
    slope = (gradients.dA[0] if block == "x" else gradients.by_parameter[block])[index]
    assert f"∂L/∂{state['nudge']} = {short(slope, 4)}" in explorer.words
    assert explorer.words in explorer.alt
    apart = re.search(r"L by (\S+) \(the slope alone says (\S+):", explorer.words)
    assert apart is None or apart[1] != apart[2]


def test_every_number_of_the_worked_example(explorer):
    network = worked_example.network()
    for start in places(network):
        for by in (-1, 0, 0.35, 1):
            for magnify in (False, True):
                explorer.state = {"nudge": start, "by": by, "magnify": magnify}
                assert_agrees(explorer, network, worked_example.X, worked_example.Y)


def test_an_input_has_a_path_through_each_hidden_unit(explorer):
    explorer.controls["nudge"].value = "x[2]"
    texts = [text.get_text() for text in explorer.lesson.panels.texts]
    assert "path 1: 0.400 · 0.239 · 0.300 · 0.174 · (−1.288) = −0.0064" in texts
    assert "path 2: 0.600 · 0.157 · 0.700 · 0.174 · (−1.288) = −0.0147" in texts
    assert any(text.startswith("both paths added: ∂L/∂x[2] = −0.0211") for text in texts)


def test_the_number_can_be_pushed_in_the_picture(explorer):
    say(explorer, kind="handle", handle=0, right=0, up=-3)
    assert explorer.state["by"] < 0.5
    before, after = explorer.lesson.panels.before, explorer.lesson.panels.after
    x, y = explorer.lesson.handles[0].place()
    assert (x, y) == pytest.approx((after.get_xdata()[0], after.get_ydata()[0]))
    explorer.lesson.handles[0].move(0, -1e6)
    assert explorer.state["by"] == 1.0
    assert after.get_ydata()[0] < before.get_ydata()[0]  # upwards on the page


def test_a_larger_network_with_several_examples():
    network, X, Y = sample([3, 4, 2], tanh, softmax, "categorical_cross_entropy")
    explorer = coarse(explorers.nudge(network, X, Y))
    for example in (1, X.shape[1]):
        for start in ("x[3]", "W1[4,2]", "b2[1]", "W2[2,3]"):
            explorer.state = {"example": example, "nudge": start}
            assert_agrees(explorer, network, X[:, [example - 1]], Y[:, [example - 1]])


def test_a_network_without_room():
    network, X, Y = sample([3, 5, 2])
    with pytest.raises(ValueError, match="the network is 3-5-2: there is room for 3 layers and 4 units"):
        explorers.nudge(network, X, Y)
