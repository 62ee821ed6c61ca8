"""Closing the widgets that one notebook showed, while the kernel goes on for other notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ipywidgets.widgets import widget as ipywidget


def close(models: Iterable[str]) -> None:
    """Close widgets and what they are made of. An id that nobody knows (any more) is passed over."""
    open_widgets = ipywidget._instances
    for model in models:
        for widget in list(_with_parts(open_widgets.get(model))):
            widget.close()


def _with_parts(widget: Any) -> Iterator[Any]:
    if not isinstance(widget, ipywidget.Widget):
        return
    for key in widget.keys:
        value = getattr(widget, key, None)
        for part in value if isinstance(value, list | tuple) else (value,):
            yield from _with_parts(part)
    yield widget
