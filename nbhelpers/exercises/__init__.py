"""Questions with fresh numbers, and checks that recognize known mistakes.

    from nbhelpers import exercises
    q = exercises.hidden_delta(seed=7)     # another seed, other numbers; without a seed the lecture's example
    q                                      # the question
    q.check(answer)                        # correct, rounded, not attempted, wrong shape, known mistake, incorrect
    q.hint()                               # from the idea to the complete line; it depends on what was answered
    q.solution()                           # the worked steps
    q.record                               # all answers, verdicts and hints, as plain data; the best answer counts
    exercises.Sheet(seed=3).print()        # a sheet for paper
    exercises.sheets(names, questions)     # for a class: a notebook and a page for each student, and a key
    exercises.collect("returned")          # what came back: verdicts, mistakes, what to explain again

Every name in `QUESTIONS` is such a function. The questions stand in ``catalog/``, by their subject. How an
answer is read is told by ``answers.py``, how it is judged by ``verdict.py``.
"""

from nbhelpers.exercises.catalog import TASKS
from nbhelpers.exercises.class_results import collect
from nbhelpers.exercises.class_sheets import sheets
from nbhelpers.exercises.question import Question
from nbhelpers.exercises.sheet import Sheet
from nbhelpers.exercises.verdict import Verdict

__all__ = ["QUESTIONS", "Question", "Sheet", "Verdict", "collect", "for_row", "sheets"]


_DOCSTRING = """Return a question: {title} ({rows}).

Parameters
----------
seed : int, optional
    Another seed, other numbers. None is the example of the lecture; where it has none, a draw that stays the same.

Returns
-------
Question
"""


def _maker(task):
    def make(seed=None):
        return Question(task, seed)

    make.__name__ = make.__qualname__ = task.name
    make.__doc__ = _DOCSTRING.format(title=task.title, rows=", ".join(task.rows))
    return make


QUESTIONS = {name: _maker(task) for name, task in TASKS.items()}


def for_row(row):
    """Return the names of the questions about a formula, F01 to F21, or a topic, T01 to T14.

    Examples
    --------
    >>> for_row("F16")[:2]
    ['where_is_one_over_d', 'output_delta']
    """
    return [name for name, task in TASKS.items() if row in task.rows]


def __getattr__(name):
    if name in QUESTIONS:
        return QUESTIONS[name]
    raise AttributeError(f"there is no question called {name!r}; exercises.QUESTIONS lists them")


def __dir__():
    return sorted([*__all__, *QUESTIONS])
