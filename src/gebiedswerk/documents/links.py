"""Where a link of a document leads: the place in the site of a figure, and the address of a place."""

from __future__ import annotations


def is_elsewhere(place: str) -> bool:
    """Whether a link leads out of the site."""
    return "://" in place or place.startswith("mailto:")


def is_source(place: str) -> bool:
    """Whether a place shows how something printed follows from the postings: a figure, or the names of a set."""
    return "cijfers/" in place and not is_elsewhere(place)


def is_figure(place: str) -> bool:
    """Whether a place is the source of one figure, and not of the names of a set."""
    return is_source(place) and "#" in place


def full_address(place: str, address: str) -> str:
    """The address of a place; empty where it is not known where the site stands."""
    if not place or is_elsewhere(place):
        return place
    return f"{address.rstrip('/')}/{place}" if address else ""
