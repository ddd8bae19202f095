"""The controls of the playground that define a run, and what the names of its units and weights are."""

from functools import cache, lru_cache

from nbhelpers import datasets
from nbhelpers.explorers.kit.controls import (
    CheckBox,
    DropDown,
    Hidden,
    LogSlider,
    NumberSlider,
    WholeSlider,
    said,
)
from nbhelpers.explorers.playground.edits import named
from nbhelpers.explorers.playground.text import CHOICES, MOST_LAYERS, OWN, UNITS
from nbhelpers.numbers_as_text import subscript, superscript

MOST_UNITS = 16
BATCHES = ["16", "1", "4", "8", "10", "32", "64", "all"]
GROUPS = {
    "data": ["data", "noise", "training", "seed"],
    "inputs": list(datasets.FEATURES),
    "network": ["layers", *UNITS, "activation", "weights", "dropout"],
    "training": ["η", "batch", "optimizer", "L2", "L1"],
}
_MEANINGS = {
    "data": "kind of the points",
    "activation": "of the hidden layers",
    "optimizer": "how a gradient is turned into a step",
    "weights": "how they begin",
}
_MOST_OWN = 40_000  # characters


def settings():
    """Return the controls that define a run, by name, but for its steps and what is set by hand on the way."""
    return {
        "own": Hidden("own", "", checked_points),
        **{name: DropDown(name, options, _MEANINGS[name]) for name, options in CHOICES.items()},
        "noise": NumberSlider("noise", 0.2, 0, 0.5, 0.05, "standard deviation of what is added to the points"),
        "training": NumberSlider("training", 0.75, 0.1, 0.9, 0.05, "share of the points to train on"),
        "seed": WholeSlider(
            "seed", 0, 0, 99, "of the random numbers: other points, other initial weights, another order"
        ),
        **{name: CheckBox(name, name in ("x₁", "x₂"), "an input of the network") for name in datasets.FEATURES},
        "layers": WholeSlider("layers", 2, 0, MOST_LAYERS, "hidden layers"),
        **{name: WholeSlider(name, 8, 1, MOST_UNITS, f"of hidden layer {name[-1]}") for name in UNITS},
        "η": LogSlider("η", 0.3, 1e-4, 1e2, meaning="learning rate"),
        "batch": DropDown("batch", BATCHES, "examples per step"),
        "L2": NumberSlider("L2", 0, 0, 0.1, 0.001, "λ of the penalty on the squares of the weights"),
        "L1": NumberSlider("L1", 0, 0, 0.1, 0.001, "λ of the penalty on the sizes of the weights"),
        "dropout": NumberSlider("dropout", 0, 0, 0.8, 0.05, "share of the hidden units that a step switches off"),
    }


def checked_points(text):
    """Return the user's own points as a text, as it is to be kept, or raise a ValueError that says what is wrong."""
    if not isinstance(text, str):
        raise ValueError(f"points of your own are a text; {said(text)} is none")
    if len(text) > _MOST_OWN:
        raise ValueError(f"points of your own have room for {_MOST_OWN:,} characters; this text has {len(text):,}")
    return datasets.points_as_text(datasets.read_points(text)) if text.strip() else ""


def sizes_of(values):
    """Return the sizes of the network: inputs, hidden units, outputs."""
    inputs = max(1, sum(values[name] for name in datasets.FEATURES))
    return [inputs, *(values[name] for name in UNITS[: values["layers"]]), _outputs(values["data"], values["own"])]


@cache
def _outputs_of_toy(name):
    return (datasets.TOY | datasets.SURFACES)[name](8).m


@lru_cache(maxsize=8)
def _outputs_of_own(points):
    return datasets.read_points(points).m


def _outputs(data, own):
    return _outputs_of_own(own) if data == OWN else _outputs_of_toy(data)


# --- names ------------------------------------------------------------------------------------------------------------

OUTPUT = "output"


def unit_names(values):
    """Return the units by the name that they have in a list: the layer and the number from 0 of each.

    The first, `OUTPUT`, is what the network says; it has no number.
    """
    sizes = sizes_of(values)
    names = {OUTPUT: (len(sizes) - 1, None)}
    names |= {name: (0, i) for i, name in enumerate(input_names(values))}
    for l, h in enumerate(sizes[1:-1], start=1):
        names |= {f"a⁽{superscript(l)}⁾{subscript(j + 1)}": (l, j) for j in range(h)}
    last = sizes[-1] if sizes[-1] > 1 else 0
    return names | {f"ŷ{subscript(j + 1)}": (len(sizes) - 1, j) for j in range(last)}


def input_names(values):
    """Return the names of the inputs; of one that says nothing there is its value, 0."""
    return [name for name in datasets.FEATURES if values[name]] or ["0"]


def weight_names(values, unit):
    """Return the numbers that go into a unit, by name, as the name of their matrix and the entry; none of an input."""
    l, j = unit
    if l == 0:
        return {}
    j = j or 0
    entries = [(f"W{l}", (j, i)) for i in range(sizes_of(values)[l - 1])] + [(f"b{l}", (j, 0))]
    return {named(*entry): entry for entry in entries}
