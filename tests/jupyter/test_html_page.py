"""A notebook as a web page: formulas without scripts, headings that can be linked to, nothing from elsewhere."""

import html.parser
import re
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from traitlets.config import Config

from nbhelpers.jupyter.html_page import markdown_filter, mathml

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def exporter():
    """Return what ``jupyter nbconvert --to html`` uses, with the settings of the working tree."""
    settings = Config({"HTMLExporter": {"filters": {"markdown2html": markdown_filter}}})
    folder = str(ROOT / "nbhelpers" / "jupyter")
    return HTMLExporter(config=settings, template_name="template", extra_template_basedirs=[folder])


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
    return Page(exporter().from_filename(request.param)[0])


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


def test_the_stock_command_uses_this_template():
    settings = (ROOT / "nbhelpers" / "jupyter" / "jupyter_config.json").read_text()
    assert '"template_name": "nbhelpers"' in settings
    assert '"nbhelpers.jupyter.html_page.markdown_filter"' in settings


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


def test_a_notebook_without_text_has_its_file_name_as_title():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    body, _ = exporter().from_notebook_node(notebook, resources={"metadata": {"name": "mine"}})
    assert "<title>mine</title>" in body


def test_what_stands_behind_a_guess_is_folded():
    output = nbformat.v4.new_output("stream", text="seven\n")
    cells = [
        nbformat.v4.new_code_cell(f"f({k})", metadata={"tags": tags}, outputs=[output])
        for k, tags in enumerate([[], ["behind-guess"]])
    ]
    cells.append(nbformat.v4.new_markdown_cell("<details><summary>Answer</summary>\n\nIt is *seven*.\n\n</details>"))
    text = exporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))[0]
    shown, folded, answer = text.split("<section")[1:]
    assert "<details" not in shown
    assert re.search(r"</pre>.*<details[^>]*><summary>.*seven.*</details>", folded, re.DOTALL)  # its code stays open
    assert re.search(r"<details><summary>Answer</summary>\s*<p>It is <em>seven</em>\.</p>\s*</details>", answer)
