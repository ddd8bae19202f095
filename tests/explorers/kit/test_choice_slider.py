"""A slider for one of a few numbers: what it holds, what it refuses, and when it tells."""

import pytest

from nbhelpers.explorers.kit.controls import choice_slider, place, read


@pytest.fixture
def slider():
    slider = choice_slider("λ", (0.0, 0.0001, 0.1), 0.0001, "weight of the penalty")
    yield slider
    slider.close()


def test_it_stands_where_it_is_told_and_shows_plain_digits(slider):
    assert read(slider) == 0.0001
    assert [label for label, _ in slider.options] == ["0", "0.0001", "0.1"]
    place("λ", slider, 0.1)
    assert read(slider) == 0.1


def test_it_tells_when_it_is_let_go_of_and_has_a_name_to_be_heard(slider):
    assert slider.continuous_update is False
    assert slider.tooltip == "λ: weight of the penalty, from 0 to 0.1"
    assert "jupyter-widgets" in slider._dom_classes  # by it the page finds the label


def test_a_number_between_is_refused(slider):
    with pytest.raises(ValueError, match=r"λ can not be 0\.05"):
        place("λ", slider, 0.05)
    assert read(slider) == 0.0001
