"""The explorer of one neuron: whatever is moved, picture, words and alternative text agree with the maths."""

import itertools
import re
from functools import partial

import exact_functions
import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw, panels_of, texts_of
from driving import coarse

from nbhelpers import ACTIVATIONS, explorers
from nbhelpers.explorers.neuron import NAMES, NeuronLesson
from nbhelpers.numbers_as_text import spoken


def numbers_in(words):
    return [float(text.replace("−", "-")) for text in re.findall(r"−?\d+\.?\d*(?:e−?\d+)?", words)]


@pytest.fixture(scope="module")
def kept():
    return coarse(explorers.neuron())


def assert_agrees(explorer):
    name, w, b, x = (explorer.state[key] for key in ("activation", "w", "b", "x"))
    f, slope = (partial(of, name) for of in (exact_functions.value, exact_functions.slope))
    z = w * x + b
    points = [spot.point.get_xydata()[0] for spot in panels_of(explorer).spots]
    np.testing.assert_allclose(points, [(x, z), (z, f(z)), (x, f(z))], atol=1e-12)
    said = numbers_in(explorer.words)[: 3 + 1]
    np.testing.assert_allclose(said, [w, x, b, z], atol=6e-4)
    assert f"= {spoken(f(z))}; slope {spoken(slope(z))}" in explorer.words or slope(z) < 1e-12
    assert (" rises with x" in explorer.words) == (w * slope(z) > 0)
    assert (" falls with x" in explorer.words) == (w * slope(z) < 0)
    assert explorer.words in explorer.alt
    assert name in explorer.alt


def test_the_names_are_those_of_the_element_wise_activations():
    assert [name for name, f in ACTIVATIONS.items() if f.elementwise] == NAMES


def test_it_begins_with_a_neuron_of_the_worked_example(explorer):
    assert explorer.words.startswith(
        "w = 0.80, x = 0.50, b = 0.90 → z = 1.30 → a = sigmoid(1.30) = 0.786; slope 0.168:"
    )
    assert "a rises by about 0.0017 when z rises by 0.01." in explorer.words
    assert "w · f′(z) = 0.80 · 0.168 = 0.135: a rises with x." in explorer.words
    texts = texts_of(explorer.figure)
    assert "z = 0.80 · 0.50 + 0.90 = 1.30" in texts
    assert "a = sigmoid(1.30) = 0.786,  slope 0.168" in texts
    assert "slope w · f′(z) = 0.135" in texts


def test_ends_and_middles(explorer):
    for name, *numbers in itertools.product(NAMES, (-2, 0, 2), (-2, 0, 2), (-2, 0, 2)):
        explorer.state = {"activation": name, **dict(zip("wbx", map(float, numbers), strict=True))}
        assert_agrees(explorer)


def test_random_moves(explorer):
    rng = np.random.default_rng(0)
    for k in range(60):
        if k % 15 == 0:
            explorer.controls["activation"].value = NAMES[k // 15]
        explorer.controls[rng.choice(list("wbx"))].value = rng.uniform(-2, 2)
        assert_agrees(explorer)


def test_the_curves_follow_w_and_b(explorer):
    explorer.state = {"w": -1.5, "b": 0.5, "activation": "tanh"}
    panels = panels_of(explorer)
    x, z = panels.weighted.get_data()
    np.testing.assert_allclose(z, -1.5 * x + 0.5)
    np.testing.assert_allclose(panels.composed.get_ydata(), np.tanh(z))
    np.testing.assert_allclose(panels.plain.get_ydata(), np.tanh(x))
    assert "1.50 times as steep as f itself and mirrored; b moves it 0.333 to the right." in explorer.words


def test_the_thread_leads_from_z_to_a(explorer):
    panels = panels_of(explorer)
    explorer.state = {"x": -1.0}
    way = explorer.figure.transFigure.transform(panels.thread.get_xydata())
    points = [spot.point.get_transform().transform(spot.point.get_xydata()[0]) for spot in panels.spots]
    np.testing.assert_allclose([way[0][1], way[5][0], way[-1][1]], [points[0][1], points[1][0], points[2][1]])
    for place, point in zip([way[0], way[5], way[7], way[-1]], [*points[:2], *points[1:]], strict=True):
        assert np.hypot(*(place - point)) == pytest.approx(7 * explorer.figure.dpi / 96), (
            "it ends at the rim of the point"
        )
    steps = np.abs(np.diff(way, axis=0))
    steps = steps[np.isfinite(steps).all(axis=1)]
    assert (steps.min(axis=1) < 1e-6).all(), "it runs level or upright"


def test_where_z_is_0_is_shown_if_it_is_on_the_panel(explorer):
    explorer.state = {"w": 1.0, "b": 0.5}
    assert " z = 0 " in texts_of(explorer.figure)
    explorer.state = {"w": 0.1, "b": 2.0}
    assert " z = 0 " not in texts_of(explorer.figure)
    explorer.state = {"w": 0.0}
    assert "With w = 0 the curve over x is flat" in explorer.words


def test_the_kink_of_relu_is_said(explorer):
    explorer.state = {"activation": "relu", "w": 1.0, "b": 0.0, "x": 0.0}
    assert "slope 0 (at the kink of relu 0 is taken)" in explorer.words


@pytest.mark.parametrize("name", NAMES)
def test_a_frame_is_a_full_redraw(explorer, name):
    explorer.state = {"activation": name, "x": -1.3}
    assert_frame_is_full_redraw(explorer)


def test_another_activation_has_other_scales_in_the_same_places():
    lesson = NeuronLesson()
    values = {"activation": "sigmoid", "w": 1.0, "b": 0.0, "x": 0.0}
    lesson.redraw(values)
    places = [ax.get_position().bounds for ax in lesson.figure.axes]
    low = lesson.figure.axes[1].get_ylim()
    lesson.redraw({**values, "activation": "relu"})
    assert [ax.get_position().bounds for ax in lesson.figure.axes] == places
    assert lesson.figure.axes[1].get_ylim() != low
    assert lesson.figure.axes[1].get_ylim() == lesson.figure.axes[2].get_ylim()
