"""A table as the bytes of a workbook, part by part."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from html import escape
from io import BytesIO
from random import Random

from tests.exports.layout import Amount, Cell, Code, Known, Table
from tests.exports.notation import DAYS
from tests.exports.recipe import Recipe

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="&quot;-&quot;0.00"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="14"/>'
    '<xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


class ShownMinus(float):
    """A number above zero that its format shows with a minus."""


Value = str | int | float | date | datetime
"""What a cell of a sheet is."""


def valued(cell: Cell, recipe: Recipe, random: Random) -> tuple[Value, str]:
    """What a sheet holds for a cell, and a formula that gives it (or nothing)."""
    kind = recipe["cells"]
    if isinstance(cell, date):
        return _day(cell, recipe), ""
    if isinstance(cell, Amount):
        marked = recipe["sign"] in ("behind", "before", "CR")
        if kind == "text" or marked or (kind == "mixed" and random.random() < 0.4):
            return cell.text, ""
        if recipe["odd"] == "cents":
            return cell.cents, ""
        if recipe["odd"] == "shown minus" and cell.cents < 0:
            return ShownMinus(-cell.cents / 100), ""
        number = cell.cents / 100
        if kind == "tails":
            number += random.choice((0, 1e-11, -1e-11))
        return number, f"ROUND({number!r},2)" if kind == "formulas" and random.random() < 0.5 else ""
    if isinstance(cell, Code):
        number = cell.text.isdigit() and (not cell.text.startswith("0") or recipe["damage"] == "zeros lost")
        return (int(cell.text) if number and kind not in ("text", "codes as text") else cell.text), ""
    if recipe["periods"] in ("2025.1", "2025,10") and re.fullmatch(r"20\d\d[.,]\d+", cell) and kind != "text":
        return float(cell.replace(",", ".")), ""
    return (int(cell) if cell.isdigit() and kind != "text" and not cell.startswith("0") else cell), ""


def _day(day: date, recipe: Recipe) -> Value:
    kind = recipe["sheet days"]
    if kind == "text":
        return DAYS[recipe["days"] if recipe["days"] != "none" else "dd-mm-jjjj"](day)
    if kind == "moments":
        return datetime.combine(day, time(10, 14))
    return (day - _epoch(recipe)).days if kind == "serials" else day


def _epoch(recipe: Recipe) -> date:
    return date(1904, 1, 1) if recipe["epoch"] == "1904" else date(1899, 12, 30)


def _values(table: Table, recipe: Recipe, random: Random) -> list[list[tuple[Value, str]]]:
    rows: list[list[Cell]] = [*table.above, list(table.header), *table.rows]
    days = {
        name: date.fromisoformat(name) for name in table.header if recipe["month heads"] == "day" and name[:2] == "20"
    }
    return [
        [(days[cell], "") if isinstance(cell, str) and cell in days else valued(cell, recipe, random) for cell in row]
        for row in rows
    ]


def workbook(table: Table, known: Known, random: Random) -> bytes:
    """The bytes of a workbook."""
    recipe = known.recipe
    rows = _values(table, recipe, random)
    hidden = {at + len(table.above) + 2 for at in table.hidden}
    first = len(table.above) + 1
    goes_on = recipe["sheets"].startswith("continued") and len(rows) > first + 1
    cut = random.randrange(first + 1, len(rows)) if goes_on else 0
    if not cut:
        return _by_hand(rows, [], hidden, recipe)
    title: list[list[tuple[Value, str]]] = [[("Vervolg", "")], []] if recipe["sheets"].endswith("title") else []
    return _by_hand(rows[:cut], [*title, *rows[:first], *rows[cut:]], {at for at in hidden if at <= cut}, recipe)


def _by_hand(
    rows: list[list[tuple[Value, str]]], on: list[list[tuple[Value, str]]], hidden: set[int], recipe: Recipe
) -> bytes:
    shared: dict[str, int] = {}
    sheet = _sheet(rows, hidden, recipe, shared)
    sheets = [("Mutaties", sheet, "visible")]
    if on:
        sheets.append(("Mutaties (2)", _sheet(on, set(), recipe, shared), "visible"))
    other = _sheet([[("Jaar", ""), ("Bedrag", "")], [(2025, ""), (1, "")]], set(), recipe, shared)
    if recipe["sheets"] == "explanation first":
        sheets.insert(
            0, ("Toelichting", _sheet([[("Overzicht van de mutaties", "")]], set(), recipe, shared), "visible")
        )
    elif recipe["sheets"] == "hidden beside":
        sheets.append(("Lijsten", other, "hidden"))
    elif recipe["sheets"] == "other columns beside":
        wide: list[list[tuple[Value, str]]] = [[(f"Kolom {at}", "") for at in range(12)]]
        wide += [[*((f"tekst {at}", "") for at in range(11)), (12.34 + row, "")] for row in range(4)]
        sheets.append(("Overzicht", _sheet(wide, set(), recipe, shared), "visible"))
    elif recipe["sheets"] == "empty beside":
        sheets.append(("Blad2", _sheet([], set(), recipe, shared), "visible"))
    return _packed(sheets, shared, recipe)


def _packed(sheets: list[tuple[str, str, str]], shared: dict[str, int], recipe: Recipe) -> bytes:
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" state="{state}" r:id="rId{at}"/>'
        for at, (name, _, state) in enumerate(sheets, 1)
    )
    epoch = '<workbookPr date1904="1"/>' if recipe["epoch"] == "1904" else ""
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{LINKS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{kinds}'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKED}"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{epoch}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKED}">{links}<Relationship Id="rIdS" '
        f'Type="{LINKS}/styles" Target="styles.xml"/><Relationship Id="rIdT" Type="{LINKS}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="{len(shared)}" uniqueCount="{len(shared)}">{texts}</sst>',
        **{f"xl/worksheets/sheet{at}.xml": sheet for at, (_, sheet, _) in enumerate(sheets, 1)},
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return out.getvalue()


def _sheet(rows: list[list[tuple[Value, str]]], hidden: set[int], recipe: Recipe, shared: dict[str, int]) -> str:
    written = "".join(_row(at, row, at in hidden, recipe, shared) for at, row in enumerate(rows, 1))
    columns = '<cols><col min="3" max="3" hidden="1" width="8"/></cols>' if recipe["hidden"] == "column" else ""
    merged = recipe["merged"] == "title" and rows and len(rows[0]) == 1
    merges = '<mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>' if merged else ""
    return f'<worksheet xmlns="{MAIN}">{columns}<sheetData>{written}</sheetData>{merges}</worksheet>'


def _letters(column: int) -> str:
    """The letters of a column, from 1 on."""
    before, at = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + at)


def _row(at: int, row: list[tuple[Value, str]], hides: bool, recipe: Recipe, shared: dict[str, int]) -> str:
    cells = "".join(
        _cell(f"{_letters(column)}{at}", value, formula, recipe, shared)
        for column, (value, formula) in enumerate(row, 1)
        if value != ""
    )
    return f'<row r="{at}"{" hidden=" + chr(34) + "1" + chr(34) if hides else ""}>{cells}</row>'


def _cell(place: str, value: Value, formula: str, recipe: Recipe, shared: dict[str, int]) -> str:
    asked = f"<f>{escape(formula)}</f>" if formula else ""
    if isinstance(value, datetime):
        serial = (value.date() - _epoch(recipe)).days + value.hour / 24 + value.minute / 1440
        return f'<c r="{place}" s="2"><v>{serial!r}</v></c>'
    if isinstance(value, date):
        if recipe["sheet days"] == "iso":
            return f'<c r="{place}" s="1" t="d"><v>{value.isoformat()}</v></c>'
        return f'<c r="{place}" s="1"><v>{(value - _epoch(recipe)).days}</v></c>'
    if isinstance(value, str):
        if recipe["strings"] == "inline":
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
    style = ' s="3"' if isinstance(value, ShownMinus) else ""
    return f'<c r="{place}"{style}>{asked}<v>{value!r}</v></c>'
