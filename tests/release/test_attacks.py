"""Ways to show another figure than the ledger has, that change no figure where a reader of files would look for it.

Each is written in a release that is right, with a manifest that fits: `verify` refuses it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gebiedswerk.app.freeze import freeze
from tests.release.releases import reseal, tree, wrong
from tests.release.test_verify_edges import town

PAGE, SOURCE, HOME = "site/publicaties/p/index.html", "site/cijfers/a/2018.html", "site/index.html"
FIGURE, END = b">42<", b"</main>"
"""What the only sentence of the town says, 42 euro, and where its page ends."""


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacked")
    made, faults = freeze(town(folder / "dossier"), folder / "public")
    assert made is not None, faults
    return folder / "public"


def put(public: Path, place: str, data: bytes) -> None:
    """Write a file of a release, new or other."""
    (public / place).parent.mkdir(parents=True, exist_ok=True)
    (public / place).write_bytes(data)


def instead(place: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def attack(public: Path) -> None:
        data = (public / place).read_bytes()
        assert old in data, (place, old)
        put(public, place, data.replace(old, new, 1))

    return attack


def behind(place: str, more: bytes) -> Callable[[Path], None]:
    """The same file with something behind it."""
    return lambda public: put(public, place, (public / place).read_bytes() + more)


def new(place: str, data: bytes) -> Callable[[Path], None]:
    return lambda public: put(public, place, data)


def in_form(ending: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """The first file of this form that is another after the change."""

    def attack(public: Path) -> None:
        files = {place: data for place, data in tree(public).items() if place.startswith("site/")}
        place = next(place for place, data in files.items() if place.endswith(ending) and change(data) != data)
        put(public, place, change(files[place]))

    return attack


def digit(data: bytes) -> bytes:
    """The last digit another."""
    return re.sub(rb"[0-9](?=[^0-9]*\Z)", lambda one: b"7" if one[0] != b"7" else b"8", data)


ATTACKS: dict[str, Callable[[Path], None]] = {
    "words by a style": instead(PAGE, b"</head>", b'<style>.prose::after{content:"43"}</style></head>'),
    "a style from elsewhere": instead(
        PAGE, b"</head>", b'<link rel="stylesheet" href="https://x.example/a.css"></head>'
    ),
    "a script from elsewhere": instead(
        PAGE, b"</head>", b'<script type="module" src="https://x.example/a.js"></script></head>'
    ),
    "a style of our own with words": behind("site/assets/style.css", b'.prose::after{content:"43"}'),
    "a style that hides": behind("site/assets/style.css", b".prose{display:none}"),
    "read out otherwise": instead(PAGE, FIGURE, b' aria-label="43">42<'),
    "a title that pops up": instead(PAGE, FIGURE, b' title="43">42<'),
    "hidden behind the true one": instead(PAGE, FIGURE, b'>42<span class="hidden">43</span><'),
    "the true one hidden": instead(PAGE, FIGURE, b'><span class="hidden">42</span>43<'),
    "turned by a sign": instead(PAGE, FIGURE, ">\u202e24\u202c<".encode()),
    "a sign that nobody sees": instead(PAGE, FIGURE, ">4\u200b2<".encode()),
    "digits of another script": instead(PAGE, FIGURE, ">\u0664\u0663<".encode()),
    "a number in words": instead(PAGE, END, b"<p>Het waren drieenveertig euro.</p></main>"),
    "a sentence twice": instead(PAGE, END, b"<p>Het was 43 euro.</p></main>"),
    "a word that turns the figure": instead(PAGE, b"Het was", b"Het was nooit"),
    "a drawing": instead(PAGE, END, b'<figure><svg width="9" height="9"><text>43</text></svg></figure></main>'),
    "a number that calls itself free": instead(PAGE, FIGURE, b'><span class="free">43</span><'),
    "a true figure at another link": instead(PAGE, b"#realised", b"#budget"),
    "a link out of the site": instead(PAGE, b'href="cijfers', b'href="https://x.example/cijfers'),
    "a refresh": instead(HOME, b"<head>", b'<head><meta http-equiv="refresh" content="0;url=https://x.example/">'),
    "a feed or calendar": in_form(".ics", digit),
    "a column more": in_form(".csv", lambda data: b"".join(line + b",43\n" for line in data.splitlines())),
    "a row more": in_form(".csv", lambda data: data + data.splitlines(keepends=True)[-1]),
    "a page more": new("site/nieuws.html", b"<!DOCTYPE html><html lang=nl><p>43</p></html>"),
    "a page in another folder": new("site/cijfers/a/index.html", b"<!DOCTYPE html><p>43"),
    "a file for a server": new("site/.htaccess", b"Redirect / https://x.example/\n"),
    "a worker": new("site/sw.js", b"self.onfetch=0"),
    "a picture": new("site/assets/cijfer.svg", b"<svg><text>43</text></svg>"),
    "a read-me beside it": new("LEESMIJ.txt", b"Het was 43 euro."),
    "a table of nobody": new("tables/x.csv", b"a\n43\n"),
    "a text of nobody": new("tables/publications/p/extra.md", b"43\n"),
    "another moment": instead("deliveries.json", b"2019", b"2018"),
    "another town": instead("settings.json", b'"municipality": "', b'"municipality": "Y'),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_another_figure_is_refused(right: Path, tmp_path: Path, name: str) -> None:
    public = Path(shutil.copytree(right, tmp_path / "public"))
    before = tree(public)
    ATTACKS[name](public)
    after = tree(public)
    changed = [place for place in after if after[place] != before.get(place)]
    assert changed
    reseal(public, *changed)
    assert wrong(public)


def test_nothing_is_refused_that_was_not_attacked(right: Path) -> None:
    assert wrong(right) == []
