"""Candidates for convener: totals without self-scores, and how far they move when one weight moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

from ctekit.analysis import candidate_ranking
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, PAPER, SKY, Drawing
from ctekit.charts._layout import EDGE, MOST_ROWS, SMALL, WIDTH, beyond, fold, rows_layout, text_width
from ctekit.charts._words import named, plain, short
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener

WORKSHEET = "convener"
QUESTION = "Does anyone lead clearly, without their own votes, whatever we weigh most?"

MOVE = 10
"""Points out of 100 by which one weight is moved."""


def numbers(book: Workbook) -> Numbers:
    """One row a candidate; scores of single organizations stay out."""
    sheet = book[Convener]
    weights, means = candidate_ranking.weights(book), candidate_ranking.means(book)
    few = [candidate for candidate in sheet.candidates if candidate.id not in means]
    base = _totals(means, weights)
    moved = [_totals(means, moved) for moved in _moves(weights)]
    rows = []
    for candidate in sheet.candidates:
        totals = [scores[candidate.id] for scores in [base, *moved] if candidate.id in scores]
        rows.append(
            (
                plain(book.name(candidate.id)),
                _rounded(totals[0]) if totals else None,
                _rounded(min(totals)) if totals else None,
                _rounded(max(totals)) if totals else None,
                sum(_first(scores) == candidate.id for scores in moved) if totals else None,
                len(moved) if totals else None,
                bool(sheet.lead and sheet.lead == candidate.organization),
            )
        )
    columns = (
        "Candidate",
        "Weighted total without self-scores (1-5)",
        f"Lowest when one weight moves by {MOVE} points",
        f"Highest when one weight moves by {MOVE} points",
        "Alone in first place in so many of the moves",
        "Moves tried",
        "Chosen to lead",
    )
    note = "Scores of single organizations are not shown."
    if few and sheet.candidates:
        note += (
            f" No total for {count(len(few), 'candidate')}: each criterion with a weight needs scores from "
            f"{candidate_ranking.SCORERS} other organizations, so that nobody can tell who gave what."
        )
        if book.seen_from:
            note += " A look back gives none either where the scores were changed since."
    rows.sort(key=lambda row: -(row[1] or 0))
    return Numbers(columns, tuple(rows), note if rows else "")


def _totals(means: Mapping[str, Mapping[str, Fraction]], weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {who: candidate_ranking.weighted(scores, weights) for who, scores in means.items()}


def _moves(weights: Mapping[str, Fraction]) -> list[dict[str, Fraction]]:
    """All weights that arise when one of them goes up or down and the others share the rest as before."""
    whole = sum(weights.values())
    moves = []
    for moved, weight in weights.items():
        share = 100 * weight / whole
        for step in (-MOVE, MOVE):
            now = min(max(share + step, Fraction()), Fraction(100))
            if share == 100 or now == share:
                continue  # a single criterion has no others to give to
            rest = (100 - now) / (100 - share)
            moves.append({name: now if name == moved else 100 * w / whole * rest for name, w in weights.items()})
    return moves


def _first(totals: Mapping[str, Fraction]) -> str:
    best = max(totals.values(), default=Fraction())
    first = [who for who, total in totals.items() if total == best]
    return first[0] if len(first) == 1 else ""


def _rounded(total: Fraction) -> float:
    return round(float(total), 4)


def _score(total: float) -> str:
    """As the findings say it: two decimals, halves upward."""
    return candidate_ranking.in_words(Fraction(str(total)))


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a mark a candidate, with a bar for the range of its total."""
    rows = numbers.rows[:MOST_ROWS]
    labels = [f"Chosen: {row[0]}" if row[6] else row[0] for row in rows]
    lead = {0} if _leads(rows) else set()
    layout = rows_layout(labels, width=width, bold=lead, right=24, foot=40, least=56, total=len(numbers.rows))
    if not rows:
        return layout.drawing
    layout.rules()
    scored_rows = [row for row in rows if row[1] is not None]
    low = floor(min((row[2] for row in scored_rows), default=1))
    high = max(ceil(max((row[3] for row in scored_rows), default=5)), low + 1)
    room = layout.right - layout.left

    def at(total: float) -> float:
        return layout.left + (total - low) / (high - low) * room

    ticks = range(low, high + 1)
    layout.scale([at(step) for step in ticks], [str(step) for step in ticks], "weighted total (scores go from 1 to 5)")
    for index, row in enumerate(rows):
        y = layout.middles[index]
        if row[1] is None:
            layout.write(layout.left + 4, y, fold("no total: too few scores to show", room, SMALL), size=SMALL)
            continue
        layout.bar(at(row[2]), y + 9, at(row[3]) - at(row[2]), 12, SKY)
        layout.mark(
            [(at(row[1]), y + 9)], "diamond" if index in lead else "circle", BLUE if index in lead else PAPER, 8
        )
        words = (
            f"{_score(row[1])}" if row[2] == row[3] else f"{_score(row[1])} (from {_score(row[2])} to {_score(row[3])})"
        )
        half = text_width(words, SMALL, index in lead) / 2
        x = min(max(at(row[1]), layout.left + half), layout.width - half - EDGE)
        layout.write(x, y - 12, words, size=SMALL, align="center", bold=index in lead)
    return layout.drawing


def _leads(rows: Sequence[tuple[Any, ...]]) -> bool:
    """Whether the first row is alone in first place."""
    totals = [row[1] for row in rows if row[1] is not None]
    return bool(totals) and (len(totals) == 1 or totals[0] > totals[1])


def tell(numbers: Numbers) -> Words:
    """Say who comes first, and whether it stays so."""
    rows = numbers.rows
    scored_rows = [row for row in rows if row[1] is not None]
    if not rows:
        return Words(
            "There is no candidate to compare. If you are still choosing who leads, say so in 01-convener: criteria, "
            "candidates and scores open there.",
            "An empty chart: there is no candidate.",
        )
    if not scored_rows:
        return Words(
            f"Nobody can say yet: none of the {count(len(rows), 'candidate')} has scores from "
            f"{candidate_ranking.SCORERS} other organizations on each criterion with a weight. "
            "Fill in criteria, weights and scores in 01-convener.",
            f"A chart without points: {count(len(rows), 'candidate')}, no totals yet.",
        )
    name, total, _, _, first, moves, _ = scored_rows[0]
    level = [row[0] for row in scored_rows if row[1] == total]
    if len(scored_rows) == 1 and len(rows) > 1:
        caption = f"Nobody can say yet: only {short(name)} has a total ({_score(total)} of 5)."
    elif len(level) > 1:
        caption = f"Nobody leads: {named(level)} stand level at {_score(total)} of 5, without their own votes."
    elif first == moves:
        stays = f", and stays first however one weight moves by {MOVE} points" if moves else ""
        caption = f"Yes: {short(name)} leads with {_score(total)} of 5, without its own votes{stays}."
    else:
        caption = (
            f"Not clearly: {short(name)} is first with {_score(total)} of 5, without its own votes, but stays alone in "
            f"first place in only {first} of {moves} moves of one weight by {MOVE} points."
        )
    chosen = next(((place, row) for place, row in enumerate(scored_rows, 1) if row[6]), None)
    if chosen and chosen[0] > 1 and chosen[1][1] < total:
        caption += (
            f" The one chosen to lead, {short(chosen[1][0])}, has {_score(chosen[1][1])}: is the reason written down?"
        )
    details = "; ".join(
        f"{short(row[0])} {_score(row[1])} (from {_score(row[2])} to {_score(row[3])})" for row in scored_rows
    )
    alt = (
        f"Dot chart with {count(len(rows), 'candidate')}, one a row; across, the weighted total without self-scores "
        f"(scores go from 1 to 5), with a bar from the lowest to the highest total when one weight moves by {MOVE} "
        f"points. {details}."
        f"{beyond(len(rows))}"
    )
    return Words(caption, alt)
