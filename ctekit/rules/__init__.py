"""The rules, one module a family. A rule is found by standing here: nothing else is registered."""

from ctekit.rules._engine import Finding, Found, Pending, Result, Rule, as_markdown, check, every, rule, run, severity

__all__ = ["Finding", "Found", "Pending", "Result", "Rule", "as_markdown", "check", "every", "rule", "run", "severity"]
