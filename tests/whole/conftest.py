"""What several tests of whole sites share: the browser, and the large example, built once however many tests run."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from gebiedswerk.app.build import build
from tests.conftest import ROOT
from tests.whole.browsing import CHROMIUM, FLAGS


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process; each opens a context of its own."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def groningen(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of the large example; with several processes the first to come builds it and the others wait."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    with (shared / "groningen.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "groningen" / "site").exists():
            built, faults = build(ROOT / "examples" / "groningen", shared / "groningen")
            assert built is not None, faults
    return shared / "groningen" / "site"
