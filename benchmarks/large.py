"""Make a large dossier to measure on: Dutch CSV, some 100 bytes a row. Seeded, outside the repository."""

from __future__ import annotations

import random
import sys
from pathlib import Path

LINES = [f"G{number:02d}" for number in range(1, 25)]
ACCOUNTS = [f"{43000 + number}" for number in range(60)]
HEADER = "Administratie;Boekjaar;Periode;Boekdatum;Grootboek;Kostenplaats;Categorie;Boekstuk;Omschrijving;Debet;Credit"
WORDS = "Onderhoud Bijdrage Materiaal Inhuur Drukwerk Huur Vervoer Catering Advies Aanleg Herstel Subsidie".split()


def row(dice: random.Random, year: int, number: int, lines: int = len(LINES)) -> str:
    """One posting as a package writes it."""
    cents = int(dice.lognormvariate(9, 1.6))
    amount = f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"
    sides = f"{amount};" if dice.random() < 0.97 else f";{amount}"
    period = dice.randrange(1, 13)
    centre = f"0{71000 + dice.randrange(lines)}"
    words = f"{dice.choice(WORDS)} {dice.choice(WORDS).lower()} wijk {number % 977}, opdracht {number}"
    day = f"{dice.randrange(1, 29):02d}-{period:02d}-{year}"
    return f"0010;{year};{period};{day};{dice.choice(ACCOUNTS)};{centre};3.8;B{number:08d};{words};{sides}"


PROFILE = """\
encoding = "windows-1252"
[columns]
year = "Boekjaar"
period = "Periode"
booked_on = "Boekdatum"
ledger_account = "Grootboek"
cost_centre = "Kostenplaats"
category = "Categorie"
description = "Omschrijving"
debit = "Debet"
credit = "Credit"
[flows]
column = "Grootboek"
"""


def write(folder: Path, rows: int, years: int = 1) -> None:
    """A dossier with `years` deliveries of `rows` postings each."""
    span = range(2020 - years, 2020)
    put(folder, "dossier.toml", 'format = 1\n[municipality]\nname = "T"\n[[term]]\nfrom = 2000\n')
    put(folder, "areas.csv", "code,slug,name,kind\n")
    put(folder, "budget_lines.csv", "code,slug\n" + "".join(f"{line},{line.lower()}\n" for line in LINES))
    put(folder, "budget_line_years.csv", "line,year,name\n" + "".join(f"{n},{y},{n}\n" for y in span for n in LINES))
    budgets = [f"b{y}{n},{n},{y},adopted,2000000.00,R,raad,{y - 1}-11-01\n" for y in span for n in LINES]
    put(folder, "budgets.csv", "id,line,year,kind,amount,number,authority,decided_on\n" + "".join(budgets))
    rules = [f"r{n},0{71000 + at},{n}\n" for at, n in enumerate(LINES)]
    put(folder, "attribution.csv", "id,cost_centre,line\n" + "".join(rules))
    put(folder, "profiles/p.toml", PROFILE)
    for year in span:
        dice = random.Random(year)
        place = folder / f"deliveries/d{year}"
        place.mkdir(parents=True, exist_ok=True)
        settings = f'file = "f.csv"\nkind = "realised"\nadministration = "0010"\nyears = [{year}]\nprofile = "p"\n'
        put(place, "delivery.toml", f"{settings}exported_at = {year + 1}-03-01T00:00:00\n")
        with (place / "f.csv").open("w", encoding="windows-1252", newline="\n") as file:
            file.write(f"{HEADER}\n")
            file.writelines(f"{row(dice, year, number)}\n" for number in range(rows))


def write_areas(folder: Path, areas: int, rows: int) -> None:
    """A dossier of one year with so many areas, each with a budget line of its own and some of the `rows` postings."""
    codes = [f"G{number:04d}" for number in range(areas)]
    write(folder, 0)
    put(folder, "areas.csv", "code,slug,name,kind\n" + "".join(f"{n},{n.lower()},Gebied {n},wijk\n" for n in codes))
    put(folder, "budget_lines.csv", "code,slug\n" + "".join(f"{n},{n.lower()}\n" for n in codes))
    named = [f"{n},2019,Gebied {n},{n}\n" for n in codes]
    put(folder, "budget_line_years.csv", "line,year,name,area\n" + "".join(named))
    budgets = [f"b{n},{n},2019,adopted,2000000.00,R,raad,2018-11-01\n" for n in codes]
    put(folder, "budgets.csv", "id,line,year,kind,amount,number,authority,decided_on\n" + "".join(budgets))
    rules = [f"r{n},0{71000 + at},{n}\n" for at, n in enumerate(codes)]
    put(folder, "attribution.csv", "id,cost_centre,line\n" + "".join(rules))
    dice = random.Random(2019)
    text = "".join(f"{row(dice, 2019, number, areas)}\n" for number in range(rows))
    (folder / "deliveries/d2019/f.csv").write_bytes(f"{HEADER}\n{text}".encode("windows-1252"))


def put(folder: Path, file: str, text: str) -> None:
    """Write a file with the folders above it."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
