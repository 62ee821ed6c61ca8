"""What may stay of HTML and SVG that we did not make: nothing that runs, loads or leads anywhere by itself."""

from __future__ import annotations


def _words(text: str) -> set[str]:
    return set(text.split())


_HTML = _words("""
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1
    h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table
    tbody td tfoot th thead tr u ul var
""")
_SVG = _words("""
    svg g defs path rect circle ellipse line polyline polygon text tspan title desc use clipPath
    linearGradient radialGradient stop
""")
_DRAWN = _words("""
    clip-path clip-rule clipPathUnits cx cy d display dominant-baseline dx dy fill fill-opacity fill-rule
    font-family font-size font-style font-weight fx fy gradientTransform gradientUnits height href id
    marker-end marker-mid marker-start markerHeight markerUnits markerWidth offset opacity orient
    patternTransform patternUnits points preserveAspectRatio r refX refY rx ry spreadMethod stop-color
    stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-opacity stroke-width style text-anchor transform version viewBox visibility width x x1 x2 y y1 y2
""")

TAGS = _HTML | _SVG
ATTRIBUTES = {
    "a": {"href", "id", "name"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    **{tag: {"id"} for tag in ("div", "h1", "h2", "h3", "h4", "h5", "h6", "p", "span")},
    **dict.fromkeys(_SVG, _DRAWN),
}
STYLE = _words("""
    clip-path display fill fill-opacity fill-rule font-family font-size font-style font-weight opacity
    stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-opacity stroke-width text-align text-anchor visibility
""")
GONE = _words("audio canvas embed foreignObject iframe math noscript object script select style template video")
"""Tags that go with everything inside them; of other tags the words stay."""
