"""Going on by itself: a button that plays and pauses, and what is done at every beat.

The beat is the page's, see ``picture.js``: the next one comes when the last one has been answered, so that a slow
kernel is not swamped. Nothing plays until the button, or the space key in the picture, is pressed.
"""

import ipywidgets


class Player:
    """What plays in an explorer.

    Parameters
    ----------
    advance : callable
        ``advance()`` sets controls and returns whether there is more to come. From the end it begins again.

    Attributes
    ----------
    button : ipywidgets.Button
        To be put among the controls.
    """

    def __init__(self, advance):
        self.advance = advance
        self.button = ipywidgets.Button()
        self.show(False)

    def show(self, is_playing):
        """Let the button say what it would do."""
        self.button.description = "Pause" if is_playing else "Play"
        self.button.icon = "pause" if is_playing else "play"
        self.button.tooltip = "Pause" if is_playing else "Go on by itself, step by step; again to pause"
