"""A slow, obvious twin of the account of the example town: plain loops over its files, nothing of the product.

It knows one setting only, that of the example: a term of one year, extensions. No stand of commitments was delivered:
they are unknown, so no figure.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from tests.town import CENTRES, cents, export_rows

YEARS = (2024, 2025)
NO_RESERVES = ("reserve_in", "adopted_reserve_in", "adopted_reserve_out", "budget_reserve_in", "budget_reserve_out")
"""What the example has no postings or decisions of."""
Figures = dict[tuple[str, str, int], int]
Pot = list[list[int]]


def rows(dossier: Path, file: str) -> list[dict[str, str]]:
    return list(csv.DictReader((dossier / file).read_text("utf-8").splitlines()))


def line_postings(dossier: Path) -> dict[tuple[str, int, str], int]:
    """(line, year, costs, income or reserve_out) → cents, posting by posting."""
    found: dict[tuple[str, int, str], int] = defaultdict(int)
    weights = {row["line"]: int(row["weight"]) for row in rows(dossier, "keys.csv") if row["year"] == "2025"}
    for row in export_rows(dossier):
        amount = cents(row["Debet"]) - cents(row["Credit"])
        flow = "income" if row["Grootboek"].startswith("8") else "costs"
        flow = "reserve_out" if row["Grootboek"].startswith("971") else flow
        if row["Kostenplaats"].startswith("6"):
            continue
        if row["Kostenplaats"] in CENTRES:
            found[CENTRES[row["Kostenplaats"]], int(row["Boekjaar"]), flow] += amount
            continue
        whole, so_far, given = sum(weights.values()), 0, 0
        for line, weight in weights.items():
            so_far += weight
            share = (2 * abs(amount) * so_far + whole) // (2 * whole) - given
            given += share
            found[line, int(row["Boekjaar"]), flow] += share if amount >= 0 else -share
    return found


def own_figures(dossier: Path) -> Figures:
    """(measure, line, year) → cents of the line itself."""
    booked = line_postings(dossier)
    lines = [row["code"] for row in rows(dossier, "budget_lines.csv")]
    figures: Figures = {}
    for line in lines:
        pot: Pot = []
        for year in YEARS:
            settle(dossier, line, year, pot, booked, figures)
    return figures


def settle(
    dossier: Path, line: str, year: int, pot: Pot, booked: dict[tuple[str, int, str], int], found: Figures
) -> None:
    """One line through one year; `pot` holds [origin, last year, cents] and is left as the year leaves it."""
    given: dict[str, int] = defaultdict(int)
    for row in rows(dossier, "budgets.csv"):
        if row["line"] == line and int(row["year"]) == year:
            given[row["kind"]] += round(float(row["amount"]) * 100)
    costs, income = booked[line, year, "costs"], -booked[line, year, "income"]
    realised, allocated = costs - income, given["adopted"] + given["amendment"]
    opening = sum(part[2] for part in pot)
    pot.append([year, year, allocated + max(-realised, 0)])
    left, spent = max(realised, 0), 0
    for part in sorted(pot, key=lambda part: (part[1], part[0])):
        taken = min(left, part[2])
        part[2] -= taken
        left, spent = left - taken, spent + taken
    for row in rows(dossier, "extensions.csv"):
        for part in list(pot):
            if row["line"] == line and int(row["origin"]) == part[0] and part[1] == year:
                longer = min(part[2], round(float(row["amount"]) * 100))
                part[2] -= longer
                pot.append([part[0], int(row["last_year"]), longer])
    released = sum(part[2] for part in pot if part[1] <= year)
    pot[:] = [part for part in pot if part[1] > year and part[2]]
    closing = sum(part[2] for part in pot)
    values = {"adopted": given["adopted"], "amended": given["amendment"], "brought_in": 0, "moved_out": 0}
    values |= {"budget": allocated, "costs": costs, "income": income, "realised": realised}
    values |= {"result": allocated - realised, "overspent": realised - allocated, "opening": opening}
    values |= {"outside": opening, "allocated": allocated, "spent": spent, "released": released}
    values |= {"shortfall": left, "not_carried": 0, "general": 0, "closing": closing}
    withdrawn = -booked[line, year, "reserve_out"]
    values |= dict.fromkeys((*NO_RESERVES, "reserve_in_less"), 0)
    values |= {"reserve_out": withdrawn, "reserve_out_more": withdrawn}
    values |= {"adopted_after": given["adopted"], "budget_after": allocated, "realised_after": realised - withdrawn}
    values |= {"result_after": allocated - realised + withdrawn}
    found.update({(measure, line, year): value for measure, value in values.items()})


def all_figures(dossier: Path) -> dict[str, int]:
    """Every address → cents: lines with what is below them, areas, the whole."""
    own = own_figures(dossier)
    years = rows(dossier, "budget_line_years.csv")
    found: dict[str, int] = {}
    for measure, _, year in own:
        lines = {row["line"]: row for row in years if row["year"] == str(year)}
        for code in lines:
            below = [c for c, row in lines.items() if code in (c, row["parent"])]
            found[f"{measure}/{code}@{year}"] = sum(own[measure, c, year] for c in below)
        for area in {row["area"] for row in lines.values() if row["area"]}:
            within = [
                c for c, r in lines.items() if area in (r["area"], lines[r["parent"]]["area"] if r["parent"] else "")
            ]
            found[f"{measure}/area:{area}@{year}"] = sum(own[measure, c, year] for c in within)
        found[f"{measure}/total@{year}"] = sum(own[measure, c, year] for c in lines)
    return found
