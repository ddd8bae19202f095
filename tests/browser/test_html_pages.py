"""The notebooks as web pages, in a browser: nothing serious for axe, no request, and nothing wider than the page."""

import nbformat.v4 as v4
import pytest
from axe_playwright_python.sync_playwright import Axe
from test_html_page import NOTEBOOKS

from nbhelpers.jupyter.html_page import PageExporter

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)

# Pictures whose words are too small to read: they are scrolled instead of shrunk.
TOO_SMALL = """() => [...document.images].filter((image) =>
  image.width < Math.min(600, image.getAttribute("width") ?? image.naturalWidth)).map((image) => image.alt)"""


@pytest.fixture
def opened(chromium, path, tmp_path):
    """The page of a notebook, opened as a file, with what it asked for."""
    file = tmp_path / f"{path.stem}.html"
    file.write_text(PageExporter().from_filename(path)[0], encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1000, "height": 900})
    page.requested = []
    page.on("request", lambda request: page.requested.append(request.url))
    page.goto(file.as_uri())
    yield page
    page.close()


@every_notebook
def test_a_page_is_accessible_asks_nobody_and_fits(opened, path):
    violations = Axe().run(opened).response["violations"]
    serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in violations if v["impact"] in ("serious", "critical")]
    assert not serious
    assert not [url for url in opened.requested if not url.startswith(("file:", "data:"))]
    assert opened.evaluate("document.documentElement.scrollWidth") <= 1000
    opened.set_viewport_size({"width": 390, "height": 844})  # a phone
    opened.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    assert not opened.evaluate(TOO_SMALL)


def test_html_of_a_notebook_is_shown_and_cannot_act(chromium, tmp_path):
    evil = """<script>document.title = "acted"</script><img src="none" alt="" onerror="document.title = 'acted'">
        <button onclick="document.title = 'acted'">a</button><a href="javascript:document.title = 'acted'">b</a>"""
    cells = [v4.new_code_cell("1", outputs=[v4.new_output("display_data", {"text/html": evil})])]
    cells.append(v4.new_markdown_cell("""<button onclick="document.title = 'acted'">c</button>"""))
    file = tmp_path / "page.html"
    file.write_text(PageExporter().from_notebook_node(v4.new_notebook(cells=cells))[0], encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    title = page.title()
    for place in (*page.get_by_role("button").all(), *page.get_by_role("link").all()):
        place.click()
    assert page.title() == title != "acted"
    assert page.get_by_role("button").count() == 2
    page.close()
