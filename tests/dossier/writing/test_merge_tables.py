"""Tables in text merged three ways: as few bytes as can be, by what cells say, and never past what is no row."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.writing import merge_tables
from gebiedswerk.dossier.writing.merge_rows import CellConflict
from gebiedswerk.dossier.writing.merge_tables import MergedTable, TableMerge
from gebiedswerk.dossier.writing.table_edit import CannotEdit, WhyNot

BASE = b"code;slug;name;kind\r\nNRD;noord;Noord;wijk\r\nOST;oost;Oost;wijk\r\nWST;west;West;wijk\r\n"
MONEY = (
    b"id,line,year,kind,amount,number,authority,decided_on,note\n"
    b"B1,NRD,2025,adopted,1250,R1,raad,2025-01-02,\nB2,OST,2025,adopted,20,R1,raad,2025-01-02,\n"
)
MARKED = b"<<<<<<< ours\n%s=======\n%s>>>>>>> theirs\n"


def merged(ours: bytes, theirs: bytes, base: bytes = BASE, table: str = "areas") -> MergedTable:
    return TableMerge(TABLES[table], TABLES[table].file).merged(base, ours, theirs)


def money(ours: bytes, theirs: bytes, base: bytes = MONEY) -> MergedTable:
    return merged(ours, theirs, base, "budgets")


def test_rows_beside_each_other_are_both_changed() -> None:
    """One cell of theirs is one changed line of ours."""
    ours = BASE.replace(b"Noord;", b"Noorderkwartier;")
    found = merged(ours, BASE.replace(b"Oost;", b"Oosterkwartier;"))
    assert found == MergedTable(ours.replace(b"Oost;", b"Oosterkwartier;"))


def test_rows_that_both_put_below_the_table_are_kept() -> None:
    """Also where theirs filled a column that ours has not, and left others empty that ours has not either."""
    found = merged(BASE + b"ZUI;zuid;Zuid;wijk\r\n", BASE + b"CEN;centrum;Centrum;wijk\r\n")
    assert found == MergedTable(BASE + b"ZUI;zuid;Zuid;wijk\r\nCEN;centrum;Centrum;wijk\r\n")
    theirs = (
        BASE.replace(b"\r\n", b";;\r\n").replace(b"kind;;", b"kind;parent;own") + b"CEN;centrum;Centrum;wijk;NRD;\r\n"
    )
    expected = BASE.replace(b"\r\n", b";\r\n").replace(b"kind;", b"kind;parent").replace(b"Noord;wijk", b"N;wijk")
    found = merged(BASE.replace(b"Noord;", b"N;"), theirs)
    assert found == MergedTable(expected + b"CEN;centrum;Centrum;wijk;NRD\r\n")


def test_another_style_is_no_change() -> None:
    """Theirs was saved by another program: only its new name goes into ours."""
    theirs = BASE.replace(b";", b",").replace(b"\r\n", b"\n").replace(b"West,", b'"Wester",')
    ours = BASE.replace(b"Noord;", b"Noorderkwartier;")
    assert merged(ours, BOM_UTF8 + theirs) == MergedTable(ours.replace(b"West;", b"Wester;"))


def test_the_same_value_written_otherwise_is_no_change() -> None:
    """Amounts and days; a column of yes and no that is not filled in says nothing new of a row that went."""
    theirs = MONEY.replace(b"1250", b'"1.250,00"').replace(b"2025-01-02", b"2-1-2025").replace(b"R1", b"R2")
    ours = MONEY.replace(b"1250", b"1300")
    assert money(ours, theirs) == MergedTable(ours.replace(b"R1", b"R2"))
    gone = b"".join(line for line in MONEY.splitlines(keepends=True) if not line.startswith(b"B2"))
    wider = MONEY.replace(b",note\n", b",note,in_budget\n").replace(b",\n", b",,\n").replace(b"1250", b"1300")
    assert money(gone, wider) == MergedTable(gone.replace(b"1250", b"1300"))


def test_cells_that_cannot_be_read_are_compared_as_they_stand() -> None:
    found = money(MONEY.replace(b"1250", b"veel"), MONEY.replace(b"1250", b"weinig"))
    assert found.conflicts == (CellConflict(("B1",), "amount", "1250,00", "veel", "weinig"),)
    assert money(MONEY, MONEY.replace(b"1250", b" ? ")).data == MONEY.replace(b"1250", b"?")


def test_all_that_conflicts_in_a_row_stands_in_one_pair_of_lines() -> None:
    found = money(
        MONEY.replace(b"1250,R1", b"1300,R1").replace(b",\nB2", b",van ons\nB2"),
        MONEY.replace(b"1250,R1", b"1400,R2").replace(b",\nB2", b",van hen\nB2"),
    )
    assert [one.column for one in found.conflicts] == ["amount", "note"]
    first, row, last = MONEY.splitlines(keepends=True)
    mine, other = row.replace(b"1250,R1", b"1300,R2"), row.replace(b"1250,R1", b"1400,R2")
    assert (
        found.data
        == first + MARKED % (mine.replace(b",\n", b",van ons\n"), other.replace(b",\n", b",van hen\n")) + last
    )


def test_a_column_of_their_own_comes_along_and_goes() -> None:
    ends = (b";x_eigen\r\n", b";1\r\n", b";\r\n", b";\r\n")
    theirs = b"".join(line + end for line, end in zip(BASE.split(b"\r\n"), ends, strict=False))
    changed = theirs.replace(b"Oost;", b"Oosten;")
    assert merged(BASE.replace(b"Oost;", b"Oosten;"), theirs) == MergedTable(changed)
    assert merged(changed, BASE, theirs) == MergedTable(changed.replace(b";1\r\n", b";\r\n"))


def test_the_encoding_is_that_of_ours() -> None:
    """Also in what stands between marks."""
    base, ours, theirs = (
        BOM_UTF16_BE + data.decode().encode("utf-16-be")
        for data in (
            BASE,
            BASE.replace(b"Oost;", b"Oosten;"),
            BASE.replace(b"Oost;", b"Oostende;").replace(b"West;", b"W;"),
        )
    )
    found = merged(ours, theirs, base)
    lines = b"OST;oost;Oosten;wijk\r\n", b"OST;oost;Oostende;wijk\r\n"
    expected = BASE.replace(b"West;", b"W;").replace(
        b"OST;oost;Oost;wijk\r\n", (MARKED.replace(b"\n", b"\r\n") % lines)
    )
    assert found.data == BOM_UTF16_BE + expected.decode().encode("utf-16-be")


def test_a_row_of_totals_is_no_row() -> None:
    """It goes where a merge changes what it is the sum of, as after any other change."""
    total = b"Totaal,,,,1270,,,,\n"
    found = money(MONEY.replace(b"1250", b"1300") + total, MONEY.replace(b",20,", b",25,") + total, MONEY + total)
    assert found == MergedTable(MONEY.replace(b"1250", b"1300").replace(b",20,", b",25,"))


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (BASE + b"ZUI;zuid\r\n", WhyNot.SHAPE),
        (BASE.replace(b"kind", b"kind;valid_to").replace(b"wijk", b"wijk;") + b"ZUI;zuid\r\n", WhyNot.SHAPE),
        (BASE + b"ZUI;zuid;Zuid;wijk;meer\r\n", WhyNot.SHAPE),
        (BASE.replace(b";kind", b";name"), WhyNot.SHAPE),
        (BASE + b"OST;oost2;Oost;wijk\r\n", WhyNot.KEY_TWICE),
        (BASE.replace(b"code", b"kode"), WhyNot.NO_KEY_COLUMN),
        (b"\x81\x8d", WhyNot.UNREADABLE),
    ],
)
def test_what_holds_more_than_rows_is_refused(odd: bytes, why: WhyNot) -> None:
    """Whichever side it is: what no key names would be lost without a word."""
    for versions in ((odd, BASE, BASE), (BASE, odd, BASE), (BASE, BASE, odd)):
        with pytest.raises(CannotEdit) as refused:
            merged(*versions)
        assert refused.value.why is why


def test_what_does_not_read_as_it_was_meant_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge_tables, "edited", lambda data, name, table, edits: (name, data))
    with pytest.raises(CannotEdit, match=r"areas\.csv.*not_read_back"):
        merged(BASE.replace(b"Noord;", b"N;"), BASE.replace(b"Oost;", b"O;"))


def test_a_table_that_both_made_is_merged_by_row() -> None:
    """Without any bytes it was not there; blank lines say nothing."""
    head, first, second, third, _ = BASE.split(b"\r\n")
    ours, theirs = b"\r\n".join([head, first, b""]), b"\r\n".join([head, b"", second, third, b""])
    assert merged(ours, theirs, b"") == MergedTable(BASE)


CODES = st.sampled_from(["NRD", "OST", "WST", "ZUI", "CEN"])
AREAS = st.dictionaries(CODES, st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["wijk", "buurt"])))


def areas(rows: dict[str, tuple[str, str]]) -> bytes:
    lines = ["code;slug;name;kind", *(f"{code};{code.lower()};{name};{kind}" for code, (name, kind) in rows.items())]
    return "".join(f"{line}\r\n" for line in lines).encode()


@given(base=AREAS, one=AREAS)
def test_what_one_side_changed_is_what_it_becomes(base: Any, one: Any) -> None:
    """What ours changed to the byte; what theirs changed row for row."""
    was, new = areas(base), areas(one)
    assert merged(new, was, was) == merged(new, new, was) == MergedTable(new)
    found = merged(was, new, was)
    assert not found.conflicts and sorted(found.data.splitlines()) == sorted(new.splitlines())


@given(base=AREAS, ours=AREAS, theirs=AREAS)
def test_one_changed_row_is_one_changed_line(base: Any, ours: Any, theirs: Any) -> None:
    """No line of ours changes but those of rows that theirs changed, added or took away."""
    found = merged(areas(ours), areas(theirs), areas(base))
    touched = {code for code in {*base, *theirs} if base.get(code) != theirs.get(code)}
    kept = [line for line in areas(ours).splitlines() if line[:3].decode() not in touched]
    if not found.conflicts:
        assert [line for line in found.data.splitlines() if line[:3].decode() not in touched] == kept
