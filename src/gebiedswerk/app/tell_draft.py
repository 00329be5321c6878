"""What a draft would do, in sentences: who made it and why, what it writes, the faults that go, and what moves."""

from __future__ import annotations

from collections.abc import Iterator

from gebiedswerk.app.make_draft import Drafted
from gebiedswerk.importing import difference_text
from gebiedswerk.language.messages import Messages


def tell_draft(found: Drafted, messages: Messages) -> Iterator[str]:
    """The lines that say what a draft would do."""
    draft, proposed = found.draft, found.proposed
    actor = draft.by.actor
    who = messages("cli.journal.who", id=actor.id or "?", role=actor.role or "?")
    who = who if actor.id or actor.role else messages("cli.journal.nobody")
    yield messages("cli.draft.who", who=who, moment=messages.moment(draft.made.astimezone()))
    if draft.by.reason:
        yield messages("cli.journal.why", reason=draft.by.reason)
    if not proposed.files:
        yield messages("cli.draft.nothing")
        return
    yield messages("cli.draft.files", files=", ".join(proposed.files))
    if proposed.difference is None:
        yield messages("cli.import.unknown")
    else:
        yield from difference_text(proposed.difference, messages)
    if proposed.go:
        yield messages(
            "cli.draft.go", count=len(proposed.go), codes=", ".join(sorted({one.code for one in proposed.go}))
        )
    yield messages("cli.draft.come", count=len(proposed.come)) if proposed.come else messages("cli.draft.no_faults")
