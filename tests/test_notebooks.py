"""The stored notebooks: executed, normalized, described in words, and without dead links.

That a fresh run gives the stored numbers is checked by nbval, cell by cell; see `addopts` in pyproject.toml.
"""

import base64
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
import refresh
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "notebooks/README.md")]
MAX_CODE_LINES = 15

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook):
    """Each output with the id of its cell."""
    return [(cell.id, output) for cell in code_cells(notebook) for output in cell.outputs]


def test_there_are_notebooks():
    assert NOTEBOOKS


# What is stored


@every_notebook
def test_stored_bytes_are_what_the_refresh_command_writes(path):
    notebook = refresh.read(path)
    refresh.normalize(notebook)
    assert path.read_bytes() == refresh.dumps(notebook).encode("utf-8"), "run tests/refresh.py"


@every_notebook
def test_is_valid_nbformat_4_5(path):
    notebook = refresh.read(path)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)


@every_notebook
def test_is_stored_executed_from_top_to_bottom(path):
    counts = [cell.execution_count for cell in code_cells(refresh.read(path))]
    assert counts == list(range(1, len(counts) + 1))


@every_notebook
def test_no_error_is_stored_that_the_lesson_does_not_announce(path):
    for cell in code_cells(refresh.read(path)):
        failed = any(output.output_type == "error" for output in cell.outputs)
        assert failed == ("raises-exception" in cell.metadata.get("tags", [])), cell.source


@every_notebook
def test_nothing_is_written_to_stderr(path):
    for cell_id, output in outputs(refresh.read(path)):
        assert output.get("name") != "stderr", f"cell {cell_id}: {output.text}"


@every_notebook
def test_no_widget_state_id_or_timing_is_stored(path):
    notebook = refresh.read(path)
    assert "widgets" not in notebook.metadata
    for cell in code_cells(notebook):
        assert "execution" not in cell.metadata, cell.source
    for cell_id, output in outputs(notebook):
        assert refresh.WIDGET_VIEW not in output.get("data", {}), f"cell {cell_id}"


@every_notebook
def test_every_picture_has_alternative_text(path):
    for cell_id, output in outputs(refresh.read(path)):
        for kind in output.get("data", {}):
            if kind.startswith("image/"):
                assert output.metadata.get(kind, {}).get("alt", "").strip(), f"cell {cell_id}: {kind} without alt"


# How it is written


@every_notebook
def test_code_cells_are_short(path):
    for cell in code_cells(refresh.read(path)):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert 1 <= len(lines) <= MAX_CODE_LINES, cell.source


@every_notebook
def test_every_code_cell_is_led_in_by_text(path):
    cells = refresh.read(path).cells
    for before, cell in zip([None, *cells], cells, strict=False):
        if cell.cell_type == "code":
            assert before is not None, "the notebook begins with code"
            assert before.cell_type == "markdown", f"no text before:\n{cell.source}"
            assert before.source.strip(), f"empty text before:\n{cell.source}"


# Links

CODE_OR_MATH = re.compile(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)
MARKDOWN_LINK = re.compile(r"\]\(\s*<?([^\s<>()]+(?:\([^\s()]*\)[^\s()]*)*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)")
MARKDOWN_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
HTML_LINK = re.compile(r"(?:href|src)\s*=\s*[\"']([^\"']+)[\"']")
HTML_ANCHOR = re.compile(r"(?:id|name)\s*=\s*[\"']([^\"']+)[\"']")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def markdown(path):
    """Return the Markdown of a page, or of all Markdown cells of a notebook, without code and mathematics."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = nbformat.reads(text, as_version=4).cells
        text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return text


def links(text):
    """Return the targets of all links and pictures that point inside the repository."""
    text = CODE_OR_MATH.sub("", text)
    found = [match for pattern in (MARKDOWN_LINK, MARKDOWN_DEFINITION, HTML_LINK) for match in pattern.findall(text)]
    return [target for target in found if not EXTERNAL.match(target)]


def heading_anchors(path, text):
    """Return the anchors of all headings: JupyterLab keeps the words as they are, GitHub's pages do not."""
    headings = [re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", heading) for heading in HEADING.findall(text)]
    if path.suffix == ".ipynb":
        return {heading.replace(" ", "-") for heading in headings}
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_link(page, target):
    """Return why the link `target` on `page` leads nowhere, or None."""
    name, _, anchor = unquote(target).partition("#")
    path = (page.parent / name).resolve() if name else page
    if not path.is_relative_to(ROOT):
        return "leaves the repository"
    if not path.exists():
        return "no such file"
    if anchor and path.suffix not in {".md", ".ipynb"}:
        return "an anchor into a file that has none"
    if anchor:
        text = re.sub(r"```.*?```", "", markdown(path), flags=re.DOTALL)
        if anchor not in heading_anchors(path, text) | set(HTML_ANCHOR.findall(text)):
            return "no such heading"
    return None


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_inside_the_repository_are_alive(page):
    dead = {target: why for target in links(markdown(page)) if (why := dead_link(page, target))}
    assert not dead


TO_A_NOTEBOOK = re.compile(r"\[(\d\d [^\]]+)\]\((?:notebooks/)?(\d\d_\w+\.ipynb)[^)]*\)")


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_link_calls_a_notebook_by_its_title(page):
    titles = {path.name: refresh.read(path).cells[0].source.removeprefix("# ") for path in NOTEBOOKS}
    wrong = [text for text, name in TO_A_NOTEBOOK.findall(markdown(page)) if not titles[name].startswith(text)]
    assert not wrong


def test_links_of_every_form_are_found():
    text = """[a](a.md) ![b](b.png "title") [c](<c.md#d>) <a href="e.md">e</a> [f]: no
[g](g_(h).md) `[code](code.md)` $W[1](x)$ [out](https://example.org)

[i]: i.md
"""
    assert set(links(text)) == {"a.md", "b.png", "c.md#d", "e.md", "g_(h).md", "i.md"}


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("LICENSE", None),
        ("page.md#two-words-σ", None),
        ("#two-words-σ", None),
        ("#by-hand", None),
        ("lesson.ipynb#Two-words", None),
        ("missing.md", "no such file"),
        ("page.md#three", "no such heading"),
        ("page.md#not-a-heading", "no such heading"),
        ("lesson.ipynb#two-words", "no such heading"),
        ("LICENSE#L1", "an anchor into a file that has none"),
        ("../outside.md", "leaves the repository"),
    ],
)
def test_a_dead_link_is_seen(target, why, tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text('# Two *words*: σ\n<a id="by-hand"></a>\n```\n# Not a heading\n```\n', encoding="utf-8")
    (tmp_path / "LICENSE").touch()
    nbformat.write(new_notebook(cells=[new_markdown_cell("## Two words")]), tmp_path / "lesson.ipynb")
    assert dead_link(page, target) == why


# The refresh command

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
EXPLORER = f"""
from IPython.display import display
from ipywidgets import IntSlider

slider = IntSlider(description="z")
view = slider._repr_mimebundle_()["application/vnd.jupyter.widget-view+json"]
display(
    {{"text/plain": "z = 0", "image/png": "{PIXEL}", "application/vnd.jupyter.widget-view+json": view}},
    metadata={{"image/png": {{"alt": "z = 0"}}}},
    raw=True,
)
"""


def lesson():
    """Return a small notebook with everything that differs from run to run."""
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# A lesson"),
            new_code_cell("print(1 + 1)\nprint('two', flush=True)\nprint('three')"),
            new_code_cell(EXPLORER),
            new_code_cell(
                "from nbhelpers import Layer\nLayer([[1]], [[1], [2]], None)",
                metadata={"tags": ["raises-exception"], "execution": {"iopub.status.idle": "12:00"}},
            ),
            new_code_cell("1 + 1"),
        ]
    )
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    return notebook


@pytest.fixture(scope="module")
def refreshed_lesson(tmp_path_factory):
    """Return the path of the lesson, run and stored once."""
    path = tmp_path_factory.mktemp("notebooks") / "lesson.ipynb"
    nbformat.write(lesson(), path)
    assert refresh.main([str(path)]) == 0
    return path


def test_two_refreshes_give_the_same_bytes(refreshed_lesson, capsys):
    first = refreshed_lesson.read_bytes()
    assert refresh.main([str(refreshed_lesson)]) == 0
    assert refreshed_lesson.read_bytes() == first
    assert capsys.readouterr().out == "lesson.ipynb: same\n"


def test_check_names_a_notebook_that_would_change_and_leaves_it(refreshed_lesson, tmp_path, capsys):
    stale = tmp_path / "stale.ipynb"
    stale.write_bytes(refreshed_lesson.read_bytes().replace(b'"2"', b'"3"'))
    before = stale.read_bytes()
    assert refresh.main(["--check", str(refreshed_lesson), str(stale)]) == 1
    assert stale.read_bytes() == before
    assert capsys.readouterr().out == "lesson.ipynb: same\nstale.ipynb: would change\n"


def test_a_refreshed_notebook_holds_nothing_of_the_run_but_its_results(refreshed_lesson):
    notebook = refresh.read(refreshed_lesson)
    printed, explorer, error, result = (cell.outputs for cell in code_cells(notebook))
    assert [output.text for output in printed] == ["2\ntwo\nthree\n"]
    assert explorer[0].data == {"text/plain": "z = 0", "image/png": PIXEL}
    assert explorer[0].metadata == {"image/png": {"alt": "z = 0"}}
    assert error[0].output_type == "error"
    assert str(ROOT) not in "".join(error[0].traceback)
    assert result[0].data == {"text/plain": "2"}
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert "version" not in notebook.metadata.language_info
    assert [cell.metadata for cell in code_cells(notebook)] == [{}, {}, {"tags": ["raises-exception"]}, {}]


def test_a_notebook_whose_cell_fails_unannounced_is_left_as_it_was(tmp_path, capsys):
    path = tmp_path / "lesson.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0")]), path)
    before = path.read_bytes()
    assert refresh.main([str(path)]) == 1
    assert path.read_bytes() == before
    said = capsys.readouterr().out
    assert said.startswith("lesson.ipynb: failed\n")
    assert "ZeroDivisionError" in said


def executed(*cell_outputs):
    """Return a notebook of one executed cell with these outputs."""
    cell = new_code_cell("x", id="only", execution_count=7, outputs=list(cell_outputs))
    return new_notebook(cells=[cell], metadata={"widgets": {"state": {}}, "signature": "x"})


def test_normalizing_twice_is_normalizing_once():
    view = {refresh.WIDGET_VIEW: {"model_id": "1f"}, "text/html": "<p>z</p>", "text/plain": "Box()"}
    notebook = executed(
        new_output("stream", name="stdout", text="a"),
        new_output("stream", name="stdout", text="b"),
        new_output("display_data", data=view),
        new_output("stream", name="stdout", text="c"),
        new_output("execute_result", data={"text/plain": "3"}, execution_count=7),
    )
    refresh.normalize(notebook)
    once = refresh.dumps(notebook)
    refresh.normalize(notebook)
    assert refresh.dumps(notebook) == once
    cell = notebook.cells[0]
    assert [output.get("text") for output in cell.outputs] == ["ab", None, "c", None]
    assert cell.outputs[1].data == {"text/html": "<p>z</p>", "text/plain": "Box()"}
    assert cell.execution_count == cell.outputs[3].execution_count == 1
    assert notebook.metadata == refresh.NOTEBOOK_METADATA


def test_what_lies_behind_a_guess_gets_a_cover_once():
    notebook = executed(new_output("stream", name="stdout", text="the answer"))
    notebook.cells[0].metadata["tags"] = ["behind-guess"]
    for _ in range(2):
        refresh.normalize(notebook)
        assert [output.get("text") for output in notebook.cells[0].outputs] == [None, "the answer"]
    assert notebook.cells[0].outputs[0].data == {}
    nbformat.validate(notebook)


def test_a_widget_without_a_static_twin_is_refused():
    view = {refresh.WIDGET_VIEW: {"model_id": "1f"}, "text/plain": "IntSlider(value=0)"}
    with pytest.raises(ValueError, match="'only' shows a widget that has no static twin"):
        refresh.normalize(executed(new_output("display_data", data=view)))


@pytest.mark.parametrize(
    "line",
    [
        "File \x1b[39m\x1b[32m{}nbhelpers/network.py:12\x1b[39m, in f()",
        "File {}nbhelpers\\network.py:12",
        "File {}site-packages/numpy/core.py:1",
        "File {}python3.12/json/decoder.py:1",
    ],
)
@pytest.mark.parametrize("folder", ["~/lessons/", "/srv/nbhelpers/", "C:\\Users\\me\\", "/x/lib/python3.11/"])
def test_a_stored_traceback_does_not_say_where_the_machine_keeps_its_files(line, folder):
    error = new_output("error", ename="E", evalue="", traceback=[line.format(folder)])
    notebook = executed(error)
    refresh.normalize(notebook)
    assert notebook.cells[0].outputs[0].traceback == [line.format("")]


@pytest.mark.parametrize(
    ("ids", "message"),
    [(["a", None], "cell 1 has no id"), (["a", "b", "a"], "cells 0 and 2 have the same id, 'a'")],
)
def test_a_cell_without_an_id_of_its_own_is_refused(ids, message):
    with pytest.raises(ValueError, match=message):
        refresh.check_ids([{"id": cell_id} if cell_id else {} for cell_id in ids])


# What nbval compares

BUNDLE = {"text/plain": "z = 0", "image/png": PIXEL}


def test_nbval_compares_the_words_of_an_explorer_and_neither_pixels_nor_views(tmp_path):
    stored = [
        BUNDLE,  # the view, with its random id, was taken out
        BUNDLE | {"image/png": base64.b64encode(b"another machine's pixels").decode()},
        BUNDLE | {"text/plain": "z = 1"},
    ]
    cells = [
        new_code_cell(EXPLORER, execution_count=count, outputs=[new_output("display_data", data=bundle)])
        for count, bundle in enumerate(stored, start=1)
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "lesson.ipynb")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")  # this project's settings do not reach here
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-rA"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    verdicts = re.findall(r"^(PASSED|FAILED) .*Cell (\d)", run.stdout, re.MULTILINE)
    assert sorted(verdicts) == [("FAILED", "2"), ("PASSED", "0"), ("PASSED", "1")], run.stdout
    assert "mismatch 'text/plain'" in run.stdout


# The frame of a lesson


def defined_functions(path):
    return [
        name for cell in code_cells(refresh.read(path)) for name in re.findall(r"^def (\w+)", cell.source, re.MULTILINE)
    ]


@every_notebook
def test_no_function_is_defined_twice(path):
    names = defined_functions(path)
    assert len(names) == len(set(names))


@every_notebook
def test_it_opens_with_what_is_to_come_and_ends_with_a_summary(path):
    texts = [cell.source for cell in refresh.read(path).cells if cell.cell_type == "markdown"]
    for part in ("**What you will do.**", "**What you will learn.**", "**What you need.**", "**Time.**"):
        assert part in texts[0]
    assert re.match(rf"# {path.stem[:2]} [A-Z]", texts[0])
    assert texts[-1].startswith("## Summary")
    assert any("## On your own" in text for text in texts)


@every_notebook
def test_the_reader_guesses_at_least_twice_before_something_is_shown(path):
    text = "".join(cell.source for cell in refresh.read(path).cells if cell.cell_type == "markdown")
    assert text.count("**Guess first") >= 2
