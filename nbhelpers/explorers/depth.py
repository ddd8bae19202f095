"""The backward signal through 2 to 50 layers: its size in each, what is predicted, and which factor is to blame."""

import functools

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.experiments.deep_network import Tower
from nbhelpers.experiments.signal_propagation import measured, predicted
from nbhelpers.explorers.depth_words import Course
from nbhelpers.explorers.kit.controls import DropDown, LogSlider, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.numbers_as_text import spoken
from nbhelpers.plots import style
from nbhelpers.plots.depth import REGIONS, SIZE, draw_depth

MAX_DEPTH, MAX_WIDTH = 50, 64
EXAMPLES = 8
SCHEMES = {"Xavier": "xavier", "He": "he", "normal, 0.01": "normal", "zeros": "zeros"}
_HIDDEN = sorted((name for name, f in ACTIVATIONS.items() if f.elementwise), key=lambda name: name != "sigmoid")


def depth():
    """Return an explorer of what depth does to the signal that backpropagation sends back.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With sliders for depth, width, a factor on all weights and the draw of the random numbers, and lists of
        activations and schemes.
    """
    return Explorer(DepthLesson())


class DepthLesson(Lesson):
    """What is in the explorer: the controls, the panels, and what is computed for them."""

    def __init__(self):
        self.controls = _controls()
        network, weights = list(self.controls.values())[:3], list(self.controls.values())[3:]
        self.groups = [Group("network", network), Group("weights", weights)]
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = draw_depth(self.figure)
        self.regions = REGIONS
        self.moving = self.panels.moving

    def redraw(self, values):
        """Send a signal back through the network that is asked for, show it, and say it in words."""
        tower = tower_of(values)
        found = signals_of(tower, values["draw"])
        expected = predicted(tower.sizes, tower.activations, tower.variances, last=found.dZ[-1])
        course = Course(found, expected, is_zero=tower.scheme == "zeros")
        self.panels.update(found, expected, course.texts, course.blamed)
        words = f"{_settings(values)} {course.words}"
        return Seen(words, f"Bars per layer: size of the backward signal, and the two factors of each layer. {words}")


@functools.lru_cache(maxsize=500)
def signals_of(tower, draw):
    """Return the signals measured in a tower with these random numbers, on `EXAMPLES` examples."""
    return measured(tower.network(draw), *tower.examples(EXAMPLES, draw))


def tower_of(values):
    """Return the tower that the controls ask for."""
    scheme = SCHEMES[values["scheme"]]
    return Tower(values["depth"], values["width"], values["activation"], scheme, values["scale"])


def _controls():
    scale = LogSlider("× scale", 1.0, 0.1, 10.0, per_decade=20, meaning="multiplies all weights")
    return {
        "depth": WholeSlider("depth L", 20, 2, MAX_DEPTH, "layers, with the output layer"),
        "width": WholeSlider("width", 32, 2, MAX_WIDTH, "features, and units of each hidden layer"),
        "activation": DropDown("function", _HIDDEN, "activation of the hidden layers"),
        "scheme": DropDown("scheme", SCHEMES, "how the weights begin"),
        "scale": scale,
        "draw": WholeSlider("draw", 0, 0, 99, "seed of the random numbers: another network of the same kind"),
    }


def _settings(values):
    """What kind of network it is: ``20 layers, sigmoid, Xavier:``."""
    scale = f", all weights × {spoken(values['scale'])}" if values["scale"] != 1 else ""
    return f"{values['depth']} layers of {values['width']} units, {values['activation']}, {values['scheme']}{scale}:"
