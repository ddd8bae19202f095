"""What the build lets pass, and what it refuses; nothing is fetched or built here."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "website"))

from fetch import checked
from outside import asks_outside

KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"


def with_settings(site, python="./static/pyodide/start.mjs", **others):
    settings = {"litePluginSettings": {KERNEL: {"pyodideUrl": python}}, **others}
    (site / "live" / "jupyter-lite.json").write_text(json.dumps({"jupyter-config-data": settings}), encoding="utf-8")


@pytest.fixture
def site(tmp_path):
    """A site that asks nobody: its pages link away, which is no request."""
    (tmp_path / "live" / "static" / "pyodide").mkdir(parents=True)
    (tmp_path / "live" / "static" / "pyodide" / "start.mjs").touch()
    page = '<a href="https://elsewhere.org/">a link</a> <img src="a.png"> <svg xmlns="http://www.w3.org/2000/svg">'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    with_settings(tmp_path)
    return tmp_path


def test_links_may_lead_away(site):
    assert asks_outside(site) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html", '<script src="https://cdn.org/a.js"></script>'),
        ("page.html", "<img alt='' src='//cdn.org/a.png'>"),
        ("page.html", '<link rel="stylesheet" href="http://cdn.org/a.css">'),
        ("a.css", "@import 'https://cdn.org/b.css';"),
        ("a.css", "src: url( //cdn.org/font.woff2 )"),
    ],
)
def test_what_is_loaded_from_elsewhere_is_found(site, name, text):
    (site / name).write_text(text, encoding="utf-8")
    (found,) = asks_outside(site)
    assert name in found


def test_settings_that_name_another_host_are_found(site):
    with_settings(site, somewhere={"deep": ["https://cdn.org/"]})
    (found,) = asks_outside(site)
    assert "https://cdn.org/" in found


@pytest.mark.parametrize("python", ["https://cdn.org/pyodide.mjs", "./static/pyodide/missing.mjs", ""])
def test_python_from_elsewhere_is_found(site, python):
    with_settings(site, python)
    assert any("pyodideUrl" in line for line in asks_outside(site))


def test_a_file_with_another_sum_is_refused_and_removed(tmp_path):
    path = tmp_path / "a.whl"
    path.write_bytes(b"")
    assert checked(path, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") == path
    path.write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"a\.whl has the sha256"):
        checked(path, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    assert not path.exists()
