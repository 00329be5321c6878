"""Claims: what is written against the figure, its unit, its words, and numbers that nothing stands behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.app.update_texts import update_texts
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Fact
from tests.town import TEXT, append

T = TEXT


def codes(klein: Path, sentence: str) -> list[tuple[str, str | None, dict[str, Fact]]]:
    """The faults of the example with one sentence more."""
    append(klein, T, f"\n{sentence}\n")
    return [(found.code, found.value, dict(found.facts)) for found in open_dossier(klein).faults]


@pytest.mark.parametrize(
    "sentence",
    [
        "Het was [−2.285](figure:result/NRD) euro.",
        "Het was [-2285](figure:result/NRD) euro.",
        "Het was [2.285,54](figure:overspent/NRD) euro.",
        "Het was [209](figure:budget/total?unit=thousand) duizend euro.",
        "Het was [0,2](figure:budget/total?unit=million) miljoen euro.",
        "Het was [209 duizend euro](figure:budget/total).",
        "Het was [ruim 200 duizend euro](figure:budget/total?about=5%).",
        "Het was [bijna 210 duizend euro](figure:budget/total?about=5%).",
        "Het was [een kwart miljoen](figure:budget/total?about=20%).",
        "Er waren [4](figure:count/areas) gebieden, [Havenkwartier en Noorderwijk](figure:areas-overspent).",
        "In 2024 was het [206.000](figure:budget/total@2024) euro.",
        "Op 29 juni 2025, volgens artikel 192 en programma 12.",
        'We stuurden [12](free: "aantal nieuwsbrieven") brieven.',
    ],
)
def test_what_holds(klein: Path, sentence: str) -> None:
    assert codes(klein, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "code", "value", "truth"),
    [
        ("Het was [2.285](figure:result/NRD) euro.", "T101", "2.285", "−2.285"),
        ("Het was [209.001](figure:budget/total) euro.", "T101", "209.001", "209.000"),
        (
            "Het was [ruim 210 duizend euro](figure:budget/total?about=5%).",
            "T101",
            "ruim 210 duizend euro",
            "209 duizend euro",
        ),
        ("Het was [ruim 209 duizend euro](figure:budget/total).", "T101", "ruim 209 duizend euro", "209 duizend euro"),
        ("In [Oosteinde](figure:areas-overspent) niet.", "T101", "Oosteinde", "Noorderwijk en Havenkwartier"),
        ("Er zijn [vijf](figure:count/areas) gebieden.", "T101", "vijf", "4"),
        ("Het was [veel](figure:budget/total) euro.", "T105", "veel", "209.000"),
    ],
)
def test_what_does_not_hold(klein: Path, sentence: str, code: str, value: str, truth: str) -> None:
    found = codes(klein, sentence)
    assert [(one, written, facts["truth"]) for one, written, facts in found] == [(code, value, truth)]


@pytest.mark.parametrize(
    ("sentence", "code", "value"),
    [
        ("Het was [209.000](figure:budget/total) duizend euro.", "T106", "209.000"),
        ("Het was € [209](figure:budget/total?unit=thousand).", "T106", "209"),
        ("Het was 563 euro.", "T102", "563"),
        ("Het was **5**63 euro.", "T102", "563"),
        ("Het was [209.000](figure:budget/total)00 euro.", "T102", "00"),
        ("Het was [1](figure:budget/NIEMAND) euro.", "T103", "budget/NIEMAND"),
        ("Het was [1](figure:budget/total@1999) euro.", "T103", "budget/total@1999"),
        ("Het was [1](figure:??) euro.", "T103", "??"),
        ("Het was [12](free:) euro.", "T108", "12"),
        ("![Een tabel](table:geheim)", "T104", "table:geheim"),
        ("![](table:account)", "T110", "table:account"),
        ("Zie ![Een tabel](table:account) hier.", "T111", "table:account"),
        ("![Een foto](https://example.org/x.png)", "T111", "https://example.org/x.png"),
        ("<b>563</b>", "T102", "563"),
        ("Het was tweehonderd­duizend euro.", "T102", "tweehonderd­duizend"),
        ("Het was anderhalf\nmiljoen.", "T102", "anderhalf\nmiljoen"),
        ("Het was twee**honderd**duizend.", "T102", "tweehonderdduizend"),
        ("Het was 1.2**34** euro.", "T102", "1.234"),
        ("Het was &#49;234 euro.", "T102", "1234"),
        ("Het was &#x4E5D; euro.", "T102", "九"),
        ("<!-- 563 -->", "T102", "563"),
        ("Het was MCM euro.", "T102", "MCM"),
        ("# Tien procent meer", "T102", "Tien"),
        ("![Vijf ton over](table:account)", "T102", "Vijf ton"),
        ("[drie miljoen](https://example.org)", "T102", "drie miljoen"),
        ("    honderdduizend in een blok", "T102", "honderdduizend"),
        ("Er kwamen twintig bomen.", "T125", "twintig"),
        ("Er kwamen 2050 struiken.", "T125", "2050"),
    ],
)
def test_what_is_no_claim_or_no_figure(klein: Path, sentence: str, code: str, value: str) -> None:
    assert [(one, written) for one, written, _ in codes(klein, sentence)] == [(code, value)]


def test_a_draft_only_warns_about_loose_numbers(klein: Path) -> None:
    settings = klein / "publications/jaarrekening-2025/publication.toml"
    settings.write_text(settings.read_text().replace('"published"', '"draft"'))
    assert [one for one, _, _ in codes(klein, "Het was 563 euro, of vijf ton.")] == ["T109", "T109"]
    assert open_dossier(klein).sound


def test_update_puts_the_true_values_and_marks_turned_signs(klein: Path) -> None:
    """Two false claims: one gets its value, of the other the sign turned as well."""
    append(klein, T, "\nHet was [1](figure:result/total) euro.\nHet was [10](figure:result/NRD) euro.\n")
    update = (update_texts(klein).value or {})[T]
    assert "+Het was [4.425](figure:result/total) euro." in update.diff
    assert "+Het was [−2.285](figure:result/NRD) euro." in update.diff
    lines = (klein / T).read_text("utf-8").splitlines()
    assert [lines[number - 1] for number in update.turned] == ["Het was [10](figure:result/NRD) euro."]
