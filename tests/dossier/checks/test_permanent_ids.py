"""Each row of a table whose key people edit has an id, once."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.dossier import read
from tests.town import edit

LETTERS = "id,area,sent_on,title\nN1,NRD,2025-03-01,Lente\n{id},NRD,2025-06-01,Zomer\n"


def faults(path: Path, ident: str) -> list[tuple[str, str | None, int | None]]:
    (path / "work").mkdir(exist_ok=True)
    (path / "work" / "newsletters.csv").write_text(LETTERS.format(id=ident), "utf-8")
    return [(one.code, one.column, one.row) for one in read(path).faults]


def test_an_id_is_needed_from_format_2_on_and_is_its_own(klein: Path) -> None:
    """Missing is allowed in format 1; the same one twice never."""
    assert faults(klein, "N2") == []
    assert faults(klein, "") == [("J501", "id", 3)]
    edit(klein, "dossier.toml", "format = 2", "format = 1")
    assert faults(klein, "") == []
    assert faults(klein, "N1") == [("D107", "id", 3)]
