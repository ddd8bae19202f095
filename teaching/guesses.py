"""The questions that a notebook asks before it shows the answer."""

import re
from typing import NamedTuple


class Guess(NamedTuple):
    """A question to guess at: where it stands, what is asked, in Markdown, and what its cell says about the answer."""

    cell: str
    question: str
    about: dict


_ASKED = re.compile(r"\*\*Guess first.*?(?=\n\n(?![-*\d ])|\Z)", re.DOTALL | re.MULTILINE)
_SKIPPED = re.compile(r"<details.*?</details>|<!--.*?-->", re.DOTALL)


def guesses(notebook):
    """Return the `Guess`es of a notebook in their order."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            about = cell.metadata.get("nbhelpers", {}).get("guess", {})
            found += [Guess(cell.id, text, about) for text in _ASKED.findall(_SKIPPED.sub("", cell.source))]
    return found
