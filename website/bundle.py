"""Everything that Python imports in the browser, compiled when the site is built.

The packages come in one archive, unpacked in Python's memory at once: thirty wheels would be asked for one by one,
unpacked by Python, and compiled in every visit. This package comes in another, so that a new version of the course
leaves the first in the browser's cache. The standard library, which Pyodide's release has as source, stays a zip. All
three are compressed by Zstandard, a quarter smaller than by gzip. Each wheel is freed of what no notebook can use, and
compiled by the same Python (in Node). What it became is kept in the cache under the sum of the wheel and of the files
that make it.
"""

import fnmatch
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import zstandard
from fetch import PINS, Unavailable, digest

HERE = Path(__file__).parent
COMPILER = HERE / "js" / "compile.mjs"
SHIMS = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi/"
SITE = "/lib/python3.14/site-packages"
STANDARD_LIBRARY = "python_stdlib.zip"
LEVEL = 17  # of Zstandard; its highest, 19, takes more than half as long again and saves two parts in a hundred
NOT_UNPACKED = {"jupyterlite-pyodide-kernel", "jupyterlab-widgets"}  # parts of the page; of the first only its shims


def bundle(out, cache, fetched, own):
    """Write the three files to the folder `out`; `own` is the wheel of this package."""
    sources = [fetched.released[name] for name in PINS["release"]["base"]]
    sources += [path for name, path in fetched.wheels.items() if name not in NOT_UNPACKED]
    sources += _shims(fetched.wheels["jupyterlite-pyodide-kernel"], cache / "shims")
    *packages, ours = _compiled([*sources, own], SITE, cache, fetched.runtime)
    (library,) = _compiled([fetched.runtime / STANDARD_LIBRARY], "/lib/python314.zip", cache, fetched.runtime)
    made = {
        "packages.tar": _packed(packages),
        "nbhelpers.tar": _packed([ours]),
        STANDARD_LIBRARY: _zipped(library),
    }
    for name, content in made.items():
        (out / f"{name}.zst").write_bytes(_squeezed(content, cache / "squeezed"))


def _shims(wheel, folder):
    """The wheels that the browser's kernel brings along, such as an ipykernel for a machine without sockets."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if SHIMS in name and name.endswith(".whl")]
        names = [name for name in names if "widgetsnbextension-3" not in name]
        for name in names:
            (folder / Path(name).name).write_bytes(archive.read(name))
    return [folder / Path(name).name for name in names]


def _compiled_place(wheel, cache):
    return (
        cache / "compiled" / f"{wheel.stem}-{digest(wheel)[:12]}-{digest(COMPILER)[:6]}{digest(HERE / 'pins.toml')[:6]}"
    )


def _compiled(archives, place, cache, runtime):
    """The folders of what is in the archives, compiled for the `place` where Python will find it."""
    folders = [_compiled_place(path, cache) for path in archives]
    new = [(path, folder) for path, folder in zip(archives, folders, strict=True) if not folder.exists()]
    if new:
        _compile(new, place, runtime)
    return folders


def _compile(new, place, runtime):
    if shutil.which("node") is None:
        raise Unavailable("Python's files are compiled in Node: node is not installed")
    partial = [(wheel, folder.with_suffix(".partial"), folder) for wheel, folder in new]
    for wheel, unpacked, _ in partial:
        shutil.rmtree(unpacked, ignore_errors=True)
        _unpack(wheel, unpacked)
    command = ["node", str(COMPILER), str(runtime), place, *(str(unpacked) for _, unpacked, _ in partial)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"compiling failed:\n{done.stdout[-1000:]}{done.stderr[-3000:]}")
    for _, unpacked, folder in partial:
        unpacked.rename(folder)


def _unpack(wheel, place):
    """Unpack what the browser needs of a wheel, or of the standard library."""
    of = wheel.name if wheel.name in PINS["left_out"] else "wheels"
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if not name.endswith("/") and not _left_out(name, of):
                target = place / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(_slimmed(name, archive.read(name)))


def _left_out(name, of="wheels"):
    return any(fnmatch.fnmatch(name, pattern) for pattern in PINS["left_out"][of])


def _slimmed(name, content):
    if name in PINS["patched"]:
        before, after = (line.encode() for line in PINS["patched"][name])
        if before not in content:
            raise ValueError(f"{name} has no {before.decode()!r} any more: see [patched] in pins.toml")
        return content.replace(before, after)
    if name != "matplotlib/fontlist.json":
        return content
    fonts = json.loads(content)  # fonts that are left out may not be found
    for key in ("ttflist", "afmlist"):
        fonts[key] = [font for font in fonts[key] if not _left_out("matplotlib/mpl-data/" + font["fname"])]
    return json.dumps(fonts).encode()


def _packed(folders):
    """The files of all folders in one archive, the same bytes for the same files."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for folder in folders:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = tarfile.TarInfo(path.relative_to(folder).as_posix())
                entry.size = path.stat().st_size
                with path.open("rb") as file:
                    archive.addfile(entry, file)
    return raw.getvalue()


def _zipped(folder):
    """The files of a folder in one zip, as they are, which Python reads modules from as it starts."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())
    return raw.getvalue()


def _squeezed(content, folder):
    """The content, compressed; it takes half a minute, and is kept."""
    kept = folder / f"{hashlib.sha256(content).hexdigest()[:16]}-{LEVEL}.zst"
    if not kept.exists():
        folder.mkdir(exist_ok=True)
        kept.write_bytes(zstandard.compress(content, LEVEL))
    return kept.read_bytes()
