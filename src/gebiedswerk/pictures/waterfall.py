"""From the adopted budget to where the result goes: a waterfall of one subject in one year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gebiedswerk.blocks.headings import is_running, measure_name
from gebiedswerk.blocks.models import Amount, Cell, Chart, Group, Strip, Table, TableRow
from gebiedswerk.blocks.year_tables import Setting, amount_cell, explained, part_cell
from gebiedswerk.figures import Address, NoFigure
from gebiedswerk.pictures.charts import legend_of, unit_of
from gebiedswerk.pictures.scale import Scale, scale_of

STAND = 0
KINDS: Mapping[int, str] = {STAND: "stand", 1: "more", -1: "less"}


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step: a stand (`sign` 0) or what is added (1) or taken off (−1), in cents, with its printed amount."""

    name: str
    sign: int
    cents: int
    cell: Cell
    decided_on: date | None = None

    @property
    def change(self) -> int:
        """By how much the step moves on, in cents."""
        return self.sign * self.cents


def milestones(setting: Setting, address: Address) -> list[Milestone]:
    """The steps of a subject in a year, each from a figure of its own; the last ones only where a term runs.
    Nothing is there before a budget was adopted; what was spent, and what follows from it, not before a file came.

    adopted + amendments + brought in − moved out = budget; − realised = result; + outside the budget + moved out
    − released + shortfall = closing (decision 57).
    """
    if not setting.figures.is_known(address.of("budget")):
        return []
    steps = [_step(setting, address, "adopted", STAND), *_amendments(setting, address)]
    for measure, sign in (("brought_in", 1), ("moved_out", -1)):
        steps += [found for found in [_step(setting, address, measure, sign)] if found.cents]
    steps.append(_step(setting, address, "budget", STAND))
    if not setting.figures.is_known(address.of("realised")):
        return steps
    steps.append(_step(setting, address, "realised", -1))
    steps.append(_step(setting, address, "result", STAND))
    return steps + _destination(setting, address, steps[-1].cents)


def _step(setting: Setting, address: Address, measure: str, sign: int) -> Milestone:
    figure = setting.figures.figure(address.of(measure))
    name = measure_name(setting.figures, setting.messages, measure, address.year or setting.year)
    return Milestone(name, sign, figure.cents, amount_cell(setting, figure.address))


def _amendments(setting: Setting, address: Address) -> list[Milestone]:
    """A step per decision that changed the budget of the subject, in the order in which they were taken."""
    whole = _step(setting, address, "amended", 1)
    rows = setting.figures.postings(address.of("amended")).select("decided_on", "decision", "cents").iter_rows()
    decisions: dict[tuple[date | None, str | None], int] = defaultdict(int)
    for decided_on, decision, cents in rows:
        decisions[decided_on, decision] += cents
    named = {(day, name): cents for (day, name), cents in decisions.items() if cents and day and name}
    if sum(named.values()) != whole.cents or any(cents for key, cents in decisions.items() if key not in named):
        return [whole] if whole.cents else []
    return [
        Milestone(name, 1, cents, part_cell(setting, cents, address.of("amended")), day)
        for (day, name), cents in sorted(named.items())
    ]


def _destination(setting: Setting, address: Address, result: int) -> list[Milestone]:
    """Where the result goes; nothing where no term runs, or where it does not run on all of the subject."""
    signs = {"outside": 1, "moved_out": 1, "released": -1, "shortfall": 1}
    try:
        steps = [_step(setting, address, measure, sign) for measure, sign in signs.items()]
        closing = _step(setting, address, "closing", STAND)
    except NoFigure:
        return []
    if result + sum(step.change for step in steps) != closing.cents:
        return []
    return [*(step for step in steps if step.cents), closing]


def milestone_chart(setting: Setting, steps: Sequence[Milestone], caption: str, table_id: str) -> Chart:
    """The steps as bars that begin where the one before ended; a stand begins at zero."""
    spans = list(_spans(steps))
    scale = scale_of(end for span in spans for end in span)
    groups = [_group(setting, step, span, scale) for step, span in zip(steps, spans, strict=True)]
    used = {bar.kind for group in groups for strip in group.strips for bar in strip.bars}
    return Chart(
        id=f"chart-{table_id.removeprefix('table-')}",
        caption=caption,
        legend=legend_of(setting, [kind for kind in KINDS.values() if kind in used]),
        zero=scale.at(0),
        groups=tuple(groups),
        table_id=table_id,
        description=setting.messages(f"chart.milestones.description{_running(setting)}", unit=unit_of(setting)),
    )


def _running(setting: Setting) -> str:
    """The end of the name of words for a year that runs: there is no result yet."""
    return ".running" if is_running(setting.figures, setting.year) else ""


def _spans(steps: Sequence[Milestone]) -> Iterator[tuple[int, int]]:
    """From where to where each step goes, in cents."""
    stand = 0
    for step in steps:
        start, stand = (0, step.cents) if step.sign == STAND else (stand, stand + step.change)
        yield start, stand


def _group(setting: Setting, step: Milestone, span: tuple[int, int], scale: Scale) -> Group:
    start, end = span
    kind = KINDS[STAND] if step.sign == STAND else KINDS[1] if end >= start else KINDS[-1]
    strip = Strip((scale.bar(kind, start, end),), (Amount("", step.cell, kind),))
    return Group(_name(setting, step), (strip,), _day(setting, step))


def _name(setting: Setting, step: Milestone) -> Cell:
    """The name with the sign in which it counts; a decision leads to the rows it consists of."""
    name = setting.messages("chart.decision", number=step.name) if step.decided_on else step.name
    sign = {STAND: "=", 1: "+", -1: "−"}[step.sign]
    return Cell(f"{sign} {name}", step.cell.href if step.decided_on else "")


def _day(setting: Setting, step: Milestone) -> str:
    return setting.messages.day(step.decided_on) if step.decided_on else ""


def milestone_table(setting: Setting, steps: Sequence[Milestone], caption: str, table_id: str) -> Table:
    """The amounts of `milestone_chart`: a row per step."""
    rows = [TableRow((_name(setting, step), Cell(_day(setting, step)), step.cell)) for step in steps]
    messages = setting.messages
    amounts = messages("chart.milestones.amount", unit=unit_of(setting))
    columns = (messages("chart.milestones.step"), messages("chart.milestones.decided"), amounts)
    return explained(Table(table_id, caption, columns, tuple(rows)), messages)
