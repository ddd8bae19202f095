"""The mistakes that a class made: a bar for each, as long as the number of students who made it."""

import numpy as np
from matplotlib.collections import PolyCollection

from nbhelpers.plots.kit.bars import rectangles, swatch
from nbhelpers.plots.kit.panel import as_page, points
from nbhelpers.plots.style import GRID, PALETTE

WIDTH, ROW = 760, 46
_LEFT, _RIGHT, _TOP = 14, 620, 12  # of the bars; behind them is room for a number


def height_for(count):
    """Return the height of the page for so many mistakes, in CSS pixels."""
    return 2 * _TOP + ROW * max(count, 1)


def draw_class_mistakes(ax, titles, counts, students):
    """Draw a bar for each mistake, its title above it and the number of students behind it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        All of a figure of `WIDTH` and `height_for` so many mistakes.
    titles : list of str
    counts : array_like, shape (k,)
        How many students made each.
    students : int
        How many there are: the length of the longest possible bar.

    Returns
    -------
    matplotlib.collections.PolyCollection
        The bars, from above.

    Raises
    ------
    ValueError
        If a mistake was made by more students than there are.

    Examples
    --------
    >>> from nbhelpers import style
    >>> ax = style.new_figure(WIDTH, height_for(2)).add_axes((0, 0, 1, 1))
    >>> bars = draw_class_mistakes(ax, ["The slope is missing", "1/d twice"], [12, 3], students=24)
    >>> [text.get_text() for text in ax.texts]
    ['The slope is missing', '12 of 24', '1/d twice', '3 of 24']
    """
    counts = np.asarray(counts, dtype=float)
    if (counts > students).any():
        raise ValueError(f"a mistake was made by {counts.max():g} students, but there are {students}")
    as_page(ax)
    tops = _TOP + ROW * np.arange(len(counts))
    ends = _LEFT + (_RIGHT - _LEFT) * counts / max(students, 1)
    for x in np.linspace(_LEFT, _RIGHT, 5):
        ax.plot([x, x], [_TOP / 2, _TOP * 1.5 + ROW * len(counts)], color=GRID, lw=0.7, ls="-", zorder=1)
    for title, top, end, count in zip(titles, tops, ends, counts, strict=True):
        look = {"va": "center", "zorder": 4, "color": PALETTE["ink"]}
        ground = {"bbox": {"fc": PALETTE["ground"], "ec": "none", "pad": 1}}
        ax.text(_LEFT, top + 10, title, size=points(13), **look, **ground)
        ax.text(end + 8, top + 30, f"{count:g} of {students}", size=points(13), weight="bold", **look)
    corners = rectangles(tops + 30, _LEFT, ends, 16, lying=True)
    return ax.add_collection(PolyCollection(corners, zorder=3, **swatch("positive", 0.8)), autolim=False)
