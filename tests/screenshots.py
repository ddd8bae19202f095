"""A small picture of each explorer as it is seen in JupyterLab, into notebooks/images/NAME.png.

    uv run python tests/screenshots.py [EXPLORER ...]

Controls, picture and words, in the light theme, taken at two pixels per CSS pixel and scaled down, with as many colors
as the size allows.
"""

import io
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent))

from browser import jupyterlab

from nbhelpers import explorers

IMAGES = Path(__file__).resolve().parents[1] / "notebooks" / "images"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
WIDTH = 840  # pixels
MOST_BYTES = 60_000
MARGIN = 3  # CSS pixels around the explorer
# What begins with nothing learned is shown further on.
SHOWN = {
    "initialization": "explorer = explorers.initialization()\nexplorer.state = {'trained': '20 networks'}\nexplorer",
    "playground": "explorers.playground('moons noise=0.3 hidden=8-6 tanh lr=0.02 batch=8 adam seed=2 steps=3000')",
}
# The explorer alone, as wide as its picture, without the line that keeps a state.
ALONE = """.nbh-details { display: none !important; }
  .nbh-explorer { max-width: %dpx !important; }
  .jp-OutputPrompt, .jp-OutputArea-promptOverlay { visibility: hidden; }"""


def shot(notebook):
    """The explorer of a page that has run, as a picture."""
    explorer = notebook.page.locator(".nbh-explorer")
    image = explorer.locator("img.nbh-image")
    image.wait_for()
    width = image.evaluate("(image) => parseFloat(image.style.width)") + 2
    notebook.page.add_style_tag(content=ALONE % width)
    notebook.page.wait_for_timeout(1500)  # until the sharper picture is there
    explorer.scroll_into_view_if_needed()
    box = explorer.bounding_box()
    clip = {"x": box["x"] - MARGIN, "y": box["y"] - MARGIN}
    clip |= {"width": box["width"] + 2 * MARGIN, "height": box["height"] + 2 * MARGIN}
    return Image.open(io.BytesIO(notebook.page.screenshot(clip=clip))).convert("RGB")


def small(image, width=WIDTH, most=MOST_BYTES):
    """The bytes of a PNG of this width: with as many colors as `most` bytes allow."""
    scaled = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    for colors in (256, 128, 64, 32, 16):
        file = io.BytesIO()
        scaled.quantize(colors, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        if len(file.getvalue()) <= most:
            break
    return file.getvalue()


def main(names):
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="screenshots-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "notebooks"
        root.mkdir()
        for name in names:
            code = f"from nbhelpers import explorers\n{SHOWN.get(name, f'explorers.{name}()')}"
            nbformat.write(new_notebook(cells=[new_code_cell(code)], metadata=KERNEL), root / f"{name}.ipynb")
        with jupyterlab.lab(root, Path(folder)) as address, jupyterlab.browser() as chromium:
            for name in names:
                notebook = jupyterlab.Page(chromium, address, f"{name}.ipynb", (1280, 1100), ratio=2)
                notebook.run_all()
                data = small(shot(notebook))
                (IMAGES / f"{name}.png").write_bytes(data)
                print(f"{name}.png: {len(data) / 1000:.0f} kB", flush=True)
                notebook.page.close()


if __name__ == "__main__":
    main(sys.argv[1:] or [name for name in explorers.__all__ if name != "Explorer"])
