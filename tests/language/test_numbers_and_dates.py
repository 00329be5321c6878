"""Numbers and dates as the Dutch print them: tables of cases, round trips, and a slow twin that must agree."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gebiedswerk.language.languages import all_languages
from gebiedswerk.language.numbers_and_dates import (
    date_text,
    euros,
    moment_text,
    number,
    parse_cents,
    parse_count,
    parse_date,
    parse_hand_cents,
    parse_number,
)

BIG = st.integers(-(10**40), 10**40)
LANGUAGES = st.sampled_from(["nl", "en"])
HOSTILE = ["1" * 200_000, "1" + ".000" * 50_000 + "x", "-" * 200_000, "1." * 100_000, " " * 200_000 + "1"]


@pytest.mark.parametrize(
    ("units", "dutch", "english"),
    [
        (0, "0", "0"),
        (7, "7", "7"),
        (999, "999", "999"),
        (1234, "1.234", "1,234"),
        (-170, "−170", "−170"),
        (-1234567, "−1.234.567", "−1,234,567"),
    ],
)
def test_number(units: int, dutch: str, english: str) -> None:
    assert number(units) == dutch
    assert number(units, "en") == english


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (0, "0,00", "0.00"),
        (5, "0,05", "0.05"),
        (-5, "−0,05", "−0.05"),
        (123456, "1.234,56", "1,234.56"),
        (-100, "−1,00", "−1.00"),
        (-199, "−1,99", "−1.99"),
        (100000000, "1.000.000,00", "1,000,000.00"),
    ],
)
def test_euros(cents: int, dutch: str, english: str) -> None:
    assert euros(cents) == dutch
    assert euros(cents, "en") == english


# Numbers that are read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("007", "7"),
        ("1234", "1234"),
        ("1.234", "1234"),
        ("12.345.678", "12345678"),
        ("1.234,5", "1234.5"),
        ("1234,5678", "1234.5678"),
        ("-170", "-170"),
        ("−170", "-170"),
        ("−0,05", "-0.05"),
        ("0,10", "0.1"),
    ],
)
def test_a_number_is_read_exactly(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    "1.23 1.2345 1, ,5 .5 12.34,5 1,234.5 1..234 1.234. 1,2,3 -- --1 - − , . +1 1- 1− 0.125 012.345 1234.567 1e5 "
    "½ ٣ １２ NaN Infinity 0x1 1_000".split(),
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["", " ", " 1", "1 ", "1\n", "- 1", "1 000", "1\u00a0000", "\x00", "\ud800"])
def test_no_spaces_in_a_number(text: str) -> None:
    assert parse_number(text) is None


def test_a_number_in_english() -> None:
    assert parse_number("1,234.5", "en") == Decimal("1234.5")
    assert parse_number("1.234,5", "en") is None


def test_no_minus_before_nothing() -> None:
    """Zero has no sign, so that nobody sees it turn."""
    assert str(parse_number("-0,00")) == "0.00"


def slow_number(text: str) -> Decimal | None:
    """The twin of `parse_number`: character by character, with a memory of where we are."""
    digits, decimals, groups, mark = "", "", [""], False
    for at, sign in enumerate(text):
        if at == 0 and sign in "-−":
            continue
        if sign == "," and not mark:
            mark = True
        elif sign == "." and not mark:
            groups.append("")
        elif sign not in "0123456789":
            return None
        elif mark:
            decimals += sign
        else:
            digits += sign
            groups[-1] += sign
    if digits == "" or mark and decimals == "":
        return None
    grouped_well = 1 <= len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])
    if len(groups) > 1 and not grouped_well:
        return None
    value = Decimal(int(digits + decimals)).scaleb(-len(decimals))
    return -value if text[0] in "-−" else value


@given(text=st.text("0123456789.,-−+ ", max_size=20))
@example("1.234.567,5")
@example("-1.000")
def test_the_slow_twin_agrees(text: str) -> None:
    assert parse_number(text) == slow_number(text)


@given(text=st.from_regex(r"[-−+]?[0-9]{1,4}([.,][0-9]{2,4}){0,3}", fullmatch=True))
def test_the_slow_twin_agrees_on_what_looks_like_a_number(text: str) -> None:
    assert parse_number(text) == slow_number(text)


@given(units=BIG, lang=LANGUAGES)
def test_a_printed_number_is_read_back(units: int, lang: str) -> None:
    assert parse_number(number(units, lang), lang) == units


@given(cents=BIG)
def test_a_printed_amount_is_read_back(cents: int) -> None:
    """By all who read amounts: figures, importers and our own tables. In English: with the marks turned round."""
    assert parse_cents(euros(cents)) == parse_hand_cents(euros(cents)) == cents
    assert parse_cents(euros(cents, "en"), ".", ",") == cents
    assert Fraction(parse_number(euros(cents)) or 0) * 100 == cents


# Amounts from a finance package


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("12", 1200),
        ("12,5", 1250),
        ("12,50", 1250),
        ("1.234,56", 123456),
        ("1234,56", 123456),
        ("1.234", 123400),
        ("-0,01", -1),
        ("−12", -1200),
        ("+12", 1200),
        ("  12,50 ", 1250),
        ("\u00a012,50", 1250),
    ],
)
def test_an_amount(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    "1.250,-- 1,234,5 #REF! abc 1,234 12,345 12.34 1.2345 0.125 1, ,50 - + -+1 --1 1- 1.234.56 €12 1e3 ١٢ ½ "
    "1,234.56".split(),
)
def test_what_is_no_amount(text: str) -> None:
    assert parse_cents(text) is None


@pytest.mark.parametrize("text", ["", "  ", "- 1", "1 234", "1\x002", "9" * 5000])
def test_what_is_no_amount_either(text: str) -> None:
    assert parse_cents(text) is None


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "cents"),
    [
        ("1,234.56", ".", ",", 123456),
        ("1234.56", ".", "", 123456),
        ("1,234.56", ".", "", None),
        ("1.234", ".", ",", None),
        ("1.234", ",", "", None),
        ("1 234,56", ",", " ", 123456),
        ("1'234.56", ".", "'", 123456),
        ("1*234|56", "|", "*", 123456),
        ("1234", ",", ",", None),
        ("1234", "", ".", None),
    ],
)
def test_the_marks_are_those_of_the_package(text: str, decimal: str, thousands: str, cents: int | None) -> None:
    assert parse_cents(text, decimal, thousands) == cents


@pytest.mark.parametrize(("text", "cents"), [("12,50-", -1250), ("12−", -1200), ("-12-", None), ("12--", None)])
def test_a_minus_behind_must_be_asked_for(text: str, cents: int | None) -> None:
    assert parse_cents(text, trailing_minus=True) == cents
    assert parse_cents(text) is None


# Amounts typed by hand


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1234", 123400),
        ("1234.5", 123450),
        ("1234.56", 123456),
        ("1234,56", 123456),
        ("1.234,56", 123456),
        ("1.234.567", 123456700),
        ("-12,5", -1250),
        ("−12.50", -1250),
        ("0.5", 50),
        ("1.234", None),
        ("-1.234", None),
        (" 1.234 ", None),
        ("1,234", None),
        ("0.125", None),
        ("1,234.56", None),
        ("1,234,567", None),
        ("1.2.3", None),
        ("12-", None),
        ("", None),
        ("abc", None),
    ],
)
def test_an_amount_typed_by_hand(text: str, cents: int | None) -> None:
    assert parse_hand_cents(text) == cents


# Days and moments


def test_days_and_moments_in_words() -> None:
    """A moment is told in its own zone; fractions of a second are left out."""
    moment = datetime(2020, 6, 29, 16, 45, 58, 999_999, tzinfo=timezone(timedelta(hours=2)))
    assert date_text(date(2020, 6, 29)) == "29 juni 2020"
    assert date_text(date(2021, 1, 1), "en") == "1 January 2021"
    assert moment_text(moment) == "29 juni 2020 16:45:58"
    assert moment_text(moment, "en") == "29 June 2020 16:45:58"
    assert moment_text(moment.replace(hour=6, minute=5, second=4)) == "29 juni 2020 06:05:04"


@pytest.mark.parametrize(
    ("text", "pattern", "day"),
    [
        ("31-12-2019", "dd-mm-jjjj", date(2019, 12, 31)),
        ("2019-12-31", "jjjj-mm-dd", date(2019, 12, 31)),
        ("20191231", "jjjjmmdd", date(2019, 12, 31)),
        ("12/31/2019", "mm/dd/jjjj", date(2019, 12, 31)),
        ("1-2-2020", "d-m-jjjj", date(2020, 2, 1)),
        ("01-02-2020", "d-m-jjjj", date(2020, 2, 1)),
        ("1.2.2020", "d.m.jjjj", date(2020, 2, 1)),
        ("29-02-2020", "dd-mm-jjjj", date(2020, 2, 29)),
        ("29-02-2019", "dd-mm-jjjj", None),
        ("31-04-2020", "dd-mm-jjjj", None),
        ("00-01-2020", "dd-mm-jjjj", None),
        ("01-01-0000", "dd-mm-jjjj", None),
        ("1-2-2020", "dd-mm-jjjj", None),
        ("31-12-19", "dd-mm-jjjj", None),
        ("31-12-2019 ", "dd-mm-jjjj", None),
        ("31-12-2019\n", "dd-mm-jjjj", None),
        ("31/12/2019", "dd-mm-jjjj", None),
        ("1x2x2020", "d.m.jjjj", None),
        ("٣1-12-2019", "dd-mm-jjjj", None),
        ("", "dd-mm-jjjj", None),
        ("1112020", "dmjjjj", None),
        ("31-12", "dd-mm", None),
        ("31-12-2019", "dd-mm-yyyy", None),
        ("1-1-1-2019", "d-d-m-jjjj", None),
        ("", "", None),
    ],
)
def test_a_day_in_a_pattern(text: str, pattern: str, day: date | None) -> None:
    assert parse_date(text, pattern) == day


@given(day=st.dates(date(1000, 1, 1)))
def test_a_written_day_is_read_back(day: date) -> None:
    assert parse_date(f"{day.day}-{day.month}-{day.year}", "d-m-jjjj") == day
    assert parse_date(day.isoformat(), "jjjj-mm-dd") == day


# Counts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("nul", 0),
        ("een", 1),
        ("één", 1),
        ("Eén", 1),
        ("vier", 4),
        (" Twintig ", 20),
        ("12", 12),
        ("0", 0),
        ("eenentwintig", None),
        ("-1", None),
        ("1,5", None),
        ("٣", None),
        ("²", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_count(text: str, count: int | None) -> None:
    assert parse_count(text) == count


def test_a_count_in_english() -> None:
    assert parse_count("four", "en") == 4
    assert parse_count("four") is None


def test_both_languages_count_to_twenty() -> None:
    assert all(set(one.counts.values()) == set(range(21)) for one in all_languages())


# Whatever the text


@given(text=st.text(max_size=30), marks=st.text(max_size=3), pattern=st.text("djm-./ \\[(", max_size=12))
def test_parsers_never_raise(text: str, marks: str, pattern: str) -> None:
    parse_number(text)
    parse_cents(text, marks[:1], marks[1:], trailing_minus=True)
    parse_hand_cents(text)
    parse_date(text, pattern)
    parse_count(text)


@pytest.mark.parametrize("text", HOSTILE, ids=["digits", "groups", "signs", "marks", "spaces"])
def test_parsers_never_hang(text: str) -> None:
    """Linear: a square of this length would take minutes."""
    parse_number(text)
    parse_cents(text)
    parse_hand_cents(text)
    parse_date(text, "d-m-jjjj")
    parse_count(text)
