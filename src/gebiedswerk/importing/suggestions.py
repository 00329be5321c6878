"""The questions of an import with what the file itself suggests as their answers."""

from __future__ import annotations

from collections.abc import Iterable

from gebiedswerk.core.faults import Fault
from gebiedswerk.importing.asked import asked
from gebiedswerk.importing.guesses import Guesses, guessed
from gebiedswerk.importing.questions import ASKED, UNSURE, Question, questions
from gebiedswerk.importing.recognise import importer_of
from gebiedswerk.importing.samples import sample_of
from gebiedswerk.importing.values import Wanted

YEAR = "L187"


def questions_of(wanted: Wanted, faults: Iterable[Fault]) -> tuple[Question, ...]:
    """The questions among the faults of an import; the file is looked at where one of them has choices in it."""
    found = [one for one in faults if one.code in ASKED or one.code == UNSURE]
    guesses = _guesses(wanted) if any(one.code in (UNSURE, YEAR) for one in found) else None
    return questions(found, asked(guesses) if guesses else (), suggested(guesses) if guesses else {})


def suggested(guesses: Guesses) -> dict[str, str]:
    """What the file suggests of the delivery: the fiscal year in which all its days fall."""
    return {"years": str(guesses.year_of_days)} if guesses.year_of_days else {}


def _guesses(wanted: Wanted) -> Guesses | None:
    importer = importer_of(wanted.file).value
    if importer is None or importer.name == "xaf":
        return None
    sample = sample_of(wanted.file, importer.name)
    return guessed(sample, wanted.kind) if sample else None
