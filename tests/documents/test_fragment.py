"""A chapter as a fragment of HTML that another system takes in."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from xml.etree import ElementTree as ET

import html5lib

from gebiedswerk.blocks.models import Chart, Map, Table
from gebiedswerk.documents.content import DocumentHeading, Paragraph, TextRun
from gebiedswerk.documents.fragment import fragment_text
from gebiedswerk.documents.sources import printed
from tests.documents.papers import ADDRESS, PLACE, small_chapter, town_chapter

SPACE = "{http://www.w3.org/1999/xhtml}"


def parsed(text: str) -> list[html5lib.treebuilders.etree.Element]:  # type: ignore[name-defined] # carries no such type
    """The elements of a fragment; raises where it is no good HTML."""
    return list(html5lib.HTMLParser(strict=True).parseFragment(text))


def test_a_fragment_is_one_article_without_styles_or_scripts() -> None:
    """It goes into a page that has a head and a first heading of its own."""
    for language in ("nl", "en"):
        article = parsed(fragment_text(town_chapter(language), ADDRESS))
        assert [(one.tag, one.get("class"), one.get("lang")) for one in article] == [
            (f"{SPACE}article", "gebiedswerk", language)
        ]
        tags = {one.tag.removeprefix(SPACE) for one in article[0].iter()}
        assert not tags & {"html", "head", "body", "h1", "style", "script", "link"}
        assert not [one for one in article[0].iter() if one.get("style") or one.get("onclick")]


def test_all_of_a_chapter_is_written_as_what_it_is() -> None:
    """Headings one level down, lists within lists, a table with caption and headings, marks escaped."""
    text = fragment_text(small_chapter(), "")
    parsed(text)
    place = f'<a class="cijfer" data-figure="{PLACE}">−170</a>'
    assert "<h2>Paragraaf</h2>\n<p>Concept</p>\n<p>Gemaakt op 1 mei 2020</p>\n<h3>Geld &lt; goed</h3>" in text
    assert f"<p>Over: <strong>{place}</strong> euro.</p>" in text
    assert "<ol>\n<li>een\n<ul>\n<li>daaronder\n</li>\n</ul>\n</li>\n<li>twee\n</li>\n</ol>" in text
    assert '<caption>Resultaat &amp; meer</caption>\n<thead>\n<tr><th scope="col">Budget</th>' in text
    assert f'<tr><th scope="row">West</th><td>{place}</td></tr>\n</tbody>\n<tfoot>' in text


def test_a_picture_is_told_in_words_and_brings_its_drawing() -> None:
    """Each chart and map of the page: a caption, an alternative that names its table, and no file beside the text."""
    for language, kinds in (("nl", ("Grafiek: ", "Kaart: ")), ("en", ("Chart: ", "Map: "))):
        one = town_chapter(language)
        figures = list(parsed(fragment_text(one, ADDRESS))[0].iter(f"{SPACE}figure"))
        wanted = [piece for piece in one.pieces if isinstance(piece, Chart | Map)]
        assert wanted and [figure[0].text for figure in figures] == [piece.caption for piece in wanted]
        for figure, piece in zip(figures, wanted, strict=True):
            image = figure[1]
            assert image.get("alt").startswith(kinds[isinstance(piece, Map)] + piece.caption)
            assert any(table.caption in image.get("alt") for table in one.pieces if isinstance(table, Table))
            kind, _, drawing = image.get("src").partition(",")
            assert kind == "data:image/svg+xml;base64"
            root = ET.fromstring(b64decode(drawing))  # noqa: S314 # our own drawing
            assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_every_figure_names_its_place_and_leads_there() -> None:
    """In the order of the page, with the words of the page."""
    one = town_chapter()
    links = [
        found for found in parsed(fragment_text(one, ADDRESS))[0].iter(f"{SPACE}a") if found.get("class") == "cijfer"
    ]
    assert all(found.get("href") == ADDRESS + found.get("data-figure") for found in links)
    found = {(link.text, link.get("data-figure")) for link in links}
    assert {(figure.text, figure.place) for figure in printed([one])} <= found


def test_words_that_nobody_translated_say_their_language() -> None:
    """A paragraph, a heading and an item each name it."""
    pieces = (
        DocumentHeading(2, (TextRun("Kop"),), "nl"),
        Paragraph((TextRun("Tekst"),), language="nl"),
        Paragraph((TextRun("een"),), "•", 1, "nl"),
    )
    text = fragment_text(replace(small_chapter(), language="en", pieces=pieces), "")
    assert '<h3 lang="nl">Kop</h3>\n<p lang="nl">Tekst</p>\n<ul>\n<li lang="nl">een' in text
