"""The messages between page and kernel: as TypeScript (by ``python -m tests.protocol``), and whether one fits."""

from __future__ import annotations

import json
import typing
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NotRequired

from ctekit.editing import protocol

DECLARATIONS = Path(__file__).parent / "js" / "protocol.d.ts"
MESSAGES = [value for value in vars(protocol).values() if typing.is_typeddict(value)]
_PLAIN = {str: "string", int: "number", bool: "boolean", NoneType: "null", Any: "any"}


def fields(message: Any) -> dict[str, tuple[Any, bool]]:
    """The type of each field, and whether it may be missing."""
    hints = typing.get_type_hints(message, include_extras=True)
    loose = {name for name, hint in hints.items() if not message.__total__ or typing.get_origin(hint) is NotRequired}
    return {name: (hint, name in loose) for name, hint in typing.get_type_hints(message).items()}


def in_typescript(hint: Any) -> str:
    origin, parts = typing.get_origin(hint), [in_typescript(part) for part in typing.get_args(hint)]
    if origin is list:
        return f"{parts[0]}[]"
    if origin is tuple:
        return f"[{', '.join(parts)}]"
    if origin is dict:
        return f"Record<{', '.join(parts)}>"
    if origin is UnionType:
        return " | ".join(parts)
    return _PLAIN.get(hint) or str(hint.__name__)


def declarations() -> str:
    lines = ["// Made by `python -m tests.protocol` of ctekit/editing/protocol.py. Change that, not this."]
    for message in MESSAGES:
        lines += ["", f"/** {message.__doc__} */", f"interface {message.__name__} {{"]
        lines += [f"  {name}{'?' * may}: {in_typescript(hint)};" for name, (hint, may) in fields(message).items()]
        lines += ["}"]
    return "\n".join(lines) + "\n"


def misfit(value: Any, hint: Any, where: str = "message") -> str:
    """Where a value is not of a type, in words; "" if it is."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if typing.is_typeddict(hint):
        if not isinstance(value, dict):
            return f"{where} is no object"
        members = fields(hint)
        wrong = [f"{where} has {name}, which {hint.__name__} does not" for name in value if name not in members]
        wrong += [f"{where} has no {name}" for name, (_, may) in members.items() if not may and name not in value]
        wrong += [misfit(value[name], part, f"{where}.{name}") for name, (part, _) in members.items() if name in value]
        return next(filter(None, wrong), "")
    if origin is UnionType:
        return "" if any(not misfit(value, part) for part in parts) else f"{where} is none of {hint}"
    if origin is dict and isinstance(value, dict):
        return next(filter(None, (misfit(part, parts[1], f"{where}.{name}") for name, part in value.items())), "")
    if origin in (list, tuple) and isinstance(value, list | tuple):
        hints = parts if origin is tuple else parts * len(value)
        if len(hints) != len(value):
            return f"{where} has {len(value)} parts"
        return next(filter(None, (misfit(*pair, where) for pair in zip(value, hints, strict=True))), "")
    return "" if hint is Any or isinstance(value, origin or hint) else f"{where} is {value!r}"


def fitting(message: Any, hint: Any) -> Any:
    """The message as a page reads it, once it is seen to be of the type."""
    assert not misfit(message, hint), misfit(message, hint)
    return json.loads(json.dumps(message))


if __name__ == "__main__":
    DECLARATIONS.write_text(declarations(), "utf-8")
