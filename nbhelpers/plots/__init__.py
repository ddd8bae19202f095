"""Pictures: ``draw_x(ax, arrays)`` puts artists on axes that you pass in and returns them, a file per subject.

No widgets, no pyplot, no computation beyond geometry. The colors and sizes are those of `nbhelpers.plots.style`.
"""

from nbhelpers.plots.drawings import pictures
from nbhelpers.plots.drawings.blank_diagram import draw_blank_diagram
from nbhelpers.plots.drawings.class_mistakes import draw_class_mistakes
from nbhelpers.plots.drawings.layer_diagram import draw_layer_diagram
from nbhelpers.plots.drawings.unit_diagram import draw_unit_diagram
from nbhelpers.plots.kit.network_diagram import NetworkDiagram, draw_network

__all__ = [
    "NetworkDiagram",
    "draw_blank_diagram",
    "draw_class_mistakes",
    "draw_layer_diagram",
    "draw_network",
    "draw_unit_diagram",
    "pictures",
]
