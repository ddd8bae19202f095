"""Scales that move have marks for what they show, at the place of what they show."""

import numpy as np
import pytest
from drawn import redrawn

from nbhelpers import style
from nbhelpers.explorers.kit.blit import Blit
from nbhelpers.numbers_as_text import in_powers
from nbhelpers.plots.kit.ticks import LayerScale, PowerScale, exponents, layers_marked, powers_between


@pytest.fixture
def ax():
    with style.context():
        return style.new_figure(400, 300).add_axes((0.2, 0.2, 0.7, 0.7))


def written(labels, coordinate):
    return {label.get_text(): label.get_position()[coordinate] for label in labels if label.get_text()}


def test_powers_of_ten_have_their_lines_and_labels(ax):
    scale = PowerScale(ax)
    scale.update(-4, 1)
    assert written(scale.labels, 1) == {"10⁻⁴": -4, "0.001": -3, "0.01": -2, "0.1": -1, "1": 0, "10": 1}
    assert [segment[0][1] for segment in scale.lines.get_segments()] == [-4, -3, -2, -1, 0, 1]
    assert ax.get_ylim() == (-4, 1)
    scale.update(-2, 64)
    assert written(scale.labels, 1) == {"1": 0, "10¹⁶": 16, "10³²": 32, "10⁴⁸": 48, "10⁶⁴": 64}


def test_layers_have_their_labels_at_their_places(ax):
    scale = LayerScale(ax)
    scale.update(50)
    scale.update(3)
    assert written(scale.labels, 0) == {"1": 1, "2": 2, "3": 3}


@pytest.mark.parametrize("layers", range(2, 51))
def test_the_first_and_the_last_layer_are_marked_and_no_two_marks_touch(layers):
    marked = layers_marked(layers)
    assert (marked[0], marked[-1]) == (1, layers)
    assert len(marked) <= 16
    assert np.diff(marked).min() > (layers > 14)


@pytest.mark.parametrize("low", [-325, -256, -16, -4, -1])
@pytest.mark.parametrize("high", [0.5, 2, 16, 256])
def test_powers_are_few_and_inside(low, high):
    powers = powers_between(low, high)
    assert 0 in powers
    assert 2 <= len(powers) <= 8
    assert low <= powers[0] <= powers[-1] <= high


def test_exponents_of_0_and_of_nothing():
    np.testing.assert_array_equal(exponents([100, 0, np.nan]), [2, -np.inf, np.nan])


@pytest.mark.parametrize(
    ("value", "text"),
    [(9.96e-14, "1.0 · 10⁻¹³"), (12345, "1.2 · 10⁴"), (2e-3, "0.002"), (0.25, "0.250"), (1e300, "1.0 · 10³⁰⁰")],
)
def test_in_powers(value, text):
    assert in_powers(value) == text


@pytest.mark.parametrize("ratio", [0.25, 1, 1.7])
def test_scales_are_put_back_as_pixels_until_they_change(ax, ratio):
    powers, layers = PowerScale(ax), LayerScale(ax)
    blit, drawn = Blit(ax.figure, [*powers.moving, *layers.moving]), []
    powers.labels[0].draw = lambda renderer: drawn.append(renderer)
    for low, high, l, times in ((-4, 1, 6, 1), (-4, 1, 6, 1), (-4, 1, 50, 1), (-64, 2, 50, 2), (-4, 1, 3, 3)):
        powers.update(low, high)
        layers.update(l)
        frame = blit.frame(ratio).copy()
        assert len(drawn) == times
    np.testing.assert_array_equal(frame, redrawn(ax.figure, blit.moving))


def test_the_lines_of_powers_reach_from_border_to_border_when_layers_come_and_go(ax):
    powers, layers = PowerScale(ax), LayerScale(ax)
    layers.update(10)
    powers.update(-4, 1)
    layers.update(3)
    layers.update(20)
    (segment, *_) = powers.lines.get_segments()
    ends = powers.lines.get_transform().transform(segment)[:, 0]
    np.testing.assert_allclose(ends, [ax.bbox.x0, ax.bbox.x1])
