"""The notebooks alive, in Chromium: the stored texts, a control that moves its picture, work that is kept and saved.

The weekly workflow runs them all (``-m weekly``); here run a few that stand for the others.
"""

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
FEW = ("00", "06", "10", "14", "16")
PATIENCE = 240_000  # milliseconds, for a whole notebook on a busy machine
IS_OPEN = """() => {
  const context = window.jupyterapp?.shell.currentWidget?.context;
  return context?.isReady && context.sessionContext.session?.kernel; }"""
RUN_ALL = """async () => {
  await window.jupyterapp.commands.execute("notebook:clear-all-cell-outputs").catch(() => null);
  return await window.jupyterapp.commands.execute("notebook:run-all-cells"); }"""
CELLS = """() => [...window.jupyterapp.shell.currentWidget.context.model.toJSON().cells]
  .filter((cell) => cell.cell_type === "code")"""
TEXTS = ("text/plain", "text/markdown", "text/html", "text/latex")
# Where the text has to differ: 00 says what is installed, and here less is needed.
DIFFERS = {("00_start_here", "installation")}


def new_context(chromium):
    return chromium.new_context(viewport={"width": 1280, "height": 1600}, accept_downloads=True)


@pytest.fixture(scope="module")
def visitor(chromium):
    """Somebody who has been here before: what the browser loaded and compiled for one notebook serves the next."""
    context = new_context(chromium)
    yield context
    context.close()


class Live:
    """A notebook of the site in Chromium, and what happened while it was open."""

    def __init__(self, chromium, address, query, context=None):
        self.context = context or new_context(chromium)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", lambda answer: answer.status >= 400 and self.complaints.append(answer.url))
        self.page.goto(f"{address}live/notebooks/index.html?path={query}", wait_until="domcontentloaded")
        self.page.wait_for_function(IS_OPEN)

    def asked_outside(self, address):
        host = "/".join(address.split("/")[:3])  # the service worker answers for the host
        return [url for url in self.requests if not url.startswith((host, "data:", "blob:"))]


def joined(text):
    return "".join(text) if isinstance(text, list) else text


def told(cell):
    """What the outputs of a cell say, in order; pieces of one stream are joined."""
    said = []
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            if said and said[-1][0] == output["name"]:
                said[-1][1] += joined(output["text"])
            else:
                said.append([output["name"], joined(output["text"])])
        elif output["output_type"] == "error":
            said.append(["error", f"{output['ename']}: {output['evalue']}"])
        else:
            said += [[kind, joined(output["data"][kind])] for kind in TEXTS if kind in output["data"]]
    return said


def stored(path):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def differences(path, cells):
    pairs = zip(stored(path), cells, strict=True)
    return [
        (was["id"], told(was), told(now))
        for was, now in pairs
        if told(was) != told(now) and (path.stem, was["id"]) not in DIFFERS
    ]


def mark(path):
    return path if path.stem[:2] in FEW else pytest.param(path, marks=pytest.mark.weekly)


@pytest.mark.parametrize("path", [mark(path) for path in NOTEBOOKS], ids=lambda path: path.stem)
def test_a_notebook_says_what_is_stored(chromium, address, visitor, path):
    live = Live(chromium, address, path.name, visitor)
    assert live.page.evaluate(RUN_ALL)
    live.page.wait_for_function(f"({CELLS})().every((cell) => cell.execution_count)")
    live.page.wait_for_timeout(500)
    cells = live.page.evaluate(CELLS)
    assert not differences(path, cells)
    assert not live.asked_outside(address)
    assert not live.complaints
    live.page.close()


def test_a_link_leads_to_a_picture_that_moves(chromium, address):
    live = Live(chromium, address, "00_start_here.ipynb#move=move-a-unit")
    explorer = live.page.locator(".nbh-explorer")
    live.page.wait_for_function("() => document.querySelector('.nbh-image')?.naturalWidth > 50")
    before = explorer.locator("figcaption").inner_text()
    explorer.get_by_role("slider").first.focus()
    live.page.keyboard.press("PageUp")
    changed = "(said) => document.querySelector('.nbh-explorer figcaption').innerText !== said"
    live.page.wait_for_function(changed, arg=before)
    assert not live.asked_outside(address)
    live.context.close()


def test_work_is_kept_and_can_be_downloaded(chromium, address, tmp_path):
    name = "03_forward_pass.ipynb"  # that was not run yet
    live = Live(chromium, address, name)
    # stored outputs are there before any cell is run; the page draws one cell after the other
    live.page.wait_for_function("() => document.querySelector('.jp-OutputArea-output')?.textContent")
    edit = """() => {
      const cells = window.jupyterapp.shell.currentWidget.content.widgets;
      cells.find((cell) => cell.model.type === "code").model.sharedModel.setSource("my_own_work = 42"); }"""
    live.page.evaluate(edit)
    live.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    live.page.reload(wait_until="domcontentloaded")
    live.page.wait_for_function(IS_OPEN)
    assert any("my_own_work" in joined(cell["source"]) for cell in live.page.evaluate(CELLS))
    with live.page.expect_download() as download:
        live.page.get_by_role("button", name="Download my work").click()
    download.value.save_as(tmp_path / "mine.ipynb")
    assert "my_own_work = 42" in (tmp_path / "mine.ipynb").read_text(encoding="utf-8")
    assert download.value.suggested_filename == name
    # a newer version of the site: the edited notebook stays, and the new one is offered beside it
    live.page.evaluate("() => Object.keys(localStorage).forEach((key) => localStorage.setItem(key, 'an older one'))")
    live.page.reload(wait_until="domcontentloaded")
    live.page.get_by_text("The site has a newer version of this notebook").wait_for()
    with live.context.expect_page() as beside:
        live.page.get_by_role("button", name="Open the newer one beside it").click()
    beside.value.set_default_timeout(PATIENCE)
    beside.value.wait_for_function(IS_OPEN)
    assert not any("my_own_work" in joined(cell["source"]) for cell in beside.value.evaluate(CELLS))
    assert any("my_own_work" in joined(cell["source"]) for cell in live.page.evaluate(CELLS))
    live.context.close()


@pytest.fixture
def opened(chromium, address):
    """Opens 00 as a browser does that lacks something, and does not wait for Python."""
    contexts = []

    def open_page(lacking="", without="**/nothing", **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        context.add_init_script(lacking)
        context.route(without, lambda route: route.abort())
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}live/notebooks/index.html?path=00_start_here.ipynb", wait_until="domcontentloaded")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("early.mjs", "Python could not be started. Is this device connected"),
        ("pyodide.asm.wasm", "A part of the page could not be loaded. Is this device connected?"),
        ("packages.tar.zst", "A part of the page could not be loaded. Is this device connected?"),
    ],
)
def test_the_page_says_when_python_cannot_come(opened, address, missing, words):
    page = opened(without=f"**/{missing}")
    page.get_by_text(words).wait_for()
    page.get_by_role("button", name="Try again").wait_for()
    link = page.get_by_role("link", name="Read the page instead")
    assert link.get_attribute("href") == f"{address}read/00_start_here.html"


@pytest.mark.parametrize("lacking", ["delete WebAssembly.Exception", "delete window.BroadcastChannel"])
def test_an_old_browser_is_told_so(opened, lacking):
    opened(lacking).get_by_text("This browser is too old to run Python").wait_for()


# What a worker would say is said to the page; `channel` is the name of the one that it listens to.
NO_SERVICE_WORKER = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });"
NAME_OF_CHANNEL = """window.BroadcastChannel = class extends BroadcastChannel {
  constructor(name) { super(name); if (name.startsWith("start of python")) window.channel ??= name; } }"""
TELL = "([name, stage]) => new BroadcastChannel(name ?? window.channel).postMessage({ stage })"


def test_without_a_service_worker_the_page_says_what_is_missing(opened):
    page = opened(NO_SERVICE_WORKER + NAME_OF_CHANNEL)
    page.evaluate(TELL, [None, "ready"])
    page.get_by_text("Files and input() do not work here").wait_for()


def test_another_tab_that_fails_is_not_this_one(opened):
    page = opened(NAME_OF_CHANNEL)
    page.evaluate(TELL, ["start of python 0.123", "failed"])
    page.wait_for_timeout(300)
    assert not page.get_by_text("Python could not be started").count()
    page.evaluate(TELL, [None, "failed"])
    page.get_by_text("Python could not be started").wait_for()


def test_without_scripts_the_page_says_what_it_needs(opened, address):
    page = opened(java_script_enabled=False)
    page.get_by_text("This page needs scripts").wait_for()
    page.get_by_role("link", name="Read the course instead").click()
    page.wait_for_url(f"{address}index.html")
