"""Page models as bytes on their way to another process.

A page holds hundreds of small values. Each is packed as its class and its fields in their order, which costs a third
of what copying values with slots costs by itself.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

from gebiedswerk.publication import Page, models


def packed(pages: Sequence[Page]) -> bytes:
    """Pages as bytes, for a process of the same program only."""
    out = io.BytesIO()
    packer = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    packer.dispatch_table = TABLE
    packer.dump(tuple(pages))
    return out.getvalue()


def unpacked(data: bytes) -> tuple[Page, ...]:
    """The pages that were packed."""
    found: tuple[Page, ...] = pickle.loads(data)  # noqa: S301 # made by `packed` in the process that started us
    return found


def _taking_apart(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    """How a value of a class is made again: the class, and what to call it with."""
    names = [one.name for one in fields(kind) if one.init]
    take = attrgetter(*names)
    if len(names) == 1:
        return lambda value: (kind, (take(value),))
    return lambda value: (kind, take(value))


TABLE = {kind: _taking_apart(kind) for kind in vars(models).values() if isinstance(kind, type) and is_dataclass(kind)}
