"""What was worked out of an opened dossier: not again while it is open, nor by who opens it next, unless it changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import RLock
from typing import Any, TypeVar

from gebiedswerk.core.watching import Question, Recorder, Recording, alike, stepped

T = TypeVar("T")
THING, OWN = "thing", "session"
"""The name of what is watched; and what it holds that is asked with questions that name all."""


class Session:
    """Answers by their questions. Many threads may ask; each question is worked out once.

    A dossier that was changed (`dataclasses.replace`) keeps its session: a question names all that decides its answer.
    `after` another session what was asked in that one is known too; of what was not, nothing is kept. Another process
    begins anew.

    >>> session = Session()
    >>> session.once("rows of a", lambda: 5_007), session.once("rows of a", lambda: 0)
    (5007, 5007)
    >>> Session(session).once("rows of a", lambda: 0)
    5007
    """

    def __init__(self, after: Session | None = None) -> None:
        self._lock = RLock()
        self._answers: dict[Hashable, Any] = {}
        self._former: Mapping[Hashable, Any] = after._answers if after is not None else {}  # its own

    def once(self, question: Hashable, work_out: Callable[[], T]) -> T:
        """The answer to a question, which `work_out` gives the first time."""
        with self._lock:
            if question not in self._answers:
                known = question in self._former
                self._answers[question] = self._former[question] if known else work_out()
            answer: T = self._answers[question]
        return answer

    def same(self, name: Hashable, value: T) -> T:
        """What had this name before, if that is the same in all its parts; else this value.

        What is one and the same thing need not be looked into by who holds two openings beside each other.
        """
        with self._lock:
            known = self._former.get((OWN, name), value)
            found: T = known if alike(known, value) else value
            self._answers[OWN, name] = found
        return found

    def traced(self, name: Hashable, work_out: Callable[..., T], thing: object, *given: object) -> T:
        """What `work_out` makes of a thing and what is given with it; what it made before, if it would ask the same.

        All that it asks of the thing is kept with the answers; what it makes may hold nothing of the thing itself. What
        is given is the same if it is one and the same, or equal.
        """
        recorded = thing if isinstance(thing, Recording) else None
        thing = recorded.thing if recorded is not None else thing
        with self._lock:
            question = (THING, name)
            known = self._answers.get(question) or self._former.get(question)
            if known is None or not known.holds(thing, given):
                known = _worked_out(work_out, thing, given)
            self._answers[question] = known
        if recorded is not None:  # whoever asks for this asks all that it was made of
            recorded.ask(one[1:] for one in known.asked)
        answer: T = known.made
        return answer

    def __reduce__(self) -> tuple[type[Session], tuple[()]]:
        return Session, ()


@dataclass(frozen=True, slots=True)
class _Traced:
    """Something made, with what it was made of: each question that was asked, with its answer."""

    made: Any
    given: tuple[object, ...]
    asked: Mapping[Question, object]

    def holds(self, thing: object, given: tuple[object, ...]) -> bool:
        """Whether the same would be made now."""
        return alike(self.given, given) and all(
            alike(answer, _answer(thing, question)) for question, answer in self.asked.items()
        )


def _worked_out(work_out: Callable[..., Any], thing: object, given: tuple[object, ...]) -> _Traced:
    recorder = Recorder({THING: thing})
    made, asked = recorder.of(lambda: work_out(Recording(thing, (THING,), recorder), *given))
    return _Traced(made, given, {one: _answer(thing, one) for one in asked if one[1] != OWN})


def _answer(thing: object, question: Question) -> object:
    for step in question[1:]:
        thing = stepped(thing, step)
    return thing
