"""A notebook made of every trick that could make a page load, run, lead away or break; and the browser that tells."""

# ruff: noqa: E501 (each trick stands on one line, as it would in a file)

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

AWAY = "http://tricks.invalid"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

RAW_HTML = [
    "<script>window.hit = 1</script>",
    f'<meta http-equiv="refresh" content="0; url={AWAY}/refresh">',
    f'<iframe src="{AWAY}/frame" srcdoc="<script>parent.hit = 1</script>"></iframe>',
    '<svg onload="window.hit = 1"><script>window.hit = 1</script><a xlink:href="javascript:hit=1"><text>t</text></a></svg>',
    f'<svg><use href="{AWAY}/sprite.svg#x"></use><image href="{AWAY}/i.png" /><foreignObject><iframe src="{AWAY}"></iframe>'
    "</foreignObject></svg>",
    '<svg><set attributeName="onmouseover" to="window.hit=1"/><animate onbegin="window.hit=1" attributeName="x" dur="1s"/></svg>',
    f'<img src="{AWAY}/p.png" onerror="window.hit = 1"><img src=x onerror=window.hit=1>',
    f'<object data="{AWAY}/o"></object><embed src="{AWAY}/e"><applet code="x"></applet>',
    f'<base href="{AWAY}/base/">',
    f'<form action="{AWAY}/form"><input name="q" autofocus onfocus="window.hit=1"><button>go</button></form>',
    f"<style>@import url({AWAY}/s.css); body {{ background: url({AWAY}/bg.png) }}</style>",
    f'<p style="background: url({AWAY}/p.png); position: fixed; width: expression(1)">styled</p>',
    f'<link rel="stylesheet" href="{AWAY}/l.css"><link rel="prefetch" href="{AWAY}/pre">',
    '<a href="javascript:window.hit=1">j</a><a href="JaVa&#10;Script:window.hit=1">j2</a>',
    '<a href="data:text/html,<script>parent.hit=1</script>">d</a><a href="vbscript:x">v</a><a href="//tricks.invalid">s</a>',
    f'<video src="{AWAY}/v.mp4" autoplay poster="{AWAY}/poster.png"></video><audio src="{AWAY}/a.mp3" autoplay></audio>',
    '<details open ontoggle="window.hit = 1"><summary>s</summary>d</details>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=window.hit=1>'>",
    "<noscript><p title='</noscript><img src=x onerror=window.hit=1>'>",
    "<template><script>window.hit = 1</script></template>",
    "<table><tr><td>in<td>valid<h1>heading</h1></table></td></tr><li>stray<p><div>nested</p></div><b><i>x</b></i>",
    '<p id="main">taken</p><p id="main">twice</p><label for="nowhere">l</label><td headers="x">',
    '<div role="alert" aria-live="assertive" tabindex="99" contenteditable accesskey="s" popover>attributes</div>',
    "</main></body></html><h1>outside</h1>",
    "<!-- <script>",
    "<!--> <script>window.hit=1</script> -->",
    "<textarea><script>window.hit=1</script>",
    "<plaintext>",
    "<![CDATA[ x ]]><?php echo 1 ?><!doctype html>",
    "zero \x00 bell \x07 form \x0c half \ud800 noncharacter \ufffe reference &#0; &#x1F; &#xD800; &bogus; &amp",
]

MARKDOWN = [
    "[j](javascript:window.hit=1) [j](<java\tscript:window.hit=1>) [j](JAVASCRIPT&colon;window.hit=1) [j](%6Aavascript:hit)",
    "[d](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) [v](vbscript:x) [f](file:///etc/passwd)",
    f"![remote]({AWAY}/p.png) ![]({AWAY}/q.png) ![svg](data:image/svg+xml;base64,PHN2Zy8+) <{AWAY}/auto> <javascript:hit=1>",
    "![local](../../../etc/passwd) ![attached](attachment:../../secret.png) ![fine](attachment:fine.png) [up](../index.html)",
    '[quote](https://example.org/"onmouseover="window.hit=1) [t](https://example.org "a\\" onclick=window.hit=1")',
    "```mermaid\ngraph TD; A[<img src=x onerror=window.hit=1>]-->B\n```",
    "$$\\href{javascript:window.hit=1}{x}$$ and $\\unicode{<script>window.hit=1</script>}$ and $5 to $6",
    "# Same\n\n## Same\n\n## Same\n\n#### Deep\n\n## <script>window.hit=1</script>\n\n[here](#same) [nowhere](#nowhere) ##\n\n#",
    '| <script>window.hit=1</script> | b |\n|---|:-:|\n| <iframe src="x"> | `</code><script>` |',
    "> 1. nested\n>    - [x] task <b onclick=window.hit=1>\n\n\\<script>window.hit=1\\</script>\n\n&lt;script&gt;window.hit=1&lt;/script&gt;",
    "[ref]: javascript:window.hit=1\n\n[ref] and [other][ref]",
]


def notebook() -> NotebookNode:
    """The notebook. Everything in it is lawful in a notebook file."""
    cells: list[Any] = [new_markdown_cell("# Tricks\n\n" + "\n\n".join(RAW_HTML))]
    cells += [new_markdown_cell(source) for source in MARKDOWN + RAW_HTML]
    cells[4]["attachments"] = cells[3]["attachments"] = {
        "fine.png": {"image/png": PIXEL},
        "../../secret.png": {"image/png": '"><script>window.hit=1</script>'},
    }
    cells.append(new_markdown_cell("![fine](attachment:fine.png)", attachments={"fine.png": {"image/png": PIXEL}}))
    cells.append(new_raw_cell("<script>window.hit = 1</script>", metadata={"raw_mimetype": "text/html"}))
    bundles: list[dict[str, Any]] = [{"text/html": html, "text/plain": "plain"} for html in RAW_HTML]
    bundles += [{"image/svg+xml": html if "<svg" in html else f"<svg>{html}</svg>"} for html in RAW_HTML]
    bundles += [{"text/markdown": source} for source in MARKDOWN + RAW_HTML]
    bundles += [
        {"application/javascript": "window.hit = 1", "text/plain": "<IPython.core.display.Javascript object>"},
        {"text/latex": "$$\\href{javascript:hit=1}{x}$$", "text/plain": "<script>window.hit=1</script>"},
        {
            "application/vnd.jupyter.widget-view+json": {"model_id": "abc", "version_major": 2},
            "text/plain": "Slider()",
            "text/html": "<p>hidden by the widget</p>",
        },
        {"text/vnd.mermaid": "graph TD", "text/plain": "Mermaid"},
        {"application/x-own+json": {"a": 1}},
        {"image/png": PIXEL},
        {"image/jpeg": '"><script>window.hit=1</script>', "text/plain": "broken picture"},
    ]
    for bundle in bundles:
        metadata = {"alt": '"><script>window.hit=1</script>', "ctekit": True}
        cells.append(new_code_cell("show()", outputs=[new_output("display_data", bundle, metadata=metadata)]))
    cells.append(
        new_code_cell(
            "print()",
            outputs=[
                new_output(
                    "stream",
                    name="stdout",
                    text="\x1b[31mred\x1b[0m <script>window.hit=1</script>\x1b]8;;http://x\x07l",
                ),
                new_output(
                    "error",
                    ename="E",
                    evalue="</pre><script>",
                    traceback=["\x1b[1m</pre><script>window.hit=1</script>"],
                ),
            ],
        )
    )
    state = {"abc": {"model_name": "IntSliderModel", "model_module": "@jupyter-widgets/controls", "state": {}}}
    mime = "application/vnd.jupyter.widget-state+json"
    widgets = {mime: {"state": state, "version_major": 2, "version_minor": 0}}
    return new_notebook(cells=cells, metadata={"widgets": widgets, "title": "</title><script>window.hit=1</script>"})
