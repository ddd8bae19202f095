"""One palette and one set of rcParams: how every picture of this package looks, on a screen and on a projector.

Colors are named for what they mean. They are those of Okabe and Ito, which people with any of the common kinds of color
blindness can tell apart; even so, sign and state are always shown by dash, shape or words as well. Every figure has a
light ground of its own, so that it reads the same on light and dark themes.

Importing this module changes nothing. `use` changes matplotlib's settings, as ``matplotlib.style.use`` does; `context`
and `new_figure` leave them alone.
"""

import contextlib
import io
import threading
from types import MappingProxyType

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

PIXELS_PER_INCH = 96  # a browser's: at this resolution 1 pixel of a figure is 1 CSS pixel, and 12 px are 9 pt

PALETTE = MappingProxyType(
    {
        "ground": "#FFFFFF",  # what everything stands on
        "panel": "#F2F4F7",  # a quiet area on the ground
        "ink": "#1F2328",  # text, axes, outlines
        "neutral": "#5F6B7A",  # zero, secondary text
        "positive": "#0072B2",  # blue
        "negative": "#D55E00",  # vermillion
        "highlight": "#F0E442",  # yellow: what was just changed or is spoken of
        "right": "#009E73",  # green
        "wrong": "#CC79A7",  # purple
        "first": "#0072B2",  # series of equal standing, in this order
        "second": "#E69F00",
        "third": "#009E73",
        "fourth": "#CC79A7",
        "fifth": "#56B4E9",
    }
)

GRID = "#D8DDE3"  # its lines, fainter than all that is meant

_SERIES = [PALETTE[name] for name in ("first", "second", "third", "fourth", "fifth")]
_DASHES = ["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1))]

_SCREEN = {
    "figure.dpi": PIXELS_PER_INCH,
    "figure.facecolor": PALETTE["ground"],
    "savefig.facecolor": PALETTE["ground"],
    "axes.facecolor": PALETTE["ground"],
    "axes.edgecolor": PALETTE["neutral"],
    "axes.labelcolor": PALETTE["ink"],
    "axes.titlecolor": PALETTE["ink"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": matplotlib.cycler(color=_SERIES) + matplotlib.cycler(linestyle=_DASHES),
    "axes.titlesize": "medium",
    "axes.unicode_minus": True,
    "text.color": PALETTE["ink"],
    "xtick.color": PALETTE["ink"],
    "ytick.color": PALETTE["ink"],
    "grid.color": GRID,
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same picture on every machine
    "mathtext.fontset": "dejavusans",
    "text.hinting": "default",  # the font's own, as Pillow draws it; matplotlib 3.10 would use another
    "font.size": 9,
    "lines.linewidth": 1.6,
    "lines.markersize": 5,
    "legend.frameon": False,
}

# The same layout, larger and heavier: sizes are in points, so that more dots per inch enlarge all of them together.
_PROJECTOR = {
    **_SCREEN,
    "figure.dpi": 1.3 * PIXELS_PER_INCH,
    "axes.linewidth": 1.2,
    "lines.linewidth": 2.2,
    "lines.markersize": 7,
}

PRESETS = MappingProxyType({"screen": MappingProxyType(_SCREEN), "projector": MappingProxyType(_PROJECTOR)})

_in_use = "screen"

# Matplotlib is not made for threads (its settings are one table for all, and its mathtext has one parser), but
# JupyterLab answers what is moved in another thread than the one that runs the cells. What draws or builds a
# picture holds this lock.
DRAWING = threading.RLock()


def use(preset):
    """Choose the preset for every figure made from now on, by this package or by you.

    Parameters
    ----------
    preset : str
        ``"screen"`` or ``"projector"``; figures for a projector are 1.3 times as large, with heavier lines.

    Raises
    ------
    ValueError
        If there is no such preset.
    """
    global _in_use
    with DRAWING:
        matplotlib.rcParams.update(_named(preset))
        _in_use = preset


def in_use():
    """Return the name of the preset that new figures of this package get."""
    return _in_use


@contextlib.contextmanager
def context(preset=None):
    """Use a preset inside a ``with`` block: `preset`, or else the one that is in use. Afterwards all is as before."""
    global _in_use
    with DRAWING:
        before = _in_use
        preset = before if preset is None else preset
        with matplotlib.rc_context(_named(preset)):
            _in_use = preset
            try:
                yield
            finally:
                _in_use = before


class NotebookFigure(Figure):
    """A figure that a notebook shows by itself, without pyplot: sharp, and as large as it was meant."""

    def _repr_png_(self):
        png = io.BytesIO()
        with DRAWING:
            self.savefig(png, dpi=2 * self.dpi, metadata={"Software": None})  # the same bytes from every release
        width, height = (round(float(inches) * self.dpi) for inches in self.get_size_inches())
        return png.getvalue(), {"width": width, "height": height}


def new_figure(width, height):
    """Return a new, empty figure that pyplot knows nothing of, so that nobody has to close it.

    Parameters
    ----------
    width, height : float
        In CSS pixels, for the ``"screen"`` preset; see `use`.

    Returns
    -------
    NotebookFigure
        With a `FigureCanvasAgg`.
    """
    with context():
        figure = NotebookFigure(figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
    FigureCanvasAgg(figure)
    return figure


def mixed(name, share, other="ground"):
    """Return a color of the palette thinned with another one, as a tuple of red, green and blue.

    Parameters
    ----------
    name, other : str
        Names in `PALETTE`.
    share : float
        From 0 (all `other`) to 1 (all `name`).
    """
    to_rgb = matplotlib.colors.to_rgb
    pairs = zip(to_rgb(PALETTE[name]), to_rgb(PALETTE[other]), strict=True)
    return tuple(share * one + (1 - share) * two for one, two in pairs)


def _named(preset):
    if preset not in PRESETS:
        raise ValueError(f"{preset!r} is not a preset; choose from {', '.join(PRESETS)}")
    return dict(PRESETS[preset])
