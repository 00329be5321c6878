"""What is wrong with the look of a site before a page is made: colours that cannot be read, search without means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.css_tokens import Token, contrast, resolved, tokens
from gebiedswerk.dossier.house_style import FOLDER, TOKENS, House

THEME = Path(__file__).parent.parent.parent / "site" / "assets" / "css" / "00-tokens.css"
PLACE = f"{FOLDER}/{TOKENS}"
ENOUGH = 4.5
"""WCAG 2.2, 1.4.3, for text of ordinary size."""
PAIRS = (
    ("--ink", "--ground"),
    ("--ink", "--ground-soft"),
    ("--ink-soft", "--ground"),
    ("--ink-soft", "--ground-soft"),
    ("--ink", "--parcel-1"),
    ("--ink", "--parcel-2"),
    ("--ink", "--parcel-3"),
    ("--ink", "--parcel-4"),
    ("--link", "--ground"),
    ("--link", "--ground-soft"),
    ("--link-hover", "--ground"),
    ("--below", "--ground"),
    ("--water-ink", "--water"),
    ("--water-ink-soft", "--water"),
    ("--mark-ink", "--mark"),
    ("--utrecht-document-color", "--utrecht-document-background-color"),
    ("--utrecht-link-color", "--utrecht-document-background-color"),
)
"""Text and what it stands on."""


def check_house(house: House) -> list[Fault]:
    """What is wrong with a house: colours, or a search that cannot be made here (S107)."""
    missing = [fault("S107", "dossier.toml", None, "site.search")] if house.search and not can_search() else []
    return [*contrast_faults(house), *missing]


def contrast_faults(house: House) -> list[Fault]:
    """Own colours that text cannot be read on (S105), or whose contrast cannot be known (S106)."""
    return list(dict.fromkeys(one for dark in (False, True) for one in _in_scheme(house, dark)))


def _in_scheme(house: House, dark: bool) -> Iterator[Fault]:
    """The faults in light, or in dark."""
    ours = [one for one in tokens(_theme()) if isinstance(one, Token)]
    own = [one for one in house.tokens if dark or not one.dark]
    values = _values([one for one in ours if dark or not one.dark]) | _values(own)
    lines = {one.name: one.line for one in own}
    for text, ground in PAIRS:
        named = [name for name in (text, ground) if name in lines]
        if not named:
            continue
        colours = resolved(text, values), resolved(ground, values)
        found = contrast(colours[0] or "", colours[1] or "")
        row, scheme = max(lines[name] for name in named), "dark" if dark else "light"
        if found is None:
            yield fault("S106", PLACE, row, None, named[0], other=ground if named[0] == text else text)
        elif found < ENOUGH:
            yield fault("S105", PLACE, row, None, text, other=ground, ratio=f"{found:.1f}", scheme=scheme)


def _values(found: Iterable[Token]) -> dict[str, str]:
    """Name → value; what stands later wins."""
    return {one.name: one.value for one in found}


def can_search() -> bool:
    """Whether Pagefind is installed: `pip install gebiedswerk[search]`."""
    return find_spec("pagefind") is not None and find_spec("pagefind_bin") is not None


def _theme() -> str:
    """The sheets of tokens of our own theme, without what is no token sheet: fonts, contrast and paper."""
    text = THEME.read_text("utf-8")
    blocks = text.split("\n\n@media (prefers-contrast")[0], text.rsplit("*/", 1)[-1]
    return blocks[0][blocks[0].index("\n:root {") :] + blocks[1]
