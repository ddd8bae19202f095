"""The cost over two parameters: many at once agree with one at a time, and the path with a path made by hand."""

import numpy as np
import pytest
from sample_networks import HIDDEN, PAIRS, name, sample

from nbhelpers import (
    Layer,
    Network,
    categorical_cross_entropy,
    linear,
    softmax,
    squared_error,
    tanh,
    worked_example,
)
from nbhelpers.experiments import landscapes
from nbhelpers.experiments.cost_plane import CostPlane, lowest, parameter_places
from nbhelpers.training import Trainer
from nbhelpers.training.optimizers import OPTIMIZERS

every_hidden = pytest.mark.parametrize("hidden", HIDDEN, ids=name)
every_pair = pytest.mark.parametrize("pair", PAIRS, ids=name)


def moved(network, values):
    """The network with some parameters set, by names such as "W1[2,3]"; put together here once more."""
    parameters = {block: array.copy() for block, array in network.parameters.items()}
    for parameter, value in values.items():
        block, subscripts = parameter.rstrip("]").split("[")
        row, column = (int(part) - 1 for part in f"{subscripts},1".split(",")[:2])
        parameters[block][row, column] = value
    return network.with_parameters(**parameters)


def test_every_parameter_has_its_place():
    network, *_ = sample([3, 4, 2])
    places = parameter_places(network)
    assert len(places) == 3 * 4 + 4 + 4 * 2 + 2
    for parameter, (block, index) in places.items():
        changed = moved(network, {parameter: 77.0}).parameters
        assert changed[block][index] == 77.0


@every_pair
@every_hidden
def test_many_costs_at_once_are_the_costs_of_the_network(hidden, pair):
    network, X, Y = sample([3, 4, 2], hidden, *pair)
    rng = np.random.default_rng(0)
    for names in (("W1[4,2]", "W2[1,3]"), ("b1[2]", "W1[2,2]"), ("b2[2]", "b2[1]"), ("W2[2,1]", "W2[2,4]")):
        plane = CostPlane(network, X, Y, *names)
        u, v = rng.normal(size=(2, 3, 4))
        J = plane.costs(u, v)
        for index in np.ndindex(u.shape):
            here = moved(network, dict(zip(names, (u[index], v[index]), strict=True)))
            assert J[index] == pytest.approx(here.cost(X, Y), rel=1e-12)


@pytest.mark.parametrize("change", [{"cost": "sum"}, {"cost": "mean of all entries"}, {"l2": 0.3}])
def test_the_cost_is_the_one_that_the_network_has(change):
    network, X, Y = sample([3, 4, 2])
    network = network.with_cost(**change)
    for names in (("W1[4,2]", "W2[1,3]"), ("b1[2]", "W1[2,2]"), ("b2[2]", "b2[1]")):
        here = moved(network, dict(zip(names, (0.7, -1.3), strict=True)))
        assert CostPlane(network, X, Y, *names).costs(0.7, -1.3) == pytest.approx(here.cost(X, Y), rel=1e-12)


def test_where_the_network_stands():
    plane = CostPlane(worked_example.network(), worked_example.X, worked_example.Y, "W1[2,1]", "b2[1]")
    assert plane.origin == (0.8, 0.5)
    assert plane.others == 7
    assert plane.costs(*plane.origin) == pytest.approx(0.25293321, abs=1e-8)
    assert plane.network_at(1.0, 2.0).W[1][1, 0] == 1.0
    assert plane.network.W[1][1, 0] == 0.8


@every_pair
@every_hidden
def test_each_step_of_a_path_follows_the_network_s_own_gradient(hidden, pair):
    """From point to point, so that a path that magnifies the last digit of a float can be compared as well."""
    for change in ({}, {"l2": 0.3}, {"cost": "sum"}):
        network, X, Y = sample([3, 4, 2], hidden, *pair)
        network = network.with_cost(**change) if change else network
        path = CostPlane(network, X, Y, "W1[4,2]", "b2[1]").descend(0.3, -0.4, 0.2, 6)
        assert path.steps == 6
        for k, (u, v) in enumerate(path.points):
            here = moved(network, {"W1[4,2]": u, "b2[1]": v})
            assert path.costs[k] == pytest.approx(here.cost(X, Y), rel=1e-12)
            gradients = here.backward(here.forward(X), Y)
            expected = u - 0.2 * gradients.dW[1][3, 1], v - 0.2 * gradients.db[2][0, 0]
            if k < 6:
                np.testing.assert_allclose(path.points[k + 1], expected, rtol=1e-12, atol=1e-15)


def test_a_path_can_be_cut_after_fewer_steps():
    path = valley(0.1, 6)
    assert path.first(2).steps == 2
    np.testing.assert_array_equal(path.first(2).points, path.points[:3])


def test_a_path_of_coarse_floats_and_of_a_layer_without_a_bias():
    network, X, Y = sample([3, 4, 2], dtype=np.float32)
    bare = Network([Layer(network.W[1], None, tanh), network.layers[1]], categorical_cross_entropy)
    for each in (network, bare):
        path = CostPlane(each, X, Y, "W1[4,2]", "b2[1]").descend(0.25, -0.5, 0.2, 3)
        for (u, v), there in zip(path.points[:-1], path.points[1:], strict=True):
            here = moved(each, {"W1[4,2]": u, "b2[1]": v})
            gradients = here.backward(here.forward(X), Y)
            expected = u - 0.2 * gradients.dW[1][3, 1], v - 0.2 * gradients.db[2][0, 0]
            np.testing.assert_allclose(there, expected, rtol=1e-6)


@pytest.mark.parametrize("learning_rate", [-0.1, np.nan, np.inf])
def test_a_wrong_learning_rate_is_named(learning_rate):
    with pytest.raises(ValueError, match="the learning rate is"):
        valley(learning_rate)


def valley(learning_rate, steps=40):
    landscape = landscapes.valley()
    plane = CostPlane(*landscape[:3], *landscape.plane)
    return plane.descend(*plane.origin, learning_rate, steps)


def test_the_valley_has_its_lowest_point_at_the_line_of_least_squares():
    landscape = landscapes.valley()
    slope, intercept = np.polyfit(landscape.X.ravel(), landscape.Y.ravel(), 1)
    u, v, J = lowest(CostPlane(*landscape[:3], *landscape.plane), -4, 4)
    assert (u, v) == pytest.approx((slope, intercept), abs=0.01)
    residuals = landscape.Y - slope * landscape.X - intercept
    assert pytest.approx((residuals**2).mean() / 2, rel=1e-3) == J


def test_from_crawling_to_diverging():
    """2 over the largest curvature is where descent begins to diverge."""
    x = landscapes.valley().X.ravel()
    curvature = np.linalg.eigvalsh([[np.mean(x**2), x.mean()], [x.mean(), 1]])[1]
    crawling, good, zigzag, diverging = (valley(rate / curvature) for rate in (0.01, 1, 1.9, 2.1))
    assert crawling.costs[-1] > 0.7 * crawling.costs[0]
    assert crawling.turns == 0
    assert good.costs[-1] < 0.01 * good.costs[0]
    assert zigzag.turns == 39
    assert zigzag.costs[-1] < zigzag.costs[0]
    assert diverging.costs[-1] > diverging.costs[0]
    assert diverging.leaves(-4, 4) is not None
    assert good.leaves(-4, 4) is None


def test_an_overflow_ends_the_path():
    path = valley(1e100, 50)
    assert 0 < path.steps < 50
    assert np.isfinite(path.costs).all()
    assert np.isfinite(path.points).all()


def test_infinite_costs_are_drawn_as_the_largest():
    network, X, Y = sample([1, 2, 1], linear, linear, squared_error, d=3)
    plane = CostPlane(network, X, Y, "W1[1,1]", "W2[1,1]")
    assert plane.costs(1e160, 1e160) == np.inf
    _, _, J = plane.grid(-1e160, 1e160, 5)
    assert np.isfinite(J).all()


def test_large_data_is_computed_in_parts():
    network, X, Y = sample([3, 4, 2], softmax, d=3000)
    plane = CostPlane(network, X, Y, "W1[1,1]", "b2[2]")
    u, v, J = plane.grid(-1, 1, 9)
    assert J[2, 3] == pytest.approx(plane.network_at(u[2, 3], v[2, 3]).cost(X, Y), rel=1e-12)


@pytest.mark.parametrize(
    ("names", "message"),
    [(("W1[1,1]", "W9[1,1]"), "there is no parameter 'W9"), (("b2[1]", "b2[1]"), "two different parameters")],
)
def test_what_is_no_plane(names, message):
    with pytest.raises(ValueError, match=message):
        CostPlane(worked_example.network(), worked_example.X, worked_example.Y, *names)


@pytest.mark.parametrize("landscape", [landscapes.valley, landscapes.basin, landscapes.saddle])
def test_each_landscape_fits_its_network_and_goes_down_from_its_start(landscape):
    network, X, Y, names = landscape()
    plane = CostPlane(network, X, Y, *names)
    assert max(map(abs, plane.origin)) <= 4
    u, v, J = lowest(plane, -4, 4)
    assert max(abs(u), abs(v)) < 3.9
    path = plane.descend(*plane.origin, 0.3, 40)
    assert path.costs[-1] < 0.2 * path.costs[0]
    assert path.costs[-1] > J


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_optimizer_walks_as_in_a_training_of_two_parameters(name):
    valley = landscapes.valley()  # it has no other parameters
    path = CostPlane(*valley[:3], *valley.plane).descend(-1.0, 2.0, 0.1, 12, name)
    network = valley.network.with_parameters(W1=[[-1.0]], b1=2.0)
    trainer = Trainer(network, valley.X, valley.Y, learning_rate=0.1, optimizer=name, epochs=12)
    walked = [(-1.0, 2.0)]
    for _ in range(12):
        trainer.step()
        walked.append((trainer.W[1].item(), trainer.network.b[1].item()))
    np.testing.assert_allclose(path.points, walked, rtol=1e-12)
    assert path.costs[-1] < path.costs[0]
