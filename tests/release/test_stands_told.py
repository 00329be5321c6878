"""A stand with orders and grants of more years: its release is made again, and its files are recomputed by SQL."""

from __future__ import annotations

from pathlib import Path

from tests.blocks.test_stands import DECEMBER, Stood, town
from tests.opendata.test_verify_sql import verdict
from tests.release.releases import wrong
from tests.release.test_remade import frozen_of
from tests.small import PROFILE, put

KINDS = 'commitment_kind = "Soort"\n[commitment_kinds]\norder = ["I"]\ngrant = ["S"]\n[flows]'
JUNE: Stood = (
    "june",
    [2018, 2019, 2020],
    "[6]",
    "2020-07-03T10:00:00",
    [(2019, "W", 55), (2020, "W", 80), (2018, "W", 5)],
)
PUBLICATION = """\
kind = "accounts"
year = 2019
title = "T"
status = "published"
as_of = 2020-05-01T10:00:00
published_at = 2020-05-01T10:00:00
"""


def test_a_release_with_them_holds(tmp_path: Path) -> None:
    """Rows that are shown and rows that are hidden, under a rule that keeps what is promised."""
    dossier = town(tmp_path / "town", DECEMBER, JUNE, term='years = 1\nexpiry = "keep-committed"')
    put(dossier, "profiles/kinds.toml", PROFILE.replace("[flows]", KINDS))
    head, *rows = (dossier / "deliveries/june/f.csv").read_text("utf-8").splitlines()
    written = [f"{head};Soort", *(f"{row};{kind}" for row, kind in zip(rows, "ISI", strict=True))]
    put(dossier, "deliveries/june/f.csv", "\n".join(written))
    toml = (dossier / "deliveries/june/delivery.toml").read_text("utf-8").replace('profile = "p"', 'profile = "kinds"')
    put(dossier, "deliveries/june/delivery.toml", f'{toml}public_decision = "C"\npublic_columns = ["description"]\n')
    put(dossier, "dossier.toml", (dossier / "dossier.toml").read_text("utf-8") + "[privacy]\nblock = []\n")
    put(dossier, "publications/a/publication.toml", PUBLICATION)
    put(dossier, "publications/a/index.md", "# De rekening\n\nDit is de rekening.\n\n![Kop](table:account)\n")
    release = frozen_of(dossier, tmp_path / "frozen")
    assert wrong(release) == []
    (data,) = {file.parent for file in release.rglob("data/rekening-2020.csv")}
    assert verdict(data) == "all is well"
    posted = (data / "boekingen.csv").read_text("utf-8")
    assert "june:2,W,2020,6,6,order,costs,5500" in posted and "june:3,W,2020,6,6,grant,costs,8000" in posted
