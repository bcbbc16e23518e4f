"""Figures: named, versioned definitions of what is counted, computed from the facts as of any position of the log.

Read by journalists; the command line and the pages print them. A figure is an interval wherever reports differ. What could not
be placed or dated is a number of its own beside the rows, so that rows and it always add up to the total. One file a family of
figures; `catalogue.py` names them all.
"""

from projections.figures.catalogue import DEFINITIONS
from projections.figures.computing import DIMENSIONS, Figure, Line, Span, compute
from projections.figures.definition import Counted, Definition
from projections.reconciling import Total

__all__ = ["DEFINITIONS", "DIMENSIONS", "Counted", "Definition", "Figure", "Line", "Span", "Total", "compute"]
