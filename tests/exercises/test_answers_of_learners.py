"""Never wrong, and seldom speechless: answers of learners, from `learner_lines`, which knows nothing of the package.

For every question with numbers, for 61 seeds and for the lecture's example: the right line, each line with one mistake,
and lines with two. With all digits, rounded to four decimals, and to three. What is counted is told by `RATES`.
"""

import re
from collections import Counter
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from learner_lines import LINES, READ

from nbhelpers import exercises

SEEDS = (None, *range(61))
RATES = {"single": 0.97, "four decimals": 0.92, "three decimals": 0.92, "two at once": 0.60}
"""The least share of answers whose mistakes are named."""

_SLOT = re.compile(r"⟨(.*?)⟩")


def _written(line, choices=()):
    """A line with the right piece in every slot, or the wrong ones of `choices`: (number of the slot, of the piece)."""
    chosen, number = dict(choices), -1

    def piece(match):
        nonlocal number
        number += 1
        return match[1].split("|")[chosen.get(number, 0)].partition("~")[0].strip()

    return _SLOT.sub(piece, line)


def _wrong_pieces(line):
    """All (slot, piece, names) that are wrong."""
    slots = [match[1].split("|") for match in _SLOT.finditer(line)]
    return [
        (i, k, {name.strip() for name in piece.partition("~")[2].split(",")})
        for i, pieces in enumerate(slots)
        for k, piece in enumerate(pieces[1:], start=1)
    ]


def _value(text, names):
    """What a line gives, or None where NumPy refuses; ``... as name;`` keeps a result for what follows."""
    names = dict(names)
    *kept, last = text.split(";")
    try:
        with np.errstate(all="ignore"):
            for part in kept:
                code, _, name = part.rpartition(" as ")
                names[name.strip()] = eval(_compiled(code.strip()), names)
            value = np.asarray(eval(_compiled(last.strip()), names), float)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return value if np.isfinite(value).all() else None


@cache
def _compiled(code):
    return compile(code, "<line>", "eval")


def _names(question):
    """What a line may use: the given matrices, sizes, and what its statement says."""
    statement, given = question.statement, question.given
    names = {"np": np, "s": lambda z: 1 / (1 + np.exp(-z)), **given}
    if "Y" in given:
        m, d = given["Y"].shape
        names |= {"m": m, "d": d}
    sizes = re.search(r"\b(\d+)((?:-\d+)+)[- ]network", statement) or re.search(
        r"A (\d+)((?:-\d+)+) network", statement
    )
    if sizes:
        names |= dict(zip("nhmc", map(int, (sizes[1] + sizes[2]).split("-")), strict=False)) | {"n": int(sizes[1])}
        names |= {"m": given["Y"].shape[0]} if "Y" in given else {}
    if "dZ1" in given:
        names["d"] = given["dZ1"].shape[1]
    if rate := re.search(r"rate \$\\eta = ([\d.]+)\$", statement):
        names["eta"] = float(rate[1])
    for name, pattern in READ.get(question.name, {}).items():
        names[name] = _number(re.search(pattern, statement)[1])
    return names | SPECIAL.get(question.name, lambda names, statement: {})(names, statement)


def _number(text):
    return (float(text) if "." in text else int(text)) if text else 1


def _of_layer(names, statement):
    n, h, m = (names[size] for size in "nhm")
    return {"h": h, "n": n} if names["l"] == 1 else {"h": m, "n": h}


def _stopping(names, statement):
    costs = re.findall(r"0\.\d\d", statement)
    return {"best": costs.index(min(costs))}


def _spread(names, statement):
    inputs, units = map(int, re.search(r"has (\d+) inputs and (\d+) units", statement).groups())
    return {"count": inputs + units if "Xavier" in statement else inputs}


SPECIAL = {
    **dict.fromkeys(("shape_of_bias", "shape_of_sums", "shape_of_gradient"), _of_layer),
    "early_stopping_epoch": _stopping,
    "layers_until_vanished": lambda names, _: {"share": names["percent"] / 100, "bound": 1 / names["per"]},
    "initial_spread": _spread,
}


def answers(name, seed):
    """Return the question, what is right, [(names, value)] of single mistakes, and a function for two at once."""
    question, line = exercises.QUESTIONS[name](seed=seed), LINES[name]
    names, wrong = _names(question), _wrong_pieces(line)
    right = _value(_written(line), names)
    single = {(i, k): _value(_written(line, [(i, k)]), names) for i, k, _ in wrong}
    single = {at: value for at, value in single.items() if value is not None and _differ(value, right)}
    named = {(i, k): name for i, k, name in wrong}
    couples = [(one, other) for one, other in combinations(single, 2) if one[0] != other[0]]

    def both(one, other):
        """The names of two mistakes and what they give together; None where it is what one of them gives alone."""
        value = _value(_written(line, [one, other]), names)
        if value is None or not all(_differ(value, known) for known in (right, *single.values())):
            return None
        return (named[one], named[other]), value

    return question, right, [(named[at], value) for at, value in single.items()], couples, both


def _differ(one, other):
    return one.shape != other.shape or bool((np.abs(one - other) > 1e-9 + 1e-7 * np.abs(other)).any())


def _rounded(value, decimals):
    return np.round(value, decimals) + 0.0


def _is_named(verdict, *mistakes):
    return verdict.status == "known mistake" and all(names & set(verdict.mistakes) for names in mistakes)


class Count:
    """How many answers there were of each kind, and how many were named."""

    def __init__(self):
        self.all, self.named, self.wrongly = Counter(), Counter(), []

    def add(self, kind, named):
        self.all[kind] += 1
        self.named[kind] += named

    def rate(self, kind):
        return self.named[kind] / max(1, self.all[kind])


_ROUNDINGS = ((4, "four decimals"), (3, "three decimals"))
"""The first for even seeds, the second for odd ones."""


def _judged(name, count, seeds=SEEDS):
    for seed in seeds:
        question, right, single, couples, both = answers(name, seed)
        exact = exercises.QUESTIONS[name](seed=seed)._task.exact
        judge = lambda answer, q=question: q._task.judge(q.seed, answer)  # noqa: E731
        for kind, value in [("right", right), *[(k, _rounded(right, k)) for k in (() if exact else (3, 4, 5))]]:
            if not judge(value):
                count.wrongly.append(f"{name} {seed}: right ({kind}) is {judge(value).status}: {value.tolist()}")
        for names, value in single:
            verdict = judge(value)
            count.add("single", _is_named(verdict, names))
            if verdict:
                count.wrongly.append(f"{name} {seed}: {names} is {verdict.status}")
            for k, kind in () if exact else (_ROUNDINGS[(seed or 0) % 2],):
                if _differ(_rounded(value, k), _rounded(right, k)):
                    verdict = judge(_rounded(value, k))
                    count.add(kind, _is_named(verdict, names))
                    if verdict:
                        count.wrongly.append(f"{name} {seed}: {names}, {kind}, is {verdict.status}")
        rng = np.random.default_rng(seed)
        for i in rng.permutation(len(couples))[:8]:
            if pair := both(*couples[i]):
                verdict = judge(pair[1])
                count.add("two at once", _is_named(verdict, *pair[0]) or _is_twin(verdict, pair[1], couples, both))
                if verdict:
                    count.wrongly.append(f"{name} {seed}: {pair[0]} at once is {verdict.status}")


def _is_twin(verdict, value, couples, both):
    """Whether two other mistakes were named that give just the same."""
    pairs = (both(*couple) for couple in couples)
    return any(pair and not _differ(pair[1], value) and _is_named(verdict, *pair[0]) for pair in pairs)


@pytest.fixture(scope="module")
def counted():
    """The counts of every question."""
    counts = {name: Count() for name in LINES}
    for name, count in counts.items():
        _judged(name, count)
    return counts


def test_every_question_with_numbers_has_its_lines():
    with_numbers = {name for name, make in exercises.QUESTIONS.items() if make(seed=0)._task.candidates(0) is not None}
    assert with_numbers - set(LINES) == {"number_right"}


def test_no_wrong_answer_is_right_and_no_right_one_wrong(counted):
    wrongly = [line for count in counted.values() for line in count.wrongly]
    assert not wrongly, "\n".join([f"{len(wrongly)} verdicts", *wrongly[:20]])


@pytest.mark.parametrize("kind", RATES)
def test_mistakes_are_named(counted, kind):
    total = sum(count.all[kind] for count in counted.values())
    named = sum(count.named[kind] for count in counted.values())
    lowest = sorted((round(count.rate(kind), 2), name) for name, count in counted.items() if count.all[kind])[:8]
    assert named >= RATES[kind] * total, f"{named} of {total}; lowest {lowest}"
