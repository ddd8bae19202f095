"""Mysteries: what is planted can be found by its evidence, and every wrong answer is told why it is wrong."""

import re

import numpy as np
import pytest

from nbhelpers import Network, mistakes
from nbhelpers.mistakes.evidence import examine, failing
from nbhelpers.mistakes.mystery import _possible
from nbhelpers.mistakes.specimens import SPECIMENS
from nbhelpers.mistakes.steps import WrongNetwork

SEEDS = range(25)


def planted(case):
    wrong = getattr(case.network, "wrong", None)
    return next((name for name, mistake in mistakes.MISTAKES.items() if mistake.wrong is wrong), "none")


def test_the_seeds_plant_mistakes_of_every_family_and_sometimes_none():
    names = {planted(mistakes.mystery(seed)) for seed in range(300)}
    assert "none" in names
    assert all(names & set(family) for family in mistakes.FAMILIES.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_planted_mistake_is_the_answer_and_its_evidence_is_told(seed):
    case = mistakes.mystery(seed)
    name = planted(case)
    said = case.answer(name)
    assert said, said
    if name != "none":
        assert mistakes.MISTAKES[name].mend in said.message
        rows = next(rows for rows in case.examine().failing.values() if rows)
        assert re.search(rf"The evidence: the [a-z -]*check fails for {', '.join(rows)}[.] ", said.message)


@pytest.mark.parametrize("seed", range(6))
def test_every_other_answer_is_wrong_or_gives_the_same_numbers(seed):
    case = mistakes.mystery(seed)
    for name in [*_possible(case._right), "none"]:
        said = case.answer(name)
        assert bool(said) is (name == planted(case)), f"{name} for {planted(case)}: {said}"


def test_a_mistake_that_is_not_there_changes_only_the_seeds_that_it_had(monkeypatch):
    before = [planted(mistakes.mystery(seed)) for seed in range(60)]
    gone = before[4]
    monkeypatch.delitem(mistakes.MISTAKES, gone)
    after = [planted(mistakes.mystery(seed)) for seed in range(60)]
    assert [a for a, b in zip(after, before, strict=True) if b != gone] == [b for b in before if b != gone]


@pytest.mark.parametrize("seed", range(6))
def test_the_culprit_is_among_the_suspects_and_not_alone(seed):
    case = mistakes.mystery(seed)
    assert planted(case) in case.suspects()
    assert len(case.suspects()) >= 2, "one alone would be the answer"


def test_a_wrong_answer_is_told_which_check_speaks_against_it():
    case = mistakes.mystery(17)
    assert planted(case) == "bias_never_trained"
    assert case.answer("slope_missing").message == (
        "The slope of the activation is missing. Then the gradient check fails for W1, b1; but the gradient check "
        "passes."
    )
    assert "with other numbers" in case.answer("bias_stepped_once_per_input").message
    assert "the update check fails for b1, b2" in case.answer("none").message


@pytest.mark.parametrize(("answer", "words"), [
    (..., "Nothing here yet"),
    (None, "Nothing here yet"),
    ("sloppy", "no mistake called 'sloppy'"),
    (7, "no mistake called 7"),
    ("softmax_twice", "cannot occur here"),
    ("transpose_of_W_missing", "NumPy would refuse it"),
])  # fmt: skip
def test_odd_answers_get_a_friendly_sentence(answer, words):
    said = mistakes.mystery(17).answer(answer)
    assert not said
    assert words in said.message
    assert repr(said).startswith("…" if answer in (None, ...) else "✗")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mystery_does_not_say_what_it_hides(seed):
    case = mistakes.mystery(seed)
    shown = repr(case) + repr(case.network) + repr(case.examine())
    assert planted(case) == "none" or planted(case) not in shown
    assert repr(mistakes.mystery(seed)) == repr(case)
    np.testing.assert_array_equal(mistakes.mystery(seed).network.W[1], case.network.W[1])


@pytest.mark.parametrize("specimen", SPECIMENS.values(), ids=SPECIMENS)
def test_nothing_speaks_against_a_right_network(specimen):
    evidence = examine(*specimen())
    assert evidence
    assert set(evidence.failing) == set(mistakes.CHECKS)


@pytest.mark.parametrize("name", ["slope_missing", "update_with_plus", "dropout_scaled_twice", "half_missing"])
def test_the_evidence_is_what_the_checks_say(name):
    network, X, Y = mistakes.MISTAKES[name].specimen()
    evidence = examine(mistakes.MISTAKES[name].network(network), X, Y)
    assert not evidence
    for check, run in mistakes.CHECKS.items():
        report = run(mistakes.MISTAKES[name].network(network), X, Y)
        assert bool(report) is not bool(evidence.failing[check])
        assert all(row in repr(report) for row in evidence.failing[check])


def test_what_cannot_be_run_is_told_and_raises_nothing():
    network, X, Y = mistakes.transpose_of_W_missing.specimen()
    assert failing("gradients", mistakes.transpose_of_W_missing.network(network), X, Y) == ("the run ends in an error",)


def test_visibility_counts_what_the_museum_says():
    rows = {row[0]: dict(zip(mistakes.CHECKS, map(int, row[2:]), strict=True)) for row in mistakes.visibility().rows}
    for family, found in mistakes.FAMILIES.items():
        assert rows[family]["gradients"] == sum(m.blocks != "none" or m.refused for m in found.values())
        decisive = {check: sum(m.check == check for m in found.values()) for check in mistakes.CHECKS}
        assert all(rows[family][check] >= decisive[check] for check in mistakes.CHECKS)
    assert rows["update"]["gradients"] == rows["dropout"]["gradients"] == rows["cost"]["update"] == 0


def test_a_mystery_without_a_mistake_is_a_network():
    seed = next(seed for seed in range(300) if planted(mistakes.mystery(seed)) == "none")
    case = mistakes.mystery(seed)
    assert isinstance(case.network, Network)
    assert not isinstance(case.network, WrongNetwork)
    assert "none" in case.suspects()
    assert len(case.suspects()) > 1
    assert case.answer("none").message == "Nothing is wrong. Every check passes. That is as much as checks can say."


def test_a_name_may_be_written_otherwise_and_a_wrong_one_is_told_the_nearest():
    case = mistakes.mystery(17)
    assert case.answer("Bias never trained")
    assert case.answer(" BIAS_NEVER_TRAINED ")
    assert "Did you mean 'W_updated_first'?" in case.answer("w_update_first").message
    assert "Did you mean" not in case.answer("sloppy").message
