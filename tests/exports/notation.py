"""Amounts, days, years, periods and codes as exports write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
SHORT = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()


def _parts(cents: int) -> tuple[str, str]:
    return str(abs(cents) // 100), f"{abs(cents) % 100:02d}"


def _grouped(whole: str, mark: str) -> str:
    return f"{int(whole):,}".replace(",", mark)


def _written(group: str, decimal: str, before: str = "", behind: str = "") -> Callable[[int], str]:
    def write(cents: int) -> str:
        whole, rest = _parts(cents)
        return f"{before}{_grouped(whole, group) if group else whole}{decimal}{rest}{behind}"

    return write


def _bare(cents: int) -> str:
    whole, rest = _parts(cents)
    return f"{'' if whole == '0' else whole},{rest}"


def _short(cents: int) -> str:
    """No more decimals than are needed: 12,5 and 12."""
    whole, rest = _parts(cents)
    return whole + (f",{rest}".rstrip("0") if int(rest) else "")


AMOUNTS: Mapping[str, Callable[[int], str]] = {
    "1.250,00": _written(".", ","),
    "1250,00": _written("", ","),
    "1250.00": _written("", "."),
    "1,250.00": _written(",", "."),
    "€ 1.250,00": _written(".", ",", "€ "),
    "€1250,00": _written("", ",", "€"),
    "1.250,00 €": _written(".", ",", "", " €"),
    "EUR 1.250,00": _written(".", ",", "EUR "),
    "1250,00 EUR": _written("", ",", "", " EUR"),
    ",47": _bare,
    "1250,0000": lambda cents: _written("", ",")(cents) + "00",
    "1250.0000": lambda cents: _written("", ".")(cents) + "00",
    "no-break space": _written("\u00a0", ","),
    "narrow space": _written("\u202f", ","),
    "space": _written(" ", ","),
    "1'250.00": _written("'", "."),
    "12,5": _short,
    "1250": lambda cents: _parts(cents)[0],
    "1.250": lambda cents: _grouped(_parts(cents)[0], "."),
    "1.250,-": lambda cents: _grouped(_parts(cents)[0], ".") + ",-",
    " 1250,00 ": lambda cents: f"  {_written('', ',')(cents)} ",
}
"""How an amount is written, without its sign."""
WHOLE = ("1250", "1.250", "1.250,-")
"""Those that know no cents."""
DOTTED = ("1250.00", "1,250.00", "1250.0000", "1'250.00")

DAYS: Mapping[str, Callable[[date], str]] = {
    "dd-mm-jjjj": lambda day: f"{day:%d-%m-%Y}",
    "d-m-jjjj": lambda day: f"{day.day}-{day.month}-{day.year}",
    "jjjj-mm-dd": lambda day: day.isoformat(),
    "jjjjmmdd": lambda day: f"{day:%Y%m%d}",
    "dd/mm/jjjj": lambda day: f"{day:%d/%m/%Y}",
    "dd.mm.jjjj": lambda day: f"{day:%d.%m.%Y}",
    "d-m-jj": lambda day: f"{day.day}-{day.month}-{day:%y}",
    "dd-mm-jjjj 10:14": lambda day: f"{day:%d-%m-%Y} 10:14",
    "dd-mm-jjjj 0:00:00": lambda day: f"{day:%d-%m-%Y} 0:00:00",
    "jjjj-mm-ddT": lambda day: f"{day.isoformat()}T00:00:00",
    "d mmmm jjjj": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "d-mmm-jjjj": lambda day: f"{day.day}-{SHORT[day.month - 1]}-{day.year}",
    "m/d/jjjj": lambda day: f"{day.month}/{day.day}/{day.year}",
}

PERIODS: Mapping[str, Callable[[int, int], str]] = {
    "1": lambda year, period: str(period),
    "01": lambda year, period: f"{period:02d}",
    "001": lambda year, period: f"{period:03d}",
    "P01": lambda year, period: f"P{period:02d}",
    "P1": lambda year, period: f"P{period}",
    "Periode 1": lambda year, period: f"Periode {period}",
    "januari": lambda year, period: MONTHS[period - 1],
    "Jan": lambda year, period: SHORT[period - 1].capitalize(),
    "K1": lambda year, period: f"K{period // 3}",
    "1e kwartaal": lambda year, period: f"{period // 3}e kwartaal",
    "quarter alone": lambda year, period: str(period // 3),
    "2025 - 1": lambda year, period: f"{year} - {period}",
    "2025-01": lambda year, period: f"{year}-{period:02d}",
    "2025/01": lambda year, period: f"{year}/{period:02d}",
    "2025.1": lambda year, period: f"{year}.{period}",
    "2025,10": lambda year, period: f"{year},{period:02d}".rstrip("0"),
    "202501": lambda year, period: f"{year}{period:02d}",
    "2025001": lambda year, period: f"{year}{period:03d}",
    "2025P01": lambda year, period: f"{year}P{period:02d}",
    "01-2025": lambda year, period: f"{period:02d}-{year}",
    "januari 2025": lambda year, period: f"{MONTHS[period - 1]} {year}",
    "2025-K1": lambda year, period: f"{year}-K{period // 3}",
    "Q1 2025": lambda year, period: f"Q{period // 3} {year}",
}
"""How a period is written; from `2025 - 1` on it says the year too."""
MONTH_HEADS: Mapping[str, Callable[[int, int], str]] = {
    "jan": lambda month, year: SHORT[month - 1],
    "Januari": lambda month, year: MONTHS[month - 1].capitalize(),
    "P01": lambda month, year: f"P{month:02d}",
    "Periode 1": lambda month, year: f"Periode {month}",
    "jan 2025": lambda month, year: f"{SHORT[month - 1]} {year}",
    "2025-01": lambda month, year: f"{year}-{month:02d}",
    "1": lambda month, year: str(month),
    "01": lambda month, year: f"{month:02d}",
    "m1": lambda month, year: f"m{month}",
    "jan-25": lambda month, year: f"{SHORT[month - 1]}-{year % 100}",
    "1-25": lambda month, year: f"{month}-{year % 100}",
    "2025.01": lambda month, year: f"{year}.{month:02d}",
    "Realisatie jan": lambda month, year: f"Realisatie {SHORT[month - 1]}",
    "day": lambda month, year: f"{year}-{month:02d}-01",
}
"""What stands above the amounts of a month, where each has a column."""
HEADS_WITH_YEAR = ("jan 2025", "2025-01", "jan-25", "1-25", "2025.01", "day")
HEADS_BY_NUMBER = ("P01", "Periode 1", "1", "01", "m1")
"""Those that say the year too, and those that periods beside the months may have."""
QUARTER_HEADS = ("Q{}", "{}e kwartaal", "Kwartaal {}", "Kw {}", "{}", "P{}")
WITH_YEAR = tuple(PERIODS)[11:]
AS_QUARTERS = ("K1", "1e kwartaal", "quarter alone", "2025-K1", "Q1 2025")
"""Postings of such a file stand in the last month of their quarter."""
AS_MONTHS = ("januari", "Jan", "januari 2025", *AS_QUARTERS)
