"""Pictures: ``draw_x(ax, arrays)`` puts artists on axes that you pass in and returns them, a file per subject.

No widgets, no pyplot, no computation beyond geometry. The colors and sizes are those of `nbhelpers.plots.style`.
"""

from nbhelpers.plots.network_diagram import NetworkDiagram, draw_network

__all__ = ["NetworkDiagram", "draw_network"]
