"""A slider for numbers of many sizes: equal ways along it multiply the number by equal factors."""

import math

import ipywidgets

from nbhelpers.explorers.controls import NEARLY, ExactSlider, in_range


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
