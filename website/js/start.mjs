// What JupyterLite's kernel imports in the place of pyodide.mjs. Pyodide itself is unchanged; its packages come in one file,
// site-packages.tar.gz, which is fetched while the runtime compiles and put into Python's memory without copying.
// What goes on is told to the page (js/live.js) on a channel.
import { loadPyodide as load } from "./pyodide.mjs";

const SITE = "/lib/python3.14/site-packages";
const channel = globalThis.BroadcastChannel ? new BroadcastChannel("start of python") : null;
const tell = (stage, details) => channel?.postMessage({ stage, ...details });

// What every notebook needs is imported while the page still loads. The kernel comes before matplotlib, which it sets up.
const IMPORTS = [
  "import micropip, piplite.piplite",
  "import numpy",
  "import pyodide_kernel",
  "import nbhelpers, matplotlib.figure, matplotlib.backends.backend_agg",
  "import ipywidgets, anywidget, nbhelpers.explorers.kit.explorer",  // each explorer itself when it is asked for
];
const heard = { stdout: console.log, stderr: console.error };
let begun = null;
let taken = false;

export function begin(options) {
  begun = prepared(options);
  begun.then(importAhead, () => {});
}

export async function loadPyodide({ packages, stdout, stderr, ...options }) {
  taken = true;
  Object.assign(heard, { stdout, stderr });
  if (!begun) begin(options);
  const python = await begun;
  const run = python.runPythonAsync;
  python.runPythonAsync = async (code, ...rest) => {
    const result = await run.call(python, code, ...rest);
    if (code.includes("import pyodide_kernel")) tell("ready");
    return result;
  };
  return python;
}

async function prepared(options) {
  try {
    tell("fetching");
    const bundle = fetched(new URL("site-packages.tar.gz", import.meta.url));
    const output = { stdout: (text) => heard.stdout(text), stderr: (text) => heard.stderr(text) };
    const python = await load({ indexURL: new URL(".", import.meta.url).href, ...options, ...output, packages: [] });
    place(python, await bundle);
    tell("starting");
    return python;
  } catch (error) {
    tell("failed", { why: String(error) });
    throw error;
  }
}

async function importAhead(python) {
  for (const line of IMPORTS) {
    if (taken) return; // from here on the kernel has its own order
    python.runPython(line);
    await new Promise((resume) => setTimeout(resume)); // let the page's messages in
  }
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  const total = Number(answer.headers.get("content-length"));
  let received = 0;
  const counted = new TransformStream({
    transform(piece, out) {
      received += piece.byteLength;
      tell("fetching", { received, total });
      out.enqueue(piece);
    },
  });
  const stream = answer.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export function place({ FS }, archive) {
  const text = new TextDecoder();
  const field = (at, length) => text.decode(archive.subarray(at, at + length)).replace(/\0.*$/s, "");
  const folders = new Set([SITE]);
  for (let at = 0; archive[at]; ) {
    const prefix = field(at + 345, 155);
    const path = `${SITE}/${prefix && prefix + "/"}${field(at, 100)}`;
    const size = parseInt(field(at + 124, 12), 8);
    const [folder, name] = [path.slice(0, path.lastIndexOf("/")), path.slice(path.lastIndexOf("/") + 1)];
    if (!folders.has(folder)) {
      FS.mkdirTree(folder);
      folders.add(folder);
    }
    FS.createDataFile(folder, name, archive.subarray(at + 512, at + 512 + size), true, true, true);
    at += 512 + 512 * Math.ceil(size / 512);
  }
}
