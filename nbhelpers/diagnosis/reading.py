"""A learner's numbers read in one convention, and what the search finds in them."""

import inspect
from dataclasses import dataclass, field

import numpy as np

from nbhelpers.diagnosis import costs
from nbhelpers.diagnosis.conventions import matched_gradients
from nbhelpers.diagnosis.rounding import coarsest, rounding
from nbhelpers.diagnosis.search import Case, Search
from nbhelpers.diagnosis.structure import leaves, like
from nbhelpers.mistakes import MISTAKES
from nbhelpers.network import Layer, Network

_LEAST = 1e-6  # a mistake that changes a smaller share of a gradient is none
_WORK = 3e4  # multiplications in a pass, up to which pairs of mistakes are tried
SQUARE = 4


@dataclass
class Found:
    """What was found in the numbers of one run.

    Attributes
    ----------
    ways : list of (tuple of str, Search, Way)
        All with the fewest mistakes: those of the update, and the way through the pass.
    problem : str
        Why the numbers could not be read; "" where they could.
    searches : list of Search
    flat : tuple of str
        The biases whose gradient has the right numbers in a shape that will broadcast.
    """

    ways: list = field(default_factory=list)
    problem: str = ""
    searches: list = field(default_factory=list)
    flat: tuple = ()


class Reading:
    """A learner's function in one convention.

    Attributes
    ----------
    found : Found
        In the numbers that were given, or where those could not be read, in others.
    extra : tuple of str
        Mistakes that were found by calling the function in another way.
    square : bool
        Whether it was found on a network whose sizes are all the same, where every shape fits.
    """

    def __init__(self, learner, convention, outcome, X, Y, given):
        self.learner, self.convention, self.outcome, self.X, self.Y, self.given = (
            learner,
            convention,
            outcome,
            X,
            Y,
            given,
        )
        blocks = convention.blocks({name: leaf.array for name, leaf in convention.parameters.items()})
        self.network = self._network_of(blocks)
        self.labels = learner.loss.labels(convention.labels(Y, self.network.sizes[-1]))
        self.examples = convention.examples(X)
        self.extra, self.square, self.outcome_used = (), False, outcome
        self.found = self.first = self._searched(outcome, self.network, self.examples, self.labels)

    def look_further(self):
        """Call the function in other ways, where its numbers have told nothing."""
        if not self.found.ways:
            for name, other in self._other_labels():
                self._try(name, self.learner.run(self.learner.params, self.X, other))
        if not self.found.ways and self._labels_met_in_a_square():
            self.extra = ("labels_broadcast",)
        elif not self.found.ways and (self.first.problem or self._odd_shapes()):
            self._look_at_square()
        if self.found.ways and not self.outcome.error:
            self._look_twice()

    @property
    def rank(self):
        """How many mistakes it takes to explain the numbers; many where they are not explained."""
        return min((len(names) + len(way.names) for names, _, way in self.found.ways), default=9)

    @property
    def too_large(self):
        """Whether the network is too large to try pairs of mistakes."""
        return self._most() < 2

    def _most(self):
        work = self.examples.shape[1] * sum(W.size for W in self.network.W[1:])
        return 2 if work <= _WORK else 1

    # --- from what came back to the gradients -------------------------------------------------------------------------

    def _network_of(self, blocks):
        layers = [
            Layer(blocks[f"W{l}"], blocks.get(f"b{l}", np.zeros((len(blocks[f"W{l}"]), 1))), f)
            for l, f in enumerate(self.learner.activations, start=1)
        ]
        return Network(layers, self.learner.loss)

    def _searched(self, outcome, network, X, Y):
        """Return what the search finds in a run, for a network and data in the lecture's form."""
        arrays = outcome.error or self._arrays(outcome)
        if isinstance(arrays, str):
            return Found(problem=arrays)
        parameters = self.convention.blocks(arrays)
        if not all(np.isfinite(array).all() for array in parameters.values()):
            bad = next(name for name, array in parameters.items() if not np.isfinite(array).all())
            kind = "parameter" if self.learner.eta else "gradient"
            return Found(problem=f"the {kind} of {bad} holds nan or infinity")
        if self.learner.eta:
            steps = self._updates(network, parameters, X.shape[1])
            flat = ()
        else:
            steps, flat = [((), parameters)], self._flat(arrays)
        m, d = Y.shape
        squared = repr(self.learner.loss) == "squared_error"
        possible = (self.given,) if self.given else tuple(costs.costs(squared, m, d))
        eps, tiny = coarsest(leaf.value for leaf in (*leaves(outcome.returned), *outcome.variables))
        facts = {
            "costs": possible,
            "eta": self.learner.eta,
            "l2": self._l2,
            "tolerance": _LEAST + eps * (max(X.shape[1], *network.sizes) + 8),
            "rounding": self._rounding(network, X, Y, eps, tiny),
            "shown": self.convention.shown,
        }
        searches = [(names, Search(Case(network, X, Y, blocks, **facts))) for names, blocks in steps]
        return Found(self._fewest(searches), "", [search for _, search in searches], flat)

    @property
    def _l2(self):
        return self.given.l2 if self.given else None

    def _fewest(self, searches):
        for budget in range(self._most() + 1):
            found = [
                (names, search, way)
                for names, search in searches
                if len(names) <= budget
                for way in search.solutions(budget - len(names))
            ]
            if found:
                return found
        return []

    def _rounding(self, network, X, Y, eps, tiny):
        """By how much each entry may be off; a step divided by its learning rate has the rounding of the parameter."""
        found = rounding(network, X, Y, eps, tiny)
        if self.learner.eta:
            found = {
                name: found[name] + 2 * eps * np.abs(theta) / self.learner.eta
                for name, theta in network.parameters.items()
            }
        return found

    def _arrays(self, outcome):
        """Return the learner's arrays by parameter, gradients or new parameters; or why there are none."""
        if outcome.returned is not None:
            arrays = matched_gradients(self.convention, leaves(outcome.returned), outcome.returned)
            if not isinstance(arrays, str):
                return arrays
        own = {leaf.address for leaf in self.convention.parameters.values()}
        after = [leaf for leaf in leaves(outcome.params) if (leaf.address in own) == bool(self.learner.eta)]
        if after:
            left = matched_gradients(self.convention, after, None)
            if not isinstance(left, str):
                return left
        if outcome.returned is None and outcome.changed and not self.learner.eta:
            return f"it returns nothing, and changes {', '.join(outcome.changed)}: say returns='parameters'"
        return matched_gradients(self.convention, leaves(outcome.returned), outcome.returned)

    def _updates(self, network, after, d):
        """Return (mistakes, gradients): what the step tells, for each mistake of the update that may be in it."""
        before, eta = {**network.parameters}, self.learner.eta
        found = [((), {name: _back(before[name], after[name], 1, -eta) for name in after})]
        kinds = {name[0] for name in after}
        for name, mistake in MISTAKES.items():
            for function in (mistake.wrong, *mistake.also) if mistake.step in ("update", "bias_step") else ():
                for letters in ({"b"},) if mistake.step == "bias_step" else _parts_of(kinds):
                    blocks = {}
                    for block in after:
                        move = lambda theta, g: theta - eta * g  # noqa: E731
                        if block[0] in letters:
                            W = network.W[int(block[1:])]
                            move = lambda theta, g, f=function, W=W: _called(  # noqa: E731
                                f, theta=theta, gradient=g, b=theta, db=g, W=W, eta=eta, d=d
                            )
                        blocks[block] = _back(before[block], after[block], move(1.0, 0.0), move(0.0, 1.0))
                    if all(value is not _IMPOSSIBLE for value in blocks.values()):
                        found.append(((name,), blocks))
        return found

    def _flat(self, arrays):
        return tuple(
            name
            for name, leaf in self.convention.parameters.items()
            if name[0] == "b"
            and np.size(arrays[name]) == leaf.array.size
            and _broadcast(leaf.array, arrays[name]) != leaf.array.shape
        )

    def _odd_shapes(self):
        parameters = self.network.parameters
        return any(
            G is not None and np.shape(G) != parameters[name].shape
            for search in self.first.searches
            for name, G in search.case.blocks.items()
        )

    # --- other ways to call it ----------------------------------------------------------------------------------------

    def _other_labels(self):
        """Yield labels in other forms, with the mistake that it would be if only these worked."""
        m, d = self.labels.shape
        if not self.convention.one_hot:
            yield "class_numbers_for_one_hot", like(self.X, self.labels.T if self.convention.rows else self.labels)
        elif m == 1 and d > 1:
            forms = [self.labels.ravel(), self.labels.reshape(-1, 1), self.labels]
            shape = np.shape(self.Y)
            yield from (("labels_broadcast", like(self.Y, form)) for form in forms if form.shape != shape)

    def _labels_met_in_a_square(self):
        """Whether one of the variables is the difference of every prediction and every label."""
        m, d = self.labels.shape
        if m > 1 or d == 1:
            return False
        square = self.network.predict(self.examples).ravel()[:, None] - self.labels.ravel()
        arrays = [leaf.array for leaf in self.outcome.variables if np.shape(leaf.value) == (d, d)]
        return any(_is_multiple(array, other) for array in arrays for other in (square, square.T))

    def _try(self, name, outcome):
        found = self._searched(outcome, self.network, self.examples, self.labels)
        if found.ways and (not self.found.ways or self._count(found) < self._count(self.found)):
            self.found, self.extra, self.outcome_used = found, (name,), outcome

    def _count(self, found):
        return min(len(names) + len(way.names) for names, _, way in found.ways)

    def _look_at_square(self):
        """Run it on networks whose sizes are all the same, so that even wrong products run."""
        flat_labels = np.ndim(self.Y) < 2 and self.convention.one_hot
        for m in dict.fromkeys([SQUARE, self.labels.shape[0]]):
            if flat_labels and m > 1:
                continue
            network, X, Y = self._square(m)
            given_X, given_Y = self.convention.data(X, Y)
            if not self.convention.one_hot:
                given_Y = Y.argmax(axis=0)
            elif flat_labels:
                given_Y = Y.ravel()
            params = self.convention.structure(self.learner.params, network.parameters)
            outcome = self.learner.run(params, like(self.X, given_X), like(self.Y, given_Y))
            found = self._searched(outcome, network, X, Y)
            if found.ways and self._count(found) > 0:
                clashing = [way for way in found.ways if any(map(self._clashes, (*way[0], *way[2].names)))]
                found.ways = clashing or found.ways
                self.found, self.square, self.outcome_used = found, True, outcome
                return

    def _clashes(self, name):
        """Whether a mistake cannot be made in the given network without an error or a wrong shape."""
        wrong = MISTAKES[name].network(self.network)
        try:
            gradients = wrong.backward(wrong.forward(self.examples), self.labels).by_parameter
        except (ValueError, KeyError):
            return True
        return any(np.shape(gradients[name]) != value.shape for name, value in self.network.parameters.items())

    def _square(self, m):
        rng = np.random.default_rng(4)
        sizes = [*[SQUARE] * self.network.L, m]
        blocks = {}
        for l in range(1, len(sizes)):
            blocks[f"W{l}"] = rng.normal(size=(sizes[l], sizes[l - 1])).round(3)
            held = self.convention.biases or self.convention.bias_at is not None
            blocks[f"b{l}"] = rng.normal(size=(sizes[l], 1)).round(3) * bool(held)
        kind = repr(self.learner.loss)
        if kind == "categorical_cross_entropy":
            Y = np.eye(m)[:, rng.permutation(SQUARE) % m]
        elif kind == "binary_cross_entropy":
            Y = (rng.random((m, SQUARE)) < 0.5).astype(float)
        else:
            Y = rng.random((m, SQUARE)).round(3)
        return self._network_of(blocks), rng.normal(size=(SQUARE, SQUARE)).round(3), Y

    def _look_twice(self):
        """Call it again where it stopped: what it kept from the first call shows in the second."""
        if self.learner.eta or self.square or self.extra:
            return
        again = self.learner.run(self.outcome.params, self.X, self.Y)
        first, second = self._arrays(self.outcome), again.error or self._arrays(again)
        if isinstance(second, str):
            return
        if all(np.shape(second[n]) == np.shape(a) and np.allclose(second[n], 2 * a) for n, a in first.items()):
            self.extra = ("gradients_accumulated",) if any(np.any(a) for a in first.values()) else ()


_IMPOSSIBLE = object()


def _parts_of(kinds):
    """Return what a wrong step may be made of: weights and biases, or one of them alone."""
    return [kinds] if len(kinds) < 2 else [kinds, *({kind} for kind in sorted(kinds))]


def _back(before, after, keeps, moves):
    """Return the gradient with which a step gives `after`; None where any would, _IMPOSSIBLE where none."""
    if moves == 0:
        same = np.shape(before) == np.shape(after) and np.allclose(after, keeps * before, rtol=1e-12, atol=1e-15)
        return None if same else _IMPOSSIBLE
    if np.shape(after) == np.shape(before):
        return (after - keeps * before) / moves
    try:
        gradient = (after - keeps * before) / moves
    except ValueError:
        return after
    return gradient[:1].T if gradient.shape == (len(before), len(before)) else gradient


def _is_multiple(one, other):
    times = (one * other).sum() / (other**2).sum()
    return bool(times) and np.allclose(one, times * other)


def _called(function, **known):
    return function(**{name: known[name] for name in inspect.signature(function).parameters})


def _broadcast(one, other):
    try:
        return np.broadcast_shapes(np.shape(one), np.shape(other))
    except ValueError:
        return None
