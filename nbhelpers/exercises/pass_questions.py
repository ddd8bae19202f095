"""Questions whose answer is a number or a matrix of a pass.

The list of them stands in ``catalog/``. Their numbers are drawn in ``drawing.py``; what is right, and what known
mistakes would give, is computed in ``values.py``.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nbhelpers.derivation.solution import Step, worked_solution
from nbhelpers.derivation.steps import code, rule
from nbhelpers.derivation.why import why
from nbhelpers.exercises.question import Task, checked_seed
from nbhelpers.exercises.random_networks import Plan
from nbhelpers.exercises.sampling import APART, base_of, fair_setting
from nbhelpers.exercises.values import distance, numbers, value, wrong_values


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
    gentle : str
        The first hint.
    steps : tuple of str
        The steps of the pass that the learner takes, and where mistakes can happen: names in `mistakes.steps.RIGHT`.
    plan : Plan
        What is drawn.
    in_lecture : bool
        Whether the example of the lecture can be asked; if not, ``seed=None`` is a draw as well, always the same.
    step_from : str
        For an updated parameter the one before.
    """

    name: str
    title: str
    rows: tuple
    ask: str
    wanted: str
    given: tuple
    gentle: str
    steps: tuple
    plan: Plan
    in_lecture: bool = True
    step_from: str = ""

    # --- the numbers ----------------------------------------------------------------------------------------------

    def setting(self, seed):
        """Return the network and what goes into it."""
        return fair_setting(self, checked_seed(seed))

    def right(self, seed):
        """Return the right answer."""
        return value(self.setting(seed), self.wanted)

    def wrong(self, seed):
        """Return what each fitting mistake of the museum gives for these numbers, where it shows."""
        return _wrong_that_shows(self, self.setting(seed))

    def base(self, seed):
        """Return the parameter before the step."""
        return base_of(self, self.setting(seed))

    # --- the words ------------------------------------------------------------------------------------------------

    def statement(self, seed):
        """Return the question in Markdown."""
        n = numbers(self.setting(seed))
        given = "\n\n".join(f"$${n.block(label).latex} = {matrix(n.array(n.block(label)))}$$" for label in self.given)
        return f"**{self.title}** ({', '.join(self.rows)})\n\n{_scene(self, n)}\n\n{given}\n\n{self.ask}"

    def given_arrays(self, seed):
        """Return the given matrices by name."""
        n = numbers(self.setting(seed))
        return {label: np.array(n.array(n.block(label))) for label in self.given}

    def hints(self, seed):
        """Return the hints, from gentle to nearly there."""
        n = numbers(self.setting(seed))
        path = [n.block(label) for label in _path(self, n)]
        return [self.gentle, *_formulas(n, path), _about_shape(self.right(seed).shape), _nearly_there(self, n)]

    def solution(self, seed):
        """Return the worked steps in Markdown, as `nbhelpers.why` tells them."""
        s, n = self.setting(seed), numbers(self.setting(seed))
        if self.wanted == "J_new":
            return worked_solution(s.network, s.X, s.Y, s.learning_rate).markdown
        if "[" in self.wanted:
            return _story(n, self.wanted).markdown
        return "\n\n".join(Step(n, n.block(label), n.block(label).phase).markdown for label in _path(self, n))


@lru_cache(maxsize=2000)
def _wrong_that_shows(task, setting):
    right, base = value(setting, task.wanted), base_of(task, setting)
    wrong = wrong_values(task, setting)
    return {name: found for name, found in wrong.items() if distance(found, right, base) > APART}


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


def _formulas(n, path):
    equations = [f"$${rule(n, block)}$$" for block in path if rule(n, block)]
    lines = [f"    {code(n, block)}" for block in path if code(n, block)]
    return ["In formulas:\n\n" + "\n\n".join(equations), "In NumPy:\n\n" + "\n".join(lines)]


def _about_shape(shape):
    if len(shape) < 2:
        return (
            "The answer is a single number." if shape == () else f"The answer has {shape[0]} numbers, one per example."
        )
    return f"The answer has {_count(shape[0], 'row')} and {_count(shape[1], 'column')}."


def _count(number, word):
    return f"{number} {word}{'s' * (number != 1)}"


def _nearly_there(task, n):
    story = _story(n.next() if task.wanted == "J_new" else n, _one_entry(task, n))
    left = r"J^{\text{new}}" if task.wanted == "J_new" else story.symbol
    return (
        f"One entry with its numbers put in; work it out, and any others likewise:\n\n$${left} = {story.substituted}$$"
    )


def _one_entry(task, n):
    if task.wanted == "J_new":
        return "J"
    return task.wanted if "[" in task.wanted else n.block(task.wanted).entries[0].name


def _story(n, name):
    return why(n.network, n.X, n.Y, name, n.learning_rate)


def _path(task, n):
    """The blocks from what is given to what is wanted, in order."""
    needed, waiting = set(), _ends(task, n)
    while waiting:
        label = waiting.pop()
        if label not in needed and label not in task.given and n.block(label).phase != "given":
            needed.add(label)
            waiting += _made_from(n, label)
    return [label for label in n.blocks if label in needed]


def _ends(task, n):
    if task.wanted == "J_new":
        return [label for label, block in n.blocks.items() if block.phase == "update"]
    return [n.block(task.wanted.partition("[")[0]).label]


def _made_from(n, label):
    sources = _story(n, n.block(label).entries[0].name).sources
    return [n.find(source).block.label for source in sources]
