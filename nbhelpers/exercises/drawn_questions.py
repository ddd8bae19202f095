"""Questions about training, whose answer is a number or a matrix that a formula gives.

The list of them stands in ``catalog/training.py``. Numbers are drawn until every slip shows.

Questions whose answer is a shape, a count, or a choice. The list of them stands in ``catalog/reading.py``.

A shape is answered by a pair of whole numbers, a choice by its letter or its words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from nbhelpers.exercises.pass_questions import matrix
from nbhelpers.exercises.question import Task, checked_seed
from nbhelpers.exercises.sampling import APART
from nbhelpers.exercises.values import distance
from nbhelpers.exercises.verdict import Verdict, judge, known_mistakes

# --- figuring

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


# --- reading

LETTERS = "abcdefgh"


@dataclass(frozen=True)
class Drawn:
    """A question as it was drawn.

    Attributes
    ----------
    text : str
    right : tuple, int or str
    reason : str
        Why that is right; shown as the solution.
    wrong : dict
        The name of a mistake of the museum → the answer that it gives.
    options : tuple of str
        To choose from; none where the answer is a number.
    """

    text: str
    right: object
    reason: str
    wrong: dict = field(default_factory=dict)
    options: tuple = ()


@dataclass(frozen=True, repr=False)
class Reading(Task):
    """A question about a shape, a count, or a choice.

    Attributes
    ----------
    name, title : str
    rows : tuple of str
    clues : tuple of str
        The hints.
    draw : callable
        From a random generator, or None for the lecture's example, to a `Drawn`.
    """

    name: str
    title: str
    rows: tuple
    clues: tuple
    draw: Callable

    exact = True

    def setting(self, seed):
        """Return the question as it was drawn."""
        return _drawn(self, checked_seed(seed))

    def statement(self, seed):
        """Return the question in Markdown."""
        drawn = self.setting(seed)
        options = "".join(f"\n- {letter}) {option}" for letter, option in zip(LETTERS, drawn.options, strict=False))
        return f"**{self.title}** ({', '.join(self.rows)})\n\n{drawn.text}" + (f"\n{options}" if options else "")

    def right(self, seed):
        """Return the right answer."""
        right = self.setting(seed).right
        return right if isinstance(right, str) else np.array(right, dtype=float)

    def wrong(self, seed):
        """Return what known mistakes answer."""
        drawn = self.setting(seed)
        return {name: found if drawn.options else np.array(found, float) for name, found in drawn.wrong.items()}

    def hints(self, seed):
        """Return the hints, from gentle to nearly there."""
        return list(self.clues)

    def solution(self, seed):
        """Return the right answer and its reason."""
        drawn = self.setting(seed)
        return f"**{drawn.right}** {drawn.reason}"

    def judge(self, seed, answer):
        """Return the verdict on an answer."""
        drawn = self.setting(seed)
        if not drawn.options:
            return judge(answer, self.right(seed), self.wrong(seed), exact=True)
        return _judge_choice(answer, drawn)


def _judge_choice(answer, drawn):
    if answer is None or answer is ... or (isinstance(answer, str) and not answer.strip()):
        return Verdict("not attempted", "Nothing here yet. Answer with a letter.")
    chosen = _chosen(answer, drawn.options)
    if chosen is None:
        letters = ", ".join(LETTERS[: len(drawn.options)])
        return Verdict("incorrect", f"I do not know this choice. Answer with one of the letters {letters}, as text.")
    if chosen == drawn.right:
        return Verdict("correct", "Correct.")
    names = tuple(name for name, option in drawn.wrong.items() if option == chosen)
    if names:
        return known_mistakes(names)
    return Verdict("incorrect", "Not right. Have another look, or ask for a hint.")


def _chosen(answer, options):
    if not isinstance(answer, str):
        return None
    text = answer.strip().strip(").").casefold()
    by_letter = dict(zip(LETTERS, options, strict=False))
    return by_letter.get(text) or next((option for option in options if option.casefold() == text), None)


@lru_cache(maxsize=500)
def _drawn(task, seed):
    return task.draw(None if seed is None else np.random.default_rng(seed))
