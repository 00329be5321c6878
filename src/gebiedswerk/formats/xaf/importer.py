"""XAF, the Dutch audit file (XML Auditfile Financieel) 3.1, 3.2, 3.2.1 and 4.0: a tolerant reader with a strict report.

The row of a posting is the ordinal of its trLine in the file, 1 for the first. Debit is positive. `booked_on` is the
trDt of its transaction: that means the same in every version, where effDate became the date of the invoice in 4.0.
Lines on accounts of the balance sheet are postings with the flow `balance`, which count nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from gebiedswerk.core.faults import Checked, Fact, Fault, errors, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind, SignColumn
from gebiedswerk.formats.amounts import read_amounts
from gebiedswerk.formats.format import ROW, ReadFile
from gebiedswerk.formats.forms import reader_of
from gebiedswerk.formats.normalise import bare_amounts
from gebiedswerk.formats.posting_reader import FLOW
from gebiedswerk.formats.profile_reader import header_faults, read_rows
from gebiedswerk.formats.xaf.look import moments_of
from gebiedswerk.formats.xaf.shape import READABLE, RELATION, RENAMED

if TYPE_CHECKING:
    from gebiedswerk.formats.sample import Sample
    from gebiedswerk.formats.xaf.stream import Content

COLUMNS: Mapping[str, str] = {
    "booked_on": "trDt",
    "ledger_account": "accID",
    "cost_centre": "costID",
    "project": "projID",
    "description": "desc",
    "creditor": RELATION,
}
"""Which element fills what, where the profile does not say otherwise."""
STANDARD: Mapping[str, str] = {"year": "fiscalYear", "period": "periodNumber", "amount": "amnt"}
"""What the standard says, and no profile can change."""
SPLIT = ("debit", "credit")


@dataclass(frozen=True, slots=True)
class XafImporter:
    """Audit files."""

    name: str = "xaf"
    has_columns: bool = False

    def recognises(self, path: Path, head: bytes) -> bool:
        """By its root, or its name: a broken audit file is still one."""
        del head
        return reader_of(path) == self.name

    def headers(self, path: Path, profile: Profile) -> Iterator[list[str]]:
        """What any audit file may hold."""
        del path, profile
        yield [*READABLE, *RENAMED, "trDt"]

    def sample(self, path: Path, profile: Profile | None = None, *, whole: bool = True) -> Sample | None:
        """An audit file has no table."""
        del path, profile, whole
        return None

    def lines_around(self, path: Path, profile: Profile) -> Iterator[Sequence[str]]:
        """Nor anything around one."""
        del path, profile
        yield from ()

    def moments(self, path: Path) -> tuple[tuple[datetime, str], ...]:
        """When it was made, by its header."""
        return moments_of(path)

    def unreadable(self, delivery: Delivery) -> tuple[Fault, ...]:
        """Reading it says why."""
        del delivery
        return ()

    def unfit(self, path: Path, profiles: Iterable[Profile]) -> tuple[Fault, ...]:
        """It says itself how it is encoded."""
        del path, profiles
        return ()

    def read(self, delivery: Delivery) -> Checked[ReadFile]:
        """Read a delivery. It lands whole or not at all."""
        from gebiedswerk.formats.xaf.stream import Refused  # the parser is loaded where a file is read

        faults = _setting_faults(delivery)
        if faults:
            return Checked(ReadFile(), tuple(faults))
        try:
            return _read(replace(delivery, profile=_profile(delivery.profile)))
        except Refused as refused:
            why = fault(refused.code, delivery.file, None, None, refused.value, **refused.facts)
            return Checked(ReadFile(), (why,))


def _profile(profile: Profile) -> Profile:
    """What a profile says of columns and flows, completed by the standard; an audit file can vary nothing else."""
    columns = {name: RENAMED.get(element, element) for name, element in profile.columns.items() if name not in SPLIT}
    flows = replace(profile.flows, column=RENAMED.get(profile.flows.column, profile.flows.column) or "accID")
    side = SignColumn("amntTp", ["C"])
    columns = {**COLUMNS, **columns, **STANDARD}
    return Profile(columns, flows, sign=side, decimal=".", thousands="", date="jjjj-mm-dd")


def _setting_faults(delivery: Delivery) -> list[Fault]:
    """An audit file holds what was booked, and a profile may name the elements of a line that are of no person."""
    place, kind = f"deliveries/{delivery.id}/delivery.toml", delivery.settings.kind
    if kind is not DeliveryKind.REALISED:
        return [fault("D105", place, None, "kind", kind, kind="choice", choices=str(DeliveryKind.REALISED))]
    profile, file = _profile(delivery.profile), f"profiles/{delivery.settings.profile}.toml"
    named = {f"columns.{name}": element for name, element in profile.columns.items() if name not in STANDARD}
    named["flows.column"] = profile.flows.column
    choices = [*READABLE, "trDt"]
    free = {"columns.creditor": [RELATION, *choices]}
    wrong = [(key, element) for key, element in named.items() if element not in free.get(key, choices)]
    facts: dict[str, Fact] = {"kind": "choice", "choices": tuple(choices)}
    faults = [fault("D105", file, None, key, element, **facts) for key, element in wrong]
    present = [*choices, RELATION, "amntTp", *STANDARD.values()]
    return faults or header_faults(present, replace(delivery, profile=profile))


def _read(delivery: Delivery) -> Checked[ReadFile]:
    from gebiedswerk.formats.xaf import checks
    from gebiedswerk.formats.xaf.stream import read_stream
    from gebiedswerk.formats.xaf.text import read_text

    profile, text = delivery.profile, read_text(delivery.path)
    wanted = [*profile.columns.values(), profile.flows.column]
    content = read_stream(text.pieces(), [name for name in wanted if name in (*READABLE, RELATION)])
    faults = [*checks.whole_faults(content, text, delivery), *checks.line_faults(content, delivery)]
    if checks.balance_accounts(content) and profile.flows.balance is None:
        profile = replace(profile, flows=replace(profile.flows, balance=[]))  # the file says which they are
        delivery = replace(delivery, profile=profile)
    cells = _cells(content, delivery)
    read, found = read_rows(cells.rename({"row": ROW}), delivery) if cells.height else (ReadFile(), [])
    sided = content.lines["amntTp"].is_in(["D", "C"]).all()
    amounts = read.held["cents"] if read.lines and sided else _amounts(cells)
    sums = None if amounts.has_nulls() else checks.sums_as_written(content, amounts)
    faults += checks.control_faults(content, sums, delivery)
    faults += checks.transaction_faults(content, amounts, delivery) if sums else []
    wrong_year = any(one.column == "fiscalYear" for one in faults)
    faults += [one for one in found if not (wrong_year and one.column == "trDt")]  # far from a year that is none
    faults = checks.accepted(faults, delivery)
    if errors(faults) or sums is None:
        return Checked(ReadFile(), tuple(faults))
    balance = pl.Series(checks.balance_accounts(content), dtype=pl.String)
    other = pl.lit(read.same["flow"], FLOW) if "flow" in read.same else pl.col("flow")
    flow = pl.when(content.lines["accID"].is_in(balance.implode())).then(pl.lit("balance", FLOW)).otherwise(other)
    same = {name: text for name, text in read.same.items() if name != "flow"}
    names = tuple(sorted(content.names - {""}))
    return Checked(ReadFile(read.held.with_columns(flow.alias("flow")), read.lines, *sums, same, names), tuple(faults))


def _cells(content: Content, delivery: Delivery) -> pl.DataFrame:
    """One row per line, as `read_rows` wants it: each has what its transaction says."""
    year, years = content.header.get("fiscalYear", ""), [str(year) for year in delivery.settings.years]
    owner = content.lines["transaction"]
    return content.lines.with_columns(
        pl.lit(year if year in years else years[0]).alias("fiscalYear"),  # another year is one fault, not one per line
        content.transactions["periodNumber"].gather(owner),
        content.transactions["trDt"].gather(owner),
    )


def _amounts(cells: pl.DataFrame) -> pl.Series:
    """The amounts in cents, credit negative; null where one cannot be read, or is neither debit nor credit."""
    cents = read_amounts(bare_amounts(cells["amnt"], ".").cast(pl.String), ".", "")
    side = pl.when(pl.col("amntTp") == "D").then(1).when(pl.col("amntTp") == "C").then(-1)
    return cells.select((side * cents).alias("cents")).to_series()
