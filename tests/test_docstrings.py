"""The docstring of every public name says what it takes, gives and raises, in NumPy's form."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from numpydoc.docscrape import get_doc_object
from numpydoc.validate import Validator

from docs.generate import meaning, public

NAMES = {
    "GL08": "has no docstring",
    "SS01": "has no summary",
    "PR01": "leaves out a parameter",
    "PR02": "names a parameter that is not there",
    "PR03": "has its parameters in another order",
    "RT01": "does not say what it returns",
    "YD01": "does not say what it yields",
}


def functions(place: ModuleType) -> Iterator[tuple[str, Any]]:
    """The public functions of a place, and the public methods of its classes."""
    for name in place.__all__:
        value = getattr(place, name)
        if inspect.isclass(value):
            for attribute, member in inspect.getmembers_static(value):
                function = getattr(member, "__func__", member)
                ours = inspect.isfunction(function) and function.__module__.startswith("ctekit.")
                if not attribute.startswith("_") and ours and function.__name__ != "<lambda>":
                    yield f"{name}.{attribute}", function
        elif inspect.isroutine(inspect.unwrap(value)) if callable(value) else False:
            yield name, inspect.unwrap(value)


def raised(function: Any) -> set[str]:
    """What a function's own body raises by name, but for an error that it catches and gives on."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    raises = (node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise))
    calls = (error.func for error in raises if isinstance(error, ast.Call))
    return {call.id for call in calls if isinstance(call, ast.Name) and call.id[0].isupper()}


def faults(function: Any) -> Iterator[str]:
    """What its docstring lacks, in words."""
    documented = Validator(get_doc_object(function))
    if not documented.raw_doc.strip():
        yield NAMES["GL08"]
        return
    if not documented.summary:
        yield NAMES["SS01"]
    if documented.signature_parameters or documented.doc_parameters:
        yield from (f"{NAMES.get(code, code)} ({words})" for code, words in documented.parameter_mismatches)
    returns = inspect.signature(function).return_annotation
    gives_on = str(returns).startswith(("Iterator", "Generator"))
    if returns not in ("None", None, "NoReturn") and not (documented.returns or documented.yields):
        yield NAMES["YD01" if gives_on else "RT01"]
    named = " ".join(error.type or error.name for error in documented.doc["Raises"])
    yield from (f"does not say that it raises {error}" for error in sorted(raised(function)) if error not in named)


@pytest.mark.parametrize("name", public())
def test_docstrings_say_what_is_taken_given_and_raised(name: str) -> None:
    missing = [
        f"{name}.{called} {fault}" for called, function in functions(public()[name]) for fault in faults(function)
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("name", public())
def test_public_values_say_what_they_are(name: str) -> None:
    place = public()[name]
    values = [member for member in place.__all__ if not callable(getattr(place, member))]
    assert [value for value in values if not meaning(place, value)] == []
