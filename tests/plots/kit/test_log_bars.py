"""Lying bars end where their numbers are, on a logarithmic scale."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.kit.bars import LogBars
from nbhelpers.plots.kit.panel import add_panel


@pytest.fixture
def bars():
    with style.context():
        ax = add_panel(style.new_figure(400, 300), 100, 250, "bars")
        looks = (("positive", ""), ("negative", ""), ("positive", "//"))
        return LogBars(ax, ["one", "two", "three"], (0, 1, 2.4), looks, (1, 1e9), {1: "1", 1e6: "10⁶"})


def ends(bars, hatch=""):
    return [float(path.vertices[:, 0].max()) for path in bars.bars[hatch].get_paths()]


def test_bars_and_their_numbers(bars):
    bars.update([1e3, 5, 2e6], ["1,000", "5", "2 million"])
    assert ends(bars) == [1e3, 5]
    assert ends(bars, "//") == [2e6]
    assert [text.get_text() for text in bars.numbers] == ["1,000", "5", "2 million"]
    assert [text.get_position() for text in bars.numbers] == [(1e3, 0), (5, 1), (2e6, 2.4)]


def test_a_row_may_be_empty_and_a_bar_does_not_leave_its_panel(bars):
    bars.update([None, 1e12, 0.1], ["", "a lot", "little"])
    assert np.isnan(bars.bars[""].get_paths()[0].vertices[:, 0]).all()
    assert ends(bars)[1] == 1e9
    assert ends(bars, "//") == [1]
    assert [text.get_text() for text in bars.numbers] == ["", "a lot", "little"]


def test_the_rows_are_named_from_above(bars):
    ax = bars.numbers[0].axes
    assert [label.get_text() for label in ax.get_yticklabels()] == ["one", "two", "three"]
    places = ax.transData.transform(np.column_stack([np.ones(3), ax.get_yticks()]))[:, 1]
    assert places[0] > places[1] > places[2]
    assert bars.bars["//"].get_hatch() == "//"
