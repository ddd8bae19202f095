"""A panel stands where it was put, at any resolution, and knows its pixels."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.kit.panel import add_panel, add_words, box_around, box_below, data_per_pixel, set_heading


@pytest.fixture(params=["screen", "projector"])
def ax(request):
    with style.context(request.param):
        return add_panel(style.new_figure(400, 300), 50, 200, "a heading", "x", top=60, bottom=40)


def test_it_stands_where_it_was_put_in_css_pixels(ax):
    box = ax.get_window_extent().bounds
    scale = ax.figure.dpi / style.PIXELS_PER_INCH
    np.testing.assert_allclose(np.array(box) / scale, [50, 40, 200, 200])
    assert (ax.get_title("left"), ax.get_xlabel()) == ("a heading", "x")


def test_data_per_pixel(ax):
    ax.set(xlim=(-1, 3), ylim=(0, 10))
    assert data_per_pixel(ax) == pytest.approx((4 / 200, 10 / 200))


def test_words_stand_between_the_axes_and_the_heading(ax):
    words = add_words(ax)
    words.set_text("some words")
    ax.figure.canvas.draw()
    middle = words.get_transform().transform(words.get_position())[1]
    heading = ax._left_title.get_window_extent()
    assert ax.get_window_extent().y1 + 6 < middle < heading.y0 - 4


def test_another_heading_stands_in_the_same_place(ax):
    ax.figure.canvas.draw()
    before = ax._left_title.get_window_extent().y0
    set_heading(ax, "another")
    ax.figure.canvas.draw()
    assert ax.get_title("left") == "another"
    assert ax._left_title.get_window_extent().y0 == pytest.approx(before, abs=0.5)


def test_boxes_around_and_below_follow_the_resolution_and_end_with_the_figure(ax):
    around, below = box_around(ax, left=60, below=5, right=6, above=8), box_below(ax, 6, 18, beside=4)
    for dpi in (ax.figure.dpi, 30):
        ax.figure.set_dpi(dpi)
        scale = dpi / style.PIXELS_PER_INCH
        np.testing.assert_allclose(around.extents / scale, [0, 35, 256, 248])
        np.testing.assert_allclose(below.extents / scale, [46, 22, 254, 34])


def test_boxes_follow_axes_that_are_moved(ax):
    around, below = box_around(ax), box_below(ax, 0, 10)
    ax.figure.set_size_inches(4, 2)
    ax.set_position((0.25, 0.5, 0.5, 0.25))
    scale = ax.figure.dpi / style.PIXELS_PER_INCH
    np.testing.assert_allclose(around.extents / scale, [96, 96, 288, 144])
    np.testing.assert_allclose(below.extents / scale, [96, 86, 288, 96])
