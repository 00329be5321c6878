"""Serve a dossier on this machine: rebuilt on every change, with the faults live beside the page.

A tool for whoever writes the dossier, not for the public: it listens on 127.0.0.1 only. A dossier with errors
is shown too, as far as it goes, and every page is marked as a draft that does not add up.
"""

from __future__ import annotations

import html
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from gebiedswerk.actions import make, open_dossier
from gebiedswerk.core.faults import Fault, GebiedswerkError, Severity
from gebiedswerk.dossier import files
from gebiedswerk.messages import Messages
from gebiedswerk.site import alone_in, write
from gebiedswerk.terminal import fault_place, fault_texts

EVERY_SECONDS = 0.5
HEADERS = {  # literal: headers for a browser
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "frame-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
Snapshot = dict[str, tuple[int, int]]


def snapshot(path: Path) -> Snapshot:
    """What stands in a folder, by modification time and size: another value after every change."""
    found = {}
    for file in sorted(path.rglob("*")):
        try:
            status = file.stat()
        except OSError:
            continue
        found[str(file)] = (status.st_mtime_ns, status.st_size)
    return found


class Live:
    """A dossier that is watched: its newest faults, and the site as far as it can be made."""

    def __init__(self, dossier: Path, out: Path, messages: Messages) -> None:
        self.dossier, self.out, self.messages = dossier, out, messages
        self.faults: tuple[Fault, ...] = ()
        self.builds = 0
        self._seen: Snapshot = {}

    def refresh(self) -> bool:
        """Rebuild if anything changed since the last time. A crash of ours keeps the former site."""
        now = snapshot(self.dossier)
        if now == self._seen:
            return False
        self._seen = now
        opened = open_dossier(self.dossier)
        self.faults = opened.faults
        try:
            made = make(opened)
        except GebiedswerkError:
            made = None
        if made is not None:
            site = partial(write, made.pages, made.data, self.out, house=opened.house)
            self.faults += alone_in(self.out, lambda: (site(), ()))[1]
        self.builds += 1
        return True

    def watch(self, stop: threading.Event) -> None:
        """Refresh until told to stop."""
        while not stop.wait(EVERY_SECONDS):
            self.refresh()

    def panel(self) -> str:
        """The faults as a page that renews itself: it stands in a frame beside the site."""
        say = self.messages
        items = []
        for found in sorted(self.faults, key=lambda one: one.severity is Severity.WARNING):
            texts = fault_texts(found, say)
            sort = say("cli.error" if found.severity is Severity.ERROR else "cli.warning")
            place = html.escape(fault_place(found, say))
            words = html.escape(texts["message"]), html.escape(texts["remedy"])
            items.append(f"<li><strong>{sort} {found.code}</strong> {place}<p>{words[0]}</p><p>→ {words[1]}</p></li>")
        body = f"<ol>{''.join(items)}</ol>" if items else f"<p>{html.escape(say('cli.check.fine'))}</p>"
        return _page(say.language, say("cli.serve.faults"), body, '<meta http-equiv="refresh" content="1">')

    def shell(self) -> str:
        """The page that holds the site and the faults beside each other."""
        say = self.messages
        frames = (
            f'<iframe class="serve-site" src="/site/index.html" title="{html.escape(say("cli.serve.site"))}"></iframe>'
            f'<iframe class="serve-faults" src="/faults" title="{html.escape(say("cli.serve.faults"))}"></iframe>'
        )
        return _page(say.language, say("cli.serve.title"), f'<div class="serve">{frames}</div>', "", "hidden")


def _page(language: str, title: str, body: str, head: str, heading: str = "") -> str:
    """A page around a body; `heading` is the class of its first heading."""
    title = html.escape(title)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">{head}'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f'<link rel="stylesheet" href="/site/assets/style.css"></head><body class="serve-page">'
        f'<main><h1 class="{heading}">{title}</h1>{body}</main></body></html>'
    )


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
        elif self.path.startswith("/site/"):
            super().do_GET()
        else:
            self.send_error(404)

    def _send(self, page: str) -> None:
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
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


def serve(dossier: Path, port: int, messages: Messages) -> int:
    """Watch and serve until interrupted. Exit code 0."""
    with files.temporary() as folder:
        live = Live(dossier, folder, messages)
        live.refresh()
        stop = threading.Event()
        watcher = threading.Thread(target=live.watch, args=(stop,), daemon=True)
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, live=live))
        watcher.start()
        print(messages("cli.serve.at", address=f"http://127.0.0.1:{server.server_address[1]}/"), flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            stop.set()
            server.server_close()
            watcher.join()
    return 0
