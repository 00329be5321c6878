"""`text --update`: the text with the true values, and the sentences that a turned sign makes untrue."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from gebiedswerk.dossier import Publication
from gebiedswerk.language.numbers_and_dates import parse_number
from gebiedswerk.texts.check_text import CheckedText, Claim


@dataclass(frozen=True, slots=True)
class Updated:
    """A text with its true values, the difference as a diff, and the lines whose sentence needs a person."""

    text: str
    diff: str
    turned: tuple[int, ...]


def updated_texts(publications: Iterable[Publication], texts: Iterable[CheckedText]) -> dict[str, Updated]:
    """File → its text with the true values, for every file of the publications in which a claim is false."""
    sources = {file: text for publication in publications for file, text in publication.texts}
    updates = {checked.file: updated(checked, sources[checked.file]) for checked in texts}
    return {file: update for file, update in updates.items() if update.diff}


def updated(checked: CheckedText, text: str) -> Updated:
    """Put the true value in each false claim, in its own place. A claim that is in doubt is left as it is.

    Where the sign turned, the words around it need a person too.
    """
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    after, copied, turned = "", 0, []
    for claim in checked.claims:
        old = f"[{claim.written.text}](figure:"
        at = text.find(old, max(copied, starts[claim.written.line - 1]))
        if at < 0:
            continue
        true = claim.verdict.holds or claim.doubtful or claim.verdict.reason == "T105"
        written = old if true else f"[{claim.verdict.truth}](figure:"
        after, copied = after + text[copied:at] + written, at + len(old)
        turned += [claim.written.line] if not true and _turned(claim, checked.language) else []
    after += text[copied:]
    diff = difflib.unified_diff(text.splitlines(), after.splitlines(), checked.file, checked.file, lineterm="")
    return Updated(after, "\n".join(diff), tuple(turned))


def _turned(claim: Claim, language: str) -> bool:
    """Whether what was written and what is true lie on different sides of zero."""
    words = (claim.written.text, claim.verdict.truth)
    before, after = (parse_number(text.split(" ")[0], language) for text in words)
    return before is not None and after is not None and (before < 0) != (after < 0)
