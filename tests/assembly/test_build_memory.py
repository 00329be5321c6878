"""What is remembered of a build comes back as it was, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.assembly.build_memory import BuildMemory, Output, RememberedPart, read_memory
from gebiedswerk.core.watching import Question
from gebiedswerk.dossier.settings import DeliveryKind

ARGUMENT = st.recursive(st.none() | st.integers() | st.text() | st.booleans(), lambda one: st.tuples(one, one))
STEP = st.text() | st.tuples(st.text(), ARGUMENT)
QUESTIONS = st.lists(st.tuples(st.text(), STEP, STEP) | st.tuples(st.text(), STEP), max_size=12)
OUTPUT = st.builds(Output, st.text(), st.text(), st.just(()) | st.tuples(st.text(), st.just(())), st.booleans())


def remembered(questions: Sequence[Question], outputs: Sequence[Output]) -> BuildMemory:
    """Parts of one question and one output each, and a question that nobody asks any more."""
    made = BuildMemory("program")
    for at, question in enumerate([("gone", "x"), *questions]):
        number = made.number(question)
        made.answers[number] = f"answer {number}"
        if at:
            made.parts[f"part {at}"] = RememberedPart([number], tuple(outputs))
    return made


def question_of(made: BuildMemory, number: int) -> Question:
    """A question in full."""
    steps = []
    while number >= 0:
        steps.append(made.steps[number])
        number = made.above[number]
    return tuple(reversed(steps))


@given(QUESTIONS, st.lists(OUTPUT, max_size=3))
def test_it_comes_back(questions: Sequence[Question], outputs: Sequence[Output]) -> None:
    """Each part with its questions, their answers, and what it made; questions of no part are gone."""
    before = remembered(questions, outputs)
    after = read_memory(before.without_rest().text(), "program")
    assert after.parts.keys() == before.parts.keys()
    for name, part in after.parts.items():
        asked = before.parts[name].asked[0]
        assert [question_of(after, number) for number in part.asked] == [question_of(before, asked)]
        assert [after.answers[number] for number in part.asked] == [before.answers[asked]]
        assert [(one.place, one.key, one.read) for one in part.outputs] == [
            (one.place, one.key, one.read) for one in outputs
        ]
    if ("gone", "x") not in questions and not any(one[0] == "gone" for one in questions):
        assert "gone" not in after.steps
    assert after.without_rest().text() == after.text()


@given(QUESTIONS)
def test_a_question_has_one_number(questions: Sequence[Question]) -> None:
    """The same question is the same number, also after it was read back; another is another."""
    made = remembered(questions, ())
    numbers = {question: made.number(question) for question in questions}
    assert {number: question_of(made, number) for number in numbers.values()} == {n: q for q, n in numbers.items()}
    again = read_memory(made.text(), "program")
    assert {question: again.number(question) for question in questions} == numbers


@pytest.mark.parametrize("text", [None, "", "{}", "[]", "null", '{"format": 1}', "\ud800", "{" * 9])
def test_what_cannot_be_read_is_nothing(text: str | None) -> None:
    """Half a file, another form, or none: all is made again."""
    assert read_memory(text, "program").text() == BuildMemory("program").text()


def test_another_program_remembers_nothing() -> None:
    """What another program made says nothing of what this one makes."""
    text = remembered([("a", "b")], ()).text()
    assert read_memory(text, "program").parts
    assert read_memory(text, "other").text() == BuildMemory("other").text()


def test_a_choice_is_its_word() -> None:
    """An argument that is one of a choice comes back as the word that it is, which is the same question."""
    made = remembered([("nl", ("known_until", DeliveryKind.REALISED, 2019))], ())
    again = read_memory(made.text(), "program")
    assert again.number(("nl", ("known_until", DeliveryKind.REALISED, 2019))) < len(made.steps)


def test_an_argument_that_cannot_be_written_is_a_mistake_of_ours() -> None:
    """A day or a thing is no argument of a question."""
    with pytest.raises(TypeError):
        remembered([("nl", ("on", date(2020, 1, 1)))], ()).text()
