"""The explorer of the activations: whatever is moved, picture, words and alternative text agree with the maths."""

import exact_functions
import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw, headings_of, texts_of
from driving import coarse

from nbhelpers import ACTIVATIONS, explorers
from nbhelpers.explorers.activations import CLASSES, SMALL
from nbhelpers.numbers_as_text import listed, short, spoken
from nbhelpers.plots.kit.bars import inner_limits

ONE = [name for name, f in ACTIVATIONS.items() if f.elementwise]


@pytest.fixture(scope="module")
def kept():
    return coarse(explorers.activations())


def lesson_of(explorer):
    return explorer.lesson


def heights(bars):
    ends = [path.vertices[:, 1] for path in bars.bars.get_paths()]
    return np.array([y[np.argmax(np.abs(y))] for y in ends])


def assert_agrees_with_one(explorer):
    name, z, k = (explorer.state[key] for key in ("activation", "z", "layers"))
    a, slope = exact_functions.value(name, z), exact_functions.slope(name, z)
    one = lesson_of(explorer).one
    np.testing.assert_allclose(one.spots[0].point.get_xydata()[0], [z, a], atol=1e-12)
    np.testing.assert_allclose(one.spots[1].point.get_xydata()[0], [z, slope], atol=1e-12)
    powers = np.clip(slope ** np.arange(1, 11), *inner_limits(one.axes[2]))
    np.testing.assert_allclose(heights(one.gain), powers, atol=1e-12)
    assert explorer.words.startswith(f"z = {spoken(z)}: {name} {spoken(a)}, slope {spoken(slope)}. ")
    is_flat, f = abs(slope) < SMALL, ACTIVATIONS[name]
    assert (f.where_flat in explorer.words) == (is_flat and z not in f.kinks)
    assert (f.where_steep in explorer.words) == (not is_flat and z not in f.kinks)
    texts = texts_of(explorer.figure)
    assert short(slope**k) in texts
    assert f"{name}({spoken(z)}) = {spoken(a)}" in texts
    assert explorer.words in explorer.alt


def assert_agrees_with_softmax(explorer):
    state = explorer.state
    z = np.array([state[name] for name in ("z1", "z2", "z3")]) + state["shift"]
    a = np.exp(z) / np.exp(z).sum()
    i = CLASSES.index(state["class"])
    row = a[i] * ((np.arange(3) == i) - a)
    panels = lesson_of(explorer).softmax
    np.testing.assert_allclose(heights(panels.logits), z, atol=1e-12)
    np.testing.assert_allclose(heights(panels.probabilities), a)
    np.testing.assert_allclose(heights(panels.slopes), row, atol=1e-12)
    assert f"probabilities {listed(a)}" in explorer.words
    if np.sort(a)[-1] > np.sort(a)[-2] + 1e-9:
        assert f"class {a.argmax() + 1} wins" in explorer.words
    for k in range(3):
        if k != i:
            assert f"{spoken(row[k])} by z{k + 1}" in explorer.words
    assert explorer.words in explorer.alt


def test_it_begins_with_a_unit_of_the_worked_example(explorer):
    assert explorer.words.startswith("z = 0.43: sigmoid 0.606, slope 0.239. Not saturated.")
    assert explorer.words.endswith("comes back through 3 such layers, 0.239³ = 0.014 is left, weights aside.")


@pytest.mark.parametrize("name", ONE)
def test_z_and_layers_over_their_ranges(explorer, name):
    explorer.controls["activation"].value = name
    for z in (-6.0, -3.0, -0.05, 0.0, 0.05, 2.15, 2.9, 6.0):
        explorer.controls["z"].value = z
        assert_agrees_with_one(explorer)
    for k in (1, 5, 10):
        explorer.controls["layers"].value = k
        assert_agrees_with_one(explorer)


def test_softmax_over_its_ranges(explorer):
    explorer.controls["activation"].value = "softmax"
    for name in ("z1", "z2", "z3", "shift"):
        for value in (-3.0, 0.0, 3.0):
            explorer.controls[name].value = value
            assert_agrees_with_softmax(explorer)
    for name in CLASSES:
        explorer.controls["class"].value = name
        assert_agrees_with_softmax(explorer)


def test_random_moves(explorer):
    rng = np.random.default_rng(0)
    for k in range(100):
        if k % 20 == 0:
            explorer.controls["activation"].value = list(ACTIVATIONS)[2 * (k // 20)]
        is_softmax = explorer.state["activation"] == "softmax"
        control = explorer.controls[rng.choice(["z1", "z2", "z3", "shift"] if is_softmax else ["z"])]
        control.value = rng.uniform(control.min, control.max)
        (assert_agrees_with_softmax if is_softmax else assert_agrees_with_one)(explorer)


def test_adding_to_all_logits_changes_nothing(explorer):
    explorer.state = {"activation": "softmax", "shift": 0.0}
    before = heights(lesson_of(explorer).softmax.probabilities)
    assert "would change nothing" in explorer.words
    explorer.state = {"shift": 2.5}
    np.testing.assert_allclose(heights(lesson_of(explorer).softmax.probabilities), before)
    assert "2.50 was added to all three logits, and no probability has changed" in explorer.words


def test_a_tie_is_said(explorer):
    explorer.state = {"activation": "softmax", "z1": 1.0, "z2": 1.0, "z3": -1.0}
    assert "class 1 and class 2 are equal" in explorer.words


def test_powers_too_small_for_the_picture_are_not_said_to_be_0(explorer):
    explorer.state = {"activation": "tanh", "z": 6.0, "layers": 10}
    assert "(2.46e−5)¹⁰ = 8e−47 is left" in explorer.words
    explorer.state = {"activation": "sigmoid", "z": 6.0, "layers": 3}
    assert "0.00247³ = 1.5e−8 is left" in explorer.words


def test_relu_at_its_kink(explorer):
    explorer.state = {"activation": "relu", "z": 0.0}
    assert "Here is the kink, where there is no slope: 0 is taken" in explorer.words
    taken, not_taken = lesson_of(explorer).one.kink
    assert taken.get_xydata().tolist() == [[0, 0]]
    assert not_taken.get_ydata().tolist() == [1]
    assert np.isnan(lesson_of(explorer).one.curves[1].get_ydata()).sum() == 1
    explorer.state = {"activation": "sigmoid"}
    assert taken.get_xydata().size == 0


@pytest.mark.parametrize(("name", "border", "regions"), [("sigmoid", 2.887, 2), ("tanh", 2.178, 2), ("linear", 0, 0)])
def test_saturation_is_marked_where_the_slope_is_small(explorer, name, border, regions):
    explorer.controls["activation"].value = name
    assert texts_of(explorer.figure).count("saturated") == 2 * regions  # in both panels over z
    shaded = lesson_of(explorer).one.saturated[0].region.get_paths()
    assert len(shaded) == regions
    if regions:
        inner = [abs(path.vertices[:, 0]).min() for path in shaded]
        np.testing.assert_allclose(inner, border, atol=0.03)


def test_relu_is_shaded_where_it_is_off(explorer):
    explorer.controls["activation"].value = "relu"
    assert texts_of(explorer.figure).count("slope 0") == 2


def test_only_the_controls_that_count_are_shown(explorer):
    one, logits, others = ("z", "layers"), ("z1", "z2", "z3"), ("shift", "class")

    def shown(names):
        return {not explorer.controls[name].hidden for name in names}

    assert (shown(one), shown(logits), shown(others)) == ({True}, {False}, {False})
    explorer.controls["activation"].value = "softmax"
    assert (shown(one), shown(logits), shown(others)) == ({False}, {True}, {True})
    assert headings_of(explorer.figure)[0] == "logits z"
    explorer.reset()
    assert (shown(one), shown(logits), shown(others)) == ({True}, {False}, {False})
    assert headings_of(explorer.figure)[0] == "value: a = f(z)"


@pytest.mark.parametrize("name", ["relu", "softmax", "tanh"])
def test_a_frame_is_a_full_redraw(explorer, name):
    explorer.state = {"activation": name, "z": -2.0, "z1": -1.0}
    assert_frame_is_full_redraw(explorer)
    explorer.state = {"z": 1.0, "z2": 0.0}
    assert_frame_is_full_redraw(explorer)
