"""Small dossiers for tests: a town with a few lines, written out in one call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gebiedswerk.assembly.opened import Opened, open_dossier

PROFILE = """\
encoding = "utf-8"
negative_costs = false
unlabelled_totals = false
[columns]
year = "Jaar"
period = "Periode"
booked_on = "Datum"
ledger_account = "Grootboek"
cost_centre = "Kostenplaats"
amount = "Bedrag"
[flows]
column = "Grootboek"
income = ["8*"]
reserve_out = ["97*"]
"""


@dataclass
class Small:
    """What a small town is made of; amounts in whole euros. A posting is (year, line, amount) or with more codes."""

    lines: Mapping[str, str | None] = field(default_factory=lambda: {"A": None})
    years: Sequence[int] = (2018, 2019)
    closed: Sequence[int] = ()
    decided: Mapping[int, str] = field(default_factory=dict)
    term: str = "years = 2"
    adopted: Iterable[tuple[int, str, int]] = ()
    budgets: Iterable[Mapping[str, object]] = ()
    postings: Iterable[tuple[object, ...]] = ()
    committed: Iterable[tuple[int, str, int]] = ()
    extensions: Iterable[str] = ()
    keys: Iterable[str] = ()
    rules: Iterable[str] = ()
    areas: Mapping[str, str] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        """Write the dossier."""
        put(path, "dossier.toml", f'format = 1\n[municipality]\nname = "T"\n[[term]]\nfrom = 2000\n{self.term}\n')
        put(
            path,
            "areas.csv",
            "code,slug,name,kind\n" + "".join(f"{a},{a.lower()},{a},wijk\n" for a in self.areas.values()),
        )
        put(path, "budget_lines.csv", "code,slug\n" + "".join(f"{line},{line.lower()}\n" for line in self.lines))
        rows = [f"{c},{y},{c},{self.areas.get(c, '')},{p or ''}\n" for y in self.years for c, p in self.lines.items()]
        put(path, "budget_line_years.csv", "line,year,name,area,parent\n" + "".join(rows))
        closed = [f"{y},{y + 1}-03-01,{self.decided.get(y, '')}\n" for y in self.closed]
        put(path, "years.csv", "year,closed_on,carry_over_decided_on\n" + "".join(closed))
        put(path, "budgets.csv", self.budget_rows())
        if self.extensions:
            put(
                path,
                "extensions.csv",
                "id,line,origin,amount,last_year,number,authority,decided_on\n" + "\n".join(self.extensions),
            )
        if self.keys:
            put(path, "keys.csv", "key,year,line,weight,decision\n" + "\n".join(self.keys))
        rules = [f"r{line},k{line},{line},,\n" for line in self.lines] + [f"{rule}\n" for rule in self.rules]
        put(path, "attribution.csv", "id,cost_centre,line,key,out_of_scope\n" + "".join(rules))
        put(path, "profiles/p.toml", PROFILE)
        self.deliver(path, "realised", [posting_row(*posting) for posting in self.postings])
        for year in self.years:
            self.deliver(
                path, "commitment", [posting_row(*one) for one in self.committed if one[0] == year], f"-{year}"
            )
        return path

    def budget_rows(self) -> str:
        """Adopted budgets, then the other rows, each with the columns it has."""
        names = (
            "id line year kind flow amount number authority decided_on status origin source in_budget last_year".split()
        )
        rows = [{"line": line, "year": year, "kind": "adopted", "amount": a} for year, line, a in self.adopted]
        out = [",".join(names)]
        for at, row in enumerate([*rows, *self.budgets]):
            year = int(str(row["year"]))
            usual = {"id": f"b{at}", "number": "R1", "authority": "raad", "decided_on": f"{year - 1}-11-01"} | dict(row)
            out.append(",".join(str(usual.get(name, "")) for name in names))
        return "\n".join(out) + "\n"

    def deliver(self, path: Path, kind: str, rows: list[str], of: str = "") -> None:
        """One file of realised postings, for all years, or of the commitments that were open at the end of a year."""
        if rows:
            posted = {int(row.split(";")[0]) for row in rows}
            years = sorted(posted | {*self.years} if kind == "realised" else posted)
            toml = f'file = "f.csv"\nkind = "{kind}"\nadministration = "T"\nyears = {years}\nprofile = "p"\n'
            put(
                path,
                f"deliveries/{kind}{of}/delivery.toml",
                f"{toml}accepted = 'x'\nexported_at = 2022-01-01T00:00:00\n",
            )
            put(
                path,
                f"deliveries/{kind}{of}/f.csv",
                "Jaar;Periode;Datum;Grootboek;Kostenplaats;Bedrag\n" + "\n".join(rows),
            )

    def open(self, path: Path) -> Opened:
        """Write it and open it."""
        return open_dossier(self.write(path))


def posting_row(
    year: object, line: object, amount: object, account: object = "4000", period: object = 6, day: object = ""
) -> str:
    """One row of an export."""
    return f"{year};{period};{day};{account};k{line};{amount}"


def put(path: Path, file: str, text: str) -> None:
    (path / file).parent.mkdir(parents=True, exist_ok=True)
    (path / file).write_text(text, "utf-8")
