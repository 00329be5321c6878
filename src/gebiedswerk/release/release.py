"""Freeze a dossier: a public release for anyone, and apart from it an audit release with the deliveries.

Each is made beside its place and gets its name when it is whole; what stands there already is never replaced.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from gebiedswerk import __version__
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.core.filenames import refusal_of_place
from gebiedswerk.dossier import Root, safe_files
from gebiedswerk.dossier.lock import alone_in
from gebiedswerk.dossier.rooted import is_within, refuse_doubles
from gebiedswerk.pages import Made
from gebiedswerk.release.contents import TABLE, bases, parts
from gebiedswerk.release.manifest import AUDIT, NAME, PUBLIC, Manifest, entries_of, manifest_text, sha256_of
from gebiedswerk.release.public_dossier import not_public, public_dossier
from gebiedswerk.release.signatures import cannot_sign, same_signer, sign, take_signature
from gebiedswerk.release.tombstones import TOMBSTONES, tombstones_text
from gebiedswerk.site.program import program_key
from gebiedswerk.site.write_site import INDEX, write

SITE, DOSSIER, RELEASE = "site", "dossier", "public"


@dataclass(frozen=True, slots=True)
class Frozen:
    """Where the releases are, and the SHA-256 of their manifests: what to write down elsewhere."""

    public: Path
    public_sha256: str
    audit: Path | None = None
    audit_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ReleasePlaces:
    """Where the releases of a dossier go, each by a name of its own; no audit release where none is asked."""

    public: Path
    audit: Path | None = None

    @property
    def folders(self) -> list[Path]:
        """The folders of the releases that are asked."""
        return [folder for folder in (self.public, self.audit) if folder is not None]


def not_freezable(opened: Opened, dossier: Path, places: ReleasePlaces, key: Path | None) -> Iterator[Fault]:
    """What stands in the way of a release that is known before anything is made.

    A place in the dossier, around it or in the other release (Z101), a key that cannot sign (Z155, Z156), and for an
    audit release a delivery whose file stands elsewhere (B110).
    """
    for folder in places.folders:
        if not folder.name or _inside(folder, dossier, places.folders):
            yield fault("Z101", str(folder))
    yield from cannot_sign(key) if key is not None else ()
    yield from _elsewhere(opened) if places.audit is not None else ()


def freeze_site(
    opened: Opened,
    made: Made,
    dossier: Path,
    places: ReleasePlaces,
    at: datetime | None = None,
    key: Path | None = None,
) -> Checked[Frozen | None]:
    """Write a public release of what was made of a sound dossier, and an audit release where that has a place.

    With any error nothing is written. A folder that holds the same release already stays as it is (the same bytes);
    one with anything else in it is left alone (Z101). `key`: an SSH key that signs the manifests; a release that
    stands already takes the signature, unless another key signed it (Z101).
    """
    unwritable = [fault("Z145", file) for file in not_public(opened.views)]
    if unwritable:
        return Checked(None, tuple(unwritable))

    def work() -> Checked[Frozen | None]:
        with safe_files.gone_if_refused(*(_half_of(one, one is places.public) for one in places.folders)):
            return _frozen(opened, made, dossier, places, at, key)

    above = {one: Path(os.path.realpath(one)).parent for one in places.folders}
    for folder in sorted(set(above.values())):
        work = partial(alone_in, folder, work, public=folder == above[places.public])
    return work()


def _frozen(
    opened: Opened, made: Made, dossier: Path, places: ReleasePlaces, at: datetime | None, key: Path | None
) -> Checked[Frozen | None]:
    """Freeze what was made; nobody else does so beside these places."""
    out, audit = places.public, places.audit
    half = _half(out, public=True)
    digest = write_release(opened, made, half.path / RELEASE, at)
    frozen, audited = Frozen(out, digest), None
    if audit is not None:
        audited = _half(audit, public=False)
        found = _write_audit(dossier, half.path / RELEASE, Root(audited.path / RELEASE), digest, at)
        frozen = replace(frozen, audit=audit, audit_sha256=found)
    each = [(half, out, digest), *([(audited, audit, frozen.audit_sha256)] if audited and audit else [])]
    faults = [] if key is None else [*sign((half.path / RELEASE for half, _, _ in each), key)]
    for source, place, found in each:
        if not _free(place, found) or not same_signer(source.path / RELEASE, place):
            faults.append(fault("Z101", str(place)))
    for source, place, _ in each:
        if not faults and (place / NAME).exists():
            take_signature(source.path / RELEASE, place)
        elif not faults:
            safe_files.rename_folder(source.at(RELEASE), Root(place))
        safe_files.remove(source)
    return Checked(None if faults else frozen, tuple(faults))


def _inside(folder: Path, dossier: Path, folders: list[Path]) -> bool:
    """Whether a release would stand in the dossier, around it, or in the other release."""
    others = [dossier, *(one for one in folders if one is not folder)]
    return any(is_within(folder, one) or is_within(one, folder) for one in others)


def _free(place: Path, digest: str) -> bool:
    """Whether a place is empty, or holds this very release."""
    if not place.exists():
        return True
    if not place.is_dir():
        return False
    manifest = place / NAME
    return sha256_of(manifest) == digest if manifest.is_file() else not any(place.iterdir())


def _elsewhere(opened: Opened) -> Iterator[Fault]:
    """Deliveries whose file stands outside the dossier (B110): the auditor would get a release without them."""
    for one in opened.dossier.deliveries if opened.dossier is not None else ():
        why = refusal_of_place(one.settings.file)
        if why is not None:
            place = f"deliveries/{one.id}/delivery.toml"
            yield fault("B110", place, None, "file", one.settings.file, kind=why.kind, choices="")


def named(folder: Path) -> Path:
    """A folder by a name of its own: `.` and `..` have none."""
    has_one = folder.name not in ("", "..")
    return folder if has_one else Path(os.path.abspath(folder))  # noqa: PTH100 # Path's own keeps `..`


def _half(out: Path, *, public: bool) -> Root:
    """An empty folder beside a place, for what is not whole yet; what an earlier run left in it is thrown away."""
    half = _half_of(out, public)
    if half.path.exists():
        safe_files.remove(half)
    safe_files.make_root(half)
    return half


def _half_of(out: Path, public: bool) -> Root:
    return Root(out.with_name(f".{out.name}.gebiedswerk-half"), public)


def write_release(opened: Opened, made: Made, folder: Path, at: datetime | None) -> str:
    """Write a whole public release to a folder that is not there yet. Returns the SHA-256 of its manifest."""
    if opened.newest is None:
        raise AssertionError(folder)  # pages were made of these figures
    shown = list(bases(opened.newest, opened.views))
    inputs = public_dossier(opened.newest, opened.views, shown)
    root, build = Root(folder, public=True), Root(folder.with_name(f"{folder.name}.build"), public=True)
    built = write(made.pages, made.data, build.path, house=opened.house)
    safe_files.make_root(root)
    safe_files.rename_folder(Root(built.site.resolve()), root.at(SITE))
    safe_files.remove(root.at(f"{SITE}/{INDEX}"))
    safe_files.remove(build)
    found = parts(opened.newest, shown) | {TOMBSTONES: tombstones_text(opened).encode()}
    found |= {f"{TABLE}/{place}": data for place, data in inputs.items()}
    safe_files.write_tree(root, found, {})
    return _sealed(root, PUBLIC, at, "")


def _write_audit(dossier: Path, public: Path, root: Root, digest: str, at: datetime | None) -> str:
    """The whole dossier and a copy of the public release. Returns the SHA-256 of its manifest."""
    copies: dict[str, Path] = {}
    for source, target in ((dossier, DOSSIER), (public, RELEASE)):
        for path in sorted(source.rglob("*")):
            place = path.relative_to(source)
            if path.is_file() and not any(part.startswith(".") for part in place.parts):
                copies[f"{target}/{place.as_posix()}"] = path
    refuse_doubles(root, copies)
    for name, path in copies.items():
        safe_files.copy_file(path, root.at(name))
    safe_files.sync_tree(root.path)
    return _sealed(root, AUDIT, at, digest)


def _sealed(root: Root, kind: str, at: datetime | None, public: str) -> str:
    """Write the manifest, last. Returns its SHA-256."""
    moment = at.isoformat() if at else ""
    manifest = Manifest(kind, __version__, program_key(), moment, public, entries_of(root.path))
    safe_files.write_new(root.at(NAME), manifest_text(manifest))
    return sha256_of(root.path / NAME)
