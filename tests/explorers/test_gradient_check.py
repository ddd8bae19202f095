"""The explorer of the gradient check: numbers, errors and verdicts agree with the maths."""

import importlib
import re

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw

from nbhelpers import Network, check_gradients, explorers, mistakes, worked_example
from nbhelpers.gradient_check import differences

MODULE = importlib.import_module("nbhelpers.explorers.gradient_check")
SPECIMEN = mistakes.SPECIMENS["yes or no"]()
RIGHT = "none: backprop is right"
BY_TITLE = {mistake.title: mistake for mistake in mistakes.MISTAKES.values()}


@pytest.fixture(scope="module")
def kept():
    return explorers.gradient_check()


def texts(explorer):
    children = explorer.figure.axes[1].get_children()
    return [artist.get_text() for artist in children if hasattr(artist, "get_text")]


def quotients(state, network, X, Y):
    """Forward and central difference of J, computed here once more."""
    block, subscripts = state["θ"].rstrip("]").split("[")
    index = tuple(int(part) - 1 for part in f"{subscripts},1".split(",")[:2])
    parameters = {name: value.astype(state["dtype"]) for name, value in network.parameters.items()}

    def J(distance):
        moved = {name: value.copy() for name, value in parameters.items()}
        moved[block][index] += distance
        return network.with_parameters(**moved).cost(X, Y)

    h = state["h"]
    return (J(h) - J(0)) / h, (J(h) - J(-h)) / (2 * h), block, index


def assert_agrees(explorer, example=None):
    network, X, Y = example or (worked_example.network(), worked_example.X, worked_example.Y)
    state = explorer.state
    wrong = network if state["mistake"] == RIGHT else BY_TITLE[state["mistake"]].network(network)
    forward, central, block, index = quotients(state, network, X, Y)
    gradient = wrong.backward(wrong.forward(X), Y).by_parameter[block]
    said = [float(text.replace("−", "-")) for text in re.findall(r"(?:= |difference )(−?\d[\d.e+−]*)", explorer.words)]
    if gradient.shape == network.parameters[block].shape:
        expected = [state["h"], gradient[index], forward, central]
        assert said == pytest.approx(expected, rel=2e-2 if state["h"] > 1e-9 else 0.05, abs=1e-9)
    report = check_gradients(wrong, X, Y)
    hides = report and state["mistake"] != RIGHT
    assert explorer.words.endswith("it cannot be seen." if hides else report.summary)
    for row in report.blocks:
        assert f"{row.name} {row.verdict}" in explorer.alt
        assert any(text.endswith(f" {row.verdict}") for text in texts(explorer))


def test_it_begins_with_a_good_step(explorer):
    words = "h = 1e−5 in float64: backprop says dW1[1,1] = −0.008004753, the forward difference −0.008004748 (error "
    assert explorer.words.startswith(words)
    assert explorer.words.endswith("All 4 blocks are right: backprop and central differences agree.")
    assert "Here the central difference is near its best." in explorer.words
    assert "dW1[1,1] at h = 1e−5" in texts(explorer)
    assert texts(explorer).count("✓ right") == 4


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_h_and_every_parameter(explorer, dtype):
    explorer.state = {"dtype": dtype}
    for h in (1e-15, 1e-12, 1e-8, 1e-5, 1e-2, 1.0):
        explorer.controls["h"].value = h
        assert_agrees(explorer)
    for name in explorer.controls["θ"].options:
        explorer.controls["θ"].value = name
        assert_agrees(explorer)


@pytest.mark.parametrize(
    ("h", "word"), [(1e-13, "rounding dominates"), (1e-5, "near its best"), (0.1, "truncation dominates")]
)
def test_the_branch_is_named(explorer, h, word):
    explorer.controls["h"].value = h
    assert word in explorer.words


def curves(explorer):
    """The two thick curves: forward, then central."""
    lines = explorer.figure.axes[0].lines
    return [line.get_xydata() for line in lines if round(line.get_zorder() % 100, 3) == 3 and line.get_visible()]


def test_the_curve_is_a_u_with_the_slopes_that_its_branches_name(explorer):
    forward, central = (np.log10(curve) for curve in curves(explorer))

    def slope(curve, low, high):
        part = curve[(curve[:, 0] > low) & (curve[:, 0] < high)]
        return np.polyfit(*part.T, 1)[0]

    assert slope(forward, -13, -9) == pytest.approx(-1, abs=0.2)
    assert slope(central, -13, -9) == pytest.approx(-1, abs=0.2)
    assert slope(forward, -5, -2) == pytest.approx(1, abs=0.02)
    assert slope(central, -3, -1) == pytest.approx(2, abs=0.02)
    explorer.state = {"dtype": "float32"}
    assert np.log10(curves(explorer)[1][:, 1]).min() > -7


def stored(explorer):
    return explorer._repr_mimebundle_()[0]["image/png"]


def test_the_stored_picture_does_not_hang_on_the_last_digits(monkeypatch):
    """Another machine adds and exponentiates in another order, and rounds elsewhere."""
    here = explorers.gradient_check()

    def elsewhere(network, X, Y, place, steps, dtype):
        chance = np.random.default_rng(0).uniform(-0.2, 0.2, (2, len(steps)))
        noise = np.finfo(dtype).eps / np.array(steps) * chance
        return np.array(differences(network, X, Y, place, steps, dtype)) + noise

    monkeypatch.setattr(MODULE, "differences", elsewhere)
    there = explorers.gradient_check()
    assert there.png != here.png, "a live picture shows what was measured"
    assert stored(there) == stored(here)
    assert there.words == here.words
    live = there.png
    there.controls["h"].value = 1e-3
    there.controls["h"].value = 1e-5
    assert there.png == live, "and again after it was stored"


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_curves_without_chance_are_those_that_were_measured(explorer, dtype):
    explorer.state = {"dtype": dtype}
    laws = [line.get_ydata() for line in explorer.lesson.stored_only[:2]]
    for law, curve in zip(laws, curves(explorer), strict=True):
        ratio = np.log10(curve[:, 1] / law)
        assert np.abs(np.median(ratio)) < 0.5
        assert np.abs(ratio[curve[:, 0] >= 0.3]).max() < 0.01


def test_every_mistake_that_is_offered(explorer):
    assert len(explorer.controls["mistake"].options) > 10
    for title in explorer.controls["mistake"].options:
        explorer.state = {"mistake": title, "θ": "W1[2,1]"}
        assert_agrees(explorer)
    explorer.state = {"mistake": "The bias gradient is summed over the units", "θ": "b1[1]"}
    assert "a gradient of another shape" in explorer.words
    assert "b1 wrong shape" in explorer.alt


def test_with_a_mistake_no_h_helps_and_its_code_is_shown(explorer):
    explorer.state = {"mistake": "The slope of the activation is missing", "h": 1e-6}
    assert "No h brings the error down. Not right: W1 (wrong), b1 (wrong)." in explorer.words
    assert any("✗ dZ[l] = dA[l]\n✓ dZ[l] = dA[l] * f[l].derivative(Z[l])" in text for text in texts(explorer))
    assert texts(explorer).count("✗ wrong") == 2
    explorer.state = {"θ": "W2[1,1]"}
    assert "near its best" in explorer.words or "rounding" in explorer.words


def test_several_examples_show_more():
    explorer = explorers.gradient_check(*SPECIMEN)
    for title in ("1/d is missing", "The bias gradient is averaged"):
        explorer.state = {"mistake": title, "θ": "b1[4]"}
        assert_agrees(explorer, SPECIMEN)
        assert "Not right" in explorer.words
    explorer.close()


def test_mistakes_that_numpy_refuses_are_not_offered():
    explorer = explorers.gradient_check(*SPECIMEN)
    refused = {mistake.title for mistake in mistakes.MISTAKES.values() if mistake.refused}
    assert not refused & set(explorer.controls["mistake"].options)
    explorer.close()


def test_a_mistake_of_the_prediction_changes_the_cost_as_well():
    network, X, Y = mistakes.SPECIMENS["classes"]()
    explorer = explorers.gradient_check(network, X, Y)
    (title,) = [title for title in explorer.controls["mistake"].options if title == mistakes.softmax_twice.title]
    explorer.state = {"mistake": title, "θ": "b2[1]"}
    said = float(re.search(r"central difference (−?[\d.]+)", explorer.words)[1].replace("−", "-"))
    wrong = mistakes.softmax_twice.network(network)
    assert said == pytest.approx(quotients(explorer.state, wrong, X, Y)[1], abs=1e-8)
    explorer.close()


def test_a_blitted_frame_is_a_full_redraw(explorer):
    for h in (1e-3, 1e-9):
        explorer.controls["h"].value = h
        assert_frame_is_full_redraw(explorer)


def test_deep_networks_and_the_limit():
    deep = Network.initialize([2] * 7, ["tanh"] * 5 + ["sigmoid"], "binary_cross_entropy", rng=0)
    explorer = explorers.gradient_check(deep, np.ones((2, 1)), np.ones((2, 1)))
    assert texts(explorer).count("✓ right") == 12
    explorer.close()
    deeper = Network.initialize([2] * 8, ["tanh"] * 6 + ["sigmoid"], "binary_cross_entropy", rng=0)
    with pytest.raises(ValueError, match="7 layers: the table has room for 6"):
        explorers.gradient_check(deeper, np.ones((2, 1)), np.ones((2, 1)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((worked_example.network(),), "needs its X and Y"), ((worked_example.network(), np.ones((3, 1)), 1), "2 rows")],
)
def test_what_can_not_be_checked_is_said(arguments, message):
    with pytest.raises(ValueError, match=message):
        explorers.gradient_check(*arguments)
