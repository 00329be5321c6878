"""A table of cells out of postings and a recipe, and what the one who exported it knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from tests.exports.names import EXTRAS, PACKAGES
from tests.exports.notation import AMOUNTS, AS_QUARTERS, MONTH_HEADS, PERIODS, QUARTER_HEADS, WHOLE, WITH_YEAR
from tests.exports.postings import NAMES, Posting, made
from tests.exports.recipe import Recipe, extras, is_clear

JUNE = 6
PAGE = 15
"""Rows of a page."""
MONEY = ("debit", "credit", "costs", "income", "amount", "balance")
BOTH = ("two columns", "two columns, nil", "credit below zero", "two columns and balance", "lasten baten")
MARKS = {
    "D/C": ("D", "C"),
    "N/V": ("N", "V"),
    "+/-": ("+", "-"),
    "words": ("Debet", "Credit"),
    "L/B": ("L", "B"),
    "signed and D/C": ("D", "C"),
    "behind": ("D", "C"),
    "before": ("D", "C"),
    "CR": ("", "CR"),
    "C alone": ("", "C"),
    "factor": ("1", "-1"),
    "documents": ("Factuur", "Creditnota"),
}
NAMED = ("{} {}", "{} - {}", "{}: {}", "{} – {}", "{}, {}", "{}-{}", "{}  {}", "{} ({})")
"""How a code and its name stand together in a cell."""
SIGN_HEADS = {
    "D/C": "",
    "words": "",
    "signed and D/C": "",
    "N/V": "N/V",
    "+/-": "+/-",
    "L/B": "L/B",
    "C alone": "",
    "factor": "Factor",
    "documents": "Documentsoort",
}
BESIDE = {
    "cancelled": ("Status", "Verwerkt", "Vervallen"),
    "dollars": ("Valuta", "EUR", "USD"),
    "another administration": ("Administratie", "001", "002"),
    "a forecast": ("Scenario", "Actual", "Forecast"),
    "not final": ("Definitief", "J", "N"),
    "another firm": ("Firma", "A", "B"),
    "of a version": ("Versie", "A0", "B0"),
}
"""Rows that are no postings of this delivery: the column that says so, and what it says of postings and of those."""
SECOND = {"commitments": "Openstaande verplichtingen", "budget": "Begroting 2025"}
"""What stands above a second table in the same file."""
ODD_AMOUNTS: Mapping[str, Callable[[int], str]] = {
    "cents": lambda cents: str(abs(cents)),
    "euros and cents": lambda cents: str(abs(cents) // 100),
}
"""How amounts are written that are in cents, or whose cents stand in a column of their own."""
UNIT_WORDS = ("(x € 1.000)", "(k€)", "in dzd. euro", "x 1000", "in duizenden", "in kEUR")
"""What says that amounts are in thousands."""
LONE = ('"De Klinker, za', 'zaal De Klinker"')
"""Texts of which one begins with a quote, as a package cuts them off, and a later one ends with it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A cell that holds an amount: in cents as the convention of the file signs it, and how it is written as text."""

    cents: int
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A cell that holds a code."""

    text: str


Cell = str | Amount | Code | date
"""A date is a booking day; a text is as it stands."""


@dataclass(slots=True)
class Table:
    """The rows of a file above and from its header on. `hidden`: rows that a sheet hides, counted from 0."""

    above: list[list[Cell]] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Known:
    """What the one who exported the file knows.

    `heads`: what a column holds → its header, for the columns that are there. `labels`: header → the texts in rows that
    are no postings; `codes`: what may stand for a code.
    """

    number: int
    recipe: Recipe
    postings: tuple[Posting, ...]
    heads: dict[str, str]
    labels: tuple[tuple[str, str], ...]
    codes: dict[str, frozenset[str]]
    marks: tuple[str, str] | None
    decimal: str
    thousands: str
    clear: bool


class _Made:
    """One file on its way."""

    def __init__(self, number: int, recipe: Recipe, random: Random) -> None:
        self.number, self.recipe, self.random = number, recipe, random
        self.heads = dict(PACKAGES[recipe["package"]])
        if recipe["periods"] == "quarter alone":
            self.heads["period"] = "Kwartaal"
        if recipe["amount beside"] == "tax":
            self.heads["amount"] = "Bedrag excl. btw"
        if recipe["odd"] == "cents":
            self.heads |= {name: f"{head} (ct)" for name, head in self.heads.items() if name in MONEY}
        self.unit = random.choice(UNIT_WORDS) if recipe["odd"] == "thousands" else ""
        if recipe["title"] == "none":  # else a line of the title says it
            self.heads |= {name: f"{head} {self.unit}".rstrip() for name, head in self.heads.items() if name in MONEY}
        self.own, self.beside = True, recipe["rows beside"]
        self.extras = [name for name in extras(random, recipe) if name not in self.heads.values()]
        self.extras = [name for name in self.extras if name not in (kind[0] for kind in BESIDE.values())]
        self.labels: list[tuple[str, str]] = []
        self.named = random.choice(NAMED)
        self.postings = self._postings()
        self.write = ODD_AMOUNTS.get(recipe["odd"], AMOUNTS[recipe["amounts"]])
        self.columns = self._columns()
        euros = [self.name(one) for one in self.columns if one in MONEY]
        if self.beside == "dollars" and any("eur" in one.lower() or one.endswith("DC") for one in euros):
            self.beside = "cancelled"  # amounts are in euros then

    def truth(self) -> list[Posting]:
        """What is booked, whatever rows it stands in."""
        times = 1000 if self.unit else 1
        return [replace(one, cents=one.cents * times) for one in self.postings]

    def _postings(self) -> list[Posting]:
        recipe, random = self.recipe, self.random
        many = recipe["named once"] != "no" or recipe["odd"] == "late days"
        rows = 60 if many else random.choice((8, 20, 20, 40, 60))
        years = 2 if recipe["year"] == "two years" else 1
        found = made(
            random, rows=rows, years=years, closing=recipe["closing"] == "yes", turned=recipe["turned"] == "yes"
        )
        if recipe["odd"] == "late days":
            found = [_late(random, one) for one in found]
        if recipe["odd"] == "few named once":
            found.sort(key=lambda one: (one.year, one.period, one.day))
        if recipe["periods"] in AS_QUARTERS:
            found = [replace(one, period=(one.period + 2) // 3 * 3) for one in found]
        if recipe["amounts"] in WHOLE:
            found = [replace(one, cents=one.cents // 100 * 100 or 100) for one in found]
        if recipe["nil rows"] == "some":
            found = [replace(one, cents=0, side="D") if random.random() < 0.1 else one for one in found]
        if recipe["totals in words"] == "yes":
            at = random.randrange(len(found))
            found[at] = replace(found[at], text=random.choice(("Totaal onderhoud plein", "Saldo afrekening 2023")))
        if recipe["doubles"] == "one":
            at = random.randrange(len(found))
            found.insert(at, found[at])
        if recipe["texts"] == "lone quotes":
            first, last = sorted(random.sample(range(len(found)), 2))
            found[first], found[last] = replace(found[first], text=LONE[0]), replace(found[last], text=LONE[1])
        income = sum(one.signed for one in found if one.is_income)
        if (
            recipe["sign"] in ("L/B", "income unsigned") and income > 0
        ):  # else nobody can tell it from amounts with a sign
            found = [replace(one, side="C") if one.is_income else one for one in found]
        return [replace(one, ledger=self._code(one.ledger), centre=self._code(one.centre)) for one in found]

    def _code(self, code: str) -> str:
        kind = self.recipe["codes"]
        dotted, letters = f"{code[0]}.{code[1:3]}.{code[3:]}", f"K{code}" if code.startswith("7") else code
        return {"leading zero": f"0{code}", "dotted": dotted, "letters": letters}.get(kind, code)

    def _columns(self) -> list[str]:
        """What the columns hold, from left to right."""
        recipe = self.recipe
        found = ["ledger", "centre", "text"]
        if recipe["days"] != "none":
            found.insert(0, "day")
        if recipe["odd"] != "late days":
            found.insert(0, "period")
        if recipe["year"] in ("column", "two digits", "two years") and recipe["periods"] not in WITH_YEAR:
            found.insert(0, "year")
        if recipe["codes"] == "names beside":
            found[found.index("centre") + 1 : 1] = []
            found.insert(found.index("centre") + 1, "centre name")
            found.insert(found.index("ledger") + 1, "ledger name")
        money = self._amount_columns()
        if recipe["odd"] == "euros and cents":
            money = [part for one in money for part in ((one, f"{one} cents") if one in MONEY else (one,))]
        found += money + self.extras + (["beside"] if self.beside != "none" else [])
        if recipe["order"] == "shuffled":
            self.random.shuffle(found)
        return found

    def _amount_columns(self) -> list[str]:
        sign = self.recipe["sign"]
        if sign == "lasten baten":
            return ["costs", "income"]
        if sign in BOTH:
            return ["debit", "credit", *(["balance"] if sign == "two columns and balance" else [])]
        beside = {"none": [], "currency": ["Bedrag VV", "Bedrag"], "budget": ["Begroot"], "tax": ["Bedrag"]}[
            self.recipe["amount beside"]
        ]
        beside = beside[-1:] if self.heads["amount"] != "Bedrag" else beside[:1]
        return [*beside, "amount", *(["sign"] if sign in SIGN_HEADS else [])]

    def head(self, column: str) -> str:
        """How a column is called: by what stands above it, and above that where cells are merged."""
        name = self.name(column)
        return f"Bedragen {name}" if column in MONEY and self.recipe["header"].startswith("merged") else name

    def tops(self) -> list[list[Cell]]:
        """The rows of the header that stand above each page, the last one last."""
        kind, names = self.recipe["header"], [self.name(column) for column in self.columns]
        if kind.startswith("merged"):
            first = [at for at, one in enumerate(self.columns) if one in MONEY and not self._in_money(at - 1)]
            above = ["Bedragen" if at in first else "" if self._in_money(at) else name for at, name in enumerate(names)]
            return [[*above], [name if self._in_money(at) else "" for at, name in enumerate(names)]]
        return [*([_groups(self)] if kind.startswith("groups") else []), [*names]]

    def _in_money(self, at: int) -> bool:
        return at >= 0 and self.columns[at] in MONEY

    def name(self, column: str) -> str:
        """What stands right above a column."""
        if column.endswith(" cents"):
            return "ct"
        if column == "sign" and self.recipe["odd"] == "sign without name":
            return ""
        if column == "sign":
            return SIGN_HEADS[self.recipe["sign"]] or self.heads["sign"]
        if column == "beside":
            return BESIDE[self.beside][0]
        named = {"centre name": "Naam kostenplaats", "ledger name": "Naam rekening", "balance": "Saldo regel"}
        return named.get(column) or self.heads.get(column) or column

    def cells(self, one: Posting, running: int) -> list[Cell]:
        """The row of a posting."""
        return [self._cell(column, one, running) for column in self.columns]

    def _cell(self, column: str, one: Posting, running: int) -> Cell:
        recipe = self.recipe
        if column in ("debit", "credit", "costs", "income", "amount", "balance"):
            return self._amount(column, one)
        if column.endswith(" cents"):
            return _cents_of(self._amount(column.removesuffix(" cents"), one))
        if column in ("Bedrag VV", "Bedrag", "Begroot"):
            return self._signed(one.cents * 109 // 100 if column != "Begroot" else one.cents // 100 * 100 + 5000)
        if column in EXTRAS:
            return self._extra(EXTRAS[column], one, running)
        plain: dict[str, Callable[[], Cell]] = {
            "year": lambda: f"{one.year % 100:02d}" if recipe["year"] == "two digits" else str(one.year),
            "period": lambda: PERIODS[recipe["periods"]](one.year, one.period),
            "day": lambda: one.day,
            "ledger": lambda: self._dressed(one.ledger),
            "centre": lambda: self._dressed(one.centre),
            "ledger name": lambda: self._name(one.ledger),
            "centre name": lambda: self._name(one.centre),
            "text": lambda: one.text,
            "sign": lambda: self._mark(one),
            "beside": lambda: BESIDE[self.beside][1 if self.own else 2],
        }
        return plain[column]()

    def _mark(self, one: Posting) -> str:
        debit, credit = MARKS[self.recipe["sign"]]
        if self.recipe["sign"] == "L/B":
            return self._spelled(credit if one.is_income else debit)
        return self._spelled(debit if one.side == "D" else credit)

    def _spelled(self, mark: str) -> str:
        """A word for debit or credit, in capitals or not."""
        letters = self.recipe["letters"]
        return mark.lower() if letters == "small" or letters == "mixed" and self.random.random() < 0.5 else mark

    def _name(self, code: str) -> str:
        return NAMES["".join(sign for sign in code if sign.isdigit())[-4:]]

    def _dressed(self, code: str) -> Code:
        kind = self.recipe["codes"]
        if kind == "with names":
            return Code(self.named.format(code, self._name(code)))
        return Code({"guarded": f'="{code}"', "blanks around": f" {code}\u00a0"}.get(kind, code))

    def _amount(self, column: str, one: Posting) -> Cell:
        sign = self.recipe["sign"]
        if column == "balance":
            return self._signed(one.signed)
        if column in ("costs", "income"):
            cents = -one.signed if one.is_income else one.signed
            return self._signed(cents) if (column == "income") == one.is_income else self._nil()
        if column in ("debit", "credit"):
            if (column == "debit") != (one.side == "D"):
                return self._nil()
            return self._signed(-one.cents if sign == "credit below zero" and column == "credit" else one.cents)
        return self._single(one)

    def _single(self, one: Posting) -> Cell:
        sign = self.recipe["sign"]
        if sign in ("D/C", "N/V", "+/-", "words", "C alone", "factor", "documents"):
            return self._signed(one.cents)
        if sign == "L/B" or sign == "income unsigned":
            return self._signed(-one.signed if one.is_income else one.signed)
        if sign == "costs below zero":
            return self._signed(-one.signed)
        if sign in ("behind", "before", "CR"):
            mark, text = self._spelled(MARKS[sign][one.side == "C"]), self._text(one.cents)
            return Amount(one.cents, f"{mark} {text}" if sign == "before" else f"{text} {mark}".rstrip())
        return self._signed(one.signed)

    def _signed(self, cents: int) -> Amount:
        return Amount(cents, self._text(cents))

    def _text(self, cents: int) -> str:
        text = self.write(cents)
        if cents >= 0:
            return text
        if self.recipe["sign"] == "minus behind":
            return f"{text.strip()}-"
        return f"({text.strip()})" if self.recipe["sign"] == "brackets" else f"-{text.strip()}"

    def _nil(self) -> Cell:
        nil = "0,00" if self.recipe["sign"] == "two columns, nil" else self.recipe["nil"]
        return Amount(0, self.write(0)) if nil == "0,00" else "" if nil == "empty" else "-"

    def _extra(self, kind: str, one: Posting, running: int) -> Cell:
        found: dict[str, Cell] = {
            "journal": "Inkoop",
            "number": f"INK{one.cents % 9973:05d}",
            "relation": "Buurtvereniging",
            "vat": "21",
            "money": self._signed(abs(one.cents) * 21 // 121),
            "count": str(one.cents % 7),
            "currency": "EUR",
            "running": self._signed(running),
            "day": one.day,
            "user": "jansen",
            "status": "Verwerkt",
            "voucher": ("Inkoopfactuur", "Memoriaal", "Bank")[one.cents % 3],
            "paid": ("Betaald", "Verwerkt")[one.cents % 2],
        }
        return found[kind]

    # -- what is no posting

    def other(self, column: str, text: str, amounts: dict[str, Cell], filled: Posting | None = None) -> list[Cell]:
        """A row that is no posting: a text in a column, some amounts, and year and period where they are filled."""
        self.labels.append((self.head(column), text))
        amounts = amounts | {f"{name} cents": _cents_of(cell) for name, cell in amounts.items()}
        cells = self.cells(filled, 0) if filled else []
        kept = {name: cell for name, cell in zip(self.columns, cells, strict=False) if name in ("year", "period")}
        return [text if name == column else amounts.get(name, kept.get(name, "")) for name in self.columns]

    def total(self, postings: list[Posting]) -> dict[str, Cell]:
        """The amounts of a total of some postings, as the columns of the file have them."""
        rows = [dict(zip(self.columns, self.cells(one, 0), strict=True)) for one in postings]
        found: dict[str, Cell] = {}
        for name in self.columns:
            if name in ("debit", "credit", "costs", "income", "balance"):
                found[name] = self._signed(_sum(row[name] for row in rows))
            elif name.endswith(" cents") and name.removesuffix(" cents") in found:
                found[name] = _cents_of(found[name.removesuffix(" cents")])
            elif name == "amount":
                found[name] = self._net(postings, rows)
                if "sign" in self.columns:
                    found["sign"] = self._mark(_net_posting(postings))
        return found

    def _net(self, postings: list[Posting], rows: list[dict[str, Cell]]) -> Cell:
        if self.recipe["sign"] in MARKS:
            return self._single(_net_posting(postings))
        return self._signed(_sum(row["amount"] for row in rows))


class _Months(_Made):
    """A file with a column of amounts for each month: a row for all that is booked on one account and cost centre."""

    def __init__(self, number: int, recipe: Recipe, random: Random) -> None:
        self.booked: dict[_Line, dict[int, int]] = {}
        super().__init__(number, recipe, random)

    def truth(self) -> list[Posting]:
        """A posting for each month in which the bookings of a row are not nil together."""
        return [
            replace(row, year=self._year_of(month, row), period=month, side="D", cents=cents)
            for row in self.postings
            for month, cents in self.booked[_line_of(row)].items()
            if cents
        ]

    def _year_of(self, month: int, row: Posting) -> int:
        """The year of a column: months from July on are of the year before, where those come first."""
        return row.year - (self._runs("New Year") and month > JUNE)

    def _months(self) -> list[int]:
        """The periods that have a column, in their order."""
        if self._runs("of quarters"):
            return [3, 6, 9, 12]
        first = 0 if self._runs("with closing") else 1
        found = list(range(first, 14 if first == 0 else 13))
        return [*found[JUNE:], *found[:JUNE]] if self._runs("New Year") else found

    def _postings(self) -> list[Posting]:
        """One for each row: what is booked on it stands in `booked`."""
        rows: dict[_Line, Posting] = {}
        for one in super()._postings():
            months = self.booked.setdefault(_line_of(one), {})
            period = (one.period + 2) // 3 * 3 if self._runs("of quarters") else one.period
            period = self.random.choice((0, 13, period, period)) if self._runs("with closing") else period
            months[period] = months.get(period, 0) + one.signed
            rows.setdefault(_line_of(one), one)
        return [row for line, row in rows.items() if any(self.booked[line].values())]

    def _amount_columns(self) -> list[str]:
        return [*(f"month {month}" for month in self._months()), *(["whole year"] if self._runs("with a sum") else [])]

    def _columns(self) -> list[str]:
        beside = [one for one in super()._columns() if one not in ("day", "period", *self.extras)]
        kept = [one for one in beside if not one.startswith("month ") and one != "whole year"]
        return [*kept, *self._amount_columns()]  # months stand in their order

    def _runs(self, kind: str) -> bool:
        return self.recipe["months"].endswith(kind)

    def name(self, column: str) -> str:
        """What stands right above a column."""
        if column == "whole year":
            return "Totaal"
        if not column.startswith("month "):
            return super().name(column)
        month, row = int(column[6:]), self.postings[0]
        if self._runs("of quarters"):
            return QUARTER_HEADS[self.number % len(QUARTER_HEADS)].format(month // 3)
        return MONTH_HEADS[self.recipe["month heads"]](month, self._year_of(month, row))

    def _cell(self, column: str, one: Posting, running: int) -> Cell:
        months = self.booked[_line_of(one)]
        if column == "whole year":
            return self._signed(sum(months.values()))
        if not column.startswith("month "):
            return super()._cell(column, one, running)
        month = int(column[6:])
        cents = sum(cents for at, cents in months.items() if at == month or self._runs("that run on") and at < month)
        return self._signed(cents) if cents else self._nil()

    def total(self, postings: list[Posting]) -> dict[str, Cell]:
        """The amounts of a total of some rows."""
        rows = [dict(zip(self.columns, self.cells(one, 0), strict=True)) for one in postings]
        return {name: self._signed(_sum(row[name] for row in rows)) for name in self._amount_columns()}


_Line = tuple[int, str, str]


def _line_of(one: Posting) -> _Line:
    return one.year, one.ledger, one.centre


def _cents_of(cell: Cell) -> str:
    """The cents of an amount, as they stand in a column of their own."""
    return f"{abs(cell.cents) % 100:02d}" if isinstance(cell, Amount) else ""


def _late(random: Random, one: Posting) -> Posting:
    """A posting of December, or the same one booked in January."""
    if one.period != 12 or random.random() < 0.5:
        return one
    return replace(one, day=date(one.year + 1, 1, random.randint(1, 28)))


def _sum(cells: Iterable[Cell]) -> int:
    """What the amounts among some cells are together."""
    return sum(cell.cents for cell in cells if isinstance(cell, Amount))


def _net_posting(postings: list[Posting]) -> Posting:
    """A posting as large as some together."""
    net = sum(one.signed for one in postings)
    return replace(postings[0], side="D" if net >= 0 else "C", cents=abs(net), ledger="4300" if net >= 0 else "8200")


def table(number: int, recipe: Recipe, random: Random) -> tuple[Table, Known]:
    """The table of one file and what is known of it."""
    file = _Made(number, recipe, random) if recipe["months"] == "none" else _Months(number, recipe, random)
    *above, names = file.tops()
    found = Table(header=list(map(str, names)))
    found.above = [*_title(file), *above]
    found.rows = list(_rows(file))
    if recipe["hidden"] == "rows":
        found.hidden = {random.randrange(len(found.rows)) for _ in range(2)}
    heads = {column: file.head(column) for column in file.columns}
    if recipe["odd"] == "sign without name":
        heads["sign"] = f"#{file.columns.index('sign') + 1}"
    cents = [column for column in file.columns if column.endswith(" cents")]
    heads |= {column: f"ct ({at})" for at, column in enumerate(cents, 1) if len(cents) > 1}
    known = Known(
        *(number, recipe, tuple(file.truth()), heads, tuple(dict.fromkeys(file.labels)), _codes(file)),
        marks=MARKS.get(recipe["sign"]),
        decimal="." if recipe["amounts"] in ("1250.00", "1,250.00", "1250.0000", "1'250.00") else ",",
        thousands=_thousands(recipe["amounts"]),
        clear=is_clear(recipe),
    )
    return found, known


def _thousands(amounts: str) -> str:
    return {"1,250.00": ",", "1'250.00": "'", "space": " ", "no-break space": " ", "narrow space": " "}.get(
        amounts, "" if amounts in ("1250.00", "1250.0000") else "."
    )


def _codes(file: _Made) -> dict[str, frozenset[str]]:
    """Each code of the postings and what it may be read as: itself, or the cell as it stands."""
    found = {code for one in file.postings for code in (one.ledger, one.centre)}
    lost = {"zeros lost": lambda code: code.lstrip("0")}
    return {
        code: frozenset({code} | ({lost[file.recipe["damage"]](code)} if file.recipe["damage"] in lost else set()))
        for code in found
    }


def _title(file: _Made) -> list[list[Cell]]:
    kind, year = file.recipe["title"], file.postings[0].year
    said = f"Boekjaar {year}" if file.recipe["year"] != "two years" else "Meerdere jaren"
    lines = {
        "none": [],
        "one line": [f"Grootboekmutaties {said.lower()}"],
        "block": ["Gemeente Wilgendam", f"Grootboekmutaties, {said}", "Afgedrukt op 12-01-2026 10:14"],
        "block with blank lines": ["Gemeente Wilgendam", "", f"{said}", "Exportdatum: 12-01-2026", ""],
    }[kind]
    if file.unit and lines:
        lines[-1] = f"{lines[-1]}, bedragen {file.unit}" if lines[-1] else f"Bedragen {file.unit}"
    return [[line] for line in lines]


def _groups(file: _Made) -> list[Cell]:
    named = {"year": "Boeking", "ledger": "Codes"}
    first = next(name for name in file.columns if name in MONEY)
    return ["Bedragen" if name == first else named.get(name, "") for name in file.columns]


def _rows(file: _Made) -> Iterator[list[Cell]]:
    """The rows below the header: postings, and all that is none."""
    recipe, totals, running = file.recipe, file.recipe["totals"], 0
    centres = totals in ("per centre", "per centre, filled", "all", "unnamed", "unnamed and whole")
    for at, one in enumerate(file.postings):
        before = file.postings[at - 1] if at else None
        new = before is None or before.centre != one.centre
        if before and new and centres:
            yield _subtotal(file, before)
        if new and totals == "unnamed above":
            yield _subtotal(file, one)
        if new and totals == "balances":
            running = file.random.randrange(10_000) * 100
            yield file.other("text", "Beginsaldo", _one_amount(file, running), one)
        if at and at % PAGE == 0:
            if totals == "per page":
                yield file.other("text", "Totaal pagina", file.total(file.postings[at - PAGE : at]))
            yield from _page(file, at // PAGE + 1)
        if recipe["empty rows"] == "some" and file.random.random() < 0.1:
            yield ["" for _ in file.columns]
        running += one.signed
        yield _named_once(file, file.cells(one, running), one, before)
        if file.beside != "none" and (not at or file.random.random() < 0.15):
            file.own = False
            yield file.cells(replace(one, cents=one.cents + 777, text="Anders"), running)
            file.own = True
        last = at + 1 == len(file.postings) or file.postings[at + 1].centre != one.centre
        if last and totals == "balances":
            yield file.other("text", "Eindsaldo", _one_amount(file, running), one)
    yield from _end(file, centres)


def _named_once(file: _Made, cells: list[Cell], one: Posting, before: Posting | None) -> list[Cell]:
    """The row of a posting without what the row before says too, where a group is named in its first row alone."""
    kind = file.recipe["named once"]
    again = [] if kind == "no" or before is None or before.centre != one.centre else ["centre"]
    again += ["year"] if kind == "centre and year" and before is not None and before.year == one.year else []
    return ["" if name in again else cell for name, cell in zip(file.columns, cells, strict=True)]


def _second_table(file: _Made) -> Iterator[list[Cell]]:
    """A line that says what the rows below it are, the header again, and those rows."""
    line = SECOND[file.recipe["second table"]]
    file.labels.append((file.head(file.columns[0]), line))
    yield [line]
    yield from file.tops()
    for one in file.postings[:3]:
        yield file.cells(replace(one, cents=one.cents + 999, text="Bestelling"), 0)


def _page(file: _Made, number: int) -> Iterator[list[Cell]]:
    """What stands on top of a page but the first."""
    kind = file.recipe["header"]
    if kind == "title per page":
        yield from (row for row in _title(file) if row != [""])
    if kind == "lines per page":
        line = f"Pagina {number} van {len(file.postings) // PAGE + 1}"
        file.labels.append((file.head(file.columns[0]), line))
        yield [line]
    if kind.endswith("per page"):
        yield from file.tops()


def _one_amount(file: _Made, cents: int) -> dict[str, Cell]:
    """A balance, as one posting of that amount would stand there."""
    side = "D" if cents >= 0 else "C"
    one = replace(file.postings[0], cents=abs(cents), side=side, ledger="4300")
    return {
        name: cell
        for name, cell in zip(file.columns, file.cells(one, 0), strict=True)
        if name in ("debit", "credit", "costs", "income", "balance", "amount", "sign")
    }


def _subtotal(file: _Made, one: Posting) -> list[Cell]:
    group = [other for other in file.postings if other.centre == one.centre]
    filled = one if file.recipe["totals"] == "per centre, filled" else None
    if file.recipe["totals"].startswith("unnamed"):
        return _unnamed(file, group)
    column = "text" if filled or file.random.random() < 0.5 else "centre"
    return file.other(column, f"Subtotaal {one.centre}", file.total(group), filled)


def _unnamed(file: _Made, group: list[Posting]) -> list[Cell]:
    """A total without a word: year, period and cost centre of its rows, and no ledger account, day or text."""
    cells = dict(zip(file.columns, file.cells(group[-1], 0), strict=True))
    kept = {name: cells[name] for name in ("year", "period", "centre", "centre name") if name in cells}
    return [(file.total(group) | kept).get(name, "") for name in file.columns]


def _of_group(file: _Made) -> list[Cell]:
    """The sum of all postings on a cost centre of its own, with which all their cost centres begin."""
    code = file.postings[0].centre[:-2]
    file.labels.append((file.head("centre"), code))
    last = file.postings[-1]
    cells = dict(zip(file.columns, file.cells(last, 0), strict=True))
    named = {"centre": Code(code)} | ({"centre name": "Wijken"} if "centre name" in cells else {})
    return [(file.total(file.postings) | named).get(name, cells[name]) for name in file.columns]


def _end(file: _Made, centres: bool) -> Iterator[list[Cell]]:
    totals, footer = file.recipe["totals"], file.recipe["footer"]
    if centres:
        yield _subtotal(file, file.postings[-1])
    if totals in ("grand", "all"):
        yield file.other(
            "text", file.random.choice(("Totaal", "Eindtotaal", "TOTAAL GENERAAL")), file.total(file.postings)
        )
    if totals == "unnamed and whole":
        yield _unnamed(file, file.postings)
    if totals == "group code":
        yield _of_group(file)
    if file.recipe["empty rows"] == "below":
        for _ in range(3):
            yield ["" for _ in file.columns]
    texts = {"print date": "Afgedrukt op 12-01-2026 10:14", "end": "Einde overzicht", "page": "Pagina 1 van 1"}
    if footer == "count":
        money = next(name for name in file.columns if name in ("debit", "costs", "amount"))
        yield file.other("text", "Aantal regels", {money: str(len(file.postings))})
    elif footer != "none":
        first = file.columns[0]
        yield file.other(first, texts[footer], {})
    if file.recipe["second table"] != "none":
        yield from _second_table(file)
