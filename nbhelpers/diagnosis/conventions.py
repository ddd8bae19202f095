"""Which way round a learner's matrices stand: found by chaining the shapes of X, of every weight, and of Y.

Everything is brought into the lecture's form: a column per example, a row of W per unit, b a column.
"""

import itertools
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from nbhelpers.diagnosis.structure import Leaf, leaves, plain_name, replaced


@dataclass(frozen=True)
class Convention:
    """How a learner's numbers are laid out.

    Attributes
    ----------
    rows : bool
        Whether a row is an example.
    inputs_first : bool
        Whether a weight matrix is inputs × units, so that Z = X W.
    weights, biases : tuple of Leaf
        In the order of the layers. Without biases `biases` is empty.
    bias_at : int or None
        In matrices that hold the bias as well: the place of its column, 0 or -1.
    one_hot : bool
        False where the labels are the numbers of the classes.
    """

    rows: bool
    inputs_first: bool
    weights: tuple
    biases: tuple
    bias_at: int | None = None
    one_hot: bool = True

    @property
    def parameters(self):
        """The leaves by the lecture's names, where weight and bias of a layer are one leaf by the weight's."""
        named = {}
        for l, leaf in enumerate(self.weights, start=1):
            named[f"W{l}"] = leaf
            if self.biases:
                named[f"b{l}"] = self.biases[l - 1]
        return named

    # --- from the learner's form to the lecture's ---------------------------------------------------------------------

    def examples(self, array):
        """Turn an array with an example per row or column into the lecture's form."""
        array = np.asarray(array, float)
        return array.T if self.rows else array

    def labels(self, Y, m):
        """Turn labels into (m, d)."""
        Y = np.asarray(Y, float)
        if not self.one_hot:
            return np.eye(m)[:, Y.ravel().astype(int)]
        return Y.reshape(1, -1) if m == 1 else self.examples(Y)

    def blocks(self, arrays):
        """Turn arrays by the learner's leaves, ``{"W1": …}``, into the lecture's; what has an odd shape keeps it."""
        found = {}
        for name, array in arrays.items():
            array = np.asarray(array, float)
            if name[0] == "W":
                array = array.T if self.inputs_first and array.ndim == 2 else array
                array = array.reshape(1, -1) if array.ndim == 1 and self.parameters[name].array.ndim == 1 else array
                if self.bias_at is not None and array.ndim == 2:
                    found[f"b{name[1:]}"] = array[:, [self.bias_at]]
                    array = np.delete(array, self.bias_at, axis=1)
            else:
                array = self._column(array, self.parameters[name].array)
            found[name] = array
        return found

    def _column(self, array, bias):
        if array.ndim < 2:
            return array.reshape(-1, 1)
        # the bias itself says which way it stands: a column also beside examples in rows, where they are taken singly
        turned = bias.shape[0] == 1 if bias.ndim == 2 and bias.size > 1 else self.rows
        return array.T if turned else array

    # --- and back -----------------------------------------------------------------------------------------------------

    def structure(self, params, blocks):
        """Return a copy of the learner's structure that holds other numbers, given in the lecture's form."""
        values = {}
        for l, leaf in enumerate(self.weights, start=1):
            W = blocks[f"W{l}"]
            if self.bias_at is not None:
                b = blocks[f"b{l}"]
                W = np.hstack([b, W] if self.bias_at == 0 else [W, b])
            W = W.T if self.inputs_first else W
            values[leaf.address] = W.ravel() if leaf.array.ndim == 1 else W
        for l, leaf in enumerate(self.biases, start=1):
            values[leaf.address] = _shaped_like(leaf.array, blocks[f"b{l}"])
        return replaced(params, values)

    def shown(self, name, array):
        """Return a block, given in the lecture's form, as the learner has it."""
        if name[0] == "W":
            return array.T if self.inputs_first and array.ndim == 2 else array
        flat = self.biases and self.biases[int(name[1:]) - 1].array.ndim < 2
        return array.T if self.rows or flat else array

    def data(self, X, Y):
        """Return X and Y, given in the lecture's form, as the learner has them."""
        return (X.T, Y.T) if self.rows else (X, Y)

    @property
    def words(self):
        """One line that says what was assumed."""
        form = f"{'inputs × units' if self.inputs_first else 'units × inputs'}"
        held = "" if self.biases else " with the bias in it" if self.bias_at is not None else ", no biases"
        return f"a {'row' if self.rows else 'column'} per example, weights {form}{held}"


def _shaped_like(old, b):
    if old.ndim == 0:
        return b.item()
    return (
        b.ravel() if old.ndim == 1 else b.reshape(-1, 1) if old.shape[0] >= old.shape[1] and old.shape[1] == 1 else b.T
    )


def conventions(params, X, Y, L=None, rows=None):
    """Return every convention in which the shapes fit together, the likelier ones first.

    Parameters
    ----------
    params : object
        The learner's parameters.
    X, Y : array_like
    L : int, optional
        The number of layers, where it is known.
    rows : bool, optional
        Where the learner says so.

    Raises
    ------
    ValueError
        If nothing fits; the message tells every shape.
    """
    X, Y, found = np.asarray(X, float), np.asarray(Y, float), leaves(params)
    for parameters in _chosen(found):
        fits = [
            replace(convention, one_hot=one_hot)
            for weights, biases, bias_at in _splits(parameters, L)
            for convention in _orientations(weights, biases, bias_at, rows)
            if (one_hot := _chained(convention, X, Y)) is not None
        ]
        if fits:
            break
    else:
        shapes = ", ".join(f"{leaf.name or 'the parameters'} {leaf.array.shape}" for leaf in found) or "no arrays"
        layers = f" for {L} layers" if L else ""
        said = "" if rows is None else f", with a {'row' if rows else 'column'} per example as rows={rows} says"
        raise ValueError(
            f"the shapes do not chain{layers}{said}: X is {X.shape}, Y is {Y.shape}, and the parameters are {shapes}. "
            "Expected a weight matrix and a bias per layer, or one matrix that holds both, and an activation each"
        )
    return fits


def _chosen(found):
    """Yield which leaves may be the parameters: all; or without what else an object keeps, such as a learning rate."""
    yield found
    found = [leaf for leaf in found if np.ndim(leaf.array) or _is_bias(leaf)]
    yield found
    found = [leaf for leaf in found if not any(map(partial(_is_kept_beside, leaf), found))]
    yield found
    yield [leaf for leaf in found if _is_bias(leaf) or leaf.word.lower().lstrip("_").startswith(_LIKE_A_WEIGHT)]


_LIKE_A_WEIGHT = ("w", "theta", "kernel", "syn", "coef", "v", "u")


def _is_bias(leaf):
    word = leaf.word.lower().lstrip("_")
    return word.startswith(("b", "beta", "intercept")) or "bias" in word


def _is_kept_beside(leaf, other):
    """Whether a leaf is the gradient or the velocity of another one, by its name: dW1 or vW1 beside W1."""
    one, other_word = leaf.word.lower(), other.word.lower()
    same_place = leaf.address[:-1] == other.address[:-1] and leaf.array.shape == other.array.shape
    return same_place and one != other_word and (one.endswith(other_word) or one.startswith(other_word + "_"))


def _splits(found, L):
    """Yield (weights, biases, bias_at): which leaves are weights and which are biases."""
    if L is None or len(found) == 2 * L:
        yield from ((weights, biases, None) for weights, biases in _pairs(found))
    if L is None or len(found) == L:
        yield from ((tuple(found), (), bias_at) for bias_at in (0, -1))
        yield tuple(found), (), None


def _pairs(found):
    """Yield the ways to halve the leaves: by their names, alternately, one half after the other."""
    by_name = [_is_bias(leaf) for leaf in found]
    half = len(found) // 2
    if sum(by_name) == half == len(found) / 2:
        weights = [leaf for leaf, bias in zip(found, by_name, strict=True) if not bias]
        biases = [leaf for leaf, bias in zip(found, by_name, strict=True) if bias]
        yield tuple(weights), tuple(biases)
        yield tuple(sorted(weights, key=_number)), tuple(sorted(biases, key=_number))
    elif len(found) % 2 == 0:
        yield tuple(found[::2]), tuple(found[1::2])
        yield tuple(found[:half]), tuple(found[half:])
        yield tuple(found[half:]), tuple(found[:half])
        yield tuple(found[1::2]), tuple(found[::2])


def _number(leaf):
    return ["".join(filter(str.isdigit, str(part))).zfill(3) for _, part in leaf.address]


def _orientations(weights, biases, bias_at, rows):
    usual = [(True, True), (False, False), (True, False), (False, True)]
    return [
        Convention(rows_, inputs_first, weights, biases, bias_at)
        for rows_, inputs_first in usual
        if rows in (None, rows_)
    ]


def _chained(convention, X, Y):
    """Return whether the labels are one-hot if all shapes fit in a convention, None if they do not fit."""
    if X.ndim != 2:
        return None
    d, n = X.shape if convention.rows else X.shape[::-1]
    size, held = n, convention.bias_at is not None
    for l, leaf in enumerate(convention.weights):
        W = leaf.array
        if W.ndim == 1:
            W = W.reshape(-1, 1) if convention.inputs_first else W.reshape(1, -1)
        if W.ndim != 2:
            return None
        inputs, units = W.shape if convention.inputs_first else W.shape[::-1]
        if inputs != size + held:
            return None
        if convention.biases and not _fits_bias(convention.biases[l].array, units, convention.rows):
            return None
        size = units
    return _labels_one_hot(Y, size, d, convention.rows)


def _fits_bias(b, units, rows):
    return b.size == units and (b.ndim < 2 or max(b.shape) == b.size)


def _labels_one_hot(Y, m, d, rows):
    if m == 1 and Y.size == d and Y.ndim <= 2:
        return True
    if Y.shape == ((d, m) if rows else (m, d)):
        return True
    if m > 1 and Y.size == d and np.isin(Y, range(m)).all():
        return False
    return None


def matched_gradients(convention, found, returned):
    """Return ``{"W1": array, …}`` from what a backward pass returned, or a sentence that says why it cannot be read."""
    wanted = convention.parameters
    best = None
    for candidate in _candidates(found, returned):
        candidate = _cut(candidate, wanted)
        arrays = _by_name(wanted, candidate) or _by_order(wanted, candidate)
        if arrays and _fitting(wanted, arrays) > (_fitting(wanted, best) if best else -1):
            best = arrays
    if best is None:
        shapes = ", ".join(f"{leaf.name} {leaf.array.shape}".strip() for leaf in found) or "no array at all"
        return f"gradients of {', '.join(wanted)} were expected, one per parameter; it returned {shapes}"
    return best


def _cut(found, wanted):
    """Cut one long vector into pieces of the parameters' sizes, in their order."""
    if (
        len(found) != 1
        or len(wanted) < 2
        or found[0].array.shape != (sum(leaf.array.size for leaf in wanted.values()),)
    ):
        return found
    own, pieces, rest = sorted(wanted.values(), key=_place), [], found[0].array
    for leaf in own:
        pieces.append(Leaf(leaf.address, rest[: leaf.array.size].reshape(leaf.array.shape)))
        rest = rest[leaf.array.size :]
    return pieces


def _place(leaf):
    return [str(part).zfill(3) if isinstance(part, int) else "" for _, part in leaf.address]


def _candidates(found, returned):
    yield found
    if isinstance(returned, tuple | list):
        yield from (leaves(part) for part in returned)
        for length in range(len(returned) - 1, 0, -1):
            yield leaves(list(returned[-length:]))
            yield leaves(list(returned[:length]))


def _by_name(wanted, found):
    named = {}
    for leaf in found:
        named.setdefault(plain_name(leaf.word), []).append(leaf)
    groups = {}
    for name, leaf in wanted.items():
        groups.setdefault(leaf.word.lower().replace("_", ""), []).append(name)
    if "" in groups or not all(len(named.get(word, ())) == len(names) for word, names in groups.items()):
        return None
    return {name: leaf.array for word, names in groups.items() for name, leaf in zip(names, named[word], strict=True)}


def _by_order(wanted, found):
    if len(found) != len(wanted):
        return None
    at = sorted(wanted, key=lambda name: _place(wanted[name]))
    W, b = ([name for name in wanted if name[0] == letter] for letter in "Wb")
    orders = [list(wanted), at, list(wanted)[::-1], _pairs_reversed(list(wanted)), W + b, b + W]
    options = [dict(zip(order, (leaf.array for leaf in found), strict=True)) for order in orders]
    return max(options, key=lambda option: _fitting(wanted, option))


def _pairs_reversed(names):
    return list(itertools.chain(*zip(names[-2::-2], names[::-2], strict=True))) if len(names) % 2 == 0 else names[::-1]


def _fitting(wanted, arrays):
    return sum(np.shape(arrays[name]) == leaf.array.shape for name, leaf in wanted.items())
