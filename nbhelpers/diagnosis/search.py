"""The search: right and wrong steps of the backward pass are put together until their numbers are the learner's.

The steps and the mistakes are those of the museum (``mistakes/steps.py``), so that a new mistake is found without
a line here. A way through the pass is given up at the first block that differs, which is what makes thousands of
pairs quick.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import combinations

import numpy as np

from nbhelpers.diagnosis.costs import Cost
from nbhelpers.diagnosis.relations import times_in
from nbhelpers.mistakes import MISTAKES
from nbhelpers.mistakes.hidden import slope_in_terms_of_a
from nbhelpers.mistakes.steps import RIGHT

_FORWARD = ("inputs", "labels", "weighted_sums", "activations", "predictions")


@dataclass(frozen=True)
class Case:
    """A learner's gradients in the lecture's form, and what they are the gradients of.

    Attributes
    ----------
    network : Network
    X, Y : numpy.ndarray
    blocks : dict
        ``{"W1": …, "b1": …}``; None where a block tells nothing. A block may have a wrong shape.
    costs : tuple of Cost
        That the gradients may belong to, the likelier ones first.
    eta : float
        The learning rate of a function that makes the step itself, else 0.
    l2 : float or None
        λ of the penalty that the cost is said to have; None where any may be in it.
    tolerance : float
        Relative to the largest entry of a block: a mistake that changes less is none.
    rounding : dict
        ``{"W1": …, "b1": …}``: by how much more an entry of a right gradient of the mean may be off.
    shown : callable
        Of a block's name and an array: the array as the learner has it, whose rows and columns are to be spoken of.
    """

    network: object
    X: np.ndarray
    Y: np.ndarray
    blocks: dict
    costs: tuple
    eta: float = 0.0
    l2: float | None = None
    tolerance: float = 1e-6
    rounding: dict = field(default_factory=dict)
    shown: Callable = lambda name, array: array


@dataclass(frozen=True)
class Way:
    """A way through the pass as far as it agrees with the learner's blocks.

    Attributes
    ----------
    mistakes : tuple of (str, int)
        Each wrong step on the way: its name, and its layer (0 where it has none).
    cost : Cost
    l2 : float or None
        None as long as no weight block has told.
    Z, A : tuple
        Of the forward pass that was gone.
    dZ, dA : dict
        What is sent back, by layer.
    factor : float
        How many times the gradient of the mean it is.
    """

    mistakes: tuple
    cost: Cost
    l2: float | None
    Z: tuple
    A: tuple
    Y: np.ndarray
    dZ: dict
    dA: dict
    factor: float = 1.0

    @property
    def names(self):
        """The names of the mistakes, each once."""
        return tuple(dict.fromkeys(name for name, _ in self.mistakes))

    def with_mistakes(self, mistakes, **changes):
        """Return the way with more mistakes on it."""
        return replace(self, mistakes=(*self.mistakes, *mistakes), **changes)


class Search:
    """All ways through the pass that end in the learner's numbers."""

    def __init__(self, case):
        self.case, self.network = case, case.network
        self.L, self.d, self.m = self.network.L, case.X.shape[1], self.network.sizes[-1]
        self.f = (None, *(layer.activation for layer in self.network.layers))
        self.size = max((np.abs(G).max(initial=0) for G in case.blocks.values() if G is not None), default=0.0)
        self.furthest = None  # (layer, way): the deepest layer that was reached, and how

    # --- the whole search ---------------------------------------------------------------------------------------------

    def solutions(self, budget):
        """Return the ways with at most so many mistakes; the usual costs first."""
        with np.errstate(all="ignore"):  # what a mistake makes may have no end
            found = [way for start in self._starts(budget) for way in self._down(start, self.L, budget)]
        return sorted(found, key=self._rank)

    def _rank(self, way):
        return bool(way.l2), self.case.costs.index(way.cost), len(way.mistakes)

    # --- the way forward, and the output ------------------------------------------------------------------------------

    def _starts(self, budget):
        for names, Z, A, Y in self._forwards(budget):
            for more, dA, dZ in self._outputs(Z, A, Y, budget - len(names)):
                base = Way((*names, *more), Cost(), self.case.l2, Z, A, Y, {self.L: dZ}, {self.L: dA})
                for factor, cost, scaled in self._scales(base, budget - len({n for n, _ in base.mistakes})):
                    yield base.with_mistakes(
                        ((name, self.L) for name in scaled),
                        cost=cost,
                        dZ={self.L: factor * dZ},
                        dA={self.L: factor * dA},
                        factor=factor,
                    )

    def _forwards(self, budget):
        right = self._forward({})
        yield (), *right
        if budget > 0:
            singles = list(self._single_forwards)
            yield from ((names, *result) for names, _, result in singles)
        if budget > 1:
            for (one, steps, _), (other, more, _) in combinations(singles, 2):
                if not set(steps) & set(more):
                    result = self._tried(lambda both={**steps, **more}: self._forward(both))
                    if result:
                        yield (*one, *other), *result

    @cached_property
    def _single_forwards(self):
        """Each way forward with one mistake that changes it: its name and layer, its steps, and what comes of it."""
        right, found = self._forward({}), []
        for step in _FORWARD:
            for name, function in self._wrong(step):
                for l, steps in self._placed(step, function):
                    result = self._tried(lambda steps=steps: self._forward(steps))
                    if result and not self._same_forward(result, right):
                        found.append((((name, l),), steps, result))
        return found

    def _placed(self, step, function):
        """Yield (layer, steps): the mistake everywhere, then in one layer alone; 0 where it has no layer."""
        if step not in ("weighted_sums", "activations"):
            yield (self.L if step == "predictions" else 0), {step: function}
            return
        layers = range(1, self.L + (step == "weighted_sums"))
        if len(layers) != 1:
            yield 0, {(step, l): function for l in layers}
        yield from ((l, {(step, l): function}) for l in layers)

    def _forward(self, wrong):
        network = self.network
        X = self._do(wrong.get("inputs", RIGHT["inputs"]), X=self.case.X)
        Y = self._do(wrong.get("labels", RIGHT["labels"]), Y=self.case.Y)
        Z, A = [None], [X]
        known = {"Z": Z, "A": A, "W": network.W, "b": network.b, "f": self.f, "L": self.L}
        for l in range(1, self.L + 1):
            Z.append(self._do(wrong.get(("weighted_sums", l), RIGHT["weighted_sums"]), l=l, **known))
            step = ("activations", l) if l < self.L else "predictions"
            A.append(self._do(wrong.get(step, RIGHT["activations" if l < self.L else "predictions"]), l=l, **known))
        if X.shape != self.case.X.shape:
            raise ValueError("other examples")
        return tuple(Z), tuple(A), Y

    def _same_forward(self, one, other):
        return self._same(one[2], other[2]) and all(map(self._same, one[1], other[1]))

    def _outputs(self, Z, A, Y, budget):
        """Yield (mistakes, dA[L], dZ[L]): right, then with each mistake that is more than a factor."""
        known = self._known(Z, A, Y)
        right_dA, right_dZ = self._right_output(known)
        yield (), right_dA, right_dZ
        if budget < 1:
            return
        f, L = self.f[self.L], self.L
        found = [right_dZ]
        for name, function in self._wrong("output_dA"):
            dA = self._made(function, **known)
            if dA is not None and _factor(dA, right_dA) is None:
                dZ = self._made(f.backward, dA=dA, Z=Z[L])
                if dZ is not None:
                    found.append(dZ)
                    yield ((name, L),), dA, dZ
        for name, function in self._wrong("output_dZ"):
            dZ = self._made(function, **{**known, "dA": {L: right_dA}})
            if dZ is not None and _factor(dZ, right_dZ) is None:
                found.append(dZ)
                yield ((name, L),), right_dA, dZ
        if f.elementwise and repr(f) != "linear":
            for name, function in _functions("hidden_dZ"):
                dZ = self._made(function, **{**known, "dA": {L: right_dA}, "l": L})
                if dZ is not None and not any(_factor(dZ, other) is not None for other in found):
                    yield ((name, L),), right_dA, dZ

    def _right_output(self, known):
        dA = self.network.loss.gradient(known["Y_hat"], known["Y"])
        if self.network.is_matched:
            return dA, (known["Y_hat"] - known["Y"]) / self.d
        return dA, self.f[self.L].backward(dA, known["Z"][self.L])

    # --- the factor in front of all -----------------------------------------------------------------------------------

    def _scales(self, base, budget):
        """Yield (factor, cost, mistakes) where some block of the output layer says that this factor is in front."""
        ratios = {}
        for way, own in self._owns(base, self.L, budget):
            left = budget - len(way.names) + len(base.names)
            for block, variants in self._variants(way, own, self.L, left).items():
                G = self.case.blocks.get(block)
                for _, B in variants:
                    ratios |= self._ratios(block, G, B)
        for factor, cost, names in self._factors:
            if len(names) <= budget and any(abs(factor - ratio) <= off for ratio, off in ratios.items()):
                yield factor, cost, names

    def _ratios(self, block, G, B):
        """Return {c: by how much c may be off} where c times a variant is the learner's block, maybe with a penalty."""
        if G is None or np.shape(G) != np.shape(B) or not np.any(B):
            return {0.0: 0.0} if G is not None and not np.any(G) else {}
        found, c = {}, times_in(G, B)
        if self._fits(block, G, c * B, c):
            found[c] = self._uncertain(block, c, B)
        W = self.network.W[self.L]
        if block[0] == "W" and np.shape(G) == np.shape(W) and W.size > 2:
            (c, l2), *_ = np.linalg.lstsq(np.stack([B.ravel(), W.ravel()], axis=1), G.ravel(), rcond=None)
            if self._fits(block, G, c * B + l2 * W, c):
                found[float(c)] = self._uncertain(block, c, B)
        return found

    def _uncertain(self, block, c, B):
        """By how much a factor may be off that was fitted to a block: its tolerance, and what rounding hides."""
        size = np.abs(B).max()
        hidden = np.max(self.case.rounding.get(block, 0.0)) / size
        return abs(c) * (10 * self.case.tolerance + 3 * hidden)

    @cached_property
    def _factors(self):
        """Every factor that a cost and up to two mistakes put in front: (factor, cost, names), few mistakes first."""
        Z, A, Y = self._forward({})
        known = self._known(Z, A, Y)
        right_dA, right_dZ = self._right_output(known)
        singles = {}
        for step, right in (("output_dA", right_dA), ("output_dZ", right_dZ)):
            for name, function in self._wrong(step):
                wrong = self._made(function, **{**known, "dA": {self.L: right_dA}})
                factor = None if wrong is None else _factor(wrong, right)
                if factor is not None and not np.isclose(factor, 1):
                    singles[name] = factor
        pairs = {(a, b): singles[a] * singles[b] for a, b in combinations(singles, 2)}
        every = {(): 1.0, **{(name,): factor for name, factor in singles.items()}, **pairs}
        return [
            (cost.factor(self.m, self.d) * factor, cost, names)
            for names, factor in every.items()
            for cost in self.case.costs
            if all(_sensible(name, cost) for name in names)
        ]

    # --- the way back -------------------------------------------------------------------------------------------------

    def _down(self, way, l, budget):
        """Yield the ways on from layer l to the first layer, where dZ[l] is known."""
        for here in self._agreeing(way, l, budget):
            if l == 1:
                yield here
            else:
                for lower in self._sent_back(here, l - 1, budget):
                    yield from self._down(lower, l - 1, budget)

    def _agreeing(self, way, l, budget):
        """Yield the ways on which layer l's own gradients are the learner's."""
        for owned, own in self._owns(way, l, budget):
            left = budget - len(owned.names)
            variants = self._variants(owned, own, l, left, owned.names)
            weights = self._matching_weights(owned, l, variants[f"W{l}"])
            if not weights:
                self._remember(owned, l)
                continue
            biases = self._matching_biases(owned, l, variants[f"b{l}"], weights)
            for (more, l2), also in ((w, b) for w in weights for b in biases):
                both = owned.with_mistakes((*more, *also), l2=l2)
                if len(both.names) <= budget:
                    yield both
            if not biases:
                self._remember(owned, l)

    def _remember(self, way, l):
        assumed = len(way.names) + (way.cost != self.case.costs[0])
        key = (l + assumed, l)  # a layer further on is worth one assumption: two for one would explain too much
        if self.furthest is None or key < self.furthest[0]:
            self.furthest = key, l, way

    def _owns(self, way, l, budget):
        """Yield (way, dZ): what layer l's own gradients are made from, as a rule what is sent back."""
        yield way, way.dZ[l]
        for name, function in self._wrong("own_dZ"):
            if len({*way.names, name}) <= budget:
                own = self._made(function, l=l, **self._known(way.Z, way.A, way.Y, way))
                if own is not None and not self._same(own, way.dZ[l]):
                    yield way.with_mistakes(((name, l),)), own

    def _variants(self, way, dZ, l, left, names=()):
        """Return {"W2": [(mistakes, value)], "b2": …}: right, and with each mistake that may still be made."""
        known = {**self._known(way.Z, way.A, way.Y, way), "dZ": {l: dZ}, "l": l}
        found = {}
        for letter, step in (("W", "weight_gradient"), ("b", "bias_gradient")):
            right = self._made(RIGHT[step], **known)
            found[f"{letter}{l}"] = variants = [((), right)] if right is not None else []
            for name, function in self._wrong(step):
                if left > 0 or name in names:
                    value = self._made(function, **known)
                    if value is not None and (right is None or not self._same(value, right)):
                        variants.append((((name, l),), np.asarray(value)))
        return found

    def _matching_weights(self, way, l, variants):
        G, W = self.case.blocks.get(f"W{l}"), self.network.W[l]
        if G is None:
            return [((), way.l2)]
        return [
            ((*mistakes, *more), l2)
            for mistakes, B in variants
            for more, l2 in self._penalties(way, l, G, B, W)
            if not (mistakes and mistakes[0][0] == "one_over_d_in_dW_too") or self._has_one_over_d(way)
        ]

    def _has_one_over_d(self, way):
        """Whether 1/d is in dZ, so that a second one can be too many."""
        return way.cost.kind == "mean" and "one_over_d_missing" not in way.names

    def _penalties(self, way, l, G, B, W):
        """Yield (mistakes, λ): with which penalty G is the gradient B, beside what the layers above have."""
        if np.shape(B) != np.shape(W):
            if self._fits(f"W{l}", G, B, way.factor):
                yield (), way.l2 or 0.0
            return
        l2, above = way.l2, ()
        if not l2 and self.case.l2 is None:  # none was seen yet
            l2 = 0.0 if self._fits(f"W{l}", G, B, way.factor) else abs(self._more_of(W, G, B))
            if l2 * self.case.eta > 1 - 1e-6:  # that step keeps nothing of W, or less: it replaces W
                return
            if l2 and way.l2 is not None:
                above = tuple(("penalty_missing", k) for k in range(l + 1, self.L + 1))
        known = {"l": l, "dW": {l: B}, "W": self.network.W, "l2": l2}
        if self._fits(f"W{l}", G, self._do(RIGHT["penalized"], **known), way.factor):
            yield above, l2
        elif l2:
            for name, function in _functions("penalized"):
                if self._fits(f"W{l}", G, self._do(function, **known), way.factor):
                    yield (*above, (name, l)), l2

    def _more_of(self, W, G, B):
        """Return how many W are in G beyond B, 0 where there are none or that cannot be told."""
        if np.shape(G) != np.shape(B) or W.size < 2 or not np.any(W) or not np.any(B):
            return 0.0
        more = times_in(G - B, W)
        return more if np.isfinite(more) else 0.0

    def _matching_biases(self, way, l, variants, weights):
        G, b = self.case.blocks.get(f"b{l}"), self.network.b[l]
        if G is None:
            return [()]
        fits = lambda B: self._fits(f"b{l}", G, B, way.factor)  # noqa: E731
        found = [mistakes for mistakes, B in variants if fits(B) or (_is_flat(G, B) and fits(B.T))]
        l2 = max((l2 or 0.0 for _, l2 in weights), default=0.0)
        if not found and l2:
            found = [(*m, ("penalty_on_biases", l)) for m, B in variants if fits(B + l2 * b)]
        return found

    def _sent_back(self, way, l, budget):
        """Yield the ways on which dA[l] and dZ[l] are known as well."""
        known = self._known(way.Z, way.A, way.Y, way)
        if way.dZ[l + 1].shape[1] == way.A[l].shape[1]:
            known["dW"] = {l + 1: way.dZ[l + 1] @ way.A[l].T + (way.l2 or 0) * self.network.W[l + 1]}
        for sent, dA in self._steps("hidden_dA", l, known, way, budget):
            there = way.with_mistakes(sent)
            for bent, dZ in self._steps("hidden_dZ", l, {**known, "dA": {**way.dA, l: dA}}, there, budget):
                yield there.with_mistakes(bent, dZ={**way.dZ, l: dZ}, dA={**way.dA, l: dA})

    def _steps(self, step, l, known, way, budget):
        """Yield (mistakes, value) of a step at layer l: right, and with each mistake that may still be made."""
        right = self._made(RIGHT[step], **{**known, "l": l})
        if right is not None:
            yield (), right
        if step == "hidden_dZ":
            yield from self._other_right_slopes(l, known, right)
        for name, function in self._wrong(step):
            if len({*way.names, name}) <= budget and not (name == "W_updated_first" and not self.case.eta):
                value = self._made(function, **{**known, "l": l})
                if value is not None and np.shape(value) == np.shape(known["A"][l]) and not self._same(value, right):
                    yield ((name, l),), value

    def _other_right_slopes(self, l, known, right):
        """A slope written in a where the way forward was wrong, and the other slope of a ReLU at its kink."""
        dA, Z, A, f = known["dA"][l], known["Z"][l], known["A"][l], self.f[l]
        slopes = [slope_in_terms_of_a(f, A)]
        if repr(f) == "relu":
            slopes = [(Z >= 0).astype(float), (A > 0).astype(float)]
        for slope in slopes:
            if not self._same(dA * slope, right):
                yield (), dA * slope

    # --- small things -------------------------------------------------------------------------------------------------

    def _known(self, Z, A, Y, way=None):
        known = {
            "X": A[0],
            "Z": Z,
            "A": A,
            "Y_hat": A[-1],
            "Y": Y,
            "d": self.d,
            "W": self.network.W,
            "b": self.network.b,
            "f": self.f,
            "L": self.L,
            "eta": self.case.eta,
        }
        return known if way is None else {**known, "dZ": way.dZ, "dA": way.dA}

    def _wrong(self, step):
        return self._by_step.get(step, ())

    @cached_property
    def _by_step(self):
        found = {}
        for name, mistake in MISTAKES.items():
            if mistake.applies_to(self.network):
                for function in (mistake.wrong, *mistake.also):
                    found.setdefault(mistake.step_in(self.network), []).append((name, function))
        return found

    def _same(self, one, other):
        if one is None or other is None:
            return one is other
        if np.shape(one) != np.shape(other):
            return False
        if not np.size(one):
            return True
        bound = self.case.tolerance * max(np.abs(one).max(), np.abs(other).max()) + 1e-13 * self.size
        return bool(np.abs(one - other).max() <= bound)

    def _fits(self, block, G, B, times):
        """Whether a block of the learner's is B, as far as rounding lets that be seen, for `times` the mean."""
        if np.shape(G) != np.shape(B) or not np.isfinite(B).all():
            return False
        hidden = self.case.rounding.get(block, 0.0)
        hidden = abs(times) * (hidden if np.shape(hidden) == np.shape(B) else np.max(hidden))
        bound = self.case.tolerance * max(np.abs(G).max(initial=0), np.abs(B).max(initial=0)) + hidden
        return bool(np.all(np.abs(G - B) <= bound))

    def _do(self, function, **known):
        return function(**{name: known[name] for name in _wants(function)})

    def _made(self, function, **known):
        return self._tried(lambda: self._do(function, **known))

    def _tried(self, step):
        """Return what a step gives, None where its shapes do not fit or its numbers have no end."""
        try:
            with np.errstate(all="ignore"):
                value = step()
        except (ValueError, IndexError, KeyError, TypeError):
            return None
        return value if isinstance(value, tuple) or np.isfinite(value).all() else None


def _is_flat(G, B):
    """Whether a flat array, which was read as a column, is a row."""
    return np.ndim(B) == 2 and len(B) == 1 and np.shape(G) == (np.size(B), 1)


def _functions(step):
    return [
        (name, f) for name, mistake in MISTAKES.items() if mistake.step == step for f in (mistake.wrong, *mistake.also)
    ]


def _sensible(name, cost):
    """Whether a mistake of the factor can be made with a cost: 1/d belongs to means, the 2 to squares with a ½."""
    if name == "two_from_squared_error":
        return cost.half
    return name == "difference_turned_round" or cost.kind == "mean"


def _factor(wrong, right):
    """Return the constant that a matrix is times another one, None where there is none."""
    if wrong.shape != right.shape or not np.any(right):
        return None
    factor = times_in(wrong, right)
    return (
        factor if factor and np.allclose(wrong, factor * right, rtol=1e-9, atol=1e-12 * np.abs(wrong).max()) else None
    )


@cache
def _wants(function):
    return tuple(inspect.signature(function).parameters)
