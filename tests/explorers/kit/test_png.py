"""The PNG writer: every reader sees the same pixels."""

import io
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nbhelpers.explorers.kit import png
from nbhelpers.explorers.kit.png import Encoder, encoded


def pixels_of(file):
    image = Image.open(io.BytesIO(file))
    assert (image.format, image.mode) == ("PNG", "RGBA")
    return np.asarray(image)


def noise(shape, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (*shape, 4), dtype=np.uint8)


@pytest.mark.parametrize("shape", [(1, 1), (7, 5), (64, 33), (3, 200), (49, 17)])
def test_pixels_come_back(shape):
    pixels = noise(shape)
    for file in (encoded(pixels), encoded(pixels, 1), Encoder().encoded(pixels)):
        np.testing.assert_array_equal(pixels_of(file), pixels)
        Image.open(io.BytesIO(file)).verify()


def test_frame_after_frame_comes_back_whichever_rows_have_changed():
    encoder, rng = Encoder(), np.random.default_rng(1)
    pixels = noise((100, 30))
    for _ in range(30):
        first, last = np.sort(rng.integers(0, 101, 2))
        pixels[first:last] = rng.integers(0, 256, 4)
        np.testing.assert_array_equal(pixels_of(encoder.encoded(pixels)), pixels)


def test_a_frame_of_another_size_comes_back():
    encoder = Encoder()
    for shape in [(40, 30), (80, 60), (40, 60), (40, 30)]:
        pixels = noise(shape)
        np.testing.assert_array_equal(pixels_of(encoder.encoded(pixels)), pixels)


def test_only_strips_that_have_changed_are_compressed(monkeypatch):
    compressed = []
    monkeypatch.setattr(png, "_compressed", lambda strip, whole=png._compressed: compressed.append(1) or whole(strip))
    encoder, pixels = Encoder(), noise((160, 30))
    encoder.encoded(pixels)
    assert len(compressed) == 10
    pixels[5] = 0
    encoder.encoded(pixels)
    assert len(compressed) == 11


def test_the_same_frame_is_the_same_file_whatever_came_before():
    encoder, pixels = Encoder(), noise((50, 30))
    encoder.encoded(noise((50, 30), seed=9))
    assert encoder.encoded(pixels) == Encoder().encoded(pixels)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_checksums_are_put_together(one, other):
    both = png._checksum_of_both(zlib.adler32(one), zlib.adler32(other), len(other))
    assert both == zlib.adler32(one + other)
