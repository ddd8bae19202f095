"""Every number of a pass has a name: ``Z1[2,1]``, ``dW2[1,2]``, ``Y_hat[1,1]``, ``J``.

Which matrices there are for a network, their shapes, how an entry is written in LaTeX, and how a name is read. Names
are matched against that list and never evaluated. Subscripts count from 1, as in the lecture. What the numbers *are*
is computed in ``pass_numbers.py``; how they come about stands in ``steps.py``.
"""

import re
from dataclasses import dataclass

PHASES = ("given", "forward", "backward", "update")

_NAME = re.compile(r"\s*([A-Za-z_]+\d{0,4}(?:_new)?)\s*(?:\[([\d\s,]{1,40})\])?\s*", re.ASCII)
_LETTERS = {"X": "X", "Y": "Y", "Y_hat": r"\hat Y", "J": "J", "L": "L"}


@dataclass(frozen=True)
class Block:
    """A matrix of the pass, such as Z1, dW2 or Y_hat.

    Attributes
    ----------
    label : str
        Its name: ``"Z1"``, ``"X"``, ``"W2_new"``.
    kind : str
        What its formula depends on: ``"Z"`` for every Z, ``"dZ"``, ``"W_new"``, …
    layer : int
        The number of its layer; 0 for what belongs to none.
    shape : tuple of int
        ``()`` for J, ``(d,)`` for the losses L, ``(m, m, d)`` for softmax's Jacobians, else rows and columns.
    phase : str
        One of `PHASES`.
    function : str
        LaTeX for the activation where the symbol needs it, its name for a Jacobian.
    """

    label: str
    kind: str
    layer: int
    shape: tuple
    phase: str
    function: str = ""

    @property
    def latex(self):
        r"""The symbol of the whole matrix: ``Z^{(1)}``, ``\frac{\partial J}{\partial W^{(2)}}``."""
        return _SPELLINGS.get(self.kind, _plain_latex)(self, "")

    def entry(self, *index):
        """The entry with these subscripts, counted from 1."""
        return Entry(self, index)

    @property
    def entries(self):
        """All entries, row by row."""
        indices = [()]
        for size in self.shape:
            indices = [(*index, i) for index in indices for i in range(1, size + 1)]
        return [Entry(self, index) for index in indices]


@dataclass(frozen=True)
class Entry:
    r"""One number of the pass: a block and the subscripts, counted from 1.

    Examples
    --------
    >>> entry = Block("dW1", "dW", 1, (2, 2), "backward").entry(1, 2)
    >>> entry.name
    'dW1[1,2]'
    >>> print(entry.latex)
    \frac{\partial J}{\partial w^{(1)}_{1,2}}
    """

    block: Block
    index: tuple
    can_be_asked = True

    @property
    def name(self):
        """What to ask for: ``"dW1[1,2]"``."""
        return f"{self.block.label}[{','.join(map(str, self.index))}]" if self.index else self.block.label

    @property
    def latex(self):
        """Its symbol, with a small letter as for every entry of a matrix."""
        return _SPELLINGS.get(self.block.kind, _plain_latex)(self.block, self.index)


def blocks(network, d):
    """Return every matrix that a pass of d examples has, in the order of computation.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> list(blocks(worked_example.network(), 1))[:8]
    ['X', 'Y', 'W1', 'b1', 'W2', 'b2', 'Z1', 'A1']
    """
    phases = (_given, _forward, _backward, _updated)
    return {block.label: block for phase in phases for block in phase(network, d)}


def aliases(network):
    """Return second names: A0 for X, A[L] for Y_hat, and likewise for the gradients."""
    L = network.L
    return {"A0": "X", f"A{L}": "Y_hat", "dA0": "dX", f"dA{L}": "dY_hat"}


def find(name, known, other_names):
    """Return the entry that `name` stands for.

    Subscripts that can only be 1 may be left out at the end: ``b1[2]`` is ``b1[2,1]``.

    Raises
    ------
    TypeError
        If `name` is no text.
    ValueError
        If it is no name, names nothing that this network has, or has subscripts out of range; with a list of what can
        be asked.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> network = worked_example.network()
    >>> find("A0[2]", blocks(network, 1), aliases(network)).name
    'X[2,1]'
    """
    if not isinstance(name, str):
        raise TypeError(f'a name is text such as "dW1[1,2]", not {type(name).__name__}.\n{_listing(known)}')
    match = _NAME.fullmatch(name)
    label = match and other_names.get(match[1], match[1])
    if label not in known:
        raise ValueError(f"nothing is called {_quoted(name)} here.\n{_listing(known)}")
    return known[label].entry(*_subscripts(name, match[2], known[label], known))


def _subscripts(name, text, block, known):
    fields = [field.strip() for field in text.split(",")] if text else []
    if all(field.isdecimal() for field in fields):
        index = tuple(map(int, fields))
        left_out = block.shape[len(index) :]
        index += (1,) * len(left_out) if set(left_out) <= {1} else ()
        if len(index) == len(block.shape) and all(1 <= i <= n for i, n in zip(index, block.shape, strict=True)):
            return index
    raise ValueError(f"{_quoted(name)} does not exist: {_range(block)}.\n{_listing(known)}")


def _range(block):
    if not block.shape:
        return f"{block.label} is a single number, without subscripts"
    first, last = block.entry(*(1 for _ in block.shape)), block.entry(*block.shape)
    return f"{block.label} has the shape {block.shape}, so it goes from {first.name} to {last.name}"


def _quoted(name):
    return repr(name if len(name) <= 60 else name[:57] + "...")


def _listing(known):
    lines = (f"  {phase}: {', '.join(_shapes(phase, known))}" for phase in PHASES)
    return "You can ask for these, with subscripts from 1:\n" + "\n".join(lines)


def _shapes(phase, known):
    of_phase = (block for block in known.values() if block.phase == phase)
    return [f"{block.label} {block.shape}" if block.shape else block.label for block in of_phase]


# --- which matrices there are ---------------------------------------------------------------------------------------


def _given(network, d):
    n, m = network.sizes[0], network.sizes[-1]
    yield Block("X", "X", 0, (n, d), "given")
    yield Block("Y", "Y", 0, (m, d), "given")
    for l, layer in enumerate(network.layers, start=1):
        yield Block(f"W{l}", "W", l, layer.W.shape, "given")
        if layer.has_bias:
            yield Block(f"b{l}", "b", l, layer.b.shape, "given")


def _forward(network, d):
    for l, layer in enumerate(network.layers, start=1):
        yield Block(f"Z{l}", "Z", l, (layer.units, d), "forward")
        yield Block("Y_hat" if l == network.L else f"A{l}", "A", l, (layer.units, d), "forward")
    yield Block("L", "L", 0, (d,), "forward")
    yield Block("J", "J", 0, (), "forward")


def _backward(network, d):
    L = network.L
    yield Block("dY_hat", "dY_hat", L, (network.sizes[-1], d), "backward")
    for l, layer in reversed(list(enumerate(network.layers, start=1))):
        yield _slopes(layer, l, d)
        yield Block(f"dZ{l}", "dZ", l, (layer.units, d), "backward")
        yield Block(f"dW{l}", "dW", l, layer.W.shape, "backward")
        if layer.has_bias:
            yield Block(f"db{l}", "db", l, layer.b.shape, "backward")
        yield Block(f"dA{l - 1}" if l > 1 else "dX", "dA", l - 1, (layer.inputs, d), "backward")


def _slopes(layer, l, d):
    if layer.activation.elementwise:
        return Block(f"slope{l}", "slope", l, (layer.units, d), "backward", layer.activation.symbol)
    return Block(f"jacobian{l}", "jacobian", l, (layer.units, layer.units, d), "backward", layer.activation.name)


def _updated(network, d):
    for l, layer in enumerate(network.layers, start=1):
        yield Block(f"W{l}_new", "W_new", l, layer.W.shape, "update")
        if layer.has_bias:
            yield Block(f"b{l}_new", "b_new", l, layer.b.shape, "update")


# --- how they are written -------------------------------------------------------------------------------------------


def _plain_latex(block, index):
    letter = _LETTERS.get(block.label, block.kind.removesuffix("_new"))
    return _spelled(letter, block.layer if block.label not in _LETTERS else 0, index, block.kind.endswith("_new"))


def _gradient_latex(block, index):
    label = block.label.removeprefix("d")
    letter = _LETTERS.get(label, block.kind.removeprefix("d"))
    below = _spelled(letter, 0 if label in _LETTERS else block.layer, index)
    return rf"\frac{{\partial J}}{{\partial {below}}}"


def _slope_latex(block, index):
    return rf"{block.function}'({_spelled('Z', block.layer, index)})"


def _jacobian_latex(block, index):
    if not index:
        return rf"\frac{{\partial A^{{({block.layer})}}}}{{\partial Z^{{({block.layer})}}}}"
    i, j, k = index
    above, below = _spelled("A", block.layer, (i, k)), _spelled("Z", block.layer, (j, k))
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"


def _spelled(letter, layer, index, new=False):
    if index and letter not in ("J", "L"):
        letter = letter[:-1] + letter[-1].lower()
    above = ",".join([f"({layer})"] * bool(layer) + [r"\text{new}"] * new)
    below = index[:1] if letter == "b" else index  # a bias has one column, so that its row says it all
    return letter + (f"^{{{above}}}" if above else "") + (f"_{{{','.join(map(str, below))}}}" if below else "")


_SPELLINGS = {
    **dict.fromkeys(("dY_hat", "dA", "dZ", "dW", "db"), _gradient_latex),
    "slope": _slope_latex,
    "jacobian": _jacobian_latex,
}
