"""The screen of `serve`: the site with its faults beside it, and what either says of itself."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from gebiedswerk.cli.terminal import fault_place, fault_texts
from gebiedswerk.core.fault_codes import Severity
from gebiedswerk.core.faults import Fault
from gebiedswerk.language.messages import Messages

FILES: Mapping[str, str] = {"/serve.css": "text/css; charset=utf-8", "/serve.js": "text/javascript; charset=utf-8"}
"""What the screen needs beside its pages, with its kind: it stands by itself, for there may be no site yet."""
BODY = re.compile(r"<body[^>]*>")
RENEWED = '<noscript><meta http-equiv="refresh" content="5"></noscript>'


def file_of(path: str) -> bytes:
    """The bytes of one of `FILES`."""
    return (Path(__file__).parent / path.removeprefix("/")).read_bytes()


def shell(say: Messages, builds: int, faults: Sequence[Fault]) -> str:
    """The page that holds the site and the faults; `builds` says which site it is."""
    site, panel = (html.escape(say(f"cli.serve.{name}")) for name in ("site", "faults"))
    top = (
        f'<header class="shell-top"><h1>{html.escape(say("cli.serve.title"))}</h1>'
        f'<span role="status" data-builds="{builds}">{html.escape(counted(say, faults))}</span>'
        f'<a href="/site/index.html">{html.escape(say("cli.serve.alone"))}</a></header>'
    )
    frames = (
        f'<main class="shell-site"><iframe src="/site/index.html" title="{site}"></iframe></main>'
        f'<aside class="shell-faults"><iframe src="/faults" title="{panel}"></iframe></aside>'
    )
    body = f'<body class="shell">{top}{frames}<script src="/serve.js"></script></body>'
    return _page(say, say("cli.serve.title"), body)


def panel(say: Messages, notice: str, faults: Sequence[Fault]) -> str:
    """The faults, worst first, as a page that stands in a frame beside the site."""
    items = [_fault(say, one) for one in sorted(faults, key=lambda one: one.severity is Severity.WARNING)]
    fine = "" if notice else f"<p>{html.escape(say('cli.check.fine'))}</p>"
    content = f"<ol>{''.join(items)}</ol>" if items else fine
    heading = html.escape(say("cli.serve.faults"))
    body = f'<body><main class="faults"><h1>{heading}</h1>{said(notice)}{content}</main></body>'
    return _page(say, say("cli.serve.faults"), body, RENEWED)


def counted(say: Messages, faults: Sequence[Fault]) -> str:
    """How many faults there are."""
    errors = sum(one.severity is Severity.ERROR for one in faults)
    return say("cli.counted", errors=errors, warnings=len(faults) - errors) if faults else say("cli.check.fine")


def said(notice: str) -> str:
    """What a page says of itself, in its own words; empty where it is as it should be."""
    return f'<p class="notice" role="alert"><strong>{html.escape(notice)}</strong></p>' if notice else ""


def with_notice(page: str, notice: str) -> str:
    """A page of the site that says so of itself."""
    return BODY.sub(lambda found: found[0] + said(notice), page, count=1)


def _fault(say: Messages, found: Fault) -> str:
    texts, is_error = fault_texts(found, say), found.severity is Severity.ERROR
    message, remedy, place = (
        html.escape(text) for text in (texts["message"], texts["remedy"], fault_place(found, say))
    )
    sort = html.escape(say("cli.error" if is_error else "cli.warning"))
    kind = "error" if is_error else "warning"
    head = f"<strong>{sort} {found.code}</strong> <code>{place}</code>"
    return f'<li class="{kind}">{head}<p>{message}</p><p>→ {remedy}</p></li>'


def _page(say: Messages, title: str, body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="{say.language}"><head><meta charset="utf-8">{head}'
        f'<meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
        f'<link rel="stylesheet" href="/serve.css"></head>{body}</html>'
    )
