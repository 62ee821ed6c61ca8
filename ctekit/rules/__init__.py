"""The rules, one module a family. A rule is found by standing here: nothing else is registered."""

from ctekit.rules._engine import check, let_stand, run, severity
from ctekit.rules._follow_up import (
    DuplicateActionError,
    acknowledge,
    action_of,
    action_source,
    agenda_topic,
    plan_action,
    plan_item,
)
from ctekit.rules._page import as_markdown
from ctekit.rules._rule import Finding, Found, Pending, Result, Rule, every, rule

__all__ = [
    "DuplicateActionError",
    "Finding",
    "Found",
    "Pending",
    "Result",
    "Rule",
    "acknowledge",
    "action_of",
    "action_source",
    "agenda_topic",
    "as_markdown",
    "check",
    "every",
    "let_stand",
    "plan_action",
    "plan_item",
    "rule",
    "run",
    "severity",
]
