import pytest

from nbhelpers.tables import Table

TABLE = Table(["layer", "units"], [["1", "12345678"], ["two words", ""]], "That is all.")


def test_text_has_aligned_columns_and_no_trailing_spaces():
    assert repr(TABLE).splitlines() == ["layer      units", "1          12345678", "two words", "That is all."]


def test_markdown():
    expected = "| layer | units |\n| --- | --- |\n| 1 | 12345678 |\n| two words |  |\n\nThat is all."
    assert TABLE._repr_markdown_() == expected


def test_without_a_closing_sentence():
    table = Table(["a"], [["1"]])
    assert repr(table) == "a\n1"
    assert table._repr_markdown_() == "| a |\n| --- |\n| 1 |"


def test_a_table_without_rows():
    assert repr(Table(["a", "b"], [])) == "a  b"


def test_rows_of_another_length_are_refused():
    with pytest.raises(ValueError, match="zip"):
        repr(Table(["a", "b"], [["1"]]))
