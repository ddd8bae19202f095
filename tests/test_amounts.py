"""Short texts for counts, times and ratios."""

import pytest

from nbhelpers.numbers_as_text import amount, duration, ratio


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (999, "999"),
        (236_800, "236,800"),
        (999_999, "999,999"),
        (1_000_000, "1.00 million"),
        (9_996_000, "10.0 million"),
        (123_456_789, "123 million"),
        (999_600_000, "1.00 billion"),
        (1.5e12, "1.50 trillion"),
        (999.6e12, "1.00·10¹⁵"),
        (2e18, "2.00·10¹⁸"),
    ],
)
def test_amounts(count, text):
    assert amount(count) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (2e-7, "0.20 µs"),
        (1.234e-5, "12.3 µs"),
        (9.996e-5, "100 µs"),
        (0.5, "500 ms"),
        (1.0, "1.00 s"),
        (100, "100 s"),
        (180, "3 min"),
        (7200, "2 h"),
        (86400 * 3, "3 days"),
        (86400 * 365.25 * 12, "12 years"),
    ],
)
def test_durations(seconds, text):
    assert duration(seconds) == text


def test_ratios():
    assert [ratio(1, 3), ratio(4, 3), ratio(9.996, 1), ratio(4_820, 1)] == ["0.33", "1.33", "10", "4,820"]
