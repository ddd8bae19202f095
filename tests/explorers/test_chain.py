"""The explorer of the chain rule: slopes, product and words agree with backprop for whatever is chosen and moved."""

import numpy as np
import pytest
from explorer_states import network_of
from sample_networks import sample

from nbhelpers import explorers, linear, softmax, squared_error, tanh, worked_example
from nbhelpers.explorers.chain import chain
from nbhelpers.numbers_as_text import short


@pytest.fixture(scope="module")
def kept():
    return explorers.chain()


def lesson(explorer):
    return explorer.lesson


def slopes_shown(explorer):
    return [text.get_text() for text in lesson(explorer).panels.factors]


def assert_agrees(explorer, network, y):
    network, x = network_of(explorer, network)
    forward = network.forward(x)
    gradients = network.backward(forward, y)
    block, subscripts = explorer.state["of"].rstrip("]").split("[")
    j, i = (int(part) - 1 for part in f"{subscripts},1".split(",")[:2])
    l, is_bias = int(block[1]), block[0] == "b"
    product = gradients.by_parameter[block][j, i]
    slope = network.layers[l - 1].activation.derivative(forward.Z[l][j, 0])
    factors = [gradients.dA[l][j, 0], slope, 1.0 if is_bias else forward.A[l - 1][i, 0]]
    for text, factor in zip(slopes_shown(explorer), factors, strict=True):
        assert text.endswith(f"= {short(factor)}")
    assert f"Backprop says {short(product, 5)}" in explorer.words
    panels = lesson(explorer).panels
    assert panels.results[0].get_text().endswith(f"= {short(product, 5)}")
    assert panels.remark.get_text() == "all three agree ✓"
    assert explorer.words in explorer.alt
    for curve, spot in zip(panels.curves, panels.spots, strict=True):
        (at,) = spot.point.get_xdata()
        assert curve.get_xdata()[0] <= at <= curve.get_xdata()[-1]


def test_at_the_start(explorer):
    assert explorer.state == {"of": "W1[1,1]", **{name: explorer.state[name] for name in list(explorer.state)[1:]}}
    assert slopes_shown(explorer) == ["∂L/∂a = −0.067", "∂a/∂z = 0.239", "∂z/∂w = 0.500"]
    assert "= −0.00800. Backprop says −0.00800, the central difference −0.00800" in explorer.words
    assert "one path leads on from this unit, W2[1,1] · dZ2[1,1] = 0.3 · (−0.223) = −0.067" in explorer.words
    assert_agrees(explorer, worked_example.network(), worked_example.Y)


def test_both_lectures_count_the_weight_in_their_way(explorer):
    explorer.controls["of"].value = "W1[1,2]"
    assert "weight from x2 to hidden unit 1 (lecture 1's w₂₁ is lecture 2's row 1, column 2)" in explorer.words


def test_every_weight_and_bias_over_its_range(explorer):
    for name in explorer.controls["of"].options:
        explorer.controls["of"].value = name
        for value in (-2.0, 0.0, 2.0):
            explorer.controls[name].value = value
            assert_agrees(explorer, worked_example.network(), worked_example.Y)


def test_the_inputs_over_their_range(explorer):
    for value in np.linspace(-2, 2, 9):
        explorer.controls["x1"].value = value
        explorer.controls["x2"].value = -value / 2
        assert_agrees(explorer, worked_example.network(), worked_example.Y)


def test_an_output_unit_gets_its_slope_from_the_loss(explorer):
    explorer.controls["of"].value = "b2[1]"
    assert slopes_shown(explorer)[0] == "∂L/∂ŷ = −1.288"
    assert slopes_shown(explorer)[2] == "∂z/∂b = 1.000"
    assert "comes from the loss itself" in explorer.words


# --- other networks ---------------------------------------------------------------------------------------------------


def test_a_hidden_weight_acts_on_several_paths():
    network, X, Y = sample([3, 4, 2], tanh, softmax, d=3)
    explorer = chain(network, X, Y)
    rng = np.random.default_rng(0)
    for _ in range(15):
        explorer.state = {"of": str(rng.choice(explorer.controls["of"].options)), "x2": float(rng.uniform(-2, 2))}
        assert_agrees(explorer, network, Y[:, :1])
        assert "2 paths lead on from this unit" in explorer.words
    explorer.controls["example"].value = 3
    assert [explorer.state[f"x{i}"] for i in (1, 2, 3)] == pytest.approx(X[:, 2])
    assert_agrees(explorer, network, Y[:, 2:])


def test_weights_of_a_softmax_layer_can_not_be_chosen():
    network, X, Y = sample([3, 4, 2], tanh, softmax, d=1)
    options = chain(network, X, Y).controls["of"].options
    assert all(name[1] == "1" for name in options)
    network, X, Y = sample([3, 2], tanh, softmax, d=1)
    with pytest.raises(ValueError, match="every layer is softmax"):
        chain(network, X, Y)


def test_many_inputs_share_a_slider():
    network, X, Y = sample([6, 2, 1], tanh, linear, squared_error, d=2)
    explorer = chain(network, X, Y)
    explorer.state = {"x6": 1.5}
    assert_agrees(explorer, network, Y[:, :1])


def test_what_does_not_fit_is_refused_before_anything_is_drawn():
    with pytest.raises(ValueError, match="layer 1: W is"):
        chain(X=np.ones((3, 1)))
    network, X, _ = sample([3, 4, 2], tanh, softmax, d=1)
    with pytest.raises(ValueError, match="Y is"):
        chain(network, X)
