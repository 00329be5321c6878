"""The fiscal year that stands above a table and nowhere in it: suggested, and confirmed by a person."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from gebiedswerk.app.import_file import import_file
from gebiedswerk.app.propose_profile import propose_profile
from gebiedswerk.formats.titles import years_said
from gebiedswerk.importing import Wanted
from gebiedswerk.language.messages import Messages
from tests.conftest import KLEIN

MOMENT = datetime(2026, 1, 10, 10)  # noqa: DTZ001 - moments in a dossier have no zone
HEADER = "Periode;Boekdatum;Grootboek;Kostenplaats;Bedrag"


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Boekjaar: 2025", (2025,)),
        ("Boekjaar 2024 en 2025", (2024, 2025)),
        ("Jaarrekening 2025", (2025,)),
        ("Periode 01-01-2025 t/m 31-12-2025", (2025,)),
        ("Van 1-7-2024 tot 30-6-2025", (2024, 2025)),
        ("Fiscal year 2025", (2025,)),
        ("Afgedrukt op 10-01-2026", ()),
        ("Datum: 10-01-2026", ()),
        ("Boekjaar 2025, afgedrukt op 10-01-2026", (2025,)),
        ("Rekening 20251 van 12025", ()),
        ("Mutaties gemeente Dorp", ()),
    ],
)
def test_a_title_names_years_or_none(title: str, years: tuple[int, ...]) -> None:
    """The day on which somebody printed it is no fiscal year."""
    assert years_said([title]) == years


@pytest.mark.parametrize(
    ("title", "day", "proposed"),
    [
        ("Boekjaar: 2025", "12-03-2025", "2025"),
        ("Boekjaar: 2025", "", "2025"),
        ("Mutaties", "12-03-2025", "2025"),
        ("Boekjaar: 2024", "12-03-2025", None),
        ("Mutaties", "", None),
    ],
)
def test_the_year_of_the_title_is_suggested(tmp_path: Path, title: str, day: str, proposed: str | None) -> None:
    """Asked all the same; where the title and the days contradict each other nothing is suggested."""
    dossier, file = tmp_path / "d", tmp_path / "export.csv"
    shutil.copytree(KLEIN, dossier)
    rows = "\n".join(f"{month};{day};43800;710{month};{month}00,00" for month in (1, 2, 3))
    file.write_text(f"{title}\n\n{HEADER}\n{rows}\n", "utf-8")
    assert propose_profile(dossier, file, "p", Messages("nl")).value is not None
    answers = (("flows.income", ""),)
    found = import_file(
        dossier, Wanted(file, "p", administration="WD", exported_at=MOMENT, answers=answers), Messages("nl")
    )
    assert found.landed is None
    assert [one.proposed for one in found.questions if one.key == "years"] == [proposed]
