"""The arrays in whatever a learner keeps parameters in: dictionaries, tuples, lists of pairs, objects.

Every array in a structure is a leaf with an address, such as ``(("key", "W1"),)``. Leaves can be read, and replaced in
a copy of the structure, so that the same code can be run with other numbers.
"""

import copy
import re
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Leaf:
    """An array in a structure.

    Attributes
    ----------
    address : tuple
        How it is reached: pairs of ``"key"``, ``"item"`` or ``"attribute"`` and what stands there.
    value : object
        As it was found: an array, a number, a list of numbers, a list of lists.
    """

    address: tuple
    value: object

    @property
    def array(self):
        """The value as an array of floats."""
        return np.asarray(self.value, float)

    @property
    def name(self):
        """What it is called, as a learner would write it: ``"W1"``, ``"W[0]"``, ``"layers[0].W"``."""
        text = ""
        for kind, part in self.address:
            text += f"[{part}]" if kind == "item" else f".{part}" if text and kind == "attribute" else f"{part}"
        return text

    @property
    def word(self):
        """The last part of the address that is a word, else ""."""
        return next((str(part) for kind, part in reversed(self.address) if isinstance(part, str)), "")


def leaves(structure, address=()):
    """Return all arrays in a structure, in the order in which they stand."""
    if is_array(structure):
        return [Leaf(address, structure)]
    found = []
    for step, part in _parts(structure):
        found += leaves(part, (*address, step))
    return found


def is_array(value):
    """Return whether something is an array of numbers: of NumPy, a number, a list of numbers, a list of such rows."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biuf"
    if isinstance(value, bool | str) or value is None:
        return False
    if isinstance(value, int | float | np.number):
        return True
    if not isinstance(value, list | tuple) or not value:
        return False
    return all(map(_is_number, value)) or (all(map(_is_row, value)) and len({len(row) for row in value}) == 1)


def _is_number(value):
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _is_row(value):
    return isinstance(value, list) and bool(value) and all(map(_is_number, value))


def _parts(structure):
    if isinstance(structure, dict):
        return [(("key", key), part) for key, part in structure.items()]
    if isinstance(structure, list | tuple):
        names = getattr(structure, "_fields", None)
        if names:
            return [(("attribute", name), part) for name, part in zip(names, structure, strict=True)]
        return [(("item", i), part) for i, part in enumerate(structure)]
    if (hasattr(structure, "__dict__") and not callable(structure)) or _is_plain_object(structure):
        return [(("attribute", name), part) for name, part in vars(structure).items() if not _is_machinery(part)]
    return []


def _is_plain_object(value):
    return hasattr(value, "__dict__") and not isinstance(value, type) and type(value).__module__ != "builtins"


def _is_machinery(part):
    return callable(part) or isinstance(part, str | bool) or part is None


def replaced(structure, values):
    """Return a copy of a structure with other arrays at some addresses, each of the type that stood there.

    Parameters
    ----------
    structure : object
    values : dict
        Address → array.
    """
    new = copy.deepcopy(structure)
    for address, value in values.items():
        new = _put(new, address, value)
    return new


def in_float64(structure):
    """Return a copy of a structure in which every array of coarser floats is one of float64; itself without any.

    Examples
    --------
    >>> in_float64({"W": np.ones(2, np.float32)})["W"].dtype
    dtype('float64')
    """
    coarse = [leaf for leaf in leaves(structure) if getattr(leaf.value, "dtype", float) in (np.float32, np.float16)]
    new = copy.deepcopy(structure) if coarse else structure
    for leaf in coarse:
        new = _put(new, leaf.address, leaf.array, lambda old, array: array)
    return new


def _put(structure, address, value, form=None):
    if not address:
        return (form or like)(structure, value)
    (kind, part), rest = address[0], address[1:]
    inner = getattr(structure, part) if kind == "attribute" else structure[part]
    inner = _put(inner, rest, value, form)
    if kind == "attribute" and not isinstance(structure, tuple):
        setattr(structure, part, inner)
    elif isinstance(structure, tuple):
        index = structure._fields.index(part) if kind == "attribute" else part
        changed = [inner if i == index else old for i, old in enumerate(structure)]
        return type(structure)(*changed) if hasattr(structure, "_fields") else tuple(changed)
    else:
        structure[part] = inner
    return structure


def like(old, array):
    """Return an array in the type of an old value: a list stays a list, a number a number."""
    if isinstance(old, np.ndarray):
        return np.array(array, dtype=old.dtype if old.dtype.kind == "f" else float)
    return type(old)(np.asarray(array).tolist()) if isinstance(old, tuple) else np.asarray(array).tolist()


_GRADIENT = re.compile(r"^(grads?_?of_?|grads?_?|nabla_?|delta_?|partial_?|g_|D_?|d_?)|(_?grads?|_?nabla|_delta)$")


def plain_name(word):
    """Return the name of a parameter from that of its gradient: "W1" of "dW1", "grad_W1" or "W1_grad"."""
    return _GRADIENT.sub("", word).lower().replace("_", "")
