"""A trained network looks at real handwritten digits that it has never seen, or at one's own.

The digits that it reads wrong come first. One's own digit is drawn with the mouse, or cell by cell with the keys.
"""

from nbhelpers.experiments import drawn_digits
from nbhelpers.experiments.digit_classifier import CLASSES, UNITS, digit_reader
from nbhelpers.explorers.kit.controls import Button, DropDown, Hidden, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.numbers_as_text import probability_text, short
from nbhelpers.plots import style
from nbhelpers.plots.digits import REGIONS, SIZE, DigitPanels

HELD_OUT, OWN = "held-out digits", "your own digit"
_SIDE = drawn_digits.SIDE
_KEYS_HELP = (
    "Held-out digits: left and right arrow for another digit, up and down for another hidden unit, Enter to change "
    "this digit. Your own: arrows move the cursor, space sets the ink of the slider, 0 to 9 set less or more ink, "
    "Page Up and Page Down for another unit, Enter to go back"
)


def digits():
    """Return an explorer of what a network makes of handwritten digits.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        A drag in the digit draws. A click on a small digit, on a bar or on a number of the table chooses it.
    """
    return Explorer(DigitsLesson())


class DigitsLesson(Lesson):
    """What is in the explorer: the controls, the panels, and what the keys and the mouse do."""

    keys_help = _KEYS_HELP

    def __init__(self):
        self.reader = digit_reader()
        self.count = self.reader.held_out.d
        self._make_controls()
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.regions = REGIONS
            classes = [str(k) for k in range(CLASSES)]
            self.panels = DigitPanels(self.figure, classes, UNITS, self.reader.confusion)
        self.moving, self.groups, self.keys = self.panels.moving, self._groups(), self._keys()
        self.follow = {"digit": lambda _: self._show(HELD_OUT), "drawing": lambda _: self._show(OWN)}
        self.drag_box = self.panels.digit.box

    # --- controls -------------------------------------------------------------------------------------------------

    def _make_controls(self):
        self.digit = WholeSlider("digit", 1, 1, self.count, "which of the digits that were held out, wrong ones first")
        self.unit = WholeSlider("unit", 1, 1, UNITS, "the hidden unit whose weights are shown")
        self.ink = WholeSlider("ink", drawn_digits.FULL, 0, drawn_digits.FULL, "of the pen; 0 is an eraser")
        self.drawing = Hidden("drawing", drawn_digits.BLANK, _drawing)
        self.cursor = DropDown("cursor", _CELLS)
        self.show = DropDown("show", [HELD_OUT, OWN], "which digits the network looks at")
        # setting a digit shows it, so that what is shown has to be set last
        names = ("digit", "unit", "ink", "cursor", "drawing", "show")
        self.controls = {name: getattr(self, name) for name in names}

    def _groups(self):
        new = Button("New drawing", self._begin, "Begin with a blank grid of your own")
        change = Button("Change this digit", self._change, "Make this digit your own, to change it")
        return [Group("digit", [self.show, self.digit, new, change]), Group("unit and pen", [self.unit, self.ink])]

    def _show(self, what):
        self.show.value = what

    # --- what can be done -----------------------------------------------------------------------------------------

    def _keys(self):
        """A key does one thing to the digits that were held out, and another to one's own."""
        ways = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}
        keys = {key: lambda way=way: self._go(*way) for key, way in ways.items()}
        keys |= {"PageUp": lambda: _step(self.unit, -1), "PageDown": lambda: _step(self.unit, 1)}
        keys |= {str(k): lambda k=k: self._set_cell(round(k * drawn_digits.FULL / 9)) for k in range(10)}
        return {**keys, " ": lambda: self._set_cell(self.ink.value), "Enter": self._toggle}

    def _go(self, right, down):
        if self.show.value == OWN:
            row, across = self._cell()
            self._put_cursor(row + down, across + right)
        elif right:
            _step(self.digit, right)
        else:
            _step(self.unit, down)

    def _toggle(self):
        if self.show.value == OWN:
            self._show(HELD_OUT)
        else:
            self._change()

    def _begin(self):
        self.drawing.value = drawn_digits.BLANK
        self._show(OWN)

    def _change(self):
        """Make the digit that is shown one's own."""
        self.drawing.value = drawn_digits.to_text(self._shown_ink())
        self._show(OWN)

    def _set_cell(self, level):
        self._draw(drawn_digits.with_level(self._shown_ink(), *self._cell(), level))

    def dragged(self, points):
        """Draw along a line."""
        line = [self.panels.digit.place_at(x, y) for x, y in points]
        self._put_cursor(*(int(length) for length in line[-1][::-1]))
        self._draw(drawn_digits.with_line(self._shown_ink(), line, self.ink.value))

    def _draw(self, ink):
        self.drawing.value = drawn_digits.to_text(ink)
        self._show(OWN)

    def clicked(self, x, y):
        """Set the cell that was clicked, or choose the unit or the digit."""
        if self.panels.digit.cell_at(x, y):
            self._dot(x, y)
        elif self.panels.units.unit_at(x, y) is not None:
            self.unit.value = self.panels.units.unit_at(x, y) + 1
        elif self.panels.table.cell_at(x, y):
            self._find(*self.panels.table.cell_at(x, y))
        elif self.panels.strip.picture_at(x, y) is not None:
            self._choose(self._first_of_strip() + self.panels.strip.picture_at(x, y))

    def _dot(self, x, y):
        row, across = self.panels.digit.cell_at(x, y)
        self._put_cursor(row, across)
        self._draw(drawn_digits.with_level(self._shown_ink(), row, across, self.ink.value))

    def _find(self, real, said):
        """The next digit that is counted in this cell of the table."""
        after = self.digit.value - 1 if self.show.value == HELD_OUT else -1
        found = self.reader.next_with(real, said, after)
        if found is None:
            raise ValueError(f"no {real} that was held out is taken for a {said}")
        self._choose(found)

    def _choose(self, i):
        self.digit.value = min(i + 1, self.count)
        self._show(HELD_OUT)

    def _put_cursor(self, row, across):
        self.cursor.value = _CELLS[_SIDE * _within(row) + _within(across)]

    # --- what is shown --------------------------------------------------------------------------------------------

    def _shown_ink(self):
        if self.show.value == OWN:
            return drawn_digits.from_text(self.drawing.value)
        return self.reader.ink(self.digit.value - 1)

    def _cell(self):
        return divmod(_CELLS.index(self.cursor.value), _SIDE)

    def _first_of_strip(self):
        return (self.digit.value - 1) // self.panels.strip.count * self.panels.strip.count

    def redraw(self, values):
        """Let the network read the digit that is shown, and say in words what it makes of it."""
        is_own, i = values["show"] == OWN, values["digit"] - 1
        ink, unit = self._shown_ink(), values["unit"] - 1
        reading, real = self.reader.reading(ink), None if is_own else int(self.reader.held_out.labels[i])
        self.panels.update_digit(ink, self._cell() if is_own else None, reading.probabilities, real)
        self.panels.update_unit(unit, self.reader.network.W[1][unit], reading.activations)
        self._show_strip(i, is_own)
        self.panels.update_lines(*self._lines(values, ink, reading, real))
        return self._seen(values, ink, reading, real)

    def _show_strip(self, i, is_own):
        first = self._first_of_strip()
        last = min(first + self.panels.strip.count, self.count)
        captions = [self._caption(k) for k in range(first, last)]
        self.panels.strip.update(self.reader.held_out.X[:, first:last], captions, None if is_own else i - first)

    def _caption(self, k):
        real, said = int(self.reader.held_out.labels[k]), int(self.reader.said[k])
        return f"{real}" if real == said else f"{real}→{said}"

    # --- words ----------------------------------------------------------------------------------------------------

    def _lines(self, values, ink, reading, real):
        row, across = self._cell()
        cell = f"row {row + 1}, column {across + 1}: ink {ink[row, across]} of {drawn_digits.FULL}"
        about = cell if real is None else f"digit {values['digit']} of {self.count}; really a {real}"
        z, a = (short(numbers[values["unit"] - 1]) for numbers in (reading.sums, reading.activations))
        first = self._first_of_strip()
        last = min(first + self.panels.strip.count, self.count)
        strip = f"{first + 1} to {last} of {self.count}; wrong ones come first"
        return about, f"unit {values['unit']}: z = {z}, a = {a}", _verdict(reading, real), strip

    def _seen(self, values, ink, reading, real):
        about = (
            f"Your own digit, cursor at {self._lines(values, ink, reading, real)[0]}."
            if real is None
            else (f"Digit {values['digit']} of {self.count}, really a {real}.")
        )
        shares = self.reader.shares_of_sum(ink, values["unit"] - 1)
        unit = _unit_in_words(values["unit"], shares, reading)
        score = f"Of the {self.count} held-out digits it reads {self.reader.right} right."
        words = f"{about} {_reading_in_words(ink, reading, real)} {unit} {score}"
        return Seen(words, f"A network looks at a digit: {_picture_in_words(ink)}. {words} {_all_in_words(reading)}")


def _drawing(text):
    """One's own digit, as a text of `nbhelpers.experiments.drawn_digits`."""
    return drawn_digits.to_text(drawn_digits.from_text(str(text)))


def _verdict(reading, real):
    said, sure = reading.said, probability_text(reading.probabilities.max())
    if real is None:
        return f"most probable: {said}, with {sure}"
    return f"✓ right: {said}, with {sure}" if said == real else f"✗ wrong: it says {said}, with {sure}"


def _reading_in_words(ink, reading, real):
    """What it says, how sure it is, and whether it is right: ``It sees a 4 (0.724), and is wrong: …``."""
    first, second = reading.ranking[:2]
    p = [probability_text(reading.probabilities[k]) for k in (first, second)]
    if not ink.any():
        return f"The grid is blank; it says {first} with {p[0]} all the same, because it has to choose one of ten."
    opinion = f"The network says {first} with {p[0]}, then {second} with {p[1]}"
    if real is None:
        return f"{opinion}: {_sureness(reading.probabilities[first])}."
    if first == real:
        return f"{opinion}: right, and {_sureness(reading.probabilities[first])}."
    own = f"; for the real {real} it has {probability_text(reading.probabilities[real])}" if second != real else ""
    return f"{opinion}: wrong, and {_sureness(reading.probabilities[first])}{own}."


def _sureness(probability):
    if probability >= 0.95:
        return "very sure"
    if probability >= 0.8:
        return "fairly sure"
    return "unsure" if probability < 0.5 else "not so sure"


def _unit_in_words(number, shares, reading):
    """What makes up its sum: ink on positive and on negative weights, and the bias."""
    raised, lowered, bias = (short(share, 2) for share in shares)
    z, a = (short(numbers[number - 1]) for numbers in (reading.sums, reading.activations))
    made = f"ink on its + weights gives {raised}, on its − weights {lowered}, the bias {bias}"
    return f"Hidden unit {number}: {made}; so z = {z} and a = {a}."


def _picture_in_words(ink):
    if not ink.any():
        return "blank cells"
    rows = [",".join(str(level) for level in row) for row in ink.tolist()]
    return f"ink from 0 to 16, row by row {' / '.join(rows)}"


def _all_in_words(reading):
    listed = ", ".join(f"{k}: {probability_text(p)}" for k, p in enumerate(reading.probabilities))
    return f"Probabilities: {listed}."


def _step(slider, by):
    slider.value = min(max(slider.value + by, slider.min), slider.max)


def _within(k):
    return min(max(k, 0), _SIDE - 1)


_CELLS = [f"{row},{across}" for row in range(1, _SIDE + 1) for across in range(1, _SIDE + 1)]
