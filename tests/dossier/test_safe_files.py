"""Files reach the disk, by whatever call the system has for that."""

from __future__ import annotations

import ast
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from gebiedswerk.dossier import PlaceRefused, Root, safe_files


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places whose bytes or names were waited for, one by one."""
    found: list[str] = []
    monkeypatch.setattr(safe_files, "sync_folder", lambda path: found.append(path.name))
    return found


def tree(folder: Path) -> Path:
    """A folder with two files, of which one stands deeper."""
    root = Root(folder)
    safe_files.make_folder(root.at("deeper"))
    safe_files.put_new(root.at("one"), b"1")
    safe_files.put_new(root.at("deeper/two"), b"2")
    return folder


def test_without_a_call_for_all_each_file_and_folder_is_waited_for(
    tmp_path: Path, synced: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slow way misses nothing."""
    monkeypatch.setattr(safe_files, "_sync_disk", lambda: None)
    safe_files.sync_tree(tree(tmp_path / "tree"))
    assert sorted(synced) == ["deeper", "one", "tree", "two"]


def test_one_call_waits_for_all(tmp_path: Path, synced: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick way asks the disk once, by the folder itself."""
    asked: list[int] = []
    monkeypatch.setattr(safe_files, "_sync_disk", lambda: lambda handle: asked.append(os.fstat(handle).st_ino))
    safe_files.sync_tree(tree(tmp_path / "tree"))
    assert asked == [(tmp_path / "tree").stat().st_ino]
    assert synced == []


def test_a_disk_that_fails_is_said(tmp_path: Path) -> None:
    """A handle that is none: the system's own error, not silence."""
    sync_disk = safe_files._sync_disk()
    if sync_disk is None:
        pytest.skip("this system has no call that syncs a whole disk")
    with pytest.raises(OSError, match="Bad file descriptor"):
        sync_disk(-1)


OUTSIDE = ["../x", "/x", "a/../../x", "C:x", "a\\b", "nul", "x.", "x\0", "\udcff", "x" * 256, "", "in/x"]
"""`in` is a link to a folder elsewhere."""


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """A folder to write in, with a link in it that leads out, beside something that must stay."""
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "x").write_bytes(b"stays")
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "in").symlink_to(tmp_path / "beside", target_is_directory=True)
    (folder / "file").symlink_to(tmp_path / "beside" / "x")
    (folder / "own").mkdir()
    (folder / "own" / "y").write_bytes(b"y")
    return Root(folder)


def _mirrored(root: Root, name: str) -> None:
    """A copy that goes away again, with a file more."""
    with safe_files.temporary() as folder:
        safe_files.mirror(root.path, Root(folder / "copy"), {name: b"!"}, lambda name, size: False)


WRITERS: dict[str, Callable[[Root, str], object]] = {
    "make_folder": lambda root, name: safe_files.make_folder(root.at(name)),
    "in_folder": lambda root, name: safe_files.in_folder(root.at(name), set()),
    "write_new": lambda root, name: safe_files.write_new(root.at(name), b"!"),
    "put_new": lambda root, name: safe_files.put_new(safe_files.in_folder(root.at(name), set()), b"!"),
    "write_tree": lambda root, name: safe_files.write_tree(root.at("tree"), {name: b"!"}, {}),
    "write_tree there": lambda root, name: safe_files.write_tree(root.at("tree"), {}, {name: root.path / "own/y"}),
    "write_tree at": lambda root, name: safe_files.write_tree(root.at(name), {"a": b"!"}, {}),
    "replace_file": lambda root, name: safe_files.replace_file(root.at(name), b"!"),
    "copy_file": lambda root, name: safe_files.copy_file(root.path / "own/y", root.at(name)),
    "link_file": lambda root, name: safe_files.link_file(
        root.path / "own/y", safe_files.in_folder(root.at(name), set())
    ),
    "rename_folder": lambda root, name: safe_files.rename_folder(root.at("own"), root.at(name)),
    "rename_folder from": lambda root, name: safe_files.rename_folder(root.at(name), root.at("other")),
    "point_link": lambda root, name: safe_files.point_link(root.at(name), root.at("own")),
    "remove": lambda root, name: safe_files.remove(root.at(name)),
    "remove_with_folders": lambda root, name: safe_files.remove_with_folders(root.at(name)),
    "remove_empty": lambda root, name: safe_files.remove_empty(root.at(name)),
    "put_in_place": lambda root, name: safe_files.put_in_place(root.at("own/y"), root.at(name)),
    "put_in_place from": lambda root, name: safe_files.put_in_place(root.at(name), root.at("other")),
    "keep_mode": lambda root, name: safe_files.keep_mode(root.at(name), root.at("own/y")),
    "mirror": _mirrored,
}


def test_every_writer_is_tried() -> None:
    """A function of `files` that writes joins `WRITERS`: it takes a place."""
    reading = {"alone_in", "sync_tree", "sync_folder", "gone_if_refused", "make_root", "temporary"}
    public = {name for name, one in vars(safe_files).items() if getattr(one, "__module__", "") == safe_files.__name__}
    known = {name.split()[0] for name in WRITERS}
    assert {name for name in public if not name.startswith("_")} == known | reading


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", OUTSIDE)
def test_no_writer_leaves_its_folder(root: Root, writer: str, name: str) -> None:
    """Each refuses each such place, by whatever way it comes, and nothing beside the folder changes."""
    if writer.startswith("write_tree") and "at" not in writer and name == "in/x":
        name = "../in/x"  # the tree is new: no link can be in it
    with pytest.raises(PlaceRefused):
        WRITERS[writer](root, name)
    assert (root.path.parent / "beside" / "x").read_bytes() == b"stays"
    assert sorted(path.name for path in root.path.parent.iterdir()) == ["beside", "root"]
    assert (root.path / "own" / "y").read_bytes() == b"y"
    assert not (root.path / "tree").exists()


def test_a_file_that_is_a_link_is_never_written_through(root: Root) -> None:
    """Not by what writes anew, nor by what replaces; and nothing that is a link is given a place."""
    with pytest.raises(FileExistsError):
        safe_files.put_new(root.at("file"), b"!")
    with pytest.raises(PlaceRefused):
        safe_files.link_file(root.path / "file", root.at("again"))
    safe_files.write_new(root.at("file"), b"!")
    assert not (root.path / "file").is_symlink()
    assert (root.path.parent / "beside" / "x").read_bytes() == b"stays"


def test_a_new_file_never_takes_the_bytes_of_one_that_is_released(root: Root) -> None:
    """A file that stands in an earlier release too, by a hard link, keeps its bytes."""
    os.link(root.path / "own/y", root.path / "own/z")
    with pytest.raises(FileExistsError):
        safe_files.put_new(root.at("own/z"), b"!")
    safe_files.write_new(root.at("own/z"), b"!")
    safe_files.replace_file(root.at("own/z"), b"?")
    assert (root.path / "own/y").read_bytes() == b"y"


@pytest.mark.parametrize("others", [["A/x"], ["a/x", "a/x/y"], ["\u00e9", "e\u0301"], ["a", "A"]])
def test_places_that_are_one_on_some_disks_are_refused_before_anything_is_written(
    root: Root, others: list[str]
) -> None:
    with pytest.raises(PlaceRefused, match="double"):
        safe_files.write_tree(root.at("tree"), dict.fromkeys(["a/x", *others][-2:], b"!"), {})
    assert not (root.path / "tree").exists()


def test_removing_a_link_leaves_what_it_leads_to(root: Root) -> None:
    safe_files.remove(root.at("in"))
    assert not (root.path / "in").is_symlink()
    assert (root.path.parent / "beside" / "x").read_bytes() == b"stays"


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o027, 0o077, 0o177, 0o777])
@pytest.mark.parametrize("public", [True, False])
def test_modes_under_any_umask(tmp_path: Path, mask: int, public: bool) -> None:
    """What is public anyone may read and its owner alone write; of the rest the umask decides, but for its owner."""
    root = Root(tmp_path / "made" / "root", public)
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "old").chmod(0o600)
    before = os.umask(mask)
    try:
        safe_files.write_tree(root, {"a/b/c": b"!"}, {"a/d": tmp_path / "old"})
        safe_files.write_new(root.at("e/f"), b"!")
        safe_files.copy_file(tmp_path / "old", root.at("g/h"))
    finally:
        os.umask(before)
    paths = [root.path.parent, root.path, *root.path.rglob("*")]
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in paths if path.name != "d"}
    own = {(True, 0o777 & ~mask | 0o700), (False, 0o666 & ~mask | 0o600)}
    assert modes == ({(True, 0o755), (False, 0o644)} if public else own)
    assert stat.S_IMODE((root.path / "a/d").stat().st_mode) == (0o644 if public else 0o600)


def test_a_temporary_folder_under_any_umask() -> None:
    before = os.umask(0o777)
    try:
        with safe_files.temporary() as folder:
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    finally:
        os.umask(before)
    assert not folder.exists()


def test_what_is_replaced_keeps_who_may_read_it(root: Root) -> None:
    (root.path / "own/y").chmod(0o640)
    before = os.umask(0o077)
    safe_files.replace_file(root.at("own/y"), b"!")
    os.umask(before)
    assert stat.S_IMODE((root.path / "own/y").stat().st_mode) == 0o640


WRITES = frozenset(
    "write_bytes write_text mkdir makedirs unlink rmdir symlink_to hardlink_to touch chmod lchmod rmtree truncate "
    "copyfile copyfileobj copytree copy2 extractall".split()
)
OF_THE_SYSTEM = frozenset("link symlink remove rename renames replace unlink mkfifo open move copy".split())
ELSEWHERE = {
    "dossier/safe_files.py": "the writer itself",
    "dossier/cache.py": "the cache: names are hashes, below the folder of the cache",
    "ledger/store.py": "the cache too",
    "pictures/fonts.py": "the kept fonts, unpacked in a temporary folder of our own for the typesetter",
    "app/merge.py": "a version that git keeps beside a dossier while it merges",
    "streams.py": "the stand-in for a stream that was closed",
}


def _writes(call: ast.Call, of_columns: bool) -> bool:
    """Whether a call makes, changes, renames or removes something on the disk; columns have three such names too."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    owner = call.func.value.id if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) else ""
    texts = [
        one.value for one in [*call.args, *(word.value for word in call.keywords)] if isinstance(one, ast.Constant)
    ]
    if name == "open" and owner != "os":
        return any(isinstance(text, str) and re.fullmatch("[rwaxbt+]*[wax+][rwaxbt+]*", text) for text in texts)
    if name in ("replace", "rename", "extract") and owner not in ("os", "shutil"):  # of a path: one argument
        return not of_columns and isinstance(call.func, ast.Attribute) and len(call.args) == 1
    return name in WRITES or owner in ("os", "shutil") and name in OF_THE_SYSTEM


def test_nothing_else_writes() -> None:
    """Every call of ours that makes, renames or removes something on the disk stands in the writer, or in the cache."""
    source = Path(safe_files.__file__).parent.parent
    found: dict[str, list[int]] = {}
    for path in sorted(source.rglob("*.py")):
        text = path.read_text("utf-8")
        calls = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call)]
        lines = [one.lineno for one in calls if _writes(one, "import polars as pl" in text)]
        found |= {path.relative_to(source).as_posix(): lines} if lines else {}
    assert found.keys() == ELSEWHERE.keys(), {name: lines for name, lines in found.items() if name not in ELSEWHERE}
