"""Serve a built site as a web server would, with the headers of `examples/headers`."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.conftest import ROOT

HEADERS = ROOT / "examples" / "headers"


def nginx() -> list[tuple[str, str]]:
    """The policies of nginx.conf: a pattern of places and the policy, the general one first."""
    block = re.search(r"map \$uri \$gebiedswerk_policy \{(.*?)\n\}", (HEADERS / "nginx.conf").read_text("utf-8"), re.S)
    assert block is not None
    found = re.findall(r'^\s*(default|~\S+)\s+"([^"]+)";$', block[1], re.MULTILINE)
    return [("" if name == "default" else name.removeprefix("~"), policy) for name, policy in found]


def caddy() -> list[str]:
    """The policies of the Caddyfile: of the other pages, then of the search page."""
    text = (HEADERS / "Caddyfile").read_text("utf-8")
    return re.findall(r'header @(?:others|search) Content-Security-Policy "([^"]+)"', text)


def policy_of(place: str) -> str:
    """The policy with which nginx would send a page: the last pattern that fits."""
    return [policy for pattern, policy in nginx() if re.search(pattern, place)][-1]


class Handler(SimpleHTTPRequestHandler):
    """Files with the policy of their place."""

    def end_headers(self) -> None:
        """The policy, and that nothing is kept."""
        self.send_header("Content-Security-Policy", policy_of(self.path))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 # named so by the base
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a site is served, until the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site.resolve())))
    with running(server) as port:
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[int]:
    """The port at which a server answers, until the end."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
