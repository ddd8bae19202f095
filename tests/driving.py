"""Driving an explorer as the page does: by keys and clicks; and its artists, to be read back."""

from nbhelpers.explorers.kit.controls import Button


def coarse(explorer):
    """Return an explorer with a quarter of its pixels a side: quick, for what does not hang on them."""
    explorer.ratio = 0.25
    return explorer


def press(explorer, *keys):
    """Press keys in the picture."""
    for key in keys:
        explorer._handle_custom_msg({"kind": "key", "key": key}, [])


def click(explorer, box):
    """Click into the middle of a box: left, top, width and height."""
    left, top, width, height = box
    explorer._handle_custom_msg({"kind": "click", "x": left + width / 2, "y": top + height / 2}, [])


def buttons(explorer):
    """The buttons of an explorer by what stands on them."""
    return {each.description: each for group in explorer._groups for each in group.controls if isinstance(each, Button)}


def say(explorer, **content):
    """Send an explorer a message as the page does, and ask for more until the work is done."""
    explorer._handle_custom_msg(content, [])
    while explorer.unfinished:
        explorer._handle_custom_msg({"kind": "more"}, [])
