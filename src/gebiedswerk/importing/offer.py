"""What somebody hands us as the delivery that it would be: what it covers, replaces and still lacks, or why not."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.core.filenames import file_name, refusal_of_name
from gebiedswerk.dossier import NEWEST, Delivery, Dossier, Profile
from gebiedswerk.dossier.settings import MOST_PERIODS, DeliverySettings, PublicColumn
from gebiedswerk.dossier.unsure import unsure_faults
from gebiedswerk.importing.recognise import importer_of, profile_of, unreadable
from gebiedswerk.importing.refusals import REASON, refusals
from gebiedswerk.importing.values import Counted, Offer, Replaced, Wanted, listed, periods_of
from gebiedswerk.ledger import chosen, cover_of
from gebiedswerk.ledger.importers import Importer

ANY_YEAR, ANY_PERIOD = list(range(1900, 2100)), list(range(MOST_PERIODS))
WHOLE_YEAR = range(14)
UNNAMED = "-"


def already(dossier: Dossier, wanted: Wanted) -> Checked[Delivery]:
    """The delivery that holds the same bytes as the same thing. As something else it is a fault (I103).

    One file may hold what was booked and what is promised: it may be delivered once for each kind.
    """
    sha256 = _sha256(wanted.file)
    same = [one for one in dossier.deliveries if one.sha256 == sha256 and one.settings.kind is wanted.kind]
    for one in same:
        years, administration = wanted.years or one.settings.years, wanted.administration or one.settings.administration
        if set(years) == set(one.settings.years) and administration == one.settings.administration:
            return Checked(one)
    faults = [
        fault("I103", wanted.file.name, value=one.id, years=listed(one.settings.years), of=one.settings.administration)
        for one in same[:1]
    ]
    return Checked(None, tuple(faults))


def offered(dossier: Dossier, wanted: Wanted) -> Checked[Offer]:
    """Read a file as the delivery that it would be. With an error there is no offer, unless a reason takes it away."""
    if wanted.id and (dossier.path / "deliveries" / wanted.id).exists():
        return Checked(None, (fault("I111", f"deliveries/{wanted.id}", value=wanted.id),))
    bare = bare_delivery(dossier, wanted)
    importer = importer_of(wanted.file)
    if importer.value is None:
        return Checked(None, importer.faults)
    found = unreadable(importer.value, bare)
    if found:
        return Checked(None, found)
    profile = profile_of(dossier.path, bare, importer.value, wanted.profile, wanted.profile_text)
    if profile.value is None:
        return Checked(None, profile.faults)
    says_no_year = "year" not in profile.value[1].columns and importer.value.name != "xaf"
    years = list(wanted.years) if says_no_year and wanted.years else bare.settings.years
    bare = replace(
        bare, settings=replace(bare.settings, profile=profile.value[0], years=years), profile=profile.value[1]
    )
    return _counted(dossier, wanted, bare, importer.value)


def _counted(dossier: Dossier, wanted: Wanted, bare: Delivery, importer: Importer) -> Checked[Offer]:
    """Count what stands in the file, fill in what it covers, and hold it against what was asked and what is there."""
    read, faults = importer.read(bare)
    faults = [*unsure_faults(bare.profile, bare.settings.profile), *_without_known(faults, bare.profile)]
    if errors(faults) or not read.lines:
        faults += [] if _administration(dossier, wanted, bare) else [fault("I107", wanted.file.name)]
        return Checked(None, tuple(faults))
    counted = Counted(read.lines, read.debit_cents, read.credit_cents, periods_of(read.postings.lazy()))
    administration = _administration(dossier, wanted, bare)
    if administration is None:
        faults.append(fault("I107", wanted.file.name))
    settings = replace(bare.settings, administration=administration or UNNAMED, years=sorted(counted.periods_of))
    settings = replace(settings, periods=list(wanted.periods) or _cover(dossier, settings, counted.periods))
    settings = replace(settings, public_columns=_public_columns(dossier, settings))
    name = f"deliveries/{bare.id}"
    delivery = replace(bare, settings=settings, file=f"{name}/{settings.file}")
    offer = Offer(delivery, counted, tuple(_replaced(dossier, delivery)), wanted.exported_at is None)
    faults += refusals(dossier, wanted, offer)
    refused = any(found.code not in REASON for found in errors(faults))
    return Checked(None if refused else offer, tuple(faults))


def _administration(dossier: Dossier, wanted: Wanted, delivery: Delivery) -> str | None:
    return wanted.administration or only_administration(dossier, delivery.settings.profile)


def _without_known(faults: Sequence[Fault], profile: Profile) -> list[Fault]:
    """The faults without those of a setting that the profile asks about itself: its question says so."""
    return [one for one in faults if not (one.code == "L103" and one.column in profile.unsure)]


def bare_delivery(dossier: Dossier, wanted: Wanted) -> Delivery:
    """The file before anything is known of it: any year, any period."""
    moment = wanted.exported_at or moment_of(wanted.file)
    settings = DeliverySettings(
        file=_file_name(wanted.file),
        kind=wanted.kind,
        administration=wanted.administration or UNNAMED,
        years=ANY_YEAR,
        exported_at=moment,
        profile=UNNAMED,
        periods=ANY_PERIOD,
        accepted=wanted.accepted,
    )
    name = wanted.id or _free_name(dossier, wanted.file, moment)
    return Delivery(name, wanted.file, wanted.file.name, _sha256(wanted.file), settings, Profile())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def moment_of(file: Path) -> datetime:
    """When a file was last written, on the clock of this machine, to the second."""
    moment = datetime.fromtimestamp(file.stat().st_mtime, UTC).astimezone()
    return moment.replace(tzinfo=None, microsecond=0)


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


def _same_books(dossier: Dossier, settings: DeliverySettings) -> list[Delivery]:
    """The deliveries of the same administration and kind, of one of the same years."""
    return [
        one
        for one in dossier.deliveries
        if (one.settings.administration, one.settings.kind) == (settings.administration, settings.kind)
        and set(one.settings.years) & set(settings.years)
    ]


def _cover(dossier: Dossier, settings: DeliverySettings, found: Sequence[int]) -> list[int]:
    """The periods that a file covers where nobody says so.

    Those of an earlier delivery within which all found periods fall (the narrowest); else, beside deliveries of parts
    of the year, what was found; else the whole year.
    """
    covers = [sorted(set(one.settings.periods)) for one in _same_books(dossier, settings)]
    holding = [cover for cover in covers if set(found) <= set(cover)]
    if holding:
        return min(holding, key=len)
    if covers and not any(set(cover) & set(found) for cover in covers):
        return list(found)
    return sorted({*WHOLE_YEAR, *found})


def _public_columns(dossier: Dossier, settings: DeliverySettings) -> list[PublicColumn]:
    """What may be published, as a person chose for the newest delivery with the same profile; else nothing."""
    alike = [one.settings for one in dossier.deliveries if one.settings.profile == settings.profile]
    return list(max(alike, key=lambda one: one.exported_at).public_columns) if alike else []


def _replaced(dossier: Dossier, delivery: Delivery) -> Iterator[Replaced]:
    """The deliveries that are older, count now, and of which all that they hold stands in this one; newest first."""
    mine, counts = delivery.settings, chosen(dossier, NEWEST)[0]
    for one in sorted(_same_books(dossier, mine), key=lambda one: one.settings.exported_at, reverse=True):
        counting = counts.get(one.id, set()) & set(mine.years)
        years = [y for y in counting if cover_of(dossier, delivery, y).contains(cover_of(dossier, one, y))]
        if years and one.settings.exported_at < mine.exported_at:
            yield Replaced(one, tuple(sorted(years)))
