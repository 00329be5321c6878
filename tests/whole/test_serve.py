"""Serve: the site and its faults beside each other, renewed on change, for this machine only."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from gebiedswerk.messages import Messages
from gebiedswerk.serve import Handler, Live
from tests.town import TEXT, append


@pytest.fixture
def live(klein: Path, tmp_path: Path) -> Live:
    found = Live(klein, tmp_path / "out", Messages("nl"))
    found.refresh()
    return found


@pytest.fixture
def port(live: Live) -> Iterator[int]:
    """A server on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, live=live))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield int(server.server_address[1])
    server.shutdown()
    thread.join()
    server.server_close()


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
