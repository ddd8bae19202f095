"""The stepper: at every step picture, words and alternative text agree with the network; every way to move works."""

import importlib
import io
import json
import tracemalloc

import driving
import numpy as np
import pytest
import stories
from driving import click, press
from matplotlib import _pylab_helpers
from PIL import Image

from nbhelpers import Network, explorers, style, worked_example
from nbhelpers.numbers_as_text import digits_shown

MODULE = importlib.import_module("nbhelpers.explorers.backprop")
LAST = 22  # step of the 2-2-1 example


@pytest.fixture
def tour():
    """The explorer on the worked example; `tour.inside` gives its artists."""
    return explorers.backprop()


def shown(explorer):
    return {address: text for address, text in explorer.lesson.diagram.numbers.written.items() if text}


def number(text):
    return float(text.split()[-1].replace("−", "-"))


def assert_agrees(explorer, network, X, Y):
    """All numbers in the diagram against the network's own pass, computed here."""
    state = explorer.state
    rate, k = state["η"], state.get("example", 1) - 1
    X = np.array([[state[f"x{i + 1}"]] for i in range(len(X))]) if "x1" in state else X
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    better = network.updated(gradients, rate)
    again = "forward again" in explorer.words
    seen = better.forward(X) if again else forward
    for address, text in shown(explorer).items():
        label, *index = address
        if label in ("J", "J_new"):
            exact = (better if label == "J_new" else network).cost(X, Y)
            assert number(text) == pytest.approx(exact, rel=2e-2, abs=6e-4)
            continue
        exact = entry(network, better, seen, gradients, X, Y, label, index, k)
        candidates = exact if isinstance(exact, tuple) else (exact,)
        assert min(abs(number(text) - one) for one in candidates) <= 0.006 + 0.06 * abs(candidates[0]), (address, text)
    assert explorer.words in explorer.alt
    assert f"Step {state['step']} of" in explorer.words


def entry(network, better, forward, gradients, X, Y, label, index, k):
    """The exact value at an address; for a parameter the one before and the one after the step."""
    if label in ("X", "Y"):
        return (X if label == "X" else Y)[index[0], k]
    if label == "Y_hat":
        return forward.Y_hat[index[0], k]
    if label == "dY_hat":
        return gradients.dA[network.L][index[0], k]
    letter, l = label.rstrip("0123456789"), int(label[-1])
    if letter in ("W", "b"):
        return tuple(
            getattr(one, letter)[l][tuple(index) if letter == "W" else (index[0], 0)] for one in (network, better)
        )
    if letter == "slope":
        return network.layers[l - 1].activation.derivative(forward.Z[l])[index[0], k]
    if letter in ("dW", "db"):
        return getattr(gradients, letter)[l][tuple(index) if letter == "dW" else (index[0], 0)]
    return getattr(forward if letter in "ZA" else gradients, letter)[l][index[0], k]


# --- the worked example -----------------------------------------------------------------------------------------------


def test_the_name_means_the_function():
    assert explorers.backprop is MODULE.backprop


def test_it_begins_with_what_is_given(tour):
    assert tour.state == {"step": 0, "η": 0.5, "x1": 0.5, "x2": 0.2, "unit": 1, "from": 1}
    assert tour.words.startswith("Step 0 of 22: the inputs X")
    assert {address[0] for address in shown(tour)} == {"X", "Y", "W1", "W2", "b1", "b2"}


def test_every_step_agrees_with_the_network_forwards_and_backwards(tour):
    pictures = {}
    for step in [*range(LAST + 1), *range(LAST, -1, -1)]:
        tour.state = {"step": step}
        assert_agrees(tour, worked_example.network(), worked_example.X, worked_example.Y)
        assert pictures.setdefault(step, tour.png) == tour.png, "the way back shows the same"
    assert len(set(pictures.values())) == LAST + 1


def test_the_numbers_of_the_lecture_appear_when_they_are_computed(tour):
    for step, start in (
        (1, "z 0.430"),
        (4, "ŷ 0.777"),
        (6, "dz −0.2235"),
        (9, "da −0.0670"),
        (12, "−0.0080"),
        (13, "db −0.0160"),
    ):
        tour.state = {"step": step - 1}
        assert start not in shown(tour).values()
        tour.state = {"step": step}
        assert start in shown(tour).values()


def test_the_four_views_are_of_the_same_step(tour):
    tour.state = {"step": 12, "unit": 1, "from": 2}
    story = tour.lesson.story
    assert story.code.get_text() == "dW1 = dZ1 @ X.T"
    assert story.shapes.get_text() == "(2×2) = (2×1) @ (1×2)"
    assert r"\partial W^{(1)}" in story.equation.get_text()
    tour.state = {"step": 6}
    assert story.equation.get_text().endswith(r"= \hat Y - Y\quad (d = 1)$"), "why no 1/d is seen"
    tour.state = {"step": 12}
    assert [line.get_text() for line in story.lines][:2] == [
        "dW1[1,2] = dZ1[1,1] · X[2,1]",
        "         = (−0.01601) · 0.2 = −0.003202",
    ]
    assert "−0.0032019" in story.check.get_text()
    assert "dW1[1,2] = −0.0032019: J falls by about 0.0032 for each unit that W1[1,2] rises." in tour.words
    for part in ("dW1 = dZ1 @ X.T", "dW1[1,2] = dZ1[1,1] * X[2,1]"):
        assert part in tour.alt


def test_the_last_step_compares_the_costs(tour):
    tour.state = {"step": LAST}
    assert tour.words.endswith("J was 0.2529 and is 0.2063: it fell by 0.0466.")
    assert (shown(tour)["J",], shown(tour)["J_new",]) == ("0.253", "0.206")
    tour.state = {"η": 0.0}
    assert tour.words.endswith("it did not move.")


@pytest.mark.parametrize("rate", [0, 0.1, 1, 2])
def test_the_learning_rate_is_that_of_the_update(tour, rate):
    tour.state = {"step": 16, "η": rate}
    exact = worked_example.network().W[2][0, 0] + 0.1354008 * rate
    assert number(shown(tour)["W2", 0, 0]) == pytest.approx(exact, abs=6e-4)


# --- ways to move -----------------------------------------------------------------------------------------------------


def test_keys(tour):
    step = tour.controls["step"]
    for keys, expected in (
        (["ArrowRight", "ArrowRight"], 2),
        (["ArrowLeft"], 1),
        (["PageDown"], 5),
        (["PageDown"], 13),
        (["PageUp"], 6),
        (["PageUp"], 1),
        (["End"], LAST),
        (["ArrowRight"], LAST),
        (["Home"], 0),
        (["ArrowLeft"], 0),
    ):
        press(tour, *keys)
        assert step.value == expected, keys


def test_keys_walk_through_the_entries_of_a_matrix_and_around(tour):
    tour.state = {"step": 12}
    told = []
    for _ in range(5):
        told.append(tour.words.split("2. ")[-1].split("1. ")[-1].split(" = ")[0])
        press(tour, "ArrowDown")
    assert told == ["dW1[1,1]", "dW1[1,2]", "dW1[2,1]", "dW1[2,2]", "dW1[1,1]"]
    press(tour, "ArrowUp", "ArrowUp")
    assert "dW1[2,2] = " in tour.words


def test_buttons(tour):
    buttons = driving.buttons(tour)
    step = tour.controls["step"]
    buttons["Step"].click()
    assert step.value == 1
    buttons["Finish phase"].click()
    assert step.value == 5
    buttons["Back"].click()
    assert step.value == 4
    assert all(button.tooltip for button in buttons.values())


def test_clicks_on_the_timeline_and_on_numbers(tour):
    click(tour, tour.lesson.timeline._boxes[6])
    assert tour.controls["step"].value == 6
    click(tour, tour.lesson.diagram.numbers.boxes["dW1", 1, 0])
    assert tour.state["step"] == 12
    assert "dW1[2,1] = " in tour.words
    click(tour, tour.lesson.diagram.numbers.boxes["W2", 0, 1])
    assert tour.state["step"] == 16, "where the new weight is computed"
    click(tour, (1, 1, 1, 1))
    assert tour.state["step"] == 16


def test_it_plays_to_the_end_and_from_there_anew(tour):
    beat = lambda: tour._handle_custom_msg({"kind": "beat"}, [])  # noqa: E731
    beat()
    assert (tour.state["step"], tour.playing) == (0, False)
    tour.lesson.player.click()
    for k in range(1, LAST + 1):
        assert tour.playing
        beat()
        assert tour.state["step"] == k
    assert not tour.playing
    press(tour, " ")
    beat()
    assert tour.state["step"] == 0
    press(tour, " ")
    assert not tour.playing


# --- every control ----------------------------------------------------------------------------------------------------


def test_random_moves_keep_picture_words_and_memory_in_order(tour):
    rng = np.random.default_rng(0)
    for k in range(500):
        control = tour.controls[rng.choice(list(tour.controls))]
        high = control.max + 1 if isinstance(control.max, int) else control.max
        value = (
            rng.uniform(control.min, high) if isinstance(control.max, float) else int(rng.integers(control.min, high))
        )
        control.value = value
        if k % 25 == 0:
            assert_agrees(tour, worked_example.network(), worked_example.X, worked_example.Y)
        if k == 440:
            tracemalloc.start()
        if k == 450:
            before = tracemalloc.get_traced_memory()[0]
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 5e6
    assert not _pylab_helpers.Gcf.figs
    tour.reset()
    assert tour.state["step"] == 0


def test_what_moved_is_drawn_as_if_all_were_drawn(tour):
    for step in (5, 12, 16, LAST, 3):
        tour.state = {"step": step}
    moved = np.asarray(Image.open(io.BytesIO(tour.png)).convert("RGB"))
    fresh = explorers.backprop()
    fresh.state = {"step": 3}
    np.testing.assert_array_equal(moved, np.asarray(Image.open(io.BytesIO(fresh.png)).convert("RGB")))


def test_the_state_goes_round_and_the_twin_says_the_same(tour):
    tour.state = {"step": 12, "x1": -1.25, "η": 1.5, "unit": 2, "from": 2}
    other = explorers.backprop()
    other.state = json.loads(tour.state_text)
    assert other.alt == tour.alt
    data, about = other._repr_mimebundle_()
    assert data["text/plain"] == about["image/png"]["alt"] == tour.alt
    assert data["image/png"].startswith(b"\x89PNG")
    tour.reset()
    assert tour.state == explorers.backprop().state


# --- other networks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in stories.NAMES if name != "2-2-1"])
def test_any_small_network_at_every_step(monkeypatch, name):
    network, X, Y = stories.case(name)
    tour = explorers.backprop(network, X, Y, 0.1)
    for step in range(1, tour.controls["step"].max + 1, 3):
        tour.state = {"step": step}
        assert_agrees(tour, network, X, Y)


def test_examples_can_be_walked_through(monkeypatch):
    network, X, Y = stories.case("3-4-2 softmax")
    tour = explorers.backprop(network, X, Y)
    assert "x1" not in tour.controls
    tour.state = {"step": 2}
    for k in (1, 3, 5):
        tour.state = {"example": k, "unit": 2}
        assert_agrees(tour, network, X, Y)
        assert f"A1[2,{k}] = {digits_shown(network.forward(X).A[1][1, k - 1], 5).replace('-', '−')}" in tour.words
    tour.state = {"step": 5}
    assert "L[5] = " in tour.words


def test_the_largest_network():
    network = Network.initialize([8] * 7, ["tanh"] * 5 + ["linear"], "squared_error", rng=0)
    tour = explorers.backprop(network, np.ones((8, 2)), np.ones((8, 2)))
    for step in range(0, tour.controls["step"].max + 1, 7):
        tour.state = {"step": step}
    assert tour.height < 900


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([None, [[1.0], [2.0]]], "X and Y are needed, both"),
        ([worked_example.network()], "X and Y are needed, both"),
        ([worked_example.network(), np.ones((3, 1)), [[1]]], "3"),
        ([worked_example.network(), np.ones((2, 2)), [[1]]], "Y"),
        ([None, None, None, 3], "η goes from 0 to 2"),
        ([Network.initialize([9, 1], ["linear"], "squared_error", rng=0), np.ones((9, 1)), [[1]]], "room for 8"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(arguments, message):
    with pytest.raises(ValueError, match=message):
        explorers.backprop(*arguments)


def test_a_projector_gets_a_larger_picture():
    with style.context("projector"):
        large = explorers.backprop()
    assert large.width == pytest.approx(1300, abs=1)


def test_a_click_means_the_same_on_a_projector(monkeypatch):
    with style.context("projector"):
        tour = explorers.backprop()
    box = tour.lesson.timeline._boxes[6]
    click(tour, [1.3 * length for length in box])
    assert tour.controls["step"].value == 6
