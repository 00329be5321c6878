"""What the screen of `serve` is made of: every class has a style, and every word of a fault is escaped."""

from __future__ import annotations

import re

from gebiedswerk.cli.serve_pages import FILES, counted, file_of, panel, shell, with_notice
from gebiedswerk.core.faults import fault
from gebiedswerk.language.messages import Messages

NL = Messages("nl")
FAULTS = [fault("D101", "<b>.csv"), fault("D101", "<i>1</i>.csv")]


def test_every_class_has_a_style() -> None:
    """A class that no sheet knows is a screen that nobody looked at."""
    sheet = file_of("/serve.css").decode()
    pages = shell(NL, 1, FAULTS) + panel(NL, "Oud", FAULTS)
    classes = {name for found in re.findall(r'class="([^"]*)"', pages) for name in found.split()}
    assert classes >= {"shell", "faults", "error", "notice"}
    assert [name for name in sorted(classes) if f".{name}" not in sheet and name != "warning"] == []
    assert {*re.findall(r'(?:href|src)="(/serve[^"]*)"', pages)} == {*FILES}


def test_faults_come_worst_first_and_escaped() -> None:
    said = panel(NL, "", FAULTS)
    assert "<b>" not in said
    assert "&lt;i&gt;1&lt;/i&gt;" in said
    assert counted(NL, FAULTS) == "fouten: 2, waarschuwingen: 0"
    assert counted(NL, []) in panel(NL, "", [])


def test_without_scripts_it_is_asked_again() -> None:
    assert '<noscript><meta http-equiv="refresh"' in panel(NL, "", [])


def test_a_page_says_that_it_is_old() -> None:
    assert with_notice('<body class="x"><p>y</p></body>', "Oud & wijs").startswith(
        '<body class="x"><p class="notice" role="alert"><strong>Oud &amp; wijs'
    )
