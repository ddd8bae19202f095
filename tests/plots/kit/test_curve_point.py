"""A point on a curve: its tangent has the right slope and one length, and nothing is lost beyond the border."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.kit.curve_point import broken_at_jumps, draw_curve_point, tangent_ends, within
from nbhelpers.plots.kit.panel import add_panel, data_per_pixel


@pytest.fixture
def ax():
    with style.context():
        ax = add_panel(style.new_figure(400, 300), 50, 300, "a panel")
    ax.set(xlim=(-2, 4), ylim=(0, 100))
    return ax


@pytest.mark.parametrize("slope", [0, 1e-3, 1, -40, 1e6, -4e307])
def test_a_tangent_has_its_slope_and_always_the_same_length(ax, slope):
    x, y = tangent_ends(ax, 1, 50, slope, reach=40)
    across, up = data_per_pixel(ax)
    assert np.hypot(np.diff(x) / across, np.diff(y) / up) == pytest.approx(80)
    assert (x.mean(), y.mean()) == pytest.approx((1, 50))
    if abs(slope) < 1e6:
        assert np.diff(y) / np.diff(x) == pytest.approx(slope)


def test_the_point_and_its_guides_stand_at_the_numbers(ax):
    spot = draw_curve_point(ax, 1, 25, 3)
    assert spot.point.get_xydata().tolist() == [[1, 25]]
    assert spot.guides.get_xydata().tolist() == [[1, 0], [1, 25], [-2, 25]]
    assert spot.point.get_marker() == "o"
    spot.update(1, 25)
    assert spot.tangent.get_xydata().size == 0


@pytest.mark.parametrize(("y", "marker"), [(708.4, "^"), (-3, "v")])
def test_a_point_beyond_the_border_is_a_triangle_inside_it(ax, y, marker):
    spot = draw_curve_point(ax, 1, y, -1e300)
    assert spot.point.get_marker() == marker
    assert 0 < spot.point.get_ydata()[0] < 100


def test_within_leaves_alone_what_is_inside(ax):
    moved = within(ax, np.array([-5, 0, 50, 100, 1e9]))
    assert moved[1:4].tolist() == [0, 50, 100]
    assert 0 < moved[0] < 10
    assert 90 < moved[4] < 100


def test_a_curve_is_broken_where_it_jumps_and_nowhere_else():
    x, y = broken_at_jumps(np.array([-1.0, 0, 0.1, 1]), np.array([0.0, 0, 1, 1]))
    assert np.isnan(x).tolist() == np.isnan(y).tolist() == [False, False, True, False, False]
    smooth = np.linspace(0, 1, 11)
    assert not np.isnan(broken_at_jumps(smooth, smooth)[1]).any()
