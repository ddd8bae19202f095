"""Axes as an empty page, measured in CSS pixels: for diagrams and grids, which have places instead of scales."""

import numpy as np

from nbhelpers.style import PIXELS_PER_INCH


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
