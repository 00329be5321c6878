"""Which columns of a budget hold the adopted budget, its amendments and their sum, by what they are called."""

from __future__ import annotations

import re
from dataclasses import replace

from gebiedswerk.dossier.settings import BudgetAmounts
from gebiedswerk.formats.budget_amounts import A_SUM, NO_BUDGET
from gebiedswerk.formats.sample import Sample

ADOPTED = re.compile(
    r"(?i)primitie|oorspronkelijk|vastgestelde? begroting"
)  # literal: words that are read, never shown
AMENDMENT = re.compile(r"(?i)wijziging|mutatie|bijstelling")  # literal: words that are read, never shown
AMOUNT = re.compile(r"[-−+(]?[€ ]*[0-9][0-9., ]*[-)]?")


def amounts_by_kind(sample: Sample) -> BudgetAmounts | None:
    """The columns of amounts by kind; None where no two of them are called so."""
    money = [name for name in sample.header if name and _all_amounts(sample.column(name))]
    sums = [name for name in money if A_SUM.search(name) and not NO_BUDGET.search(name)]
    decided = [name for name in money if name not in sums and not NO_BUDGET.search(name)]
    adopted = [name for name in decided if ADOPTED.search(name)]
    amendment = [name for name in decided if name not in adopted and AMENDMENT.search(name)]
    if not adopted or len(adopted) + len(amendment) + len(sums) < 2:
        return None
    return BudgetAmounts(adopted, amendment, sums[0] if len(sums) == 1 and amendment else "")


def with_one_amount(sample: Sample, amounts: BudgetAmounts) -> Sample:
    """The sample without the columns of other amounts than the first adopted one, and without what is no budget."""
    beside = {*amounts.adopted[1:], *amounts.amendment, amounts.control}
    kept = [at for at, name in enumerate(sample.header) if name not in beside and not NO_BUDGET.search(name)]
    rows = [[row[at] for at in kept] for row in sample.rows]
    header = [sample.header[at] for at in kept]
    return replace(sample, header=header, rows=rows, numbers=sample.numbers & frozenset(header))


def _all_amounts(cells: list[str]) -> bool:
    return bool(cells) and all(AMOUNT.fullmatch(cell) for cell in cells)
