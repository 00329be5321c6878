"""Who is one person: every way in which packages write a creditor, and what makes two of them."""

from __future__ import annotations

from itertools import product

import pytest

from gebiedswerk.core.persons import NAME, persons

GIVEN = (("A.", "Anna"), ("P.J.", "Piet"))
FAMILY = ("Vries|de", "Berg|van den", "Jansen|", "Müller|", "Meijer|", "Hof|van 't")
TITLES = ("", "Dhr. ", "Mw. ", "drs. ", "Fam. ")
FORMS = ("", " B.V.", " v.o.f.")


def spellings(family: str, initials: str) -> list[str]:
    """One person as packages write them: both orders, with and without comma, title, capitals, accents, legal form."""
    name, _, between = family.partition("|")
    last = f"{between} {name}".strip()
    bare = name.replace("ü", "u").replace("ij", "y")
    forms = [
        f"{name}, {initials} {between}".strip(),
        f"{last}, {initials}",
        f"{initials} {last}",
        f"{last} {initials}",
        f"{bare} {initials} {between}",
        f"{name}{name[-1]}, {initials}",
    ]
    written = [f"{title}{form}{end}" for title, form, end in product(TITLES, forms, FORMS)]
    return [*written, *(text.upper() for text in written), *(f"  {text.lower()} " for text in written)]


@pytest.mark.parametrize("family", FAMILY)
@pytest.mark.parametrize("initials", [one[0] for one in GIVEN])
def test_however_it_is_written_it_is_one_person(family: str, initials: str) -> None:
    """270 spellings each."""
    written = spellings(family, initials)
    assert len(written) == 270
    found = persons(written)
    assert len(set(found.values())) == 1
    assert next(iter(found.values())).startswith(NAME)


def test_a_first_name_in_full_joins_but_never_parts() -> None:
    """Without a comma nobody knows which word is the family's: all who share a word are one."""
    found = persons(["Piet Jansen", "Jansen Piet", "P. Jansen", "Jansen, Piet", "Piet Bakker", "A. Smit"])
    assert len(set(found.values())) == 2
    assert found["A. Smit"] != found["Piet Bakker"] == found["P. Jansen"]


@pytest.mark.parametrize("written", ["4711", "004711", "4711 Jansen, P.", "P. Jansen (4711)", "JANSEN 0004711"])
def test_a_number_decides(written: str) -> None:
    assert persons([written]) == {written: "4711"}


def test_codes_are_as_they_are() -> None:
    """Letters with digits, or a letter alone."""
    assert set(persons(["K17", "k17", "K-17", "x", "y"]).values()) == {"k17", "x", "y"}


def test_nothing_is_nobody() -> None:
    assert persons(["", "?!", " - "]) == {}
