"""What was edited in another system is found again, whatever that system did to the rest of the text."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.app.check_against import check_against
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.documents.edited_figures import Edited, edited
from gebiedswerk.documents.fragment import fragment_text
from gebiedswerk.documents.html_reader import NoHtml, decoded, read_soup
from tests.conftest import ROOT
from tests.documents.papers import ADDRESS, town_chapter, town_pages

PLACE = "publicaties/jaarrekening-2019/cijfers/{}/2019.html#{}"


def fragment(language: str = "nl", address: str = ADDRESS) -> str:
    return fragment_text(town_chapter(language), address)


def found(html: str) -> list[Edited]:
    return edited(html, town_pages())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_text_that_nobody_touched_holds_nothing(language: str) -> None:
    """Both languages of one publication name the same places, each in its own words."""
    assert found(fragment(language)) == []
    assert found(f"<html><body><div>{fragment(language, '')}</div></body></html>") == []


def test_a_figure_that_was_edited_is_found_with_its_line() -> None:
    """What is written there, and every way in which the publication prints the figure."""
    text = fragment().replace(">170 duizend euro<", ">710 duizend euro<", 1)
    line = text[: text.index("710 duizend")].count("\n") + 1
    [one] = found(text)
    assert (one.line, one.written, one.place) == (line, "710 duizend euro", PLACE.format("west", "overspent"))
    assert one.truths == ("170 duizend euro",)


@given(at=st.integers(0, 10_000), word=st.sampled_from(["1", "999.999", "niets", ""]))
def test_no_edit_of_a_figure_goes_unseen(at: int, word: str) -> None:
    """Whichever figure gets whichever other words: it alone is named."""
    text = fragment()
    figures = list(re.finditer(r'(data-figure="[^"]+"[^>]*>)([^<]+)', text))
    one = figures[at % len(figures)]
    [hit] = found(text[: one.start(2)] + word + text[one.end(2) :])
    assert (hit.written, f'data-figure="{hit.place}"' in one[1]) == (word, True)


def test_a_figure_that_came_back_differently_is_found() -> None:
    """The same figure twice: the copy that says something else is named."""
    text = fragment()
    copy = f'<p>Kort: <a href="{ADDRESS}{PLACE.format("totaal", "result")}">653</a>.</p>'
    assert [(one.written, one.place) for one in found(text + copy)] == [("653", PLACE.format("totaal", "result"))]


def test_a_figure_that_is_gone_is_found_where_most_of_its_page_is_there() -> None:
    """A sentence that was taken out is named by its figures; a few sentences by themselves miss nothing."""
    text = re.sub(r"<li><strong>Zuid.*?</li>", "", fragment(), flags=re.DOTALL)
    gone = found(text)
    assert {(one.line, one.written) for one in gone} == {(0, "")}
    assert PLACE.format("zuid", "overspent") in [one.place for one in gone]
    part = next(line for line in fragment().splitlines() if "Van 2018 was nog" in line)
    assert found(part) == []


def test_links_are_enough_where_the_other_system_drops_our_attributes() -> None:
    """And it may put its own address before the place, or escape it."""
    text = re.sub(r' data-figure="[^"]+"', "", fragment())
    assert found(text) == []
    hit = found(text.replace(">563 duizend euro<", "><b>536</b> duizend euro<", 1))
    assert [(one.written, one.place) for one in hit] == [("536 duizend euro", PLACE.format("totaal", "result"))]


def test_cells_without_their_link_are_known_by_row_and_column() -> None:
    """A table of which every link was lost is held against the table with the same caption."""
    text = re.sub(r"<td><a[^>]*>([^<]*)</a></td>", r"<td>\1</td>", fragment())
    assert found(text) == []
    row = next(line for line in text.splitlines() if "West</a></th>" in line or ">West</th>" in line)
    assert "<td>620</td>" in row
    changed = text.replace(row, row.replace("<td>620</td>", "<td>602</td>"), 1)
    assert [(one.written, one.truths, one.place) for one in found(changed)] == [
        ("602", ("620",), PLACE.format("west", "realised"))
    ]


def test_other_signs_for_the_same_words_are_no_edit() -> None:
    """A minus as a hyphen, hard spaces, a figure in two pieces, capitals of tags: no person changed a number."""
    text = fragment().replace("−", "-").replace("563 duizend euro", "563&nbsp;duizend&#160;euro")
    text = text.replace("<td>", "<TD>").replace("</td>", "</TD>").replace(">170 d", "><span>17</span>0 d")
    assert found(text) == []
    place = PLACE.format("totaal", "result")
    assert found(f'<a data-figure="{place}">56</a><a data-figure="{place}">3</a>') == []


def test_tag_soup_is_read() -> None:
    """Elements that nobody closed end where the next begins, or their paragraph does."""
    one, two = PLACE.format("totaal", "result"), PLACE.format("totaal", "budget")
    soup = f'<p>Over <a data-figure="{one}">563<p>van <a data-figure="{two}">4.900 <td></table></b> en meer'
    assert found(soup) == []
    assert [hit.written for hit in found(soup.replace("563", "536"))] == ["536"]


def test_scripts_comments_and_entities_are_not_words() -> None:
    """Nothing is run or looked up: an entity that a document declares itself stays what it is."""
    place = PLACE.format("totaal", "result")
    declared = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname"><!ENTITY c "536">]>'
    text = f'{declared}<!-- <a data-figure="{place}">1</a> --><script>"<a data-figure=\'{place}\'>2</a>"</script>'
    assert found(text + f'<a data-figure="{place}">563</a>') == []
    assert [hit.written for hit in found(f'{declared}<a data-figure="{place}">&c;</a>')] == ["&c;"]


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<a ", "<table>", "<td>", "<a href='x", "&#", "</a", "<![CDATA[", "<b x='1' ", "<a href=/a/>"],
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    """A hundred thousand times the same broken mark is read within seconds."""
    started = time.process_time()
    read_soup(piece * 100_000)
    assert time.process_time() - started < 20


def test_text_is_read_in_the_encoding_that_it_says() -> None:
    """By its mark, by its own word, as UTF-8, and else as Windows wrote it."""
    assert decoded("é".encode("utf-16")) == "é"
    assert decoded(b"\xef\xbb\xbfa") == "a"
    assert decoded('<meta charset="iso-8859-1">é'.encode("latin-1"))[-1] == "é"
    assert decoded("é".encode()) == decoded("é".encode("cp1252")) == "é"
    assert decoded(b"<meta charset=nonsense>a")[-1] == "a"
    for bytes_ in (b"PK\x03\x04\0\0", b"\xff\xfe\0"):
        with pytest.raises(NoHtml):
            decoded(bytes_)


def test_the_command_names_what_was_edited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --against FILE`: exit 0 on the text as it was taken over, 1 with a fault for what differs."""
    file = tmp_path / "jaarstukken.html"
    town = str(ROOT / "examples" / "groningen")
    file.write_text(fragment(), "utf-8")
    assert main(["check", town, "--against", str(file), "--json"]) == 0
    file.write_text(fragment().replace(">563 duizend euro<", ">653 duizend euro<", 1), "utf-8")
    assert main(["check", town, "--against", str(file), "--publication", "jaarrekening-2019"]) == 1
    assert "653 duizend euro" in capsys.readouterr().err


def test_a_figure_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    """T121, without a row: there is no line to point at; and a publication that is not there is said."""
    file, opened = tmp_path / "jaarstukken.html", open_dossier(ROOT / "examples" / "groningen")
    file.write_text(re.sub(r"<li><strong>Zuid.*?</li>", "", fragment(), flags=re.DOTALL), "utf-8")
    faults = check_against(opened, file, None)
    assert {(one.code, one.file, one.row, one.value) for one in faults} == {("T121", "jaarstukken.html", None, None)}
    assert [one.code for one in check_against(opened, file, "jaarrekening-1900")] == ["P105"]
