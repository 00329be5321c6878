"""Find what writes on a disk beside the modules that may: a dossier has one writer, `dossier/writing`.

Who writes by hand (`write_bytes`, `open(…, "wb")`, `rename`) is `dossier/safe_files.py`, and what keeps a cache or a
folder that goes away. Who has `safe_files` write says here where: in a dossier, or in what is made of one.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "gebiedswerk"
BY_HAND = frozenset("write_bytes write_text rename unlink symlink_to hardlink_to mkdir touch chmod rmdir".split())
OF_MODULES = frozenset(
    f"{module}.{name}"
    for module, names in {
        "os": "replace rename remove unlink link symlink mkdir makedirs rmdir removedirs truncate chmod",
        "shutil": "copy copy2 copyfile copyfileobj copytree move rmtree",
    }.items()
    for name in names.split()
)
SAFELY = frozenset(
    "put_new write_new replace_file write_tree copy_file link_file rename_folder put_in_place point_link remove "
    "remove_with_folders remove_empty make_folder in_folder keep_mode mirror".split()
)
"""What of `safe_files` writes; making the folder that a person named (`make_root`) and a temporary one are free."""
ALLOWED_BY_HAND: Mapping[str, str] = {
    "dossier/safe_files.py": "the only place that writes",
    "dossier/cache.py": "the cache, outside every dossier",
    "ledger/store.py": "the cache, outside every dossier",
    "pictures/fonts.py": "a folder that goes away again",
    "app/merge.py": "a version that git keeps beside a dossier while it merges",
}
ALLOWED_SAFELY: Mapping[str, str] = {
    "dossier/writing/redo.py": "a dossier: the record of a change, and its end",
    "dossier/writing/as_it_would_be.py": "a copy to look at",
    "dossier/writing/draft_file.py": "a draft, where a person says",
    "dossier/writing/backup_writer.py": "a backup",
    "dossier/writing/backup_reader.py": "a dossier that comes back, in a folder that is empty",
    "app/new.py": "empties the folder of a dossier that did not come to be",
    "assembly/build_site.py": "what is remembered of a site, beside it",
    "site/search.py": "a folder that goes away again",
    "site/tree.py": "a site",
    "site/write_site.py": "a site, and what is remembered of it beside it",
    "release/release.py": "a release",
    "release/signatures.py": "a signature beside a release",
    "release/put_live.py": "a site that is live",
}


def faults(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Line and call of what writes in a module that may not; `name` is its place below the package."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if name not in ALLOWED_BY_HAND and _by_hand(node, called):
                yield node.lineno, called
            if name not in ALLOWED_SAFELY and name not in ALLOWED_BY_HAND and _safely(called):
                yield node.lineno, called


def _by_hand(node: ast.Call, called: str) -> bool:
    attribute = called.rpartition(".")[2] if "." in called else ""
    if attribute == "rename" and any(isinstance(one, ast.Dict) for one in node.args):  # of the columns of a frame
        return False
    if attribute in BY_HAND or called in OF_MODULES:
        return True
    if attribute == "replace" and len(node.args) == 1 and not node.keywords:  # `str.replace` takes two
        return True
    places = node.args[1:2] if called == "open" else node.args[:1] if attribute == "open" else []
    return called.endswith("open") and any(_is_mode(one) for one in [*places, *_modes(node)])


def _modes(node: ast.Call) -> Iterator[ast.expr]:
    yield from (one.value for one in node.keywords if one.arg == "mode")


def _is_mode(value: ast.expr) -> bool:
    """Whether an argument is a mode to write: `w`, `xb`, `r+`."""
    text = value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""
    return 0 < len(text) <= 3 and set(text) <= set("rwxabt+") and bool(set(text) & set("wxa+"))


def _safely(called: str) -> bool:
    room, _, name = called.rpartition(".")
    return room.rpartition(".")[2] in ("safe_files", "disk") and name in SAFELY


def main(source: Path = SOURCE) -> int:
    """Name what writes and may not, one a line; exit 1 where anything does."""
    lines = [
        f"{name}:{line}: {call}"
        for path in sorted(source.rglob("*.py"))
        for name in [path.relative_to(source).as_posix()]
        for line, call in faults(name, path.read_text("utf-8"))
    ]
    lines += [f"{name} is no module" for name in (*ALLOWED_BY_HAND, *ALLOWED_SAFELY) if not (source / name).is_file()]
    for line in lines:
        print(line)
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
