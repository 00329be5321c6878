"""Each step of `verify` alone, on what an enemy may put there; no release is made."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from gebiedswerk.app.verify import _made_again, verify
from gebiedswerk.core.faults import MOST, Checked, Fault, errors, fault
from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.settings import DossierSettings, Municipality
from gebiedswerk.ledger.public import TAKEN_DOWN
from gebiedswerk.release.manifest import NAME, SIGNATURE, Manifest, entries_of, manifest_text, sha256_of
from gebiedswerk.release.recount import Recount
from gebiedswerk.release.shown import FiguresHeld
from gebiedswerk.release.signatures import Signers
from gebiedswerk.release.verification import (
    IN_A_FILE,
    Sealed,
    Verified,
    _as_noted,
    _at,
    _few,
    _held,
    _manifest,
    _named,
    _remade,
    _tombstones,
    _within,
    deliveries_elsewhere,
    remade_from_itself,
)
from gebiedswerk.site.program import program_key

MODULE = sys.modules["gebiedswerk.release.verification"]
APP = sys.modules["gebiedswerk.app.verify"]
TOMBSTONES = "tombstones.csv"
HEADER = "id,sha256,decision,decided_on,reason"


def seal(folder: Path, **facts: Any) -> Manifest:
    """A manifest of what stands in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = replace(Manifest("public", "1.0", program_key(), "", "", entries_of(folder)), **facts)
    (folder / NAME).write_bytes(manifest_text(made))
    return made


def brief(
    faults: Iterator[Fault] | Sequence[Fault],
) -> list[tuple[str, str | None, int | None, str | None, str | None]]:
    return [(one.code, one.file, one.row, one.column, one.value) for one in faults]


# The manifest


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = seal(tmp_path)
    assert (_manifest(tmp_path).value, _manifest(tmp_path).faults) == (made, ())


def test_what_is_no_manifest_is_told_by_its_place(tmp_path: Path) -> None:
    """None, a folder, a link to a good one, too large: by the folder. Nonsense: by the file."""
    by_folder = [("Z102", str(tmp_path), None, None, None)]
    assert brief(_manifest(tmp_path).faults) == by_folder
    (tmp_path / NAME).mkdir()
    assert brief(_manifest(tmp_path).faults) == by_folder
    (tmp_path / NAME).rmdir()
    seal(tmp_path / "other")
    (tmp_path / NAME).symlink_to(tmp_path / "other" / NAME)
    assert (_manifest(tmp_path).value, brief(_manifest(tmp_path).faults)) == (None, by_folder)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).write_text("{}")
    assert (_manifest(tmp_path).value, brief(_manifest(tmp_path).faults)) == (
        None,
        [("Z102", str(tmp_path / NAME), None, None, None)],
    )


def test_a_manifest_may_be_as_large_as_the_limit_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(tmp_path)
    size = (tmp_path / NAME).stat().st_size
    monkeypatch.setattr(MODULE, "LARGEST", size)
    assert _manifest(tmp_path).value is not None
    monkeypatch.setattr(MODULE, "LARGEST", size - 1)
    assert brief(_manifest(tmp_path).faults) == [("Z102", str(tmp_path), None, None, None)]


def test_a_manifest_that_may_not_be_read_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(tmp_path)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert brief(_manifest(tmp_path).faults) == [("Z102", str(tmp_path / NAME), None, None, None)]


def test_the_noted_hash_is_held_in_capitals_too() -> None:
    """Nothing noted, nothing held."""
    digest = "ab" * 32
    assert [list(_as_noted(noted, digest)) for noted in ("", digest, digest.upper())] == [[], [], []]
    (one,) = _as_noted("AC" * 32, digest)
    assert (one, dict(one.facts)) == (fault("Z111", NAME, value=digest, expected="AC" * 32), {"expected": "AC" * 32})


def test_an_audit_release_holds_the_public_one_that_it_names(tmp_path: Path) -> None:
    """Named by its hash, and whole: what differs has its place in the release around it."""
    public = tmp_path / "public"
    made = seal(public)
    digest = sha256_of(public / NAME)
    audit = replace(made, kind="audit", public_sha256=digest)
    assert list(_named(public, audit)) == []
    (other,) = _named(public, replace(audit, public_sha256="0" * 64))
    assert other == fault("Z111", f"public/{NAME}", value=digest, expected="0" * 64)
    (public / "more").write_text("x")
    assert brief(_named(public, audit)) == [("Z104", "public/more", None, None, None)]
    (public / NAME).unlink()
    assert brief(_named(public, audit)) == [("Z102", str(public), None, None, None)]


def test_a_fault_within_has_its_place_in_the_release_around_it() -> None:
    one = fault("Z110", "settings.json", 3, "a", "b", c="d")
    assert list(_at([one, one], "public/")) == [replace(one, file="public/settings.json")] * 2
    assert list(_at([one], "")) == [one]


# Rows that were taken down


def ledgers(*ledgers: dict[str, str]) -> Recount:
    """Public ledgers of rows with a ground."""
    frames = {str(at): pl.DataFrame({"id": list(one), "ground": list(one.values())}) for at, one in enumerate(ledgers)}
    return Recount(Dossier(Path(), DossierSettings(1, Municipality("T"), [])), (), frames)


def stones(
    folder: Path, text: str | bytes, found: Recount
) -> list[tuple[str, int | None, str | None, dict[str, object]]]:
    """What is said where this stands in the tombstones."""
    (folder / TOMBSTONES).write_bytes(text if isinstance(text, bytes) else text.encode())
    said = list(_tombstones(folder, found))
    assert {(one.file, one.column) for one in said} <= {
        (TOMBSTONES, {"Z110": None, "Z112": "decision", "Z115": "id"}[one.code]) for one in said
    }
    return [(one.code, one.row, one.value, dict(one.facts)) for one in said]


NOTHING = ledgers()
NOT_SO: tuple[str, int | None, str | None, dict[str, object]] = ("Z110", 1, HEADER.replace(",", ", "), {})


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", 1),
        ("\n", 1),
        (HEADER.replace("reason", "why") + "\n", 1),
        (f"{HEADER},more\n", 1),
        (f"{HEADER}\na,b,c,d\n", 1),
        (f"{HEADER}\na,b,c,d,e\na,b,c,d,e,f\n", 1),
        (f'{HEADER}\na,b,c,d,e\n"', 3),
        (f'{HEADER}\na,b,c,d,e\n"x\n\n\n', 3),
    ],
)
def test_tombstones_that_are_not_as_we_write_them(tmp_path: Path, text: str, row: int) -> None:
    """Empty, other columns, a cell too few or too many; where they cannot be read to their end, the row."""
    assert stones(tmp_path, text, ledgers({"a": TAKEN_DOWN})) == [("Z110", row, NOT_SO[2], {})]


def test_tombstones_that_are_not_there(tmp_path: Path) -> None:
    """Nor a folder of that name."""
    assert brief(_tombstones(tmp_path, NOTHING)) == [("Z110", TOMBSTONES, 1, None, NOT_SO[2])]
    (tmp_path / TOMBSTONES).mkdir()
    assert brief(_tombstones(tmp_path, NOTHING)) == [("Z110", TOMBSTONES, 1, None, NOT_SO[2])]


def test_bytes_that_are_no_text_are_no_reason_to_stop(tmp_path: Path) -> None:
    assert stones(tmp_path, f"{HEADER}\na,b,c,d,".encode() + b"\xff\n", NOTHING) == [
        ("Z112", None, "c", {"count": 1, "day": "d"})
    ]


def test_each_row_that_was_taken_down_has_its_tombstone(tmp_path: Path) -> None:
    """Of two ledgers each holds its own: a row that is in neither is nobody's; one that is seen still is told."""
    found = ledgers({"a": TAKEN_DOWN, "b": "", "c": TAKEN_DOWN}, {"a": "pay", "b": TAKEN_DOWN})
    text = f"{HEADER}\na,,R2,2020-01-02,\nz,,R2,2020-01-02,\n"
    assert stones(tmp_path, text, found) == [
        ("Z115", None, "c", {}),
        ("Z115", None, "a", {}),
        ("Z115", None, "b", {}),
        ("Z112", None, "R2", {"count": 2, "day": "2020-01-02"}),
    ]


def test_rows_that_are_odd_are_named_in_order(tmp_path: Path) -> None:
    names = [f"r{at}" for at in range(9)]
    found = ledgers(dict.fromkeys(reversed(names), TAKEN_DOWN))
    assert [value for _, _, value, _ in stones(tmp_path, f"{HEADER}\n", found)] == names


def test_a_quote_before_a_name_is_ours(tmp_path: Path) -> None:
    """It stands before what a spreadsheet would run; the row has none."""
    found = ledgers({"=a": TAKEN_DOWN})
    assert stones(tmp_path, f"{HEADER}\n'=a,,R2,2020-01-02,\n", found) == [
        ("Z112", None, "R2", {"count": 1, "day": "2020-01-02"})
    ]


def test_each_decision_is_said_once_a_day(tmp_path: Path) -> None:
    """With its rows counted."""
    rows = [
        f"{at},,{decision},2020-01-0{day},x"
        for at, (decision, day) in enumerate([("R2", 1), ("R1", 1), ("R2", 1), ("R2", 2)])
    ]
    said = stones(tmp_path, "\n".join([HEADER, *rows]) + "\n", NOTHING)
    assert [(code, value, facts) for code, _, value, facts in said] == [
        ("Z112", "R2", {"count": 2, "day": "2020-01-01"}),
        ("Z112", "R1", {"count": 1, "day": "2020-01-01"}),
        ("Z112", "R2", {"count": 1, "day": "2020-01-02"}),
    ]


# Deliveries


def delivery(dossier: Path, name: str, text: str) -> str:
    path = dossier / "deliveries" / name / "delivery.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path.relative_to(dossier.parent).as_posix()


def test_a_delivery_that_is_said_to_be_elsewhere_is_told_and_the_others_are_looked_at(tmp_path: Path) -> None:
    """In the order of their names. What is no TOML, no text or within is for whoever reads it."""
    dossier = tmp_path / "dossier"
    texts = ['file = "../x"', "file = ", "file = 3", "", 'file = "a/b.csv"', 'file = "/etc/hosts"']
    places = [delivery(dossier, f"d{at}", text) for at, text in enumerate(texts)]
    (dossier / "deliveries" / "d9" / "delivery.toml").mkdir(parents=True)
    assert brief(deliveries_elsewhere(dossier)) == [
        ("Z106", places[0], None, "file", "../x"),
        ("Z106", places[5], None, "file", "/etc/hosts"),
    ]


def test_deliveries_that_are_elsewhere_end_it_before_anything_is_read(tmp_path: Path) -> None:
    """Nothing is made again then."""
    place = delivery(tmp_path / "dossier", "d", 'file = "../x"')
    assert remade(tmp_path, AUDIT) == (0, [fault("Z106", place, None, "file", "../x")])


def remade(folder: Path, manifest: Manifest) -> tuple[int, list[Fault]]:
    """What was made again from the deliveries of an audit release, and what differs."""
    sealed = Sealed(folder, manifest, "", "", ())
    count, faults = _remade(sealed, _made_again(sealed))
    return count, list(faults)


AUDIT = Manifest("audit", "1.0", program_key(), "", "", {})
MOMENT = "2026-05-12T09:30:00"


class Makers:
    """Stand-ins for those who open a dossier, make pages of it, write and compare; what they were asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *faults: Fault, makes: bool = True) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.opened = SimpleNamespace(faults=faults, sound=not errors(faults))
        self.made = object() if makes else None
        for module, name, answer in (
            (APP, "open_dossier", self.opened),
            (APP, "make", self.made),
            (MODULE, "write_release", None),
            (MODULE, "compared_bytes", (7, [fault("Z109", "public/x")])),
        ):
            monkeypatch.setattr(module, name, self._stand_in(name, answer))

    def _stand_in(self, name: str, answer: Any) -> Callable[..., Any]:
        def stand_in(*of: Any) -> Any:
            self.asked.append((name, *of))
            return answer

        return stand_in


def test_the_public_release_is_made_again_from_the_dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the moment that the manifest gives, in a folder of our own; every byte but the manifest is compared."""
    makers, warning = Makers(monkeypatch, fault("L181", "f.csv", 3)), fault("L181", "dossier/f.csv", 3)
    assert errors([warning]) == []
    assert remade(tmp_path, replace(AUDIT, at=MOMENT)) == (7, [warning, fault("Z109", "public/x")])
    at = datetime.fromisoformat(MOMENT)
    (_, dossier), (_, *made), (_, *written), (_, *compared) = makers.asked
    assert [name for name, *_ in makers.asked] == ["open_dossier", "make", "write_release", "compared_bytes"]
    assert (dossier, made) == (tmp_path / "dossier", [makers.opened, at])
    assert (written[:2], written[3]) == ([makers.opened, makers.made], at)
    again = written[2]
    assert compared == [tmp_path / "public", again, (NAME,), "public/"]
    assert (again.name, again.is_relative_to(tmp_path)) == ("public", False)


def test_without_a_moment_none_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    makers = Makers(monkeypatch)
    assert remade(tmp_path, AUDIT)[0] == 7
    assert (makers.asked[1][2], makers.asked[2][4]) == (None, None)


def test_another_program_makes_it_again_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the program that made it."""
    Makers(monkeypatch)
    other = replace(AUDIT, program_key="other", program="0.9")
    assert remade(tmp_path, other) == (7, [fault("Z113", NAME, value="0.9"), fault("Z109", "public/x")])


def test_a_dossier_with_errors_or_without_pages_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error: nobody is asked to make it. No pages: nothing is compared."""
    makers = Makers(monkeypatch, fault("D101", "areas.csv", 3))
    assert remade(tmp_path, AUDIT) == (0, [fault("D101", "dossier/areas.csv", 3)])
    assert [name for name, *_ in makers.asked] == ["open_dossier"]
    makers = Makers(monkeypatch, makes=False)
    assert remade(tmp_path, AUDIT) == (0, [])
    assert [name for name, *_ in makers.asked] == ["open_dossier", "make"]


def test_a_fault_of_the_dossier_has_its_place_in_the_release() -> None:
    assert _within(fault("D101", "areas.csv", 3)).file == "dossier/areas.csv"
    assert _within(fault("X001")).file == "dossier"
    assert _within(fault("D101", "areas.csv", 3)).row == 3


# How much is said


def many(code: str, file: str | None, times: int) -> Iterator[Fault]:
    return (fault(code, file, row) for row in range(times))


def test_of_one_code_in_one_file_the_first_few_are_said() -> None:
    """Five, each once however often it is found; the sixth and seventh are counted. Another file has its own."""
    found = [*many("Z108", "a", IN_A_FILE + 2), *many("Z108", "b", IN_A_FILE), *many("Z107", "a", 1)]
    assert IN_A_FILE == 5
    assert list(_few([*found, *found])) == [
        *many("Z108", "a", IN_A_FILE),
        *many("Z108", "b", IN_A_FILE),
        *many("Z107", "a", 1),
        fault("X002", None, None, None, of="Z108", count=2),
    ]


def test_of_one_code_the_first_files_are_named() -> None:
    """Of one file more than are named, and another with two: three are counted; other codes have their own number."""
    files = [fault("Z104", f"f{at}") for at in range(MOST + 1)]
    said = list(_few([*files, *many("Z104", "last", 2), *many("Z103", "f0", 1)]))
    assert said == [*files[:MOST], *many("Z103", "f0", 1), fault("X002", None, None, None, of="Z104", count=3)]


def test_a_file_with_many_faults_is_one_file() -> None:
    """As many files as are named, the first of which has five: all is said."""
    found = [*many("Z104", "a", IN_A_FILE), *(fault("Z104", f"f{at}") for at in range(MOST - 1))]
    assert list(_few(found)) == found


# What is held and made again


def test_what_cannot_be_recounted_is_not_held(tmp_path: Path) -> None:
    """Nothing is counted; what is wrong with it is said as it was."""
    said = (fault("Z110", "settings.json"), fault("Z114", "x"))
    held, faults = _held(tmp_path, Checked(None, said), ["a"])
    assert (dict(held.figures), held.pages, list(held.beside), faults) == ({}, 0, [], said)


def test_nothing_is_made_again_where_figures_alone_are_asked(tmp_path: Path) -> None:
    """It is said, with the program that made it; without a manifest that was said before."""
    seal(tmp_path, program="0.9")
    made = remade_from_itself(tmp_path, NOTHING, figures=True)
    assert (made.value, brief(made.faults)) == (0, [("Z149", NAME, None, None, "0.9")])
    (tmp_path / NAME).unlink()
    for figures in (True, False):
        made = remade_from_itself(tmp_path, NOTHING, figures=figures)
        assert (made.value, made.faults) == (0, ())


def test_a_release_of_another_program_is_made_again_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That it is another one is said first; the same key in another version is the same program."""
    monkeypatch.setattr(MODULE, "remake", lambda *of: Checked(3, (fault("Z109", "a"),)))
    seal(tmp_path, program_key="other", program="0.9")
    made = remade_from_itself(tmp_path, NOTHING, figures=False)
    assert (made.value, brief(made.faults)[0], made.faults[1:]) == (
        3,
        ("Z113", NAME, None, None, "0.9"),
        (fault("Z109", "a"),),
    )
    seal(tmp_path, program="0.9")
    assert remade_from_itself(tmp_path, NOTHING, figures=False).faults == (fault("Z109", "a"),)


def test_a_release_that_says_nothing_is_not_right(tmp_path: Path) -> None:
    """A manifest and one file: whole by its bytes, but nothing to recount; no figure was held against anything."""
    (tmp_path / "x").write_text("x")
    seal(tmp_path)
    made = verify(tmp_path)
    assert made.value == Verified("public", sha256_of(tmp_path / NAME), 1, 0, 0)
    assert [(one.code, one.file) for one in made.faults] == [("Z110", "settings.json")]
    (tmp_path / SIGNATURE).write_text("x")
    signed = verify(tmp_path).value
    assert signed is not None
    assert signed.signed


def test_an_audit_release_that_says_nothing_is_not_right(tmp_path: Path) -> None:
    """What is wrong with the public release has its place; the deliveries that are not there make nothing."""
    seal(tmp_path / "public")
    digest = sha256_of(tmp_path / "public" / NAME)
    seal(tmp_path, kind="audit", public_sha256=digest, files={f"public/{NAME}": entry(tmp_path)})
    found = verify(tmp_path)
    assert found.value == Verified("audit", sha256_of(tmp_path / NAME), 1, 0, 0)
    assert [(one.code, one.file) for one in found.faults] == [("Z110", "public/settings.json")]
    anew = verify(tmp_path, deliveries=True)
    assert anew.value == found.value
    first, *more = anew.faults
    assert (first.code, first.file) == ("Z110", "public/settings.json")
    assert {str(one.file).partition("/")[0] for one in more} == {"dossier"}


def entry(folder: Path) -> Any:
    return entries_of(folder / "public", without=())[NAME]


def test_a_folder_without_a_manifest_is_no_release(tmp_path: Path) -> None:
    assert (verify(tmp_path).value, verify(tmp_path).faults) == (None, (fault("Z102", str(tmp_path)),))


def test_an_audit_release_that_names_another_is_told(tmp_path: Path) -> None:
    seal(tmp_path / "public")
    seal(tmp_path, kind="audit", public_sha256="0" * 64, files={f"public/{NAME}": entry(tmp_path)})
    digest = sha256_of(tmp_path / "public" / NAME)
    assert verify(tmp_path).faults[0] == fault("Z111", f"public/{NAME}", value=digest, expected="0" * 64)


def test_what_may_not_be_read_ends_it_before_anything_is_recounted(tmp_path: Path) -> None:
    """A link, and a file that is far longer than it was."""
    (tmp_path / "x").write_text("x")
    seal(tmp_path)
    (tmp_path / "l").symlink_to("/etc/hosts")
    assert (verify(tmp_path).value, [one.code for one in verify(tmp_path).faults]) == (None, ["Z106"])
    (tmp_path / "l").unlink()
    (tmp_path / "x").write_bytes(b" " * 1_000_003)
    assert (verify(tmp_path).value, [one.code for one in verify(tmp_path).faults]) == (None, ["Z105"])
    (tmp_path / "x").write_bytes(b" " * 1_000_002)
    assert [one.code for one in verify(tmp_path).faults] == ["Z105", "Z110"]


def test_of_what_ends_it_no_more_is_said_than_of_all_else(tmp_path: Path) -> None:
    """Links: as many as of any code, and how many there are more."""
    seal(tmp_path)
    for at in range(300):
        (tmp_path / f"l{at}").symlink_to("/etc/hosts")
    said = verify(tmp_path).faults
    assert said == tuple(_few(fault("Z106", f"l{at}") for at in sorted(range(300), key=str)))
    assert said[-1].code == "X002"


def test_deliveries_are_asked_of_an_audit_release(tmp_path: Path) -> None:
    """Of a public one nothing else is said, whatever is wrong with it."""
    seal(tmp_path)
    (tmp_path / "more").write_text("x")
    found = verify(tmp_path, deliveries=True)
    assert (found.value, found.faults) == (None, (fault("Z117", str(tmp_path)),))


# What is counted


class Fakes:
    """Stand-ins for those who recount, hold and make again; what they were asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, held: FiguresHeld, again: Checked[int | None]) -> None:
        self.asked: list[tuple[Any, ...]] = []

        def hold(public: Path, found: Recount, names: list[str]) -> FiguresHeld:
            self.asked.append((public, found, list(names)))
            return held

        def make(public: Path, found: Recount, *, figures: bool) -> Checked[int | None]:
            self.asked.append((public, found, figures))
            return again

        monkeypatch.setattr(MODULE, "recount", lambda public: Checked(NOTHING))
        monkeypatch.setattr(MODULE, "whole_recount", lambda public, found: Checked(found))
        monkeypatch.setattr(MODULE, "hold", hold)
        monkeypatch.setattr(MODULE, "remade_from_itself", make)
        monkeypatch.setattr(MODULE, "_tombstones", lambda public, found: [fault("Z112", TOMBSTONES)])


HELD = FiguresHeld(Counter({"pages": 3, "data": 2, "papers": 0, "free": 4}), 7, ["x", "y/z"], [fault("Z107", "a", 1)])


def public_in(folder: Path) -> Path:
    """An audit release around a public one of two files; what the dossier holds is no part of the public one."""
    for name in ("public/x", "public/y/z", "dossier/public"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    seal(folder / "public")
    seal(folder, kind="audit", public_sha256=sha256_of(folder / "public" / NAME), files=all_of(folder))
    return folder


def all_of(folder: Path) -> dict[str, Any]:
    return entries_of(folder, without=())


def test_what_was_held_is_counted_by_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds in order and none of nothing; free numbers apart. Where nothing is made again, what nobody looked at."""
    public = public_in(tmp_path) / "public"
    fakes = Fakes(monkeypatch, HELD, Checked(0, (fault("Z149", NAME),)))
    found = verify(public)
    kinds = {"data": 2, "pages": 3}
    assert found.value == Verified(
        "public", sha256_of(public / NAME), 2, 5, 7, kinds=kinds, free=4, unheld=("x", "y/z")
    )
    assert list(found.value.kinds) == ["data", "pages"]
    assert [(one.code, one.file) for one in found.faults] == [("Z107", "a"), ("Z112", TOMBSTONES), ("Z149", NAME)]
    assert fakes.asked == [(public, NOTHING, ["x", "y/z"]), (public, NOTHING, False)]
    verify(public, figures=True)
    assert fakes.asked[2:] == [(public, NOTHING, ["x", "y/z"]), (public, NOTHING, True)]


def test_of_an_audit_release_the_public_one_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its places are those in the whole; of the dossier nothing is held."""
    fakes = Fakes(monkeypatch, HELD, Checked(0))
    found = verify(public_in(tmp_path))
    assert found.value is not None
    assert (found.value.kind, found.value.files, found.value.figures) == ("audit", 4, 5)
    assert found.value.unheld == ("public/x", "public/y/z")
    assert [(one.code, one.file) for one in found.faults] == [("Z107", "public/a"), ("Z112", f"public/{TOMBSTONES}")]
    public = tmp_path / "public"
    assert fakes.asked == [(public, NOTHING, [NAME, "x", "y/z"]), (public, NOTHING, False)]


def test_what_was_made_again_leaves_nothing_unheld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is told already is not told once more because it was made otherwise; another fault of it is."""
    public = public_in(tmp_path) / "public"
    told = (fault("Z109", "a"), fault("Z109", "b"), fault("Z108", "a"))
    Fakes(monkeypatch, HELD, Checked(6, told))
    found = verify(public)
    assert found.value is not None
    assert (found.value.from_itself, found.value.unheld, found.value.remade) == (6, (), 0)
    said = [(one.code, one.file) for one in found.faults]
    assert said == [("Z107", "a"), ("Z112", TOMBSTONES), ("Z109", "b"), ("Z108", "a")]


def test_what_could_not_be_made_again_was_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    public = public_in(tmp_path) / "public"
    Fakes(monkeypatch, HELD, Checked(None, (fault("Z148", "tables"),)))
    found = verify(public).value
    assert found is not None
    assert (found.from_itself, found.unheld) == (0, ("x", "y/z"))


def test_deliveries_are_made_again_in_place_of_the_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is made from the release itself, and every file was held."""
    fakes = Fakes(monkeypatch, HELD, Checked(6))
    monkeypatch.setattr(MODULE, "_remade", lambda sealed, again: (9, [fault("Z113", sealed.folder.name, 1)]))
    found = verify(public_in(tmp_path), deliveries=True)
    assert found.value is not None
    assert (found.value.remade, found.value.from_itself, found.value.unheld) == (9, 0, ())
    assert [(one.code, one.file) for one in found.faults][-1:] == [("Z113", tmp_path.name)]
    assert len(found.faults) == 3
    assert len(fakes.asked) == 1


def test_the_signers_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the whole folder; who signed is told, and so is what is wrong with it."""
    folder, signers, asked = public_in(tmp_path), Signers(tmp_path / "allowed"), []

    def signed(folder: Path, signers: Signers) -> Checked[str | None]:
        asked.append((folder, signers))
        return Checked("bram", (fault("Z120", SIGNATURE),))

    monkeypatch.setattr(MODULE, "signed_by", signed)
    found = verify(folder, signers=signers)
    assert asked == [(folder, signers)]
    assert found.value is not None
    assert found.value.signed_by == "bram"
    assert ("Z120", SIGNATURE) in [(one.code, one.file) for one in found.faults]
    monkeypatch.setattr(MODULE, "signed_by", lambda folder, signers: Checked(None))
    nobody = verify(folder, signers=signers).value
    assert nobody is not None
    assert nobody.signed_by == ""


def test_what_cannot_be_read_whole_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was wrong with the recount, with the whole of it, with what was held and with tombstones, in that order."""
    Fakes(monkeypatch, HELD, Checked(0))
    said = (fault("Z114", "x"),)
    held, faults = _held(tmp_path, Checked(NOTHING, said), ["a"])
    assert (held, [one.code for one in faults]) == (HELD, ["Z114", "Z107", "Z112"])
    monkeypatch.setattr(MODULE, "whole_recount", lambda public, found: Checked(None, (fault("Z148", "tables"),)))
    held, faults = _held(tmp_path, Checked(NOTHING, said), ["a"])
    assert (held, [one.code for one in faults]) == (FiguresHeld(), ["Z114", "Z148", "Z112"])


def test_a_release_of_this_program_is_made_again_with_its_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest, asked = seal(tmp_path), []

    def remake(*of: Any) -> Checked[int | None]:
        asked.append(of)
        return Checked(3)

    monkeypatch.setattr(MODULE, "remake", remake)
    assert remade_from_itself(tmp_path, NOTHING, figures=False).value == 3
    assert asked == [(tmp_path, manifest, NOTHING)]
