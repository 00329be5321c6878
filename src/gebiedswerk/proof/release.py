"""Freeze a dossier: a public release for anyone, and apart from it an audit release with the deliveries.

Each is made beside its place and gets its name when it is whole; what stands there already is never replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from gebiedswerk import __version__
from gebiedswerk.actions import Opened, make, open_dossier
from gebiedswerk.core.faults import Fault, errors, fault
from gebiedswerk.dossier import files
from gebiedswerk.proof.manifest import AUDIT, NAME, PUBLIC, Manifest, entries_of, manifest_text, sha256_of
from gebiedswerk.proof.parts import parts
from gebiedswerk.proof.signatures import cannot_sign, same_signer, sign, take_signature
from gebiedswerk.proof.tombstones import TOMBSTONES, tombstones_text
from gebiedswerk.publication import Made
from gebiedswerk.site.alone import alone_in
from gebiedswerk.site.build import INDEX, program_key, write

SITE, DOSSIER, RELEASE = "site", "dossier", "public"


@dataclass(frozen=True, slots=True)
class Frozen:
    """Where the releases are, and the SHA-256 of their manifests: what to write down elsewhere."""

    public: Path
    public_sha256: str
    audit: Path | None = None
    audit_sha256: str = ""


def freeze(
    dossier: Path,
    out: Path,
    audit: Path | None = None,
    at: datetime | None = None,
    key: Path | None = None,
) -> tuple[Frozen | None, tuple[Fault, ...]]:
    """Write a public release of a dossier, and an audit release where `audit` names a folder for it.

    With any error nothing is written. A folder that holds the same release already stays as it is (the same bytes);
    one with anything else in it is left alone (Z101). `key`: an SSH key that signs the manifests; a release that
    stands already takes the signature, unless another key signed it (Z101).
    """
    opened = open_dossier(dossier)
    folders = [folder for folder in (out, audit) if folder is not None]
    faults = [*opened.faults, *(fault("Z101", str(one)) for one in folders if _inside(one, dossier, folders))]
    faults += cannot_sign(key) if key is not None else ()
    made = make(opened, at) if not errors(faults) else None
    if made is None:
        return None, tuple(faults)

    def work() -> tuple[Frozen | None, tuple[Fault, ...]]:
        with files.gone_if_refused(*map(_half_of, folders)):
            return _frozen(opened, made, dossier, out, audit, at, key)

    for folder in sorted({folder.resolve().parent for folder in folders}):
        work = partial(alone_in, folder, work)
    frozen, said = work()
    return frozen, (*faults, *said)


def _frozen(
    opened: Opened,
    made: Made,
    dossier: Path,
    out: Path,
    audit: Path | None,
    at: datetime | None,
    key: Path | None,
) -> tuple[Frozen | None, tuple[Fault, ...]]:
    """Freeze what was made; nobody else does so beside these places."""
    half = _half(out)
    digest = write_release(opened, made, half / RELEASE, at)
    frozen, audited = Frozen(out, digest), None
    if audit is not None:
        audited = _half(audit)
        found = _write_audit(dossier, half / RELEASE, audited / RELEASE, digest, at)
        frozen = replace(frozen, audit=audit, audit_sha256=found)
    places = [(half, out, digest), *([(audited, audit, frozen.audit_sha256)] if audited and audit else [])]
    faults = [] if key is None else [*sign((half / RELEASE for half, _, _ in places), key)]
    for source, place, found in places:
        if not _free(place, found) or not same_signer(source / RELEASE, place):
            faults.append(fault("Z101", str(place)))
    for source, place, _ in places:
        if not faults and (place / NAME).exists():
            take_signature(source / RELEASE, place)
        elif not faults:
            files.rename_folder(source / RELEASE, place)
        files.remove_folder(source)
    return (None if faults else frozen), tuple(faults)


def _inside(folder: Path, dossier: Path, folders: list[Path]) -> bool:
    """Whether a release would stand in the dossier, around it, or in the other release."""
    here = folder.resolve()
    others = [dossier.resolve(), *(one.resolve() for one in folders if one is not folder)]
    return any(here == one or here in one.parents or one in here.parents for one in others)


def _free(place: Path, digest: str) -> bool:
    """Whether a place is empty, or holds this very release."""
    if not place.exists():
        return True
    if not place.is_dir():
        return False
    manifest = place / NAME
    return sha256_of(manifest) == digest if manifest.is_file() else not any(place.iterdir())


def _half(out: Path) -> Path:
    """An empty folder beside a place, for what is not whole yet; what an earlier run left in it is thrown away."""
    half = _half_of(out)
    if half.exists():
        files.remove_folder(half)
    files.make_folder(half)
    return half


def _half_of(out: Path) -> Path:
    return out.with_name(f".{out.name}.gebiedswerk-half")


def write_release(opened: Opened, made: Made, folder: Path, at: datetime | None) -> str:
    """Write a whole public release to a folder that is not there yet. Returns the SHA-256 of its manifest."""
    if opened.newest is None:
        raise AssertionError(folder)  # pages were made of these figures
    build = folder.with_name(f"{folder.name}.build")
    built = write(made.pages, made.data, build, house=opened.house)
    files.make_folder(folder)
    files.rename_folder(built.site.resolve(), folder / SITE)
    (folder / SITE / INDEX).unlink()
    files.remove_folder(build)
    found = parts(opened.newest, opened.views) | {TOMBSTONES: tombstones_text(opened).encode()}
    files.write_tree(folder, found, {})
    return _sealed(folder, PUBLIC, at, "")


def _write_audit(dossier: Path, public: Path, folder: Path, digest: str, at: datetime | None) -> str:
    """The whole dossier and a copy of the public release. Returns the SHA-256 of its manifest."""
    for source, target in ((dossier, DOSSIER), (public, RELEASE)):
        for path in sorted(source.rglob("*")):
            place = path.relative_to(source)
            if path.is_file() and not any(part.startswith(".") for part in place.parts):
                files.copy_file(path, folder / target / place)
    files.sync_tree(folder)
    return _sealed(folder, AUDIT, at, digest)


def _sealed(folder: Path, kind: str, at: datetime | None, public: str) -> str:
    """Write the manifest, last. Returns its SHA-256."""
    moment = at.isoformat() if at else ""
    manifest = Manifest(kind, __version__, program_key(), moment, public, entries_of(folder))
    files.write_new(folder / NAME, manifest_text(manifest))
    return sha256_of(folder / NAME)
