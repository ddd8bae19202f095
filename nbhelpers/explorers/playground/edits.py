"""Weights that were set by hand during a run, as a part of its text: ``set=40:W1[2,1]=0.5;60:b2[1]=-1``.

Each is made when the run has made so many steps, before the next one; so a run with them is as repeatable as one
without.
"""

import math
import re
from typing import NamedTuple

MOST = 40  # changes in one run
LARGEST = 100.0  # what a weight can be set to
_EDIT = re.compile(r"(\d{1,9}):([Wb])([1-9])\[([1-9]\d{0,2})(?:,([1-9]\d{0,2}))?\]=(\S{1,30})")


class Edit(NamedTuple):
    """One number that was set: after how many steps, which, and to what."""

    step: int
    name: str
    entry: tuple
    value: float

    def __str__(self):
        return f"{self.step}:{named(self.name, self.entry)}={repr(self.value).removesuffix('.0')}"


def named(name, entry):
    """Return an entry as the course writes it, from 1 on: ``W1[2,1]``, ``b2[1]``."""
    row, column = entry
    return f"{name}[{row + 1},{column + 1}]" if name[0] == "W" else f"{name}[{row + 1}]"


def as_entry(text):
    """Return the name and the entry, from 0 on, of a parameter that is written so."""
    edit = read_edits(f"0:{text}=0")[0]
    return edit.name, edit.entry


def edits_as_text(edits):
    """Return the text of some edits; empty where there are none."""
    return ";".join(map(str, edits))


def read_edits(text):
    """Return the edits that a text says, in the order of their steps.

    Raises
    ------
    ValueError
        If one of them cannot be read, if they are too many, or if a value is too large.

    Examples
    --------
    >>> read_edits("40:W1[2,1]=0.5")
    (Edit(step=40, name='W1', entry=(1, 0), value=0.5),)
    """
    edits = tuple(_edit(part) for part in text.split(";") if part)
    if len(edits) > MOST:
        raise ValueError(f"{len(edits)} weights are set by hand in this run; at most {MOST} can be")
    return tuple(sorted(edits, key=lambda edit: edit.step))


def value_of(text):
    """Return what a weight is to be set to, or raise a ValueError that says why not."""
    try:
        value = float(text.replace("−", "-"))
    except ValueError:
        raise ValueError(f"a weight needs a number; “{text[:20]}” is none") from None
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError(f"a weight can be set from −{LARGEST:g} to {LARGEST:g}; {text[:20]} lies outside")
    return value


def _edit(part):
    found = _EDIT.fullmatch(part)
    if found is None or (found[2] == "W") != (found[5] is not None):
        raise ValueError(f"set={part[:30]}: a weight is set like this: set=40:W1[2,1]=0.5")
    row, column = int(found[4]) - 1, int(found[5] or 1) - 1
    return Edit(int(found[1]), found[2] + found[3], (row, column), value_of(found[6]))
