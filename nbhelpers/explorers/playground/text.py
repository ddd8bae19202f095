"""The settings of a run of the playground as a short text, and back: ``moons noise=0.2 hidden=8-8 tanh lr=0.3 …``.

What is one of some words stands by itself; a number has its name before it. A text says a setting once, in any order.
What it does not say stays as it is, but for the weights that were set by hand: these belong to one run. `as_text` says
all settings, so that its text is exactly one run; of points that the user brought it says ``own``, and means those that
are there. Whether a number lies in its range is the business of the controls.
"""

import difflib

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.datasets import FEATURES, SURFACES, TOY
from nbhelpers.explorers.playground.edits import edits_as_text, read_edits
from nbhelpers.initialization import SCHEMES
from nbhelpers.training import OPTIMIZERS

MOST_LAYERS = 4
OWN = "own"  # data that the user brought
INPUTS = {name: name.translate(str.maketrans("₁₂", "12", " ")).replace("²", "^2") for name in FEATURES}  # in the text
UNITS = [f"units {l}" for l in range(1, MOST_LAYERS + 1)]  # the names of their controls
CHOICES = {
    "data": [*TOY, *SURFACES],
    "activation": sorted((name for name, f in ACTIVATIONS.items() if f.elementwise), key=lambda name: name != "tanh"),
    "optimizer": list(OPTIMIZERS),
    "weights": [name for name in ("xavier", "he", "normal", "zeros") if name in SCHEMES],
}
_NUMBERS = {  # what is called so in the text: the control, and its kind
    "noise": ("noise", float),
    "lr": ("η", float),
    "share": ("training", float),
    "l2": ("L2", float),
    "l1": ("L1", float),
    "dropout": ("dropout", float),
    "seed": ("seed", int),
    "steps": ("steps", int),
}
_ORDER = (
    "data",
    "noise",
    "share",
    "inputs",
    "hidden",
    "activation",
    "lr",
    "batch",
    "optimizer",
    "weights",
    "l2",
    "l1",
    "dropout",
    "seed",
    "set",
    "steps",
)
LONGEST = 80  # characters of a word in a run, but for the weights that were set by hand
_NAMED = (*_NUMBERS, "hidden", "batch", "inputs", "set")  # what has its name before it
UNKNOWN_STEPS = "…"  # while it plays


def as_text(values, is_playing=False):
    """Return the text of a run.

    Parameters
    ----------
    values : dict
        The values of the playground's controls by name.
    is_playing : bool
        The number of steps is left open: it would change with every frame.

    Returns
    -------
    str
    """
    values = {**values, "steps": UNKNOWN_STEPS if is_playing else values["steps"]}
    parts = {name: _word(values[name]) for name in CHOICES}
    parts |= {name: f"{name}={_plain(values[control])}" for name, (control, _) in _NUMBERS.items()}
    hidden = "-".join(str(values[name]) for name in UNITS[: values["layers"]]) or "none"
    parts |= {"hidden": f"hidden={hidden}", "batch": f"batch={values['batch']}"}
    parts["inputs"] = f"inputs={','.join(word for name, word in INPUTS.items() if values[name]) or 'none'}"
    parts["set"] = f"set={values['edits']}" if values["edits"] else ""
    return " ".join(parts[name] for name in _ORDER if parts[name])


def read_text(text):
    """Return the values of the controls that a text says.

    Parameters
    ----------
    text : str
        As `as_text` gives it; the order does not matter.

    Returns
    -------
    dict
        By the name of the control. What the text does not say is left out, as are the units of hidden layers that the
        run does not have.

    Raises
    ------
    ValueError
        A word that is not part of a run, a setting that is there twice, a number that is none, or no setting at all.

    Examples
    --------
    >>> text = "xor noise=0.1 hidden=4 relu lr=0.05 batch=all adam he l2=0 dropout=0 seed=3 steps=120"
    >>> values = read_text(text)
    >>> values["data"], values["layers"], values["units 1"], values["η"], values["steps"]
    ('xor', 1, 4, 0.05, 120)
    """
    parts = {}
    for word in text.split():
        if len(word) > LONGEST and not word.startswith("set="):
            raise ValueError(f"“{word[:LONGEST]}…” is not part of a run. {_meant(word[:LONGEST])}")
        name, said = _named(word)
        if name in parts:
            raise ValueError(f"the run says {name} twice: “{parts[name]}” and “{said}”")
        parts[name] = said
    if not parts:
        raise ValueError(f"the run says nothing. A run looks like this: {EXAMPLE}")
    return _values(parts)


EXAMPLE = (
    "moons noise=0.2 share=0.75 inputs=x1,x2 hidden=8-8 tanh lr=0.3 batch=16 adam xavier l2=0.001 l1=0 dropout=0 "
    "seed=7 steps=420"
)


def _word(option):
    """Return an option as a single word: ``"descent"`` for gradient descent."""
    return option.split()[-1]


def _plain(number):
    """Return a number with all its digits, from which it comes back exactly, but 8 for 8.0."""
    return str(number).removesuffix(".0")


def _named(word):
    """Return what a word of the text is about, and what it says."""
    name, is_named, said = word.partition("=")
    if is_named and name in _NAMED:
        return name, said
    if word == OWN:
        return "data", word
    for kind, options in CHOICES.items():
        if not is_named and word in map(_word, options):
            return kind, word
    raise ValueError(f"“{word}” is not part of a run. {_meant(name if is_named else word)}")


def _meant(word):
    """What stands in a run instead of a word that does not: the one that is nearest to it, or else an example."""
    words = [_word(option) for options in CHOICES.values() for option in options]
    words += [f"{name}=…" for name in _NAMED]
    near = difflib.get_close_matches(word, words, 1, 0.5)
    return f"Did you mean “{near[0]}”?" if near else f"A run looks like this: {EXAMPLE}"


def _values(parts):
    values = {name: parts[name] for name in (*CHOICES, "batch") if name in parts}
    if "optimizer" in parts:
        values["optimizer"] = next(name for name in OPTIMIZERS if _word(name) == parts["optimizer"])
    numbers = {name: entry for name, entry in _NUMBERS.items() if name in parts}
    values |= {control: _number(name, parts[name], kind) for name, (control, kind) in numbers.items()}
    values |= _hidden(parts["hidden"]) if "hidden" in parts else {}
    values |= _inputs(parts["inputs"]) if "inputs" in parts else {}
    return values | {"edits": edits_as_text(read_edits(parts.get("set", "")))}


def _inputs(said):
    """Which features a network is given, by the names of their check boxes."""
    words = [] if said == "none" else said.split(",")
    unknown = [word for word in words if word not in INPUTS.values()]
    if unknown:
        raise ValueError(
            f"inputs={said}: “{unknown[0]}” is not an input; choose from {', '.join(INPUTS.values())}, or none"
        )
    return {name: word in words for name, word in INPUTS.items()}


def _hidden(said):
    sizes = [] if said == "none" else [_number("hidden", size, int) for size in said.split("-")]
    if len(sizes) > MOST_LAYERS:
        raise ValueError(f"hidden={said} has {len(sizes)} hidden layers; at most {MOST_LAYERS} have room")
    return {"layers": len(sizes), **dict(zip(UNITS, sizes, strict=False))}


def _number(name, said, kind):
    try:
        return kind(said.replace("−", "-"))
    except ValueError:
        kinds = {int: "a whole number", float: "a number"}
        hint = ": pause first, then copy" if said == UNKNOWN_STEPS else ""
        raise ValueError(f"{name}={said}: “{said}” is not {kinds[kind]}{hint}") from None
