"""Many runs and split gradients: the same numbers in order, whatever runs them."""

import os

import joblib
import numpy as np
import pytest
from sample_networks import HIDDEN, name, sample

from nbhelpers import Network, datasets, train
from nbhelpers.training import band, ensemble, split_gradient

DATA = datasets.moons(60, noise=0.2, rng=0)


def experiment(rng, width=4, **options):
    network = Network.initialize([2, width, 1], ["tanh", "sigmoid"], "binary_cross_entropy", rng=rng)
    return train(network, DATA.X, DATA.Y, epochs=5, batch_size=16, dropout=0.1, rng=rng, **options)


def bytes_of(histories):
    return [history.cost.tobytes() for history in histories]


def test_a_run_per_seed_each_with_a_generator_of_its_own():
    runs = ensemble(experiment, seeds=[3, 1])
    assert bytes_of(runs) == bytes_of([experiment(np.random.default_rng(seed)) for seed in (3, 1)])


def test_a_list_per_setting():
    settings = [{"width": 2}, {"width": 7, "learning_rate": 0.5}]
    runs = ensemble(experiment, seeds=range(3), settings=settings)
    assert [len(row) for row in runs] == [3, 3]
    assert runs[1][2].network.sizes == [2, 7, 1]
    expected = [experiment(np.random.default_rng(seed), width=2) for seed in range(3)]
    assert bytes_of(runs[0]) == bytes_of(expected)


def test_an_interruption_ends_all_runs():
    begun = []

    def interrupted(rng):
        begun.append(1)
        network = Network.initialize([2, 1], ["sigmoid"], "binary_cross_entropy", rng=rng)
        return train(network, DATA.X, DATA.Y, epochs=5, callback=raise_interrupt)

    def raise_interrupt(trainer):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensemble(interrupted, seeds=range(3))
    assert begun == [1]
    assert interrupted(0).reason == "interrupted"  # one by itself keeps what was learned


@pytest.mark.parametrize("n_jobs", [2, 3])
def test_the_numbers_do_not_depend_on_the_workers(n_jobs):
    alone, together = (ensemble(experiment, seeds=range(4), n_jobs=jobs) for jobs in (1, n_jobs))
    assert bytes_of(alone) == bytes_of(together)
    network, X, Y = sample([3, 6, 4], d=23)
    one, other = (split_gradient(network, X, Y, parts=5, n_jobs=jobs).by_parameter for jobs in (1, n_jobs))
    assert {key: value.tobytes() for key, value in one.items()} == {key: v.tobytes() for key, v in other.items()}


def test_the_same_call_runs_on_a_dask_cluster():
    distributed = pytest.importorskip("distributed")
    network, X, Y = sample([3, 6, 4], d=23)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
        joblib.parallel_config(backend="dask"),
    ):
        assert len(client.scheduler_info()["workers"]) == 2
        runs = ensemble(experiment, seeds=range(4))
        gradients = split_gradient(network, X, Y, parts=5).by_parameter
        workers = set(ensemble(lambda rng: os.getpid(), seeds=range(8)))
    assert bytes_of(runs) == bytes_of(ensemble(experiment, seeds=range(4)))
    alone = split_gradient(network, X, Y, parts=5).by_parameter
    assert {key: value.tobytes() for key, value in gradients.items()} == {k: v.tobytes() for k, v in alone.items()}
    assert os.getpid() not in workers


@pytest.mark.parametrize("parts", [1, 2, 5, 23])
@pytest.mark.parametrize("hidden", HIDDEN, ids=name)
def test_the_gradient_of_a_mean_is_the_mean_of_the_gradients(hidden, parts):
    network, X, Y = sample([3, 6, 5, 4], hidden, d=23)
    whole = network.backward(network.forward(X), Y).by_parameter
    split = split_gradient(network, X, Y, parts=parts).by_parameter
    assert split.keys() == whole.keys()
    for key, value in whole.items():
        np.testing.assert_allclose(split[key], value, rtol=1e-12, atol=1e-15, err_msg=key)


def test_parts_of_different_sizes_are_weighted():
    network, X, Y = sample(d=3)
    halves = [network.backward(network.forward(X[:, c]), Y[:, c]).dW[1] for c in ([0, 1], [2])]
    split = split_gradient(network, X, Y, parts=2).by_parameter["W1"]
    np.testing.assert_allclose(split, 2 / 3 * halves[0] + 1 / 3 * halves[1], rtol=1e-12)
    assert np.abs(split - (halves[0] + halves[1]) / 2).max() > 1e-3


def test_a_network_takes_the_step():
    network, X, Y = sample(d=7)
    whole = network.updated(network.backward(network.forward(X), Y), 0.5)
    split = network.updated(split_gradient(network, X, Y, parts=3), 0.5)
    assert split.cost(X, Y) == pytest.approx(whole.cost(X, Y), rel=1e-12)


def test_parts_that_make_no_sense():
    network, X, Y = sample(d=3)
    with pytest.raises(ValueError, match=r"there are 4 parts, but only 3 examples: X is \(3, 3\)"):
        split_gradient(network, X, Y, parts=4)
    with pytest.raises(ValueError, match="parts is 0, expected a whole number from 1 on"):
        split_gradient(network, X, Y, parts=0)
    with pytest.raises(ValueError, match="layer 1"):
        split_gradient(network, X[:2], Y)


def test_a_band_holds_the_share_that_it_names():
    rows = np.random.default_rng(0).normal(size=(1000, 3))
    middle, low, high = band(rows, share=0.8)
    np.testing.assert_allclose(((rows >= low) & (rows <= high)).mean(axis=0), 0.8, atol=0.01)
    np.testing.assert_allclose((rows < middle).mean(axis=0), 0.5, atol=0.01)


def test_a_run_that_stopped_early_holds_its_last_value():
    middle, low, high = band([[5.0, 3.0], [4.0, 2.0, 1.0]], share=1.0)
    assert low.tolist() == [4, 2, 1]
    assert high.tolist() == [5, 3, 3]
    assert middle.tolist() == [4.5, 2.5, 2.0]


def test_a_band_of_histories():
    runs = ensemble(experiment, seeds=range(5))
    middle, low, high = band(runs, "cost")
    assert middle.shape == low.shape == high.shape == runs[0].cost.shape
    assert (low <= middle).all()
    assert (middle <= high).all()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: band([]), "there are no runs"),
        (lambda: band([[1.0]], share=0), "share is 0"),
        (lambda: band(ensemble(experiment, seeds=[0]), "validation_cost"), "have no validation_cost"),
    ],
)
def test_a_band_of_nothing(make, words):
    with pytest.raises(ValueError, match=words):
        make()
