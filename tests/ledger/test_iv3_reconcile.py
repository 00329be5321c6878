"""The ledger against Iv3: by a loop in plain Python, and on a dossier with a whole administration."""

from __future__ import annotations

import json
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Fault
from gebiedswerk.formats.iv3.form import Iv3, Iv3Row
from gebiedswerk.ledger.iv3_reconcile import booked, differences, what
from tests.faults.cases import HERE, change
from tests.town import append, edit

ACCOUNTS = "iv3/jaarrekening-2025.json"
LEDGER = "deliveries/concern-2025/concern.csv"
SETTINGS = "deliveries/concern-2025/delivery.toml"
HEADER = "id,what,amount,reason,who,accepted_on"
CELLS = list(product(("lasten", "baten"), ("0.10", "6.1"), ("3.8", "7.1")))
CODES = ("delivery", "side", "taakveld", "category")
SUMS = pl.Schema({**dict.fromkeys(CODES, pl.String()), "cents": pl.Int64(), "postings": pl.Int64()})


@pytest.fixture
def concern(klein: Path) -> Path:
    """The example town with a whole administration of 2025, and the Iv3 that agrees with it."""
    change(klein, tomllib.loads((HERE / "iv3.toml").read_text("utf-8")))
    return klein


def faults(dossier: Path) -> tuple[Fault, ...]:
    return open_dossier(dossier).faults


def said(dossier: Path) -> list[tuple[str, str | None]]:
    return [(one.code, one.value) for one in faults(dossier)]


def told(cells: dict[tuple[str, str, str], list[Decimal]], decimals: int) -> Iv3:
    """Iv3 with these amounts; a cell may have several rows."""
    parts = {
        side: tuple(
            Iv3Row(1, (taakveld, code), Fraction(amount), decimals)
            for (part, taakveld, code), amounts in cells.items()
            for amount in amounts
            if part == side
        )
        for side in ("lasten", "baten")
    }
    return Iv3("iv3/a.json", "Gemeente", "0014", 2019, 5, "Realisatie", parts)


def ledger(cents: dict[tuple[str, str, str], int]) -> pl.DataFrame:
    """What `sums_per_taakveld` gives for one delivery."""
    return pl.DataFrame([("d", *cell, amount, 1) for cell, amount in cents.items()], schema=SUMS, orient="row")


@given(
    cents=st.dictionaries(st.sampled_from(CELLS), st.integers(-(10**12), 10**12), min_size=1),
    shifts=st.dictionaries(st.sampled_from(CELLS), st.integers(1, 10**9)),
    unit=st.sampled_from([1, 1000]),
    decimals=st.sampled_from([0, 1, 2]),
)
def test_only_rounding_is_forgiven(
    cents: dict[tuple[str, str, str], int], shifts: dict[tuple[str, str, str], int], unit: int, decimals: int
) -> None:
    """Iv3 made by rounding the ledger agrees; whatever is booked beyond half a last digit is named to the cent."""
    last = Decimal(1).scaleb(-decimals)
    rounded = {cell: (Decimal(amount) / (100 * unit)).quantize(last, ROUND_HALF_UP) for cell, amount in cents.items()}
    iv3 = told({cell: [amount] for cell, amount in rounded.items()}, decimals)
    assert differences(iv3, booked(ledger(cents)), {}, unit) == []
    shifted = {cell: cents.get(cell, 0) + shifts.get(cell, 0) for cell in {*cents, *shifts}}
    found = differences(iv3, booked(ledger(shifted)), {}, unit)
    expected = {}
    for cell, amount in shifted.items():  # the slow and obvious way
        apart = Decimal(amount) - rounded.get(cell, Decimal(0)) * unit * 100
        if abs(apart) > last * unit * 100 / 2:
            expected["/".join(cell)] = int(apart)
    assert {one.code for one in found} <= {"R112"}
    assert {one.value: dict(one.facts)["difference_cents"] for one in found} == expected
    accepted = {what(iv3, cell): expected["/".join(cell)] for cell in CELLS if "/".join(cell) in expected}
    assert differences(iv3, booked(ledger(shifted)), accepted, unit) == []


@pytest.mark.parametrize(("cents", "agrees"), [(300_150, True), (300_151, False), (299_850, True), (299_849, False)])
def test_every_row_of_a_cell_may_be_rounded(cents: int, agrees: bool) -> None:
    """With details a cell stands in three rows of whole euros: one and a half euro of slack, and not a cent more."""
    iv3 = told({("lasten", "6.1", "3.8"): [Decimal(1000)] * 3}, 0)
    assert (differences(iv3, booked(ledger({("lasten", "6.1", "3.8"): cents})), {}, 1) == []) == agrees


def test_it_agrees(concern: Path) -> None:
    """Credit notes, income and both movements of a reserve come to the right side; the balance sheet counts nowhere."""
    opened = open_dossier(concern)
    assert opened.faults == ()
    (delivery,) = (one for one in opened.deliveries if one.id == "concern-2025")
    assert (delivery.lines, delivery.attributed_cents, delivery.open_cents) == (8, 0, 0)


def test_an_accepted_difference_is_published(concern: Path, tmp_path: Path) -> None:
    """Exactly its amount, with a reason; on the source page of the total it is told in words."""
    edit(concern, LEDGER, "43800;6100;6.1;3.8;1000,40", "43800;6100;6.1;3.8;1123,85")
    assert said(concern) == [("R112", "lasten/6.1/3.8")]
    row = "I1,iv3:9999/2025/lasten/6.1/3.8,123.85,Nagekomen factuur na de aanlevering,controller,2026-03-15"
    (concern / "reconciliations.csv").write_text(f"{HEADER}\n{row}\n", "utf-8")
    assert said(concern) == []
    built, _ = build(concern, tmp_path / "out")
    assert built is not None
    page = (built.site / "publicaties/jaarrekening-2025/cijfers/totaal/2025.html").read_text("utf-8")
    assert "Iv3 2025 van overheid 9999: lasten, taakveld 6.1, categorie 3.8" in page
    assert "Nagekomen factuur na de aanlevering" in page
    assert "Concerncontrol" not in page
    edit(concern, LEDGER, "1123,85", "1123,86")
    assert [dict(one.facts)["accepted_cents"] for one in faults(concern)] == [12385]


def test_an_accepted_difference_that_is_gone_is_said(concern: Path) -> None:
    """What was accepted and is right by now would be published as wrong."""
    row = "I1,iv3:9999/2025/baten/6.1/3.7,-12.00,Nog uit te zoeken,controller,2026-03-15"
    (concern / "reconciliations.csv").write_text(f"{HEADER}\n{row}\n", "utf-8")
    assert said(concern) == [("R112", "baten/6.1/3.7")]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("iv3:9999/2025/lasten/6.1/3.8", True),
        ("iv3:9999/2024/lasten/6.1/3.8", False),
        ("iv3:0014/2025/lasten/6.1/3.8", False),
        ("iv3:9999/2025/kosten/6.1/3.8", False),
        ("iv3:9999/2025/lasten/6.1", False),
    ],
)
def test_what_may_be_accepted(concern: Path, name: str, known: bool) -> None:
    """Of a government and year for which a delivery is complete, and one cell of it (D122)."""
    (concern / "reconciliations.csv").write_text(f"{HEADER}\nI1,{name},1.00,Reden,controller,2026-03-15\n", "utf-8")
    assert ("D122" in [one.code for one in faults(concern)]) != known


def test_an_amount_in_thousands(concern: Path) -> None:
    """The unit is a setting: 800 is then 800.000 euro, and everything is off."""
    append(concern, "dossier.toml", "[iv3]\nunit = 1000")
    assert {code for code, _ in said(concern)} == {"R112"}
    assert len(said(concern)) == 6


def test_two_deliveries_are_one_administration(concern: Path) -> None:
    """Those that name the same government are added up, each with its own periods."""
    lines = (concern / LEDGER).read_text("utf-8").splitlines()
    (concern / LEDGER).write_text("\n".join(lines[:6]) + "\n", "utf-8")
    second = concern / "deliveries/concern-december"
    second.mkdir()
    (second / "concern.csv").write_text("\n".join([lines[0], *lines[6:]]) + "\n", "utf-8")
    text = (concern / SETTINGS).read_text("utf-8")
    (concern / SETTINGS).write_text(text + "periods = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\n", "utf-8")
    (second / "delivery.toml").write_text(text + "periods = [12]\n", "utf-8")
    assert said(concern) == []


def test_a_newer_export_counts(concern: Path) -> None:
    """The ledger that is compared is the newest; one that no longer says it is complete leaves Iv3 uncompared."""
    newer = concern / "deliveries/concern-nieuw"
    newer.mkdir()
    (newer / "concern.csv").write_text((concern / LEDGER).read_text("utf-8").replace("500,00", "600,00"), "utf-8")
    text = (concern / SETTINGS).read_text("utf-8").replace("2026-03-01", "2026-03-09")
    (newer / "delivery.toml").write_text(text, "utf-8")
    assert said(concern) == [("R112", "lasten/0.1/4.2")]
    (newer / "delivery.toml").write_text(text.replace('complete_for = "9999"', ""), "utf-8")
    assert said(concern) == [("R113", "9999")]


def test_a_delivery_that_cannot_be_read_holds_it_back(concern: Path) -> None:
    """No differences for want of a ledger: it is said once what waits."""
    edit(concern, LEDGER, "1000,40", "duizend")
    found = faults(concern)
    assert "R112" not in [one.code for one in found]
    (waits,) = (one for one in found if one.code == "X001" and one.file == ACCOUNTS)
    assert dict(waits.facts) == {"stage": "iv3", "codes": ("L106",)}


def test_a_government_has_four_digits(concern: Path) -> None:
    """14 is not 0014: the zeros belong to the number."""
    edit(concern, SETTINGS, '"9999"', '"99"')
    assert ("D105", "complete_for") in [(one.code, one.column) for one in faults(concern)]


def test_commitments_are_no_administration(concern: Path) -> None:
    """Only what was booked can be complete."""
    edit(concern, SETTINGS, '"realised"', '"commitment"')
    assert ("D105", "complete_for") in [(one.code, one.column) for one in faults(concern)]


def test_a_quarter_is_checked_but_not_compared(concern: Path) -> None:
    """What a quarter covers is not in the form."""
    made = json.loads((concern / ACCOUNTS).read_text("utf-8"))
    made["metadata"]["periode"] = 1
    made["data"]["lasten"][0] = {"taakveld": "9.9", "categorie": "3.8", "bedrag": 1}
    (concern / "iv3/kwartaal-1.json").write_text(json.dumps(made), "utf-8")
    assert said(concern) == [("R107", "9.9")]


def test_files_that_are_kept_are_not_read(concern: Path) -> None:
    """An earlier delivery under a name with x_; anything else that is no JSON is named."""
    for name in ("x_eerder.json", "uitleg.md", "matrix.xlsx"):
        (concern / "iv3" / name).write_text("geen JSON", "utf-8")
    assert [(one.code, one.file) for one in faults(concern)] == [("D110", "iv3/matrix.xlsx")]
