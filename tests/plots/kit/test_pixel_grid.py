"""Grids of cells: what they show, which cell is where, and that signs stand for the signs of weights."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from nbhelpers import style
from nbhelpers.plots.kit.panel import as_page
from nbhelpers.plots.kit.pixel_grid import PixelGrid, count_look, draw_count_table, ink_look, weight_look
from nbhelpers.plots.style import PALETTE


@pytest.fixture
def grid():
    ax = style.new_figure(300, 200).add_axes((0, 0, 1, 1))
    as_page(ax)
    return PixelGrid(ax, (3, 5), 20, 30, (40, 25))


def brightness(colors):
    return np.asarray(colors)[:, :3].sum(axis=1)


def luminance(color):
    """Relative luminance, as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color[:3]]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_more_ink_the_darker_and_blank_cells_say_nothing():
    look = ink_look(np.arange(17))
    assert (np.diff(brightness(look.colors)) < 0).all()
    assert look.texts == ["", *map(str, range(1, 17))]
    np.testing.assert_allclose(look.colors[0], to_rgb(PALETTE["ground"]))
    np.testing.assert_allclose(look.colors[16], to_rgb(PALETTE["ink"]))


def test_a_weight_says_its_sign_and_the_strength_of_its_color_its_size():
    weights = np.array([-2, -1, -0.01, 0, 0.01, 1, 2.0])
    look = weight_look(weights)
    assert look.texts == ["−", "−", "", "", "", "+", "+"]
    assert (np.diff(brightness(look.colors)[:4]) > 0).all()
    assert (np.diff(brightness(look.colors)[3:]) < 0).all()
    np.testing.assert_allclose(look.colors[[0, 6]], [to_rgb(PALETTE["negative"]), to_rgb(PALETTE["positive"])])


def test_weights_of_0_are_all_blank():
    look = weight_look(np.zeros(4))
    assert look.texts == [""] * 4
    np.testing.assert_allclose(look.colors, 1)


def test_counts_stand_in_their_cells_and_zeros_do_not():
    look = count_look([[5, 0], [2, 7]])
    assert look.texts == ["5", "", "2", "7"]
    np.testing.assert_allclose(look.colors[1], 1)
    assert look.colors[0][1] > look.colors[0][0]  # green
    assert look.colors[2][1] < look.colors[2][0]  # purple


@pytest.mark.parametrize(
    ("look", "least"),
    [
        (ink_look(np.arange(17)), 3),
        (weight_look(np.linspace(-1, 1, 41)), 3),
        (count_look(np.diag([1, 5, 40]) + 1), 4.5),
    ],
)
def test_letters_can_be_read_on_their_cells(look, least):
    for color, text, letter in zip(look.colors, look.texts, look.letters, strict=True):
        assert not text or contrast(color, letter) >= least, (text, color)


def test_update_sets_cells_signs_and_the_mark(grid):
    ink = np.arange(15)
    grid.update(ink_look(ink), marked=(2, 3))
    np.testing.assert_allclose(grid.cells.get_facecolor()[:, :3], ink_look(ink).colors)
    assert grid.signs.texts == ["", *map(str, range(1, 15))]
    (frame, _) = grid.mark.get_paths()
    np.testing.assert_allclose(frame.vertices.min(axis=0), [20 + 3 * 40, 30 + 2 * 25])
    grid.update(ink_look(ink))
    assert not grid.mark.get_visible()


def test_the_same_again_is_not_drawn_again(grid, monkeypatch):
    grid.update(ink_look(np.arange(15)))
    drawn = []
    monkeypatch.setattr(grid._kept, "changed", lambda: drawn.append(1))
    grid.update(ink_look(np.arange(15)), marked=(0, 0))
    assert drawn == []
    grid.update(ink_look(np.arange(15)[::-1]))
    assert drawn == [1]


@pytest.mark.parametrize(
    ("place", "cell"),
    [((20, 30), (0, 0)), ((219.9, 104.9), (2, 4)), ((61, 56), (1, 1)), ((19, 40), None), ((30, 106), None)],
)
def test_which_cell_is_where(grid, place, cell):
    assert grid.cell_at(*place) == cell


def test_places_are_measured_in_cells(grid):
    assert grid.place_at(40, 30 + 12.5) == (0.5, 0.5)
    assert grid.place_at(0, 30) == (-0.5, 0)


def test_a_table_of_counts_has_a_name_at_each_row_and_column():
    ax = style.new_figure(300, 200).add_axes((0, 0, 1, 1))
    as_page(ax)
    table = draw_count_table(ax, [[5, 0], [2, 7]], ["cat", "dog"], 60, 40, (50, 30))
    assert table.signs.texts == ["5", "", "2", "7"]
    at = {(text.get_text(), text.get_ha()): text.get_position() for text in ax.texts}
    assert at["dog", "right"] == (53, 85)
    assert at["dog", "center"] == (135, 30)
    assert table.cell_at(*np.add(at["dog", "right"], (10, 0))) == (1, 0)
    assert table.cell_at(*np.add(at["dog", "center"], (0, 12))) == (0, 1)
