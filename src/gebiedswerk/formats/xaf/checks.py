"""What an audit file says of itself against what stands in it: errors where money may be lost, warnings elsewhere."""

from __future__ import annotations

import polars as pl

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.core.money import in_reach
from gebiedswerk.core.words import says_something
from gebiedswerk.dossier import Delivery
from gebiedswerk.formats.xaf.stream import Content
from gebiedswerk.formats.xaf.text import XafText
from gebiedswerk.language.numbers_and_dates import parse_cents

_ODB = "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP"
NAMESPACES = (
    "http://www.auditfiles.nl/XAF/3.1",
    "http://www.auditfiles.nl/XAF/3.2",
    f"{_ODB}/1.0/structures/XmlAuditfileFinancieel3.2.1",
    f"{_ODB}/1.1/structures/XmlauditfileXAF_4.0",
)
"""Those of the official schemas of 3.1, 3.2, 3.2.1 and 4.0."""
TYPES = frozenset("BPM")


def whole_faults(content: Content, text: XafText, delivery: Delivery) -> list[Fault]:
    """Of the file as a whole: one administration, one year, in euros, in the encoding and words of the standard."""
    file, faults = delivery.file, []
    if not text.honest:
        faults.append(fault("L130", file, None, None, text.declared or "utf-8", encoding=text.encoding))
    if content.namespace not in NAMESPACES:
        faults.append(fault("L131", file, None, "xmlns", content.namespace or "-", known=NAMESPACES))
    lacking = [name for name in ("company", "header") if not content.times[name]]
    lacking += ["trLine"] if content.times["company"] and not content.lines.height else []
    faults += [fault("L143", file, None, None, name) for name in lacking]
    faults += [fault("L143", file, None, None, "trLine")] if content.stray else []
    repeated = [(name, content.times[name]) for name in ("company", "header", "transactions")]
    faults += [fault("L144", file, None, name, times) for name, times in repeated if times > 1]
    faults += _header_faults(content, delivery) if content.times["header"] else []
    names = [(name, count, "unknown") for name, count in content.strange.most_common()]
    return faults + capped([_breach(delivery, None, *found) for found in names], 5)


def _header_faults(content: Content, delivery: Delivery) -> list[Fault]:
    year, currency = content.header["fiscalYear"], content.header["curCode"]
    allowed, faults = delivery.settings.years, []
    if year not in map(str, allowed):
        code = "L116" if year.isdecimal() and len(year) == 4 else "L108"
        facts = {"allowed": ", ".join(map(str, allowed))} if code == "L116" else {}
        faults.append(fault(code, delivery.file, None, "fiscalYear", year or "-", **facts))
    if currency not in ("EUR", ""):
        faults.append(fault("L116", delivery.file, None, "curCode", currency, allowed="EUR"))
    return faults + ([] if currency else [_breach(delivery, None, "curCode", 1, "missing")])


def line_faults(content: Content, delivery: Delivery) -> list[Fault]:
    """Of the lines: references, numbers, accounts and quantities that the standard wants otherwise."""
    lines, file, faults = content.lines, delivery.file, []
    sides = lines.filter(~pl.col("amntTp").is_in(["D", "C"]))
    found = sides.head(21).select("row", "amntTp").iter_rows()
    faults += capped([fault("L148", file, row, "amntTp", side or "-") for row, side in found])
    empty = lines.filter(pl.col("docRef") == "")
    if empty.height:
        facts = {"count": empty.height, "lines": lines.height}
        faults.append(fault("L132", file, empty["row"][0], "docRef", None, **facts))
    again = lines.filter((pl.col("nr") != "") & ~pl.struct("transaction", "nr").is_first_distinct())
    if again.height:
        faults.append(fault("L133", file, again["row"][0], "nr", again["nr"][0], count=again.height))
    unknown = lines.filter(~pl.col("accID").is_in([*balance_accounts(content), *result_accounts(content)]))
    if unknown.height:
        facts = {"count": unknown.height, "accounts": unknown["accID"].n_unique()}
        faults.append(fault("L134", file, unknown["row"][0], "accID", unknown["accID"][0] or "-", **facts))
    negative = lines.filter(pl.col("qntity").cast(pl.String).str.starts_with("-"))
    if negative.height:
        faults.append(_breach(delivery, negative["row"][0], "qntity", negative.height, "negative"))
    return faults


def _breach(delivery: Delivery, row: int | None, name: str, count: int, what: str) -> Fault:
    """What the schema forbids and we can live with (L135)."""
    return fault("L135", delivery.file, row, name, name, count=count, kind=f"breach_{what}", choices="")


def balance_accounts(content: Content) -> list[str]:
    """The accounts of the balance sheet, by every mention in the file."""
    return sorted(account for account, types in content.account_types.items() if types == {"B"})


def result_accounts(content: Content) -> list[str]:
    """The accounts whose lines are costs or income, or partly so (M)."""
    return sorted(account for account, types in content.account_types.items() if types != {"B"} and types <= TYPES)


def sums_as_written(content: Content, cents: pl.Series) -> tuple[int, int]:
    """Debit and credit of the lines, as the file adds up its own.

    Takes `cents`, credit negative. A negative amount is taken from its own side, as the standard has it, unless the
    totals of the file only hold where it is added to the other.
    """
    both = pl.DataFrame({"side": content.lines["amntTp"], "cents": cents})
    debit = int(both.filter(side="D")["cents"].sum())
    credit = -int(both.filter(side="C")["cents"].sum())
    turned = int(cents.clip(lower_bound=0).sum()), -int(cents.clip(upper_bound=0).sum())
    written = tuple(_cents(content.controls.get(name, "")) for name in ("totalDebit", "totalCredit"))
    return turned if written == turned else (debit, credit)


def control_faults(content: Content, sums: tuple[int, int] | None, delivery: Delivery) -> list[Fault]:
    """The count (L145) and the totals (L146) of the file against what stands in it; without sums the count alone."""
    file, faults = delivery.file, []
    names = ("linesCount", "totalDebit", "totalCredit")
    for name, found in zip(names, (content.lines.height, *(sums or (None, None))), strict=True):
        written = content.controls.get(name, "")
        promised = _count(written) if name == "linesCount" else _cents(written)
        if not written and content.lines.height:
            faults.append(_breach(delivery, None, name, 1, "missing"))
        elif found is not None and written and promised != found:
            faults.append(_control_fault(file, name, written, promised, found))
    counts = content.controls.get("linesCount", "")
    counted = counts and _count(counts) == content.transactions.height
    if counted and sums is not None and not any(one.code in ("L146", "L106") for one in faults):
        told = fault("L190", file, None, "linesCount", counts, found=content.lines.height)
        faults = [told if one.code == "L145" else one for one in faults]
    return faults


def _control_fault(file: str, name: str, written: str, promised: int | None, found: int) -> Fault:
    if name == "linesCount":
        return fault("L145", file, None, name, written, found=found)
    if promised is None:
        return fault("L106", file, None, name, written, decimal=".")
    return fault("L146", file, None, name, written, cents=found, difference_cents=found - promised)


ACCEPTABLE = ("L145", "L146", "L147")
"""Controls of the file itself that a person may accept with a reason."""


def accepted(faults: list[Fault], delivery: Delivery) -> list[Fault]:
    """The faults, those of controls as warnings (L191) where the delivery says why it is accepted all the same."""
    if not says_something(delivery.settings.accepted):
        return faults
    return [
        fault("L191", one.file, one.row, one.column, one.value, of=one.code) if one.code in ACCEPTABLE else one
        for one in faults
    ]


def _count(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 16 else None


def _cents(written: str) -> int | None:
    return in_reach(parse_cents(written, ".", ""))


def transaction_faults(content: Content, cents: pl.Series, delivery: Delivery) -> list[Fault]:
    """Transactions whose debit and credit differ (L147), and an opening that books on a result account (L149)."""
    lines = content.lines.select("row", "transaction", "accID").with_columns(cents.alias("cents"))
    open_sums = (
        lines.group_by("transaction", maintain_order=True)
        .agg(pl.col("cents").sum(), pl.col("row").first())
        .filter(pl.col("cents") != 0)
    )
    numbers, file = content.transactions["nr"], delivery.file
    found = open_sums.head(21).iter_rows(named=True)
    named = [
        fault("L147", file, one["row"], None, numbers[one["transaction"]] or "-", cents=one["cents"]) for one in found
    ]
    faults = capped(named)
    if open_sums.height > 20:
        faults[-1] = fault("X002", file, None, None, of="L147", count=open_sums.height - 20)
    opening = content.transactions["periodNumber"].cast(pl.String).str.contains("^0+$")
    start = lines.filter(opening.gather(lines["transaction"]) & ~pl.col("accID").is_in(balance_accounts(content)))
    if start.height:
        first = start.row(0, named=True)
        facts = {"count": start.height, "cents": int(start["cents"].sum())}
        faults.append(fault("L149", file, first["row"], "accID", first["accID"] or "-", **facts))
    return faults
