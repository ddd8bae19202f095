"""A notebook as a web page: formulas without scripts, headings that can be linked to, nothing from elsewhere."""

import html.parser
import re
from pathlib import Path

import nbformat
import pytest

from nbhelpers.jupyter.html_page import PageExporter, latex2html, markdown2html, mathml

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


class Page(html.parser.HTMLParser):
    """The tags of a page with their attributes, and its text outside of code."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self._open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self._open.append(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if not {"pre", "code", "style"} & set(self._open):
            self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def page(request):
    return Page(PageExporter().from_filename(request.param)[0])


def test_it_asks_nobody(page):
    assert not page.all("script")
    assert not page.all("link")
    sources = [attributes.get("src", "") for _, attributes in page.tags]
    assert all(source.startswith("data:image/png;") for source in sources if source)


def test_no_latex_is_left(page):
    text = " ".join(page.words)
    assert not re.search(r"\\[a-z]+|\$|<!--", text)
    assert page.all("math")


def test_it_has_one_title_and_headings_that_can_be_linked_to(page):
    assert len(page.all("h1")) == 1
    assert all(attributes.get("id") for attributes in page.all("h2"))
    assert len(page.all("title")) == 1


def test_every_picture_is_told_in_words(page):
    assert all(len(image["alt"]) > 20 for image in page.all("img"))


def test_every_link_to_a_notebook_leads_to_its_page(page):
    targets = [attributes.get("href", "") for attributes in page.all("a")]
    assert not any(".ipynb" in target for target in targets)


@pytest.mark.parametrize(
    ("latex", "element"),
    [
        (r"\begin{bmatrix} 1 & 2 \end{bmatrix}", '<mtable class="matrix">'),
        (r"\begin{aligned}a &= b \\[4pt] &= c\end{aligned}", '<mtd columnalign="left">'),
        (r"\frac{\partial J}{\partial W}", "<mfrac>"),
        (r"\hat Y", "<mover"),
    ],
)
def test_formulas_become_mathml(latex, element):
    written = mathml(latex, "block")
    assert element in written
    assert "4pt" not in written
    assert "<mi>&</mi>" not in written


def test_a_prime_is_as_large_as_its_letter_and_other_powers_are_small():
    assert "<msup>" not in mathml("f'(g(z)) g'(z)", "inline")
    assert "<msup><mi>z</mi><mn>2</mn></msup>" in mathml("f'(z^2)", "inline")


def test_no_line_begins_with_the_stop_behind_a_formula():
    text = markdown2html("If $z = 1$ and $w$ is large (or $b$), so is $a$.")
    kept = re.findall(r'<span class="whole">(.*?)</span>', text)
    assert [piece.count("<math") for piece in kept] == [1, 1]
    assert [piece.rpartition(">")[2] for piece in kept] == ["),", "."]
    assert "<span" not in markdown2html(f"${'+'.join('abcdefghijklmnopqrstuvwxyz')}$.")  # wider than a phone


def test_a_notebook_without_text_has_its_file_name_as_title():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    body, _ = PageExporter().from_notebook_node(notebook, resources={"metadata": {"name": "mine"}})
    assert "<title>mine</title>" in body


# What comes from a notebook is shown, and cannot act.

EVIL = "\"'><script>alert(1)</script><b onclick='alert(2)'>"
WIDGET = "application/vnd.jupyter.widget-view+json"


def page_of(*cells, **options):
    return Page(PageExporter(**options).from_notebook_node(nbformat.v4.new_notebook(cells=list(cells)))[0])


def shown(data, metadata=None):
    """The page of a notebook with one output."""
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata or {})
    return page_of(nbformat.v4.new_code_cell("1", outputs=[output]))


@pytest.mark.parametrize(
    "page",
    [
        lambda: page_of(nbformat.v4.new_code_cell(EVIL, metadata={"tags": [EVIL]})),
        lambda: page_of(nbformat.v4.new_markdown_cell("x", metadata={"tags": [EVIL]})),
        lambda: page_of(nbformat.v4.new_markdown_cell(f"# A title\n\n$\\text{{{EVIL}}}$ ${EVIL}$ $\\foo {EVIL}$")),
        lambda: page_of(nbformat.v4.new_markdown_cell("$\\href{javascript:alert(1)}{x}$")),
        lambda: page_of(nbformat.v4.new_raw_cell(EVIL)),
        lambda: page_of(nbformat.v4.new_markdown_cell(EVIL), sanitize_html=True),
        lambda: shown({"image/png": EVIL, "text/plain": EVIL}, {"image/png": {"width": EVIL, "alt": EVIL}}),
        lambda: shown({"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'>{EVIL}</b></svg>"}),
        lambda: shown({"text/plain": EVIL}),
        lambda: shown({"text/latex": f"$\\text{{{EVIL}}}$"}),
        lambda: shown({"application/javascript": EVIL}),
        lambda: shown({f"image/{EVIL}": "x"}),
        lambda: shown({EVIL: "x"}),
    ],
)
def test_nothing_of_a_notebook_becomes_live(page):
    page = page()
    assert not page.all("script")
    assert not [about for _, about in page.tags if "onclick" in about or "javascript:" in about.get("href", "")]


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"])
def test_every_kind_of_picture_is_kept(kind):
    (image,) = shown({kind: "QUJD", "text/plain": "words"}, {kind: {"alt": "in words", "width": 30}}).all("img")
    assert image["src"].startswith(f"data:{kind};base64,")
    assert (image["alt"], image["width"]) == ("in words", "30")


@pytest.mark.parametrize("data", [{"image/png": "QUJD"}, {"image/svg+xml": "<svg/>"}])
def test_an_explorer_with_widget_state_keeps_its_picture(data):
    assert shown({WIDGET: {"model_id": "x"}, "text/plain": "words", **data}).all("img")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({WIDGET: {"model_id": "x"}, "text/plain": "IntSlider(value=3)"}, "IntSlider(value=3)"),
        ({"application/javascript": "play()", "text/plain": "<J>"}, "play()"),
        ({"application/x-unknown": "a"}, "application/x-unknown"),
        ({"text/latex": r"$\displaystyle \frac{37}{2}$"}, "37"),
        ({"text/markdown": "a *word* or two"}, "word"),
        ({"text/html": "<p>a line of HTML</p>"}, "a line of HTML"),
    ],
)
def test_what_is_no_picture_is_shown_or_said(data, said):
    output = nbformat.v4.new_output("display_data", data=data)
    cell = nbformat.v4.new_code_cell("1", outputs=[output])
    assert said in PageExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))[0]


@pytest.mark.parametrize("latex", ["x_", "a^b^c", "{", "", r"\left(", r"\begin{bmatrix}1", r"\nosuch{x}", "\\", "&&&"])
def test_a_formula_that_cannot_be_read_is_marked_and_the_rest_is_kept(latex):
    text = f"before ${latex}$ after" if latex else "before $ $ after"
    page = page_of(nbformat.v4.new_markdown_cell(f"# Title\n\n{text}"))
    assert {"before", "after"} <= set(" ".join(page.words).split())
    assert mathml(latex, "inline").startswith(("<code class=", "<math"))


@pytest.mark.parametrize("latex", ["$x$", "$$x$$", r"\[x\]", " $$ x $$ ", r"$\displaystyle x$", "x"])
def test_an_output_of_latex_is_read_with_or_without_its_delimiters(latex):
    assert re.search(r"<mi>x</mi>", latex2html(latex))
    assert "$" not in latex2html(latex)


def test_what_stands_behind_a_guess_is_folded():
    cover = nbformat.v4.new_output("display_data")  # as a stored notebook has it: nothing, before what is to be guessed
    output = nbformat.v4.new_output("stream", text="seven\n")
    cells = [
        nbformat.v4.new_code_cell(f"f({k})", metadata={"tags": tags}, outputs=[cover, output])
        for k, tags in enumerate([[], ["behind-guess"]])
    ]
    cells.append(nbformat.v4.new_markdown_cell("<details><summary>Answer</summary>\n\nIt is *seven*.\n\n</details>"))
    text = PageExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))[0]
    open_, folded, answer = text.split("<section")[1:]
    assert "<details" not in open_
    assert "cannot show" not in text
    assert re.search(r"</pre>.*<details[^>]*><summary>.*seven.*</details>", folded, re.DOTALL)  # its code stays open
    assert re.search(r"<details><summary>Answer</summary>\s*<p>It is <em>seven</em>\.</p>\s*</details>", answer)


def test_a_table_of_wide_rows_names_each_column_in_its_cells_for_a_phone():
    words = "a sentence that is far too wide for the screen of a phone"
    header = "| what was computed here | $\\hat y$ < `y` | why |\n|---|---|---|"
    page = Page(markdown2html(f"{header}\n| a | 1 | {words} |\n| b | 2 | |"))
    assert page.all("table") == [{"class": "stacked"}]
    columns = [cell["data-column"] for cell in page.all("td")]
    assert columns == ["what was computed here", "ŷ < y", "why"] * 2
    two, short = f"| a | {words} |\n|---|---|\n| 1 | 2 |", f"| a | b | {words} |\n|---|---|---|\n| 1 | 2 | 3 |"
    for plain in (two, short, "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |", "<table></table>"):
        assert "stacked" not in markdown2html(plain)
