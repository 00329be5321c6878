"""Where the example is: areas, their villages and districts, the merger of 2019, and the CBS wijken they are made of.

Codes and names of the CBS are published facts (CBS/Kadaster, Wijk- en Buurtkaart 2018 and 2019). Wijk 05 (Zuidoost)
lies in three areas; it is counted with Oost here, because most of its buurten are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from examples.groningen_town.formats import Value, table
from examples.groningen_town.words import AREAS

MERGER = "2019-01-01"
ANNEXED = ("ZANDWERD", "zandwerd", "Zandwerd", "HAREN", "2020-04-01", "Grenscorrectie Zandwerd (verzonnen)")
"""A village that is not there: code, slug, name, the area it joined, when, and by what."""
LAW = "Wet herindeling Groningen, Haren en Ten Boer"
FORMER = {  # code: slug, name, the area it became
    "VM-HAREN": ("voormalige-gemeente-haren", "Voormalige gemeente Haren", "HAREN"),
    "VM-TEN-BOER": ("voormalige-gemeente-ten-boer", "Voormalige gemeente Ten Boer", "TEN-BOER"),
}
PARTS = {
    "CENTRUM": ("WK001400",),
    "OUDE-WIJKEN": ("WK001402", "WK001403", "WK001404"),
    "ZUID": ("WK001401", "WK001406", "WK001407"),
    "OOST": ("WK001405", "WK001411", "WK001412", "WK001413", "WK001414"),
    "WEST": ("WK001408", "WK001409", "WK001410"),
}
PARTS_2018 = PARTS | {"VM-HAREN": ("WK001700", "WK001701"), "VM-TEN-BOER": ("WK000900", "WK000901")}
PARTS_2019 = PARTS | {"HAREN": ("WK001417", "WK001418"), "TEN-BOER": ("WK001415", "WK001416")}
WITHIN = {  # area: the districts and villages that have a page of their own
    "CENTRUM": ("Binnenstad", "Hortusbuurt-Ebbingekwartier"),
    "OUDE-WIJKEN": ("Oosterparkwijk", "De Hoogte", "Schildersbuurt"),
    "ZUID": ("De Wijert", "Corpus den Hoorn", "Oosterpoort"),
    "OOST": ("Beijum", "Lewenborg", "Engelbert"),
    "WEST": ("Selwerd", "Vinkhuizen", "Hoogkerk"),
    "HAREN": ("Haren-dorp", "Glimmen", "Onnen", "Noordlaren"),
    "TEN-BOER": ("Ten Boer-dorp", "Ten Post", "Garmerwolde", "Woltersum"),
}
VILLAGES = (*WITHIN["HAREN"], *WITHIN["TEN-BOER"], "Engelbert")


def code_of(name: str) -> str:
    """The code of a district or village."""
    return name.upper().replace(" ", "-")


def areas() -> str:
    """Haren and Ten Boer exist from the merger on, the former municipalities until then."""
    rows = [(code, slug, name, kind, "", first, "") for code, (slug, name, kind, first) in AREAS.items()]
    rows += [(code, slug, name, "gemeente", "", "", MERGER) for code, (slug, name, _) in FORMER.items()]
    code, slug, name, _, day, _ = ANNEXED
    rows.append((code, slug, name, "dorp", "", "", day))
    for area, names in WITHIN.items():
        for name in names:
            kind = "dorp" if name in VILLAGES else "wijk"
            rows.append((code_of(name), code_of(name).lower(), name, kind, area, "", ""))
    return table("code,slug,name,kind,parent,valid_from,valid_to", rows)


def changes() -> str:
    """The merger: each former municipality became an area; and the village that joined one."""
    rows = [("merger", code, area, MERGER, LAW) for code, (_, _, area) in FORMER.items()]
    code, _, _, area, day, decision = ANNEXED
    rows.append(("merger", code, area, day, decision))
    return table("kind,from_area,to_area,changed_on,decision", rows)


def parts() -> str:
    """The wijken of each area in the division of the last year before the merger and of the first year after it."""
    return table("area,code,division_year", [*_parts(PARTS_2018, 2018), *_parts(PARTS_2019, 2019)])


def _parts(parts: dict[str, tuple[str, ...]], year: int) -> Iterator[Sequence[Value]]:
    for area, codes in parts.items():
        for code in codes:
            yield area, code, year
