"""The registry of formats: each importer is tried by the tests over every form of file."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.formats.registry import IMPORTERS, importer_for
from tests.formats.forms import FORMS, write_form

ROWS = [["2025", "1", "4300", "7110", "Huur", "1,00"]]


def test_every_format_is_among_the_forms(tmp_path: Path) -> None:
    """A new format that no form is of would be tried by none of the tests over all of them."""
    head = ["Boekjaar", "Periode", "Grootboekrekening", "Kostenplaats", "Omschrijving", "Bedrag"]
    tried = set()
    for form in FORMS:
        folder = tmp_path / form.replace(" ", "-")
        folder.mkdir()
        found = importer_for(write_form(form, folder, [head, *ROWS]), "f")
        assert found.value is not None, (form, found.faults)
        tried.add(found.value.name)
    assert tried == {one.name for one in IMPORTERS}
