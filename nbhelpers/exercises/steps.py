"""A computation cut into steps, each beside the mistakes that can be made in it.

From the same given numbers follow what is right, what every single mistake gives, and what any two give together.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np


@dataclass(frozen=True, eq=False)
class Step:
    """One line: ``result = right(*uses)``, and what is written in its place by mistake.

    Attributes
    ----------
    result : str
        The name of what it computes.
    uses : tuple of str
        The names of what it is computed from: results of earlier steps, or what is given.
    right : callable
    wrong : dict of str to callable
        The name of a mistake or a slip → what is computed instead, from the same.
    """

    result: str
    uses: tuple
    right: Callable
    wrong: dict = field(default_factory=dict)


def step(result, uses, right, **wrong):
    """Return a `Step`: ``step("z", "w a b", lambda w, a, b: w * a + b, bias_left_out=lambda w, a, b: w * a)``."""
    return Step(result, tuple(uses.split()), right, wrong)


class Computation:
    """Steps with the numbers that they begin with.

    Parameters
    ----------
    steps : sequence of Step
    known : dict
        What is given, by name.
    wanted : str or callable
        The name of the answer, or a function of all results that returns it.
    alone : bool
        Whether a mistake can be made in one layer alone; if not, only the bias can be forgotten in one.
    later : sequence of Step
        What `wanted` works through, where it is a function.

    Examples
    --------
    >>> area = step("area", "a b", lambda a, b: a * b, added=lambda a, b: a + b)
    >>> half = step("half", "area", lambda area: area / 2, half_missing=lambda area: area)
    >>> triangle = Computation([area, half], {"a": 3.0, "b": 5.0}, "half")
    >>> float(triangle.right), {name: float(value) for name, value in triangle.wrong().items()}
    (7.5, {'added': 4.0, 'half_missing': 15.0})
    >>> {names: float(value) for names, value in triangle.pairs().items()}
    {('added', 'half_missing'): 8.0}
    """

    def __init__(self, steps, known, wanted, alone=True, later=()):
        self.steps, self.known, self.wanted = tuple(steps), known, wanted
        self.alone, self.later = alone, tuple(later)
        self.right = np.asarray(self.run(), float)

    def run(self, *mistakes, known=None, begin=0):
        """Return the answer with these mistakes made; each is a name, or "name@result" for one step alone.

        With `known`, the results of another run, only the steps from `begin` on are computed.
        """
        known = run(self.steps[begin:], known or self.known, mistakes)
        return self.wanted(known, mistakes) if callable(self.wanted) else known[self.wanted]

    def names(self):
        """Return the names of all mistakes that can be made, those of a single step with its result behind an @."""
        found = {}
        for one in (*self.steps, *self.later):
            for name in one.wrong:
                found.setdefault(name, {})[one.result] = one
        alone = [f"{name}@{result}" for name, results in found.items() for result in results
                 if len(results) > 1 and (self.alone or name == "bias_left_out")]  # fmt: skip
        return [*found, *alone]

    def wrong(self):
        """Return what each mistake alone gives, where that can be computed and is not what is right."""
        found = {}
        for name in self.names():
            value, everywhere = self._tried(name), found.get(name.partition("@")[0])
            # What one layer alone gives is often what all of them give; it is told once.
            if value is not None and differ(value, self.right) and (everywhere is None or differ(value, everywhere)):
                found[name] = value
        return found

    def pairs(self):
        """Return what two mistakes give together, where each of them changes what comes out of the other."""
        single = self.wrong()
        first = {name: self._first(name) for name in single}
        with np.errstate(all="ignore"):
            known = {name: run(self.steps, self.known, (name,)) for name in single}
        found = {}
        for one, other in combinations(sorted(single, key=first.get), 2):
            if self._can_be_together(one, other):
                value = self._tried(one, other, known=known[one], begin=first[other])
                if value is not None and all(differ(value, x) for x in (self.right, single[one], single[other])):
                    found[one, other] = value
        return found

    def _first(self, mistake):
        """The number of the first step that a mistake changes; all before it can be kept."""
        changed = (i for i, one in enumerate(self.steps) if _chosen(one, (mistake,)) is not one.right)
        return next(changed, len(self.steps))

    def _can_be_together(self, *names):
        used = [{s.result for s in self.steps if _chosen(s, (name,)) is not s.right} for name in names]
        return not used[0] & used[1]

    def _tried(self, *mistakes, known=None, begin=0):
        """The answer with mistakes, or None: the shapes clash, or nothing finite comes out."""
        try:
            with np.errstate(all="ignore"):
                value = np.asarray(self.run(*mistakes, known=known, begin=begin), float)
        except (ValueError, IndexError):
            return None
        return value if np.isfinite(value).all() else None


def run(steps, known, mistakes=()):
    """Return all results by name, beside what is known, with these mistakes made."""
    known = dict(known)
    for one in steps:
        known[one.result] = _chosen(one, mistakes)(*[known[name] for name in one.uses])
    return known


def _chosen(one, mistakes):
    for mistake in mistakes:
        name, _, where = mistake.partition("@")
        if name in one.wrong and where in ("", one.result):
            return one.wrong[name]
    return one.right


def differ(one, other):
    """Return whether two arrays differ, by shape or by more than what floats leave."""
    return one.shape != other.shape or bool((np.abs(one - other) > 1e-9 * (1 + np.abs(other))).any())
