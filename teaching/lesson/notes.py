"""Read the teacher's notes, ``teaching/NN.md``. CONTRIBUTING.md says what stands in them."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]

SECTIONS = (
    "Afterwards they can",
    "45 minutes",
    "90 minutes",
    "On the board",
    "Cell by cell",
    "Misconceptions",
    "Leave out",
    "Answers",
)
"""The headings of the notes on a notebook, in this order."""

_PART = re.compile(
    r"^\*\*(Ask|Expect|Usual wrong answer|Say|Board)\.\*\* (.+?)(?=\n\n|\n\*\*|\Z)", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Notes:
    """The notes on one notebook.

    Attributes
    ----------
    sections : dict of str to str
        The Markdown below each heading of `SECTIONS`.
    cells : dict of str to str
        What to ask and to say at a cell, by the id of the cell: the parts of “Cell by cell”.
    answers : dict of str to str
        The answer to each exercise, by the id of its cell: the parts of “Answers”.
    """

    sections: dict
    cells: dict
    answers: dict

    def part(self, cell_id, name):
        """Return one part of what is said at a cell, such as ``"Expect"``, or None."""
        return dict(_PART.findall(self.cells.get(cell_id, ""))).get(name)


def notes(number):
    """Return the teacher's notes on the notebook with this number, such as ``"03"``."""
    text = (FOLDER / f"{number}.md").read_text(encoding="utf-8")
    sections = _split(text, "## ")
    return Notes(sections, _split(sections["Cell by cell"], "### "), _split(sections["Answers"], "### "))


def _split(text, mark):
    parts = re.split(rf"^{mark}(.+)$", text, flags=re.MULTILINE)[1:]
    return {heading.strip(" `"): body.strip() for heading, body in zip(parts[::2], parts[1::2], strict=True)}
