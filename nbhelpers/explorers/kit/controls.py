"""The controls of an explorer: Python objects with a `value` that can be set, observed and linked.

Each keeps its value exactly and refuses what it can not hold. What stands on the page for it is a native input, which
``explorer.js`` makes from its `look`. A control that stands in no group of the explorer is not on the page, but belongs
to the state all the same.
"""

import math

import traitlets

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.losses import LOSSES

MOST_IN_MESSAGE = 60  # characters of what was refused
_BEYOND = {entry.name for entry in (*ACTIVATIONS.values(), *LOSSES.values()) if entry.is_beyond_the_lecture}


class _Value(traitlets.Any):
    """Anything but None, which traitlets would let through unchecked."""

    allow_none = False


class Control(traitlets.HasTraits):
    """What all controls have in common.

    Parameters
    ----------
    name : str
        Its label.
    value
        At the start.
    about : str
        Its name for those who only hear it, and its tooltip.

    Attributes
    ----------
    value
        Can be set and observed, and linked by `traitlets.link`; a ValueError says what it cannot be.
    description, tooltip : str
    disabled, hidden : bool
    """

    value = _Value()
    description = traitlets.Unicode()
    tooltip = traitlets.Unicode()
    disabled = traitlets.Bool()
    hidden = traitlets.Bool()
    kind = ""  # how the page calls it
    looks = ("description", "tooltip", "disabled")  # what the page has to know

    def __init__(self, name, value, about="", **traits):
        super().__init__(value=value, description=name, tooltip=about or name, **traits)

    @traitlets.validate("value")
    def _checked(self, proposal):
        return self.checked(proposal["value"])

    def checked(self, value):
        """Return the value as it is to be kept, or raise a ValueError that says why it cannot be."""
        return value

    @property
    def look(self):
        """What the page makes the control from."""
        return {"kind": self.kind, **{name: getattr(self, name) for name in self.looks}}


class Hidden(Control):
    """A value that belongs to the state, but has nothing on the page.

    Parameters
    ----------
    name : str
    value
        At the start.
    check : callable
        ``check(value)`` returns the value as it is to be kept, or raises a ValueError.
    """

    def __init__(self, name, value, check):
        self._check = check
        super().__init__(name, value)

    def checked(self, value):
        """Return the value as it is to be kept, or raise a ValueError that says why it cannot be."""
        return self._check(value)


# --- sliders ----------------------------------------------------------------------------------------------------------


class NumberSlider(Control):
    """A slider with its editable number, which any number in its range can be given to.

    Parameters
    ----------
    name : str
        Its label, such as ``"W1[1,2]"``.
    value, low, high, step : float
        A drag and the arrow keys go from mark to mark; the marks are a step apart.
    meaning : str
        What it is: ``"weight from x2 to hidden unit 1"``.

    Attributes
    ----------
    min, max, step : float
    """

    min, max, step = traitlets.Any(), traitlets.Any(), traitlets.Any()
    kind, remark = "range", ""
    looks = (*Control.looks, "min", "max", "step")

    def __init__(self, name, value, low=-2.0, high=2.0, step=0.05, meaning=""):
        about = f"{name}{meaning and ': '}{meaning}, from {low:g} to {high:g}{self.remark}".replace("-", "−")
        super().__init__(name, value, about, min=low, max=high, step=step)

    def checked(self, value):
        """Return the number as a float, or raise a ValueError that says what range it misses."""
        return float(in_range(value, self.min, self.max, self.description))

    def nearest(self, number):
        """Return the mark that is nearest to a number; an end, where it lies outside."""
        mark = self.min + round((min(max(number, self.min), self.max) - self.min) / self.step) * self.step
        return min(round(mark, 10), self.max)

    def move_near(self, number):
        """Go to the mark that is nearest to a number, as for a point that is dragged."""
        self.value = self.nearest(number)


class WholeSlider(NumberSlider):
    """A slider for a whole number."""

    kind = "whole"

    def __init__(self, name, value, low, high, meaning=""):
        super().__init__(name, value, low, high, 1, meaning)

    def checked(self, value):
        """Return the number as an int, or raise a ValueError."""
        return whole(value, self.min, self.max, self.description)


class LogSlider(NumberSlider):
    """A slider for numbers of many sizes: equal ways along it multiply the number by equal factors.

    Parameters
    ----------
    name : str
        Its label.
    value, low, high : float
        All positive.
    per_decade : int
        How many presses of an arrow key multiply the number by 10.
    meaning : str
    """

    kind, remark = "log", ", logarithmic"

    def __init__(self, name, value, low, high, per_decade=10, meaning=""):
        super().__init__(name, value, low, high, 1 / per_decade, meaning)

    def nearest(self, number):
        """Return the mark that is nearest to a number, with two digits; an end, where it lies outside."""
        number = min(max(number, self.min), self.max)
        return min(max(float(f"{10 ** (round(math.log10(number) / self.step) * self.step):.2g}"), self.min), self.max)


class WholeLogSlider(LogSlider):
    """A slider for whole numbers of many sizes: from 1 to 10 it goes as far as from 10 to 100."""

    kind = "whole log"

    def __init__(self, name, value, low, high, meaning=""):
        super().__init__(name, value, low, high, meaning=meaning)

    def checked(self, value):
        """Return the number as an int, or raise a ValueError."""
        return whole(value, self.min, self.max, self.description)


# --- one of several ---------------------------------------------------------------------------------------------------


class DropDown(Control):
    """A list from which one of some values is chosen; what is beyond the lecture is marked.

    Parameters
    ----------
    name : str
    options : iterable
        Texts or numbers.
    meaning : str
    value : optional
        The one at the start; by default the first.

    Attributes
    ----------
    options : list
        Where others are set, the first of them is chosen if the present one is not among them.
    """

    options = traitlets.List()
    kind = "select"
    looks = (*Control.looks, "options", "labels")

    def __init__(self, name, options, meaning="", value=None, **traits):
        options = list(options)
        value = options[0] if value is None else value
        super().__init__(name, value, self._about(name, options, meaning), options=options, **traits)

    @property
    def labels(self):
        """How the options are called on the page."""
        return [f"{option}{' (beyond the lecture)' if option in _BEYOND else ''}" for option in self.options]

    def _about(self, name, options, meaning):
        return f"{name}: {meaning}" if meaning else name

    def checked(self, value):
        """Return the option that equals the value, or raise a ValueError."""
        for option in self.options:
            if type(value) in (str, int, float) and option == value:
                return option
        some = ", ".join(str(option) for option in self.options[:12] if option != "")
        raise ValueError(f"{self.description} cannot be {said(value)}; choose from {some}")

    @traitlets.observe("options")
    def _choose_another(self, change):
        if self.value not in change["new"]:
            self.value = change["new"][0]


class ChoiceSlider(DropDown):
    """A slider that stands on one of some numbers, which need not be equally far apart.

    The page tells the new number only when it is let go of: what hangs on it is too slow for a frame.
    """

    kind = "choice"

    def __init__(self, name, numbers, value, meaning=""):
        super().__init__(name, numbers, meaning, value)

    def _about(self, name, options, meaning):
        return f"{name}{meaning and ': '}{meaning}, from {options[0]:g} to {options[-1]:g}"


class CheckBox(Control):
    """What is on or off."""

    kind = "check"

    def __init__(self, name, value=False, meaning=""):
        super().__init__(name, value, f"{name}: {meaning}" if meaning else name)

    def checked(self, value):
        """Return the value, or raise a ValueError."""
        if not isinstance(value, bool):
            raise ValueError(f"{self.description} is true or false; {said(value)} is neither")
        return value


class TextField(Control):
    """A line of text; it is told when Enter is pressed or the field is left.

    Parameters
    ----------
    name, value, meaning : str
    check : callable, optional
        ``check(text)`` returns the text as it is to be kept, or raises a ValueError.
    most : int
        Characters that it takes.
    """

    kind = "text"

    def __init__(self, name, value="", meaning="", check=None, most=2000):
        self._check, self._most = check, most
        super().__init__(name, value, f"{name}: {meaning}" if meaning else name)

    def checked(self, value):
        """Return the text as it is to be kept, or raise a ValueError."""
        if not isinstance(value, str):
            raise ValueError(f"{self.description} is a text; {said(value)} is none")
        if len(value) > self._most:
            raise ValueError(f"{self.description} takes at most {self._most} characters; this text has {len(value)}")
        return value if self._check is None else self._check(value)


class Chooser:
    """A list from which one of many sliders is chosen; only that one is on the page.

    Parameters
    ----------
    sliders : dict of str to NumberSlider
    name, meaning : str
        Of the list.

    Attributes
    ----------
    choice : DropDown
        Which number has the slider.
    controls : list of Control
        The list and all sliders, to be put into a group.
    """

    def __init__(self, sliders, name="number", meaning="number to move"):
        self._sliders = sliders
        self.choice = DropDown(name, sliders, meaning)
        self.controls = [self.choice, *sliders.values()]
        self.choice.observe(self._show_chosen, "value")
        self._show_chosen()

    def _show_chosen(self, _=None):
        for name, slider in self._sliders.items():
            slider.hidden = name != self.choice.value


# --- buttons ----------------------------------------------------------------------------------------------------------


class Button(traitlets.HasTraits):
    """A button; what it does moves controls.

    Parameters
    ----------
    name : str
        What stands on it.
    action : callable
        Called without arguments.
    about : str
        Its tooltip.
    icon : str
        A name of Font Awesome: ``"play"``.
    """

    description = traitlets.Unicode()
    tooltip = traitlets.Unicode()
    icon = traitlets.Unicode()
    disabled = traitlets.Bool()
    hidden = traitlets.Bool()
    clicks = traitlets.Int()
    kind, looks, arguments = "button", ("description", "tooltip", "icon", "disabled"), ()

    def __init__(self, name, action, about="", icon=""):
        self.action = action
        super().__init__(description=name, tooltip=about or name, icon=icon)

    def click(self):
        """Do what it does, as when it is pressed on the page."""
        if not self.disabled:
            self.clicks += 1

    @property
    def look(self):
        """What the page makes the button from."""
        return {name: getattr(self, name) for name in ("kind", *self.looks)}


class Entry(Button):
    """A line of text that does something when Enter is pressed, and is no part of the state.

    Parameters
    ----------
    name, text, about : str
    action : callable
        ``action(text)`` is called with what was written.

    Attributes
    ----------
    text : str
        What stands in it.
    """

    text = traitlets.Unicode()
    kind, looks = "entry", (*Button.looks, "text")

    def __init__(self, name, text, action, about=""):
        super().__init__(name, action, about)
        self.text = text

    def enter(self, text):
        """Do what it does with a text, as when Enter is pressed on the page."""
        self.arguments = (text,)
        self.click()


class Player(Button):
    """The button of what goes on by itself, which plays and pauses.

    The beat is the page's: the next one comes when the last one has been answered, so that a slow kernel is not
    swamped. Nothing plays until the button, or the space key in the picture, is pressed.

    Parameters
    ----------
    advance : callable
        ``advance()`` sets controls and returns whether there is more to come. From the end it begins again.
    interval : int
        Milliseconds from the answer to one beat to the next beat.

    Attributes
    ----------
    is_playing : bool
    """

    def __init__(self, advance, interval=900):
        self.advance, self.interval = advance, interval
        super().__init__("Play", None)
        self.show(False)

    def show(self, is_playing):
        """Let the button say what it would do."""
        self.is_playing = is_playing
        self.description, self.icon = ("Pause", "pause") if is_playing else ("Play", "play")
        self.tooltip = "Pause" if is_playing else "Play the steps one after another; press again to pause"


# --- what may come in -------------------------------------------------------------------------------------------------


def in_range(number, low, high, name):
    """Return a number, or raise a ValueError that says what range it misses."""
    if isinstance(number, bool) or not isinstance(number, (int, float)) or number != number:
        raise ValueError(f"{name} needs a number; {said(number)} is none")
    if not low <= number <= high:
        raise ValueError(f"{name} goes from {low:g} to {high:g}; {said(number)} lies outside".replace("-", "−"))
    return number


def whole(number, low, high, name):
    """Return a whole number as an int, or raise a ValueError that says why it is none, or what range it misses."""
    if in_range(number, low, high, name) != int(number):
        raise ValueError(f"{name} needs a whole number; {number:g} is none")
    return int(number)


def said(value):
    """Return a value that was refused as a short text, however long it is."""
    try:
        text = f"{value:g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else repr(value)
    except OverflowError:
        return f"a number of {len(str(value))} digits" if value < 10**4000 else "a number of thousands of digits"
    return text if len(text) <= MOST_IN_MESSAGE else f"{text[:MOST_IN_MESSAGE]}…"
