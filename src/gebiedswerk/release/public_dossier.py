"""The public form of a dossier: all of it that the site shows, in the form of a dossier, and nothing else.

It stands in the release, so that whoever verifies it makes the same site again. A new table or column goes along by
itself, through the schema; what no page shows is named here, because what nothing shows, nothing holds (decision 40).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.dossier import Basis, Dossier, House, Publication, division_year, standing
from gebiedswerk.dossier.geography import FOLDER as GEOGRAPHY
from gebiedswerk.dossier.geography import geography_text
from gebiedswerk.dossier.house_style import FOLDER as HOUSE
from gebiedswerk.dossier.house_style import TOKENS
from gebiedswerk.dossier.settings import Block, DossierSettings, Iv3Settings, Privacy, PublicationSettings
from gebiedswerk.dossier.tables import TABLES, BudgetRow, OpeningRow, Row
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.dossier.written import settings_text, table_text
from gebiedswerk.figures import Figures, parse_address
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger.public import OWN
from gebiedswerk.pages import View, unit_cents
from gebiedswerk.pages.term_files import known_years
from gebiedswerk.pages.work_files import PRIVATE
from gebiedswerk.release.contents import BasisFigures
from gebiedswerk.texts.chapters import texts_in
from gebiedswerk.texts.claims import judge
from gebiedswerk.texts.markdown import Written
from gebiedswerk.texts.markdown_writer import NotWritable, shown_address, shown_text

NOT_SHOWN = ("keys", "redirects", "takedowns")
"""Tables that are public, of which no page shows a cell; of what was taken down tells `tombstones.csv`."""
OF_A_RULE = ("id", "line", "key")
"""What a page shows of a rule of attribution, besides its row."""
SETTINGS_FILE = "dossier.toml"


class NotPublic(GebiedswerkError):
    """A text of which what is not public cannot be taken out."""

    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(f"{file} cannot be written without what its page does not show.")


def public_dossier(newest: Figures, views: Sequence[View], shown: Sequence[BasisFigures]) -> dict[str, bytes]:
    """Path → bytes of every file of the public form. Raises NotPublic."""
    dossier = newest.dossier
    found = {SETTINGS_FILE: settings_text(public_settings(dossier, shown))}
    for name, rows in public_tables(dossier, views, shown).items():
        if name == "attribution":
            without = [one for one in TABLES[name].rows.__slots__ if one not in OF_A_RULE]
            found[TABLES[name].file] = table_text(TABLES[name], rows, without)
        else:
            found[TABLES[name].file] = table_text(TABLES[name], rows)
    for name, table in WORK_TABLES.items():
        if getattr(dossier.work, name):
            found[table.file] = table_text(table, getattr(dossier.work, name), [PRIVATE])
    for view in views:
        found |= _publication(view)
    drawn = [one for one in dossier.geography if one.division_year in _divisions(dossier, views)]
    for number, one in enumerate(drawn, start=1):
        place = f"{GEOGRAPHY}/{number:03}-{one.division_year}.geojson"
        found[place] = geography_text(one, _drawn(dossier, one.division_year))
    files = {place: text.encode() for place, text in found.items()}
    return files | _house(dossier.house)


def public_settings(dossier: Dossier, shown: Iterable[BasisFigures]) -> DossierSettings:
    """The settings without what pages do not show: patterns of blocks, words for other languages, how Iv3 is read."""
    settings = dossier.settings
    languages = settings.presentation.languages
    grounds = {
        ground for one in shown for cell in one.figures.public["ground"].unique() for ground in (cell or "").split()
    }
    named = {block.name: block.ground for block in reversed(settings.privacy.block or [])}
    blocks = [Block(name, ground) for name, ground in named.items() if name in grounds]
    data = settings.open_data
    town = settings.municipality
    explanations = {name: words for name, words in town.explanations.items() if name in languages}
    return replace(
        settings,
        municipality=replace(
            town,
            explanations=explanations,
            explanation="" if explanations.keys() >= set(languages) else town.explanation,
        ),
        iv3=Iv3Settings(),
        privacy=Privacy(block=blocks or None),
        open_data=data if data.address else replace(data, publisher="", contact=""),
    )


def public_tables(dossier: Dossier, views: Sequence[View], shown: Sequence[BasisFigures]) -> dict[str, Sequence[Row]]:
    """The rows of each table that pages show."""
    found: dict[str, Sequence[Row]] = {
        name: getattr(dossier, name) for name, table in TABLES.items() if table.published and name not in NOT_SHOWN
    }
    moments = list(dict.fromkeys(basis for one in shown for basis in _moments(one.figures)))
    years = dossier.budget_years()
    lines = {row.line for row in dossier.budget_line_years}
    maps = bool(_mapped(views))
    used = {rule for one in shown for rule in _rules(one)}
    found["budget_lines"] = [row for row in dossier.budget_lines if row.code in lines]
    found["years"] = list(_years(dossier, years))
    found["budgets"] = list(_budgets(shown))
    found["openings"] = list(_openings(shown))
    found["extensions"] = _standing(dossier.extensions, "decided_on", moments)
    found["reconciliations"] = _numbered(_standing(dossier.reconciliations, "accepted_on", moments))
    found["questions"] = [replace(row, corrects=None) for row in standing(dossier.questions)]
    found["attribution"] = [row for row in dossier.attribution if row.id in used]
    found["tiles"] = dossier.tiles if maps else ()
    return {name: rows for name, rows in found.items() if rows or TABLES[name].required or name in ALWAYS}


ALWAYS = ("years", "openings", "extensions")
"""Tables on which every account rests: an empty one says that there are no such rows."""


def _moments(figures: Figures) -> list[Basis]:
    return [figures.ledger.basis, *(one.basis for one in figures.adopted_ledgers.values())]


def _rules(one: BasisFigures) -> Iterator[str]:
    for rule in one.figures.public["rule"].drop_nulls().unique():
        yield from rule.split(" ")


def _years(dossier: Dossier, years: Sequence[int]) -> Iterator[Row]:
    """The rows of years with what `jaren.csv` says of them; a decision is told with the year into which money moves."""
    for row in known_years(dossier, Basis()).values():
        told = row if row.year + 1 in years else replace(row, carry_over_decided_on=None, decision="")
        told = told if row.year in years else replace(told, closed_on=None)
        if told.closed_on or told.carry_over_decided_on:
            yield told


def _standing(rows: Sequence[Any], day: str, moments: Sequence[Basis]) -> list[Row]:
    """The rows of an append-only table that hold on one of the bases."""
    held = [row for basis in moments for row in standing(tuple(r for r in rows if basis.knows(getattr(r, day))))]
    kept = {row.id for row in held}
    return [replace(row, corrects=row.corrects if row.corrects in kept else None) for row in rows if row.id in kept]


def _numbered(rows: Sequence[Any]) -> list[Row]:
    """Rows by their number, where no page tells what they are called: what nothing shows, nothing holds."""
    numbers = {row.id: str(at) for at, row in enumerate(rows, start=1)}
    return [replace(row, id=numbers[row.id], corrects=row.corrects and numbers[row.corrects]) for row in rows]


def _own(shown: Iterable[BasisFigures], file: str) -> list[dict[str, Any]]:
    """The rows of the public ledger that were written by hand in a table, each once, in its order."""
    found = [one.figures.public.filter(delivery=file, year=year) for one in shown for year in one.basis.years]
    return pl.concat(found).unique("row", keep="first", maintain_order=True).sort("row").to_dicts() if found else []


def _budgets(shown: Iterable[BasisFigures]) -> Iterator[Row]:
    """The decisions of `budgets.csv` as the public ledger tells them."""
    for row in _own(shown, OWN[0]):
        yield BudgetRow(
            **{name: row[name] for name in ("row", "line", "year", "kind", "flow", "authority", "decided_on")},
            **{name: row[name] for name in ("origin", "last_year", "source")},
            id=row["id"],
            amount=row["cents"],
            number=row["decision"],
            in_budget=bool(row["in_budget"]),
            note=row["description"] or "",
        )


def _openings(shown: Iterable[BasisFigures]) -> Iterator[Row]:
    """What was left when the dossier begins, as the public ledger tells it."""
    for row in _own(shown, OWN[1]):
        yield OpeningRow(
            **{name: row[name] for name in ("row", "line", "year", "origin", "last_year", "decision", "decided_on")},
            id=row["id"],
            amount=row["cents"],
            in_budget=bool(row["in_budget"]),
        )


def _publication(view: View) -> dict[str, str]:
    """The settings of a publication, and its texts in the languages of the site, as their pages show them."""
    publication, languages = view.publication, view.figures.dossier.settings.presentation.languages
    files = list(dict.fromkeys(text.file for language in languages for text in texts_in(view, language)))
    names = {file.rsplit("/", 1)[-1].partition(".")[0] for file in files}
    stands_on = replace(publication.settings, as_of=view.figures.ledger.basis.as_of)  # of an adopted one, as adopted
    found = {f"{publication.folder}/publication.toml": settings_text(_settings(stands_on, languages, names))}
    texts = dict(publication.texts)
    for file in files:
        try:
            found[file] = shown_text(texts[file], _Addresses(view, file).shown)
        except NotWritable as problem:
            raise NotPublic(file) from problem
    return found


def not_public(views: Iterable[View]) -> Iterator[str]:
    """The texts of which what is not public cannot be taken out: one of each publication."""
    for view in views:
        try:
            _publication(view)
        except NotPublic as problem:
            yield problem.file


def _settings(settings: PublicationSettings, languages: Sequence[str], names: set[str]) -> PublicationSettings:
    """The settings of a publication as far as its pages show them."""
    titles = {name: title for name, title in settings.titles.items() if name in languages}
    title = titles[languages[0]] if titles.keys() >= set(languages) else settings.title
    labels = [
        replace(one, titles={name: one.titles[name] for name in one.titles if name in languages})
        for one in settings.labels
    ]
    pages = [page for page in settings.pages if page.file in names]
    return replace(settings, title=title, titles=titles, pages=pages, labels=labels)


class _Addresses:
    """The addresses in one text as its page shows them: a claim allows no more than it needs."""

    def __init__(self, view: View, file: str) -> None:
        self.view = view
        language = next(text.language for text in view.texts if text.file == file)
        self.messages = Messages(language)
        self.unit_cents = unit_cents(view.figures.dossier, view.publication)

    def shown(self, link: Written) -> str:
        """The address of a link; `about` is the least share with which what is written holds."""
        href = shown_address(link)
        if not href.startswith("figure:") or "about=" not in href:
            return href
        address = parse_address(href.removeprefix("figure:"), self.view.publication.settings.year)
        for share in range(address.about_pct or 0):
            narrow = replace(address, about_pct=share)
            if judge(link.text, narrow, self.view.figures, self.unit_cents, self.messages).holds:
                return self._about(href, share)
        return self._about(href, address.about_pct or 0)

    def _about(self, href: str, share: int) -> str:
        return re.sub(r"about=[0-9]{1,2}%?", f"about={share}%", href)


def _mapped(views: Iterable[View]) -> list[Publication]:
    """The publications that show a map."""
    return [
        view.publication
        for view in views
        if any(part.picture and part.picture.kind == "map" for text in view.texts for part in text.parts)
    ]


def _divisions(dossier: Dossier, views: Iterable[View]) -> set[int]:
    """The division years of which shapes are drawn."""
    found = (division_year(dossier, one.settings.year) for one in _mapped(views))
    return {year for year in found if year is not None}


def _drawn(dossier: Dossier, division: int) -> set[str]:
    """The codes of areas and of their parts of which a file of shapes may hold the shape."""
    parts_of = {part.code for part in dossier.area_parts if part.division_year == division}
    return parts_of | {area.code for area in dossier.areas}


def _house(house: House) -> dict[str, bytes]:
    """The look of the site: tokens without remarks, the logo and the fonts, which stand in the site as they are."""
    found = {f"{HOUSE}/{font.settings.file}": font.data for font in house.fonts}
    found |= {f"{HOUSE}/{house.logo[0]}": house.logo[1]} if house.logo else {}
    lines = []
    for token in house.tokens:
        rule = f":root {{ {token.name}: {token.value}; }}"
        dark = f"@media (prefers-color-scheme: dark) {{ {rule} }}"  # literal: CSS
        lines.append(dark if token.dark else rule)
    return found | ({f"{HOUSE}/{TOKENS}": ("\n".join(lines) + "\n").encode()} if lines else {})
