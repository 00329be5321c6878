"""Made-up people, as packages write their names and as people write them in a sentence; seeded."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FIRST = (
    "Piet Anna Jan Fatima Mohammed Karin Henk Sanne Willem Ilse Youssef Emma Dirk Marieke Kees Lotte Bram Chris Wim "
    "Noor Gerrit Astrid Hans Ömer Zoë René Jürgen Thijs Femke Ruud Yvonne Sjoerd Aukje Pieter Cornelis Johanna"
).split()
LAST = (  # rare, frequent, and those that are a word or a place
    "Zwaluwstaart Hoogstrate Kwakernaak Duyvestein Wierdsma Oudshoorn Terlouw Bronkhorst Nagelhout Vreugdenhil Çelebi "
    "Núñez Jansen Visser Smit Mulder Meijer Hendriks Peters Dijkstra Jacobs Bakker Kok Groot Berg Stad Post Brug Noord "
    "Zuid Vries Jong Boer Bos Vos Groen Plein Kerk Markt Straat Molenaar Winter Zomer Raad Wit Zwart"
).split()
PREFIXED = (
    "de Vries|van den Berg|van der Meer|de Jong|de Groot|van Dijk|van 't Hof|ter Horst|el Amrani|van de Ven|de Boer|"
    "den Hollander|van Zwieten|op den Brouw|ten Brink|Van Vreugdenhil|de Zwaluw"
).split("|")
DOUBLE = ("Müller-Visser", "Jansen-Bakker", "Smit-de Groot", "Terlouw-Noord")


@dataclass(frozen=True)
class Someone:
    """Someone who does not exist."""

    first: str
    more: str
    prefix: str
    last: str

    @property
    def initials(self) -> str:
        return f"{self.first[0]}.{f'{self.more[0]}.' if self.more else ''}"

    @property
    def glued(self) -> str:
        return self.initials.replace(".", "")

    @property
    def family(self) -> str:
        return f"{self.prefix} {self.last}".strip()

    @property
    def short(self) -> str:
        """The prefix as small fields write it."""
        return {"van den": "vd", "van der": "vd", "van de": "vd", "van": "v"}.get(self.prefix, self.prefix)


Order = Callable[[Someone], str]
PACKAGE: dict[str, Order] = {
    "Vries, A. de": lambda p: f"{p.last}, {p.initials} {p.prefix}".strip(),
    "Jansen, Piet": lambda p: f"{p.last}, {p.first} {p.prefix}".strip(),
    "Dhr. P. Jansen": lambda p: f"Dhr. {p.initials} {p.family}",
    "Mw. dr. F. el-Amrani": lambda p: f"Mw. dr. {p.initials} {p.family.replace('el ', 'el-')}",
    "BERG J VD": lambda p: f"{p.last} {p.glued} {p.short}".strip().upper(),
    "Berg J. van den": lambda p: f"{p.last} {p.initials} {p.prefix}".strip(),
    "10023 Jansen P.": lambda p: f"10023 {p.last} {p.initials} {p.prefix}".strip(),
    "Jansen P. (10023)": lambda p: f"{p.last} {p.initials} {p.prefix}".strip() + " (10023)",
    "P. Jansen": lambda p: f"{p.initials} {p.family}",
    "P. JANSEN": lambda p: f"{p.initials} {p.family}".upper(),
    "Piet Jansen": lambda p: f"{p.first} {p.family}",
    "van den Berg, J.": lambda p: f"{p.family}, {p.initials}",
    "van den Berg J.": lambda p: f"{p.family} {p.initials}",
    "Jansen, P. (Piet)": lambda p: f"{p.last}, {p.initials} {p.prefix}".strip() + f" ({p.first})",
    "P. Jansen B.V.": lambda p: f"{p.initials} {p.family} B.V.",
    "Jansen, de heer P.": lambda p: f"{p.last}, {p.prefix} de heer {p.initials}".replace("  ", " "),
    "P. Jansen h.o.d.n. De Kwast": lambda p: f"{p.initials} {p.family} h.o.d.n. De Verfkwast",
}
PROSE: dict[str, Order] = {
    "Piet Jansen": lambda p: f"{p.first} {p.family}",
    "P. Jansen": lambda p: f"{p.initials} {p.family}",
    "P. Jansen, one initial": lambda p: f"{p.first[0]}. {p.family}",
    "PJ Jansen": lambda p: f"{p.glued} {p.family}",
    "PIET JANSEN": lambda p: f"{p.first} {p.family}".upper(),
    "p. jansen": lambda p: f"{p.initials} {p.family}".lower(),
    "mevrouw Jansen": lambda p: f"mevrouw {p.family[0].upper()}{p.family[1:]}",
    "de heer P. Jansen": lambda p: f"de heer {p.initials} {p.family}",
    "Jansen, P.": lambda p: f"{p.last}, {p.initials} {p.prefix}".strip(),
    "Jansen, Piet": lambda p: f"{p.last}, {p.first} {p.prefix}".strip(),
    "without accents": lambda p: f"{p.initials} {p.family}".translate(str.maketrans("öëéüÇúñÖ", "oeeuCunO")),
    "dashes between": lambda p: f"{p.initials} {p.family.replace('-', ' – ')}",
    "invisible": lambda p: f"{p.initials} {p.family[:2]}\u00ad{p.family[2:]}",
}
AROUND = (
    "Bijdrage aan {} voor het buurtfeest.",
    "{} kreeg geld voor de tuin.",
    "afrekening {} februari",
    "Gesproken met {}, daarna met het team.",
    "Afspraak ({}) nagekomen",
)


def people(seed: int, count: int) -> Iterator[Someone]:
    """So many people."""
    dice = random.Random(seed)
    for _ in range(count):
        family = dice.choice((dice.choice(LAST), dice.choice(LAST), dice.choice(PREFIXED), dice.choice(DOUBLE)))
        *prefix, last = family.split() if "-" not in family else [family]
        yield Someone(dice.choice(FIRST), dice.choice(("", "", *FIRST)), " ".join(prefix), last)
