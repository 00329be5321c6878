"""Spell whole numbers in Dutch, from the rules of the language alone, in the ways in which people write them."""

from __future__ import annotations

ONES = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien".split()
ONES += ["zeventien", "achttien", "negentien"]
TENS = ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
)
ENGLISH += ["seventeen", "eighteen", "nineteen"]
ENGLISH_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def below_hundred(number: int) -> str:
    if number < 20:
        return ONES[number]
    ten, one = divmod(number, 10)
    if not one:
        return TENS[ten]
    joint = "ën" if ONES[one].endswith("e") else "en"
    return f"{ONES[one]}{joint}{TENS[ten]}"


def below_thousand(number: int, joint: str = "") -> str:
    hundred, rest = divmod(number, 100)
    if not hundred:
        return below_hundred(rest)
    head = "honderd" if hundred == 1 else f"{ONES[hundred]}honderd"
    return head + (joint + below_hundred(rest) if rest else "")


def dutch(number: int, joint: str = "", space: str = " ", *, glued: bool = False) -> str:
    """A number from 0 to 999.999.999.999 in words.

    `joint` may be `en` ('honderdeneen'); `space` stands after `duizend` and around `miljoen`; `glued`: nowhere.
    """
    space = "" if glued else space
    words = []
    for value, name in ((10**9, "miljard"), (10**6, "miljoen")):
        many, number = divmod(number, value)
        if many:
            words += [below_thousand(many, joint), name]
    thousands, rest = divmod(number, 1000)
    if thousands:
        words.append(("" if thousands == 1 else below_thousand(thousands, joint)) + "duizend")
    if rest or not words:
        words.append(below_thousand(rest, joint))
    return space.join(words)


def english_below_thousand(number: int, hyphen: str, joint: str) -> str:
    hundred, rest = divmod(number, 100)
    words = [ENGLISH[hundred], "hundred"] if hundred else []
    words += [joint] if hundred and rest and joint else []
    if rest >= 20:
        ten, one = divmod(rest, 10)
        words.append(ENGLISH_TENS[ten] + (hyphen + ENGLISH[one] if one else ""))
    elif rest or not words:
        words.append(ENGLISH[rest])
    return " ".join(words)


def english(number: int, hyphen: str = "-", joint: str = "and") -> str:
    """A number from 0 to 999,999,999,999 in words, with or without hyphens and `and`."""
    words = []
    for value, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        many, number = divmod(number, value)
        words += [english_below_thousand(many, hyphen, joint), name] if many else []
    words += [english_below_thousand(number, hyphen, joint)] if number or not words else []
    return " ".join(words)
