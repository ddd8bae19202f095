"""The worked solution of a whole pass: from X to the updated parameters and the next cost, step by step.

Each step is one matrix: its equation, its line of NumPy, and every entry with the numbers put in (see ``why.py``). The
stages of a walk are these steps, with all that is given as the first one; a walk computes nothing itself.
"""

from dataclasses import dataclass

from nbhelpers.derivation.lines import CONTINUED
from nbhelpers.derivation.names import Block
from nbhelpers.derivation.pass_numbers import Numbers, numbers_of
from nbhelpers.derivation.steps import STEPS, code, rule
from nbhelpers.derivation.why import DIGITS, Story
from nbhelpers.numbers_as_text import digits_shown, latex_number

MOST_LINES = 12
"""A matrix with more entries than this is told by its first ones, unless the solution is wanted in full."""

MOST_COLUMNS = 6
"""A matrix with more columns or rows than this is shortened, unless the solution is wanted in full."""


def worked_solution(network, X, Y, learning_rate=0.5, decimals=None, digits=DIGITS, full=False, l2=None, cost=None):
    """Tell a whole pass in order: forward, backward, update, and the forward pass after it.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    learning_rate : float
        0.5 is that of the worked example.
    decimals : int, optional
        Compute as by hand, rounding to so many decimals after every step.
    digits : int
        How many significant digits to show.
    full : bool
        Show every entry of every matrix, and long sums with all their terms.
    l2, cost : float and str, optional
        Another cost than that of the network: with a penalty, as a sum, …; see `Network.with_cost`.

    Returns
    -------
    WorkedSolution
        A sequence of steps. Shows as Markdown in a notebook, as text in a terminal; both can be had as text to print.

    Raises
    ------
    TypeError, ValueError, OverflowError
        Whatever does not fit, in the words of `Network`.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> solution = worked_solution(worked_example.network(), worked_example.X, worked_example.Y)
    >>> len(solution), len(solution.phase("forward"))
    (28, 5)
    >>> solution["dW2"]
    dW2: the gradient for the weights of layer 2
      dW2 = dZ2 @ A1.T
      dW2[1,1] = (-0.22348) * 0.605874 ≈ -0.135401
      dW2[1,2] = (-0.22348) * 0.805338 ≈ -0.179977
    >>> solution[-1]
    J: the cost
      J = binary_cross_entropy(Y_hat, Y)
      J = -(1 * log(0.813601) + (1 - 1) * log(1 - 0.813601)) ≈ 0.206285
    """
    first = numbers_of(network.with_cost(cost, l2), X, Y, learning_rate, decimals)
    following = first.next()
    steps = [Step(first, block, block.phase, digits, full) for block in _in_order(first)]
    again = [Step(following, block, NEXT, digits, full) for block in _in_order(following) if block.phase == "forward"]
    return WorkedSolution(tuple(steps + again))


NEXT = "next forward"
_HEADINGS = {
    "given": "What is given",
    "forward": "Forward",
    "backward": "Backward",
    "update": "Update, with the learning rate {rate:g}",
    NEXT: "Forward again, with the updated parameters",
}


@dataclass(frozen=True, repr=False, eq=False)
class Step:
    """One matrix of a pass, with the story of each of its entries.

    Attributes
    ----------
    numbers : Numbers
        The pass that it belongs to.
    block : Block
    phase : str
        ``"given"``, ``"forward"``, ``"backward"``, ``"update"`` or ``"next forward"``.
    digits : int
    full : bool
    """

    numbers: Numbers
    block: Block
    phase: str
    digits: int = DIGITS
    full: bool = False

    @property
    def name(self):
        """Its label: ``"Z1"``."""
        return self.block.label

    @property
    def title(self):
        """What it is, in words."""
        return STEPS[self.block.kind].title.format(layer=self.block.layer, **_words(self.block))

    @property
    def rule(self):
        """The equation of the whole matrix in LaTeX; "" for what is given."""
        return rule(self.numbers, self.block)

    @property
    def code(self):
        """The line of NumPy; "" for what is given."""
        return code(self.numbers, self.block)

    @property
    def value(self):
        """The whole matrix."""
        return self.numbers.array(self.block)

    @property
    def stories(self):
        """The story of every entry, row by row."""
        return tuple(Story(self.numbers, entry, self.digits, self.full) for entry in self.block.entries)

    @property
    def text(self):
        """The step in plain text."""
        return "\n  ".join([f"{self.name}: {self.title}", *([self.code] if self.code else []), *self._told(_text_line)])

    @property
    def markdown(self):
        """The step in Markdown with LaTeX."""
        parts = [f"**`{self.name}`**: {self.title}", f"$${self.equation}$$"]
        return "\n\n".join(parts if self.phase == "given" else [*parts, self._entries_in_latex()])

    @property
    def equation(self):
        """The equation of the matrix in LaTeX, with its numbers where there are rows and columns."""
        if self.value.ndim != 2:
            return self.rule
        if self.rule.startswith(f"{self.block.latex} ="):
            return f"{self.rule} = {self._matrix()}"
        return rf"{self.rule}, \quad {self.block.latex} = {self._matrix()}".removeprefix(r", \quad ")

    def _entries_in_latex(self):
        lines = r" \\[4pt] ".join(self._told(_latex_line))
        return rf"$$\begin{{aligned}}{lines}\end{{aligned}}$$"

    def _told(self, tell):
        stories = self.stories
        if self.full or len(stories) <= MOST_LINES:
            return [tell(story) for story in stories]
        return [*(tell(story) for story in stories[: MOST_LINES // 2]), _LEFT_OUT[tell].format(len(stories))]

    def _matrix(self):
        digits = self.stories[0].digits
        rows = [[latex_number(float(value), digits) for value in row] for row in self.value]
        if not self.full:
            rows = _shortened([_shortened(row, r"\cdots") for row in rows], [r"\vdots"])
        lines = r" \\ ".join(map(" & ".join, rows))
        return rf"\begin{{bmatrix}}{lines}\end{{bmatrix}}"

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return self.markdown


@dataclass(frozen=True, repr=False, eq=False)
class WorkedSolution:
    """A whole pass as a sequence of steps.

    ``solution[0]`` is the first step, ``solution["dW1"]`` the first one with that name; it can be looped over.
    """

    steps: tuple

    def __len__(self):
        return len(self.steps)

    def __iter__(self):
        return iter(self.steps)

    def __getitem__(self, key):
        """Return a step by its place or by its name."""
        if not isinstance(key, str):
            return self.steps[key]
        step = next((step for step in self.steps if step.name == key), None)
        if step is None:
            names = dict.fromkeys(step.name for step in self.steps)
            raise KeyError(f"no step is called {key!r}; choose from {', '.join(names)}")
        return step

    def phase(self, phase):
        """Return the steps of one phase; `Step` lists the phases."""
        return [step for step in self.steps if step.phase == phase]

    @property
    def text(self):
        """The whole solution in plain text."""
        return "\n\n".join(self._parts(str.upper, lambda step: step.text))

    @property
    def markdown(self):
        """The whole solution in Markdown with LaTeX, to be shown or printed."""
        return "\n\n".join(self._parts("### {}".format, lambda step: step.markdown))

    def _parts(self, heading, tell):
        for phase, words in _HEADINGS.items():
            yield heading(words.format(rate=self.steps[0].numbers.learning_rate))
            yield from map(tell, self.phase(phase))

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return self.markdown


# --- the order of the steps -----------------------------------------------------------------------------------------


def _in_order(n):
    return [block for block in n.blocks.values() if not _is_left_out(n, block)]


def _is_left_out(n, block):
    """What the pass does not need: dJ/dX, dJ/dY_hat and its slopes for a matched pair, L where there is one example."""
    off_the_path = {"dX"} | ({"L"} if n.d == 1 else set())
    if n.network.is_matched:
        off_the_path |= {"dY_hat", f"slope{n.network.L}", f"jacobian{n.network.L}"}
    return block.label in off_the_path


# --- how they read --------------------------------------------------------------------------------------------------


def _text_line(story):
    if story.is_given:
        return f"{story.name} {story.equals} {digits_shown(story.value, story.digits)}"
    return " ".join([story.name, *(f"{sign} {text}" for sign, text in story.text_lines[1:])])


def _latex_line(story):
    lines = (f"{_NEW_ROW if sign == CONTINUED else ''}{sign} {text}" for sign, text in story.derivation.number_lines)
    return f"{story.symbol} &{' '.join(lines)}"


_NEW_ROW = r"\\ &"
_LEFT_OUT = {_text_line: "... ({} entries in all)", _latex_line: r"&\;\,\vdots \quad \text{{({} entries in all)}}"}


def _shortened(items, dots):
    return items if len(items) <= MOST_COLUMNS else [*items[: MOST_COLUMNS - 2], dots, items[-1]]


def _words(block):
    return {
        "function": block.function,
        "inputs": "the features" if block.layer == 1 else f"layer {block.layer - 1}",
        "outputs": "the predictions" if block.label == "Y_hat" else f"the activations of layer {block.layer}",
    }


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
