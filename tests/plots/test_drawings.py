"""Drawings that stay: what they say is what was given, and nothing overlaps or leaves the page."""

import numpy as np
import pytest
from sample_networks import sample

from nbhelpers import Layer, relu, style, worked_example
from nbhelpers.plots import draw_blank_diagram, draw_class_mistakes, draw_layer_diagram, draw_unit_diagram
from nbhelpers.plots.drawings import blank_diagram, class_mistakes, layer_diagram, unit_diagram


def page(size):
    with style.context():
        return style.new_figure(*size).add_axes((0, 0, 1, 1))


def assert_apart(ax):
    """No two texts overlap, and all lie on the page."""
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    for k, box in enumerate(boxes):
        assert (np.array(ax.bbox.min) <= box.min).all()
        assert (box.max <= np.array(ax.bbox.max)).all()
        assert not any(box.overlaps(other) for other in boxes[:k])


@pytest.mark.parametrize("activation", ["sigmoid", relu, "tanh", "linear"])
@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_a_unit_says_its_numbers(n, activation):
    x, w = np.linspace(-0.5, 1, n), np.linspace(2, -1.25, n)
    ax = page(unit_diagram.SIZE)
    texts = draw_unit_diagram(ax, x, w, -0.25, activation)
    z = sum(a * b for a, b in zip(x, w, strict=True)) - 0.25
    a = Layer([[1.0]], 0.0, activation).activation(z)
    for name, value in {"z": z, "a": a, "b": -0.25, "w1": w[0]}.items():
        shown = float(texts[name].get_text().split("= ")[1].replace("−", "-"))
        assert shown == pytest.approx(value, abs=5e-3)
    assert_apart(ax)


def test_what_makes_no_unit():
    with pytest.raises(ValueError, match="2 inputs and 1 weights"):
        draw_unit_diagram(page(unit_diagram.SIZE), [1, 2], [1], 0)


@pytest.mark.parametrize("unit", [1, 2, 3, 4])
def test_the_row_of_a_unit_is_marked(unit):
    network, *_ = sample([3, 4, 2])
    ax = page(layer_diagram.layer_size(network.W[1]))
    W, b = draw_layer_diagram(ax, network.W[1], network.b[1], unit)
    assert W.shape == (4, 3)
    rows = {W.cell_at(*verts.vertices[:4].mean(axis=0)) for verts in W.marks.get_paths()}
    assert rows == {(unit - 1, i) for i in range(3)}
    assert [b.cell_at(*verts.vertices[:4].mean(axis=0)) for verts in b.marks.get_paths()] == [(unit - 1, 0)]
    own = ax.collections[1].get_segments()  # the edges into the unit, on top of the others
    assert len(own) == 3
    heights = {float(segment[1][1]) for segment in own}
    assert heights == {float(sorted(p.center[1] for p in ax.patches if p.center[0] == 300)[unit - 1])}


@pytest.mark.parametrize(("W", "b", "unit", "said"), [
    ([[1, 2]], [[1], [2]], 1, r"b is \(2, 1\)"),
    ([[1, 2]], [[1]], 2, "units 1 to 1"),
    (np.ones((9, 2)), np.ones((9, 1)), 1, "9 units"),
])  # fmt: skip
def test_what_makes_no_layer(W, b, unit, said):
    with pytest.raises(ValueError, match=said):
        draw_layer_diagram(page((700, 400)), W, b, unit)


def test_the_blank_diagram_has_a_field_for_every_number_of_a_pass_and_no_two_overlap():
    ax = page(blank_diagram.SIZE)
    fields = draw_blank_diagram(ax)
    network = worked_example.network()
    parameters = sum(value.size for value in network.parameters.values())
    assert len(fields) == 2 + 2 * parameters + 4 * sum(network.sizes[1:]) + 3  # with y, J and J
    ax.figure.canvas.draw()
    boxes = [field.get_window_extent() for field in fields.values()]
    for k, box in enumerate(boxes):
        assert not any(box.shrunk(0.98, 0.98).overlaps(other.shrunk(0.98, 0.98)) for other in boxes[:k])
    assert_apart(ax)


def test_a_bar_is_as_long_as_its_share_of_the_class():
    titles = ["The slope is missing", "The rate that leads to the lowest point in one step", "1/d twice"]
    ax = page((class_mistakes.WIDTH, class_mistakes.height_for(3)))
    bars = draw_class_mistakes(ax, titles, [30, 12, 1], students=30)
    lengths = [np.ptp(path.vertices[:, 0]) for path in bars.get_paths()]
    np.testing.assert_allclose(np.array(lengths) / lengths[0], [1, 12 / 30, 1 / 30], rtol=1e-9)
    (half,) = draw_class_mistakes(page((760, 80)), ["1/d twice"], [30], students=60).get_paths()
    assert np.ptp(half.vertices[:, 0]) == pytest.approx(lengths[0] / 2)
    said = [text.get_text() for text in ax.texts]
    assert said == [titles[0], "30 of 30", titles[1], "12 of 30", titles[2], "1 of 30"]
    assert_apart(ax)
    with pytest.raises(ValueError, match="31 students, but there are 30"):
        draw_class_mistakes(ax, titles[:1], [31], students=30)
