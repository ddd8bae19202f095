"""The computational graph: local slopes by differences, paths that add up to what backpropagation says."""

import numpy as np
import pytest
from sample_networks import PAIRS, name, sample

from nbhelpers import relu, tanh, worked_example
from nbhelpers.experiments.nudges import graph_of, places

STEP = 1e-6


def all_graphs(sizes, hidden, pair):
    network, X, Y = sample(sizes, hidden, *pair)
    for start in places(network):
        yield graph_of(network, X[:, [1]], Y[:, [1]], start)


def backprop(graph):
    network = graph.network
    gradients = network.backward(network.forward(graph.x), graph.y)
    block, index = places(network)[graph.start]
    return (gradients.dA[0] if block == "x" else gradients.by_parameter[block])[index]


@pytest.mark.parametrize("pair", PAIRS, ids=name)
@pytest.mark.parametrize("hidden", [tanh, relu], ids=name)
def test_the_slope_is_that_of_backpropagation_and_the_paths_add_up_to_it(hidden, pair):
    for graph in all_graphs([3, 4, 2], hidden, pair):
        assert graph.slope == pytest.approx(backprop(graph), rel=1e-7, abs=1e-12)
        assert sum(path.product for path in graph.paths) == pytest.approx(graph.slope, rel=1e-7, abs=1e-12)


@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_each_number_moves_by_the_product_of_the_slopes_before_it(pair):
    for graph in all_graphs([2, 3, 4, 2], tanh, pair):
        moves = [(up - down) / (2 * STEP) for up, down in zip(graph.values(STEP), graph.values(-STEP), strict=True)]
        chained = np.eye(1)
        for slopes, move in zip(graph.slopes, moves[1:], strict=True):
            chained = slopes @ chained
            np.testing.assert_allclose(chained[:, 0], move, rtol=1e-6, atol=1e-9)


def test_how_many_paths_there_are():
    network, x, y = worked_example.network(), worked_example.X, worked_example.Y
    counts = {start: len(graph_of(network, x, y, start).paths) for start in places(network)}
    assert counts.pop("x[1]") == counts.pop("x[2]") == 2
    assert set(counts.values()) == {1}


def test_a_path_is_the_product_of_the_lecture():
    graph = graph_of(worked_example.network(), worked_example.X, worked_example.Y, "W1[1,2]")
    (path,) = graph.paths
    # by hand: x2, a(1-a) of hidden unit 1, w of the output, a(1-a) of the output, -1/y_hat
    a, y_hat = 1 / (1 + np.exp(-0.43)), graph.values()[-2][0]
    by_hand = [0.2, a * (1 - a), 0.3, y_hat * (1 - y_hat), -1 / y_hat]
    np.testing.assert_allclose(path.slopes, by_hand, rtol=1e-12)
    assert [column.kind for column in graph.columns] == ["start", "Z", "A", "Z", "A", "L"]


def test_a_number_that_is_not_there():
    with pytest.raises(ValueError, match=r"'W3\[1,1\]' cannot be nudged; choose from x\[1\]"):
        graph_of(worked_example.network(), worked_example.X, worked_example.Y, "W3[1,1]")
