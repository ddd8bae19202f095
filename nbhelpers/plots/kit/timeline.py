"""The stages of a process in a line, in groups: those behind, the one that is seen, and those ahead."""

from itertools import groupby

from nbhelpers.plots.kit.fast_text import QuickTexts
from nbhelpers.plots.kit.kept import Kept
from nbhelpers.plots.kit.number_boxes import corners, frames_of
from nbhelpers.plots.kit.panel import points
from nbhelpers.plots.style import PALETTE

HEIGHT = 40
_CHIP = 20  # height of a stage
_BETWEEN = 9  # two groups
_SINGLE = 46  # width of a stage that is alone in its group
_NEEDED = 25  # width from which a stage has room for its name


class Timeline:
    """The artists of a timeline.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    chips : matplotlib.collections.PolyCollection
        A rectangle per stage: white behind, grey ahead.
    mark : matplotlib.collections.PolyCollection
        A thick frame on a yellow ground around the stage that is seen.
    names : nbhelpers.plots.kit.fast_text.QuickTexts
        Of the stages; empty where there is no room, but for the one that is seen.
    """

    def __init__(self, ax, names, boxes):
        self._names, self._boxes, self._now = names, boxes, None
        self._kept = Kept(ax, _around(boxes))
        self.chips = self._kept.add(frames_of([corners(box) for box in boxes], 0.7, "neutral", 3))
        self.mark = self._kept.add(frames_of([], 2.2, "ink", 4, facecolors=PALETTE["highlight"]))
        self.names = self._kept.add(QuickTexts([_middle(box) for box in boxes], points(10), PALETTE["ink"]))
        self.moving = [self._kept]

    def update(self, now):
        """Show stage `now`, counted from 0."""
        self.chips.set_facecolor([PALETTE["ground" if k <= now else "panel"] for k in range(len(self._boxes))])
        self.mark.set_verts([corners(self._widened(now))])
        self.names.texts = [name if self._has_room(k, now) else "" for k, name in enumerate(self._names)]
        self.names.colors = [PALETTE["ink" if k <= now else "neutral"] for k in range(len(self._boxes))]
        if now != self._now:
            self._kept.changed()
        self._now = now

    def stage_at(self, x, y):
        """Return the stage at a place on the page, or None."""
        for k, (left, top, width, height) in enumerate(self._boxes):
            if left <= x < left + width and top <= y < top + height:
                return k
        return None

    def _widened(self, k):
        """The box of a stage, with room for its name."""
        left, top, width, height = self._boxes[k]
        more = max(0, 7 * len(self._names[k]) + 8 - width) if width < _NEEDED else 0
        return left - more / 2, top - 1, width + more, height + 2

    def _has_room(self, k, now):
        return k == now or self._boxes[k][2] >= _NEEDED


def draw_timeline(ax, stages, left, top, width):
    """Draw the stages of a process on a page, `HEIGHT` pixels high.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.kit.panel.as_page`.
    stages : list of tuple of str
        Group and name of each stage; stages of a group follow each other.
    left, top, width : float

    Returns
    -------
    Timeline
    """
    groups = [(group, len(list(members))) for group, members in groupby(stages, key=lambda stage: stage[0])]
    boxes, x = [], left
    for (group, count), chip in zip(groups, _chip_widths([count for _, count in groups], width), strict=True):
        ax.text(x, top + 12, group, size=points(11), color=PALETTE["neutral"], zorder=1)
        boxes += [(x + n * chip, top + HEIGHT - _CHIP - 1, chip, _CHIP) for n in range(count)]
        x += count * chip + _BETWEEN
    return Timeline(ax, [name for _, name in stages], boxes)


def _chip_widths(counts, width):
    """How wide the stages of each group are: the same, but for a single one, which needs room for the group's name."""
    single = sum(count == 1 for count in counts)
    free = width - _BETWEEN * (len(counts) - 1) - _SINGLE * single
    return [_SINGLE if count == 1 else free / (sum(counts) - single) for count in counts]


def _around(boxes):
    """The box around all stages, with room for the frame of the one that is seen."""
    left, top, _, height = boxes[0]
    return left - 24, top - 3, boxes[-1][0] + boxes[-1][2] + 24, top + height + 3


def _middle(box):
    return box[0] + box[2] / 2, box[1] + box[3] / 2
