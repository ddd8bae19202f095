"""Questions whose answer is a number or a matrix of a pass.

The list of them stands in ``catalog/``. What is right is read off `nbhelpers.derivation`; what mistakes give for the
very numbers that are given follows from the steps of ``pass_steps.py``.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.derivation.solution import Step, worked_solution
from nbhelpers.derivation.steps import code, rule
from nbhelpers.derivation.why import why
from nbhelpers.exercises.answers import Problem, fitted, read
from nbhelpers.exercises.pass_steps import steps_of
from nbhelpers.exercises.question import Task, checked_seed
from nbhelpers.exercises.random_networks import Plan, lecture
from nbhelpers.exercises.sampling import are_apart, ease, hides_nothing, is_of_good_size, usual
from nbhelpers.exercises.steps import Computation, run
from nbhelpers.exercises.verdict import Candidates, Verdict
from nbhelpers.worked_example import PRINTED


@dataclass(frozen=True, repr=False)
class Computing(Task):
    """A question for a number or a matrix of a pass.

    Attributes
    ----------
    name, title : str
    rows : tuple of str
    ask : str
        What to do, in words.
    wanted : str
        Its name in `nbhelpers.why`: ``"dZ1"``, ``"dW1[1,2]"``, ``"J"``; or ``"J_new"``, the cost after one step.
    given : tuple of str
        The names of what is given.
    idea : str
        The first hint.
    plan : Plan
        What is drawn.
    in_lecture : bool
        Whether the example of the lecture can be asked; if not, ``seed=None`` is a draw as well, always the same.
    step_from : str
        For an updated parameter the one before; for the cost after a step "J".
    """

    name: str
    title: str
    rows: tuple
    ask: str
    wanted: str
    given: tuple
    idea: str
    plan: Plan
    in_lecture: bool = True
    step_from: str = ""

    # --- the numbers ----------------------------------------------------------------------------------------------

    def setting(self, seed):
        """Return the numbers of the pass."""
        return _fair(self, checked_seed(seed))

    def right(self, seed):
        """Return the right answer."""
        return _right(self, self.setting(seed))

    def wrong(self, seed):
        """Return what each mistake gives for these numbers, by name."""
        return self.candidates(seed).wrong

    def candidates(self, seed):
        """Return the right answer and all that mistakes give."""
        return _candidates(self, self.setting(seed))

    def judge(self, seed, answer):
        """Return the verdict on an answer; what the lecture prints is known, where a slip or a rounding is in it."""
        verdict = super().judge(seed, answer)
        printed = PRINTED.get(self.wanted) if seed is None and self.in_lecture else None
        if printed is None or verdict or verdict.status not in ("known mistake", "incorrect"):
            return verdict
        array = read(answer)
        found = None if isinstance(array, Problem) else fitted(array, self.right(seed).shape)
        if found is None or not np.array_equal(found, printed.value):
            return verdict
        return Verdict("rounded", f"Right as the lecture prints it. {printed.remark}".strip())

    # --- the words ------------------------------------------------------------------------------------------------

    def statement(self, seed):
        """Return the question in Markdown."""
        n = self.setting(seed)
        given = "\n\n".join(f"$${n.block(label).latex} = {matrix(n.array(n.block(label)))}$$" for label in self.given)
        wanted = f"Give at least {self.candidates(seed).wanted} decimals."
        return f"**{self.title}** ({', '.join(self.rows)})\n\n{_scene(self, n)}\n\n{given}\n\n{self.ask} {wanted}"

    def given_arrays(self, seed):
        """Return the given matrices by name."""
        n = self.setting(seed)
        return {label: np.array(n.array(n.block(label))) for label in self.given}

    def hints(self, seed, mistakes=()):
        """Return the hints: the idea, the formulas, one entry with its numbers, the NumPy. See `Task.hints`."""
        n = self.setting(seed)
        path = [n.block(label) for label in _path(self)]
        first = self.idea if not mistakes else _of_mistake(self, n, path, mistakes[0])
        return [
            f"{first} {_about_shape(self.right(seed).shape)}",
            "In formulas:\n\n" + "\n\n".join(f"$${rule(n, block)}$$" for block in path if rule(n, block)),
            _one_entry(self, n),
            "In NumPy:\n\n" + "\n".join(f"    {code(n, block)}" for block in path if code(n, block)),
        ]

    def solution(self, seed):
        """Return the worked steps in Markdown, as `nbhelpers.why` tells them."""
        n = self.setting(seed)
        if self.wanted == "J_new":
            return worked_solution(n.network, n.X, n.Y, n.learning_rate).markdown
        if "[" in self.wanted:
            return _story(n, self.wanted).markdown
        return "\n\n".join(Step(n, n.block(label), n.block(label).phase).markdown for label in _path(self))


# --- the numbers ----------------------------------------------------------------------------------------------------

_DRAWS = 3000


@lru_cache(maxsize=4000)
def _fair(task, seed):
    """Return the numbers of the lecture, or of the first fair setting that is drawn from the seed."""
    if seed is None and task.in_lecture:
        return _numbers(lecture())
    tried = 0
    for draw in range(_DRAWS):
        n = _numbers(task.plan.draw(np.random.default_rng([seed or 0, draw])))
        if _can_be_written(task, n):
            candidates = _candidates(task, n)
            shows = task.wanted == "J_new" or tried > _TRIALS or hides_nothing(candidates.wrong, _usual(task))
            if shows and are_apart(candidates, ease(tried)):
                return n
            tried += 1
    raise RuntimeError(f"{task.name}: no fair numbers in {_DRAWS} draws from the seed {seed}")


_TRIALS = 25
"""So many draws are given up because they hide a mistake that others show."""


@lru_cache(maxsize=200)
def _usual(task):
    draws = (_numbers(task.plan.draw(np.random.default_rng([12345, trial]))) for trial in range(9))
    return usual([computation_of(task, n).wrong() for n in draws])


def _numbers(setting):
    return Numbers(setting.network, setting.X, setting.Y, setting.learning_rate)


def _can_be_written(task, n):
    given = [np.abs(n.array(n.block(label))) for label in task.given]
    if any(((sizes > 0) & (sizes < 1e-9)).any() for sizes in given):
        return False  # what rounding left of a 0, such as 1.1e-16: nobody would write that on paper
    return is_of_good_size(np.abs(_right(task, n) - _base(task, n)))


def _right(task, n):
    if task.wanted == "J_new":
        return np.asarray(n.next().J)
    entry = n.find(task.wanted) if "[" in task.wanted else None
    if entry is not None:
        return np.asarray(n.value(entry))
    array = np.asarray(n.array(n.block(task.wanted)))
    return array[..., 0] if array.ndim == 3 else array


def _base(task, n):
    return n.array(n.block(task.step_from)) if task.step_from else 0.0


@lru_cache(maxsize=4000)
def _candidates(task, n):
    right, base = _right(task, n), _base(task, n)
    size = np.abs(right - base).max()
    decimals = max(4, 2 - math.floor(math.log10(size))) if size else 4
    computation = computation_of(task, n)
    return Candidates(right, computation.wrong(), lru_cache(computation.pairs), base, decimals)


def computation_of(task, n):
    """Return the computation from what is given to what is wanted, with all mistakes that can be made on the way."""
    moving = "_new" in task.wanted
    path = _path(task)
    final = n.block(task.wanted.partition("[")[0]).label if task.wanted != "J_new" else ""
    steps = [one for label in path for one in steps_of(n, label, label == final, moving)]
    known = {label: n.array(n.block(label)) for label in task.given} | {"eta": n.learning_rate}
    if task.wanted == "J_new":
        again = [one for label, block in n.blocks.items() if block.phase == "forward" for one in steps_of(n, label)]
        return Computation(steps, known, _cost_after(n, again), alone=False, later=again)
    return Computation(steps, known, _reader(task, n))


def _reader(task, n):
    """Return the name of the answer, or how it is read off what was computed."""
    entry = n.find(task.wanted) if "[" in task.wanted else None
    if entry is not None:
        at = tuple(i - 1 for i in entry.index)
        return lambda known, mistakes: known[entry.block.label][at]
    block = n.block(task.wanted)
    return block.label if block.kind != "jacobian" else lambda known, mistakes: known[block.label][..., 0]


def _cost_after(n, again):
    """The forward pass once more, with the new parameters, by the same hand and its mistakes."""

    def cost(known, mistakes):
        theta = {name: known[f"{name}_new"] for name in n.network.parameters}
        return run(again, {"X": n.X, "Y": n.Y, **theta}, mistakes)["J"]

    return cost


# --- words ----------------------------------------------------------------------------------------------------------


def matrix(values):
    """Return an array as a LaTeX matrix, a single number as such."""
    if np.ndim(values) == 0:
        return number(values)
    rows = np.reshape(values, (np.shape(values)[0], -1))
    return r"\begin{bmatrix}" + r" \\ ".join(" & ".join(map(number, row)) for row in rows) + r"\end{bmatrix}"


def number(x):
    """Return a number with at most six significant digits."""
    return f"{float(x):.6g}"


def _scene(task, n):
    network, d = n.network, n.d
    layers = ", ".join(f"layer {l}: {layer.activation.name}" for l, layer in enumerate(network.layers, start=1))
    rate = rf" Learning rate $\eta = {number(n.learning_rate)}$." if "_new" in task.wanted else ""
    examples = "1 example" if d == 1 else f"{d} examples"
    sizes = "-".join(map(str, network.sizes))
    return f"A {sizes} network ({layers}), with {network.loss.name}; {examples}.{rate}"


def _about_shape(shape):
    if len(shape) < 2:
        return (
            "The answer is a single number." if shape == () else f"The answer has {shape[0]} numbers, one per example."
        )
    return f"The answer has {_count(shape[0], 'row')} and {_count(shape[1], 'column')}."


def _count(number, word):
    return f"{number} {word}{'s' * (number != 1)}"


def _of_mistake(task, n, path, mistake):
    """The formula of the block in which a mistake was made, for whoever has the idea already."""
    name, _, where = mistake.partition("@")
    for block in path:
        for one in steps_of(n, block.label):
            if name in one.wrong and where in ("", one.result) and rule(n, block):
                return f"Look at this line again:\n\n$${rule(n, block)}$$\n\n"
    return task.idea


def _one_entry(task, n):
    story = _story(n.next() if task.wanted == "J_new" else n, _first_entry(task, n))
    left = r"J^{\text{new}}" if task.wanted == "J_new" else story.symbol
    return (
        f"One entry with its numbers put in; work it out, and any others likewise:\n\n$${left} = {story.substituted}$$"
    )


def _first_entry(task, n):
    if task.wanted == "J_new":
        return "J"
    return task.wanted if "[" in task.wanted else n.block(task.wanted).entries[0].name


def _story(n, name):
    return why(n.network, n.X, n.Y, name, n.learning_rate)


@lru_cache(maxsize=200)
def _path(task):
    """The names of the blocks from what is given to what is wanted, in order: the same for all numbers."""
    n = _numbers(task.plan.draw(np.random.default_rng(0)))
    needed, waiting = set(), _ends(task, n)
    while waiting:
        label = waiting.pop()
        if label not in needed and label not in task.given and n.block(label).phase != "given":
            needed.add(label)
            waiting += _made_from(n, label)
    return tuple(label for label in n.blocks if label in needed)


def _ends(task, n):
    if task.wanted == "J_new":
        return [label for label, block in n.blocks.items() if block.phase == "update"]
    return [n.block(task.wanted.partition("[")[0]).label]


def _made_from(n, label):
    sources = _story(n, n.block(label).entries[0].name).sources
    return [n.find(source).block.label for source in sources]
