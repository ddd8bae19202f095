// node pytest_in_node.mjs PYODIDE TESTS SITE-PACKAGES ARGUMENT…: pytest on tests of this project, by the Python and the
// packages that the site gives to a browser. pytest itself, and what else only tests need, comes from SITE-PACKAGES.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, tests, installed] = process.argv.slice(2, 5).map((name) => path.resolve(name));
globalThis.BroadcastChannel = undefined; // nobody listens
const { place } = await import(pathToFileURL(`${runtime}/start.mjs`).href);
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`).href);
// Node would show the line of Pyodide's code, which is a megabyte long.
process.on("uncaughtException", ({ message }) => {
  console.error(message);
  process.exit(3);
});
const { decompress } = await import(pathToFileURL(`${runtime}/fzstd.mjs`).href);
const unpacked = (name) => decompress(fs.readFileSync(`${runtime}/${name}.zst`));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "python-"));
const stdLibURL = path.join(scratch, "python_stdlib.zip");
fs.writeFileSync(stdLibURL, unpacked("python_stdlib.zip"));
const python = await loadPyodide({ indexURL: `${runtime}/`, stdLibURL, packages: [] });
fs.rmSync(scratch, { recursive: true });
for (const name of ["packages.tar", "nbhelpers.tar"]) place(python, unpacked(name));
for (const [name, root] of Object.entries({ tests, installed })) {
  python.FS.mkdir(`/${name}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, `/${name}`);
}
python.globals.set("arguments", python.toPy(process.argv.slice(5)));
process.exitCode = python.runPython(`
import os, sys

os.environ |= {"MPLBACKEND": "agg", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
os.chdir("/tests")
sys.dont_write_bytecode = True
sys.path.append("/installed")  # after what the site has
import pygments.lexers

pygments.lexers.__path__.append("/installed/pygments/lexers")  # pytest shows differences in color
import pytest

options = ["-c", "/dev/null", "--rootdir=/tests", "--confcutdir=/tests/explorers", "--import-mode=importlib", "-q"]
options += ["-p", "no:cacheprovider", "-o", "pythonpath=/tests", "-W", "error", "-W", "ignore::DeprecationWarning"]
int(pytest.main([*options, *arguments]))
`);
