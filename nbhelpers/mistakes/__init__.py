"""A museum of mistakes: real wrong implementations of backpropagation, each beside the right one.

    from nbhelpers import check_gradients, mistakes
    mistake = mistakes.MISTAKES["slope_missing"]       # or mistakes.slope_missing
    wrong = mistake.network(network)                   # the same network, making this mistake
    check_gradients(wrong, X, Y)                       # W1 and b1 are wrong
    mistake.examine()                                  # the check that finds it, on a specimen
    mistakes.examine(wrong, X, Y)                      # every check
    mistakes.mystery(seed=7)                           # a network with a mistake that is to be found

Each file holds the mistakes of one part: ``forward.py``, ``cost.py``, ``output.py``, ``hidden.py``, ``parameters.py``,
``update.py``, ``training.py``, ``dropout.py``. The right steps beside them are in ``steps.py``; the checks for what a
gradient check cannot see in ``checks.py`` and ``dropout_check.py``; the networks to show them on, and the places where
they hide, in ``specimens.py``. What all checks together say is told by ``evidence.py``.
"""

from nbhelpers.mistakes.checks import BAD_CHECKS, check_cost, check_shapes, check_units, check_update
from nbhelpers.mistakes.collection import FAMILIES, MISTAKES
from nbhelpers.mistakes.dropout_check import check_dropout
from nbhelpers.mistakes.evidence import examine, visibility
from nbhelpers.mistakes.mistake import CHECKS, Mistake, outcome
from nbhelpers.mistakes.mystery import mystery
from nbhelpers.mistakes.specimens import HIDING_PLACES, SPECIMENS
from nbhelpers.tables import Table

__all__ = [
    "BAD_CHECKS",
    "CHECKS",
    "FAMILIES",
    "HIDING_PLACES",
    "MISTAKES",
    "SPECIMENS",
    "Mistake",
    "applicable",
    "check_cost",
    "check_dropout",
    "check_shapes",
    "check_units",
    "check_update",
    "examine",
    "mystery",
    "outcome",
    "table",
    "visibility",
]


def applicable(network):
    """Return the mistakes that can occur in a network, by name.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> list(applicable(worked_example.network()))[:3]
    ['bias_left_out', 'activation_left_out', 'sigmoid_turned_round']
    """
    return {name: mistake for name, mistake in MISTAKES.items() if mistake.applies_to(network)}


def table():
    """Return the whole museum as a table: which check finds a mistake, and whether the worked example would show it.

    Examples
    --------
    >>> len(table().rows) == len(MISTAKES)
    True
    """
    rows = [[m.name, m.title, m.check, _rejected(m), m.in_worked_example()] for m in MISTAKES.values()]
    return Table(["name", "mistake", "found by", "gradient check rejects", "in the 2-2-1 example"], rows)


def _rejected(mistake):
    return "refused by NumPy" if mistake.refused else mistake.blocks


def __getattr__(name):
    if name in MISTAKES:
        return MISTAKES[name]
    raise AttributeError(f"there is no mistake called {name!r}; mistakes.MISTAKES lists them")


def __dir__():
    return sorted([*__all__, *MISTAKES])
