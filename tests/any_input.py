"""What learners, pages and programs may hand in: strategies of hypothesis for it, and bounds on what it may cost."""

import json
import time
import tracemalloc
from contextlib import contextmanager

from hypothesis import strategies as st

from nbhelpers.explorers.kit.explorer import _KINDS

SECONDS, MIB = 10, 64  # far above what an input takes, and far below what would stop a class
SHORT = 1000  # characters of a sentence
numbers = st.one_of(
    st.integers(-3, 8), st.floats(), st.sampled_from([10**400, -(10**400), 1e308, -0.0, float("nan"), True])
)
texts = st.one_of(st.text(max_size=30), st.sampled_from(["9" * 5000, "x" * 5000, "[" * 5000, "1e999", "−1", "½"]))
plain = st.recursive(
    st.one_of(st.none(), numbers, texts),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@contextmanager
def bounded():
    tracemalloc.start()
    begin = time.process_time()
    try:
        yield
    finally:
        seconds, (_, peak) = time.process_time() - begin, tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert seconds < SECONDS
    assert peak < MIB * 2**20


@st.composite
def messages(draw, explorer):
    """Messages of every kind: mostly with what belongs into them, and now and then with anything."""
    names = [*explorer.controls, "none"]
    usual = {
        "name": st.sampled_from(names),
        "text": texts | st.builds(json.dumps, st.dictionaries(st.sampled_from(names), plain, max_size=3)),
        "key": st.sampled_from([*explorer.lesson.keys, " ", "a"]),
        "points": st.lists(st.lists(numbers, min_size=2, max_size=2), max_size=5),
        "value": numbers | texts,
        **dict.fromkeys(["group", "place", "handle"], st.integers(0, 4)),
        **dict.fromkeys(["x", "y", "right", "up"], st.floats(-0.5, 1.5) | st.floats(-50, 1500) | numbers),
    }
    fields = {name: value if draw(st.integers(0, 9)) else plain for name, value in usual.items()}
    if draw(st.booleans()):
        del fields["right"]
    kinds = st.sampled_from(sorted(_KINDS)) if draw(st.integers(0, 9)) else plain
    return draw(st.fixed_dictionaries({"kind": kinds, "from": texts, "number": st.integers()} | fields))
