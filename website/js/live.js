// Beside JupyterLite: Python is begun early, the page says what it waits for, work can be downloaded, a link can lead to a
// cell that is then run, and a newer version of an edited notebook is offered. It uses `window.jupyterapp`, nothing else.
(() => {
  const live = new URL(".", document.currentScript.src);
  const here = new URL("..", live);
  const name = new URLSearchParams(location.search).get("path");
  const notebook = location.pathname.includes("/notebooks/") && name?.endsWith(".ipynb") ? name : null;
  const move = new URLSearchParams(location.hash.slice(1)).get("move");

  // Python's early start

  let stage = "opening";
  const ours = String(Math.random()); // the workers of this page are named so: another tab's are not its business
  let early = null;
  const able = window.WebAssembly?.Exception && window.TransformStream && window.BroadcastChannel;
  if (notebook && able && !window.crossOriginIsolated) {
    const Plain = window.Worker;
    early = new Plain(new URL("static/pyodide/early.mjs", live), { type: "module", name: ours });
    early.addEventListener("error", () => stage === "opening" && fail(UNKNOWN));
    window.Worker = class extends Plain {
      constructor(url, options) {
        const ofKernel = String(url).includes("/comlink.worker.");
        if (early && ofKernel) {
          const begun = early;
          early = null;
          return begun;
        }
        super(url, ofKernel ? { ...options, name: ours } : options);
      }
    };
  }

  // What the page says

  const SAYINGS = {
    opening: "Opening the notebook …",
    fetching: "Loading Python …",
    starting: "Starting Python …",
    moving: "Running the cells up to the picture …",
    ready: "Python is ready. Click on a cell and press Shift+Enter.",
  };
  const OLD = "This browser is too old to run Python. Chrome or Edge from 2021, Firefox from 2023 or Safari from 2023 can.";
  const CUT = "A part of the page could not be loaded. Is this device connected? Nothing that you did is lost.";
  const UNKNOWN = "Python could not be started. Is this device connected, and is the browser from the last few years?";
  const LACKING = navigator.serviceWorker ? "" : " Files and input() do not work here: browsers allow them at an https address only.";
  const reading = notebook ? new URL(`read/${notebook.replace(".ipynb", ".html")}`, here).href : here.href;
  let failure, box, saying, heardAt = Date.now();

  function show(next, details = {}) {
    if (stage === "ready" && next !== "failed" && next !== "moving") return;
    stage = next;
    heardAt = Date.now();
    const { received, total } = details;
    const share = received ? `${(received / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB` : "";
    say(next === "fetching" && share ? `Loading Python: ${share}` : SAYINGS[next] + (next === "ready" ? LACKING : ""));
    box?.classList.toggle("waiting", next !== "ready");
    if (next === "ready" && !LACKING) setTimeout(() => stage === "ready" && say(""), 12000);
  }

  function say(words) {
    if (saying && saying.textContent !== words) saying.textContent = words;
  }

  function fail(words) {
    stage = "failed";
    failure = words;
    if (!box) return; // the page is still coming: build() says it
    box.classList.add("failed");
    box.classList.remove("waiting");
    saying.textContent = `${words} `;
    const again = Object.assign(document.createElement("button"), { textContent: "Try again" });
    again.addEventListener("click", () => location.reload());
    const page = Object.assign(document.createElement("a"), { href: reading, textContent: "Read the page instead" });
    saying.append(again, " ", page);
  }

  function build() {
    box = document.querySelector("aside.course"); // until now it said what the page needs
    box.replaceChildren();
    box.classList.add("waiting");
    saying = document.createElement("p");
    saying.setAttribute("role", "status");
    const page = Object.assign(document.createElement("a"), { href: reading, textContent: notebook ? "Page to read" : "The course" });
    box.append(saying, page);
    if (notebook) {
      const download = Object.assign(document.createElement("button"), { textContent: "Download my work", disabled: true });
      download.className = "download";
      download.addEventListener("click", downloadWork);
      box.append(download);
    }
    if (!notebook) return;
    if (!able) fail(OLD);
    else if (failure) fail(failure);
    else say(SAYINGS[stage]);
  }

  if (able) {
    new BroadcastChannel(`start of python ${ours}`).addEventListener("message", ({ data }) => {
      if (data.stage === "failed") fail(data.cut ? CUT : `${UNKNOWN} (${data.why})`);
      else if (stage !== "failed") show(data.stage, data);
    });
  }
  window.addEventListener("error", ({ target }) => target?.tagName === "SCRIPT" && fail(CUT), true);
  setInterval(() => {
    const slow = Date.now() - heardAt > 30000 && ["opening", "fetching", "starting"].includes(stage);
    if (slow) say(`${SAYINGS[stage]} This takes longer than usual. Reloading the page loses nothing.`);
  }, 5000);

  // The notebook

  const current = () => window.jupyterapp?.shell.currentWidget;
  const sources = (book) => JSON.stringify(book.cells.map((cell) => [cell.cell_type, [cell.source].flat().join("")]));

  async function opened() {
    while (!current()?.context?.isReady || !current().content?.widgets) await new Promise((resume) => setTimeout(resume, 100));
    return current();
  }

  async function downloadWork() {
    const panel = current();
    await window.jupyterapp.commands.execute("docmanager:save");
    const file = new Blob([JSON.stringify(panel.context.model.toJSON(), null, 1)], { type: "application/x-ipynb+json" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: panel.context.path });
    link.click();
    URL.revokeObjectURL(link.href);
    say(`${panel.context.path} was saved as a file. To go on elsewhere, put it into a JupyterLab, or into the site's file list.`);
  }

  async function runUpTo(panel, id) {
    const place = panel.content.widgets.findIndex((cell) => cell.model.id === id);
    if (place < 0) return;
    while (!panel.context.sessionContext.session?.kernel) await new Promise((resume) => setTimeout(resume, 100));
    show("moving");
    panel.content.activeCellIndex = place;
    await window.jupyterapp.commands.execute("notebook:run-all-above");
    await window.jupyterapp.commands.execute("notebook:run-cell");
    await panel.content.scrollToItem(place, "start").catch(() => null);
    stage = "starting";
    show("ready");
    say("Move the picture: every control changes it.");
  }

  // An edited notebook hides what the site has. Which version the editing began with is remembered; a newer one is offered.
  async function offerNewer(panel) {
    const answer = await fetch(new URL(`files/${name}`, live), { cache: "no-cache" }).catch(() => null);
    if (!answer?.ok) return;
    const theirs = await answer.json();
    const [mine, newest, key] = [sources(panel.context.model.toJSON()), hashed(sources(theirs)), `version of ${live.pathname}${name}`];
    const base = localStorage.getItem(key);
    if (mine === sources(theirs) || !base) return localStorage.setItem(key, newest);
    if (base === newest) return;
    const note = document.createElement("p");
    note.className = "newer";
    note.textContent = "The site has a newer version of this notebook. Yours stays as it is. ";
    const open = Object.assign(document.createElement("button"), { textContent: "Open the newer one beside it" });
    open.addEventListener("click", async () => {
      const beside = name.replace(".ipynb", `_newer_${newest}.ipynb`);
      await window.jupyterapp.serviceManager.contents.save(beside, { type: "notebook", format: "json", content: theirs });
      window.open(`?path=${beside}`, "_blank");
    });
    const enough = Object.assign(document.createElement("button"), { textContent: "Not now" });
    enough.addEventListener("click", () => note.remove());
    note.append(open, " ", enough);
    box.prepend(note);
  }

  function hashed(text) {
    let sum = 0;
    for (let k = 0; k < text.length; k++) sum = (Math.imul(sum, 31) + text.charCodeAt(k)) | 0;
    return (sum >>> 0).toString(36);
  }

  document.addEventListener("DOMContentLoaded", async () => {
    build();
    if (!notebook || !able) return;
    const panel = await opened();
    if (stage === "opening") show("fetching");
    box.querySelector(".download").disabled = false;
    offerNewer(panel);
    if (move) runUpTo(panel, move);
  });
})();
