"""Streams that were closed, are full or have no reader, and names of folders that are no text: never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from gebiedswerk.cli.main import main
from gebiedswerk.cli.serve import Live
from gebiedswerk.language.messages import Messages
from tests.conftest import KLEIN
from tests.town import append

PROGRAM = [sys.executable, "-m", "gebiedswerk"]
CHECK = ["check", str(KLEIN)]


def run(words: Sequence[str | bytes], shell: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run the program with streams as the shell says: `"$@"` is the program with its words."""
    command = ["sh", "-c", shell, "sh", *PROGRAM, *words]
    done = subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload]
    found: subprocess.CompletedProcess[bytes] = done
    assert b"Traceback" not in found.stdout + found.stderr, found
    assert b"Exception ignored" not in found.stderr, found
    return found


STREAMS = {
    "closed at the start": '"$@" >&-',
    "faults closed": '"$@" 2>&-',
    "all closed": '"$@" <&- >&- 2>&-',
}


@pytest.mark.parametrize("shell", STREAMS.values(), ids=STREAMS)
@pytest.mark.parametrize(
    "words", [["--version"], ["account", str(KLEIN), "--year", "2025"], ["account", "nergens", "--year", "1"]]
)
def test_a_closed_stream_changes_no_exit_code(words: list[str], shell: str) -> None:
    """What the command has to say goes nowhere; whether it went well is still told."""
    assert run(words, shell).returncode == run(words, '"$@"').returncode


@pytest.mark.parametrize("words", [["--version"], ["--help"], CHECK, [*CHECK, "--json"]])
def test_a_reader_that_went_away_is_no_fault(words: list[str]) -> None:
    """`check | head -1`: the pipe is closed before anything is written."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*PROGRAM, *words], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
@pytest.mark.parametrize("words", [["--version"], [*CHECK, "--json"]])
def test_a_full_disk_behind_a_stream_is_told(words: list[str]) -> None:
    """B112 and exit code 1: what was asked did not arrive as a whole."""
    done = run(words, '"$@" > /dev/full')
    assert done.returncode == 1
    assert b"B112" in done.stderr and b"No space left on device" in done.stderr


def test_a_screen_that_does_not_know_a_sign_gets_another(tmp_path: Path) -> None:
    done = run(["check", str(tmp_path)], '"$@"', env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert b"D101" in done.stderr and b"? " in done.stderr


def test_a_file_that_may_not_be_read_is_told(
    klein: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """B112 with the file and what the system says; a mistake of ours is none of it."""

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert main(["check", str(klein)]) == 1
    told = capsys.readouterr().err.replace("\n", "")  # a long place is broken off at the width of the terminal
    assert "B112" in told and "Permission denied" in told and "dossier.toml" in told
    monkeypatch.setattr(Path, "read_bytes", lambda path: (_ for _ in ()).throw(OSError("ours")))
    with pytest.raises(OSError, match="ours"):
        main(["check", str(klein)])


LONG = "x" * 300


@pytest.mark.parametrize(
    "words",
    [
        ["check", LONG],
        ["build", str(KLEIN), "--out", LONG],
        ["publish", str(KLEIN), "--to", LONG],
        ["freeze", str(KLEIN), "--out", LONG],
        ["freeze", str(KLEIN), "--out", "/"],
        ["verify", LONG],
        ["diff", LONG, LONG],
        ["new", LONG],
        ["new", f"{KLEIN}/dossier.toml/x"],
        ["import", str(KLEIN), LONG],
        ["serve", LONG, "--port", "0"],
    ],
)
def test_a_path_that_no_disk_holds_is_a_fault(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if words[0] == "serve":
        monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", lambda server: None)
        monkeypatch.setattr("gebiedswerk.cli.serve.ThreadingHTTPServer.serve_forever", lambda server: None)
    assert main(words) in (0, 1) if words[0] == "serve" else main(words) == 1
    assert not list(tmp_path.iterdir())


ODD = os.fsdecode(b"gebied-\xff\xfe")


def test_folders_whose_names_are_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dossier, what is made of it and the cache may all stand in such folders."""
    home = tmp_path / ODD
    home.mkdir()
    monkeypatch.setenv("GEBIEDSWERK_CACHE", str(home / "cache"))
    dossier = str(home / "dossier")
    for words in (
        ["new", dossier],
        ["check", dossier],
        ["build", dossier, "--out", str(home / "b")],
        ["publish", dossier, "--to", str(home / "p"), "--json"],
        ["freeze", dossier, "--out", str(home / "r"), "--audit", str(home / "a")],
        ["verify", str(home / "r")],
        ["verify", str(home / "a"), "--deliveries"],
        ["text", dossier, "--update", "--write"],
        ["diff", dossier, dossier],
    ):
        assert run(words, '"$@"').returncode == 0, words
    append(Path(dossier), "areas.csv", "x")
    done = run(["check", dossier], '"$@"')
    assert done.returncode == 1 and b"D119" in done.stderr


@pytest.mark.parametrize("place", ["deliveries", "publications", "work", "geo", "iv3", "site", "profiles", "."])
def test_a_stray_name_that_is_no_text_is_named(klein: Path, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """D150 for a folder and for a file; all else of the dossier is checked too."""
    for name in (os.fsdecode(b"map-\xff"), os.fsdecode(b"map-\xfe.md")):
        path = klein / place / name
        path.parent.mkdir(exist_ok=True)
        path.mkdir() if not name.endswith(".md") else path.write_bytes(b"")
    assert main(["check", str(klein)]) == 1
    assert capsys.readouterr().err.count("D150") == 2


@pytest.mark.parametrize("entry", ["deliveries/grootboek-2026-03", "publications/jaarrekening-2025"])
def test_a_folder_that_is_read_and_whose_name_is_no_text_is_named(klein: Path, entry: str, tmp_path: Path) -> None:
    """D150, and neither `check` nor `serve` dies of what is in it."""
    (klein / entry).rename((klein / entry).with_name(os.fsdecode(b"map-\xff")))
    shutil.copy(klein / "dossier.toml", (klein / entry).with_name(os.fsdecode(b"tekst-\xff.md")))
    assert main(["check", str(klein)]) == 1
    live = Live(klein, tmp_path / "site", Messages("nl"))
    live.refresh()
    assert "D150" in [one.code for one in live.faults]
