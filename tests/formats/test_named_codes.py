"""Codes with their name in one cell: the code is read, alike in every file, and no two codes become one unasked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.app.propose_profile import propose_profile
from gebiedswerk.core.faults import errors
from gebiedswerk.formats.named_codes import have_names, parted, shared, surely, without_names
from gebiedswerk.importing.asked import is_codes
from gebiedswerk.importing.line_words import meant
from tests.formats.books import read_book
from tests.formats.forms import FORMS, write_form
from tests.formats.test_amounts import read_csv
from tests.formats.test_number_styles import HEADERS, PLAIN
from tests.importing.offers import NL, agreed, codes, run

CELLS = {
    "7110 Noorderwijk": "7110",
    "7110 - Noorderwijk": "7110",
    "7110: Noorderwijk": "7110",
    "7110 : Noorderwijk": "7110",
    "7110 – Noorderwijk": "7110",
    "7110\u00a0Noorderwijk": "7110",
    "7110, Noorderwijk": "7110",
    "7110. Noorderwijk": "7110",
    "7110-Noorderwijk": "7110",
    "7110-WIJK NOORD": "7110",
    "7110 (Noorderwijk)": "7110",
    "Noorderwijk (7110)": "7110",
    "Wijk 3 [7110]": "7110",
    "[7110] Noorderwijk": "7110",
    "(7110) Noorderwijk": "7110",
    "[7110] - Noorderwijk": "7110",
    "(2024) Huur": "(2024) Huur",
    "7110 -": "7110",
    "'7110 Noorderwijk": "7110",
    "0710 Noord": "0710",
    "7110 - 1e divisie": "7110",
    "K7110 Noord": "K7110",
    "NRD-01 Noord": "NRD-01",
    "6.1 Samenkracht en burgerparticipatie": "6.1",
    "43800 Overige kosten 21%": "43800",
    "7110": "7110",
    "NRD-01": "NRD-01",
    "7110-NRD": "7110-NRD",
    "7110-NOORD": "7110-NOORD",
    "7110 A": "7110 A",
    "7110 01 Noord": "7110 01 Noord",
    "3e wijk": "3e wijk",
    "Huur (2024)": "Huur (2024)",
    "Diversen": "Diversen",
    "12:30 uur": "12:30 uur",
}
"""A cell → the code. What may be more than a code and a name stays whole: a rule misses it, and that is said."""
NAMED = replace(PLAIN, named_codes=["cost_centre", "ledger_account"])
BOOKS = "Jaar;Periode;Kostenplaats;Grootboek;Bedrag"
SIMPLE = replace(
    NAMED,
    columns={
        "year": "Jaar",
        "period": "Periode",
        "cost_centre": "Kostenplaats",
        "ledger_account": "Grootboek",
        "amount": "Bedrag",
    },
)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "xaf"])
def test_the_code_is_read_in_every_file(form: str, tmp_path: Path) -> None:
    """And nothing of it changes what is booked; income is told by the code."""
    rows = [["2019", "3", "82000 Huren", cell, "x", "-1,00"] for cell in CELLS]
    rows += [["2019", "3", "43800 Kosten", "7110 noorderwijk", "x", "1,00"]]
    read, faults = read_book(write_form(form, tmp_path, [HEADERS, *rows]), replace(NAMED, renamed=["7110"]))
    assert not errors(faults), faults
    assert read.postings["cost_centre"].to_list() == [*CELLS.values(), "7110"]
    assert set(read.postings["ledger_account"]) == {"82000", "43800"}
    assert read.credit_cents == 100 * len(CELLS)


LETTERS = st.text(alphabet="abcdNOP zë-:,()[].0123456789", max_size=12)
CELL = st.one_of(
    LETTERS, st.builds("{} {}".format, st.sampled_from(("7110", "711", "NRD-1", "7.1", "[7110]")), LETTERS)
)


@given(st.lists(CELL, max_size=8))
def test_no_two_cells_become_one_code_but_by_one_name(cells: list[str]) -> None:
    """Unasked, two cells give one code only if it stands in both, with no other name."""
    names, asked = defaultdict(set), shared(cells)
    for cell in cells:
        code, name = parted(cell) or (cell, "")
        assert code in cell and name in cell
        names[code].add("".join(filter(str.isalnum, name)).casefold().replace("ë", "e"))
    assert all(len(found - {""}) < 2 or code in asked for code, found in names.items())


def test_one_code_with_two_names_is_asked(tmp_path: Path) -> None:
    """`4300 Aa` and `4300 Bb` may be two codes; the answer says whether they are."""
    rows = ("2019;1;7110 Noord;4300 Huur;1,00", "2019;1;7110 Oost;4300 huur.;2,00")
    _, faults = read_csv(tmp_path, SIMPLE, BOOKS, *rows)
    (found,) = errors(faults)
    assert (found.code, found.row, found.column, found.value) == ("L246", 2, "Kostenplaats", "7110 Noord")
    assert dict(found.facts)["shown"] == '7110: "Noord", "Oost"'
    read, faults = read_csv(tmp_path, replace(SIMPLE, renamed=["7110"]), BOOKS, *rows)
    assert not errors(faults) and set(read.postings["cost_centre"]) == {"7110"}
    read, faults = read_csv(tmp_path, replace(SIMPLE, named_codes=["ledger_account"]), BOOKS, *rows)
    assert not errors(faults) and set(read.postings["cost_centre"]) == {"7110 Noord", "7110 Oost"}


def test_how_sure_it_is() -> None:
    """Most cells have a name, each code one, and none may be a year."""
    assert have_names(["7110 Noord", "7120 Oost", "7130"])
    assert not have_names(["7110", "7120", "7130 Oost"])
    assert surely(["7110 Noord", "7120 Oost"])
    assert not surely(["7110 Noord", "7110 Oost"])
    assert not surely(["2025 Herinrichting plein"])
    assert is_codes(["7110 Noord", "7120 - Oost"])
    assert not is_codes(["12 stoelen", "3 tafels"])
    assert not is_codes(["7110 Noord", "Oost"])


def test_a_long_cell_takes_no_time() -> None:
    """Whatever stands in it: it is no code."""
    for cell in ("7110 " + "a(" * 50_000, "a" * 100_000 + ")", "1-" * 50_000, "[1] " + "-" * 50_000):
        assert parted(cell) is None


def test_nothing_is_empty() -> None:
    """A column without a text stays as it is."""
    import polars as pl

    assert without_names(pl.Series("x", [], dtype=pl.String)).len() == 0


def offered(folder: Path, *rows: str) -> Path:
    path = folder / "export.csv"
    path.write_text("\n".join([BOOKS, *rows]) + "\n", "utf-8")
    return path


def test_a_proposal_sees_it(klein: Path) -> None:
    """Set where no two codes can be taken for one, and else asked; the answer is written and kept."""
    file = offered(klein.parent, "2025;1;7110 Noord;43800 Huur;1,00", "2025;2;7120 - Oost;82000 Baten;-2,00")
    made = propose_profile(klein, file, "een", NL)
    assert made.value is not None
    assert 'named_codes = ["ledger_account", "cost_centre"]' in made.value.place.read_text("utf-8")
    assert [one.key for one in made.value.questions] == ["flows.income"]
    done = agreed(klein, file, profile="een", administration="N")
    assert done.landed is not None
    file = offered(klein.parent, "2025;1;7110 Noord;43800 Huur;3,00", "2025;2;7110 Oost;82000 Baten;-2,00")
    made = propose_profile(klein, file, "twee", NL)
    assert made.value is not None
    (asked,) = [one for one in made.value.questions if one.key == "named_codes"]
    assert [one.value for one in asked.choices] == ["ledger_account,cost_centre", "ledger_account"]
    told = run(
        klein,
        file,
        profile="twee",
        administration="M",
        answers=(("named_codes", "ledger_account"), ("flows.income", "8*")),
    )
    assert told.landed is not None, told.faults


def test_who_says_nothing_is_told(klein: Path) -> None:
    """The whole cell is the code, as ever: said with both answers (L245), and no longer after either."""
    columns = "\n".join(f'{name} = "{header}"' for name, header in SIMPLE.columns.items())
    text = f'[columns]\n{columns}\n[flows]\ncolumn = "Grootboek"\nincome = ["8*"]\n'
    for at, answer in enumerate(("", "cost_centre,ledger_account")):
        file = offered(klein.parent, f"2025;1;7110 Noord;43800 Huur;{at},00", "2025;2;7120 - Oost;82000 Baten;-2,00")
        (klein / "profiles" / "n.toml").write_text(text, "utf-8")
        assert "L245" in codes(run(klein, file, profile="n", administration=f"N{at}", exported_at=None))
        done = run(klein, file, profile="n", administration=f"N{at}", answers=(("named_codes", answer),))
        assert done.landed is not None and "L245" not in codes(done)


def test_the_name_in_the_cell_names_the_line() -> None:
    """Also where it stands before the code."""
    names = {"noord": ("Noord",), "oost": ("Oost",)}
    for cell in ("7110 Noord", "7110: Noord", "Noord (7110)"):
        found = meant("7110", {cell: (cell,)}, names)
        assert found is not None and (found.line, found.sure) == ("noord", True)
