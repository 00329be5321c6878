"""Publishing swaps one link, keeps earlier versions, and lets every former address answer."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path

import pytest

from gebiedswerk.app.publish import publish
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.places import DELIVERIES
from gebiedswerk.cli.main import main
from gebiedswerk.dossier.tables import Redirect
from gebiedswerk.release.redirects import caddy_map, moved, nginx_map
from tests.release.releases import tree
from tests.town import TEXT, add_to_posting, append, edit, export_rows
from tests.whole.test_exact_pages import amounts, shown

SLUG = "publicaties/jaarrekening-2025"
HEADER = "old,new,note\n"
ENDINGS = ("docx", "htm", "html", "pdf")
"""The forms of a page of a publication."""


def rule(old: str, new: str, row: int = 2) -> Redirect:
    return Redirect(row=row, old=old, new=new)


def move_a_cent(dossier: Path) -> None:
    """A cent more was spent in Noorderwijk in 2025."""
    rows = enumerate(export_rows(dossier), start=2)
    add_to_posting(dossier, next(n for n, r in rows if r["Boekjaar"] + r["Kostenplaats"] == "20257120"), 1)


def test_the_same_dossier_twice_changes_nothing(klein: Path, tmp_path: Path) -> None:
    """The same link, the same bytes; elsewhere the same bytes too."""
    first, faults = publish(klein, tmp_path / "live")
    assert first is not None, faults
    target, before = (tmp_path / "live" / "live").readlink(), tree(tmp_path / "live")
    publish(klein, tmp_path / "live")
    assert (tmp_path / "live" / "live").readlink() == target
    assert tree(tmp_path / "live") == before
    publish(klein, tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "live").readlink() == target


def test_an_earlier_version_is_kept_and_says_what_changed(klein: Path, tmp_path: Path) -> None:
    """A sentence and a figure change: version 1 stays as it was, its links hold, and a page lists both changes."""
    publish(klein, tmp_path / "live")
    site = tmp_path / "live" / "live" / "site"
    former = (site / SLUG / "index.html").read_text("utf-8")
    edit(klein, TEXT, "Wie meer wil weten", "Wie nog meer wil weten")
    move_a_cent(klein)
    found, faults = publish(klein, tmp_path / "live")
    assert found is not None, faults
    assert found.versions == {"jaarrekening-2025": 2}
    kept = (site / SLUG / "versies" / "1" / "index.html").read_text("utf-8")
    assert "Wie meer wil weten" in kept
    assert "eerdere versie" in kept
    assert "eerdere versie" not in former
    page = (site / SLUG / "versies" / "index.html").read_text("utf-8")
    assert "Wie nog meer wil weten" in page
    assert "47.285,54" in page
    assert "47.285,55" in page
    assert "Alle 2 versies" in (site / SLUG / "index.html").read_text("utf-8")
    broken = [link for path in sorted((site / SLUG / "versies").rglob("*.html")) for link in lost(site, path)]
    assert broken == []


def lost(site: Path, path: Path) -> list[str]:
    """Links of a page that lead to no file of the site."""
    links = re.findall(r'\b(?:href|src)="([^"#?]+)', path.read_text("utf-8"))
    here = [link for link in links if not re.match(r"[a-z]+:", link)]
    place = path.relative_to(site).parent.as_posix()
    return [f"{path}: {link}" for link in here if not (site / posixpath.normpath(f"{place}/{link}")).is_file()]


def test_versions_are_never_overwritten(klein: Path, tmp_path: Path) -> None:
    """Three publications: the first two stay, byte for byte; the same once more makes no fourth."""
    live = tmp_path / "live"
    publish(klein, live)
    append(klein, TEXT, "\nTweede.")
    publish(klein, live)
    first = tree(live / "live" / "site" / SLUG / "versies" / "1")
    append(klein, TEXT, "\nDerde.")
    for _ in range(2):
        found, _ = publish(klein, live)
        assert found is not None
        assert found.versions == {"jaarrekening-2025": 3}
        versions = live / "live" / "site" / SLUG / "versies"
        assert tree(versions / "1") == first
        assert sorted(path.name for path in versions.iterdir()) == ["1", "2", "index.html"]


@pytest.mark.parametrize("delivery", ["grootboek-2026-03", "eerdere-export"])
def test_a_row_taken_down_is_gone_from_earlier_versions(klein: Path, tmp_path: Path, delivery: str) -> None:
    """Its words, codes and day are nowhere in what is live, its amount stays; also where an earlier version has it from
    an earlier export. All else in that version stays as it was.
    """
    publish(klein, tmp_path / "live")
    site = tmp_path / "live" / "live" / "site"
    for path in [site / SLUG / "cijfers/noorderwijk/2024.html", site / SLUG / "data/boekingen.csv"]:
        path.write_text(path.read_text("utf-8").replace("grootboek-2026-03", delivery), "utf-8")
    before = tree(site / SLUG)
    rows = before["data/boekingen.csv"].decode().splitlines()
    number, row = next((at, row) for at, row in enumerate(rows) if row.startswith(f"{delivery}:6,"))
    text = "grootboek-2026-03:6,B2026-09,2026-09-01,Op verzoek"
    (klein / "takedowns.csv").write_text(f"posting,decision,decided_on,reason\n{text}\n", "utf-8")
    append(klein, TEXT, "\nEen nieuwe zin.")
    found, faults = publish(klein, tmp_path / "live")
    assert found is not None, faults
    kept = tree(site / SLUG / "versies" / "1")
    rows[number] = row.replace(",1,,", ",1,taken_down,").partition("noorderwijk,")[0] + "noorderwijk" + "," * 14
    assert kept["data/boekingen.csv"].decode().splitlines() == rows
    page = kept["cijfers/noorderwijk/2024.html"].decode()
    assert "25 februari 2024" in before["cijfers/noorderwijk/2024.html"].decode()
    assert "25 februari 2024" not in page
    assert "8.367,18" in page
    if delivery == "grootboek-2026-03":
        live = tree(site / SLUG / "data")
        assert {name: data for name, data in kept.items() if name.startswith("data/")} == {
            f"data/{name}": data for name, data in live.items()
        }
    pages = {name for name in before if name.endswith(".html") and name != "cijfers/noorderwijk/2024.html"}
    assert not [name for name in pages if b"weggehaald" in kept[name]]
    again, _ = publish(klein, tmp_path / "live")
    assert again is not None
    assert tree(site / SLUG / "versies" / "1") == kept


def test_a_draft_leaves_no_version(klein: Path, tmp_path: Path) -> None:
    toml = klein / "publications" / "jaarrekening-2025" / "publication.toml"
    text = toml.read_text("utf-8")
    toml.write_text(re.sub(r'status = "\w+"', 'status = "draft"', text), "utf-8")
    publish(klein, tmp_path / "live")
    toml.write_text(text, "utf-8")
    append(klein, TEXT, "\nDefinitief.")
    found, faults = publish(klein, tmp_path / "live")
    assert found is not None, faults
    assert found.versions == {"jaarrekening-2025": 1}
    assert not (found.site / SLUG / "versies").exists()


def test_an_address_that_would_vanish_is_refused(klein: Path, tmp_path: Path) -> None:
    """A slug changes: every address that goes is named, and the former site stays; with rules they all answer."""
    live = tmp_path / "live"
    publish(klein, live)
    before = tree(live / "live")
    edit(klein, "areas.csv", "oosteinde", "oost")
    found, faults = publish(klein, live)
    assert found is None
    gone = [one.value for one in faults if one.code == "Z120"]
    assert "gebieden/oosteinde/index.html" in gone
    assert tree(live / "live") == before
    (klein / "redirects.csv").write_text(
        HEADER
        + "/gebieden/oosteinde/*,/gebieden/oost/*,\n"
        + "cijfers/gebied-oosteinde/*,cijfers/gebied-oost/*,\n"
        + f"{SLUG}/cijfers/gebied-oosteinde/*,{SLUG}/cijfers/gebied-oost/*,\n"
        + "https://oud.example.org/wijk?nr=4,gebieden/oost/,\n"
        + "/oost,gebieden/oost/index.html,\n",
        "utf-8",
    )
    found, faults = publish(klein, live)
    assert found is not None, [(one.code, one.value) for one in faults]
    site = live / "live" / "site"
    assert not [place for place in before if place.startswith("site/") and not (live / "live" / place).is_file()]
    page = (site / "gebieden/oosteinde/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="../oost/index.html">' in page
    assert '<meta http-equiv="refresh" content="0; url=../oost/index.html">' in page
    assert "<script" not in page
    assert (site / "oost" / "index.html").is_file()
    assert '"/oost/index.html" "/gebieden/oost/index.html";' in (live / "live" / "redirects.nginx").read_text("utf-8")
    assert '"oud.example.org/wijk?nr=4"' in (live / "live" / "redirects.nginx").read_text("utf-8")
    (klein / "redirects.csv").unlink()
    again, faults = publish(klein, live)
    assert again is None
    assert {one.code for one in faults} >= {"Z120"}


def test_rules_that_lead_nowhere_in_a_circle_or_over_a_page() -> None:
    """Z121, Z122 and Z123; a chain leads to its end."""
    new = ["index.html", "b/index.html"]
    assert moved([rule("a", "c"), rule("c", "b")], ["a/index.html"], new).places == {
        "a/index.html": "b",
        "c/index.html": "b",
    }
    for rules, code in [
        ([rule("a", "nowhere")], "Z121"),
        ([rule("a", "c"), rule("c", "a", 3)], "Z122"),
        ([rule("a/*", "a/x/*")], "Z122"),
        ([rule("b", "index.html")], "Z123"),
        ([rule("https://old.example/x", "nowhere")], "Z121"),
        ([], "Z120"),
    ]:
        found = moved(rules, ["a/index.html"] if code != "Z123" else [], new)
        assert code in [one.code for one in found.faults], (rules, found)
    assert moved([rule("a", "../../etc/passwd")], ["a/index.html"], new).faults[0].code == "Z121"


def test_maps_say_no_more_than_addresses() -> None:
    """Quotes, semicolons, braces and dollars of a table are no language of a server."""
    evil = rule('https://old.example/x"; return 200 $host {', 'https://new.example/"}\n; $x')
    for text in (nginx_map([evil], {'a";': '$b"'}, ""), caddy_map([evil], {'a";': '$b"'}, "")):
        found = [line for line in text.splitlines() if "example" in line or "%22" in line]
        assert found
        for line in found:
            assert line.count('"') in (0, 4), line
            assert "$" not in line, line


def test_only_pages_that_show_something_else_are_rendered_again(klein: Path, tmp_path: Path) -> None:
    """Pages that did not change are the same files on the disk as in the former release."""
    live = tmp_path / "live"
    publish(klein, live)
    before = {path: (live / "live" / "site" / path).stat().st_ino for path in ("index.html", "begrippen.html")}
    edit(klein, TEXT, "Wie meer wil weten", "Wie nog meer wil weten")
    publish(klein, live)
    after = {path: (live / "live" / "site" / path).stat().st_ino for path in before}
    assert after == before


def test_a_folder_that_is_not_ours_is_left_alone(klein: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    found, faults = publish(klein, tmp_path / "thesis")
    assert found is None
    assert [one.code for one in faults] == ["B101"]
    assert tree(tmp_path / "thesis") == {"chapter.txt": b"mine"}


def test_the_command(klein: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(klein), "--to", str(tmp_path / "live")]) == 0
    assert "jaarrekening-2025: versie 1" in capsys.readouterr().out


def test_a_page_that_is_removed_leads_on_by_a_rule(
    klein: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command names the missing addresses and what to do; with a row in `redirects.csv` it goes through."""
    extra = klein / "publications" / "jaarrekening-2025" / "vooraf.md"
    extra.write_text("# Vooraf\n\nEen woord vooraf.\n", "utf-8")
    command = ["publish", str(klein), "--to", str(tmp_path / "live")]
    assert main(command) == 0
    live = tmp_path / "live" / "live"
    gone = [f"{SLUG}/{name}" for name in ("jaarrekening-2025.pdf", *(f"vooraf.{one}" for one in ENDINGS))]
    assert [place for place in gone if (live / "site" / place).is_file()] == gone
    before = tree(live)
    extra.unlink()
    capsys.readouterr()
    assert main(command) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "Z120" in said
    assert "redirects.csv" in said
    assert main([*command, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["faults"]
    assert [one["value"] for one in told if one["code"] == "Z120"] == gone
    assert tree(live) == before
    rules = "".join(f"{place},{SLUG}/index.{place.rpartition('.')[2]},\n" for place in gone)
    (klein / "redirects.csv").write_text(HEADER + rules, "utf-8")
    assert main(command) == 0
    assert f'"/{SLUG}/vooraf.html" "/{SLUG}/index.html";' in (live / "redirects.nginx").read_text("utf-8")
    assert f'redir "/{SLUG}/vooraf.html" "/{SLUG}/index.html" permanent' in (live / "redirects.caddy").read_text(
        "utf-8"
    )
    assert "url=index.html" in (live / "site" / SLUG / "vooraf.html").read_text("utf-8")
    for ending in {*ENDINGS} - {"html"}:
        there = live / "site" / SLUG
        assert (there / f"vooraf.{ending}").read_bytes() == (there / f"index.{ending}").read_bytes()


def test_a_moved_posting_changes_exactly_the_live_pages_that_show_it(klein: Path, tmp_path: Path) -> None:
    """As `test_exact_pages` counts them, in the live folder: no other page has another byte, came or went."""
    publish(klein, tmp_path / "live")
    live = tmp_path / "live" / "live" / "site"
    before, then = tree(live), amounts(open_dossier(klein))
    row = next(n for n, r in enumerate(export_rows(klein), start=2) if r["Boekjaar"] + r["Kostenplaats"] == "20247130")
    add_to_posting(klein, row, 10_000)
    found, faults = publish(klein, tmp_path / "live")
    assert found is not None, faults
    after, now = tree(live), amounts(open_dossier(klein))
    moved_figures = {place for place in then.keys() | now.keys() if then.get(place) != now.get(place)}
    pages = {name for name in before if name.endswith(".html")}
    assert {name for name in after if name.endswith(".html")} == pages
    dependent = {name for name in pages if not moved_figures.isdisjoint(shown(name, before[name].decode()))}
    assert {name for name in pages if after[name] != before[name]} == dependent | {DELIVERIES}
    assert 5 < len(dependent) < len(pages) / 2
