"""`import --propose`: a profile for a file that none fits, with every guess explained, for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, errors, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, Flows
from gebiedswerk.dossier.settings_reader import read_settings, settings_of
from gebiedswerk.dossier.toml_edit import line_of, toml_value, with_table
from gebiedswerk.dossier.unsure import unsure_faults
from gebiedswerk.dossier.writing.apply import land
from gebiedswerk.dossier.writing.change import FileWritten
from gebiedswerk.dossier.writing.redo import hash_of
from gebiedswerk.formats.guess_profile import WANTED, Guesses, guessed
from gebiedswerk.formats.number_styles import SHOWN, Guess, income_of
from gebiedswerk.formats.profile_reader import REQUIRED
from gebiedswerk.formats.recognise import importer_of
from gebiedswerk.formats.registry import Importer
from gebiedswerk.importing.answers import Answer, answered
from gebiedswerk.importing.asked import asked
from gebiedswerk.importing.import_questions import UNSURE, Asked, Question, questions
from gebiedswerk.importing.offer import ANY_PERIOD, ANY_YEAR, UNKNOWN, UNNAMED
from gebiedswerk.importing.suggestions import suggested
from gebiedswerk.importing.trial import tried
from gebiedswerk.language.messages import Messages

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Proposal:
    """A profile that was written, what its file looks like, and what an import with it would ask."""

    place: Path
    kind: DeliveryKind
    questions: tuple[Question, ...] = ()

    @property
    def unsure(self) -> int:
        """How many settings of the profile are not sure."""
        return sum(one.fault.code == UNSURE for one in self.questions)


def propose(
    dossier: Path,
    file: Path,
    name: str,
    messages: Messages,
    kind: DeliveryKind | None = None,
    answers: Sequence[Answer] = (),
    by: By = UNSAID,
) -> Checked[Proposal | None]:
    """Write `profiles/<name>.toml` for a file, as a kind of delivery or (None) as what it looks like; with `answers`.

    Never over an existing profile (I114): into that go answers, and nothing else. A file in which no table can be seen
    is a fault (I115).
    """
    place, into = dossier / "profiles" / f"{name}.toml", f"profiles/{name}.toml"
    if place.exists() and not answers:
        return Checked(None, (fault("I114", into, value=name),))
    guesses = _guessed(file, kind)
    if guesses.value is None:
        return Checked(None, guesses.faults)
    try:
        stands = place.read_bytes() if place.exists() else None
        known = None if stands is None else stands.decode("utf-8-sig")
    except (OSError, ValueError):
        return Checked(None, tuple(read_settings(place, into, Profile)[1]))
    text = answered(known or profile_text(guesses.value, file.name, name, messages), answers, into)
    if text.value is None:
        return Checked(None, text.faults)
    whole, questions_left = _tried(text.value, name, file, guesses.value, left_out=known is None)
    change = [FileWritten(into, hash_of(stands), whole.encode())]
    landed = land(dossier, change, by, f"import --propose {file.name}")
    proposal = Proposal(place, guesses.value.kind, questions_left)
    return Checked(proposal if landed.value else None, landed.faults)


def _tried(text: str, name: str, file: Path, guesses: Guesses, *, left_out: bool) -> tuple[str, tuple[Question, ...]]:
    """A profile with the totals that prove themselves left out, and all that an import with it would ask."""
    profile, _ = settings_of(text, f"profiles/{name}.toml", Profile)
    importer = importer_of(file).value
    if profile is None or importer is None:
        return text, ()
    rules, faults = tried(importer, file, guesses.kind, name, profile)
    for rule in rules if left_out else ():
        text = with_table(text, "leave_out", {"column": rule.column, "text": rule.text})
    return text, questions([*unsure_faults(profile, name), *faults], asked(guesses), suggested(guesses))


def _guessed(file: Path, kind: DeliveryKind | None) -> Checked[Guesses | None]:
    importer = importer_of(file)
    if importer.value is None:
        return Checked(None, importer.faults)
    if not importer.value.has_columns:
        return _of_audit_file(importer.value, file)
    sample = importer.value.sample(file)
    return Checked(guessed(sample, kind)) if sample else Checked(None, (fault("I115", file.name),))


def _of_audit_file(importer: Importer, file: Path) -> Checked[Guesses | None]:
    """An audit file says itself how it is written; only what is income is left to a person."""
    settings = DeliverySettings(
        file.name, DeliveryKind.REALISED, UNNAMED, list(ANY_YEAR), UNKNOWN, UNNAMED, list(ANY_PERIOD)
    )
    read, faults = importer.read(Delivery(UNNAMED, file, file.name, "", settings, Profile(flows=Flows(balance=[]))))
    if errors(faults):
        return Checked(None, tuple(faults))
    booked = read.postings.filter(pl.col("flow") == "costs")
    sums = booked.group_by("ledger_account").agg(pl.col("cents").sum())
    accounts = booked["ledger_account"].unique(maintain_order=True).head(SHOWN)
    flow = Guess("column", "accID", tuple(accounts))
    return Checked(Guesses(DeliveryKind.REALISED, (), (), flow, income_of(sums.iter_rows())))


def profile_text(guesses: Guesses, file: str, name: str, messages: Messages) -> str:
    """A profile as TOML: each setting under a comment that says what it is, what was seen, and whether it is sure."""
    lines = _comment(messages("cli.propose.head", file=toml_value(file), name=name))
    lines += _comment(messages(f"cli.propose.kind.{guesses.kind}"))
    if guesses.package:
        facts = {"name": guesses.package.name, "source": guesses.package.source}
        lines += _comment(messages("cli.propose.package", **facts))
    lines.append("")
    for key, text in (("sheet", guesses.sheet), ("line_column", guesses.line_column)):
        lines += [*_comment(messages(f"cli.propose.{key}")), f"{key} = {toml_value(text)}"] if text else []
    for key, number in (("header_row", guesses.header_row), ("header_rows", guesses.header_rows)):
        lines += [*_comment(messages(f"cli.propose.{key}")), f"{key} = {number}"] if number > 1 else []
    for guess in guesses.file:
        lines += _setting(guess, guesses.kind, messages)
    if guesses.trailing_minus:
        lines += [*_comment(messages("cli.propose.trailing_minus")), "trailing_minus = true"]
    if guesses.negative_costs:
        lines += [*_comment(messages("cli.propose.negative_costs")), "negative_costs = true"]
    if guesses.income_by_side:
        lines += [*_comment(messages("cli.propose.income_by_side")), "income_by_side = true"]
    lines += _named_codes(guesses, messages)
    lines += ["", *_comment(messages("cli.propose.columns")), "[columns]"] if guesses.columns else []
    for guess in guesses.columns:
        lines += _setting(guess, guesses.kind, messages)
    lines += _unused(guesses, messages)
    lines += _period_columns(guesses, messages)
    lines += [*_sign(guesses, messages), *_budget_kinds(guesses, messages)]
    if guesses.income_by_side:
        return "\n".join([*lines, *_unsure(asked(guesses), messages)]) + "\n"
    lines += ["", *_comment(messages("cli.propose.flows")), "[flows]", *_setting(guesses.flow, guesses.kind, messages)]
    lines += [] if guesses.income_sure else _comment(messages("cli.propose.income"))
    lines.append(f"income = [{', '.join(map(toml_value, guesses.income))}]")
    lines += _unsure(asked(guesses), messages)
    return "\n".join(lines) + "\n"


def _named_codes(guesses: Guesses, messages: Messages) -> Iterator[str]:
    """The columns whose cells hold a code and its name."""
    if guesses.named_codes:
        seen = _examples([one.examples[0] for one in guesses.named_codes])
        yield from _comment(messages("cli.propose.named_codes", examples=seen))
        yield line_of(("named_codes",), [one.key for one in guesses.named_codes])


def _unsure(questions: Sequence[Asked], messages: Messages) -> Iterator[str]:
    """What is asked, each setting with its question: nothing is read with the profile while one is left."""
    if questions:
        yield from ["", *_comment(messages("cli.propose.asked")), "[unsure]"]
    for one in questions:
        yield line_of((one.key,), messages(f"cli.{one.words}", **dict(one.facts)))


def _setting(guess: Guess, kind: DeliveryKind, messages: Messages) -> Iterator[str]:
    """One setting with its comment; what was not found is itself a comment."""
    said = []
    if guess.value is None:
        needed = guess.key in (*REQUIRED[kind], "amount", "column")
        wanted = "wanted" if guess.key in WANTED else "absent"
        said.append(messages("cli.propose.needed" if needed else f"cli.propose.{wanted}"))
    said.append(messages(f"cli.propose.{guess.key}"))
    if guess.examples:
        said.append(messages("cli.propose.examples", examples=_examples(guess.examples)))
    if guess.others:
        said.append(messages("cli.propose.others", others=", ".join(map(toml_value, guess.others))))
    yield from _comment(" ".join(said))
    yield f'# {guess.key} = ""' if guess.value is None else f"{guess.key} = {toml_value(guess.value)}"


def _period_columns(guesses: Guesses, messages: Messages) -> Iterator[str]:
    """The columns that each hold the amounts of one period."""
    if guesses.period_columns:
        yield from ["", *_comment(messages("cli.propose.period_columns")), "[period_columns]"]
        yield from (line_of((period,), name) for period, name in guesses.period_columns.items())
    if guesses.income_columns:
        yield from ["", *_comment(messages("cli.propose.income_columns")), "[income_columns]"]
        yield from (line_of((period,), name) for period, name in guesses.income_columns.items())


def _sign(guesses: Guesses, messages: Messages) -> Iterator[str]:
    """The column that gives an amount its sign, if there is one."""
    sign = guesses.sign
    if sign is not None:
        yield from ["", *_comment(messages("cli.propose.sign")), "[sign]", f"column = {toml_value(sign.column)}"]
        yield line_of(("negative",), [sign.negative])
        yield line_of(("positive",), [sign.positive, *sign.others])


def _budget_kinds(guesses: Guesses, messages: Messages) -> Iterator[str]:
    """What a budget file writes for each kind of decision, if it says so."""
    words, amounts = guesses.budget_words, guesses.budget_amounts
    if amounts is not None:
        yield from ["", *_comment(messages("cli.propose.budget_amounts")), "[budget_amounts]"]
        yield from (line_of((name,), getattr(amounts, name)) for name in ("adopted", "amendment"))
        yield from [line_of(("control",), amounts.control)] if amounts.control else []
    if words is not None:
        yield from ["", *_comment(messages("cli.propose.budget_kinds")), "[budget_kinds]"]
        yield line_of(("adopted",), words.adopted)
        yield line_of(("amendment",), (*words.amendment, *words.unknown))


def _unused(guesses: Guesses, messages: Messages) -> Iterator[str]:
    """The columns of the file that have no meaning yet, with what stands in them."""
    filled = [(header, examples) for header, examples in guesses.unused if examples]
    yield from _comment(messages("cli.propose.unused")) if filled else []
    for header, examples in filled:
        facts = {"header": toml_value(header), "examples": _examples(examples)}
        yield from _comment("  " + messages("cli.propose.unused_column", **facts))


def _examples(cells: Sequence[str]) -> str:
    return ", ".join(toml_value(one if len(one) <= LONGEST else f"{one[: LONGEST - 1]}…") for one in cells)


def _comment(words: str) -> list[str]:
    return [f"# {line}".rstrip() for line in words.splitlines()]
