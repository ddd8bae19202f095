"""The explorer of the places of 1/d: step, factor and cost agree with a computation by hand."""

import re

import numpy as np
import pytest

from nbhelpers import explorers
from nbhelpers.numbers_as_text import short

FACTORS = {"in dZ(L)": 0, "in dW and db": 0, "in the learning rate": 0, "nowhere": 1, "twice": -1}  # powers of d


@pytest.fixture(scope="module")
def kept():
    return explorers.where_does_one_over_d_go()


def lesson(explorer):
    return explorer.lesson


def by_hand(explorer):
    """ΔW and J before and after, from the formulas for one linear unit with squared error."""
    state, data = explorer.state, lesson(explorer)
    d, eta = state["d"], state["η"]
    x, y = data.X[0, :d], data.Y[0, :d]
    move = -eta * float(np.mean(-y * x)) * float(d) ** FACTORS[state["1/d"]]
    return move, float(np.mean(y**2) / 2), float(np.mean((move * x - y) ** 2) / 2)


def assert_agrees(explorer):
    state, panels = explorer.state, lesson(explorer).panels
    move, before, after = by_hand(explorer)
    assert f"‖ΔW‖ = {short(abs(move))}" in explorer.words
    assert f"J goes from {short(before)} to {short(after)}" in explorer.words
    assert panels.chosen.get_xdata() == [state["d"]]
    assert panels.chosen.get_ydata()[0] == pytest.approx(abs(move))
    power = FACTORS[state["1/d"]]
    if power == 0 or state["d"] == 1:
        assert "the lecture's step" in explorer.words
    else:
        times = f"{state['d']} times" if power > 0 else f"1/{state['d']} of"
        assert f"{times} the lecture's" in explorer.words
    assert explorer.words in explorer.alt


@pytest.mark.parametrize("place", FACTORS)
def test_every_place_over_all_d_and_learning_rates(explorer, place):
    explorer.controls["1/d"].value = place
    for d in (1, 2, 9, 50):
        explorer.controls["d"].value = d
        for eta in (0.05, 0.5, 1.0):
            explorer.controls["η"].value = eta
            assert_agrees(explorer)


def test_three_curves_are_the_same_and_two_are_not(explorer):
    curves = [curve.get_ydata() for curve in lesson(explorer).panels.curves]
    d = np.arange(1, 51)
    for curve, power in zip(curves, FACTORS.values(), strict=True):
        np.testing.assert_allclose(curve, curves[0] * d.astype(float) ** power)


def test_nowhere_leaps_and_twice_crawls(explorer):
    explorer.state = {"d": 50, "1/d": "nowhere"}
    assert "leaps far over the lowest point" in explorer.words
    panels = lesson(explorer).panels
    assert panels.end.get_marker() == "^", "it ends off the page, above, and says so"
    assert panels.end.get_ydata() == [panels.cost.get_ylim()[1]]
    (w0, J0), (w1, J1) = panels.start.point.get_xydata()[0], (panels.end.get_xdata()[0], panels.end.get_ydata()[0])
    step, before, after = map(
        float, re.search(r"ΔW‖ = ([\d.]+).* J goes from ([\d.]+) to ([\d.]+)", explorer.words).groups()
    )
    assert (J1 - J0) / (w1 - w0) == pytest.approx((after - before) / step, rel=0.01), "toward where it ends"
    explorer.state = {"1/d": "twice"}
    assert "It crawls 1 % of the way" in explorer.words
    assert panels.end.get_marker() == "o"


def test_the_chosen_curve_is_thicker(explorer):
    for k, place in enumerate(FACTORS):
        explorer.controls["1/d"].value = place
        widths = [curve.get_linewidth() for curve in lesson(explorer).panels.curves]
        assert np.argmax(widths) == k
        assert sorted(widths)[-2] < widths[k]


def test_the_lowest_point_is_that_of_the_curve(explorer):
    for d in (1, 7, 50):
        explorer.controls["d"].value = d
        data, panels = lesson(explorer), lesson(explorer).panels
        x, y = data.X[0, :d], data.Y[0, :d]
        assert panels.best.get_xdata()[0] == pytest.approx((x @ y) / (x @ x), abs=0.03)
        w, J = panels.valley.get_data()
        np.testing.assert_allclose(J, [np.mean((v * x - y) ** 2) / 2 for v in w])
