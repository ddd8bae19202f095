"""How a wrong quantity relates to the right one, where the mistake has no name: constant, sign, order, ratio."""

import numpy as np


def first_wrong(search, way, l):
    """Return (quantity, relation) for the first quantity on a way back that is not the learner's, at layer l.

    Parameters
    ----------
    search : Search
    way : Way
        Agrees with the learner down to the layer above.
    l : int
    """
    right = _right_blocks(search, way, way.dZ[l], l)
    blocks = search.case.blocks
    wrong = [
        name
        for name, R in right.items()
        if (G := blocks.get(name)) is not None and not search._fits(name, G, R, way.factor)
    ]
    if wrong == [name := f"W{l}"]:
        penalty = _of_penalty(blocks[name], right[name], search.network.W[l], way.l2 or 0.0)
        if penalty:
            return f"d{name}", penalty
    if wrong and len(wrong) < sum(blocks.get(name) is not None for name in right):
        name = wrong[0]
        return f"d{name}", block_relation(search, name, right[name], l)
    return f"dZ{l}", _of_dZ(search, way, l, right)


def _right_blocks(search, way, dZ, l):
    """Return {"W2": dW2, "b2": db2} as they are made from dZ[l], with the penalty of the cost."""
    variants = search._variants(way, dZ, l, 0)
    right = {name: found[0][1] for name, found in variants.items() if found}
    if way.l2 and f"W{l}" in right:
        right[f"W{l}"] = right[f"W{l}"] + way.l2 * search.network.W[l]
    return right


def _of_penalty(G, R, W, l2):
    """Return in words which penalty a weight gradient has in place of l2 * W; None if it differs in more than that."""
    if np.shape(G) != np.shape(R) or W.size < 2:
        return None
    with np.errstate(all="ignore"):
        more = times_in(G - R, W) if np.any(W) else np.nan
        if not np.isfinite(more) or not _close(G, R + more * W):
            return None
    sign = ", with the wrong sign" if more + l2 < 0 else ""
    belongs = f"{l2:.6g} W belongs there" if l2 else "λ W is added, not subtracted" if sign else "the cost has none"
    return f"right but for the penalty: it has {more + l2:.6g} W{sign}; {belongs}"


def constants(search, l):
    """Return the numbers that a mistake may multiply or divide by, by what they count."""
    sizes = search.network.sizes
    named = {
        "d, the number of examples": search.d,
        "m, the number of outputs": search.m,
        "n, the number of features": sizes[0],
    }
    named |= {
        "m·d, the number of entries of Y": search.m * search.d,
        "2": 2,
        f"the number of units of layer {l}": sizes[l],
    }
    named |= {"3": 3, "4": 4, "10": 10, "100": 100, "255": 255, "n·d, the number of entries of X": sizes[0] * search.d}
    if search.case.eta:
        named["the learning rate"] = search.case.eta
    return {words: float(value) for words, value in named.items() if value != 1}


def block_relation(search, name, R, l):
    """Return in words how a block of the learner's relates to R, with rows and columns as the learner has them."""
    shown = search.case.shown
    return relation(shown(name, np.asarray(search.case.blocks[name])), shown(name, R), constants(search, l))


def relation(G, R, named):
    """Return in words how a block G relates to the right one R.

    Examples
    --------
    >>> relation(np.array([[3.0, 6.0]]), np.array([[1.0, 2.0]]), {"d, the number of examples": 3})
    '3 times the right one (d, the number of examples)'
    """
    if np.shape(G) != np.shape(R):
        return _of_shapes(np.asarray(G), R)
    if not np.isfinite(G).all():
        return "not finite: it holds nan or infinity"
    if not np.any(G):
        return "all zero"
    if not np.any(R):
        return "not zero, as it should be"
    size = np.abs(R).max()  # so that no product of two of them has no end
    with np.errstate(all="ignore"):
        return next((words for words in _relations(G / size, R / size, named, size) if words), None) or _in_numbers(
            G / size, R / size
        )


def times_in(one, other):
    """Return how many times `other` lies in `one`, for numbers of any size."""
    size, of_one = np.abs(other).max(), np.abs(one).max() or 1.0
    return float((one / of_one * (other / size)).sum() / ((other / size) ** 2).sum() * (of_one / size))


def _relations(G, R, named, size):
    same = _close(G, R)
    c = (G * R).sum() / (R * R).sum()
    yield same and "the right one"
    yield _close(G, c * R) and _constant(c, named)
    yield _close(np.abs(G), np.abs(R)) and "right but for the sign of some entries"
    if R.shape[0] == R.shape[1]:
        c = (G * R.T).sum() / (R * R).sum()
        yield _close(G, c * R.T) and "the transpose of the right one" + ("" if _close(G, R.T) else f", times {c:.6g}")
    yield _close(np.sort(G, axis=None), np.sort(R, axis=None)) and "the same numbers in another order"
    for axis, word in ((0, "row"), (1, "column")):
        right = [k + 1 for k in range(R.shape[axis]) if _close(np.take(G, k, axis), np.take(R, k, axis))]
        few = right and len(right) < R.shape[axis]
        yield few and f"right in {word}{'s' * (len(right) > 1)} {', '.join(map(str, right))} alone"
        yield _by_line(G, R, axis, word)
    shift = G - R
    yield (
        np.ptp(shift) <= 1e-8 * np.abs(shift).max()
        and f"{shift.flat[0] * size:.6g} more than the right one in every entry"
    )


def _by_line(G, R, axis, word):
    """Return a relation where each row or each column is a constant times the right one."""
    lines = [(np.take(G, k, axis), np.take(R, k, axis)) for k in range(R.shape[axis])]
    if len(lines) < 2 or lines[0][0].size < 2 or not all(np.any(r) for _, r in lines):
        return None
    ratios = [(g * r).sum() / (r * r).sum() for g, r in lines]
    if not all(_close(g, c * r) for (g, r), c in zip(lines, ratios, strict=True)):
        return None
    return f"the right one with its {word}s multiplied by {', '.join(f'{c:.4g}' for c in ratios)}"


def _constant(c, named):
    if np.isclose(c, 1, rtol=1e-6):
        return "the right one"
    if np.isclose(c, -1, rtol=1e-6):
        return "the right one with the sign flipped"
    sign, size = ("-" if c < 0 else ""), abs(c)
    for words, value in named.items():
        if np.isclose(size, value, rtol=1e-6):
            return f"{c:.6g} times the right one" + (f" ({sign}{words})" if not words[0].isdigit() else "")
        if np.isclose(size, 1 / value, rtol=1e-6):
            return f"{c:.6g} times the right one ({sign}1/{words})"
    return f"{c:.6g} times the right one in every entry"


def _of_shapes(G, R):
    told = f"of shape {G.shape} where {R.shape} is expected"
    if G.ndim == 2 and G.shape == R.shape[::-1] and _close(G.T, R):
        return f"{told}: the transpose of the right one"
    if G.size == R.size and _close(G.ravel(), R.ravel()):
        return f"{told}: the right numbers, but subtracting them broadcasts"
    for axis in range(G.ndim):
        total = G.sum(axis=axis)
        if total.size == R.size and _close(total.ravel(), R.ravel()):
            return f"{told}: a sum over axis {axis} is missing"
    if G.size == 1 and np.isclose(G.item(), R.sum()):
        return f"{told}: everything is summed"
    return told


def _in_numbers(G, R):
    cosine = (G * R).sum() / np.sqrt((G * G).sum() * (R * R).sum())
    return (
        f"at a cosine of {cosine:.3f} to the right one, and {np.linalg.norm(G) / np.linalg.norm(R):.4g} times as long"
    )


def _close(one, other):
    scale = max(np.abs(one).max(initial=0), np.abs(other).max(initial=0))
    return bool(np.abs(one - other).max(initial=0) <= 1e-6 * scale)


# --- what arrives at a layer ----------------------------------------------------------------------------------------


def _ratios(Z, A, slope):
    """What dZ may have been multiplied by, entry by entry, in place of nothing."""
    return {
        "a": A,
        "1 - a": 1 - A,
        "a(1 - a)": A * (1 - A),
        "1 - a²": 1 - A**2,
        "a²": A**2,
        "(1 - a)²": (1 - A) ** 2,
        "z": Z,
        "z(1 - z)": Z * (1 - Z),
        "1 - z²": 1 - Z**2,
        "the slope": slope,
        "1 over the slope": 1 / np.where(slope == 0, 1, slope),
        "the square root of the slope": np.sqrt(np.abs(slope)),
    }


def _of_dZ(search, way, l, right):
    """Return how dZ[l] relates to the right one, as far as the blocks of the layer tell."""
    blocks = search.case.blocks
    whole = {name: block_relation(search, name, R, l) for name, R in right.items() if blocks.get(name) is not None}
    if len(set(whole.values())) == 1:
        return next(iter(whole.values()))
    Z, A, f = way.Z[l], way.A[l], search.f[l]
    if f.elementwise:
        slope = f.derivative(Z)
        for what, base in (("the right one", way.dZ[l]), (f"dA{l}", way.dA[l])):
            for words, ratio in _ratios(Z, A, slope).items():
                found = _right_blocks(search, way, base * ratio, l)
                told = {block_relation(search, name, found[name], l) for name in whole if name in found}
                if len(told) == 1 and "cosine" not in (one := told.pop()):
                    times = "" if one == "the right one" else f", and then {one}"
                    return f"{what} times {words}, entry by entry{times}"
    return "wrong: " + "; ".join(f"d{name} is {words}" for name, words in whole.items())
