"""`next-year`: lines, keys and rules go along, what ends is said, and twice is once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gebiedswerk.app.next_year import NotCopied, next_year
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.dossier import Dossier, read


def tables(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(path.glob("*.csv"))}


def dossier_of(path: Path) -> Dossier:
    found = read(path).value
    assert found is not None
    return found


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_all_lines_keys_and_rules_of_the_last_year(klein: Path) -> None:
    """2025 has lines, a key and money: 2026 gets the same; rules hold for every year. Then nothing."""
    before = dossier_of(klein)
    last = max(before.budget_years())
    done = next_year(klein)
    assert (done.last, done.year, done.faults, done.left_out) == (last, last + 1, (), ())
    after = dossier_of(klein)
    assert list(after.lines_in(last + 1)) == list(before.lines_in(last))
    for code, line in after.lines_in(last + 1).items():
        then = before.lines_in(last)[code]
        assert (line.name, line.area, line.parent, line.programme) == (
            then.name,
            then.area,
            then.parent,
            then.programme,
        )
    weights = {(row.key, row.line): row.weight for row in before.keys if row.year == last}
    assert {(row.key, row.line): row.weight for row in after.keys if row.year == last + 1} == weights
    assert after.attribution == before.attribution
    assert open_dossier(klein).faults == ()
    written = tables(klein)
    again = next_year(klein)
    assert (again.year, again.added) == (last + 1, ())
    assert tables(klein) == written
    assert next_year(klein, last + 1).added == ()
    assert tables(klein) == written


def test_what_was_there_stays_and_the_rest_comes(klein: Path) -> None:
    """A line that somebody named anew for the next year is not copied over."""
    last = max(dossier_of(klein).budget_years())
    next_year(klein)
    table = klein / "budget_line_years.csv"
    kept = [
        one
        for one in table.read_text("utf-8").splitlines()
        if not one.startswith((f"HAV,{last + 1}", f"BIN,{last + 1}"))
    ]
    table.write_text("\n".join([*kept, f"BIN,{last + 1},Centrum,BIN,,"]) + "\n", "utf-8")
    done = next_year(klein)
    assert dict(done.added) == {"budget_line_years.csv": 1}
    assert {code: line.name for code, line in dossier_of(klein).lines_in(last + 1).items()}["BIN"] == "Centrum"


def test_what_ends_is_left_out_and_said(klein: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Havenkwartier ends on the first of January: its line, the key it is in; the rules to both are named."""
    last = max(dossier_of(klein).budget_years())
    replaced(klein / "areas.csv", "Havenkwartier,wijk,,,", f"Havenkwartier,wijk,,,{last + 1}-01-01")
    assert main(["next-year", str(klein)]) == 0
    printed = capsys.readouterr().out
    assert "HAV" in printed
    assert "inwoners" in printed
    found = dossier_of(klein)
    assert "HAV" not in found.lines_in(last + 1)
    assert not [row for row in found.keys if row.year == last + 1]
    done = next_year(klein)
    assert set(done.left_out) >= {
        NotCopied("line", "HAV", "HAV"),
        NotCopied("key", "inwoners", "HAV"),
        NotCopied("rule", "havenkwartier", "HAV"),
        NotCopied("rule", "alle-gebieden", "inwoners"),
    }
    assert done.added == ()


def test_an_area_that_ends_on_the_last_day_but_one_of_the_next_year_goes_along(klein: Path) -> None:
    """The second of January is one day in the year."""
    last = max(dossier_of(klein).budget_years())
    replaced(klein / "areas.csv", "Havenkwartier,wijk,,,", f"Havenkwartier,wijk,,,{last + 1}-01-02")
    assert next_year(klein).left_out == ()
    assert "HAV" in dossier_of(klein).lines_in(last + 1)


def test_a_line_below_one_that_ends_hangs_on_the_next_above(klein: Path) -> None:
    """OST ends; what stands below it goes on, below what stood above OST."""
    last = max(dossier_of(klein).budget_years())
    below = [code for code, parent in dossier_of(klein).parents_in(last).items() if parent == "OST"]
    replaced(klein / "areas.csv", "Oosteinde,dorp,,,", f"Oosteinde,dorp,,,{last + 1}-01-01")
    table = klein / "budget_line_years.csv"
    text = table.read_text("utf-8")
    table.write_text(text.replace(",,OST,", ",BIN,OST,"), "utf-8")
    assert below
    next_year(klein)
    found = dossier_of(klein).lines_in(last + 1)
    assert "OST" not in found
    assert {found[code].parent for code in below} == {None}


def test_a_rule_of_one_year_gets_one_of_the_next(klein: Path) -> None:
    """Only one that names exactly the last year; its copy has a name of its own, once."""
    last = max(dossier_of(klein).budget_years())
    table = klein / "attribution.csv"
    head, *rows = table.read_text("utf-8").splitlines()
    dated = [f"{row},{last if row.startswith('binnenstad,') else ''}" for row in rows]
    table.write_text("\n".join([f"{head},year", *dated, f"binnenstad-{last + 1},7777,BIN,,,2019"]) + "\n", "utf-8")
    done = next_year(klein)
    assert dict(done.added)["attribution.csv"] == 1
    made = dossier_of(klein).attribution[-1]
    assert (made.id, made.line, made.cost_centre.low, made.year.low) == (
        f"binnenstad-{last + 1}-2",
        "BIN",
        "7110",
        str(last + 1),
    )
    assert next_year(klein).added == ()


def test_a_year_without_one_before_it_is_refused(klein: Path, tmp_path: Path) -> None:
    """D189, and nothing is written; in a dossier without lines as well."""
    before = tables(klein)
    assert [one.code for one in next_year(klein, 2040).faults] == ["D189"]
    assert tables(klein) == before
    empty = tmp_path / "leeg"
    assert main(["new", str(empty), "--empty"]) == 0
    assert main(["next-year", str(empty)]) == 1
    shutil.rmtree(empty)
