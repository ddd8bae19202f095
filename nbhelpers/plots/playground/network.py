"""The network of the playground: each unit a small plane with what it gives there, each edge a weight.

Blue is above 0 and orange below it, for units and weights alike; a negative weight is dashed, a large one thick.
"""

from itertools import pairwise

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from PIL import Image

from nbhelpers.numbers_as_text import short
from nbhelpers.plots.decision_regions import two_hues
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.network_diagram import DASHED, edge_widths
from nbhelpers.plots.kit.panel import EDGE_TO_EDGE, as_page, points, shifted
from nbhelpers.plots.style import PALETTE, PIXELS_PER_INCH

_EVERY = 3  # places of the plane for a pixel of a thumbnail
_TOP, _BOTTOM, _LEFT, _RIGHT = 30, 32, 58, 28  # around the middles of the thumbnails
_LARGEST, _PITCH, _NARROW = 42, 62, 0.52  # a side; from unit to unit; of the way from layer to layer
_INK = np.array([31, 35, 40, 255], np.uint8)
_SCALE = 0.75  # of the widths of a diagram's edges
_MOST_INPUTS, _MOST_COLUMNS = 7, 6
_CAPTION = 58  # the width of "layer 1", with some room
_NEAR = 7  # CSS pixels from an edge


class NetworkPicture:
    """The artists of the network.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    centers : list of numpy.ndarray
        Per layer, from the inputs on, where its units stand, shape (h, 2), in CSS pixels of the axes.
    edges : list of matplotlib.collections.LineCollection
        The weights above 0, and those below; of each: the weights into layer 1, row by row, then those into layer 2, …
    thumbnails : Thumbnails
    value : matplotlib.text.Text
        The weight that is marked, with its name.
    """

    def __init__(self, ax):
        self.ax = ax
        self.width, self.height = as_page(ax)
        ax.set_label(EDGE_TO_EDGE)
        self.centers, self.side, self._sizes = [], _LARGEST, []
        self._weights, self._unit, self._mark = np.empty(0), None, None
        (self._halo,) = ax.plot([], [], color=PALETTE["highlight"], solid_capstyle="round", zorder=2)
        looks = (("positive", "solid"), ("negative", DASHED))  # a collection of one look is drawn much sooner
        self.edges = [LineCollection([], colors=PALETTE[hue], linestyles=[ls], zorder=3) for hue, ls in looks]
        for edges in self.edges:
            ax.add_collection(edges, autolim=False)
        self._ring = ax.add_patch(Rectangle((0, 0), 0, 0, color=PALETTE["highlight"], zorder=4))
        self.thumbnails = Thumbnails(ax, zorder=5)
        look = {"fc": PALETTE["highlight"], "ec": PALETTE["ink"], "lw": 0.6}
        self._plate = ax.add_patch(Rectangle((0, 0), 0, 0, zorder=6, **look))
        look = {"size": points(11.5), "color": PALETTE["ink"], "zorder": 7}
        self.value = add_quick_text(ax, 0, 0, ha="center", **look)
        self._inputs = [add_quick_text(ax, 0, 0, ha="right", **look) for _ in range(_MOST_INPUTS)]
        self._captions = [add_quick_text(ax, 0, 0, ha="center", weight="bold", **look) for _ in range(_MOST_COLUMNS)]
        texts = [*self._inputs, *self._captions]
        for x, text in ((0, "blue +"), (1, "orange −")):  # at the corners, whatever the size of the axes
            corner = shifted(ax.transAxes, ax.figure, 4 - 8 * x, 15)
            add_quick_text(ax, x, 0, text, ha="right" if x else "left", transform=corner, **look)
        fit = _BeforeDrawing(ax, self._fit)
        self.moving = [fit, self._halo, *self.edges, self._ring, self.thumbnails, *texts, self._plate, self.value]

    # --- where everything stands ----------------------------------------------------------------------------------

    def show_network(self, sizes, inputs):
        """Show another network: its sizes, features first, and the names of its inputs."""
        self._sizes = sizes
        _write(self._inputs, inputs)
        self._place()

    def _fit(self):
        """Fill the axes, which may have another size than when the picture was laid out."""
        box, scale = self.ax.bbox, PIXELS_PER_INCH / self.ax.figure.dpi
        size = round(box.width * scale), round(box.height * scale)
        if size != (round(self.width), round(self.height)):
            self.width, self.height = size
            self.ax.set(xlim=(0, self.width), ylim=(self.height, 0))
            self._place()
            self._show()

    def _place(self):
        most = max(self._sizes)
        columns = np.linspace(_LEFT, self.width - _RIGHT, len(self._sizes))
        self.centers = [self._column(x, h, most) for x, h in zip(columns, self._sizes, strict=True)]
        self.side = min(_LARGEST, 0.82 * self._pitch(most), _NARROW * (columns[1] - columns[0]))
        self.thumbnails.side, self.thumbnails.places = self.side, np.concatenate(self.centers)
        pairs = pairwise(self.centers)
        self._ends = np.array([(source, target) for below, here in pairs for target in here for source in below])
        self._signs = None
        for text, place in zip(self._inputs, self.centers[0], strict=False):
            text.set_position(place - [self.side / 2 + 5, 0])
        layer = "layer " if columns[1] - columns[0] > _CAPTION else ""  # on a phone the number alone
        _write(self._captions, ["inputs", *(f"{layer}{l}" for l in range(1, len(columns) - 1)), "output"])
        for text, x in zip(self._captions, columns, strict=False):
            text.set_position((x, 16))
        self.value.set_position((self.width / 2, self.height - 15))

    def _pitch(self, most):
        return min(_PITCH, (self.height - _TOP - _BOTTOM) / most)

    def _column(self, x, h, most):
        middle = _TOP + (self.height - _TOP - _BOTTOM) / 2
        pitch = self._pitch(max(h, 0.75 * most))
        return np.column_stack([np.full(h, x), middle + pitch * (np.arange(h) - (h - 1) / 2)])

    # --- what it shows --------------------------------------------------------------------------------------------

    def update(self, W, colors, unit, mark):
        """Show other numbers.

        Parameters
        ----------
        W : sequence of numpy.ndarray
            The weights by layer number; empty where there are no numbers.
        colors : list of numpy.ndarray
            Per layer what its units give, as `colors_of` returns it.
        unit : tuple or None
            The unit that is looked at: its layer, and its number from 0.
        mark : tuple or None
            The number that is spoken of: its name, its value, its layer, its unit, and the unit that a weight comes
            from; None for a bias.
        """
        self.thumbnails.show(colors)
        self._weights = np.concatenate([M.ravel() for M in W[1:]]) if W else np.zeros(len(self._ends))
        self._unit, self._mark = unit, mark
        self._show()

    def _show(self):
        scale = _SCALE * max(0.4, self.side / _LARGEST)
        signs = np.sign(self._weights)
        is_new = not np.array_equal(signs, self._signs)  # most often the same: then the lines stay where they are
        self._signs = signs
        for edges, sign in zip(self.edges, (1, -1), strict=True):
            if is_new:
                edges.set_segments(self._ends[signs == sign])
            edges.set_linewidths(scale * edge_widths(self._weights[signs == sign]))
        self._ring.set_visible(self._unit is not None)
        if self._unit is not None:
            l, j = self._unit
            self._ring.set_bounds(*(self.centers[l][j] - 0.6 * self.side), *[1.2 * self.side] * 2)
        self._show_mark()

    def _show_mark(self):
        name, value, l, j, i = self._mark or ("", 0.0, 0, 0, None)
        ends = [self.centers[l - 1][i], self.centers[l][j]] if i is not None else np.empty((0, 2))
        self._halo.set_data(*np.array(ends).T)
        self._halo.set_linewidth(points(max(4, 0.22 * self.side)))
        self.value.set_text(f"{name} = {short(value)}" if name else "")
        self._plate.set_visible(bool(name))
        half = 6 + 3.8 * len(self.value.get_text()) * self.value.get_fontsize() / points(11.5)
        self._plate.set_bounds(self.width / 2 - half, self.height - 25, 2 * half, 20)

    # --- what is clicked on ---------------------------------------------------------------------------------------

    def unit_at(self, across, down):
        """Return the layer and the number, from 0, of the unit at these shares of the axes, or None."""
        x, y = across * self.width, down * self.height
        for l, centers in enumerate(self.centers):
            away = np.abs(centers - [x, y]).max(axis=1)
            if away.min() <= self.side / 2 + 2:
                return l, int(away.argmin())
        return None

    def edge_at(self, across, down):
        """Return the layer of the weight whose edge runs by there, and the units j, i that it joins, or None."""
        x, y = across * self.width, down * self.height
        best = None
        for l in range(1, len(self.centers)):
            below, here = self.centers[l - 1], self.centers[l]
            share = (x - below[0, 0]) / (here[0, 0] - below[0, 0])
            if not 0 < share < 1:
                continue
            heights = (1 - share) * below[None, :, 1] + share * here[:, None, 1]
            away = np.abs(heights - y)
            j, i = np.unravel_index(away.argmin(), away.shape)
            best = (l, int(j), int(i)) if away[j, i] <= _NEAR else None
        return best


def _write(texts, words):
    for k, text in enumerate(texts):
        text.set_text(words[k] if k < len(words) else "")


class _BeforeDrawing(Artist):
    """Calls a function before the others of its axes are drawn."""

    def __init__(self, ax, action):
        super().__init__()
        self._action = action
        self.set_zorder(0)
        ax.add_artist(self)

    def draw(self, renderer):
        self._action()
        self.stale = False


class Thumbnails(Artist):
    """Small square pictures with a frame, all drawn by one artist.

    Attributes
    ----------
    places : numpy.ndarray, shape (k, 2)
        Their middles in data coordinates.
    side : float
        In data coordinates; where the axes are stretched, the smaller of the two sides that come of it is both.
    colors : list of numpy.ndarray of uint8, shape (h, pixels, pixels, 4)
        From the lower left corner on.
    """

    def __init__(self, ax, zorder):
        super().__init__()
        self.places, self.side, self.colors = np.empty((0, 2)), 0.0, []
        self.set_zorder(zorder)
        ax.add_artist(self)

    def show(self, colors):
        """Show other colors, as `colors_of` gives them, layer by layer."""
        self.colors = [np.rint(255 * part).astype(np.uint8) for part in colors]
        self.stale = True

    def draw(self, renderer):  # noqa: D102  (an Artist's)
        if self.get_visible() and self.colors:
            scale = np.abs(np.diag(self.axes.transData.get_matrix())[:2]).min()
            pixels = max(4, round(self.side * scale))
            gc = renderer.new_gc()
            images = (image for part in self.colors for image in part)
            for image, place in zip(images, self.axes.transData.transform(self.places), strict=True):
                left, low = np.rint(place - pixels / 2).astype(int)
                renderer.draw_image(gc, left, low, _framed(image, pixels))
            gc.restore()
        self.stale = False


def _framed(image, pixels):
    """A picture of so many pixels a side, with a border."""
    out = np.empty((pixels, pixels, 4), np.uint8)
    out[..., :3] = np.asarray(Image.fromarray(image).resize((pixels, pixels), Image.Resampling.BILINEAR))
    out[..., 3] = 255
    width = max(1, pixels // 40)
    out[:width] = out[-width:] = out[:, :width] = out[:, -width:] = _INK
    return out


def shares(values, limits=None):
    """Return values from `limits`, low and high, as numbers from −1 to 1; without limits the largest sets the scale.

    Parameters
    ----------
    values : numpy.ndarray, shape (h, places)
    limits : tuple of float, optional
    """
    if limits is None:
        return values / np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-12)
    low, high = limits
    return (2 * values - low - high) / (high - low)


def colors_of(values, limits=None, hues=None):
    """Return the colors of the units of a layer, shape (h, pixels, pixels, 3).

    Parameters
    ----------
    values : numpy.ndarray, shape (h, side²)
        What they give at the places of a square grid in the plane; every third of them is a pixel.
    limits : tuple of float, optional
        See `shares`.
    hues : sequence of str, optional
        A color per unit, which is the stronger the larger its value: for probabilities of classes.
    """
    side = round(values.shape[1] ** 0.5)
    values = values.reshape(len(values), side, side)[:, 1::_EVERY, 1::_EVERY]
    if hues is not None:
        paleness = 1 - np.array([to_rgb(PALETTE[hue]) for hue in hues[: len(values)]])
        return 1 - 0.6 * values[..., None] * paleness[:, None, None]
    pixels = values.shape[1]
    return two_hues(shares(values.reshape(len(values), -1), limits)).reshape(len(values), pixels, pixels, 3)
