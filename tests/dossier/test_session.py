"""What is held of one opened dossier."""

from __future__ import annotations

import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from gebiedswerk.dossier import read
from gebiedswerk.dossier.session import Session


def test_many_threads_work_a_question_out_once() -> None:
    session, asked = Session(), list[int]()

    def work() -> int:
        asked.append(1)
        time.sleep(0.01)  # long enough for another thread to ask too
        return len(asked)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: session.once("rows", work), range(32)))
    assert (set(answers), len(asked)) == ({1}, 1)


def test_a_changed_dossier_keeps_its_session_and_another_opening_has_its_own(klein: Path) -> None:
    first, second = read(klein).value, read(klein).value
    assert first is not None and second is not None
    assert replace(first, sound=False).session is first.session
    assert first.session is not second.session
    assert first == second


def test_another_process_begins_anew() -> None:
    session = Session()
    session.once("rows", lambda: 1)
    assert pickle.loads(pickle.dumps(session)).once("rows", lambda: 2) == 2  # noqa: S301 # our own
