"""Does the site ask anybody else? What a page loads by itself has to lie in the folder; links may lead away."""

import json
import re

# What is loaded by itself: not the href of an <a>, and not a namespace.
LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?\s(?:src|data|srcset)=["'](?:https?:)?//[^"']*"""
    r"""|<link\b[^>]*?\shref=["'](?:https?:)?//[^"']*|url\(\s*["']?(?:https?:)?//[^)]*|@import\s+["'](?:https?:)?//[^"']*"""
)
SETTING = re.compile(r"(?:https?:)?//")
INSIDE = ("./", "../", "/")


def asks_outside(site):
    """Return a line for everything in the pages, styles and settings of the site that is loaded from elsewhere."""
    found = []
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".css") and "pyodide-kernel-extension" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="ignore")
            found += [f"{path.relative_to(site)}: {match.group()[:200]}" for match in LOADED.finditer(text)]
        elif path.name == "jupyter-lite.json":
            found += [
                f"{path.relative_to(site)}: {line}"
                for line in _settings_outside(json.loads(path.read_text(encoding="utf-8")))
            ]
    return found + _python_outside(site)


def _settings_outside(written, place=""):
    """Yield the addresses of other hosts in the settings of JupyterLite."""
    if isinstance(written, dict):
        for key, value in written.items():
            yield from _settings_outside(value, f"{place}/{key}")
    elif isinstance(written, list):
        for value in written:
            yield from _settings_outside(value, place)
    elif isinstance(written, str) and SETTING.match(written):
        yield f"{place} is {written}"


def _python_outside(site):
    """Say where Python comes from if it is not the site: JupyterLite then asks a host of its own, without a word."""
    path = site / "live" / "jupyter-lite.json"
    if not path.exists():
        return []
    plugins = json.loads(path.read_text(encoding="utf-8"))["jupyter-config-data"].get("litePluginSettings", {})
    url = plugins.get("@jupyterlite/pyodide-kernel-extension:kernel", {}).get("pyodideUrl", "")
    there = url.startswith("./") and (path.parent / url).is_file()
    return [] if there else [f"live/jupyter-lite.json: pyodideUrl is {url!r}, which is not in the site"]
