"""Times belong to a machine: what is tested is what was done, and how it is scaled up."""

import time

import pytest

from nbhelpers.experiments import pass_times
from nbhelpers.experiments.operation_counts import parameter_count
from nbhelpers.experiments.pass_times import MAX_PARAMETERS, PassTimes, measured_passes, median_time


def test_a_median_of_several_calls_without_the_first():
    pauses = iter([0.2, *[0.001] * 100])
    calls = []

    def run():
        calls.append(next(pauses))
        time.sleep(calls[-1])

    assert 0.001 <= median_time(run, seconds=0.06) < 0.1
    assert len(calls) >= 3


def test_a_quick_call_is_made_some_dozens_of_times_and_a_slow_one_once():
    calls = []
    median_time(lambda: calls.append(0), seconds=10)
    assert len(calls) == 51
    calls.clear()
    assert median_time(lambda: calls.append(time.sleep(0.05)), seconds=0.01) >= 0.05
    assert len(calls) == 1


@pytest.mark.parametrize(("sizes", "d"), [([2, 2, 1], 1), ([3, 2], 7), ([4, 8, 8, 8, 3], 20)])
def test_every_pass_takes_its_time(sizes, d):
    times = measured_passes(sizes, d)
    assert all(seconds > 0 for seconds in times)
    assert (times.examples, times.loop_examples) == (d, d)


def test_loops_take_longer_and_differences_take_2_P_passes():
    times = measured_passes([30, 30, 10], 50)
    assert times.loop_forward > 3 * times.forward
    assert times.loop_backward > 3 * times.backward
    assert times.differences > 2 * parameter_count([30, 30, 10]) * times.forward


def test_what_would_take_too_long_is_measured_on_fewer_examples_and_scaled_up(monkeypatch):
    monkeypatch.setattr(pass_times, "median_time", lambda run: 0.5)
    times = measured_passes([300, 300, 100], 10_000)
    assert 1 < times.loop_examples < times.examples < 10_000
    assert times.forward == 0.5 * 10_000 / times.examples
    assert times.loop_backward == 0.5 * 10_000 / times.loop_examples
    P = 300 * 301 + 100 * 301
    assert times.differences == pytest.approx(2 * P * 1.0 * 10_000 / times.examples)


def test_a_network_that_is_too_large_is_refused():
    assert parameter_count([447, 447, 1]) > MAX_PARAMETERS
    with pytest.raises(ValueError, match="the network has 200,704 parameters; passes are measured up to 200,000"):
        measured_passes([447, 447, 1], 1)


def test_the_names_of_the_times():
    assert PassTimes._fields[:3] == ("forward", "backward", "differences")
