"""Small products run on one thread, large ones on all, and afterwards everything is as before."""

import pytest
from sample_networks import sample
from threadpoolctl import threadpool_info

from nbhelpers import train
from nbhelpers.training.threads import SMALL, threads_for


def blas_threads():
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


@pytest.mark.parametrize(("columns", "small"), [(1, True), (SMALL // 200 - 1, True), (SMALL // 200, False)])
def test_one_thread_while_products_are_small(columns, small):
    before = blas_threads()
    with threads_for([10, 20, 3], columns):
        assert blas_threads() == ([1] * len(before) if small else before)
    assert blas_threads() == before


def test_a_training_leaves_the_threads_as_they_were():
    before, seen = blas_threads(), []
    network, X, Y = sample(d=6)
    train(network, X, Y, epochs=1, callback=lambda trainer: seen.append(blas_threads()))
    assert seen == [[1] * len(before)]
    assert blas_threads() == before
