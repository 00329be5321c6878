"""A walk over everything in a dossier that could become a place: hostile places in each, under every verb.

By the schema: every column of every table, every text in every setting, every name of a file or folder, every name in
an archive. A column or setting that is added joins by itself. `make walk-paths` walks all of it, in two processes.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import importlib
import io
import json
import multiprocessing
import pkgutil
import random
import shutil
import sys
import tempfile
import time
import tomllib
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from unittest import mock

from gebiedswerk import app
from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.cli.serve import Live
from gebiedswerk.core.faults import Fault, errors
from gebiedswerk.core.filenames import LONGEST_NAME, doubles, refusal_of_name, refusal_of_place
from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.settings import DeliverySettings, DossierSettings, Limit, Profile, PublicationSettings
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.language.messages import Messages
from tests.conftest import KLEIN
from tests.formats.books import write_sheets
from tests.work import with_work

SLUG = "jaarrekening-2025"
WRITING = importlib.import_module("gebiedswerk.opendata.write_data")
COMPARING = importlib.import_module("gebiedswerk.app.diff")
OPENING = [
    verb
    for module in pkgutil.iter_modules(app.__path__)
    if hasattr(verb := importlib.import_module(f"gebiedswerk.app.{module.name}"), "open_dossier")
]
"""The verbs that open a dossier."""
HOSTILE = {
    "absolute": "{home}/beside/index.html",
    "absolute of the root": "/tmp/gebiedswerk-uit/index.html",  # noqa: S108 # it must not come to be
    "up": "../../beside/index.html",
    "up within": "west/../../../beside/index",
    "up alone": "..",
    "up in backslashes": "..\\..\\beside\\index.html",
    "up in an address": "/%2e%2e/%2e%2e/beside/",
    "link": "link/index.html",
    "drive": "C:\\beside",
    "stream": "index.html:x",
    "device": "con",
    "device with an ending": "Aux.txt",
    "device further on": "west/nul/index.html",
    "dot at the end": "west.",
    "blank within": "west /x",
    "long": "x" * 256,
    "long in bytes": "\u20ac" * 100,
    "deep": "/".join(["west"] * 300),
    "control": "we\x01st",
    "direction": "we\u202est",
    "nothing": "we\0st",
    "capitals": "Index.HTML",
    "accents": "e\u0301\u00e9",
    "home": "~/beside/index.html",
    "shell": "$(touch beside/index.html)",
}
"""What a place may be called that leaves its folder, or that some disk cannot hold; and what looks like one."""
SAMPLES = {
    "amount": "1.00",
    "amount_left": "1.00",
    "cbs_code": "BU00010001",
    "code": "NRD",
    "code_list": "NRD",
    "day": "2025-06-01",
    "number": "1",
    "pattern": "1*",
    "place": "1",
    "row_number": "2",
    "site_address": "/oud/index.html",
    "slug": "proef",
    "text": "Tekst",
    "web_address": "https://example.org/",
    "weight": "1",
    "year": "2025",
    "yes_no": "ja",
}
"""A cell of each kind, for a table that the example does not have."""


@dataclass(frozen=True)
class Case:
    """One hostile place: where it stands, how it is called, how it gets there; `told`: what `check` must say of it."""

    place: str
    name: str
    lay: Callable[[Path], None]
    told: Callable[[Sequence[Fault]], bool] | None = None


def town(dossier: Path) -> Path:
    """The example with all tables that its how-tos have."""
    shutil.copytree(KLEIN, dossier)
    (dossier / "redirects.csv").write_text("old,new,note\n/oud/,/index.html,\n", "utf-8")
    return with_work(dossier)


def cells(home: Path) -> Iterator[Case]:
    """Every column of every table."""
    for table in (*TABLES.values(), *WORK_TABLES.values()):
        for column in columns_of(table.rows):
            for name, text in HOSTILE.items():
                value = text.format(home=home)
                yield Case(
                    f"{table.file} {column.name}",
                    name,
                    partial(_put_cell, table, column, value),
                    _told(table.file, column.name) if column.kind.refusal(value) is not None else None,
                )


def _told(file: str, column: str | None) -> Callable[[Sequence[Fault]], bool]:
    """Whether faults name this file and this column or setting; of a file that is no text, the row."""
    return lambda faults: any(
        (one.file or "").startswith(file) and (column in (None, one.column) or one.code == "D114") for one in faults
    )


def _put_cell(table: TableSchema, column: Column, value: str, dossier: Path) -> None:
    """Write a value in the first row of a table; a table that is not there gets one."""
    path, columns = dossier / table.file, columns_of(table.rows)
    if path.is_file():
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    else:
        rows = [[one.name for one in columns], [(*one.choices, SAMPLES.get(one.kind.name))[0] or "" for one in columns]]
    if column.name not in rows[0]:
        rows = [[*row, column.name if at == 0 else ""] for at, row in enumerate(rows)]
    rows[1][rows[0].index(column.name)] = value
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


SETTINGS: dict[str, type] = {
    "dossier.toml": DossierSettings,
    "deliveries/grootboek-2026-03/delivery.toml": DeliverySettings,
    f"publications/{SLUG}/publication.toml": PublicationSettings,
    "profiles/grootboek.toml": Profile,
}
Key = tuple[str | int, ...]


def settings(home: Path) -> Iterator[Case]:
    """Every text in every setting, also in lists and tables, and every name that a person gives."""
    for file, cls in SETTINGS.items():
        for key, limits in _texts_of(cls, ()):
            for name, text in HOSTILE.items():
                value = text.format(home=home)
                refused = any(one.refusal(value) is not None or not one.holds(value) for one in limits)
                shown = ".".join(part for part in key if isinstance(part, str))
                yield Case(
                    f"{file} {shown}",
                    name,
                    partial(_put_setting, file, key, value),
                    _told(file, None) if refused else None,
                )


def _texts_of(hint: Any, key: Key) -> Iterator[tuple[Key, tuple[Limit, ...]]]:
    """The keys of all texts in a class of settings, with their limits."""
    limits: tuple[Limit, ...] = ()
    while get_origin(hint) in (Annotated, Union, UnionType):
        limits += tuple(one for one in get_args(hint)[1:] if isinstance(one, Limit))
        hint = next(one for one in get_args(hint) if one is not type(None))
    if is_dataclass(hint):
        for name, inner in get_type_hints(hint, include_extras=True).items():
            if name in {field.name for field in fields(hint)}:
                yield from _texts_of(inner, (*key, "from" if name == "from_year" else name))
    elif get_origin(hint) is list:
        yield from _texts_of(get_args(hint)[0], (*key, 0))
    elif get_origin(hint) is dict:
        yield (*key, "nl"), ()
        yield (*key, ""), ()
    elif isinstance(hint, type) and issubclass(hint, str):
        yield key, limits


def _put_setting(file: str, key: Key, value: str, dossier: Path) -> None:
    """Write a value at a key; an empty last part of the key is the name itself."""
    path = dossier / file
    content = tomllib.loads(path.read_text("utf-8"))
    inner: Any = content
    named = [value if part == "" else part for part in key]
    for part, after in zip(named, (*key[1:], None), strict=True):
        if after is None:
            fresh: Any = value
        else:
            fresh = [] if isinstance(after, int) else {}
        if isinstance(part, int):
            inner += [fresh] if not inner else []
            inner[0] = value if after is None else inner[0]
            inner = inner[0]
        else:
            inner[part] = value if after is None else inner.get(part, fresh)
            inner = inner[part]
    path.write_text("".join(f"{_toml(name)} = {_toml(one)}\n" for name, one in content.items()), "utf-8")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(name)} = {_toml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


NAMES = [
    one
    for one in HOSTILE.values()
    if not one.startswith(".") and "/" not in one and "\0" not in one and len(one.encode()) < 256 and one != ".."
]
NAMES += ["\udcff\udcfe", "aux.md", "INDEX.md", "x" * 251 + ".md", "\u20ac" * 80 + ".md", " x.csv", "x\n.md"]


def names(home: Path) -> Iterator[Case]:
    """Every file and folder of the dossier under another name, and a link to elsewhere in its place."""
    entries = sorted(path.relative_to(home / "town").as_posix() for path in (home / "town").rglob("*"))
    for entry in entries:
        for name in NAMES:
            told = _told("", None) if refusal_of_name(name, LONGEST_NAME) else None
            yield Case(f"name of {entry}", name, partial(_rename, entry, name), told)
        yield Case(f"link at {entry}", "link", partial(_link, entry, home), _link_told(entry))
        twin = entry.rpartition("/")[2].upper()
        if twin != entry.rpartition("/")[2] and "." not in entry:
            yield Case(f"twin of {entry}", twin, partial(_twin, entry, twin), _told("", None))
    yield Case("stray folder", "no UTF-8", _stray, _told("", None))


def _stray(dossier: Path) -> None:
    (dossier / "x_\udcff").mkdir()


def _rename(entry: str, name: str, dossier: Path) -> None:
    path = dossier / entry
    if path.with_name(name) != path:
        path.rename(path.with_name(name))


def _twin(entry: str, name: str, dossier: Path) -> None:
    path = dossier / entry
    if path.is_dir():
        shutil.copytree(path, path.with_name(name))
    else:
        shutil.copy(path, path.with_name(name))


def _link(entry: str, home: Path, dossier: Path) -> None:
    """The same outside the dossier, and a link to it."""
    path = dossier / entry
    away = home / "away" / path.name
    path.rename(away)
    path.symlink_to(away, target_is_directory=away.is_dir())


def _link_told(entry: str) -> Callable[[Sequence[Fault]], bool] | None:
    """The file of a delivery may stand elsewhere; all else may not."""
    delivered = entry.startswith("deliveries/") and entry.count("/") == 2 and not entry.endswith(".toml")
    return None if delivered else _told("", None)


MEMBERS = [*HOSTILE.values(), "[Content_Types].xml", "XL/WORKBOOK.XML", "xl/../../../beside/index.html"]


def archives(home: Path) -> Iterator[Case]:
    """A workbook with members and sheets under hostile names."""
    for name in MEMBERS:
        member = name.format(home=home)
        yield Case("member of a workbook", name, partial(_workbook, member, "Blad"))
        yield Case("sheet of a workbook", name, partial(_workbook, "", member))


def _workbook(member: str, sheet: str, dossier: Path) -> None:
    path = dossier.parent / "in.xlsx"
    write_sheets(path, {"Blad": [["Boekjaar", "Bedrag"], ["2025", "1"]]})
    with zipfile.ZipFile(path) as before:
        parts = {one.filename: before.read(one) for one in before.infolist()}
    safe = sheet.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("\0", "").replace("\x01", "")
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Blad"', f'name="{safe}"'.encode())
    with zipfile.ZipFile(path, "w") as after:
        for name, data in (parts | ({member: b"<x/>"} if member else {})).items():
            after.writestr(name, data)


WRITES = {
    "build": "out",
    "publish": "out",
    "freeze": "out",
    "serve": "out",
    "adopt": "",
    "text": "",
    "import": "",
    "propose": "",
}
"""Verbs that write, and what they may change: a folder beside the dossier, or (empty) the dossier."""
SLOW = ("build", "publish", "freeze", "serve")


def words(verb: str, home: Path) -> list[str]:
    """A verb as a person types it."""
    dossier, out = str(home / "dossier"), home / "out"
    file = home / "in.xlsx" if (home / "in.xlsx").exists() else home / "town/deliveries/grootboek-2026-03/grootboek.csv"
    return {
        "check": ["check", dossier, "--json"],
        "account": ["account", dossier, "--year", "2025"],
        "trace": ["trace", dossier, "result/total@2025"],
        "diff": ["diff", dossier, str(home / "town")],
        "build": ["build", dossier, "--out", str(out / "b"), "--jobs", "1"],
        "publish": ["publish", dossier, "--to", str(out / "p")],
        "freeze": ["freeze", dossier, "--out", str(out / "r"), "--audit", str(out / "a")],
        "adopt": ["adopt", dossier, SLUG, "--decision", "R1"],
        "text": ["text", dossier, "--update", "--write"],
        "import": ["import", dossier, str(file)],
        "propose": ["import", dossier, str(file), "--propose"],
    }[verb]


VERBS = (
    "check",
    "account",
    "trace",
    "diff",
    "build",
    "publish",
    "freeze",
    "serve",
    "adopt",
    "text",
    "import",
    "propose",
)


def run(verb: str, home: Path) -> int:
    """Run a verb as a person does; its exit code. Whatever it raises is raised."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        if verb == "serve":
            Live(home / "dossier", home / "out" / "s", Messages("nl")).refresh()
            return 0
        with mock.patch.object(COMPARING, "_seen", _seen_once(home / "town")), _no_workbooks(verb == "diff"):
            try:
                return main(words(verb, home))
            except SystemExit as stop:
                return int(stop.code or 0)


def _no_workbooks(wanted: bool) -> AbstractContextManager[object]:
    """What workbooks hold is no place, and takes long to write."""
    return mock.patch.object(WRITING, "workbook_bytes", return_value=b"") if wanted else contextlib.nullcontext()


@cache
def _seen_once(town: Path) -> Callable[[Path], Any]:
    """What `diff` sees of a dossier; of the town, which stays as it is, once."""
    see = COMPARING._seen
    seen = cache(see)
    return lambda path: seen(path) if path == town else see(path)


def checked(home: Path) -> tuple[Opened, int]:
    """What `check` opened, and how it ended."""
    kept: list[Opened] = []

    def keep(path: Path) -> Opened:
        kept.append(open_dossier(path))
        return kept[-1]

    with mock.patch("gebiedswerk.app.check.open_dossier", keep):
        code = run("check", home)
    return kept[0], code


@contextlib.contextmanager
def _opened_already(home: Path, opened: Opened) -> Iterator[None]:
    """Whoever opens the dossier first, and does not ask for it anew, gets what `check` opened: it did not change."""
    left = [opened]

    def again(path: Path, *, anew: bool = False) -> Opened:
        return left.pop() if left and path == home / "dossier" and not anew else open_dossier(path, anew=anew)

    with contextlib.ExitStack() as until:
        for module in OPENING:
            until.enter_context(mock.patch.object(module, "open_dossier", again))
        yield


def digest(folder: Path, without: Sequence[str] = ()) -> dict[str, str]:
    """What stands in a folder, links not followed: place → what it is."""
    found = {}
    for path in folder.rglob("*"):
        place = path.relative_to(folder).as_posix()
        if place.split("/")[0] not in without:
            kind = str(path.readlink()) if path.is_symlink() else "" if path.is_dir() else _sha256(path)
            found[place] = f"{path.lstat().st_mode:o} {kind}"
    return found


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "?"


def lay_out(folder: Path) -> Path:
    """A home with the town, something beside it that must stay, and an out folder with a link in it that leads out."""
    home = folder / "home"
    for name in ("beside", "away", "out/p", "out/b"):
        (home / name).mkdir(parents=True)
    (home / "beside" / "index.html").write_text("blijft", "utf-8")
    for name in ("p", "b"):
        (home / "out" / name / ".gebiedswerk").write_bytes(b"")
        (home / "out" / name / "link").symlink_to(home / "beside", target_is_directory=True)
    town(home / "town")
    return home


def cases(home: Path) -> list[Case]:
    """All of them."""
    return [*cells(home), *settings(home), *names(home), *archives(home)]


def hold(case: Case, home: Path, verbs: Sequence[str]) -> str:
    """One case under `check` and some verbs: nothing else changes, nothing is raised, what must be refused is named.

    Returns how it went: refused, or let through.
    """
    shutil.rmtree(home / "dossier", ignore_errors=True)
    shutil.copytree(home / "town", home / "dossier")
    (home / "in.xlsx").unlink(missing_ok=True)
    shutil.rmtree(home / "away")
    (home / "away").mkdir()
    case.lay(home / "dossier")
    with _unchanged(case, home, "check"):
        opened, code = checked(home)
    wrong = errors(opened.faults)
    assert code == (1 if wrong else 0), (case.place, case.name, "check", code)
    if case.told is not None:
        assert wrong and case.told(wrong), (case.place, case.name, [(one.code, one.file) for one in wrong])
    if not wrong:
        _hold_places(opened)
    for verb in verbs:
        with _unchanged(case, home, verb), _opened_already(home, opened):
            code = run(verb, home)
        assert code in (0, 1, 2), (case.place, case.name, verb, code)
        if wrong and verb in ("build", "publish", "freeze", "adopt"):
            assert code == 1, (case.place, case.name, verb, code)
    return "refused" if wrong else "let through"


@contextlib.contextmanager
def _unchanged(case: Case, home: Path, verb: str) -> Iterator[None]:
    """Hold that a verb changes only what it may."""
    may = WRITES.get(verb)
    without = () if may is None else (may or "dossier",)
    before = digest(home, without)
    yield
    after = digest(home, without)
    changed = {place for place in {*before, *after} if before.get(place) != after.get(place)}
    assert not changed, (case.place, case.name, verb, sorted(changed))


def _hold_places(opened: Opened) -> None:
    """Every place of the site that a green dossier makes is one, on every disk."""
    with _no_workbooks(True):
        made = make(opened)
    assert made is not None
    places = [*(page.frame.place for page in made.pages), *(file.path for file in made.data), *opened.house.files()]
    assert not [place for place in places if refusal_of_place(place)]
    assert not list(doubles(places))


QUICK = tuple(verb for verb in VERBS if verb not in (*SLOW, "check"))


def walk(share: float, part: int = 0, parts: int = 1) -> Counter[str]:
    """Hold every case of a part under `check` and another verb; a share of them under one that makes a site, too.

    Verbs take turns, so that each place meets each of them under some name; cases come in an order without one, so that
    a walk that is broken off was everywhere. A failure is told, counted, and passed.
    """
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        home = lay_out(Path(folder))
        mine = list(enumerate(cases(home)))[part::parts]
        random.Random(part).shuffle(mine)
        for number, (at, case) in enumerate(mine, start=1):
            turn = at // parts
            slow = [SLOW[turn % len(SLOW)]] if number <= share * len(mine) else []
            told[_held(case, home, [QUICK[turn % len(QUICK)], *slow])] += 1
            if number % 100 == 0 or number == len(mine):
                told["seconds of CPU"] = round(time.process_time())
                sys.stdout.write(f"part {part}, {number} of {len(mine)}: {dict(told)}\n")
                sys.stdout.flush()
    return told


def _held(case: Case, home: Path, verbs: Sequence[str]) -> str:
    try:
        return hold(case, home, verbs)
    except Exception:  # whatever it is: the walk goes on
        sys.stdout.write(f"{case.place!r} {case.name!r} {verbs}\n{traceback.format_exc()}\n")
        sys.stdout.flush()
        return "FAILED"


def main_walk(share: float, parts: int) -> int:
    """The whole walk, a process for each part; 1 where a case fails."""
    begun = time.monotonic()
    with ProcessPoolExecutor(parts, multiprocessing.get_context("spawn")) as pool:
        told = sum(pool.map(partial(walk, share, parts=parts), range(parts)), Counter())
    with tempfile.TemporaryDirectory() as folder:
        places = len({case.place for case in cases(lay_out(Path(folder)))})
    sys.stdout.write(f"{places} places: {dict(told)} in {time.monotonic() - begun:.0f} s\n")
    return 1 if told["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main_walk(float(sys.argv[1]), int(sys.argv[2])))
