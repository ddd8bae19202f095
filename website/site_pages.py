"""All pages that need no Python in the browser: the front page, the lessons, the glossary, the page for teachers."""

import json
import re
import shutil
from pathlib import Path

import jinja2
from course import lessons, parts
from moving_picture import SIZE, START, write_frames
from reading import with_links_that_lead_somewhere, write_lesson

from nbhelpers import glossary
from nbhelpers.jupyter.html_page import markdown2html

HERE = Path(__file__).parent
_ON_THE_PAGE = re.compile(r"\]\((\w+)\.md(?:#[\w-]*)?\)")  # a link from one of the teachers' texts to another
PAGE_CSS = Path("nbhelpers") / "jupyter" / "template" / "page.css"  # how a notebook looks as a page


class Frame:
    """The templates, filled in: ``frame.lesson(...)`` is the text of the page of a lesson."""

    def __init__(self):
        loader = jinja2.FileSystemLoader(HERE / "templates")
        self._templates = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)

    def __getattr__(self, name):
        return lambda **values: self._templates.get_template(f"{name}.html.j2").render(
            up="../" * (name == "lesson"), **values
        )


def build_pages(out, root, fetched):
    """Write everything but ``live/`` into the folder `out`."""
    frame, found = Frame(), lessons(root)
    (out / "read").mkdir(parents=True)
    _copy_what_pages_need(out, root, fetched)
    sections = []
    for before, lesson, after in zip([None, *found], found, [*found[1:], None], strict=False):
        sections += write_lesson(lesson, before, after, out, frame)
    _write_search(out, sections)
    frames = write_frames(out / "pictures" / "moving")
    front = frame.index(parts=parts(found), frames=json.dumps(frames), start=START, first=frames[START], size=SIZE)
    (out / "index.html").write_text(front, encoding="utf-8")
    (out / "glossary.html").write_text(frame.glossary(terms=_terms(found)), encoding="utf-8")
    (out / "teachers.html").write_text(frame.teachers(**_for_teachers(root, out)), encoding="utf-8")


def _copy_what_pages_need(out, root, fetched):
    shutil.copytree(HERE / "css", out / "css", ignore=shutil.ignore_patterns("live.css"))
    shutil.copy(root / PAGE_CSS, out / "css" / "page.css")
    shutil.copytree(HERE / "js", out / "js", ignore=shutil.ignore_patterns("*.mjs", "live.js"))
    (out / "fonts").mkdir()
    (font,) = (fetched.font / "files").glob("*.woff2")
    shutil.copy(font, out / "fonts" / "math.woff2")
    shutil.copy(fetched.font / "LICENSE", out / "fonts" / "LICENSE.txt")
    for path in (root / "nbhelpers").rglob("*.py"):
        copied = out / "code" / f"{path.relative_to(root)}.txt"
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copied)


def _write_search(out, sections):
    """The words of all pages as a script, so that the search works from a folder as well, without any server."""
    rows = json.dumps([list(section) for section in sections], ensure_ascii=False)
    (out / "js" / "words.js").write_text(f"window.WORDS = {rows};\n", encoding="utf-8")


def _terms(found):
    by_number = {lesson.number: lesson for lesson in found}
    terms = sorted(glossary.TERMS, key=lambda term: term.name.lower())
    return [(term, markdown2html(term.sentence), by_number.get(term.notebook)) for term in terms]


def _for_teachers(root, out):
    """The timings from the notebooks' README, and every page of teaching/."""
    readme = (root / "notebooks" / "README.md").read_text(encoding="utf-8")
    chapter = readme.partition("## For a class")[2].partition("\n## ")[0]
    pages = sorted((root / "teaching").glob("*.md"), key=lambda path: (path.stem != "README", path.stem))
    texts = [_text_for_teachers(path, out) for path in pages]
    return {"plans": _markdown(chapter, out), "texts": texts}


def _text_for_teachers(path, out):
    """Its anchor, its title and its body; the page has a heading of its own, and these stand below it."""
    title, _, source = path.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
    title = "What there is beside the notebooks" if path.stem == "README" else title
    return path.stem, title, _markdown(_ON_THE_PAGE.sub(r"](#\1)", source), out)


def _markdown(text, out):
    return with_links_that_lead_somewhere(markdown2html(text), out, out)
