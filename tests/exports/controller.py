"""A controller who takes in a file that nobody described: a proposal, an import, and a true answer to each question."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import polars as pl

from gebiedswerk.core.faults import Fault, errors
from gebiedswerk.dossier import Dossier, read
from gebiedswerk.dossier.session import Session
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.format import ReadFile
from gebiedswerk.formats.registry import read_file
from gebiedswerk.importing import Question, Wanted, keep_answers, offered, offered_dossier, propose, questions_of
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import read_delivery
from tests.conftest import KLEIN
from tests.exports.layout import BESIDE, Known
from tests.exports.notation import AS_QUARTERS

READ, ASKED, REFUSED, WRONG = "read", "asked", "refused", "wrong"
LOST = ("amount missing", "row cut")
"""Damage after which the row that a warning names has an amount in the package: who looks it up delivers again."""
TIMES = 12
"""So often a controller answers before giving up."""
COLUMNS = {
    "year": ("year", "period", "day"),
    "period": ("period", "day"),
    "booked_on": ("day",),
    "ledger_account": ("ledger",),
    "cost_centre": ("centre",),
    "description": ("text",),
    "debit": ("debit", "costs"),
    "credit": ("credit", "income"),
    "amount": ("amount",),
}
"""Our name of a column → what the generator calls what it holds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, and why: the questions that were answered, or the faults."""

    kind: str
    why: tuple[str, ...] = ()


@dataclass(slots=True)
class Room:
    """A dossier without deliveries, shared by all files of a run."""

    place: Path
    dossier: Dossier
    messages: Messages = field(default_factory=lambda: Messages("nl"))

    @property
    def profile(self) -> Path:
        """Where a proposal is written."""
        return self.place / "profiles" / "p.toml"


def room(folder: Path) -> Room:
    """A room in a folder."""
    place = folder / "dossier"
    shutil.copytree(KLEIN, place)
    for name in ("deliveries", "publications", "profiles", "iv3"):
        shutil.rmtree(place / name, ignore_errors=True)
    (place / "profiles").mkdir()
    years = place / "years.csv"
    years.write_text(years.read_text("utf-8").splitlines()[0] + "\n", "utf-8")  # none is closed
    dossier = read(place).value
    assert dossier is not None
    return Room(place, dossier)


def taken_in(found: Room, data: bytes, suffix: str, known: Known) -> Outcome:
    """What becomes of a file, with a true answer to whatever is asked."""
    found = replace(found, dossier=replace(found.dossier, session=Session()))
    file = found.place.parent / f"export.{suffix}"
    file.write_bytes(data)
    found.profile.unlink(missing_ok=True)
    proposed = propose(found.place, file, "p", found.messages)
    asked: list[str] = []
    if proposed.value is not None and proposed.value.kind is not DeliveryKind.REALISED:
        asked.append("kind")
        found.profile.unlink()
        proposed = propose(found.place, file, "p", found.messages, DeliveryKind.REALISED)
    if proposed.value is None:
        return Outcome(REFUSED, _codes(proposed.faults))
    wanted = Wanted(file, "p", administration="WD", exported_at=datetime.fromisoformat("2026-02-01"))
    return _answering(found, wanted, known, asked)


def _answering(found: Room, wanted: Wanted, known: Known, asked: list[str]) -> Outcome:
    for _ in range(TIMES):
        told = keep_answers(found.dossier, wanted, write=True)
        if told.value is None:
            return Outcome(REFUSED, _codes(told.faults))
        offer = offered(found.dossier, told.value)
        if offer.value is not None and not errors(offer.faults):
            lands, faults = read_file(offer.value.delivery)
            if any(one.code == "L243" for one in offer.faults) and known.recipe["damage"] in LOST:
                return Outcome(REFUSED, ("L243",))  # the row that is named has an amount in the package
            kept = read_delivery(offered_dossier(found.dossier, offer.value), offer.value.delivery)[0]
            if not kept.postings.collect().equals(lands.postings):
                return Outcome(WRONG, (*asked, "the import remembers other postings than it lands"))
            right = not errors(faults) and _differs(lands, known)
            return Outcome(WRONG, (*asked, right)) if right else Outcome(ASKED if asked else READ, tuple(asked))
        questions = questions_of(wanted, offer.faults)
        new = [one for one in questions if _name(one) not in asked]
        answers = [(one, answer) for one in new if (answer := _answer(one, known)) is not None]
        if not answers:
            return Outcome(REFUSED, (*_codes(offer.faults), *(f"?{_name(one)}" for one in new)))
        asked += [_name(one) for one, _ in answers]
        years = tuple(sorted({one.year for one in known.postings}))
        if any(one.key == "years" for one, _ in answers):
            wanted = replace(wanted, years=years)
        given = [answer for one, answer in answers if one.key != "years"]
        given += [*_both_sides(given, known), *_days_too(given, known)]
        if ("sign.column", "") not in given and any(key == "sign.column" for key, _ in given):
            given += [(key, ANSWERS[key](known)) for key in ("sign.negative", "sign.positive")]
        wanted = replace(wanted, answers=tuple(given))
    return Outcome(REFUSED, ("too many questions", *asked))


def _both_sides(given: list[tuple[str, str]], known: Known) -> list[tuple[str, str]]:
    """Debit and credit, where a file that has both was asked for its column of amounts."""
    if ("columns.amount", "") not in given:
        return []
    return [(f"columns.{name}", _column(name, known)) for name in ("debit", "credit")]


def _days_too(given: list[tuple[str, str]], known: Known) -> list[tuple[str, str]]:
    """The column of days, where it is the one that says the period."""
    days = known.heads.get("day")
    return [("columns.booked_on", days)] if days and ("columns.period", days) in given else []


def _name(question: Question) -> str:
    """A question by its setting; of rows to leave out also the column and what stands there."""
    if question.key != "leave_out":
        return question.key
    facts = dict(question.fault.facts)
    return f"leave_out {question.fault.column} {facts.get('found') or facts.get('rows')}"


def _codes(faults: Iterable[Fault]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.code for one in errors(tuple(faults))))


# -- what a controller knows


def _answer(question: Question, known: Known) -> tuple[str, str] | None:
    """The key and the value of a true answer; None for what a controller cannot answer."""
    key = question.key
    if question.fault.code == "L240" and known.recipe["damage"] in LOST:
        return None  # the row that is named is a posting in the package: who looks it up delivers again
    if question.fault.code == "L249":
        return None if known.recipe["damage"] in LOST else ("leave_out", f"{question.fault.column}=")
    if known.recipe["named once"] != "no" and (above := [one for one in question.choices if one.key == "fill_down"]):
        return "fill_down", above[0].value
    turned = [(one.key, one.value) for one in question.choices if one.key == "negative_costs"]
    if turned and known.recipe["sign"] == "costs below zero":
        return turned[0]
    if question.fault.code == "L244":
        return "leave_out", f"{question.fault.column}="
    if key in ("leave_out", "keep"):
        return _left_out(question, known)
    if key.startswith("columns."):
        return key, _column(key.removeprefix("columns."), known)
    if key == "fill_down":
        return key, question.choices[0].value if known.recipe["named once"] != "no" else ""
    if key.startswith("zeros."):
        return key, "0"
    if key.startswith("cents_columns."):
        return key, known.heads.get(f"{_held(key.partition('.')[2], known)} cents", "")
    if key in ("named_codes", "renamed"):
        return key, question.choices[0].value
    answer = ANSWERS.get(key)
    return (key, answer(known)) if answer else None


def _held(name: str, known: Known) -> str:
    """What the generator calls that which a column of ours holds."""
    return next((one for one in COLUMNS[name] if one in known.heads), "")


def _column(name: str, known: Known) -> str:
    held = next((one for one in COLUMNS.get(name, ()) if one in known.heads), None)
    if held is None or held == "period" and name == "year" and not _says_year(known):
        return ""
    if held == "day" and name in ("year", "period") and known.recipe["odd"] != "late days":
        return ""
    return known.heads[held]


def _says_year(known: Known) -> bool:
    return known.recipe["year"] in ("column", "two years") and "year" not in known.heads


def _left_out(question: Question, known: Known) -> tuple[str, str] | None:
    """What is asked to be left out, if those rows are no postings; else they are kept."""
    texts = {text for _, text in known.labels}
    found = dict(question.fault.facts).get("found")
    asked = [str(text) for text in found if text] if isinstance(found, tuple) else []
    value = next((one.value for one in question.choices if not one.key), "")
    kept = [text for text in asked if text not in texts and text != "…"]
    if kept and len(kept) < len(asked):
        column = question.fault.column
        return "leave_out", f"{column}={','.join(text for text in asked if text in texts)}"
    return ("keep", ",".join(kept)) if kept else ("leave_out", value)


def _sign(known: Known) -> str:
    sign = known.recipe["sign"]
    if sign in ("behind", "before", "CR"):
        return known.heads["amount"]
    return known.heads.get("sign", "")


def _truth(*signs: str) -> Callable[[Known], str]:
    return lambda known: "true" if known.recipe["sign"] in signs else "false"


def _income(known: Known) -> str:
    return "08*" if known.recipe["codes"] == "leading zero" and known.recipe["damage"] != "zeros lost" else "8*"


def _days(known: Known) -> str:
    name = known.recipe["days"].partition(" ")[0].removesuffix("T")
    return name if name != "none" else "dd-mm-jjjj"


BESIDE_OTHER = {head: other for head, _, other in BESIDE.values()}
"""A column that says which rows are no postings of this delivery → what it says of those."""
ANSWERS: Mapping[str, Callable[[Known], str]] = {
    "decimal": lambda known: known.decimal,
    "quarters": lambda known: "true" if known.recipe["periods"] in AS_QUARTERS else "false",
    "thousands": lambda known: known.thousands,
    "date": _days,
    "delimiter": lambda known: known.recipe["mark"],
    "encoding": lambda known: {"cp1252": "windows-1252"}.get(known.recipe["encoding"], known.recipe["encoding"]),
    "flows.column": lambda known: known.heads["ledger"],
    "flows.income": _income,
    "flows.balance": lambda known: "",
    "flows.reserve_in": lambda known: "",
    "flows.reserve_out": lambda known: "",
    "sign.column": _sign,
    "sign.positive": lambda known: known.marks[0] if known.marks and _sign(known) else "",
    "sign.negative": lambda known: known.marks[1] if known.marks and _sign(known) else "",
    "in_cents": lambda known: "true" if known.recipe["odd"] == "cents" else "false",
    "unit": lambda known: "1000" if known.recipe["odd"] == "thousands" else "1",
    "running_months": lambda known: "true" if known.recipe["months"].endswith("that run on") else "false",
    "year_of_months": lambda known: "header",
    "period_months": lambda known: "3",
    "short_period": lambda known: "10" if known.recipe["periods"] == "2025,10" else "1",
    "shown_minus": lambda known: "true" if known.recipe["odd"] == "shown minus" else "false",
    "late_period": lambda known: "12" if known.recipe["odd"] == "late days" else "0",
    "negative_costs": _truth("costs below zero"),
    "sign.signed": _truth("signed and D/C"),
    "negative_credit": _truth("credit below zero"),
    "unsigned_income": _truth("income unsigned", "L/B"),
    "income_by_side": _truth("lasten baten"),
    "trailing_minus": _truth("minus behind"),
    "sheet": lambda known: "*" if known.recipe["sheets"].startswith("continued") else "Mutaties",
    "other_sheets": lambda known: "false",
    "quotes": lambda known: "false",
    "leave_out_other": lambda known: "{}={}".format(known.heads["beside"], BESIDE_OTHER[known.heads["beside"]]),
    "leave_out_below": lambda known: f"{known.labels[-1][0]}={known.labels[-1][1]}",
    "years": lambda known: "",
}
"""A setting → what a controller says of it."""


# -- what landed, and what is true

Key = tuple[int | str, ...]
READ_AS = {"ledger": ("ledger_account", "category"), "centre": ("cost_centre", "project", "category")}
"""What the generator calls a code → our columns in which it may land, as packages name it."""


def _differs(lands: ReadFile, known: Known) -> str:
    """How what landed differs from the truth; nothing where it does not."""
    postings = lands.postings
    if postings.height != len(known.postings):
        return f"{postings.height} lines for {len(known.postings)}"
    names = {read: code for code, all_read in known.codes.items() for read in all_read}
    columns = {held: _read_as(held, postings, known) for held in READ_AS}
    sums: Counter[Key] = Counter()
    for row in postings.iter_rows(named=True):
        codes = (names.get(row[column], row[column]) if column else "" for column in columns.values())
        sums[row["year"], row["period"], *codes] += row["cents"]
    true: Counter[Key] = Counter()
    for one in known.postings:
        codes = (
            code if column else "" for code, column in zip((one.ledger, one.centre), columns.values(), strict=True)
        )
        true[one.year, one.period, *codes] += one.signed
    if sums != true:
        key = next(key for key in {**sums, **true} if sums.get(key, 0) != true.get(key, 0))
        return f"{key} is {sums.get(key)} and should be {true.get(key)}"
    debit, credit = lands.debit_cents, lands.credit_cents
    booked = sum(one.signed for one in known.postings)
    return "" if debit - credit == booked else f"{debit} - {credit} is not {booked}"


def _read_as(held: str, postings: pl.DataFrame, known: Known) -> str:
    """Our column in which codes landed: none of its own where a package calls a ledger account a category."""
    codes = {code for one in known.postings for code in known.codes[one.ledger if held == "ledger" else one.centre]}
    return next((name for name in READ_AS[held] if set(postings[name]) & codes), "")
