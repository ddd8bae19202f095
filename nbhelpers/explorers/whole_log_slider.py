"""A slider for whole numbers of many sizes: from 1 to 10 it goes as far as from 10 to 100."""

from nbhelpers.explorers.log_slider import LogSlider


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
