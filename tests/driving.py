"""Driving an explorer as the page does: by keys and clicks; and its artists, to be read back."""


def made(monkeypatch, module, kind, make, *arguments):
    """Return an explorer that `make` makes, with the object of the class named `kind` behind it as `inside`."""
    inside, real = [], getattr(module, kind)
    monkeypatch.setattr(module, kind, lambda *given: inside.append(real(*given)) or inside[0])
    explorer = make(*arguments)
    monkeypatch.undo()
    explorer.inside = inside[0]
    return explorer


def coarse(explorer):
    """Return an explorer with a quarter of its pixels a side: quick, for what does not hang on them."""
    explorer.picture.ratio = 0.25
    return explorer


def press(explorer, *keys):
    """Press keys in the picture."""
    for key in keys:
        explorer.picture._handle_custom_msg({"kind": "key", "key": key}, [])


def click(explorer, box):
    """Click into the middle of a box: left, top, width and height."""
    left, top, width, height = box
    explorer.picture._handle_custom_msg({"kind": "click", "x": left + width / 2, "y": top + height / 2}, [])
