"""What a screen reader is given: the browser's own accessibility tree, walked without a look at the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page

Node = dict[str, Any]
CONTROLS = {"textbox", "searchbox", "combobox", "checkbox", "radio", "button", "link"}
CELLS = {"gridcell", "rowheader", "columnheader"}
GROUPS = {"group", "radiogroup", "toolbar", "grid", "region"}


@dataclass
class Heard:
    """One thing in the tree, with all that is read out with it."""

    role: str
    name: str
    description: str
    states: dict[str, Any]
    element: int
    value: str = ""
    around: list[str] = field(default_factory=list)
    """Names of the groups, toolbars and grids it stands in, from outside in: read out when one comes into them."""
    headings: list[str] = field(default_factory=list)
    """For a cell, the names of its column and its row: read out when one moves from cell to cell."""

    @property
    def words(self) -> str:
        """All of it in one line."""
        return " | ".join([*self.around, *self.headings, self.name, self.description])


def hear(page: Page) -> dict[str, list[Heard]]:
    """All controls and cells of each region of the page, by its name, in the order in which they are read."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in tree}
    regions = [node for node in tree if _said(node, "role") == "region"]
    return {_said(region, "name"): list(_walk(nodes, region, [], [])) for region in regions}


def places(page: Page) -> dict[int, tuple[list[str], str]]:
    """For each element, by its `Heard.element`, the fields it stands in, from outside in, and its row."""
    by_element: dict[int, tuple[list[str], str]] = {}

    def walk(node: Node, fields: list[str], row: str) -> None:
        names_and_values = node.get("attributes", [])
        attributes = dict(zip(names_and_values[::2], names_and_values[1::2], strict=True))
        if name := attributes.get("data-field"):
            fields = [*fields, name]
        row = attributes.get("data-row", row)
        by_element[node["backendNodeId"]] = (fields, row)
        for child in node.get("children", []):
            walk(child, fields, row)

    walk(page.context.new_cdp_session(page).send("DOM.getDocument", {"depth": -1})["root"], [], "")
    return by_element


class Reader:
    """Somebody at a screen reader in one region: finds by role and name, and presses keys."""

    def __init__(self, page: Page, region: str) -> None:
        self.page = page
        self.browser: CDPSession = page.context.new_cdp_session(page)
        root = self.browser.send("DOM.getDocument", {"depth": 0})["root"]["backendNodeId"]
        (self.region,) = self._ask(root, "region", region)

    def _ask(self, below: int, role: str, name: str) -> list[int]:
        asked = {"backendNodeId": below, "accessibleName": name, "role": role}
        nodes = self.browser.send("Accessibility.queryAXTree", asked)["nodes"]
        return [node["backendDOMNodeId"] for node in nodes if not node["ignored"]]

    def find(self, role: str, name: str, *, within: tuple[str, str] | None = None) -> Heard:
        """The one thing with just this role and this name; `within` is role and name of the group to look in."""
        below = self.find(*within).element if within else self.region
        elements = self._ask(below, role, name)
        assert len(elements) == 1, f"{len(elements)} of role {role} are called “{name}”"
        return self._heard({"backendNodeId": elements[0]})

    def go(self, role: str, name: str, *, within: tuple[str, str] | None = None) -> Heard:
        """Put the focus on it, as screen readers do when one chooses from their lists."""
        return self.go_to(self.find(role, name, within=within))

    def go_to(self, target: Heard) -> Heard:
        self.browser.send("DOM.focus", {"backendNodeId": target.element})
        return self.here()

    def put(self, control: Heard, words: str) -> None:
        """Write into a control at once, as dictation does."""
        there = self.browser.send("DOM.resolveNode", {"backendNodeId": control.element})["object"]["objectId"]
        does = "function (words) { this.value = words; this.dispatchEvent(new Event('input', {bubbles: true})); }"
        asked = {"objectId": there, "functionDeclaration": does, "arguments": [{"value": words}]}
        self.browser.send("Runtime.callFunctionOn", asked)

    def here(self) -> Heard:
        """What has the focus."""
        active = self.browser.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
        return self._heard({"objectId": active["objectId"]})

    def _heard(self, identifier: dict[str, Any]) -> Heard:
        asked = {**identifier, "fetchRelatives": True}
        tree = self.browser.send("Accessibility.getPartialAXTree", asked)["nodes"]
        nodes = {node["nodeId"]: node for node in tree}
        around, node = [], nodes.get(tree[0].get("parentId"))
        while node:
            around[:0] = [_said(node, "name")] if _said(node, "role") in GROUPS else []
            node = nodes.get(node.get("parentId", ""))
        return _one(tree[0], around)

    def press(self, *keys: str) -> Heard:
        for key in keys:
            self.page.keyboard.press(key)
        return self.here()

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)


def _said(node: Node, what: str) -> str:
    return str(node.get(what, {}).get("value", ""))


def _one(node: Node, around: list[str], headings: list[str] | None = None) -> Heard:
    states = {state["name"]: state["value"].get("value") for state in node.get("properties", [])}
    texts = [_said(node, what) for what in ("role", "name", "description")]
    return Heard(*texts, states, node["backendDOMNodeId"], _said(node, "value"), around, headings or [])


def _walk(nodes: dict[str, Node], node: Node, around: list[str], columns: list[str]) -> Iterator[Heard]:
    """Everything below a node; `columns` are the headings of the grid it stands in, filled when its head is met."""
    cells = _nearest(nodes, node) if _said(node, "role") == "row" else []
    if any(_said(cell, "role") == "columnheader" for cell in cells):
        columns[:] = [_said(cell, "name") for cell in cells]
    row = next((_said(cell, "name") for cell in cells if _said(cell, "role") == "rowheader"), "")
    for child in (nodes[id_] for id_ in node.get("childIds", []) if id_ in nodes):
        role = "" if child.get("ignored") else _said(child, "role")
        if role in CONTROLS | CELLS:
            column = columns[cells.index(child)] if child in cells else ""
            yield _one(child, around, [column, row] if role in CELLS else [])
        named = [_said(child, "name")] if role in GROUPS else []
        yield from _walk(nodes, child, [*around, *named], [] if role == "grid" else columns)


def _nearest(nodes: dict[str, Node], node: Node) -> list[Node]:
    """The nearest nodes below that are not left out of the tree."""
    below = [nodes[id_] for id_ in node.get("childIds", []) if id_ in nodes]
    return [deep for child in below for deep in (_nearest(nodes, child) if child.get("ignored") else [child])]
