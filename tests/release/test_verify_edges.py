"""What `verify` says, to the letter: each count, each place and each limit, on a release of one line."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.verify import verify
from gebiedswerk.core.faults import errors
from gebiedswerk.release.manifest import NAME, SIGNATURE, sha256_of
from gebiedswerk.release.verification import Verified
from tests.release.releases import reseal, swap, write_manifest
from tests.small import Small, put

MODULE = sys.modules["gebiedswerk.release.verification"]
TOMBSTONES = "tombstones.csv"


def town(path: Path) -> Path:
    """One line, two postings of which one was taken down, one publication with one claim and one free number."""
    dossier = Small(adopted=[(2018, "A", 100)], postings=[(2018, "A", 40), (2018, "A", 2)], years=(2018,)).write(path)
    block = '[[privacy.block]]\nname = "pay"\nground = "Salaris"\nledger_account = ["41*"]\n'
    put(dossier, "dossier.toml", (dossier / "dossier.toml").read_text("utf-8") + block)
    settings = (dossier / "deliveries/realised/delivery.toml").read_text("utf-8").replace("2022-01-01", "2019-01-01")
    put(dossier, "deliveries/realised/delivery.toml", f'{settings}public_decision = "R1"\n')
    put(
        dossier,
        "publications/p/publication.toml",
        'kind = "accounts"\nyear = 2018\ntitle = "P"\nstatus = "published"\nas_of = 2022-02-01T00:00:00\n'
        "published_at = 2022-02-02T00:00:00\n",
    )
    text = 'Het was [42](figure:realised/A?unit=euro) euro, in [9](free: "weken") weken.\n'
    put(dossier, "publications/p/index.md", text)
    put(dossier, "takedowns.csv", "posting,decision,decided_on,reason\nrealised:2,R7,2022-01-05,Op verzoek\n")
    return dossier


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    made, faults = freeze(town(folder / "dossier"), folder / "public", folder / "audit")
    assert made is not None and not errors(faults), faults
    return folder


@pytest.fixture
def small(both: Path, tmp_path: Path) -> Path:
    """The public release, to be changed."""
    return Path(shutil.copytree(both / "public", tmp_path / "public"))


@pytest.fixture
def whole(both: Path, tmp_path: Path) -> Path:
    """The audit release, to be changed."""
    return Path(shutil.copytree(both / "audit", tmp_path / "audit"))


def verified(folder: Path, **more: Any) -> Verified:
    made = verify(folder, **more).value
    assert made is not None
    return made


def told(folder: Path, **more: Any) -> list[tuple[str, str | None, int | None, str | None, dict[str, object]]]:
    """All faults: code, file, row, value and facts."""
    return [(f.code, f.file, f.row, f.value, dict(f.facts)) for f in verify(folder, **more).faults]


TAKEN = ("Z112", TOMBSTONES, None, "R7", {"count": 1, "day": "2022-01-05"})


def manifest(folder: Path) -> dict[str, Any]:
    form: dict[str, Any] = json.loads((folder / NAME).read_bytes())
    return form


# What is right, and how much of it


def test_a_public_release_that_is_right(both: Path) -> None:
    """Every file of it is made again from itself; that a row was taken down is said, and is no error."""
    folder = both / "public"
    made = verified(folder)
    form = manifest(folder)
    assert (made.kind, made.manifest_sha256, made.files) == ("public", sha256_of(folder / NAME), len(form["files"]))
    assert list(made.kinds) == sorted(made.kinds) and "free" not in made.kinds and all(made.kinds.values())
    assert (made.figures, made.free) == (sum(made.kinds.values()), 1)
    assert made.pages > 5
    assert 0 < made.from_itself <= made.files
    assert (made.remade, made.signed, made.signed_by, made.unheld) == (0, False, "", ())
    assert told(folder) == [TAKEN]


def test_an_audit_release_that_is_right(both: Path) -> None:
    """From itself, or with its deliveries anew; the public release in it counts the same figures."""
    folder, inner = both / "audit", verified(both / "public")
    plain, anew = verified(folder), verified(folder, deliveries=True)
    assert (plain.kind, plain.files) == ("audit", len(manifest(folder)["files"]))
    assert (plain.figures, plain.pages, plain.kinds, plain.free) == (inner.figures, inner.pages, inner.kinds, 1)
    assert (plain.remade, plain.from_itself, plain.unheld) == (0, inner.from_itself, ())
    assert (anew.from_itself, anew.unheld, anew.figures) == (0, (), inner.figures)
    assert anew.remade > inner.from_itself
    for found in (told(folder), told(folder, deliveries=True)):
        assert found == [("Z112", f"public/{TOMBSTONES}", *TAKEN[2:])]


def test_deliveries_are_asked_of_an_audit_release_alone(both: Path) -> None:
    assert told(both / "public", deliveries=True) == [("Z117", str(both / "public"), None, None, {})]
    assert verify(both / "public", deliveries=True).value is None


def test_a_signature_beside_the_manifest_is_told(small: Path) -> None:
    """Whoever made it: nobody asked for a signer."""
    (small / SIGNATURE).write_text("x")
    made = verified(small)
    assert (made.signed, made.signed_by) == (True, "")


def test_the_noted_hash_is_held_in_any_case(both: Path) -> None:
    """In capitals as well; another one is named, and all else is held too."""
    digest = sha256_of(both / "public" / NAME)
    assert told(both / "public", manifest_sha256=digest.upper()) == [TAKEN]
    other = "0" * 64
    assert told(both / "public", manifest_sha256=other) == [("Z111", NAME, None, digest, {"expected": other}), TAKEN]


# The manifest


@pytest.mark.parametrize(("less", "code"), [(0, None), (1, "Z102")])
def test_a_manifest_may_be_as_large_as_the_limit(
    both: Path, monkeypatch: pytest.MonkeyPatch, less: int, code: str | None
) -> None:
    monkeypatch.setattr(MODULE, "LARGEST", (both / "public" / NAME).stat().st_size - less)
    found = [one for one in told(both / "public") if one != TAKEN]
    assert found == ([(code, str(both / "public"), None, None, {})] if code else [])


def test_a_manifest_that_is_none(small: Path) -> None:
    """Not there, a link, a folder, nonsense: the last is named as a file."""
    path, text = small / NAME, (small / NAME).read_bytes()
    path.unlink()
    assert told(small) == [("Z102", str(small), None, None, {})]
    (small / "other").write_bytes(text)
    path.symlink_to(small / "other")
    assert told(small) == [("Z102", str(small), None, None, {})]
    path.unlink()
    path.mkdir()
    assert told(small) == [("Z102", str(small), None, None, {})]
    path.rmdir()
    path.write_text("{}")
    assert told(small) == [("Z102", str(path), None, None, {})]
    assert verify(small).value is None


def test_an_audit_release_names_the_public_one_in_it(whole: Path) -> None:
    """Another manifest within is told with both hashes; none within by its place; a changed file by its place."""
    named = manifest(whole)["public_sha256"]
    inner = whole / "public" / NAME
    write_manifest(whole / "public", manifest(whole / "public") | {"program": "another"})
    reseal(whole, f"public/{NAME}")
    assert ("Z111", f"public/{NAME}", None, sha256_of(inner), {"expected": named}) in told(whole)
    (whole / "public/settings.json").write_text("{}")
    assert {("Z105", "public/settings.json")} <= {(code, file) for code, file, *_ in told(whole)}
    inner.unlink()
    assert ("Z102", str(whole / "public"), None, None, {}) in told(whole)


def test_what_may_not_be_read_ends_it(small: Path) -> None:
    """A link, or a file a megabyte longer than twice what it was: nothing is held then, and nothing counted."""
    (small / "link").symlink_to("/etc/hosts")
    assert (verify(small).value, [code for code, *_ in told(small)]) == (None, ["Z106"])
    (small / "link").unlink()
    path = small / TOMBSTONES
    size = path.stat().st_size
    path.write_bytes(b" " * (2 * size + 1_000_001))
    assert (verify(small).value, [code for code, *_ in told(small)]) == (None, ["Z105"])
    path.write_bytes(b" " * (2 * size + 1_000_000))
    assert verify(small).value is not None


# Made again


def test_another_program_is_made_again_all_the_same(both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the manifest says of its program weakens nothing: it is said, once, and every file is made again."""
    whole = verified(both / "public")
    monkeypatch.setattr(MODULE, "program_key", lambda: "other")
    program = manifest(both / "public")["program"]
    assert verified(both / "public") == whole
    assert told(both / "public") == [TAKEN, ("Z113", NAME, None, program, {})]
    assert verified(both / "audit").from_itself == whole.from_itself
    assert ("Z113", f"public/{NAME}", None, program, {}) in told(both / "audit")
    assert ("Z113", NAME, None, program, {}) in told(both / "audit", deliveries=True)
    assert verified(both / "audit", deliveries=True).remade > 0


def test_figures_alone_make_nothing_again(both: Path) -> None:
    """Where that is asked: it says so, and which files nobody looked into."""
    program = manifest(both / "public")["program"]
    made, plain = verified(both / "public", figures=True), verified(both / "audit", figures=True)
    assert (made.from_itself, made.figures) == (0, verified(both / "public").figures)
    assert made.unheld and all((both / "public" / name).is_file() for name in made.unheld)
    assert plain.unheld == tuple(f"public/{name}" for name in made.unheld)
    assert told(both / "public", figures=True) == [TAKEN, ("Z149", NAME, None, program, {})]
    assert ("Z149", f"public/{NAME}", None, program, {}) in told(both / "audit", figures=True)


def test_a_forged_figure_is_told_once(small: Path) -> None:
    """By the figure itself; not a second time because its file is made otherwise. Another file is."""
    page, other = "site/cijfers/a/2018.html", "site/begrippen.html"
    swap(small, page, '<data value="4200">€\u00a042,00', '<data value="4300">€\u00a043,00')
    (small / other).write_text((small / other).read_text("utf-8") + " ", "utf-8")
    reseal(small, page, other)
    by_file = {file: code for code, file, *_ in told(small) if code not in ("Z112", "X002")}
    assert by_file[page] not in ("Z105", "Z109")
    assert [code for code, file, *_ in told(small) if file == page].count("Z109") == 0
    assert by_file[other] == "Z109"


def test_a_delivery_that_is_said_to_be_elsewhere_is_not_read(whole: Path) -> None:
    """With its place in the release; what is no TOML is told by reading it."""
    place = "dossier/deliveries/realised/delivery.toml"
    swap(whole, place, 'file = "f.csv"', 'file = "/etc/hosts"')
    reseal(whole, place)
    found = told(whole, deliveries=True)
    assert ("Z106", place, None, "/etc/hosts", {}) in found
    assert verified(whole, deliveries=True).remade == 0
    (whole / place).write_text("file = ")
    reseal(whole, place)
    assert "Z106" not in [code for code, *_ in told(whole, deliveries=True)]
    assert ("D112", place) in [(code, file) for code, file, *_ in told(whole, deliveries=True)]


# Rows that were taken down


def tombstones(folder: Path, text: str) -> list[tuple[str, str | None, int | None, str | None, dict[str, object]]]:
    """What is said of these tombstones, but for their bytes."""
    (folder / TOMBSTONES).write_text(text, "utf-8")
    reseal(folder, TOMBSTONES)
    return [one for one in told(folder) if one[0] not in ("Z109", "X002")]


HEADER = "id,sha256,decision,decided_on,reason"
NOT_SO: tuple[str, str, int, str, dict[str, object]] = ("Z110", TOMBSTONES, 1, HEADER.replace(",", ", "), {})


@pytest.mark.parametrize(
    "text", ["", f"{HEADER}\nrealised:2,x,R7,2022-01-05\n", f"{HEADER},more\n", HEADER.replace("reason", "why") + "\n"]
)
def test_tombstones_that_are_not_as_we_write_them(small: Path, text: str) -> None:
    """Empty, a cell too few, a column too many, another name."""
    assert tombstones(small, text) == [NOT_SO]


def test_tombstones_that_cannot_be_read_to_their_end(small: Path) -> None:
    """A quote that is never closed, in row 3; and none at all."""
    text = f'{HEADER}\nrealised:2,x,R7,2022-01-05,y\n"'
    assert tombstones(small, text) == [(*NOT_SO[:2], 3, *NOT_SO[3:])]
    (small / TOMBSTONES).unlink()
    assert NOT_SO in told(small)


def test_each_row_taken_down_has_its_tombstone_and_each_tombstone_its_row(small: Path) -> None:
    """Row 3 was not taken down; row 2 was. A row that is nowhere is nobody's; one with a quote before it is itself."""
    rows = [f"realised:{row},x,R7,2022-01-05,y" for row in (2, 3, 99)]
    wrong = tombstones(small, "\n".join([HEADER, *rows[1:]]) + "\n")
    assert [(code, value) for code, _, _, value, _ in wrong if code == "Z115"] == [
        ("Z115", "realised:2"),
        ("Z115", "realised:3"),
    ]
    assert ("Z112", TOMBSTONES, None, "R7", {"count": 2, "day": "2022-01-05"}) in wrong
    right = tombstones(small, f"{HEADER}\n'{rows[0]}\n{rows[0].replace('R7', 'R8')}\n")
    assert [(code, value, facts) for code, _, _, value, facts in right] == [
        ("Z112", "R7", {"count": 1, "day": "2022-01-05"}),
        ("Z112", "R8", {"count": 1, "day": "2022-01-05"}),
    ]


# How much is said


def test_nothing_is_said_twice_or_left_out(small: Path) -> None:
    """Seven files too many in the release: as they stand, in order."""
    form = manifest(small)
    for at in range(7):
        (small / f"more{at}").write_text("x")
    write_manifest(small, form)
    assert [file for code, file, *_ in told(small) if code == "Z104"] == [f"more{at}" for at in range(7)]
    assert replace(verified(small), unheld=()).files == len(form["files"])
