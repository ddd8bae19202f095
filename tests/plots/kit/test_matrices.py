"""A matrix as a grid, and the forward pass in matrices: what stands in them, what is marked, and where a cell is."""

import numpy as np
import pytest
from drawn import redrawn
from sample_networks import sample

from nbhelpers import relu, softmax, style
from nbhelpers.explorers.kit.blit import Blit
from nbhelpers.plots.kit.matrices import cell_corners, cell_tint, draw_matrix
from nbhelpers.plots.kit.matrix_equations import draw_pass
from nbhelpers.plots.kit.network_diagram import size_for
from nbhelpers.plots.kit.panel import as_page


@pytest.fixture
def page():
    ax = style.new_figure(400, 200).add_axes((0, 0, 1, 1))
    assert as_page(ax) == (400, 200)
    return ax


def texts(matrix):
    return [number.get_text() for number in matrix.numbers]


def test_numbers_stand_in_their_cells_and_unknown_ones_are_blank(page):
    matrix = draw_matrix(page, "W", (2, 3), 20, 40)
    matrix.update(None)
    assert texts(matrix) == [""] * 6
    matrix.update([[1, -0.25, 0], [1e5, 0.1234, -3]])
    assert texts(matrix) == ["1.000", "−0.250", "0", "1.0e5", "0.123", "−3.000"]
    values = np.full((2, 3), None)
    values[1, 2] = 0.5
    matrix.update(values)
    assert texts(matrix) == ["", "", "", "", "", "0.500"]
    with pytest.raises(ValueError, match="reshape"):
        matrix.update([1, 2])


def test_name_and_shape_stand_beside_it(page):
    draw_matrix(page, "W⁽¹⁾", (2, 3), 20, 40)
    assert {text.get_text() for text in page.texts} == {"W⁽¹⁾", "(2, 3)"}


def test_marks_frame_their_cells(page):
    matrix = draw_matrix(page, "W", (2, 3), 20, 40, cell=(50, 20))
    matrix.update(np.zeros((2, 3)), marked=[(1, 2)], sources=[(0, 0), (0, 1)])
    (frame,) = matrix.marks.get_paths()
    assert frame.get_extents().extents.tolist() == [120, 60, 170, 80]
    assert len(matrix.sources.get_paths()) == 2
    matrix.update(np.zeros((2, 3)))
    assert not matrix.marks.get_paths()
    assert not matrix.sources.get_paths()


def test_every_cell_is_found_at_its_middle_and_none_beside_the_grid(page):
    matrix = draw_matrix(page, "W", (4, 3), 20, 40, cell=(50, 20))
    for entry in np.ndindex(4, 3):
        assert matrix.cell_at(*matrix.middle(*entry)) == entry
    for place in ((19, 50), (171, 50), (30, 39), (30, 121)):
        assert matrix.cell_at(*place) is None


def test_cells_are_as_in_the_array():
    corners = cell_corners((2, 3), 10, 20, (50, 30))
    assert corners.shape == (6, 4, 2)
    assert corners[5].min(axis=0).tolist() == [110, 50]


def test_the_tint_says_the_sign_and_the_size():
    blue, orange = cell_tint(0.5), cell_tint(-0.5)
    assert blue[2] > blue[0]
    assert orange[0] > orange[2]
    assert sum(cell_tint(5.0)) < sum(blue) < sum(cell_tint(0)) == 3
    assert cell_tint(float("nan")) == cell_tint(0)


@pytest.mark.parametrize("ratio", [1, 1.5, 2])
def test_kept_pixels_are_those_of_a_full_redraw(ratio):
    network, X, _ = sample([3, 4, 2], relu, softmax, d=1)
    figure = style.new_figure(*size_for(network.sizes))
    view = draw_pass(figure.add_axes((0, 0, 1, 1)), network.sizes, ["relu", "softmax"])
    blit = Blit(figure, view.moving)
    for k in range(6):
        moved = network.with_parameters(W1=network.W[1] + (k % 3))
        forward = moved.forward(X)
        view.update(moved.W, moved.b, forward.Z, forward.A, ("W", 1, k % 4, k % 3))
        np.testing.assert_array_equal(blit.frame(ratio).copy(), redrawn(figure, view.moving))


SIZES = [[1, 1], [2, 2, 1], [3, 4, 2], [6, 8, 6], [2, 3, 3, 3, 3, 3, 2], [8] * 7]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_every_pass_fits_on_its_page_without_overlap(sizes):
    figure = style.new_figure(*size_for(sizes))
    view = draw_pass(figure.add_axes((0, 0, 1, 1)), sizes, ["sigmoid"] * (len(sizes) - 1))
    boxes = [m.box for column in (view.W, view.before, view.b, view.Z, view.A) for m in column[1:]]
    width, height = size_for(sizes)
    for k, (left, top, right, bottom) in enumerate(boxes):
        assert min(left, top - 20) >= 0
        assert right <= width
        assert bottom + 18 <= height
        for other in boxes[:k]:
            assert right + 12 <= other[0] or other[2] + 12 <= left or bottom + 30 <= other[1] or other[3] + 30 <= top


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_numbers_fit_into_their_cells(sizes):
    figure = style.new_figure(*size_for(sizes))
    view = draw_pass(figure.add_axes((0, 0, 1, 1)), sizes, ["sigmoid"] * (len(sizes) - 1))
    matrix = view.W[1]
    matrix.update(np.full(matrix.shape, -0.8888))
    left, _, right, _ = matrix.box
    figure.canvas.draw()
    assert matrix.numbers[0].get_window_extent().width <= (right - left) / matrix.shape[1]
