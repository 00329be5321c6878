"""Whatever lies in `iv3/`: it is named, nothing raises, and little time and memory goes into it."""

from __future__ import annotations

import json
import random
import time
import tracemalloc
from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.terminal import fault_json
from gebiedswerk.dossier import read
from gebiedswerk.formats.iv3 import read_iv3
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger.iv3_check import check_iv3
from tests.conftest import ROOT

WHOLE = (ROOT / "examples" / "groningen" / "iv3" / "2019-jaarrekening.json").read_text("utf-8")
DEFINITIONS = (ROOT / "examples" / "groningen" / "iv3" / "codes-2019.json").read_text("utf-8")
AMOUNT = '"bedrag": 100000'


def amount(text: str) -> bytes:
    """The example with another amount."""
    assert AMOUNT in WHOLE
    return WHOLE.replace(AMOUNT, f'"bedrag": {text}').encode()


def nested(text: str, start: str, end: str) -> bytes:
    return (start * 100_000 + text + end * 100_000).encode()


HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "nothing": (b"", {"R101"}),
    "a byte order mark alone": (b"\xef\xbb\xbf", {"R101"}),
    "NUL bytes": (b"\0" * 1000, {"R101"}),
    "no UTF-8": (WHOLE.replace("Groningen", "Gron\xefngen").encode("latin-1"), {"R101"}),
    "UTF-16": (WHOLE.encode("utf-16"), {"R101"}),
    "a page of the web": (b"<html><body>Niet gevonden</body></html>", {"R101"}),
    "cut off": (WHOLE.encode()[:-40], {"R101"}),
    "two in one": ((WHOLE + WHOLE).encode(), {"R101"}),
    "deep lists": (nested("", "[", "]"), {"R101"}),
    "deep objects": (nested("1", '{"a":', "}"), {"R101"}),
    "deep details": (WHOLE.replace(AMOUNT, f'{AMOUNT}, "details": {"[" * 50_000}{"]" * 50_000}').encode(), {"R101"}),
    "a key twice": (amount('1, "bedrag": 2'), {"R101"}),
    "no number": (amount("NaN"), {"R101"}),
    "without end": (amount("-Infinity"), {"R101"}),
    "a number of 100.000 digits": (amount("9" * 100_000), {"R101"}),
    "decimals of 100.000 digits": (amount("0." + "3" * 100_000), {"R101"}),
    "an enormous power": (amount("1e999999999"), {"R104"}),
    "a tiny power": (amount("1e-999999999"), {"R104"}),
    "nothing, to an enormous power": (amount("0e999999999"), {"R104"}),
    "more money than there is": (amount("99999999999999"), {"R104"}),
    "an amount in Dutch": (amount('"1.250,00"'), {"R104"}),
    "half of a pair": (WHOLE.replace('"0.10"', '"\\ud800"').encode(), {"R104"}),
    "a code as long as a book": (WHOLE.replace('"0.10"', json.dumps("9" * 100_000)).encode(), {"R104"}),
    "a code on two lines": (WHOLE.replace('"0.10"', '"0.10\\n"').encode(), {"R104"}),
    "a year as a number with a power": (WHOLE.replace("2019,", "2.019E3,", 1).encode(), {"R106", "R113"}),
    "a year far away": (WHOLE.replace("2019,", "1e30,", 1).encode(), {"R104"}),
    "a list": (b"[1, 2, 3]", {"R102"}),
    "a word": (b'"metadata"', {"R102"}),
    "null": (b"null", {"R102"}),
    "empty objects": (b'{"metadata": {}, "contact": {}, "data": {}}', {"R102"}),
    "lists of nothing": (WHOLE.replace('"lasten": [', '"lasten": [null, 1, [], "x", ').encode(), {"R102"}),
    "strange names": (WHOLE.replace('"metadata": {', '"\\ud800\\u0000": 1, "metadata": {').encode(), {"R103"}),
    "fifty thousand rows of nothing": (
        WHOLE.replace('"lasten": [', '"lasten": [' + "{}," * 50_000).encode(),
        {"R102", "X002"},
    ),
    "definitions of nothing": (b'{"codelijsten": null}', {"R104"}),
    "definitions of no year": (DEFINITIONS.replace('"2019"', '"negentien"').encode(), {"R104"}),
    "lists that are none": (
        b'{"metadata": {"overheidslaag": "GR", "boekjaar": 2019},'
        b' "codelijsten": {"taakveld": [1], "x": {"codelijst": 7}}, "grijze_cellen": {"lasten": {"a": 1},'
        b' "baten": [null, 3, {"taakveld": 1}]}}',
        set(),
    ),
    "errors that are none": (b'{"fouten_overzicht": {"foutcode": 1}}', {"R104"}),
    "errors of another sort": (b'{"fouten_overzicht": [null, {"foutcode": ["DF001"]}, {"omschrijving": 3}]}', set()),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_answers_with_its_faults(name: str, klein: Path) -> None:
    """The faults that it should have, in words that can be printed, within seconds."""
    data, codes = HOSTILE[name]
    (klein / "iv3").mkdir()
    (klein / "iv3" / "a.json").write_bytes(data)
    start = time.process_time()
    faults = open_dossier(klein).faults
    assert time.process_time() - start < 30
    assert {one.code for one in faults} == codes
    assert len(faults) < 100
    for language in LANGUAGES:
        for one in faults:
            json.dumps(fault_json(one, Messages(language)), ensure_ascii=False).encode("utf-8")


def test_a_file_that_is_too_large_is_not_opened(klein: Path) -> None:
    """Its size is asked for first: nothing of it comes into memory."""
    (klein / "iv3").mkdir()
    with (klein / "iv3" / "a.json").open("wb") as file:
        file.truncate(read_iv3.MOST_BYTES + 1)
    tracemalloc.start()
    found, faults = read_iv3.read_json(klein / "iv3" / "a.json", "iv3/a.json")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found, [one.code for one in faults]) == (None, ["R101"])
    assert peak < 1_000_000


def test_bytes_changed_at_random(klein: Path) -> None:
    """Six hundred times some bytes are other ones, gone or doubled: faults, and never an exception."""
    (klein / "iv3").mkdir()
    (klein / "iv3" / "a.json").touch()
    dossier = read(klein).value
    assert dossier is not None
    dice = random.Random(3)
    found: set[str] = set()
    for turn in range(600):
        data = bytearray((WHOLE if turn % 3 else DEFINITIONS).encode())
        for _ in range(dice.randrange(1, 5)):
            at = dice.randrange(len(data))
            data[at : at + dice.randrange(3)] = dice.choice([b"", b"0", b'"', b"{", b",", b"\xff", b"-", b"null", b"]"])
        (klein / "iv3" / "a.json").write_bytes(bytes(data))
        found |= {one.code for one in check_iv3(dossier, None).faults}
    assert {"R101", "R102", "R103", "R104"} <= found
    assert {code[0] for code in found} <= {"R", "X"}
