"""What all checks together say about a network, and what each of them can see at all."""

from dataclasses import dataclass

import numpy as np

from nbhelpers.mistakes.collection import FAMILIES
from nbhelpers.mistakes.mistake import CHECKS
from nbhelpers.tables import Table


@dataclass(frozen=True, repr=False)
class Evidence:
    """What each check says about a network; true where all are content.

    Attributes
    ----------
    failing : dict
        The name of a check → the names of the rows that fail; empty where it passes.
    """

    failing: dict

    def __bool__(self):
        return not any(self.failing.values())

    @property
    def table(self):
        """A row for each check."""
        rows = [[check, "wrong" if rows else "right", ", ".join(rows)] for check, rows in self.failing.items()]
        return Table(["check", "verdict", "what fails"], rows)

    def __repr__(self):
        return repr(self.table)

    def _repr_markdown_(self):
        return self.table._repr_markdown_()


def examine(network, X, Y):
    """Run every check on a network.

    Parameters
    ----------
    network : Network
        Right or wrong.
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)

    Returns
    -------
    Evidence

    Examples
    --------
    >>> from nbhelpers.mistakes.hidden import slope_missing
    >>> network, X, Y = slope_missing.specimen()
    >>> examine(slope_missing.network(network), X, Y)
    check        verdict  what fails
    cost         right
    gradients    wrong    W1, b1
    update       wrong    W1, b1
    second step  wrong    W1, b1
    units        right
    dropout      wrong    dW1, db1
    """
    return Evidence({check: failing(check, network, X, Y) for check in CHECKS})


def failing(check, network, X, Y):
    """Return the names of the rows that a check rejects; where the network cannot be run at all, that it cannot.

    Parameters
    ----------
    check : str
        A name in `nbhelpers.mistakes.CHECKS`.
    network, X, Y
        As for `examine`.

    Returns
    -------
    tuple of str
    """
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # a wrong step may be a very long one
            report = CHECKS[check](network, X, Y)
    except (ValueError, OverflowError):
        return ("the run ends in an error",)
    if hasattr(report, "failing"):
        return report.failing
    return tuple(block.name for block in report.blocks if not block)


def visibility():
    """Return a table of how many mistakes of each family each check sees, on their specimens; computed, not looked up.

    Examples
    --------
    >>> visibility().rows[4]
    ['update', '6', '0', '0', '6', '6', '1', '0']
    """
    rows = [[family, str(len(found)), *_counts(found.values())] for family, found in FAMILIES.items()]
    return Table(["family", "mistakes", *CHECKS], rows)


def _counts(family):
    evidence = [examine(mistake.network(mistake.specimen()[0]), *mistake.specimen()[1:]) for mistake in family]
    return [str(sum(bool(found.failing[check]) for found in evidence)) for check in CHECKS]
