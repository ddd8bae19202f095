"""A run as a line of text: it comes back exactly, in any order, and what is wrong with a line is said."""

import re

import numpy as np
import pytest

from nbhelpers.explorers.playground.text import CHOICES, EXAMPLE, INPUTS, UNITS, as_text, read_text


def a_run(rng):
    """Settings at random, with numbers of many digits."""
    values = {name: str(rng.choice(options)) for name, options in CHOICES.items()}
    values |= {"batch": str(rng.choice(["1", "16", "all"])), "layers": int(rng.integers(5))}
    values |= {name: int(rng.integers(1, 17)) for name in UNITS}
    values |= {"noise": float(rng.uniform(0, 0.5)), "η": float(10 ** rng.uniform(-4, 2))}
    values |= {"L2": float(rng.choice([0, 0.001, rng.uniform(0, 0.1)])), "dropout": float(rng.uniform(0, 0.8))}
    values |= {"L1": float(rng.choice([0, rng.uniform(0, 0.1)])), "training": float(rng.uniform(0.1, 0.9))}
    values |= {name: bool(rng.integers(2)) for name in INPUTS}
    values |= {"edits": str(rng.choice(["", f"7:W1[2,1]={rng.normal()};90:b1[3]=-1"]))}
    return values | {"seed": int(rng.integers(100)), "steps": int(rng.integers(10_001))}


@pytest.mark.parametrize("seed", range(20))
def test_it_comes_back_exactly_in_any_order(seed):
    rng = np.random.default_rng(seed)
    values = a_run(rng)
    words = as_text(values).split()
    assert len(words) == 15 + bool(values["edits"])
    rng.shuffle(words)
    read = read_text("  ".join(words))
    assert set(values) - set(read) == set(UNITS[values["layers"] :])
    assert read == {name: values[name] for name in read}
    assert all(type(read[name]) is type(values[name]) for name in read)


def test_what_a_line_looks_like():
    values = read_text(EXAMPLE)
    assert as_text(values) == EXAMPLE
    assert (values["optimizer"], values["layers"], values["units 2"]) == ("adam", 2, 8)
    text = as_text({**values, "layers": 0, "optimizer": "gradient descent", "L2": 1e-5, "batch": "all"})
    assert text == (
        "moons noise=0.2 share=0.75 inputs=x1,x2 hidden=none tanh lr=0.3 batch=all descent xavier l2=1e-05 l1=0 "
        "dropout=0 seed=7 steps=420"
    )
    sines = as_text({**values, **dict.fromkeys(INPUTS, False), "sin x₁": True, "x₂²": True})
    assert "inputs=x2^2,sinx1 " in sines
    assert "inputs=none " in as_text({**values, **dict.fromkeys(INPUTS, False)})
    assert read_text(text)["layers"] == 0
    assert as_text(values, is_playing=True).endswith("seed=7 steps=…")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("moons", "moon", "“moon” is not part of a run. Did you mean “moons”?"),
        ("moons", "qqqq", "“qqqq” is not part of a run. A run looks like this: moons noise"),
        ("noise=", "nois=", "“nois=0.2” is not part of a run. Did you mean “noise=…”?"),
        ("tanh", "softmax", "“softmax” is not part of a run"),
        ("lr=", "rate=", "“rate=0.3” is not part of a run"),
        ("tanh", "tanh relu", "the run says activation twice: “tanh” and “relu”"),
        ("lr=0.3", "lr=0,3", "lr=0,3: “0,3” is not a number"),
        ("seed=7", "seed=7.5", "seed=7.5: “7.5” is not a whole number"),
        ("steps=420", "steps=…", "“…” is not a whole number: pause first, then copy"),
        ("hidden=8-8", "hidden=8-", "hidden=: “” is not a whole number"),
        ("hidden=8-8", "hidden=8-8-8-8-8", "hidden=8-8-8-8-8 has 5 hidden layers; at most 4"),
        ("inputs=x1,x2", "inputs=x1,x3", "inputs=x1,x3: “x3” is not an input; choose from x1, x2, x1^2"),
        ("steps=420", "set=40:W1[0,1]=2", "set=40:W1[0,1]=2: a weight is set like this: set=40:W1[2,1]=0.5"),
        ("steps=420", "set=40:b1[1,1]=2", "a weight is set like this"),
        ("steps=420", "set=40:W1[1,1]=two", "a weight needs a number; “two” is none"),
        ("steps=420", "set=40:W1[1,1]=1e9", "a weight can be set from −100 to 100; 1e9 lies outside"),
        ("steps=420", "set=" + ";".join(["1:b1[1]=0"] * 41), "41 weights are set by hand in this run; at most 40"),
        (EXAMPLE, "", "the run says nothing. A run looks like this"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(old, new, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        read_text(EXAMPLE.replace(old, new))


@pytest.mark.parametrize("seed", range(10))
def test_a_part_of_a_run_says_that_part_alone(seed):
    rng = np.random.default_rng(seed)
    whole = as_text(a_run(rng))
    words = whole.split()
    some = [word for word in words if rng.random() < 0.4] or words[:1]
    read, all_of = read_text(" ".join(some)), read_text(whole)
    edits = all_of.pop("edits")
    assert read.pop("edits") == (edits if any(word.startswith("set=") for word in some) else "")
    assert read.items() <= all_of.items()
    rest = read_text(" ".join(word for word in words if word not in some))
    del rest["edits"]
    assert read | rest == all_of
    assert not read.keys() & rest.keys()
