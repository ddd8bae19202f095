"""What tests ask about a picture that has been drawn: its texts, and whether a blitted frame is a full redraw."""

import numpy as np


def panels_of(explorer):
    """The artists of an explorer that keeps them as `panels`."""
    return explorer.lesson.panels


def texts_of(figure):
    """All texts that are shown in a figure, in panels that are shown."""
    axes = [ax for ax in figure.axes if ax.get_visible()]
    artists = [artist for ax in axes for artist in ax.get_children()]
    return [artist.get_text() for artist in artists if hasattr(artist, "get_text") and artist.get_visible()]


def headings_of(figure):
    """The headings of the panels that are shown."""
    return [ax.get_title("left") for ax in figure.axes if ax.get_visible()]


def redrawn(figure, moving):
    """All pixels of a figure, drawn anew without anything kept."""
    for artist in moving:
        artist.set_animated(False)
    figure.canvas.draw()
    for artist in moving:
        artist.set_animated(True)
    return np.asarray(figure.canvas.buffer_rgba()).copy()


def assert_frame_is_full_redraw(explorer):
    """The frame that was sent last has the pixels of a drawing of everything."""
    blit = explorer._blit
    frame = blit.frame(explorer.ratio).copy()
    others = [artist for artist in blit.moving if not blit.is_shown(artist.axes) and artist.get_visible()]
    for artist in others:  # of panels that are not shown where one fills the room
        artist.set_visible(False)
    with blit.only_what_is_shown():
        full = redrawn(blit.figure, blit.moving)
    for artist in others:
        artist.set_visible(True)
    np.testing.assert_array_equal(frame, full)


def assert_inside(figure, artists):
    """The letters of these texts lie inside the figure."""
    figure.canvas.draw()
    for artist in artists:
        box = artist.get_window_extent()
        assert box.x0 >= 0, artist.get_text()
        assert box.x1 <= figure.bbox.width, artist.get_text()
