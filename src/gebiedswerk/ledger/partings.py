"""What can be subtracted from what: one posting may be shown, or hidden in a group, in several publications.

A *parting* says of the rows of one file which were shown one by one, and in which group each other was. Postings that
were in the same groups throughout form a piece. Whatever is computed from the sums of groups and from rows that were
shown has the same factor for all of a piece; so nobody comes nearer than to whole pieces (decision 37).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from gebiedswerk.core.privacy_groups import different
from gebiedswerk.dossier import Delivery, Dossier
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.ledger.counting import counting, with_person
from gebiedswerk.ledger.deliveries import read_delivery
from gebiedswerk.ledger.gate import UNDECIDED, blocked_by, gate_of
from gebiedswerk.ledger.ledger import DeliveredRows, Ledger

PARTING: Mapping[str, type[pl.DataType]] = {
    "parting": pl.String,
    "sha256": pl.String,
    "delivery": pl.String,
    "administration": pl.String,
    "kind": pl.String,
    "year": pl.Int64,
    "row": pl.Int64,
    "line": pl.String,
    "group": pl.String,
    "blocked": pl.Boolean,
}
"""One row per posting on a budget line: the parting (a hash of all it says), the file and row where it stands, its
line (the first of several), its group (empty where it is shown), and whether a block names it."""
COVER = ("administration", "kind", "year")
SAME = ("period", "flow", "cents", "blocked")
"""By what a posting is known again in another file; who knows more of it knows no other posting."""

TOLD: Mapping[str, type[pl.DataType]] = {
    "sha256": pl.String,
    "row": pl.Int64,
    "period": pl.Int64,
    "flow": pl.String,
    "cents": pl.Int64,
    "named": pl.Boolean,
    "person": pl.String,
}
"""What a file says of a row; `named`: whether a block names it now."""

Files = Mapping[str, tuple[Dossier, Delivery]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Fewer persons than the smallest group whose amounts can be had together, of which a block hides some."""

    deliveries: tuple[str, ...]
    line: str
    year: int
    found: int


def partings(
    ledgers: Sequence[Ledger | DeliveredRows], dossier: Dossier, wanted: Sequence[str] | None = None
) -> pl.DataFrame:
    """How the postings of every delivery that counts on some basis are parted (`PARTING`); of `wanted` alone if any.

    Decisions of council and college are not among them: they are shown.
    """
    by_id = {one.id: one for one in dossier.deliveries if one.settings.kind is not DeliveryKind.BUDGET}
    asked, found = {*(by_id if wanted is None else wanted)}, {"": pl.DataFrame(schema=PARTING)}
    for ledger in ledgers:
        rows = gate_of(ledger, dossier).postings
        for name in sorted({*ledger.used} & by_id.keys() & asked):
            one = _parted(rows.filter(pl.col("delivery") == name), by_id[name])
            found |= {one["parting"][0]: one} if one.height else {}
    return pl.concat(found.values())


def _parted(rows: pl.LazyFrame, delivery: Delivery) -> pl.DataFrame:
    """The rows of one delivery: a posting that a key divides is in one group, with all its shares."""
    blocked = (~pl.col("ground").is_in(["", UNDECIDED])).any()
    same = pl.col("administration").first(), pl.col("kind").first(), pl.col("year").first()
    one = rows.group_by("row").agg(*same, pl.col("line").min(), pl.col("group").first(), blocked.alias("blocked"))
    named = one.with_columns(sha256=pl.lit(delivery.sha256), delivery=pl.lit(delivery.id), parting=pl.lit(""))
    found = named.select(pl.col(name).cast(kind) for name, kind in PARTING.items()).sort("row").collect()
    digest = hashlib.sha256(found.drop("delivery", "parting").write_csv().encode()).hexdigest()
    return found.with_columns(parting=pl.lit(digest))


def files_of(dossier: Dossier) -> Files:
    """SHA-256 → the delivery whose file it is."""
    return {one.sha256: (dossier, one) for one in reversed(dossier.deliveries)}


@dataclass(frozen=True, slots=True)
class Lost:
    """A file that is public in part and of which the rest is no longer known here, though another takes its place."""

    delivery: str
    sha256: str
    year: int
    other: str


def lost(now: pl.DataFrame, then: pl.DataFrame, files: Files) -> Iterator[Lost]:
    """The files of which nobody can say what could be subtracted: a block hides something in them, or in what came.

    Another file takes the place of one where it is news about the same kind and year of the same administration, or of
    any where nothing is left of that administration.
    """
    covers = ["delivery", "sha256", *COVER]
    gone = then.filter(~pl.col("sha256").is_in(list(files))).group_by(covers, maintain_order=True)
    news = now.join(then, on="parting", how="anti").select("delivery", *COVER).unique(maintain_order=True)
    left = {tuple(found) for found in now.select(COVER).unique().iter_rows()}
    secret = now.filter("blocked").select("kind", "year").unique().rows()
    for delivery, sha256, administration, kind, year, blocked in gone.agg(pl.col("blocked").any()).iter_rows():
        same = (pl.col("kind") == kind) & (pl.col("year") == year) & (blocked or (kind, year) in secret)
        mine = pl.lit((administration, kind, year) not in left) | (pl.col("administration") == administration)
        for other in news.filter(same & mine)["delivery"].head(1):
            yield Lost(delivery, sha256, year, other)


def uncovered(now: pl.DataFrame, then: pl.DataFrame, files: Files) -> Iterator[Piece]:
    """Per line and year the postings that a block hid in all that was public, and that are shown now: the same rows, or
    in another file about the same what looks the same.
    """
    marks = then.group_by("sha256", "row").agg(pl.col("blocked").any(), shown=(pl.col("group") == "").any())
    hidden = then.join(marks.filter(pl.col("blocked") & ~pl.col("shown")), on=["sha256", "row"], how="semi")
    fresh = now.join(then, on="parting", how="anti", maintain_order="left").filter(pl.col("group") == "")
    if hidden.is_empty() or fresh.is_empty():
        return
    covers, look = hidden.select(COVER).unique(), [*COVER, "period", "flow", "cents"]
    before, after = (_looks(rows.join(covers, on=list(COVER), how="semi"), files) for rows in (then, fresh))
    seen = before.filter(pl.col("group") == "").select(look).unique()
    secret = before.join(hidden, on=["sha256", "row"], how="semi").select(look).unique()
    alike = after.join(seen, on=look, how="anti").join(secret, on=look, how="semi").filter(pl.col("cents") != 0)
    rows = fresh.join(hidden, on=["sha256", "row"], how="semi")
    again = pl.concat([rows.select(list(PARTING)), alike.select(list(PARTING))]).unique(["sha256", "row"])
    counts = again.sort("year", "line").group_by("line", "year", maintain_order=True)
    for line, year, count, deliveries in counts.agg(pl.len(), pl.col("delivery").unique().sort()).iter_rows():
        yield Piece(tuple(deliveries), line, year, count)


def _looks(rows: pl.DataFrame, files: Files) -> pl.DataFrame:
    """The rows of files that are there, with what these say of each."""
    there = [name for name in rows["sha256"].unique(maintain_order=True) if name in files]
    told = pl.concat([pl.DataFrame(schema=TOLD), *(_content(name, files) for name in there)])
    return rows.join(told, on=["sha256", "row"], maintain_order="left")


def pieces(now: pl.DataFrame, then: pl.DataFrame, files: Files, smallest: int) -> Iterator[Piece]:
    """The pieces that are too small, and were not so yet by what was public `then`.

    Takes rows of `PARTING`. Rows of files that are not there are left out: see `lost`.
    """
    new = now.join(then, on="parting", how="anti", maintain_order="left").with_columns(new=pl.lit(value=True))
    both = pl.concat([new, then.with_columns(new=pl.lit(value=False))])
    for _, cover in sorted(both.partition_by(COVER, as_dict=True).items()):
        if cover["parting"].n_unique() > 1 and cover["blocked"].any() and cover["new"].any():
            yield from _small(_pieces_of(cover, files), smallest)


def _pieces_of(cover: pl.DataFrame, files: Files) -> pl.DataFrame:
    """One row per hidden posting that is in one piece with a blocked one, where that piece is news."""
    rows = _looks(cover, files).filter(pl.col("cents") != 0)
    rows = rows.with_columns(blocked=pl.col("blocked") | pl.col("named")).with_columns(
        whole=pl.len().over("parting", "group"), secret=pl.col("blocked").any().over("parting", "group")
    )
    then = _placed(rows.filter(~pl.col("new"))).group_by("before").agg(had=pl.len())
    found = _placed(rows).join(then, on="before", how="left", maintain_order="left")
    size = pl.len().over("piece")
    told = (size == pl.col("had")).fill_null(value=False) | (size == pl.col("whole")).fill_null(value=False)
    secret = pl.col("blocked").any().over("piece")
    return found.filter(secret & ~told).with_columns(row=pl.int_range(pl.len()).cast(pl.Int64))


def _placed(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per posting that is hidden among blocked ones: in which `piece` it is, and in which it was `before`.

    The same in two files is the first, second, ... of its kind (`SAME`) in each.
    """
    hidden = _unknown(rows)
    near = hidden.filter("secret").select(SAME).unique()
    there = hidden.join(near, on=list(SAME), how="semi").sort("parting", *SAME, "line", "group", "row")
    place = pl.concat_str("parting", pl.lit(":"), "group")
    numbered = there.with_columns(at=pl.int_range(pl.len()).over("parting", *SAME))
    return numbered.group_by(*SAME, "at", maintain_order=True).agg(
        piece=place.unique().sort().str.join("|"),
        before=place.filter(~pl.col("new")).unique().sort().str.join("|"),
        line=pl.col("line").min(),
        year=pl.col("year").first(),
        whole=pl.col("whole").filter("new").min(),
        delivery=pl.col("delivery").unique(),
        person=pl.col("person").max(),
    )


def _small(found: pl.DataFrame, smallest: int) -> Iterator[Piece]:
    """The pieces behind which too few stand."""
    behind = counting(found.lazy(), ("piece",), ("piece",))
    persons: dict[str, tuple[int, set[str]]] = {}
    for piece, person in behind.select("piece", "person").iter_rows():
        loose, named = persons.setdefault(piece, (0, set()))
        persons[piece] = (loose + (not person), named | ({person} if person else set()))
    for (piece,), rows in found.partition_by("piece", as_dict=True, maintain_order=True).items():
        loose, named = persons.get(str(piece), (0, set()))
        size = loose + different(named)
        if size < smallest:
            deliveries = tuple(sorted({name for names in rows["delivery"] for name in names}))
            yield Piece(deliveries, str(rows["line"].min()), int(rows["year"][0]), size)


def _unknown(rows: pl.DataFrame) -> pl.DataFrame:
    """What is hidden: without what was shown in any parting. Of what no block names, neither what looks the same."""
    shown = rows.filter(pl.col("group") == "")
    hidden = rows.filter(pl.col("group") != "").join(shown, on=["sha256", "row"], how="anti", maintain_order="left")
    return hidden.join(shown.filter(~pl.col("blocked")), on=list(SAME), how="anti", maintain_order="left")


def _content(sha256: str, files: Files) -> pl.DataFrame:
    """What a file says of its postings: period, flow, cents, whether a block names it now, and whose it is."""
    dossier, delivery = files[sha256]
    rows = read_delivery(dossier, delivery)[0].postings.with_columns(named=blocked_by(dossier) != "")
    told = with_person(rows).with_columns(sha256=pl.lit(sha256))
    return told.select(pl.col(name).cast(kind) for name, kind in TOLD.items()).collect()
