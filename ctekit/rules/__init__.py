"""The rules, one module a family. A rule is found by standing here: nothing else is registered."""
