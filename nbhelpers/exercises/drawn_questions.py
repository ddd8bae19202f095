"""Questions that are drawn as a whole: for numbers, shapes and counts, for a choice, or for anything that can be tried.

The lists of them stand in ``catalog/``. Each has one function that draws it from a random generator, or from None for
the example of the lecture.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from nbhelpers.exercises.pass_questions import matrix
from nbhelpers.exercises.question import Task, checked_seed
from nbhelpers.exercises.sampling import are_apart, ease
from nbhelpers.exercises.steps import Computation
from nbhelpers.exercises.verdict import Candidates, Verdict, known_mistakes

LETTERS = "abcdefgh"
_DRAWS = 1000


@dataclass(frozen=True, eq=False)
class Figures:
    """A question for numbers as it was drawn.

    Attributes
    ----------
    text : str
    steps : tuple of Step
        From what is known to the answer, each with its mistakes.
    known : dict
        What the steps begin with.
    reason : str
        How it is found, with the numbers put in.
    given : dict
        The symbol in LaTeX → a matrix.
    names : tuple of str
        The names of the given matrices in code, in the same order.
    base : numpy.ndarray or float
        What the answer is a step from.
    exact : bool
        Whether it is about whole numbers.
    """

    text: str
    steps: tuple
    known: dict
    reason: str
    given: dict = field(default_factory=dict)
    names: tuple = ()
    base: object = 0.0
    exact: bool = False

    @property
    def candidates(self):
        """The right answer and all that mistakes give."""
        computation = Computation(self.steps, self.known, self.steps[-1].result)
        right = computation.right
        example = "5" if right.ndim == 0 else str(tuple(range(2, 2 + right.size)))
        return Candidates(right, computation.wrong(), lru_cache(computation.pairs), self.base, exact=self.exact,
                          **({"example": example} if self.exact else {}))  # fmt: skip


@dataclass(frozen=True, eq=False)
class Option:
    """Something to choose.

    Attributes
    ----------
    text : str
    why_not : str
        A sentence for whoever chooses it though it is wrong.
    also : tuple of str
        Other words for it.
    slip : str
        The mistake behind it, where it has a name.
    """

    text: str
    why_not: str = ""
    also: tuple = ()
    slip: str = ""


@dataclass(frozen=True, eq=False)
class Choice:
    """A question with options as it was drawn.

    Attributes
    ----------
    text : str
    right : str
        The text of the right option.
    reason : str
        Why it is right; shown as the solution.
    options : tuple of Option
    """

    text: str
    right: str
    reason: str
    options: tuple


@dataclass(frozen=True, eq=False)
class Trial:
    """A question with many right answers as it was drawn: what is answered is tried out.

    Attributes
    ----------
    text : str
    tried : callable
        From an answer to (status, message) or (status, message, mistakes).
    reason : str
        An answer that is right, and why.
    """

    text: str
    tried: Callable
    reason: str


@dataclass(frozen=True, repr=False)
class Drawn(Task):
    """A question that one function draws.

    Attributes
    ----------
    name, title : str
    rows : tuple of str
    clues : tuple of str
        The hints, from the idea to the complete line.
    draw : callable
        From a random generator, or None, to `Figures`, a `Choice` or a `Trial`.
    """

    name: str
    title: str
    rows: tuple
    clues: tuple
    draw: Callable

    def setting(self, seed):
        """Return the question as it was drawn."""
        return _fair(self, checked_seed(seed))[0]

    @property
    def kind(self):
        """`Figures`, `Choice` or `Trial`."""
        return type(self.setting(None))

    @property
    def exact(self):
        """Whether nothing can be rounded."""
        return getattr(self.setting(None), "exact", True)

    def statement(self, seed):
        """Return the question in Markdown."""
        drawn = self.setting(seed)
        given = "".join(f"$${symbol} = {matrix(a)}$$\n\n" for symbol, a in getattr(drawn, "given", {}).items())
        below = ""
        if isinstance(drawn, Figures) and not drawn.exact:
            below = f" Give at least {self.candidates(seed).wanted} decimals, or all of them if there are fewer."
        if isinstance(drawn, Choice):
            options = zip(LETTERS, drawn.options, strict=False)
            below = "\n" + "".join(f"\n- {letter}) {option.text}" for letter, option in options)
        return f"**{self.title}** ({', '.join(self.rows)})\n\n{given}{drawn.text}{below}"

    def given_arrays(self, seed):
        """Return the given matrices by name."""
        drawn = self.setting(seed)
        names, given = getattr(drawn, "names", ()), getattr(drawn, "given", {})
        return {name: np.array(array) for name, array in zip(names, given.values(), strict=True)}

    def candidates(self, seed):
        """Return the right answer and all that mistakes give; None where nothing is computed."""
        return _fair(self, checked_seed(seed))[1]

    def right(self, seed):
        """Return the right answer; None where many are."""
        drawn = self.setting(seed)
        return self.candidates(seed).right if isinstance(drawn, Figures) else getattr(drawn, "right", None)

    def wrong(self, seed):
        """Return what mistakes answer, by name."""
        drawn = self.setting(seed)
        if isinstance(drawn, Choice):
            return {option.slip: option.text for option in drawn.options if option.slip and option.text != drawn.right}
        return self.candidates(seed).wrong if isinstance(drawn, Figures) else {}

    def hints(self, seed, mistakes=()):
        """Return the hints; whoever made a mistake that has a name needs the idea no more."""
        return list(self.clues[1:] if mistakes and len(self.clues) > 1 else self.clues)

    def solution(self, seed):
        """Return the right answer and how it is found."""
        drawn = self.setting(seed)
        if isinstance(drawn, Trial):
            return drawn.reason
        if isinstance(drawn, Choice):
            return f"**{drawn.right}** {drawn.reason}"
        right = self.right(seed)
        whole = f"**{_whole(right)}** {drawn.reason}"
        return whole if drawn.exact else f"{drawn.reason}\n\n$${matrix(right)}$$"

    def judge(self, seed, answer):
        """Return the verdict on an answer."""
        drawn = self.setting(seed)
        if isinstance(drawn, Figures):
            return super().judge(seed, answer)
        if answer is None or answer is ... or (isinstance(answer, str) and not answer.strip()):
            return Verdict("not attempted", "Nothing here yet. Replace the three dots with your answer.")
        if isinstance(drawn, Choice):
            return _judge_choice(answer, drawn)
        try:
            return Verdict(*drawn.tried(answer))
        except Exception as error:  # an answer of any kind may be tried
            return Verdict("not attempted", f"I cannot try this ({type(error).__name__}).")


def _whole(right):
    numbers = tuple(int(x) for x in right.ravel())
    return str(numbers[0] if right.ndim == 0 else numbers)


@lru_cache(maxsize=8000)
def _fair(task, seed):
    """Return the first draw in which all candidates are apart, and these; without a seed always the same."""
    if seed is None:
        drawn = task.draw(None)
        if drawn is not None:
            return drawn, drawn.candidates if isinstance(drawn, Figures) else None
    for draw in range(_DRAWS):
        drawn = task.draw(np.random.default_rng([seed or 0, draw]))
        if not isinstance(drawn, Figures):
            return drawn, None
        candidates = drawn.candidates
        if candidates.exact or are_apart(candidates, ease(draw)):
            return drawn, candidates
    raise RuntimeError(f"{task.name}: no fair numbers in {_DRAWS} draws from the seed {seed}")


def _judge_choice(answer, drawn):
    chosen = _chosen(answer, drawn.options)
    letters = ", ".join(LETTERS[: len(drawn.options)])
    if chosen is None:
        return Verdict(
            "not attempted", f"I do not know this choice. Answer with one of the letters {letters}, as text."
        )
    if chosen.text == drawn.right:
        return Verdict("correct", "Correct.")
    if chosen.slip and not chosen.why_not:
        return known_mistakes((chosen.slip,))
    status = "known mistake" if chosen.slip else "incorrect"
    return Verdict(status, f"Not this one. {chosen.why_not}", (chosen.slip,) if chosen.slip else ())


def _chosen(answer, options):
    """Return the option that is meant: by its letter, "(b)", "b) …", its words, or other words for it."""
    if not isinstance(answer, str) or len(answer) > 500:
        return None
    text = _plain(answer)
    by_letter = dict(zip(LETTERS, options, strict=False))
    letter = re.fullmatch(r"(?:option |answer )?\(?([a-h])\)?[.:)]?", text) or re.match(r"\(?([a-h])[.:)]\s", text)
    if letter:
        return by_letter.get(letter[1])
    meant = [option for option in options if text in map(_plain, (option.text, *option.also))]
    if not meant and len(text) > 3:
        meant = [option for option in options if any(text in _plain(words) for words in (option.text, *option.also))]
    return meant[0] if len(meant) == 1 else None


def _plain(words):
    return re.sub(r"\s+", " ", re.sub(r"[`$“”\"']", "", words)).strip(" .!").casefold()
