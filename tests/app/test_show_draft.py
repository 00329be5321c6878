"""What a draft would do now, or why it can do nothing any more."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.show_draft import show_draft
from tests.app.drafts import ROW, corrected, drafted
from tests.town import edit


def codes(dossier: Path) -> list[str]:
    return [one.code for one in show_draft(dossier, dossier.with_name("draft.toml")).faults]


def test_what_it_would_do(klein: Path) -> None:
    made = drafted(klein, corrected()).value
    shown = show_draft(klein, klein.with_name("draft.toml")).value
    assert made is not None and shown is not None
    assert shown.draft == made.draft
    assert shown.proposed.difference == made.proposed.difference


def test_what_changed_meanwhile(klein: Path) -> None:
    """Another row may; the one that it is about may not."""
    assert drafted(klein, corrected()).value
    edit(klein, "budgets.csv", "60000.00", "61000.00")
    assert codes(klein) == []
    edit(klein, "budgets.csv", "32000.00", "32001.00")
    assert codes(klein) == ["J101"]


def test_what_is_gone(klein: Path) -> None:
    assert drafted(klein, corrected()).value
    lines = (klein / "budgets.csv").read_text("utf-8").splitlines(keepends=True)
    (klein / "budgets.csv").write_text("".join(one for one in lines if not one.startswith(ROW)), "utf-8")
    assert codes(klein) == ["J107"]


def test_no_draft(klein: Path) -> None:
    assert codes(klein) == ["I116"]
    klein.with_name("draft.toml").write_text("x", "utf-8")
    assert codes(klein) == ["J401"]
