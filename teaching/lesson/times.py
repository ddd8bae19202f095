"""How long a first-year student needs for a notebook, computed from its page."""

import math
import re

from lesson.roles import exercise_cells, has_tag, is_exercise, is_explorer

WORDS_A_MINUTE = 150
MINUTES_A_CELL = 0.5
MINUTES_A_FORMULA = 0.5
MINUTES_AN_EXPLORER = 3
LONG = 60
"""A page that takes longer, exercises included, has a marked place to stop."""

_UNREAD = re.compile(r"<!--.*?-->|<[^>]+>|\]\([^)]*\)|^[|\s:-]+$", re.DOTALL | re.MULTILINE)
_FORMULA = re.compile(r"\$\$.+?\$\$", re.DOTALL)
_WORD = re.compile(r"\$[^$]+\$|`[^`]+`|[\w’'–-]*\w[\w’'–-]*")


def minutes_of(cell):
    """Return how long it takes to read, or to run and look at, one cell."""
    if cell.cell_type == "code":
        return MINUTES_AN_EXPLORER if is_explorer(cell) else MINUTES_A_CELL
    text, formulas = _FORMULA.subn(" ", cell.source)
    return len(_WORD.findall(_UNREAD.sub(" ", text))) / WORDS_A_MINUTE + formulas * MINUTES_A_FORMULA


def _minutes(cell, in_exercises):
    if in_exercises and not is_exercise(cell):
        return 0
    return cell.metadata.nbhelpers.minutes if is_exercise(cell) else minutes_of(cell)


def stretches(notebook):
    """Return the minutes between the places to stop, exercises included."""
    exercises = {cell.id for cell in exercise_cells(notebook)}
    found = [0.0]
    for cell in notebook.cells:
        found[-1] += _minutes(cell, cell.id in exercises)
        if has_tag(cell, "stop"):
            found.append(0.0)
    return found


def times(notebook):
    """Return the minutes to read a notebook, and those with its exercises, both rounded up to five."""
    exercises = {cell.id for cell in exercise_cells(notebook)}
    reading = sum(minutes_of(cell) for cell in notebook.cells if cell.id not in exercises)
    return _up_to_five(reading), _up_to_five(sum(stretches(notebook)))


def _up_to_five(minutes):
    return 5 * math.ceil(minutes / 5)


def sentence(notebook):
    """Return the line that the title cell ends with."""
    reading, with_exercises = times(notebook)
    stop = " There is a marked place to stop." if with_exercises > LONG else ""
    return f"**Time.** {reading} minutes to read, {with_exercises} with the exercises.{stop}"
