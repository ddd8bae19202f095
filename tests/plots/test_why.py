"""All matrices of a pass as grids: on the page, apart from each other, and to be walked through with arrows."""

import itertools

import pytest

from nbhelpers import style
from nbhelpers.plots.kit.panel import as_page
from nbhelpers.plots.why import Grid, draw_pass_grids, grids_height

WIDTH = 976


def grid(name, rows, columns, begins=False):
    addresses = tuple(f"{name}[{j},{i}]" for j in range(1, rows + 1) for i in range(1, columns + 1))
    return Grid(name, (rows, columns), f"({rows}, {columns})", addresses, begins)


def stacks_of(sizes, d):
    stacks = [[grid("X", sizes[0], d)]]
    for l in range(1, len(sizes)):
        h, n = sizes[l], sizes[l - 1]
        stacks += [[grid(f"W{l}", h, n, True), grid(f"dW{l}", h, n)], [grid(f"Z{l}", h, d), grid(f"dZ{l}", h, d)]]
    return stacks


def drawn(stacks):
    figure = style.new_figure(1000, grids_height(stacks, WIDTH) + 20)
    ax = figure.add_axes((0, 0, 1, 1))
    as_page(ax)
    return draw_pass_grids(ax, stacks, 12, 10, WIDTH)


@pytest.mark.parametrize(("sizes", "d"), [([1, 1], 1), ([2, 2, 1], 1), ([3, 4, 2], 5), ([4, 5, 6, 3], 6)])
def test_grids_stand_on_the_page_and_apart(sizes, d):
    stacks = stacks_of(sizes, d)
    grids = drawn(stacks)
    assert list(grids.numbers.boxes) == [name for stack in stacks for one in stack for name in one.addresses]
    for left, top, width, height in grids.numbers.boxes.values():
        assert left >= 11.9
        assert left + width <= 12 + WIDTH + 0.1
        assert 10 <= top <= top + height <= 10 + grids_height(stacks, WIDTH)
    for a, b in itertools.combinations(grids.numbers.boxes.values(), 2):
        assert (
            a[0] + a[2] <= b[0] + 0.1
            or b[0] + b[2] <= a[0] + 0.1
            or a[1] + a[3] <= b[1] + 0.1
            or b[1] + b[3] <= a[1] + 0.1
        )


def test_numbers_fit_into_their_cells():
    grids = drawn(stacks_of([3, 4, 2], 5))
    names = list(grids.numbers.boxes)
    values = dict(zip(names, itertools.cycle([-0.00048, -12345.6, 0, 1e-9, -0.5]), strict=False))
    grids.update(values, names[0], names[1:3])
    for name, text in grids.numbers.written.items():
        assert 6.4 * len(text) <= grids.numbers.boxes[name][2] + 3, text
    assert len(grids.numbers.sources.get_paths()) == 2


def test_arrows_walk_within_a_matrix_and_to_the_next():
    grids = drawn(stacks_of([2, 2, 1], 1))
    assert grids.neighbor("W1[1,1]", 1, 0) == "W1[1,2]"
    assert grids.neighbor("W1[1,1]", 0, 1) == "W1[2,1]"
    assert grids.neighbor("W1[2,1]", 0, 1) == "dW1[1,1]"
    assert grids.neighbor("W1[1,2]", 1, 0) == "Z1[1,1]"
    assert grids.neighbor("W1[1,1]", -1, 0) == "X[1,1]"
    assert grids.neighbor("X[1,1]", 0, -1) == "X[1,1]", "there is nothing above"


def test_every_entry_is_reached_by_arrows():
    grids = drawn(stacks_of([3, 4, 2], 5))
    reached, ahead = set(), ["X[1,1]"]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [grids.neighbor(name, *way) for way in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    assert reached == set(grids.numbers.boxes)


def test_too_many_numbers_are_refused():
    with pytest.raises(ValueError, match="numbers: that is too many to be shown as grids"):
        grids_height(stacks_of([8, 8, 8, 8], 40), WIDTH)
