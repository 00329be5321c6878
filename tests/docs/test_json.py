"""`docs/reference/json.md` against the program: real output has exactly the keys that are documented."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.pages import DataFile
from tests.docs.blocks import DOCS, blocks, run
from tests.importing.offers import export, row

PAGE = DOCS / "reference" / "json.md"
KLEIN = DOCS.parent / "examples" / "klein"
TEXT = "publications/jaarrekening-2025/index.md"
FREE: set[tuple[str, ...]] = {("adopted", "deliveries"), ("adopted", "rules")}  # keyed by what is in the dossier
FREE |= {("rules", "lines"), ("rules", "rules", "codes")}
FREE |= {("import", "open", "codes"), ("import", "open", "rule", "codes")}
ELSEWHERE = {("adopted", "years", "account"): "account", ("adopted", "years", "terms"): "terms"}


def shapes() -> dict[str, Any]:
    """The documented shapes by name."""
    page = PAGE.read_text("utf-8")
    found = {
        block.info.removeprefix("shape="): json.loads(block.text) for block in blocks(page) if block.language == "json"
    }
    for path, name in ELSEWHERE.items():
        found[path[0]][path[1]][0][path[2]] = found[name]
    return found


def paths(value: Any, here: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every path of keys in a JSON value; the items of a list stand on the path of the list."""
    if isinstance(value, list):
        for item in value:
            yield from paths(item, here)
    elif isinstance(value, dict) and here not in FREE:
        for key, inner in value.items():
            yield (*here, key)
            yield from paths(inner, (*here, key))


@pytest.fixture
def klein(tmp_path: Path) -> Path:
    """A copy of the example to spoil."""
    return Path(shutil.copytree(KLEIN, tmp_path / "klein"))


def assert_shape(name: str, printed: str) -> None:
    """What is printed and what is documented have the same paths of keys."""
    documented, real = set(paths(shapes()[name], (name,))), set(paths(json.loads(printed), (name,)))
    assert documented == real


def test_account(klein: Path) -> None:
    """Lines with own and total amounts, and the whole."""
    assert_shape("account", run(f"gebiedswerk account {klein} --year 2025 --json"))


def test_terms(klein: Path) -> None:
    """In 2025 every list of tranches has one somewhere: Noorderwijk opens with 2024, Binnenstad closes with 2025."""
    assert_shape("terms", run(f"gebiedswerk terms {klein} --year 2025 --json"))


def test_check(klein: Path) -> None:
    """With one false claim, so that a fault is there to see."""
    (klein / TEXT).write_text((KLEIN / TEXT).read_text("utf-8").replace("[4.425]", "[4.426]"), "utf-8")
    assert_shape("check", run(f"gebiedswerk check {klein} --json"))


def test_import(klein: Path) -> None:
    """Tried before and after the accounts are adopted, taken in, and offered once more: together all keys."""
    page = klein / "publications/jaarrekening-2025/publication.toml"
    page.write_text(re.sub("(?m)^as_of.*\n", "", page.read_text("utf-8")), "utf-8")
    moment = "--exported-at 2026-09-01T08:00:00"
    one_more = export(klein, row(500_000), row(2_000_000, "7110"), name="meer.csv")
    before = json.loads(run(f"gebiedswerk import {klein} {one_more} {moment} --dry-run --json"))
    assert {claim["written"] for claim in before["difference"]["claims"]} >= {"204.575"}
    words = f"gebiedswerk import {klein} {export(klein, row(500_000), row(10_000, '8000'))} {moment}"
    run(f"gebiedswerk adopt {klein} jaarrekening-2025 --on 2026-07-01 --decision R2026-07")
    found = [before, json.loads(run(f"{words} --dry-run --json"))]
    assert [one["code"] for one in found[1]["faults"]] == ["I105", "I106"]
    assert found[1]["open"][0]["rule"]["codes"] == {"cost_centre": "8000"}
    found.append(json.loads(run(f"{words} --accept --reason nagekomen --json")))
    assert Path(found[2]["landed"]).is_dir()
    found.append(json.loads(run(f"{words} --json")))
    assert found[3]["already"]["delivery"] == "nieuw-2026-09-01"
    file = DOCS / "tutorial" / "wilgendam-2025.csv"
    run(f"gebiedswerk import {klein} {file} --propose --profile pakket")
    found.append(json.loads(run(f"gebiedswerk import {klein} {file} --profile pakket --json")))
    assert {one["code"] for one in found[-1]["questions"]} == {"I150"}
    real = {path for one in found for path in paths(one, ("import",))}
    assert set(paths(shapes()["import"], ("import",))) == real


def test_rules(klein: Path) -> None:
    """Something that is asked, and something that landed by an answer."""
    attribution = klein / "attribution.csv"
    kept = [
        one for one in attribution.read_text("utf-8").splitlines(keepends=True) if not one.startswith(("binn", "noord"))
    ]
    attribution.write_text("".join(kept), "utf-8")
    found = json.loads(run(f"gebiedswerk rules {klein} --answer 7110=BIN --write --json"))
    assert found["questions"]
    real = set(paths(found, ("rules",)))
    assert set(paths(shapes()["rules"], ("rules",))) == real


def test_propose(klein: Path) -> None:
    """Where a profile could be written; without one the faults say why."""
    file = DOCS / "tutorial" / "wilgendam-2025.csv"
    assert_shape("propose", run(f"gebiedswerk import {klein} {file} --propose --profile p --json"))
    again = json.loads(run(f"gebiedswerk import {klein} {file} --propose --profile p --json"))
    assert again["proposal"] is None
    assert [one["code"] for one in again["faults"]] == ["I114"]


def test_trace(klein: Path) -> None:
    """And the value is the sum of factor times cents, as the page says."""
    printed = run(f"gebiedswerk trace {klein} result/OST@2025 --json")
    assert_shape("trace", printed)
    traced = json.loads(printed)
    assert sum(row["factor"] * row["cents"] for row in traced["postings"] if row["factor"]) == traced["value_cents"]


def test_adopted(klein: Path) -> None:
    """Each year of an adopted account has the shapes of account and terms."""
    run(f"gebiedswerk adopt {klein} jaarrekening-2025 --on 2026-07-01 --decision R2026-07")
    assert_shape("adopted", (klein / "publications/jaarrekening-2025/adopted.json").read_text("utf-8"))


def test_files_of_the_site(klein: Path) -> None:
    """The table of the account as JSON, and the columns of the postings, the terms and what these rest on."""
    made = make(open_dossier(klein))
    assert made is not None
    data = {file.path: file.content.decode() for file in made.data if isinstance(file, DataFile)}
    assert_shape("table", data["data/rekening-2025.json"])
    columns = {block.info: block.text for block in blocks(PAGE.read_text("utf-8")) if block.language == "csv"}
    names = {"postings": "boekingen", "terms": "bestedingstermijn-2025", "years": "jaren"}
    names |= {"rules": "termijnregels", "extensions": "verlengingen"}
    for kind, name in names.items():
        assert data[f"data/{name}.csv"].startswith(columns[f"columns={kind}"])
