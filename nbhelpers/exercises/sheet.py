"""A sheet of questions for a class: reproducible from its seed, on paper or on the screen."""

import numpy as np

from nbhelpers.exercises.catalog import TASKS
from nbhelpers.exercises.question import Question, Words, checked_seed
from nbhelpers.exercises.verdict import MARKS
from nbhelpers.tables import Table


class Sheet:
    """Questions in a row, each with numbers of its own.

    Parameters
    ----------
    *names : str or Question
        Names of questions in `nbhelpers.exercises.QUESTIONS`, or ready questions. Without any, `count` are chosen.
    seed : int
        The same seed gives the same sheet; give every student another.
    count : int
        How many questions to choose where none are named.
    title : str

    Attributes
    ----------
    questions : tuple of Question

    Examples
    --------
    >>> sheet = Sheet("shape_of_inputs", "hidden_slope", seed=7)
    >>> sheet[1].name
    'shape_of_inputs'
    >>> sheet.progress()
    question                          status         tries
    1. The shape of X                 not attempted  0
    2. The slope of the hidden layer  not attempted  0
    0 of 2 right.
    """

    def __init__(self, *names, seed=0, count=5, title="Exercises"):
        self.seed, self.title = checked_seed(seed) or 0, title
        chosen = names or _chosen(self.seed, count)
        self.questions = tuple(_question(name, 1000 * self.seed + i) for i, name in enumerate(chosen))

    def __getitem__(self, number):
        """Return a question by its number, counted from 1 as on paper."""
        if not 1 <= number <= len(self.questions):
            raise IndexError(f"there is no question {number}: the sheet has the numbers 1 to {len(self.questions)}")
        return self.questions[number - 1]

    def __len__(self):
        return len(self.questions)

    def __iter__(self):
        return iter(self.questions)

    def print(self, solutions=False):
        """Return the sheet in Markdown for paper: the questions, or with `solutions` each with its worked steps."""
        heading = f"{self.title}: solutions" if solutions else self.title
        parts = [f"# {heading} (sheet {self.seed})"]
        for number, question in enumerate(self.questions, start=1):
            parts.append(f"## {number}\n\n{question.statement}")
            if solutions:
                parts.append(f"### Solution of {number}\n\n{question.solution()}")
        return Words("\n\n".join(parts) + "\n")

    def progress(self):
        """Return a table of the questions: what the last answer was, and how many tries it took."""
        rows = [[f"{i}. {q.title}", q.status, str(q.tries)] for i, q in enumerate(self.questions, start=1)]
        right = sum(q.status in ("correct", "rounded") for q in self.questions)
        return Table(["question", "status", "tries"], rows, f"{right} of {len(rows)} right.")

    def __repr__(self):
        marks = " ".join(MARKS[question.status] for question in self.questions)
        return f"Sheet {self.seed}: {len(self)} questions  {marks}"

    def _repr_markdown_(self):
        return "\n\n".join(f"**{i}.** {question.statement}" for i, question in enumerate(self.questions, start=1))


def _chosen(seed, count):
    if isinstance(count, bool) or not hasattr(count, "__index__") or not 1 <= count <= len(TASKS):
        raise ValueError(f"count is {count!r}, expected a whole number from 1 to {len(TASKS)}")
    names = list(TASKS)
    return [names[i] for i in sorted(np.random.default_rng(seed).choice(len(names), count, replace=False))]


def _question(name, seed):
    if isinstance(name, Question):
        return name
    if name not in TASKS:
        raise ValueError(f"no question is called {name!r}; choose from {', '.join(TASKS)}")
    return Question(TASKS[name], seed)
