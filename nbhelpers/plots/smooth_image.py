"""An image of few pixels that is blown up smoothly many times a second.

Matplotlib needs 30 ms to blow an image up to 700 pixels a side. `SmoothImage` lets Pillow do it in 3 ms.
"""

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.image import AxesImage
from PIL import Image

_BYTES = 4  # of a pixel


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
