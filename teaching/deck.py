"""A notebook as slides: what is to be seen stays on the slide, what is to be said goes into the speaker's notes.

A heading begins a slide. Formulas, tables, pictures, code and what it prints are shown whole. Of a paragraph the first
sentence is shown, because that is where its point stands; the rest is for the speaker. The answer to a guess appears
when the speaker goes on. Where a slide is full, the page itself begins the next one below it (``templates/deck.js``).
"""

import html
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup, NavigableString
from jinja2 import Environment, FileSystemLoader
from lesson.roles import is_exercise, is_explorer
from reveal import reveal
from speaker_notes import notes_by_cell

from nbhelpers.jupyter.html_page import markdown2html

CODE_LINES = 12
"""So many lines of code stand on a slide at the most."""

MOST_ROWS, FIRST_ROWS = 30, 8
"""A table with more rows than these is for looking things up: a slide shows where it begins."""

SHORT = 130
"""A text of so many characters is shown whole."""

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=False)
_SENTENCE = re.compile(r"(?<=[.?!:])\s+(?=[A-ZÀ-Ý“\"(*])")


def deck(path, live):
    """Return the slides of a notebook as one HTML page.

    Parameters
    ----------
    path : pathlib.Path
        An executed notebook.
    live : str
        The address at which notebooks run in the browser, for the pictures of explorers.
    """
    notebook = nbformat.read(path, as_version=4)
    link = f"{live}?path={path.name}"
    slides = list(_slides(notebook.cells, path.parent, link, notes_by_cell(path.stem[:2])))
    title = BeautifulSoup(slides[0][0], "html.parser").get_text()
    files = {name: reveal(name) for name in ("reveal.css", "reveal.js", "plugin/notes.js")}
    return _TEMPLATES.get_template("deck.html.j2").render(title=title, slides=slides, **_inside(files))


def _inside(files):
    """The files of reveal.js by a name that a template can use; nothing in them may end the element around it."""
    return {re.sub(r"\W", "_", name): text.replace("</script", r"<\/script") for name, text in files.items()}


@dataclass
class Block:
    """A piece of a slide, which is not torn apart where it fits a page, and what to say at it."""

    html: str
    notes: list = field(default_factory=list)
    begins: bool = False
    """Whether a new page begins here."""


def _slides(cells, folder, link, teacher):
    """Yield (heading, blocks) for each slide."""
    heading, blocks = "", [Block("")]
    for cell in cells:
        kind = cell.metadata.get("slideshow", {}).get("slide_type", "")
        if kind == "skip":
            continue
        own = []
        for element in _elements(cell, folder, link):
            if element.name in ("h1", "h2", "h3"):
                if heading:
                    yield heading, _told(blocks)
                heading, blocks, own = element.decode_contents(), [Block("")], []
                continue
            if kind == "fragment" and cell.cell_type == "code":  # first the code, then what it prints
                for part in element.find_all("pre", recursive=False) or [element]:
                    part["class"] = [*part.get("class", []), "fragment"]
            shown, rest = _shown(element) if cell.cell_type == "markdown" else ([str(element)], "")
            if kind == "notes":
                shown, rest = [], str(element)
            new = [Block(piece) for piece in shown]
            own, blocks = own + new, blocks + new
            blocks[-1].notes += [rest] if rest else []
        if is_exercise(cell) and own:
            own[0].begins = True
        if _is_for_the_speaker(cell):
            (own + blocks[-1:])[0].notes.append(f"<pre>{html.escape(cell.source)}</pre>")
        if cell.id in teacher:  # what the teacher's notes say of a cell belongs to its question
            asked = [block for block in own if 'class="guess"' in block.html]
            (asked + own + blocks[-1:])[0].notes.append(teacher[cell.id])
    yield heading, _told(blocks)


def _told(blocks):
    """Leave out an empty first block; what is said at it goes to the next."""
    begin, *blocks = blocks
    if not blocks:
        return [begin]
    blocks[0].notes[:0] = begin.notes
    return blocks


def _elements(cell, folder, link):
    page = markdown2html(cell.source, folder) if cell.cell_type == "markdown" else _code(cell, link)
    if number := _drawn(cell):
        page = page.replace("<strong>", f"<strong>{number[1]}. ", 1)
    whole = BeautifulSoup(page, "html.parser")
    for body in whole.find_all("tbody"):
        _cut(body)
    return [e for e in whole.children if not isinstance(e, NavigableString)]


def _cut(body):
    """Leave the first rows of a table that nobody reads as a whole, and say how many more there are."""
    rows = body.find_all("tr", recursive=False)
    if len(rows) > MOST_ROWS:
        for row in rows[FIRST_ROWS:]:
            row.decompose()
        told = f'<tr><td colspan="99">… and {len(rows) - FIRST_ROWS} more in the notebook</td></tr>'
        body.append(BeautifulSoup(told, "html.parser"))


def _shown(element):
    """Return what of a piece of text stands on the slide, as blocks, and what is left to the speaker."""
    if element.name == "details":
        element.summary.decompose()
        answer, rest = _first_sentence(element)
        return [f'<div class="answer fragment">{answer}</div>'], rest
    if element.name == "p" and element.get_text().startswith("Guess"):
        return [f'<p class="guess">{element.decode_contents()}</p>'], ""  # a question is asked in full
    if element.name == "p" and not element.find("img"):
        first, rest = _first_sentence(element)
        return [f'<p class="point">{first}</p>'], f"<p>{rest}</p>" if rest else ""
    if element.name in ("ul", "ol"):
        return _items(element)
    return [str(element)], ""


def _items(element):
    """A list as one block per item, numbered as it was; of each item its first sentences."""
    blocks, notes = [], []
    for number, item in enumerate(element.find_all("li", recursive=False), start=int(element.get("start", 1))):
        first, rest = _first_sentence(item)
        start = f' start="{number}"' if element.name == "ol" else ""
        blocks.append(f"<{element.name}{start}><li>{first}</li></{element.name}>")
        notes += [f"<p>{rest}</p>"] if rest else []
    return blocks, "".join(notes)


def _first_sentence(element):
    """Split the contents of an element after its first sentence; bold words and a question count as part of it."""
    if len(element.get_text()) < SHORT:
        return element.decode_contents().strip(), ""
    parts, rest = [], []
    for child in list(element.children):
        if rest or not isinstance(child, NavigableString) or not _complete(parts, child):
            (rest or parts).append(str(child) if not isinstance(child, NavigableString) else html.escape(child, False))
            continue
        first, *others = _SENTENCE.split(str(child), 1)
        parts.append(html.escape(first, False))
        rest = [html.escape(" ".join(others), False)] if others else []
    return "".join(parts).strip(), "".join(rest).strip()


def _complete(parts, child):
    """Whether a text that follows `parts` may end the first sentence: not where it only continues bold words."""
    begun = BeautifulSoup("".join(parts), "html.parser").get_text().strip()
    return len(begun) + len(str(child)) > 40


def _drawn(cell):
    """The match with the number of an exercise whose code only draws what is asked, else None."""
    return re.search(r"^q(\d+) = exercises\.", cell.source, re.MULTILINE) if is_exercise(cell) else None


def _is_for_the_speaker(cell):
    """Whether code only opens what the slide shows: an explorer, or the text of an exercise."""
    return cell.cell_type == "code" and bool(is_explorer(cell) or _drawn(cell))


def _code(cell, link):
    """A code cell as HTML: its lines, at most `CODE_LINES` in a piece, and its outputs; of an explorer its picture."""
    live = f"{link}#{cell.id}" if is_explorer(cell) else None
    pieces = (
        []
        if _is_for_the_speaker(cell)
        else [f'<pre class="code">{html.escape(piece)}</pre>' for piece in _pieces(cell.source)]
    )
    outputs = list(filter(None, (_output(output, live) for output in cell.outputs)))
    if len(cell.source.splitlines()) <= CODE_LINES and all(output.startswith("<pre") for output in outputs):
        return f"<div>{''.join(pieces + outputs)}</div>"  # what it prints stands below its code
    return "".join(pieces + outputs)


def _pieces(source):
    """Cut code where it is too long for a slide, at an empty line if there is one."""
    lines = source.splitlines()
    while len(lines) > CODE_LINES:
        empty = [k for k in range(2, CODE_LINES + 1) if not lines[k].strip()]
        cut = empty[-1] if empty else CODE_LINES
        yield "\n".join(lines[:cut]).strip("\n")
        lines = lines[cut:]
    if any(line.strip() for line in lines):
        yield "\n".join(lines).strip("\n")


def _output(output, live):
    data = output.get("data", {})
    if "image/png" in data:
        words = html.escape(output.metadata.get("image/png", {}).get("alt", "") or data.get("text/plain", ""))
        picture = f'<img src="data:image/png;base64,{data["image/png"].strip()}" alt="{words}">'
        caption = f'<figcaption><a href="{html.escape(live)}">move it</a></figcaption>' if live else ""
        return f"<figure>{picture}{caption}</figure>"
    if "text/markdown" in data:
        return markdown2html(data["text/markdown"])
    text = output.get("text", data.get("text/plain", "\n".join(output.get("traceback", [])[-1:])))
    return f'<pre class="output">{html.escape(_plain(text))}</pre>' if text else ""


def _plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text).rstrip("\n")
