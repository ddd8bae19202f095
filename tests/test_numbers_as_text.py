"""Numbers as short texts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbhelpers.numbers_as_text import exact_if_short, listed, short


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.43, "0.430"),
        (1.42, "1.420"),
        (-0.5, "−0.500"),
        (0, "0"),
        (-0.0, "0"),
        (12.345, "12.35"),
        (-123.45, "−123.5"),
        (9999.6, "10000"),
        (1e5, "1.0e5"),
        (-1.23e-7, "−1.2e−7"),
        (2e12, "2e12"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "nan"),
    ],
)
def test_short(value, text):
    assert short(value) == text


@given(st.floats(-1e300, 1e300), st.sampled_from([2, 3]))
def test_short_is_short_and_near(value, decimals):
    text = short(value, decimals)
    assert len(text) <= decimals + (5 if abs(value) < 1e100 and (value == 0 or abs(value) > 1e-99) else 6)
    read = float(text.replace("−", "-"))
    assert read == pytest.approx(value, rel=0.5 if decimals == 2 else 0.34, abs=0)


def test_a_parameter_keeps_two_decimals_where_they_are_exact():
    assert [exact_if_short(v) for v in (0.1, -1.95, 0.123, 0, 12.5)] == ["0.10", "−1.95", "0.123", "0", "12.50"]


def test_listed():
    assert listed([[0.43], [1.42]]) == "(0.430, 1.420)"
    assert listed([[1.245]]) == "1.245"
