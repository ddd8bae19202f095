"""A picture in a notebook that can be redrawn many times a second, with the words that say what is seen.

The widget around a kept figure (``blit.py``) and its PNG (``png.py``). Whatever changes in a frame, pixels, alternative
text, words, state and error, travels in one message. What moves the picture is not its business; see ``base.py``.
"""

import pathlib

import anywidget
import traitlets

from nbhelpers.explorers.kit.blit import Blit
from nbhelpers.explorers.kit.png import Encoder, encoded

_HERE = pathlib.Path(__file__).parent
_LEAST_RATIO, _LARGEST_RATIO = 0.25, 4.0
_STATIC_RATIO = 2.0  # a picture without a kernel can not ask for another resolution


class Picture(anywidget.AnyWidget):
    """An image with words below it, kept up to date from a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        As `nbhelpers.plots.style.new_figure` makes it.
    moving : list of matplotlib.artist.Artist
        What changes from frame to frame.
    clickable : bool
        Tell of clicks: ``{"kind": "click", "x": ..., "y": ...}`` in CSS pixels of the full size.
    key_names : list of str
        Tell of these keys while the picture has the focus: ``{"kind": "key", "key": ...}``. Without any it takes none.
    keys_help : str
        What the keys do; the accessible name of the picture that takes the focus.
    drag_box : sequence of float
        Left, top, width and height of where a line can be drawn, in CSS pixels of the full size: tell of its corners,
        ``{"kind": "drag", "points": [[x, y], ...]}``. Without it no line can be drawn.

    Attributes
    ----------
    png : bytes
        The picture.
    alt, words : str
        What it shows: for those who do not see it, and for everybody.
    state_text : str
        A text from which the state can be restored.
    error : str
        What went wrong, shown below the picture; empty if nothing did.
    width, height : int
        In CSS pixels; they never change.
    ratio : float
        Pixels of the picture per CSS pixel of its full size, from 0.25 to 4. The browser sets it: 2 on a sharp screen,
        more under zoom, less on a page that is narrower than the picture.
    playing : bool
        The page says ``{"kind": "beat"}`` again and again, `interval` milliseconds after the last one was answered.
    interval : int
    beats : int
        How many were answered.
    """

    _esm = _HERE / "picture.js"
    _css = _HERE / "picture.css"

    png = traitlets.Bytes().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    state_text = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    height = traitlets.Int().tag(sync=True)
    ratio = traitlets.Float(1.0).tag(sync=True)
    clickable = traitlets.Bool().tag(sync=True)
    key_names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    keys_help = traitlets.Unicode().tag(sync=True)
    drag_box = traitlets.List(traitlets.Float()).tag(sync=True)
    playing = traitlets.Bool().tag(sync=True)
    beats = traitlets.Int().tag(sync=True)
    interval = traitlets.Int(900).tag(sync=True)

    def __init__(self, figure, moving, clickable=False, key_names=(), keys_help="", drag_box=()):
        self._blit, self._encoder = Blit(figure, moving), Encoder()
        width, height = self._blit.width, self._blit.height
        listens = {"clickable": clickable, "key_names": list(key_names), "keys_help": keys_help}
        listens["drag_box"] = list(drag_box)
        super().__init__(width=width, height=height, **listens)
        self.layout.min_height = f"{height}px"  # until the front end is there

    @property
    def figure(self):
        """The figure, or None after `close`."""
        return self._blit and self._blit.figure

    def show(self, words, alt, state_text=""):
        """Draw the figure as it is now and send it with its words, in one message; an error is taken back."""
        png = self._frame(self.ratio)
        with self.hold_sync():
            self.png, self.alt, self.words, self.state_text, self.error = png, alt, words, state_text, ""

    def redraw_ground(self):
        """Draw also what stays, the next time."""
        self._blit.redraw_ground()

    def static_png(self):
        """Return the picture for places without a kernel: sharp, and small in bytes rather than quick."""
        return encoded(self._blit.frame(_STATIC_RATIO))

    def close(self):
        """Take the picture off the page and let its figure go."""
        super().close()
        self._blit = None

    def _frame(self, ratio):
        return self._encoder.encoded(self._blit.frame(ratio))

    @traitlets.validate("ratio")
    def _clamped(self, proposal):
        return min(max(proposal["value"], _LEAST_RATIO), _LARGEST_RATIO)

    @traitlets.observe("ratio")
    def _redraw_at_ratio(self, change):
        if self.png:  # else nothing was shown yet
            self.png = self._frame(change["new"])
