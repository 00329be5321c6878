"""The check that a dossier has one writer."""

from __future__ import annotations

import pytest

from tools.lint_writers import faults, main

WRITES = (
    'Path("a").write_bytes(b"")',
    'Path("a").open("wb")',
    'open("a", mode="r+")',
    "path.replace(other)",
    'os.replace("a", "b")',
    'shutil.copyfile("a", "b")',
    "safe_files.put_new(place, data)",
    "dossier.safe_files.remove(place)",
)
READS = (
    'Path("a").open("rb")',
    'open("a")',
    'text.replace("a", "b")',
    "path.read_bytes()",
    "safe_files.make_root(root)",
)


@pytest.mark.parametrize("line", WRITES)
def test_what_writes_is_found(line: str) -> None:
    assert [at for at, _ in faults("app/add_rows.py", f"\n{line}\n")] == [2]


@pytest.mark.parametrize("line", READS)
def test_what_reads_is_free(line: str) -> None:
    assert not list(faults("app/add_rows.py", line))


def test_the_writer_itself_is_free() -> None:
    assert not list(faults("dossier/safe_files.py", "\n".join(WRITES)))
    assert not list(faults("dossier/writing/redo.py", "safe_files.put_new(place, data)"))
    assert list(faults("dossier/writing/redo.py", 'Path("a").write_bytes(b"")'))


def test_the_source_has_one_writer() -> None:
    assert main() == 0
