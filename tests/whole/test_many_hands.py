"""Two who write, one who reads all the time, and someone who kills them: only whole versions, and nothing is lost.

`make walk-hands` does it a thousand times.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier import read
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.journal import read_journal
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from tests.conftest import KLEIN, ROOT
from tests.whole.hands import change, pair

TIMES = int(os.environ.get("HANDS", "24"))
"""So many changes in all."""
LIVES = 4
"""A life of a writer makes so many changes at most, and is often cut short."""


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.whole.hands", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_only_whole_versions_are_seen_and_nothing_is_lost(tmp_path: Path) -> None:
    dossier = Path(shutil.copytree(KLEIN, tmp_path / "dossier"))
    assert apply(dossier, change(pair(dossier), "begin"), Actor("m0"), "begin").value
    reader = start("read", str(dossier))
    chance = random.Random(TIMES)
    done: list[str] = []
    killed = life = 0
    while len(done) < TIMES:
        writers = [start("write", str(dossier), f"m{life}-{at}", str(LIVES)) for at in (1, 2)]
        life += 1
        time.sleep(chance.uniform(0.4, 1.2))
        for one in writers:
            if chance.random() < 0.7:
                one.send_signal(signal.SIGKILL)
                killed += 1
        for one in writers:
            printed = one.communicate()[0].splitlines()
            assert not [line for line in printed if line.startswith("!")], printed
            done += printed
    dossier.with_name("stop").touch()
    seen = reader.communicate()[0].splitlines()
    assert [line for line in seen if line.startswith("!")] == []
    assert int(seen[-1]) > 0
    found = read(dossier)
    assert found.value is not None
    assert not verify_journal(dossier)
    told = [entry for entry in read_journal(dossier).in_order if entry.kind == "change"]
    ends = [entry.actor.id + " " + entry.reason.removeprefix("keer ") for entry in told[1:]]
    assert set(done) <= set(ends)  # who is killed before it can say so has changed it nevertheless
    assert len(ends) == len(set(ends))
    assert pair(dossier) == (ends[-1],) * 2
    assert killed
    assert not [one for one in (dossier / "journal").iterdir() if one.name == ".redo"]
