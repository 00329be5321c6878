"""Audit files: every version, exact cents, what is dropped at the door, and what is said of files that are wrong."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked, Fault, errors
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, Flows
from gebiedswerk.formats.registry import ReadFile, read_file
from gebiedswerk.formats.xaf.importer import XafImporter
from gebiedswerk.ledger import store
from tests.conftest import ROOT
from tests.small import Small, put

HERE = Path(__file__).parent
OLD, NEW = HERE / "wijken-3.2.xaf", HERE / "wijken-4.0.xaf"
SHARED = ROOT.parent / "shared" / "data" / "xaf"
MOMENT = datetime.fromisoformat("2026-02-10")
SHOWN = ["row", "period", "booked_on", "flow", "cents", "ledger_account", "cost_centre", "project", "description"]
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/xaf does not stand beside this checkout")


def delivery(path: Path, years: tuple[int, ...] = (2025,), profile: Profile | None = None, **other: Any) -> Delivery:
    """A delivery of one file, with nothing in its profile."""
    wanted = {"kind": DeliveryKind.REALISED, "administration": "VS", "years": list(years), "profile": "p"} | other
    written = DeliverySettings(file=path.name, exported_at=MOMENT, **wanted)
    return Delivery(id="d", path=path, file=path.name, sha256="", settings=written, profile=profile or Profile())


def read(path: Path, *years: int, **other: Any) -> Checked[ReadFile]:
    return read_file(delivery(path, years or (2025,), **other))


def codes(faults: Sequence[Fault]) -> list[str]:
    return [found.code for found in faults]


def changed(tmp_path: Path, *changes: tuple[str, str], encoding: str = "utf-8") -> Path:
    """The file of 3.2 with other words in it."""
    text = OLD.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "changed.xaf"
    path.write_bytes(text.encode(encoding))
    return path


def facts(faults: Sequence[Fault], code: str) -> dict[str, Any]:
    found = next(one for one in faults if one.code == code)
    return dict(found.facts) | {"row": found.row, "column": found.column, "value": found.value}


def twin(path: Path) -> list[tuple[str, int]]:
    """Account and cents of every line, read the slow and obvious way."""
    found = []
    for line in ET.parse(path).getroot().iter():  # noqa: S314 - our own file
        if line.tag.rpartition("}")[2] == "trLine":
            cells = {child.tag.rpartition("}")[2]: child.text or "" for child in line}
            whole, _, part = cells["amnt"].lstrip("-").partition(".")
            cents = int(whole or 0) * 100 + int(part[:2].ljust(2, "0"))
            sign = (-1 if cells["amnt"].startswith("-") else 1) * (1 if cells["amntTp"] == "D" else -1)
            found.append((cells["accID"], cents * sign))
    return found


@pytest.mark.parametrize("path", [OLD, NEW])
def test_versions_give_the_same_postings(path: Path) -> None:
    """What 4.0 calls `cost` and `project` is what 3.2 calls `costID` and `projID`; a prefix changes nothing."""
    found, faults = read(path)
    assert not faults
    assert (found.lines, found.debit_cents, found.credit_cents) == (8, 163059, 163059)
    kept = OLD.with_suffix(".expected.json")
    rows = json.loads(found.postings.select(SHOWN).write_json())
    if os.environ.get("GOLDEN") == "rewrite":
        kept.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n", "utf-8")
    assert rows == json.loads(kept.read_text("utf-8"))
    assert list(found.postings.select("ledger_account", "cents").iter_rows()) == twin(path)


def test_persons_and_banks_never_enter() -> None:
    """Mail addresses, bank numbers and users stand in the file and nowhere in what was read; names of relations in no
    posting.
    """
    for path in (OLD, NEW):
        assert path.read_text("utf-8").lower().count("geheim") > 3
        found = read(path)[0]
        assert "geheim" not in found.postings.write_csv().lower()
        assert found.names == ("Jansen-Geheim",)


@pytest.mark.parametrize("path", [OLD, NEW])
def test_names_of_relations_are_looked_for_in_what_will_be_public(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In prose order, whatever else a relation holds; from the cache too."""
    monkeypatch.setenv("GEBIEDSWERK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(store, "WORTH_KEEPING", 1)
    town = Small(lines={"A": None}, years=(2025,)).write(tmp_path / "town")
    put(town, "attribution.csv", "id,ledger_account,line\ncosts,4*,A\nincome,8*,A\n")
    put(town, "profiles/x.toml", "")
    named = path.read_text("utf-8").replace("Jansen-Geheim", "Kwakernaak, P. van der")
    put(town, "deliveries/x/f.xaf", re.sub("(<[^<>]*custSupName>)", r"<vreemd>1</vreemd>\1", named, count=1))
    toml = 'file = "f.xaf"\nkind = "realised"\nadministration = "VS"\nyears = [2025]\nprofile = "x"\n'
    put(town, "deliveries/x/delivery.toml", f"{toml}exported_at = 2026-02-10T00:00:00\n")
    dossier = town / "dossier.toml"
    dossier.write_text(dossier.read_text("utf-8").replace('name = "T"', 'name = "Gesprek met Piet van der Kwakernaak"'))
    for _ in ("read", "kept"):
        assert ("V105", "dossier.toml") in [(one.code, one.file) for one in open_dossier(town).faults]


def test_who_is_paid_is_a_code_for_counting_alone() -> None:
    """The code of a relation tells twelve payments to one from payments to twelve; its name is not read."""
    creditors = read(OLD)[0].postings["creditor"].to_list()
    assert creditors.count("K17") == 2
    assert set(creditors) == {"K17", ""}


def test_balance_accounts_are_kept_and_count_nowhere(tmp_path: Path) -> None:
    """Rules that match them get nothing, nor quarrel over them; the sums of the delivery still come out at nothing."""
    Small(lines={"A": None}, years=(2025,)).write(tmp_path)
    rules = ["costs,4*,A,,", "income,8100,,,other work", "one,1600,A,,", "two,1600,,,other work"]
    put(tmp_path, "attribution.csv", "\n".join(["id,ledger_account,line,key,out_of_scope", *rules]))
    put(tmp_path, "profiles/x.toml", "# Een auditfile wijst zichzelf.\n")
    put(tmp_path, "deliveries/x/f.xaf", OLD.read_text("utf-8"))
    toml = 'file = "f.xaf"\nkind = "realised"\nadministration = "VS"\nyears = [2025]\nprofile = "x"\n'
    put(tmp_path, "deliveries/x/delivery.toml", f"{toml}exported_at = 2026-02-10T00:00:00\n")
    opened = open_dossier(tmp_path)
    assert not errors(opened.faults)
    (one,) = opened.deliveries
    assert one.attributed_cents == 125000 - 5010 + 69
    assert (one.balance_cents, one.out_of_scope_cents, one.open_cents) == (-77059, -43000, 0)


def test_a_profile_chooses_elements_and_flows() -> None:
    """By the names of either version; the standard keeps amount, year and period."""
    profile = Profile({"category": "docRef", "taakveld": "cost", "booked_on": "effDate"}, Flows("", income=["8*"]))
    for path in (OLD, NEW):
        found, faults = read(path, profile=profile)
        assert not faults
        first, last = found.postings.row(0, named=True), found.postings.row(7, named=True)
        assert (first["category"], first["taakveld"], str(first["booked_on"])) == ("F1", "7110", "2025-03-10")
        assert (first["flow"], last["flow"]) == ("costs", "income")


@pytest.mark.parametrize("element", ["bankAccNr", "custSupID", "userID", "kostenplaats"])
def test_a_profile_cannot_ask_for_persons(element: str) -> None:
    found, faults = read(OLD, profile=Profile({"category": element}))
    assert codes(faults) == ["D105"] and not found.lines


def test_an_audit_file_holds_no_commitments() -> None:
    assert codes(read(OLD, kind=DeliveryKind.COMMITMENT)[1]) == ["D105"]


WARNED = {
    "L131": [("http://www.auditfiles.nl/XAF/3.2", "http://www.auditfiles.nl/XAF/4.0")],
    "L132": [("<docRef>F1</docRef>", "<docRef/>")],
    "L133": [("<nr>2</nr><accID>1600", "<nr>1</nr><accID>1600")],
    "L134": [("<accID>4300</accID><accDesc>", "<accID>4301</accID><accDesc>")],
    "L135": [("<projID>P1</projID>", "<kleur>rood</kleur>")],
    "L120": [("<trDt>2025-04-02", "<trDt>2021-04-02")],
}


@pytest.mark.parametrize("code", WARNED)
def test_what_we_can_live_with_is_a_warning(tmp_path: Path, code: str) -> None:
    """All lines are there, and what is odd is said once."""
    found, faults = read(changed(tmp_path, *WARNED[code]))
    assert codes(faults)[0] == code and not errors(faults)
    assert found.lines == 8


REFUSED = {
    "L106": [("<amnt>1250.00</amnt>", "<amnt>1.250,00</amnt>")],
    "L107": [("<trDt>2025-04-02", "<trDt>2 april")],
    "L108": [("<periodNumber>4", "<periodNumber>lente")],
    "L116": [("<fiscalYear>2025", "<fiscalYear>2024")],
    "L140": [("<accDesc>Bank</accDesc>", "<accDesc>Bank & co</accDesc>")],
    "L141": [("</company>\n</auditfile>\n", "")],
    "L142": [("<auditfile ", '<!DOCTYPE auditfile [<!ENTITY e "9">]>\n<auditfile ')],
    "L143": [("<transactions>", "<bookings>"), ("</transactions>", "</bookings>")],
    "L144": [("</company>", "</company><company><companyName>Twee</companyName></company>")],
    "L145": [("<linesCount>8<", "<linesCount>9<")],
    "L146": [("<totalDebit>1630.59<", "<totalDebit>1630.60<")],
    "L147": [("<amnt>430</amnt><amntTp>C", "<amnt>431</amnt><amntTp>C")],
    "L148": [("<amnt>430</amnt><amntTp>C", "<amnt>430</amnt><amntTp>X")],
    "L149": [("<periodNumber>12", "<periodNumber>0")],
}


@pytest.mark.parametrize("code", REFUSED)
def test_where_money_may_be_lost_nothing_lands(tmp_path: Path, code: str) -> None:
    found, faults = read(changed(tmp_path, *REFUSED[code]))
    assert code in codes(errors(faults))
    assert found.lines == 0 and found.postings.is_empty()


def test_a_year_that_is_not_delivered_is_said_once(tmp_path: Path) -> None:
    """And what else is wrong is said in the same run."""
    path = changed(tmp_path, *REFUSED["L116"], *REFUSED["L145"])
    assert codes(read(path)[1]) == ["L116", "L145"]


def test_another_currency_is_not_euros(tmp_path: Path) -> None:
    assert facts(read(changed(tmp_path, ("<curCode>EUR", "<curCode>USD")))[1], "L116")["column"] == "curCode"


def test_the_totals_may_turn_negative_amounts_to_the_other_side(tmp_path: Path) -> None:
    """Some packages count a negative debit as credit; the control totals of the sender then do so too."""
    new = [(f"<total{side}>1630.59<", f"<total{side}>1730.79<") for side in ("Debit", "Credit")]
    found, faults = read(changed(tmp_path, *new))
    assert not faults and (found.debit_cents, found.credit_cents) == (173079, 173079)


def test_two_amounts_on_one_line_are_no_amount(tmp_path: Path) -> None:
    """Neither is chosen in silence."""
    _, faults = read(changed(tmp_path, ("<amnt>.69</amnt>", "<amnt>.69</amnt><amnt>5.00</amnt>")))
    assert facts(faults, "L106")["row"] == 5


def test_a_line_in_another_place_is_not_lost(tmp_path: Path) -> None:
    line = "<trLine><nr>1</nr><accID>4300</accID><amnt>1</amnt><amntTp>D</amntTp></trLine>"
    _, faults = read(changed(tmp_path, ("<jrnID>MEM", f"<extra>{line}</extra><jrnID>MEM")))
    assert facts(faults, "L143")["value"] == "trLine"


def test_missing_controls_are_said(tmp_path: Path) -> None:
    path = changed(tmp_path, ("<linesCount>8</linesCount>", ""), ("<totalDebit>1630.59</totalDebit>", ""))
    found, faults = read(path)
    assert [one.value for one in faults] == ["linesCount", "totalDebit"] and found.lines == 8


def test_quantities_below_zero_are_a_breach(tmp_path: Path) -> None:
    _, faults = read(changed(tmp_path, ("<projID>P1</projID>", "<projID>P1</projID><qntity>-2</qntity>")))
    assert codes(faults) == ["L135"] and facts(faults, "L135")["row"] == 1


ACCENT = ("Buurtfeest &amp; markt", "Café één – €")
UTF16 = ('encoding="UTF-8"', 'encoding="UTF-16"')
LATIN = ('encoding="UTF-8"', 'encoding="ISO-8859-1"')
ENCODED = [
    ("utf-8", [], []),
    ("utf-8-sig", [], []),
    ("windows-1252", [], ["L130"]),
    ("windows-1252", [LATIN], []),
    ("utf-8", [LATIN], ["L130"]),
    ("utf-16", [UTF16], []),
    ("utf-16-le", [UTF16], []),
    ("utf-16-be", [], ["L130"]),
    ("utf-8", [UTF16], ["L130"]),
    ("utf-8", [('encoding="UTF-8"', 'encoding="kladblok"')], ["L130"]),
    ("utf-8", [('<?xml version="1.0" encoding="UTF-8"?>\n', "")], []),
]


@pytest.mark.parametrize(("encoding", "changes", "expected"), ENCODED)
def test_letters_are_read_as_they_stand(
    tmp_path: Path, encoding: str, changes: list[tuple[str, str]], expected: list[str]
) -> None:
    """Whatever the file says of itself; where that is wrong it is a warning."""
    found, faults = read(changed(tmp_path, ACCENT, *changes, encoding=encoding))
    assert codes(faults) == expected
    assert found.postings["description"][0] == "Café één – €" and found.lines == 8


def test_a_plain_file_may_say_any_8_bit_encoding(tmp_path: Path) -> None:
    for name in ("ISO-8859-15", "us-ascii", "windows-1252"):
        assert not read(changed(tmp_path, ('encoding="UTF-8"', f'encoding="{name}"')))[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
def test_a_doctype_is_found_in_every_disguise(tmp_path: Path, encoding: str) -> None:
    """And no entity of it is ever used, nor a file it names ever opened."""
    entity = f'<!DOCTYPE auditfile [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>\n<auditfile '
    path = changed(tmp_path, ("<auditfile ", entity), ACCENT, ("<desc>Creditnota", "<desc>&e;"), encoding=encoding)
    assert codes(read(path)[1]) == ["L142"]


def test_an_entity_without_a_doctype_is_no_xml(tmp_path: Path) -> None:
    assert codes(read(changed(tmp_path, ("<amnt>430</amnt>", "<amnt>4&e;30</amnt>")))[1]) == ["L140"]


@pytest.mark.parametrize("text", [b"", b"   ", b"<auditfile", b"PK\3\4", bytes(range(256)), b"<xml/>", b"\xff\xfe<"])
def test_what_is_no_audit_file(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "a.xaf"
    path.write_bytes(text)
    assert codes(read(path)[1]) in (["L143"], ["L140"], ["L141"])


@pytest.mark.parametrize(
    "filling",
    [b"<a>" * 100_000, b"<a " + b"".join(b"a%d='' " % n for n in range(500_000)), b"<fiscalYear>" + b"1" * 6_000_000],
)
def test_a_bomb_is_refused_early(tmp_path: Path, filling: bytes) -> None:
    """Neither depth, nor names, nor one endless text takes the memory of the machine."""
    path = tmp_path / "a.xaf"
    path.write_bytes(b"<auditfile><header>" + filling)
    assert codes(read(path)[1]) == ["L140"]


def test_lines_come_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order and the transaction of a line do not depend on how many are kept at once, nor on where a piece ends."""
    whole, _ = read(OLD)
    monkeypatch.setattr("gebiedswerk.formats.xaf.stream.LINES_AT_ONCE", 1)
    monkeypatch.setattr("gebiedswerk.formats.xaf.text.PIECE", 7)
    found, faults = read(changed(tmp_path, encoding="utf-16"))
    assert codes(faults) == ["L130"]
    assert found.postings.equals(whole.postings)


def test_an_xml_file_is_recognised_by_its_root(tmp_path: Path) -> None:
    """Whatever its name says; a broken audit file by its name."""
    head = OLD.read_bytes()[:4096]

    def recognised(name: str, data: bytes) -> bool:
        path = tmp_path / name
        path.write_bytes(data)
        return XafImporter().recognises(path, data)

    assert recognised("a.xml", head)
    assert recognised("b.XML", head.decode().encode("utf-16"))
    assert recognised("a.xaf", b"")
    assert recognised("a.csv", head)
    assert not recognised("c.xml", b"<invoice/>")


def test_the_parser_is_loaded_only_where_a_file_is_read() -> None:
    text = "import sys, gebiedswerk.ledger; assert 'gebiedswerk.formats.xaf.stream' not in sys.modules"
    subprocess.run([sys.executable, "-c", text], check=True)


@needs_shared
def test_the_sample_of_exact_online() -> None:
    """Its control totals hold to the cent; 154 lines without docRef and seven quantities below zero are said."""
    found, faults = read(SHARED / "exact-online-2016.xaf", 2016)
    assert (found.lines, found.debit_cents, found.credit_cents) == (167, 99995406, 99995406)
    assert [(one.code, dict(one.facts)["count"]) for one in faults] == [("L132", 154), ("L135", 7)]
    assert list(found.postings.select("ledger_account", "cents").iter_rows()) == twin(SHARED / "exact-online-2016.xaf")
    sums = found.postings.group_by("flow").agg(pl.len()).sort("flow")
    assert sums.rows() == [("balance", 99), ("costs", 68)]


@needs_shared
def test_the_official_sample_is_out_of_balance() -> None:
    """It shows the form alone: one credit line, with the same total on both sides."""
    _, faults = read(SHARED / "official-sample.xaf", 2016)
    assert codes(faults) == ["L146", "L147", "L120"]


def no_line_is_lost(path: Path) -> None:
    """Either an error, or all the lines with the same sums."""
    found, faults = read(path)
    if not errors(faults):
        assert (found.lines, found.debit_cents, found.credit_cents) == (8, 163059, 163059)
        assert found.postings["row"].to_list() == list(range(1, 9))
    else:
        assert found.postings.is_empty()


BYTES = st.binary(max_size=3)
LENGTH = len(OLD.read_bytes())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, 40), BYTES), min_size=1, max_size=3))
@example([(0, 0, b"\xff\xfe")])
@example([(0, 40, b"")])
def test_damage_never_loses_a_line(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int, bytes]]
) -> None:
    """Bytes taken out, put in or changed anywhere: no crash, and no line lost in silence."""
    data = OLD.read_bytes()
    for at, length, new in damage:
        data = data[:at] + new + data[at + length :]
    path = tmp_path_factory.mktemp("damaged") / "a.xaf"
    path.write_bytes(data)
    no_line_is_lost(path)


@pytest.mark.parametrize("path", [OLD, NEW])
def test_a_file_cut_off_anywhere_is_an_error(tmp_path: Path, path: Path) -> None:
    """At any byte before the last bracket."""
    data, cut = path.read_bytes().rstrip(), tmp_path / "a.xaf"
    for at in random.Random(1).sample(range(len(data)), 60):
        cut.write_bytes(data[:at])
        assert errors(read(cut)[1]), at
