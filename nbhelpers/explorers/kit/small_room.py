"""What does not fit where one panel fills a small room: keys move below it, headings shrink, words make room for words.

A key beside or above a panel was laid out for a whole page. Nothing here is kept: what was changed for a drawing is put
back after it, so that the whole page is as it was.
"""

import contextlib

from matplotlib.legend import Legend
from matplotlib.text import Text

from nbhelpers.plots.kit.fast_text import QuickText

_EDGE = 2  # pixels that stay free at the borders
_BELOW = 4  # CSS pixels between a key and the lower border


@contextlib.contextmanager
def fitted(figure, panel):
    """Inside the ``with`` block keys and headings of these axes lie within the figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    panel : list of matplotlib.axes.Axes
    """
    if not panel:
        yield
        return
    moved = [(key, _key_below(figure, key)) for key in keys_that_do_not_fit(figure, panel)]
    shrunk = [_shrink(text, figure.bbox.width) for ax in panel for text in _headings(ax)]
    hidden = [key for key, _ in moved] + [text for ax in panel for text in _covering(ax)]
    for artist in hidden:
        artist.set_visible(False)
    try:
        yield
    finally:
        for _, below in moved:
            below.remove()
        for artist in hidden:
            artist.set_visible(True)
        for text, size in shrunk:
            text.set_fontsize(size)


def height_of_keys(figure, panel):
    """Return how many pixels of the picture the keys need that move below the panel."""
    below = [_key_below(figure, key) for key in keys_that_do_not_fit(figure, panel)]
    heights = [key.get_window_extent().height for key in below]
    for key in below:
        key.remove()
    return sum(heights)


def depth_of_words(panel):
    """Return how many pixels words of these axes reach below the picture."""
    words = [text for ax in panel if ax.get_visible() for text in ax.texts if isinstance(text, QuickText)]
    bottoms = [
        text.get_transform().transform(text.get_unitless_position())[1] - text.get_window_extent().height / 2
        for text in words
        if text.get_visible() and text.get_text().strip()
    ]
    return max(0.0, -min(bottoms, default=0.0))


def keys_that_do_not_fit(figure, panel):
    """Return the keys of these axes, and of the figure, that reach out of it or lie on a heading."""
    keys = [*figure.legends, *(ax.get_legend() for ax in panel if ax.get_visible())]
    headings = [text.get_window_extent() for ax in panel for text in _headings(ax)]
    return [key for key in keys if key is not None and key.get_visible() and _sticks_out(key, figure, headings)]


def _sticks_out(key, figure, headings):
    box = key.get_window_extent()
    is_cut = box.x0 < 0 or box.x1 > figure.bbox.width or box.y1 > figure.bbox.height
    return is_cut or any(box.overlaps(heading) for heading in headings)


def _key_below(figure, key):
    """Add the same key at the lower border, in as many rows as it needs."""
    words, pixel = [text.get_text() for text in key.get_texts()], figure.dpi / 96
    look = {"loc": "lower center", "bbox_to_anchor": (0.5, _BELOW * pixel / figure.bbox.height), "borderaxespad": 0}
    look |= {"fontsize": key.get_texts()[0].get_fontsize(), "borderpad": 0, "columnspacing": 1.0, "handletextpad": 0.4}
    look |= {"bbox_transform": figure.transFigure, "frameon": False}
    for columns in range(len(words), 0, -1):
        below = Legend(figure, key.legend_handles, words, ncols=columns, **look)
        figure.add_artist(below)
        if columns == 1 or below.get_window_extent().width <= figure.bbox.width - 2 * _EDGE:
            return below
        below.remove()
    raise AssertionError("a key has words")


def _covering(ax):
    """Words in a panel that would lie on others: fewer where there is no room."""
    seen, covering = [], []
    resting = [text for text in ax.texts if not isinstance(text, QuickText) and text.get_rotation() == 0]
    for text in resting:  # not what moves, nor a label of a contour line, which is cut where it stands
        if text.get_visible() and text.get_text():
            box = text.get_window_extent()
            covers = any(box.overlaps(other) for other in seen)
            covering += [text] if covers else []
            seen += [] if covers else [box]
    return covering


def _headings(ax):
    """The heading of axes and the name of their lower axis."""
    titles = [text for text in ax.get_children() if isinstance(text, Text) and text.get_text() == ax.get_title("left")]
    return [text for text in (*titles, ax.xaxis.label) if text.get_text() and ax.get_visible()]


def _shrink(text, width):
    """Let a text end within a width, and return it with the size that it had."""
    size, is_centered = text.get_fontsize(), text.get_horizontalalignment() == "center"
    for _ in range(3):  # letters do not shrink evenly
        box = text.get_window_extent()
        middle = (box.x0 + box.x1) / 2
        room = (2 * min(middle, width - middle) if is_centered else width - box.x0) - _EDGE
        if box.width > room > 0:
            text.set_fontsize(text.get_fontsize() * room / box.width)
    return text, size
