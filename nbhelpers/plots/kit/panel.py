"""Places in CSS pixels: axes as an empty page for diagrams and grids, and panels with a heading and a line of words.

What stands in a panel is drawn by others, such as ``curve_point.py`` and ``bars.py``.
"""

import numpy as np
from matplotlib.transforms import BboxBase, ScaledTranslation

from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.style import PALETTE, PIXELS_PER_INCH

EDGE_TO_EDGE = "edge to edge"  # label of axes that need no margin where they alone fill a room
FIXED_SIZE = "fixed size"  # of axes whose words stand at places in pixels: where they alone are shown, the page scrolls
_HEADING, _WORDS = 35, 14  # how far above the panel they stand


# --- pages ------------------------------------------------------------------------------------------------------------


def as_page(ax):
    """Take frame, ticks and scales from axes, let x run right and y run down in CSS pixels, and return their size.

    Parameters
    ----------
    ax : matplotlib.axes.Axes

    Returns
    -------
    width, height : float
    """
    extent = ax.get_window_extent()
    width, height = np.array([extent.width, extent.height]) * PIXELS_PER_INCH / ax.figure.dpi
    ax.set(xlim=(0, width), ylim=(height, 0), autoscale_on=False)
    ax.set_axis_off()
    return float(width), float(height)


def points(pixels):
    """Return a font size or line width in matplotlib's points."""
    return pixels * 72 / PIXELS_PER_INCH


# --- panels -----------------------------------------------------------------------------------------------------------


def add_panel(figure, left, width, heading, xlabel="", top=64, bottom=46):
    """Add axes with a heading to a figure and return them.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    left, width : float
        Where the axes begin and how wide they are, in CSS pixels.
    heading : str
        Stands above them, at the left; a line of words fits between, see `add_words`.
    xlabel : str
    top, bottom : float
        How far the axes stay away from the borders of the figure.

    Returns
    -------
    matplotlib.axes.Axes
    """
    columns, rows = (inches * PIXELS_PER_INCH for inches in figure.get_size_inches())
    ax = figure.add_axes((left / columns, bottom / rows, width / columns, (rows - top - bottom) / rows))
    ax.set(xlabel=xlabel, autoscale_on=False, axisbelow=True)
    set_heading(ax, heading)
    ax.tick_params(length=3, labelsize=points(11))
    ax.grid(linewidth=0.6)
    return ax


def set_heading(ax, heading, above=_HEADING):
    """Give axes a heading, or another one, so many CSS pixels above them."""
    ax.set_title(heading, loc="left", pad=points(above - 6), size=points(13), weight="bold")


def add_words(ax, color="ink"):
    """Add an empty line of words between the heading and the axes, and return its `QuickText`."""
    place = {"transform": shifted(ax.transAxes, ax.figure, 0, _WORDS), "size": points(12)}
    return add_quick_text(ax, 0, 1, color=PALETTE[color], zorder=6, **place)


def shifted(transform, figure, right, up):
    """Return a transform that goes on by some CSS pixels to the right and upwards."""
    step = ScaledTranslation(right / PIXELS_PER_INCH, up / PIXELS_PER_INCH, figure.dpi_scale_trans)
    return transform + step


def box_around(ax, left=0, below=0, right=0, above=0):
    """Return the box of axes with so many CSS pixels around it, in pixels of the picture, wherever they stand."""
    return _BoxBeside(ax, left, below, right, above)


def box_below(ax, first, last, beside=0):
    """Return the box from `first` to `last` CSS pixels below axes, and `beside` wider on both sides, in pixels."""
    return _BoxBeside(ax, beside, last, beside, -first, is_line=True)


class _BoxBeside(BboxBase):
    """The box of axes, or its lower border, widened by CSS pixels and cut at the border of the figure.

    It is computed whenever it is asked for: the axes may be moved, and the figure be given another size.
    """

    def __init__(self, ax, left, below, right, above, is_line=False):
        super().__init__()
        self._ax, self._is_line = ax, is_line
        self._out = np.array([(-left, -below), (right, above)]) / PIXELS_PER_INCH

    def get_points(self):
        """Return the lower left and the upper right corner."""
        figure, points = self._ax.figure, self._ax.get_position().get_points()
        if self._is_line:
            points[1, 1] = points[0, 1]
        size = figure.get_size_inches()
        return figure.dpi * np.clip(points * size + self._out, 0, size)


def data_per_pixel(ax):
    """Return how much of the data a CSS pixel of linear axes stands for, horizontally and vertically."""
    box, page = ax.get_position(), ax.figure.get_size_inches() * PIXELS_PER_INCH
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    return (right - left) / (box.width * page[0]), (high - low) / (box.height * page[1])
