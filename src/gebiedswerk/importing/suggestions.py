"""The questions of an import with what the file itself suggests as their answers."""

from __future__ import annotations

from collections.abc import Iterable

from gebiedswerk.core.faults import Fault
from gebiedswerk.formats.guess_profile import Guesses, guessed
from gebiedswerk.formats.recognise import importer_of
from gebiedswerk.formats.sample import Sample
from gebiedswerk.importing.answer_values import Wanted
from gebiedswerk.importing.asked import asked
from gebiedswerk.importing.import_questions import ASKED, UNSURE, Question, questions

YEAR = "L187"


def questions_of(wanted: Wanted, faults: Iterable[Fault]) -> tuple[Question, ...]:
    """The questions among the faults of an import; the file is looked at where one of them has choices in it."""
    found = [one for one in faults if one.code in ASKED or one.code == UNSURE]
    sample = _sample(wanted) if any(one.code in (UNSURE, YEAR) for one in found) else None
    if sample is None:
        return questions(found)
    guesses = guessed(sample, wanted.kind)
    return questions(found, asked(guesses), suggested(guesses))


def suggested(guesses: Guesses) -> dict[str, str]:
    """What the file suggests of the delivery: the fiscal years that its title names, or the one of all its days.

    Where these contradict each other nothing is suggested.
    """
    of_days = (guesses.year_of_days,) if guesses.year_of_days else ()
    years = guesses.years_said or of_days
    agree = not of_days or of_days[0] in years
    return {"years": ",".join(map(str, years))} if years and agree else {}


def _sample(wanted: Wanted) -> Sample | None:
    importer = importer_of(wanted.file).value
    return None if importer is None else importer.sample(wanted.file)
