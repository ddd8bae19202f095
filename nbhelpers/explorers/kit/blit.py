"""A kept figure whose moving artists are redrawn on a background that is drawn once. Matplotlib alone, no widgets.

Redrawing a whole figure takes tens of milliseconds, most of them for parts that never change. `Blit` draws those once
per resolution, copies the pixels, and for every frame puts them back and draws the moving artists on top.
"""

import numpy as np
from matplotlib.lines import Line2D


class Blit:
    """A figure, drawn frame by frame.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        With a `FigureCanvasAgg`, as `nbhelpers.plots.style.new_figure` makes it.
    moving : list of matplotlib.artist.Artist
        Artists of this figure that change from frame to frame. They are drawn above all others.

    Attributes
    ----------
    width, height : int
        The size in CSS pixels, whatever the resolution.
    """

    def __init__(self, figure, moving):
        self.figure = figure
        self._dpi = figure.dpi
        self._ground, self._ground_dpi = None, None  # pixels, and the resolution they were drawn at
        self.width, self.height = (round(float(inches) * self._dpi) for inches in figure.get_size_inches())
        self.moving = sorted(moving, key=lambda artist: artist.zorder)
        for artist in self.moving:
            artist.set_animated(True)

    def redraw_ground(self):
        """Let the next frame begin with a fresh background: something that stays otherwise has changed."""
        self._ground = None

    def frame(self, ratio=1.0):
        """Draw a frame and return its pixels.

        Parameters
        ----------
        ratio : float
            Pixels of the picture per CSS pixel.

        Returns
        -------
        numpy.ndarray of uint8, shape (rows, columns, 4)
            Red, green, blue, opacity. It is overwritten by the next frame.
        """
        self._at_ratio(ratio)
        canvas = self.figure.canvas
        if self._ground is None:
            canvas.draw()
            self._ground = canvas.copy_from_bbox(self.figure.bbox)
        canvas.restore_region(self._ground)
        renderer = canvas.get_renderer()  # once: to ask for it takes almost as long as to draw a short text
        for artist in self.moving:
            if not _is_empty(artist):
                artist.draw(renderer)
        return np.asarray(canvas.buffer_rgba())

    def _at_ratio(self, ratio):
        dpi = self._dpi * ratio * (1 + 1e-9)  # sizes are cut down to whole pixels: 839.9999 must not become 839
        if dpi != self._ground_dpi:
            self.figure.set_dpi(dpi)
            self._ground, self._ground_dpi = None, dpi


def _is_empty(artist):
    """Whether there is nothing to draw; for a line without points Matplotlib takes a tenth of a millisecond."""
    return not artist.get_visible() or (isinstance(artist, Line2D) and len(artist.get_xdata()) == 0)
