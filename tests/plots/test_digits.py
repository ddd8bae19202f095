"""Bars of classes, bars of units and small pictures of digits, read back."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.numbers_as_text import probability_text
from nbhelpers.plots.digits import DigitStrip, strip_height
from nbhelpers.plots.kit.bars import ClassBars, UnitBars
from nbhelpers.plots.kit.panel import add_panel, as_page


@pytest.fixture
def page():
    ax = style.new_figure(400, 300).add_axes((0, 0, 1, 1))
    as_page(ax)
    return ax


def widths(bars):
    return np.array([np.ptp(path.vertices[:, 0]) for path in bars.get_paths()])


# --- classes ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def classes(page):
    return ClassBars(page, ["a", "b", "c", "d"], 10, 20, 340, 25)


def test_bars_are_as_long_as_the_classes_are_probable(classes):
    classes.update([0.1, 0.6, 0.25, 0.05])
    lengths = widths(classes.bars)
    np.testing.assert_allclose(lengths / lengths[1], np.array([0.1, 0.6, 0.25, 0.05]) / 0.6)
    assert classes.numbers.texts == ["0.100", "0.600", "0.250", "0.050"]
    assert classes.words.texts == [""] * 4
    thickness = classes.bars.get_linewidth()
    assert int(np.argmax(thickness)) == 1
    tops = [path.vertices[:, 1].min() for path in classes.bars.get_paths()]
    np.testing.assert_allclose(np.diff(tops), 25)


@pytest.mark.parametrize(("real", "word"), [(1, "✓ real"), (2, "◀ real")])
def test_the_real_class_is_named_in_words(classes, real, word):
    classes.update([0.1, 0.6, 0.25, 0.05], real)
    assert [text for text in classes.words.texts if text] == [word]
    assert classes.words.texts[real] == word


@pytest.mark.parametrize(
    ("probability", "text"), [(0, "< 0.001"), (0.0005, "0.001"), (0.5, "0.500"), (0.9994, "0.999"), (1, "> 0.999")]
)
def test_a_probability_is_never_said_to_be_0_or_1(probability, text):
    assert probability_text(probability) == text


# --- units ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def units():
    ax = add_panel(style.new_figure(400, 300), 40, 320, "units", "unit")
    bars = UnitBars(ax, 16)
    bars.update(np.linspace(-1, 1, 16), 3)
    return bars


def test_units_go_up_and_down_and_one_is_marked(units):
    ends = [path.vertices[1, 1] for path in units.bars.get_paths()]
    np.testing.assert_allclose(ends, np.linspace(-1, 1, 16))
    assert int(np.argmax(units.bars.get_linewidth())) == 3
    assert units.mark.get_xdata() == [4]
    low, high = units.ax.get_ylim()
    assert low < -1 < 1 < high


@pytest.mark.parametrize(("x", "unit"), [(40, 0), (59.9, 0), (60.1, 1), (359, 15), (39, None), (361, None)])
def test_which_unit_is_where(units, x, unit):
    assert units.unit_at(x, 150) == unit
    assert units.unit_at(x, 20) is None


# --- small pictures ---------------------------------------------------------------------------------------------------


@pytest.fixture
def strip(page):
    return DigitStrip(page, 2, 3, 10, 20, 40)


def test_pictures_stand_in_their_places_with_their_captions(strip):
    pictures = np.random.default_rng(0).random((64, 5))
    strip.update(pictures, ["a", "b", "c", "d", "e"], marked=4)
    assert strip.captions.texts == ["a", "b", "c", "d", "e", ""]
    assert [image.get_visible() for image in strip.images] == [True] * 5 + [False]
    for k in range(5):
        np.testing.assert_allclose(strip.images[k].get_array(), pictures[:, k].reshape(8, 8))
    frame = strip.mark.get_paths()[0].vertices
    left, _, bottom, top = strip.images[4].get_extent()
    assert (frame[:, 0].min(), frame[:, 1].min(), frame[:, 1].max()) == (left, top, bottom)
    assert strip_height(2, 40) == 110


@pytest.mark.parametrize(("place", "picture"), [((12, 22), 0), ((95, 30), 2), ((55, 90), 4), ((300, 30), None)])
def test_which_picture_is_where(strip, place, picture):
    assert strip.picture_at(*place) == picture


def test_a_picture_is_the_right_way_up(strip):
    pictures = np.zeros((64, 1))
    pictures[:8] = 1  # the upper row
    strip.update(pictures, [""])
    figure = strip.captions.axes.figure
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())
    dark = np.argwhere(pixels[20:60, 10:46, 0] < 50)
    assert dark[:, 0].max() < 8
