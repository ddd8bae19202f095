"""Bars are as high as their numbers, and say so where they cannot be."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.kit.bars import Bars, LevelLine, inner_limits
from nbhelpers.plots.kit.panel import add_panel


@pytest.fixture
def bars():
    with style.context():
        ax = add_panel(style.new_figure(400, 300), 50, 300, "bars")
        return Bars(ax, ["one", "two", "three"], -4, 4)


def heights(bars):
    """The end of each bar, read from its corners."""
    tops = [path.vertices[:, 1] for path in bars.bars.get_paths()]
    return [float(y[np.argmax(np.abs(y))]) for y in tops]


def numbers(bars):
    return [text.get_text() for text in bars.numbers]


def test_bars_and_their_numbers(bars):
    bars.update([1, -2, 0])
    assert heights(bars) == [1, -2, 0]
    assert numbers(bars) == ["1.000", "−2.000", "0"]
    above, below, _ = (text.get_position()[1] for text in bars.numbers)
    assert above > 1
    assert below < -2


def test_a_bar_that_is_too_long_is_cut_off_and_says_so(bars):
    bars.update([708.4, -9, 3])
    assert numbers(bars) == ["708.4 ↑", "−9.000 ↓", "3.000"]
    low, high = inner_limits(bars.bars.axes)
    assert heights(bars) == [high, low, 3]
    assert all(-4 < text.get_position()[1] < 4 for text in bars.numbers)


def test_a_marked_bar_differs_by_its_outline_too(bars):
    bars.update([1, 2, 3], marked=[1])
    one, two, three = bars.bars.get_linewidths()
    assert two > one == three
    bars.update([1, 2, 3])
    assert len({tuple(color) for color in bars.bars.get_facecolors()}) == 1


def test_some_bars_can_do_without_a_number(bars):
    bars.update([1, 2, 3], numbered=[2])
    assert numbers(bars) == ["", "", "3.000"]


def test_a_level_line_and_its_words(bars):
    level = LevelLine(bars.bars.axes)
    level.update(1.5, "J = 1.5")
    assert set(level.line.get_ydata()) == {1.5}
    assert (level.words.get_text(), level.words.get_position()[1]) == ("J = 1.5", 1.5)
    level.update(99, "J = 99")
    assert level.words.get_text() == "J = 99 ↑"
    assert level.line.get_ydata()[0] < 4
