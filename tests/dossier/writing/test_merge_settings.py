"""Settings merged three ways: outcomes by hand, comments that stay, and what holds for all settings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier.writing.merge_settings import (
    UNSET,
    MergedSettings,
    SettingConflict,
    flat_settings,
    merged_settings,
)

BASE = """\
# Onze gemeente
format = 1

[site]
# de eenheid van bedragen
unit = 2  # duizend
name = "Stad"

[[term]]
from = 2018
years = 2

# over de kaart
[map.tiles]
across = 3
"""


def merged(ours: str, theirs: str) -> MergedSettings:
    return merged_settings(BASE, ours, theirs)


def test_two_keys_of_one_table_are_both_changed() -> None:
    """On lines beside each other; all else stays to the letter."""
    found = merged(BASE.replace("unit = 2", "unit = 3"), BASE.replace('"Stad"', '"Dorp"'))
    assert found == MergedSettings(BASE.replace("unit = 2", "unit = 3").replace('"Stad"', '"Dorp"'))


def test_the_same_key_is_told_with_its_three_values() -> None:
    """It stands between marks; the other key is merged, and comments stay on both sides."""
    ours, theirs = (
        BASE.replace("unit = 2", "unit = 3"),
        BASE.replace("unit = 2", "unit = 4").replace('"Stad"', '"Dorp"'),
    )
    found = merged(ours, theirs)
    assert found.conflicts == (SettingConflict(("site", "unit"), 2, 3, 4),)
    assert found.text == BASE.replace('"Stad"', '"Dorp"').replace(
        "unit = 2  # duizend\n",
        "<<<<<<< ours\nunit = 3  # duizend\n=======\nunit = 4  # duizend\n>>>>>>> theirs\n",
    )


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    """However it is written."""
    ours = BASE.replace('"Stad"', "'Dorp'")
    assert merged(ours, BASE.replace('"Stad"', '"Dorp"')) == MergedSettings(ours)


def test_a_key_removed_here_and_changed_there() -> None:
    ours, theirs = BASE.replace("unit = 2  # duizend\n", ""), BASE.replace("unit = 2", "unit = 4")
    assert merged(ours, theirs).conflicts == (SettingConflict(("site", "unit"), 2, UNSET, 4),)
    assert merged(theirs, ours).conflicts == (SettingConflict(("site", "unit"), 2, 4, UNSET),)


def test_a_key_that_went_there_keeps_its_place_here() -> None:
    """With its comment; another key of theirs is taken."""
    theirs = BASE.replace("unit = 2  # duizend\n", "").replace('"Stad"', '"Dorp"')
    text = merged(BASE.replace("unit = 2", "unit = 3"), theirs).text
    assert text == BASE.replace('"Stad"', '"Dorp"').replace(
        "unit = 2  # duizend\n", "<<<<<<< ours\nunit = 3  # duizend\n=======\n>>>>>>> theirs\n"
    )


def test_a_key_that_one_side_removed_is_gone() -> None:
    gone = BASE.replace('name = "Stad"\n', "")
    expected = gone.replace("unit = 2", "unit = 3")
    assert merged(BASE.replace("unit = 2", "unit = 3"), gone).text == expected
    assert merged(gone, BASE.replace("unit = 2", "unit = 3")).text == expected


def test_the_same_new_key_with_another_value_is_a_conflict() -> None:
    found = merged(BASE.replace("[site]\n", "[site]\nown = 1\n"), BASE.replace("[site]\n", "[site]\nown = 2\n"))
    assert found.conflicts == (SettingConflict(("site", "own"), UNSET, 1, 2),)
    assert "<<<<<<< ours\nown = 1\n=======\nown = 2\n>>>>>>> theirs\n" in found.text


def test_one_and_true_are_two_values() -> None:
    """As 1.0 is a third."""
    ours, theirs = BASE.replace("unit = 2", "unit = 1"), BASE.replace("unit = 2", "unit = true")
    assert [one.key for one in merged(ours, theirs).conflicts] == [("site", "unit")]
    assert merged_settings("a = 1\nb = 1\n", "a = 1\nb = 2\n", "a = 1.0\nb = 1\n").text == "a = 1.0\nb = 2\n"


def test_new_keys_of_both_sides_stand_in_their_tables() -> None:
    """Also where they were put at one place: below the table of one side stands another table of the other."""
    ours, theirs = BASE + "\n[house]\ncolour = 1\n", BASE + "down = 4\n"
    made = tomllib.loads(merged(ours, theirs).text)
    assert made["map"]["tiles"] == {"across": 3, "down": 4} and made["house"] == {"colour": 1}
    assert tomllib.loads(merged(theirs, ours).text) == made


def test_comments_that_came_along_are_kept() -> None:
    """What theirs says of its new table, where the lines leave no doubt."""
    new = '\n# nieuw\n[house]\n# rood\ncolour = "red"\n'
    assert merged(BASE.replace("unit = 2", "unit = 3"), BASE + new).text == BASE.replace("unit = 2", "unit = 3") + new


def test_a_table_that_goes_leaves_its_comments_and_no_head() -> None:
    """Where lines alone do not tell: ours changed the line above it."""
    ours, theirs = BASE.replace("years = 2\n", "years = 2\nkind = 1\n"), BASE.replace("[map.tiles]\nacross = 3\n", "")
    text = merged(ours, theirs).text
    assert "[map" not in text and "# over de kaart" in text and "kind = 1" in text
    assert (
        merged_settings("[a]\nb = 1\n[c]\nd = 1 # x\n", "[a]\nb = 1\n[c]\nd = 1 # y\n", "[c]\nd = 2\n").text
        == "[c]\nd = 2 # y\n"
    )


def test_a_list_of_tables_is_one_value() -> None:
    """Of theirs where ours left it alone; changed by both it is a conflict, told whole."""
    theirs = BASE.replace("years = 2", "years = 3")
    assert merged(BASE.replace("unit = 2", "unit = 3"), theirs).text == theirs.replace("unit = 2", "unit = 3")
    found = merged(BASE.replace("years = 2", "years = 4"), theirs)
    assert found.conflicts == (
        SettingConflict(
            ("term",), [{"from": 2018, "years": 2}], [{"from": 2018, "years": 4}], [{"from": 2018, "years": 3}]
        ),
    )
    assert "<<<<<<< ours\nyears = 4\n=======\nyears = 3\n>>>>>>> theirs\n" in found.text


LISTS = """\
[[term]]
from = 2018  # begin
# ruim
years = 2

# over de codes
[codes]
# period = ""
own = [
    # de eerste
    "a",
]
"""


def test_no_comment_of_ours_goes_with_a_list_of_theirs() -> None:
    """The library takes what stands within a list away with it: refused, where lines do not tell either."""
    for mine, others in (("from = 2018", "from = 2019"), ('    "a",', '    "b",')):
        ours, theirs = LISTS.replace(mine, f"{mine}  # eigen" if "#" in mine else mine), LISTS.replace(mine, others)
        ours = ours.replace("  # begin", "  # het begin").replace('"a",', '"a",  # a')
        with pytest.raises(ValueError, match=r"term|codes\.own"):
            merged_settings(LISTS, ours, theirs)


def test_a_comment_goes_where_theirs_took_it_away_or_a_setting_takes_its_place() -> None:
    """Also beside a line that both changed."""
    ours = LISTS.replace("  # begin", "  # het begin")
    bare = LISTS.replace("# ruim\n", "").replace("2018", "2019")
    assert "# ruim" not in merged_settings(LISTS, ours, bare).text
    text = 'a = [1] # x\n# b = ""\n[t]\nc = 1\n'
    theirs = "a = [2]\nb = 3\n[t]\nc = 1\n"
    assert merged_settings(text, text.replace("# x", "# y"), theirs).text == "a = [2] # y\nb = 3\n[t]\nc = 1\n"


def test_comments_within_a_list_stay_where_lines_tell() -> None:
    ours, theirs = LISTS + "more = 1\n", LISTS.replace("2018", "2019")
    assert merged_settings(LISTS, ours, theirs).text == theirs + "more = 1\n"


def test_a_list_without_comments_is_taken_where_lines_do_not_tell() -> None:
    ours = LISTS.replace("# ruim\n", "").replace("years = 2", "years = 2  # twee")
    found = merged_settings(
        LISTS.replace("# ruim\n", ""), ours, LISTS.replace("# ruim\n", "").replace("years = 2", "years = 3")
    )
    assert "years = 3\n" in found.text and "# over de codes\n[codes]\n" in found.text


def test_the_order_of_keys_in_a_table_of_a_list_says_nothing() -> None:
    one, other = "[[t]]\na = 1\nb = 2\n", "[[t]]\nb = 2\na = 1\n"
    assert merged_settings("", one, other) == MergedSettings(one)


def test_comments_alone_are_merged_by_line() -> None:
    """Also where a setting beside them conflicts."""
    theirs = BASE.replace("# over de kaart", "# over kaart en tegels")
    assert merged(BASE.replace("unit = 2", "unit = 3"), theirs).text == theirs.replace("unit = 2", "unit = 3")
    found = merged(BASE.replace("unit = 2", "unit = 3"), theirs.replace("unit = 2", "unit = 4"))
    assert "# over kaart en tegels" in found.text and len(found.conflicts) == 1


def test_what_cannot_be_written_is_marked_whole_where_it_conflicts() -> None:
    """Ours made a number of what is a table in theirs."""
    ours, theirs = "a = 2\nb = 1\n", "b = 2\n[a]\nc = 1\n"
    with pytest.raises(ValueError, match="a"):
        merged_settings("b = 1\n", ours.replace("b = 1", "b = 1"), theirs.replace("b = 2", "b = 1"))
    found = merged_settings("b = 0\n", ours, theirs)
    assert [one.key for one in found.conflicts] == [("b",)]
    assert found.text.startswith("<<<<<<< ours\na = 2\n")


def test_no_toml_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1"):
        merged(BASE, "<<<<<<< ours\n")


VALUES = st.one_of(st.integers(0, 2), st.booleans(), st.sampled_from(["a", "b"]), st.just([1, "x"]))
KEYS = st.sampled_from([("a",), ("b",), ("t", "a"), ("t", "b"), ("t", "u", "a"), ("v", "a")])
SETTINGS = st.dictionaries(KEYS, VALUES)


def text_of(settings: Mapping[tuple[str, ...], Any]) -> str:
    """A text with these settings, and a comment above each."""
    lines = []
    for table in ((), ("t",), ("t", "u"), ("v",)):
        own = {key[-1]: value for key, value in settings.items() if key[:-1] == table}
        lines += [f"[{'.'.join(table)}]"] if table and own else []
        for name, value in own.items():
            shown = str(value).lower() if isinstance(value, bool) else repr(value)
            lines += [f"# over {'.'.join((*table, name))}", f"{name} = {shown}"]
    return "".join(f"{line}\n" for line in lines)


@given(base=SETTINGS, one=SETTINGS)
def test_what_one_side_changed_is_what_it_becomes(base: Mapping[Any, Any], one: Mapping[Any, Any]) -> None:
    was, new = text_of(base), text_of(one)
    assert merged_settings(was, new, was) == merged_settings(was, new, new) == MergedSettings(new)
    assert exact(merged_settings(was, was, new).text) == exact(new)


@given(base=SETTINGS, ours=SETTINGS, theirs=SETTINGS)
def test_a_slow_twin_says_the_same_of_every_key(
    base: Mapping[Any, Any], ours: Mapping[Any, Any], theirs: Mapping[Any, Any]
) -> None:
    """Key by key; and told the other way round the conflicts are the same."""
    found = merged_settings(*map(text_of, (base, ours, theirs)))
    turned = merged_settings(*map(text_of, (base, theirs, ours)))
    wrong = {}
    expected = {}
    for key in {*base, *ours, *theirs}:
        was, mine, other = (repr(side.get(key, UNSET)) for side in (base, ours, theirs))
        if was not in (mine, other) and mine != other:
            wrong[key] = (mine, other)
        elif (side := theirs if mine == was else ours).get(key, UNSET) != UNSET:
            expected[key] = repr(side[key])
    assert {one.key: (repr(one.ours), repr(one.theirs)) for one in found.conflicts} == wrong
    assert {one.key: (repr(one.theirs), repr(one.ours)) for one in turned.conflicts} == wrong
    if not wrong:
        assert exact(found.text) == expected


def exact(text: str) -> dict[tuple[str, ...], str]:
    return {key: repr(value) for key, value in flat_settings(text).items()}


@given(base=SETTINGS, theirs=SETTINGS)
def test_comments_of_ours_stay_but_for_what_goes(base: Mapping[Any, Any], theirs: Mapping[Any, Any]) -> None:
    """A comment in ours that theirs never had is there after any merge without conflict."""
    was = text_of(base)
    ours = "# van ons\n" + was + "# ook van ons\n"
    text = merged_settings(was, ours, text_of(theirs)).text
    assert "# van ons\n" in text and "# ook van ons\n" in text
