"""`text --add`: words added to a publication, with the value of each figure that they name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from gebiedswerk.assembly.opened import opened_of
from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, errors, fault
from gebiedswerk.dossier import Status, read
from gebiedswerk.dossier.writing.apply import land
from gebiedswerk.dossier.writing.change import TextWritten


def add_text(path: Path, words: str, slug: str | None, by: By = UNSAID) -> Checked[str | None]:
    """Add a paragraph to a publication, its only draft or the one named; `{result/NOORD}` becomes that figure, with its
    value. Returns the paragraph; None where a figure does not exist: then nothing is written.
    """
    from gebiedswerk.pages import updated_texts

    checked = read(path)
    publications = checked.value.publications if checked.value else ()
    drafts = [one for one in publications if one.settings.status is Status.DRAFT]
    named = [one for one in drafts if slug in (None, one.slug)]
    if checked.value is None or len(named) != 1:
        value = slug or ", ".join(one.slug for one in drafts)
        return Checked(None, (fault("P105", f"publications/{slug or ''}", value=value),))
    publication, file = named[0], f"{named[0].folder}/index.md"
    before = dict(publication.texts).get(file)
    if before is None:
        return Checked(None, tuple(one for one in errors(checked.faults) if one.file == file) or checked.faults)
    end = "\r\n" if "\r\n" in before else "\n"
    claimed = re.sub(r"\{([^{}\s]+)\}", r"[0](figure:\1)", end.join(words.strip().splitlines()))
    after = f"{before.rstrip()}{end}{end}{claimed}{end}"
    texts = tuple((name, after if name == file else text) for name, text in publication.texts)
    changed = tuple(replace(one, texts=texts) if one is publication else one for one in publications)
    opened = opened_of(replace(checked.value, publications=changed), ())
    first = before.rstrip().count("\n") + 2
    unknown = [
        one for one in errors(opened.faults) if one.file == file and one.code != "T101" and (one.row or 0) >= first
    ]
    if unknown or opened.newest is None:
        return Checked(None, tuple(unknown or opened.faults))
    update = updated_texts(changed, opened.texts).get(file)
    paragraph = _last_lines(update.text if update else after, claimed)
    text = f"{before.rstrip()}{end}{end}{paragraph}{end}"
    landed = land(path, [TextWritten(file, before, text)], by, f"text --add {publication.slug}")
    return Checked(paragraph if landed.value else None, landed.faults)


def _last_lines(text: str, like: str) -> str:
    """As many lines from the end of a text as another has."""
    return "\n".join(text.rstrip().split("\n")[-like.count("\n") - 1 :])
