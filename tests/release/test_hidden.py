"""What was hidden stays hidden: what is published is held against all that was published at the same place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gebiedswerk.cli.main import main
from tests.release.releases import tree
from tests.release.towns import PRIVACY, Posting, Town, story

SEEDS = range(int(os.environ.get("TOWNS", "4")))


def january() -> list[Posting]:
    """One salary and seven bills, of people who are named by number."""
    bills = [Posting(f"b{at}", 1, "4300", "A", 1_000_003 * at + 11, f"{at}") for at in range(1, 8)]
    return [Posting("s1", 1, "4100", "A", 3_214_567, "900"), *bills]


def half_year() -> list[Posting]:
    """The same, and five more salaries: enough for a group of their own."""
    more = [Posting(f"s{at}", at, "4100", "A", 3_000_017 * at + 7, f"90{at}") for at in range(2, 7)]
    return [*january(), *more]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path).found()


def test_a_file_in_the_place_of_another_gives_no_salary_back(town: Town) -> None:
    """The group of January minus what the later file shows is one salary: refused, and the site stays as it was. With
    the old file beside the new one nothing can be had back.
    """
    town.deliver("boekingen", "2019-02-01", january())
    assert town.publish() == []
    before = tree(town.live)
    town.deliver("boekingen", "2019-07-01", half_year())
    assert [(one.code, one.value) for one in town.publish()] == [("Z132", "boekingen")]
    assert tree(town.live) == before
    town.deliver("eerder", "2019-02-01", january())
    assert town.publish() == []
    assert not town.told()
    assert not town.seen()


def test_without_the_comparison_it_does(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The attacker is not harmless."""
    monkeypatch.setattr("gebiedswerk.release.hidden.held_against", lambda now, then, dossier: [])
    town.deliver("boekingen", "2019-02-01", january())
    town.publish()
    town.deliver("boekingen", "2019-07-01", half_year())
    assert town.publish() == []
    assert frozenset({"900"}) in town.told()


def test_an_old_delivery_that_left_is_asked_for(town: Town) -> None:
    """Under another name, with the old folder gone: the file is named by its delivery and its hash."""
    town.deliver("januari", "2019-02-01", january())
    town.publish()
    town.remove("januari")
    town.deliver("juni", "2019-07-01", half_year())
    (refused,) = town.publish()
    assert (refused.code, refused.file, refused.value) == ("Z132", "deliveries/juni/delivery.toml", "januari")


def test_one_more_salary_is_the_difference_of_two_totals(town: Town) -> None:
    """Both totals are public; who accepts it says why."""
    old = [Posting(f"s{at}", 1, "4100", "A", 3_000_017 * at + 7, f"90{at}") for at in range(5)]
    town.deliver("een", "2019-02-01", old)
    town.publish()
    town.deliver("twee", "2019-03-01", [*old, Posting("s9", 2, "4100", "A", 3_214_567, "999")])
    (refused,) = town.publish()
    assert (refused.code, refused.value, dict(refused.facts)["found"]) == ("Z131", "A", 1)
    (town.dossier / "privacy_accepted.csv").write_text(
        "id,kind,line,year,reason,who,accepted_on\n1,difference,A,2019,Openbaar,FG,2019-03-02\n"
    )
    assert town.publish() == []


def test_a_salary_that_was_seen_in_no_group_is_hidden_by_no_block_that_goes(town: Town) -> None:
    """A block is taken away: its postings would be seen one by one."""
    town.deliver("een", "2019-02-01", january())
    town.publish()
    town.set_privacy("[privacy]\nblock = []\n")
    assert [(one.code, one.value) for one in town.publish()] == [("Z133", "A")]
    town.set_privacy(PRIVACY.format(smallest=3))
    assert town.publish() == []


def test_a_memory_that_is_gone_or_broken_is_said(town: Town) -> None:
    """A site of an older version, and bytes that are no table."""
    town.deliver("een", "2019-02-01", january())
    town.publish()
    (town.live / "live" / "partings.parquet").write_bytes(b"PAR1")
    assert [one.code for one in town.publish()] == ["Z134"]
    (town.live / "live" / "partings.parquet").unlink()
    assert [one.code for one in town.publish()] == ["Z134"]


def test_the_command_says_what_to_do(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.deliver("een", "2019-02-01", january())
    assert main(["publish", str(town.dossier), "--to", str(town.live)]) == 0
    town.deliver("een", "2019-07-01", half_year())
    assert main(["publish", str(town.dossier), "--to", str(town.live)]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "Zet dat bestand terug als aanlevering" in said


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_kept_every_file_has_no_salary_back(seed: int, tmp_path: Path) -> None:
    """What is published is safe, whatever was refused; `make walk-hidden` walks over many more towns."""
    for how, town, faults in story(seed, tmp_path):
        assert {one.code for one in faults} <= {"V106", "V110", "Z131", "Z132", "Z133"}, faults
        assert not town.told(), (seed, how)
        assert not town.seen(), (seed, how)
