"""The form of Iv3, against the schema of the CBS itself; and the definitions as the CBS publishes them."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.groningen_town import iv3 as town
from gebiedswerk.core.faults import Checked
from gebiedswerk.formats.iv3.controls import code_faults, total_faults
from gebiedswerk.formats.iv3.definitions import Definitions, parse_definitions, parse_texts
from gebiedswerk.formats.iv3.form import Iv3, parse_iv3
from gebiedswerk.formats.iv3.read_iv3 import read_json
from tests.conftest import ROOT
from tests.formats.iv3.schema import breaches

CBS = ROOT.parent / "shared" / "data" / "iv3"
with_cbs = pytest.mark.skipif(not CBS.is_dir(), reason="the files of the CBS are not beside this checkout")
EXAMPLE = ROOT / "examples" / "groningen" / "iv3" / "2019-jaarrekening.json"
WHOLE: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
FULL = {
    "balans_lasten": [{"balanscode": "A111", "categorie": "6.1", "bedrag": -5}],
    "balans_baten": [{"balanscode": "P12", "categorie": "7.2", "bedrag": 12.5, "details": {"grootboek": 1}}],
    "balans_standen": [{"balanscode": "A23", "standper": "ultimo", "bedrag": 0}],
    "kengetallen": [{"verslagperiode": "Rek_2019", "kengetal": "fk.1", "waarde": "12,3"}],
    "beleidsindicatoren": [{"verslagperiode": "Rek_2019", "beleidsindicator": "bi.1", "waarde": ""}],
}
ODD: list[Any] = [None, True, 7, -0.5, "", "woord", [], {}, [1], {"a": 1}, "2019", 2019.5]


def whole() -> dict[str, Any]:
    """A delivery in which every part has a row."""
    made = deepcopy(WHOLE)
    made["data"] |= deepcopy(FULL)
    return made


def exact(value: Any) -> Any:
    """As our reader gives it: numbers with a point are Decimal."""
    return json.loads(json.dumps(value), parse_float=Decimal)


def delivery(value: Any) -> Iv3:
    found, faults = parse_iv3(exact(value), "iv3/a.json", {})
    assert found is not None, faults
    return found


def definitions(year: int) -> Definitions:
    file = f"iv3_definities_Gemeente_{year}.json"
    read, faults = read_json(CBS / file, file)
    found, problems = parse_definitions(read, file)
    assert found is not None and not faults and not problems
    return found


def schema() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((CBS / "iv3_data_schema_v2_1_1.json").read_text("utf-8-sig"))
    return read


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of everything in a value, lists and objects included."""
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(place for name, part in inner for place in places(part, (*path, name)))]


PLACES = [place for place in places(whole()) if place]


def changed(place: tuple[str | int, ...], how: str, odd: Any) -> dict[str, Any]:
    """A delivery with one thing replaced, removed or added."""
    made = whole()
    within: Any = made
    for name in place[:-1]:
        within = within[name]
    if how == "remove":
        del within[place[-1]]
    elif how == "add" and isinstance(within, dict):
        within["onbekend"] = odd
    else:
        within[place[-1]] = odd
    return made


@with_cbs
def test_the_example_is_what_the_schema_asks() -> None:
    """The example delivery, and one in which every part has a row."""
    assert breaches(WHOLE, schema(), schema()) == []
    assert breaches(whole(), schema(), schema()) == []
    assert delivery(whole()).parts.keys() == whole()["data"].keys()


@with_cbs
@given(place=st.sampled_from(PLACES), how=st.sampled_from(["replace", "remove", "add"]), odd=st.sampled_from(ODD))
def test_what_breaks_the_schema_is_a_fault(place: tuple[str | int, ...], how: str, odd: Any) -> None:
    """One change anywhere: what the CBS refuses we name, but for the address of the contact, which we do not judge."""
    made = changed(place, how, odd)
    broken = [one for one in breaches(made, schema(), schema()) if not one.endswith("email: pattern")]
    found, faults = parse_iv3(exact(made), "iv3/a.json", {})
    assert (found is None) == bool(faults)
    assert not broken or faults, broken
    if how == "remove":
        assert bool(faults) == bool(broken)


@given(place=st.sampled_from(PLACES), how=st.sampled_from(["replace", "remove", "add"]), odd=st.sampled_from(ODD))
def test_nothing_of_people_is_kept_or_said(place: tuple[str | int, ...], how: str, odd: Any) -> None:
    """Whatever is wrong, no fault and no value holds the contact, a remark or a detail."""
    made = changed(place, how, odd)
    secrets = {"naam": "Geheim-een", "email": "geheim-twee@example.nl", "telefoon": "geheim-drie"}
    if isinstance(made.get("contact"), dict):
        made["contact"] = {name: secrets.get(name, "geheim-vier") for name in made["contact"]}
        made["contact"]["geheim-vijf"] = 1
    made["opmerkingen"] = [{"tekst": "geheim-zes", "auteur": "geheim-zeven", "geheim-acht": "x"}, "geheim-negen"]
    found, faults = parse_iv3(exact(made), "iv3/a.json", {})
    assert faults
    assert "geheim" not in repr((found, faults)).lower()


@pytest.mark.parametrize(("text", "fault"), [("0.10", True), ('"0.10"', False), ('"0.1"', False), ('"a/b"', True)])
def test_a_code_is_text(text: str, fault: bool) -> None:
    """A number is no code: its last zero would be gone."""
    made = json.dumps(WHOLE).replace('"taakveld": "0.10"', f'"taakveld": {text}', 1)
    found, faults = parse_iv3(json.loads(made, parse_float=Decimal), "iv3/a.json", {})
    assert [one.code for one in faults] == ["R104"] * fault
    codes = {row.codes[0] for row in found.parts["baten"]} if found else set()
    assert fault or json.loads(text) in codes


@with_cbs
@pytest.mark.parametrize(
    ("year", "taakvelden", "lasten", "baten"), [(2019, 53, 496, 792), (2024, None, 849, 1218), (2026, None, 784, 1175)]
)
def test_definitions_of_the_cbs(year: int, taakvelden: int | None, lasten: int, baten: int) -> None:
    """Codes to book on are the ends of the tree: chapters and totals are none. Grey cells are counted as published."""
    found = definitions(year)
    assert (found.level, found.year) == ("Gemeente", year)
    assert {"0.1", "0.10", "6.1"} <= found.codes["taakveld"].keys()
    assert not {"0.", "6.", "Tot_TV"} & found.codes["taakveld"].keys()
    assert "7.1" in found.codes["categorie_lasten"] and "Tot_cat_l" not in found.codes["categorie_lasten"]
    assert taakvelden is None or len(found.codes["taakveld"]) == taakvelden
    assert (len(found.grey["lasten"]), len(found.grey["baten"])) == (lasten, baten)
    assert set(found.codes["standper"].values()) == {"begindatum", "einddatum"}


@with_cbs
def test_the_example_against_the_definitions_of_2019() -> None:
    """The codes of the example exist, none is in a grey cell, and its own list says of each what the CBS says."""
    cbs = definitions(2019)
    assert code_faults(delivery(WHOLE), cbs, {}) == []
    assert total_faults(delivery(WHOLE), cbs, {}, 1) == []
    own, _ = parse_definitions(town.codes(), "iv3/codes-2019.json")
    assert own is not None
    for name, codes in own.codes.items():
        assert {code: cbs.codes[name][code] for code in codes} == codes
    used = {row.codes[0] for side in ("lasten", "baten") for row in delivery(WHOLE).parts[side]}
    assert used == own.codes["taakveld"].keys()


@with_cbs
def test_codes_of_another_year_are_named_in_the_words_of_the_cbs() -> None:
    """Taakveld 6.71 was split after 2019; the salary of a chapter, 6.2 with a category of income, and a grey cell."""
    made = whole()
    made["data"] |= {
        "lasten": [
            {"taakveld": "6.71", "categorie": "3.8", "bedrag": 1},
            {"taakveld": "6.71", "categorie": "2.2.1", "bedrag": 1},
            {"taakveld": "0.1", "categorie": "3.1", "bedrag": 1},
        ],
        "baten": [{"taakveld": "0.", "categorie": "3.8", "bedrag": 3}],
        "balans_lasten": [],
        "balans_baten": [],
        "balans_standen": [{"balanscode": "P9", "standper": "gisteren", "bedrag": 0}],
    }
    texts, _ = parse_texts(json.loads((CBS / "fouten.json").read_text("utf-8-sig")), "fouten.json")
    found = code_faults(delivery(made), definitions(2026), texts)
    assert [(one.code, one.row, one.column, one.value, dict(one.facts).get("cbs")) for one in found] == [
        ("R107", 1, "data.lasten.taakveld", "6.71", "DF001 (onjuiste taakveld-code gebruikt)"),
        ("R107", 2, "data.lasten.categorie", "2.2.1", "DF002 (onjuiste categorie-code gebruikt)"),
        ("R107", 1, "data.baten.taakveld", "0.", "DF001 (onjuiste taakveld-code gebruikt)"),
        ("R107", 1, "data.balans_standen.balanscode", "P9", "DF003 (onjuiste balans-code gebruikt)"),
        ("R107", 1, "data.balans_standen.standper", "gisteren", "DF004 (onjuiste stand-per-code gebruikt)"),
        ("R107", 1, "data.kengetallen.verslagperiode", "Rek_2019", "DF007 (onjuiste verslagperiode-code gebruikt)"),
        (
            "R107",
            1,
            "data.beleidsindicatoren.verslagperiode",
            "Rek_2019",
            "DF007 (onjuiste verslagperiode-code gebruikt)",
        ),
        ("R108", 3, "data.lasten", "0.1/3.1", None),
    ]


@with_cbs
@pytest.mark.parametrize(
    ("opening", "closing", "named"),
    [((5, 5), (7, 7), []), ((5, 9), (7, 7), ["PF007"]), ((5, 5), (7, 9), ["PF008"]), ((5, 6), (7, 7), [])],
)
def test_both_sides_of_the_balance(opening: tuple[int, int], closing: tuple[int, int], named: list[str]) -> None:
    """Activa are passiva at the start (PF007) and at the end (PF008), but for the rounding of two rows."""
    made = deepcopy(WHOLE)
    made["data"]["balans_standen"] = [
        {"balanscode": code, "standper": moment, "bedrag": amount}
        for moment, amounts in (("1 januari", opening), ("ultimo", closing))
        for code, amount in zip(("A23", "P111"), amounts, strict=True)
    ]
    found = total_faults(delivery(made), definitions(2019), {}, 1)
    assert [dict(one.facts)["cbs"] for one in found] == named


def test_a_quarter_need_not_be_in_balance() -> None:
    """PF006 is for budgets and annual accounts."""
    made = deepcopy(WHOLE)
    made["data"]["baten"].pop()
    assert [one.code for one in total_faults(delivery(made), None, {}, 1)] == ["R109"]
    made["metadata"]["periode"] = 2
    assert total_faults(delivery(made), None, {}, 1) == []


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_fault(bom: bytes, tmp_path: Path) -> None:
    """Some files of the CBS start with one."""
    (tmp_path / "a.json").write_bytes(bom + EXAMPLE.read_bytes())
    assert read_json(tmp_path / "a.json", "iv3/a.json") == Checked(WHOLE)
