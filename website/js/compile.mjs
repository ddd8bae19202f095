// node compile.mjs RUNTIME PLACE FOLDER…: the .py files of each folder become .pyc, by the very Python that will read them;
// PLACE is where the files will lie, for tracebacks.
// The source of other people's packages is left out; in a folder named "nbhelpers" it stays, for `sigmoid??` and tracebacks.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, place, ...folders] = process.argv.slice(2).map((name) => path.resolve(name) + "/");
const { loadPyodide } = await import(pathToFileURL(runtime + "pyodide.mjs").href);
const py = await loadPyodide({ indexURL: runtime });
const compile = py.runPython(`
import os, py_compile
def compile_below(folder, shown_place):
    for place, _, names in os.walk(folder):
        ours = "nbhelpers" in place.removeprefix(folder).split("/")
        for name in names:
            if name.endswith(".py"):
                source = os.path.join(place, name)
                target = None if ours else source + "c"
                shown = shown_place + source.removeprefix(folder).lstrip("/")
                py_compile.compile(source, target, shown, doraise=True, quiet=1,
                                   invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
                if not ours:
                    os.remove(source)
compile_below
`);
folders.forEach((folder, k) => {
  py.FS.mkdir(`/mounted${k}`);
  py.FS.mount(py.FS.filesystems.NODEFS, { root: folder }, `/mounted${k}`);
  compile(`/mounted${k}`, place);
});
