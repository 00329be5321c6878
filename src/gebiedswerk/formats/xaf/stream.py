"""An audit file from begin to end: only what we read ever leaves the parser, all else is dropped at the door.

The parser is expat of the standard library, fed with UTF-8 that we made ourselves: see decision 12. There is no tree,
so memory holds one piece of the file and the columns of its lines. A DOCTYPE is refused, so there are no entities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

import polars as pl

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.formats.column_store import Gathered
from gebiedswerk.formats.format import ROW
from gebiedswerk.formats.xaf.shape import (
    ALWAYS,
    NOWHERE,
    OF_TRANSACTION,
    RELATION_NAME,
    RENAMED,
    TEXT,
    Place,
    newer,
    shape,
)

LINES_AT_ONCE = 5_000
PART = 1 << 16
"""Bytes that the parser gets at once."""
TOO_MUCH = "no audit file holds this much of one thing"  # literal: as the parser words it
DEEPEST = 60
MOST_NAMES = 5_000
LONGEST_NAME = 200
"""Letters: of the name of a relation no more are kept."""
SHORTEST = 40
"""Bytes: what the standard asks of a line takes a hundred."""


class Refused(GebiedswerkError):
    """A file that cannot be read any further: the code of its fault, the value and the facts."""

    def __init__(self, code: str, value: object = None, **facts: object) -> None:
        super().__init__(f"This audit file cannot be read any further ({code}): make the export again.")
        self.code, self.value, self.facts = code, value, facts


@dataclass(slots=True)
class Content:
    """What stands in an audit file.

    `lines`: one row per trLine, in order: `row` (1 for the first), `transaction` (0 for the first) and the elements
    asked for, as text without space around it, empty where there is none. `transactions`: nr, periodNumber and trDt.
    `names`: those of its relations. `times` counts elements, `strange` those that the standard does not know,
    `stray` the lines in a wrong place.
    """

    namespace: str = ""
    header: dict[str, str] = field(default_factory=dict)
    controls: dict[str, str] = field(default_factory=dict)
    account_types: dict[str, frozenset[str]] = field(default_factory=dict)
    lines: pl.DataFrame = field(default_factory=pl.DataFrame)
    transactions: pl.DataFrame = field(default_factory=pl.DataFrame)
    names: set[str] = field(default_factory=set)
    times: Counter[str] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)
    stray: int = 0


def read_stream(pieces: Iterable[bytes], elements: Collection[str]) -> Content:
    """Read the pieces of a file, with these elements of each line besides `ALWAYS`. Raises Refused."""
    return _Stream(elements).read(pieces)


class _Stream:
    """One file on its way through the parser."""

    def __init__(self, elements: Collection[str]) -> None:
        self.elements = tuple(dict.fromkeys([*ALWAYS, *elements]))
        self.content, self.prefix, self.count = Content(), "", 0
        self.lines: list[tuple[int | str, ...]] = []
        self.transactions: list[tuple[str, ...]] = []
        self.owners = [pl.Series("transaction", dtype=pl.UInt32)]
        self.gathered, self.heads = Gathered(self.elements), Gathered(OF_TRANSACTION)
        self.types: dict[frozenset[str], frozenset[str]] = {}
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self.root
        self.parser.StartDoctypeDeclHandler = self.doctype

    def read(self, pieces: Iterable[bytes]) -> Content:
        """Feed the parser; what it cannot read is refused with the line on which it stopped."""
        final = False
        try:
            for piece in pieces:
                before = self.seen()
                for start in range(0, len(piece), PART):
                    self.parser.Parse(piece[start : start + PART])
                    self.names_bounded()
                self.bounded(piece, before)
            final = True
            self.parser.Parse(b"", True)
        except expat.ExpatError as problem:
            if not self.content.times["auditfile"]:
                raise Refused("L143", "auditfile") from problem
            raise self.broken(expat.errors.messages[problem.code], "L141" if final else "L140") from problem
        self.flush()
        lines, owners = self.gathered.frame().rename({ROW: "row"}), pl.concat(self.owners)
        self.content.lines, self.content.transactions = lines.with_columns(owners), self.heads.frame()
        return self.content

    def seen(self) -> int:
        """How many lines so far."""
        return self.count + len(self.lines)

    def broken(self, reason: str, code: str = "L140") -> Refused:
        """What is said of a file that stops making sense here."""
        position = self.parser.ErrorLineNumber
        return Refused(code, None, line=position, reason=reason, count=self.seen())

    def bounded(self, piece: bytes, before: int) -> None:
        """Refuse what no package writes and would take memory: a text of megabytes, or lines with nothing in them."""
        large = len(piece) >= 1 << 20
        empty = large and self.seen() - before > len(piece) // SHORTEST
        if large and b"<" not in piece or empty:
            raise self.broken(TOO_MUCH)

    def names_bounded(self) -> None:
        """Refuse thousands of names; looked at often, because a name takes many times its bytes."""
        if len(self.parser.intern) > MOST_NAMES:
            raise self.broken(TOO_MUCH)

    def doctype(self, *_: object) -> None:
        """Whatever it says, it is not read."""
        raise Refused("L142", None, line=self.parser.CurrentLineNumber)

    def root(self, name: str, _: list[str]) -> None:
        """The root decides under which names all else stands."""
        namespace, _space, local = name.rpartition(" ")
        if local != "auditfile":
            raise Refused("L143", "auditfile")
        self.content.namespace = namespace
        self.content.times[local] += 1
        self.prefix = name.removesuffix(local)
        self.handle()

    def handle(self) -> None:  # noqa: C901 - two closures are counted as one
        """Handle all within the root, in closures: a file of 200 MB calls them ten million times."""
        parser, content, lines, cut = self.parser, self.content, self.lines, len(self.prefix)
        place, transaction_place, line_place = shape(self.prefix, self.elements)
        above, texts = place, list[str]()
        append, clear = texts.append, texts.clear
        outer = [place]  # what the root itself stands in
        push, pop = outer.append, outer.pop
        record, records = dict[str, str](), list[dict[str, str]]()

        def start(name: str, _: list[str]) -> None:
            nonlocal place, above, record
            inner = place.get(name)
            if inner is TEXT:  # first, because nearly all are
                place, above = TEXT, place
                parser.CharacterDataHandler = append
                return
            push(place)
            if inner is None:
                self.unknown(name, place, len(outer))
                place = NOWHERE
                return
            place = inner
            if inner.kind:
                records.append(record)
                record = inner.blank.copy()
                if inner is not line_place:
                    content.times[inner.kind] += 1

        def end(name: str) -> None:
            nonlocal place, record
            if place is TEXT:
                parser.CharacterDataHandler = None
                text = "".join(texts)
                clear()
                record[name] = f"{record[name]}\n{text}" if record[name] else text  # twice is no code and no amount
                place = above
                return
            if place.kind:
                if place is line_place:
                    lines.append((content.times["transaction"] - 1, *record.values()))
                    if len(lines) >= LINES_AT_ONCE:
                        self.flush()
                elif place is transaction_place:
                    self.transactions.append(tuple(record.values()))
                    if len(self.transactions) >= LINES_AT_ONCE:
                        self.flush()
                else:
                    self.keep(place.kind, {key[cut:]: text.strip() for key, text in record.items()})
                record = records.pop()
            place = pop()

        parser.StartElementHandler, parser.EndElementHandler = start, end

    def unknown(self, name: str, place: Place, depth: int) -> None:
        """An element that the standard does not know here, or that stands within what we do not read."""
        if place is not NOWHERE:
            self.content.strange[name.removeprefix(self.prefix)] += 1
        self.content.stray += name == f"{self.prefix}trLine"
        if depth > DEEPEST:
            raise self.broken("too many elements within each other")  # literal: as the parser words it

    def keep(self, kind: str, record: dict[str, str]) -> None:
        """Keep what stood in the header, in an account, with a relation or above the journals."""
        if kind == "header":
            self.content.header = record
        elif kind == "transactions":
            self.content.controls = record
        elif kind == "customerSupplier":
            self.content.names.add(record[RELATION_NAME][:LONGEST_NAME])
        elif kind == "ledgerAccount":
            accounts, account = self.content.account_types, record["accID"]
            types = accounts.get(account, frozenset()) | {record["accTp"]}
            accounts[account] = self.types.setdefault(types, types)  # one of each: a set takes more than an account

    def flush(self) -> None:
        """Turn the lines and transactions so far into columns; what has its name of 4.0 comes under the one we know."""
        if self.lines:
            first, size = self.count + 1, len(self.lines)
            owners, *columns = zip(*self.lines, strict=True)
            found = dict(zip((*self.elements, *newer(self.elements)), columns, strict=True))
            for new in newer(self.elements):
                texts = found.pop(new)
                if any(texts):
                    pairs = zip(found[RENAMED[new]], texts, strict=True)
                    found[RENAMED[new]] = tuple(old or other for old, other in pairs)
            rows = pl.Series(ROW, range(first, first + size), dtype=pl.UInt32)
            self.gathered.add(pl.DataFrame([rows, *_columns(found)]))
            self.owners.append(pl.Series("transaction", owners, pl.UInt32))
            self.count += size
        if self.transactions:
            heads = zip(OF_TRANSACTION, zip(*self.transactions, strict=True), strict=True)
            unnumbered = pl.zeros(len(self.transactions), dtype=pl.UInt32, eager=True).alias(ROW)
            self.heads.add(pl.DataFrame([unnumbered, *_columns(dict(heads))]))
        self.lines.clear()
        self.transactions.clear()


def _columns(found: Mapping[str, Sequence[object]]) -> list[pl.Series]:
    return [pl.Series(name, texts, pl.String).str.strip_chars() for name, texts in found.items()]
