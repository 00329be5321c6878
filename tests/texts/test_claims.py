"""One claim against one figure, on its edge: each word that is read, each cent that is too much, each name too many."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.figures import COUNT, TOTAL, UNITS, Address, Figures, NoFigure, parse_subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.texts.claims import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    FRACTIONS,
    UNIT_WORDS,
    Verdict,
    _judge_set,
    _nearly,
    judge,
    not_nearest,
    printed,
)
from tests.conftest import KLEIN

EURO, THOUSAND, MILLION = UNITS["euro"], UNITS["thousand"], UNITS["million"]
NL, EN = Messages("nl"), Messages("en")
BUDGET = Address("budget", TOTAL, 2025)  # 209.000,00
RESULT = Address("result", parse_subject("NRD"), 2025)  # −2.285,54
NONE = Address("shortfall", parse_subject("NRD"), 2025)  # 0


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """Those of the example town, without its publications: a claim in them would be judged here as well."""
    folder = tmp_path_factory.mktemp("judge") / "klein"
    newest = open_dossier(Path(shutil.copytree(KLEIN, folder, ignore=shutil.ignore_patterns("publications")))).newest
    assert newest is not None
    return newest


def about(address: Address, pct: int) -> Address:
    return Address(address.measure, address.subject, address.year, about_pct=pct)


# Amounts


@pytest.mark.parametrize(
    ("written", "unit", "truth", "holds"),
    [
        ("−2.285,54", EURO, "−2.285,54", True),
        ("-2.285,54", EURO, "−2.285,54", True),
        ("2.285,54", EURO, "−2.285,54", False),
        ("−2.285,5", EURO, "−2.285,5", True),
        ("−2.285,53", EURO, "−2.285,54", False),
        ("−2,3", THOUSAND, "−2,3", True),
        ("−2,29", THOUSAND, "−2,29", True),
        ("−2,28", THOUSAND, "−2,29", False),
        ("−2.285", EURO, "−2.285", True),
        ("−2.285,541", EURO, "−2.285", False),
        ("−0,00", MILLION, "0,00", True),
    ],
)
def test_a_negative_amount_with_decimals(figures: Figures, written: str, unit: int, truth: str, holds: bool) -> None:
    """−2.285,54: the sign counts, and each decimal that is written."""
    assert judge(written, RESULT, figures, unit, NL) == Verdict(holds, truth, "T101")


@pytest.mark.parametrize(
    ("written", "holds"),
    [("-2,285.54", True), ("−2,285.5", True), ("2,285.54", False), ("-2.285,54", False), ("−2,285", True)],
)
def test_an_amount_in_english(figures: Figures, written: str, holds: bool) -> None:
    assert judge(written, RESULT, figures, EURO, EN).holds is holds


@pytest.mark.parametrize(("decimals", "text"), [(0, "0"), (1, "0,0"), (2, "0,00")])
def test_nil_has_no_sign(figures: Figures, decimals: int, text: str) -> None:
    assert printed(NONE, figures, EURO, decimals, "nl") == text
    assert judge(text, NONE, figures, EURO, NL) == Verdict(True, text, "T101")


def test_a_rest_is_written_with_its_zeros(figures: Figures) -> None:
    """209.000,00 in euros, 0,21 in millions, in Dutch and in English."""
    assert [printed(BUDGET, figures, unit, 2, "nl") for unit in (EURO, THOUSAND, MILLION)] == [
        "209.000,00",
        "209,00",
        "0,21",
    ]
    assert printed(BUDGET, figures, EURO, 2, "en") == "209,000.00"
    assert printed(RESULT, figures, EURO, 1, "en") == "−2,285.5"


@pytest.mark.parametrize("word", UNIT_WORDS)
def test_each_word_for_a_unit_is_read(figures: Figures, word: str) -> None:
    """In whatever unit the publication is; the truth is told with that word."""
    number = {EURO: "209.000", THOUSAND: "209", MILLION: "0,2"}[UNIT_WORDS[word]]
    for unit in (EURO, MILLION):
        assert judge(f"{number}  {word}", BUDGET, figures, unit, NL) == Verdict(True, f"{number} {word}", "T101")
        assert judge(f"1 {word}", BUDGET, figures, unit, NL).holds is False


def test_a_unit_is_a_word_of_its_own(figures: Figures) -> None:
    """'209duizend' is no number, and 'veel euro' neither; what should stand there is told in that unit."""
    assert judge("209duizend", BUDGET, figures, THOUSAND, NL) == Verdict(False, "209", "T105")
    assert judge("veel duizend euro", BUDGET, figures, EURO, NL) == Verdict(False, "209 duizend euro", "T105")
    assert judge("veel", BUDGET, figures, EURO, NL) == Verdict(False, "209.000", "T105")


@pytest.mark.parametrize("word", FRACTIONS)
def test_each_fraction_is_read(figures: Figures, word: str) -> None:
    """209.000 is within 60 % of half and of a quarter of a million, not of one and a half."""
    near = FRACTIONS[word] < 1
    assert (
        judge(
            f"{word} miljoen", about(BUDGET, 60 if word != "een half" and word != "half a" else 140), figures, EURO, NL
        ).holds
        is near
    )
    assert judge(f"{word} miljoen", BUDGET, figures, EURO, NL).reason == "T101"


def test_the_unit_of_the_address_goes_before_that_of_the_publication(figures: Figures) -> None:
    asked = Address("budget", TOTAL, 2025, unit="thousand")
    assert judge("209", asked, figures, EURO, NL).holds
    assert not judge("209.000", asked, figures, EURO, NL).holds


@pytest.mark.parametrize("address", ["budget/NIEMAND", "budget", "areas/NRD", "count/NRD", "lines-lapsing/total"])
def test_a_figure_that_is_not_there_is_none(figures: Figures, address: str) -> None:
    """A line that is not there, a measure of nobody, a set of one line."""
    measure, _, subject = address.partition("/")
    with pytest.raises(NoFigure):
        judge("1", Address(measure, parse_subject(subject), 2025), figures, EURO, NL)


# About as much


@pytest.mark.parametrize("word", ABOUT)
def test_about_may_be_on_both_sides(figures: Figures, word: str) -> None:
    for written in ("200", "218"):
        assert judge(f"{word} {written} duizend euro", about(BUDGET, 5), figures, EURO, NL).holds


@pytest.mark.parametrize(("words", "less", "more"), [(AT_LEAST, True, False), (AT_MOST, False, True)])
def test_at_least_and_at_most_are_on_one_side(figures: Figures, words: tuple[str, ...], less: bool, more: bool) -> None:
    """'Ruim 209 duizend' is right for 209.000 exactly, and for a cent more; 'bijna' for a cent less."""
    for word in words:
        claims = [f"{word} {amount} euro" for amount in ("208.999,99", "209.000", "209.000,01")]
        verdicts = [judge(claim.capitalize(), about(BUDGET, 5), figures, EURO, NL) for claim in claims]
        assert [verdict.holds for verdict in verdicts] == [less, True, more]
        assert {(verdict.truth, verdict.reason) for verdict in verdicts} == {
            ("209.000 euro", "T101"),
            ("209.000,00 euro", "T101"),
        }


def test_a_word_of_measure_needs_a_share(figures: Figures) -> None:
    """Without `about` nobody knows how near 'ruim' is; nor is a word that only begins like it one."""
    assert judge("ruim 209 duizend euro", BUDGET, figures, EURO, NL) == Verdict(False, "209 duizend euro", "T101")
    assert judge("ruimte 209 duizend euro", BUDGET, figures, EURO, NL).reason == "T105"


@pytest.mark.parametrize("cents", [1_000, -1_000])
def test_about_is_a_share_of_the_figure(cents: int) -> None:
    """5 % of 1.000 is 50, on both sides, and of −1.000 too; a hundredth of a cent beyond it is not."""
    for off in (50, -50):
        assert _nearly(Decimal(cents + off), cents, 5, "")
        assert not _nearly(Decimal(cents + off) + (Decimal("0.01") if off > 0 else Decimal("-0.01")), cents, 5, "")
    assert not _nearly(Decimal(-cents), cents, 5, "")
    assert _nearly(Decimal(cents), cents, 0, "")


# Sets


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("Noorderwijk en Havenkwartier", True),
        ("Havenkwartier, Noorderwijk", True),
        ("Havenkwartier and  Noorderwijk", True),
        ("Havenkwartier, en Noorderwijk", True),
        ("Havenkwartier en Noorderwijk en Oosteinde", False),
        ("Havenkwartier", False),
        ("Oosteinde en Noorderwijk", False),
        ("", False),
    ],
)
def test_a_set_is_named_whole_and_nothing_besides(figures: Figures, written: str, holds: bool) -> None:
    """The areas that spent more: not one fewer, not one too many."""
    verdict = judge(written, Address("areas-overspent", None, 2025), figures, EURO, NL)
    assert verdict == Verdict(holds, "Noorderwijk en Havenkwartier", "T101")


def test_sets_of_none_of_one_and_of_many(figures: Figures) -> None:
    """As they are said in Dutch and in English."""
    assert judge("none", Address("lines-lapsing", None, 2025), figures, EURO, EN) == Verdict(True, "none", "T101")
    assert judge("Havenkwartier", Address("lines-short", None, 2025), figures, EURO, NL).truth == "Havenkwartier"
    named = judge("x", Address("areas", None, 2025), figures, EURO, EN)
    assert named == Verdict(False, "Binnenstad, Noorderwijk, Havenkwartier and Oosteinde", "T101")


def test_a_name_may_hold_what_parts_names() -> None:
    """'Kunst en Vliegwerk' and 'Zand, Klei en Veen': written as the page would, with spaces as they fall."""
    names = ["Kunst en Vliegwerk", "Zand, Klei en Veen"]
    truth = "Kunst en Vliegwerk en Zand, Klei en Veen"
    assert _judge_set(" Kunst en  Vliegwerk en Zand, Klei en Veen ", names, NL) == Verdict(True, truth, "T101")
    assert not _judge_set("Kunst en Vliegwerk", names, NL).holds
    assert not _judge_set("Enschede", ["schede"], NL).holds


@pytest.mark.parametrize(
    ("written", "messages", "holds"),
    [
        ("4", NL, True),
        ("vier", NL, True),
        ("four", EN, True),
        ("four", NL, False),
        ("vier", EN, False),
        ("5", NL, False),
        ("3", NL, False),
    ],
)
def test_a_count_is_held_in_its_language(figures: Figures, written: str, messages: Messages, holds: bool) -> None:
    assert judge(written, Address(COUNT, None, 2025, of_set="areas"), figures, EURO, messages) == Verdict(
        holds, "4", "T101"
    )


def test_a_count_of_lines_is_not_that_of_areas(figures: Figures) -> None:
    assert judge("6", Address(COUNT, None, 2025, of_set="lines"), figures, EURO, NL).holds


# Whole units that are not the nearest


@pytest.mark.parametrize(
    ("written", "address", "unit", "lang", "odd"),
    [
        ("−2.285", RESULT, EURO, "nl", True),
        ("ruim −2.285", RESULT, EURO, "nl", True),
        ("47.285", Address("costs", parse_subject("NRD"), 2025), EURO, "nl", True),
        ("−2,285", RESULT, EURO, "en", True),
        ("−2.285,5", RESULT, EURO, "nl", False),
        ("−2.285", RESULT, THOUSAND, "nl", False),  # −2 thousand is the nearest
        ("−2 duizend", RESULT, EURO, "nl", False),
        ("−2.285", replace(RESULT, unit="euro"), THOUSAND, "nl", True),
        ("−2.285", about(RESULT, 0), EURO, "nl", False),
        ("−2.285", about(RESULT, 5), EURO, "nl", False),
        ("209.000", BUDGET, EURO, "nl", False),
        ("Noorderwijk", Address("areas-overspent", None, 2025), EURO, "nl", False),
        ("12", Address("count", parse_subject("NRD"), 2025), EURO, "nl", False),
    ],
)
def test_whole_units_that_are_not_the_nearest(
    figures: Figures, written: str, address: Address, unit: int, lang: str, odd: bool
) -> None:
    """−2.285,54 stands as −2.285 so that its table adds up; what is written otherwise was rounded with nothing."""
    assert not_nearest(written, address, figures, unit, lang) is odd
