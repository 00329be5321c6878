"""Answers to what an import asks, each where it belongs: with the profile, the delivery or its decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gebiedswerk.core.typed_words import moment, periods, plain_name, years
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.importing import OF_DECISION, OPTIONS, Answer, Wanted, is_of_decision, said


def answer_import(wanted: Wanted, answers: Sequence[Answer]) -> Wanted:
    """What was asked of a file, with answers to its questions. Raises ValueError for what a setting cannot be."""
    read = {"years": years, "periods": periods, "exported_at": moment, "kind": DeliveryKind, "profile": plain_name}
    own = {key: read.get(key, str)(value) for key, value in answers if key in OPTIONS}
    told = [said(f"{key.removeprefix(OF_DECISION)}={value}") for key, value in answers if is_of_decision(key)]
    of_profile = tuple((key, value) for key, value in answers if key not in OPTIONS and not is_of_decision(key))
    wanted = replace(wanted, decisions=(*wanted.decisions, *told))
    return replace(wanted, answers=(*wanted.answers, *of_profile), **own)  # type: ignore[arg-type]  # read as they are
