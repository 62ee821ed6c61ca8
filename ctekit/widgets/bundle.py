"""The browser's modules joined into the one text that a widget hands over: no build step, and nothing built in git.

A module says what it needs as ``import { make, said } from "./dom.js";`` and nothing is renamed. Joined, all share one
scope, so that a name stands for one thing only. All that stands in a folder of a module's name comes with that module:
``controls.js`` has a table, and each file of ``controls/`` puts one function into it.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent / "js"
_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "(\.{1,2}/[\w/]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_DEFINED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import\b|export (?!default )).*", re.MULTILINE)


@cache
def bundle(entry: str, folder: Path = _HERE) -> str:
    """Join a module and all that it imports.

    Parameters
    ----------
    entry : str
        Name of the module to begin with, such as ``"sheet"``; its ``export default`` stays.
    folder : Path
        Where the modules are.

    Returns
    -------
    str
        One module without imports, each part after those it needs.

    Raises
    ------
    ValueError
        If modules need each other in a circle, a module or a name is not there, a name is defined twice, or a line is
        written in a way that cannot be joined.
    """
    sources: dict[str, str] = {}
    _read(entry, folder, sources, ())
    home: dict[str, str] = {}
    for name, source in sources.items():
        for defined in _DEFINED.findall(source):
            if defined in home:
                raise ValueError(f"{defined} is defined in {home[defined]}.js and in {name}.js. Rename one.")
            home[defined] = name
        if name != entry and re.search(r"^export default", source, re.MULTILINE):
            raise ValueError(f"{name}.js has an `export default`, which only {entry}.js may have. Export a name.")
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources.values())


def _read(name: str, folder: Path, sources: dict[str, str], above: tuple[str, ...]) -> None:
    """Read a module after those it imports; `above` are the modules that are waiting for it."""
    if name in above:
        raise ValueError(f"These modules import each other in a circle: {' > '.join((*above, name))}.")
    if name in sources:
        return
    path = folder / f"{name}.js"
    if not path.is_file():
        raise ValueError(
            f"{above[-1] + '.js imports' if above else 'There is no'} {name}.js, which is not in {folder}."
        )
    source = path.read_text("utf-8")
    for names, address in _IMPORT.findall(source):
        needed = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
        _read(needed, folder, sources, (*above, name))
        missing = set(names.split(", ")) - set(_EXPORTED.findall(sources[needed]))
        if missing:
            raise ValueError(f"{name}.js imports {', '.join(sorted(missing))}, which {needed}.js does not export.")
    left_over = _LEFT_OVER.search(_EXPORT.sub("", _IMPORT.sub("", source)))
    if left_over:
        raise ValueError(
            f'{name}.js: write "{left_over.group()}" as `import {{ a, b }} from "./c.js";` or `export function`.'
        )
    sources[name] = source
    for part in sorted((folder / name).glob("*.js")):
        _read(f"{name}/{part.stem}", folder, sources, above)
