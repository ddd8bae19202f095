"""The questions that a notebook asks before it shows the answer."""

import re
from typing import NamedTuple


class Guess(NamedTuple):
    """A question to guess at: its cell and the heading above it, what is asked, in Markdown, and what the cell says."""

    cell: str
    heading: str
    question: str
    about: dict


_ASKED = re.compile(r"\*\*Guess first.*?(?=\n\n(?![-*\d ])|\Z)", re.DOTALL | re.MULTILINE)
_SKIPPED = re.compile(r"<details.*?</details>|<!--.*?-->", re.DOTALL)


def guesses(notebook):
    """Return the `Guess`es of a notebook in their order."""
    found, heading = [], ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = (re.findall(r"^##? (.+)$", cell.source.partition("**Guess first")[0], re.MULTILINE) or [heading])[
                -1
            ]
            about = cell.metadata.get("nbhelpers", {}).get("guess", {})
            found += [Guess(cell.id, heading, text, about) for text in _ASKED.findall(_SKIPPED.sub("", cell.source))]
    return found
