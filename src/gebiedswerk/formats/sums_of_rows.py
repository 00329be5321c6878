"""Rows that no word and no empty cell tells from postings, and that are the sum of others: of those whose code begins
as theirs, or of the rows right below or above them, as in a trial balance or a pivot table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.formats.column_store import distinct
from gebiedswerk.formats.format import ROW, listed_rows
from gebiedswerk.formats.left_out import pattern
from gebiedswerk.formats.postings import CODES

FEWEST = 2
"""A total of fewer rows may be chance; so may be a file that falls into fewer groups."""
FEWEST_OTHERS = 3
"""One row is the sum of all others: of fewer it may be chance."""
MOST_LOOKED = 20_000
"""Rows in which groups are looked for, and codes that are held against each other: reports of groups are short."""
MOST_ENDS = 50
"""Ends of a group that are tried: more come to the same only where nothing is booked."""
CODE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.]*[0-9A-Za-z])?")
"""The code with which a cell begins: `4300` of `4300 Inhuur`, `43` of `43..` and `43*`."""
REST = re.compile(r"[Xx]+$|(?<=[0-9])0+$")
"""What stands in a code of a group for all that may follow: `43XX`, `4300`."""


def sums_of_rows(cells: pl.DataFrame, delivery: Delivery, balance: pl.Series) -> Iterator[Fault]:
    """Ask about rows that are the sum of other rows (L290), by their codes or else by where they stand.

    Takes debit minus credit of each row. Whoever said that such rows are postings is not asked (`keep`, and
    `unlabelled_totals` for what stands between the rows).
    """
    profile = delivery.profile
    if profile.unlabelled_totals is False or balance.null_count():
        return
    codes = dict.fromkeys([*(profile.columns.get(name) for name in CODES), profile.flows.column])
    headers = [one for one in codes if one in cells.columns and cells.schema[one] != pl.Float64]
    for header in headers:
        totals = totals_by_code(cells[header], balance)
        if totals:
            yield from _asked(cells, delivery, balance, header, _stripped(cells[header]).is_in(totals))
            return
    groups = totals_of_groups(balance.to_list()) if cells.height <= MOST_LOOKED else []
    if groups:
        described = profile.columns.get("description")
        texts = [*headers, *([described] if described in cells.columns else [])]
        told = next((one for one in texts if _tell_apart(_stripped(cells[one]), groups)), "")
        among = pl.Series(range(cells.height)).is_in(groups)
        yield from _asked(cells, delivery, balance, told, among)


def _stripped(column: pl.Series) -> pl.Series:
    return column.cast(pl.String).fill_null("").str.strip_chars()


def totals_by_code(column: pl.Series, balance: pl.Series) -> list[str]:
    """The cells of a column of codes whose rows are together what all rows below their code are: `43` of `4300`.

    A column of texts that hardly repeat, or of more codes than anyone has, is not looked at.
    """
    known = distinct(column)
    if (column if known is None else known).len() > MOST_LOOKED:
        return []
    keys = _stripped(column) if known is None else column.to_physical()
    rows = pl.DataFrame({"code": keys, "cents": balance}).group_by("code", maintain_order=True)
    summed = rows.agg(pl.col("cents").sum(), pl.len()).iter_rows()
    texts = None if known is None else _stripped(known)
    sums: dict[str, tuple[int, int]] = {}
    for key, cents, count in summed:
        code = key if texts is None else "" if key is None else texts[key]
        if code:
            before = sums.get(code, (0, 0))
            sums[code] = (before[0] + cents, before[1] + count)
    below: dict[str, set[str]] = defaultdict(set)
    for cell in sums:
        code = _code(cell)
        for end in range(1, len(code) + 1):
            below[code[:end]].add(cell)
    found: dict[str, None] = {}
    for cell in sorted(sums, key=lambda cell: len(_group(cell)), reverse=True):
        leaves = [one for one in below.get(_group(cell), ()) if one not in found and _is_below(one, cell)]
        cents, rows_of = sum(sums[one][0] for one in leaves), sum(sums[one][1] for one in leaves)
        if cents and rows_of >= FEWEST and sums[cell][0] == cents:
            found[cell] = None
    return list(found)


def _code(cell: str) -> str:
    found = CODE.match(cell)
    return found[0] if found else ""


def _group(cell: str) -> str:
    """What all codes of a group begin with: `43` of `43`, `43..`, `43XX` and `4300`."""
    return REST.sub("", _code(cell)).rstrip(".")


def _is_below(cell: str, group: str) -> bool:
    """Whether a code is longer than that of a group, or as long where the group ends in what stands for all."""
    code, start = _code(cell), _group(group)
    return code != _code(group) and len(code) > len(start) and len(code) >= len(_code(group))


def totals_of_groups(cents: Sequence[int]) -> list[int]:
    """The places of rows that each are the sum of the rows below (or above) them, where a whole file is such groups; or
    of the last row, or the first, that is the sum of all others.
    """
    last = len(cents) - 1
    filled = sum(map(bool, cents)) > FEWEST_OTHERS
    whole = [at for at in (0, last) if filled and cents[at] and sum(cents) == 2 * cents[at]]
    return _heads(cents) or sorted(last - at for at in _heads(cents[::-1])) or whole[-1:]


def _heads(cents: Sequence[int]) -> list[int]:
    """The first rows of the groups in which rows fall apart, of which each first one is the sum of its others.

    Told from below upwards: which rows can begin such a group after which only such groups follow.
    """
    sums = [0, *accumulate(cents)]
    places: dict[int, list[int]] = defaultdict(list)
    for at, amount in enumerate(sums):
        places[amount].append(at)
    ends: list[int | None] = [None] * len(cents)
    ends.append(len(cents))
    for at in range(len(cents) - 1, -1, -1):
        if not cents[at]:
            continue
        ending = places.get(sums[at + 1] + cents[at], [])
        first = bisect_right(ending, at + 1)
        ends[at] = next((end for end in ending[first : first + MOST_ENDS] if ends[end] is not None), None)
    found, at = list[int](), 0
    while at < len(cents) and (end := ends[at]) is not None:
        found.append(at)
        at = end
    wide = sum(end - at > FEWEST for at, end in pairwise([*found, len(cents)]))  # two equal amounts are no group
    return found if at == len(cents) and len(found) >= FEWEST and 2 * wide >= len(found) else []


def _tell_apart(column: pl.Series, places: list[int]) -> bool:
    """Whether what stands in a column at these places stands nowhere else in it."""
    here = column.is_in(column.gather(places).to_list())
    return bool((column.gather(places) != "").all()) and int(here.sum()) == len(places)


def _asked(
    cells: pl.DataFrame, delivery: Delivery, balance: pl.Series, header: str, totals: pl.Series
) -> Iterator[Fault]:
    """Ask about these rows, by what stands in a column that tells them apart; by their numbers where none does."""
    texts = list[str]()
    if header:
        texts = _stripped(cells[header].filter(totals)).unique(maintain_order=True).to_list()
    kept = [re.compile(pattern(one)) for one in delivery.profile.keep]
    if texts and all(any(one.search(text) for one in kept) for text in texts):
        return
    rows, cents = cells[ROW].filter(totals), int(balance.filter(totals).sum())
    facts = {"count": rows.len(), "rows": listed_rows(rows), "cents": cents, "found": tuple(texts)}
    facts["profile"] = delivery.settings.profile
    yield fault("L290", delivery.file, rows[0], header or None, texts[0] if texts else None, **facts)
