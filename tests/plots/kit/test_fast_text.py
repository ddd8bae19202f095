"""A text that is drawn quickly: as legible, as large and in the same place as matplotlib's own."""

import io

import matplotlib
import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.kit.fast_text import QuickTexts, add_quick_text


def page(draw):
    """Return the dark pixels of a page on which `draw(ax)` has drawn."""
    with style.context():
        figure = style.new_figure(200, 100)
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, 200), ylim=(0, 100))
        ax.set_axis_off()
        draw(ax)
        figure.canvas.draw()
    return 1 - np.asarray(figure.canvas.buffer_rgba())[:, :, 0] / 255


def borders(ink):
    rows, columns = np.nonzero(ink > 0.2)
    return np.array([rows.min(), rows.max(), columns.min(), columns.max()])


@pytest.mark.parametrize("ha", ["left", "center", "right"])
@pytest.mark.parametrize("text", ["0.430", "z₁ = −1.2e−7", "z₁ = 0.430\na₁ = 0.606"])
def test_it_looks_like_an_ordinary_text(ha, text):
    quick = page(lambda ax: add_quick_text(ax, 100, 50, text, ha=ha, size=9))
    plain = page(lambda ax: ax.text(100, 50, text, ha=ha, va="center", size=9, linespacing=1.2))
    np.testing.assert_allclose(borders(quick), borders(plain), atol=4)
    assert quick.sum() == pytest.approx(plain.sum(), rel=0.25)


def test_it_is_drawn_outside_of_its_axes_too():
    def beside(ax):
        ax.set_position((0, 0, 0.5, 1))
        add_quick_text(ax, 1.1, 0.5, "name", size=9, transform=ax.transAxes)

    assert borders(page(beside))[2] > 100


def test_it_is_measured_at_the_resolution_of_now():
    """And not at the one that it was measured at first: on a sharper screen room is left for twice the pixels."""
    with style.context():
        figure = style.new_figure(200, 100)
        text = add_quick_text(figure.add_axes((0, 0, 1, 1)), 0.5, 0.5, "0.430", size=9)
    before = text.get_window_extent().size
    figure.set_dpi(2 * figure.dpi)
    figure.canvas.draw()
    np.testing.assert_allclose(text.get_window_extent().size, 2 * before, rtol=0.1)


def test_digits_are_centered_vertically():
    top, bottom, *_ = borders(page(lambda ax: add_quick_text(ax, 100, 50, "0", size=20)))
    assert abs((top + bottom + 1) / 2 - 50) <= 1


def test_an_empty_or_invisible_text_leaves_no_ink():
    assert page(lambda ax: add_quick_text(ax, 100, 50, " \n ")).sum() == 0
    assert page(lambda ax: add_quick_text(ax, 100, 50, "1", visible=False)).sum() == 0


def test_it_has_its_color():
    figure = style.new_figure(50, 50)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    add_quick_text(ax, 0.5, 0.5, "8", size=30, color="#0000ff", ha="center")
    figure.canvas.draw()
    darkest = np.asarray(figure.canvas.buffer_rgba()).reshape(-1, 4).min(axis=0)
    np.testing.assert_allclose(darkest, [0, 0, 255, 255], atol=3)


def test_it_can_be_saved_as_svg():
    figure = style.new_figure(50, 50)
    add_quick_text(figure.add_axes((0, 0, 1, 1)), 0.5, 0.5, "8")
    stream = io.StringIO()
    figure.savefig(stream, format="svg")
    assert "<svg" in stream.getvalue()


def test_many_texts_in_one_artist_look_like_single_ones():
    def all_at_once(ax):
        texts = ax.add_artist(QuickTexts([(50, 30), (100, 70), (20, 20)], 9, "black"))
        texts.texts = ["0.430", "−1.20", ""]

    def one_by_one(ax):
        for x, y, text in ((50, 30, "0.430"), (100, 70, "−1.20")):
            add_quick_text(ax, x, y, text, ha="center", size=9, color="black")

    np.testing.assert_array_equal(page(all_at_once), page(one_by_one))


def test_many_texts_can_be_saved_for_print():
    figure = style.new_figure(200, 100)
    ax = figure.add_axes((0, 0, 1, 1))
    texts = ax.add_artist(QuickTexts([(0.5, 0.5)], 9, "black"))
    texts.texts = ["0.430"]
    page = io.BytesIO()
    with style.context(), matplotlib.rc_context({"svg.fonttype": "none"}):
        figure.savefig(page, format="svg")
    assert "0.430" in page.getvalue().decode()
