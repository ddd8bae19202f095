"""For 200 seeds of every question: the right answer is right, every known mistake is known, and never the two meet."""

import numpy as np
import pytest

from nbhelpers import exercises
from nbhelpers.exercises.catalog import TASKS

SEEDS = range(200)


def significant(values, digits):
    """Round every entry to some significant digits."""
    return np.vectorize(lambda x: float(f"{x:.{digits - 1}e}"))(values)


def rounded_in_the_step(right, base, digits):
    return base + significant(right - base, digits)


@pytest.mark.parametrize("name", exercises.QUESTIONS)
def test_right_is_right_and_every_mistake_is_known(name):
    task = TASKS[name]
    for seed in SEEDS:
        right, wrong, base = task.right(seed), task.wrong(seed), task.base(seed)
        assert task.judge(seed, right).status == "correct"
        for mistake, answer in wrong.items():
            verdict = task.judge(seed, answer)
            assert verdict.status == "known mistake", f"seed {seed}: {mistake}"
            assert mistake in verdict.mistakes
        if not task.exact:
            assert task.judge(seed, rounded_in_the_step(right, base, 6)).status == "correct"
            assert task.judge(seed, rounded_in_the_step(right, base, 3))
            shown = {mistake for mistake, answer in wrong.items() if answer.shape == right.shape}
            for mistake in shown:
                verdict = task.judge(seed, rounded_in_the_step(wrong[mistake], base, 3))
                assert mistake in verdict.mistakes, f"seed {seed}: {mistake}, rounded"


@pytest.mark.parametrize("name", [name for name, task in TASKS.items() if not task.exact])
def test_nothing_that_is_given_is_a_residue_of_rounding(name):
    for seed in (None, *SEEDS):
        for array in getattr(TASKS[name], "given_arrays", lambda _: {})(seed).values():
            sizes = np.abs(array)
            assert not ((sizes > 0) & (sizes < 1e-9)).any(), f"seed {seed}"
