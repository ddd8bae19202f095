"""The picture of a gradient check: curves with named branches, and a panel with verdicts."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.gradient_check import draw_check_panel, draw_error_curve

H = 10.0 ** np.linspace(-15, 0, 61)


def curve(precision="float64", floor=0.0):
    """A textbook U for each precision."""
    shown = draw_error_curve(style.new_figure(600, 400).add_axes((0.1, 0.1, 0.85, 0.8)))
    sets = {}
    for name, eps in (("float64", 1e-16), ("float32", 1e-7)):
        rounding = np.minimum(eps / H, 1)
        sets[name] = {"forward": rounding + 0.1 * H + floor, "central": rounding + 0.01 * H**2 + floor}
    other = "float32" if precision == "float64" else "float64"
    both = sets[precision], sets[other]
    shown.show_errors(H, both, both, precision)
    return shown, sets


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_the_curves_and_the_names_of_their_branches(precision):
    shown, sets = curve(precision)
    for kind in ("forward", "central"):
        np.testing.assert_allclose(shown.curves[kind].get_ydata(), sets[precision][kind])
    visible = {name for name, label in shown.names.items() if label.get_visible()}
    assert visible == {"rounding", "forward", "central", "other"}
    assert shown.names["other"].get_text() == ("float32" if precision == "float64" else "float64")
    figure = shown.ax.figure
    figure.canvas.draw()
    boxes = [shown.names[name].get_window_extent() for name in visible]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width and box.y0 >= 0 for box in boxes)
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_a_curve_that_never_falls_has_no_branches():
    shown, _ = curve(floor=0.5)
    visible = {name for name, label in shown.names.items() if label.get_visible()}
    assert visible == {"stuck"}
    assert "the derivative itself is wrong" in shown.names["stuck"].get_text()
    nothing = dict.fromkeys(("forward", "central"), np.full(len(H), np.nan))
    shown.show_errors(H, (nothing, nothing), (nothing, nothing), "float64")
    assert "no curve" in shown.names["stuck"].get_text()


def test_h_is_marked_on_both_curves():
    shown, _ = curve()
    shown.update(1e-5, {"forward": 1e-6, "central": 1e-11}, {"forward": 2e-6, "central": 2e-11})
    assert shown.line.get_xdata() == [1e-5, 1e-5]
    assert shown.marks["forward"].get_xydata().tolist() == [[1e-5, 1e-6]]
    assert shown.stored_only[-1].get_xydata().tolist() == [[1e-5, 2e-11]]
    shown.update(1e-5, *[{"forward": 0.0, "central": np.nan}] * 2)
    assert shown.marks["forward"].get_ydata() == [1e-14]  # no place for 0 on a logarithmic scale
    assert np.isnan(shown.marks["central"].get_ydata()).all()


def test_the_curves_differ_by_dash_and_mark_too():
    shown, _ = curve()
    assert shown.curves["forward"].get_linestyle() != shown.curves["central"].get_linestyle()
    assert shown.marks["forward"].get_marker() != shown.marks["central"].get_marker()


def test_the_panel_says_each_verdict_with_a_sign_and_a_word():
    panel = draw_check_panel(style.new_figure(334, 424).add_axes((0, 0, 1, 1)))
    rows = [("W1", "wrong", "0.84"), ("b1", "right", "below 1e−8"), ("W2", "undecided", "")]
    artists = len(panel.ax.get_children())
    for _ in range(2):
        panel.show_verdicts(rows, "1 of 3 blocks fail", ("dZ = dA", "dZ = dA * slope"))
    assert [[text.get_text() for text in row[:2]] for row in panel.rows] == [
        ["W1", "✗ wrong"],
        ["b1", "✓ right"],
        ["W2", "? undecided"],
    ]
    panel.show_verdicts([], "nothing")
    assert len(panel.ax.get_children()) == artists + 1
    panel.update("dW1 at h = 1", ["1", "2", "3"], ["4", "5"])
    assert [text.get_text() for text in panel.errors] == ["", "4", "5"]
