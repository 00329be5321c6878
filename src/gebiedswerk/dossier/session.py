"""What was worked out of one opened dossier, and is not worked out again while it is open."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, TypeVar

T = TypeVar("T")


class Session:
    """Answers by their questions. Many threads may ask; each question is worked out once.

    A dossier that was changed (`dataclasses.replace`) keeps its session: a question names all that decides its answer.
    Another process begins anew.

    >>> session = Session()
    >>> session.once("rows of a", lambda: 5_007), session.once("rows of a", lambda: 0)
    (5007, 5007)
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._answers: dict[Hashable, Any] = {}

    def once(self, question: Hashable, work_out: Callable[[], T]) -> T:
        """The answer to a question, which `work_out` gives the first time."""
        with self._lock:
            if question not in self._answers:
                self._answers[question] = work_out()
            answer: T = self._answers[question]
        return answer

    def __reduce__(self) -> tuple[type[Session], tuple[()]]:
        return Session, ()
