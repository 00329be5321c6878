"""Texts merged three ways by paragraph: a conflict is a paragraph that both sides changed, each in another way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gebiedswerk.dossier.writing.three_way import Stretch, between_marks, lines_of, stretches

GAP = re.compile(r"([ \t]*\r?\n(?:[ \t]*\r?\n)+)")
"""The end of a paragraph with the blank lines behind it."""


@dataclass(frozen=True, slots=True)
class TextConflict:
    """Paragraphs that both sides changed, and what each side makes of them.

    `line`: where they start in ours; `marked_line`: the mark above them in the merged text.
    """

    line: int
    marked_line: int
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class MergedText:
    """What two versions of a text become; what conflicts stands in it twice, between marks."""

    text: str
    conflicts: tuple[TextConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph by its words; how its lines end, and the blank lines before it, make it no other one."""

    words: str
    written: str = field(compare=False)
    gap: str = field(compare=False)
    line: int = field(compare=False)


def merged_texts(base: str, ours: str, theirs: str) -> MergedText:
    """Merge the changes that two sides made of a text; how lines end, and what is blank, stays as in ours."""
    if ours == base:
        return MergedText(theirs)
    end = "\r\n" if "\r\n" in ours else "\n"
    (was, before), (mine, tail), (other, after) = map(_cut, (base, ours, theirs))
    head = mine[0].gap if mine else ""
    made: list[str] = []
    conflicts: list[TextConflict] = []
    for one in stretches(was, mine, other):
        for gap, words in _pieces(one, end):
            made += [_apart(gap, end) if made else head, words]
        if one.is_conflict:
            conflicts.append(_conflict(one, mine, 1 + sum(piece.count("\n") for piece in made[:-1])))
    return MergedText("".join(made) + _blank(before, tail, after, end), tuple(conflicts))


def _cut(text: str) -> tuple[list[_Paragraph], str]:
    """The paragraphs of a text, and the blank signs at its end."""
    bare = text.rstrip()
    gap = re.match(r"(?:[ \t]*\r?\n)*", bare)[0]  # type: ignore[index] # it matches nothing at all too
    parts = GAP.split(bare.removeprefix(gap)) if bare else []
    found, line = [], 1
    for at, part in enumerate(parts):
        if at % 2:
            gap = part
        else:
            found.append(_Paragraph(_plain(part), part, gap, line + gap.count("\n")))
            line += (gap + part).count("\n")
    return found, text[len(bare) :]


def _pieces(one: Stretch[_Paragraph], end: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of a stretch, each with the blank lines before it: as ours has them unless only theirs changed."""
    if one.is_conflict:
        yield next(paragraph.gap for paragraph in (*one.ours, *one.theirs)), _marked(one, end)
        return
    if one.is_same:
        for at, mine in enumerate(one.ours):
            yield _blank(one.base[at].gap, mine.gap, one.theirs[at].gap, end), mine.written
    elif one.ours != one.base:
        yield from ((paragraph.gap, paragraph.written) for paragraph in one.ours)
    else:
        yield from ((_plain(other.gap).replace("\n", end), other.words.replace("\n", end)) for other in one.theirs)


def _blank(base: str, ours: str, theirs: str, end: str) -> str:
    """What is blank at a place: that of ours unless only theirs changed it."""
    is_theirs = _plain(ours) == _plain(base) != _plain(theirs)
    return _plain(theirs).replace("\n", end) if is_theirs else ours


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _apart(gap: str, end: str) -> str:
    """Blank lines between two paragraphs: one that was the first of its text has none."""
    return gap if gap.count("\n") > 1 else end * 2


def _conflict(one: Stretch[_Paragraph], ours: Sequence[_Paragraph], marked_line: int) -> TextConflict:
    at = min(one.at, len(ours) - 1)
    return TextConflict(ours[at].line if ours else 1, marked_line, *map(_words, (one.base, one.ours, one.theirs)))


def _words(paragraphs: Sequence[_Paragraph]) -> str:
    return "\n\n".join(paragraph.words for paragraph in paragraphs)


def _marked(one: Stretch[_Paragraph], end: str) -> str:
    """What both sides make of a stretch, between marks; the last line end is that of what follows."""
    sides = (lines_of(_words(side).replace("\n", end)) for side in (one.ours, one.theirs))
    return "".join(between_marks(*sides)).removesuffix(end)
