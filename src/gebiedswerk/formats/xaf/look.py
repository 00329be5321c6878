"""A look at an audit file without reading it: when it was made."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

LOOKED_AT = 2**16
"""So many bytes of the beginning of an audit file are looked at."""
_CREATED = re.compile(r"<(?:\w+:)?dateCreated>\s*([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:]{8})?)\s*<")


def moments_of(path: Path) -> tuple[tuple[datetime, str], ...]:
    """`dateCreated` of the header of an audit file."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    match = _CREATED.search(head.decode(encoding, "ignore"))
    if match is None:
        return ()
    with suppress(ValueError):
        return ((datetime.fromisoformat(match[1]), f"dateCreated {match[1]}"),)
    return ()
