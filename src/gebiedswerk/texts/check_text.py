"""Check the text of a publication: claims against figures, numbers that nothing stands behind, pictures by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gebiedswerk.account import MEASURES
from gebiedswerk.blocks.bbv_tables import PRESETS
from gebiedswerk.blocks.reserves_table import RESERVES_TABLE
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.words import says_something
from gebiedswerk.dossier import Publication, Status
from gebiedswerk.figures import COUNT, UNITS, Address, Figures, NoAddress, NoFigure, members, parse_address
from gebiedswerk.language.messages import Messages
from gebiedswerk.pictures.chart_kinds import CHARTS, SHARES, asked_for, exists
from gebiedswerk.texts.beside_claims import sign_before, stuck_to_another, unit_beside
from gebiedswerk.texts.claims import UNIT_WORDS, Verdict, judge
from gebiedswerk.texts.direction import ABOVE_ZERO, OF_SETS, contradiction
from gebiedswerk.texts.markdown import Picture, ProsePart, UnclaimedNumber, Written, loose, parts, stray_images, written
from gebiedswerk.texts.naming import NamesInText, other_year

TABLES = ("account", "available", *PRESETS, RESERVES_TABLE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with its verdict."""

    file: str
    written: Written
    address: Address
    verdict: Verdict
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class CheckedText:
    """One Markdown file: its language, parts, claims and faults, and whether claims were held back as not checked."""

    file: str
    language: str
    parts: tuple[ProsePart, ...]
    claims: tuple[Claim, ...]
    faults: tuple[Fault, ...]
    held_back: bool = False


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a Markdown text is by itself: its parts, and of each its links, loose numbers and stray pictures."""

    parts: tuple[ProsePart, ...]
    written: tuple[tuple[Written, ...], ...]
    loose: tuple[tuple[UnclaimedNumber, ...], ...]
    stray: tuple[tuple[tuple[str, int], ...], ...]


def read_text(text: str) -> ReadText:
    """Read a text, whatever the figures are."""
    found = tuple(parts(text))
    return ReadText(
        found,
        tuple(tuple(written(part)) for part in found),
        tuple(tuple(loose(part)) for part in found),
        tuple(tuple(stray_images(part)) for part in found),
    )


def check_text(
    publication: Publication, file: str, text: ReadText, figures: Figures | None, unit_cents: int, messages: Messages
) -> CheckedText:
    """Check one file. Without figures only what the text itself shows is checked.

    A claim about a year whose money is not complete is held back: it is neither true nor false yet.
    """
    claims: list[Claim] = []
    faults: list[Fault] = []
    waits = False
    for part, links, numbers, stray in zip(text.parts, text.written, text.loose, text.stray, strict=True):
        for link in links:
            if link.href.startswith("free:"):
                faults += [] if says_something(link.reason) else [fault("T108", file, link.line, None, link.text)]
            elif link.href.startswith("figure:"):
                claim = _claim(publication, file, link, figures, unit_cents, messages)
                waits = waits or claim is None
                claims += [claim] if isinstance(claim, Claim) else []
                faults += [claim] if isinstance(claim, Fault) else []
        faults += [_loose_fault(publication, file, number) for number in numbers]
        faults += [fault("T111", file, line, None, source) for source, line in stray]
        faults += _picture_faults(part.picture, file, publication, figures) if part.picture else []
    false = [claim for claim in claims if not claim.verdict.holds]
    doubtful = [claim for claim in false if figures is not None and _in_doubt(claim, figures)]
    faults += [_false(claim) for claim in false if claim not in doubtful]
    faults += [found for claim in claims for found in _unit_faults(claim, unit_cents)]
    faults += [found for claim in claims for found in _beside(claim)]
    faults += _said_around(claims, figures) if figures is not None and claims else []
    claims = [replace(claim, doubtful=claim in doubtful) for claim in claims]
    in_order = tuple(sorted(faults, key=lambda one: one.row or 0))
    return CheckedText(file, messages.language, text.parts, tuple(claims), in_order, bool(doubtful) or waits)


def _claim(
    publication: Publication, file: str, link: Written, figures: Figures | None, unit_cents: int, messages: Messages
) -> Claim | Fault | None:
    text = link.href.removeprefix("figure:")
    try:
        address = parse_address(text, publication.settings.year)
        if address.year is not None and address.year > publication.settings.year:
            raise NoFigure(address)
        if figures is None:
            return None
        return Claim(file, link, address, judge(link.text, address, figures, unit_cents, messages))
    except NoAddress:
        return fault("T103", file, link.line, None, text, written=link.text)
    except NoFigure:
        waits = figures is not None and figures.may_come(address)
        return None if waits else fault("T103", file, link.line, None, text, written=link.text)


def _in_doubt(claim: Claim, figures: Figures) -> bool:
    """Whether money of its year, or of a year before, is not complete."""
    return any(year <= (claim.address.year or year) for year in figures.doubtful)


def _false(claim: Claim) -> Fault:
    link, verdict = claim.written, claim.verdict
    return fault(verdict.reason, claim.file, link.line, None, link.text, truth=verdict.truth, figure=str(claim.address))


def _unit_faults(claim: Claim, unit_cents: int) -> list[Fault]:
    """The unit in words behind (or €) before a claim is the unit in which it was compared."""
    used = UNITS[claim.address.unit] if claim.address.unit else unit_cents
    said = unit_beside(claim.written.before, claim.written.after)
    inside = any(claim.written.text.endswith(f" {word}") for word in UNIT_WORDS)
    counts = not claim.address.subject or claim.address.measure == COUNT
    if said is None or not counts and said == (UNITS["euro"] if inside else used):
        return []
    if counts and said == UNITS["euro"] and not claim.written.after.strip():
        return []
    named = {cents: name for name, cents in UNITS.items()} | {0: "other"}
    return [fault("T106", claim.file, claim.written.line, None, claim.written.text, said=named[said], unit=named[used])]


def _beside(claim: Claim) -> Iterator[Fault]:
    """A sign or denial before a claim (T112), another number stuck to it (T132)."""
    written = claim.written
    if sign_before(written.before):
        yield fault("T112", claim.file, written.line, None, written.text)
    if stuck_to_another(written.before, written.after):
        yield fault("T132", claim.file, written.line, None, written.text)


def _said_around(claims: Sequence[Claim], figures: Figures) -> Iterator[Fault]:
    """What the sentences around claims say against their figures; a reason in the title of a claim takes that away."""
    names = NamesInText(figures)
    for claim in claims:
        if not says_something(claim.written.reason):
            yield from _turned(claim, figures)
            yield from _elsewhere(claim, names)


def _turned(claim: Claim, figures: Figures) -> Iterator[Fault]:
    """A word that says the other way than the figure (T129), unless the claim itself is false: then that is said."""
    address, written = claim.address, claim.written
    of_set = not address.subject and address.measure in OF_SETS
    if not claim.verdict.holds or not of_set and address.measure not in ABOVE_ZERO:
        return
    cents = 1 if of_set else figures.figure(address).cents
    word = contradiction(address.measure, cents, written.before, written.after)
    if word and not (of_set and not members(figures, address.measure, address.year)):
        yield fault("T129", claim.file, written.line, None, written.text, word=word, figure=str(address))


def _elsewhere(claim: Claim, names: NamesInText) -> Iterator[Fault]:
    """Another year (T130), or another area or line (T131), in the sentence than that of the figure."""
    address, written = claim.address, claim.written
    year = other_year(address, written.before, written.after)
    if year:
        yield fault("T130", claim.file, written.line, None, written.text, named=year, figure=str(address))
    place = names.other_place(address, written.before, written.after) if address.measure != COUNT else ""
    if place:
        yield fault("T131", claim.file, written.line, None, written.text, named=place, figure=str(address))


def _loose_fault(publication: Publication, file: str, number: UnclaimedNumber) -> Fault:
    """A loose number stops publishing (T102), in a draft it warns (T109); so do words that may be one (T125)."""
    if number.guessed:
        return fault("T125", file, number.line, None, number.text, sentence=number.sentence)
    code = "T109" if publication.settings.status is Status.DRAFT else "T102"
    return fault(code, file, number.line, None, number.text, sentence=number.sentence)


def _picture_faults(picture: Picture, file: str, publication: Publication, figures: Figures | None) -> list[Fault]:
    """An unknown name (T104), a share of what may be below zero (T113), no caption (T110)."""
    faults = []
    value = f"{picture.kind}:{picture.name}"
    if picture.kind != "table" and SHARES.match(picture.name):
        faults.append(fault("T113", file, picture.line, None, value))
    elif not _is_known(picture, publication.settings.year, figures):
        facts = {"known": ", ".join(f"{picture.kind}:{name}" for name in _known(picture.kind))}
        faults.append(fault("T104", file, picture.line, None, value, **facts))
    if re.search(r"\S", picture.caption) is None:
        faults.append(fault("T110", file, picture.line, None, value))
    return faults


def _known(kind: str) -> tuple[str, ...]:
    """The names of one kind of picture."""
    charts = tuple(f"{name}/…" if chart.per_subject else name for name, chart in CHARTS.items())
    return {"table": TABLES, "chart": charts, "map": tuple(MEASURES)}[kind]


def _is_known(picture: Picture, year: int, figures: Figures | None) -> bool:
    """Whether a picture is one of ours; with figures also whether they have anything to show in it."""
    if picture.kind == "table":
        return picture.name in TABLES
    asked = asked_for(picture.kind, picture.name, year)
    return asked is not None and (figures is None or exists(asked, figures))
