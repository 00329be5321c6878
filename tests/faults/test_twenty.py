"""One dossier with twenty things wrong, in every kind of file: one run names all twenty, and nothing else."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.terminal import fault_texts
from gebiedswerk.core.faults import Fault
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from tests.formats.books import write_sheets
from tests.small import put
from tests.town import DELIVERY, EXPORT, TEXT, append, edit

SETTINGS = f"{DELIVERY}/delivery.toml"
BOOK, LATER, AUDIT = "deliveries/boek/boek.xlsx", "deliveries/later/later.csv", "deliveries/audit/audit.xaf"
HEADER = "Boekjaar;Periode;Boekdatum;Grootboek;Kostenplaats;Categorie;Omschrijving;Debet;Credit"
XAF = """<?xml version="1.0" encoding="UTF-8"?>
<auditfile xmlns="http://www.auditfiles.nl/XAF/3.2">
<header><fiscalYear>2026</fiscalYear><curCode>EUR</curCode></header>
<company><companyName>Waterdam</companyName>
<generalLedger><ledgerAccount><accID>1600</accID><accTp>B</accTp></ledgerAccount></generalLedger>
<transactions><linesCount>3</linesCount><totalDebit>250.00</totalDebit><totalCredit>249.00</totalCredit>
<journal><jrnID>BNK</jrnID><transaction><nr>7</nr><periodNumber>3</periodNumber><trDt>2026-03-12</trDt>
<trLine><nr>1</nr><accID>1600</accID><docRef>B7</docRef><amnt>250.00</amnt><amntTp>D</amntTp></trLine>
<trLine><nr>2</nr><accID>1600</accID><docRef>B7</docRef><amnt>249.00</amnt><amntTp>C</amntTp></trLine>
</transaction></journal></transactions></company></auditfile>
"""
TWENTY = {
    "D118": ("budget_line_years.csv", 5, "area", "KADE"),
    "D140": ("areas.csv", 7, "valid_to", "2025-01-01"),
    "W109": ("area_changes.csv", 2, "from_area", "KADE"),
    "M201": ("budgets.csv", 9, "authority", "college"),
    "M202": ("budgets.csv", 15, "decided_on", "2026-01-12"),
    "M207": ("openings.csv", 2, None, "ALG"),
    "D122": ("reconciliations.csv", 2, "what", "control:grootboek-2026-04:debit"),
    "A109": ("keys.csv", 7, "whole", "13100"),
    "A101": (EXPORT, 6, None, "Kostenplaats 7120"),
    "A102": (LATER, 2, None, "Grootboek 43800 · Kostenplaats 8001 · Categorie 3.8"),
    "A107": (LATER, 3, None, "inwoners"),
    "A108": (LATER, 4, "Kostenplaats", "815"),
    "L112": (SETTINGS, 13, "control.debit", "426.893,71"),
    "L120": (EXPORT, 32, "Boekdatum", "18-01-2027"),
    "L106": (BOOK, 3, "Debet", "1.2.3"),
    "L165": (BOOK, 2, "Kostenplaats", "#NAAM?"),
    "L145": (AUDIT, None, "linesCount", "3"),
    "L147": (AUDIT, 1, None, "7"),
    "T101": (TEXT, 9, None, "204.557"),
    "T104": (TEXT, 32, None, "table:beschikbaar"),
}
"""Code → where it is said: file, row, column and value."""


def plant_in_tables(dossier: Path) -> None:
    """Areas, decisions, an opening and an accepted difference: six tables, seven faults."""
    append(dossier, "areas.csv", "KADE,de-kade,De Kade,wijk,,,2020-01-01")
    append(dossier, "areas.csv", "DIJK,de-dijk,De Dijk,wijk,,2026-01-01,2025-01-01")
    edit(dossier, "budget_line_years.csv", "HAV,2024,Havenkwartier,HAV", "HAV,2024,Havenkwartier,KADE")
    put(dossier, "area_changes.csv", "kind,from_area,to_area,changed_on\nrename,KADE,HAV,2019-01-01\n")
    edit(dossier, "budgets.csv", "33000.00,R2024-11,raad", "33000.00,R2024-11,college")
    edit(dossier, "budgets.csv", ",2500.00,W2025-1,raad,2025-06-12", ",2500.00,W2025-1,raad,2026-01-12")
    head = "id,line,year,origin,amount,decision,decided_on"
    put(dossier, "openings.csv", f"{head}\nS1,ALG,2026,2025,10.00,R2026-02,2026-02-01\n")
    head, what = "id,what,amount,reason,who,accepted_on", "control:grootboek-2026-04:debit"
    put(dossier, "reconciliations.csv", f"{head}\nA1,{what},1.00,Afronding,controller,2026-04-02\n")


def plant_in_rules(dossier: Path) -> None:
    """Two rules on one posting, a rule with zeros that the export has lost, and a key that does not make its whole."""
    append(dossier, "attribution.csv", "noorderwijk-nogmaals,7120,BIN,,\nwijkkrant,0815,ALG,,")
    header, *rows = (dossier / "keys.csv").read_text("utf-8").splitlines()
    whole = [f"{row},{'13100' if at == 7 else ''}" for at, row in enumerate(rows, start=2)]
    put(dossier, "keys.csv", "\n".join([f"{header},whole", *whole, ""]))


def plant_in_deliveries(dossier: Path) -> None:
    """What there was: a control total and a day. New, about 2026: a CSV, a workbook and an audit file."""
    edit(dossier, SETTINGS, "426.839,71", "426.893,71")
    line = (dossier / EXPORT).read_bytes().decode("windows-1252").split("\r\n")[31]
    edit(dossier, EXPORT, line, ";".join([*line.split(";")[:2], "18-01-2027", *line.split(";")[3:]]), "windows-1252")
    rows = [f"2026;1;02-01-2026;43800;{code};3.8;Beheer;10,00;" for code in ("8001", "7190", "815")]
    deliver(dossier, LATER, "LA").write_text("\n".join([HEADER, *rows, ""]), "utf-8")
    broken = [[2026, 1, None, "43800", "#NAAM?", "3.8", "Feest", 10]]
    broken.append([2026, 1, None, "43800", "7110", "3.8", "Markt", "1.2.3"])
    write_sheets(deliver(dossier, BOOK, "BO"), {"Boekingen": [HEADER.split(";"), *broken]})
    put(dossier, "profiles/audit.toml", "# Een auditfile wijst zichzelf.\n")
    deliver(dossier, AUDIT, "AU", "audit").write_text(XAF, "utf-8")


def deliver(dossier: Path, file: str, administration: str, profile: str = "grootboek") -> Path:
    """The place of a new file about 2026, with its `delivery.toml`."""
    path = dossier / file
    toml = f'file = "{path.name}"\nkind = "realised"\nadministration = "{administration}"\nyears = [2026]\n'
    toml += f'exported_at = 2026-04-01T10:00:00\nprofile = "{profile}"\n'
    put(dossier, str(path.parent.relative_to(dossier) / "delivery.toml"), toml)
    return path


def plant_in_text(dossier: Path) -> None:
    """A figure that is not true, and a table that does not exist."""
    edit(dossier, TEXT, "[204.575]", "[204.557]")
    edit(dossier, TEXT, "(table:available)", "(table:beschikbaar)")


PLANT = (plant_in_tables, plant_in_rules, plant_in_deliveries, plant_in_text)


def places(faults: tuple[Fault, ...]) -> list[tuple[str, str | None, int | None, str | None, str | None]]:
    return sorted((one.code, one.file, one.row, one.column, one.value) for one in faults)


def test_twenty_at_once_are_named_in_one_run_and_nothing_else(klein: Path, tmp_path: Path) -> None:
    """Twenty codes, each once, each in its place; the build refuses and writes nothing."""
    assert len(TWENTY) == 20
    for plant in PLANT:
        plant(klein)
    built, faults = build(klein, tmp_path / "out")
    assert places(faults) == sorted((code, *place) for code, place in TWENTY.items())
    assert built is None
    assert not (tmp_path / "out").exists()
    for found in faults:
        for language in LANGUAGES:
            assert all(fault_texts(found, Messages(language)).values())


def test_a_broken_table_hides_nothing_that_does_not_rest_on_it(klein: Path) -> None:
    """An unreadable amount in the budget: rules, keys and deliveries are checked nonetheless; X001 says what is not."""
    for plant in PLANT:
        plant(klein)
    edit(klein, "budgets.csv", "W2025-ALG,ALG,2025,amendment,-2500.00", "W2025-ALG,ALG,2025,amendment,-2.500")
    found = {one.code for one in open_dossier(klein).faults}
    rests = {"T101", "M207"}  # on an account: a claim, and the line on which money ends
    assert found == {*TWENTY, "D105", "X001"} - rests
