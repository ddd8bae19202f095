"""A question: its statement, what it says to an answer, and what it remembers. What is asked is known by its task."""

from dataclasses import replace

from nbhelpers.exercises.verdict import RECORD, Verdict, judge

_NOTHING = Verdict("not attempted", "Nothing here yet.")


class Words(str):
    """Text in Markdown: rendered in a notebook, printed as it is in a terminal. A hint carries the record along."""

    record = None

    def __repr__(self):
        return str(self)

    def _repr_markdown_(self):
        return str(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {RECORD: self.record} if self.record else {}


class Question:
    """A question with numbers of its own. Made by the functions of `nbhelpers.exercises`.

    Attributes
    ----------
    seed : int or None
        Which numbers were drawn; None is the example of the lecture.
    best, last : Verdict
        On the best answer so far, and on the last one. A right answer stays right when another is tried.
    tries : int
        How often an answer was judged. What cannot be read is no try.
    record : dict
        All that happened, as plain data.

    Examples
    --------
    >>> from nbhelpers import exercises
    >>> question = exercises.hidden_slope()
    >>> question.check([0.239, 0.157])
    ≈ Right, but rounded early: 3 digits hold. Carry 4 decimals or more to the end.
    >>> question.check([1, 1]).mistake
    'slope_missing'
    >>> question.check(...).status, question.status, question.tries
    ('not attempted', 'rounded', 2)
    """

    def __init__(self, task, seed):
        self._task, self.seed = task, seed
        self.best = self.last = _NOTHING
        self._answers, self._hints, self._looked, self._best = [], 0, False, None
        task.setting(seed)

    @property
    def name(self):
        """The function in `nbhelpers.exercises` that makes it."""
        return self._task.name

    @property
    def title(self):
        """A few words."""
        return self._task.title

    @property
    def rows(self):
        """The formulas that it is about, F01 to F21, and the topics, T01 to T14."""
        return self._task.rows

    @property
    def statement(self):
        """The question in Markdown, with its numbers."""
        return Words(self._task.statement(self.seed))

    @property
    def given(self):
        """The given matrices by name, for answers that are computed: ``W2, dZ2 = q.given["W2"], q.given["dZ2"]``."""
        return self._task.given_arrays(self.seed)

    @property
    def status(self):
        """The status of the best answer so far; ``"not attempted"`` before the first one."""
        return self.best.status

    @property
    def tries(self):
        """How many answers were judged."""
        return len(self._answers)

    @property
    def record(self):
        """What happened, as a dict that JSON can hold.

        Returns
        -------
        dict
            ``question``, ``seed``; ``status`` and ``credit`` of the best answer; ``tries``, ``hints`` (how many were
            shown) and ``solution`` (whether it was); ``answers``, each with ``answer`` as text, ``status``,
            ``mistakes``, ``together``, ``credit``, ``message`` and the number of ``hints`` seen before it; ``best``
            and ``last``, two of these or None.
        """
        return {
            **{"question": self.name, "seed": None if self.seed is None else int(self.seed)},
            **{"status": self.status, "credit": self.best.credit},
            **{"tries": self.tries, "hints": self._hints, "solution": self._looked},
            "answers": [dict(answer) for answer in self._answers],
            "best": dict(self._answers[self._best]) if self._best is not None else None,
            "last": dict(self._answers[-1]) if self._answers else None,
        }

    def check(self, answer=None):
        """Return the verdict on an answer.

        Parameters
        ----------
        answer : number, list, tuple or array; text where words or a letter are asked for
            A column may be given as a flat list, a single number as such.

        Returns
        -------
        Verdict
        """
        verdict = self._task.judge(self.seed, answer)
        if verdict.status == "not attempted":
            return verdict
        self.last = verdict
        self._answers.append(
            {
                **{"answer": _as_text(answer), "status": verdict.status, "mistakes": list(verdict.mistakes)},
                **{"together": verdict.together, "credit": verdict.credit, "message": verdict.message},
                **{"hints": self._hints, "solution": self._looked},
            }
        )
        if self._best is None or verdict.credit > self.best.credit:
            self.best, self._best = verdict, len(self._answers) - 1
        return replace(verdict, record=self.record)

    def hint(self):
        """Return the next hint, from the idea to the complete line; the last one again when there are no more.

        After a mistake that has a name the idea is left out, and the formula in which it was made comes first.
        """
        if self.best.status == "correct":
            return Words("You have it already. `solution()` shows all steps.")
        if self.last.status == "rounded":
            return Words("Your way is right. Take the numbers from `given`, and let NumPy carry all digits.")
        hints = self._task.hints(self.seed, self.last.mistakes)
        number = min(self._hints + 1, len(hints))
        self._hints = number
        return self._with_record(f"**Hint {number} of {len(hints)}.** {hints[number - 1]}")

    def solution(self):
        """Return the worked steps in Markdown."""
        self._looked = True
        return self._with_record(self._task.solution(self.seed))

    def _with_record(self, text):
        words = Words(text)
        words.record = self.record
        return words

    def __repr__(self):
        return str(self.statement)

    def _repr_markdown_(self):
        return str(self.statement)


def _as_text(answer):
    """An answer as text that can be read again: numbers as they were typed, at most 2000 characters."""
    try:
        text = repr(answer.tolist() if hasattr(answer, "tolist") else answer)
    except Exception:  # an object whose text cannot be had
        text = f"<{type(answer).__name__}>"
    return text[:2000]


class Task:
    """What is asked, for any seed: the part of a question that its functions share.

    Subclasses say where the numbers come from and what is right.

    Attributes
    ----------
    name, title : str
    rows : tuple of str
    """

    exact = False

    def __repr__(self):
        return f"<{self.name}>"

    def setting(self, seed):
        """Return everything that the question with this seed is about."""
        raise NotImplementedError

    def given_arrays(self, seed):
        """Return the given matrices by name."""
        return {}

    def candidates(self, seed):
        """Return the right answer and all that mistakes give."""
        raise NotImplementedError

    def hints(self, seed, mistakes=()):
        """Return the hints, from the idea to the complete line, for whoever made these mistakes last."""
        raise NotImplementedError

    def judge(self, seed, answer):
        """Return the verdict on an answer."""
        return judge(answer, self.candidates(seed))


def checked_seed(seed):
    """Return a seed as an int, or None; anything else is a ValueError."""
    if seed is None:
        return None
    if isinstance(seed, bool) or not hasattr(seed, "__index__") or seed < 0:
        raise ValueError(f"the seed is {seed!r}, expected a whole number from 0 on, or None for the lecture's example")
    return int(seed)
