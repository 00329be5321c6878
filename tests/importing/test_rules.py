"""The verb `rules`: from postings without a rule to rules that all go together, with commands and answers only."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.app.import_file import import_file
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.core.matching import parse_pattern
from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.importing import RulesFound, Wanted, rules, suggest_rules, write_rules
from gebiedswerk.importing.suggest import Suggestion
from gebiedswerk.language.messages import Messages
from tests.conftest import ROOT

CASES = ROOT.parent / "shared" / "cases"
HEADER = "Boekjaar;Periode;Boekdatum;Grootboek;Kostenplaats;Naam kostenplaats;Categorie;Omschrijving;Debet;Credit"
MOMENT = datetime(2026, 9, 1, 8)  # noqa: DTZ001 - moments in a dossier have no zone


def posting(centre: str, name: str = "", account: str = "43800", category: str = "3.8", euros: int = 100) -> str:
    return f"2025;3;12-03-2025;{account};{centre};{name};{category};Post;{euros},00;"


def bare(klein: Path, *rows: str) -> Path:
    """The town without deliveries but one with these rows, which waits for rules."""
    for folder in (klein / "deliveries").iterdir():
        shutil.rmtree(folder)
    profile = klein / "profiles" / "grootboek.toml"
    text = profile.read_text("utf-8").replace('"windows-1252"', '"utf-8"')
    profile.write_text(f"empty_codes = true\n{text}", "utf-8")
    file = klein.parent / "export.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    done = import_file(klein, Wanted(file, administration="WD", exported_at=MOMENT, accepted="proef"), Messages("nl"))
    assert done.landed is not None, done.faults
    return klein


def told(found: RulesFound) -> dict[str, str]:
    """First code of each rule → where it goes, `?` where that is asked."""
    return {
        one.rule.codes[0][1]: "?" if one.target is None else one.target.line or one.target.key or one.target.reason
        for one in found.rules
    }


def open_codes(dossier: Path) -> list[str]:
    return [one.code for one in open_dossier(dossier).faults if one.code in ("A101", "A102", "A103", "A108")]


def test_the_words_of_the_file_tell_the_line(klein: Path) -> None:
    """The name of a cost centre is that of a line, alone or beside words of every area; anything else is asked."""
    dossier = bare(
        klein,
        posting("8001", "Noorderwijk"),
        posting("8002", "Wijkbudget Binnenstad"),
        posting("8003", "Parkeergarage Binnenstad"),
        posting("8004", "Openbaar groen"),
        posting("8005", "Binnenstad en Noorderwijk"),
    )
    assert told(suggest_rules(dossier)) == {"8001": "NRD", "8002": "BIN", "8003": "?", "8004": "?", "8005": "?"}
    asked = {rule.codes[0][1]: rule.line for rule in suggest_rules(dossier).asked}
    assert asked == {"8003": "BIN", "8004": "", "8005": ""}


def test_what_is_told_lands_and_the_rest_stays_an_error(klein: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 as long as something is asked; the table keeps its rows, and gets those that are known."""
    dossier = bare(klein, posting("8001", "Noorderwijk"), posting("8004", "Openbaar groen"))
    before = (dossier / "attribution.csv").read_text("utf-8")
    assert main(["rules", str(dossier), "--write"]) == 1
    assert "wordt gevraagd" in capsys.readouterr().out
    after = (dossier / "attribution.csv").read_text("utf-8")
    assert after.startswith(before)
    assert after.removeprefix(before) == "8001,8001,NRD,,\n"
    assert open_codes(dossier) == ["A102"]
    assert main(["rules", str(dossier), "--answer", "8004=buiten: openbaar groen", "--write"]) == 0
    assert open_codes(dossier) == []
    assert main(["rules", str(dossier)]) == 0


def test_the_questions_as_json(klein: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its key, choices and the option that answers it."""
    dossier = bare(klein, posting("8003", "Parkeergarage Binnenstad"))
    assert main(["rules", str(dossier), "--json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    (question,) = printed["questions"]
    assert question["key"] == "8003"
    assert question["proposed"] == "BIN"
    assert question["option"] == "--answer 8003=BIN"
    assert question["file"] == "attribution.csv"
    assert {"key": "8003", "value": "NRD", "means": "Noorderwijk"} in question["choices"]


def test_answers_by_code_range_beginning_and_all(klein: Path) -> None:
    """The nearest one counts; a beginning lands as it is where it takes nothing of another, `*` as codes."""
    rows = [posting(centre) for centre in ("8101", "8102", "8103", "8250", "9001", "9002", "9003", "9100")]
    dossier = bare(klein, *rows)
    answers = [("81*", "NRD"), ("8102", "HAV"), ("*", "buiten: geen gebied"), ("9001..9002", "BIN")]
    found = write_rules(dossier, answers)
    assert told(found)["8102"] == "HAV"
    table = read_table(dossier / "attribution.csv", TABLES["attribution"])[0]
    landed = {(row.cost_centre.low, row.cost_centre.high): row.line for row in table[-found.count :]}
    assert landed == {
        ("81", None): "NRD",
        ("8102", "8102"): "HAV",
        ("9001", "9002"): "BIN",
        ("8250", "8250"): None,
        ("9003", "9003"): None,
        ("9100", "9100"): None,
    }
    assert open_codes(dossier) == []


@pytest.mark.parametrize(
    "answer", [("8004", "NERGENS"), ("8004", "buiten:"), ("8004", ""), ("7777", "NRD"), ("7*7", "NRD")]
)
def test_an_answer_that_means_nothing_lands_nothing(klein: Path, answer: tuple[str, str]) -> None:
    dossier = bare(klein, posting("8001", "Noorderwijk"), posting("8004"))
    before = (dossier / "attribution.csv").read_bytes()
    found = write_rules(dossier, [answer])
    assert {one.code for one in found.faults} & {"I190", "I191"}
    assert found.landed is None
    assert (dossier / "attribution.csv").read_bytes() == before


def test_no_rule_for_codes_that_no_table_can_hold(klein: Path) -> None:
    """They stay an error; the others get theirs."""
    dossier = bare(klein, posting("80*1"), posting("8002"))
    assert told(suggest_rules(dossier)) == {"8002": "?"}


def test_what_would_clash_never_lands(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """I192, the guard behind the suggestions: two rules for one posting, and nothing is written."""
    dossier = bare(klein, posting("8001"), posting("8002", account="81000"))
    before = (dossier / "attribution.csv").read_bytes()
    wrong = [Suggestion((("cost_centre", parse_pattern("8001")),), frozenset([0]))]
    wrong += [Suggestion((("ledger_account", parse_pattern("43800")),), frozenset([1]))]
    monkeypatch.setattr(rules, "shorter", lambda *_: wrong)
    found = write_rules(dossier, [("*", "NRD")])
    assert [one.code for one in found.faults] == ["I192"]
    assert (dossier / "attribution.csv").read_bytes() == before


CENTRES = st.sampled_from(["", "7110", "7120", "8001", "8002", "8003", "8004", "X-1", "X-2", "X-3"])
POSTINGS = st.lists(
    st.tuples(CENTRES, st.sampled_from(["43800", "43801", "81000"]), st.sampled_from(["3.8", "1.1", ""])),
    min_size=1,
    max_size=20,
)
CELLS = st.sampled_from(["", "", "71*", "8001", "8001..8003", "43*", "43800", "3.8", ".."])
EXISTING = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4)
ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["80*", "8001", "8001..8004", "X-*", "43800", "71*", "3.8"]),
        st.sampled_from(["NRD", "BIN", "inwoners", "buiten: nee"]),
    ),
    max_size=4,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(POSTINGS, EXISTING, ANSWERS)
def test_every_posting_in_one_place_and_those_that_had_one_in_the_same(
    klein: Path,
    tmp_path_factory: pytest.TempPathFactory,
    postings: list[tuple[str, str, str]],
    existing: list[tuple[str, str, str]],
    answers: list[tuple[str, str]],
) -> None:
    """Whatever rules there are: with `*` answered all that was open has exactly one rule, to the cent.

    No amount is the sum of those above it: such a row might be a total.
    """
    dossier = tmp_path_factory.mktemp("rules") / "d"
    shutil.copytree(klein, dossier)
    profile = dossier / "profiles/grootboek.toml"  # an empty code is no code: nobody is asked whether rows are groups
    profile.write_text(f"fill_down = []\n{profile.read_text('utf-8')}", "utf-8")
    rows = [
        f"r{at},{centre},{account},{category},HAV,,"
        for at, (centre, account, category) in enumerate(existing)
        if centre or account or category
    ]
    (dossier / "attribution.csv").write_text(
        "\n".join(["id,cost_centre,ledger_account,category,line,key,out_of_scope", *rows]) + "\n", "utf-8"
    )
    bare(
        dossier,
        *(posting(centre, "", account, category, 2**at) for at, (centre, account, category) in enumerate(postings)),
    )
    before = open_dossier(dossier)
    unknown = {
        key
        for one in suggest_rules(dossier, list(dict(answers).items())).faults
        if one.code == "I191"
        for key in [one.value]
    }
    meant = [(key, value) for key, value in dict(answers).items() if key not in unknown]
    found = write_rules(dossier, [*meant, ("*", "NRD")])
    if {one.code for one in found.faults} == {"I191"}:  # nothing is left for `*`
        found = write_rules(dossier, meant)
    assert found.faults == ()
    assert found.asked == []
    after = open_dossier(dossier)
    clashes = [one.code for one in before.faults if one.code == "A101"]
    assert [one.code for one in after.faults if one.code in ("A101", "A102", "A103", "A106")] == clashes
    (was,), (now,) = before.deliveries, after.deliveries
    assert now.open_cents == 0
    assert (
        was.attributed_cents + was.out_of_scope_cents + was.open_cents == now.attributed_cents + now.out_of_scope_cents
    )


@pytest.mark.skipif(not CASES.is_dir(), reason="the folder with cases is not beside this checkout")
@pytest.mark.parametrize(
    ("file", "columns"),
    [
        (
            "conflicting.csv",
            {"year": "Boekjaar", "period": "Periode", "cost_centre": "Kostenplaats", "ledger_account": "Grootboek"},
        ),
        (
            "codes-with-names.csv",
            {"period": "Periode", "cost_centre": "Kostenplaats", "ledger_account": "Grootboekrekening"},
        ),
    ],
)
def test_cases_with_all_suggested_rules_together(tmp_path: Path, file: str, columns: dict[str, str]) -> None:
    """Rules that clashed, and codes with their name in one cell: every posting ends in one place."""
    dossier = tmp_path / "d"
    shutil.copytree(CASES / "base" / "dossier", dossier)
    named = "\n".join(f'{ours} = "{theirs}"' for ours, theirs in {**columns, "amount": "Bedrag"}.items())
    text = 'encoding = "utf-8"\nnegative_costs = false\nunlabelled_totals = false\n'
    text += f'[columns]\n{named}\n[flows]\ncolumn = "{columns["ledger_account"]}"\nincome = ["8*"]\n'
    (dossier / "profiles" / "grootboek.toml").write_text(text, "utf-8")
    wanted = Wanted(CASES / "imports" / file, administration="WD", years=(2025,), exported_at=MOMENT)
    assert import_file(dossier, wanted, Messages("nl")).landed is not None
    shown = suggest_rules(dossier)
    answers = [(one.rule.codes[0][1], "BIN") for one in shown.rules]
    found = write_rules(dossier, answers)
    assert found.faults == ()
    assert open_codes(dossier) == []
    (delivery,) = open_dossier(dossier).deliveries
    assert delivery.open_cents == 0
    assert delivery.attributed_cents == delivery.debit_cents - delivery.credit_cents
    table = read_table(dossier / "attribution.csv", TABLES["attribution"])[0]
    assert [row.id for row in table[-found.count :]] == [one.rule.id for one in found.rules]
