"""The settings, rules and tables of the dossier: everything that a person would write by hand."""

from __future__ import annotations

from collections.abc import Sequence

from examples.groningen_town import iv3
from examples.groningen_town.bookings import residents
from examples.groningen_town.facts import (
    CAPTION,
    EXPORTED_AT,
    LEFT_OF_TEN_BOER,
    LIST_OF_RESULTS,
    MONEY,
    PUBLISHED_AT,
)
from examples.groningen_town.formats import Euro, Value, table
from examples.groningen_town.words import ALDERMAN_CENTRE, ALDERMAN_LINE, LINES, OUT_OF_SCOPE, SHARED_CENTRE

OUTSIDE = "outside:lijst-van-resultaten"
README = f"""\
# Groningen, van 2017 tot juli 2020: een voorbeeld

Echt en gepubliceerd (jaarrekening 2019, Gemeente Groningen): de 27 cijfers van de tabel "{CAPTION}", de koppen van de
paragraaf, de twee tijdstippen ({EXPORTED_AT} en {PUBLISHED_AT}), en dat de lijst van resultaten 1,0 miljoen noemt.

Verzonnen: alle boekingen, alle centen, de bedragen van 2017, 2018 en 2020 (ook de begroting, de voortgangsrapportage,
het Dorpenfonds en de grenscorrectie met het dorp Zandwerd), de besluiten en hun nummers, de verplichtingen,
de verdeelsleutel, de aanlevering aan het CBS (Iv3), wie wanneer een verschil aanvaardde, de namen van werken, en alles
in `work/`: teams, projecten, initiatieven, bezoeken, afspraken, besluiten, nieuwsbrieven en de waarden van indicatoren.
Mensen staan er met hun functie. De tekst is voor dit voorbeeld geschreven.

De codes van wijken in `area_parts.csv` zijn van het CBS (CBS/Kadaster, Wijk- en Buurtkaart 2018 en 2019, CC BY 4.0).
Welke wijk bij welk gebied hoort, volgt de indeling van de gemeente; Wijk 05 (Zuidoost) ligt in werkelijkheid in drie
gebieden en telt hier in zijn geheel bij Oost. De grenzen in `geo/` zijn die van dezelfde, gegeneraliseerde kaart, per
gebied samengevoegd (`examples/make_geography.py`). Neem de indeling dus niet over: ze is een benadering.

De codes in `iv3/codes-2019.json` en hun namen zijn van het CBS: alleen die hier voorkomen.

Deze map is gemaakt door `make example` (`examples/make_groningen.py`). Verander haar niet met de hand.
"""
DOSSIER = """\
# Wat hiervan echt is en wat verzonnen, staat in README.md.
format = 2

[municipality]
name = "Groningen"
explanation = "Voorbeeld. De 27 cijfers van de tabel over 2019, de koppen en de tijdstippen zijn gepubliceerde feiten \
(jaarrekening 2019, Gemeente Groningen). Alle boekingen, centen, bedragen van 2017, 2018 en 2020 en namen van werken \
zijn verzonnen."
explanations.en = "Example. The 27 figures of the table about 2019, the headings and the moments are published facts \
(annual accounts 2019, Gemeente Groningen). All postings, cents, amounts of 2017, 2018 and 2020 and names of works \
are made up."

# Gebiedsbudget mag in twee jaar worden uitgegeven: in het jaar zelf en in het jaar daarna.
[[term]]
from = 2017
years = 2
expiry = "release"
income = "reduces"
term_at = "self"
decision = "Raadsbesluit bestedingstermijn gebiedsbudgetten"

# Vanaf 2020 loopt de termijn over een hoofdbudget met alles wat eronder hangt: het Dorpenfonds is van twee gebieden.
[[term]]
from = 2020
years = 2
expiry = "release"
income = "reduces"
term_at = "parent"
decision = "Raadsbesluit Dorpenfonds (verzonnen)"

[presentation]
language = "nl"
translations = ["en"]
unit = 1000

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

# De kleuren en het merk in site/ zijn verzonnen.
[site]
logo = "merk.svg"
search = true

# Het adres is verzonnen: .example.org bestaat niet. De uitgever is de code van de gemeente bij de overheid (TOOI).
[open_data]
licence = "CC0-1.0"
address = "https://gebieden.example.org/"
publisher = "https://identifier.overheid.nl/tooi/id/gemeente/gm0014"
contact = "https://gebieden.example.org/contact/"
"""
FLOWS = """
# Grootboekrekeningen van 08 zijn baten; 0970 gaat naar een reserve, 0971 komt eruit.
[flows]
column = "{column}"
income = ["08*"]
reserve_in = ["0970*"]
reserve_out = ["0971*"]
"""
PROFILES = {
    "pakket-2019": """\
# Het pakket van na de herindeling: een Nederlandse CSV.
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
taakveld = "Taakveld"
category = "Ec.Categorie"
project = "Project"
description = "Omschrijving"
debit = "Debet"
credit = "Credit"
"""
    + FLOWS.format(column="Grootboek"),
    "auditfile": """\
# Een auditfile (XAF) zegt zelf hoe hij is geschreven. Taakveld en categorie staan waar dit pakket ze neerzet.
[columns]
taakveld = "prodID"
category = "artGrpID"
"""
    + FLOWS.format(column="accID"),
    "pakket-2017": """\
# Een uitdraai in Excel: één bedrag per regel, baten met een min.
sheet = "Grootboek"
header_row = 3

[columns]
year = "Jaar"
period = "Per"
booked_on = "Datum"
ledger_account = "Rekening"
cost_centre = "KPL"
taakveld = "Taakveld"
category = "Cat"
description = "Tekst"
amount = "Bedrag"
"""
    + FLOWS.format(column="Rekening"),
    "begroting": """\
# Begroting en begrotingswijzigingen, zoals de afdeling Financiën ze bijhoudt.
sheet = "Besluiten"
header_row = 3

[columns]
year = "Jaar"
budget_kind = "Soort"
number = "Besluit"
authority = "Orgaan"
decided_on = "Datum"
complete = "Volledig"
ledger_account = "Rekening"
cost_centre = "KPL"
description = "Toelichting"
amount = "Bedrag"

[budget_kinds]
adopted = ["Primitief"]
amendment = ["Wijziging"]
"""
    + FLOWS.format(column="Rekening"),
    "verplichtingen": """\
# De stand van de openstaande verplichtingen.
sheet = "Verplichtingen"
header_row = 3

[columns]
year = "Jaar"
ledger_account = "Rekening"
cost_centre = "KPL"
description = "Tekst"
amount = "Openstaand"
commitment_kind = "Soort"

[commitment_kinds]
order = ["Inkooporder"]
grant = ["Subsidiebeschikking"]
"""
    + FLOWS.format(column="Rekening"),
}
DELIVERY = """\
file = "{file}"
kind = "{kind}"
administration = "{administration}"
years = [{year}]
exported_at = {exported_at}
profile = "{profile}"
public_decision = "Collegebesluit 2020-031, openbaar maken van boekingen (verzonnen)"
public_columns = [{public}]
{accepted}
[control]
lines = {lines}
debit = "{debit}"
credit = "{credit}"
"""
PROGRESS = """\
kind = "progress"
year = 2020
title = "Voortgangsrapportage 2020: integraal gebiedsgericht werken"
titles.en = "Progress report 2020: integrated area-based working"
status = "published"
as_of = 2020-07-16T12:00:00
published_at = 2020-07-20T09:00:00
"""
PUBLICATION = f"""\
kind = "accounts"
year = 2019
title = "Jaarrekening 2019: integraal gebiedsgericht werken"
titles.en = "Annual accounts 2019: integrated area-based working"
status = "published"
as_of = {EXPORTED_AT}
published_at = {PUBLISHED_AT}

[[pages]]
file = "index"
part = "paragraphs"

[[pages]]
file = "bijlage"
part = "annexes"

[[labels]]
column = "line"
title = "Integraal gebiedsgericht"
titles.en = "Integrated area-based working"

[[labels]]
column = "realised"
title = "Realisatie 2019"
titles.en = "Realised 2019"

[[labels]]
column = "result"
title = "Resultaat/reserve"
titles.en = "Result/reserve"

[[labels]]
column = "total"
title = "Totaal Gebiedsprogramma's"
titles.en = "Total area programmes"
"""
YEARS = """\
year,closed_on,carry_over_decided_on,decision
2017,2018-03-16,2018-06-27,Gemeenterekening 2017 (R2018-06-27)
2018,2019-03-15,2019-06-26,Gemeenterekening 2018 (R2019-06-26): restanten onder 1.000 euro gaan niet mee
2019,2020-03-20,2020-07-08,Gemeenterekening 2019 (R2020-07-08): van Algemeen gaat niet alles mee
"""


def budget_lines() -> str:
    """All lines, also those that end."""
    return table("code,slug", [(code, line.slug) for code, line in LINES.items()])


def line_years() -> str:
    """The lines of each year: those with money."""
    rows = [
        (code, year, LINES[code].name, LINES[code].area, LINES[code].parent, "College en Raad")
        for year, lines in MONEY.items()
        for code in lines
    ]
    return table("line,year,name,area,parent,programme", rows)


def attribution() -> str:
    """Cost centres to lines; the former municipalities by their administration; all else out of scope, by name."""
    rows: list[Sequence[Value]] = []
    later = [
        line.slug for code, line in LINES.items() if code.startswith("DORPEN")
    ]  # below what was there: its rows stay
    for code, line in LINES.items():
        administration = "" if line.administration == "GRO" else line.administration
        centres = ALDERMAN_CENTRE if code == ALDERMAN_LINE else f"{line.centre}*"
        rows.append((line.slug, administration, "", centres, code, "", ""))
    rows.append(("alle-gebieden", "", "", SHARED_CENTRE, "", "inwoners", ""))
    rows += [(rule, "", "", centres, "", "", reason) for rule, (centres, reason) in OUT_OF_SCOPE.items()]
    rows += [
        ("dekking", "", "", "0799*", "", "", "Dekking van begrotingswijzigingen buiten het gebiedsgericht werken"),
        ("balans", "GRO", "01*", "", "", "", "Balansrekeningen zijn geen lasten of baten"),
        ("overig-haren", "HRN", "", "", "", "", "Andere taken van de voormalige gemeente Haren"),
        ("overig-ten-boer", "TBO", "", "", "", "", "Andere taken van de voormalige gemeente Ten Boer"),
    ]
    rows.sort(key=lambda row: row[0] in later)
    return table("id,administration,ledger_account,cost_centre,line,key,out_of_scope", rows)


def keys() -> str:
    """Residents per area."""
    decision = "Inwoners per 1 januari, afgerond (verzonnen)"
    rows = [("inwoners", year, code, weight, decision) for year in MONEY for code, weight in residents(year).items()]
    return table("key,year,line,weight,decision", rows)


def reconciliations() -> str:
    """The gap that the accounts themselves show, paragraph against list of results; and the result in Iv3."""
    reason = (
        "De lijst van resultaten in de jaarrekening 2019 noemt voor dit onderwerp afgerond 1,0 miljoen euro, deze "
        "paragraaf 563 duizend euro. Welke posten de lijst meer telt, is niet gepubliceerd."
    )
    result = LEFT_OF_TEN_BOER + sum(money.allocated - money.spent for money in MONEY[2019].values())
    row = ("LIJST-2019", OUTSIDE, Euro(result - LIST_OF_RESULTS), reason, "concerncontroller", "2020-05-20")
    closing = ("IV3-2019", iv3.WHAT, Euro(-100 * iv3.result()), iv3.REASON, "concerncontroller", "2020-06-29")
    return table("id,what,amount,reason,who,accepted_on", [row, closing])


def free_numbers() -> str:
    """The numbers in texts of tables and settings that come from elsewhere, and why they may stand there."""
    list_of_results = "Staat zo in de lijst van resultaten en in deze paragraaf; de tekst van de publicatie toont beide"
    counted = "Geteld in de gepubliceerde tabel: negen regels met drie bedragen"
    free = [
        ("dossier.toml", "municipality.explanation", "27 cijfers", counted),
        ("dossier.toml", "municipality.explanations.en", "27 figures", counted),
        ("years.csv", "decision", "1.000 euro", "De grens uit het besluit zelf"),
        (
            "reconciliations.csv",
            "reason",
            "1,0 miljoen euro, deze paragraaf 563 duizend euro",
            list_of_results,
        ),
        ("reconciliations.csv", "reason", "taakveld 0.11", "Code van een taakveld, geen getal"),
        ("work/initiatives.csv", "summary", "vijftig jaar", "Hoe lang de wijk bestaat, volgens de bewoners"),
    ]
    rows = [
        (f"V{number}", file, column, words, reason, "concerncontroller", "2020-06-29")
        for number, (file, column, words, reason) in enumerate(free, start=1)
    ]
    return table("id,file,column,words,reason,who,accepted_on", rows)
