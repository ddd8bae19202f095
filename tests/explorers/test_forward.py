"""The explorer of the forward pass: whatever is moved, picture, words and alternative text agree with the maths."""

import importlib

import numpy as np
import pytest
from explorer_states import network_of
from sample_networks import sample

from nbhelpers import Layer, Network, explorers, linear, sigmoid, softmax, squared_error, style, tanh, worked_example
from nbhelpers.explorers.kit.controls import NumberSlider
from nbhelpers.numbers_as_text import listed, short

MODULE = importlib.import_module("nbhelpers.explorers.forward")


def diagram_texts(explorer):
    """All that moves in the picture and can be read."""
    artists = explorer.figure.axes[0].get_children()
    return [artist.get_text() for artist in artists if hasattr(artist, "get_text")]


def sliders(explorer):
    return {name: control for name, control in explorer.controls.items() if isinstance(control, NumberSlider)}


def assert_agrees(explorer, network):
    network, x = network_of(explorer, network)
    forward = network.forward(x)
    texts = "\n".join(diagram_texts(explorer))
    for l in range(1, network.L + 1):
        for z, a in zip(forward.Z[l].ravel(), forward.A[l].ravel(), strict=True):
            assert short(z) in texts
            assert short(a) in texts
    assert f"ŷ = {listed(forward.Y_hat)}" in explorer.words
    assert explorer.words in explorer.alt


@pytest.fixture
def explorer():
    return explorers.forward()


def test_the_name_means_the_function():
    assert callable(explorers.forward)
    assert explorers.forward is MODULE.forward


def test_the_worked_example(explorer):
    words = "x = (0.50, 0.20) → z¹ = (0.430, 1.420) → a¹ = (0.606, 0.805) → z² = 1.245 → ŷ = 0.777"
    assert explorer.words == words
    assert explorer.alt == f"Diagram of a 2-2-1 network (sigmoid, sigmoid). {words}"
    layer_1 = ["W1[1,1]", "W1[1,2]", "b1[1]", "W1[2,1]", "W1[2,2]", "b1[2]"]
    assert list(explorer.state) == ["x1", "x2", *layer_1, "W2[1,1]", "W2[1,2]", "b2[1]", "show as", "moved"]
    assert_agrees(explorer, worked_example.network())


def test_every_control_over_its_range(explorer):
    network = worked_example.network()
    for slider in sliders(explorer).values():
        for value in (slider.min, 0, slider.max):
            before = explorer.png
            slider.value = value
            assert explorer.png != before
            assert_agrees(explorer, network)
        explorer.reset()


def test_random_moves(explorer):
    rng = np.random.default_rng(0)
    network = worked_example.network()
    for _ in range(100):
        slider = explorer.controls[rng.choice(list(sliders(explorer)))]
        slider.value = rng.uniform(slider.min, slider.max)
        assert_agrees(explorer, network)


def test_every_slider_says_what_it_is_and_its_range(explorer):
    tooltips = {name: slider.tooltip for name, slider in sliders(explorer).items()}
    assert tooltips["x2"] == "x2: input 2, from −2 to 2"
    assert tooltips["W1[1,2]"] == "W1[1,2]: weight from x2 to hidden unit 1, from −2 to 2"
    assert tooltips["W2[1,2]"] == "W2[1,2]: weight from hidden unit 2 to output unit 1, from −2 to 2"
    assert tooltips["b2[1]"] == "b2[1]: bias of output unit 1, from −2 to 2"


def test_the_controls_stand_in_a_group_per_unit(explorer):
    headings = [heading for heading, _ in explorer.groups]
    assert headings == ["input", "hidden unit 1", "hidden unit 2", "output unit", "picture", ""]


def test_the_network_that_was_passed_in_is_unchanged_and_exact():
    network, X, _ = sample([2, 2, 1], tanh, sigmoid, squared_error, d=1)
    before = [value.copy() for value in network.parameters.values()]
    explorer = explorers.forward(network, X)
    same, x = network_of(explorer, network)
    np.testing.assert_array_equal(x, X)
    for one, other in zip(same.parameters.values(), before, strict=True):
        np.testing.assert_array_equal(one, other)
    explorer.controls["W1[1,1]"].value = 1
    for value, kept in zip(network.parameters.values(), before, strict=True):
        np.testing.assert_array_equal(value, kept)


def test_ranges_have_room_for_what_is_given():
    network = worked_example.network().with_parameters(W2=[[-35.0, 1e5]])
    explorer = explorers.forward(network, [[2.5], [0.2]])
    ranges = {name: (slider.min, slider.max) for name, slider in sliders(explorer).items()}
    assert ranges["x1"] == (-4, 4)
    assert ranges["x2"] == (-2, 2)
    assert ranges["W2[1,1]"] == (-40, 40)
    assert ranges["W2[1,2]"] == (-200000, 200000)


# --- several examples -------------------------------------------------------------------------------------------------


def test_examples_can_be_walked_through():
    network = worked_example.network()
    X = np.array([[0.5, 1.0, 3.0], [0.2, -1.0, 0.0]])
    explorer = explorers.forward(network, X)
    for k in range(3):
        explorer.controls["example"].value = k + 1
        assert [explorer.state["x1"], explorer.state["x2"]] == list(X[:, k])
        assert_agrees(explorer, network)
    explorer.controls["x1"].value = -1
    kept = explorer.state
    explorer.controls["example"].value = 1
    assert explorer.state["x1"] == 0.5
    explorer.state = kept
    assert explorer.state == kept


# --- many numbers -----------------------------------------------------------------------------------------------------


@pytest.fixture
def large():
    network, X, _ = sample([3, 4, 2], tanh, softmax, d=2)
    return network, explorers.forward(network, X)


def test_many_numbers_share_one_slider(large):
    network, explorer = large
    for name in ("x2", "W1[4,3]", "b2[1]", "W2[1,1]"):
        explorer.controls["number"].value = name
        (shown,) = [own for _, looks in explorer.groups for own, look in looks if look["kind"] == "range"]
        assert shown == name
        slider = explorer.controls[name]
        assert slider.value == explorer.state[name]
        for value in (slider.min, slider.max):
            slider.value = value
            assert explorer.words.startswith(f"{name} = ")
            assert_agrees(explorer, network)


def test_the_number_that_is_chosen_is_marked_in_the_diagram(large):
    _, explorer = large
    explorer.state = {"number": "W1[2,3]", "W1[2,3]": -0.25}
    mark = explorer.figure.axes[0].get_children()
    assert any(getattr(artist, "get_text", str)() == "−0.25" for artist in mark)


def test_a_number_typed_beside_the_shared_slider_and_a_state(large):
    _, explorer = large
    explorer.controls["number"].value = "b1[2]"
    explorer._handle_custom_msg({"kind": "typed", "name": "b1[2]", "text": "0.333"}, [])
    assert explorer.state["b1[2]"] == 0.333
    kept = explorer.state
    explorer.reset()
    assert explorer.state["b1[2]"] != 0.333
    explorer.state = kept
    assert explorer.state == kept


def all_widgets(widget):
    return [widget, *(inner for child in getattr(widget, "children", ()) for inner in all_widgets(child))]


# --- networks of all kinds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [[1, 1], [1, 3, 1], [3, 2, 1], [6, 8, 6], [2, 3, 3, 3, 3, 3, 2]], ids=str)
def test_any_network_that_can_be_drawn(sizes):
    network = Network.initialize(sizes, [tanh] * (len(sizes) - 1), squared_error, rng=0)
    explorer = explorers.forward(network)
    assert "ŷ = " in explorer.words
    name = "b1[1]"
    if "number" in explorer.controls:
        explorer.state = {"number": name}
    explorer.state = {name: 1.25}
    assert explorer.state[name] == 1.25
    assert len(explorer.words) < 400


def test_the_limits_are_named():
    network = Network.initialize([2, 9, 1], [tanh, sigmoid], squared_error, rng=0)
    with pytest.raises(ValueError, match="layer 1 has 9 units: a diagram has room for 8"):
        explorers.forward(network)


def test_inputs_that_do_not_fit_are_refused_by_the_network():
    with pytest.raises(ValueError, match="3"):
        explorers.forward(worked_example.network(), np.ones((3, 1)))


def test_an_overflow_is_shown_in_place_and_raised():
    network = Network([Layer([[1e200]], 0, linear), Layer([[1e200]], 0, linear)], squared_error)
    explorer = explorers.forward(network, [[0.0]])
    with pytest.raises(OverflowError):
        explorer.controls["x1"].value = 2
    assert "OverflowError" in explorer.error


def test_a_projector_gets_a_larger_picture():
    with style.context("projector"):
        large = explorers.forward()
    assert large.width == pytest.approx(1.3 * explorers.forward().width)


# --- as matrices ------------------------------------------------------------------------------------------------------


def matrices_of(explorer):
    """The view with the matrices: its artists hold its pictures of the grids."""
    return explorer.lesson.views["matrices"]


def shown_in(matrix):
    return [number.get_text() for number in matrix.numbers]


def assert_matrices_agree(explorer, network):
    network, x = network_of(explorer, network)
    forward, view = network.forward(x), matrices_of(explorer)
    for l in range(1, network.L + 1):
        for matrix, values in (
            (view.Z[l], forward.Z[l]),
            (view.A[l], forward.A[l]),
            (view.before[l], forward.A[l - 1]),
        ):
            assert [float(text.replace("−", "-")) for text in shown_in(matrix)] == pytest.approx(
                values.ravel(), abs=0.006
            )
        for matrix, values in ((view.W[l], network.W[l]), (view.b[l], network.b[l])):
            assert [float(text.replace("−", "-")) for text in shown_in(matrix)] == pytest.approx(
                values.ravel(), abs=0.006
            )


def test_the_matrices_show_the_pass_and_say_the_same(explorer):
    words = explorer.words
    explorer.state = {"show as": "matrices"}
    assert explorer.words == words
    assert explorer.alt == f"Matrices of the forward pass of a 2-2-1 network (sigmoid, sigmoid). {words}"
    rng = np.random.default_rng(1)
    for _ in range(30):
        slider = explorer.controls[rng.choice(list(sliders(explorer)))]
        slider.value = rng.uniform(slider.min, slider.max)
        assert_matrices_agree(explorer, worked_example.network())


def test_the_number_that_was_moved_last_is_marked(explorer):
    explorer.state = {"show as": "matrices"}
    view = matrices_of(explorer)

    def marked():
        matrices = [*view.W[1:], *view.before[1:], *view.b[1:]]
        return [number for number, matrix in enumerate(matrices) if len(matrix.marks.get_paths())]

    assert marked() == []
    explorer.controls["W2[1,2]"].value = -1
    assert marked() == [1]
    explorer.controls["x2"].value = 1
    assert marked() == [2]
    explorer.controls["b1[2]"].value = 1
    assert marked() == [4]
    kept, pixels = explorer.state, explorer.png
    explorer.reset()
    explorer.controls["show as"].value = "matrices"
    assert marked() == []
    explorer.state = kept
    assert explorer.png == pixels


def test_going_to_the_matrices_and_back_gives_the_same_picture(explorer):
    diagram = explorer.png
    explorer.controls["show as"].value = "matrices"
    matrices = explorer.png
    assert matrices != diagram
    explorer.controls["show as"].value = "diagram"
    assert explorer.png == diagram
    explorer.controls["show as"].value = "matrices"
    assert explorer.png == matrices


def test_many_numbers_as_matrices(large):
    network, explorer = large
    explorer.state = {"show as": "matrices", "number": "W1[4,3]"}
    view = matrices_of(explorer)
    for value in (-2, 0, 1.25):
        explorer.controls["W1[4,3]"].value = value
        assert_matrices_agree(explorer, network)
        assert len(view.W[1].marks.get_paths()) == 1
