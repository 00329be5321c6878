"""`docs/reference/faults/`: a page for each code in the catalogue, in English and Dutch, and an index."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gebiedswerk.core.fault_codes import FAULT_CODES, Severity
from gebiedswerk.language.languages import LOCALE
from tools.compile_messages import messages
from tools.reference.markdown import page, table

GROUPS = {
    "D": "The dossier: its files, tables and settings",
    "I": "Importing a file",
    "L": "Deliveries",
    "A": "Attribution to budget lines",
    "M": "Money and decisions",
    "T": "Texts",
    "F": "Figures",
    "G": "Shapes of areas, for maps",
    "W": "The work in areas, and their history",
    "P": "Adopted publications",
    "R": "Iv3: what was told to the CBS",
    "V": "What may be public",
    "S": "The site: its pages and its house style",
    "B": "Building",
    "J": "Writing a dossier, and its journal",
    "Z": "Releases: freezing, verifying, publishing",
    "X": "What could not be checked",
}
INTRO = """\
An error stops publishing; a warning does not. All faults are named in one run. The code is stable: it may be searched
for, and written about. Words between braces are filled in with what was found."""

Catalogue = Mapping[str, str]
OF_RELEASES = "Z"
"""So begin the faults of a release: of making, publishing and verifying one."""
WEIGHS = {
    ("", False): "An error: it stops publishing.",
    ("", True): "A warning: it is published.",
    (OF_RELEASES, False): "An error: nothing is published, frozen or called right.",
    (OF_RELEASES, True): "A warning: it is said, and the work goes on.",
}


def pages() -> dict[str, str]:
    """Name of the file → its text."""
    english, dutch = _catalogue("en"), _catalogue("nl")
    codes = sorted({name.split(".")[1] for name in english if name.startswith("fault.")})
    made = {f"faults/{code}.md": _fault(code, english, dutch) for code in codes}
    return {"faults/index.md": _index(codes, english, dutch)} | made


def _catalogue(language: str) -> Catalogue:
    found = messages(LOCALE / language / "LC_MESSAGES" / "faults.po")
    return {name: forms[0] for name, forms in found.items()}


def _severity(code: str) -> str:
    return FAULT_CODES[code].severity.value


def _held_back(code: str) -> str:
    """What cannot be made, or judged, as long as a fault stands."""
    kind = FAULT_CODES[code]
    shape = "In a table of the dossier it holds back the account. " if kind.shape else ""
    return shape + ("It holds back the check of claims about its year. " if kind.money else "")


def _fault(code: str, english: Catalogue, dutch: Catalogue) -> str:
    weighs = WEIGHS[OF_RELEASES if code.startswith(OF_RELEASES) else "", _severity(code) == Severity.WARNING]
    return page(
        f"{code}: {english[f'fault.{code}.title']}",
        f"{weighs} {_held_back(code)}Back to [all faults](index.md).",
        _told(code, english, "What it says", "What to do"),
        f"## {dutch[f'fault.{code}.title']}",
        _told(code, dutch, "De melding", "Wat te doen"),
    )


def _told(code: str, words: Catalogue, says: str, to_do: str) -> str:
    parts = {part: _verbatim(words[f"fault.{code}.{part}"]) for part in ("explanation", "message", "remedy")}
    return f"{parts['explanation']}\n\n**{says}:** {parts['message']}\n\n**{to_do}:** {parts['remedy']}"


def _verbatim(words: str) -> str:
    """The words as they are: what looks like a link is code, other signs of Markdown are escaped."""
    pieces = re.split(r"(!?\[[^\]]*\]\([^)]*\))", words)
    return "".join(f"`{one}`" if at % 2 else re.sub(r"([*_<`])", r"\\\1", one) for at, one in enumerate(pieces))


def _index(codes: list[str], english: Catalogue, dutch: Catalogue) -> str:
    sections = []
    for letter in sorted({code[0] for code in codes}, key=list(GROUPS).index):
        rows = [
            (f"[{code}]({code}.md)", _severity(code), english[f"fault.{code}.title"], dutch[f"fault.{code}.title"])
            for code in codes
            if code.startswith(letter)
        ]
        sections.append(f"## {GROUPS[letter]}\n\n{table(('code', 'weighs', 'title', 'in Dutch'), rows)}")
    return page("Faults", INTRO, *sections)
