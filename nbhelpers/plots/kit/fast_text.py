r"""Words and equations that are drawn many times a second.

Matplotlib lays out and renders every letter anew for each frame: half a millisecond for ``0.43``, a frame's time for
twenty numbers. `QuickText` lets Pillow render the same font, and keeps the small picture of words that come back.
`QuickMath` keeps what matplotlib's mathtext has rendered. It takes the LaTeX of `nbhelpers.derivation`; what mathtext
does not know of it is written in another way: ``\underbrace`` loses its brace and keeps its words.
"""

import functools
import math
import re

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text
from PIL import Image, ImageDraw, ImageFont

_DIGIT = 0.73  # height of a digit, in font sizes
_LINE = 1.35  # from one line to the next, in font sizes
_MARGIN = 2
_DOUBLE_EXPONENT = re.compile(r"(\w\^\{[^{}]*\}_\{[^{}]*\})\^")
_BRACE = r"\underbrace{"
_POINTS = 10  # matplotlib's own size, unless told; the resolution makes it larger or smaller


# --- words ------------------------------------------------------------------------------------------------------------


class QuickText(Text):
    """One or more lines of plain, level text, whose digits are centered vertically on its position.

    It takes what `matplotlib.text.Text` takes; ``ha`` says where the position is horizontally, ``va`` is not looked at.
    It is clipped where it has a clip box and ``clip_on``. For any other backend than Agg, such as SVG or PDF, it is
    drawn as a plain `Text`.
    """

    def draw(self, renderer):  # noqa: D102  (an Artist's)
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
        elif self.get_visible() and self.get_text().strip():
            self._draw_picture(renderer)
        self.stale = False

    def get_window_extent(self, renderer=None, dpi=None):
        """Return its box in pixels of now: Matplotlib remembers a renderer, whose resolution may be another one."""
        canvas = self.figure.canvas
        if renderer is None and hasattr(canvas, "get_renderer"):
            renderer = canvas.get_renderer()
        return super().get_window_extent(renderer, dpi)

    def _draw_picture(self, renderer):
        size = renderer.points_to_pixels(self.get_fontsize())
        picture = _picture(self.get_text(), _font_file(self.get_fontproperties()), size, to_rgba(self.get_color()))
        x, y = self.get_transform().transform(self.get_unitless_position())
        if picture.shape[1] > renderer.width:  # one panel in a small room: smaller letters rather than half of them
            file, size = _font_file(self.get_fontproperties()), size * renderer.width / picture.shape[1]
            picture = _picture(self.get_text(), file, math.floor(size), to_rgba(self.get_color()))
        rows, columns, _ = picture.shape
        share = {"left": 0, "center": 0.5, "right": 1}[self.get_horizontalalignment()]
        left = x - share * columns
        if self.get_clip_on():
            gc = renderer.new_gc()
            gc.set_clip_rectangle(self.get_clip_box())
        else:
            gc, left = renderer.new_gc(), min(max(left, 0), max(0, renderer.width - columns))
        renderer.draw_image(gc, round(left), round(y - rows / 2), picture)
        gc.restore()


class QuickTexts(Artist):
    """Many short texts of one size, each centered on its own place: one artist, which draws them quicker still.

    Parameters
    ----------
    places : array_like, shape (n, 2)
        In data coordinates.
    size : float
        Of the letters, in points.
    color : color

    Attributes
    ----------
    texts : list of str
        To be set, one per place; "" draws nothing.
    colors : list of color
        One per place.
    """

    def __init__(self, places, size, color, zorder=6):
        super().__init__()
        self.texts, self.colors = [""] * len(places), [color] * len(places)
        self._places, self._font = np.reshape(places, (-1, 2)), FontProperties(size=size)
        self.set_zorder(zorder)

    def draw(self, renderer):  # noqa: D102  (an Artist's)
        if not self.get_visible():
            return
        draw = self._draw_pictures if isinstance(renderer, RendererAgg) else self._draw_plain
        draw(renderer)
        self.stale = False

    def _draw_pictures(self, renderer):
        size = renderer.points_to_pixels(self._font.get_size_in_points())
        file, gc = _font_file(self._font), renderer.new_gc()
        places = self.axes.transData.transform(self._places)
        for (x, y), text, color in zip(places.tolist(), self.texts, self.colors, strict=True):
            if text:
                picture = _picture(text, file, size, to_rgba(color))
                rows, columns, _ = picture.shape
                renderer.draw_image(gc, round(x - columns / 2), round(y - rows / 2), picture)
        gc.restore()

    def _draw_plain(self, renderer):
        for (x, y), text, color in zip(self._places, self.texts, self.colors, strict=True):
            plain = Text(x, y, text, color=color, ha="center", va="center", fontproperties=self._font)
            plain.set_figure(self.get_figure())
            plain.set_transform(self.axes.transData)
            plain.draw(renderer)


def add_quick_text(ax, x, y, text="", **look):
    """Add a `QuickText` to axes, at data coordinates, and return it; `look` as for ``ax.text``, which does not clip."""
    return ax.add_artist(QuickText(x, y, text, **{"clip_on": False, **look}))


@functools.lru_cache(maxsize=1024)
def _picture(text, font_file, size, color):
    """The text in its color, upside down as Agg wants it, shape (rows, columns, 4); its middle is the text's middle."""
    lines, font = text.split("\n"), _font(font_file, size)
    lengths = [font.getlength(line) for line in lines]
    step = round(_LINE * size)
    columns = 2 * _MARGIN + round(max(lengths))
    rows = step * (len(lines) - 1) + 2 * round(size)
    mask = Image.new("L", (columns, rows))
    baseline = rows / 2 - step * (len(lines) - 1) / 2 + _DIGIT * size / 2
    for k, (line, length) in enumerate(zip(lines, lengths, strict=True)):
        place = (round((columns - length) / 2), round(baseline + k * step))
        ImageDraw.Draw(mask).text(place, line, fill=255, font=font, anchor="ls")
    return _colored(np.asarray(mask), color)


def _colored(mask, color):
    picture = np.empty((*mask.shape, 4), np.uint8)
    picture[..., :3] = np.round(255 * np.array(color[:3]))
    picture[..., 3] = mask * color[3]
    return np.ascontiguousarray(picture[::-1])


@functools.lru_cache(maxsize=32)
def _font(font_file, size):
    return ImageFont.truetype(font_file, size, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=32)
def _font_file(properties):
    return findfont(properties)


# --- equations --------------------------------------------------------------------------------------------------------


class QuickMath(Text):
    """An equation in LaTeX, without dollar signs, that begins at its position and is centered vertically on it.

    For any other backend than Agg, such as SVG or PDF, it is drawn as a plain `Text`.
    """

    def draw(self, renderer):  # noqa: D102  (an Artist's)
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
        elif self.get_visible() and self.get_text():
            size = renderer.points_to_pixels(self.get_fontsize())
            picture = _equation(self.get_text(), size, to_rgba(self.get_color()))
            x, y = self.get_transform().transform(self.get_unitless_position())
            gc = renderer.new_gc()
            renderer.draw_image(gc, round(x), round(y - len(picture) / 2), picture)
            gc.restore()
        self.stale = False

    def show(self, latex):
        """Show another equation; "" shows none."""
        self.set_text(f"${as_mathtext(latex)}$" if latex else "")


def add_quick_math(ax, x, y, **look):
    """Add an empty `QuickMath` to axes, at data coordinates, and return it; `look` as for ``ax.text``."""
    _warm_up()
    return ax.add_artist(QuickMath(x, y, "", va="center", **{"clip_on": False, **look}))


def as_mathtext(latex):
    r"""Return LaTeX in the words that mathtext understands.

    Examples
    --------
    >>> print(as_mathtext(r"1 \text{ where } Z \gt 0"))
    1 \text{ where } Z > 0
    >>> print(as_mathtext(r"a^{(1)}_{1,1}^{2}"))
    {a^{(1)}_{1,1}}^{2}
    >>> print(as_mathtext(r"\underbrace{x_{1} + x_{2}}_{8 \text{ terms}}"))
    x_{1} + x_{2}\;\;[8 \text{ terms}]
    """
    latex = _DOUBLE_EXPONENT.sub(r"{\1}^", latex.replace(r"\gt", ">"))
    while _BRACE in latex:
        before, _, rest = latex.partition(_BRACE)
        body, rest = _closed(rest)
        words, rest = _closed(rest.removeprefix("_{"))
        latex = rf"{before}{body}\;\;[{words}]{rest}"
    return latex


def _closed(text):
    """Split behind an opened brace: what is inside, and what follows the closing one."""
    depth = 1
    for k, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0:
            return text[:k], text[k + 1 :]
    raise ValueError(f"a brace is not closed in {text!r}")


@functools.lru_cache(maxsize=128)
def _equation(text, size, color):
    """The equation in its color, upside down as Agg wants it, shape (rows, columns, 4)."""
    mask = np.asarray(_parser().parse(text, dpi=72 * size / _POINTS).image)
    picture = np.empty((*mask.shape, 4), np.uint8)
    picture[..., :3] = np.round(255 * np.array(color[:3]))
    picture[..., 3] = mask * color[3]
    return np.ascontiguousarray(picture[::-1])


@functools.cache
def _warm_up():
    """Load mathtext and its fonts now, and not when the first equation is to appear."""
    _equation(r"$\frac{\partial J}{\partial W^{(1)}} \sigma \mathbf{1}$", 20, (0, 0, 0, 1))


@functools.cache
def _parser():
    return MathTextParser("agg")
