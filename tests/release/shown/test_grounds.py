"""Names with numbers in them are no figures, and no figure passes for a name: held without making anything again."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import cast

import pytest

from gebiedswerk.app.freeze import freeze
from gebiedswerk.language.numerals import MARK, numerals
from gebiedswerk.release.recount import Recount
from gebiedswerk.release.shown.grounds import FURTHEST, Grounds
from tests.release.releases import wrong
from tests.work import with_work

NAMES = (
    "Wijk 12",
    "Zuid 1\ufe0f\u20e3",
    "Plein 1940-1945",
    "Dorpsstraat 45",
    "De drie linden",
    "Kade 3 (zuid)",
    "'t Zand 2",
)
"""Names of areas and of an initiative, each with a number in it in digits or in words."""
LINE = "Een lange zin van Wilgendam, " * 20 + "met 7 namen"


class Cells(Grounds):
    """Grounds of a release with these names and nothing else."""

    def __init__(self) -> None:
        super().__init__(Path(), cast(Recount, None))

    @cached_property
    def _cells(self) -> list[tuple[str, str]]:
        return [("name", name) for name in (*NAMES, LINE, "12", "45.000", "Zonder getal")]


def unnamed(words: str, *more: str) -> list[str]:
    """The numbers of a run of words that stand in no name."""
    return [one.text for one in Cells().numbers_in(words, more)]


def test_a_number_alone_is_no_name() -> None:
    """Nor are words without one."""
    assert {"12", "45.000", "Zonder getal"}.isdisjoint(Cells().names)
    assert Cells().names == {" ".join(name.split()) for name in (*NAMES, LINE) if numerals(name)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "around", ["{}", "In {}.", "({})", "{}, Noord en {}", "a {} b", "«{}»", f"{MARK} {{}}:\n9 juni"]
)
def test_a_name_in_a_sentence_is_no_figure(name: str, around: str) -> None:
    assert unnamed(around.format(*[name] * 2)) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Er ging 12 om", ["12"]),
        ("12", ["12"]),
        ("Wijk\n12", ["12"]),
        (f"Wijk {MARK} 12", ["12"]),
        ("Er ging 12 miljoen euro om", ["12"]),
        ("Er ging 45.000 euro om", ["45.000"]),
        ("Wijk 12.000 euro", ["12.000"]),
        ("Wijk 12,5", ["12,5"]),
        ("Wijk 1", ["1"]),
        ("Wijk 123", ["123"]),
        ("Nieuwijk 12", ["12"]),
        ("Wijken 12", ["12"]),
        ("In Wijk 12 ging 12 om", ["12"]),
        ("Wijk 12 12", ["12"]),
        ("Wijk -12", ["-12"]),
        ("Kade 3", ["3"]),
        (LINE + " en 8", ["7", "8"]),
        ("linden drie miljoen", ["drie miljoen"]),
    ],
)
def test_no_figure_passes_for_a_name(words: str, value: list[str]) -> None:
    """The number of a name beside other words, half a name, or another number beside its words."""
    assert unnamed(words) == value


def test_a_page_has_names_of_its_own() -> None:
    """And a name that is longer than is looked for around a number stands only as a whole line."""
    assert unnamed("Zie bladzijde 2 hier", "bladzijde 2") == []
    assert unnamed(f"{LINE}\n{LINE}") == []
    long = " ".join(["woord"] * FURTHEST + ["4"])
    assert (unnamed(f"nu {long}", long), unnamed(long, long)) == (["4"], [])


def test_a_town_with_such_names_is_right(klein: Path, tmp_path: Path) -> None:
    """In tables, titles, what is read out, and links such as `Wijk 12, eigen deel`, which are no figures."""
    dossier = with_work(klein)
    first, second, *_ = NAMES
    for file in ("areas.csv", "budget_line_years.csv"):
        path = dossier / file
        path.write_text(path.read_text("utf-8").replace(",Binnenstad,", f",{first},"), "utf-8")
    path = dossier / "work/initiatives.csv"
    path.write_text(path.read_text("utf-8").replace("Honderd geveltuinen", second), "utf-8")
    made, faults = freeze(dossier, tmp_path / "public")
    assert made is not None, faults
    assert wrong(tmp_path / "public") == []
