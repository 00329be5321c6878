"""The runs of words of a page in which a number may stand that is no figure of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from gebiedswerk.language.messages import Messages
from gebiedswerk.language.numerals import MARK
from gebiedswerk.release.shown.page_reader import Element
from gebiedswerk.texts.markdown import FREE

__all__ = ["MARK", "Run", "runs_of"]

SPOKEN = ("aria-label", "title", "alt", "data-none", "data-one", "data-many")
"""Attributes whose words are shown or read out."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that belong together, with a mark for what was held; `free`: how many numbers were marked as no figure."""

    words: str
    free: int = 0


def runs_of(
    root: Element, done: Collection[int], messages: Messages, is_held: Callable[[Element], bool]
) -> Iterator[Run]:
    """The runs of a page outside what was held whole (`done`: the identity of its elements).

    `is_held`: whether a link was held as a figure, or a number stands in the text as one that is free.
    """
    captions = sorted({one.words() for one in root.find("caption", "figcaption")}, key=len, reverse=True)
    yield from _below(root, done, messages, is_held, [one for one in captions if one])


def _below(
    root: Element,
    done: Collection[int],
    messages: Messages,
    is_held: Callable[[Element], bool],
    captions: Sequence[str],
) -> Iterator[Run]:
    if id(root) in done:
        return
    for name in SPOKEN:
        if spoken := root.get(name):
            yield Run(_without(spoken, captions))
    if not root.is_inline:
        pieces = list(_pieces(root, messages, is_held))
        yield Run("".join(words for words, _ in pieces), sum(free for _, free in pieces))
    for child in root.children:
        if isinstance(child, Element):
            yield from _below(child, done, messages, is_held, captions)


def _without(spoken: str, captions: Sequence[str]) -> str:
    """What is read out, without the captions that stand on the page as well."""
    for caption in captions:
        spoken = spoken.replace(caption, MARK)
    return spoken


def _pieces(element: Element, messages: Messages, is_held: Callable[[Element], bool]) -> Iterator[tuple[str, int]]:
    for child in element.children:
        if isinstance(child, str):
            yield child.replace(MARK, ""), 0
        elif child.tag == "time" and is_moment(child, messages):
            yield MARK, 0
        elif child.tag == "span" and child.get("class") == FREE and child.within("prose") and is_held(child):
            yield MARK, 1
        elif child.tag == "a" and is_held(child):
            yield MARK, 0
        elif child.is_inline:
            yield from _pieces(child, messages, is_held)
        else:
            yield "\n", 0


def is_moment(element: Element, messages: Messages) -> bool:
    """Whether a moment in words is the one that a program reads."""
    try:
        moment = datetime.fromisoformat(element.get("datetime"))
    except ValueError:
        return False
    return element.words() in (messages.moment(moment), messages.day(moment.date()))
