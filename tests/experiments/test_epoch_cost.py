"""Sweeps change one size each, and are counted by the sizes."""

from nbhelpers.experiments.epoch_cost import Setting, Sweep, counted, measured, sweeps
from nbhelpers.experiments.operation_counts import epoch_work


def test_each_sweep_changes_one_size_and_holds_the_common_setting():
    for sweep in sweeps(Setting(d=512)):
        assert len({setting._replace(**{sweep.name: 0}) for setting in sweep.settings}) == 1
        assert Setting(d=512) in sweep.settings
        assert sweep.values == [sweep.values[0] * 2**k for k in range(len(sweep.values))]


def test_the_sizes_of_a_setting():
    assert Setting(3, 5, 2, 4).sizes == [3, 5, 5, 4]
    assert Setting(3, 5, 0, 4).sizes == [3, 4]


def test_counts_are_those_of_an_epoch():
    sweep = sweeps()[3]
    assert sweep.name == "batch_size"
    assert counted(sweep) == [epoch_work([20, 64, 64, 2], 1024, size).multiply_adds for size in sweep.values]
    assert sorted(counted(sweep), reverse=True) == counted(sweep)


def test_a_wide_network_grows_with_the_square_of_its_width_and_the_others_in_proportion():
    width, depth, d, _ = map(counted, sweeps())
    assert 3.8 < width[-1] / width[-2] < 4
    assert 2 < depth[-1] / depth[-2] < 2.2
    assert d[-1] == 2 * d[-2]


def test_measured_times_are_seconds_by_setting():
    sweep = Sweep("d", [Setting(4, 8, 1, 2, d, 16) for d in (16, 2048)])
    short, long = measured(sweep)
    assert 0 < short < long
