"""Nothing of a column that is not public is anywhere in what is published: every byte is searched."""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import re
import zlib
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from pypdf import PdfWriter

from gebiedswerk.app.build import build
from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.publish import publish
from gebiedswerk.app.verify import verify
from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from tests.formats.books import write_sheets
from tests.release.releases import swap
from tests.small import Small, put
from tests.whole.secrets import places

SETTINGS = """\
file = "{file}"
kind = "{what}"
accepted = "Geheim-reden-merel"  # Geheim-opmerking-merel
administration = "{administration}"
years = [2019]
exported_at = 2020-02-01T10:00:00
profile = "{profile}"
public_decision = "Besluit 1"
public_columns = [{columns}]
"""
COLUMNS = {
    "year": "Jaar",
    "period": "Periode",
    "booked_on": "Datum",
    "ledger_account": "Grootboek",
    "cost_centre": "Kostenplaats",
    "project": "Project",
    "taakveld": "Taakveld",
    "category": "Categorie",
    "description": "Tekst",
    "creditor": "Geheimkop-relatie",
    "amount": "Bedrag",
}
SHUT = ("project", "taakveld", "category", "description", "creditor")
"""Columns that the profile reads and the delivery does not allow."""
HEADER = [*COLUMNS.values(), "Geheimkop-bsn", "Geheimkop-iban", "Geheimkop-memo"]
BLOCKED_TEXT = "Zwijgplicht-uitkering-huisarts"


def profile() -> str:
    named = "".join(f'{name} = "{header}"\n' for name, header in COLUMNS.items())
    return f'[columns]\n{named}[flows]\ncolumn = "Grootboek"\n'


def secret(kind: str, column: str) -> str:
    """What is planted in one column of one kind of file."""
    return f"Geheim-{kind}-{column}-zwaluw"


def row(kind: str, number: int) -> list[Any]:
    """A posting with a secret in every column that may not be seen, whether the profile reads it or not."""
    planted = {name: secret(kind, name) for name in SHUT}
    seen = [2019, number % 12 + 1, "03-05-2019", "4300", "kA", *planted.values(), 10 + number]
    return [*seen, *(secret(kind, name) for name in ("bsn", "iban", "memo"))]


def planted() -> list[str]:
    """Every secret of the town."""
    kinds = [secret(kind, name) for kind in ("csv", "xlsx", "bond") for name in (*SHUT, "bsn", "iban", "memo")]
    kinds += [secret("plan", name) for name in ("project", "description", "bsn", "iban", "memo")]
    xaf = [secret("xaf", name) for name in XAF_PLACES]
    headers = [header for header in HEADER if header.startswith("Geheimkop")]
    return [*kinds, *xaf, *headers, *NOTES, BLOCKED_TEXT, "Verborgen-tabblad-merel"]


XAF_PLACES = (
    "name contact email bank user tax doc desc project vat street transaction phone website commerce reference journal "
    "opening sender"
).split()
NOTES = [f"Notitie-{name}-merel" for name in "team aldermen projects initiatives visits promises decisions".split()]
NOTES += [f"Geheim-{name}-merel" for name in "reden opmerking x kolom-x term accepted-text accepted-reason who".split()]
WORK = {
    "team": "area,role,contact,internal_note\nNO,gebiedsmanager,no@t.example,{note}\n",
    "aldermen": "area,title,name,valid_from,internal_note\nNO,wethouder,Zorg,2018-01-01,{note}\n",
    "themes": "code,name,side\nGROEN,Groen,physical\n",
    "projects": "code,name,areas,themes,status,started_on,internal_note\nP1,Plein,NO,GROEN,running,2019-01-01,{note}\n",
    "initiatives": (
        "code,slug,area,name,asked_by,asked_on,asked,status,internal_note\n"
        'I1,tuin,NO,Tuin,residents,2019-01-15,"50,00",asked,{note}\n'
    ),
    "visits": "code,area,visited_on,who,subject,internal_note\nB1,NO,2019-04-19,college,Wandeling,{note}\n",
    "promises": "code,visit,promise,owner,due_on,status,internal_note\nA1,B1,Bank,team,2019-05-17,open,{note}\n",
    "decisions": "code,area,decided_on,decided_by,title,internal_note\nD1,NO,2019-03-27,raad,Geld,{note}\n",
}
PUBLICATION = """\
kind = "accounts"  # Geheim-opmerking-merel
year = 2019
title = "Rekening 2019"
status = "published"
published_at = 2020-05-12T09:30:00
"""


def xaf() -> str:
    """An audit file with a secret in all that may be about a person or a bank."""
    s = {name: secret("xaf", name) for name in XAF_PLACES}
    lines = "".join(
        f"<transaction><nr>{n}</nr><desc>{s['transaction']}</desc><periodNumber>{n}</periodNumber>"
        f"<trDt>2019-0{n}-03</trDt><userID>{s['user']}</userID>"
        f"<trLine><nr>1</nr><accID>4300</accID><docRef>{s['doc']}</docRef><effDate>2019-01-03</effDate>"
        f"<desc>{s['desc']}</desc><amnt>10.00</amnt><amntTp>D</amntTp><custSupID>K{n}</custSupID><costID>kA</costID>"
        f"<projID>{s['project']}</projID><bankAccNr>{s['bank']}</bankAccNr><vat><vatID>{s['vat']}</vatID></vat></trLine>"
        f"<trLine><nr>2</nr><accID>1600</accID><docRef>{s['doc']}</docRef><amnt>10.00</amnt><amntTp>C</amntTp></trLine></transaction>"
        for n in range(1, 8)
    )
    relations = "".join(
        f"<customerSupplier><custSupID>K{n}</custSupID><custSupName>{s['name']}</custSupName>"
        f"<contact>{s['contact']}</contact><telephone>{s['phone']}</telephone><eMail>{s['email']}</eMail>"
        f"<website>{s['website']}</website><commerceNr>{s['commerce']}</commerceNr><relationshipID>{s['reference']}"
        "</relationshipID>"
        f"<streetAddress><streetname>{s['street']}</streetname></streetAddress>"
        f"<bankAccount><bankAccNr>{s['bank']}</bankAccNr></bankAccount></customerSupplier>"
        for n in range(1, 8)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><auditfile xmlns="http://www.auditfiles.nl/XAF/3.2"><header>'
        f"<fiscalYear>2019</fiscalYear><curCode>EUR</curCode><softwareDesc>{s['sender']}</softwareDesc></header><company>"
        f"<companyName>T</companyName><taxRegIdent>{s['tax']}</taxRegIdent>"
        f"<customersSuppliers>{relations}</customersSuppliers><generalLedger>"
        "<ledgerAccount><accID>4300</accID><accTp>P</accTp></ledgerAccount>"
        f"<ledgerAccount><accID>1600</accID><accTp>B</accTp></ledgerAccount><basics><basic><basicType>30</basicType>"
        f"<basicID>u</basicID><basicDesc>{s['user']}</basicDesc></basic></basics></generalLedger>"
        f"<openingBalance><desc>{s['opening']}</desc></openingBalance><transactions>"
        "<linesCount>14</linesCount><totalDebit>70.00</totalDebit><totalCredit>70.00</totalCredit>"
        f"<journal><jrnID>I</jrnID><desc>{s['journal']}</desc><bankAccNr>{s['bank']}</bankAccNr>{lines}</journal></transactions></company></auditfile>"
    )


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Five deliveries with secrets, tables with notes and columns of their own, words in settings; and a delivery that
    publishes descriptions, save those of postings that are blocked.
    """
    path = Small(years=(2019,), adopted=[(2019, "A", 5000)], areas={"A": "NO"}).write(tmp_path / "town")
    for name, text in WORK.items():
        put(path, f"work/{name}.csv", text.format(note=f"Notitie-{name}-merel"))
    accepted = (
        "id,kind,text,reason,who,accepted_on\n1,email,Geheim-accepted-text-merel,Geheim-accepted-reason-merel,{},{}\n"
    )
    put(path, "privacy_accepted.csv", accepted.format("Geheim-who-merel", "2020-03-01"))
    rules = f"id,cost_centre,project,line\nrA,kA,,A\ngeheim,kA,{secret('csv', 'project')},A\n"
    put(path, "attribution.csv", rules)
    for table in [*path.glob("*.csv"), *path.glob("work/*.csv")]:
        head, *lines = table.read_text("utf-8").splitlines()
        widened = [f"{head},x_Geheim-kolom-x-merel", *(f"{line},Geheim-x-merel" for line in lines)]
        table.write_text("\n".join(widened) + "\n", "utf-8")
    put(path, "publications/rekening-2019/publication.toml", PUBLICATION)
    put(path, "publications/rekening-2019/index.md", "# Rekening 2019\n\n![Rekening](table:account)\n")
    toml = (path / "dossier.toml").read_text("utf-8")
    block = '[[privacy.block]]\nname = "zorg"\nground = "Zorg."\nledger_account = ["4411"]\n'
    house = '[presentation]\ntranslations = ["en"]\n[open_data]\naddress = "https://t.example/"\n'
    put(path, "dossier.toml", f"# Geheim-term-merel\n{toml}{block}{house}")
    put(path, "profiles/csv.toml", profile())
    put(path, "profiles/xaf.toml", "")
    deliver(path, "csv", "f.csv", '"ledger_account"')
    rows = [row("csv", number) for number in range(8)]
    put(path, "deliveries/csv/f.csv", "\n".join(";".join(map(str, cells)) for cells in (HEADER, *rows)))
    deliver(path, "xlsx", "f.xlsx", '"cost_centre", "booked_on"')
    sheets: dict[str, list[Any]] = {"Boekingen": [HEADER, *(row("xlsx", number) for number in range(8))]}
    put(path, "profiles/xlsx.toml", f'sheet = "Boekingen"\n{profile()}')
    write_sheets(path / "deliveries/xlsx/f.xlsx", {**sheets, "Blad2": [["Verborgen-tabblad-merel"]]})
    deliver(path, "bond", "f.csv", '"ledger_account"', "csv", "commitment")
    bound = [row("bond", number) for number in range(8)]
    put(path, "deliveries/bond/f.csv", "\n".join(";".join(map(str, cells)) for cells in (HEADER, *bound)))
    deliver(path, "plan", "f.csv", '"ledger_account"', what="budget")
    put(path, "profiles/plan.toml", PLAN)
    hidden = [secret("plan", name) for name in ("project", "description", "bsn", "iban", "memo")]
    decided = ["Jaar;Soort;Besluit;Orgaan;Datum;Grootboek;Kostenplaats;Bedrag;Project;Tekst;a;b;c"]
    decided.append(";".join(["2019;W;R9;raad;03-06-2019;4300;kA;70", *hidden]))
    put(path, "deliveries/plan/f.csv", "\n".join(decided))
    deliver(path, "xaf", "f.xaf", '"ledger_account"')
    put(path, "deliveries/xaf/f.xaf", xaf())
    deliver(path, "open", "f.csv", '"description", "ledger_account", "project"', "csv")
    shown = [row("open", number) for number in range(9)]
    for number, cells in enumerate(shown):
        cells[8] = f"Zichtbaar feest {number}" if number % 2 else BLOCKED_TEXT
        cells[3] = "4300" if number % 2 else "4411"
        cells[9] = f"Relatie {number}"
    put(path, "deliveries/open/f.csv", "\n".join(";".join(map(str, cells)) for cells in (HEADER, *shown)))
    return path


PLAN = """\
[columns]
year = "Jaar"
budget_kind = "Soort"
number = "Besluit"
authority = "Orgaan"
decided_on = "Datum"
ledger_account = "Grootboek"
cost_centre = "Kostenplaats"
project = "Project"
description = "Tekst"
amount = "Bedrag"
[budget_kinds]
amendment = ["W"]
[flows]
column = "Grootboek"
"""


def deliver(path: Path, kind: str, file: str, columns: str, profile_: str = "", what: str = "realised") -> None:
    settings = SETTINGS.format(file=file, administration=kind, profile=profile_ or kind, columns=columns, what=what)
    put(path, f"deliveries/{kind}/delivery.toml", settings)


def nothing_in(output: Path) -> None:
    """No secret, and no hash of one, is in an output; what may be seen is."""
    secrets = planted()
    digests = [hashlib.new(name, one.encode()).hexdigest() for one in secrets for name in ("sha256", "sha1", "md5")]
    assert places(output, [*secrets, *digests]) == []
    assert places(output, ["Zichtbaar feest 1"]) != []


def test_no_secret_is_in_the_site(town: Path, tmp_path: Path) -> None:
    """Eight postings of each file are on the line, and nothing else of them, also before pages are written."""
    opened = open_dossier(town)
    assert {found.code for found in opened.faults} == {"V109"}
    assert {secret for secret, _ in places(town, planted())} == set(planted())
    built, faults = build(town, tmp_path / "out")
    assert built is not None, faults
    assert (built.site / "publicaties/rekening-2019/index.pdf").is_file()
    nothing_in(tmp_path / "out")
    made = make(opened)
    assert made is not None
    words = repr(made.pages).lower()
    assert [secret for secret in planted() if secret.lower() in words] == []


def test_no_secret_is_in_a_public_release(town: Path, tmp_path: Path) -> None:
    """Nor in what `verify` says of a release in which a row was changed."""
    frozen, faults = freeze(town, tmp_path / "p", tmp_path / "a")
    assert frozen is not None, faults
    nothing_in(tmp_path / "p")
    assert {secret for secret, _ in places(tmp_path / "a" / "dossier", planted())} == set(planted())
    assert verify(tmp_path / "p").faults == ()
    swap(tmp_path / "p", "ledger/newest.csv", ",costs,", ",income,")
    said = repr(verify(tmp_path / "p").faults)
    assert "Z105" in said
    assert [secret for secret in planted() if secret in said] == []


def test_no_secret_is_in_what_is_published(town: Path, tmp_path: Path) -> None:
    """In the whole folder: the site with its earlier version, what the next time has to know, maps for servers."""
    live = tmp_path / "live"
    publish(town, live)
    with (town / "publications/rekening-2019/index.md").open("a", encoding="utf-8") as file:
        file.write("\nEen nieuwe zin.\n")
    put(town, "redirects.csv", "old,new,note,x_eigen\noud,index.html,Geheim-x-merel,Geheim-x-merel\n")
    found, faults = publish(town, live)
    assert found is not None, faults
    assert found.versions == {"rekening-2019": 2}
    nothing_in(live)


@pytest.mark.parametrize("command", ["account", "terms", "trace", "check", "freeze", "publish"])
def test_no_secret_is_in_what_programs_read(
    town: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON of the commands whose answers are handed on."""
    more = {
        "account": ["--year", "2019"],
        "terms": ["--year", "2019"],
        "trace": ["figure:result/A@2019"],
        "freeze": ["--out", str(tmp_path / "p")],
        "publish": ["--to", str(tmp_path / "l")],
    }
    assert main([command, str(town), *more.get(command, []), "--json"]) == 0
    said = "".join(capsys.readouterr()).lower()
    assert [secret for secret in planted() if secret.lower() in said] == []


def test_a_blocked_posting_is_a_sum_with_its_ground(town: Path, tmp_path: Path) -> None:
    """Five postings of the open delivery are hidden as one row."""
    built, _ = build(town, tmp_path / "out")
    assert built is not None
    rows = list(csv.DictReader((built.site / "data/boekingen.csv").read_text("utf-8").splitlines()))
    groups = [row for row in rows if row["ground"]]
    assert [(row["delivery"], row["ground"], row["count"], row["cents"]) for row in groups] == [
        ("open", "zorg", "5", "7000")
    ]
    assert {row["description"] for row in rows if row["delivery"] == "open"} == {
        "", "Zichtbaar feest 1", "Zichtbaar feest 3", "Zichtbaar feest 5", "Zichtbaar feest 7"
    }  # fmt: skip


def test_a_delivery_without_a_decision_shows_no_posting(town: Path, tmp_path: Path) -> None:
    """Sums and counts, in groups of five or more."""
    toml = town / "deliveries/open/delivery.toml"
    toml.write_text(toml.read_text("utf-8").replace('public_decision = "Besluit 1"', ""), "utf-8")
    built, faults = build(town, tmp_path / "out")
    assert built is not None, faults
    assert [found.code for found in faults] == ["V107", "V109"]
    assert places(tmp_path / "out", ["Zichtbaar feest 1"]) == []


def test_a_fault_does_not_say_what_it_found(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The terminal names the place; the words stay in the file."""
    with (town / "deliveries/open/f.csv").open("a", encoding="utf-8") as file:
        cells = row("open", 3)
        cells[8], cells[9] = "bsn 123456782 geheim.persoon@wilgendam.example", "Q. Zwaluwstaart"
        file.write("\n" + ";".join(map(str, cells)))
        cells[8] = "feest zwaluwstaart"
        file.write("\n" + ";".join(map(str, cells)))
    for form in ([], ["--json"]):
        assert main(["check", str(town), *form]) == 1
        said = "".join(capsys.readouterr())
        assert {"V101", "V103", "V105"} <= set(re.findall("V10[0-9]", said))
        assert not re.search("123456782|geheim.persoon|waluwstaart", said)


def test_what_is_accepted_passes(town: Path) -> None:
    """By its words anywhere; by a column of a file; and a total of too few, by line and year."""
    with (town / "deliveries/open/f.csv").open("a", encoding="utf-8") as file:
        cells = row("open", 3)
        cells[8], cells[9] = "vraag 123456782 via wijk@wilgendam.example", "Q. Zwaluwstaart"
        file.write("\n" + ";".join(map(str, cells)))
    assert sorted(found.code for found in open_dossier(town).faults) == ["V101", "V103", "V109"]
    accepted = (
        "id,kind,text,file,column,reason,who,accepted_on\n"
        "1,email,wijk@wilgendam.example,,,Algemeen adres,FG,2020-03-01\n"
        "2,bsn,,deliveries/open/f.csv,Tekst,Zaaknummers,FG,2020-03-01\n"
    )
    put(town, "privacy_accepted.csv", accepted)
    assert [found.code for found in open_dossier(town).faults] == []


def test_a_total_of_too_few_can_be_accepted(klein: Path) -> None:
    """With the file, the line and each of the years."""
    toml = klein / "dossier.toml"
    toml.write_text(toml.read_text("utf-8").replace('category = ["1.1"]', 'cost_centre = ["7149"]'), "utf-8")
    assert [found.code for found in open_dossier(klein).faults] == ["V106", "V106"]
    place = "deliveries/grootboek-2026-03/grootboek.csv,OST-W"
    rows = "".join(f"{year},small_group,{place},{year},Geen personen,FG,2026-04-01\n" for year in (2024, 2025))
    put(klein, "privacy_accepted.csv", f"id,kind,file,line,year,reason,who,accepted_on\n{rows}")
    assert [found.code for found in open_dossier(klein).faults] == []


def test_the_search_finds_what_is_packed(tmp_path: Path) -> None:
    """In a zip, a gzip, a PDF or what is attached to it, cells, entities, base 64, names, and in other letters."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_string(0, 0, "Kwartel-1")
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"x kwartel-2 y"))
    stream = zlib.compress(b"BT (Kwartel-3) Tj ET")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\nstream\n" + stream + b"\nendstream\nendobj")
    (tmp_path / "d.html").write_text("<p>Kwar&#116;el-4</p>", "utf-8")
    (tmp_path / "kwartel-5.txt").write_text("niets", "utf-8")
    (tmp_path / "e.txt").write_bytes("KWARTEL-6".encode("utf-16"))
    pl.DataFrame({"a": ["Kwartel-7"] * 3, "b": [1, 2, 3]}).write_parquet(tmp_path / "f.parquet", compression="zstd")
    (tmp_path / "g.svg").write_text(f"<img href='data:x;base64,{base64.b64encode(b'kwartel-8').decode()}'>", "utf-8")
    (tmp_path / "kwartel-9").mkdir()
    writer = PdfWriter()
    writer.add_blank_page(99, 99)
    writer.add_metadata({"/Title": "Kwartel-10"})
    writer.add_attachment("h.gz", gzip.compress(b"kwartel-11"))
    writer.write(tmp_path / "h.pdf")
    wanted = [f"kwartel-{number}" for number in range(1, 13)]
    assert {secret for secret, _ in places(tmp_path, wanted)} == set(wanted[:11])
