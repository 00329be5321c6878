"""Serve: the site and its faults beside each other, renewed on change, for this machine only."""

from __future__ import annotations

import http.client
import os
import random
import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import gebiedswerk.assembly.build_site as building
import gebiedswerk.assembly.held_dossier as holding
from gebiedswerk.cli.main import main
from gebiedswerk.cli.serve import Handler, Live, Server, Watched
from gebiedswerk.language.messages import Messages
from tests.town import TEXT, append
from tests.whole.served import running


@pytest.fixture
def live(klein: Path, tmp_path: Path) -> Live:
    found = Live(klein, tmp_path / "out", Messages("nl"))
    found.refresh()
    return found


@pytest.fixture
def port(live: Live) -> Iterator[int]:
    """A server on a free port of this machine."""
    with running(Server(("127.0.0.1", 0), partial(Handler, live=live))) as found:
        yield found


def get(port: int, path: str, host: str | None = None) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), dict(answer.getheaders())
    connection.close()
    return found


def test_nothing_changed_is_not_built_again(live: Live) -> None:
    assert live.builds == 1
    assert not live.refresh()


def test_a_fault_shows_beside_the_page(live: Live, klein: Path, port: int) -> None:
    """A loose number: the panel names it, the page is marked as not adding up, and mending takes both away."""
    assert "Alles klopt" in get(port, "/faults")[1]
    text = (klein / TEXT).read_bytes()
    append(klein, TEXT, "\nEr waren 563 <b>brieven</b>.")
    assert live.refresh()
    panel = get(port, "/faults")[1]
    assert "T102" in panel
    assert "<b>brieven" not in panel
    assert "Concept, niet sluitend" in get(port, "/site/publicaties/jaarrekening-2025/index.html")[1]
    (klein / TEXT).write_bytes(text)
    assert live.refresh()
    assert "Alles klopt" in get(port, "/faults")[1]
    assert "niet sluitend" not in get(port, "/site/index.html")[1]


def test_a_dossier_that_cannot_be_read_keeps_the_former_site(live: Live, klein: Path, port: int) -> None:
    (klein / "dossier.toml").write_text("format = [", "utf-8")
    assert live.refresh()
    assert "D112" in get(port, "/faults")[1]
    assert get(port, "/site/index.html")[0] == 200


def test_the_shell_and_its_headers(port: int) -> None:
    """Strict headers, no script; frames of our own only."""
    status, shell, headers = get(port, "/")
    assert status == 200
    assert shell.count("<iframe") == 2
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/site/../../etc/passwd", "/builds/", "/../klein/dossier.toml", "/.gebiedswerk"])
def test_nothing_else_is_served(port: int, path: str) -> None:
    assert get(port, path)[0] == 404


def test_a_foreign_name_is_refused(port: int) -> None:
    """Another site cannot read a draft by pointing its own name at this machine."""
    assert get(port, "/", host="evil.example")[0] == 403


OLD, MAKING = "Verouderd", "opnieuw gemaakt"


def page(port: int) -> str:
    return get(port, "/site/index.html")[1]


def test_an_old_page_says_so(live: Live, klein: Path, port: int) -> None:
    """From the edit on: that it is being made again, then that it is old, with its moment; mending takes it away."""
    moment = Messages("nl").moment(live.state.made_at)  # type: ignore[arg-type] # it was made
    whole = (klein / "dossier.toml").read_bytes()
    assert OLD not in page(port) and MAKING not in page(port)
    (klein / "dossier.toml").write_text("format = [", "utf-8")
    assert MAKING in page(port) and moment in page(port)
    live.refresh()
    for shown in (page(port), get(port, "/faults")[1]):
        assert OLD in shown and moment in shown
    assert "Alles klopt" not in get(port, "/faults")[1]
    (klein / "dossier.toml").write_bytes(whole)
    live.refresh()
    assert OLD not in page(port) and "Alles klopt" in get(port, "/faults")[1]


@pytest.mark.parametrize("problem", [OSError(28, "No space left on device"), MemoryError()])
@pytest.mark.parametrize("stage", ["open_dossier", "refresh", "write"])
def test_whatever_goes_wrong_is_a_fault(
    stage: str, problem: Exception, live: Live, klein: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each stage of a rebuild; then it is tried again, also where nothing changed."""

    def fail(*arguments: object, **options: object) -> None:
        raise problem

    with monkeypatch.context() as broken:
        broken.setattr(holding if stage == "open_dossier" else building, stage, fail)
        append(klein, TEXT, "\nNog een regel.")
        assert live.refresh()
        disk = stage != "open_dossier" and isinstance(problem, OSError)
        assert [one.code for one in live.faults] == ["B103" if disk else "X003"]
        assert live.faults[0].code in get(port, "/faults")[1]
        assert OLD in page(port)
        assert not live.refresh()
    monkeypatch.setattr(time, "monotonic", lambda: live._again + 1)
    assert live.refresh()
    assert OLD not in page(port) and live.faults == ()


def test_a_folder_that_goes_and_comes_back(klein: Path, tmp_path: Path) -> None:
    """Also where it was not there when serving began."""
    away = klein.rename(tmp_path / "weg")
    live = Live(klein, tmp_path / "out", Messages("nl"))
    assert live.refresh()
    assert [one.code for one in live.faults] == ["D101", "X001"]
    assert "Er is nog geen pagina" in live.panel()
    away.rename(klein)
    assert live.refresh()
    assert (live.faults, live.notice()) == ((), "")
    shutil.rmtree(klein)
    assert MAKING in live.notice()
    assert live.refresh()
    assert OLD in live.notice()


def test_two_changes_within_a_tick(klein: Path, tmp_path: Path) -> None:
    """Of the same length, and with the same moment on the clock of the disk."""
    watched, place = Watched(klein), klein / TEXT
    data = place.read_bytes()
    seen = []
    for sign in (b"a", b"b", b"a", b"c"):
        place.write_bytes(data[:-1] + sign)
        moment = time.time_ns() // 1_000_000_000 * 1_000_000_000
        os.utime(place, ns=(moment, moment))
        seen.append(watched.snapshot())
    assert [seen[0] == one for one in seen] == [True, False, True, False]


def test_random_damage_never_ends_it(live: Live, klein: Path, port: int) -> None:
    """Bytes turned, cut, doubled and removed in any file: it goes on, and no page is shown as newer than it is."""
    dice = random.Random(8)
    whole = {path: path.read_bytes() for path in sorted(klein.rglob("*")) if path.is_file()}
    for _ in range(4):
        path = dice.choice(list(whole))
        data = bytearray(whole[path])
        way = dice.randrange(4)
        if way == 0:
            path.unlink()
        elif way == 1:
            data[dice.randrange(len(data))] = dice.randrange(256)
        elif way == 2:
            del data[dice.randrange(len(data)) :]
        else:
            data[0:0] = bytes(dice.randrange(256) for _ in range(9))
        if way:
            path.write_bytes(data)
        assert MAKING in page(port) or bytes(data) == whole[path]
        live.refresh()
        assert live.state.old == (OLD in page(port))
        assert live.state.old <= bool(live.faults)
        path.write_bytes(whole[path])
        live.refresh()
        assert (live.faults, OLD in page(port)) == ((), False), (path, way)


def test_a_page_that_is_no_path_and_a_browser_that_leaves(port: int) -> None:
    """Answered, and the next one as well."""
    for path in ("/site/%00", "/site/" + "a" * 5000, "/site/%ff.html", "/site/index.html"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path)
        connection.close()
    assert get(port, "/site/%00.html")[0] == 404
    assert get(port, "/site/" + "a" * 5000 + ".html")[0] == 404
    assert get(port, "/")[0] == 200


def test_a_port_that_is_taken_is_a_fault(klein: Path, port: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Another server has it, or there is no such port: said, with exit 1 and no trace of the program."""
    for number in (port, 70_000, -1):
        assert main(["serve", str(klein), "--port", str(number)]) == 1
        assert "X004" in capsys.readouterr().err
