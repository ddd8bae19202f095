"""Pixels as a PNG file, fast enough for every frame of a drag. The standard library and NumPy alone.

General encoders try five filters on every row, which pays for photographs. A diagram is mostly flat: without filters
and at zlib's level 1 it takes a third of Pillow's time for a file of the same size, and not a pixel differs. From one
frame to the next most rows stay as they are: `Encoder` compresses only the strips of rows that have changed.
"""

import struct
import zlib

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BIT_RGBA = bytes([8, 6, 0, 0, 0])
_ZLIB_BEGINS, _ZLIB_ENDS = b"\x78\x01", b"\x03\x00"  # the header, and an empty last block
_ADLER = 65521  # the modulus of zlib's checksum
_ROWS = 16  # of a strip


class Encoder:
    """Makes PNG files of the frames of one picture."""

    def __init__(self):
        self._pixels, self._strips = None, []

    def encoded(self, pixels):
        """Return the bytes of a PNG file of the next frame.

        Parameters
        ----------
        pixels : numpy.ndarray of uint8, shape (rows, columns, 4)
            Red, green, blue, opacity.
        """
        pixels = np.ascontiguousarray(pixels).view(np.uint32)[:, :, 0]  # a number per pixel: quicker to compare
        starts = range(0, len(pixels), _ROWS)
        if self._pixels is None or self._pixels.shape != pixels.shape:
            changed = [True] * len(starts)
            self._pixels, self._strips = np.empty_like(pixels), [None] * len(starts)
        else:
            rows = (pixels != self._pixels).any(axis=1)
            changed = [rows[start : start + _ROWS].any() for start in starts]
        for k, start in enumerate(starts):
            if changed[k]:
                self._strips[k] = _compressed(pixels[start : start + _ROWS])
        np.copyto(self._pixels, pixels)  # into the same place: new memory of this size takes eight times as long
        return _file(pixels.shape, _joined(self._strips))


def encoded(pixels, level=9):
    """Return the bytes of a PNG file of a single picture, with zlib's `level`; `pixels` as for `Encoder.encoded`."""
    pixels = np.ascontiguousarray(pixels).view(np.uint32)[:, :, 0]
    deflate = zlib.compressobj(level)
    body = [deflate.compress(_lines(pixels[start : start + _ROWS])) for start in range(0, len(pixels), _ROWS)]
    return _file(pixels.shape, b"".join([*body, deflate.flush()]))


def _lines(pixels):
    """Rows as a PNG file has them: each begins with the number of its filter, 0 for none."""
    lines = np.zeros((len(pixels), 1 + 4 * pixels.shape[1]), np.uint8)
    lines[:, 1:] = pixels.view(np.uint8)
    return lines


def _compressed(pixels):
    """A strip of rows that can be read without the one before it: its bytes, their checksum, and how many they were."""
    lines = _lines(pixels)
    deflate = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(lines) + deflate.flush(zlib.Z_FULL_FLUSH), zlib.adler32(lines), lines.size


def _joined(strips):
    """Compressed strips as one zlib stream."""
    checksum = 1
    for _, adler, length in strips:
        checksum = _checksum_of_both(checksum, adler, length)
    return _ZLIB_BEGINS + b"".join(strip[0] for strip in strips) + _ZLIB_ENDS + struct.pack(">I", checksum)


def _checksum_of_both(first, second, length):
    """Adler-32 of two runs of bytes from that of each; `length` is that of the second."""
    a, b = first & 0xFFFF, first >> 16
    c, d = second & 0xFFFF, second >> 16
    return (b + d + length * (a - 1)) % _ADLER << 16 | (a + c - 1) % _ADLER


def _file(shape, body):
    header = struct.pack(">II", shape[1], shape[0]) + _EIGHT_BIT_RGBA
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
