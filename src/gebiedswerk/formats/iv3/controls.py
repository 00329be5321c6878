"""What the CBS checks in a delivery, as far as a file of its own tells it: codes, grey cells, totals that are equal.

Checked: DF001 to DF007; grey cells; PF006, PF007 and PF008. Not checked: PF001 to PF005, which weigh the balance sheet
against limits, and PF009, whose limit we could not find: the definitions of 2024 and later name these controls without
saying how they are reckoned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.formats.iv3.definitions import Definitions
from gebiedswerk.formats.iv3.form import PARTS, Iv3, Iv3Row, Texts, cbs_words

LISTS: Mapping[str, tuple[str, str]] = {  # key in a row → list of codes, and the CBS code where it is not in there
    "taakveld": ("taakveld", "DF001"),
    "balanscode": ("balanscode", "DF003"),
    "standper": ("standper", "DF004"),
    "kengetal": ("kengetallen", "DF005"),
    "beleidsindicator": ("beleidsindicatoren", "DF006"),
    "verslagperiode": ("verslagperiode", "DF007"),
}
CATEGORIES: Mapping[str, str] = {
    "lasten": "categorie_lasten",
    "baten": "categorie_baten",
    "balans_lasten": "categorie_lasten",
    "balans_baten": "categorie_baten",
}


def code_faults(iv3: Iv3, definitions: Definitions, texts: Texts) -> list[Fault]:
    """Codes that are in no list of that year (R107), each once per part; pairs that should stay empty (R108)."""
    found = [*_unknown_codes(iv3, definitions, texts), *_grey_cells(iv3, definitions)]
    return capped(found)


def _unknown_codes(iv3: Iv3, definitions: Definitions, texts: Texts) -> Iterator[Fault]:
    for part, rows in iv3.parts.items():
        for at, key in enumerate(PARTS[part][:2]):
            name, cbs = (CATEGORIES[part], "DF002") if key == "categorie" else LISTS[key]
            for code, numbers in _not_in(rows, at, definitions.codes.get(name)).items():
                facts = {"cbs": cbs_words(cbs, texts), "count": len(numbers), "definitions": definitions.file}
                yield fault("R107", iv3.file, numbers[0], f"data.{part}.{key}", code, **facts)


def _not_in(rows: Iterable[Iv3Row], at: int, known: Collection[str] | None) -> dict[str, list[int]]:
    """Code that a list does not know → the rows in which it stands. Of a list that is not there nothing is known."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows if known is not None else ():
        if row.codes[at] not in (known or ()):
            found[row.codes[at]].append(row.number)
    return found


def _grey_cells(iv3: Iv3, definitions: Definitions) -> Iterator[Fault]:
    """A grey cell is where the CBS expects nothing; it does not bind (CBS, Iv3-rapportage gemeenten 2017)."""
    for part, grey in definitions.grey.items():
        for row in iv3.parts.get(part, ()):
            if row.codes in grey and row.amount:
                where = f"data.{part}"
                yield fault("R108", iv3.file, row.number, where, "/".join(row.codes), definitions=definitions.file)


def total_faults(iv3: Iv3, definitions: Definitions | None, texts: Texts, unit: int) -> list[Fault]:
    """Totals that the CBS wants equal and that are not, by more than the rounding of their rows (R109)."""
    found = []
    if iv3.period in (0, 5):
        found.append(_equal(iv3, "PF006", (iv3.parts["lasten"], iv3.parts["baten"]), texts, unit))
    if iv3.period == 5 and definitions is not None:
        standper = definitions.codes.get("standper", {})
        for cbs, moment in (("PF007", "begindatum"), ("PF008", "einddatum")):
            stands = [row for row in iv3.parts["balans_standen"] if standper.get(row.codes[1]) == moment]
            found.append(_equal(iv3, cbs, (_side(stands, "A"), _side(stands, "P")), texts, unit))
    return [one for one in found if one is not None]


def _side(rows: Iterable[Iv3Row], letter: str) -> list[Iv3Row]:
    return [row for row in rows if row.codes[0].startswith(letter)]


def _equal(
    iv3: Iv3, cbs: str, sides: tuple[Sequence[Iv3Row], Sequence[Iv3Row]], texts: Texts, unit: int
) -> Fault | None:
    left, right = (cents_of(side, unit) for side in sides)
    if abs(left - right) <= slack([*sides[0], *sides[1]], unit):
        return None
    sums = {"left_cents": nearest(left), "right_cents": nearest(right), "difference_cents": nearest(left - right)}
    return fault("R109", iv3.file, None, "data", cbs=cbs_words(cbs, texts), **sums)


def cents_of(rows: Iterable[Iv3Row], unit: int) -> Fraction:
    """What rows come to, in cents and exactly; `unit`: how many euros one is in the file."""
    return sum((row.amount for row in rows), Fraction(0)) * unit * 100


def slack(rows: Sequence[Iv3Row], unit: int, decimals: int | None = None) -> Fraction:
    """How far the sum of rounded rows may be from the sum of what they rounded, in cents: half a last digit for each.

    `decimals`: how many the file writes; without it the most that one of these rows has. Below a cent nothing counts.
    """
    written = max((row.decimals for row in rows), default=0) if decimals is None else decimals
    return max(Fraction(unit * 100, 10**written), Fraction(1)) * max(len(rows), 1) / 2


def nearest(cents: Fraction) -> int:
    """The nearest whole cent; half a cent goes up."""
    return (cents + Fraction(1, 2)).__floor__()
