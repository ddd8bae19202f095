"""What a network costs, in three panels with the same rows: multiply-adds, stored numbers, and measured times.

The rows are the passes by matrix products, and below them the same passes by plain loops. Numbers are passed in.
"""

from nbhelpers.numbers_as_text import amount, duration
from nbhelpers.plots.kit.bars import LogBars
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import add_panel, add_words, points
from nbhelpers.plots.style import PALETTE

SIZE = (1000, 366)  # of the figure that the panels need, in CSS pixels
ROWS = ("forward", "backward", "differences", "forward, by loops", "backward, by loops")
_PLACES = (0, 1, 2, 3.4, 4.4)
_LOOKS = (("positive", ""), ("negative", ""), ("neutral", ""), ("positive", "////"), ("negative", "////"))
_LEFTS, _WIDTHS = (140, 434, 706), (260, 238, 278)
_HEADINGS = ("multiply-adds", "stored numbers", "time on one core")
_POWERS = {1: "1", 1e6: "10⁶", 1e12: "10¹²", 1e18: "10¹⁸"}
_TIMES = {1e-6: "1 µs", 1e-3: "1 ms", 1: "1 s", 3600: "1 h", 30 * 86400: "1 month"}
_COUNTS = {1: "1", 1e3: "10³", 1e6: "10⁶", 1e9: "10⁹"}
_SCALES = (((1, 1e27), _POWERS), ((1, 3e13), _COUNTS), ((3e-7, 1e12), _TIMES))


class CostMeterPanels:
    """The artists of the three panels.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    multiply_adds, stored, times : nbhelpers.plots.kit.bars.LogBars
    words : list of matplotlib.text.Text
        A line per panel.
    invitation : matplotlib.text.Text
        Stands in the panel of the times as long as there are none.
    """

    def __init__(self, figure):
        axes = [add_panel(figure, *frame, bottom=30) for frame in zip(_LEFTS, _WIDTHS, _HEADINGS, strict=True)]
        self.multiply_adds, self.stored, self.times = (
            LogBars(ax, ROWS if k == 0 else [""] * len(ROWS), _PLACES, _LOOKS, *scale)
            for k, (ax, scale) in enumerate(zip(axes, _SCALES, strict=True))
        )
        self.words = [add_words(ax, "neutral") for ax in axes]
        look = {"transform": axes[2].transAxes, "ha": "center", "size": points(13), "color": PALETTE["neutral"]}
        self.invitation = add_quick_text(axes[2], 0.5, 0.5, **look)
        bars = [artist for panel in (self.multiply_adds, self.stored, self.times) for artist in panel.moving]
        self.moving = [*bars, *self.words, self.invitation]

    def update(self, multiply_adds, stored, times, about, words, instead):
        """Show other costs.

        Parameters
        ----------
        multiply_adds, stored : list of int
            By the rows.
        times : list of float or None
            Seconds by the rows; None: nothing is measured yet.
        about : list of bool
            Which of the times are estimates.
        words : list of str
            A line per panel.
        instead : str
            What stands in the panel of the times where there are none.
        """
        self.multiply_adds.update(multiply_adds, [amount(count) for count in multiply_adds])
        self.stored.update(stored, [amount(count) for count in stored])
        shown = times or [None] * len(ROWS)
        self.times.update(shown, [_time(*pair) for pair in zip(shown, about, strict=True)])
        self.invitation.set_text("" if times else instead)
        for text, line in zip(self.words, words, strict=True):
            text.set_text(line)


def _time(seconds, is_estimate):
    return "" if seconds is None else f"{'≈ ' if is_estimate else ''}{duration(seconds)}"
