"""Questions about a figure, and their answers, at the place where the figure is explained."""

from __future__ import annotations

from collections.abc import Iterator

from gebiedswerk.blocks.models import AnsweredQuestion
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Dossier, standing
from gebiedswerk.dossier.tables import QuestionRow
from gebiedswerk.figures import Address, Figures, NoAddress, parse_address


def questions(setting: Setting, address: Address) -> Iterator[AnsweredQuestion]:
    """What was asked about a figure, in the order of asking."""
    for row in sorted(standing(setting.figures.dossier.questions), key=lambda row: row.asked_on):
        if _address(row) == address:
            yield _question(setting, row)


def _question(setting: Setting, row: QuestionRow) -> AnsweredQuestion:
    messages = setting.messages
    asked = messages(f"question.asked.{row.asked_by.value}", day=messages.day(row.asked_on))
    answered = messages("question.answered", day=messages.day(row.answered_on)) if row.answered_on else ""
    return AnsweredQuestion(row.id, row.question, asked, row.answer or messages("question.open"), answered)


def _address(row: QuestionRow) -> Address | None:
    try:
        return parse_address(row.figure.removeprefix("figure:"))
    except NoAddress:
        return None


def question_faults(dossier: Dossier, newest: Figures) -> Iterator[Fault]:
    """A question is about a figure that is there, with its year (F102); an answer has a day, and a day an answer."""
    for row in standing(dossier.questions):
        address = _address(row)
        if address is None or address.year is None or not _exists(newest, address):
            yield fault("F102", "questions.csv", row.row, "figure", row.figure)
        if bool(row.answer) != (row.answered_on is not None):
            yield fault("D106", "questions.csv", row.row, "answered_on" if row.answer else "answer")


def _exists(newest: Figures, address: Address) -> bool:
    """Whether a figure is there, or will be once what is wrong with the files of its year is mended."""
    return newest.exists(address) or newest.may_come(address)
