"""Stock widgets as the explorers use them: with a label of one width, and with a name for those who only hear it."""

import ipywidgets
import traitlets

from nbhelpers.explorers.controls import LABEL_WIDTH


def whole_slider(name, value, low, high, meaning=""):
    """Return a slider for a whole number.

    Parameters
    ----------
    name : str
        Its label.
    value, low, high : int
    meaning : str
        What it is, for the tooltip: ``"features, the rows of X"``.
    """
    about = f"{name}{meaning and ': '}{meaning}, from {low} to {high}"
    return _with_label(ipywidgets.IntSlider(value, low, high, description=name, tooltip=about))


def drop_down(name, options, meaning=""):
    """Return a list from which one of some texts is chosen; the first is chosen at the start."""
    return _with_label(ipywidgets.Dropdown(options=list(options), description=name, tooltip=meaning or name))


def _with_label(widget, width=LABEL_WIDTH):
    widget.style.description_width = width
    return widget


class Choice(traitlets.HasTraits):
    """One of some texts that has no widget of its own, but belongs to the state.

    Parameters
    ----------
    options : list of str
        The first is chosen at the start.

    Attributes
    ----------
    options : list of str
    """

    value = traitlets.Unicode()

    def __init__(self, options):
        super().__init__(value=options[0])
        self.options = list(options)

    def place(self, value):
        """Choose one; a ValueError says so if there is no such text."""
        if value not in self.options:
            raise ValueError(f"there is no {value!r}; there are {', '.join(filter(None, self.options))}")
        self.value = value

    def close(self):
        """Nothing is on the page."""
