"""A slider for numbers of many sizes: equal ways along it multiply the number by equal factors."""

import math

import ipywidgets
import traitlets

from nbhelpers.explorers.controls import LABEL_WIDTH, in_range

_NEARLY = 1e-6  # of a step: what a browser's arithmetic may add


class LogSlider(ipywidgets.FloatLogSlider):
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
    number : float
        The number that is meant: what was typed or placed, or the mark of the scale with two digits.
    """

    def __init__(self, name, value, low, high, per_decade=10, meaning="", format=".2r"):
        self._low, self._high, self._is_told = low, high, False
        self._exact = in_range(value, low, high, name)
        about = f"{name}{meaning and ': '}{meaning}, from {low:g} to {high:g}, logarithmic".replace("-", "−")
        ends = {"min": round(math.log10(low)), "max": round(math.log10(high)), "step": 1 / per_decade}
        super().__init__(value=value, description=name, tooltip=about, readout_format=format, **ends)
        self.style.description_width = LABEL_WIDTH
        self.add_class("nbh-log")

    @property
    def number(self):
        """The number that is meant."""
        return self._exact if self._is_near_exact() else float(f"{self.value:.2g}")

    def place(self, number):
        """Set the number exactly; a ValueError says so if it lies outside the range."""
        self._exact = in_range(number, self._low, self._high, self.description)
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

    def _is_near_exact(self):
        """Whether the slider stands at the exact number, or on the mark where the browser shows it."""
        places = math.log10(self._exact), self._mark(self._exact)
        return any(abs(math.log10(self.value) - place) <= _NEARLY * self.step for place in places)

    def _mark(self, number):
        return self.min + round((math.log10(number) - self.min) / self.step) * self.step
