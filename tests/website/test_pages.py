"""The front page and all pages to read: on a phone and on a desk, light and dark, with and without scripts."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
PAGES = ["index.html", "glossary.html", "teachers.html", *(f"read/{path.stem}.html" for path in NOTEBOOKS)]
ALL_BUT_FORMULAS = {"exclude": [["math"]]}  # they take most of the time, and axe has no rules for them
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa"]}
every_page = pytest.mark.parametrize("name", PAGES)


LENGTHS_OF_LINES = """() => {
  const plain = (p) => p.textContent.length > 200 && !p.querySelector("math") && !p.closest("table, figure");
  const lines = (p) => {
    const range = document.createRange();
    range.selectNodeContents(p);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.bottom / 12))).size;
  };
  return [...document.querySelectorAll("main p")].filter(plain).map((p) => p.textContent.length / lines(p)); }"""


BEGIN_A_LINE = """() => [...document.querySelectorAll("main math")].map((formula) => {
  const after = formula.nextSibling;
  if (after?.nodeType !== Node.TEXT_NODE || !/^[.,;:!?)]/.test(after.data)) return "";
  const sign = document.createRange();
  sign.setStart(after, 0);
  sign.setEnd(after, 1);
  const isBelow = sign.getBoundingClientRect().left < formula.getBoundingClientRect().right - 4;
  const isLong = formula.textContent.length > 30;  // fills a line of a phone
  return isBelow && !isLong ? formula.parentNode.textContent.slice(0, 80) : ""; }).filter(Boolean)"""


class Seen:
    """A page in Chromium, and what happened while it was open."""

    def __init__(self, chromium, url, width=1280, **options):
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        self.page = self.context.new_page()
        self.complaints, self.requests = [], []
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("response", lambda answer: answer.status >= 400 and self.complaints.append(answer.url))
        self.page.goto(url)

    def close(self):
        self.context.close()


@pytest.fixture
def opened(chromium, address):
    pages = []

    def open_page(name, **options):
        pages.append(Seen(chromium, address + name, **options))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()


@every_page
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")], ids=["desk", "phone in the dark"])
def test_a_page_is_sound(opened, address, name, width, scheme):
    seen = opened(name, width=width, color_scheme=scheme)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith((address, "data:")) for url in seen.requests)
    assert seen.page.evaluate(BEGIN_A_LINE) == []  # signs that belong behind a formula
    report = Axe().run(seen.page, context=ALL_BUT_FORMULAS, options=RULES)
    found = [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in report.response["violations"]]
    assert not found
    assert not seen.complaints


@every_page
def test_prose_is_not_wide(opened, name):
    """At most about 75 characters of the text's own letters stand in a line."""
    lengths = opened(name).page.evaluate(LENGTHS_OF_LINES)
    assert max(lengths, default=0) <= 80


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.targets, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors |= {attributes[name] for name in ("id", "name") if attributes.get(name)}
        self.targets += [attributes[name] for name in ("href", "src") if attributes.get(name)]


def test_every_link_leads_somewhere(site):
    pages = {
        path: Links(path.read_text(encoding="utf-8")) for path in [*site.glob("*.html"), *site.glob("read/*.html")]
    }
    assert {path.relative_to(site).as_posix() for path in pages} == set(PAGES)
    lost = []
    for path, links in pages.items():
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme in ("http", "https", "data"):
                continue
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            right = there.exists() and (there not in pages or not anchor or anchor in pages[there].anchors)
            lost += [] if right else [f"{path.name}: {target}"]
    assert not lost


def test_every_notebook_can_be_read_and_run_from_the_front_page(site):
    front = (site / "index.html").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        assert f'href="read/{path.stem}.html"' in front
        assert f'href="live/notebooks/index.html?path={path.name}"' in front
        assert (site / "live" / "files" / path.name).is_file()
    assert len(re.findall(r"\d+ min<", front)) == len(NOTEBOOKS)


def test_a_picture_that_can_be_moved_leads_to_its_cell(site):
    for path in NOTEBOOKS:
        page = (site / "read" / f"{path.stem}.html").read_text(encoding="utf-8")
        for notebook, cell in re.findall(r"path=(\w+\.ipynb)#move=([\w-]+)", page):
            assert notebook == path.name
            assert f'"id": "{cell}"' in (site / "live" / "files" / notebook).read_text(encoding="utf-8")
    assert "#move=move-a-unit" in (site / "read" / "00_start_here.html").read_text(encoding="utf-8")


def test_pages_are_whole_without_scripts(opened):
    page = opened("read/03_forward_pass.html", java_script_enabled=False).page
    assert page.locator("h2").count() > 5
    assert page.locator("form.search").is_hidden()


def test_the_picture_on_the_front_page_moves(opened):
    seen = opened("index.html")
    slider = seen.page.get_by_label("Move one weight")
    assert "weight 0.7 → prediction 0.777" in seen.page.locator("output").inner_text()
    slider.focus()
    seen.page.keyboard.press("Home")
    assert "weight -3.3 → prediction 0.12" in seen.page.locator("output").inner_text()
    assert seen.page.locator("figure.moving img").get_attribute("src").endswith("/0.webp")
    assert not seen.complaints


def test_the_search_finds_a_section_and_leads_there(opened, address):
    seen = opened("read/03_forward_pass.html", width=390)
    seen.page.get_by_label("Search all pages").fill("handwritten digits")
    first = seen.page.locator(".found a").first
    first.wait_for()
    target = urljoin(seen.page.url, first.get_attribute("href"))
    assert target.startswith(address + "read/11")
    first.click()
    seen.page.wait_for_url(target)
    assert not seen.complaints


def test_formulas_have_a_font(opened):
    page = opened("read/05_backward_output_layer.html").page
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"STIX Two Math\"'))")
