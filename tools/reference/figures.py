"""`docs/reference/figures.md`: every measure with its formula, the sets, and what may stand in a claim."""

from __future__ import annotations

from collections.abc import Iterable

from gebiedswerk.account import MEASURES, PER_ORIGIN
from gebiedswerk.figures import SETS, UNITS, formula
from gebiedswerk.figures.address import OPTIONS
from gebiedswerk.language.messages import Messages
from gebiedswerk.pictures.chart_kinds import CHARTS, PER_SUBJECT
from gebiedswerk.texts.check_text import TABLES
from gebiedswerk.texts.claims import ABOUT, AT_LEAST, AT_MOST, FRACTIONS, UNIT_WORDS
from tools.reference.markdown import meanings, page, table

ADDRESS = """\
A figure has an address: `measure/subject`, with `@year` and `?option=value` where needed, such as `result/total`,
`spent/NRD@2025?origin=2024` or `realised/area:OST?unit=thousand`. A *subject* is the code of a budget line (the line
and all below it), `area:` and the code of an area (all lines in the area and in the areas within it), or `total` (all
lines). Without `@year` the year is that of the publication; on the command line it is the newest. A measure may be
written with `-` or `_`.

In a text a claim is a link: `[4.425](figure:result/total)`. See [how to write a claim](../how-to/write-a-claim.md)."""

MEASURES_INTRO = """\
The formula is that of the program, as `gebiedswerk trace` shows it: a sum over postings by kind and flow; an expression
over other measures; or `term`, a step of the spending term. The
words are those of the source pages; Y is the year.

The measures of reserve movements, from `reserve_in` to `result_after`, a line or area has in a year in which money of
any line went or would go into or out of a reserve; the whole has them in every year, but not in one that was adopted
before an account held them."""


def pages() -> dict[str, str]:
    """Name of the file → its text."""
    english, dutch = Messages("en"), Messages("nl")
    rows = [
        (
            f"`{name}`",
            dutch(f"measure.{name}", year="Y"),
            f"`{formula(name)}`",
            english(f"formula.{name}", year="Y", before="Y − 1"),
        )
        for name in MEASURES
    ]
    return {
        "figures.md": page(
            "Figures",
            ADDRESS,
            "## Measures",
            MEASURES_INTRO,
            table(("measure", "on the page", "formula", "in words"), rows),
            f"With `?origin=` there are: {_codes(PER_ORIGIN)}.",
            _sets(),
            _options(),
            _words(),
            _pictures(),
        )
    }


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _sets() -> str:
    intro = "A set is compared with the names in the claim, in any order: `[Noord en Zuid](figure:areas-overspent)`. "
    number = "`count/` and the name of a set is its number, in digits or a word: `[vier](figure:count/areas)`."
    rows = [(f"`{name}`", meaning) for name, meaning in meanings("sets", SETS).items()]
    return f"## Sets\n\n{intro}{number}\n\n{table(('set', 'holds'), rows)}"


def _options() -> str:
    rows = [(f"`{name}=`", meaning) for name, meaning in meanings("options", sorted(OPTIONS)).items()]
    units = ", ".join(f"`{name}` ({cents} cents)" if cents > 1 else f"`{name}`" for name, cents in UNITS.items())
    return f"## Options\n\n{table(('option', 'meaning'), rows)}\n\nUnits: {units}."


def _pictures() -> str:
    names = _codes([*(f"table:{one}" for one in TABLES), *(f"chart:{one}" for one in CHARTS)])
    example = "`![Wat blijft beschikbaar](table:available)`"
    alone = f"An image that stands alone: {names}. The words are its caption: {example}."
    subject = (
        "Behind these a subject may stand, and an earlier year: `chart:tranches/area:WEST@2018`; without one it is"
    )
    maps = (
        "`map:` with a measure, and an earlier year if wanted, is a map of it: `![Resultaat per gebied](map:result)`."
    )
    return f"## Tables, charts and maps\n\n{alone}\n\n{subject} the whole: {_codes(PER_SUBJECT)}.\n\n{maps}"


def _words() -> str:
    rows = [
        ("the unit, behind the amount", ", ".join(UNIT_WORDS)),
        ("instead of an amount", ", ".join(FRACTIONS)),
        ("not less than the amount", ", ".join(AT_LEAST)),
        ("not more than the amount", ", ".join(AT_MOST)),
        ("near the amount", ", ".join(ABOUT)),
    ]
    return f"## Words inside a claim\n\nThe last three only with `about=`.\n\n{table(('says', 'words'), rows)}"
