"""What is not attributed yet: largest first, with a rule that does what it says."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.importing import OpenGroup, imported_text
from gebiedswerk.importing.unattributed import ProposedRule
from tests.importing.offers import NL, export, row, run, trial
from tests.town import append

ROWS = (row(2_345, "7125"), row(502_345, "8000"), row(112_345, "7125", category="3.1"), row(-1, "7125"))


def rule_of(group: OpenGroup) -> ProposedRule:
    assert group.rule is not None
    return group.rule


def test_largest_first_with_a_rule_each(klein: Path) -> None:
    """By cost centre and category; the rule is by cost centre, and takes its line from the nearest one."""
    groups = trial(klein, export(klein, *ROWS)).open
    assert [(dict(group.codes), group.cents, group.postings) for group in groups] == [
        ({"cost_centre": "8000", "category": "3.8"}, 502_345, 1),
        ({"cost_centre": "7125", "category": "3.1"}, 112_345, 1),
        ({"cost_centre": "7125", "category": "3.8"}, 2_344, 2),
    ]
    far, near = rule_of(groups[0]), rule_of(groups[1])
    assert (far.line, far.cents, far.postings) == ("", 502_345, 1)
    assert (near.id, near.line, near.like, near.cents, near.postings) == ("7125", "NRD", "noorderwijk", 114_689, 3)
    assert groups[2].rule == near


def test_it_is_told_with_a_row_to_paste(klein: Path) -> None:
    """The row has the columns of the table; it is said once, and does what it says."""
    said = list(imported_text(run(klein, export(klein, *ROWS)), klein, NL))
    assert "Nog niet toegewezen: 6.170,34 euro, boekingen: 4." in said
    (at,) = [at for at, line in enumerate(said) if line.strip() == "7125,7125,NRD,,"]
    assert "wijst 1.146,89 euro toe, boekingen: 3" in said[at - 1]
    append(klein, "attribution.csv", "7125,7125,NRD,,")
    append(klein, "attribution.csv", "elders,8000,,,Geen gebied")
    (delivery,) = [one for one in open_dossier(klein).deliveries if one.id == "nieuw-2026-09-01"]
    assert delivery.open_cents == 0
    assert delivery.out_of_scope_cents == 2_469_134 + 502_345


def test_a_cost_centre_that_has_a_rule_elsewhere_gets_a_narrower_one(klein: Path) -> None:
    """Rules that would claim one posting together are not proposed."""
    text = (
        (klein / "attribution.csv").read_text("utf-8").replace("noorderwijk,7120,NRD,,", "noorderwijk,7120,3.8,NRD,,")
    )
    rows = text.splitlines()
    wide = [rows[0].replace("cost_centre,", "cost_centre,category,")]
    wide += [
        one if ",3.8," in one else one.replace(",", ",§", 1).replace(",", ",,", 2).replace(",,§", ",")
        for one in rows[1:]
    ]
    fixed = [one if ",3.8," in one else _with_empty_category(one) for one in rows[1:]]
    (klein / "attribution.csv").write_text("\n".join([wide[0], *fixed]) + "\n", "utf-8")
    groups = trial(klein, export(klein, row(100, "7120", category="9.9"))).open
    rule = next(rule_of(group) for group in groups if dict(group.codes)["category"] == "9.9")
    assert dict(rule.codes) == {"cost_centre": "7120", "category": "9.9"}
    assert (rule.line, rule.cents) == ("NRD", 100)


def _with_empty_category(line: str) -> str:
    name, centre, rest = line.split(",", 2)
    return f"{name},{centre},,{rest}"


def test_a_table_without_the_column_gets_the_names(klein: Path) -> None:
    """Where the row does not fit the table, each value stands with its column; `..`: only without a cost centre."""
    profile = klein / "profiles/grootboek.toml"
    profile.write_text(f"empty_codes = true\n{profile.read_text('utf-8')}", "utf-8")
    said = "\n".join(imported_text(run(klein, export(klein, row(100, ""))), klein, NL))
    assert "id=3.8-43800,category=3.8,ledger_account=43800,cost_centre=..,line=?" in said
