"""Random changes of a dossier, as they come in an office: each of a kind, by a seed."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from gebiedswerk.app.adopt import adopt

Change = Callable[[Path, Random], None]
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WORDS = ("plein", "brug", "haven", "2 lanen", "<b>&", "Één")


def a_cell(dossier: Path, random: Random) -> None:
    """Another cell in a table of the dossier or of its work: a day, a number, a word, or nothing."""
    path, header, rows = a_table(dossier, random)
    row = random.choice(rows)
    at = random.randrange(len(row))
    row[at] = other(row[at], random)
    write(path, [header, *rows])


def a_table(dossier: Path, random: Random) -> tuple[Path, list[str], list[list[str]]]:
    """A table that has rows: its place, header and rows."""
    tables = sorted([*dossier.glob("*.csv"), *dossier.glob("work/*.csv")])
    path = random.choice([path for path in tables if len(path.read_text("utf-8").splitlines()) > 1])
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    return path, header, rows


def other(text: str, random: Random) -> str:
    """Another text of the same kind."""
    if DAY.fullmatch(text):
        return (datetime.fromisoformat(text) + timedelta(random.choice((-400, -1, 1, 30)))).date().isoformat()
    if re.fullmatch(r"-?[0-9]+", text):
        return str(int(text) + random.choice((-1, 1, 7)))
    if re.fullmatch(r"-?[0-9]+\.[0-9]{2}", text):
        return f"{float(text) + random.choice((-1000, 0.01, 1, 250_000)):.2f}"
    return random.choice(("", f"{text} {random.choice(WORDS)}", f"{text}{random.randrange(9)}"))


def a_row_gone(dossier: Path, random: Random) -> None:
    """A row is removed."""
    path, header, rows = a_table(dossier, random)
    del rows[random.randrange(len(rows))]
    write(path, [header, *rows])


def a_row_more(dossier: Path, random: Random) -> None:
    """A row that is there comes a second time, under another key."""
    path, header, rows = a_table(dossier, random)
    at = random.randrange(len(rows))
    new = [f"{rows[at][0]}{random.randrange(100, 999)}", *rows[at][1:]]
    if "slug" in header:
        new[header.index("slug")] += str(random.randrange(100, 999))
    write(path, [header, *rows[: at + 1], new, *rows[at + 1 :]])


def a_name(dossier: Path, random: Random) -> None:
    """An area or a line gets another name."""
    path = dossier / random.choice(("areas.csv", "budget_line_years.csv"))
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    random.choice(rows)[header.index("name")] += f" {random.choice(WORDS)}"
    write(path, [header, *rows])


def a_posting(dossier: Path, random: Random) -> None:
    """A posting of another amount, in the file of a delivery that is a table; its control total goes along."""
    path = random.choice(sorted(dossier.glob("deliveries/*/*.csv")))
    raw = path.read_bytes()
    text = raw.decode("windows-1252")
    found = list(re.finditer(r"(?<=;)[0-9.]*[0-9],[0-9]{2}(?=[;\r\n])", text))
    if not found:
        return
    one = random.choice(found)
    cents = int(re.sub("[.,]", "", one[0])) + random.choice((1, 100, 123_456))
    path.write_bytes((text[: one.start()] + f"{cents // 100},{cents % 100:02d}" + text[one.end() :]).encode("cp1252"))
    toml = path.with_name("delivery.toml")
    toml.write_text(re.sub(r"\[control\]\n(?:.+\n?)*", "", toml.read_text("utf-8")), "utf-8")


def words_of_a_posting(dossier: Path, random: Random) -> None:
    """A word of a posting."""
    path = random.choice(sorted(dossier.glob("deliveries/*/*.csv")))
    header, *rows = path.read_bytes().split(b"\n")
    at = random.randrange(len(rows))
    rows[at] = re.sub(rb"(?<=;)([A-Z][a-z]{3,})", rb"\1s", rows[at], count=1)
    path.write_bytes(b"\n".join([header, *rows]))


def a_text(dossier: Path, random: Random) -> None:
    """A sentence, a heading or a word in a text."""
    path = random.choice(sorted(dossier.glob("publications/*/*.md")))
    text = path.read_text("utf-8")
    kind = random.randrange(3)
    if kind == 0:
        text += f"\nDit gaat over {random.choice(WORDS[:3])[-6:]}.\n".replace("2 ", "")
    elif kind == 1:
        text += f"\n## Over {random.choice(('wegen', 'groen', 'water'))}\n\nMeer staat in de bijlage.\n"
    else:
        lines = text.split("\n")
        at = random.randrange(len(lines))
        text = "\n".join([*lines[:at], *lines[at + 1 :]])
    path.write_text(text, "utf-8")


def a_setting(dossier: Path, random: Random) -> None:
    """A setting of the dossier: its unit, languages, name, address, search, rule of the term."""
    path = dossier / "dossier.toml"
    text = path.read_text("utf-8")
    old, new = random.choice(
        (
            (r"unit = \d+", f"unit = {random.choice((1, 1000))}"),
            (r'language = "nl"\n', 'language = "nl"\nlanguages = ["en"]\n'),
            (r"languages = \[.*\]\n", ""),
            (r'language = "nl"', 'language = "en"'),
            (r'language = "en"', 'language = "nl"'),
            (r'(name = "[^"]*)"', r'\1e"'),
            (r'(explanation = "[^"]*)"', r'\1 Echt."'),
            (r"years = \d", f"years = {random.choice((1, 2, 3))}"),
            (r'expiry = "[a-z-]*"', f'expiry = "{random.choice(("release", "stay"))}"'),
            (r"\Z", '\n[open_data]\naddress = "https://open.voorbeeld.nl"\n'),
            (r"\n\[open_data\]\naddress = .*\n", "\n"),
            (r"\Z", "\n[site]\nsearch = true\n"),
            (r"search = true", "search = false"),
            (r"smallest_group = \d+", f"smallest_group = {random.choice((3, 5, 9))}"),
        )
    )
    path.write_text(re.sub(old, new, text, count=1), "utf-8")


def a_publication(dossier: Path, random: Random) -> None:
    """A publication is of another moment, status or title, or says another unit."""
    path = random.choice(sorted(dossier.glob("publications/*/publication.toml")))
    text = path.read_text("utf-8")
    old, new = random.choice(
        (
            (r"as_of = .*", f"as_of = 2026-0{random.randrange(1, 7)}-15T12:00:00"),
            (r"as_of = .*\n", ""),
            (r"published_at = .*", f"published_at = 2026-07-0{random.randrange(1, 9)}T09:00:00"),
            (r'status = "published"', 'status = "draft"'),
            (r'status = "draft"', 'status = "published"'),
            (r'(title = "[^"]*)"', r'\1 (2)"'),
            (r"\Z", f"\nunit = {random.choice((1, 1000))}\n"),
        )
    )
    path.write_text(re.sub(old, new, text, count=1), "utf-8")


def an_adoption(dossier: Path, random: Random) -> None:
    """The council adopts an account."""
    adopt(dossier, random.choice(sorted(one.name for one in dossier.glob("publications/*"))), None, "Raadsbesluit 12")


def a_delivery(dossier: Path, random: Random) -> None:
    """A file is delivered again, exported later."""
    path = random.choice(sorted(dossier.glob("deliveries/*/delivery.toml"))).parent
    new = path.with_name(f"{path.name}-{random.randrange(100, 999)}")
    shutil.copytree(path, new)
    text = (new / "delivery.toml").read_text("utf-8")
    moment = f"exported_at = 2026-0{random.randrange(4, 9)}-11T08:00:00"
    (new / "delivery.toml").write_text(re.sub(r"exported_at = .*", moment, text), "utf-8")


def a_delivery_gone(dossier: Path, random: Random) -> None:
    """A delivery is taken away."""
    found = sorted(dossier.glob("deliveries/*/delivery.toml"))
    if len(found) > 1:
        shutil.rmtree(random.choice(found).parent)


def another_place(dossier: Path, random: Random) -> None:
    """A publication gets another folder, a table another order."""
    if random.randrange(2):
        path = random.choice(sorted(dossier.glob("publications/*")))
        path.rename(path.with_name(f"{path.name[:20]}-{random.randrange(100, 999)}"))
        return
    path, header, rows = a_table(dossier, random)
    random.shuffle(rows)
    write(path, [header, *rows])


def write(path: Path, rows: list[list[str]]) -> None:
    """Write a table."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), "utf-8")


def another_file(dossier: Path, random: Random) -> None:
    """A number in a file that is no table or text: settings, shapes, Iv3, a profile, the look of the site."""
    files = [path for path in sorted(dossier.rglob("*")) if path.suffix in (".toml", ".json", ".geojson", ".css")]
    path = random.choice([one for one in files if "journal" not in one.parts])
    text = path.read_text("utf-8")
    found = list(re.finditer(r"[0-9]+", text))
    if found:
        one = random.choice(found)
        path.write_text(text[: one.start()] + str(int(one[0]) + random.choice((1, 10))) + text[one.end() :], "utf-8")


KINDS: Mapping[Change, int] = {
    a_cell: 6,
    a_row_gone: 2,
    a_row_more: 2,
    a_name: 2,
    a_posting: 5,
    words_of_a_posting: 1,
    a_text: 3,
    a_setting: 3,
    a_publication: 3,
    an_adoption: 1,
    a_delivery: 1,
    a_delivery_gone: 1,
    another_place: 1,
    another_file: 2,
}
"""A kind of change, and how often it comes."""
