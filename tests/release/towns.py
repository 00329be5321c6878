"""Towns with something to hide, published again and again; and someone who kept every file of every publication."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from gebiedswerk.app.publish import publish
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Fault, errors
from gebiedswerk.ledger.gate import gated
from tests.attacker import derived
from tests.small import Small, put

SMALLEST = 3
COLUMNS = ("Jaar", "Periode", "Grootboek", "Kostenplaats", "Bedrag", "Relatie", "Omschrijving")
PROFILE = """\
negative_costs = false
[columns]
year = "Jaar"
period = "Periode"
ledger_account = "Grootboek"
cost_centre = "Kostenplaats"
amount = "Bedrag"
creditor = "Relatie"
description = "Omschrijving"
[flows]
column = "Grootboek"
income = ["8*"]
"""
SETTINGS = """\
file = "f.csv"
kind = "realised"
administration = "T"
years = [2019]
exported_at = {day}T00:00:00
profile = "p"
accepted = "x"
public_decision = "R1"
public_columns = ["ledger_account", "description"]
"""
PRIVACY = """\
[privacy]
smallest_group = {smallest}
[[privacy.block]]
name = "pay"
ground = "Pay."
ledger_account = ["41*"]
"""
PUBLICATION = 'kind = "accounts"\nyear = 2019\ntitle = "T"\nstatus = "published"\n'
AMOUNT = re.compile(r"(?<![0-9.,])([-\N{MINUS SIGN}]?[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{2}|-?[0-9]+)(?![0-9.,])")
LEAST_AMOUNT = 10_000
"""Cents: every amount of a town is larger, and no year or count is."""


@dataclass(frozen=True)
class Posting:
    """A posting that someone knows again in every file, by its name; cents are unlike those of any other."""

    name: str
    period: int
    account: str
    centre: str
    cents: int
    who: str

    @property
    def row(self) -> list[object]:
        """As the package exports it."""
        euros = f"{'-' if self.cents < 0 else ''}{abs(self.cents) // 100},{abs(self.cents) % 100:02d}"
        return [2019, self.period, self.account, f"k{self.centre}", euros, self.who, self.name]


@dataclass
class Town:
    """A dossier, the place where it is published, and what someone kept of each publication."""

    folder: Path
    sums: list[dict[str, Fraction]] = field(default_factory=list)
    known: dict[str, Posting] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    times: int = 0

    @property
    def dossier(self) -> Path:
        return self.folder / "town"

    @property
    def live(self) -> Path:
        return self.folder / "live"

    def found(self) -> Town:
        """Write the dossier, without deliveries."""
        keys = ["K,2019,A,1,R", "K,2019,B,3,R"]
        town = Small(
            lines={"A": None, "B": None}, years=(2019,), adopted=[(2019, "A", 90)], keys=keys, rules=["rK,kK,,K,"]
        )
        town.write(self.dossier)
        put(self.dossier, "profiles/p.toml", PROFILE)
        self.set_privacy(PRIVACY.format(smallest=SMALLEST))
        put(self.dossier, "publications/rekening/publication.toml", PUBLICATION)
        put(self.dossier, "publications/rekening/index.md", "# Rekening\n\n![Rekening](table:account)\n")
        return self

    def set_privacy(self, text: str) -> None:
        """Say what is blocked."""
        toml = (self.dossier / "dossier.toml").read_text("utf-8").partition("[privacy]")[0]
        put(self.dossier, "dossier.toml", f'{toml}{text}[presentation]\ntranslations = ["en"]\n')

    def deliver(self, name: str, day: str, postings: list[Posting]) -> None:
        """Put a file in a folder, in the place of what was there."""
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\n").writerows([COLUMNS, *(one.row for one in postings)])
        put(self.dossier, f"deliveries/{name}/f.csv", out.getvalue())
        put(self.dossier, f"deliveries/{name}/delivery.toml", SETTINGS.format(day=day))
        self.known |= {one.name: one for one in postings}

    def remove(self, name: str) -> None:
        """Take a delivery out of the dossier."""
        shutil.rmtree(self.dossier / "deliveries" / name)

    def publish(self) -> list[Fault]:
        """Publish with another sentence each time, so that earlier versions stay; and keep all of it."""
        self.times += 1
        put(
            self.dossier,
            "publications/rekening/index.md",
            f"# Rekening\n\n![Rekening](table:account)\n\nKeer {'x' * self.times}.\n",
        )
        published, faults = publish(self.dossier, self.live)
        if published is not None:
            self._keep(published.site)
        assert (published is None) == bool(errors(faults)), faults
        return errors(faults)

    def _keep(self, site: Path) -> None:
        """Read every file: numbers of all kinds, and sums of whoever is in which group, held against what is true."""
        opened = open_dossier(self.dossier)
        assert opened.newest is not None
        members = self._members(opened)
        for path in sorted(site.rglob("*")):
            if path.is_file():
                self.numbers |= set(numbers_of(path))
        for place in [site / "data/boekingen.csv", site / "publicaties/rekening/data/boekingen.csv"]:
            for row in csv.DictReader(io.StringIO(place.read_text("utf-8"))):
                if row["kind"] == "realised":
                    self._add(row, members)

    def _members(self, opened: Any) -> dict[str, dict[str, Fraction]]:
        """Id of a public row → the postings in it, with the part of each that comes to its line."""
        rows = (
            gated(opened.newest.ledger.postings, opened.dossier).postings.filter(pl.col("kind") == "realised").collect()
        )
        found: dict[str, dict[str, Fraction]] = {}
        for row in rows.iter_rows(named=True):
            share = f"/{row['line']}" if row["share"] else ""
            own = f"{row['delivery']}:{row['row']}"
            name = f"{row['group'] or own}{share}"
            part = {"A": Fraction(1, 4), "B": Fraction(3, 4)}[row["line"]] if share else Fraction(1)
            found.setdefault(name, {})[row["description"]] = part
            self.hidden |= {row["description"]} if row["ground"] == "pay" else set()
        return found

    def _add(self, row: dict[str, str], members: dict[str, dict[str, Fraction]]) -> None:
        there = members[row["id"]]
        true = sum((part * self.known[name].cents for name, part in there.items()), Fraction(0))
        assert abs(true - int(row["cents"])) < len(there), row
        assert int(row["count"]) == len(there)
        self.sums.append(there)

    def told(self) -> set[frozenset[str]]:
        """Whoever can be told by linear algebra over all that was kept: fewer persons than the smallest group."""
        who = {name: one.who or name for name, one in self.known.items() if one.cents}
        sums = [{name: part for name, part in one.items() if name in who} for one in self.sums]
        unlike = {frozenset(one.items()): one for one in sums if one}
        return derived(list(unlike.values()), who, SMALLEST, self.hidden & who.keys())

    def seen(self) -> set[str]:
        """The salaries that stand in any file as a number, or are the difference of two amounts that do.

        A number of a few cents is a month, a day or a place: an amount lies as near to another by chance.
        """
        amounts = {name: self.known[name].cents for name in self.hidden}
        large = {number for number in self.numbers if abs(number) >= LEAST_AMOUNT}
        return {
            name
            for name, cents in amounts.items()
            if cents in self.numbers or any(number + cents in large for number in large)
        }


def numbers_of(path: Path) -> Iterator[int]:
    """Every amount in a file, in cents: of tables whole numbers, of texts amounts too as Dutch writes them."""
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path)
        for name, kind in frame.schema.items():
            if kind.is_integer():
                yield from frame[name].drop_nulls().to_list()
    elif path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                for found in re.finditer(r"<v>(-?[0-9.]+)</v>", book.read(name).decode("utf-8", "replace")):
                    yield from (round(float(found[1])), round(float(found[1]) * 100))
    elif path.suffix == ".json":
        yield from _of_json(json.loads(path.read_bytes()))
    elif path.suffix in (".csv", ".html", ".htm", ".xml", ".sql", ".ics", ".txt", ".svg"):
        for found in AMOUNT.finditer(path.read_text("utf-8").replace("\N{MINUS SIGN}", "-")):
            yield int(re.sub("[.,]", "", found[1]))


def _of_json(form: object) -> Iterator[int]:
    if isinstance(form, dict):
        for value in form.values():
            yield from _of_json(value)
    elif isinstance(form, list):
        for value in form:
            yield from _of_json(value)
    elif isinstance(form, int) and not isinstance(form, bool):
        yield form


def story(seed: int, folder: Path) -> Iterator[tuple[str, Town, list[Fault]]]:
    """A town that publishes, delivers again in one of many ways, and publishes again: what happened, and what came."""
    luck = random.Random(seed)
    town = Town(folder).found()
    first = [_posting(luck, at, last=luck.choice((1, 2))) for at in range(luck.randint(4, 8))]
    town.deliver("one", "2019-03-01", first)
    yield "first", town, town.publish()
    late = luck.choice((1, 3))
    more = [_posting(luck, 100 + at, first=late, last=6) for at in range(luck.randint(2, 7))]
    again = [*first, *more]
    if luck.random() < 0.3:
        again.remove(luck.choice(first))
    luck.shuffle(again)
    how = luck.choice(("replaced", "removed", "beside", "beside", "unblocked"))
    name = "one" if how == "replaced" else "two"
    town.deliver(name, "2019-07-01", again)
    if how == "removed":
        town.remove("one")
    if how == "unblocked":
        town.set_privacy("[privacy]\nblock = []\n")
    faults = town.publish()
    yield how, town, faults
    if faults and how in ("replaced", "removed"):
        town.deliver("old", "2019-03-01", first)
        yield "put back", town, town.publish()


def _posting(luck: random.Random, at: int, first: int = 1, last: int = 2) -> Posting:
    account = luck.choice(("4100", "4300", "4300"))
    who = luck.choice(("", "", "", "101", "102", "103"))
    cents = luck.choice((1, 1, 1, -1)) * luck.randrange(1_000_000, 99_999_999)
    return Posting(f"p{at}", luck.randint(first, last), account, luck.choice(("A", "A", "A", "K")), cents, who)
