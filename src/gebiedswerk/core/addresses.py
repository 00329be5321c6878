"""Addresses of a site and the files that answer them: an address that leaves the site is none of it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from gebiedswerk.core.filenames import Refusal, refusal_of_place

ELSEWHERE = ("http://", "https://")
BELOW = "/*"
"""Behind a folder: everything below it."""


def slug_of(words: str) -> str:
    """Words as part of an address: small letters without accents, digits, and hyphens between them; empty for none."""
    bare = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", bare))


def file_of(address: str) -> str:
    """The file that answers an address of the site: `/west/` is `west/index.html`."""
    place = address.partition("#")[0].removeprefix("/")
    last = place.rsplit("/", 1)[-1]
    if not last:
        return f"{place}index.html"
    return place if "." in last else f"{place}/index.html"


def refusal_of_address(address: str) -> Refusal | None:
    """Why an address is neither one of this site (a file, or with `/*` all below a folder) nor of another in full.

    Also what a browser makes of it, with its `%2e` read as a dot, has to stay in the site.
    """
    if address.startswith(ELSEWHERE):
        return None if _is_whole(address) else Refusal.SIGN
    if address.endswith(BELOW):
        place = address.removesuffix(BELOW).removeprefix("/")
    else:
        place = file_of(address)
    read = (place, unquote(place)) if place else ()
    return next(filter(None, map(refusal_of_place, read)), None)


def _is_whole(address: str) -> bool:
    """Whether an address names a host, and holds nothing that nobody sees."""
    try:
        host = urlsplit(address).hostname
    except ValueError:  # half a number of a host, as in http://[
        return False
    return bool(host) and address.isprintable() and " " not in address and "\\" not in address
