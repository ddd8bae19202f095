"""When the numbers of a question are fair: none of the answer is tiny, and no two candidates can be mixed up."""

import numpy as np

LARGEST_AT_LEAST, NONZERO_AT_LEAST = 0.02, 2e-3
"""How large the numbers of an answer have to be, or of a step, so that a few decimals are enough to write them."""

APART = 1.3e-3
"""How far every candidate has to be from what is right in some entry, so that three decimals tell them apart."""


def is_of_good_size(sizes):
    """Return whether the entries of an answer can be written with a few decimals."""
    return sizes.max() >= LARGEST_AT_LEAST and not ((sizes > 0) & (sizes < NONZERO_AT_LEAST)).any()


def are_apart(candidates, eased=1.0):
    """Return whether no mistake comes near to what is right, nor to another that gives something else.

    Parameters
    ----------
    candidates : Candidates
    eased : float
        The share of the distances that is still asked for; see `ease`.
    """
    right, size = candidates.right, np.abs(candidates.right - candidates.base).max()
    same_shape = [value for value in candidates.wrong.values() if value.shape == right.shape]
    if not same_shape:
        return True
    values = np.array(same_shape).reshape(len(same_shape), -1)
    if (np.abs(values - right.ravel()).max(axis=1) < eased * max(APART, 0.01 * size)).any():
        return False
    between = np.abs(values[:, None] - values[None]).max(axis=-1)
    room = min(1.0, (20 / len(values)) ** 2)  # the more there are, the nearer they have to stand
    return not ((between > 1e-9) & (between < room * APART * max(0.0, 2 * eased - 1))).any()


def shown(wrong):
    """Return which mistakes show, and which of them are told apart: their names, and the pairs that give the same."""
    names, twins = [name for name in wrong if "@" not in name], set()
    by_value = {}
    for name in names:
        by_value.setdefault((wrong[name].shape, (wrong[name] + 0.0).round(9).tobytes()), []).append(name)
    for same in by_value.values():
        twins |= {(one, other) for i, one in enumerate(same) for other in same[i + 1 :]}
    return set(names), twins


def usual(many):
    """Return what shows in most of many draws, and which mistakes give the same in any of them.

    A ReLU that is off, or labels that are all alike, hide what others would show: such numbers are drawn again.
    """
    seen = [shown(wrong) for wrong in many]
    names = {name for names, _ in seen for name in names if sum(name in other for other, _ in seen) > len(seen) / 2}
    pairs = [pair for _, twins in seen for pair in twins]
    return names, {pair for pair in pairs if pairs.count(pair) > len(seen) / 2}


def hides_nothing(wrong, usually):
    """Return whether all shows that usually does, and nothing gives the same that usually does not."""
    (names, twins), (all_names, all_twins) = shown(wrong), usually
    return names >= all_names and twins <= all_twins


def ease(draw):
    """Return the share of the distances that is asked for after so many draws: long computations have many mistakes."""
    return 0.8 ** (draw // 60)


def shuffled(rng, options):
    """Return options in another order."""
    return tuple(options[i] for i in rng.permutation(len(options)))
