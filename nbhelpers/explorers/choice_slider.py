"""A slider for one of a few numbers, which need not be equally far apart: it is told when it is let go of."""

import ipywidgets

from nbhelpers.explorers.controls import LABEL_WIDTH


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
