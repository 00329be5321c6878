"""The verb `rules`: rules for all that has none, the lines that answers and words give them, and landing those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.core.matching import NoPattern, Pattern, parse_pattern, pattern_text
from gebiedswerk.core.words import TextKind, is_blank
from gebiedswerk.dossier import NEWEST, Dossier, read, safe_files
from gebiedswerk.dossier.table_files import as_it_stands, standing_name
from gebiedswerk.dossier.tables import TABLES, AttributionRow
from gebiedswerk.dossier.writing.apply import land
from gebiedswerk.dossier.writing.change import RowAdded, cells_of
from gebiedswerk.importing.landing import PATIENCE_SECONDS
from gebiedswerk.importing.suggest import Suggestion, shorter
from gebiedswerk.importing.unattributed import Naming, ProposedRule, Unattributed, proposed, unattributed
from gebiedswerk.ledger import CodesSeen, attribute, rules_of

TABLE = TABLES["attribution"]
OUTSIDE = ("buiten:", "outside:")  # literal: words that are read; the reason stands behind them
ALL = "*"


@dataclass(frozen=True, slots=True)
class Target:
    """Where postings go: to a line, by a key, or out of scope for a reason."""

    line: str = ""
    key: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SuggestedRule:
    """A rule with the place that it would go to: `target` is None where that is asked.

    `answered`: a person said so, else the words of the file do.
    """

    rule: ProposedRule
    target: Target | None
    answered: bool = False

    @property
    def row(self) -> AttributionRow | None:
        """The rule as it lands."""
        if self.target is None:
            return None
        patterns = {name: parse_pattern(text) for name, text in self.rule.codes}
        line, key = self.target.line or None, self.target.key or None
        return AttributionRow(row=0, id=self.rule.id, line=line, key=key, out_of_scope=self.target.reason, **patterns)


@dataclass(frozen=True, slots=True)
class RulesFound:
    """The rules for what has none, largest first, the lines that one may go to, and what became of it.

    `landed`: the file in which they were written; `count`: so many of them.
    """

    faults: tuple[Fault, ...] = ()
    rules: tuple[SuggestedRule, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    landed: Path | None = None
    count: int = 0

    @property
    def asked(self) -> list[ProposedRule]:
        """The rules of which nobody said yet where they go."""
        return [one.rule for one in self.rules if one.target is None]


def suggest_rules(path: Path, answers: Sequence[tuple[str, str]] = ()) -> RulesFound:
    """What has no rule in the deliveries that count, each with a rule. Nothing is written."""
    checked = read(path)
    if checked.value is None:
        return RulesFound(checked.faults)
    return _found(checked.value, answers)


def write_rules(path: Path, answers: Sequence[tuple[str, str]] = (), by: By = UNSAID) -> RulesFound:
    """Land the rules whose place is told, whole or not at all; the others are still asked."""
    if not path.is_dir():
        return RulesFound(read(path).faults)
    with safe_files.alone_in(path, PATIENCE_SECONDS) as alone:
        if alone is False:
            return RulesFound((fault("I117", TABLE.file, value=path),))
        found = suggest_rules(path, answers)
        rows = [row for one in found.rules if (row := one.row) is not None]
        if errors(found.faults) or not rows:
            return found
        landed, said = land(path, [RowAdded("attribution", cells_of(row)) for row in rows], by, "rules --write")
        place = path / standing_name(path, TABLE.file) if landed else None
        return replace(found, faults=(*found.faults, *said), landed=place, count=len(rows) if place else 0)


def _found(dossier: Dossier, answers: Sequence[tuple[str, str]]) -> RulesFound:
    ledger = attribute(dossier, NEWEST)
    if ledger.value is None:
        because = tuple(as_it_stands(one, dossier.path) for one in errors(ledger.faults) or _shape(dossier))
        return RulesFound(because)
    open_ = unattributed(dossier, ledger.value, ledger.value.used)
    told = proposed(dossier, ledger.value, open_)
    years = {int(open_.seen[at].codes["year"]) for at in open_.sums} or set(dossier.budget_years())
    lines = {one.line: one.name for one in dossier.budget_line_years if one.year in years}
    targets, wrong = _targets(dossier, answers, lines)
    rules, unused = _placed(dossier, open_, told, targets)
    faults = [*wrong, *(fault("I191", "--answer", value=key) for key in unused)]
    if not errors(faults):
        faults += _proven(dossier, open_.seen, [row for one in rules if (row := one.row) is not None])
    return RulesFound(tuple(faults), tuple(rules), tuple(lines.items()))


def _shape(dossier: Dossier) -> list[Fault]:
    return [fault("X001", dossier.path.name, stage="attribution", codes=())]


def _targets(
    dossier: Dossier, answers: Sequence[tuple[str, str]], lines: Mapping[str, str]
) -> Checked[dict[str, Target]]:
    """What each answer means; one that names no line, key or reason is a fault (I190)."""
    keys = {row.key for row in dossier.keys}
    found: dict[str, Target] = {}
    faults: list[Fault] = []
    for key, value in answers:
        outside = next((word for word in OUTSIDE if value.casefold().startswith(word)), None)
        reason = value[len(outside or "") :].strip()
        target = Target(line=value) if value in lines else Target(key=value) if value in keys else None
        if outside and reason and not is_blank(reason, TextKind.REASON):
            target = Target(reason=reason)
        if target is None or key in found:
            faults.append(fault("I190", "--answer", None, key, value, known=[*lines, *sorted(keys)]))
        else:
            found[key] = target
    return Checked(found, tuple(faults))


def _placed(
    dossier: Dossier,
    open_: Unattributed,
    told: Sequence[tuple[ProposedRule, frozenset[int]]],
    targets: Mapping[str, Target],
) -> tuple[list[SuggestedRule], list[str]]:
    """The rules with their places, those of one answer together where that is shorter; and the answers to nothing."""
    by_answer: dict[str, list[Suggestion]] = defaultdict(list)
    kept: list[tuple[SuggestedRule, frozenset[int]]] = []
    for rule in open_.rules:
        key = _answer_of(rule, targets)
        if key is not None:
            by_answer[key].append(rule)
    answered = {at for rules in by_answer.values() for rule in rules for at in rule.takes}
    for proposal, takes in told:
        if not takes & answered:
            kept.append((SuggestedRule(proposal, Target(proposal.line) if proposal.sure else None), takes))
    split = [
        one for one in open_.rules if not one.takes & answered and not any(one.takes <= takes for _, takes in kept)
    ]
    by_words = {at: proposal for proposal, takes in told for at in takes}
    naming = Naming(dossier)
    for one, _ in kept:
        naming.take(one.rule.id)
    for rule in split:  # its group was said together with an answered one
        said = by_words[min(rule.takes)]
        kept.append((SuggestedRule(_proposal(rule, said.line, open_, naming), Target(said.line)), rule.takes))
    for key, rules in by_answer.items():
        for rule in _short(
            key, rules, open_, [one for other, found in by_answer.items() if other != key for one in found]
        ):
            proposal = _proposal(rule, targets[key].line, open_, naming)
            kept.append((SuggestedRule(proposal, targets[key], answered=True), rule.takes))
    order = {at: place for place, at in enumerate(open_.sums)}
    kept.sort(key=lambda one: min(order[at] for at in one[1]))
    return [one for one, _ in kept], [key for key in targets if key not in by_answer]


def _proposal(rule: Suggestion, line: str, open_: Unattributed, naming: Naming) -> ProposedRule:
    codes = tuple((name, pattern_text(pattern)) for name, pattern in rule.patterns)
    cents, postings = (sum(open_.sums[at][part] for at in rule.takes) for part in (0, 1))
    return ProposedRule(naming.free(rule.patterns), codes, line, "", cents, postings)


def _answer_of(rule: Suggestion, targets: Mapping[str, Target]) -> str | None:
    """The answer that is about a rule: its code, else the longest beginning or range, else `*`, which is all."""
    code = rule.patterns[0][1].low if rule.patterns else ""
    fitting = [
        key for key in targets if key == code or (pattern := _pattern(key)) is not None and pattern.matches(code)
    ]
    best = max(fitting, key=lambda key: (key == code, len(key)), default=None)
    return best if best is not None else ALL if ALL in targets else None


def _pattern(key: str) -> Pattern | None:
    try:
        return parse_pattern(key) if key else None
    except NoPattern:
        return None


def _short(
    key: str, rules: Sequence[Suggestion], open_: Unattributed, others: Sequence[Suggestion]
) -> Sequence[Suggestion]:
    """The rules of one answer: as its own pattern where that takes nothing of another place, else as is shorter."""
    pattern = _pattern(key)
    bare = {rule.patterns[0][0] for rule in rules if len(rule.patterns) == 1}
    if (
        pattern is not None
        and pattern.low != pattern.high
        and len(bare) == 1
        and all(len(one.patterns) == 1 for one in rules)
    ):
        takes = frozenset[int]().union(*(rule.takes for rule in rules))
        wide = Suggestion(((next(iter(bare)), pattern),), takes)
        elsewhere = {at for one in others if all(p.within(pattern) for n, p in one.patterns[:1]) for at in one.takes}
        if {at for at, one in enumerate(open_.seen) if wide.matches(one.codes)} <= takes | elsewhere:
            return [wide]
    return shorter(rules, open_.seen)


def _proven(dossier: Dossier, seen: Sequence[CodesSeen], rows: Sequence[AttributionRow]) -> list[Fault]:
    """That with these rules every set of codes has one rule at most, and each that had one the same (else I192)."""
    before, after = rules_of(dossier.attribution), rules_of((*dossier.attribution, *rows))
    for one in seen:
        now = [rule.code for rule in after.winners(one.codes)]
        then = [rule.code for rule in before.winners(one.codes)] if one.placed else now[:1]
        if now != then:
            return [fault("I192", TABLE.file, value=" · ".join(filter(None, one.codes.values())), rules=now)]
    return []
