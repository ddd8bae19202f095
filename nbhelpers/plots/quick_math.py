r"""An equation that is drawn many times a second: rendered once by matplotlib's mathtext, and kept as a small picture.

It takes the LaTeX of `nbhelpers.derivation`. What mathtext does not know of it is written in another way:
``\underbrace`` loses its brace and keeps its words.
"""

import functools
import re

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text

_DOUBLE_EXPONENT = re.compile(r"(\w\^\{[^{}]*\}_\{[^{}]*\})\^")
_BRACE = r"\underbrace{"


class QuickMath(Text):
    """An equation in LaTeX, without dollar signs, that begins at its position and is centered vertically on it.

    For any other backend than Agg, such as SVG or PDF, it is drawn as a plain `Text`.
    """

    def draw(self, renderer):  # noqa: D102  (an Artist's)
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
        elif self.get_visible() and self.get_text():
            size = renderer.points_to_pixels(self.get_fontsize())
            picture = _picture(self.get_text(), size, to_rgba(self.get_color()))
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
    return ax.add_artist(QuickMath(x, y, "", va="center", **look))


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
def _picture(text, size, color):
    """The equation in its color, upside down as Agg wants it, shape (rows, columns, 4)."""
    mask = np.asarray(_parser().parse(text, dpi=72 * size / _POINTS).image)
    picture = np.empty((*mask.shape, 4), np.uint8)
    picture[..., :3] = np.round(255 * np.array(color[:3]))
    picture[..., 3] = mask * color[3]
    return np.ascontiguousarray(picture[::-1])


_POINTS = 10  # matplotlib's own size, unless told; the resolution makes it larger or smaller


@functools.cache
def _warm_up():
    """Load mathtext and its fonts now, and not when the first equation is to appear."""
    _picture(r"$\frac{\partial J}{\partial W^{(1)}} \sigma \mathbf{1}$", 20, (0, 0, 0, 1))


@functools.cache
def _parser():
    return MathTextParser("agg")
