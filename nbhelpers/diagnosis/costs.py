"""The costs that a gradient can belong to: sum, mean, mean of all entries, with or without the ½ and a penalty."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """A cost, and what its gradient is in terms of that of the mean of the losses.

    Attributes
    ----------
    kind : str
        ``"mean"``, ``"sum"`` or ``"mean of all entries"``.
    half : bool
        Whether a square has its ½.
    l2 : float
        λ of a penalty λ/2 · (the sum of all squared weights).
    """

    kind: str = "mean"
    half: bool = True
    l2: float = 0.0

    def factor(self, m, d):
        """Return how many times the gradient of the mean its gradient is, without the penalty."""
        return {"mean": 1.0, "sum": float(d), "mean of all entries": 1.0 / m}[self.kind] * (1 if self.half else 2)

    def __str__(self):
        return self.kind + ("" if self.half else " without half") + (f", l2={self.l2:.6g}" if self.l2 else "")

    @property
    def words(self):
        """The cost in words, to follow "a cost that is …"."""
        kind = {
            "mean": "the mean over the examples",
            "sum": "summed over the examples",
            "mean of all entries": "the mean of all entries",
        }[self.kind]
        half = "" if self.half else ", of squares without the ½"
        return kind + half + (f", with an L2 penalty λ/2 ΣW², λ = {self.l2:.6g}" if self.l2 else "")


def costs(squared, m, d):
    """Return the costs that differ for these sizes, the usual ones first; without the ½ only for squares."""
    found = {}
    for half in (True, False) if squared else (True,):
        for kind in ("mean", "sum", "mean of all entries"):
            cost = Cost(kind, half)
            found.setdefault(round(cost.factor(m, d), 12), cost)
    return list(found.values())


_TEXT = re.compile(
    r"^\s*(mean of all entries|mean|sum)(\s*,?\s*without (?:the )?(?:half|½))?(?:\s*,?\s*l2\s*=\s*([\d.eE+-]+))?\s*$"
)


def read(text):
    """Return the cost that a text names, such as ``"sum"``, ``"mean without half"`` or ``"mean, l2=0.1"``."""
    found = _TEXT.match(text) if isinstance(text, str) else None
    if not found:
        raise ValueError(
            f"cost is {text!r}, expected 'mean', 'sum' or 'mean of all entries', then ' without half' where the "
            "squares have no ½, and ', l2=0.1' where there is a penalty"
        )
    kind, no_half, l2 = found.groups()
    return Cost(kind, not no_half, float(l2 or 0))
