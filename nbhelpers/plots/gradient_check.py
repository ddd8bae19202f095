"""A gradient check: the error of a difference quotient over its step h, and the verdict as a small table.

The error is a U on logarithmic scales, whose two branches have their names. Above the table one derivative is computed
in three ways. What `show_errors` and `show_verdicts` set stays for long; `update` moves h and the numbers.
"""

import textwrap

import numpy as np
from matplotlib.patheffects import withStroke

from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import FIXED_SIZE, as_page
from nbhelpers.plots.kit.panel import points as in_points
from nbhelpers.plots.style import PALETTE, mixed

_LOW, _HIGH = 1e-14, 20.0
_STUCK = 1e-3  # a curve that never falls below this has no branches to name
_KINDS = {"forward": ("second", (0, (5, 2)), "o", 13), "central": ("first", "-", "s", 9)}
_WRONG = "no h makes the error small:\nthe derivative itself is wrong"
_NOTHING = "no curve:\nthe gradient does not have the parameter's shape"
_CURVE_OF = {"rounding": "central", "forward": "forward", "central": "central", "other": "other"}
_LEFT, _RIGHT = {"ha": "left", "va": "bottom"}, {"ha": "right", "va": "top"}
_THIN = {"color": PALETTE["neutral"], "ha": "left"}
_PLACES = {
    "float64": {
        "rounding": ((1.5e-12,), 2.5, _LEFT),
        "forward": ((1.4e-5,), 0.35, {"ha": "left", "va": "top"}),
        "central": ((3e-3, 0.7), 0.25, _RIGHT),
        "other": ((1e-15, 1.2e-15), 1.6, {"text": "float32", "va": "bottom", **_THIN}),
    },
    "float32": {
        "rounding": ((3e-6,), 0.3, _RIGHT),
        "forward": ((1.0, 0.7), 1.4, {"ha": "right", "va": "bottom"}),
        "central": ((5e-2, 0.7), 0.05, _RIGHT),
        "other": ((1e-15, 1.2e-15), 2e-5, {"text": "float64", "va": "center", **_THIN}),
    },
}
_WORDS = {
    "rounding": "rounding: error ∝ ε/h",
    "forward": "truncation:\nerror ∝ h",
    "central": "truncation:\nerror ∝ h²",
    "other": "",
    "stuck": "",
}
MAX_BLOCKS = 12
_COLUMNS = (12, 84, 200)  # where they begin: block, verdict, relative error
_TOP, _ROW = 178, 21
_LAST, _LETTERS = 360, 44  # down to where code may begin, and how many letters fit beside each other
_SIGNS = {"right": ("✓", "right"), "undecided": ("?", "neutral")}


# --- the curve --------------------------------------------------------------------------------------------------------


class ErrorCurve:
    """The artists of the curves; made by `draw_error_curve`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    curves, others : dict of str to matplotlib.lines.Line2D
        "forward" and "central", and the same in the other precision, thin; they belong to the ground.
    names : dict of str to matplotlib.text.Text
        "rounding", "forward", "central", "other", "stuck": what the branches are called; they belong to the ground.
    line : matplotlib.lines.Line2D
        Where h is.
    marks : dict of str to matplotlib.lines.Line2D
        The chosen h on both curves.
    live_only, stored_only : list of matplotlib.artist.Artist
        What was measured, which rounding makes another on another machine; and smooth curves that stand for it.
    """

    def __init__(self, ax):
        self.ax = ax
        self.others = {kind: _curve(ax, kind, 0.9, PALETTE["neutral"], 2) for kind in _KINDS}
        self.curves = {kind: _curve(ax, kind, 2.2, PALETTE[look[0]], 3) for kind, look in _KINDS.items()}
        self._laws = {kind: _curve(ax, kind, 2.2, PALETTE[look[0]], 3) for kind, look in _KINDS.items()}
        self._other_laws = {kind: _curve(ax, kind, 0.9, PALETTE["neutral"], 2) for kind in _KINDS}
        self.names = {name: _label(ax, words) for name, words in _WORDS.items()}
        (self.line,) = ax.plot([], [], color=PALETTE["ink"], lw=1, ls=(0, (2, 2)), zorder=5)
        self.marks = {kind: _mark(ax, *look[2:]) for kind, look in _KINDS.items()}
        self._law_marks = {kind: _mark(ax, *look[2:]) for kind, look in _KINDS.items()}
        self.moving = [self.line, *self.marks.values(), *self._law_marks.values()]
        self.live_only = [*self.curves.values(), *self.others.values(), *self.marks.values()]
        self.stored_only = [*self._laws.values(), *self._other_laws.values(), *self._law_marks.values()]
        for artist in self.stored_only:
            artist.set_visible(False)

    def show_errors(self, h, errors, laws, precision):
        """Draw other curves; the background has to be redrawn after it.

        Parameters
        ----------
        h : numpy.ndarray, shape (k,)
        errors : pair of dict of str to numpy.ndarray
            "forward" and "central": the relative errors, and those in the other precision. nan: no curve.
        laws : pair of dict of str to numpy.ndarray
            The same without chance: the size of the error.
        precision : str
            Of the first of each pair: "float64" or "float32"; the second has the other one.
        """
        for lines, values in zip(
            (self.curves, self.others, self._laws, self._other_laws), (*errors, *laws), strict=True
        ):
            for kind, line in lines.items():
                line.set_data(h, np.maximum(values[kind], _LOW))
        self._name_branches(h, {**laws[0], "other": laws[1]["central"]}, precision)

    def _name_branches(self, h, errors, precision):
        central = errors["central"]
        nothing = not np.isfinite(central).all()
        stuck = nothing or central.min() > _STUCK
        for name, label in self.names.items():
            label.set_visible((name == "stuck") == stuck)
        for name, (place, factor, look) in _PLACES[precision].items():
            self.names[name].xy = place[-1], factor * _level(h, errors[_CURVE_OF[name]], place[0])
            self.names[name].set(**look)
        self.names["stuck"].xy = 1e-8, 0.3 * _level(h, central, 1e-4)
        self.names["stuck"].set_text(_NOTHING if nothing else _WRONG)

    def update(self, h, errors, laws):
        """Show another h.

        Parameters
        ----------
        h : float
        errors, laws : dict of str to float
            "forward" and "central", as they are there, and without chance; nan: no mark.
        """
        self.line.set_data([h, h], [_LOW, _HIGH])
        for marks, values in ((self.marks, errors), (self._law_marks, laws)):
            for kind, mark in marks.items():
                mark.set_data([h], [max(values[kind], _LOW) if np.isfinite(values[kind]) else np.nan])


def draw_error_curve(ax, low=1e-15, high=1.0):
    """Prepare axes for steps h from `low` to `high`, and return their `ErrorCurve`, still empty."""
    ax.set(xscale="log", yscale="log", xlim=(low / 1.6, high * 1.6), ylim=(_LOW / 2, _HIGH), autoscale_on=False)
    ax.set_xticks(10.0 ** np.arange(-15, 1, 3))
    ax.set_yticks(10.0 ** np.arange(-14, 2, 2))
    ax.minorticks_off()
    ax.grid(lw=0.6)
    ax.set_axisbelow(True)
    ax.set_xlabel("step h")
    ax.set_ylabel("relative error", labelpad=1)
    curve = ErrorCurve(ax)
    handles = [(curve.curves[kind], curve.marks[kind]) for kind in _KINDS]
    words = ["forward: (J(θ+h) − J(θ)) / h", "central: (J(θ+h) − J(θ−h)) / 2h"]
    look = {"ncols": 2, "borderpad": 0, "borderaxespad": 0.2, "handlelength": 2.6, "columnspacing": 1.4}
    ax.legend(handles, words, loc="lower right", bbox_to_anchor=(1, 1), fontsize=in_points(11.5), **look)
    return curve


# Where a branch is named: near which h its curve is looked up (and where the name stands, if elsewhere), how much
# higher than the curve, and how the words stand there. "other": which precision the thin curves have.


def _label(ax, text):
    halo = [withStroke(linewidth=in_points(5), foreground=PALETTE["ground"])]
    look = {
        "size": in_points(12),
        "color": PALETTE["ink"],
        "path_effects": halo,
        "zorder": 4,
        "ha": "center",
        "va": "top",
    }
    offset = {"xytext": (0, 0), "textcoords": "offset points", "annotation_clip": False}
    return ax.annotate(text, (1, 1), **offset, **look)


def _curve(ax, kind, pixels, color, zorder):
    return ax.plot([], [], color=color, ls=_KINDS[kind][1], lw=in_points(pixels), zorder=zorder)[0]


def _mark(ax, marker, pixels):
    look = {"markerfacecolor": PALETTE["highlight"], "markeredgecolor": PALETTE["ink"], "markersize": in_points(pixels)}
    return ax.plot([], [], ls="none", marker=marker, markeredgewidth=in_points(1.5), clip_on=False, zorder=6, **look)[0]


def _level(h, errors, place):
    """The error near a step, without the chance hits next to it."""
    near = np.abs(np.log10(h) - np.log10(place)) < 0.6
    level = np.median(errors[near])
    return float(np.clip(level, _LOW, 2)) if np.isfinite(level) else 1.0


# --- the table --------------------------------------------------------------------------------------------------------


class CheckPanel:
    """The artists of the panel; made by `draw_check_panel`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    heading : matplotlib.text.Text
        Which derivative, and at which h.
    numbers, errors : list of matplotlib.text.Text
        Of backprop, the forward and the central difference; the first has no error.
    rows : list of list of matplotlib.text.Text
        The table; it belongs to the ground.
    """

    def __init__(self, ax, width):
        self.ax, self._width = ax, width
        self.heading = add_quick_text(ax, 12, 16, ha="left", size=in_points(13), weight="bold", color=PALETTE["ink"])
        places = [44, 70, 96]
        self.numbers = [self._quick(196, y) for y in places]
        self.errors = [self._quick(width - 12, y) for y in places]
        self.moving = [self.heading, *self.numbers, *self.errors]
        self.rows, self._others = [], []

    def _quick(self, x, y):
        return add_quick_text(self.ax, x, y, ha="right", size=in_points(12.5), color=PALETTE["ink"], zorder=3)

    def show_verdicts(self, rows, summary, code=()):
        """Set the table; the background has to be redrawn after it.

        Parameters
        ----------
        rows : list of tuple of str
            Block, verdict, relative error.
        summary : str
            A sentence below it.
        code : tuple of str, optional
            The wrong line of code and the right one; left out where there is no room.
        """
        for artist in [artist for row in self.rows for artist in row] + self._others:
            artist.remove()
        self.rows = [self._row(k, *row) for k, row in enumerate(rows)]
        plates = [self._plate(k, row[1]) for k, row in enumerate(rows)]
        y = _TOP + _ROW * len(rows) + 22
        self._others = [*plates, _text(self.ax, 12, y, summary, weight="bold"), *self._code(y + 24, *code)]

    def _code(self, y, *lines):
        """The lines of code below each other, each with its sign, broken where they are long."""
        if not lines or y > _LAST:
            return []
        lines = [textwrap.wrap(line, _LETTERS, subsequent_indent="    ") for line in lines]
        text = "\n".join(f"{sign} " + "\n  ".join(line) for sign, line in zip("✗✓", lines, strict=True))
        look = {"family": "DejaVu Sans Mono", "size": in_points(11), "va": "top", "linespacing": 1.5}
        return [_text(self.ax, 12, y - 8, text, **look)]

    def _row(self, k, block, verdict, error):
        y, sign = _TOP + _ROW * (k + 0.5), _SIGNS.get(verdict, ("✗", "negative"))[0]
        texts = (block, f"{sign} {verdict}", error)
        return [_text(self.ax, x, y, text) for x, text in zip(_COLUMNS, texts, strict=True)]

    def _plate(self, k, verdict):
        color = mixed(_SIGNS.get(verdict, ("✗", "negative"))[1], 0.16)
        y = _TOP + _ROW * k
        return self.ax.fill_between([4, self._width - 4], y + 1, y + _ROW - 1, color=color, lw=0, zorder=1)

    def update(self, heading, numbers, errors):
        """Show other numbers, all as texts: of backprop, the forward and the central difference."""
        self.heading.set_text(heading)
        for text, number in zip(self.numbers, numbers, strict=True):
            text.set_text(number)
        for text, error in zip(self.errors, ["", *errors], strict=True):
            text.set_text(error)


def draw_check_panel(ax):
    """Turn axes, about 330 by 440 pixels, into the panel, and return its `CheckPanel`, still empty."""
    ax.set_label(FIXED_SIZE)
    width, _ = as_page(ax)
    ax.fill_between([0, width], 28, 110, color=PALETTE["panel"], lw=0, zorder=0)
    for y, name in ((44, "backprop"), (70, "forward  ○"), (96, "central  □")):
        _text(ax, 12, y, name)
    _text(ax, width - 12, 16, "error", ha="right", color=PALETTE["neutral"])
    _text(ax, 12, 136, "check_gradients, block by block", weight="bold")
    for x, name in zip(_COLUMNS, ("block", "verdict", "relative error"), strict=True):
        _text(ax, x, 162, name, color=PALETTE["neutral"])
    return CheckPanel(ax, width)


def _text(ax, x, y, text, **look):
    look = {"size": in_points(12.5), "color": PALETTE["ink"], "va": "center_baseline", "zorder": 3, **look}
    return ax.text(x, y, text, **look)
