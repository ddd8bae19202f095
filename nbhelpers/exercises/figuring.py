"""Questions about training, whose answer is a number or a matrix that a formula gives.

The list of them stands in ``catalog/training.py``. Numbers are drawn until every slip shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from nbhelpers.exercises.computing import matrix
from nbhelpers.exercises.drawing import APART
from nbhelpers.exercises.question import Task, checked_seed
from nbhelpers.exercises.values import distance

_DRAWS = 500


@dataclass(frozen=True, eq=False)
class Figured:
    """A question as it was drawn.

    Attributes
    ----------
    text : str
    right : float or numpy.ndarray
    reason : str
        How it is found, with the numbers put in.
    wrong : dict
        The name of a mistake or a slip → the answer that it gives.
    given : dict
        The symbol in LaTeX → a matrix.
    names : tuple of str
        The names of the given matrices in code, in the same order.
    base : numpy.ndarray or float
        What the answer is a step from.
    """

    text: str
    right: object
    reason: str
    wrong: dict
    given: dict = field(default_factory=dict)
    names: tuple = ()
    base: object = 0.0


@dataclass(frozen=True, repr=False)
class Figuring(Task):
    """A question for a number or a matrix of training.

    Attributes
    ----------
    name, title : str
    rows : tuple of str
    clues : tuple of str
        The hints.
    draw : callable
        From a random generator to a `Figured`.
    """

    name: str
    title: str
    rows: tuple
    clues: tuple
    draw: Callable

    def setting(self, seed):
        """Return the question as it was drawn."""
        return _fair(self, checked_seed(seed))

    def statement(self, seed):
        """Return the question in Markdown."""
        drawn = self.setting(seed)
        given = "".join(f"$${symbol} = {matrix(array)}$$\n\n" for symbol, array in drawn.given.items())
        return f"**{self.title}** ({', '.join(self.rows)})\n\n{given}{drawn.text}"

    def given_arrays(self, seed):
        """Return the given matrices by name."""
        drawn = self.setting(seed)
        return {name: np.array(array) for name, array in zip(drawn.names, drawn.given.values(), strict=True)}

    def right(self, seed):
        """Return the right answer."""
        return np.array(self.setting(seed).right, float)

    def wrong(self, seed):
        """Return what known mistakes give, by name."""
        return {name: np.array(found, float) for name, found in self.setting(seed).wrong.items()}

    def base(self, seed):
        """Return what the answer is a step from."""
        return self.setting(seed).base

    def hints(self, seed):
        """Return the hints, from gentle to nearly there."""
        return list(self.clues)

    def solution(self, seed):
        """Return the right answer and how it is found."""
        drawn = self.setting(seed)
        return f"{drawn.reason}\n\n$${matrix(drawn.right)}$$"


@lru_cache(maxsize=2000)
def _fair(task, seed):
    """Return the first question in which no mistake comes near to what is right; without a seed always the same."""
    for draw in range(_DRAWS):
        drawn = task.draw(np.random.default_rng([seed or 0, draw]))
        right = np.array(drawn.right, float)
        if all(distance(np.array(found, float), right, drawn.base) > APART for found in drawn.wrong.values()):
            return drawn
    raise RuntimeError(f"{task.name}: no fair numbers in {_DRAWS} draws from the seed {seed}")
