"""Texts merged three ways by paragraph: outcomes by hand, and what holds for all texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier.writing.merge_texts import MergedText, TextConflict, merged_texts

BASE = "# Kop\n\nNoord kreeg\nmeer geld.\n\nOost kreeg niets.\n\nWest.\n"
TEXTS = st.lists(st.sampled_from(["a", "b", "c\nd", "\n", "\n", "\n\n\n", "  e", "\r\n\r\n", " "]), max_size=9).map(
    "".join
)


def merged(ours: str, theirs: str, base: str = BASE) -> MergedText:
    return merged_texts(base, ours, theirs)


def test_paragraphs_beside_each_other_are_both_changed() -> None:
    found = merged(BASE.replace("meer", "minder"), BASE.replace("niets", "alles"))
    assert found == MergedText(BASE.replace("meer", "minder").replace("niets", "alles"))


def test_the_same_paragraph_is_told_by_its_line() -> None:
    """In ours, and where its marks stand; the rest is merged."""
    found = merged(BASE.replace("meer", "minder"), BASE.replace("meer", "veel").replace("# Kop", "Boven\n\n# Kop"))
    assert found.conflicts == (
        TextConflict(3, 5, "Noord kreeg\nmeer geld.", "Noord kreeg\nminder geld.", "Noord kreeg\nveel geld."),
    )
    assert found.text == (
        "Boven\n\n# Kop\n\n"
        "<<<<<<< ours\nNoord kreeg\nminder geld.\n=======\nNoord kreeg\nveel geld.\n>>>>>>> theirs\n\n"
        "Oost kreeg niets.\n\nWest.\n"
    )


def test_each_conflict_names_the_line_of_its_own_marks() -> None:
    found = merged(BASE.replace("# Kop", "# A").replace("West", "W"), BASE.replace("# Kop", "# B").replace("West", "V"))
    lines = found.text.split("\n")
    assert [lines[one.marked_line - 1] for one in found.conflicts] == ["<<<<<<< ours"] * 2
    assert [one.line for one in found.conflicts] == [1, 8]


def test_a_paragraph_taken_away_here_and_changed_there() -> None:
    found = merged(BASE.replace("Oost kreeg niets.\n\n", ""), BASE.replace("niets", "alles"))
    assert found.conflicts == (TextConflict(6, 6, "Oost kreeg niets.", "", "Oost kreeg alles."),)
    assert "\n\n<<<<<<< ours\n=======\nOost kreeg alles.\n>>>>>>> theirs\n\nWest.\n" in found.text


def test_what_both_put_below_the_text_is_kept() -> None:
    """Ours first, with a blank line between them; beside a paragraph that the other side changed too."""
    found = merged(BASE + "\nVan ons.\n", BASE + "\nVan hen.\n")
    assert found == MergedText(BASE + "\nVan ons.\n\nVan hen.\n")
    assert merged(BASE.replace("West", "W"), BASE + "\nVan hen.\n").text == BASE.replace("West", "W") + "\nVan hen.\n"


def test_the_first_paragraph_may_go_where_another_comes() -> None:
    """Each keeps a blank line before it but the first."""
    assert merged(BASE.removeprefix("# Kop\n\n"), "Voor.\n\n" + BASE).text == "Voor.\n\n" + BASE.removeprefix(
        "# Kop\n\n"
    )
    assert merged("Voor.\n\n" + BASE, BASE.removeprefix("# Kop\n\n")).text == "Voor.\n\n" + BASE.removeprefix(
        "# Kop\n\n"
    )
    assert merged("b", "c\n\na", "a").text.startswith("c\n\nb")


def test_blank_lines_of_either_side_are_kept() -> None:
    assert merged(BASE.replace("\n\nOost", "\n\n\n\nOost"), BASE.replace("West.\n", "West.")).text == BASE.replace(
        "\n\nOost", "\n\n\n\nOost"
    ).removesuffix("\n")
    assert merged(BASE.replace("West", "W"), BASE.replace("\n\nOost", "\n \nOost")).text == BASE.replace(
        "\n\nOost", "\n \nOost"
    ).replace("West", "W")


def test_blank_lines_that_both_changed_are_those_of_ours() -> None:
    """Whichever are more; also above the first paragraph."""
    one, other = "a\n\n\n\nb\n\nc", "a\n \nb\n\nd"
    base = "a\n\nb\n\nc"
    assert merged(one, other, base).text == "a\n\n\n\nb\n\nd"
    assert merged(other, one, base).text == other
    assert merged("a\n\nb\n\nc", "a\n\n\n\nb\n\nd", "a\n\n\nb\n\nc").text == "a\n\nb\n\nd"
    assert merged("\n \na\n\nb", "a\n\nc", "a\n\nb").text == "\n \na\n\nc"
    assert merged("a\n\nc", "\n\n\na\n\nb", "a\n\nb").text == "a\n\nc"


def test_several_paragraphs_may_conflict_at_once() -> None:
    """Told with blank lines between them; where ours has none of them, by the line that is nearest."""
    found = merged("a\n\nx\n\ny\n\nz\n", "a\n\nq\n\nr\n", "a\n\nb\n\nc\n")
    assert found.conflicts == (TextConflict(3, 3, "b\n\nc", "x\n\ny\n\nz", "q\n\nr"),)
    assert [one.line for one in merged("a\n\nb\n", "a\n\nb\n\nd\n", "a\n\nb\n\nc\n").conflicts] == [3]
    assert [one.line for one in merged("", "b", "a").conflicts] == [1]


def test_lines_end_as_in_ours() -> None:
    """Other line ends make no other paragraphs; what comes from theirs gets ours."""
    ours = BASE.replace("meer", "minder").replace("\n", "\r\n")
    found = merged(ours, BASE.replace("Oost kreeg niets.", "Oost kreeg\nalles.\n\nNieuw."))
    assert found.text == ours.replace("Oost kreeg niets.", "Oost kreeg\r\nalles.\r\n\r\nNieuw.")
    assert merged(ours, BASE.replace("meer", "veel")).text.count("\n") == merged(
        ours, BASE.replace("meer", "veel")
    ).text.count("\r\n")
    assert merged(ours, BASE, BASE.replace("\n", "\r\n")).text == ours
    wider = BASE.replace("\n\nOost", "\n\n\nOost")
    assert merged(ours, wider).text == ours.replace("\r\n\r\nOost", "\r\n\r\n\r\nOost")


@pytest.mark.parametrize("text", ["", "a", BASE, "\n\n", " a\n"])
def test_a_text_may_begin_or_end_as_nothing(text: str) -> None:
    assert merged_texts(text, "", text).text == merged_texts(text, text, "").text == ""
    assert merged_texts("", text, "x\n").text.strip("\n").endswith("x")
    assert merged_texts("", "\n", "x").text == "x\n"


@given(base=TEXTS, one=TEXTS)
def test_what_one_side_changed_is_what_it_becomes(base: str, one: str) -> None:
    """To the letter."""
    assert (
        merged_texts(base, one, base)
        == merged_texts(base, base, one)
        == merged_texts(base, one, one)
        == MergedText(one)
    )


@given(base=TEXTS, ours=TEXTS, theirs=TEXTS)
def test_no_paragraph_is_lost_or_made(base: str, ours: str, theirs: str) -> None:
    """Every paragraph of the outcome stood on a side, and one that both have, or one has newly, is still there."""
    found = merged_texts(base, ours, theirs)
    made, was, mine, other = map(paragraphs, (found.text, base, ours, theirs))
    if found.conflicts:
        return
    assert set(made) <= {*mine, *other}
    assert {*mine, *other} - {*was} <= set(made)
    assert set(mine) & set(other) <= set(made)


@given(base=TEXTS, ours=TEXTS, theirs=TEXTS)
def test_both_sides_may_be_changed_about(base: str, ours: str, theirs: str) -> None:
    found, turned = merged_texts(base, ours, theirs), merged_texts(base, theirs, ours)
    assert [(one.base, one.theirs, one.ours) for one in found.conflicts] == [
        (one.base, one.ours, one.theirs) for one in turned.conflicts
    ]


@given(edits=st.lists(st.sampled_from(["keep", "ours", "theirs"]), min_size=1, max_size=9))
def test_changes_of_different_paragraphs_never_conflict(edits: list[str]) -> None:
    base = [f"alinea {at}\nvan meer" for at in range(len(edits))]

    def side(*names: str) -> str:
        return "\n\n".join(f"{one}!" if edit in names else one for one, edit in zip(base, edits, strict=True)) + "\n"

    assert merged_texts(side(), side("ours"), side("theirs")) == MergedText(side("ours", "theirs"))


def paragraphs(text: str) -> list[str]:
    """The slow way: runs of lines that are not blank."""
    runs = [""]
    for line in text.replace("\r\n", "\n").split("\n"):
        runs = [*runs[:-1], f"{runs[-1]}{line}\n"] if line.strip(" \t") else [*runs, ""]
    return [one.rstrip() for one in runs if one]
