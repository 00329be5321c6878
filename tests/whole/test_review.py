"""What a sceptical eye found once: a wrong page, a lost euro or a way in, each kept from coming back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.build import build
from gebiedswerk.app.update_texts import update_texts
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import errors
from gebiedswerk.figures import parse_address
from tests.app.test_adopt import SLUG
from tests.small import Small
from tests.town import TEXT, append, edit

BUDGETS = "budgets.csv"


def codes(dossier: Path) -> list[str]:
    return [found.code for found in open_dossier(dossier).faults]


def page_with(klein: Path, tmp_path: Path, sentence: str) -> str:
    append(klein, TEXT, f"\n{sentence}\n")
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, faults
    return (built.site / f"publicaties/{SLUG}/index.html").read_text("utf-8")


def test_an_encoded_script_is_no_link(klein: Path, tmp_path: Path) -> None:
    """A scheme that only shows after decoding stays encoded; other links keep their bytes."""
    page = page_with(
        klein, tmp_path, "[a](%6Aavascript:alert(1)) [b](https://example.org/?a%26b%3Dc) [c](data:text/html,x)"
    )
    assert not re.search(r'href="\s*(javascript|data):', page)
    assert 'href="https://example.org/?a%26b%3Dc"' in page


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Het was [209.000](figure:budget/total) miljard euro.", "T106"),
        ("Het was [209.000](figure:budget/total) procent.", "T106"),
        ("Het was [20.900.000](figure:budget/total?unit=cent) euro.", "T103"),
        ("Het was min [4.425](figure:result/total) euro.", "T112"),
        ("Het was −[4.425](figure:result/total) euro.", "T112"),
        ("    We gaven 999.999 euro uit", "T102"),
        ("```\nWe gaven 999.999 euro uit\n```", "T102"),
        ("![Begroot 777.777 euro](table:account)", "T102"),
    ],
)
def test_no_number_slips_by(klein: Path, sentence: str, code: str) -> None:
    append(klein, TEXT, f"\n{sentence}\n")
    assert codes(klein) == [code]


def test_the_term_at_the_parent_can_be_built(klein: Path, tmp_path: Path) -> None:
    """A folded line has no term of its own: its cells are empty, and the site stands."""
    edit(klein, "dossier.toml", 'term_at = "self"', 'term_at = "parent"')
    edit(klein, "publications/jaarrekening-2025/publication.toml", '"published"', '"draft"')
    (klein / TEXT).write_text("# Gebieden\n\n![Wat blijft](table:available)\n", "utf-8")
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, errors(faults)
    assert (built.site / "gebieden/oosteinde/index.html").is_file()


def test_a_proposed_correction_does_not_count(klein: Path) -> None:
    """The adopted row stands until the correction is adopted."""
    text = (klein / BUDGETS).read_text("utf-8").splitlines()
    text[0] += ",corrects,status"
    text[1:] = [f"{row},," for row in text[1:]]
    row = "X1,BIN,2025,adopted,40000.00,R9,raad,2024-12-01,,,,,P2025-BIN,proposed"
    (klein / BUDGETS).write_text("\n".join([*text, row, ""]), "utf-8")
    opened = open_dossier(klein)
    assert not opened.faults
    assert opened.newest is not None
    assert opened.newest.figure(parse_address("budget/BIN", 2025)).cents == 3_300_000


def test_update_finds_each_claim_in_its_place(klein: Path) -> None:
    """The same words twice on a line: each claim gets its own value, what is true stays."""
    append(
        klein, TEXT, "\nA [10](figure:budget/BIN) en B [33.000](figure:budget/BIN) en C [33.000](figure:budget/NRD).\n"
    )
    update = (update_texts(klein).value or {})[TEXT]
    assert (
        "A [33.000](figure:budget/BIN) en B [33.000](figure:budget/BIN) en C [45.000](figure:budget/NRD)."
        in update.text
    )


def test_update_leaves_what_is_in_doubt(klein: Path) -> None:
    """Money that is not attributed makes no claim true."""
    edit(klein, "attribution.csv", "binnenstad,7110", "binnenstad,7111")
    opened = open_dossier(klein)
    assert "A102" in [found.code for found in opened.faults]
    assert update_texts(klein).value == {}


def test_money_of_a_line_that_ended_is_said(tmp_path: Path) -> None:
    """Left in 2018, no line in 2019, nobody takes it over: M211; more taken over than there was: M205."""
    town = Small(lines={"A": None, "B": None}, closed=(2018,), adopted=[(2018, "A", 100), (2019, "B", 1)])
    path = town.write(tmp_path)
    table = path / "budget_line_years.csv"
    table.write_text(
        "".join(row for row in table.read_text().splitlines(keepends=True) if not row.startswith("A,2019"))
    )
    assert codes(path) == ["M211"]
    row = "x,B,2019,carry_over,,150,R,raad,2019-06-01,,2018,A,,"
    append(path, BUDGETS, row)
    assert codes(path) == ["M205"]


@pytest.mark.parametrize("status", ["'published'", '"""published"""'])
def test_adopting_changes_the_status_however_it_is_written(klein: Path, status: str) -> None:
    edit(klein, f"publications/{SLUG}/publication.toml", '"published"', status)
    kept, faults = adopt(klein, SLUG, None, "")
    assert kept is not None, faults
    assert open_dossier(klein).publication_status(SLUG) == "adopted"


def test_a_draft_with_loose_numbers_is_not_adopted(klein: Path) -> None:
    edit(klein, f"publications/{SLUG}/publication.toml", '"published"', '"draft"')
    append(klein, TEXT, "\nEr waren 563 brieven.")
    kept, faults = adopt(klein, SLUG, None, "")
    assert kept is None
    assert "T102" in [found.code for found in errors(faults)]
    assert not (klein / f"publications/{SLUG}/adopted.json").exists()


def test_a_changed_rule_behind_an_adopted_figure_is_said_on_its_page(klein: Path, tmp_path: Path) -> None:
    """The page does not pretend that its postings add up."""
    adopt(klein, SLUG, None, "")
    edit(klein, "attribution.csv", "oosteinde,714*,OST", "oosteinde,714*,ALG")
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, errors(faults)
    assert "P104" in [found.code for found in faults]
    page = (built.site / f"publicaties/{SLUG}/cijfers/oosteinde/2025.html").read_text("utf-8")
    assert "na de vaststelling ontstaan" in page


def test_a_spreadsheet_runs_nothing(klein: Path, tmp_path: Path) -> None:
    edit(klein, "budget_line_years.csv", "BIN,2025,Binnenstad", "BIN,2025,=1+1")
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, errors(faults)
    assert ",'=1+1," in (built.site / "data/rekening-2025.csv").read_text("utf-8")


def test_a_link_out_of_the_dossier_is_not_followed(klein: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Geheim\n")
    (klein / f"publications/{SLUG}/bijlage.md").symlink_to(tmp_path / "secret.md")
    assert codes(klein) == ["D123"]


@pytest.mark.parametrize("folder", ["deliveries/budgets.csv", "publications/Begroting #1"])
def test_a_folder_that_is_no_address(klein: Path, folder: str) -> None:
    source = "deliveries/grootboek-2026-03" if folder.startswith("deliveries") else f"publications/{SLUG}"
    (klein / source).rename(klein / folder)
    assert "D105" in codes(klein)


def test_a_publication_begins_with_its_index(klein: Path) -> None:
    (klein / TEXT).rename((klein / TEXT).with_name("tekst.md"))
    assert "T107" in codes(klein)


def test_the_same_table_twice_has_two_ids(klein: Path, tmp_path: Path) -> None:
    page = page_with(klein, tmp_path, "![Nog eens](table:account)")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_name_with_en_in_it_can_be_claimed(klein: Path) -> None:
    edit(klein, "areas.csv", "Noorderwijk", "Noord en Oost")
    edit(klein, TEXT, "[Noorderwijk en Havenkwartier]", "[Noord en Oost en Havenkwartier]")
    assert codes(klein) == []
