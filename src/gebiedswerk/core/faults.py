"""Data we cannot use is a value: a fault says where, what we saw, what we expected and what to do.

What a code weighs stands in `fault_codes.py`, its words in `locale/*/LC_MESSAGES/faults.po`; here are only the facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from gebiedswerk.core.fault_codes import FAULT_CODES, Severity

T = TypeVar("T")
Fact: TypeAlias = str | int | float | date | tuple["Fact", ...] | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was delivered or written.

    `code` is stable and documented (`docs/reference/faults/`). `row` counts the header as row 1, as a
    spreadsheet does; in Markdown and TOML it is the line, in a list of JSON the place from 1.
    `facts` fill the placeholders of the message: numbers, days, words and lists of them, as they are. They become text
    where a person reads them (`fact_text`), and nothing reads that text back.
    """

    code: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    facts: tuple[tuple[str, Fact], ...] = ()

    @property
    def severity(self) -> Severity:
        """What the code weighs."""
        return FAULT_CODES[self.code].severity


def fault(
    code: str,
    file: str | None = None,
    row: int | None = None,
    column: str | None = None,
    value: object = None,
    **facts: object,
) -> Fault:
    """Write a fault in one line. Places, what stands there and facts stay whole: only a screen cuts them off."""
    return Fault(
        code,
        None if file is None else _writable(file),
        row,
        None if column is None else _writable(column),
        None if value is None else _told(value),
        tuple((name, _fact(fact)) for name, fact in facts.items()),
    )


def _told(value: object) -> str:
    """What stands there, in full."""
    return _writable(str(value))


def _fact(value: object) -> Fact:
    """A number, a day or a word as it is, a list of them as a tuple; what else there is (a path) as its words."""
    if value is None or isinstance(value, (str, int, float, date)):
        return value
    if isinstance(value, (tuple, list)):
        return tuple(_fact(one) for one in value)
    return str(value)


def fact_text(fact: Fact) -> str:
    """A fact as a person reads it: a list with commas, and cut off where nobody reads on."""
    if isinstance(fact, tuple):
        return _shortened(", ".join(fact_text(one) for one in fact[:LONGEST]))
    return _shortened(str(fact))


def _writable(text: str) -> str:
    """A text that any screen and file takes: a name on a disk may hold bytes that are no letters."""
    return text.encode("utf-8", "replace").decode()


def _shortened(text: str) -> str:
    text = _writable(text[: LONGEST + 1])
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


MOST = 20
LONGEST = 300


class Checked(NamedTuple, Generic[T]):
    """What one stage made, and the faults it met on the way; of what may not come to be, `value` may be None.

    It unpacks: `built, faults = build(dossier, out)`.
    """

    value: T
    faults: tuple[Fault, ...] = ()


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """The faults that stop publishing."""
    return [found for found in faults if found.severity is Severity.ERROR]


def not_checked(stage: str, because: Iterable[Fault], codes: Collection[str], file: str | None = None) -> Fault:
    """Say once that a stage could not be checked, and because of which of these codes (X001)."""
    found = sorted({one.code for one in errors(because) if one.code in codes})
    return fault("X001", file, stage=stage, codes=found)


def capped(faults: Iterable[Fault], most: int = MOST) -> list[Fault]:
    """Keep the first faults of the same code in the same column; the rest is counted in one (X002)."""
    kept: list[Fault] = []
    times: Counter[tuple[str, str | None, str | None]] = Counter()
    for found in faults:
        key = (found.code, found.file, found.column)
        times[key] += 1
        kept += [found] if times[key] <= most else []
    rest = [(key, count - most) for key, count in times.items() if count > most]
    return kept + [fault("X002", file, None, column, of=code, count=count) for (code, file, column), count in rest]


class GebiedswerkError(Exception):
    """A broken promise: the base of every error that this program raises itself."""
