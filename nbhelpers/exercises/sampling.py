"""Drawing numbers for a question until they are fair: none is tiny, and every mistake that can show does show."""

from functools import cache, lru_cache

import numpy as np

from nbhelpers.exercises.answers import ROUNDED
from nbhelpers.exercises.random_networks import lecture
from nbhelpers.exercises.values import distance, numbers, value, wrong_value, wrong_values

APART = 4 * ROUNDED
"""How far a known mistake has to be from the right answer, relatively, so that the two are never mixed up."""

LARGEST_AT_LEAST, NONZERO_AT_LEAST = 0.02, 5e-4
"""How large the numbers of an answer have to be, or of a step, so that a few decimals are enough to write them."""

_DRAWS = 2000
_TRIALS = 6


@lru_cache(maxsize=2000)
def fair_setting(task, seed):
    """Return the setting of a question: the lecture's, or the first fair one that is drawn from the seed."""
    if seed is None and task.in_lecture:
        return lecture()
    for draw in range(_DRAWS):
        setting = task.plan.draw(np.random.default_rng([seed or 0, draw]))
        if _is_fair(task, setting):
            return setting
    raise RuntimeError(f"{task.name}: no fair numbers in {_DRAWS} draws from the seed {seed}")


def _is_fair(task, setting):
    right, base = value(setting, task.wanted), base_of(task, setting)
    if not _is_of_good_size(np.abs(right - base)) or _shows_residue(task, setting):
        return False
    wrong = (wrong_value(setting, task.wanted, name) for name in sorted(_visible(task)))
    return all(found is None or distance(found, right, base) > APART for found in wrong)


def _is_of_good_size(sizes):
    return sizes.max() >= LARGEST_AT_LEAST and not ((sizes > 0) & (sizes < NONZERO_AT_LEAST)).any()


def _shows_residue(task, setting):
    """Whether a given number is what rounding left of 0, such as 1.1e-16: nobody would write that on paper."""
    n = numbers(setting)
    given = (np.abs(n.array(n.block(label))) for label in task.given)
    return any(((sizes > 0) & (sizes < 1e-9)).any() for sizes in given)


def base_of(task, setting):
    """Return what the answer is a step from: a parameter, or 0."""
    return value(setting, task.step_from) if task.step_from else 0.0


@cache
def _visible(task):
    """The mistakes that show for some numbers. The others give what is right for any, because the shape hides them."""
    settings = [task.plan.draw(np.random.default_rng([12345, trial])) for trial in range(_TRIALS)]
    return {name for setting in settings for name in _seen(task, setting)}


def _seen(task, setting):
    right = value(setting, task.wanted)
    return {name for name, found in wrong_values(task, setting).items() if distance(found, right) > 1e-9}


def shuffled(rng, options):
    """Return options in another order."""
    return tuple(options[i] for i in rng.permutation(len(options)))
