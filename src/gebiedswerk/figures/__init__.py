"""Address → value and path; named sets; the trace back to postings."""

from gebiedswerk.core.subject import TOTAL, Subject, area_subject, line_subject, parse_subject
from gebiedswerk.figures.address import COUNT, UNITS, Address, NoAddress, parse_address
from gebiedswerk.figures.figures import Figure, Figures, Input, NoFigure
from gebiedswerk.figures.initiatives import booked_cents, booked_on, check_initiatives, partly_hidden
from gebiedswerk.figures.posting_sums import sums_behind
from gebiedswerk.figures.sets import SETS, members
from gebiedswerk.figures.trace_figure import formula, posted_cents, trace

__all__ = [
    "COUNT",
    "SETS",
    "TOTAL",
    "UNITS",
    "Address",
    "Figure",
    "Figures",
    "Input",
    "NoAddress",
    "NoFigure",
    "Subject",
    "area_subject",
    "booked_cents",
    "booked_on",
    "check_initiatives",
    "formula",
    "line_subject",
    "members",
    "parse_address",
    "parse_subject",
    "partly_hidden",
    "posted_cents",
    "sums_behind",
    "trace",
]
