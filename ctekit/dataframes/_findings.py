"""What the rules found, as a data frame."""

from __future__ import annotations

import pandas as pd

from ctekit import rules
from ctekit.dataframes._arrays import array
from ctekit.workbook import Workbook


def findings(book: Workbook, private: bool = False) -> pd.DataFrame:
    """What the rules found, one row a finding, as they are counted in `ctekit check`.

    Parameters
    ----------
    book : Workbook
    private : bool
        Also what they found in answers for the facilitator only.

    Returns
    -------
    pandas.DataFrame
        In the order of the codes, index 0, 1, 2, … (int64).

        ================  =========  ==================================================================
        column            dtype      what it says
        ================  =========  ==================================================================
        code              string     the rule's: ``"RO27"``
        severity          category   ``error`` > ``warning`` > ``hint``, ordered
        worksheet         string     the slug of the worksheet to mend
        row               string     the id of the row; ``<NA>`` for a question of the worksheet itself
        row_name          string     its name in words; ``<NA>`` likewise
        field             string     the question
        sentence          string     what is true when the rule passes
        says              string     what is there
        advice            string     what to do next
        private           boolean    for the facilitator only
        action            string     the id of the action made from it; ``<NA>`` where there is none
        ================  =========  ==================================================================
    """
    book = book.seen(private)
    open_findings = [finding for result in rules.check(book) for finding in result.findings]
    text = ("code", "worksheet", "row", "row_name", "field", "sentence", "says", "advice", "action")
    lines = []
    for finding in open_findings:
        action = rules.action_of(book, finding)
        line = {name: getattr(finding, name, "") or None for name in text}
        lines.append(
            {
                **line,
                "row_name": book.name(finding.row) if finding.row else None,
                "action": action.id if action else None,
            }
        )
    table = pd.DataFrame(lines, columns=list(text)).astype(dict.fromkeys(text, "string"))
    severities = pd.CategoricalDtype(["hint", "warning", "error"], ordered=True)
    table.insert(
        1, "severity", pd.Series(pd.Categorical([finding.severity for finding in open_findings], dtype=severities))
    )
    table.insert(9, "private", array([finding.private for finding in open_findings], "boolean"))
    return table
