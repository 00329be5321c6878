"""What spreadsheets, people and broken transports do to a table: one thing in a file, never what nobody could see."""

from __future__ import annotations

from random import Random

from tests.exports.layout import Amount, Code, Known, Table


def damaged(table: Table, known: Known, random: Random) -> bool:
    """Damage one cell or row as the recipe says. Returns whether there was something to damage."""
    kind = known.recipe["damage"]
    wanted = Code if "code" in kind or kind == "formula error" else Amount
    heads = set(known.heads.values())
    at_risk = [
        (row, at)
        for row in table.rows
        for at, cell in enumerate(row)
        if isinstance(cell, wanted) and table.header[at] in _read(known) and (wanted is Code or cell.cents)  # type: ignore[union-attr]
    ]
    if kind in ("none", "zeros lost") or not at_risk or not heads:
        return kind in ("none", "zeros lost")
    if kind == "row cut":
        del table.rows[-1][random.randrange(2, len(table.header) - 1) :]
        return True
    row, at = random.choice(at_risk)
    row[at] = _spoiled(kind, str(getattr(row[at], "text", "")))
    return True


def _read(known: Known) -> set[str]:
    """The headers of the columns that hold what is booked."""
    names = ("debit", "credit", "costs", "income", "amount", "ledger", "centre")
    return {head for name, head in known.heads.items() if name in names or name.startswith("month ")}


def _spoiled(kind: str, text: str) -> str:
    return {
        "day in amount": "3-12-2025",
        "power in code": "7,13E+03",
        "formula error": "#N/B",
        "letter in amount": text.replace("0", "O", 1) if "0" in text else f"{text}l",
        "amount missing": "",
        "other marks": "1.2.50,0",
    }[kind]
