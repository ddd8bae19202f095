"""Regions of the plane, quick enough for every frame: where values on a grid cross 0, and smooth colors of few pixels.

Matplotlib's contour lines, which have labels and styles, are made for pictures that stay, and it needs 30 ms to blow an
image up to 700 pixels a side. `SmoothImage` lets Pillow do it in 3 ms.
"""

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.image import AxesImage
from PIL import Image

_BYTES = 4  # of a pixel
_ROUNDING = 1e-12  # of the largest value; below it a sign is a matter of the processor


# --- boundaries -------------------------------------------------------------------------------------------------------


def zero_segments(x, y, values):
    """Return the pieces of the line on which values that are known on a grid are 0.

    Between two neighbors on the grid a value runs straight from the one to the other.

    Parameters
    ----------
    x : array_like, shape (columns,)
    y : array_like, shape (rows,)
    values : array_like, shape (rows, columns)

    Returns
    -------
    numpy.ndarray, shape (k, 2, 2)
        Begin and end of each piece; a piece crosses one cell of the grid.

    Examples
    --------
    >>> zero_segments([0, 1], [0, 1], [[-1, 1], [-1, 3]]).tolist()
    [[[0.5, 0.0], [0.25, 1.0]]]
    """
    x, y, values = (np.asarray(part, dtype=float) for part in (x, y, values))
    values = np.where(np.abs(values) < _ROUNDING * np.abs(values).max(), 0.0, values)
    across = _crossings(x[:-1], x[1:], values[:, :-1], values[:, 1:])  # on the edges that run from left to right
    up = _crossings(y[:-1, None], y[1:, None], values[:-1], values[1:])
    lower_left = _places(across, np.broadcast_to(y[:, None], across.shape))
    upright = _places(np.broadcast_to(x, up.shape), up)
    # around each cell: bottom, right, top, left
    around = np.stack([lower_left[:-1], upright[:, 1:], lower_left[1:], upright[:, :-1]], axis=2).reshape(-1, 4, 2)
    return _joined(around[~np.isnan(around).any(axis=2).all(axis=1)])


def as_line(segments):
    """Return x and y of one line through all pieces, with gaps of nan between them."""
    gaps = np.full((len(segments), 1, 2), np.nan)
    return np.concatenate([segments, gaps], axis=1).reshape(-1, 2).T


def _crossings(begin, end, first, last):
    """Where a value that runs from `first` to `last` is 0, between `begin` and `end`; nan where it is not."""
    crosses = (first < 0) != (last < 0)
    share = np.divide(first, first - last, out=np.full(crosses.shape, np.nan), where=crosses)
    return begin + share * (end - begin)


def _places(x, y):
    places = np.stack([x, y], axis=-1)
    places[np.isnan(places).any(axis=-1)] = np.nan
    return places


def _joined(around):
    """Pair the crossings around each cell: there are two, or four at a saddle, where neighbors are paired."""
    is_there = ~np.isnan(around[:, :, 0])
    simple = is_there.sum(axis=1) == 2
    pairs = around[simple][is_there[simple]].reshape(-1, 2, 2)
    return np.concatenate([pairs, around[~simple].reshape(-1, 2, 2)])


# --- colors -----------------------------------------------------------------------------------------------------------


class SmoothImage(AxesImage):
    """Colors at the points of a grid that reaches from border to border of its axes, and smoothly between them.

    For any other backend than Agg it is drawn as the image that it is.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        With linear scales.
    side : int
        Points of the grid, in both directions.
    """

    def __init__(self, ax, side, **look):
        super().__init__(ax, interpolation="bilinear", origin="lower", **look)
        self._side = side
        self.show_colors(np.ones((side, side, 3)))
        ax.add_image(self)

    def fit(self):
        """Reach from border to border of the axes, whose limits have changed."""
        (left, right), (low, high) = self.axes.get_xlim(), self.axes.get_ylim()
        x, y = ((end - begin) / (2 * (self._side - 1)) for begin, end in ((left, right), (low, high)))
        self.set_extent((left - x, right + x, low - y, high + y))

    def show_colors(self, colors):
        """Show other colors: red, green and blue from 0 to 1, shape (side, side, 3), from the lower left corner on."""
        pixels = np.full((self._side, self._side, _BYTES), 255, np.uint8)
        pixels[..., :3] = np.rint(255 * colors)
        self.set_data(pixels)

    def draw(self, renderer):  # noqa: D102  (an Artist's)
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
        elif self.get_visible():
            self._draw_blown_up(renderer)
        self.stale = False

    def _draw_blown_up(self, renderer):
        left, low, right, high = (round(float(edge)) for edge in self.axes.bbox.extents)
        inner = (0.5, 0.5, self._side - 0.5, self._side - 0.5)  # from the middle of the first pixel to that of the last
        small = Image.frombuffer("RGBX", (self._side, self._side), self.get_array().tobytes(), "raw", "RGBX", 0, 1)
        image = small.resize((right - left, high - low), Image.Resampling.BILINEAR, box=inner)
        gc = renderer.new_gc()
        renderer.draw_image(gc, left, low, np.array(image))
        gc.restore()
