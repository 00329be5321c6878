"""Write `examples/klein`: a made-up town that fits a screen. Seeded: the same bytes every time (`make example`).

Wilgendam, its areas, suppliers and amounts are invented. The postings are drawn at random, and the last one of each
budget is chosen so that the year ends where the story needs it: one lapse, one shortfall, one carry-over.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

SEED = 2025
LINES = {  # code: slug, name, area, parent
    "ALG": ("stadsbreed", "Stadsbreed", "", ""),
    "BIN": ("binnenstad", "Binnenstad", "BIN", ""),
    "NRD": ("noorderwijk", "Noorderwijk", "NRD", ""),
    "HAV": ("havenkwartier", "Havenkwartier", "HAV", ""),
    "OST": ("oosteinde", "Oosteinde", "OST", ""),
    "OST-W": ("wethoudersbudget-oosteinde", "Wethoudersbudget Oosteinde", "", "OST"),
}
CENTRES = {"ALG": "7100", "BIN": "7110", "NRD": "7120", "HAV": "7130", "OST": "7140", "OST-W": "7149"}
ADOPTED = {  # cents per year, in the order of LINES
    2024: [6_000_000, 3_200_000, 4_800_000, 3_400_000, 2_600_000, 600_000],
    2025: [6_200_000, 3_300_000, 4_500_000, 3_600_000, 2_700_000, 600_000],
}
SPENT = {  # what the postings with a cost centre of the line come to, in cents
    2024: [5_871_245, 3_044_910, 4_125_040, 3_390_005, 2_481_560, 512_075],
    2025: [5_702_380, 2_986_430, 4_687_015, 3_641_235, 2_558_450, 781_990],
}
TEXTS = {
    "ALG": ["Wijkkrant, druk en bezorging", "Buurtbemiddeling, kwartaalbijdrage", "Enquête onder bewoners"],
    "BIN": ["Bloembakken Kerkstraat", "Schoonmaakactie met ondernemers", "Verlichting steeg"],
    "NRD": ["Speelplek Lijsterhof", "Bewonersavond verkeer", "Groenplan, tweede fase"],
    "HAV": ["Havendag, podium en toezicht", "Bankjes langs de kade", "Coördinatie kadeplan"],
    "OST": ["Dorpshuis, nieuwe keuken", "Wandelroute, borden", "Dorpsvisie, begeleiding"],
    "OST-W": ["Initiatief: moestuin school", "Initiatief: buurtbarbecue", "Initiatief: ijsbaan"],
}
HEADER = "Boekjaar;Periode;Boekdatum;Grootboek;Kostenplaats;Categorie;Omschrijving;Debet;Credit"
Posting = tuple[int, int, str, str, str, str, str, int]


def euros(cents: int) -> str:
    """An amount as the package writes it: 1.234,56."""
    whole, rest = divmod(abs(cents), 100)
    return f"{whole:,}".replace(",", ".") + f",{rest:02d}"


def postings(dice: random.Random) -> list[Posting]:
    """Some sixty postings of two years: costs, a credit note, income, a shared bill, a reserve, another programme."""
    found: list[Posting] = []
    for year, spent in SPENT.items():
        for line, target in zip(LINES, spent, strict=True):
            parts = [dice.randrange(target // 8, target // 4) for _ in range(3)]
            for text, cents in zip(
                [*TEXTS[line], "Afrekening en overige kosten"], [*parts, target - sum(parts)], strict=True
            ):
                period = dice.randrange(1, 13)
                day = f"{dice.randrange(1, 29):02d}-{period:02d}-{year}"
                found.append((year, period, day, "43800", CENTRES[line], "3.8", text, cents))
        found += special(year)
    return sorted(found, key=lambda posting: (posting[0], posting[1], posting[2], posting[4]))


def special(year: int) -> list[Posting]:
    """The postings that are there to show a rule, the same sums on balance as SPENT leaves room for."""
    shared = (year, 11, f"14-11-{year}", "43800", "7190", "3.8", "Bewonersdag in alle gebieden", 100_001)
    credit = (year, 10, f"03-10-{year}", "43800", "7110", "3.8", "Creditnota bloembakken Kerkstraat", -41_250)
    undo = (year, 10, f"05-10-{year}", "43800", "7110", "3.8", "Bloembakken Kerkstraat, nieuwe factuur", 41_250)
    income = (year, 12, f"02-12-{year}", "83900", "7140", "4.3.9", "Bijdrage dorpsvereniging", -75_000)
    late = (year, 13, f"18-01-{year + 1}", "43800", "7140", "3.8", "Dorpshuis, nagekomen factuur", 75_000)
    reserve = (year, 12, f"31-12-{year}", "97100", "7130", "7.1", "Onttrekking reserve kade", -250_000)
    other = (year, 6, f"20-06-{year}", "43800", "6400", "3.8", "Straatreiniging, ander programma", 1_234_567)
    return [shared, credit, undo, income, late, reserve, other]


WEIGHTS = {"BIN": 2100, "NRD": 5400, "HAV": 3900, "OST": 1600}
AMENDED = {"ALG": -250_000, "OST-W": 250_000}

# Every number in this text is a claim: the build holds it against the account.
TEXT = """\
# Gebiedsgericht werken in 2025

Wilgendam werkt in [vier](figure:count/areas) gebieden. Elk gebied heeft een gebiedsteam en een eigen budget.
Bewoners, ondernemers en verenigingen bedenken samen met het team wat er nodig is.

## Wat hebben we uitgegeven?

De raad stelde in totaal [209.000](figure:budget/total) euro beschikbaar. We gaven
[204.575](figure:realised/total) euro uit. Dat is [4.425](figure:result/total) euro minder dan begroot.

![Begroot en uitgegeven per begrotingspost](table:account)

![Begroot en uitgegeven in beeld](chart:account)

In [Noorderwijk en Havenkwartier](figure:areas-overspent) gaven we meer uit dan begroot:

- In Noorderwijk was het [2.285](figure:overspent/NRD) euro meer. Dat kon, omdat we eerst
  [5.000](figure:spent/NRD?origin=2024) euro uit het budget van 2024 gebruikten. De raad had dat geld een jaar
  langer laten staan voor het groenplan.
- In het Havenkwartier kostte de kade [712](figure:shortfall/HAV) euro meer dan er was. Dat is nog niet gedekt.

In Oosteinde bleef [1.972](figure:result/OST) euro over. Het wethoudersbudget in het dorp kreeg er in juni
[2.500](figure:amended/OST-W) euro bij, uit het budget voor de hele stad.

## Wat blijft beschikbaar?

Geld dat aan het eind van het jaar over is, valt vrij. Alleen als de raad dat besluit, blijft een deel langer staan.
Eind 2024 viel [5.952](figure:released/total@2024) euro vrij, eind 2025 [8.137](figure:released/total) euro.
Voor de Binnenstad blijft [2.000](figure:closing/BIN) euro staan tot en met 2026. Samen is
[712](figure:shortfall/total) euro nog niet gedekt.

![Wat blijft beschikbaar](table:available)

Wie meer wil weten, klikt op een bedrag: daarachter staan de berekening en de boekingen.
Een gebiedsteam bestaat uit [5](free: "vaste omvang van een team, geen bedrag") mensen.
"""


def csv_lines(dice: random.Random) -> tuple[list[str], int, int]:
    """The export, with its debit and credit."""
    rows, debit, credit = [HEADER], 0, 0
    for year, period, day, account, centre, category, words, cents in postings(dice):
        sides = (euros(cents), "") if cents >= 0 else ("", euros(cents))
        debit, credit = debit + max(cents, 0), credit + max(-cents, 0)
        rows.append(";".join([str(year), str(period), day, account, centre, category, words, *sides]))
    return rows, debit, credit


def budgets() -> str:
    """Adopted budgets of two years, one amendment with its coverage, one carry-over."""
    rows = ["id,line,year,kind,amount,number,authority,decided_on,complete,origin,in_budget,note"]
    for year, amounts in ADOPTED.items():
        for line, cents in zip(LINES, amounts, strict=True):
            rows.append(
                f"P{year}-{line},{line},{year},adopted,{cents / 100:.2f},R{year - 1}-11,raad,{year - 1}-11-07,,,,"
            )
    for line, cents in AMENDED.items():
        row = f"W2025-{line},{line},2025,amendment,{cents / 100:.2f},W2025-1,raad,2025-06-12,ja,,,"
        rows.append(f"{row}Initiatieven in Oosteinde")
    rows.append("O2025-NRD,NRD,2025,carry_over,5000.00,R2025-06,raad,2025-06-26,,2024,nee,Groenplan Noorderwijk")
    return "\n".join(rows) + "\n"


def line_years() -> str:
    """The lines of both years."""
    rows = ["line,year,name,area,parent,programme"]
    for year in SPENT:
        rows += [
            f"{code},{year},{name},{area},{parent},Gebiedsgericht werken"
            for code, (_, name, area, parent) in LINES.items()
        ]
    return "\n".join(rows) + "\n"


AREAS = """\
code,slug,name,kind,parent,valid_from,valid_to
BIN,binnenstad,Binnenstad,wijk,,,
NRD,noorderwijk,Noorderwijk,wijk,,,
HAV,havenkwartier,Havenkwartier,wijk,,,
OST,oosteinde,Oosteinde,dorp,,,
"""
YEARS = """\
year,closed_on,carry_over_decided_on,decision
2024,2025-03-14,2025-06-26,Vaststelling jaarrekening 2024 (R2025-06)
2025,2026-03-13,,
"""
EXTENSIONS = """\
id,line,origin,amount,last_year,number,authority,decided_on
V2024-NRD,NRD,2024,5000.00,2025,R2025-06,raad,2025-06-26
V2025-BIN,BIN,2025,2000.00,2026,R2026-04,raad,2026-04-16
"""
ATTRIBUTION = """\
id,cost_centre,line,key,out_of_scope
stadsbreed,7100,ALG,,
binnenstad,7110,BIN,,
noorderwijk,7120,NRD,,
havenkwartier,7130,HAV,,
oosteinde,714*,OST,,
wethouder-oosteinde,7149,OST-W,,
alle-gebieden,7190,,inwoners,
ander-programma,6*,,,Andere programma's horen niet bij gebiedsgericht werken
"""
DOSSIER = """\
# Wilgendam is verzonnen: geen bestaande gemeente, geen echte bedragen.
format = 2

[municipality]
name = "Wilgendam"
explanation = "Wilgendam is een verzonnen gemeente. Alle namen en bedragen zijn voorbeelden."

# Geld mag alleen in het eigen jaar worden uitgegeven. De raad kan een deel langer laten staan (extensions.csv).
# Voor wat meer is uitgegeven dan er was, wijst de raad dekking aan: tot dan is het "nog niet gedekt".
[[term]]
from = 2024
years = 1
expiry = "release"
income = "reduces"
term_at = "self"
shortfall = "to-cover"
decision = "Financiële verordening, artikel 9"

[presentation]
language = "nl"
unit = 1

# Wat nooit boeking voor boeking openbaar is. De som staat er wel, met hoeveel boekingen het zijn en waarom.
[privacy]
smallest_group = 5

[[privacy.block]]
name = "salarissen"
ground = "Salarissen: wat een medewerker verdient, is persoonlijk (Woo artikel 5.1, tweede lid, onder e)."
category = ["1.1"]

[[privacy.block]]
name = "uitkeringen"
ground = "Uitkeringen aan inwoners: wie geld krijgt, is persoonlijk (Woo artikel 5.1, tweede lid, onder e)."
category = ["4.1*"]
"""
PROFILE = """\
# Zo schrijft het financiële pakket zijn grootboek weg.
delimiter = ";"
encoding = "windows-1252"
decimal = ","
thousands = "."
date = "dd-mm-jjjj"

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

# Grootboekrekeningen die met een 8 beginnen zijn baten; 971 zijn onttrekkingen aan een reserve.
[flows]
column = "Grootboek"
income = ["8*"]
reserve_out = ["971*"]
"""
QUESTIONS = """\
id,figure,question,asked_on,asked_by,answer,answered_on
V1,costs/NRD@2025,Is dit ook geld voor onderhoud van wegen?,2026-05-20,council,\
Nee. Onderhoud van wegen staat in een ander programma; hier staan alleen uitgaven van het gebiedsbudget.,2026-05-28
"""
DELIVERY = """\
file = "grootboek.csv"
kind = "realised"
administration = "WD"
years = [2024, 2025]
periods = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
exported_at = 2026-03-20T11:42:08
profile = "grootboek"
public_decision = "Collegebesluit 2026-014, openbaar maken van boekingen"
public_columns = ["booked_on", "ledger_account", "cost_centre", "category", "description"]
accepted = "Definitieve export, gemaakt na de afsluiting van 2025; aan 2024 is niets veranderd."
[control]
lines = {lines}
debit = "{debit}"
credit = "{credit}"
"""
PUBLICATION = """\
kind = "accounts"
year = 2025
title = "Jaarrekening 2025: gebiedsgericht werken"
status = "published"
as_of = 2026-04-30T17:00:00
published_at = 2026-05-12T09:30:00
"""


def write(folder: Path) -> None:
    """Write the whole dossier below `folder`."""
    rows, debit, credit = csv_lines(random.Random(SEED))
    lines = [f"{code},{slug}" for code, (slug, *_) in LINES.items()]
    keys = [f"inwoners,{year},{line},{w},Inwoners per 1 januari" for year in SPENT for line, w in WEIGHTS.items()]
    delivery = DELIVERY.format(lines=len(rows) - 1, debit=euros(debit), credit=euros(credit))
    files: dict[str, bytes] = {
        "dossier.toml": DOSSIER.encode(),
        "questions.csv": QUESTIONS.encode(),
        "areas.csv": AREAS.encode(),
        "budget_lines.csv": "\n".join(["code,slug", *lines, ""]).encode(),
        "budget_line_years.csv": line_years().encode(),
        "years.csv": YEARS.encode(),
        "budgets.csv": budgets().encode(),
        "extensions.csv": EXTENSIONS.encode(),
        "attribution.csv": ATTRIBUTION.encode(),
        "keys.csv": "\n".join(["key,year,line,weight,decision", *keys, ""]).encode(),
        "profiles/grootboek.toml": PROFILE.encode(),
        "deliveries/grootboek-2026-03/grootboek.csv": ("\r\n".join(rows) + "\r\n").encode("windows-1252"),
        "deliveries/grootboek-2026-03/delivery.toml": delivery.encode(),
        "publications/jaarrekening-2025/publication.toml": PUBLICATION.encode(),
        "publications/jaarrekening-2025/index.md": TEXT.encode(),
    }
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "klein")
