"""A kept figure whose moving artists are redrawn on a background that is drawn once. Matplotlib alone, no widgets.

Redrawing a whole figure takes tens of milliseconds, most of them for parts that never change. `Blit` draws those once
per resolution, copies the pixels, and for every frame puts them back and draws the moving artists on top.

Where there is little room, on a phone or for large letters, one panel of the figure at a time fills it.
"""

import contextlib
import math

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from nbhelpers.explorers.kit.small_room import depth_of_words, fitted, height_of_keys
from nbhelpers.plots.kit.kept import Kept
from nbhelpers.plots.kit.panel import EDGE_TO_EDGE, FIXED_SIZE
from nbhelpers.plots.style import PIXELS_PER_INCH

_MARGINS = 58, 46, 14, 56  # around a panel that fills the room: left, below, right, above, in CSS pixels
_BARE = 2, 2, 2, 2
_SLACK, _MOST_BESIDE = 1.2, 0.5  # words beside a panel may become longer; they take no more of the width than this
_LEAST_POINTS = 9  # of a text in a panel that fills the room: 12 CSS pixels
_ABOVE = 100
_A_PAGE = 0.9  # axes that take more of the figure than this are a page, which is not taken apart


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
    panels : list of list of matplotlib.axes.Axes
        What can fill a small room: axes that lie over each other are one panel. Empty where the figure is one page.
    """

    def __init__(self, figure, moving):
        self.figure = figure
        self._dpi = figure.dpi
        self._ground, self._ground_dpi = None, None  # pixels, and the resolution they were drawn at
        self._shown, self._home = None, (figure.get_size_inches().copy(), {ax: ax.get_position() for ax in figure.axes})
        self._given = {ax: ax.get_position(original=True) for ax in figure.axes}  # a square plane takes less of it
        self._small_texts, self._small_ticks = {}, {}
        self.panels = _panels(figure)
        self.moving = sorted(moving, key=lambda artist: artist.zorder)
        for k, artist in enumerate(self.moving):
            artist.set_animated(True)
            # where it is drawn: above all that stays, and above the moving one before it
            artist.set_zorder(artist.get_zorder() + _ABOVE + 1e-6 * k)

    @property
    def width(self):
        """In CSS pixels, whatever the resolution."""
        return round(float(self.figure.get_size_inches()[0]) * self._dpi)

    @property
    def height(self):
        """In CSS pixels, whatever the resolution."""
        return round(float(self.figure.get_size_inches()[1]) * self._dpi)

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
            self._draw_ground()
            self._ground = canvas.copy_from_bbox(self.figure.bbox)
            self._forget_kept()
        else:
            canvas.restore_region(self._ground)
        return self._draw_moving()

    def picture(self, ratio):
        """Draw as `frame` does, for a single time: at a high resolution what a frame keeps is much memory."""
        self._at_ratio(ratio)
        self._ground = None
        self._draw_ground()
        return self._draw_moving()

    def _draw_ground(self):
        with self.only_what_is_shown():
            self.figure.canvas.draw()

    def _forget_kept(self):
        """Kept pixels are copied with the background around their artists, which is another one now."""
        for artist in self.moving:
            if isinstance(artist, Kept):
                artist.changed()

    def _draw_moving(self):
        canvas = self.figure.canvas
        renderer = canvas.get_renderer()  # once: to ask for it takes almost as long as to draw a short text
        for artist in self.moving:
            if self.is_shown(artist.axes) and not _is_empty(artist):
                artist.draw(renderer)
        return np.asarray(canvas.buffer_rgba())

    # --- one panel ----------------------------------------------------------------------------------------------------

    def fill(self, panel=None, width=0, height=0):
        """Let one panel fill a room of this size in CSS pixels; without one, all of the figure as it was."""
        size, _ = self._home
        self._shown = None if panel is None else self.panels[panel]
        width, height = self._at_least(width, height)
        self.figure.set_size_inches(size if panel is None else (width / self._dpi, height / self._dpi))
        for ax, place in self._given.items():
            ax.set_position(place)
        self._enlarge_texts()
        if panel is not None:
            for _ in range(2):  # in a room of another size other ticks have names
                self.figure.draw_without_rendering()  # what stands beside axes is placed when it is drawn
                margins = self._margins(width)
                self._place(width, height, margins)
            below = height_of_keys(self.figure, self._shown) + depth_of_words(self._shown)
            if below:
                left, bottom, right, above = margins
                bottom += min(below * PIXELS_PER_INCH / self.figure.dpi, height / 3)
                self._place(width, height, (left, bottom, right, above))
        self._ground = None

    def _at_least(self, width, height):
        """The size of a room in which nothing is squeezed that cannot be."""
        fixed = [self._home[1][ax] for ax in self._shown or () if ax.get_label() == FIXED_SIZE]
        across, up = self._dpi * self._home[0]
        widths, heights = [place.width * across for place in fixed], [place.height * up for place in fixed]
        return math.ceil(max([width, *widths])), math.ceil(max([height, *heights]))

    def _place(self, width, height, margins):
        for ax in self._shown:
            ax.set_position(self._inside(self._home[1][ax], width, height, margins))
            ax.apply_aspect()  # a plane that stays square is narrower than its room

    def is_shown(self, axes):
        """Whether what belongs to these axes is in the picture."""
        return self._shown is None or axes in self._shown

    def design_place(self, x, y):
        """Return where a place of the picture, in CSS pixels from its upper left corner, lies in the whole figure.

        The answer is in pixels of the ``"screen"`` preset.
        """
        size, places = self._home
        scale = self._dpi / PIXELS_PER_INCH
        if self._shown is None:
            return x / scale, y / scale
        width, height = size * PIXELS_PER_INCH
        share = x / self.width, 1 - y / self.height
        ax = self._shown[0]
        now, home = ax.get_position(), places[ax]
        u = home.x0 + (share[0] - now.x0) / now.width * home.width
        v = home.y0 + (share[1] - now.y0) / now.height * home.height
        return u * width, (1 - v) * height

    def share_of(self, axes, x, y):
        """Return where a point in data coordinates lies: the share of the width from the left, and from the top."""
        across, up = axes.transData.transform((x, y)) / (self.figure.bbox.width, self.figure.bbox.height)
        return float(across), float(1 - up)

    def _margins(self, width):
        """What is kept free around a panel that fills a room: more where words stand beside it."""
        if all(ax.get_label() in (EDGE_TO_EDGE, FIXED_SIZE) for ax in self._shown):
            return _BARE
        words = np.array([self._beside(ax) for ax in self._shown]).max(axis=0)
        most = _MOST_BESIDE * width * PIXELS_PER_INCH / self._dpi
        left, right = np.minimum(np.maximum((_MARGINS[0], _MARGINS[2]), _SLACK * words), most)
        return left, _MARGINS[1], right, _MARGINS[3]

    def _beside(self, ax):
        """How far words reach out of axes, to the left and to the right, that stand beside them; in CSS pixels."""
        box, scale = ax.bbox, PIXELS_PER_INCH / self.figure.dpi
        words = [
            text.get_window_extent() for text in ax.findobj(Text) if text.get_visible() and text.get_text().strip()
        ]
        words = [each for each in words if each.y0 < box.y1 and each.y1 > box.y0]  # beside it, not above or below
        left = [box.x0 - each.x0 for each in words if each.x1 <= box.x0]
        right = [each.x1 - box.x1 for each in words if each.x0 >= box.x1]
        return scale * max(left, default=0), scale * max(right, default=0)

    def _inside(self, place, width, height, margins):
        """Where axes stand in the room, that stood at a place of the figure: the panel as a whole fills it."""
        left, below, right, above = (self._dpi / PIXELS_PER_INCH * margin for margin in margins)
        whole = Bbox.union([self._home[1][ax] for ax in self._shown])
        room = Bbox.from_extents(left / width, below / height, 1 - right / width, 1 - above / height)
        x = [room.x0 + (u - whole.x0) / whole.width * room.width for u in (place.x0, place.x1)]
        y = [room.y0 + (v - whole.y0) / whole.height * room.height for v in (place.y0, place.y1)]
        return Bbox.from_extents(x[0], y[0], x[1], y[1])

    def _enlarge_texts(self):
        """Small letters grow where one panel fills the room, and shrink again; at ticks that are yet to come, too."""
        for axis, points in self._small_ticks.items():
            axis.set_tick_params(labelsize=points)
        for text, points in self._small_texts.items():
            text.set_fontsize(points)
        axes = [axis for ax in self._shown or () for axis in (ax.xaxis, ax.yaxis)]
        sizes = {axis: axis.get_tick_params().get("labelsize", _LEAST_POINTS) for axis in axes}
        self._small_ticks = {axis: points for axis, points in sizes.items() if points < _LEAST_POINTS}
        names = {text: text.get_fontsize() for axis in self._small_ticks for text in axis.findobj(Text)}
        for axis in self._small_ticks:
            axis.set_tick_params(labelsize=_LEAST_POINTS)
        texts = {text: text.get_fontsize() for ax in self._shown or () for text in ax.findobj(Text)}
        self._small_texts = names | {text: points for text, points in texts.items() if points < _LEAST_POINTS}
        for text, points in self._small_texts.items():
            text.set_fontsize(max(points, _LEAST_POINTS))

    @contextlib.contextmanager
    def only_what_is_shown(self):
        """Inside the ``with`` block the other panels are hidden, and what does not fit the room stands elsewhere."""
        others = [ax for ax in self.figure.axes if ax.get_visible() and not self.is_shown(ax)]
        for ax in others:
            ax.set_visible(False)
        with fitted(self.figure, self._shown or []):
            yield
        for ax in others:
            ax.set_visible(True)

    def _at_ratio(self, ratio):
        dpi = self._dpi * ratio * (1 + 1e-9)  # sizes are cut down to whole pixels: 839.9999 must not become 839
        if dpi != self._ground_dpi:
            self.figure.set_dpi(dpi)
            self._ground, self._ground_dpi = None, dpi


def _panels(figure):
    """Axes that lie over each other are one panel."""
    panels = []
    for ax in figure.axes:
        place = ax.get_position()
        if place.width * place.height > _A_PAGE:
            return []
        over = [panel for panel in panels if any(_overlap(place, other.get_position()) for other in panel)]
        for panel in over:
            panels.remove(panel)
        panels.append([*(other for panel in over for other in panel), ax])
    return sorted(panels, key=lambda panel: round(min(ax.get_position().x0 for ax in panel), 1))


def _overlap(one, other):
    common = Bbox.intersection(one, other)
    return common is not None and common.width * common.height > 1e-6


def _is_empty(artist):
    """Whether there is nothing to draw; for a line without points Matplotlib takes a tenth of a millisecond."""
    return not artist.get_visible() or (isinstance(artist, Line2D) and len(artist.get_xdata()) == 0)
