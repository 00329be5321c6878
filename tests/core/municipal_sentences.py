"""Sentences as a municipality writes them, in which nobody is named though many words are somebody's surname; seeded.

Beside made-up ones there are those of the examples: their Markdown, and every cell of words in tables and exports.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator

from tests.conftest import ROOT

TEMPLATES = (
    "De {thing} in {place} is {how}.",
    "In {place} werken bewoners aan {det} {thing} bij de {thing}.",
    "Voor {place} was {n} duizend euro begroot voor {thing} en {thing}.",
    "{Thing} {place}, fase {n}",
    "{thing} en {thing} {place}",
    "Het college besloot op {n} maart over de {thing} aan de {street}.",
    "De {how} {thing} naast de {who} wordt {how} gemaakt.",
    "Bewoners van {place} en {place} kiezen {n} plannen voor een {how} {thing}.",
    "De wethouder sprak met de {who}, de {who} en het gebiedsteam {place}.",
    "Afspraak: voor 1 juni staat er een {thing} op de hoek van de {street} en de {street}.",
    "Bijdrage {thing} {street} {n}",
    "Wat blijft over van het budget uit {year}, gaat naar {thing} in {place}.",
    "Een {who} uit {place} vroeg om een {how} {thing}.",
    "{Place}: {thing} ({how}) en {thing}",
    "In de {season} van {year} kwam er {how} {thing} bij de {street}.",
    "Opdracht {n}: {thing}, {thing} en {thing} op {place}",
    "Plan {place}, deel {letter}: {thing}.",
    "{letter}. {Thing} {place}",
    "Zie bijlage {letter} van het {thing}plan {place}.",
    "Wijkbudget {place} {letter}. {Thing}",
)
WORDS = {
    "thing": (
        "groen brug stad berg post bank boom bos markt kerk school tuin molen haven winkel straat weg plein park "
        "vijver sloot dijk veld speelplaats verlichting bloembakken water zand steen hout kunst muur poort ring vaart "
        "wal dam hof hoek"
    ).split(),
    "who": "bakker kok visser slager molenaar boer kapper schilder timmerman wever schipper koster meester".split(),
    "how": "groot klein nieuw oud groen wit zwart lang kort breed stil druk schoon veilig jong goed mooi vrij".split(),
    "place": (
        "Noord|Zuid|Oost|West|de Binnenstad|Berg en Dal|Ten Boer|de Groene Hart|De Brug|De Post|Nieuw Zuid|Oud West|"
        "Hoogland|Buitenhof|Kampen|de Vries|Vries|Groot Noord|de Stad|Overvecht|Zandvoort|Den Bosch|Van den Berg"
        "|Bos en Duin|De Boer|Dorp|De Wit|De Haan|Kerkwijk|'t Veld|Molenbuurt"
    ).split("|"),
    "street": (
        "Van den Bergstraat|De Vriesplein|Jansenlaan|Visserstraat|Bakkerstraat|Kerkstraat|Piet Heinkade|Grote Markt|"
        "Jan van Galenstraat|Groenestraat|Postweg|Kokstraat|Mulderspad|Bergweg|P. de Grootstraat|"
        "A. Kuyperlaan|Noorderbrug"
    ).split("|"),
    "season": "zomer winter lente herfst".split(),
    "det": "een de het hun".split(),
    "letter": list("ABCDP"),
}


def sentences(seed: int, count: int) -> Iterator[str]:
    """So many made-up sentences."""
    dice = random.Random(seed)
    for _ in range(count):
        text = dice.choice(TEMPLATES)
        while match := re.search(r"\{(\w+)\}", text):
            name = match[1]
            numbers = {"n": str(dice.randrange(1, 990)), "year": str(dice.randrange(2018, 2027))}
            word = numbers.get(name) or dice.choice(WORDS[name.lower()])
            text = text.replace(match[0], word[0].upper() + word[1:] if name[0].isupper() else word, 1)
        yield text


def of_the_examples() -> list[str]:
    """The sentences of the Markdown, and every cell with words, of both examples; each once."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "examples").rglob("*.md")):
        prose = re.sub(r"[*#|]|\]\([^)]*\)|!?\[", " ", path.read_text("utf-8")).replace("\n", " ")
        found |= dict.fromkeys(one.strip() for one in re.split(r"(?<=[.?!]) ", prose))
    for path in sorted((ROOT / "examples").rglob("*.csv")):
        data = path.read_bytes().decode("utf-8" if path.parent.parent.name != "deliveries" else "cp1252", "replace")
        for row in csv.reader(data.splitlines(), delimiter=";" if data.split("\n")[0].count(";") > 2 else ","):
            found |= dict.fromkeys(cell for cell in row if re.search(r"[^\W\d_]{3,}", cell))
    return [one for one in found if one]
