"""What the how-to pages show is true: tables and settings that can be read, claims that hold, a profile that fits."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gebiedswerk.app.new import new
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.work import WORK_TABLES
from tests.docs.blocks import DOCS, blocks
from tests.work import with_work

PAGES = sorted((DOCS / "how-to").glob("*.md"))
KLEIN = DOCS.parent / "examples" / "klein"
FILES = {table.file: table for table in (*TABLES.values(), *WORK_TABLES.values())}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tables_can_be_read(page: Path, tmp_path: Path) -> None:
    """Every table on the page has the right columns and cells."""
    for block in blocks(page.read_text("utf-8")):
        if block.language == "csv" and block.file in FILES:
            (tmp_path / block.file).parent.mkdir(exist_ok=True)
            (tmp_path / block.file).write_text(block.text, "utf-8")
            rows, faults = read_table(tmp_path / block.file, FILES[block.file])
            assert rows, block.text
            assert not faults, block.text


def test_the_shapes_are_read(klein: Path) -> None:
    """Shapes, parts and tiles of the page about maps, in the example: two areas have no shape, and nothing else."""
    for block in blocks((DOCS / "how-to" / "draw-a-map.md").read_text("utf-8")):
        if block.file is not None:
            (klein / block.file).parent.mkdir(exist_ok=True)
            (klein / block.file).write_text(block.text, "utf-8")
    assert [(found.code, found.value) for found in open_dossier(klein).faults] == [("G110", "HAV"), ("G110", "OST")]


def test_the_work_fits_together(klein: Path) -> None:
    """All tables of the page about work, in the example: nothing is wrong but that no posting has the code yet."""
    with_work(klein)
    assert [found.code for found in open_dossier(klein).faults] == ["W106"]


@pytest.mark.parametrize(("page", "least"), [("docs/how-to/write-a-claim.md", 8), ("README.md", 3)])
def test_claims_hold(page: str, least: int, tmp_path: Path) -> None:
    """The Markdown on a page, put together as the text of the example: all claims true, no other fault."""
    dossier = Path(shutil.copytree(KLEIN, tmp_path / "klein"))
    texts = [block.text for block in blocks((DOCS.parent / page).read_text("utf-8")) if block.language == "markdown"]
    (dossier / "publications/jaarrekening-2025/index.md").write_text("\n".join(texts), "utf-8")
    opened = open_dossier(dossier)
    assert len(opened.texts[0].claims) >= least
    assert opened.faults == ()


def test_the_profile_fits_its_export(tmp_path: Path) -> None:
    """The export on the page, read through the profile on the page, gives 1.250,00 of costs and 200,00 of income."""
    dossier = tmp_path / "town"
    assert new(dossier) == ()
    shutil.rmtree(dossier / "deliveries" / "grootboek")
    shutil.rmtree(dossier / "publications")
    for block in blocks((DOCS / "how-to" / "read-another-package.md").read_text("utf-8")):
        if block.file is not None:
            (dossier / block.file).parent.mkdir(parents=True, exist_ok=True)
            (dossier / block.file).write_text(block.text, "utf-8")
    opened = open_dossier(dossier)
    assert {one.code for one in opened.faults} == {"D187"}
    assert opened.newest is not None
    amounts = opened.newest.account.years[2025].grand_total
    assert (amounts.costs, amounts.income) == (125_000, 20_000)
