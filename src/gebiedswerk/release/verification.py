"""The steps of verifying a release: for anyone from the release alone, for the auditor from the deliveries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import MOST, Checked, Fault, fault
from gebiedswerk.dossier import safe_files as disk
from gebiedswerk.dossier.csv_cut import read_records
from gebiedswerk.dossier.settings_reader import load
from gebiedswerk.ledger.public import TAKEN_DOWN
from gebiedswerk.pages import Made
from gebiedswerk.release.manifest import (
    AUDIT,
    LARGEST,
    NAME,
    PUBLIC,
    SIGNATURE,
    Manifest,
    NoManifest,
    compared,
    is_huge,
    is_safe,
    read_manifest,
)
from gebiedswerk.release.manifest import sha256_of as digest_of
from gebiedswerk.release.recount import Recount, recount
from gebiedswerk.release.release import DOSSIER, RELEASE, write_release
from gebiedswerk.release.remade import compared_bytes, remake
from gebiedswerk.release.reopened import whole_recount
from gebiedswerk.release.shown import FiguresHeld, hold
from gebiedswerk.release.signatures import Signers, signed_by
from gebiedswerk.release.tombstones import COLUMNS, TOMBSTONES
from gebiedswerk.site.program import program_key

IN_A_FILE = 5
FREE = "free"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified: the kind of release, the SHA-256 of its manifest, and how much was held against what.

    `remade`: the files that were made again from the deliveries; 0 where nobody asked for it. `signed_by`: who of the
    signers that were named signed the manifest; `signed`: whether a signature stands beside it, whoever made it.
    `from_itself`: the files that were made again from what the release itself holds; 0 where figures alone were asked.
    `kinds`: the figures per kind of place; `free`: numbers on pages that their writer marked as no figure, and that
    nothing was held against; `unheld`: the files that were not looked into, where nothing was made again.
    """

    kind: str
    manifest_sha256: str
    files: int
    figures: int
    pages: int
    remade: int = 0
    signed: bool = False
    signed_by: str = ""
    from_itself: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    free: int = 0
    unheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A release whose bytes may be read: its manifest with the SHA-256 of that, who signed it, and what is wrong."""

    folder: Path
    manifest: Manifest
    digest: str
    signed_by: str
    faults: tuple[Fault, ...]

    @property
    def prefix(self) -> str:
        """The place of the public release in the whole."""
        return "" if self.manifest.kind == PUBLIC else f"{RELEASE}/"

    @property
    def public(self) -> Path:
        """The folder of the public release."""
        return self.folder if self.manifest.kind == PUBLIC else self.folder / RELEASE

    @property
    def dossier(self) -> Path:
        """The folder of the dossier in an audit release."""
        return self.folder / DOSSIER

    @property
    def at(self) -> datetime | None:
        """The moment that was named when it was made."""
        return datetime.fromisoformat(self.manifest.at) if self.manifest.at else None


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """The dossier of an audit release, opened, and what was made of it; None where its errors keep that from being."""

    opened: Opened
    made: Made | None


def seal_of(
    folder: Path, *, deliveries: bool = False, manifest_sha256: str = "", signers: Signers | None = None
) -> Checked[Sealed | None]:
    """What the manifest of a release says of its bytes. None where nothing of it may be read further.

    `deliveries`: asked of an audit release only (Z117). `manifest_sha256`: what the manifest should be, noted
    elsewhere; `signers`: by whom it must be signed.
    """
    found = _manifest(folder)
    if found.value is None:
        return Checked(None, found.faults)
    manifest, digest = found.value, digest_of(folder / NAME)
    signer = Checked("") if signers is None else signed_by(folder, signers)
    faults = [*compared(folder, manifest), *_as_noted(manifest_sha256, digest), *signer.faults]
    if deliveries and manifest.kind != AUDIT:
        return Checked(None, (fault("Z117", str(folder)),))
    if manifest.kind == AUDIT:
        faults += _named(folder / RELEASE, manifest)
    if any(one.code == "Z106" or is_huge(one) for one in faults):
        return Checked(None, tuple(_few(faults)))
    return Checked(Sealed(folder, manifest, digest, signer.value or "", tuple(faults)))


def held_release(
    sealed: Sealed, again: Checked[MadeAgain | None] | None = None, *, figures: bool = False
) -> Checked[Verified | None]:
    """Hold a release against its own ledger, and make it again: from its dossier where that is given, else from itself.

    `figures`: hold the figures one by one and make nothing again, as whoever verifies may choose for a release of
    another version; what the manifest says of its program never chooses it.
    """
    manifest, prefix, faults = sealed.manifest, sealed.prefix, [*sealed.faults]
    recounted = recount(sealed.public)
    names = [name.removeprefix(prefix) for name in manifest.files if name.startswith(prefix)]
    held, said = _held(sealed.public, recounted, names)
    faults += _at(said, prefix)
    remade = from_itself = 0
    if again is not None:
        remade, said = _remade(sealed, again)
        faults += said
    elif recounted.value is not None:
        by_itself = remade_from_itself(sealed.public, recounted.value, figures=figures)
        from_itself = by_itself.value or 0
        told = {one.file for one in faults}
        faults += [one for one in _at(by_itself.faults, prefix) if one.code != "Z109" or one.file not in told]
    signed = (sealed.folder / SIGNATURE).is_file()
    kinds = {kind: count for kind, count in sorted(held.figures.items()) if kind != FREE and count}
    counts = (len(manifest.files), sum(kinds.values()), held.pages, remade)
    beside = () if from_itself or remade else tuple(f"{prefix}{name}" for name in held.beside)
    told_apart = (from_itself, kinds, held.figures[FREE], beside)
    verified = Verified(manifest.kind, sealed.digest, *counts, signed, sealed.signed_by, *told_apart)
    return Checked(verified, tuple(_few(faults)))


def _manifest(folder: Path) -> Checked[Manifest | None]:
    """The manifest of a release; one that is a link, too large or not as we write them is none (Z102)."""
    path = folder / NAME
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
        return Checked(None, (fault("Z102", str(folder)),))
    try:
        return Checked(read_manifest(path.read_bytes()))
    except (NoManifest, OSError):
        return Checked(None, (fault("Z102", str(path)),))


def _as_noted(noted: str, digest: str) -> Iterator[Fault]:
    if noted and noted.lower() != digest:
        yield fault("Z111", NAME, value=digest, expected=noted)


def _named(public: Path, manifest: Manifest) -> Iterator[Fault]:
    """An audit release holds the public release that it names, whole."""
    inner = _manifest(public)
    if inner.value is None:
        yield from inner.faults
        return
    digest = digest_of(public / NAME)
    if digest != manifest.public_sha256:
        yield fault("Z111", f"{RELEASE}/{NAME}", value=digest, expected=manifest.public_sha256)
    for one in compared(public, inner.value):
        yield replace(one, file=f"{RELEASE}/{one.file}")


def _held(public: Path, found: Checked[Recount | None], names: Collection[str]) -> Checked[FiguresHeld]:
    """What was held against the public ledger, and what differs."""
    faults = list(found.faults)
    if found.value is None:
        return Checked(FiguresHeld(), tuple(faults))
    whole = whole_recount(public, found.value)
    held = hold(public, whole.value, names) if whole.value is not None else FiguresHeld()
    faults += [*whole.faults, *held.faults, *_tombstones(public, found.value)]
    return Checked(held, tuple(faults))


def remade_from_itself(public: Path, found: Recount, *, figures: bool) -> Checked[int | None]:
    """How many files of a public release were made again from itself, and what differs; of `figures` alone none.

    A manifest of another program is made again all the same, for its maker wrote that too; it is said (Z113).
    """
    manifest = _manifest(public).value
    if manifest is None:
        return Checked(0)  # said before
    if figures:
        return Checked(0, (fault("Z149", NAME, value=manifest.program),))
    again = remake(public, manifest, found)
    return Checked(again.value, (*_another(manifest), *again.faults))


def _another(manifest: Manifest) -> list[Fault]:
    """That a manifest names another program than this one (Z113)."""
    return [fault("Z113", NAME, value=manifest.program)] if manifest.program_key != program_key() else []


def _at(faults: Iterable[Fault], prefix: str) -> Iterator[Fault]:
    """Faults in a public release, with their place in the release around it."""
    return (replace(one, file=f"{prefix}{one.file}") for one in faults)


def _tombstones(public: Path, found: Recount) -> Iterator[Fault]:
    """Say which rows were taken down, once per decision (Z112); each has its tombstone, and each tombstone a row."""
    place = public / TOMBSTONES
    text = place.read_bytes().decode("utf-8", "replace") if place.is_file() else ""
    rows, broken = read_records(text, ",")
    if broken is not None or not rows or any(len(row) != len(COLUMNS) for row in rows) or tuple(rows[0]) != COLUMNS:
        yield fault("Z110", TOMBSTONES, broken or 1, None, ", ".join(COLUMNS))
        return
    named = {row[0].removeprefix("'") for row in rows[1:]}
    for one in found.ledgers.values():
        taken = set(one.filter(ground=TAKEN_DOWN)["id"])
        odd = taken ^ (named & set(one["id"]))
        yield from (fault("Z115", TOMBSTONES, None, "id", name) for name in sorted(odd))
    for (decision, day), count in Counter((row[2], row[3]) for row in rows[1:]).items():
        yield fault("Z112", TOMBSTONES, None, "decision", decision, count=count, day=day)


def _remade(sealed: Sealed, again: Checked[MadeAgain | None]) -> Checked[int]:
    """Write the public release again from the dossier of an audit release, and compare every byte."""
    if again.value is None:
        return Checked(0, (*again.faults,))
    opened, made = again.value.opened, again.value.made
    faults = [*again.faults, *(_within(one) for one in opened.faults), *_another(sealed.manifest)]
    if made is None:
        return Checked(0, tuple(faults))
    with disk.temporary() as temporary:
        anew = temporary / RELEASE
        write_release(opened, made, anew, sealed.at)
        count, differences = compared_bytes(sealed.public, anew, (NAME,), sealed.prefix)
    return Checked(
        count,
        (
            *faults,
            *differences,
        ),
    )


def deliveries_elsewhere(dossier: Path) -> Iterator[Fault]:
    """Deliveries whose file is said to be elsewhere (Z106): on the machine of the auditor nothing of it is read."""
    for settings in sorted(dossier.glob("deliveries/*/delivery.toml")):
        try:
            file = load(settings)[1].get("file")
        except (OSError, ValueError):  # what is wrong with it is said when it is read
            continue
        if isinstance(file, str) and not is_safe(file):
            yield fault("Z106", settings.relative_to(dossier.parent).as_posix(), None, "file", file)


def _within(one: Fault) -> Fault:
    """A fault of the dossier, with its place in the audit release."""
    return replace(one, file=f"{DOSSIER}/{one.file}" if one.file else DOSSIER)


def _few(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The first of each code in each file, each once; how many more there are is said once per code (X002)."""
    times: Counter[tuple[str, str | None]] = Counter()
    files: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for one in dict.fromkeys(faults):
        times[one.code, one.file] += 1
        files[one.code] += times[one.code, one.file] == 1
        if times[one.code, one.file] <= IN_A_FILE and files[one.code] <= MOST:
            yield one
        else:
            left[one.code] += 1
    yield from (fault("X002", of=code, count=count) for code, count in left.items())
