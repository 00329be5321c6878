"""The catalogue of messages: every word that a municipality or resident sees, in Dutch and English, through gettext.

Messages have symbolic names (`fault.L106.message`); each language has its catalogues in its folder.
"""

from __future__ import annotations

import gettext
from datetime import date, datetime
from functools import cache

from gebiedswerk.language import numbers_and_dates
from gebiedswerk.language.foreign_words import marked
from gebiedswerk.language.languages import LOCALE


class MissingMessage(LookupError):
    """A name that no catalogue knows: a mistake of ours."""

    def __init__(self, name: str, language: str) -> None:
        super().__init__(f"The catalogue in {language!r} has no message {name!r}: add it to every language.")


class Messages:
    """The messages of one language; call it with a name and the facts that fill its placeholders."""

    def __init__(self, language: str, own: str = "") -> None:
        """`own`: the language of the dossier, where it is not that of the messages."""
        self.language = language
        self._foreign = own not in ("", language)

    def __call__(self, message: str, /, **facts: object) -> str:
        """Look a message up and fill it. Raises MissingMessage."""
        text = _text(message, self.language)
        if text is None:
            raise MissingMessage(message, self.language)
        return text.format_map(facts) if facts else text

    def own(self, words: str) -> str:
        """Words of the dossier that come from no table, marked where the page is in another language."""
        return marked(words) if self._foreign else words

    def number(self, units: int) -> str:
        """A whole number as this language prints it."""
        return numbers_and_dates.number(units, self.language)

    def euros(self, cents: int) -> str:
        """Cents as euros with two decimals."""
        return numbers_and_dates.euros(cents, self.language)

    def day(self, day: date) -> str:
        """A day in words."""
        return numbers_and_dates.date_text(day, self.language)

    def moment(self, moment: datetime) -> str:
        """A moment in words, to the second."""
        return numbers_and_dates.moment_text(moment, self.language)

    def known(self, name: str) -> bool:
        """Whether the catalogue has this message."""
        return _text(name, self.language) is not None


def _domain(name: str) -> str:
    first = name.split(".", 1)[0]
    return {"fault": "faults", "kind": "faults", "stage": "faults", "cli": "cli", "page": "pages"}.get(first, "site")


@cache  # cache: by the catalogues, which are source
def _text(name: str, language: str) -> str | None:
    """A message as the catalogue has it; None where it has none. A page asks for the same hundred words."""
    found = _catalogue(_domain(name), language).gettext(name)
    return None if found == name else found


@cache  # cache: by the catalogues, which are source
def _catalogue(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, LOCALE, [language], fallback=True)
