"""A card for each measure: what is counted, out of whom, by whom, from which source, and what it says so far."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Gap, Heading, Paper, Paragraph, Words
from ctekit.papers._figures import Figures, figures
from ctekit.papers._frame import framed
from ctekit.worksheets.metrics import Metric, Metrics

TITLE = "Cards of measures"
ABOUT = "A card for each measure: how it is counted, who answers for it, and what it says so far."

_LABELS = {
    "promise": "Tests the promise",
    "kind": "Work or change",
    "timing": "Early or late sign",
    "counted": "How many",
    "code_version": "Law of the code",
    "about": "About single people",
    "steward": "Holds the figures",
    "owner": "Answers for the result",
    "groups": "Looked at separately",
    "decision": "If it falls",
    "feeds": "Decision it speaks to",
    "source": "Source",
}
"""What a question is called on a card, where its own title asks whoever fills it in."""

_ABOVE = ("name", "target", "target_date", "note")
"""Questions that the heading and the figures answer."""


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the cards.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One, with all of them.
    """
    return (framed(answers, "metric-cards", TITLE, ABOUT, _blocks(answers)),)


def _blocks(answers: Answers) -> Iterator[Block]:
    metrics = answers.book[Metrics].metrics
    if not metrics:
        yield Paragraph(Gap("What we measure", "worksheet 7"))
    by_metric = figures(answers)
    for metric in metrics:
        yield Heading(answers.words(metric, "name"))
        yield Fields((*_figures(answers, metric, by_metric[metric.id]), *_card(answers, metric)))


def _figures(answers: Answers, metric: Metric, numbers: Figures) -> Iterator[tuple[str, Words]]:
    for label, words in (("Start", numbers.start), ("Latest", numbers.latest)):
        if words:
            yield label, words.replace("\n", ", ")
    if not numbers.start:
        yield "So far", numbers.state
    target = numbers.target.replace("\n", ", ")
    yield "Target", target or answers.words(metric, "target")


def _card(answers: Answers, metric: Metric) -> Iterator[tuple[str, Words]]:
    for field, question in metric.questions().items():
        if question.private or field in _ABOVE:
            continue
        if words := answers.words(metric, field, gap=question.quick):
            yield _LABELS.get(field) or question.title.rstrip("?"), words
