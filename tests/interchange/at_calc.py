"""Run by a Python that has LibreOffice's module `uno`: does what `steps.json` of a folder says in Calc, and saves."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.table import TableSortField  # type: ignore[import-not-found]

_LIMIT = 90


def named(**values: Any) -> tuple[Any, ...]:
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def connected(name: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _LIMIT
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def step(document: Any, helper: Any, kind: str, page: int, *more: Any) -> None:
    sheet, controller = document.Sheets.getByIndex(page), document.CurrentController
    if kind == "type":
        place, words = more
        controller.setActiveSheet(sheet)
        controller.select(sheet.getCellRangeByName(place))
        helper.executeDispatch(controller.Frame, ".uno:EnterString", "", 0, named(StringName=words))
    elif kind == "sort down":
        span, column = more
        by = TableSortField()
        by.Field, by.IsAscending = column, False
        fields = uno.Any("[]com.sun.star.table.TableSortField", (by,))
        sheet.getCellRangeByName(span).sort(named(SortFields=fields, ContainsHeader=False))
    elif kind == "insert row":
        sheet.Rows.insertByIndex(more[0] - 1, 1)
    elif kind == "remove row":
        sheet.Rows.removeByIndex(more[0] - 1, 1)


def main(office: str, folder: Path) -> None:
    home, name = f"-env:UserInstallation={(folder / 'calc').as_uri()}", f"ctekit-{folder.name}"
    command = [office, home, "--headless", "--norestore", f"--accept=pipe,name={name};urp;"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context = connected(name)
        services = context.ServiceManager
        desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        helper = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        opened = (folder / "opened.xlsx").as_uri()
        document = desktop.loadComponentFromURL(opened, "_blank", 0, named(Hidden=True))
        for each in json.loads((folder / "steps.json").read_text(encoding="utf-8")):
            step(document, helper, *each)
        document.storeToURL((folder / "written.xlsx").as_uri(), named(FilterName="Calc MS Excel 2007 XML"))
        document.close(True)
        desktop.terminate()
        running.wait(_LIMIT)
    finally:
        running.kill()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
