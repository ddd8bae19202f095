"""The explorer of shapes: whatever is moved and broken, picture and words agree with the package's own shapes."""

import re
from itertools import pairwise

import numpy as np
import pytest

from nbhelpers import Layer, Network, explorers
from nbhelpers.plots import layers as layout


@pytest.fixture(scope="module")
def kept():
    return explorers.layers()


def shown(explorer):
    """All words in the picture."""
    artists = explorer.figure.axes[0].get_children()
    return [artist.get_text() for artist in artists if hasattr(artist, "get_text") and artist.get_text()]


def network_of(state):
    sizes = [state["n"], *(state[f"h{l}"] for l in range(1, state["layers"] + 1))]
    return Network.initialize(sizes, ["linear"] * (len(sizes) - 1), "squared_error", rng=0)


def parameters(words):
    return int(re.search(r"= (\d+) parameters", words)[1])


def test_at_the_start(explorer):
    assert explorer.words == "All shapes fit. 4·3 + 4 + 2·4 + 2 = 26 parameters, whatever the number of examples."
    assert "W1 (4, 3)" in explorer.alt


def test_random_sizes_agree_with_a_real_network(explorer):
    rng = np.random.default_rng(0)
    sliders = [name for name in explorer.controls if name != "break"]
    for _ in range(60):
        control = explorer.controls[rng.choice(sliders)]
        control.value = int(rng.integers(control.min, control.max + 1))
        state = explorer.state
        network = network_of(state)
        forward = network.forward(np.ones((state["n"], state["d"])))
        texts = explorer.lesson.shapes.texts
        for l in range(1, network.L + 1):
            for letter, matrix in (("Z", forward.Z[l]), ("W", network.W[l]), ("A", forward.A[l - 1])):
                assert texts[l, f"shape {letter}"].get_text() == f"{matrix.shape}"
        assert parameters(explorer.words) == sum(value.size for value in network.parameters.values())
        joins = [text for text in shown(explorer) if "✓" in text]
        assert joins == [f"{n} = {n} ✓" for n in network.sizes[:-1]]
        assert not any("✗" in text for text in shown(explorer))


def test_every_slider_at_its_ends(explorer):
    for depth in (1, 2, 3, 4):
        for size in (1, 8):
            sizes = dict.fromkeys(("n", "d", "h1", "h2", "h3", "h4"), size)
            explorer.state = {"layers": depth, **sizes}
            assert parameters(explorer.words) == depth * (size * size + size)
            assert [explorer.controls[f"h{l}"].disabled for l in range(1, 5)] == [l > depth for l in range(1, 5)]


def test_the_examples_change_no_parameter(explorer):
    counts = set()
    for d in range(1, 9):
        explorer.controls["d"].value = d
        counts.add(parameters(explorer.words))
    assert counts == {26}


# --- what does not fit ------------------------------------------------------------------------------------------------

X, W1, W2, B1, B2 = (np.zeros(shape) for shape in ((3, 5), (4, 3), (2, 4), (4, 1), (2, 1)))


def said(X=X, W1=W1, W2=W2, b1=B1):
    """What the package says; here put together by hand."""
    with pytest.raises(ValueError, match=r"\w") as error:
        Network([Layer(W1, b1, "linear"), Layer(W2, B2, "linear")], "squared_error").forward(X)
    return str(error.value)


@pytest.mark.parametrize(
    ("broken", "also", "words", "mark"),
    [
        ("X is transposed", "", said(X=X.T), "3 ≠ 5 ✗"),
        ("W(1) is transposed", ", and b(1) is as it should be: it no longer fits W(1)", said(W1=W1.T), "4 ≠ 3 ✗"),
        ("W(2) is made for X", "", said(W2=np.zeros((2, 3))), "3 ≠ 4 ✗"),
        ("b(1) is too tall", "", said(b1=np.zeros((5, 1))), "5 ≠ 4 ✗"),
        ("b(1) is a row", "", said(b1=B1.T), "a row ✗"),
    ],
)
def test_what_does_not_fit_is_said_in_the_packages_words_and_marked(explorer, broken, also, words, mark):
    explorer.controls["break"].value = broken
    assert explorer.words == f"{broken}{also}. The package says: “{words}”."
    assert explorer.error == ""
    assert mark in shown(explorer)
    assert "?" in shown(explorer), "what cannot be computed is unknown"


@pytest.mark.parametrize(
    ("broken", "state", "reason"),
    [
        ("X is transposed", {"n": 5}, "n = d = 5"),
        ("W(1) is transposed", {"h1": 3}, "W(1) is square, (3, 3)"),
        ("W(2) is made for X", {"h1": 3}, "layer 1 has as many units as X has rows, 3"),
        ("W(2) is made for X", {"layers": 1}, "there is no layer 2"),
        ("b(1) is a row", {"h1": 1}, "layer 1 has a single unit"),
    ],
)
def test_what_fits_by_accident_is_said(explorer, broken, state, reason):
    explorer.state = {**state, "break": broken}
    assert "yet everything fits" in explorer.words
    assert reason in explorer.words
    assert not any("✗" in text for text in shown(explorer))


# --- geometry ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layers", [1, 2, 3, 4])
def test_the_largest_shapes_fit_into_their_slots(layers):
    shapes = {"Z": (8, 8), "W": (8, 8), "A": (8, 8), "b": (9, 1)}
    cell = layout.cell_size([layout.Equation(1, shapes)] * layers, 1000, 500)
    assert cell >= 13
    for slot in layout.slots(layers, 1000, 500):
        boxes = list(layout.place(layout.Equation(1, shapes), slot, cell).values())
        assert boxes[0][0] >= slot[0]
        assert boxes[-1][2] <= slot[0] + slot[2]
        assert boxes[0][1] >= slot[1] + layout.CAPTION + layout.NAME - 1
        for one, other in pairwise(boxes):
            assert one[2] + 20 < other[0]


@pytest.mark.parametrize("layers", [1, 2, 3, 4])
def test_small_shapes_are_drawn_large(layers):
    """The picture is for the matrices that are there, not for the largest that there could be."""
    small = {"Z": (4, 5), "W": (4, 3), "A": (3, 5), "b": (4, 1)}
    cell = layout.cell_size([layout.Equation(1, small)] * layers, 1000, 500)
    assert cell >= 22
    boxes = layout.place(layout.Equation(1, small), layout.slots(layers, 1000, 500)[0], cell)
    assert 0 <= boxes["Z"][0] < boxes["b"][2] <= 1000 / (1 if layers < 3 else 2)


def test_the_surplus_is_where_it_does_not_fit():
    wide = layout.Equation(1, {"Z": None, "W": (2, 5), "A": (3, 4), "b": (2, 1)})
    boxes = layout.place(wide, (0, 0, 500, 250), 10)
    ((left, top, right, bottom),) = layout.too_much(wide, boxes, 10)
    assert (right - left, bottom - top) == (20, 20)
    assert right == boxes["W"][2]
