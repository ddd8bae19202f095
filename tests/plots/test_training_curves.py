"""Costs over the epochs: drawn as they are, with names that do not overlap, and an arrow where one leaves the panel."""

from types import SimpleNamespace

import numpy as np
import pytest
from drawn import redrawn

from nbhelpers import style
from nbhelpers.explorers.kit.blit import Blit
from nbhelpers.numbers_as_text import mark
from nbhelpers.plots.kit.direct_labels import spread
from nbhelpers.plots.kit.ticks import set_scale
from nbhelpers.plots.training_curves import (
    SERIES,
    cost_range,
    draw_band,
    draw_bands,
    draw_history,
    draw_training_curves,
)

EPOCHS = np.arange(21)
FALLING = 0.7 * 0.9**EPOCHS


def axes():
    return style.new_figure(480, 320).add_axes((0.12, 0.16, 0.66, 0.66))


def history(**other):
    given = {"epochs": EPOCHS, "cost": FALLING, "validation_cost": FALLING + 0.05, "best_epoch": 12}
    return SimpleNamespace(**{**given, "penalty": 0.01 + 0 * FALLING, **other})


def boxes(texts):
    """Where texts stand, as rectangles of CSS pixels; a plain text of matplotlib measures them."""
    found = []
    for text in texts:
        text.axes.figure.canvas.draw()
        box = text.get_window_extent()
        found.append((box.x0, box.x1, box.y0, box.y1))
    return found


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


# --- the curves -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_a_history_is_drawn_as_it_is(scale):
    shown = draw_history(axes(), history(), scale)
    for name, cost in (("training", FALLING), ("validation", FALLING + 0.05), ("penalty", 0.01 + 0 * FALLING)):
        x, y = shown.curves[name].line.get_data()
        np.testing.assert_allclose(x[:-1], EPOCHS, atol=1e-9)
        np.testing.assert_allclose(y[:-1], cost, rtol=1e-9)
        assert shown.curves[name].above.get_xydata().size == shown.curves[name].below.get_xydata().size == 0
    assert shown.best.get_xydata().tolist() == [[12, FALLING[12] + 0.05]]
    assert shown.best_words.get_text() == "best: epoch 12"
    assert shown.ax.get_yscale() == scale
    assert [label.get_text() for label in shown.names.moving] == ["training", "validation", "penalty"]


def test_what_there_is_not_is_not_drawn():
    shown = draw_history(axes(), history(validation_cost=None, penalty=np.zeros(21), best_epoch=None))
    assert [label.get_text() for label in shown.names.moving] == ["training", "", ""]
    assert shown.curves["validation"].line.get_xydata().size == shown.curves["penalty"].line.get_xydata().size == 0
    assert shown.best.get_xydata().size == 0
    assert shown.best_words.get_text() == ""


def test_the_curves_differ_by_their_dash():
    shown = draw_history(axes(), history())
    dashes = {str(curve.line._unscaled_dash_pattern) for curve in shown.curves.values()}
    assert len(dashes) == 3


def test_before_the_first_step_there_is_a_dot():
    shown = draw_training_curves(axes(), 20, 0, 1)
    shown.update([0], [0.7], [0.8], best_epoch=0)
    assert shown.curves["training"].line.get_xydata()[:2].tolist() == [[0, 0.7], [0, 0.7]]
    assert shown.best.get_xydata().tolist() == [[0, 0.8]]
    assert shown.best_words.get_ha() == "left"


@pytest.mark.parametrize("costs", [[0.7, 0.9, 50.0], [0.7, 0.9, np.inf], [0.7, 0.9, np.nan, np.nan]])
@pytest.mark.parametrize("scale", ["linear", "log"])
def test_a_cost_that_leaves_has_an_arrow_and_its_name_there(costs, scale):
    shown = draw_training_curves(axes(), 10, 0.1, 2, scale)
    shown.update(np.arange(len(costs)), np.array(costs))
    (x, y), *others = shown.curves["training"].above.get_xydata()
    assert 1 <= x <= 2
    assert y == pytest.approx(2)
    assert not others
    assert shown.curves["training"].end == pytest.approx((x, y))
    left, right = shown.ax.get_xlim()
    assert shown.names.moving[0].get_position() == pytest.approx(((x - left) / (right - left), 1))


def test_a_cost_of_zero_leaves_a_logarithmic_scale_below():
    shown = draw_training_curves(axes(), 2, 0.1, 2, "log")
    shown.update([0, 1, 2], [1, 0.5, 0])
    np.testing.assert_allclose(shown.curves["training"].below.get_ydata(), [0.1])


def test_a_run_that_diverges_at_once_and_one_without_any_number():
    shown = draw_history(axes(), history(cost=np.full(21, np.nan), validation_cost=None, best_epoch=None))
    assert shown.curves["training"].above.get_xydata()[0] == pytest.approx((0, shown.ax.get_ylim()[1]))
    assert shown.curves["training"].line.get_xydata().size == 0
    shown.ax.figure.canvas.draw()


def test_the_scale_may_change_and_the_curve_is_the_same():
    shown = draw_training_curves(axes(), 20, 0, 1)
    for scale, low in (("linear", 0), ("log", 0.05), ("linear", 0)):
        shown.show_range(20, low, 1, scale)
        shown.update(EPOCHS, FALLING)
        np.testing.assert_allclose(shown.curves["training"].line.get_ydata()[:-1], FALLING)


@pytest.mark.parametrize("preset", ["screen", "projector"])
def test_names_and_words_do_not_overlap_and_stay_in_the_figure(preset):
    with style.context(preset):
        same = history(validation_cost=FALLING, penalty=FALLING + 1e-9, best_epoch=20)
        shown = draw_history(axes(), same)
        found = boxes([*shown.names.moving, shown.best_words, shown.ax.title])
        width, height = shown.ax.figure.bbox.size
    assert not any(overlap(a, b) for k, a in enumerate(found) for b in found[:k])
    assert all(box[0] >= 0 and box[1] <= width and box[2] >= 0 and box[3] <= height for box in found)


def test_a_blitted_frame_is_a_full_redraw():
    shown = draw_training_curves(axes(), 20, 0.01, 1, "log")
    blit = Blit(shown.ax.figure, shown.moving)
    for end in (1, 7, 21):
        shown.update(EPOCHS[:end], FALLING[:end], FALLING[:end] + 0.3, FALLING[:end] / 9, best_epoch=end - 1)
        frame = blit.frame(1).copy()
        np.testing.assert_array_equal(frame, redrawn(shown.ax.figure, blit.moving))


# --- bands ------------------------------------------------------------------------------------------------------------


def test_a_band_is_drawn_as_it_is_and_can_be_moved():
    ax = axes()
    ax.set(xlim=(0, 20), ylim=(0, 1), autoscale_on=False)
    band = draw_band(ax, EPOCHS, FALLING, 0.8 * FALLING, 1.2 * FALLING, "η = 0.1")
    for factor in (1.0, 0.5):
        band.update(EPOCHS, factor * FALLING, 0.8 * factor * FALLING, 1.2 * factor * FALLING)
        np.testing.assert_allclose(band.curve.line.get_ydata()[:-1], factor * FALLING)
        outline = band.area.get_xy()
        np.testing.assert_allclose(outline[:21, 1], 0.8 * factor * FALLING)
        np.testing.assert_allclose(outline[21:42, 1], 1.2 * factor * FALLING[::-1])
        np.testing.assert_allclose(band.edges.get_ydata()[:21], 0.8 * factor * FALLING)
    (name,) = band.name.moving
    assert name.get_text() == "η = 0.1"
    assert name.get_position()[1] == pytest.approx(0.5 * FALLING[-1], abs=0.05)


def test_bands_differ_by_dash_and_have_names_that_do_not_overlap():
    low, high = 0.9 * FALLING, 1.1 * FALLING
    bands = dict.fromkeys(("one", "two", "three", "four", "five"), (EPOCHS, FALLING, low, high))
    ax = axes()
    drawn = draw_bands(ax, bands, "log")
    assert len({str(band.curve.line._unscaled_dash_pattern) for band in drawn.values()}) == 5
    assert len({str(series["linestyle"]) for series in SERIES}) == 5
    names = [text for text in ax.findobj() if getattr(text, "get_text", str)() in bands]
    found = boxes(names)
    assert len(found) == 5
    assert not any(overlap(a, b) for k, a in enumerate(found) for b in found[:k])


def test_a_band_that_is_not_finite_ends_at_the_border():
    ax = axes()
    ax.set(xlim=(0, 3), ylim=(0, 1), autoscale_on=False)
    high = [0.6, 0.9, np.inf, np.nan]
    band = draw_band(ax, [0, 1, 2, 3], [0.5, 0.6, 0.9, 30], [0.4, 0.4, 0.3, 0.2], high, "")
    assert band.area.get_xy()[4:8, 1].tolist() == [1, 1, 0.9, 0.6]
    assert np.isnan(band.edges.get_ydata()[7:]).all()
    assert band.curve.above.get_ydata() == pytest.approx([1])
    ax.figure.canvas.draw()


def test_a_band_without_width_is_a_curve():
    ax = axes()
    (band,) = draw_bands(ax, {"η": (EPOCHS, FALLING, FALLING, FALLING)}, heading="η").values()
    assert np.isnan(band.edges.get_ydata()).all()
    np.testing.assert_allclose(band.curve.line.get_ydata()[:-1], FALLING)
    assert ax.get_title(loc="left") == "η"


# --- ranges, places, marks --------------------------------------------------------------------------------------------


def test_the_range_holds_all_costs_but_what_runs_away():
    low, high = cost_range(FALLING, FALLING + 0.1)
    assert low == 0
    assert 0.8 < high < 0.9
    low, high = cost_range(FALLING, scale="log")
    assert low < FALLING.min() < FALLING.max() < high
    assert cost_range([1, 2, 1e9])[1] == pytest.approx(4.24)
    assert cost_range([1, 2, 1e9], scale="log")[1] == pytest.approx(1.4e4)
    for costs in ([0, 0], [np.nan, np.inf], [0.5]):
        for scale in ("linear", "log"):
            low, high = cost_range(costs, scale=scale)
            set_scale(axes().yaxis, scale, low, high)


@pytest.mark.parametrize("places", [[0.5], [0.5, 0.5], [0, 0, 0], [1, 1, 0.99], [0.2, 0.1, 0.15, 0.9], []])
def test_places_are_spread(places):
    gap = 0.1
    found = spread(places, gap, 0, 1)
    assert sorted(found) == [found[k] for k in sorted(range(len(places)), key=places.__getitem__)]
    assert all(b - a > gap - 1e-9 for a, b in zip(sorted(found), sorted(found)[1:], strict=False))
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in found)


def test_spreading_moves_as_little_as_can_be():
    """Against a search over a fine grid of places."""
    places, gap = [0.30, 0.34, 0.33], 0.1
    grid = np.arange(0, 1, 0.005)
    a, c, b = np.meshgrid(grid, grid, grid, indexing="ij")
    distance = np.where((c - a >= gap - 1e-9) & (b - c >= gap - 1e-9), (a - 0.30) ** 2 + (c - 0.33) ** 2, np.inf)
    distance += (b - 0.34) ** 2
    best = np.unravel_index(np.argmin(distance), distance.shape)
    assert spread(places, gap, 0, 1) == pytest.approx([grid[best[0]], grid[best[2]], grid[best[1]]], abs=0.006)


def test_too_many_names_begin_at_the_bottom():
    assert spread([0.5, 0.5, 0.5], 0.6, 0, 1) == pytest.approx([0, 0.6, 1.2])


@pytest.mark.parametrize(
    ("scale", "low", "high"), [("linear", 0, 0.7), ("log", 1e-6, 3), ("log", 0.3, 0.6), ("log", 1e5, 3e6)]
)
def test_every_scale_has_marks_that_can_be_read(scale, low, high):
    ax = axes()
    set_scale(ax.yaxis, scale, low, high)
    inside = [tick for tick in ax.yaxis.get_majorticklocs() if low <= tick <= high]
    assert len(inside) >= 2
    assert all(len(mark(tick)) < 25 for tick in inside)
    ax.figure.canvas.draw()


@pytest.mark.parametrize(
    ("scale", "low", "high"), [("cubic", 0, 1), ("log", 0, 1), ("linear", 1, 1), ("linear", 0, np.nan)]
)
def test_a_scale_that_can_not_be_is_refused(scale, low, high):
    with pytest.raises(ValueError, match="scale"):
        set_scale(axes().yaxis, scale, low, high)
