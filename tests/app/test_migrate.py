"""A dossier goes to the newest format as a whole, or stays as it is."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from gebiedswerk.app.migrate import Migrated, migrate
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.core.actor import UNSAID
from gebiedswerk.dossier.additions import add_each
from gebiedswerk.dossier.migrations.give_ids import TABLES_WITH_IDS
from gebiedswerk.dossier.settings import FORMAT
from gebiedswerk.dossier.work import WORK_TABLES
from tests.conftest import ROOT
from tests.town import edit


def tree(path: Path) -> dict[str, bytes]:
    """What stands in a dossier, besides its journal."""
    files = {one.relative_to(path).as_posix(): one.read_bytes() for one in path.rglob("*") if one.is_file()}
    return {place: data for place, data in files.items() if not place.startswith("journal/")}


def without_ids(path: Path) -> list[str]:
    """Make a dossier one of format 1, as people had them. Returns the tables that lost their ids."""
    edit(path, "dossier.toml", f"format = {FORMAT}", "format = 1")
    places = [table.file for table in TABLES_WITH_IDS if (path / table.file).is_file()]
    for place in places:
        rows = list(csv.DictReader(io.StringIO((path / place).read_text("utf-8"), newline="")))
        out = io.StringIO()
        writer = csv.DictWriter(
            out, [name for name in rows[0] if name != "id"], extrasaction="ignore", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)
        (path / place).write_text(out.getvalue(), "utf-8", newline="")
    return places


@pytest.fixture
def groningen(tmp_path: Path) -> Path:
    """A copy of the large example, in format 1."""
    return Path(shutil.copytree(ROOT / "examples" / "groningen", tmp_path / "groningen"))


def bare(path: Path) -> list[list[tuple[str, object]]]:
    """All rows of work, without ids."""
    work = open_dossier(path).dossier
    assert work is not None
    return [
        [(name, getattr(row, name)) for name in row.__slots__ if name != "id"]
        for table in WORK_TABLES
        for row in getattr(work.work, table)
    ]


def test_a_dossier_of_format_1_is_read_and_migrated(groningen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same rows before and after, without faults; only the tables with ids and one line of settings change."""
    meant, settings = bare(groningen), (groningen / "dossier.toml").read_bytes()
    places = without_ids(groningen)
    assert len(places) == 4
    before = tree(groningen)
    assert open_dossier(groningen).faults == ()
    assert bare(groningen) == meant
    assert main(["migrate", str(groningen)]) == 0
    said = capsys.readouterr().out
    assert f"van format 1 naar format {FORMAT}" in said
    assert all(place in said for place in places)
    now = tree(groningen)
    assert sorted(place for place in now if now[place] != before.get(place)) == sorted(["dossier.toml", *places])
    assert now["dossier.toml"] == settings
    assert open_dossier(groningen).faults == ()
    assert bare(groningen) == meant
    assert migrate(groningen) == Migrated()
    assert tree(groningen) == now
    assert main(["migrate", str(groningen)]) == 0
    assert f"al format {FORMAT}" in capsys.readouterr().out


def test_what_cannot_be_migrated_stays_as_it_is(klein: Path) -> None:
    """One table with the same key twice, settings that cannot be read, or of a format that we do not know."""
    without_ids(klein)
    (klein / "work").mkdir()
    (klein / "work" / "team.csv").write_text("area,role\nNRD,b\nNRD,b\n", "utf-8")
    (klein / "work" / "newsletters.csv").write_text("area,sent_on,title\nNRD,2025-03-01,Lente\n", "utf-8")
    before = tree(klein)
    assert [(one.code, one.file) for one in migrate(klein).faults] == [("J502", "work/team.csv")]
    assert tree(klein) == before
    (klein / "work" / "team.csv").unlink()
    assert migrate(klein) == Migrated((), 1, FORMAT, ("dossier.toml", "work/newsletters.csv"))
    edit(klein, "dossier.toml", f"format = {FORMAT}", f"format = {FORMAT + 1}")
    assert [one.code for one in migrate(klein).faults] == ["D111"]
    edit(klein, "dossier.toml", f"format = {FORMAT + 1}", "format = ")
    assert [one.code for one in migrate(klein).faults] == ["D112"]
    assert [one.code for one in migrate(klein / "nergens").faults] == ["D101"]


def test_rows_that_are_added_get_an_id_from_format_2_on(klein: Path) -> None:
    """Before, a table without ids stays without."""
    (klein / "work").mkdir()
    rows = [{"area": "NRD", "role": role} for role in ("voorzitter", "secretaris")]
    assert add_each(klein, "work/team", rows, UNSAID, "add").faults == ()
    assert (klein / "work" / "team.csv").read_text("utf-8-sig").splitlines()[1:] == [
        "team-1,NRD,voorzitter",
        "team-2,NRD,secretaris",
    ]
    (klein / "work" / "team.csv").unlink()
    without_ids(klein)
    assert add_each(klein, "work/team", rows[:1], UNSAID, "add").faults == ()
    assert (klein / "work" / "team.csv").read_text("utf-8-sig").splitlines() == ["area,role", "NRD,voorzitter"]
