"""The questions: first those for reading, then those about the lecture's formulas, in their order, then about training.

Each question for numbers gives what is needed for its own formula, so that a slip in an earlier one does no harm. How
the numbers of a pass are drawn is told by ``pass_questions.py``, those of all others by ``drawn_questions.py``.
"""

from nbhelpers.exercises.catalog import backward, cost, cycle, depth, forward, generalizing, parameters, reading, trying

_PARTS = (reading, forward, cost, backward, parameters, cycle, generalizing, depth, trying)

TASKS = {task.name: task for part in _PARTS for task in part.QUESTIONS}
