"""What the course consists of, read from the notebooks and from the tables of the two READMEs."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

PARTS = {
    "Begin": ["00"],
    "Forward: from inputs to a prediction and its price": ["01", "02", "03", "04"],
    "Backward: from the price to every weight": ["05", "06", "07", "08", "09"],
    "Learning: the step, repeated": ["10", "11", "12", "13"],
    "Afterwards": ["14", "15", "16"],
}
_LINK = re.compile(r"\[(\d\d) ([^\]]+)\]\((?:notebooks/)?(\w+)\.ipynb\)")


@dataclass
class Lesson:
    """A notebook of the course."""

    path: Path
    title: str
    question: str
    teaches: str
    reading: str
    with_exercises: str
    cells: list = field(repr=False)

    @property
    def number(self):
        """Its two digits."""
        return self.path.stem[:2]

    @property
    def page(self):
        """Its page to read, as seen from the front page."""
        return f"read/{self.path.stem}.html"

    @property
    def live(self):
        """Where it runs, as seen from the front page."""
        return f"live/notebooks/index.html?path={self.path.name}"

    @property
    def movable(self):
        """The ids of the cells that show an explorer."""
        return [cell["id"] for cell in self.cells if _shows_an_explorer(cell)]


def lessons(root):
    """Return the notebooks in their order."""
    questions = _rows(root / "README.md")
    taught = _rows(root / "notebooks" / "README.md")
    return [_lesson(path, questions, taught) for path in sorted((root / "notebooks").glob("*.ipynb"))]


def parts(found):
    """Return the parts of the course, each with its lessons; what is in none comes last."""
    left = {lesson.number: lesson for lesson in found}
    table = {part: [left.pop(number) for number in numbers if number in left] for part, numbers in PARTS.items()}
    return {**table, **({"More": list(left.values())} if left else {})}


def _lesson(path, questions, taught):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    heading = "".join(cells[0]["source"]).partition("\n")[0].lstrip("# ")
    row = [*taught.get(path.stem, []), "", "", ""][:3]
    return Lesson(path, heading[3:], "".join(questions.get(path.stem, [])[:1]), *row, cells)


def _rows(path):
    """The further columns of every row of a table that begins with a link to a notebook, by the notebook's stem."""
    rows = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        link = _LINK.fullmatch(cells[0])
        if link:
            rows[link[3]] = cells[1:]
    return rows


def _shows_an_explorer(cell):
    outputs = cell.get("outputs", [])
    shown = any("image/png" in output.get("data", {}) for output in outputs)
    return shown and "explorers." in "".join(cell["source"])
