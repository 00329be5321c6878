"""A file on its way into the dossier: recognise it, offer it, say what it would move, land it whole; or propose."""

from gebiedswerk.importing.answer_values import Imported, Offer, Wanted
from gebiedswerk.importing.answers import Answer
from gebiedswerk.importing.decision_options import Said, said
from gebiedswerk.importing.difference import Difference, difference
from gebiedswerk.importing.import_json import imported_json
from gebiedswerk.importing.import_questions import OF_DECISION, OPTIONS, Choice, Question, is_of_decision, line, option
from gebiedswerk.importing.import_sentences import difference_text, imported_text
from gebiedswerk.importing.keep_answers import keep_answers
from gebiedswerk.importing.landing import PATIENCE_SECONDS, land
from gebiedswerk.importing.offer import already, offered, only_administration
from gebiedswerk.importing.propose import Proposal, propose
from gebiedswerk.importing.refusals import offered_dossier
from gebiedswerk.importing.rules import RulesFound, suggest_rules, write_rules
from gebiedswerk.importing.rules_told import rule_key, rule_words, rules_json, rules_text
from gebiedswerk.importing.suggestions import questions_of
from gebiedswerk.importing.unattributed import OpenGroup, open_groups

__all__ = [
    "OF_DECISION",
    "OPTIONS",
    "PATIENCE_SECONDS",
    "Answer",
    "Choice",
    "Difference",
    "Imported",
    "Offer",
    "OpenGroup",
    "Proposal",
    "Question",
    "RulesFound",
    "Said",
    "Sight",
    "Wanted",
    "already",
    "difference",
    "difference_text",
    "imported_json",
    "imported_text",
    "is_of_decision",
    "keep_answers",
    "land",
    "line",
    "offered",
    "offered_dossier",
    "only_administration",
    "open_groups",
    "option",
    "propose",
    "questions_of",
    "rule_key",
    "rule_words",
    "rules_json",
    "rules_text",
    "said",
    "suggest_rules",
    "write_rules",
]
