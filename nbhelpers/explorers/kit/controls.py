"""Stock widgets as the explorers use them: with a label of one width, and with a name for those who only hear it.

Numbers that can be moved: sliders that keep a number exactly, and one slider for many numbers.

The stock slider in the browser reports the mark of its scale that is nearest to its value: with a step of 0.05, 0.15
comes back as 0.1499999999999999 and 0.123 as 0.1. A `NumberSlider` is the stock one there, but keeps what was meant.
Sliders for numbers of many sizes are in ``log_slider.py``.

A slider for numbers of many sizes: equal ways along it multiply the number by equal factors.

A slider for whole numbers of many sizes: from 1 to 10 it goes as far as from 10 to 100.

A slider for one of a few numbers, which need not be equally far apart: it is told when it is let go of.
"""

import math

import ipywidgets
import traitlets

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.losses import LOSSES

LABEL_WIDTH = "58px"  # wide enough for "W1[1,2]" and "example"

# --- stock


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
    """Return a list from which one of some texts is chosen; first the first. Beyond the lecture is marked."""
    pairs = [(f"{option}{' (beyond the lecture)' if option in _BEYOND else ''}", option) for option in options]
    options = pairs if _BEYOND & set(options) else list(options)
    return _with_label(ipywidgets.Dropdown(options=options, description=name, tooltip=meaning or name))


_BEYOND = {entry.name for entry in (*ACTIVATIONS.values(), *LOSSES.values()) if entry.is_beyond_the_lecture}


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


# --- controls

NEARLY = 1e-6  # of a step: what a browser's arithmetic may add


class ExactSlider(traitlets.HasTraits):
    """What makes a stock slider keep the number that is meant; the first base of such a slider.

    The slider has `ends` (the least and the largest number), `number` (the one that is meant), and keeps in ``_exact``
    what it was given last.
    """

    def __init__(self, number, **look):
        self._exact, self._is_told = number, False
        super().__init__(value=number, **look)
        self.style.description_width = LABEL_WIDTH

    def place(self, number):
        """Set the number exactly.

        Raises
        ------
        ValueError
            If it lies outside the range.
        """
        self._exact = in_range(number, *self.ends, self.description)
        self.value = self._exact

    def set_state(self, sync_data):
        """Take over what the browser reports."""
        self._is_told = True
        try:
            super().set_state(sync_data)
        finally:
            self._is_told = False

    @traitlets.observe("value")
    def _keep(self, change):
        self._exact = self.number if self._is_told else change["new"]


class NumberSlider(ExactSlider, ipywidgets.FloatSlider):
    """A stock slider with its editable number, which any number in its range can be given to.

    Parameters
    ----------
    name : str
        Its label, such as ``"W1[1,2]"``.
    value, low, high, step : float
        The arrow keys move by `step`.
    meaning : str
        What it is, for the tooltip and for those who only hear its name: ``"weight from x2 to hidden unit 1"``.
    on_release : bool
        Tell the new number only when the slider is let go of, for work that is too slow for a frame.

    Attributes
    ----------
    number : float
        The number that is meant. ``value`` may differ from it: there the browser reports the nearest mark.
    """

    def __init__(self, name, value, low=-2.0, high=2.0, step=0.05, meaning="", on_release=False):
        number = in_range(value, low, high, name)
        about = f"{name}{meaning and ': '}{meaning}, from {low:g} to {high:g}".replace("-", "−")
        look = {"description": name, "tooltip": about, "readout_format": f".{_decimals(step)}f"}
        super().__init__(number, min=low, max=high, step=step, continuous_update=not on_release, **look)

    @property
    def ends(self):
        """The least and the largest number."""
        return self.min, self.max

    @property
    def number(self):
        """The number that is meant."""
        if abs(self.value - self._mark(self._exact)) <= NEARLY * self.step or self.value == self._exact:
            return self._exact
        return round(self.value, 10 - math.floor(math.log10(self.step)))

    def _mark(self, number):
        return self.min + round((number - self.min) / self.step) * self.step


class Number(traitlets.HasTraits):
    """A number that can be moved but has no slider of its own; a `Chooser` gives it one when it is chosen.

    It takes the same arguments as `NumberSlider`.
    """

    value = traitlets.Float()

    def __init__(self, name, value, low=-2.0, high=2.0, step=0.05, meaning=""):
        super().__init__(value=value)
        self.name, self.meaning = name, meaning
        self.low, self.high, self.step = low, high, step

    @property
    def number(self):
        """The number that is meant: here simply the value."""
        return self.value

    def place(self, number):
        """Set the number; a ValueError says so if it lies outside the range."""
        self.value = in_range(number, self.low, self.high, self.name)


class Chooser:
    """A list from which one of many numbers is chosen, and the slider of that one.

    Parameters
    ----------
    numbers : dict of str to Number

    Attributes
    ----------
    choice : ipywidgets.Dropdown
        Which number has the slider.
    box : ipywidgets.VBox
        The slider stands in it.
    """

    def __init__(self, numbers):
        self._numbers, self._sliders = numbers, {}
        self.choice = ipywidgets.Dropdown(options=list(numbers), description="number", tooltip="number to move")
        self.choice.style.description_width = LABEL_WIDTH
        self.box = ipywidgets.VBox()
        self.choice.observe(self._show_chosen, "value")
        self._show_chosen()

    @property
    def slider(self):
        """The slider that is shown."""
        return self.box.children[0]

    def _show_chosen(self, _=None):
        self.box.children = [self._slider_of(self.choice.value)]

    def _slider_of(self, name):
        if name not in self._sliders:
            self._sliders[name] = _linked_slider(self._numbers[name])
        return self._sliders[name]

    def close(self):
        """Close the sliders, also those that are not shown."""
        for widget in (self.choice, self.box, *self._sliders.values()):
            widget.close()


def _linked_slider(number):
    """A slider that moves a number and follows it."""
    slider = NumberSlider(number.name, number.value, number.low, number.high, number.step, number.meaning)
    slider.observe(lambda _: setattr(number, "value", slider.number), "value")
    number.observe(lambda change: slider.place(change["new"]) if slider.number != change["new"] else None, "value")
    return slider


def read(control):
    """Return what a control says: the number that is meant, or else its value."""
    return getattr(control, "number", control.value)


def place(name, control, value):
    """Set a control to a value that it can hold.

    Raises
    ------
    ValueError
        If it can not, with the name of the control.
    """
    if hasattr(control, "place"):
        control.place(value)
        return
    try:
        control.value = value
    except (traitlets.TraitError, TypeError, ValueError):
        raise ValueError(f"{name} can not be {value!r}") from None
    if control.value != value:
        raise ValueError(f"{name} goes from {control.min:g} to {control.max:g}; {value:g} lies outside")


def in_range(number, low, high, name):
    """Return a number as a float, or raise a ValueError that says what range it misses."""
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not math.isfinite(number):
        raise ValueError(f"{name} needs a number; {number!r} is none")
    if not low <= number <= high:
        raise ValueError(f"{name} goes from {low:g} to {high:g}; {number:g} lies outside".replace("-", "−"))
    return float(number)


def _decimals(step):
    return max(2, -math.floor(math.log10(step))) if step < 1 else 0


# --- log_slider


class LogSlider(ExactSlider, ipywidgets.FloatLogSlider):
    """A stock slider on a logarithmic scale with its editable number, which any number in its range can be given to.

    Parameters
    ----------
    name : str
        Its label.
    value, low, high : float
        All positive; `low` and `high` are powers of ten.
    per_decade : int
        How many presses of an arrow key multiply the number by 10.
    meaning : str
        What it is, for the tooltip and for those who only hear its name.
    format : str
        How the number is shown beside it, in d3's language.

    Attributes
    ----------
    ends : tuple of float
        The least and the largest number.
    number : float
        The number that is meant: what was typed or placed, or the mark of the scale with two digits.
    """

    def __init__(self, name, value, low, high, per_decade=10, meaning="", format=".2r"):
        self.ends = low, high
        number = in_range(value, low, high, name)
        about = f"{name}{meaning and ': '}{meaning}, from {low:g} to {high:g}, logarithmic".replace("-", "−")
        scale = {"min": round(math.log10(low)), "max": round(math.log10(high)), "step": 1 / per_decade}
        super().__init__(number, description=name, tooltip=about, readout_format=format, **scale)
        self.add_class("nbh-log")

    @property
    def number(self):
        """The number that is meant."""
        return self._exact if self._is_near_exact() else float(f"{self.value:.2g}")

    def _is_near_exact(self):
        """Whether the slider stands at the exact number, or on the mark where the browser shows it."""
        places = math.log10(self._exact), self._mark(self._exact)
        return any(abs(math.log10(self.value) - place) <= NEARLY * self.step for place in places)

    def _mark(self, number):
        return self.min + round((math.log10(number) - self.min) / self.step) * self.step


# --- whole_log_slider


class WholeLogSlider(LogSlider):
    """A logarithmic slider that stands for a whole number; any in its range can be typed or placed.

    Parameters
    ----------
    name : str
        Its label.
    value, low, high : int
        `low` and `high` are powers of ten.
    meaning : str
        What it is, for the tooltip and for those who only hear its name.
    """

    def __init__(self, name, value, low, high, meaning=""):
        super().__init__(name, value, low, high, meaning=meaning, format=".0f")

    @property
    def number(self):
        """The number that is meant, as an int."""
        return round(self._exact if self._is_near_exact() else self.value)

    def place(self, number):
        """Set the number; a ValueError says so if it is not whole or lies outside the range."""
        if isinstance(number, float) and not number.is_integer():
            raise ValueError(f"{self.description} needs a whole number; {number:g} is none")
        super().place(number)


# --- choice_slider


def choice_slider(name, numbers, value, meaning=""):
    """Return a slider that stands on one of some numbers.

    Parameters
    ----------
    name : str
        Its label.
    numbers : sequence of float
        In rising order.
    value : float
        The one at the start.
    meaning : str
        What it is, for the tooltip and for those who only hear its name.

    Returns
    -------
    ipywidgets.SelectionSlider
        It tells a new number when it is let go of, for work that is too slow for a frame.
    """
    about = f"{name}{meaning and ': '}{meaning}, from {numbers[0]:g} to {numbers[-1]:g}"
    options = [(f"{number:g}", number) for number in numbers]
    look = {"description": name, "tooltip": about, "continuous_update": False}
    slider = ipywidgets.SelectionSlider(options=options, value=value, **look)
    slider.style.description_width = LABEL_WIDTH
    return slider.add_class("jupyter-widgets")  # as other sliders say it of themselves; by it the page finds its label
