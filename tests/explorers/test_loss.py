"""The explorer of the losses: whatever is moved, picture, words and alternative text agree with the maths."""

import re

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw, headings_of, panels_of, texts_of
from driving import coarse

from nbhelpers import explorers, worked_example
from nbhelpers.numbers_as_text import short, spoken

BCE, SE, CCE = "binary cross-entropy", "squared error", "categorical cross-entropy"
ALL = range(1, 5)


@pytest.fixture(scope="module")
def kept():
    return coarse(explorers.loss())


def heights(bars):
    return np.array([path.vertices[:, 1].max() for path in bars.bars.get_paths()])


def losses_by_hand(state):
    """The probability of what is true, and L, of each example; by hand, and not by the package."""
    if state["loss"] == CCE:
        Z = np.array([[state[f"Z[{j},{i}]"] for i in ALL] for j in (1, 2, 3)])
        P = np.exp(Z) / np.exp(Z).sum(axis=0)
        p = np.array([P[state[f"true {i}"] - 1, i - 1] for i in ALL])
        return p, -np.log(p)
    y_hat, y = (np.array([state[f"{letter}{i}"] for i in ALL], dtype=float) for letter in ("ŷ", "y"))
    if state["loss"] == SE:
        return y_hat, (y_hat - y) ** 2 / 2
    least, largest = np.finfo(float).tiny, 1 - np.finfo(float).epsneg
    return y_hat, np.where(y == 1, -np.log(np.maximum(y_hat, least)), -np.log(1 - np.minimum(y_hat, largest)))


def assert_agrees(explorer):
    state, panels = explorer.state, panels_of(explorer)
    y_hat, losses = losses_by_hand(state)
    J, top = losses.mean(), panels.losses.bars.axes.get_ylim()[1]
    chosen = state["example"] - 1
    np.testing.assert_allclose(heights(panels.losses)[losses < 0.9 * top], losses[losses < 0.9 * top])
    texts = texts_of(explorer.figure)
    for L in losses:
        assert short(L) in texts or f"{short(L)} ↑" in texts
    assert {f"J = {short(J)}", f"J = {short(J)} ↑"} & set(texts)
    assert f"J = {short(J)} is the mean of four" in explorer.words
    if np.sum(losses == losses.max()) == 1 and losses.max() > 0:
        assert f"example {losses.argmax() + 1} costs most, {losses.max() / losses.sum():.0%} of all" in explorer.words
    curves = panels.curves_of_classes if state["loss"] == CCE else panels.curves
    x, y = curves.spot.point.get_xydata()[0]
    assert x == pytest.approx(y_hat[chosen])
    assert y == pytest.approx(losses[chosen]) or curves.spot.point.get_marker() == "^"
    assert explorer.words.startswith(f"Example {chosen + 1}, ")
    assert re.search(rf"= (∞ .floats: )?{re.escape(short(losses[chosen]))}", explorer.words)
    assert explorer.words in explorer.alt
    assert state["loss"] in explorer.alt


def test_it_begins_with_the_prediction_of_the_worked_example(explorer):
    J = worked_example.exact()["J"].item()
    assert explorer.state["ŷ1"] == worked_example.exact()["Y_hat"].item()
    assert f"Example 1, ŷ = 0.777 for y = 1: L = −log 0.777 = {short(J)}, slope −1.288." in explorer.words
    assert_agrees(explorer)


@pytest.mark.parametrize("loss", [BCE, SE])
def test_predictions_and_labels_over_their_ranges(explorer, loss):
    explorer.controls["loss"].value = loss
    for i in ALL:
        for label in (0, 1):
            explorer.controls[f"y{i}"].value = label
            for y_hat in (0.0, 0.01, 0.5, 1.0):
                explorer.controls[f"ŷ{i}"].value = y_hat
                assert explorer.state["example"] == i, "the one that is moved is spoken of"
                assert_agrees(explorer)


def test_logits_and_classes_over_their_ranges(explorer):
    explorer.controls["loss"].value = CCE
    for i in ALL:
        explorer.controls["example"].value = i
        for true in (1, 2, 3):
            explorer.controls[f"true {i}"].value = true
            for z in (-5.0, 0.0, 5.0):
                explorer.controls[f"Z[{true},{i}]"].value = z
                assert_agrees(explorer)


def test_random_moves(explorer):
    rng = np.random.default_rng(0)
    names = [name for name in explorer.controls if name[0] in "ŷZ"]
    for k in range(100):
        if k % 25 == 0:
            explorer.controls["loss"].value = (BCE, CCE, SE, BCE)[k // 25]
        control = explorer.controls[rng.choice(names)]
        control.value = rng.uniform(control.min, control.max)
        assert_agrees(explorer)


def test_the_slope_is_that_of_the_curve(explorer):
    for loss, y, by_hand in ((BCE, 1, -1 / 0.3), (BCE, 0, 1 / 0.7), (SE, 1, 0.3 - 1), (SE, 0, 0.3)):
        explorer.state = {"loss": loss, "y2": y, "ŷ2": 0.3}
        assert f"slope {short(by_hand)}." in explorer.words
        x, height = panels_of(explorer).curves.spot.tangent.get_data()
        assert np.diff(height) / np.diff(x) == pytest.approx(by_hand)


def test_the_gradient_by_the_logits_is_said(explorer):
    explorer.state = {"loss": CCE, "Z[1,1]": 0.0, "Z[2,1]": 0.0, "Z[3,1]": 0.0, "true 1": 2}
    assert "→ ŷ = (0.333, 0.333, 0.333), class 2 is true: L = −log 0.333 = 1.099" in explorer.words
    assert "∂L/∂z = ŷ − y = (0.333, −0.667, 0.333). Undecided." in explorer.words


@pytest.mark.parametrize(
    ("y_hat", "y", "words"),
    [
        (0.0, 1, "L = −log 0 = ∞ (floats: 708.4), slope −4e307. Sure and wrong: exactly, the price would be infinite"),
        (1.0, 0, "L = −log(1 − 1.00) = ∞ (floats: 36.74)"),
        (0.1, 1, "Sure and wrong is expensive: each halving"),
        (0.9, 0, "Sure and wrong is expensive: each halving"),
        (0.9, 1, "Sure and right is cheap."),
        (0.1, 0, "Sure and right is cheap."),
        (0.6, 1, "Right, but not sure."),
        (0.6, 0, "Wrong, but not sure."),
        (0.5, 0, "Undecided."),
    ],
)
def test_the_price_of_being_sure_and_wrong(explorer, y_hat, y, words):
    explorer.state = {"ŷ3": y_hat, "y3": y}
    assert words in explorer.words
    assert "inf" not in explorer.words.replace("infinite", "")


def test_what_is_too_dear_for_the_panel_is_shown_at_its_border(explorer):
    explorer.state = {"ŷ1": 0.0}
    panels = panels_of(explorer)
    assert panels.curves.spot.point.get_marker() == "^"
    assert "708.4 ↑" in texts_of(explorer.figure)
    assert panels.mean.words.get_text() == "J = 178.0 ↑"


def test_squared_error_compares_with_cross_entropy(explorer):
    explorer.state = {"loss": SE, "ŷ2": 0.01, "y2": 1}
    assert "binary cross-entropy would cost 4.605." in explorer.words


def test_who_costs_most(explorer):
    explorer.state = {f"ŷ{i}": 0.5 for i in ALL}
    assert "all cost the same" in explorer.words
    explorer.state = {"ŷ1": 0.2, "ŷ2": 0.2, "ŷ3": 0.5, "ŷ4": 0.5}
    assert "examples 1 and 2 cost most, 35% each" in explorer.words
    explorer.state = {"loss": SE, "ŷ1": 1.0, "ŷ2": 1.0, "ŷ3": 0.0, "ŷ4": 0.0}
    assert "J = 0 is the mean of four; all cost the same." in explorer.words


def test_the_label_is_told_by_curve_shape_and_words(explorer):
    circles, squares = panels_of(explorer).curves.marks
    assert (circles.get_marker(), squares.get_marker()) == ("o", "s")
    assert circles.get_xdata().tolist() == [0.1]
    assert squares.get_xdata().tolist() == [0.2, 0.6]
    assert {"y = 1", "y = 0"} <= set(texts_of(explorer.figure))


def test_only_the_controls_that_count_are_shown(explorer):
    def shown():
        return {name for name, control in explorer.controls.items() if not control.hidden}

    own = {"loss", "example"}
    assert shown() == own | {f"{letter}{i}" for letter in ("ŷ", "y") for i in ALL}
    explorer.state = {"loss": CCE, "example": 3}
    assert shown() == own | {"Z[1,3]", "Z[2,3]", "Z[3,3]", "true 3"}
    assert headings_of(explorer.figure)[0] == "L over ŷ of the true class"
    explorer.reset()
    assert headings_of(explorer.figure)[0] == "binary cross-entropy: L over ŷ"


def test_the_panels_keep_one_scale_so_that_points_and_bars_are_equally_high(explorer):
    for loss in (SE, CCE, BCE):
        explorer.controls["loss"].value = loss
        panels = panels_of(explorer)
        curves = panels.curves_of_classes if loss == CCE else panels.curves
        assert curves.ax.get_ylim() == panels.losses.bars.axes.get_ylim()


@pytest.mark.parametrize("loss", [BCE, SE, CCE])
def test_a_frame_is_a_full_redraw(explorer, loss):
    explorer.state = {"loss": loss, "ŷ2": 0.25, "Z[1,1]": 1.0}
    assert_frame_is_full_redraw(explorer)


def test_numbers_are_spoken_without_the_noise_of_floats():
    assert [spoken(value) for value in (0.1 + 0.2, 1e-26, -2.0, 0)] == ["0.30", "1e−26", "−2.00", "0"]
