"""Bars on a scale of powers of ten: their ends, what is cut, and what has no place there."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.kit.bars import PLACES, SignalBars


@pytest.fixture
def ax():
    with style.context():
        ax = style.new_figure(400, 300).add_axes((0.1, 0.1, 0.8, 0.8))
    ax.set(xlim=(0.4, 3.6), ylim=(-4, 1))
    return ax


def corners(bars, kind):
    """Left, right, lower and upper end of each bar."""
    polygons = bars.bars[kind].get_path().to_polygons()
    return np.array([[*p[:, 0][[0, 2]], *p[:, 1][[0, 1]]] for p in polygons])


def test_bars_stand_on_the_border_and_end_at_their_exponents(ax):
    bars = SignalBars(ax)
    bars.update([0.1, 1e-3, 1], [1e-2, 1e-9, 1e9])
    np.testing.assert_allclose(corners(bars, "slopes")[:, 2:], [(-4, -1), (-4, -3), (-4, 0)])
    np.testing.assert_allclose(corners(bars, "weights")[:, 2:], [(-4, -2), (-4, -4), (-4, 1)])  # cut
    middles = corners(bars, "slopes")[:, :2].mean(axis=1)
    np.testing.assert_allclose(middles, np.array([1, 2, 3]) + PLACES["slopes"])


def test_bars_of_factors_begin_at_1(ax):
    bars = SignalBars(ax, base=0)
    bars.update([0.1, 10, 1], [1, 1, 1])
    np.testing.assert_allclose(corners(bars, "slopes")[:, 2:], [(0, -1), (0, 1), (0, 0)])


def test_0_has_a_cross_and_nan_nothing(ax):
    bars = SignalBars(ax)
    bars.update([0, 0.1, np.nan], [np.nan, 0, np.nan])
    assert len(corners(bars, "slopes")) == 1
    assert len(corners(bars, "weights")) == 0
    np.testing.assert_allclose(bars.zeros.get_xdata(), [1 + PLACES["slopes"], 2 + PLACES["weights"]])
    np.testing.assert_allclose(bars.zeros.get_ydata(), -4)


def test_what_is_marked_has_a_thick_outline(ax):
    bars = SignalBars(ax)
    bars.update([1, 1, 1], [1, 1, 1], marked=["weights"])
    assert bars.bars["weights"].get_linewidth() > 2 * bars.bars["slopes"].get_linewidth()
    bars.update([1, 1, 1], [1, 1, 1])
    assert bars.bars["weights"].get_linewidth() == bars.bars["slopes"].get_linewidth()
