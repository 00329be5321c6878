"""`text`: the figures in a text brought up to date, and words added to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.assembly.opened import Opened, opened_of
from gebiedswerk.core.faults import Fault, errors, fault
from gebiedswerk.dossier import Root, Status, read, safe_files
from gebiedswerk.dossier.disk import on_disk

if TYPE_CHECKING:
    from gebiedswerk.pages import Updated


def update_texts(opened: Opened) -> dict[str, Updated]:
    """File → its text with the true values, for every file in which a claim is false."""
    from gebiedswerk.pages import updated

    sources = {file: text for p in (opened.dossier.publications if opened.dossier else ()) for file, text in p.texts}
    found = {text.file: updated(text, sources[text.file]) for text in opened.texts}
    return {file: update for file, update in found.items() if update.diff}


def add_text(path: Path, words: str, slug: str | None) -> tuple[str, tuple[Fault, ...]]:
    """Add a paragraph to a publication, its only draft or the one named; `{result/NOORD}` becomes that figure, with its
    value. Returns the paragraph, empty where a figure does not exist: then nothing is written.
    """
    checked = read(path)
    drafts = [
        one for one in (checked.value.publications if checked.value else ()) if one.settings.status is Status.DRAFT
    ]
    named = [one for one in drafts if slug in (None, one.slug)]
    if checked.value is None or len(named) != 1:
        return "", (fault("P105", f"publications/{slug or ''}", value=slug or ", ".join(one.slug for one in drafts)),)
    publication, file = named[0], f"{named[0].folder}/index.md"
    before = dict(publication.texts)[file]
    claimed = re.sub(r"\{([^{}\s]+)\}", r"[0](figure:\1)", words.strip())
    after = f"{before.rstrip()}\n\n{claimed}\n"
    texts = tuple((name, after if name == file else text) for name, text in publication.texts)
    changed = tuple(replace(one, texts=texts) if one is publication else one for one in checked.value.publications)
    opened = opened_of(replace(checked.value, publications=changed), ())
    first = before.rstrip().count("\n") + 2
    unknown = [
        one for one in errors(opened.faults) if one.file == file and one.code != "T101" and (one.row or 0) >= first
    ]
    if unknown or opened.newest is None:
        return "", tuple(unknown or opened.faults)
    update = update_texts(opened).get(file)
    made = _last_lines(update.text if update else after, claimed)
    text = f"{before.rstrip()}\n\n{made}\n"

    def work() -> tuple[None, tuple[Fault, ...]]:
        safe_files.replace_files({Root(path).at(file): text.encode()})
        return None, ()

    said = on_disk(path, "B111", work)[1]
    return ("" if said else made), said


def _last_lines(text: str, like: str) -> str:
    """As many lines from the end of a text as another has."""
    return "\n".join(text.rstrip().split("\n")[-like.count("\n") - 1 :])


def write_texts(path: Path, updates: Mapping[str, Updated]) -> tuple[Fault, ...]:
    """Write updated texts into the dossier, each whole; where the disk refuses one (B111), none of them."""
    root = Root(path)

    def work() -> tuple[None, tuple[Fault, ...]]:
        safe_files.replace_files({root.at(file): update.text.encode() for file, update in updates.items()})
        return None, ()

    return on_disk(path, "B111", work)[1]
