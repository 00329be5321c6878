"""What an import asks before anything lands: faults that a person can answer, each with its choices and the answer.

A fault is a question where it is named in `ASKED`: what is asked of the profile is answered with `--answer KEY=VALUE`,
what belongs to the delivery with its own option. Words are made at the edge (`gebiedswerk.cli.asking`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gebiedswerk.core.faults import Fact, Fault
from gebiedswerk.dossier.tables import Authority
from gebiedswerk.dossier.toml_edit import line_of
from gebiedswerk.dossier.unsure import in_list
from gebiedswerk.formats.sheets.of_book import SHEET
from gebiedswerk.importing.answers import LEFT_OUT, OTHER_ROWS, ROWS_BELOW, key_path, setting_value

OF_DECISION = "decision."
"""So begins what is asked of the decisions of a budget."""
UNSURE = "I150"
"""A question of the profile itself, under `[unsure]`."""
OPTIONS: Mapping[str, str] = {
    "years": "--years",
    "periods": "--periods",
    "administration": "--administration",
    "exported_at": "--exported-at",
    "kind": "--kind",
    "profile": "--profile",
}
"""What belongs to the delivery, and the option of `import` that answers it; all else is a setting of the profile."""
SHELL = frozenset(" \t;&|()<>$`'!#~?*[]{}\\€")
"""Signs for which a value stands in quotes on a command line."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that answers a question. `means`: the name of a message with these facts, for a person.

    `key`: the setting that this choice answers, where it is another than that of its question.
    """

    value: str
    means: str
    facts: tuple[tuple[str, Fact], ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proposal is unsure of: a setting, the question about it (a message with facts), and what it may be."""

    key: str
    words: str
    facts: tuple[tuple[str, Fact], ...] = ()
    choices: tuple[Choice, ...] = ()
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A fault that a person can answer: which setting or option, what may be answered, and what we would say."""

    key: str
    fault: Fault
    choices: tuple[Choice, ...] = ()
    proposed: str | None = None

    @property
    def file(self) -> str | None:
        """The profile in which the answer is written; None for what belongs to the delivery."""
        profile = dict(self.fault.facts).get("profile")
        own = self.key in OPTIONS or is_of_decision(self.key)
        return f"profiles/{profile}.toml" if profile and not own else None

    @property
    def example(self) -> str | None:
        """The proposed answer, else the first choice."""
        return self.proposed if self.proposed is not None else next((one.value for one in self.choices), None)


def is_of_decision(key: str) -> bool:
    """Whether it is a fact of the decisions of a budget."""
    return key.startswith(OF_DECISION)


def option(key: str, value: str) -> str:
    """An answer as a person types it behind the command."""
    word = value if key in OPTIONS else f"{key.removeprefix(OF_DECISION)}={value}"
    word = f'"{word}"' if not word or SHELL & set(word) else word
    return f"{OPTIONS.get(key, '--decision' if is_of_decision(key) else '--answer')} {word}"


def line(key: str, value: str) -> str | None:
    """An answer as it stands in the profile; None where it is no setting, or cannot be one."""
    if key in OPTIONS or is_of_decision(key):
        return None
    if key in LEFT_OUT:
        column, _, texts = value.partition("=")
        found = setting_value("keep", texts)
        what = line_of(("text",), found) if found else line_of(("empty",), value=True)
        what += "".join(f"\n{line_of((name,), one)}" for name, one in LEFT_OUT[key].items())
        return f"[[leave_out]]\n{line_of(('column',), column)}\n{what}" if value else None
    try:
        return line_of(key_path(key), setting_value(key, value))
    except ValueError:
        return None


def questions(
    faults: Iterable[Fault], asked: Sequence[Asked] = (), suggested: Mapping[str, str] | None = None
) -> tuple[Question, ...]:
    """The questions among faults, in their order, each once.

    `asked`: what a proposal for this file would ask; `suggested`: answers that the file itself suggests for what
    belongs to the delivery (`years`: what its title says).
    """
    known = {one.key: one for one in asked}
    found = (_question(one, known) for one in faults)
    whole = (_suggested(one, suggested or {}) for one in found if one is not None)
    return tuple({(one.key, one.fault.file, one.fault.column): one for one in whole}.values())


def _suggested(question: Question, suggested: Mapping[str, str]) -> Question:
    if question.proposed is None and question.key in suggested:
        return replace(question, proposed=suggested[question.key])
    return question


def _question(found: Fault, asked: Mapping[str, Asked]) -> Question | None:
    ask, key = ASKED.get(found.code), found.column or ""
    if found.code == UNSURE:
        return Question(key, found, asked[key].choices if key in asked else (), found.value)
    return ask(found) if ask else None


def _truth(key: str) -> Callable[[Fault], Question]:
    """A setting that is true or false, and nearly always true where it is asked."""
    choices = tuple(Choice(value, f"ask.{key}.{value}") for value in ("true", "false"))
    return lambda found: Question(key, found, choices, "true")


def _totals(found: Fault) -> Question:
    """Rows that look like totals: to leave out, or postings all the same."""
    names = _found(found)
    listed = ",".join(map(in_list, total_texts(found)))
    whole = found.column == SHEET  # the rows of all sheets again, which are no total of rows above them
    out = Choice(f"{found.column}={listed}", "ask.leave_out", key=OTHER_ROWS if whole else "")
    kept = Choice(",".join(map(in_list, names)), "ask.keep", key="keep")
    return Question("leave_out", found, (out, kept), out.value)


def _texts(found: Fault) -> Question:
    """Rows with a text and no amount: to leave out by that text, or by the cell that is empty in them."""
    value = f"{found.column}={','.join(map(in_list, beginnings(list(filter(None, _found(found))))))}"
    return Question("leave_out", found, (Choice(value, "ask.leave_out"),), value)


def _unlabelled(found: Fault) -> Question:
    """Rows that are the sum of those above them: to leave out by the cell that they lack, or postings all the same."""
    facts, key = dict(found.facts), "unlabelled_totals"
    value = f"{found.column}="
    if facts["count"] != facts["empty"]:  # other rows lack the cell too: to leave them all out would lose postings
        choices = (Choice("false", "ask.keep"), Choice(value, "ask.leave_out", key="leave_out"))
        return Question(key, found, choices, "false")
    return Question("leave_out", found, (Choice(value, "ask.leave_out"), Choice("false", "ask.keep", key=key)), value)


def _sums(found: Fault) -> Question:
    """Rows that are the sum of others by their code or their place: to leave out by it, or postings all the same."""
    texts = _found(found)
    if not texts or any("*" in text for text in texts):  # a pattern would take other rows too
        return Question("unlabelled_totals", found, (Choice("false", "ask.keep"),))
    listed = ",".join(map(in_list, texts))
    value = f"{found.column}={listed}"
    return Question("leave_out", found, (Choice(value, "ask.leave_out"), Choice(listed, "ask.keep", key="keep")), value)


def _sheets(found: Fault) -> Question:
    """Sheets with the same columns: all rows of the file together, or those of one alone."""
    only = Choice("false", "ask.sheet.only", (("read", str(dict(found.facts)["read"])),), key="other_sheets")
    return Question("sheet", found, (Choice("*", "ask.sheet.all"), only), "*")


def _strange_sheets(found: Fault) -> Question:
    """Sheets with amounts below other columns: they hold no postings, or are delivered apart."""
    return Question("other_sheets", found, (Choice("false", "ask.sheet.strange", (("sheets", found.value or ""),)),))


def _named_once(found: Fault) -> Question:
    """Columns that say something only where it changes: it holds for the empty cells below, or those are empty."""
    value = ",".join(_listed(found, "names"))
    return Question("fill_down", found, (Choice(value, "ask.fill_down"), Choice("", "ask.fill_down.none")))


def _quotes(found: Fault) -> Question | None:
    """A quote that takes lines of a CSV together: a sign of a text, or the cell goes on over those lines."""
    if not dict(found.facts).get("profile"):
        return None  # it was said already, and is something else
    signs = Choice("false", "ask.quotes.false")
    both = (signs, Choice("true", "ask.quotes.true")) if found.code == "L255" else (signs,)
    return Question("quotes", found, both, "false" if found.code == "L121" else None)


def _longer_periods(found: Fault) -> Question:
    """How many months a period has."""
    months = str(dict(found.facts)["months"])
    values = dict.fromkeys((months, "4", "6", "3", "1"))
    return Question("period_months", found, tuple(Choice(one, "ask.period_months") for one in values), months)


def _month_years(found: Fault) -> Question:
    """In which year and period the columns of months count that go over New Year, or are of another year."""
    choices = tuple(Choice(one, f"ask.year_of_months.{one}") for one in _listed(found, "choices"))
    return Question("year_of_months", found, choices)


def _beside_months(found: Fault) -> Question:
    """A column of amounts beside those of months: those of another period, or no part of the year."""
    header, periods = found.column or "", _listed(found, "periods")
    none = Choice(in_list(header), "ask.unread_columns")
    own = (Choice(header, "ask.beside_months", (("period", one),), key=f"period_columns.{one}") for one in periods)
    return Question("unread_columns", found, (*own, none))


def _running_rows(found: Fault) -> Question:
    """Whether each row holds the year up to and including its period."""
    choices = tuple(Choice(value, f"ask.running_rows.{value}") for value in ("true", "false"))
    return Question("running_months", found, choices)


def _period_length(found: Fault) -> Question:
    """How many months the periods have that have a column each, and a number for a name."""
    choices = tuple(Choice(one, "ask.period_months") for one in _listed(found, "months"))
    return Question("period_months", found, choices)


def _filled_sheets(found: Fault) -> Question:
    """More sheets that are filled, and a profile that names none: one of them, or all that have its columns."""
    named = tuple(Choice(name, "ask.sheet.is") for name in _listed(found, "names"))
    return Question("sheet", found, (*named, Choice("*", "ask.sheet.all")))


def _lacking(found: Fault) -> Question:
    """Rows with an amount that lack a code: postings without it, or with that of the row above, or totals."""
    names = ",".join(_listed(found, "names"))
    above = (Choice(names, "ask.fill_down", key="fill_down"),) if names else ()
    left_out = Choice(f"{found.column}=", "ask.leave_out", key="leave_out")
    return Question("empty_codes", found, (Choice("true", "ask.empty_codes"), left_out, *above))


def _income(found: Fault) -> Question:
    """Income above zero: without its minus, paid back, or the signs of all amounts are turned."""
    own = _truth("unsigned_income")(found)
    turned = Choice("true", "ask.unsigned_income.turned", key="negative_costs")
    return own if dict(found.facts).get("turned") else replace(own, choices=(*own.choices, turned))


def _balance(found: Fault) -> Question:
    """Which accounts are of the balance sheet, where both sides of every booking stand in a file."""
    value = ",".join(map(in_list, _found(found)))
    choices = (*([Choice(value, "ask.flows.balance.is")] if value else []), Choice("", "ask.flows.balance.none"))
    return Question("flows.balance", found, choices, value or None)


def total_texts(found: Fault) -> list[str]:
    """What rows that look like totals (L180) are called, as `leave_out` names them."""
    return beginnings(_found(found))


def _found(found: Fault) -> list[str]:
    texts = dict(found.facts).get("found")
    return [str(text) for text in texts] if isinstance(texts, tuple) else []


def beginnings(texts: Sequence[str]) -> list[str]:
    """Texts with `*` for what differs: `Subtotaal 7101` and `Subtotaal 7102` are `Subtotaal*`."""
    words = [text.partition(" ")[0] for text in texts]
    found = (f"{word}*" if words.count(word) > 1 else text for word, text in zip(words, texts, strict=True))
    return list(dict.fromkeys(found))


def _of_delivery(key: str, choices: Callable[[Fault], Iterator[Choice]] | None = None) -> Callable[[Fault], Question]:
    return lambda found: Question(key, found, tuple(choices(found)) if choices else ())


def _profiles(found: Fault) -> Iterator[Choice]:
    names = dict(found.facts).get("names")
    yield from (Choice(str(name), "ask.profile") for name in (names if isinstance(names, tuple) else ()))


def _spans(found: Fault) -> Iterator[Choice]:
    """The periods that a file may cover, the likeliest first."""
    for span in _listed(found, "choices"):
        yield Choice(span, "ask.periods")


def _moments(found: Fault) -> Iterator[Choice]:
    """The moments that a file names, each with the words that do."""
    for moment, words in zip(_listed(found, "choices"), _listed(found, "words"), strict=True):
        yield Choice(moment, "ask.exported_at", (("words", words),))


def _listed(found: Fault, name: str) -> list[str]:
    values = dict(found.facts).get(name)
    return [str(one) for one in values] if isinstance(values, tuple) else []


def _of_decision(found: Fault) -> Question:
    """What neither a budget file nor its delivery says of the decisions: `decision.adopted.number`."""
    kind = dict(found.facts).get("decisions")
    key = f"{OF_DECISION}{found.column}" if kind == "–" else f"{OF_DECISION}{kind}.{found.column}"
    bodies = tuple(Choice(body.value, f"ask.authority.{body.value}") for body in Authority)
    return Question(key, found, bodies if found.column == "authority" else ())


def _renamed(found: Fault) -> Question:
    """Codes with more than one name: one code all the same, or two of which a part was taken for a name."""
    codes = ",".join(map(in_list, (*_listed(found, "known"), *_listed(found, "codes"))))
    others = ",".join(_listed(found, "others"))
    choices = (Choice(codes, "ask.renamed"), Choice(others, "ask.named_codes.none", key="named_codes"))
    return Question("renamed", found, choices, codes)


def _unit(found: Fault) -> Question:
    """Whether the amounts of a file are in thousands, as its title or header says."""
    said = str(dict(found.facts)["unit_said"])
    return Question("unit", found, (Choice(said, "ask.unit.is"), Choice("1", "ask.unit.none")), said)


def _cents_beside(found: Fault) -> Question:
    """Whether the cents of an amount stand in the column beside it."""
    value, key = found.value or "", f"cents_columns.{dict(found.facts)['name']}"
    return Question(key, found, (Choice(value, "ask.cents_columns.is"), Choice("", "ask.cents_columns.none")), value)


def _short_period(found: Fault) -> Question:
    """Which month `2025.1` is; another column, where it may be both."""
    facts = dict(found.facts)
    if facts["both"]:
        return Question("columns.period", found)
    choices = tuple(Choice(one, f"ask.short_period.{one}") for one in ("10", "1"))
    return Question("short_period", found, choices, str(facts["likely"]))


def _late(found: Fault) -> Question:
    """In which period rows count whose day falls after their year."""
    choices = tuple(Choice(one, f"ask.late_period.{one}") for one in ("12", "13", "0"))
    return Question("late_period", found, choices, "12")


def _zeros(found: Fault) -> Question:
    """Whether codes lost zeros."""
    facts = dict(found.facts)
    padded = Choice(str(facts["picture"]), "ask.zeros.is", (("read", str(facts["read"])),))
    return Question(f"zeros.{facts['name']}", found, (padded, Choice("0", "ask.zeros.none")), padded.value)


def _undated(found: Fault) -> Question | None:
    """Rows with an amount and nothing where the year or period belongs: totals, which their amounts must then prove."""
    value = f"{found.column}="
    return None if found.value else Question("leave_out", found, (Choice(value, "ask.leave_out"),), value)


def _of_other_kind(found: Fault) -> Question:
    """Rows of which a column, or a line above them, says that they are something else: to leave out, or postings."""
    out, means = (ROWS_BELOW, "ask.rows_below") if dict(found.facts).get("below") else (OTHER_ROWS, "ask.other_rows")
    value = f"{found.column}={','.join(map(in_list, _found(found)))}"
    texts = [one or found.column or "" for one in _found(found)]  # a column of which the empty cells count is kept
    kept = Choice(",".join(map(in_list, texts)), "ask.keep", key="keep")
    return Question(out, found, (Choice(value, means), kept), value)


def _of_rows(found: Fault) -> Question:
    """Rows of which a column says something, in words that may mean that they belong elsewhere: one of them is to leave
    out, or all count.
    """
    column, words = found.column or "", _found(found)
    out = tuple(
        Choice(f"{column}={in_list(one) if one else ''}", "ask.rows_of", (("word", one or "–"),)) for one in words
    )
    return Question(OTHER_ROWS, found, (Choice(in_list(column), "ask.rows_of.all", key="keep"), *out))


ASKED: Mapping[str, Callable[[Fault], Question | None]] = {
    "L108": _undated,
    "L248": _of_other_kind,
    "L280": _of_rows,
    "L180": _totals,
    "L240": _texts,
    "L185": _truth("negative_credit"),
    "L189": _balance,
    "L186": _income,
    "L187": _of_delivery("years"),
    "L241": _truth("negative_costs"),
    "L244": _unlabelled,
    "L249": _lacking,
    "L290": _sums,
    "L250": _sheets,
    "L252": _truth("quarters"),
    "L253": _strange_sheets,
    "L254": _named_once,
    "L255": _quotes,
    "L121": _quotes,
    "L257": _longer_periods,
    "L256": _truth("swapped_days"),
    "L166": _filled_sheets,
    "L246": _renamed,
    "L247": _unit,
    "L258": _truth("in_cents"),
    "L264": _truth("running_months"),
    "L270": _month_years,
    "L271": _period_length,
    "L272": _beside_months,
    "L273": _running_rows,
    "L259": _cents_beside,
    "L260": _truth("shown_minus"),
    "L261": _short_period,
    "L262": _late,
    "L263": _zeros,
    "L242": _truth("sign.signed"),
    "I102": _of_delivery("profile", _profiles),
    "I107": _of_delivery("administration"),
    "I180": _of_delivery("periods", _spans),
    "L221": _of_decision,
    "I181": _of_delivery("exported_at", _moments),
}
"""Fault → the question that it is."""
