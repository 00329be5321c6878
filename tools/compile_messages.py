"""Compile the catalogues of messages: every `.po` under src/ becomes a `.mo` beside it.

The bytes follow from the messages alone: no dates, no program versions. `--check` writes nothing; it says which `.mo`
is old, which message one of the languages lacks or leaves empty, which has two texts, and where their {placeholders}
differ.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from gebiedswerk.language.languages import LANGUAGES, LOCALE

PLURALS = "nplurals=2; plural=(n != 1);"  # so it is in both languages
PERCENT = re.compile(r"%(?:\(\w+\))?[sdr]")

Messages = dict[str, tuple[str, ...]]  # name → translation, one per plural form


class _Bare(Catalog):
    """A catalogue whose header holds nothing that changes from day to day."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What gettext needs to read the file."""
        return [("Content-Type", "text/plain; charset=UTF-8"), ("Plural-Forms", PLURALS)]


def compiled(source: Path) -> bytes:
    """The bytes of the `.mo` that belongs to a `.po`."""
    bare = _Bare()
    for message in _read(source):
        if message.id:
            bare.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, bare)
    return out.getvalue()


def _read(source: Path) -> Catalog:
    with source.open("rb") as lines:
        return read_po(lines, abort_invalid=True)


def messages(source: Path) -> Messages:
    """The messages of a `.po`; none where there is no such file."""
    if not source.exists():
        return {}
    told: Messages = {}
    for one in _read(source):
        name = one.id if isinstance(one.id, str) else one.id[0]
        forms = (one.string,) if isinstance(one.string, str) else tuple(one.string or ())
        told[name] = () if one.fuzzy else forms
    told.pop("", None)  # the header
    return told


def doubled(source: Path) -> Iterator[str]:
    """The names that stand twice with another text: the last would hold, and nobody would know."""
    texts: dict[str, set[str]] = {}
    for entry in source.read_text("utf-8").split("\nmsgid ")[1:] if source.exists() else ():
        name, _, text = entry.partition("\n")
        texts.setdefault(name, set()).add(text.split("\n\n")[0].strip())
    yield from (f"{source.name}: {name} has {len(said)} texts" for name, said in texts.items() if len(said) > 1)


def placeholders(forms: tuple[str, ...]) -> set[str]:
    """The names between braces in a message, and the percent signs of the standard library's own messages."""
    names = {name for form in forms for _, name, _, _ in Formatter().parse(form) if name is not None}
    return names | {percent for form in forms for percent in PERCENT.findall(form)}


def differences(domain: str, languages: dict[str, Messages]) -> Iterator[str]:
    """What one language lacks or says otherwise."""
    for name in sorted(set().union(*languages.values())):
        told = {language: known.get(name, ()) for language, known in languages.items()}
        empty = [language for language, forms in told.items() if not forms or not all(forms)]
        yield from (f"{domain}.po: {name!r} has no translation in {language!r}" for language in empty)
        try:
            held = {language: placeholders(told[language]) for language in told if language not in empty}
        except ValueError as problem:
            yield f"{domain}.po: {name!r} has a brace that is no placeholder: {problem}"
            continue
        if len({frozenset(names) for names in held.values()}) > 1:
            written = ", ".join(f"{language}: {sorted(names)}" for language, names in held.items())
            yield f"{domain}.po: {name!r} has different placeholders ({written})"


def problems(locale: Path) -> Iterator[str]:
    """All that keeps the catalogues from being complete and current."""
    for domain in sorted({source.stem for source in locale.glob("*/LC_MESSAGES/*.po")}):
        sources = {language: locale / language / "LC_MESSAGES" / f"{domain}.po" for language in LANGUAGES}
        yield from differences(domain, {language: messages(source) for language, source in sources.items()})
        for source in sources.values():
            yield from doubled(source)
            target = source.with_suffix(".mo")
            if source.exists() and not (target.exists() and target.read_bytes() == compiled(source)):
                yield f"{target.relative_to(locale)}: not current; run make messages"


def main(arguments: list[str], locale: Path = LOCALE) -> int:
    """Compile, or compare with `--check`; 1 if something is wrong."""
    if "--check" not in arguments:
        for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
            source.with_suffix(".mo").write_bytes(compiled(source))
        return 0
    found = list(problems(locale))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
