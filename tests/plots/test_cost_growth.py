"""Lines are the counts, squares the times; both scales agree at the setting that the panels share."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.experiments.epoch_cost import Setting, Sweep, counted, sweeps
from nbhelpers.plots.cost_growth import SIZE, common_setting, draw_cost_growth, growth_in_words

SWEEPS = sweeps()
COUNTS = [counted(sweep) for sweep in SWEEPS]
IN_PROPORTION = [[2e-9 * count for count in counts] for counts in COUNTS]


def drawn(times=None):
    with style.context():
        return draw_cost_growth(style.new_figure(*SIZE), SWEEPS, COUNTS, times)


def test_each_line_holds_the_counts_of_its_sweep():
    growth = drawn()
    for line, spot, sweep, counts in zip(growth.lines, growth.common, SWEEPS, COUNTS, strict=True):
        np.testing.assert_array_equal(line.get_xdata(), sweep.values)
        np.testing.assert_array_equal(line.get_ydata(), counts)
        ((x, y),) = spot.get_xydata()
        assert (x, y) == (getattr(Setting(), sweep.name), COUNTS[0][3])
    assert [text.get_text() for text in growth.words] == [
        "twice the width: 3.9 × the work",
        "twice the layers: 2.1 × the work",
        "twice the d: 2.0 × the work",
        "twice the batch: 1.0 × the work",
    ]
    assert growth.squares == []


def test_times_in_proportion_lie_on_the_lines():
    growth = drawn(IN_PROPORTION)
    for line, squares in zip(growth.lines, growth.squares, strict=True):
        on_page = [artist.axes.transData.transform(artist.get_xydata()) for artist in (line, squares)]
        np.testing.assert_allclose(*on_page, atol=1e-6)


def test_a_longer_time_lies_above_its_line():
    slower = [list(times) for times in IN_PROPORTION]
    slower[3][0] *= 10
    growth = drawn(slower)
    line, squares = growth.lines[3], growth.squares[3]
    (_, on_line), (_, measured) = (a.axes.transData.transform(a.get_xydata())[0] for a in (line, squares))
    assert measured > on_line + 20


def test_no_label_leaves_the_picture():
    growth = drawn(IN_PROPORTION)
    figure = growth.axes[0].figure
    figure.canvas.draw()
    box = figure.get_tightbbox()
    assert box.x0 >= 0
    assert box.x1 * figure.dpi <= figure.bbox.width


def test_the_words_say_the_ends():
    said = growth_in_words(SWEEPS, COUNTS)
    assert "Width from 8 to 512: from 5.8e+05 to 8.4e+08, twice the width: 3.9 × the work." in said
    assert "Measured" not in said
    assert f"batch size {1e3 * IN_PROPORTION[3][0]:.1f} ms to 31.2 ms." in growth_in_words(
        SWEEPS, COUNTS, IN_PROPORTION
    )


def test_the_setting_that_is_in_all_sweeps():
    one, other = Setting(d=1), Setting(d=2)
    assert common_setting([Sweep("d", [one, other]), Sweep("width", [other])]) == other
    with pytest.raises(StopIteration):
        common_setting([Sweep("d", [one]), Sweep("width", [other])])
