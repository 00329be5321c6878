"""Verifying: a copy is equal; whatever one byte is changed is refused, and said where."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.verify import verify
from gebiedswerk.cli.main import main
from gebiedswerk.release.manifest import compared, read_manifest
from tests.conftest import KLEIN
from tests.release.releases import MANIFEST, codes, reseal, swap, tree, write_manifest, wrong
from tests.town import add_to_posting, append, edit, export_rows

LEDGER = "ledger/newest.csv"
ACCOUNT = "site/data/rekening-2025.csv"
SOURCE = "site/cijfers/noorderwijk/2025.html"
PAGE = "site/publicaties/jaarrekening-2025/index.html"
DELIVERY = "dossier/deliveries/grootboek-2026-03/grootboek.csv"


def test_a_copy_elsewhere_is_equal(public: Path, audit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another folder and another time zone: equal, from the ledger and from the deliveries."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    found = verify(public)
    assert found.faults == ()
    assert found.value is not None
    assert found.value.figures > 2000
    assert found.value.pages > 50
    remade = verify(audit, deliveries=True)
    assert remade.faults == ()
    assert remade.value is not None
    assert remade.value.remade == found.value.files + 1


@pytest.mark.parametrize("place", [LEDGER, SOURCE, PAGE, ACCOUNT, "tables/budgets.csv", "site/index.html"])
def test_any_one_byte_of_a_public_file_is_refused(public: Path, place: str) -> None:
    """Many positions, each with another byte there: the file is named, and by `verify` as a whole too."""
    path, manifest = public / place, read_manifest((public / MANIFEST).read_bytes())
    before = path.read_bytes()
    dice = random.Random(place)
    assert [*compared(public, manifest)] == []
    for at in [0, len(before) - 1, *(dice.randrange(len(before)) for _ in range(60))]:
        path.write_bytes(before[:at] + bytes([before[at] ^ 1 << dice.randrange(8)]) + before[at + 1 :])
        assert [(one.code, one.file) for one in compared(public, manifest)] == [("Z105", place)], at
    assert ("Z105", place) in [(one.code, one.file) for one in wrong(public)]


def test_any_one_byte_of_a_delivery_is_refused(audit: Path) -> None:
    """As above, by the manifest alone; what follows from a byte that was sealed again stands below."""
    path, manifest = audit / DELIVERY, read_manifest((audit / MANIFEST).read_bytes())
    before = path.read_bytes()
    dice = random.Random(5)
    for at in [0, len(before) - 1, *(dice.randrange(len(before)) for _ in range(60))]:
        path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        assert [(one.code, one.file) for one in compared(audit, manifest)] == [("Z105", DELIVERY)], at
    assert ("Z105", DELIVERY) in [(one.code, one.file) for one in wrong(audit, deliveries=True)]


def test_an_amount_in_the_ledger_sealed_again_moves_figures(public: Path) -> None:
    """Row and manifest changed together: the figures that no longer follow are named, with what does follow."""
    swap(public, LEDGER, "NRD,2025,0,0,adopted,costs,4500000", "NRD,2025,0,0,adopted,costs,4500100")
    reseal(public, LEDGER)
    found = wrong(public)
    assert {one.code for one in found} >= {"Z107", "Z108", "Z109"}
    budget = next(one for one in found if one.file == ACCOUNT and one.column == "budget_cents" and one.row == 4)
    assert budget.value == "4500000"
    assert dict(budget.facts) == {"figure": "budget/NRD@2025", "expected": "4500100"}
    copied = next(one for one in found if one.code == "Z109")
    assert copied.file == "site/data/boekingen.csv"
    assert copied.column == "cents"


def test_a_figure_in_a_file_sealed_again(public: Path) -> None:
    """The row, the column and the figure."""
    swap(public, ACCOUNT, "NRD,Noorderwijk,NRD,2025,4500000,45000", "NRD,Noorderwijk,NRD,2025,4500000,45001")
    reseal(public, ACCOUNT)
    (one,) = wrong(public)
    assert (one.code, one.file, one.row, one.column, one.value) == ("Z107", ACCOUNT, 4, "budget", "45001")


def test_a_row_left_out_of_a_file(public: Path) -> None:
    text = (public / ACCOUNT).read_text("utf-8").splitlines(keepends=True)
    (public / ACCOUNT).write_text("".join(text[:2] + text[3:]), "utf-8")
    reseal(public, ACCOUNT)
    (one,) = wrong(public)
    assert (one.code, one.file, one.value) == ("Z107", ACCOUNT, "BIN")


def test_a_tranche_sealed_again(public: Path) -> None:
    """Steps of the term are recomputed too."""
    place = "site/data/bestedingstermijn-2025.csv"
    swap(public, place, "ALG,2025,spent,2025,2025,5702380", "ALG,2025,spent,2025,2025,5702381")
    reseal(public, place)
    (one,) = wrong(public)
    assert (one.code, dict(one.facts)["figure"]) == ("Z107", "spent/ALG@2025?origin=2025")


@pytest.mark.parametrize(
    ("place", "old", "new", "figure"),
    [
        (
            SOURCE,
            '<data value="4500000">€\u00a045.000,00',
            '<data value="4500000">€\u00a046.000,00',
            "adopted/NRD@2025",
        ),
        (SOURCE, '<data value="4728554">', '<data value="4728555">', "costs/NRD@2025"),
        (PAGE, '2025.html#budget">33.000</a></td>', '2025.html#budget">33.001</a></td>', "budget/BIN@2025"),
    ],
)
def test_a_page_sealed_again(public: Path, place: str, old: str, new: str, figure: str) -> None:
    """A figure on a source page or in a table of a publication: the page, the line and the figure."""
    swap(public, place, old, new)
    reseal(public, place)
    found = wrong(public)
    (one,) = (other for other in found if other.code == "Z108")
    assert (one.file, dict(one.facts)["figure"]) == (place, figure)
    assert one.row is not None
    assert {other.code for other in found if other != one} <= {"Z139"}  # a document beside the page says it otherwise


def test_words_on_a_page_sealed_again_are_refused_by_the_noted_manifest(
    klein: Path, public: Path, audit: Path, tmp_path: Path
) -> None:
    """A sentence that is changed on its page alone does not follow from its text. That all was changed together is told
    by the manifest that was noted elsewhere, and by the deliveries.
    """
    noted = verify(public).value
    assert noted is not None
    edit(klein, "publications/jaarrekening-2025/index.md", ") gebieden", ") wijken!")
    freeze(klein, tmp_path / "whole")
    assert codes(tmp_path / "whole") == []
    found = verify(tmp_path / "whole", manifest_sha256=noted.manifest_sha256)
    assert [one.code for one in found.faults] == ["Z111"]
    swap(public, PAGE, "vier</a> gebieden", "vier</a> wijken!")
    reseal(public, PAGE)
    paper = PAGE.replace(".html", ".htm")
    assert [(one.code, one.file) for one in wrong(public)] == [("Z139", paper), ("Z109", PAGE)]
    swap(audit, f"public/{PAGE}", "vier</a> gebieden", "vier</a> wijken!")
    reseal(audit / "public", PAGE)
    reseal(audit, f"public/{PAGE}", f"public/{MANIFEST}")
    found_by_auditor = wrong(audit, deliveries=True)
    assert [one.code for one in found_by_auditor] == ["Z111", "Z139", "Z109"]
    assert found_by_auditor[2].file == f"public/{PAGE}"
    assert "wijken!" in (found_by_auditor[2].value or "")


def test_a_delivery_sealed_again_is_told_by_what_follows_from_it(audit: Path) -> None:
    """A cent, its control total and the manifest changed: the public ledger and the figures differ from it."""
    row = next(
        n for n, r in enumerate(export_rows(audit / "dossier"), 2) if r["Boekjaar"] + r["Kostenplaats"] == "20257120"
    )
    add_to_posting(audit / "dossier", row, 1)
    reseal(audit, DELIVERY, "dossier/deliveries/grootboek-2026-03/delivery.toml")
    found = wrong(audit, deliveries=True)
    assert {one.code for one in found} <= {"Z109", "X002"}
    assert (found[0].file, found[0].column) == ("public/ledger/jaarrekening-2025.csv", "cents")
    assert f"grootboek-2026-03:{row}" in (found[0].value or "")
    figures = [one for one in found if one.file == "public/site/data/rekening-2025.csv"]
    assert figures[0].column == "realised_cents"


def test_a_file_too_many_and_one_too_few(public: Path) -> None:
    (public / "site" / "extra.html").write_text("hello")
    (public / "site" / "zoeken.html").unlink()
    assert [(one.code, one.file) for one in wrong(public)] == [
        ("Z103", "site/zoeken.html"),
        ("Z104", "site/extra.html"),
    ]


def test_a_link_is_not_followed(public: Path, tmp_path: Path) -> None:
    """A file replaced by a link to the same bytes elsewhere, and a folder that is a link: refused unread."""
    shutil.move(public / LEDGER, tmp_path / "elsewhere.csv")
    (public / LEDGER).symlink_to(tmp_path / "elsewhere.csv")
    (public / "site" / "meer").symlink_to(tmp_path)
    assert [(one.code, one.file) for one in wrong(public)] == [("Z106", LEDGER), ("Z106", "site/meer")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_does_not_hold_us_up(public: Path) -> None:
    os.mkfifo(public / "site" / "pipe")
    assert codes(public) == ["Z106"]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/hostname", "site/../../out", "a\\..\\b", "C:/x", "", "x\n", "."])
def test_paths_that_leave_the_folder(public: Path, tmp_path: Path, name: str) -> None:
    """A manifest that points outside is refused before anything there is read."""
    form = json.loads((public / MANIFEST).read_bytes())
    form["files"][name] = {"bytes": 4, "sha256": "0" * 64}
    write_manifest(public, form)
    (tmp_path / "out.txt").write_text("mine")
    assert codes(public) == ["Z106"]


@pytest.mark.skipif(sys.platform != "linux", reason="names on this system are letters")
def test_a_name_of_no_letters(public: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file whose name is bytes that are no UTF-8, and such a name in the manifest: refused, in words that print."""
    Path(os.fsdecode(os.fsencode(public / "site") + b"/\xff\xfe.html")).write_text("x")
    form = json.loads((public / MANIFEST).read_bytes())
    form["files"]["site/\udcfd.html"] = {"bytes": 1, "sha256": "0" * 64}
    write_manifest(public, form)
    assert [(one.code, one.file) for one in wrong(public)] == [("Z106", "site/??.html"), ("Z106", "site/?.html")]
    assert main(["verify", str(public), "--json"]) == 1
    assert "site/??.html" in capsys.readouterr().out.encode().decode()


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    "place",
    [
        "bases.json",
        "settings.json",
        LEDGER,
        "tombstones.csv",
        "tables/areas.csv",
        "ledger/jaarrekening-2025.csv",
        ACCOUNT,
    ],
)
def test_a_part_that_is_missing_is_a_fault_and_no_crash(public: Path, place: str, sealed: bool) -> None:
    """Also where the manifest no longer names it; in its place a folder is no better."""
    (public / place).unlink()
    if sealed:
        form = json.loads((public / MANIFEST).read_bytes())
        del form["files"][place]
        write_manifest(public, form)
    assert codes(public)
    (public / place).mkdir()
    assert codes(public)


@pytest.mark.parametrize("root", ["../", "/etc/", "site/../../", "publicaties/x/../../../"])
def test_a_basis_that_leads_outside_is_not_followed(public: Path, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its root is part of paths: Z110, and no file beside the release is looked at."""
    swap(public, "bases.json", '"root": "publicaties/jaarrekening-2025/"', f'"root": "{root}"')
    reseal(public, "bases.json")
    opened = looked_at(monkeypatch)
    assert codes(public) == ["Z110"]
    assert opened
    assert {path for path in opened if not path.is_relative_to(public)} == set()


def looked_at(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """The files that are opened from now on through `Path`."""
    opened: set[Path] = set()
    operation = Path.open

    def noted(self: Path, *arguments: Any, **options: Any) -> Any:
        opened.add(self.resolve())
        return operation(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", noted)
    return opened


@pytest.mark.parametrize("file", ["../../../secret.csv", "/etc/hostname", "..\\x.csv"])
def test_a_delivery_elsewhere_is_not_read_by_the_auditor(audit: Path, tmp_path: Path, file: str) -> None:
    """An audit release whose delivery is a file of the machine that verifies it: Z106, and nothing of it is said."""
    (tmp_path / "secret.csv").write_text("Jaar;Geheim\n2019;123\n")
    place = "dossier/deliveries/grootboek-2026-03/delivery.toml"
    swap(audit, place, 'file = "grootboek.csv"', f"file = '{file}'")
    reseal(audit, place)
    found = wrong(audit, deliveries=True)
    assert [(one.code, one.file, one.value) for one in found] == [("Z106", place, file)]


def test_a_file_that_may_not_be_read(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system refuses it: Z105 with its word, and nothing else is verified."""

    def refused(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("gebiedswerk.release.manifest.sha256_of", refused)
    found = wrong(public)
    assert {one.code for one in found} == {"Z105"}
    assert {one.value for one in found} == {"Permission denied"}


@pytest.mark.parametrize(("key", "value"), [("at", "yesterday"), ("at", 5), ("public_sha256", 3), ("kind", "other")])
def test_a_manifest_with_an_impossible_word_is_none(public: Path, key: str, value: object) -> None:
    form = json.loads((public / MANIFEST).read_bytes())
    write_manifest(public, form | {key: value})
    assert codes(public) == ["Z102"]


def test_names_that_differ_in_capitals_alone(public: Path) -> None:
    (public / "site" / "INDEX.html").write_bytes(b"x")
    reseal(public, "site/INDEX.html")
    assert [(one.code, one.file) for one in wrong(public)] == [("Z106", "site/index.html")]


def test_a_huge_file_is_not_read(public: Path) -> None:
    """A file of a terabyte (of nothing) where some kilobytes belong: its length tells enough."""
    with (public / "site" / "index.html").open("r+b") as file:
        try:
            file.truncate(1 << 40)
        except OSError:
            file.truncate(1 << 33)
    assert [(one.code, one.file) for one in wrong(public) if one.code == "Z105"] == [("Z105", "site/index.html")]


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"format": 1}', "\0", '{"files": {"a": 1}}', "[" * 100_000, '{"files": null}'],
)
def test_what_is_no_manifest(public: Path, text: str) -> None:
    (public / MANIFEST).write_text(text)
    assert codes(public) == ["Z102"]


def test_a_manifest_written_otherwise_is_none(public: Path) -> None:
    """The same content with two keys alike, or other white space, is not what freeze writes."""
    text = (public / MANIFEST).read_text("utf-8")
    (public / MANIFEST).write_text(text.replace('"at": "",', '"at": "",\n "at": "",', 1), "utf-8")
    assert codes(public) == ["Z102"]


@pytest.mark.parametrize("place", ["bases.json", "settings.json", LEDGER, "tables/areas.csv", "tombstones.csv"])
def test_nonsense_in_a_part_is_a_fault_and_no_crash(public: Path, place: str) -> None:
    """Empty, of another shape, or with a name that leads outside."""
    for data in (b"", b"{}", b"[1]", b'{"term": [{"years": 1}]}', b"\xff\xfe", b"a,b\n1\n", b'"'):
        (public / place).write_bytes(data)
        reseal(public, place)
        assert codes(public), data


def test_a_public_release_has_no_deliveries(public: Path) -> None:
    assert codes(public, deliveries=True) == ["Z117"]


def test_another_program_is_said(audit: Path) -> None:
    """Made by another version: a warning beside whatever differs."""
    form = json.loads((audit / MANIFEST).read_bytes())
    form["program_key"] = "0" * 64
    write_manifest(audit, form)
    found = verify(audit, deliveries=True)
    assert [one.code for one in found.faults] == ["Z113"]


def test_a_manifest_of_another_program_hides_no_change(public: Path) -> None:
    """Whoever forges may write another program in the manifest: every byte is compared all the same, and that is said.

    Only who verifies may choose figures alone: then a changed word is seen where a document says it otherwise.
    """
    form = json.loads((public / MANIFEST).read_bytes())
    form["program_key"] = "0" * 64
    write_manifest(public, form)
    assert [one.code for one in verify(public).faults] == ["Z113"]
    swap(public, PAGE, "vier</a> gebieden", "vier</a> wijken!")
    reseal(public, PAGE)
    paper = PAGE.replace(".html", ".htm")
    assert {(one.code, one.file) for one in verify(public).faults} == {
        ("Z113", MANIFEST),
        ("Z139", paper),
        ("Z109", PAGE),
    }
    found = verify(public, figures=True)
    assert [(one.code, one.file) for one in found.faults] == [("Z139", paper), ("Z149", MANIFEST)]
    assert found.value is not None and found.value.from_itself == 0 and found.value.figures > 2000
    swap(public, ACCOUNT, "4500000", "4500100")
    reseal(public, ACCOUNT)
    assert [one.code for one in verify(public, figures=True).faults] == ["Z107", "Z139", "Z149"]


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".htm", ".css", ".woff2", ".parquet", ".xlsx", ".html", ".ics"])
def test_no_form_is_left_out_when_another_program_is_named(public: Path, ending: str) -> None:
    """One byte in a file of each form, with a manifest that fits and names another program."""
    place = next(name for name in sorted(tree(public)) if name.endswith(ending) and name.startswith("site/"))
    path = public / place
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    reseal(public, place)
    form = json.loads((public / MANIFEST).read_bytes())
    write_manifest(public, form | {"program": "0.1", "program_key": "0" * 64})
    assert place in [one.file for one in wrong(public)]


def test_an_adopted_account_that_no_longer_follows_is_said(klein: Path, tmp_path: Path) -> None:
    """The adopted figures stand; that the ledger of then gives others is refused (Z114)."""
    adopt(klein, "jaarrekening-2025", date(2026, 6, 25), "R2026-06")
    assert freeze(klein, tmp_path / "sound")[0] is not None
    assert verify(tmp_path / "sound").faults == ()
    place = "ledger/jaarrekening-2025.csv"
    swap(tmp_path / "sound", place, "NRD,2025,0,0,adopted,costs,4500000", "NRD,2025,0,0,adopted,costs,4500100")
    reseal(tmp_path / "sound", place)
    assert "Z114" in codes(tmp_path / "sound")


def test_a_row_taken_down_leaves_its_hash_and_its_amount(klein: Path, frozen: Path, tmp_path: Path) -> None:
    """The words are gone, the totals stay, verify says it, and whoever has the old row can tell it again."""
    old = (frozen / "public" / LEDGER).read_text("utf-8").splitlines()
    row = next(line for line in old if line.startswith("grootboek-2026-03:") and "NRD" in line and ",1,," in line)
    name, words = row.split(",")[0], next(csv.reader([row]))[18]
    assert words
    (klein / "takedowns.csv").write_text(
        f"posting,decision,decided_on,reason\n{name},B2026-09,2026-09-01,Op verzoek\n", "utf-8"
    )
    made, faults = freeze(klein, tmp_path / "next")
    assert made is not None, faults
    found = verify(tmp_path / "next")
    assert [one.code for one in found.faults] == ["Z112"]
    (stone,) = csv.DictReader((tmp_path / "next" / "tombstones.csv").read_text("utf-8").splitlines())
    assert stone["sha256"] == hashlib.sha256(f"{row}\n".encode()).hexdigest()
    account = (tmp_path / "next" / ACCOUNT).read_bytes()
    assert account == (frozen / "public" / ACCOUNT).read_bytes()
    kept = next(line for line in (tmp_path / "next" / LEDGER).read_text("utf-8").splitlines() if name in line)
    assert "taken_down" in kept
    assert words not in kept
    swap(tmp_path / "next", LEDGER, "taken_down", "")
    reseal(tmp_path / "next", LEDGER)
    assert "Z115" in codes(tmp_path / "next")


def test_the_moment_of_building_is_kept_for_the_auditor(klein: Path, tmp_path: Path) -> None:
    """A publication without a moment of its own takes that of `--at`; the auditor gets the same bytes."""
    edit(klein, "publications/jaarrekening-2025/publication.toml", "published_at", "x_no = 1 #")
    text = (klein / "publications/jaarrekening-2025/publication.toml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("x_no")]
    (klein / "publications/jaarrekening-2025/publication.toml").write_text("\n".join(lines) + "\n", "utf-8")
    made, faults = freeze(klein, tmp_path / "p", tmp_path / "a", datetime(2026, 5, 12, 9, 30))  # noqa: DTZ001 # the town's clock
    assert made is not None, faults
    assert verify(tmp_path / "a", deliveries=True).faults == ()


def test_the_commands(public: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Exit codes 0, 1 and 2, and JSON for programs."""
    assert main(["verify", str(public)]) == 0
    assert "Klopt" in capsys.readouterr().out
    assert main(["verify", str(public), "--json", "--manifest", "0" * 64]) == 1
    form = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in form["faults"]] == ["Z111"]
    assert form["figures"] > 2000
    assert main(["verify", str(public), "--figures"]) == 0
    said = capsys.readouterr().out
    assert "Klopt" not in said and "pdf" in said
    with pytest.raises(SystemExit) as stopped:
        main(["verify", str(public), "--manifest", "no"])
    assert stopped.value.code == 2
    capsys.readouterr()
    assert main(["freeze", str(KLEIN), "--out", str(tmp_path / "r"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["public_sha256"]) == 64


def test_a_word_in_a_text_does_not_matter_to_figures(klein: Path, tmp_path: Path) -> None:
    """A release of other words has other pages, and the same ledger."""
    append(klein, "publications/jaarrekening-2025/index.md", "\nEen zin.")
    made, _ = freeze(klein, tmp_path / "p")
    assert made is not None
    assert verify(tmp_path / "p").faults == ()
