"""Controls keep exactly what they are given, refuse what they can not hold, and can be observed and linked."""

import pytest
import traitlets

from nbhelpers.explorers.kit.controls import (
    Button,
    CheckBox,
    ChoiceSlider,
    Chooser,
    DropDown,
    Entry,
    Hidden,
    LogSlider,
    NumberSlider,
    TextField,
    WholeLogSlider,
    WholeSlider,
)


@pytest.mark.parametrize("number", [0.15, 0.1234567890123456, -1.999, 2, -2.0, 1e-9])
def test_any_number_in_the_range_is_kept_exactly(number):
    slider = NumberSlider("w", number)
    assert slider.value == number
    slider.value = 0
    slider.value = number
    assert slider.value == number
    assert isinstance(slider.value, float)


HUGE = 10**400
REFUSED = [
    (NumberSlider("w", 0.15), [2.1, -3, float("nan"), float("inf"), "1", None, True, [1], HUGE, -HUGE], "w "),
    (WholeSlider("k", 1, 1, 5), [9, 0, 1.5, "x", None, False, HUGE, float("nan")], "k "),
    (LogSlider("h", 1e-5, 1e-15, 1.0), [2, 0, -1, "1", HUGE], "h "),
    (WholeLogSlider("d", 100, 1, 1000), [0, 2.5, 1001, "a", HUGE], "d "),
    (DropDown("f", ["sigmoid", "tanh"]), ["relu", 1, None, ["tanh"], HUGE], "f cannot be"),
    (ChoiceSlider("λ", (0.0, 0.0001, 0.1), 0.0001), [0.05, "0.1", True, None], "λ cannot be"),
    (CheckBox("shown"), [1, "yes", None], "shown is true or false"),
    (TextField("name", "J", check=lambda text: text.strip()), [3, None, "x" * 3000], "name "),
    (Hidden("steps", 0, lambda steps: traitlets.Int().validate(None, steps)), [], ""),
]


@pytest.mark.parametrize(("control", "values", "message"), REFUSED, ids=lambda part: type(part).__name__)
def test_what_can_not_be_is_refused_and_changes_nothing(control, values, message):
    before = control.value
    for value in values:
        with pytest.raises(ValueError, match=message) as refusal:
            control.value = value
        assert control.value == before
        assert len(str(refusal.value)) < 250


def test_whole_numbers_are_ints_also_where_a_page_says_3_point_0():
    slider = WholeSlider("k", 1, 1, 5)
    slider.value = 3.0
    assert (slider.value, type(slider.value)) == (3, int)


def test_an_option_keeps_its_kind():
    choice = DropDown("class", (1, 2, 3), value=2)
    choice.value = 3.0
    assert (choice.value, type(choice.value)) == (3, int)


def test_other_options_choose_the_first_where_the_present_one_is_gone():
    choice = DropDown("across", ["a", "b"], value="b")
    choice.options = ["b", "c"]
    assert choice.value == "b"
    choice.options = ["d", "e"]
    assert choice.value == "d"


@pytest.mark.parametrize(
    ("control", "about"),
    [
        (NumberSlider("W1[1,2]", 0.4, meaning="weight from x2"), "W1[1,2]: weight from x2, from −2 to 2"),
        (LogSlider("h", 1e-5, 1e-15, 1.0, meaning="step"), "h: step, from 1e−15 to 1, logarithmic"),
        (ChoiceSlider("λ", (0.0, 0.1), 0.0, "weight of the penalty"), "λ: weight of the penalty, from 0 to 0.1"),
        (DropDown("f", ["tanh"], "activation"), "f: activation"),
        (CheckBox("shown"), "shown"),
    ],
)
def test_it_says_what_it_is_and_its_range(control, about):
    assert control.tooltip == about
    assert control.look["tooltip"] == about
    assert control.look["kind"] == control.kind


@pytest.mark.parametrize(("number", "mark"), [(0.12, 0.1), (0.13, 0.15), (7, 2.0), (-7, -2.0)])
def test_the_nearest_mark(number, mark):
    assert NumberSlider("w", 0).nearest(number) == mark


@pytest.mark.parametrize(("number", "mark"), [(0.00021, 0.0002), (5, 1.0), (1e-9, 1e-6)])
def test_the_nearest_mark_of_a_logarithmic_scale(number, mark):
    assert LogSlider("h", 1e-5, 1e-6, 1.0).nearest(number) == mark


def test_they_are_observed_and_linked_like_any_other():
    one, other, seen = NumberSlider("a", 0), NumberSlider("b", 1), []
    one.observe(lambda change: seen.append(change["new"]), "value")
    link = traitlets.link((one, "value"), (other, "value"))
    other.value = 0.5
    assert (one.value, seen) == (0.5, [0.0, 0.5][-len(seen) :])
    link.unlink()
    traitlets.dlink((one, "value"), (other, "value"), lambda value: -value)
    one.value = 1.5
    assert other.value == -1.5


def test_a_chooser_shows_the_number_that_is_chosen():
    sliders = {name: NumberSlider(name, 0, -span, span) for name, span in (("a", 2), ("b", 10))}
    chooser = Chooser(sliders)
    assert [slider.hidden for slider in sliders.values()] == [False, True]
    chooser.choice.value = "b"
    assert [slider.hidden for slider in sliders.values()] == [True, False]


def test_a_button_that_is_disabled_does_nothing():
    button, clicks = Button("Go", print), []
    button.observe(clicks.append, "clicks")
    button.click()
    button.disabled = True
    button.click()
    assert len(clicks) == 1


def test_an_entry_does_something_with_its_text():
    entry = Entry("run", "moons", print)
    entry.enter("xor")
    assert (entry.arguments, entry.text, entry.clicks) == (("xor",), "moons", 1)
