"""The questions, in the order of the lecture's formulas.

Each question for numbers gives what is needed for its own formula, so that a slip in an earlier one does no harm. How
these are drawn and judged is told by ``computing.py``.
"""

from nbhelpers.exercises.catalog import backward, cost, forward, parameters, reading

READING = {task.name: task for task in reading.QUESTIONS}
COMPUTING = {task.name: task for part in (forward, cost, backward, parameters) for task in part.QUESTIONS}
TASKS = {**READING, **COMPUTING}
