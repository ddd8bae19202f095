"""A path cut at the border of a window, and the curves that use it."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.descent import contour_levels, draw_cost_history, draw_cost_surface
from nbhelpers.plots.kit.clipping import exits, first_exit, inside, visible_parts

LOW, HIGH = (-1, -1), (1, 1)


def seen(points):
    parts = visible_parts(points, LOW, HIGH)
    return parts[np.isfinite(parts).all(axis=1)]


def test_a_path_inside_is_all_seen():
    points = [[0, 0], [0.5, 0.5], [-1, 1]]
    np.testing.assert_allclose(visible_parts(points, LOW, HIGH), [*points, [np.nan, np.nan]])
    assert first_exit(points, LOW, HIGH) is None


def test_a_path_is_cut_at_the_border():
    points = [[0, 0], [2, 1], [5, 5]]
    np.testing.assert_allclose(seen(points), [[0, 0], [1, 0.5]])
    border, way = first_exit(points, LOW, HIGH)
    np.testing.assert_allclose(border, [1, 0.5])
    np.testing.assert_allclose(way, [1, 0.5])
    np.testing.assert_allclose(inside(points, LOW, HIGH), [[0, 0]])


def test_a_path_that_comes_back_is_seen_again():
    np.testing.assert_allclose(seen([[0, 0], [0, 3], [0.5, 0]]), [[0, 0], [0, 1], [1 / 3, 1], [0.5, 0]])


def test_what_hangs_together_stays_in_one_piece():
    points = [[0, 0], [0.5, 0], [0, 3], [0, 5], [0.5, 0.2], [0.6, 0.2]]
    gaps = np.flatnonzero(np.isnan(visible_parts(points, LOW, HIGH)[:, 0]))
    assert gaps.tolist() == [3, 7]
    np.testing.assert_allclose(seen(points)[[0, 1, 5]], [[0, 0], [0.5, 0], [0.6, 0.2]])


def test_every_exit_of_a_path():
    np.testing.assert_allclose(exits([[0, 0], [0, 3], [0.5, 0], [0.5, -2]], LOW, HIGH), [[0, 1], [0.5, -1]])
    np.testing.assert_allclose(exits([[0, 5], [0, 0], [0, 9]], LOW, HIGH), [[0, 1], [0, 1]])
    assert exits([[0, 0], [1, 1]], LOW, HIGH).shape == (0, 2)


def test_level_and_upright_steps_and_standing_still():
    points = [[0, 0], [0, 0], [0.5, 0], [0.5, -9]]
    assert np.abs(seen(points)).max() <= 1
    np.testing.assert_allclose(seen(points)[-1], [0.5, -1])


@pytest.mark.parametrize("far", [1e10, 1e150, 1e300])
def test_far_away_is_no_trouble(far):
    points = [[0, 0], [far, -far], [-far, far]]
    assert np.abs(seen(points)).max() <= 1
    np.testing.assert_allclose(first_exit(points, LOW, HIGH)[0], [1, -1], atol=1e-9)


def test_random_paths_stay_in_the_window():
    rng = np.random.default_rng(0)
    for _ in range(200):
        points = np.vstack([[0, 0], rng.normal(scale=1.5, size=(6, 2))])
        parts = seen(points)
        assert np.abs(parts).max() <= 1
        exit_ = first_exit(points, LOW, HIGH)
        assert (exit_ is None) == (len(inside(points, LOW, HIGH)) == 7)
        if exit_:
            assert np.abs(exit_[0]).max() == pytest.approx(1)


# --- on a map and on a curve ------------------------------------------------------------------------------------------


def surface():
    figure = style.new_figure(400, 400)
    surface = draw_cost_surface(figure.add_axes((0.1, 0.1, 0.8, 0.8)), -4, 4)
    u, v = np.meshgrid(*[np.linspace(-4, 4, 21)] * 2)
    surface.show_costs(u, v, u**2 + v**2, ("W1[1,1]", "b1[1]"), (0, 0))
    return surface


def test_a_map_shows_its_parameters_its_levels_and_its_lowest_point():
    shown = surface()
    assert (shown.ax.get_xlabel(), shown.ax.get_ylabel()) == ("W1[1,1]", "b1[1]")
    assert shown.lowest.get_xydata().tolist() == [[0, 0]]
    artists = len(shown.ax.get_children())
    u, v = np.meshgrid(*[np.linspace(-4, 4, 21)] * 2)
    shown.show_costs(u, v, 0 * u + 1, ("a", "b"))  # no slope at all: no lines
    shown.show_costs(u, v, u**2 + v**2, ("a", "b"), None)
    assert len(shown.ax.get_children()) == artists
    assert shown.lowest.get_xydata().size == 0


def test_a_path_on_the_map():
    shown = surface()
    shown.update([[-3, 3], [0, 1], [1, 1]])
    assert shown.start.get_xydata().tolist() == [[-3, 3]]
    assert shown.end.get_xydata().tolist() == [[1, 1]]
    assert shown.steps.get_xydata().tolist() == [[0, 1], [1, 1]]
    assert shown.exit.get_xydata().size == 0
    shown.update([[-3, 3], [0, 9]])
    assert shown.end.get_xydata().size == 0
    assert shown.exit.get_xydata().ravel() == pytest.approx([-2.5, 4])


def test_contour_levels_are_round_and_lie_between():
    levels = contour_levels(np.array([0.0096, 38.4]))
    assert levels == sorted(levels)
    assert 0.0096 < levels[0] < levels[-1] < 38.4
    assert all(float(f"{level:.2g}") == level for level in levels)
    assert len(levels) == 10
    assert contour_levels(np.array([2.0, 2.0])) == []


def test_a_cost_curve_says_its_end_and_leaves_through_the_top():
    history = draw_cost_history(style.new_figure(400, 300).add_axes((0.1, 0.1, 0.8, 0.8)), 50)
    history.show_range(0.01, 10, 0.02)
    history.update(np.array([4.0, 2.0, 0.5]))
    assert history.number.get_text() == "J = 0.500 after 2 steps"
    np.testing.assert_allclose(history.end.get_xydata(), [[2, 0.5]])
    assert history.curve.above.get_xydata().size == history.curve.below.get_xydata().size == 0
    history.update(np.array([4.0, 1e30]))
    assert history.number.get_text() == "J = 1e30 after 1 step"
    assert history.end.get_xydata().size == 0
    assert history.curve.above.get_xydata()[0, 1] == pytest.approx(10)
    history.update(np.array([4.0, 1e-9]))
    assert history.curve.below.get_xydata()[0, 1] == pytest.approx(0.01)
