"""Every string that a dossier can hold is read by the scan, or is named here with the reason why it is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import count
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier, opened_of
from gebiedswerk.core.matching import Pattern
from gebiedswerk.core.names import Names
from gebiedswerk.core.words import TextKind
from gebiedswerk.dossier import Dossier, read
from gebiedswerk.dossier.cell_types import Kind
from gebiedswerk.dossier.session import Session
from gebiedswerk.ledger.privacy import hits_in_texts
from gebiedswerk.ledger.public_texts import NUMBERS, public_texts
from gebiedswerk.site import write
from tests.small import put
from tests.whole.secrets import places

UNREAD = {
    r"privacy_accepted\..*": "a table for the municipality alone",
    r".*\.internal_note": "for the municipality alone",
    r"deliveries\.settings\.accepted": "for the municipality alone",
    r"deliveries\.settings\.control\..*": "amounts",
    r"deliveries\.(path|sha256)": "a place on the own machine, and a hash",
    r"deliveries\.file": "the folder and file, both read on their own",
    r"deliveries\.profile\..*": "how a package writes: no profile is published",
    r"path|iv3_files\.1|unread|work\.unread|house\.(fonts\.data|logo\.1)": "places on the own machine, and bytes",
    r"house\.fonts\.settings\..*|house\.logo\.0": "the same as site.fonts and site.logo in the settings",
}
"""What is not read, by its place in a dossier, and why."""


def _service_numbers() -> Iterator[str]:
    """Numbers that pass the test of eleven; made for testing."""
    for start in count(70_000_000):
        rest = sum(int(digit) * weight for digit, weight in zip(f"{start}", range(9, 1, -1), strict=True)) % 11
        if rest < 10:
            yield f"{start}{rest}"


NUMBERED = _service_numbers()


class Planter:
    """Makes a value of any type of a dossier, with a service number of its own in every string."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}

    def string(self, place: str) -> str:
        number = next(NUMBERED)
        self.planted[number] = place
        return number

    def value(self, hint: Any, place: str) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        if origin is Annotated:
            kind = inner[1]
            if isinstance(kind, Kind) and kind.name in NUMBERS and inner[0] is str:
                return "BU00000000"
            return self.value(inner[0], place)
        if origin in (Union, UnionType):
            return self.value(next(one for one in inner if one is not NoneType), place)
        if origin is tuple:
            parts = inner[:1] if inner[1:] == (Ellipsis,) else inner
            names = [place] if len(parts) == 1 else [f"{place}.{at}" for at in range(len(parts))]
            return tuple(self.value(one, name) for one, name in zip(parts, names, strict=True))
        if origin is list:
            return [self.value(inner[0], place)]
        if origin is dict:
            return {self.string(f"{place}.key"): self.value(inner[1], f"{place}.value")}
        return self.bare(hint, place)

    def bare(self, kind: Any, place: str) -> Any:
        if kind is str:
            return self.string(place)
        if kind is Pattern:
            return Pattern(self.string(f"{place}.low"), self.string(f"{place}.high"))
        if is_dataclass(kind):
            hints = get_type_hints(kind, include_extras=True)
            names = [one.name for one in fields(kind) if one.init]
            made: Any = kind
            return made(**{name: self.value(hints[name], f"{place}.{name}".lstrip(".")) for name in names})
        if issubclass(kind, Enum):
            return next(iter(kind))
        if kind is Path:
            return Path(self.string(place))
        fixed: dict[Any, Any] = {
            int: 2019, bool: True, bytes: b"", float: 1.5, Decimal: Decimal(1),
            date: date(2019, 1, 1), datetime: datetime.fromisoformat("2019-01-01T00:00:00"), Session: Session(),
        }  # fmt: skip
        return fixed[kind]


def planted() -> tuple[Dossier, dict[str, str]]:
    """A dossier in which every string is a service number, and the place of each."""
    planter = Planter()
    dossier: Dossier = planter.bare(Dossier, "")
    accounts = tuple(replace(one, adopted=json.dumps({"decision": one.adopted})) for one in dossier.publications)
    return replace(dossier, publications=accounts), planter.planted


def test_every_string_of_a_dossier_is_read() -> None:
    """Walked by its types: a new table, column or setting fails here until the scan reads it or it is named above."""
    dossier, places = planted()
    said = {hit.text: hit for hit in hits_in_texts(dossier, Names([]), {})}
    unread = {place for word, place in places.items() if word not in said}
    assert {place for place in unread if not _is_named(place)} == set()
    assert {pattern for pattern in UNREAD if not any(re.fullmatch(pattern, place) for place in unread)} == set()
    assert len(places) > 150
    assert all(hit.file for hit in said.values())


def _is_named(place: str) -> bool:
    return any(re.fullmatch(pattern, place) for pattern in UNREAD)


WORK = {
    "team": "area,role,name,contact,internal_note\nBIN,gebiedsmanager,Team,x@t.example,Notitie\n",
    "aldermen": "area,title,name,valid_from,internal_note\nBIN,wethouder,Zorg,2018-01-01,Notitie\n",
    "themes": "code,name,side\nGROEN,Groen,physical\n",
    "projects": "code,name,areas,themes,status,summary,internal_note\nP1,Plein,BIN,GROEN,running,Uitleg,Notitie\n",
    "initiatives": (
        "code,slug,area,name,asked_by,asked_on,asked,status,decided_on,decision,granted,summary,internal_note\n"
        'I1,tuin,BIN,Tuin,residents,2025-01-15,"50,00",granted,2025-02-01,Besluit,"50,00",Uitleg,Notitie\n'
    ),
    "visits": "code,area,visited_on,who,subject,internal_note\nB1,BIN,2025-04-19,college,Wandeling,Notitie\n",
    "promises": "code,visit,promise,owner,due_on,status,internal_note\nA1,B1,Bank,team,2025-05-17,open,Notitie\n",
    "decisions": (
        "code,area,decided_on,decided_by,title,number,internal_note\nD1,BIN,2025-03-27,raad,Geld,R9,Notitie\n"
    ),
    "newsletters": "area,sent_on,title\nBIN,2025-03-27,Nieuws\n",
    "indicators": "area,indicator,value,unit,period,source\nBIN,Rapportcijfer,7.5,cijfer,2024,Monitor\n",
}


def _marked(value: Any, tokens: dict[str, str], place: str = "", hint: Any = None) -> Any:
    """A value with a word of its own behind every text of which the schema says that it is words."""
    if isinstance(value, tuple | list):
        return type(value)(_marked(one, tokens, place) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value), include_extras=True)
        changed = {
            one.name: _marked(getattr(value, one.name), tokens, f"{place}.{one.name}", hints[one.name])
            for one in fields(value)
            if one.init and one.name not in ("adopted", "texts", "house", "geography", "profile")
        }
        return replace(value, **changed)
    words = next((one for one in _annotations(hint) if isinstance(one, TextKind)), None)
    named = place.endswith(("internal_note", ".accepted", "privacy_accepted.text"))
    if isinstance(value, str) and value and ((words and words is not TextKind.CODE) or named):
        tokens[token := f"zq{len(tokens)}qz"] = place
        return f"{value} {token}"
    return value


def _annotations(hint: Any) -> Iterator[Any]:
    for one in get_args(hint):
        if isinstance(one, Kind):
            yield one.words
        elif get_origin(one) is Annotated:
            yield from _annotations(one)
        else:
            yield one


def test_what_comes_out_was_read(klein: Path, tmp_path: Path) -> None:
    """A site is built with a word of its own in every text of a town; whatever is in its bytes was read by the scan."""
    for name, text in WORK.items():
        put(klein, f"work/{name}.csv", text)
    put(klein, "privacy_accepted.csv", "id,kind,text,reason,who,accepted_on\n1,email,x,Reden,FG,2026-01-01\n")
    put(klein, "reconciliations.csv", "id,what,amount,reason,who,accepted_on\n1,outside:x,1.00,Reden,Wie,2026-01-01\n")
    dossier, tokens = read(klein).value, dict[str, str]()
    marked = _marked(dossier, tokens)
    made = make(opened_of(marked, ()))
    assert made is not None
    write(made.pages, made.data, tmp_path / "out", house=marked.house)
    came_out = {token for token, _ in places(tmp_path / "out", tokens)}
    was_read = {token for one in public_texts(marked, {}) for token in re.findall("zq[0-9]+qz", one.words)}
    assert {tokens[token] for token in came_out - was_read} == set()
    assert len({tokens[token] for token in came_out}) > 30, sorted({tokens[token] for token in came_out})
    private = {
        token for token, place in tokens.items() if place.endswith(("internal_note", ".accepted")) or "privacy" in place
    }
    assert private and not private & came_out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bsn 1234**567**82", "V101"),
        ('bsn 1234[567](free: "jaar")82', "V101"),
        ("bsn 1234\\-567\\-82", "V101"),
        ("Bel 06-\n12345678", "V104"),
        ("**06**-12345678", "V104"),
        ("[mail](mailto:jan%40wilgendam.example)", "V103"),
        ("<jan@wilgendam.example>", "V103"),
        ('[x](https://wilgendam.example "jan@wilgendam.example")', "V103"),
        ('06-<span title="jan@wilgendam.example">1</span>', "V103"),
        ("[y]: mailto:jan@wilgendam.example", "V103"),
        ("![jan@wilgendam.example](table:account)", "V103"),
        ("```\njan&#64;wilgendam.example\n```", "V103"),
        ("<!-- jan@wilgendam.example -->", "V103"),
        ("# jan\\@wilgendam.example", "V103"),
        ("NL91 ABNA 0417\n1643 00", "V102"),
        ("jan [at]\nwilgendam punt example", "V103"),
    ],
)
def test_a_text_is_read_as_written_and_as_it_comes_out(klein: Path, text: str, code: str) -> None:
    """With the line on which it begins, once."""
    page = klein / "publications/jaarrekening-2025/index.md"
    lines = page.read_text("utf-8").count("\n")
    page.write_text(f"{page.read_text('utf-8')}\n\n{text}\n", "utf-8")
    found = [one for one in open_dossier(klein).faults if one.code.startswith("V1") and one.code != "V109"]
    assert [(one.code, dict(one.facts)["times"]) for one in found] == [(code, 1)], found
    first = lines + 2 + text[: re.search("jan|06|123|NL91", text).start()].count("\n")  # type: ignore[union-attr]
    assert found[0].row in (first + 1, first)
