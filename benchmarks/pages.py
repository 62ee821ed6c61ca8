"""Whether the pages of the samples say the same at two commits: ``python -m benchmarks.pages 53aa63a``.

Text and structure are compared. Left out are drawings, styles, the time of the last save, a partnership's own id, and
what only says in which direction or language words are: `dir`, `translate`, and a span that has nothing else.
"""

from __future__ import annotations

import difflib
import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from benchmarks.earlier import ROOT, ctekit, earlier

LEFT_OUT = {"svg", "style", "script", "head"}
OF_WORDS = {"dir", "translate"}
OF_THE_DAY = re.compile(r"As saved at .*|\b[0-9a-f]{12}\b")
"""When it was saved, and the partnership's own id: new each time."""


def export(repository: Path, sample: str, folder: Path) -> dict[str, str]:
    """Pages of a sample as this repository writes them, by name."""
    for words in (
        ("new", "Compared", "--folder", f"{folder / sample}", "--sample", sample),
        ("export", f"{folder / sample}", "--output", f"{folder / sample}-pages"),
    ):
        ctekit(repository, *words)
    return {path.name: path.read_text("utf-8") for path in sorted((folder / f"{sample}-pages").glob("*.html"))}


def outline(element: Element, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Every element with what it says: how deep it stands, and its tag or words."""
    if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in LEFT_OUT:
        return
    attributes = {name: value for name, value in sorted(element.attrib.items()) if name not in OF_WORDS}
    shown = element.tag != "span" or attributes
    if shown:
        yield depth, f"<{element.tag}{''.join(f' {name}={value!r}' for name, value in attributes.items())}>"
    yield depth + bool(shown), element.text or ""
    for child in element:
        yield from outline(child, depth + bool(shown))
        yield depth + bool(shown), child.tail or ""


def lines(html: str) -> list[str]:
    """A page as text and structure."""
    page: list[str] = []
    for words, group in groupby(
        outline(html5lib.parse(html, namespaceHTMLElements=False)),
        lambda line: None if line[1].startswith("<") else line[0],
    ):
        parts = list(group)
        if words is None:
            page += [f"{'  ' * depth}{tag}" for depth, tag in parts]
        elif text := OF_THE_DAY.sub("…", " ".join("".join(part for _, part in parts).split())):
            page.append(f"{'  ' * words}{text}")
    return page


def main(revision: str) -> int:
    """Print what differs between a commit and what stands here; the number of pages that do."""
    different = 0
    with earlier(revision) as before, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples = sorted(path.name for path in (ROOT / "data" / "sample").iterdir() if path.is_dir())
        for sample in samples:
            (folder / "now").mkdir(exist_ok=True)
            (folder / "then").mkdir(exist_ok=True)
            now, then = export(ROOT, sample, folder / "now"), export(before, sample, folder / "then")
            for page in sorted({*now, *then}):
                pair = lines(then.get(page, "")), lines(now.get(page, ""))
                changed = list(
                    difflib.unified_diff(*pair, f"{revision}/{sample}/{page}", f"now/{sample}/{page}", "", "", 1, "")
                )
                different += bool(changed)
                print("\n".join(changed) if changed else f"the same: {sample}/{page}")
    print(f"{different} pages differ.")
    return different


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) > 0)
