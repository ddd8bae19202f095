"""Drawn digits: as text and back, and a pen whose ink is counted here dot by dot."""

from itertools import pairwise

import numpy as np
import pytest

from nbhelpers.experiments import drawn_digits
from nbhelpers.experiments.drawn_digits import BLANK, covered, from_text, to_text, with_level, with_line


def some_ink(seed=0):
    return np.random.default_rng(seed).integers(0, 17, (8, 8))


def distance(point, begin, end):
    """From a point to a segment."""
    way = end - begin
    length = (way**2).sum()
    share = np.clip(((point - begin) @ way) / length, 0, 1) if length else 0
    return np.linalg.norm(point - begin - share * way)


def counted(points, radius):
    """The share of inked dots per cell, one dot at a time."""
    points = [np.array(point, dtype=float) for point in points]
    segments = list(pairwise(points)) or [(points[0], points[0])]
    share = np.zeros((8, 8))
    for row, column in np.ndindex(32, 32):
        dot = np.array([(column + 0.5) / 4, (row + 0.5) / 4])
        share[row // 4, column // 4] += min(distance(dot, *segment) for segment in segments) <= radius
    return share / 16


@pytest.mark.parametrize("seed", range(5))
def test_text_goes_round(seed):
    ink = some_ink(seed)
    np.testing.assert_array_equal(from_text(to_text(ink)), ink)


def test_the_text_of_a_blank_grid():
    assert to_text(np.zeros((8, 8), dtype=int)) == BLANK
    assert not from_text(BLANK).any()


@pytest.mark.parametrize(
    "text", ["", "nonsense", BLANK[:-1], BLANK + ".", BLANK.replace(".", "h"), BLANK + "/........"]
)
def test_what_is_no_digit_is_said(text):
    with pytest.raises(ValueError, match="is not a drawn digit"):
        from_text(text)


@pytest.mark.parametrize(
    "points",
    [[(4, 4)], [(0.3, 7.9)], [(1, 1), (6.5, 1.5)], [(2, 7), (5, 0.5), (6, 6)], [(-3, 4), (12, 4.4)], [(3, 3), (3, 3)]],
)
@pytest.mark.parametrize("radius", [0.5, drawn_digits.RADIUS, 1.2])
def test_the_pen_inks_the_dots_that_are_near_its_line(points, radius):
    # a dot right at the border may fall to either side: the line is followed in small steps
    shares = [counted(points, radius + slack) for slack in (-0.02, 0.02)]
    got = covered(points, radius)
    assert (shares[0] <= got + 1e-12).all()
    assert (got <= shares[1] + 1e-12).all()


def test_a_line_adds_ink_and_never_takes_any():
    ink = some_ink()
    after = with_line(ink, [(1, 1), (7, 7)], level=16)
    assert (after >= ink).all()
    assert (after[np.arange(1, 7), np.arange(1, 7)] == 16).all()
    assert with_line(np.zeros((8, 8), int), [(1, 1), (7, 7)], level=5).max() == 5


def test_an_eraser_blanks_what_it_covers():
    after = with_line(np.full((8, 8), 9), [(0, 3.5), (8, 3.5)], level=0)
    assert (after[3] == 0).all()
    assert (np.delete(after, 3, axis=0) == 9).all()


def test_one_cell_is_set():
    ink = some_ink()
    after = with_level(ink, 2, 5, 7)
    assert after[2, 5] == 7
    assert (after != ink).sum() <= 1
