"""A draft lands as it was made; what nobody knew of refuses it."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.apply_draft import apply_draft
from gebiedswerk.app.make_draft import DraftWords
from gebiedswerk.core.actor import Actor, By
from gebiedswerk.dossier.writing.journal import read_journal
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from tests.app.drafts import corrected, drafted
from tests.release.releases import tree
from tests.town import edit

BOSS = By(Actor("m18", "college"))


def applied(dossier: Path, name: str = "draft.toml", by: By = BOSS) -> list[str]:
    """The codes of the refusal; nothing has changed then."""
    before = tree(dossier)
    found = apply_draft(dossier, dossier.with_name(name), by)
    assert (found.value is not None) != (tree(dossier) == before)
    return [one.code for one in found.faults]


def test_it_lands_and_is_told(klein: Path) -> None:
    """Under whoever applies it, with the reason of the draft where none is given."""
    before = (klein / "budgets.csv").read_text("utf-8")
    assert drafted(klein, corrected()).value
    assert applied(klein) == []
    assert (klein / "budgets.csv").read_text("utf-8") == before.replace("32000.00", "33000.00", 1)
    told = read_journal(klein).in_order[-1]
    assert (told.actor, told.verb, told.reason) == (BOSS.actor, "draft", "Motie 12")
    assert not verify_journal(klein)


def test_once_is_all(klein: Path) -> None:
    assert drafted(klein, corrected()).value
    assert applied(klein) == []
    assert applied(klein) == ["J101"]


def test_two_that_are_right_apart_and_wrong_together(klein: Path) -> None:
    """One removes an area that the other puts a line in: the second is refused, with the fault."""
    area = DraftWords("add", "areas", values={"code": "OOST", "name": "Oost", "kind": "wijk"})
    assert drafted(klein, area, name="0").value
    assert applied(klein, "0") == []
    line = {"code": "POST", "name": "Oost", "area": "OOST", "year": "2025"}
    assert drafted(klein, DraftWords("add", "lines", values=line), name="1").value
    assert drafted(klein, DraftWords("remove", "areas", "OOST"), name="2").value
    assert applied(klein, "1") == []
    assert "D108" in applied(klein, "2")


def test_two_that_claim_the_same_postings(klein: Path) -> None:
    """No reader refuses that: what follows for the money does."""
    (klein / "attribution.csv").write_text(
        "".join(
            one
            for one in (klein / "attribution.csv").read_text("utf-8").splitlines(keepends=True)
            if not one.startswith("binnenstad,")
        ),
        "utf-8",
    )
    for name, line in (("1", "BIN"), ("2", "ALG")):
        rule = {"id": f"r{name}", "cost_centre": "7110", "line": line}
        assert drafted(klein, DraftWords("add", "attribution", values=rule), name=name).value
    assert applied(klein, "1") == []
    refused = applied(klein, "2")
    assert refused and all(code.startswith("A") for code in refused)


def test_an_error_that_was_known_is_no_hindrance(klein: Path) -> None:
    """What it makes of the texts was told when it was made."""
    edit(klein, "publications/jaarrekening-2025/publication.toml", "status", "status")
    found = drafted(klein, corrected("30000", row="P2025-BIN")).value
    assert found is not None
    assert applied(klein) == []


def test_nothing_of_a_dossier(tmp_path: Path) -> None:
    found = apply_draft(tmp_path / "nergens", tmp_path / "draft.toml", BOSS)
    assert [one.code for one in found.faults] == ["D101"]
