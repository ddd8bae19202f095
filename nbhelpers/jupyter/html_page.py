"""A notebook as a web page that needs no kernel, no script and no other host: ``jupyter nbconvert --to html``.

Here is the filter that turns Markdown into HTML, with formulas as MathML, which browsers draw by themselves. The
template stands beside it in ``template/``; ``jupyter_config.json`` tells nbconvert to use both.
"""

import re

from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

# Brackets that grow need a mathematical font, which not every machine has: page.css draws them.
_MATRIX = re.compile(r"<mo>&#x0005B;</mo><mtable>(.*?)</mtable><mo>&#x0005D;</mo>")
_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)
_LINKS_TO_NOTEBOOKS = re.compile(r'(href="(?!https?:)[^"#]+)\.ipynb')


@pass_context
def markdown_filter(context, source):
    """Return a cell's Markdown as HTML: `markdown2html`, in the folder of the notebook that is converted."""
    return markdown2html(source, context.get("resources", {}).get("metadata", {}).get("path", ""))


def markdown2html(source, folder=""):
    """Return Markdown as HTML, with MathML in the place of LaTeX and with the pictures in it.

    Parameters
    ----------
    source : str
        Markdown with formulas between dollar signs.
    folder : str
        Where its pictures are looked for.

    Returns
    -------
    str

    Examples
    --------
    >>> markdown2html("a *sum* $z$").startswith("<p>a <em>sum</em> <math ")
    True
    """
    renderer = _Renderer(escape=False, embed_images=True, path=folder)
    page = MarkdownWithMath(renderer=renderer).render(_COMMENTS.sub("", source))
    page = _LINKS_TO_NOTEBOOKS.sub(r"\1.html", page)
    return page.replace("<table>", '<div class="wide" tabindex="0"><table>').replace("</table>", "</table></div>")


def mathml(latex, display):
    """Return a formula as MathML; `display` is ``"inline"`` or ``"block"``."""
    latex = re.sub(r"\{aligned\}", "{align*}", latex)
    latex = re.sub(r"\\\\\[[\w.]+\]", r"\\\\", latex)  # the distance between lines is left to the browser
    return _MATRIX.sub(r'<mtable class="matrix">\1</mtable>', convert(latex, display=display))


class _Renderer(IPythonRenderer):
    def heading(self, text, level, **attributes):
        anchor = re.sub(r"<[^>]+>", "", text).replace(" ", "-")  # as JupyterLab names it
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def inline_math(self, body):
        return mathml(body, "inline")

    def block_math(self, body):
        return f'<div class="wide formula" tabindex="0">{mathml(body, "block")}</div>'

    def block_html(self, html):
        # to embed pictures, nbconvert closes every tag of the piece, and a <details> would end before its contents
        return super().block_html(html) if "<img" in html else html

    multiline_math = latex_environment = block_math
