"""Answers to what an import asks: settings of a profile, written into its text with all comments kept."""

from __future__ import annotations

import csv
import tomllib
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier import Profile
from gebiedswerk.dossier.cell_types import hints_of
from gebiedswerk.dossier.settings import LeftOut
from gebiedswerk.dossier.toml_edit import Key, OddShape, with_setting, with_table, without_setting

Answer = tuple[str, str]
"""Where a setting stands in a profile (`flows.income`), and what it is to be; several values apart by commas."""
UNSURE = "unsure"
TRUTHS: Mapping[str, bool] = {"true": True, "ja": True, "yes": True, "false": False, "nee": False, "no": False}
OTHER_MARK: Mapping[str, str] = {",": ".", ".": ","}
OTHER_ROWS = "leave_out_other"
ROWS_BELOW = "leave_out_below"
LEFT_OUT: Mapping[str, dict[str, Any]] = {
    "leave_out": {},
    OTHER_ROWS: {"control": False},
    ROWS_BELOW: {"control": False, "below": True},
}
"""Answers that leave rows out, and what their rule says besides: that they prove nothing, and all below them too."""
"""Rows to leave out that are no totals: an answer of its own, for a total is held against the rows above it."""
WHOLE: Mapping[str, tuple[str]] = {"sign.column": ("sign",)}
"""Settings without which their table means nothing: "there is none" takes it away as a whole."""
EMPTY_MEANS_NONE = frozenset(
    {"flows.income", "flows.balance", "flows.reserve_in", "flows.reserve_out", "keep", "named_codes", "fill_down"}
)
"""Lists that say "none" by being empty: without them nobody has said so."""

ONE_BY_ONE = ("keep", "unread_columns")
"""Lists to which each answer adds."""
EMPTY_WITHIN = frozenset({"cents_columns"})
"""Tables of which an empty text says "none"."""


def answered(text: str, answers: Iterable[Answer], file: str) -> Checked[str | None]:
    """The text of a profile (named `file` in faults) with the answers in it, and their questions gone.

    An answer to what is no setting, or that does not fit it, is a fault (I151); so is a text in which it cannot be
    written (I152).
    """
    faults: list[Fault] = []
    for key, value in _with_marks(list(answers), text):
        try:
            text = _written(text, key, value)
            text = without_setting(text, (UNSURE, key))
        except _Misfit as misfit:
            faults.append(fault("I151", file, None, key, value, kind=misfit.kind, choices=misfit.choices))
        except OddShape:
            faults.append(fault("I152", file, None, key, value))
        except ValueError:  # no TOML: who reads the profile says so
            break
    return Checked(None if faults else text, tuple(faults))


class _Misfit(ValueError):
    """A value that is none of its setting."""

    def __init__(self, kind: str, choices: Sequence[str] = ()) -> None:
        super().__init__(kind)
        self.kind, self.choices = kind, tuple(choices)


def _with_marks(answers: list[Answer], text: str) -> list[Answer]:
    """Whoever says that the comma is the decimal mark says that it parts no thousands."""
    said = dict(answers)
    decimal = said.get("decimal", "")
    if decimal not in OTHER_MARK or "thousands" in said or _thousands(text) != decimal:
        return answers
    return [*answers, ("thousands", OTHER_MARK[decimal])]


def _thousands(text: str) -> str:
    try:
        return str(tomllib.loads(text).get("thousands", Profile().thousands))
    except ValueError:
        return ""


def _written(text: str, key: str, value: str) -> str:
    if key in LEFT_OUT:
        return _left_out(text, value, LEFT_OUT[key])
    path, kind = key_path(key), _kind(key)
    if kind is None:
        raise _Misfit("setting", _settings())
    if not value.strip() and path[0] in EMPTY_WITHIN:
        return with_setting(text, path, "")
    if not value.strip():
        return with_setting(text, path, []) if key in EMPTY_MEANS_NONE else without_setting(text, WHOLE.get(key, path))
    more = _said_before(text, key) if key in ONE_BY_ONE else []
    found = setting_value(key, value)
    return with_setting(text, path, [*more, *(one for one in found if one not in more)] if more else found)


def _said_before(text: str, key: str) -> list[str]:
    """What a list of a profile holds already: one question about such texts follows the other."""
    try:
        return [str(one) for one in tomllib.loads(text).get(key, [])]
    except ValueError:
        return []


def _left_out(text: str, value: str, more: dict[str, Any]) -> str:
    """`Omschrijving=Subtotaal*,Totaal*` leaves rows out by text; `Omschrijving=` those with nothing there; "" none.

    `=Totaal*`: by text in whichever column it stands, as where that has no name.
    """
    column, equals, texts = value.partition("=")
    if not value.strip():
        return text
    found = _list(texts)
    if not equals or not column.strip() and not found:
        raise _Misfit("left_out")
    rule: dict[str, Any] = {"column": column.strip()} | ({"text": found} if found else {"empty": True})
    return with_table(text, "leave_out", rule | more)


def setting_value(key: str, value: str) -> Any:
    """What a person wrote, as the value of a setting. Raises ValueError."""
    kind = _kind(key)
    if kind is bool:
        if value.strip().casefold() not in TRUTHS:
            raise _Misfit("true_false", ("true", "false"))
        return TRUTHS[value.strip().casefold()]
    if kind is int:
        if not (value.isascii() and value.isdecimal() and 0 < len(value) < 8):
            raise _Misfit("positive")
        return int(value)
    return _list(value) if kind is list else value


def _list(value: str) -> list[str]:
    """Values apart by commas; one that holds a comma stands in quotes."""
    cells = next(csv.reader([value], skipinitialspace=True), [])
    return [cell.strip() for cell in cells if cell.strip()]


def key_path(key: str) -> Key:
    """Where a setting stands."""
    return tuple(key.split(".", 1))


def _kind(key: str) -> Any:
    """The type of a setting of a profile: bool, int, str or list; None where there is no such setting."""
    name, dot, within = key.partition(".")
    hints = hints_of(Profile)
    hint = _bare(hints[name]) if name in hints and name != UNSURE else None
    if dot and is_dataclass(hint):
        inner = hints_of(hint)
        hint = _bare(inner[within]) if within in inner else None
    elif dot:
        hint = str if get_origin(hint) is dict and within else None
    elif is_dataclass(hint) or get_origin(hint) is dict:
        hint = None
    if get_origin(hint) is list:
        return list if get_args(hint)[0] is LeftOut or _bare(get_args(hint)[0]) is str else None
    return hint


def _bare(hint: Any) -> Any:
    """A type without its limits, and without None."""
    while get_origin(hint) is Annotated or get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return hint


def _settings() -> list[str]:
    """What can be answered, for a person who mistyped."""
    found: list[str] = []
    hints = hints_of(Profile)
    for name in (one.name for one in fields(Profile) if one.name != UNSURE):
        hint = _bare(hints[name])
        found += [f"{name}.{one.name}" for one in fields(hint)] if is_dataclass(hint) else [name]
    return found
