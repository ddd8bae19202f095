"""A page to read for each notebook: the project's own template in the frame of the site, with its pictures as files."""

import base64
import hashlib
import html
import re
import struct

from nbhelpers.jupyter.html_page import PageExporter

_MAIN = re.compile(r"<main>(.*)</main>", re.DOTALL)
_PICTURE = re.compile(r'<img src="data:image/(png|jpeg|gif|webp);base64,([^"]+)"([^>]*)>')
_LINK = re.compile(r'<a href="([^"#:]*)(#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
_TITLE = re.compile(r"<h1[^>]*>.*?</h1>", re.DOTALL)


def write_lesson(lesson, before, after, out, frame):
    """Write the page of a lesson; return what stands in it, by section, for the search."""
    exported, _ = PageExporter().from_filename(str(lesson.path))
    body = _MAIN.search(exported)[1]
    body = _PICTURE.sub(lambda found: _as_file(found, out / "read" / "pictures"), body)
    body = _with_ways_to_move(body, lesson)
    body = with_links_that_lead_somewhere(body, out / "read", out)
    title = _TITLE.search(body)[0]
    page = frame.lesson(
        lesson=lesson,
        heading=title,
        body=body.replace(title, "", 1),
        sections=[(anchor, _words(text)) for anchor, text in _HEADING.findall(body)],
        before=before,
        after=after,
    )
    (out / lesson.page).write_text(page, encoding="utf-8")
    return _sections(body, lesson)


def with_links_that_lead_somewhere(body, folder, out):
    """Keep the links that lead to a page of the site or to another host; of the others keep the words.

    Links to the code lead to a copy of it, which a browser shows as text.
    """

    def kept(found):
        target, anchor, words = found[1], found[2] or "", found[3]
        if not target or target.partition("?")[0].endswith(".html"):
            return found[0]
        path = (folder / target).resolve()
        code = out / "code" / f"{'/'.join(path.parts[len(out.parts) :])}.txt"
        if code.is_file():
            return f'<a href="../{code.relative_to(out).as_posix()}{anchor}">{words}</a>'
        return words

    return _LINK.sub(kept, body.replace("<pre>", '<pre tabindex="0">'))  # which keys can scroll


def _as_file(found, folder):
    """Write a picture that stands in the page as a file, and say its size, so that nothing jumps when it comes."""
    kind, data, rest = found.groups()
    content = base64.b64decode(data)
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.sha256(content).hexdigest()[:12]}.{kind}"
    path.write_bytes(content)
    if kind == "png" and "height=" not in rest:
        width, height = struct.unpack(">II", content[16:24])
        shown = re.search(r'width="(\d+)"', rest)
        rest += f' height="{round(height * int(shown[1]) / width)}"' if shown else f' width="{width}" height="{height}"'
    return f'<img src="pictures/{path.name}" loading="lazy"{rest}>'


def _with_ways_to_move(body, lesson):
    for cell in lesson.movable:
        start = body.find(f'id="{cell}"')
        end = body.find("</figure>", start)
        link = f"../{html.escape(lesson.live)}#move={cell}"
        way = f'<p class="move"><a href="{link}">Move it <span>in the browser, without installation</span></a></p>'
        if start >= 0 and end >= 0:
            body = body[:end] + way + body[end:]
    return body


def _sections(body, lesson):
    """Yield title, address and words of every section of a page."""
    pieces = re.split(r'(?=<h2 id=")', re.sub(r"<annotation.*?</annotation>", "", body, flags=re.DOTALL))
    for piece in pieces:
        heading = _HEADING.match(piece)
        anchor = f"#{heading[1]}" if heading else ""
        title = _words(heading[2]) if heading else ""
        yield (
            f"{lesson.number} {lesson.title}",
            title,
            lesson.page + anchor,
            _words(piece[heading.end() :] if heading else piece),
        )


def _words(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()
