"""What somebody hands us as the delivery that it would be: what it covers, replaces and still lacks, or why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.core.filenames import file_name, refusal_of_name
from gebiedswerk.dossier import NEWEST, Delivery, Dossier, Profile
from gebiedswerk.dossier.cache import file_hash
from gebiedswerk.dossier.settings import MOST_PERIODS, DeliveryKind, DeliverySettings, PublicColumn, YearCover
from gebiedswerk.dossier.unsure import unsure_faults
from gebiedswerk.formats.named_codes import unsaid
from gebiedswerk.formats.profile_reader import of_cells
from gebiedswerk.formats.recognise import importer_of, profile_of
from gebiedswerk.formats.registry import Importer
from gebiedswerk.importing.answer_values import Counted, Offer, Replaced, Wanted, listed, periods_of
from gebiedswerk.importing.coverage import Books, Doubt, covered
from gebiedswerk.importing.decision_options import decisions_of
from gebiedswerk.importing.meant_settings import meant_profile
from gebiedswerk.importing.refusals import REASON, refusals
from gebiedswerk.importing.said_by_file import OwnWords, said_by
from gebiedswerk.importing.unread import unread_faults
from gebiedswerk.ledger import chosen, comes_after, cover_of, remember

ANY_YEAR, ANY_PERIOD = tuple(range(1900, 2100)), tuple(range(MOST_PERIODS))
WHOLE_YEAR = range(14)
UNNAMED = "-"
UNKNOWN = datetime(9999, 1, 1)  # noqa: DTZ001 - no moment
"""Stands for a moment of export that nobody knows yet: as if it were the newest, and nothing lands with it."""
OF_COVER = ("L114", "L115", "I109", "I110")
"""Faults that follow from what a file covers: not told where that is asked."""


def already(dossier: Dossier, wanted: Wanted) -> Checked[Delivery | None]:
    """The delivery that holds the same bytes as the same thing. As something else it is a fault (I103).

    One file may hold what was booked and what is promised: it may be delivered once for each kind. Where nothing
    changed, the same bytes may cover more periods, or be what is promised on a later day: who says so delivers it anew.
    """
    sha256 = sha256_of(dossier, wanted.file)
    same = [one for one in dossier.deliveries if one.sha256 == sha256 and one.settings.kind is wanted.kind]
    same = [one for one in same if not _says_other(one, wanted)]
    for one in same:
        years, administration = wanted.years or one.settings.years, wanted.administration or one.settings.administration
        if set(years) == set(one.settings.years) and administration == one.settings.administration:
            return Checked(one)
    faults = [
        fault("I103", wanted.file.name, value=one.id, years=listed(one.settings.years), of=one.settings.administration)
        for one in same[:1]
    ]
    return Checked(None, tuple(faults))


def _says_other(one: Delivery, wanted: Wanted) -> bool:
    """Whether other periods or, of what is promised, another moment is asked for than this delivery has; or its rows of
    another administration, by a profile of their own.
    """
    if one.settings.kind is DeliveryKind.COMMITMENT:
        return wanted.exported_at is not None and wanted.exported_at != one.settings.exported_at
    other_rows = wanted.profile and wanted.profile != one.settings.profile  # of a file of two administrations
    if other_rows and wanted.administration and wanted.administration != one.settings.administration:
        return True
    covered = one.periods_in(max(one.settings.years))
    return bool(wanted.periods) and {*wanted.periods} != {*covered}


def offered(dossier: Dossier, wanted: Wanted) -> Checked[Offer | None]:
    """Read a file as the delivery that it would be. With an error there is no offer, unless a reason takes it away."""
    if wanted.id and (dossier.path / "deliveries" / wanted.id).exists():
        return Checked(None, (fault("I111", f"deliveries/{wanted.id}", value=wanted.id),))
    bare = bare_delivery(dossier, wanted)
    importer = importer_of(wanted.file)
    if importer.value is None:
        return Checked(None, importer.faults)
    found = importer.value.unreadable(bare)
    if found:
        return Checked(None, found)
    profile = profile_of(dossier.path, bare, importer.value, wanted.profile, wanted.profile_text)
    if profile.value is None:
        return Checked(None, (*profile.faults, *_beside(dossier, wanted, bare, importer.value)))
    says_no_year = "year" not in profile.value[1].columns and importer.value.has_columns
    years = list(wanted.years) if says_no_year and wanted.years else bare.settings.years
    bare = replace(
        bare, settings=replace(bare.settings, profile=profile.value[0], years=years), profile=profile.value[1]
    )
    return _counted(dossier, wanted, bare, importer.value)


def _beside(dossier: Dossier, wanted: Wanted, bare: Delivery, importer: Importer) -> list[Fault]:
    """What else is wrong with a file of which the profile has a mistyped setting: all in one run."""
    if not wanted.profile:
        return []
    file = f"profiles/{wanted.profile}.toml"
    try:
        text = wanted.profile_text or (dossier.path / file).read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        return []
    meant = meant_profile(text, file)
    if meant is None:
        return []
    settings = replace(bare.settings, profile=wanted.profile, years=list(wanted.years or ANY_YEAR))
    return of_cells(importer.read(replace(bare, settings=settings, profile=meant))[1])


def _counted(dossier: Dossier, wanted: Wanted, bare: Delivery, importer: Importer) -> Checked[Offer | None]:
    """Count what stands in the file, fill in what it covers, and hold it against what was asked and what is there."""
    read, of_file = importer.read(bare)
    faults = [*unsure_faults(bare.profile, bare.settings.profile), *_without_known(of_file, bare.profile)]
    said = OwnWords() if errors(faults) else said_by(importer, bare.path, bare.profile)
    if errors(faults) or not read.lines:
        faults += [] if _administration(dossier, wanted, bare) else [fault("I107", wanted.file.name)]
        return Checked(None, tuple(faults))
    faults += [*unread_faults(importer, bare), *unsaid(read.held, read.same.items(), bare)]
    counted = Counted(read.lines, read.debit_cents, read.credit_cents, periods_of(read.postings.lazy()))
    administration = _administration(dossier, wanted, bare)
    if administration is None:
        faults.append(fault("I107", wanted.file.name))
    moment = moment_of(wanted, said, max(counted.periods_of))
    faults += moment.faults
    when, words = moment.value or (UNKNOWN, "")
    settings = replace(bare.settings, administration=administration or UNNAMED, years=sorted(counted.periods_of))
    settings = replace(settings, exported_at=when)
    settings, doubts = _with_cover(dossier, wanted, settings, counted, said, bare.profile.months)
    faults += doubts
    settings = replace(settings, public_columns=_public_columns(dossier, settings))
    name = wanted.id or _free_name(dossier, wanted.file, when)
    delivery = replace(bare, id=name, settings=settings, file=f"deliveries/{name}/{settings.file}")
    remember(dossier, delivery, read, of_file)
    offer = Offer(delivery, counted, tuple(_replaced(dossier, delivery)), words)
    faults += [one for one in refusals(dossier, wanted, offer) if not doubts or one.code not in OF_COVER]
    refused = any(found.code not in REASON for found in errors(faults))
    return Checked(None if refused else offer, tuple(faults))


def _administration(dossier: Dossier, wanted: Wanted, delivery: Delivery) -> str | None:
    return wanted.administration or only_administration(dossier, delivery.settings.profile)


def _without_known(faults: Sequence[Fault], profile: Profile) -> list[Fault]:
    """The faults without those of a setting that the profile asks about itself: its question says so."""
    return [one for one in faults if not (one.code == "L103" and one.column in profile.unsure)]


def _with_cover(
    dossier: Dossier, wanted: Wanted, settings: DeliverySettings, counted: Counted, said: OwnWords, months: int
) -> Checked[DeliverySettings]:
    """The settings with what the file covers; a question where that is in doubt (I180).

    Of several years a person speaks of the last one.
    """
    if settings.kind is not DeliveryKind.REALISED:
        return Checked(replace(settings, periods=sorted({*WHOLE_YEAR, *counted.periods})))
    earlier: dict[int, list[frozenset[int]]] = {}
    for one in _of_books(dossier, settings):
        for year in sorted(set(one.settings.years)):
            earlier.setdefault(year, []).append(frozenset(one.periods_in(year)))
    words = said.periods[0] if len(said.periods) == 1 else None
    books = Books(earlier, settings.exported_at, months, words)
    covers, doubts = covered(counted.periods_of, books)
    last = max(covers)
    if wanted.periods:
        covers[last], doubts = list(wanted.periods), [one for one in doubts if one.year != last]
    union = sorted({period for periods in covers.values() for period in periods})
    own = [YearCover(year, periods) for year, periods in covers.items() if periods != union]
    return Checked(replace(settings, periods=union, cover=own), tuple(_doubt(wanted, one) for one in doubts))


def _doubt(wanted: Wanted, doubt: Doubt) -> Fault:
    choices = tuple(str(first) if first == last else f"{first}-{last}" for first, last in doubt.choices)
    facts = {"year": doubt.year, "missing": listed(sorted(doubt.missing)) or "–", "choices": choices}
    return fault("I180", wanted.file.name, None, "periods", listed(sorted(doubt.found)), **facts)


def bare_delivery(dossier: Dossier, wanted: Wanted) -> Delivery:
    """The file before anything is known of it: any year, any period."""
    settings = DeliverySettings(
        file=_file_name(wanted.file),
        kind=wanted.kind,
        administration=wanted.administration or UNNAMED,
        years=list(ANY_YEAR),
        exported_at=UNKNOWN,
        profile=UNNAMED,
        periods=list(ANY_PERIOD),
        accepted=wanted.accepted,
        whole=wanted.whole,
        decision=decisions_of(wanted.decisions),
    )
    sha256 = sha256_of(dossier, wanted.file)
    return Delivery(wanted.id or UNNAMED, wanted.file, wanted.file.name, sha256, settings, Profile())


def sha256_of(dossier: Dossier, path: Path) -> str:
    """The SHA-256 of a file that is handed over, worked out once for as long as nothing wrote to it.

    What lands is held against it byte by byte: a file that changed meanwhile is refused (I112).
    """
    about = path.stat()
    same = (str(path.resolve()), about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    return dossier.session.once(("sha256", same), lambda: file_hash(path))


def moment_of(wanted: Wanted, said: OwnWords, year: int) -> Checked[tuple[datetime, str] | None]:
    """When a file was exported, and the words that say so: a person's, else its own, else a question (I181).

    What was before its last fiscal year began is when something else was made, such as an empty workbook.
    """
    if wanted.exported_at is not None:
        return Checked((wanted.exported_at, ""))
    found = [one for one in said.moments if one[0].year >= year]
    if len(found) == 1:
        return Checked(found[0])
    choices = tuple(moment.isoformat() for moment, _ in found)
    words = tuple(text for _, text in found) or "–"
    return Checked(None, (fault("I181", wanted.file.name, None, "exported_at", choices=choices, words=words),))


def _file_name(file: Path) -> str:
    """The name of a file without what not every disk and address can hold."""
    return f"{file_name(file.stem) or 'export'}.{file_name(file.suffix)}".rstrip(".")


def _free_name(dossier: Dossier, file: Path, moment: datetime) -> str:
    """A name for the delivery that none has: that of the file and the day of its export."""
    plain = unicodedata.normalize("NFKD", file.stem).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "export"
    stem = stem if refusal_of_name(stem) is None else f"export-{stem}"
    name = f"{stem}-{moment:%Y-%m-%d}"
    tried = [name, *(f"{name}-{number}" for number in range(2, len(dossier.deliveries) + len(dossier.unread) + 3))]
    return next(one for one in tried if not (dossier.path / "deliveries" / one).exists())


def only_administration(dossier: Dossier, profile: str) -> str | None:
    """The administration of all deliveries with this profile, else of all deliveries; None where there are more."""
    of_profile = {one.settings.administration for one in dossier.deliveries if one.settings.profile == profile}
    known = of_profile or {one.settings.administration for one in dossier.deliveries}
    return known.pop() if len(known) == 1 else None


def _of_books(dossier: Dossier, settings: DeliverySettings) -> list[Delivery]:
    """The deliveries of the same administration and kind."""
    books = settings.administration, settings.kind
    return [one for one in dossier.deliveries if (one.settings.administration, one.settings.kind) == books]


def _same_books(dossier: Dossier, delivery: Delivery) -> list[Delivery]:
    """Those of them that are about one of the same years."""
    return [one for one in _of_books(dossier, delivery.settings) if set(one.counts_in) & set(delivery.counts_in)]


def _public_columns(dossier: Dossier, settings: DeliverySettings) -> list[PublicColumn]:
    """What may be published, as a person chose for the newest delivery with the same profile; else nothing."""
    alike = [one.settings for one in dossier.deliveries if one.settings.profile == settings.profile]
    return list(max(alike, key=lambda one: one.exported_at).public_columns) if alike else []


def _replaced(dossier: Dossier, delivery: Delivery) -> Iterator[Replaced]:
    """The deliveries that are older, count now, and of which all that they hold stands in this one; newest first."""
    counts = chosen(dossier, NEWEST)[0]
    for one in sorted(_same_books(dossier, delivery), key=lambda one: one.settings.exported_at, reverse=True):
        counting = counts.get(one.id, set()) & set(delivery.counts_in)
        years = [y for y in counting if cover_of(dossier, delivery, y).contains(cover_of(dossier, one, y))]
        if years and comes_after(delivery, one):
            yield Replaced(one, tuple(sorted(years)))
