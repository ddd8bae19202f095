"""A notebook as a web page that needs no kernel, no script and no other host.

    jupyter nbconvert --to nbhelpers notebooks/*.ipynb

`PageExporter` is asked for by that name, and is nobody's default. Its template stands beside it in ``template/``; here
is what turns Markdown into HTML, with formulas as MathML, which browsers draw by themselves.
"""

import html
import re
from base64 import b64encode
from itertools import cycle
from pathlib import Path
from unicodedata import normalize
from xml.etree.ElementTree import tostring

from jinja2 import pass_context
from latex2mathml.converter import convert_to_element
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets import default

# The richest kind that a page without scripts can show. A widget stands by its picture, or by the words for it.
KINDS = [
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "text/latex",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "application/javascript",
    "text/plain",
]

# Brackets that grow need a mathematical font, which not every machine has: page.css draws them.
_MATRIX = re.compile(r"<mo>\[</mo><mtable>(.*?)</mtable><mo>\]</mo>")
_ENDS = re.compile(r"(<math (?:(?!</math>).)*</math>)([.,;:?!)]+)")  # a stop never begins a line
_PRIMES = {"\u2032", "\u2033"}
_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)
_LINKS_TO_NOTEBOOKS = re.compile(r'(href="(?!https?:)[^"#]+)\.ipynb')
_COMMAND = re.compile(r"\\[a-zA-Z]")
_LONG = 30  # letters of a formula
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_PHONE = 60  # letters of a table's widest cells, side by side
_HAT = re.compile(r"<mover[^>]*><mi[^>]*>(\w)</mi><mo[^>]*>\^</mo></mover>")
_BESIDE = 25  # letters beside the widest column, which may break its lines
_DELIMITERS = re.compile(r"^\$\$?|\$\$?$|^\\[\[(]|\\[\])]$")


class PageExporter(HTMLExporter):
    """Make a quiet page of a notebook: text, formulas, code and pictures in one file.

    Examples
    --------
    >>> import nbformat.v4 as v4
    >>> page, _ = PageExporter().from_notebook_node(v4.new_notebook(cells=[v4.new_markdown_cell("# A title")]))
    >>> "<title>A title</title>" in page
    True
    """

    export_from_notebook = None  # no entry in the menus of JupyterLab

    @default("template_name")
    def _template_name_default(self):
        return "template"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self):
        return [str(Path(__file__).parent)]

    def default_filters(self):
        """Add what the template needs."""
        yield from super().default_filters()
        yield from {"markdown2html": _in_its_cell, "latex2html": latex2html, "base64": _base64}.items()
        yield "richest_kind", _richest_kind


@pass_context
def _in_its_cell(context, source):
    """Return a cell's Markdown as HTML, with the pictures that are attached to it or lie in the notebook's folder."""
    folder = context.get("resources", {}).get("metadata", {}).get("path", "")
    return markdown2html(source, folder, context.get("cell", {}).get("attachments"))


def markdown2html(source, folder="", attachments=None):
    """Return Markdown as HTML, with MathML in the place of LaTeX and with the pictures in it.

    Parameters
    ----------
    source : str
        Markdown with formulas between dollar signs.
    folder : str
        Where its pictures are looked for.
    attachments : dict, optional
        The pictures that are attached to its cell.

    Returns
    -------
    str

    Examples
    --------
    >>> markdown2html("a *sum* $z$").startswith("<p>a <em>sum</em> <math ")
    True
    """
    renderer = _Renderer(escape=False, embed_images=True, path=folder, attachments=attachments)
    page = MarkdownWithMath(renderer=renderer).render(_COMMENTS.sub("", source))
    page = _ENDS.sub(_with_its_sign, page)
    page = _LINKS_TO_NOTEBOOKS.sub(r"\1.html", page)
    page = page.replace("<pre>", '<pre tabindex="0">')  # what can be scrolled can be reached by key
    page = page.replace("<p><img", '<p tabindex="0"><img')  # on a phone
    return _TABLE.sub(_for_a_phone, page)


def _for_a_phone(found):
    """A table that can be scrolled; one that is wide by its words stands there row by row, with the columns' names."""
    rows = [[_words(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(found[1])]
    widths = [max(map(len, column)) for column in zip(*rows, strict=False)]
    if len(widths) < 3 or sum(widths) <= _PHONE or sum(sorted(widths)[:-1]) <= _BESIDE:
        return f'<div class="wide" tabindex="0">{found[0]}</div>'
    named = cycle(map(html.escape, rows[0]))
    cells = re.sub(r"<td", lambda _: f'<td data-column="{next(named)}"', found[1])
    return f'<div class="wide" tabindex="0"><table class="stacked">{cells}</table></div>'


def _words(markup):
    letters = re.sub(r"<[^>]+>", "", _HAT.sub("\\1\N{COMBINING CIRCUMFLEX ACCENT}", markup))
    return normalize("NFC", html.unescape(letters)).strip()


def _with_its_sign(found):
    """A formula and the comma behind it on one line, unless that would be wider than a phone's."""
    return found[0] if len(_words(found[1])) > _LONG else f'<span class="whole">{found[0]}</span>'


def latex2html(latex):
    """Return an output of LaTeX, a formula with or without its dollar signs, as a block of MathML."""
    formula = latex.strip()
    while formula != (formula := _DELIMITERS.sub("", formula).strip()):
        pass
    return _block(formula)


def mathml(latex, display):
    """Return a formula as MathML, or marked as it was typed where it cannot be read.

    Parameters
    ----------
    latex : str
        Without dollar signs.
    display : {"inline", "block"}

    Returns
    -------
    str

    Examples
    --------
    >>> mathml("a^b^c", "inline")
    '<code class="unread" title="a formula that could not be read">a^b^c</code>'
    """
    prepared = re.sub(r"\{aligned\}", "{align*}", latex)
    prepared = re.sub(r"\\\\\[[\w.]+\]", r"\\\\", prepared)  # the distance between lines is left to the browser
    try:
        formula = convert_to_element(prepared, display=display)
    except Exception:  # the converter has ten exceptions of its own, and raises IndexError and others beside them
        return _unread(latex)
    for element in formula.iter():
        element.text = element.text and html.unescape(element.text)  # the characters; they are escaped below
        for name in {"href", "style"} & set(element.attrib):
            del element.attrib[name]
    for power in list(formula.iter("msup")):
        if power[1].text in _PRIMES:
            power.tag = "mrow"  # a prime is small and high already: raised once more it can hardly be seen
    if any(_COMMAND.search(element.text or "") for element in formula.iter()):
        return _unread(latex)
    return _MATRIX.sub(r'<mtable class="matrix">\1</mtable>', tostring(formula, encoding="unicode"))


def _unread(latex):
    return f'<code class="unread" title="a formula that could not be read">{html.escape(latex)}</code>'


def _block(latex):
    return f'<div class="wide formula" tabindex="0">{mathml(latex, "block")}</div>'


def _richest_kind(data):
    return next((kind for kind in KINDS if kind in data), next(iter(data), ""))


def _base64(text):
    return b64encode(text.encode()).decode()


class _Renderer(IPythonRenderer):
    def heading(self, text, level, **attributes):
        anchor = re.sub(r"<[^>]+>", "", text).replace(" ", "-")  # as JupyterLab names it
        return f'<h{level} id="{html.escape(html.unescape(anchor))}">{text}</h{level}>\n'

    def inline_math(self, body):
        return mathml(body, "inline")

    def block_math(self, body):
        return _block(body)

    def block_html(self, html):
        # to embed pictures, nbconvert closes every tag of the piece, and a <details> would end before its contents
        return super().block_html(html) if "<img" in html else html

    multiline_math = latex_environment = block_math
