"""Serve a dossier on this machine: rebuilt on every change, with the faults live beside the page.

A tool for whoever writes the dossier, not for the public: it listens on 127.0.0.1 only. A dossier with errors
is shown too, as far as it goes, and every page is marked as a draft that does not add up.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from gebiedswerk.app.preview import Preview, preview
from gebiedswerk.app.preview_folder import preview_folder
from gebiedswerk.cli.serve_pages import FILES, counted, file_of, panel, shell, with_notice
from gebiedswerk.cli.terminal import console, show_faults
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.language.messages import Messages

EVERY_SECONDS = 0.5
AGAIN_SECONDS = 5
"""How long after a failure the same dossier is tried again: the disk may have room by then."""
WAITS_SECONDS = 20
"""So long a screen waits for an answer before it asks again."""
SETTLED_NS = 2_000_000_000
"""A file that changed less than two seconds ago may change again within one tick of the clock of its disk."""
HEADERS: Mapping[str, str] = {  # literal: headers for a browser
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "frame-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
Snapshot = dict[str, tuple[int, ...] | str]


class Watched:
    """A folder of which we want to know whether anything in it changed, by what stands in its files.

    A file is read again where the system says that it changed, or that it did so a moment ago: two changes within one
    tick of the clock look like one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, tuple[tuple[int, ...], str]] = {}
        self._one = threading.Lock()

    def snapshot(self) -> Snapshot:
        """What stands in the folder: another value after every change. A folder that is not there has nothing in it."""
        with self._one:
            return self._looked()

    def _looked(self) -> Snapshot:
        found: Snapshot = {}
        with suppress(OSError):  # a folder that goes while it is read is another the next time
            for path in sorted(self.folder.rglob("*")):
                with suppress(OSError):
                    status = path.stat()
                    found[str(path)] = self._digest(path, status) if stat.S_ISREG(status.st_mode) else (status.st_mode,)
        self._known = {name: known for name, known in self._known.items() if name in found}
        return found

    def _digest(self, path: Path, status: os.stat_result) -> str:
        mark = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev)
        known = self._known.get(str(path))
        if known is not None and known[0] == mark:
            return known[1]
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if time.time_ns() - max(mark[:2]) > SETTLED_NS:
            self._known[str(path)] = (mark, digest)
        return digest


@dataclass(frozen=True, slots=True)
class Showing:
    """What is shown: the faults of the newest dossier, and the moment of the site (None: there is none yet).

    `old`: the site is of an earlier dossier, for the newest one gave none.
    """

    faults: tuple[Fault, ...] = ()
    made_at: datetime | None = None
    old: bool = False


class Live:
    """A dossier that is watched: its newest faults, and the site as far as it can be made."""

    def __init__(self, dossier: Path, out: Path, messages: Messages) -> None:
        self.dossier, self.out, self.messages = dossier, out, messages
        self.state = Showing()
        self.builds = 0
        self._built: Preview | None = None
        self._watched = Watched(dossier)
        self._seen: Snapshot | None = None
        self._again = 0.0
        self._one = threading.Lock()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults of the newest dossier that was opened."""
        return self.state.faults

    def refresh(self) -> bool:
        """Rebuild if anything changed since the last time. What goes wrong is a fault, and the former site stays."""
        with self._one:
            now = self._watched.snapshot()
            if now == self._seen and (not self._again or time.monotonic() < self._again):
                return False
            try:
                built = preview(self.dossier, self.out, self._built)
            except Exception as problem:  # a tool that a person writes beside outlives every mistake of ours
                words = f"{type(problem).__name__}: {problem}"
                built = Preview((fault("X003", str(self.dossier), value=words),), made=False, refused=True)
            self._built = built
            self._again = time.monotonic() + AGAIN_SECONDS if built.refused else 0.0
            moment = datetime.now().astimezone() if built.made else self.state.made_at
            self.state = Showing(built.faults, moment, old=moment is not None and not built.made)
            self._seen = now
            self.builds += 1
            return True

    def notice(self) -> str:
        """What a page must say of itself: that it is being made again, or is old. Empty where it is as it should be."""
        made_at, say = self.state.made_at, self.messages
        if made_at is None:
            return ""
        if self._watched.snapshot() != self._seen:
            return say("cli.serve.making", moment=say.moment(made_at))
        return say("cli.serve.old", moment=say.moment(made_at)) if self.state.old else ""

    def watch(self, stop: threading.Event) -> None:
        """Refresh until told to stop."""
        while not stop.wait(EVERY_SECONDS):
            self.refresh()

    def panel(self) -> str:
        """The faults as a page that stands in a frame beside the site."""
        notice = self.notice() if self.state.made_at else self.messages("cli.serve.nothing")
        return panel(self.messages, notice, self.faults)

    def shell(self) -> str:
        """The page that holds the site and the faults beside each other."""
        return shell(self.messages, self.builds, self.faults)

    def wait(self, since: str) -> Mapping[str, object]:
        """What a screen asks that saw so many builds: it is answered at the next one, or after a while."""
        until = time.monotonic() + WAITS_SECONDS
        while str(self.builds) == since and time.monotonic() < until:
            time.sleep(EVERY_SECONDS / 5)
        return {"builds": self.builds, "said": counted(self.messages, self.faults)}


class Handler(SimpleHTTPRequestHandler):
    """Answers for the shell, the faults and the files of the site; only to this machine under its own name."""

    def __init__(self, *arguments: object, live: Live, **options: object) -> None:
        self.live = live
        super().__init__(*arguments, directory=str(live.out), **options)  # type: ignore[arg-type] # as the base takes it

    def do_GET(self) -> None:
        """Answer a request. A foreign host name is refused: pages elsewhere cannot read a draft."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host not in ("127.0.0.1", "localhost", "[::1]"):
            self.send_error(403)
        elif self.path == "/":
            self._send(self.live.shell())
        elif self.path == "/faults":
            self._send(self.live.panel())
        elif self.path in FILES:
            self._send(file_of(self.path).decode(), FILES[self.path])
        elif self.path.startswith("/state?since="):
            said = self.live.wait(self.path.partition("=")[2])
            self._send(json.dumps(said, ensure_ascii=False), "application/json")
        elif not self.path.startswith("/site/"):
            self.send_error(404)
        elif not self._marked():
            try:
                super().do_GET()
            except ValueError:  # a path that no disk has
                self.send_error(404)

    def _marked(self) -> bool:
        """Answer with a page that says of itself that it is old; False where there is nothing to say."""
        try:
            path = Path(self.translate_path(self.path))
            page = path / "index.html" if path.is_dir() else path
            notice = self.live.notice() if page.suffix == ".html" and page.is_file() else ""
            text = page.read_text("utf-8") if notice else ""
        except (OSError, ValueError):
            self.send_error(404)
            return True
        if notice:
            self._send(with_notice(text, notice))
        return bool(notice)

    def _send(self, page: str, kind: str = "text/html; charset=utf-8") -> None:
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """The same strict headers on every answer."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 # named so by the base
        """Say nothing: the terminal is for the address and the faults."""


class Server(ThreadingHTTPServer):
    """Answers each request in a thread of its own; a browser that went away is no news."""

    daemon_threads = True
    allow_reuse_address = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where one answer failed: the next request is answered as before."""


def serve(dossier: Path, port: int, messages: Messages) -> int:
    """Watch and serve until interrupted. Exit code 0; 1 where there is no such port for us (X004)."""
    try:
        with preview_folder() as folder:
            live = Live(dossier, folder, messages)
            with Server(("127.0.0.1", port), partial(Handler, live=live)) as server:
                return _served(live, server)
    except (OSError, OverflowError) as problem:
        show_faults([fault("X004", value=port, reason=problem)], messages, console(stderr=True))
        return 1


def _served(live: Live, server: Server) -> int:
    """Serve until interrupted."""
    messages, stop = live.messages, threading.Event()
    live.refresh()
    watcher = threading.Thread(target=live.watch, args=(stop,), daemon=True)
    watcher.start()
    print(messages("cli.serve.at", address=f"http://127.0.0.1:{server.server_address[1]}/"), flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        watcher.join()
    return 0
