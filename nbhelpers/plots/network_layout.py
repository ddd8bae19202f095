"""Where everything of a network diagram stands: circles, weights, biases, captions. Geometry alone, in CSS pixels.

x runs to the right, y runs down, as on a page.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

MAX_UNITS = 8
MAX_LAYERS = 6  # without the input

TOP, BOTTOM = 52, 40  # bands for the captions and for the key
SIDE = 74  # from the border to the middle of the first column: half a caption
LINE = 15  # height of a line of numbers on an edge
GAP = 190  # between two columns, from which there is room for numbers on edges; nearer, edges are too steep


@dataclass(frozen=True)
class NetworkLayout:
    """The geometry of a diagram.

    Attributes
    ----------
    centers : list of numpy.ndarray
        Per layer, from the input on: the middles of its units, shape (h_l, 2).
    radius : float
        Of every unit.
    label_at : list of float or None
        Per layer, from 1 on (entry 0 is None): how far along an edge its number stands, from 0 to 1; None where
        there is no room for numbers.
    """

    centers: list
    radius: float
    label_at: list

    def edges(self, l):
        """Return the edges into layer `l`, from rim to rim, as ``W[l].ravel()``: shape (h_l * h_{l-1}, 2, 2)."""
        ends = _all_pairs(self.centers[l - 1], self.centers[l])
        along = ends[:, 1] - ends[:, 0]
        step = self.radius * along / np.linalg.norm(along, axis=1, keepdims=True)
        return np.stack([ends[:, 0] + step, ends[:, 1] - step], axis=1)

    def on_edges(self, l):
        """Return where the numbers of the weights into layer `l` stand, or would stand, shape (h_l * h_{l-1}, 2)."""
        ends = _all_pairs(self.centers[l - 1], self.centers[l])
        share = 0.5 if self.label_at[l] is None else self.label_at[l]
        return (1 - share) * ends[:, 0] + share * ends[:, 1]

    def below(self, l):
        """Return where the biases of layer `l` stand, shape (h_l, 2)."""
        return self.centers[l] + [0, self.radius + 8]


def size_for(sizes):
    """Return the width and height, in CSS pixels, that suit a diagram of a network with these sizes.

    Raises
    ------
    ValueError
        If the network is too large for a diagram.
    """
    require_drawable(sizes)
    width = {2: 760, 3: 840}.get(len(sizes), 1000)
    pitch = {1: 170, 2: 145, 3: 120, 4: 98, 5: 82, 6: 72, 7: 65, 8: 61}[max(sizes)]
    return width, TOP + BOTTOM + max(pitch * max(sizes), 270)


def require_drawable(sizes):
    """Raise a ValueError that names the limit, if a network with these sizes is too large for a diagram."""
    if max(sizes) > MAX_UNITS:
        l = int(np.argmax(sizes))
        where = "the input has" if l == 0 else f"layer {l} has"
        raise ValueError(f"{where} {sizes[l]} units: a diagram has room for {MAX_UNITS}")
    if len(sizes) - 1 > MAX_LAYERS:
        raise ValueError(f"the network has {len(sizes) - 1} layers: a diagram has room for {MAX_LAYERS}")


def network_layout(sizes, width, height):
    """Return the `NetworkLayout` of a network with `sizes` units, features first, on a page of `width` by `height`."""
    require_drawable(sizes)
    columns = np.linspace(SIDE, width - SIDE, len(sizes))
    band = height - TOP - BOTTOM
    pitch = band / max(sizes)
    radius = min(46.0, 0.38 * pitch, 0.19 * (columns[1] - columns[0]))
    centers = [_column(x, h, band, pitch) for x, h in zip(columns, sizes, strict=True)]
    label_at = [None, *(_place_for_numbers(*pair, radius) for pair in pairwise(centers))]
    return NetworkLayout(centers, radius, label_at)


def _column(x, h, band, pitch):
    spacing = min(band / h, 1.35 * pitch)
    offsets = (np.arange(h) - (h - 1) / 2) * spacing
    return np.column_stack([np.full(h, x), TOP + band / 2 - 7 + offsets])  # 7: a bias stands below its unit


def _all_pairs(sources, targets):
    return np.array([(source, target) for target in targets for source in sources])


def _place_for_numbers(sources, targets, radius):
    """The share of the way at which the numbers on the edges stand furthest apart, or None if that is too near."""
    gap = targets[0, 0] - sources[0, 0]
    if gap < GAP:
        return None
    return best_share(sources, targets, (radius + 42) / gap)


def best_share(sources, targets, margin):
    """Return how far along the edges their numbers stand furthest apart, or None if that is too near.

    Parameters
    ----------
    sources, targets : numpy.ndarray, shape (h, 2)
        Where the edges begin and end.
    margin : float
        The share of the way that is kept free at both ends.
    """
    shares = np.linspace(margin, 1 - margin, 41)
    distances = np.array([_nearest(sources, targets, share) for share in shares])
    best = int(np.argmax(np.minimum(distances, 3 * LINE) - abs(shares - 0.55)))  # of equally good places the middle one
    return float(shares[best]) if distances[best] >= LINE else None


def _nearest(sources, targets, share):
    """The least vertical distance between two numbers."""
    heights = np.sort(((1 - share) * sources[:, 1][None, :] + share * targets[:, 1][:, None]).ravel())
    return np.diff(heights).min(initial=np.inf)
