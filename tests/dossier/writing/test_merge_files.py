"""One file of a dossier merged by what it is, and what a person is told of a conflict."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import Any

import pytest

from gebiedswerk.core.faults import Fault
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.dossier.writing.merge_files import Merged, merged_file, table_at

BASE = b"code;slug;name;kind\r\nNRD;noord;Noord;wijk\r\nOST;oost;Oost;wijk\r\nWST;west;West;wijk\r\n"
MARKED = b"<<<<<<< ours\r\n%s=======\r\n%s>>>>>>> theirs\r\n"


def merged(ours: bytes, theirs: bytes, base: bytes = BASE, place: str = "areas.csv") -> Merged:
    return merged_file(place, base, ours, theirs)


def told(found: Fault) -> tuple[Any, ...]:
    return (found.code, found.file, found.row, found.column, dict(found.facts))


def test_the_same_cell_is_told_and_marked() -> None:
    """By key and column, with the three texts; the rest of the row is merged on both sides of the marks."""
    found = merged(BASE.replace(b"Oost;", b"Oosten;"), BASE.replace(b"Oost;wijk", b"Oosterkwartier;buurt"))
    assert [told(one) for one in found.conflicts] == [
        (
            "J201",
            "areas.csv",
            None,
            "name",
            {"key": "OST", "base": "Oost", "ours": "Oosten", "theirs": "Oosterkwartier"},
        )
    ]
    lines = b"OST;oost;Oosten;buurt\r\n", b"OST;oost;Oosterkwartier;buurt\r\n"
    assert found.data == BASE.replace(b"OST;oost;Oost;wijk\r\n", MARKED % lines)


def test_the_same_key_put_in_twice_is_told_and_marked() -> None:
    found = merged(BASE + b"ZUI;zuid;Zuid;wijk\r\n", BASE + b"ZUI;zuid;Zuiden;wijk\r\n")
    assert [told(one) for one in found.conflicts] == [
        ("J202", "areas.csv", None, "name", {"key": "ZUI", "base": "–", "ours": "Zuid", "theirs": "Zuiden"})
    ]
    assert found.data == BASE + MARKED % (b"ZUI;zuid;Zuid;wijk\r\n", b"ZUI;zuid;Zuiden;wijk\r\n")


def test_a_row_removed_against_one_changed_is_told_and_marked() -> None:
    gone, changed = BASE.replace(b"OST;oost;Oost;wijk\r\n", b""), BASE.replace(b"Oost;", b"Oosten;")
    found = merged(gone, changed)
    assert told(found.conflicts[0]) == (
        "J203",
        "areas.csv",
        None,
        "name",
        {"key": "OST", "base": "Oost", "theirs": "Oosten"},
    )
    assert found.data == gone + MARKED % (b"", b"OST;oost;Oosten;wijk\r\n")
    found = merged(changed, gone)
    assert told(found.conflicts[0]) == (
        "J204",
        "areas.csv",
        None,
        "name",
        {"key": "OST", "base": "Oost", "ours": "Oosten"},
    )
    assert found.data == changed.replace(b"OST;oost;Oosten;wijk\r\n", MARKED % (b"OST;oost;Oosten;wijk\r\n", b""))


def test_what_cannot_be_read_by_row_is_merged_by_line_and_told() -> None:
    """A key that stands twice, no row of our shape, or marks of an earlier merge."""
    twice = BASE + b"OST;oost2;Oost;wijk\r\n"
    changed = BASE.replace(b"Noord;", b"Noorden;")
    found = merged(twice, changed)
    assert found.data == twice.replace(b"Noord;", b"Noorden;")
    assert [told(one) for one in found.conflicts] == [("J208", "areas.csv", None, None, {})]
    assert [one.code for one in merged(changed, twice).conflicts] == ["J208"]
    torn = BASE + b"ZUI;zuid\r\n"
    found = merged(changed, torn)
    assert found.data == torn.replace(b"Noord;", b"Noorden;")
    assert [one.code for one in found.conflicts] == ["J208"]


def test_bytes_that_are_no_text_stay_and_are_told() -> None:
    for place in ("areas.csv", "dossier.toml", "index.md"):
        found = merged(b"\x81\x8d", BASE + b"x", place=place)
        assert found.data == b"\x81\x8d" and [told(one) for one in found.conflicts] == [("J207", place, None, None, {})]


def test_a_file_that_both_made_and_that_cannot_be_read_is_merged_by_line() -> None:
    found = merged_file("dossier.toml", None, b"a =\n", b"b =\n")
    assert found.data == b"a =\nb =\n" and [one.code for one in found.conflicts] == ["J208"]


def test_a_row_is_told_by_all_of_its_key() -> None:
    """With an empty cell as a dash, and the value of the side that still has the row."""
    head = b"line,year,name,area\n"
    base, ours = head + b"NRD,2025,Noord,\n", head + b"NRD,2025,Noord,NRD\n"
    found = merged(ours, base.replace(b"d,\n", b"d,OST\n"), base, "budget_line_years.csv").conflicts[0]
    assert dict(found.facts) == {"key": "NRD · 2025", "base": "–", "ours": "NRD", "theirs": "OST"}
    assert found.value == "NRD"
    for one, other, code, value, facts in (
        (head, base, "J203", None, {"base": "NRD", "theirs": "–"}),
        (head, head + b"NRD,2025,Noord,OST\n", "J203", "OST", {"base": "NRD", "theirs": "OST"}),
        (base, head, "J204", None, {"base": "NRD", "ours": "–"}),
        (head + b"NRD,2025,Noord,OST\n", head, "J204", "OST", {"base": "NRD", "ours": "OST"}),
        (base, head + b"NRD,2025,Noord,OST\n", "J201", None, {"base": "NRD", "ours": "–", "theirs": "OST"}),
        (head + b"NRD,2025,Noord,OST\n", base, "J201", "OST", {"base": "NRD", "ours": "OST", "theirs": "–"}),
    ):
        found = merged(one, other, ours, "budget_line_years.csv").conflicts[0]
        assert (found.code, found.value or None) == (code, value)
        assert dict(found.facts) == {"key": "NRD · 2025", **facts}


def test_settings_are_merged_by_key() -> None:
    """With the mark in front that ours has; a conflict is told with its three values."""
    base = b"format = 1\n[site]\nunit = 2\nterms = [1, 2]\n"
    ours = BOM_UTF8 + base.replace(b"unit = 2", b"unit = 3")
    assert merged(ours, base.replace(b"[1, 2]", b"[1]"), base, "dossier.toml") == Merged(
        ours.replace(b"[1, 2]", b"[1]")
    )
    found = merged(ours, base.replace(b"unit = 2\n", b""), base, "dossier.toml")
    assert [told(one) for one in found.conflicts] == [
        ("J205", "dossier.toml", None, "site.unit", {"base": "2", "ours": "3", "theirs": "–"})
    ]
    assert found.data == BOM_UTF8 + base.replace(b"unit = 2\n", b"<<<<<<< ours\nunit = 3\n=======\n>>>>>>> theirs\n")


def test_a_list_of_tables_is_told_on_one_line() -> None:
    base = b'[[term]]\nfrom = 2018\nwhy = ["a", 1]\n'
    found = merged(base.replace(b"2018", b"2019"), base.replace(b"2018", b"2020"), base, "dossier.toml").conflicts[0]
    assert dict(found.facts)["theirs"] == '[{from = 2020, why = ["a", 1]}]'
    assert found.value == '[{from = 2019, why = ["a", 1]}]'


def test_settings_that_are_no_toml_are_merged_by_line() -> None:
    base = b"a = 1\n\nb = 2\n"
    found = merged(base.replace(b"a = 1", b"a ="), base.replace(b"b = 2", b"b = 3"), base, "dossier.toml")
    assert found.data == b"a =\n\nb = 3\n" and [one.code for one in found.conflicts] == ["J208"]


def test_texts_are_merged_by_paragraph() -> None:
    """A conflict is told by the line of its marks."""
    base, place = b"# Kop\n\nEen.\n\nTwee.\n", "publications/jaarrekening/index.md"
    ours = BOM_UTF8 + base.replace(b"Een", b"Eerst")
    assert merged(ours, base.replace(b"Twee", b"Dan"), base, place) == Merged(ours.replace(b"Twee", b"Dan"))
    found = merged(ours, base.replace(b"Een", b"Straks"), base, place)
    assert [told(one) for one in found.conflicts] == [("J206", place, 3, None, {})]
    assert [one.code for one in merged(b"\xff\n\nb", b"a\n\nc", b"a\n\nb", "x.md").conflicts] == ["J208"]


@pytest.mark.parametrize(
    "place",
    [
        "areas.xlsx",
        "deliveries/2025/grootboek.csv",
        "deliveries/2025/areas.csv",
        "deliveries/2025/uitleg.md",
        "stad/deliveries/2025/a/delivery.toml",
        "journal/20260101T000000000000Z-aa.toml",
        "site/logo.svg",
        "geo/areas.geojson",
        "publications/x/adopted.json",
    ],
)
def test_files_and_deliveries_never_merge(place: str) -> None:
    """They stay as in ours, and are told; what one side changed is still taken."""
    found = merged(b"ours", b"theirs", b"base", place)
    assert found.data == b"ours" and [told(one) for one in found.conflicts] == [("J207", place, None, None, {})]
    assert merged(b"base", b"theirs", b"base", place) == Merged(b"theirs")
    assert merged(b"ours", b"base", b"base", place) == Merged(b"ours")


def test_the_settings_of_a_delivery_merge() -> None:
    for place in ("deliveries/2025/delivery.toml", "stad/deliveries/2025/delivery.toml"):
        assert merged(b"a = 1\nb = 2\n", b"a = 0\nb = 3\n", b"a = 0\nb = 2\n", place) == Merged(b"a = 1\nb = 3\n")


def test_a_dossier_may_stand_below_its_repository() -> None:
    assert table_at("gemeente/stad/areas.csv") is table_at("areas.xlsx") is TABLES["areas"]
    assert table_at("stad/work/projects.csv") is table_at("work/projects.csv") is WORK_TABLES["projects"]
    assert table_at("projects.csv") is table_at("areas.csv.bak") is None


def test_a_file_that_went_is_no_version() -> None:
    """Gone on one side and as it was on the other it goes; changed there it is a conflict."""
    assert merged_file("areas.csv", BASE, None, BASE) == merged_file("areas.csv", BASE, BASE, None) == Merged(None)
    assert [one.code for one in merged_file("areas.csv", BASE, None, BASE + b"x").conflicts] == ["J207"]
    assert merged_file("areas.csv", None, None, BASE) == Merged(BASE)


@pytest.mark.parametrize("place", ["areas.csv", "dossier.toml", "index.md", "site/logo.svg"])
def test_what_one_side_changed_is_as_there(place: str) -> None:
    """To the byte, whatever it holds."""
    assert merged(b"\x00", b"\xff", b"\xff", place) == merged(b"\xff", b"\x00", b"\xff", place) == Merged(b"\x00")
    assert merged(b"\x00", b"\x00", b"\xff", place) == Merged(b"\x00")
