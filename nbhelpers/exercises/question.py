"""A question: its statement, and what it says to an answer. What is asked is known by its task."""

from nbhelpers.exercises.verdict import judge


class Words(str):
    """Text in Markdown: rendered in a notebook, printed as it is in a terminal."""

    def __repr__(self):
        return str(self)

    def _repr_markdown_(self):
        return str(self)


class Question:
    """A question with numbers of its own. Made by the functions of `nbhelpers.exercises`.

    Attributes
    ----------
    seed : int or None
        Which numbers were drawn; None is the example of the lecture.
    status : str
        Of the last answer; ``"not attempted"`` before the first one.
    tries : int
        How often an answer was checked.

    Examples
    --------
    >>> from nbhelpers import exercises
    >>> question = exercises.hidden_slope()
    >>> question.check([0.239, 0.157])
    ≈ Right, but rounded too early: about 3 digits hold. Keep more digits until the end.
    >>> question.check([1, 1]).mistake
    'slope_missing'
    >>> question.check(...).status
    'not attempted'
    """

    def __init__(self, task, seed):
        self._task, self.seed = task, seed
        self.status, self.tries, self._hints = "not attempted", 0, 0
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

    def check(self, answer=None):
        """Return the verdict on an answer.

        Parameters
        ----------
        answer : number, list, tuple or array
            A column may be given as a flat list, a single number as such.

        Returns
        -------
        Verdict
        """
        verdict = self._task.judge(self.seed, answer)
        self.status = verdict.status
        self.tries += verdict.status != "not attempted"
        return verdict

    def hint(self):
        """Return the next hint, from gentle to nearly there; the last one again when there are no more."""
        hints = self._task.hints(self.seed)
        number = min(self._hints + 1, len(hints))
        self._hints = number
        return Words(f"**Hint {number} of {len(hints)}.** {hints[number - 1]}")

    def solution(self):
        """Return the worked steps in Markdown."""
        return Words(self._task.solution(self.seed))

    def __repr__(self):
        return str(self.statement)

    def _repr_markdown_(self):
        return str(self.statement)


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

    def right(self, seed):
        """Return the right answer."""
        raise NotImplementedError

    def wrong(self, seed):
        """Return what known mistakes give, by name."""
        return {}

    def base(self, seed):
        """Return what the answer is a step from; 0 where it is none."""
        return 0.0

    def judge(self, seed, answer):
        """Return the verdict on an answer."""
        return judge(answer, self.right(seed), self.wrong(seed), self.base(seed), self.exact)


def checked_seed(seed):
    """Return a seed as an int, or None; anything else is a ValueError."""
    if seed is None:
        return None
    if isinstance(seed, bool) or not hasattr(seed, "__index__") or seed < 0:
        raise ValueError(f"the seed is {seed!r}, expected a whole number from 0 on, or None for the lecture's example")
    return int(seed)
