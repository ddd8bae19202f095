"""From what was found to what is said."""

import re

import numpy as np

from nbhelpers.checks import count
from nbhelpers.diagnosis import costs
from nbhelpers.diagnosis.lines import Lines, letter_of
from nbhelpers.diagnosis.reading import SQUARE
from nbhelpers.diagnosis.relations import block_relation, first_wrong
from nbhelpers.diagnosis.search import Way
from nbhelpers.diagnosis.verdict import Diagnosis, lowered
from nbhelpers.mistakes import MISTAKES

_EVERY_LAYER = ("own_dZ", "weighted_sums", "update", "bias_step")


def told(reading):
    """Return the `Diagnosis` of a reading."""
    facts = {"rows": reading.convention.rows, "remarks": tuple(_remarks(reading))}
    found = reading.found
    if not found.ways and reading.extra:
        return _by_its_variables(reading, facts)
    if not found.ways:
        return _unnamed(reading, facts)
    names, search, way = found.ways[0]
    cost = _cost(way)
    extra = (*reading.extra, *(("flat_bias_gradient",) if found.flat else ()))
    facts |= {"cost": str(cost), "assumed": _assumed(reading, cost)}
    if not names and not way.names and not extra:
        return Diagnosis(True, _right(reading, cost), **facts)
    return _named(reading, found, names, search, way, extra, cost, facts)


def _cost(way):
    return costs.Cost(way.cost.kind, way.cost.half, way.l2 or 0.0)


def _assumed(reading, cost):
    network = reading.network
    return (
        f"{reading.convention.words}; {'-'.join(map(str, network.sizes))}, "
        f"{', '.join(repr(layer.activation) for layer in network.layers)}; {network.loss.name}, {cost.words}; "
        f"{count(reading.examples.shape[1], 'example')}"
    )


def _right(reading, cost):
    what = "step" if reading.learner.eta else "gradient"
    return f"Right: the {what} of a cost that is {cost.words}."


# --- with a name ----------------------------------------------------------------------------------------------------


def _named(reading, found, names, search, way, extra, cost, facts):
    """Return the diagnosis where mistakes of the museum give just the learner's numbers."""
    alike = [(n, w) for n, _, w in found.ways if w.cost == way.cost and bool(w.l2) == bool(way.l2)]
    every = tuple(dict.fromkeys([*extra, *(name for n, w in alike for name in (*n, *w.names))]))
    sets = list(dict.fromkeys(tuple(dict.fromkeys([*extra, *n, *w.names])) for n, w in alike))
    places = [
        *((name, 0) for name in names),
        *way.mistakes,
        *((name, int(block[1:])) for name in extra[-1:] for block in found.flat),
    ]
    layers = _layers(places, search.L) or tuple(range(1, search.L + 1))
    name, l = next(iter(places or [(extra[0], search.L)]))
    mistake, step = MISTAKES[name], MISTAKES[name].step_in(search.network)
    l = l or layers[0 if step in ("weighted_sums", "activations") else -1]
    lines = _lines(reading, search, way, reading.outcome_used)
    mend = lines.shaped_labels() if name == "labels_broadcast" else lines.right(step, l)
    mend = mend or _update_line(reading, step, lines, l)
    titles = "; or ".join(" and ".join(f"{lowered(MISTAKES[n].title)} ({n})" for n in names) for names in sets[:4])
    where = f" in layer{'s' * (len(layers) > 1)} {', '.join(map(str, layers))}"
    mends = MISTAKES[name].mend
    return Diagnosis(
        False,
        f"Not right: {titles},{where}.",
        mistakes=every,
        layers=layers,
        first_wrong=(first_wrong := _quantity(step, l, search.L)),
        relation=_relation(search, way, l, first_wrong),
        mend=mend or mends,
        line=lines.own_line(reading.learner.source, letter_of(step), l),
        why=" ".join(dict.fromkeys(MISTAKES[n].what for n in sets[0])) + (f" {mends}" if mend else ""),
        experiment=_experiment(mistake),
        **facts,
    )


def _by_its_variables(reading, facts):
    """Return the diagnosis where no gradient came out, but a variable has told."""
    mistake, L = MISTAKES[reading.extra[0]], reading.network.L
    cost = reading.given or costs.Cost()
    return Diagnosis(
        False,
        f"Not right: {lowered(mistake.title)} ({mistake.name}), in layer {L}.",
        _assumed(reading, cost),
        reading.extra,
        (L,),
        str(cost),
        first_wrong=f"dZ{L}",
        relation=f"a square, {reading.labels.size} × {reading.labels.size}: every prediction minus every label",
        mend="Y = Y.reshape(Y_hat.shape)",
        why=f"{mistake.what} {mistake.mend}",
        experiment=_experiment(mistake),
        rows=facts["rows"],
        remarks=(*facts["remarks"], *([f"It does not run: {reading.first.problem}."] if reading.first.problem else [])),
    )


def _lines(reading, search, way, outcome):
    """Return what writes the right lines, with the names that stood in a run."""
    X, Y = map(np.asarray, reading.convention.data(search.case.X, search.case.Y))
    Y = Y if reading.convention.one_hot else search.case.Y.argmax(axis=0)
    return Lines(reading.convention, search.network, way, way.cost, outcome.variables, X, Y)


def _layers(places, L):
    found = {l for _, l in places if l}
    if any(not l and MISTAKES[name].step in _EVERY_LAYER for name, l in places):
        found |= set(range(1, L + 1))
    if any(not l and MISTAKES[name].step == "activations" for name, l in places):
        found |= set(range(1, L))
    return tuple(sorted(found))


def _quantity(step, l, L):
    letter = letter_of(step)
    if step == "predictions":
        return "Y_hat"
    return (
        f"{letter}{l}"
        if letter in ("Z", "A", "dZ", "dA", "dW", "db")
        else {"theta": "the step", "b": "the step of b"}.get(letter, letter)
    )


def _relation(search, way, l, first_wrong):
    """Return how the first wrong block of the layer relates to the right one, where that can be said in few words."""
    try:
        gradients = search.network.backward(search.network.forward(search.case.X), search.case.Y).by_parameter
    except ValueError:
        return ""
    factor = way.cost.factor(search.m, search.d)
    for block in (f"W{l}", f"b{l}"):
        G, right = search.case.blocks.get(block), factor * gradients[block]
        if block[0] == "W" and way.l2:
            right = right + way.l2 * search.network.W[l]
        if G is not None and not search._fits(block, G, right, factor):
            words = block_relation(search, block, right, l)
            told = words if f"d{block}" == first_wrong else f"wrong: d{block} is {words}"
            return "" if "cosine" in words else told
    return ""


def _update_line(reading, step, lines, l):
    if step not in ("update", "bias_step"):
        return ""
    W = lines.name("W" if step == "update" else "b", l)
    return f"{W} = {W} - learning_rate * {lines.name('dW' if step == 'update' else 'db', l)}"


def _experiment(mistake):
    if mistake.hiding_places:
        return f"Fix the line and diagnose again. A test would have missed it with: {', '.join(mistake.hiding_places)}."
    return f"Fix the line and diagnose again. Where it hides: {lowered(mistake.hides)}"


# --- without a name -------------------------------------------------------------------------------------------------


def _unnamed(reading, facts):
    cost = reading.given or costs.Cost()
    facts |= {"assumed": _assumed(reading, cost), "cost": str(cost)}
    if reading.first.problem:
        return _unread(reading, facts)
    search = reading.first.searches[0]
    l, way = search.furthest[1:] if search.furthest else (search.L, _right_way(search, cost))
    quantity, words = first_wrong(search, way, l)
    letter, lines = quantity[:2], _lines(reading, search, way, reading.outcome)
    step = {"dW": "weight_gradient", "db": "bias_gradient"}.get(letter, "output_dZ" if l == search.L else "hidden_dZ")
    titles = " and ".join(lowered(MISTAKES[name].title) for name in way.names)
    besides = f" Also, {titles} ({', '.join(way.names)})." if titles else ""
    facts["cost"] = str(_cost(way))
    return Diagnosis(
        False,
        f"Not right, and no mistake in the museum explains it: {quantity} is the first wrong quantity.{besides}",
        mistakes=way.names,
        layers=tuple(sorted({l, *_layers(way.mistakes, search.L)})),
        first_wrong=quantity,
        relation=words,
        mend=lines.right(step, l),
        line=lines.own_line(reading.learner.source, letter, l),
        why=_before(quantity, l, search.L),
        experiment=f"Print {lines.name(letter, l)} beside the right line's value, entry by entry.",
        **facts,
    )


def _unread(reading, facts):
    """Return the diagnosis where no gradient came out."""
    kind, experiment = ("It does not run", _RUN) if reading.outcome.error else ("It cannot be read", _RETURN)
    return Diagnosis(False, f"{kind}: {reading.first.problem}.", experiment=experiment, **facts)


_RUN = "Print the shapes of what stands in that line, and say what each axis counts."
_RETURN = "Return an array for each parameter, in the order of the parameters or in a dictionary with their names."


def _before(quantity, l, L):
    if quantity[:2] != "dZ":
        return f"dZ{l} is right, since the other gradient of layer {l} is. {quantity} alone is not."
    if l == L:
        return f"It begins at the output: already dW{L} and db{L} are wrong."
    return f"dZ{l + 1}, dW{l + 1} and db{l + 1} are right; what arrives at layer {l} is not."


def _right_way(search, cost):
    Z, A, Y = search._forward({})
    dA, dZ = search._right_output(search._known(Z, A, Y))
    factor = cost.factor(search.m, search.d)
    return Way((), cost, None, Z, A, Y, {search.L: factor * dZ}, {search.L: factor * dA}, factor)


# --- what else was noticed ------------------------------------------------------------------------------------------


def _remarks(reading):
    outcome, learner = reading.outcome, reading.learner
    changed = [name for name in outcome.changed if not learner.eta or name in ("X", "Y")]
    if changed:
        yield f"It changes its arguments: {', '.join(changed)}. A second call would start from other numbers."
    if reading.first.problem and reading.square:
        yield f"{reading.first.problem}. Found by its numbers on a network whose sizes are all {SQUARE}, where it runs."
    elif reading.square:
        yield f"Found by its numbers on a network whose sizes are all {SQUARE}, where every shape fits."
    for name in reading.found.flat:
        leaf = reading.convention.parameters[name]
        told = f"The gradient of {leaf.name} has the right numbers in another shape than {leaf.array.shape}"
        yield f"{told}: subtracted, it broadcasts."
    largest = np.abs(reading.examples).max()
    if largest > 20:
        yield (
            f"X reaches {largest:.4g}. Inputs of that size saturate sigmoid and tanh and make steps explode: "
            f"scale them, X / {largest:.4g}, before any smaller learning rate."
        )
    yield from _hidden(reading)
    if not reading.found.ways and reading.too_large:
        yield "Pairs of mistakes were not tried: give a smaller network, such as 3-4-2 with 5 examples."
    if outcome.printed:
        text = re.sub(r"\s+", " ", outcome.printed).strip()
        yield f"It printed: {text[:80]}{'…' if len(text) > 80 else ''}"


def _hidden(reading):
    """Yield a sentence where rounding hides more than a hundredth of a gradient."""
    if reading.found.ways:
        _, search, way = reading.found.ways[0]
        shares = {
            name: abs(way.factor) * np.max(search.case.rounding[name]) / max(np.abs(G).max(), 1e-300)
            for name, G in search.case.blocks.items()
            if G is not None and name in search.case.rounding
        }
        name, share = max(shares.items(), key=lambda item: item[1], default=("", 0.0))
        if share > 0.01:
            much = "all" if share >= 1 else f"{share:.0%}"
            yield (
                f"Rounding may hide {much} of d{name}; a mistake that is smaller cannot be seen. Diagnose with smaller "
                "weights, so that no unit is saturated, and in float64."
            )
