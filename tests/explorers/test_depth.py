"""The explorer of depth: whatever is moved, picture, words and alternative text agree with a pass done here."""

import re

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw, assert_inside, panels_of, texts_of
from driving import coarse

from nbhelpers import explorers
from nbhelpers.experiments.signal_propagation import Signals
from nbhelpers.explorers.depth import EXAMPLES, SCHEMES, tower_of
from nbhelpers.explorers.depth_words import Course
from nbhelpers.numbers_as_text import in_powers

SLOPES = {
    "sigmoid": lambda z: 1 / (2 + 2 * np.cosh(z)),
    "tanh": lambda z: 1 / np.cosh(z) ** 2,
    "relu": lambda z: 1.0 * (z > 0),
    "linear": np.ones_like,
}
VALUES = {
    "sigmoid": lambda z: (1 + np.tanh(z / 2)) / 2,
    "tanh": np.tanh,
    "relu": lambda z: (z + abs(z)) / 2,
    "linear": lambda z: z,
}


@pytest.fixture(scope="module")
def kept():
    return coarse(explorers.depth())


def size(values):
    largest = np.abs(values).max()
    return largest * np.sqrt(np.mean((values / largest) ** 2)) if largest else 0.0


def signal_by_hand(state):
    """Sizes of δ and of Wᵀδ and of the slopes, from layer 1 on, by a loop over the layers."""
    tower = tower_of(state)
    network, (X, Y) = tower.network(state["draw"]), tower.examples(EXAMPLES, state["draw"])
    A, Z = [X], [None]
    for l in range(1, network.L + 1):
        Z.append(network.W[l] @ A[-1])
        A.append(VALUES["sigmoid" if l == network.L else state["activation"]](Z[-1]))
    delta, after_slopes, after_weights, slopes = A[-1] - Y, [], [], []
    after_slopes.append(size(delta))
    for l in range(network.L - 1, 0, -1):
        slope, back = SLOPES[state["activation"]](Z[l]), network.W[l + 1].T @ delta
        delta = back * slope
        after_slopes.append(size(delta))
        after_weights.append(size(back))
        slopes.append(size(slope))
    return (np.array(sizes[::-1]) for sizes in (after_slopes, after_weights, slopes))


def ends_of(bars, layers):
    """The exponent at which the bar of each layer ends; nan where there is none."""
    ends = np.full(layers, np.nan)
    for polygon in bars.get_path().to_polygons():
        middle = (polygon[:, 0].min() + polygon[:, 0].max()) / 2
        ends[round(middle) - 1] = polygon[1, 1]
    return ends


def assert_agrees(explorer):
    state, panels = explorer.state, panels_of(explorer)
    delta, back, slopes = signal_by_hand(state)
    low, high = panels.sizes.bars["slopes"].axes.get_ylim()
    with np.errstate(divide="ignore"):
        logs = {"slopes": np.log10(delta), "weights": np.log10(back)}
    for kind, exponents in logs.items():
        shown = ends_of(panels.sizes.bars[kind], len(exponents))
        assert (np.isnan(shown) == np.isinf(exponents)).all()
        known = np.isfinite(exponents)
        np.testing.assert_allclose(shown[known], exponents[known], atol=1e-6)
        assert (exponents[known] >= low).all()
        assert (exponents[known] <= high).all()
    assert len(panels.sizes.zeros.get_xdata()) == np.sum(delta == 0) + np.sum(back == 0)
    assert_factors_agree(panels, delta, back, slopes)
    assert in_powers(delta[-1]) in explorer.words
    assert in_powers(delta[0]) in explorer.words or "exactly 0" in explorer.words
    assert explorer.words in explorer.alt


def assert_factors_agree(panels, delta, back, slopes):
    low, high = panels.factors.bars["slopes"].axes.get_ylim()
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = {"slopes": np.log10(slopes), "weights": np.log10(back / delta[1:])}
    for kind, exponents in logs.items():
        shown = ends_of(panels.factors.bars[kind], len(delta))[:-1]
        known = np.isfinite(exponents)
        np.testing.assert_allclose(shown[known], np.clip(exponents[known], low, high), atol=1e-6)
        assert np.isnan(shown[~known]).all()


def test_it_begins_with_a_signal_that_vanishes_because_of_the_slopes(explorer):
    assert "20 layers of 32 units, sigmoid, Xavier: the signal vanishes" in explorer.words
    assert "The slopes are to blame: σ′ × 0.23" in explorer.words
    assert [name for name, mark in panels_of(explorer).marks.items() if mark.get_visible()] == ["slopes"]
    assert_agrees(explorer)


@pytest.mark.parametrize("activation", SLOPES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_activation_with_every_scheme(explorer, activation, scheme):
    explorer.state = {"activation": activation, "scheme": scheme}
    for depth in (2, 7, 50):
        explorer.controls["depth"].value = depth
        assert_agrees(explorer)


def test_every_slider_over_its_ends_and_middle(explorer):
    for name, values in {"width": (2, 3, 64), "scale": (0.1, 0.77, 10.0), "draw": (0, 50, 99)}.items():
        for value in values:
            explorer.state = {name: value}
            assert_agrees(explorer)
        explorer.reset()


def test_random_moves(explorer):
    rng = np.random.default_rng(0)
    for _ in range(60):
        explorer.state = {
            "depth": int(rng.integers(2, 51)),
            "width": int(rng.choice([2, 3, 10, 30])),
            "activation": str(rng.choice(list(SLOPES))),
            "scheme": str(rng.choice(list(SCHEMES))),
            "scale": float(10 ** rng.uniform(-1, 1)),
            "draw": int(rng.integers(100)),
        }
        assert_agrees(explorer)


@pytest.mark.parametrize(
    ("state", "verdict", "why", "marked"),
    [
        ({"scheme": "normal, 0.01", "activation": "tanh"}, "vanishes", "The weights are to blame: Wᵀ", ["weights"]),
        ({"scheme": "normal, 0.01"}, "vanishes", "Both are to blame: the weights", ["weights", "slopes"]),
        ({"activation": "relu"}, "vanishes", "The slopes are to blame: σ′ × 0.6", ["slopes"]),
        ({"activation": "relu", "scheme": "He"}, "arrives", "they balance each other", []),
        ({"activation": "tanh", "scheme": "He", "scale": 4.0}, "explodes", "The weights are to blame", ["weights"]),
        ({"scheme": "zeros"}, "ends", "Wᵀ = 0", ["weights"]),
        ({"activation": "relu", "scheme": "He", "width": 2, "depth": 50}, "ends", "the ReLUs are off", ["slopes"]),
        ({"depth": 2}, "arrives", "with more layers like these it would vanish", []),
        ({"activation": "linear", "scheme": "He", "depth": 3}, "arrives", "it would explode", []),
    ],
)
def test_the_factor_to_blame_is_named_and_marked(explorer, state, verdict, why, marked):
    explorer.state = state
    assert f"the signal {verdict}, " in explorer.words
    assert why in explorer.words
    panels = panels_of(explorer)
    assert [name for name, mark in panels.marks.items() if mark.get_visible()] == marked
    assert f"The signal {verdict}." in texts_of(explorer.figure)
    for name in ("weights", "slopes"):
        assert re.search("shrinks|enlarges|stops", panels.results[name].get_text()) is not None or name not in marked
        assert (panels.factors.bars[name].get_linewidth() > 1) == (name in marked)


def test_a_signal_below_the_smallest_float_is_not_said_to_be_stopped():
    found = Signals(np.array([0, 1e-300, 0.5]), np.array([0, 1e-150, np.nan]), np.array([0.1, 0.1, np.nan]))
    expected = Signals(np.array([1e-320, 1e-300, 0.5]), found.dA, found.slope)
    words = Course(found, expected).words
    assert "exactly 0 from layer 1 down" in words
    assert "smaller there than the smallest number that a float can hold" in words


def test_the_predicted_line_begins_at_the_measured_signal_and_is_flat_for_relu_with_he(explorer):
    explorer.state = {"activation": "relu", "scheme": "He", "depth": 50}
    line = panels_of(explorer).expected.get_ydata()
    delta, _, _ = signal_by_hand(explorer.state)
    np.testing.assert_allclose(line, np.log10(delta[-1]))
    assert "(predicted × 1.00)" in explorer.words


def test_the_results_fit_beside_the_panels(explorer):
    for state in ({"scheme": "He", "scale": 10.0}, {"scheme": "normal, 0.01", "scale": 0.1, "width": 2}):
        for activation in ("linear", "tanh"):
            explorer.reset()
            explorer.state = {"activation": activation, **state}
            assert_inside(explorer.figure, panels_of(explorer).results.values())


def test_a_blitted_frame_is_a_full_redraw():
    explorer = explorers.depth()
    for state in ({}, {"depth": 50}, {"scheme": "zeros"}, {"activation": "linear", "scheme": "He", "scale": 5.0}):
        explorer.reset()
        explorer.state = state
        assert_frame_is_full_redraw(explorer)
    explorer.close()
