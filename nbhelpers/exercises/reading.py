"""Questions whose answer is a shape, a count, or a choice. The list of them stands in ``catalog/reading.py``.

A shape is answered by a pair of whole numbers, a choice by its letter or its words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from nbhelpers.exercises.question import Task, checked_seed
from nbhelpers.exercises.verdict import Verdict, judge, known_mistakes

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
