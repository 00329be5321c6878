"""The money of an area in words and lines: only what is true of this area, and only a reason that holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import Sentence
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.year_tables import Setting, year_table
from gebiedswerk.figures import Address, Figures, area_subject, line_subject, parse_subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_index import AreaIndex
from gebiedswerk.pages.area.area_money import (
    lapse_sentences,
    left_sentences,
    lines_table,
    money_sentences,
    pots_note,
    why_more,
    years_table,
)
from gebiedswerk.pages.source.source_page import _section
from gebiedswerk.pictures.tranche_chart import tranche_chart, tranche_table
from tests.conftest import KLEIN, ROOT
from tests.town import edit

GRONINGEN = ROOT / "examples" / "groningen"


def setting_of(dossier: Path) -> Setting:
    figures = open_dossier(dossier).newest
    assert isinstance(figures, Figures)
    return Setting(figures, Places(figures.dossier), 0, 100, Messages("nl"))


def text(sentence: Sentence) -> str:
    return "".join(cell.text for cell in sentence.pieces)


def test_a_line_counts_for_its_part_in_the_area(klein: Path) -> None:
    """The line below Oosteinde moves to Noorderwijk: Oosteinde shows its own part, and says so; both add up."""
    name = "OST-W,2025,Wethoudersbudget Oosteinde,"
    edit(klein, "budget_line_years.csv", name, f"{name}NRD")
    setting = setting_of(klein)
    for area in ("OST", "NRD"):
        table = lines_table(setting, area, 2025)
        assert ("alleen mee voor het deel van dit gebied" in table.note) == (area == "OST")
        shown = [[_cents(cell.text) for cell in row.cells[1:]] for row in table.rows if not row.depth and not row.total]
        (total,) = [[_cents(cell.text) for cell in row.cells[1:]] for row in table.rows if row.total]
        assert [sum(column) for column in zip(*shown, strict=True)] == total
        assert total[0] * 100 == setting.figures.figure(Address("budget", area_subject(area), 2025)).cents


def _cents(text: str) -> int:
    return int(text.replace(".", "").replace("−", "-"))


def test_a_line_within_another_stands_below_it() -> None:
    """The alderman's budget of Ten Boer counts in the line above it, and the note says so."""
    table = lines_table(setting_of(GRONINGEN), "TEN-BOER", 2019)
    assert [(row.cells[0].text, row.depth) for row in table.rows[:2]] == [
        ("Totaalbudget Ten Boer", 0),
        ("Dorpswethoudersbudget Ten Boer", 1),
    ]
    assert table.rows[0].cells[1].text == table.rows[-1].cells[1].text != "0"
    assert table.note.startswith("Een post die inspringt, telt al mee in de post erboven.")
    assert "Totaalbudget Ten Boer, Uitgegeven 2019: 90.481,31, hier 90.482;" in table.note


def test_the_reason_is_given_where_it_holds() -> None:
    """West and Zuid paid from 2018 what was not in the budget; Ten Boer's was in the budget and is only named."""
    setting = setting_of(GRONINGEN)
    west = [text(one) for one in why_more(setting, "WEST", 2019)]
    assert west[0] == "Van de uitgaven in 2019 is €\u00a0170.224 betaald met geld dat over was van 2018."
    assert west[1].endswith("omdat er geld over was van eerdere jaren dat niet in de begroting van 2019 stond.")
    assert len(list(why_more(setting, "ZUID", 2019))) == 2
    (ten_boer,) = (text(one) for one in why_more(setting, "TEN-BOER", 2019))
    assert ten_boer == "Van de uitgaven in 2019 is €\u00a012.147 betaald met geld dat over was van 2018."
    assert list(why_more(setting, "OOST", 2019)) == []


def test_a_shortfall_is_no_money_left_of_earlier_years(klein: Path) -> None:
    """Where nothing covers a part, the page says that it is not covered, and gives no reason that is not true."""
    setting = setting_of(KLEIN)
    for area in ("BIN", "NRD", "HAV", "OST"):
        for year in setting.figures.years():
            said = [text(one) for one in why_more(setting, area, year)]
            short = setting.figures.figure(Address("shortfall", area_subject(area), year)).cents
            assert any("nog geen geld gevonden" in one for one in said) == (short > 0)
            assert not (short and any("omdat er geld over was" in one for one in said))


def test_what_is_left_adds_up_per_day() -> None:
    """The amounts in the sentences about days are those of the sentence about all that is left."""
    setting = setting_of(GRONINGEN)
    for area in ("CENTRUM", "WEST", "TEN-BOER"):
        whole = setting.figures.figure(Address("closing", area_subject(area), 2020)).cents
        (left, *_) = left_sentences(setting, area, 2020)
        parts = [one.pieces[0].text for one in lapse_sentences(setting, area, 2020) if one.pieces[0].href]
        amounts = [_cents(part.removeprefix("€\u00a0")) for part in parts]
        assert abs(sum(amounts) * 100 - whole) <= 100 * len(amounts)
        assert left.pieces[1].href.endswith("#closing")
        assert len(parts) != 1 or parts == [left.pieces[1].text]


def test_the_years_of_a_table_add_up() -> None:
    """Ten Boer spent 90.481,31, printed as 91 thousand everywhere: 12 of 2018 and 79 of 2019, and 27 is left."""
    setting = replace(setting_of(GRONINGEN), year=2019, unit_cents=100_000)
    table = tranche_table(setting, "TEN-BOER")
    assert table
    assert [[cell.text for cell in row.cells[2:]] for row in table.rows] == [
        ["12", "0", "0"],
        ["79", "0", "27"],
        ["91", "0", "27"],
    ]


def test_what_is_left_in_a_year_that_runs_has_its_day() -> None:
    """In July nothing "lapsed" or "remains": spent and left are told up to June, in the table, picture and caption."""
    setting = replace(setting_of(GRONINGEN), year=2020, unit_cents=100_000)
    table, chart = tranche_table(setting, "OOST"), tranche_chart(setting, "OOST")
    assert table and chart
    assert table.columns[2:] == ("Uitgegeven tot en met 30 juni 2020", "Over op 30 juni 2020")
    assert [[cell.text for cell in row.cells[2:]] for row in table.rows] == [
        ["85", "0"],
        ["211", "470"],
        ["296", "470"],
    ]
    assert [key.text for key in chart.legend] == ["Uitgegeven", "Nog over"]
    assert table.caption == chart.caption == "Wat er tot en met 30 juni 2020 met het geld van elk jaar is gebeurd"
    closed = tranche_table(replace(setting, year=2019), "OOST")
    assert closed and closed.columns[2:] == ("Uitgegeven", "Vervallen", "Blijft over")


def test_a_note_on_rounding_repeats_no_brackets() -> None:
    """Of 2019 it does not say that the year runs; and columns add up "as far as they can" where some do not."""
    setting = replace(setting_of(GRONINGEN), year=2020, unit_cents=100_000)
    note = years_table(setting, "TEN-BOER").note
    assert "2019, Resultaat: 27.775,51, hier 27" in note and "loopt" not in note
    whole, mostly = (year_table(setting, name, "").note for name in ("account", "available"))
    assert "Zodat kolommen en rijen optellen, is" in whole and "afwijken van het totaal" not in whole
    assert "afwijken van het totaal. Zodat kolommen en rijen zo veel mogelijk optellen, is" in mostly


def test_money_that_is_gone_keeps_its_day() -> None:
    """What Ten Boer had of 2018 might be spent in 2019, and that of 2019 in 2020: no row has an empty day."""
    table = tranche_table(replace(setting_of(GRONINGEN), year=2019), "TEN-BOER")
    assert table
    assert [row.cells[1].text for row in table.rows] == ["31 december 2019", "31 december 2020", ""]


def test_a_year_that_runs_says_that_money_may_lapse(klein: Path) -> None:
    """An open year releases nothing: what may not be spent later lapses if it is not spent by its last day."""
    edit(klein, "years.csv", "2025,2026-03-13,,", "")
    said = [text(one) for one in lapse_sentences(setting_of(klein), "NRD", 2025)]
    exact = "(Precies is het 2.714,46 euro; zo afgerond tellen bedragen op.)"
    assert said[0] == f"€\u00a02.715 uit 2025 vervalt als het op 31 december 2025 niet is uitgegeven. {exact}"


def test_money_of_a_shared_fund_is_told_apart() -> None:
    """Haren and Ten Boer spend from the village fund: it is no part of their budget, nor of what they have left."""
    setting = setting_of(GRONINGEN)
    for area, what in {"HAREN": "besteld", "TEN-BOER": "toegezegd"}.items():
        spent = [text(one) for one in money_sentences(setting, area, 2020)]
        assert not any("Daarvan is" in one for one in spent)
        said = [text(one).replace("\u00a0", " ") for one in left_sentences(setting, area, 2020)]
        own, fund = (
            setting.figures.figure(Address("committed", line_subject(code), 2020)).cents
            for code in (area, f"DORPEN-{area}")
        )
        euros = [f"€ {(cents + 50) // 100:,}".replace(",", ".") for cents in (own, fund)]
        assert said[1].startswith(f"Daarvan was {euros[0]} al {what}, maar nog niet betaald.")
        day = "op 30 juni 2020 voor dit gebied"
        fund_said = f"Uit het gedeelde budget Dorpenfonds Haren en Ten Boer was {day} {euros[1]} toegezegd, maar"
        assert said[2].startswith(fund_said)
        note = "zit ook geld van een budget dat dit gebied met andere deelt: Dorpenfonds Haren en Ten Boer."
        assert note in lines_table(setting, area, 2020).note and note in years_table(setting, area).note
    assert pots_note(setting, area_subject("HAREN"), 2019) == pots_note(setting, area_subject("WEST"), 2020) == []


def test_a_budget_that_all_came_from_is_said_to_be_its_whole() -> None:
    """'Daarvan' only where nothing came from elsewhere: West, and Ten Boer in 2019, whose 12.147 was in its budget."""
    setting = setting_of(GRONINGEN)
    whole = {("WEST", 2020): True, ("TEN-BOER", 2019): True, ("CENTRUM", 2020): False, ("OOST", 2020): False}
    for (area, year), of in whole.items():
        assert any(text(one).startswith("Daarvan is") for one in money_sentences(setting, area, year)) == of, area


def test_headings_of_years_say_what_a_running_year_has() -> None:
    """In July there is no result: the heading says what stands in the row of that year. Else it is as it was."""
    setting = setting_of(GRONINGEN)
    assert "Resultaat (van een jaar dat loopt: nog niet uitgegeven)" in years_table(setting, "WEST").columns
    assert "Resultaat" in years_table(setting, "VM-HAREN").columns


def test_a_decision_is_about_the_areas_that_were_there() -> None:
    """What the council decided for all areas is not told of one that was not there then, or of another municipality."""
    index = AreaIndex(setting_of(GRONINGEN).figures.dossier)
    assert [one.number for one in index.decisions("WEST") if not one.area] == ["R2019-03-27", "R2019-06-26"]
    assert index.decisions("ZANDWERD") == index.decisions("VM-HAREN") == []


def test_a_source_says_why_amounts_do_not_add_up() -> None:
    """What Ten Boer spent from the village fund is in no amount of its own term; of the fund itself all adds up."""
    setting = replace(setting_of(GRONINGEN), year=2020, unit_cents=1)
    said = {}
    for subject in ("area:TEN-BOER", "DORPEN", "area:WEST"):
        section = _section(setting, setting.figures.figure(Address("spent", parse_subject(subject), 2020)), ())
        said[subject] = any("budget dat met andere gebieden wordt gedeeld" in line for line in section.lines)
    assert said == {"area:TEN-BOER": True, "DORPEN": False, "area:WEST": False}
