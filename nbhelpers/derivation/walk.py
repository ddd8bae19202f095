"""A pass as a walk, matrix by matrix, forwards and backwards: what is known at each stage, and where phases begin.

The stages are the steps of ``solution.py``, with all that is given as the first one. A walk computes nothing itself.
"""

from dataclasses import dataclass

from nbhelpers.derivation.solution import NEXT, Step


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of a walk: what is computed there.

    Attributes
    ----------
    step : Step
        Its equation, code and numbers. At the first stage, where nothing is computed, that of X.
    phase : str
        As in `Step`.
    key : str
        Where the matrix is put: ``"Z1"``; ``"W1"`` for the new weights, which take the place of the old ones;
        ``"J_new"`` for the next cost, which is to stand beside the first.
    """

    step: Step
    phase: str
    key: str


class Walk:
    """The stages of a pass, which can be walked in both directions.

    Parameters
    ----------
    solution : WorkedSolution

    Attributes
    ----------
    stages : list of Stage

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.solution import worked_solution
    >>> walk = Walk(worked_solution(worked_example.network(), worked_example.X, worked_example.Y))
    >>> [stage.key for stage in walk.stages][:7]
    ['X', 'Z1', 'A1', 'Z2', 'Y_hat', 'J', 'dZ2']
    >>> list(walk.known(1))
    ['X', 'Y', 'W1', 'b1', 'W2', 'b2', 'Z1']
    >>> walk.end_of_phase(1), walk.start_of_phase(3)
    (5, 1)
    """

    def __init__(self, solution):
        self._given = {step.name: step.value for step in solution.phase("given")}
        first, *_ = solution
        computed = [step for step in solution if step.phase != "given"]
        self.stages = [Stage(first, "given", first.name), *(Stage(step, step.phase, _key(step)) for step in computed)]

    def known(self, now):
        """Return what is known at stage `now`: the whole matrices, by the keys of their stages.

        With the first matrix of the next forward pass, those that were computed from the old parameters go.
        """
        known = dict(self._given)
        for stage in self.stages[1 : now + 1]:
            if stage.phase == NEXT and stage.key == "Z1":
                known = {key: value for key, value in known.items() if key in self._given or key == "J"}
            known[stage.key] = stage.step.value
        return known

    def start_of_phase(self, now):
        """Return where the phase of stage `now` begins."""
        return next(k for k, stage in enumerate(self.stages) if stage.phase == self.stages[now].phase)

    def end_of_phase(self, now):
        """Return where the phase of the stage after `now` ends; at the last stage that one itself."""
        following = self.stages[min(now + 1, len(self.stages) - 1)].phase
        return max(k for k, stage in enumerate(self.stages) if stage.phase == following)

    def stage_of(self, key, now):
        """Return where the matrix with a key was computed last, seen from `now`, or will be; None if it is given."""
        places = [k for k, stage in enumerate(self.stages) if stage.key == key and k > 0]
        return max((k for k in places if k <= now), default=min(places, default=None))


def _key(step):
    if step.phase == NEXT and step.name == "J":
        return "J_new"
    return step.name.removesuffix("_new")
