"""An index for searching publications and areas in full, made by Pagefind (docs/decisions/0019-search.md).

The index is files like all others: a script on the search page reads them, no server does.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from gebiedswerk.dossier import Root, safe_files

FOLDER = "pagefind"
SCRIPT = Path(__file__).parent / "scripts" / "search.js"
PAGEFIND: Sequence[str] = [sys.executable, "-m", "pagefind", "--root-selector", "main", "--keep-index-url", "--quiet"]
LONGEST_SECONDS = 600
ENTRY = "pagefind-entry.json"
KEPT = ("pagefind.js", ENTRY)
"""Files that the script needs, besides those of the index; those of Pagefind's own pages stay out."""
INDEX = (".pf_fragment", ".pf_index", ".pf_meta", ".pf_filter", ".pagefind")


def search_files(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Index pages, given as place in the site → HTML. Returns place → bytes, the same for the same pages.

    Raises CalledProcessError or TimeoutExpired when Pagefind fails.
    """
    with safe_files.temporary() as folder:
        pages, index = folder / "pages", folder / FOLDER
        made: set[Path] = set()
        for place, text in sorted(texts.items()):
            safe_files.put_new(safe_files.in_folder(Root(pages).at(place), made), text.encode())
        command = [*PAGEFIND, "--site", str(pages), "--output-path", str(index)]
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_SECONDS)  # noqa: S603 # ours alone
        found = {path.relative_to(index).as_posix(): path for path in sorted(index.rglob("*")) if path.is_file()}
        kept = {name: path for name, path in found.items() if name in KEPT or name.endswith(INDEX)}
        contents = {name: path.read_bytes() for name, path in kept.items()}
        contents[ENTRY] = in_order(contents[ENTRY])
        return {f"{FOLDER}/{name}": content for name, content in contents.items()}


def in_order(entry: bytes) -> bytes:
    """The entry of the index with its names in order: Pagefind writes the languages as they happen to come."""
    return json.dumps(json.loads(entry), sort_keys=True, ensure_ascii=False).encode()
