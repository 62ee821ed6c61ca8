"""A drawing as inline SVG: no script, no outside address, ids of its own, text that stays text.

Ink is the color of the text around it. What else follows the page's theme bears a class: ``ctekit-paper`` and
``ctekit-rule``; the colors written beside them are for whoever has no style sheet.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ctekit.charts._drawing import INK, PALETTE, PAPER, RULE, Drawing, Line, Marker, Rectangle, Text, outline

_DASHES = {"dashed": (3.7, 1.6), "dotted": (1.0, 1.65)}
"""Ink and gap, in weights of the line."""
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_LEADING = 1.3
"""Height of a line as a share of its letters."""
_MIDDLE = 0.36
"""From the middle of a line of text down to its base, as a share of its letters."""


def svg(drawing: Drawing, name: str, alt: str) -> str:
    """Write a drawing.

    Parameters
    ----------
    drawing : Drawing
    name : str
        Its ids begin with it.
    alt : str
        What it shows, in words.

    Returns
    -------
    str
        One ``svg`` element, as wide as the page lets it be.
    """
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "aria-label": alt,
            "viewBox": f"0 0 {_number(drawing.width)} {_number(drawing.height)}",
            "font-family": "sans-serif",
            "stroke-linejoin": "round",
            "xml:space": "preserve",  # the gaps between the letters of a duty
        },
    )
    hatched = sorted({shape.fill for shape in drawing.shapes if isinstance(shape, Rectangle) and shape.hatched})
    if hatched:
        patterns = ET.SubElement(root, "defs")
        for color in hatched:
            _hatch(patterns, name, color)
    for shape in drawing.shapes:
        match shape:
            case Rectangle():
                _rectangle(root, shape, name)
            case Line():
                _line(root, shape)
            case Marker():
                _marker(root, shape)
            case Text():
                _text(root, shape)
    return ET.tostring(root, encoding="unicode")


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _color(color: str) -> str:
    return "currentColor" if color == INK else PALETTE[color]


def _filled(color: str) -> dict[str, str]:
    themed = {"class": "ctekit-paper"} if color == PAPER else {}
    return {**themed, "fill": _color(color)}


def _hatch(parent: ET.Element, name: str, color: str) -> None:
    pattern = ET.SubElement(
        parent,
        "pattern",
        {"id": f"{name}-hatch-{color}", "width": "5", "height": "5", "patternUnits": "userSpaceOnUse"}
        | {"patternTransform": "rotate(45)"},
    )
    ET.SubElement(pattern, "rect", {"width": "5", "height": "5", **_filled(color)})
    ET.SubElement(pattern, "path", {"d": "M0 0V5", "stroke": "currentColor", "stroke-width": "1.6"})


def _rectangle(parent: ET.Element, shape: Rectangle, name: str) -> None:
    fill = {"fill": f"url(#{name}-hatch-{shape.fill})"} if shape.hatched else _filled(shape.fill)
    place = {"x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height}
    dashes = _dashes("dashed", 1.1) if shape.dashed else {}
    edge = {"stroke": "currentColor", "stroke-width": "1.1"}
    ET.SubElement(parent, "rect", {key: _number(value) for key, value in place.items()} | fill | edge | dashes)


def _line(parent: ET.Element, shape: Line) -> None:
    themed = {"class": "ctekit-rule"} if shape.color == RULE else {}
    pen = {"fill": "none", "stroke": _color(shape.color), "stroke-width": _number(shape.weight)}
    path = "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in shape.points)
    ET.SubElement(parent, "path", {**themed, "d": path} | pen | _dashes(shape.style, shape.weight))


def _dashes(style: str, weight: float) -> dict[str, str]:
    if style not in _DASHES:
        return {}
    return {"stroke-dasharray": " ".join(_number(length * weight) for length in _DASHES[style])}


def _marker(parent: ET.Element, shape: Marker) -> None:
    edge = {"stroke": "currentColor", "stroke-width": "1"}
    if shape.shape == "circle":
        place = {"cx": _number(shape.x), "cy": _number(shape.y), "r": _number(shape.size / 2)}
        ET.SubElement(parent, "circle", place | _filled(shape.fill) | edge)
    else:
        corners = " ".join(f"{_number(x)},{_number(y)}" for x, y in outline(shape))
        ET.SubElement(parent, "polygon", {"points": corners} | _filled(shape.fill) | edge)


def _text(parent: ET.Element, shape: Text) -> None:
    lines = shape.words.split("\n")
    high = shape.size * _LEADING
    first = shape.y - high * (len(lines) - 1) / 2 + shape.size * _MIDDLE
    look = {"font-size": _number(shape.size), "fill": _color(shape.color), "text-anchor": _ANCHORS[shape.align]}
    if shape.bold:
        look["font-weight"] = "bold"
    if shape.upright:
        look["transform"] = f"rotate(-90 {_number(shape.x)} {_number(shape.y)})"
    for index, line in enumerate(lines):
        place = {"x": _number(shape.x), "y": _number(first + index * high)}
        ET.SubElement(parent, "text", place | look).text = line
