"""`import --dry-run` writes nothing and says in sentences what would move, and by how much."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.importing import imported_text
from gebiedswerk.site.write_site import page_key
from tests.importing.offers import NL, everything, export, row, run, trial, visible
from tests.town import edit

SAID = ["--exported-at", "2026-09-01T08:00:00", "--accept", "--reason", "x"]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def open_page(klein: Path) -> Path:
    """The town with a page that stands on all there is, not on an earlier moment."""
    place = klein / "publications/jaarrekening-2025/publication.toml"
    lines = place.read_text("utf-8").splitlines()
    place.write_text("\n".join(line for line in lines if not line.startswith("as_of")) + "\n", "utf-8")
    return klein


def test_sentences(open_page: Path) -> None:
    """A large invoice: figures, claims and pages, largest first."""
    klein = open_page
    said = "\n".join(imported_text(trial(klein, export(klein, row(500_000))), klein, NL))
    assert "  Uitgegeven 2025, Noorderwijk: van 47.285,54 naar 52.285,54 euro (+5.000,00)" in said
    assert "  Resultaat 2025, alle posten samen: van 4.424,99 naar −575,01 euro (−5.000,00)" in said
    assert "publications/jaarrekening-2025/index.md, regel" in said
    assert "(result/total@2025) wordt" in said
    assert "publicaties/jaarrekening-2025/index.html, gebieden/noorderwijk/index.html" in said


def test_what_is_said_happens(open_page: Path) -> None:
    """The figures, claims and pages of the dossier after the import are those that were told before it."""
    klein = open_page
    file = export(klein, row(500_000), row(-1_234, "7130"))
    before = open_dossier(klein)
    told = trial(klein, file).difference
    assert told is not None
    run(klein, file)
    after = open_dossier(klein)
    assert before.newest and after.newest
    moved = 0
    for address in after.newest.addresses():
        moved += before.newest.figure(address).cents != after.newest.figure(address).cents
    assert told.figures == moved
    for one in told.told:
        assert before.newest.figure(one.what).cents == one.before
        assert after.newest.figure(one.what).cents == one.after
    assert [abs(one.by) for one in told.told] == sorted((abs(one.by) for one in told.told), reverse=True)
    false = [claim for text in after.texts for claim in text.claims if not claim.verdict.holds]
    assert false
    assert {claim.written for claim in told.claims} == {claim.written for claim in false}
    made = [make(before), make(after)]
    keys = [{page.frame.path: page_key(page, "") for page in one.pages} for one in made if one]
    changed = sum(keys[0].get(path) != key for path, key in keys[1].items())
    assert len(told.pages) + told.sources + told.stamped <= changed  # after it all pages say that it does not add up


def test_a_page_that_stands_on_an_earlier_moment_does_not_move(klein: Path) -> None:
    """Its claims are about what was known then."""
    told = trial(klein, export(klein, row(500_000))).difference
    assert told is not None
    assert told.claims == ()
    areas = ["gebieden/noorderwijk/index.html", "gebieden/noorderwijk/2025/index.html"]
    assert [*told.pages] == ["index.html", *areas, "bronnen/index.html"]


def test_nothing_is_written(klein: Path) -> None:
    file = export(klein, row(500_000))
    before, names = visible(klein), everything(klein)
    trial(klein, file)
    assert (visible(klein), everything(klein)) == (before, names)


def test_a_tranche_moves(klein: Path) -> None:
    """Money of 2025 that was lengthened: less is left of it."""
    edit(klein, "dossier.toml", "years = 1", "years = 2")
    told = trial(klein, export(klein, row(10_000))).difference
    assert told is not None
    moved = {(one.what.line, one.what.year, one.what.origin): one.by for one in told.tranches}
    assert moved["NRD", 2025, 2025] == -10_000
    said = "\n".join(imported_text(trial(klein, export(klein, row(10_000))), klein, NL))
    assert "Noorderwijk, eind 2025, uit het budget van 2025: van" in said


def test_the_rest_is_counted(klein: Path) -> None:
    """Not more than a person reads."""
    rows = [row(1_000 + at, centre) for at, centre in enumerate(("7100", "7110", "7120", "7130", "7140", "7149"))]
    said = list(imported_text(trial(klein, export(klein, *rows)), klein, NL))
    assert any(line.startswith("  andere cijfers, kleiner of hieruit volgend:") for line in said)
    assert len(said) < 50


def test_nothing_moves(klein: Path) -> None:
    """The same postings in another order of bytes: only the moment is newer."""
    said = list(imported_text(trial(klein, export(klein, "")), klein, NL))
    assert "Geen cijfer verandert." in said
    assert "Alle cijfers in de tekst blijven kloppen." in said


def test_by_command(klein: Path, capsys: Captured) -> None:
    """The command says the same, and that nothing was written; a closed year is still a fault."""
    file = export(klein, row(500_000))
    words = ["import", str(klein), str(file), "--exported-at", "2026-09-01T08:00:00", "--dry-run"]
    assert main([*words, "--accept", "--reason", "nagekomen"]) == 0
    out = capsys.readouterr().out
    assert "(+5.000,00)" in out and out.endswith("Er is niets geschreven.\n")
    assert main([*words, "--accept"]) == 2
    assert "--accept vraagt een reden" in capsys.readouterr().err
    assert main([*words, "--reason", "nagekomen"]) == 1  # a reason for the journal alone
    assert "I105" in capsys.readouterr().err
    assert main(words) == 1
    printed = capsys.readouterr()
    assert "(+5.000,00)" in printed.out
    assert "I105" in printed.err


def test_without_an_account_it_says_so(klein: Path, capsys: Captured) -> None:
    """A dossier that does not fit together: nothing can be said of figures."""
    edit(klein, "budget_line_years.csv", "NRD", "XXX")
    file = export(klein, row(500_000))
    assert main(["import", str(klein), str(file), "--dry-run", *SAID]) == 0
    assert "niet te zeggen" in capsys.readouterr().out


def test_in_english(open_page: Path, capsys: Captured) -> None:
    file = export(open_page, row(500_000))
    assert main(["import", str(open_page), str(file), "--dry-run", *SAID, "--lang", "en"]) == 0
    assert "Claims that would be false:" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        *(["--years", "20x"], ["--periods", "5-"], ["--periods", "0-100"], ["--id", "../weg"], ["--profile", "a/b"]),
        *(["--exported-at", "2026-01-01T00:00:00+02:00"], ["--kind", "iets"]),
    ],
)
def test_wrong_use(klein: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["import", str(klein), "x.csv", *words])
    assert stopped.value.code == 2
