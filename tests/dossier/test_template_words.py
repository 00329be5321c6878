"""No word of the example in what is published: every text of the starter is one, or says why it may stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.app.new import new
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.dossier.template_words import A_SENTENCE, MAY_STAY, starter_texts, template_words
from gebiedswerk.dossier.texts import DossierText

TEXTS = starter_texts()
OWN = (
    'name = "Wilgendam"\nexplanation = "Wilgendam is een verzonnen gemeente. Alle namen en bedragen zijn voorbeelden."'
)
TOLD = [text for text in TEXTS if text.text not in MAY_STAY]


def replaced(path: Path, old: str, new_text: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new_text), "utf-8")


def published(tmp_path: Path) -> Path:
    """The dossier of `new`, published as it is."""
    assert new(tmp_path / "d") == ()
    place = tmp_path / "d/publications/jaarrekening-2025/publication.toml"
    replaced(place, 'status = "draft"', 'status = "published"\npublished_at = 2026-05-12T09:30:00')
    return tmp_path / "d"


def test_a_draft_is_warned_and_nothing_of_it_is_published(tmp_path: Path) -> None:
    """As it is made: a warning for each text of the example; published: an error for each."""
    assert new(tmp_path / "e") == ()
    draft = open_dossier(tmp_path / "e").faults
    assert {one.code for one in draft} == {"D187"}
    found = [one for one in open_dossier(published(tmp_path)).faults if one.code == "D186"]
    places = [(text.file, text.column) for text in TOLD]
    assert [(one.file, one.column) for one in found] == places
    assert len(draft) == len(found)


def test_the_words_that_must_be_found() -> None:
    """What the brief of this fault was: figures that are made up, and two decisions to fill in."""
    for words in ("dit zijn verzonnen cijfers", "vul hier het raadsbesluit in", "voorbeeld"):
        assert words in template_words()


@pytest.mark.parametrize("text", TOLD, ids=lambda one: f"{one.file}-{one.column}")
def test_each_text_of_the_starter_is_found_in_a_published_dossier(klein: Path, text: DossierText) -> None:
    """In a dossier that is otherwise its own, in capitals and after words of its own where it is a sentence."""
    short = len(text.text.split()) < A_SENTENCE
    named = (
        f'name = "{text.text.upper()}"' if short else f'name = "Wilgendam"\nexplanation = "Let op. {text.text.upper()}"'
    )
    replaced(klein / "dossier.toml", OWN, named)
    found = [one for one in open_dossier(klein).faults if one.code in ("D186", "D187")]
    key = "municipality.name" if short else "municipality.explanation"
    assert [(one.code, one.file, one.column) for one in found] == [("D186", "dossier.toml", key)]


def test_every_excuse_is_a_text_of_the_starter() -> None:
    assert set(MAY_STAY) <= {text.text for text in TEXTS}
    assert all(MAY_STAY.values())


def test_one_sentence_left_of_two_is_found(klein: Path) -> None:
    """Half of the explanation stands there still; one that is a word of a name is none."""
    replaced(klein / "dossier.toml", OWN, 'name = "Voorbeeldstad"\nexplanation = "Dit zijn verzonnen cijfers"')
    assert [one.column for one in open_dossier(klein).faults if one.code == "D186"] == ["municipality.explanation"]
