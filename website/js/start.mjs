// What JupyterLite's kernel imports in the place of pyodide.mjs. Pyodide itself is unchanged; its packages come in two archives,
// which are fetched while the runtime compiles and put into Python's memory without copying.
// What goes on is told to the page (js/live.js) on a channel.
import { decompress } from "./fzstd.mjs";
import { loadPyodide as load } from "./pyodide.mjs";

const SITE = "/lib/python3.14/site-packages";
const channel = globalThis.BroadcastChannel ? new BroadcastChannel(`start of python ${globalThis.name}`) : null;
const tell = (stage, details) => channel?.postMessage({ stage, ...details });

// What every notebook needs is imported while the page still loads. The kernel comes before matplotlib, which it sets up.
const IMPORTS = [
  "import micropip, piplite.piplite",
  "import numpy",
  "import pyodide_kernel",
  "import nbhelpers, matplotlib.figure, matplotlib.backends.backend_agg",
  "import ipywidgets, anywidget, nbhelpers.explorers.kit.explorer",  // each explorer itself when it is asked for
];
const NO_NETWORK = /fetch|network|load failed/i; // how Chrome, Firefox and Safari say it
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
    const [library, ...archives] = ["python_stdlib.zip", "packages.tar", "nbhelpers.tar"].map(fetched);
    Promise.all(archives).catch(() => {}); // is thrown below
    const stdLibURL = URL.createObjectURL(new Blob([decompress(await library)]));
    const output = { stdout: (text) => heard.stdout(text), stderr: (text) => heard.stderr(text) };
    const indexURL = new URL(".", import.meta.url).href;
    const python = await Promise.race([runtimeMissing(), load({ indexURL, stdLibURL, ...options, ...output, packages: [] })]);
    for (const archive of archives) place(python, decompress(await archive));
    tell("starting");
    return python;
  } catch (error) {
    tell("failed", { why: String(error), cut: NO_NETWORK.test(error) });
    throw error;
  }
}

// Where the runtime itself does not come, Pyodide waits for ever, without a word.
function runtimeMissing() {
  const { instantiateStreaming } = WebAssembly;
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = (...given) => {
      WebAssembly.instantiateStreaming = instantiateStreaming;
      const made = instantiateStreaming(...given);
      made.catch(reject);
      return made;
    };
  });
}

async function importAhead(python) {
  for (const line of IMPORTS) {
    if (taken) return; // from here on the kernel has its own order
    python.runPython(line);
    await new Promise((resume) => setTimeout(resume)); // let the page's messages in
  }
}

const progress = { received: 0, total: 0 };

async function fetched(name) {
  const url = new URL(`${name}.zst`, import.meta.url);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  progress.total += Number(answer.headers.get("content-length"));
  const counted = new TransformStream({
    transform(piece, out) {
      progress.received += piece.byteLength;
      tell("fetching", progress);
      out.enqueue(piece);
    },
  });
  return new Uint8Array(await new Response(answer.body.pipeThrough(counted)).arrayBuffer());
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
