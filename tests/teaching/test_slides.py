"""Slides: every one fits its screen, is large enough for the last row, asks nobody, and keeps the answer for later."""

import re
import shutil

import pytest
from deck import CODE_LINES, FIRST_ROWS, _pieces, deck
from reveal import _CACHE, VERSION
from slides import NOTEBOOKS, chosen

from nbhelpers import glossary

STEMS = [path.stem for path in chosen([])]
LIVE = "https://course.example/live/lab/index.html"

# Everything that leaves its slide, in CSS pixels of a 1280 × 720 screen, and the smallest text.
LOOK = """() => {
  const found = { slides: 0, out: [], small: [], long: [], empty: [], silent: [], mixed: [] };
  for (const slide of Reveal.getSlides()) {
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v, 99);
    found.slides += 1;
    for (const element of slide.querySelectorAll(".block, h2, img, pre, table, math")) {
      const box = element.getBoundingClientRect();
      if (box.bottom > 721 || box.right > 1281 || box.left < -1 || box.top < -1) {
        found.out.push([h, v, element.tagName, element.textContent.slice(0, 40)]);
      }
    }
    for (const element of slide.querySelectorAll("p, li, pre, td, th, h2, figcaption, a")) {
      if (element.textContent.trim() && parseFloat(getComputedStyle(element).fontSize) < 23.9) {
        found.small.push([h, v, element.tagName, element.textContent.slice(0, 40)]);
      }
    }
    for (const code of slide.querySelectorAll("pre.code")) {
      if (code.textContent.trim().split("\\n").length > LINES) found.long.push([h, v]);
    }
    if (!slide.querySelector(".block")) found.empty.push([h, v]);
    if (slide.querySelector(".guess") && !slide.querySelector("aside.notes")?.textContent.includes("Expect.")) {
      found.silent.push([h, v]);
    }
    if (slide.querySelector(".block ~ [data-begins]")) found.mixed.push([h, v]);
  }
  return found;
}""".replace("LINES", str(CODE_LINES))


@pytest.fixture(scope="module", autouse=True)
def _reveal():
    if not (_CACHE / VERSION).exists() and shutil.which("npm") is None:
        pytest.skip("npm was not found: reveal.js comes from there")


@pytest.mark.parametrize("stem", STEMS)
def test_every_slide_fits_its_screen(stem, chromium, tmp_path):
    file = tmp_path / f"{stem}.html"
    file.write_text(deck(NOTEBOOKS / f"{stem}.ipynb", LIVE), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=60_000)
    found = page.evaluate(LOOK)
    page.close()
    assert not errors
    assert all(url.startswith(("data:", "blob:", file.as_uri())) for url in asked)
    assert found["slides"] > 5
    assert [found[name] for name in ("out", "small", "long", "empty", "silent", "mixed")] == [[]] * 6


def test_an_explorer_leads_to_the_live_page():
    page = deck(NOTEBOOKS / "03_forward_pass.ipynb", LIVE)
    assert f'href="{LIVE}?path=03_forward_pass.ipynb' in page


def test_each_exercise_begins_a_page_and_its_code_is_for_the_speaker():
    page = deck(NOTEBOOKS / "06_backward_hidden_layers.ipynb", LIVE)
    assert re.findall(r"data-begins><p><strong>(\d)\.", page) == ["1", "2", "3", "4", "5"]
    assert "<pre>q2 = exercises.error_sent_back(" in page
    assert not re.search(r'class="code[^>]*>q2 =', page)
    assert re.search(r'data-begins><pre class="code">case1 = ', deck(NOTEBOOKS / "15_mistakes.ipynb", LIVE))


def test_code_is_cut_at_an_empty_line():
    pieces = list(_pieces("\n".join([*(f"a{k} = 0" for k in range(8)), "", *(f"b{k} = 0" for k in range(9))])))
    assert [piece.splitlines()[0] for piece in pieces] == ["a0 = 0", "b0 = 0"]
    assert max(len(piece.splitlines()) for piece in _pieces("x = 0\n" * 40)) == CODE_LINES


def test_a_table_for_looking_things_up_is_only_begun():
    page = deck(NOTEBOOKS / "16_formula_sheet.ipynb", LIVE)
    (rest,) = re.findall(r"… and (\d+) more in the notebook", page)
    assert int(rest) + FIRST_ROWS == len(glossary.TERMS)


def test_code_that_opens_an_explorer_is_for_the_speaker():
    page = deck(NOTEBOOKS / "03_forward_pass.ipynb", LIVE)
    assert len(re.findall(r"<pre>[^<]*explorers\.forward\(", page)) == 2
    assert not re.search(r'class="code[^>]*>[^<]*explorers\.forward\(', page)


def test_what_code_prints_stands_with_it_and_comes_after_it():
    page = deck(NOTEBOOKS / "09_worked_example.ipynb", LIVE)
    code, output = re.search(
        r'<div><pre class="([^"]*)">dZ2 = Y_hat.*?</pre><pre class="([^"]*)">', page, re.DOTALL
    ).groups()
    assert (code, output) == ("code fragment", "output fragment")
