"""The only place that writes: whole or not at all, on the disk before anything points to it, and never elsewhere.

Whoever writes, links, copies, renames, points or removes hands over a folder that we may write in (`Root`) or a place
below it (`RootedPlace`): one that would leave that folder is no `RootedPlace`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from gebiedswerk.core.filenames import LONGEST_PART, Refusal
from gebiedswerk.dossier.rooted import PlaceRefused, Root, RootedPlace, Spot, is_within, refuse_doubles

if sys.platform != "win32":
    import fcntl

WAIT_SECONDS = 0.05
PUBLIC_FILE, PUBLIC_FOLDER = 0o644, 0o755
"""What a web server needs, and no more."""
OWN_FILE, OWN_FOLDER = 0o600, 0o700
"""What its owner cannot do without, whatever the umask takes away."""
Folders = frozenset[tuple[int, int]]
_NONE: Folders = frozenset()
_OURS: ContextVar[Folders] = ContextVar("ours", default=_NONE)  # frozen: each thread has its own
"""The folders in which this thread is alone already, by disk and number: it may enter them once more."""


@contextmanager
def alone_in(path: Path, patience_seconds: float) -> Iterator[bool | None]:
    """Keep others who ask so out of a folder; False where another stays in it for longer than we are patient.

    The system holds the lock on the folder itself: nothing is left behind, and it lets go of what died. None where it
    knows no such locks: all may enter, nobody is surely alone, and the renaming of a finished folder decides. Who is
    alone in a folder may ask so again.
    """
    if sys.platform == "win32":
        yield None
        return
    handle = os.open(path, os.O_RDONLY)
    about = os.fstat(handle)
    folder, ours = (about.st_dev, about.st_ino), _OURS.get()
    try:
        entered = True if folder in ours else _locked(handle, time.monotonic() + patience_seconds)
        _OURS.set(ours | {folder} if entered else ours)
        yield entered
    finally:
        _OURS.set(ours)
        os.close(handle)


def _locked(handle: int, until: float) -> bool | None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(WAIT_SECONDS)
        except OSError:  # a disk elsewhere that does not lock
            return None
        else:
            return True


@contextmanager
def temporary() -> Iterator[Path]:
    """A folder for its owner alone, whatever the umask, that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="gebiedswerk-") as folder:
        Path(folder).chmod(OWN_FOLDER)
        yield Path(folder)


def make_root(root: Root) -> None:
    """Make the folder that a person named, and those above it."""
    for folder in [*reversed(root.path.parents), root.path]:
        if not folder.exists():
            _make(folder, root.public)


def make_folder(place: RootedPlace) -> Root:
    """Make a folder and those above it. Returns it as a folder that we may write in. Raises PlaceRefused."""
    _make(in_folder(place, set()).path, place.root.public)
    return Root(place.path, place.root.public)


def _make(folder: Path, public: bool) -> None:
    """Make a folder in one that is there, if it is not there yet. A link is no folder of ours: raises PlaceRefused."""
    made = True
    try:
        folder.mkdir()
    except FileExistsError:
        mode = folder.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise PlaceRefused(folder.parent, folder.name, Refusal.LINK) from None
        if not stat.S_ISDIR(mode):
            raise
        made = False
    mode = folder.stat().st_mode
    wanted = PUBLIC_FOLDER if public else OWN_FOLDER
    if made and public and stat.S_IMODE(mode) != wanted:
        folder.chmod(wanted)
    elif (made or public) and mode & wanted != wanted:
        folder.chmod(stat.S_IMODE(mode) | wanted)


def in_folder(place: RootedPlace, folders: set[Path]) -> RootedPlace:
    """The place, with its folders made where they are not yet among `folders`. Raises PlaceRefused for a link."""
    if place.path.parent not in folders:
        if place.root.path not in folders:
            make_root(place.root)
            folders.add(place.root.path)
        for folder in place.folders:
            if folder not in folders:
                _make(folder, place.root.public)
                folders.add(folder)
    return place


def write_new(place: RootedPlace, data: bytes) -> None:
    """Write a file that nothing reads yet, through to the disk; what was left half there is thrown away."""
    in_folder(place, set()).path.unlink(missing_ok=True)
    with _created(place) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def put_new(place: RootedPlace, data: bytes) -> None:
    """Write a new file in a folder that is there, without waiting for the disk: `sync_tree` does that for many at once.

    Never through a link, nor over a file that is there: that may stand in an earlier release too.
    """
    with _created(place) as file:
        file.write(data)


@contextmanager
def _created(place: RootedPlace) -> Iterator[BinaryIO]:
    """A new file, that those may read who should."""
    with place.path.open("xb") as file:
        if sys.platform != "win32":
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            wanted = PUBLIC_FILE if place.root.public else mode | OWN_FILE
            if mode != wanted:
                os.fchmod(file.fileno(), wanted)
        yield file


def write_tree(folder: Spot, made: Mapping[str, bytes], there: Mapping[str, Path]) -> None:
    """Write a folder that nothing reads yet, through to the disk: files with these bytes, and existing ones linked.

    Raises OSError where the disk refuses it, and PlaceRefused where a place does not stay in the folder; nothing of
    it is left then.
    """
    folder.check_way()
    root, folders = Root(folder.path, _is_public(folder)), set[Path]()
    with gone_if_refused(folder):
        refuse_doubles(root, [*made, *there])
        new = {root.at(name): data for name, data in sorted(made.items())}
        linked = {root.at(name): source for name, source in sorted(there.items())}
        for place, data in new.items():
            put_new(in_folder(place, folders), data)
        for place, source in linked.items():
            link_file(source, in_folder(place, folders))
        sync_tree(root.path)


def _is_public(spot: Spot) -> bool:
    return spot.public if isinstance(spot, Root) else spot.root.public


@contextmanager
def gone_if_refused(*folders: Spot) -> Iterator[None]:
    """Leave no half folders on a disk that refuses more: a full one is full enough."""
    try:
        yield
    except (OSError, PlaceRefused):
        for folder in folders:
            with suppress(PlaceRefused):
                folder.check_way()
                shutil.rmtree(folder.path, ignore_errors=True)
        raise


def sync_tree(folder: Path) -> None:
    """Have everything below a folder on the disk: all at once where the system can, else file by file."""
    sync_disk = _sync_disk()
    if sync_disk is None:
        for path in folder.rglob("*"):
            sync_folder(path)
        sync_folder(folder)
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        sync_disk(handle)
    finally:
        os.close(handle)


def _sync_disk() -> Callable[[int], None] | None:
    """`syncfs` of Linux, by a handle of anything on the disk; None where there is no such call."""
    import ctypes

    found = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if found is None:
        return None

    def sync(handle: int) -> None:
        if found(handle):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))

    return sync


def replace_file(place: RootedPlace, data: bytes) -> None:
    """Write a file that may be read at any moment: readers see the old bytes or the new. Raises OSError."""
    new = place.beside(_name_beside(place.path.name))
    try:
        write_new(new, data)
        keep_mode(new, place)
        new.path.replace(place.path)
    except OSError:
        with suppress(OSError):
            new.path.unlink(missing_ok=True)
        raise
    sync_folder(place.path.parent)


def keep_mode(new: RootedPlace, of: RootedPlace) -> None:
    """Give a new file the rights of the one that it is to replace, if there is one."""
    new.check_way()
    with suppress(FileNotFoundError):
        new.path.chmod(stat.S_IMODE(of.path.stat().st_mode) | OWN_FILE)


def _name_beside(name: str) -> str:
    """A hidden name for what will be a file of this name."""
    plain = f".{name}.new"
    return plain if len(plain.encode()) <= LONGEST_PART else f".{hashlib.sha256(name.encode()).hexdigest()}.new"


def copy_file(source: Path, place: RootedPlace) -> None:
    """Copy a file to a place that nothing reads yet, however large it is; `sync_tree` waits for the disk."""
    in_folder(place, set())
    with source.open("rb") as original, _created(place) as file:
        shutil.copyfileobj(original, file, 1 << 20)


def link_file(source: Path, place: RootedPlace) -> None:
    """Give an existing file one more place in a folder that is there, without copying where the disk allows it.

    A link is no file: what it leads to may stand anywhere. Raises PlaceRefused.
    """
    mode = source.lstat().st_mode
    if not stat.S_ISREG(mode):
        raise PlaceRefused(place.root.path, place.name, Refusal.LINK)
    try:
        os.link(source, place.path)
    except OSError:
        copy_file(source, place)
    else:
        if place.root.public and mode & PUBLIC_FILE != PUBLIC_FILE:
            place.path.chmod(PUBLIC_FILE)


def mirror(
    source: Path, into: Root, instead: Mapping[str, bytes | None], is_linked: Callable[[str, int], bool]
) -> list[str]:
    """Make a copy of a tree to look at, with these bytes at some places (`a/b`; None: nothing, of a folder neither).

    Nothing that is hidden goes along.

    `is_linked`: of a place and its number of bytes, whether it becomes a link to the original. Returns the places of
    the files that are links in the copy alone. `into` is a folder of ours that goes away again: nothing is synced.
    Raises PlaceRefused for a place that leads elsewhere.
    """
    linked = []
    for folder, folders, names in os.walk(source):
        above = "" if Path(folder) == source else Path(folder).relative_to(source).as_posix() + "/"
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        own = (name for name in folders if name not in links and above + name not in instead)
        folders[:] = sorted(name for name in own if not name.startswith("."))
        os.makedirs(into.path / above, exist_ok=True)  # noqa: PTH103 - of a copy to look at
        for name in [*names, *links]:
            if above + name not in instead and not name.startswith("."):
                linked += [above + name] if _mirrored(above + name, source, into, is_linked) else []
    for name, data in instead.items():
        place = into.at(name)
        place.check_way()
        if data is not None:
            os.makedirs(place.path.parent, exist_ok=True)  # noqa: PTH103
            place.path.write_bytes(data)
        elif not place.path.is_dir():
            remove_with_folders(place)
    return linked


def _mirrored(name: str, source: Path, into: Root, is_linked: Callable[[str, int], bool]) -> bool:
    """Copy a file, or make a link of it: then True. A link leads to what it led to."""
    original, copy = source / name, into.path / name
    about = original.lstat()
    if stat.S_ISLNK(about.st_mode):
        told = original.readlink()
        inside = is_within(original, source) and not told.is_absolute()
        os.symlink(told if inside else os.path.realpath(original), copy)  # noqa: PTH211 - of a copy to look at
    elif is_linked(name, about.st_size):
        os.symlink(original.absolute(), copy)  # noqa: PTH211
        return True
    elif stat.S_ISREG(about.st_mode):
        shutil.copyfile(original, copy)
    return False


def rename_folder(source: Spot, target: Spot) -> None:
    """Give a finished folder its name."""
    source.check_way()
    target.check_way()
    source.path.rename(target.path)
    sync_folder(target.path.parent)


def put_in_place(source: RootedPlace, target: RootedPlace) -> None:
    """Give a finished file or folder its name, in place of a file that has it; its folder is there. Not synced."""
    source.check_way()
    target.check_way()
    source.path.replace(target.path)


def point_link(link: RootedPlace, target: RootedPlace) -> None:
    """Point a link at a folder beside it, in one step: readers see the former folder or the new one."""
    link.check_way()
    beside = link.beside(_name_beside(link.path.name)).path
    beside.unlink(missing_ok=True)
    beside.symlink_to(target.path.relative_to(link.path.parent), target_is_directory=True)
    beside.replace(link.path)
    sync_folder(link.path.parent)


def remove(spot: Spot) -> None:
    """Remove a folder that nothing points to any more, or a file; of a link only the link itself."""
    spot.check_way()
    if spot.path.is_dir() and not spot.path.is_symlink():
        shutil.rmtree(spot.path)
    else:
        spot.path.unlink()


def remove_with_folders(place: RootedPlace) -> Path:
    """Remove a file, if it is there, and the folders above it that hold nothing then, up to the root.

    Returns the folder in which names changed. Not synced.
    """
    place.check_way()
    place.path.unlink(missing_ok=True)
    for folder in reversed(place.folders):
        try:
            folder.rmdir()
        except OSError:  # something else stands there
            return folder
    return place.root.path


def remove_empty(*places: RootedPlace) -> None:
    """Remove those of these folders that hold nothing."""
    for place in places:
        place.check_way()
        with suppress(OSError):
            place.path.rmdir()


def sync_folder(path: Path) -> None:
    """Have the names in a folder, or the bytes of a file, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
