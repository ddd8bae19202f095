"""How a matrix is computed, in one panel: its equation, the line of NumPy, the shapes, and one entry in numbers."""

from textwrap import wrap as wrapped

from matplotlib.patches import FancyBboxPatch

from nbhelpers.plots.kit.fast_text import add_quick_math, add_quick_text
from nbhelpers.plots.kit.panel import points
from nbhelpers.plots.style import PALETTE

HEIGHT = 196
_LABELS = 78  # width of the column of labels
_LETTER = 7.23  # width of a letter of the typewriter, at 12 pixels
_LINES, _STEP = 4, 18  # of numbers
_MONO = {"family": "DejaVu Sans Mono", "size": points(12), "ha": "left", "zorder": 6}
_PLACES = {"equation": 28, "NumPy": 60, "shapes": 78, "numbers": 101, "check": 172}  # down to each, in pixels


class StoryPanel:
    """The artists of the panel.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    equation : nbhelpers.plots.kit.fast_text.QuickMath
    code, shapes : matplotlib.text.Text
    lines : list of matplotlib.text.Text
        The entry: its formula, the numbers put in, the value.
    check : matplotlib.text.Text
    labels : dict of str to matplotlib.text.Text
        What stands left of each; empty where there is nothing.
    """

    def __init__(self, ax, left, top, width):
        x = left + _LABELS
        self._letters = int((width - _LABELS - 12) / _LETTER)
        y = {name: top + down for name, down in _PLACES.items()}
        self.equation = add_quick_math(ax, x, y["equation"], size=points(15), color=PALETTE["ink"], zorder=6)
        self.code = add_quick_text(ax, x, y["NumPy"], color=PALETTE["ink"], **_MONO)
        self.shapes = add_quick_text(ax, x, y["shapes"], color=PALETTE["neutral"], **_MONO)
        places = [y["numbers"] + k * _STEP for k in range(_LINES)]
        self.lines = [add_quick_text(ax, x, place, color=PALETTE["ink"], **_MONO) for place in places]
        self.check = add_quick_text(ax, x, y["check"], color=PALETTE["ink"], **_MONO)
        look = {"size": points(11.5), "color": PALETTE["neutral"], "ha": "left", "zorder": 6}
        self.labels = {name: add_quick_text(ax, left + 12, y[name], **look) for name in _PLACES}
        self.moving = [self.equation, self.code, self.shapes, *self.lines, self.check, *self.labels.values()]

    def update(self, equation, code, shapes, name, lines, check):
        """Tell of another matrix, or of another entry.

        Parameters
        ----------
        equation : str
            LaTeX without dollar signs.
        code, shapes : str
            The line of NumPy, and the same with shapes instead of names.
        name : str
            Of the entry.
        lines : list of tuple of str
            What stands right of the name, as pairs of a sign and a text.
        check : str
            The same number found in another way; "" for none.
        """
        self.equation.show(equation.replace(r"\frac", r"\dfrac"))  # in large letters above and below the line
        self.code.set_text(code)
        self.check.set_text(_nicer(check))
        self.shapes.set_text(shapes)
        rows = told_in_rows(name, lines, self._letters)
        for text, row in zip(self.lines, _at_most(rows, _LINES), strict=True):
            text.set_text(row)
        for label, told in zip(self.labels, (equation, code, shapes, name, check), strict=True):
            self.labels[label].set_text(label if told else "")


def draw_story_panel(ax, left, top, width, hint):
    """Draw an empty panel on a page, `HEIGHT` pixels high with a `hint` below it, and return its `StoryPanel`."""
    look = {"facecolor": PALETTE["panel"], "edgecolor": "none", "zorder": 0}
    ax.add_patch(FancyBboxPatch((left, top), width, HEIGHT - 16, boxstyle="round,pad=0,rounding_size=8", **look))
    look = {"size": points(11), "color": PALETTE["neutral"], "va": "baseline", "zorder": 1}
    ax.text(left + 12, top + HEIGHT - 2, hint, **look)
    return StoryPanel(ax, left, top, width)


def told_in_rows(name, lines, letters):
    """Return an equation in rows of at most so many letters, with its equals signs below each other.

    Examples
    --------
    >>> told_in_rows("dW1[1,2]", [("=", "dZ1[1,1] * X[2,1]"), ("=", "-0.016 * 0.2"), ("≈", "-0.0032")], 60)
    ['dW1[1,2] = dZ1[1,1] · X[2,1]', '         = −0.016 · 0.2 ≈ −0.0032']
    """
    told = [f"{sign} {_nicer(text)}" for sign, text in lines]
    rows = [*told[:-2], " ".join(told[-2:])]  # the value stands behind the numbers that give it
    starts = [name, *[" " * len(name)] * (len(rows) - 1)]
    wrap = {"subsequent_indent": " " * (len(name) + 3), "break_long_words": False, "break_on_hyphens": False}
    full = [f"{start} {row}" for start, row in zip(starts, rows, strict=True)]
    return [part for row in full for part in wrapped(row, letters, **wrap)]


def _nicer(text):
    return text.replace(" * ", " · ").replace("**2", "²").replace("-", "−")


def _at_most(rows, count):
    rows = [*rows[: count - 1], rows[count - 1] + " …"] if len(rows) > count else rows
    return [*rows, *[""] * (count - len(rows))]
