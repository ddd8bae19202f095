"""Sliders that keep a number exactly, in spite of what a browser reports."""

import ipywidgets
import pytest

from nbhelpers.explorers.kit.controls import Chooser, Number, NumberSlider, place, read


@pytest.mark.parametrize("number", [0.15, 0.1234567890123456, -1.999, 2.0, -2.0, 1e-9])
def test_any_number_in_the_range_is_kept_exactly(number):
    slider = NumberSlider("w", 0)
    slider.value = number
    assert slider.value == number
    assert NumberSlider("w", number).number == number
    slider.value = 0
    slider.value = number
    assert slider.value == number


@pytest.mark.parametrize(
    ("number", "reported"), [(0.15, 0.1499999999999999), (0.123, 0.10000000000000009), (0.333, 0.35), (-1.98, -2)]
)
def test_the_mark_that_a_browser_reports_is_no_other_number(number, reported):
    slider = NumberSlider("w", number)
    slider.set_state({"value": reported})  # as noUiSlider does on display
    assert slider.value == number
    slider.set_state({"value": 0.5000000000000002})
    assert slider.value == 0.5
    slider.set_state({"value": reported})
    assert slider.value == pytest.approx(reported, abs=1e-12)
    slider.value = number
    assert slider.value == number


@pytest.mark.parametrize("number", [2.1, -3, float("nan"), float("inf"), "1", None, True])
def test_other_numbers_are_refused_and_change_nothing(number):
    slider = NumberSlider("w", 0.15)
    with pytest.raises(ValueError, match="w "):
        slider.value = number
    assert slider.value == 0.15


def test_it_says_what_it_is_and_its_range():
    slider = NumberSlider("W1[1,2]", 0.4, meaning="weight from x2 to hidden unit 1")
    assert slider.description == "W1[1,2]"
    assert slider.tooltip == "W1[1,2]: weight from x2 to hidden unit 1, from −2 to 2"


def test_it_is_a_stock_slider_for_the_browser():
    slider, stock = NumberSlider("w", 0), ipywidgets.FloatSlider()
    for trait in ("_model_name", "_model_module", "_view_name", "_view_module"):
        assert getattr(slider, trait) == getattr(stock, trait)


def test_slow_work_waits_for_the_release():
    assert NumberSlider("w", 0).continuous_update
    assert not NumberSlider("w", 0, on_release=True).continuous_update


@pytest.fixture
def numbers():
    return {name: Number(name, value, -span, span, span / 40) for name, value, span in (("a", 0.5, 2), ("b", 7, 10))}


def test_a_chooser_moves_the_number_that_is_chosen(numbers):
    chooser = Chooser(numbers)
    assert (chooser.slider.description, chooser.slider.value) == ("a", 0.5)
    chooser.slider.value = 1.0
    assert (numbers["a"].value, numbers["b"].value) == (1, 7)
    first = chooser.slider
    chooser.choice.value = "b"
    assert (chooser.slider.description, chooser.slider.value, chooser.slider.max) == ("b", 7, 10)
    chooser.slider.value = -9.5
    assert (numbers["a"].value, numbers["b"].value) == (1, -9.5)
    chooser.choice.value = "a"
    assert chooser.slider is first


def test_the_sliders_of_a_chooser_follow_their_numbers(numbers):
    chooser = Chooser(numbers)
    chooser.choice.value = "b"
    numbers["a"].value = 0.123
    numbers["b"].value = 3
    assert chooser.slider.value == 3
    chooser.choice.value = "a"
    assert chooser.slider.value == 0.123


def test_place_and_read_work_for_stock_widgets_too():
    dropdown = ipywidgets.Dropdown(options=["sigmoid", "tanh"])
    place("f", dropdown, "tanh")
    assert read(dropdown) == "tanh"
    with pytest.raises(ValueError, match="f can not be 'nonsense'"):
        place("f", dropdown, "nonsense")
    whole = ipywidgets.IntSlider(1, 1, 5)
    with pytest.raises(ValueError, match="k goes from 1 to 5; 9 lies outside"):
        place("k", whole, 9)
    with pytest.raises(ValueError, match="k can not be 'x'"):
        place("k", whole, "x")
