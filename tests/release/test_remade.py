"""A release holds all that its site is made of: made again from itself, every byte is the same, and another is not."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.verify import verify
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.pages.tag_foreign_words import NO_WORDS
from tests.app.test_adopt import SLUG, deliver_again
from tests.conftest import KLEIN, ROOT
from tests.release.releases import MANIFEST, reseal, wrong
from tests.release.walking import HELD_BY_NOTHING
from tests.shapes import collection, feature, square
from tests.town import TEXT, append
from tests.whole.kinds import QUESTION
from tests.whole.test_languages import with_english
from tests.work import with_work

RECONCILED = """\
id,what,amount,reason,who,accepted_on
LIJST-2025,outside:lijst-van-resultaten,-1234.56,De lijst telt een post meer,concerncontroller,2026-03-20
"""
SAMPLE = 10
"""Files that `make test` changes; `make walk-forged` changes every file."""
SHOWN_IN = (".html", ".csv", ".json", ".xml", ".ttl", ".ics")


def frozen_of(dossier: Path, folder: Path) -> Path:
    made, faults = freeze(dossier, folder / "public")
    assert made is not None, faults
    return folder / "public"


def forged(data: bytes, dice: random.Random) -> bytes:
    """The same with one digit another, or one byte where there is no digit."""
    digits = [found.start() for found in re.finditer(rb"[0-9]", data)]
    if not digits:
        at = dice.randrange(len(data))
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    at = dice.choice(digits)
    other = dice.choice([digit for digit in b"0123456789" if digit != data[at]])
    return data[:at] + bytes([other]) + data[at + 1 :]


def walk(release: Path, seed: int, wanted: int | None) -> Iterator[tuple[str, bool]]:
    """Forge one file after another, renew the manifest, and tell whether it was refused."""
    dice = random.Random(seed)
    places = [str(path.relative_to(release)) for path in sorted(release.rglob("*")) if path.is_file()]
    places = [place for place in places if place not in HELD_BY_NOTHING]
    yield from walk_over(release, places if wanted is None else dice.sample(places, wanted), seed)


def walk_over(release: Path, places: Sequence[str], seed: int) -> Iterator[tuple[str, bool]]:
    """The walk over some files."""
    dice = random.Random(seed)
    for place in places:
        path = release / place
        before = path.read_bytes()
        path.write_bytes(forged(before, dice))
        reseal(release, place)
        yield place, bool(wrong(release))
        path.write_bytes(before)
        reseal(release, place)


@pytest.mark.parametrize("example", ["klein", "groningen"])
def test_every_file_of_an_example_is_made_again(example: str, tmp_path: Path) -> None:
    """But the manifest and the tombstones: those follow from nothing in the release."""
    release = frozen_of(ROOT / "examples" / example, tmp_path)
    found = verify(release)
    assert found.faults == ()
    assert found.value is not None
    assert found.value.from_itself == found.value.files - 1


def test_another_digit_in_any_file_is_refused(public: Path) -> None:
    """Whole by `make walk-forged`; here a sample of the files, another one each time is no help, so always the same."""
    whole = os.environ.get("FORGED") == "whole"
    found = dict(walk(public, 8, None if whole else SAMPLE))
    assert [place for place, refused in found.items() if not refused] == []
    assert len(found) > 150 if whole else len(found) == SAMPLE


def test_a_dossier_with_all_that_it_may_hold_is_made_again(tmp_path: Path) -> None:
    """Two languages, work, questions, search, an adopted account and what was restated; groups and keys.

    A row that was taken down, a block with a ground, a title of its own, and a claim that says about how much.
    """
    dossier = all_kinds(tmp_path)
    release = frozen_of(dossier, tmp_path)
    found = verify(release)
    assert [one for one in found.faults if one.code != "Z112"] == []
    assert found.value is not None
    assert found.value.from_itself == found.value.files - 1 > 350
    names = {one["name"]: one for one in json.loads((release / "bases.json").read_bytes())}
    assert {"newest", "restated", SLUG} == set(names)
    assert names["newest"]["stands_on"] and names[SLUG]["as_of"]
    for place in ("ledger/restated.csv", f"accounts/{SLUG}.json", "bases.json", "deliveries.json"):
        assert list(walk_over(release, [place], 3)) == [(place, True)]


def with_map(dossier: Path) -> None:
    """A map on which a name has room, has room only where the page is wide, or none: then a number stands for it."""
    sides = {"OST": 1000.0, "NRD": 1000.0, "HAV": 1000.0, "BIN": 300.0}
    shapes = [
        feature(code, square(100_000 + 1000 * at, 400_000, side), "area")
        for at, (code, side) in enumerate(sides.items())
    ]
    (dossier / "geo").mkdir()
    (dossier / "geo" / "gebieden-2025.geojson").write_text(collection(shapes), "utf-8")
    append(dossier, TEXT, "\n![Resultaat per gebied op de kaart](map:result)\n")


def all_kinds(folder: Path) -> Path:
    """The small example with each thing that a release may hold."""
    dossier = with_work(with_english(folder / "town"))
    append(dossier, "dossier.toml", "\n[site]\nsearch = true\n[open_data]\naddress = 'https://t.example/'")
    append(
        dossier, TEXT, "\n[Ruim 200.000](figure:realised/total?about=40%) euro, en [3](free:x 'Geheim-merel') mensen."
    )
    append(dossier, TEXT, "\n[weg]: https://t.example/ 'Geheim-merel'\n\n1. een\n88. twee\n")
    (dossier / "publications" / SLUG / "bijlage.md").write_text("# Bijlage\n\n## Woorden\n\nDe uitleg.\n", "utf-8")
    (dossier / "questions.csv").write_text(QUESTION)
    (dossier / "reconciliations.csv").write_text(RECONCILED)
    with_map(dossier)
    kept, faults = adopt(dossier, SLUG, None, "R2026-06")
    assert kept is not None, faults
    deliver_again(dossier, 12_345)
    taken = "posting,decision,decided_on,reason\ngrootboek-2026-03:34,College 2026-09,2026-09-01,Op verzoek\n"
    (dossier / "takedowns.csv").write_text(taken)
    return dossier


def test_no_hidden_words_of_a_text_go_along(tmp_path: Path) -> None:
    """Nor the share that a claim allows beyond what it needs."""
    release = frozen_of(all_kinds(tmp_path), tmp_path)
    text = (release / "tables" / TEXT).read_text("utf-8")
    assert "Geheim" not in text and "88" not in text
    assert "[Ruim 200.000](figure:realised/total?about=3%25)" in text
    assert not [path for path in release.rglob("*") if path.is_file() and b"Geheim-merel" in path.read_bytes()]


def test_a_picture_to_take_along_is_that_of_a_wide_page(tmp_path: Path) -> None:
    """Where a page is narrow, numbers stand for names that have no room: the picture by itself has the names."""
    dossier = Path(shutil.copytree(KLEIN, tmp_path / "town"))
    with_map(dossier)
    release = frozen_of(dossier, tmp_path)
    page = (release / "site/publicaties" / SLUG / "index.html").read_text("utf-8")
    assert all(f'class="{one}"' in page for one in ("number", "number when-narrow", "always"))
    assert wrong(release) == []


def test_the_moment_on_which_an_adopted_publication_stands_is_held(tmp_path: Path) -> None:
    """No page shows it: it is that of the account that was adopted, whatever stands in its settings."""
    dossier = Path(shutil.copytree(KLEIN, tmp_path / "town"))
    assert adopt(dossier, SLUG, None, "R2026-06")[0] is not None
    release = frozen_of(dossier, tmp_path)
    place = f"tables/publications/{SLUG}/publication.toml"
    text = (release / place).read_text("utf-8")
    (release / place).write_text(text.replace("17:00:00", "17:00:01"), "utf-8")
    reseal(release, place)
    assert [one.file for one in wrong(release)] == [place]


def test_every_word_of_the_public_tables_stands_in_the_site(tmp_path: Path) -> None:
    """Each cell of text of each row in `tables/` is somewhere in the site: a column that no page shows fails here."""
    release = frozen_of(all_kinds(tmp_path), tmp_path)
    site = "\n".join(
        path.read_text("utf-8", "replace") for path in (release / "site").rglob("*") if path.suffix in SHOWN_IN
    )
    seen = 0
    for table in (*TABLES.values(), *WORK_TABLES.values()):
        path = release / "tables" / table.file
        texts = {one.name for one in columns_of(table.rows) if one.kind.name in ("text", "web_address")} - NO_WORDS
        text = path.read_bytes().decode() if path.is_file() else ""
        for row in csv.DictReader(io.StringIO(text, newline="")):
            for name in texts & row.keys():
                seen += bool(row[name])
                assert row[name] in html.unescape(site), (table.file, name, row[name])
    assert seen > 50


def test_a_false_claim_is_refused_though_text_and_page_agree(public: Path) -> None:
    """The text, its pages and documents, and the manifest say another amount than follows."""
    places = [str(path.relative_to(public)) for path in public.rglob("*") if path.is_file()]
    for place in places:
        path = public / place
        data = path.read_bytes()
        if b"204.575" in data and place != MANIFEST:
            path.write_bytes(data.replace(b"204.575", b"204.576"))
            reseal(public, place)
    found = wrong(public)
    assert ("T101", f"tables/{TEXT}") in [(one.code, one.file) for one in found]


LINES = b"".join(b"L%d,2024,x,,\n" % number for number in range(9000))
INITIATIVE = b"1,../../x,A,n,residents,2019-01-01,1,asked\n"
HOSTILE = {
    "tables/areas.csv": b"code,slug,name,kind,parent\nA,a,A,wijk,B\nB,b,B,wijk,A\n",
    "tables/budget_line_years.csv": b"line,year,name,area,parent\n" + LINES,
    "tables/dossier.toml": b"format = 2\nmunicipality = " + b"[" * 5000,
    f"tables/publications/{SLUG}/index.md": b"> " * 50_000 + b"[" * 50_000 + b"*" * 50_000,
    f"tables/publications/{SLUG}/publication.toml": b"kind = 'accounts'\nyear = 2025\ntitle = '../../x'\nstatus = 1\n",
    "tables/geo/1-2024.geojson": b'{"features": [' + b"[" * 100_000,
    "tables/work/initiatives.csv": b"code,slug,area,name,asked_by,asked_on,asked,status\n" + INITIATIVE,
    "tables/redirects.csv": b"old,new,note\n../../x,y,\n",
    "deliveries.json": b'[{"id": ["x"]}]',
    "bases.json": b'[{"name": "newest", "stands_on": [[1, 2, 3]]}]',
    "accounts/newest.json": b"[[[]]]",
    "ledger/newest.csv": b"\xff\xfe",
}


@pytest.mark.parametrize("place", HOSTILE)
def test_what_an_enemy_wrote_is_a_fault_and_no_crash(public: Path, place: str) -> None:
    """Circles, thousands of lines, deep brackets, places elsewhere, other types: said, and nothing is left."""
    (public / place).parent.mkdir(parents=True, exist_ok=True)
    (public / place).write_bytes(HOSTILE[place])
    reseal(public, place)
    before = sorted(public.parent.iterdir())
    found = verify(public)
    assert errors(found.faults)
    assert sorted(public.parent.iterdir()) == before
