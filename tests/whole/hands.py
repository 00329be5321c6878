"""Programs of their own that write in one dossier, or read it all the time; a person kills them at any moment.

`python -m tests.whole.hands write DOSSIER NAME TIMES` makes so many changes of two files at once and prints each when
done; `read DOSSIER` reads until a file `stop` stands beside the dossier, and prints whatever is not one whole version.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier import read
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.change import Change, SettingWritten

say = partial(print, flush=True)  # to the test that started it
PLACES = (("dossier.toml", ("municipality", "name")), ("publications/jaarrekening-2025/publication.toml", ("title",)))


def pair(dossier: Path) -> tuple[str, str]:
    """What stands in the two places that are always changed together."""
    found = read(dossier).value
    assert found is not None
    return found.settings.municipality.name, found.publications[0].settings.title


def change(old: tuple[str, str], new: str) -> Change:
    return [SettingWritten(file, key, was, new) for (file, key), was in zip(PLACES, old, strict=True)]


def write(dossier: Path, name: str, times: int) -> None:
    """Change both places until it was done so often; where another came between, anew."""
    done = 0
    while done < times:
        old = pair(dossier)
        assert old[0] == old[1], old
        told = f"{name} {done}"
        applied = apply(dossier, change(old, told), Actor(name), f"keer {done}")
        if applied.value is not None:
            say(told)
            done += 1
        elif {one.code for one in applied.faults} - {"J101"}:
            say("!", applied.faults)
            return


def look(dossier: Path) -> None:
    """Read until told to stop; say what is no whole version, and how often was read."""
    times = 0
    parent = os.getppid()
    while not dossier.with_name("stop").exists() and os.getppid() == parent:  # nor where the test itself was killed
        found = read(dossier)
        times += 1
        odd = [one.code for one in found.faults]
        if found.value is None or odd:
            say("!", odd)
            continue
        told = (found.value.settings.municipality.name, found.value.publications[0].settings.title)
        if told[0] != told[1]:
            say("!", told)
    say(times)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        look(Path(sys.argv[2]))
