"""Comparing: rows, totals, claims, pages, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gebiedswerk.app.diff import diff
from gebiedswerk.app.freeze import freeze
from gebiedswerk.cli.main import main
from tests.conftest import KLEIN
from tests.town import DELIVERY, add_to_posting, edit, export_rows


def cent_more(dossier: Path) -> int:
    """A cent more in Noorderwijk in 2025; the row of the export."""
    rows = enumerate(export_rows(dossier), start=2)
    row = next(n for n, r in rows if r["Boekjaar"] + r["Kostenplaats"] == "20257120")
    add_to_posting(dossier, row, 1)
    return row


def test_nothing_differs(klein: Path, public: Path) -> None:
    """A dossier, a delivery and a release against their copies."""
    for one, two in ((KLEIN, klein), (KLEIN / DELIVERY, klein / DELIVERY), (public, public)):
        found = diff(one, two).value
        assert found is not None
        assert found.equal, found


def test_a_cent_more(klein: Path) -> None:
    """One posting, the figures above it, the pages that show them, and the delivered file as the reason."""
    cent_more(klein)
    found = diff(KLEIN, klein).value
    assert found is not None
    ((_, then, now),) = found.rows
    assert int(now or 0) - int(then or 0) == 1
    assert ("realised/NRD@2025", "4728554", "4728555") in found.figures
    assert [name for name, _, _ in found.why] == ["deliveries/grootboek-2026-03"]
    assert "cijfers/noorderwijk/2025.html" in [name for name, _, _ in found.pages]
    delivered = diff(KLEIN / DELIVERY, klein / DELIVERY).value
    assert delivered is not None
    assert [one[1:] for one in delivered.rows] == [(then, now)]
    assert len(delivered.figures) == 1


def test_a_rule_and_a_decision(klein: Path) -> None:
    """What changed is named by its table and id."""
    edit(klein, "attribution.csv", "binnenstad,7110,BIN", "binnenstad,7110,NRD")
    found = diff(KLEIN, klein).value
    assert found is not None
    assert [name for name, _, _ in found.why] == ["attribution.csv binnenstad"]
    assert found.figures


def test_a_row_taken_down_is_told_by_its_hash(klein: Path, public: Path, tmp_path: Path) -> None:
    """Between two releases: the row is named, and no figure moves."""
    lines = (public / "ledger" / "newest.csv").read_text("utf-8").splitlines()
    name = next(line for line in lines if line.startswith("grootboek-2026-03:") and ",1,," in line).split(",")[0]
    text = f"posting,decision,decided_on,reason\n{name},B2026-09,2026-09-01,Op verzoek\n"
    (klein / "takedowns.csv").write_text(text, "utf-8")
    freeze(klein, tmp_path / "next")
    found = diff(public, tmp_path / "next").value
    assert found is not None
    assert found.taken_down == (name,)
    assert found.figures == ()


def test_two_of_another_kind(klein: Path, public: Path, tmp_path: Path) -> None:
    assert [one.code for one in diff(klein, public).faults] == ["Z130"]
    assert [one.code for one in diff(klein, tmp_path).faults] == ["Z130"]


def test_pages_that_errors_keep_from_being_made(klein: Path) -> None:
    """An area that budget lines name and nobody knows: all else is compared, and it is said that pages were not."""
    edit(klein, "areas.csv", "BIN,binnenstad", "BI\x01N,binnenstad")
    checked = diff(KLEIN, klein)
    assert checked.value is not None
    assert [(one.code, one.file) for one in checked.faults] == [("B113", str(klein))]
    assert checked.value.pages == ()
    assert "areas.csv BIN" in [name for name, _, _ in checked.value.why]
    assert main(["diff", str(KLEIN), str(klein), "--json"]) == 1


def test_pages_that_a_mistake_of_ours_keeps_from_being_made(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fault of the dossier."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError

    monkeypatch.setattr("gebiedswerk.assembly.site_parts.page_parts", broken)
    with pytest.raises(KeyError):
        diff(KLEIN, klein)


def test_the_command(klein: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where nothing differs, 1 where something does; JSON for programs."""
    assert main(["diff", str(KLEIN / DELIVERY), str(klein / DELIVERY)]) == 0
    assert "geen verschil" in capsys.readouterr().out
    cent_more(klein)
    assert main(["diff", str(KLEIN / DELIVERY), str(klein / DELIVERY)]) == 1
    assert "Boekingen" in capsys.readouterr().out
    assert main(["diff", str(KLEIN / DELIVERY), str(klein / DELIVERY), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["kind"] == "delivery"
    shutil.rmtree(klein / DELIVERY)
    assert main(["diff", str(KLEIN / DELIVERY), str(klein / DELIVERY)]) == 1
