"""Questions in words: as JSON for programs, and one by one at a terminal for a person."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from gebiedswerk.app.import_file import Answer, Choice, Question
from gebiedswerk.app.ways_to_answer import ways_to_answer
from gebiedswerk.cli.terminal import console, fault_texts, show_lines
from gebiedswerk.language.messages import Messages

Read = Callable[[str], str]
PLACE = "…"
"""Stands for an answer of which nothing is known."""


def question_json(question: Question, messages: Messages) -> dict[str, Any]:
    """A question as `import --json` prints it: see `docs/reference/json.md`."""
    ways = ways_to_answer(question.key, question.example if question.example is not None else PLACE)
    return {
        "key": question.key,
        "code": question.fault.code,
        "question": fault_texts(question.fault, messages)["message"],
        "choices": [
            {"key": one.key or question.key, "value": one.value, "means": _means(one, messages)}
            for one in question.choices
        ],
        "proposed": question.proposed,
        "option": ways.option,
        "line": ways.line,
        "file": question.file,
    }


def _means(choice: Choice, messages: Messages) -> str:
    return messages(f"cli.{choice.means}", value=choice.value, **dict(choice.facts))


def example_options(questions: Sequence[Question]) -> list[str]:
    """For each question the option that answers it as we would; where we do not know, the place for it."""
    proposed = ((one.key, one.proposed if one.proposed is not None else PLACE) for one in questions)
    return [ways_to_answer(key, value).option for key, value in proposed]


def question_lines(question: Question, number: int, messages: Messages) -> list[str]:
    """A question with its choices, for a person who reads."""
    words = fault_texts(question.fault, messages)["message"]
    return [messages("cli.ask.question", number=number, words=words), *_choice_lines(question, messages)]


def _choice_lines(question: Question, messages: Messages) -> list[str]:
    return [
        "  " + messages("cli.ask.choice", number=at, value=one.value or "-", means=_means(one, messages))
        for at, one in enumerate(question.choices, start=1)
    ]


def at_terminal() -> bool:
    """Whether a person sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def in_words(questions: Sequence[Question], messages: Messages) -> list[tuple[str, Question]]:
    """Each question with the words in which it is asked."""
    return [(fault_texts(one.fault, messages)["message"], one) for one in questions]


def asked_at_terminal(
    questions: Sequence[tuple[str, Question]], messages: Messages, read: Read = input
) -> list[Answer] | None:
    """Ask one question after another. Returns the answers; None where the person stops.

    An answer is the number of a choice, a value, or nothing for what is proposed; `-` is no value at all.
    """
    answers = []
    for words, question in questions:
        answer = _answer(question, words, messages, read)
        if answer is None:
            return None
        answers.append(answer)
    return answers


def _answer(question: Question, words: str, messages: Messages, read: Read) -> Answer | None:
    show_lines(["", words, *_choice_lines(question, messages)], console())
    prompt = "cli.ask.prompt" if question.proposed is None else "cli.ask.prompt_proposed"
    while True:
        try:
            said = read(messages(prompt, proposed=question.proposed or "") + " ").strip()
        except (EOFError, KeyboardInterrupt):
            return None
        chosen = _chosen(said, question)
        if chosen is not None:
            return chosen
        if said or question.proposed is not None:
            return question.key, "" if said == "-" else said or (question.proposed or "")


def _chosen(said: str, question: Question) -> Answer | None:
    """The choice whose number was typed; a value that is itself a number counts as that value."""
    values = [one.value for one in question.choices]
    if said in values or not said.isdecimal() or not 0 < int(said) <= len(values):
        return None
    chosen = question.choices[int(said) - 1]
    return chosen.key or question.key, chosen.value
