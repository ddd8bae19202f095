"""The questions: first those about the lecture's formulas, in their order, then those about training.

Each question for numbers gives what is needed for its own formula, so that a slip in an earlier one does no harm. How
the numbers of a pass are drawn and judged is told by ``computing.py``, those of training by ``figuring.py``.
"""

from nbhelpers.exercises.catalog import backward, cost, cycle, depth, forward, generalizing, parameters, reading
from nbhelpers.exercises.drawn_questions import Figuring

COMPUTING = {task.name: task for part in (forward, cost, backward, parameters) for task in part.QUESTIONS}
TRAINING = {task.name: task for part in (cycle, generalizing, depth) for task in part.QUESTIONS}
FIGURING = {name: task for name, task in TRAINING.items() if isinstance(task, Figuring)}
READING = {task.name: task for task in (*reading.QUESTIONS, *TRAINING.values()) if task.name not in FIGURING}
TASKS = {**{task.name: task for task in reading.QUESTIONS}, **COMPUTING, **TRAINING}
