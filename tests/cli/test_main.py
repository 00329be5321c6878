"""The command line: shapes, exit codes, languages, and a start without third-party modules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gebiedswerk import __version__
from gebiedswerk.cli.main import SELDOM, main
from tests.conftest import KLEIN
from tests.town import DELIVERY, edit

Captured = pytest.CaptureFixture[str]


def test_version_imports_nothing_third_party() -> None:
    """`--version` needs the standard library and our own face only."""
    script = (
        "import sys; from gebiedswerk.cli.main import main\n"
        "try: main(['--version'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    version, modules = done.stdout.splitlines()
    assert version == f"gebiedswerk {__version__}"
    foreign = {"polars", "rich", "jinja2", "markdown_it", "networkx"}
    assert not foreign & {name.split(".")[0] for name in modules.split()}


def test_a_command_seldom_looks_for_what_can_go() -> None:
    """It keeps nearly all it makes until it ends."""
    script = (
        "import gc; from gebiedswerk.cli.main import main\n"
        "try: main(['--version'])\nexcept SystemExit: print(gc.get_threshold())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1].startswith(f"({SELDOM}, ")


def test_check_is_fine(capsys: Captured) -> None:
    assert main(["check", str(KLEIN)]) == 0
    assert "Alles klopt" in capsys.readouterr().out


def test_check_json(klein: Path, capsys: Captured) -> None:
    """Faults with place, message and remedy; deliveries with their sums."""
    edit(klein, f"{DELIVERY}/delivery.toml", "lines = 62", "lines = 63")
    assert main(["check", str(klein), "--json", "--lang", "en"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["format"] == 1
    (one,) = found["faults"]
    assert list(one) == ["code", "severity", "file", "row", "column", "value", "message", "remedy"]
    assert (one["code"], one["severity"], one["column"], one["value"]) == ("L111", "error", "control.lines", "63")
    (delivery,) = found["deliveries"]
    assert delivery["lines"] == 62
    assert delivery["debit_cents"] - delivery["credit_cents"] == sum(
        delivery[name] for name in ("attributed_cents", "out_of_scope_cents", "balance_cents", "open_cents")
    )


@pytest.mark.parametrize("command", ["account", "terms"])
def test_a_year_that_is_not_there(command: str, capsys: Captured) -> None:
    assert main([command, str(KLEIN), "--year", "1999"]) == 2
    assert "Er is geen rekening van 1999" in capsys.readouterr().err


def test_account_json_adds_up(capsys: Captured) -> None:
    """Totals are own amounts with those below; realised = costs − income; result = budget − realised."""
    assert main(["account", str(KLEIN), "--year", "2025", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    lines = {line["code"]: line for line in found["lines"]}
    for name in found["total"]:
        assert sum(line["own"][name] for line in lines.values()) == found["total"][name]
        assert lines["OST"]["total"][name] == lines["OST"]["own"][name] + lines["OST-W"]["own"][name]
    for line in (*lines.values(), {"own": found["total"], "total": found["total"]}):
        for part in (line["own"], line["total"]):
            assert part["realised_cents"] == part["costs_cents"] - part["income_cents"]
            assert part["result_cents"] == part["budget_cents"] - part["realised_cents"]
            moved = part["reserve_in_cents"] - part["reserve_out_cents"]
            assert part["realised_after_cents"] == part["realised_cents"] + moved
            assert part["result_after_cents"] == part["budget_after_cents"] - part["realised_after_cents"]


def test_trace_json_adds_up(capsys: Captured) -> None:
    """The postings with their factors make the value."""
    for figure in (
        "result/total@2025",
        "costs/OST@2025",
        "budget/area:OST@2025",
        "income/OST@2025",
        "amended/OST-W@2025",
        "reserve_out/total@2025",
        "result_after/HAV@2025",
    ):
        assert main(["trace", str(KLEIN), figure, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        factors = [(row["factor"] or 0) * row["cents"] for row in found["postings"]]
        assert sum(factors) == found["value_cents"], figure


def test_trace_of_nothing(capsys: Captured) -> None:
    assert main(["trace", str(KLEIN), "result/nobody"]) == 1
    assert "F101" in capsys.readouterr().err


def test_every_command_has_help_in_both_languages(capsys: Captured) -> None:
    """Help with an example, in the language asked for."""
    for command in (
        "new",
        "import",
        "check",
        "account",
        "terms",
        "trace",
        "text",
        "build",
        "serve",
        "adopt",
        "freeze",
        "verify",
    ):
        for language, word in (("nl", "voorbeeld:"), ("en", "example:")):
            with pytest.raises(SystemExit) as stopped:
                main([command, "--lang", language, "--help"])
            assert stopped.value.code == 0
            assert word in capsys.readouterr().out


def test_wrong_use_is_two(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["check"])
    assert stopped.value.code == 2
    assert "deze argumenten ontbreken: dossier" in capsys.readouterr().err


def test_new_makes_a_dossier_that_is_right_at_once(tmp_path: Path, capsys: Captured) -> None:
    """No faults, and never over something else."""
    assert main(["new", str(tmp_path / "mine")]) == 0
    assert main(["check", str(tmp_path / "mine")]) == 0
    assert main(["new", str(tmp_path / "mine")]) == 1
    assert "B102" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["account", "--year", "2025"], ["terms", "--year", "2025"], ["terms", "--year", "2025", "--lapsing"]]
)
def test_tables_show_euros(words: list[str], capsys: Captured) -> None:
    """Readable tables, Dutch amounts."""
    assert main([words[0], str(KLEIN), *words[1:]]) == 0
    out = capsys.readouterr().out
    assert "2.000,00" in out or "209.000,00" in out


def test_text_lists_every_claim(capsys: Captured) -> None:
    assert main(["text", str(KLEIN)]) == 0
    assert capsys.readouterr().out.count("klopt") >= 12


def test_a_refused_build_says_so(klein: Path, tmp_path: Path, capsys: Captured) -> None:
    edit(klein, f"{DELIVERY}/delivery.toml", "lines = 62", "lines = 63")
    assert main(["build", str(klein), "--out", str(tmp_path / "out")]) == 1
    assert "Er is niets gepubliceerd" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
