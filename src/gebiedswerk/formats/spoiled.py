"""Cells that are no amount and no code any more: what a spreadsheet or database made of them, and what stood there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from gebiedswerk.formats.normalise import SCIENTIFIC, is_lookalike
from gebiedswerk.language.numbers_and_dates import month_number

_ERROR_NAMES = (
    "REF|VERW|N/A|N/B|NB|VALUE|WAARDE|NAME|NAAM|DIV/0|DEEL/0|NUM|GETAL|NULL|LEEG|SPILL|OVERLOOP|CALC|BEREKEN|FIELD"
)
ERROR = rf"^(?:#(?i:{_ERROR_NAMES})[!?]?|#+|=.*)$"
"""What a spreadsheet writes, in Dutch or English, where a formula has no outcome or a column is too narrow."""
_MONTH = (
    r"(?i:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mrt|maart|mar(?:ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|aug(?:ust|"
    r"ustus)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
A_DAY = (
    r"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{4})(?:[ T][0-9:.]+)?$"
    r"|^[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp][Mm])?$"
    rf"|^[0-9]{{1,2}}[- ]{_MONTH}(?:[- ][0-9]{{2}}(?:[0-9]{{2}})?)?$|^{_MONTH}-[0-9]{{2}}(?:[0-9]{{2}})?$"
)
"""What a spreadsheet makes of `3.12`, `1-2` or `1.25`: a day or a time, with numbers or with the name of a month."""
POWER = r"^[-+]?[0-9](?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}$"
NOTHING = (
    r"^(?i:null|nil|none|nan|-?inf|n\.?/?a\.?|n\.?v\.?t\.?|[(<\[]null[)>\]]|\\n|undefined|leeg|onbekend"
    r"|true|false|waar|onwaar)$|^[-+]?[0-9]+(?:[.,][0-9]+)? ?%$"
)
"""What a database or formula leaves where an amount should be: no value, a truth, a part of hundred."""


def is_day(cell: str) -> bool:
    """Whether a cell is a day or a time, as a spreadsheet makes one."""
    return re.search(A_DAY, cell) is not None


NO_AMOUNT: Mapping[str, str] = {"L165": ERROR, "L179": A_DAY, "L178": POWER, "L198": NOTHING}
"""Fault → the cells of a column of amounts that it is about. Both engines read them alike."""
NO_CODE: Mapping[str, Callable[[str], bool]] = {
    "L165": lambda cell: re.search(ERROR, cell) is not None,
    "L178": lambda cell: SCIENTIFIC.fullmatch(cell) is not None,
    "L179": is_day,
    "L177": is_lookalike,
}
"""Fault → whether a code is spoiled so."""


def meant(cell: str) -> str:
    """What probably stood in a cell before a spreadsheet made a day, a time or a power of ten of it: `3.12 of 3-12`."""
    if re.search(POWER, cell):
        return f"{float(cell.replace(',', '.')):.0f}"
    parts = [part.lstrip("0") or "0" for part in re.findall("[0-9]+", cell.partition("T")[0].partition(" 0")[0])]
    month = next((at for word in re.findall("[^0-9 -]+", cell) if (at := month_number(word))), None)
    number = ""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*", cell):
        pair, number = [parts[2], parts[1]], _serial(cell[:10])
    elif month is not None:
        pair = [parts[0], str(month)] if cell[0].isdigit() else [str(month), parts[0]]
    else:
        pair = parts[:2]
    joined = [mark.join(pair) for mark in (".", "-")]
    return " / ".join([*joined, number] if number else joined)


def _serial(day: str) -> str:
    """The number that a spreadsheet shows as this day; empty for a day that there is not."""
    try:
        days = (date.fromisoformat(day) - date(1899, 12, 30)).days
    except ValueError:
        return ""
    return str(days if days >= 60 else days - 1) if days > 1 else ""
