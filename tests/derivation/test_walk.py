"""A pass as a walk: at each stage just what has been computed by then, with the numbers of the network."""

import numpy as np
import pytest
import stories

from nbhelpers import worked_example
from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.derivation.solution import Walk, worked_solution
from nbhelpers.derivation.steps import shapes

RATE = 0.3


def walk_of(name):
    return Walk(worked_solution(*stories.case(name), RATE))


def test_the_stages_of_the_worked_example():
    forward, update = ["Z1", "A1", "Z2", "Y_hat"], ["W1", "b1", "W2", "b2"]
    backward = ["dZ2", "dW2", "db2", "dA1", "slope1", "dZ1", "dW1", "db1"]
    keys = [stage.key for stage in walk_of("2-2-1").stages]
    assert keys == ["X", *forward, "J", *backward, *update, *forward, "J_new"]


@pytest.mark.parametrize("name", stories.NAMES)
def test_what_is_known_is_what_the_network_computes(name):
    network, X, Y = stories.case(name)
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    better = network.updated(gradients, RATE)
    walk = walk_of(name)
    last = len(walk.stages) - 1
    again = next(k for k, stage in enumerate(walk.stages) if stage.phase == "next forward")
    before, after = walk.known(again - 1), walk.known(last)
    for l in range(1, network.L + 1):
        np.testing.assert_array_equal(before[f"Z{l}"], forward.Z[l])
        np.testing.assert_array_equal(before[f"dW{l}"], gradients.dW[l])
        np.testing.assert_array_equal(before[f"W{l}"], better.W[l])
        np.testing.assert_array_equal(after[f"Z{l}"], better.forward(X).Z[l])
        assert f"dW{l}" not in after
    assert before["J"] == after["J"] == network.cost(X, Y)
    assert after["J_new"] == better.cost(X, Y)
    assert set(walk.known(0)) == {"X", "Y", *network.parameters}


def test_each_stage_adds_one_matrix_until_the_next_forward_pass():
    walk = walk_of("3-4-2 softmax")
    again = next(k for k, stage in enumerate(walk.stages) if stage.phase == "next forward")
    for k in range(1, again):
        assert set(walk.known(k)) - set(walk.known(k - 1)) <= {walk.stages[k].key}
        assert len(walk.known(k)) - len(walk.known(k - 1)) == (walk.stages[k].phase != "update")


def test_phases_have_a_beginning_and_an_end():
    walk = walk_of("2-2-1")
    assert [walk.end_of_phase(k) for k in (0, 1, 4, 5, 13, 17, 22)] == [5, 5, 5, 13, 17, 22, 22]
    assert [walk.start_of_phase(k) for k in (0, 1, 5, 6, 13)] == [0, 1, 1, 6, 6]


def test_a_matrix_is_found_where_it_was_computed_last():
    walk = walk_of("2-2-1")
    assert [walk.stage_of("Z1", now) for now in (0, 1, 17, 18, 22)] == [1, 1, 1, 18, 18]
    assert walk.stage_of("W1", 3) == 14
    assert walk.stage_of("X", 5) is None


@pytest.mark.parametrize("name", stories.NAMES)
def test_shapes_are_those_of_the_matrices(name):
    n = Numbers(*stories.case(name), RATE)
    for label, block in n.blocks.items():
        said = shapes(n, block)
        if block.phase == "given":
            assert said == ""
        else:
            expected = "×".join(map(str, np.shape(n.array(block)))) or "number"
            assert said.startswith(f"({expected}) = "), label


def test_a_transposed_matrix_has_its_shape_turned():
    network, X, Y = worked_example.network(), worked_example.X, worked_example.Y
    n = Numbers(network, np.tile(X, 3), np.tile(Y, 3), RATE)
    assert shapes(n, n.block("dW1")) == "(2×2) = (2×3) @ (3×2)"
    assert shapes(n, n.block("dA1")) == "(2×3) = (2×1) @ (1×3)"
