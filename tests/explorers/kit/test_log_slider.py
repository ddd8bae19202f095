"""A slider on a logarithmic scale keeps the number that is meant."""

import pytest

from nbhelpers.explorers.kit.controls import LogSlider


@pytest.fixture
def slider():
    return LogSlider("h", 1e-5, 1e-15, 1.0, meaning="step")


def test_it_says_what_it_is_and_its_range(slider):
    assert slider.tooltip == "h: step, from 1e−15 to 1, logarithmic"
    assert (slider.min, slider.max, slider.value) == (-15, 0, 1e-5)


@pytest.mark.parametrize("number", [1e-15, 0.1234567, 3e-7, 1.0])
def test_a_number_that_is_placed_is_kept_exactly(slider, number):
    slider.value = number
    assert slider.value == slider.value == number
    mark = 10 ** (slider.min + round((slider._mark(number) - slider.min) / slider.step) * slider.step)
    slider.set_state({"value": mark})  # what a browser may report of it
    assert slider.value == number


def test_a_mark_that_the_browser_reports_is_a_short_number(slider):
    slider.set_state({"value": 0.0019952623149688794})
    assert slider.value == 0.002
    slider.set_state({"value": 1.2589254117941661e-06})
    assert slider.value == 1.3e-6


def test_a_value_that_is_set_is_meant_exactly(slider):
    slider.value = 0.0123
    assert slider.value == 0.0123


@pytest.mark.parametrize(
    ("number", "message"), [(2, "goes from 1e−15 to 1; 2 lies"), (0, "lies outside"), ("1", "none")]
)
def test_what_can_not_be_is_refused(slider, number, message):
    with pytest.raises(ValueError, match=message):
        slider.value = number
    assert slider.value == 1e-5
