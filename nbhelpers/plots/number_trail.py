"""Names of numbers to go to: those that a number was made from, and the trail on which it was reached."""

from nbhelpers.plots.number_boxes import add_frames, corners
from nbhelpers.plots.page import points
from nbhelpers.plots.quick_text import add_quick_text
from nbhelpers.style import PALETTE

_LABELS = 76  # width of the column of labels
_CHIP, _BETWEEN = 20, 6  # height of a name; between two of them
_LETTER = 6.9  # about the width of a letter, at 11 pixels
_ROWS = (14, 38, 66)  # from the top to the rows: made from, a second row of it, the trail
_ARROW = 22  # width of the arrow between two stations


class NumberTrail:
    """The artists.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    sources, trail : list of tuple
        What is shown: the name of a source or the number of a station (None where it leads nowhere), its box, its
        text. The last station of the trail is the number itself.
    """

    def __init__(self, ax, left, top, width):
        self._left, self._top, self._right = left + _LABELS, top, left + width - 10
        self.frames = add_frames(ax, [], 0.8, "neutral", 3)
        look = {"size": points(11), "ha": "center", "color": PALETTE["ink"], "zorder": 6}
        self._texts = [add_quick_text(ax, 0, 0, **look) for _ in range(24)]
        self.sources, self.trail = [], []
        self.moving = [self.frames, *self._texts]

    def update(self, sources, stations, name):
        """Show other names.

        Parameters
        ----------
        sources : sequence of str
        stations : sequence of str
            Where the trail came through, before `name`.
        name : str
            Of the number itself.
        """
        self.sources = self._in_rows([f"{k} {s}" if k < 10 else s for k, s in enumerate(sources, start=1)], sources)
        self.trail = self._last([*stations, name])
        self._write([*self.sources, *self.trail])

    def source_at(self, x, y):
        """Return the source whose name stands at a place on the page, or None."""
        return next((name for name, box, _ in self.sources if name and _is_in(box, x, y)), None)

    def station_at(self, x, y):
        """Return the number of the station of the trail at a place on the page, or None."""
        return next((k for k, box, _ in self.trail if k is not None and _is_in(box, x, y)), None)

    def _in_rows(self, texts, names):
        """What has room in two rows, and how many are left out."""
        placed, x, row = [], self._left, 0
        for k, (text, name) in enumerate(zip(texts, names, strict=True)):
            width = _width(text)
            if x + width > self._right - 60 * row:
                x, row = self._left, row + 1
            if row == 2 or len(placed) == 14:
                rest = f"and {len(names) - k} more"
                last = placed[-1][1]
                return [*placed, (None, (last[0] + last[2], last[1], _width(rest), _CHIP), rest)]
            placed.append((name, (x, self._top + _ROWS[row], width, _CHIP), text))
            x += width + _BETWEEN
        return placed

    def _last(self, stations):
        """The end of the trail, as much as has room; at each station stands its number."""
        widths = [_width(station) + _ARROW for station in stations]
        first = len(stations) - 1
        while first > 0 and sum(widths[first - 1 :]) <= self._right - self._left and len(stations) - first < 5:
            first -= 1
        placed, x = [], self._left
        for k in range(first, len(stations)):
            if k > 0:
                placed.append((None, (x, self._top + _ROWS[2], _ARROW, _CHIP), "←"))
            placed.append((k, (x + _ARROW * (k > 0), self._top + _ROWS[2], _width(stations[k]), _CHIP), stations[k]))
            x += _width(stations[k]) + _ARROW * (k > 0)
        return placed

    def _write(self, placed):
        boxes = [box for key, box, _ in placed if key is not None]
        self.frames.set_verts([corners(box) for box in boxes])
        now = len(boxes) - 1
        self.frames.set_facecolor([PALETTE["highlight" if k == now else "ground"] for k in range(len(boxes))])
        for k, text in enumerate(self._texts):
            _, (left, top, width, height), words = placed[k] if k < len(placed) else (None, (0, 0, 0, 0), "")
            text.set(position=(left + width / 2, top + height / 2), text=words)


def draw_number_trail(ax, left, top, width):
    """Draw labels on a page, and return the `NumberTrail` beside them; it takes 90 pixels of height."""
    for label, y in (("made from", _ROWS[0]), ("trail", _ROWS[2])):
        look = {"size": points(11.5), "color": PALETTE["neutral"], "va": "baseline", "zorder": 1}
        ax.text(left, top + y + 14, label, **look)
    return NumberTrail(ax, left, top, width)


def _width(text):
    return 12 + _LETTER * len(text)


def _is_in(box, x, y):
    left, top, width, height = box
    return left <= x < left + width and top <= y < top + height
