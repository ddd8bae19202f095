"""The explorer of overfitting: curves, marks and words agree with a training of its own run here."""

import re

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw, texts_of
from driving import buttons, press

from nbhelpers import explorers, style
from nbhelpers.experiments.overfitting import EPOCHS, fit_sine
from nbhelpers.numbers_as_text import short

SETTINGS = ("points", "noise", "seed", "width", "λ")


@pytest.fixture(scope="module")
def kept():
    explorer = explorers.generalization()
    yield explorer
    explorer.close()


def run_of(explorer):
    state = explorer.state
    return fit_sine(state["width"], state["λ"], state["points"], state["noise"], state["seed"])


def assert_agrees(explorer):
    run, epoch, lesson = run_of(explorer), explorer.state["epoch"], explorer.lesson
    history, costs = run.history, (run.history.cost, run.history.validation_cost)
    J = [short(cost[epoch]) for cost in costs]
    assert f"Epoch {epoch}: training cost {J[0]}, validation cost {J[1]}" in explorer.words
    assert f"lowest at epoch {np.argmin(costs[1])}: {short(costs[1].min())}" in explorer.words
    assert explorer.words in explorer.alt
    np.testing.assert_array_equal(lesson.fit.training.get_xdata(), run.training.X[0])
    assert len(lesson.fit.validation.get_xdata()) == run.validation.d
    inside = abs(run.curves[epoch]) <= 2.4
    if inside.all():
        drawn = lesson.fit.fit.line.get_ydata()
        np.testing.assert_allclose(drawn[np.isfinite(drawn)], run.curves[epoch], rtol=1e-6)
    for place, cost in zip(lesson.costs.places, costs, strict=True):
        np.testing.assert_allclose(place.get_xydata(), [[epoch, np.clip(cost[epoch], 1e-3, 4)]])
    assert list(lesson.costs.cursor.get_xdata()) == [epoch, epoch]
    rises, falls = costs[1][-1] > 1.1 * costs[1].min(), costs[0][-1] < costs[0][np.argmin(costs[1])]
    assert lesson.costs.region.get_visible() == (rises and falls)
    texts = texts_of(explorer.figure)
    assert f"best: epoch {history.best_epoch}" in texts
    assert ("overfitting" in texts) == run.is_overfitted
    assert ("penalty" in texts) == (explorer.state["λ"] > 0)


def test_it_begins_overfitted(explorer):
    assert "16 tanh units, 49 parameters, 15 points. Epoch 600" in explorer.words
    assert "After that, the network learns the noise of its own points" in explorer.words
    assert_agrees(explorer)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_over_its_ends_and_middle(explorer, name):
    control = explorer.controls[name]
    values = control.options
    for value in (values[0], values[len(values) // 2], values[-1]):
        control.value = value
        assert_agrees(explorer)


@pytest.mark.parametrize("epoch", [0, 1, 50, 300, EPOCHS])
def test_every_epoch_of_a_stored_run(explorer, epoch):
    explorer.controls["epoch"].value = epoch
    assert_agrees(explorer)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"epoch": 20}, "Up to there the network goes on learning the sine."),
        ({"epoch": 600}, "After that, the network learns the noise of its own points, and the validation cost rises."),
        ({"λ": 0.01}, "Close to the true curve."),
        ({"width": 2, "points": 10, "λ": 0.1, "noise": 0.1}, "After that, both costs rise: the penalty pulls"),
        ({"width": 2}, "far from the true curve"),
        ({"width": 1, "noise": 0.0}, "far from the true curve"),
        ({"width": 1}, "1 tanh unit, 4 parameters"),
        ({"λ": 0.001}, "15 points, λ = 0.001."),
    ],
)
def test_what_is_said(explorer, state, words):
    explorer.state = state
    assert words in explorer.words
    assert_agrees(explorer)


def test_a_setting_trains_when_it_is_let_go_of_and_the_epoch_moves_at_once(explorer):
    assert all(explorer.controls[name].kind == "choice" for name in SETTINGS)
    assert explorer.controls["epoch"].kind != "choice"


def test_the_button_goes_to_the_best_epoch(explorer):
    buttons(explorer)["Best epoch"].click()
    assert explorer.state["epoch"] == run_of(explorer).best_epoch
    assert_agrees(explorer)


def test_it_plays_from_the_beginning_to_the_end(explorer):
    press(explorer, " ")
    seen = []
    while explorer.playing:
        explorer._handle_custom_msg({"kind": "beat"}, [])
        seen.append(explorer.state["epoch"])
    assert seen[:3] == [0, 5, 10]
    assert seen[-1] == EPOCHS
    assert_agrees(explorer)


@pytest.mark.parametrize("preset", ["screen", "projector"])
def test_a_click_in_the_right_panel_sets_the_epoch(preset):
    with style.context(preset):
        explorer = explorers.generalization()
    picture, axes = explorer, explorer.figure.axes[1]
    x, y = axes.transData.transform((150, 0.1)) * picture.width / picture.figure.bbox.width
    picture._handle_custom_msg({"kind": "click", "x": float(x), "y": float(y)}, [])
    assert explorer.state["epoch"] == pytest.approx(150, abs=1)
    before = explorer.state
    picture._handle_custom_msg({"kind": "click", "x": 0.2 * picture.width, "y": 100.0}, [])
    assert explorer.state == before
    explorer.close()


def test_a_blitted_frame_is_a_full_redraw(explorer):
    for state in ({"epoch": 17}, {"width": 64, "λ": 0.1}, {"noise": 0.0, "width": 8, "λ": 0.0}, {"points": 100}):
        explorer.state = state
        assert_frame_is_full_redraw(explorer)


def test_a_value_that_is_none_of_the_few_is_refused(explorer):
    with pytest.raises(ValueError, match=re.escape("width cannot be 3")):
        explorer.state = {"width": 3}
    assert explorer.state["width"] == 16
