"""What a diagnosis says: the verdict, where, why, the mend, one thing to try."""

import textwrap
from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """What `diagnose` found; true where the code is right.

    Attributes
    ----------
    right : bool
        Right for the cost that was given, or for the one that was found.
    mistakes : tuple of str
        Names in `nbhelpers.mistakes.MISTAKES`; empty where none is known. Twins that give the same numbers are all
        here.
    layers : tuple of int
        Where.
    cost : str
        Which cost it is the gradient of: ``"mean"``, ``"sum"``, ``"mean of all entries"``, ``" without half"``, ``",
        l2=…"``.
    rows : bool or None
        Whether a row is an example.
    first_wrong : str
        The first quantity on the way back that is wrong, such as ``"dZ1"``; "" where all is right.
    relation : str
        How it relates to the right one.
    mend : str
        The right line in the learner's own convention, with the learner's names where they are known.
    line : str
        The line of the learner's that it replaces, where it was found.
    assumed : str
        How the numbers were read.
    verdict, why, experiment : str
        What is said of it: in one sentence, the reason, one thing to try.
    remarks : tuple of str
        What else was noticed: inputs that were changed, a shape that will broadcast, what was printed.
    """

    right: bool
    verdict: str
    assumed: str
    mistakes: tuple = ()
    layers: tuple = ()
    cost: str = "mean"
    rows: bool | None = None
    first_wrong: str = ""
    relation: str = ""
    mend: str = ""
    line: str = ""
    why: str = ""
    experiment: str = ""
    remarks: tuple = ()

    def __bool__(self):
        return self.right

    def _parts(self):
        where = f"{self.first_wrong} is {self.relation}" if self.relation and self.first_wrong else self.first_wrong
        parts = {
            "assumed": [self.assumed],
            "where": ["" if where in self.verdict else where],
            "why": [self.why],
            "your line": [self.line],
            "fix": [self.mend],
            "try": [self.experiment],
            "note": self.remarks,
        }
        return [(label, text) for label, texts in parts.items() for text in texts if text]

    def __repr__(self):
        lines = [("✓ " if self.right else "✗ ") + self.verdict]
        for label, text in self._parts():
            lines += textwrap.wrap(text, 100, initial_indent=f"  {label:11}", subsequent_indent=" " * 13)
        return "\n".join(lines)

    def _repr_markdown_(self):
        code = ("fix", "your line")
        parts = "\n".join(f"- **{label}:** {f'`{text}`' if label in code else text}" for label, text in self._parts())
        return f"{'✓' if self.right else '✗'} **{self.verdict}**\n\n{parts}"


def lowered(sentence):
    """Return a title as it stands within a sentence: a capital letter that is a name, such as W, stays."""
    return sentence[0].lower() + sentence[1:] if sentence[1:2].islower() else sentence
