"""Each term stands in italics, once, in the prose of the notebook that the glossary names; nothing else does."""

import re
from collections import Counter

import pytest
from lesson.roles import NOTEBOOKS as FOLDER
from lesson.roles import notebook_paths, read

from nbhelpers.glossary import NOTEBOOKS, TERMS, look_up

ANY = re.compile(r"<!--.*?-->|```.*?```|`[^`\n]*`|\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
ITALIC = re.compile(
    r"(?<![*\w\\])\*(?![*\s])([^*\n]+?)(?<![\s\\])\*(?![*\w])|<(?:em|i)>(.+?)</(?:em|i)>|(?<!\w)_(\w[^_\n]*)_(?!\w)"
)

every_notebook = pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.stem)


def italics(path):
    """Return how often each piece of prose stands in italics, in small letters."""
    cells = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    found = (match for source in cells for match in ITALIC.findall(ANY.sub(" ", source)))
    return Counter(" ".join(next(filter(None, match)).lower().split()) for match in found)


def forms(name):
    """Return a name in the singular and in the plural."""
    name = name.lower()
    return {name, f"{name}s", f"{name}es", re.sub("y$", "ies", name)}


@every_notebook
def test_each_term_of_a_notebook_stands_in_its_prose_in_italics_once(path):
    found = italics(path)
    terms = [term for term in TERMS if term.notebook == path.stem[:2]]
    counts = {term.name: sum(found[form] for form in forms(term.name)) for term in terms}
    assert {name: count for name, count in counts.items() if count != 1} == {}


@every_notebook
def test_all_that_stands_in_italics_is_a_term_that_the_notebook_teaches(path):
    taught = {form for term in TERMS if term.notebook == path.stem[:2] for name in term.names for form in forms(name)}
    found = italics(path)
    assert found.keys() <= taught
    assert max(found.values()) == 1


@every_notebook
def test_the_glossary_is_one_click_away(path):
    last = read(path).cells[-1].source
    assert re.search(r"\]\((16_formula_sheet\.ipynb)?#Look-up-a-word\)", last)


def test_the_table_names_the_notebooks_that_there_are():
    assert {number: (FOLDER / name).exists() for number, name in NOTEBOOKS.items()} == dict.fromkeys(NOTEBOOKS, True)
    assert {term.notebook for term in TERMS} == set(NOTEBOOKS)


def test_no_name_stands_for_two_things():
    names = Counter(name.lower() for term in TERMS for name in term.names)
    assert [name for name, count in names.items() if count > 1] == []


def test_a_term_is_explained_in_one_sentence_that_is_not_its_name():
    for term in TERMS:
        assert re.fullmatch(r"[A-Z$\\].+[^.]\.", term.sentence), term
        assert not re.search(r"[a-z]\. [A-Z]", term.sentence), f"{term.name}: more than one sentence"
        assert term.sentence.lower().strip(".") not in forms(term.name)


@pytest.mark.parametrize("words", ["log loss", "LOG LOSS", " binary cross "])
def test_a_term_is_found_by_each_of_its_names_and_by_what_it_is(words):
    assert "binary cross-entropy" in [row[0] for row in look_up(words.replace("cross ", "cross-")).rows]


def test_a_notebook_has_its_own_list():
    assert {row[-1] for row in look_up(notebook="06").rows} == {"[06](06_backward_hidden_layers.ipynb)"}


def test_what_is_not_there_is_said():
    assert look_up("banana").closing == "No term of the course contains “banana”. Try a shorter piece of the word."
    with pytest.raises(ValueError, match="there is no notebook '6'; choose from 00, 01"):
        look_up(notebook="6")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a *hidden layer* and **bold** and `*code*`", ["hidden layer"]),
        ("$a*b*c$ 2 * 3 * 4 _lie_ snake_case_name", ["lie"]),
        ("*one* and *One*", ["one", "one"]),
    ],
)
def test_italics_are_told_from_bold_code_and_formulas(source, found):
    assert [next(filter(None, match)).lower() for match in ITALIC.findall(ANY.sub(" ", source))] == found
