"""The panels of a fit and its costs: what was passed in stands where it belongs."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.generalization import SIZE, draw_generalization


@pytest.fixture
def panels():
    return draw_generalization(style.new_figure(*SIZE), 10, 3.0, 2.0, (1e-3, 4.0))


def test_points_and_curves(panels):
    fit, _ = panels
    training, validation = np.array([[0.0, 1.0], [0.5, 9.0]]), np.array([[-1.0], [1.0]])
    fit.show_points(training, validation, (np.array([-3.0, 3.0]), np.array([0.0, 1.0])))
    np.testing.assert_array_equal(fit.training.get_xydata(), [[0, 0.5], [1, np.nan]])  # what lies outside is left out
    np.testing.assert_array_equal(fit.validation.get_xydata(), [[-1, 1]])
    np.testing.assert_array_equal(fit.true.get_ydata(), [0, 1])
    fit.update(np.array([-3.0, 0.0, 3.0]), np.array([0.0, 1.0, 5.0]))
    assert np.nanmax(fit.fit.line.get_ydata()) == pytest.approx(2.0)  # cut at the border
    assert len(fit.fit.above.get_xdata()) == 1  # and an arrow says that it goes on


def shown(costs, is_overfitted, penalty=None):
    training, validation = np.linspace(1, 0.01, 11), np.r_[np.linspace(1, 0.1, 5), np.linspace(0.2, 0.5, 6)]
    costs.show_run(training, validation, penalty, 4, 0.05, is_overfitted)
    return training, validation


def test_the_epoch_that_is_looked_at(panels):
    _, costs = panels
    training, validation = shown(costs, True)
    for epoch in (0, 4, 10):
        costs.update(epoch)
        assert list(costs.cursor.get_xdata()) == [epoch, epoch]
        expected = [[epoch, training[epoch]], [epoch, validation[epoch]]]
        np.testing.assert_allclose([place.get_xydata()[0] for place in costs.places], expected)


def test_the_overfitted_part_begins_at_the_best_epoch(panels):
    _, costs = panels
    shown(costs, True)
    assert (costs.region.get_visible(), costs.region.get_x(), costs.region.get_width()) == (True, 4, 6)
    assert (costs.region_name.get_text(), costs.region_name.get_position()[0]) == ("overfitting", 7)
    shown(costs, False)
    assert (costs.region.get_visible(), costs.region_name.get_text()) == (False, "")


def test_a_floor_that_lies_below_the_panel_is_not_drawn(panels):
    _, costs = panels
    costs.show_run(np.ones(11), np.ones(11), None, 0, 0.0, False)
    assert not costs.floor.get_visible()
    costs.show_run(np.ones(11), np.ones(11), None, 0, 0.05, False)
    assert costs.floor.get_visible()
    assert list(costs.floor.get_ydata()) == [0.05, 0.05]


def test_a_penalty_beyond_the_top_has_an_arrow(panels):
    _, costs = panels
    shown(costs, False, penalty=np.linspace(9, 0.5, 11))
    assert len(costs.curves.curves["penalty"].above.get_xdata()) == 1
