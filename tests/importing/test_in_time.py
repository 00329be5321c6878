"""Deliveries in time: quarters, halves and years on top of each other, imported as files, to the cent on every day."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.app.import_file import import_file
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.dossier import Basis, read
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.importing import Imported, Wanted
from gebiedswerk.language.messages import Messages
from gebiedswerk.language.numbers_and_dates import euros
from gebiedswerk.ledger import attribute
from tests.conftest import ROOT
from tests.small import Small, put

CASES = ROOT.parent / "shared" / "cases"
DAYS = {"q1": "2025-04-10", "q2-own": "2025-07-10", "q3-partial": "2025-10-10", "year": "2026-01-10"}
PROFILE = """\
delimiter = ";"
encoding = "utf-8"
negative_costs = false
[columns]
year = "Boekjaar"
period = "Periode"
booked_on = "Boekdatum"
ledger_account = "Grootboek"
cost_centre = "Kostenplaats"
description = "Omschrijving"
amount = "Bedrag"
[flows]
column = "Grootboek"
income = ["8*"]
"""


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00")


def quarters(path: Path, **periods: tuple[int, ...]) -> dict[str, Imported]:
    """The case of the quarters, file by file, with these answers."""
    shutil.copytree(CASES / "base" / "dossier", path)
    put(path, "profiles/grootboek.toml", PROFILE)
    found = {}
    for name, day in DAYS.items():
        file = CASES / "imports" / "quarters" / f"{name}.csv"
        wanted = Wanted(
            file, administration="WD", exported_at=moment(day), periods=periods.get(name.partition("-")[0], ())
        )
        found[name] = import_file(path, wanted, Messages("nl"))
    return found


def booked(path: Path, as_of: datetime | None = None) -> tuple[int, tuple[str, ...]]:
    """All cents in the ledger on a basis, attributed or not, and the deliveries that they come from."""
    dossier = read(path).value
    assert dossier is not None
    ledger = attribute(dossier, Basis(as_of)).value
    assert ledger is not None
    used = tuple(one.partition("-202")[0] for one in ledger.used)
    return int(ledger.sums.filter(ledger.sums["kind"] == "realised")["cents"].sum()), tuple(sorted(used))


@pytest.mark.skipif(not CASES.is_dir(), reason="the folder with cases is not beside this checkout")
def test_a_year_after_its_quarters(tmp_path: Path) -> None:
    """Asked once, about September; the year takes their place, and a publication as of July keeps its figures."""
    found = quarters(tmp_path / "d")
    assert [one.code for one in found["q3-partial"].faults] == ["I180"]
    assert dict(found["q3-partial"].faults[0].facts)["choices"] == ("7-9", "7-8")
    path = tmp_path / "e"
    found = quarters(path, q3=(7, 8, 9))
    assert all(one.landed for one in found.values()), found
    offers = {name: one.offer for name, one in found.items() if one.offer}
    assert offers["q3-partial"].delivery.settings.periods == [7, 8, 9]
    assert sorted(one.delivery.id.partition("-202")[0] for one in offers["year"].replaces) == [
        "q1",
        "q2-own",
        "q3-partial",
    ]
    sums = [booked(path, moment(day)) for day in DAYS.values()]
    assert sums == [
        (60006, ("q1",)),
        (60006 + 150015, ("q1", "q2-own")),
        (60006 + 150015 + 150015, ("q1", "q2-own", "q3-partial")),
        (780048, ("year",)),
    ]
    assert booked(path) == (780048, ("year",))
    assert not [one for one in open_dossier(path).faults if one.code in ("L114", "L115", "L220")]


BLOCKS = {
    "months": [(month, month) for month in range(1, 13)],
    "quarters": [(1, 3), (4, 6), (7, 9), (10, 12)],
    "thirds": [(1, 4), (5, 8), (9, 12)],
    "halves": [(1, 6), (7, 12)],
}


@settings(deadline=None, max_examples=12)
@given(st.data())
def test_never_double_and_never_lost(data: st.DataObject) -> None:
    """Own parts or the year so far, empty months, late bookings: each month counts on every day as last exported."""
    blocks = BLOCKS[data.draw(st.sampled_from(sorted(BLOCKS)))]
    empty = data.draw(st.sets(st.integers(1, 12), max_size=6))
    exports: list[tuple[range, dict[int, int]]] = []
    books: dict[int, int] = {}
    said = 0
    for first, last in blocks[: data.draw(st.integers(1, len(blocks)))]:
        new = [month for month in range(first, last + 1) if month not in empty]
        books |= {month: data.draw(st.integers(-500, 99_999)) for month in new}
        books |= {month: books[month] + 1 for month in data.draw(st.sets(st.sampled_from([*books, 0]))) if month}
        periods = range(data.draw(st.sampled_from([said + 1, 1])), last + 1)  # from what no file has covered yet
        rows = {month: books[month] for month in periods if month in books}
        if rows:
            exports.append((periods, rows))
            said = last
    with tempfile.TemporaryDirectory() as folder:
        path = Small(years=(2025,)).write(Path(folder) / "d")
        put(path, "profiles/p.toml", PROFILE)
        for at, (periods, rows) in enumerate(exports):
            land(path, at, periods, rows)
        for at in range(len(exports)):
            held = {month: cents for _, rows in exports[: at + 1] for month, cents in rows.items()}
            assert booked(path, export_day(at))[0] == sum(held.values())


def test_the_same_bytes_may_cover_more_or_be_of_a_later_day(tmp_path: Path) -> None:
    """Nothing was booked in June, nothing more was ordered: who says so delivers the same file anew."""
    path = Small(years=(2025,)).write(tmp_path / "d")
    put(path, "profiles/p.toml", PROFILE)
    land(path, 0, range(1, 6), {1: 100, 5: 200})
    wanted = Wanted(path.parent / "export0.csv", administration="T", exported_at=export_day(1), accepted="x")
    assert import_file(path, wanted, Messages("nl")).already
    assert import_file(path, replace(wanted, periods=tuple(range(6))), Messages("nl")).already
    found = import_file(path, replace(wanted, periods=tuple(range(7))), Messages("nl"))
    assert found.landed is not None, found.faults
    assert booked(path)[0] == 300
    promised = replace(wanted, kind=DeliveryKind.COMMITMENT, profile="p")
    assert import_file(path, promised, Messages("nl")).landed
    assert import_file(path, replace(promised, exported_at=None), Messages("nl")).already
    assert import_file(path, replace(promised, exported_at=export_day(2)), Messages("nl")).landed


def export_day(at: int) -> datetime:
    return moment("2025-02-01") + timedelta(days=30 * at)


def land(path: Path, at: int, periods: range, rows: dict[int, int]) -> None:
    """Import an export of these periods; asked which ones it covers, all that are meant are said."""
    file = path.parent / f"export{at}.csv"
    header = "Boekjaar;Periode;Boekdatum;Grootboek;Kostenplaats;Omschrijving;Bedrag\n"
    file.write_text(header + "".join(f"2025;{month};;4000;kA;P;{euros(cents)}\n" for month, cents in rows.items()))
    wanted = Wanted(file, administration="T", exported_at=export_day(at), accepted="x")
    found = import_file(path, wanted, Messages("nl"))
    if found.already or [one.code for one in found.faults] == ["I180"]:
        whole = range(0 if periods[0] == 1 else periods[0], 14 if periods[-1] == 12 else periods[-1] + 1)
        found = import_file(path, replace(wanted, periods=tuple(whole)), Messages("nl"))
    assert found.landed is not None or found.already, found.faults  # a month of nothing gives the same bytes again


def test_ten_closed_years_need_no_reason(tmp_path: Path) -> None:
    """History of a new dossier: nothing is known yet that would move. A second file of a year moves what is."""
    path = Small(years=range(2015, 2025), closed=range(2015, 2025)).write(tmp_path / "d")
    put(path, "profiles/p.toml", PROFILE)
    for year in range(2015, 2025):
        assert history(path, year, 100).landed is not None
    assert not [one for one in open_dossier(path).faults if one.code == "L124"]
    again = history(path, 2015, 200, day="2026-02-01")
    assert ([one.code for one in again.faults], again.landed) == (["I105"], None)
    assert history(path, 2015, 200, day="2026-02-01", accepted="nagekomen").landed is not None


def test_what_is_published_needs_a_reason(tmp_path: Path) -> None:
    """A year before a publication: what was left of it stands there, with what was known then."""
    path = Small(years=(2018, 2019), closed=(2018, 2019)).write(tmp_path / "d")
    put(path, "profiles/p.toml", PROFILE)
    put(path, "publications/p/publication.toml", 'kind = "accounts"\nyear = 2019\ntitle = "P"\nstatus = "draft"\n')
    put(path, "publications/p/index.md", "Tekst.\n")
    file = path / "publications/p/publication.toml"
    assert history(path, 2018, 100).landed is not None
    file.write_text(file.read_text("utf-8").replace("draft", "published"), "utf-8")
    assert [one.code for one in history(path, 2019, 100).faults] == ["I105"]


def test_several_files_in_one_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each comes in whole or not at all: what is wrong with one holds up no other."""
    path = Small(years=range(2015, 2018), closed=range(2015, 2018)).write(tmp_path / "d")
    put(path, "profiles/p.toml", PROFILE)
    files = [str(year_file(path, year, 100)) for year in (2015, 2016, 2017)]
    Path(files[1]).write_text("onzin", "utf-8")
    words = ["--administration", "T", "--exported-at", "2026-01-10T10:00:00"]
    assert main(["import", str(path), *files, *words]) == 1
    assert sorted(one.name for one in (path / "deliveries").iterdir()) == ["2015-100-2026-01-10", "2017-100-2026-01-10"]
    capsys.readouterr()
    year_file(path, 2016, 100)
    assert main(["import", str(path), *files, *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["file"], bool(one["already"])) for one in told["files"]] == [
        ("2015-100.csv", True),
        ("2016-100.csv", False),
        ("2017-100.csv", True),
    ]
    assert booked(path) == (3 * 12 * 100, ("2015-100", "2016-100", "2017-100"))
    assert main(["import", str(path), *files, "--id", "x"]) == 2


def history(path: Path, year: int, cents: int, day: str = "2026-01-10", accepted: str = "") -> Imported:
    """One export of a whole year."""
    wanted = Wanted(year_file(path, year, cents), administration="T", exported_at=moment(day), accepted=accepted)
    return import_file(path, wanted, Messages("nl"))


def year_file(path: Path, year: int, cents: int) -> Path:
    file = path.parent / f"{year}-{cents}.csv"
    rows = "".join(f"{year};{month};;4000;kA;P;{euros(cents)}\n" for month in range(1, 13))
    file.write_text(f"Boekjaar;Periode;Boekdatum;Grootboek;Kostenplaats;Omschrijving;Bedrag\n{rows}", "utf-8")
    return file
