"""Two partnerships that differ in private answers alone are the same in everything not asked for with --private.

Other private answers, other marks, other private rows: nothing that everybody may see changes by a byte. Two things
leave the private answers on purpose, and only here: the mean of scores from three organizations or more, and the reason
why a finding that everybody may see is let stand.
"""

from __future__ import annotations

import ast
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctekit import charts, cli, dataframes, export, rules, samples, views, worksheets
from ctekit.analysis import candidate_ranking
from ctekit.editing import form_state
from ctekit.jupyter.partnership import Partnership
from ctekit.model import questions
from ctekit.model.questions import Question
from ctekit.model.worksheet import Mark
from ctekit.views.standing import open_findings
from ctekit.views.work import State, work
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener, Score
from ctekit.worksheets.plan import Acknowledgement, Plan
from tests import stores

CHANGES = 200
TOGETHER = 10
"""So many changes are made between two looks at everything; a look at the workbook itself follows each."""

Place = tuple[str, str, int, str, Question]


def harrow_bend() -> Workbook:
    book = samples.book("harrow-bend")
    return Workbook(book.sheets, book.removed, 7, "2026-10-01T10:42:00.000Z")


def private_places(book: Workbook) -> list[Place]:
    """Every private question: worksheet, table, row number, field. A private table's own rows come and go besides."""
    private: list[Place] = []
    for sheet in book:
        for name, question in sheet.questions().items():
            if question.kind.name != "rows":
                private += [(sheet.slug, "", 0, name, question)] if question.private else []
                continue
            fields = {
                field: each for field, each in question.row.questions().items() if each.private and not question.private
            }
            rows = range(len(sheet.rows(name)))
            private += [(sheet.slug, name, row, field, each) for row in rows for field, each in fields.items()]
    return private


def answer(question: Question, chance: random.Random) -> Any:
    """Some answer to a question, blank as often as not."""
    if chance.random() < 0.3:
        return None
    words = " ".join(chance.choices(["call", "Hank", "before", "June", "<b>", "“no”", "org-1"], k=4))
    answer = {
        "scale": chance.choice(question.options or ("1",)),
        "choice": chance.choice(question.options or ("",)),
    }.get(question.kind.name)
    return questions.read(question, answer or words)


def mark(chance: random.Random) -> Mark:
    due = chance.choice(["2026-01-01", "2029-01-01"])
    return Mark.model_validate({"kind": "to find out", "whom": chance.choice(["s-1", "somebody"]), "by": due})


def changed(book: Workbook, place: Place, chance: random.Random) -> Workbook:
    """The same with another answer and mark at one private place."""
    slug, table, number, field, question = place
    sheet = book.sheets[slug]
    model = sheet.rows(table)[number] if table else sheet
    marks = {name: each for name, each in model.marks.items() if name != field}
    marks |= {field: mark(chance)} if chance.random() < 0.5 else {}
    new = model.model_copy(update={field: answer(question, chance), "marks": marks})
    if table:
        rows = list(sheet.rows(table))
        rows[number] = new
        new = sheet.model_copy(update={table: tuple(rows)})
    return with_sheet(book, new)


def with_sheet(book: Workbook, sheet: Any) -> Workbook:
    return Workbook({**book.sheets, sheet.slug: sheet}, book.removed, book.revision, book.saved_at)


def other_rows(book: Workbook, chance: random.Random) -> Workbook:
    """Other self-scores, the same scores from other organizations, other findings let stand without effect."""
    sheet = book[Convener]
    owner = {row.id: row.organization for row in sheet.candidates}
    groups: dict[tuple[Any, Any], list[Score]] = {}
    kept: list[Score] = []
    for row in sheet.scores:
        if row.scored_by == owner.get(row.candidate or ""):
            kept.append(row.model_copy(update={"score": chance.randint(1, 5), "note": str(chance.random())}))
        else:
            groups.setdefault((row.candidate, row.criterion), []).append(row)
    for rows in groups.values():
        scores = chance.sample([row.score for row in rows], len(rows))
        kept += [row.model_copy(update={"score": score}) for row, score in zip(rows, scores, strict=True)]
    chance.shuffle(kept)
    more = [Score(id=f"score-{900 + number}", candidate="cand-1", score=5) for number in range(chance.randint(0, 3))]
    book = with_sheet(book, sheet.model_copy(update={"scores": (*kept, *more)}))
    stale = [
        Acknowledgement(
            id=f"ack-{number}",
            rule=chance.choice(["VA22", "RE17", "no rule"]),
            place="value/x-9/action",
            said=str(chance.random()),
            note=chance.choice([None, "talked over"]),
            by=chance.choice([None, "s-1", "s-99"]),
        )
        for number in range(chance.randint(0, 4))
    ]
    return with_sheet(book, book[Plan].model_copy(update={"acknowledged": tuple(stale)}))


def everything(book: Workbook) -> Iterator[tuple[str, str]]:
    """All that is shown of a workbook without asking for what is private, by a name."""
    for slug, kind in worksheets.every().items():
        yield f"worksheet {slug}", views.SENTENCES["worksheet"](book, slug)
        yield f"check {slug}", views.SENTENCES["check"](book, slug)
        yield f"widget {slug}", json.dumps(form_state.state(kind, book.public()), default=str)
        yield f"repr {slug}", repr(book.public()[kind])
        for name, question in kind.tables().items():
            if not question.private:
                frame = dataframes.frame(book, f"{slug}.{name}")
                yield f"frame {slug}.{name}", frame.to_csv() + str(frame.attrs)
    for verb in ("overview", "check", "picture", "thread", "changes", "handover"):
        yield verb, views.SENTENCES[verb](book)
    for name in charts.every():
        yield f"chart {name}", views.SENTENCES["chart"](book, name)
        yield f"numbers {name}", repr(charts.of(name, book.public()).numbers)
    yield "findings", dataframes.findings(book).to_csv()
    yield "list to work on", work(book, open_findings(book), State(folded=False))


@pytest.mark.slow  # ten seconds of one core
def test_no_private_answer_changes_what_everybody_sees() -> None:
    book, chance = harrow_bend(), random.Random(15)
    before, sheets, means = dict(everything(book)), book.public().sheets, candidate_ranking.means(book.public())
    places = private_places(book)
    assert {field for *_, field, _ in places} >= {
        "contact",
        "note",
        "influence",
        "interest",
        "stance",
        "worth",
        "action",
    }
    for number in range(1, CHANGES + 1):
        place = chance.choice(places)
        book = changed(book, place, chance) if number % 4 else other_rows(book, chance)
        assert book.public().sheets == sheets, place[:4]
        assert candidate_ranking.means(book.public()) == means
        if number % TOGETHER == 0:
            for name, words in everything(book):
                assert words == before[name], f"{name} changed with a private answer"
    assert book.sheets != sheets


@pytest.mark.slow  # four seconds of one core
def test_below_three_scorers_no_score_no_row_and_no_scorer_is_told() -> None:
    """Everything about scores may change then, not only who gave them."""
    chance = random.Random(16)
    book = harrow_bend()
    before: dict[str, str] = {}
    for _ in range(8):
        scores = tuple(
            Score(
                id=f"score-{number}",
                candidate=f"cand-{chance.randint(1, 3)}",
                criterion=f"crit-{chance.randint(1, 4)}",
                scored_by=chance.choice(["org-3", "org-4"]),
                score=chance.randint(1, 5),
            )
            for number in range(chance.randint(0, 60))
        )
        shown = dict(everything(with_sheet(book, book[Convener].model_copy(update={"scores": scores}))))
        before = before or shown
        for name, words in shown.items():
            assert words == before[name], f"{name} changed with a score"


def test_what_is_public_is_the_same_with_and_without_the_private_findings() -> None:
    """A facilitator who asks for more sees the same and more: no finding is made up by leaving answers out."""
    chance, book = random.Random(17), harrow_bend()
    for _ in range(20):
        book = changed(book, chance.choice(private_places(book)), chance)
        everybody = {finding for result in rules.check(book.public()) for finding in result.findings}
        facilitator = {finding for result in rules.check(book) for finding in result.findings}
        assert everybody == {finding for finding in facilitator if not finding.private}


def test_nothing_else_reads_the_whole_of_a_public_workbook() -> None:
    """What needs the private answers on purpose, if only to withhold them, can be read here by whoever doubts it."""
    root = Path(rules.__file__).parent.parent
    reading = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "whole" and ast.unparse(node.value) != "questions"
    }
    assert reading == {
        "workbook/_workbook.py",
        "analysis/candidate_ranking.py",  # a mean of enough scores
        "analysis/readers.py",  # takes the ranking and names out of it
        "rules/_acknowledged.py",  # why a finding may stand
        "rules/_engine.py",  # whether the workbook is a public one
    }


def files(home: Path, capsys: pytest.CaptureFixture[str], output: Path) -> dict[str, bytes]:
    """Every page, and what each command says and ends with."""
    contents = {f"now {path.name}": path.read_bytes() for path in export.pages(home, output / "now")}
    then = export.pages(home, output / "then", as_of="2099-12-31")
    contents |= {f"then {path.name}": path.read_bytes() for path in then}
    public = export.pages(home, output / "public", reader="public")
    contents |= {f"public {path.name}": path.read_bytes() for path in public}
    for words in ("status", "check", "check --json", "history", "compare --as-of 1", "status --as-of 2099-12-31"):
        verb, *more = words.split()
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([verb, str(home), *more])
        captured = capsys.readouterr()
        contents[words] = f"{ended.value.code} {captured.out} {captured.err}".replace(str(home), "").encode()
    return contents


@pytest.mark.slow
def test_pages_and_commands_of_two_partnerships_are_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second has more private answers, saved later: that they were saved is not told either."""
    path, other = tmp_path / "one" / "hb", tmp_path / "other" / "hb"
    stores.harrow_bend(path)
    shutil.copytree(path, other)
    p, chance = Partnership(other), random.Random(18)
    places = private_places(p.book)
    for slug, table, number, field, question in chance.sample(places, 12):
        row = p[slug].rows(table)[number].id if table else ""
        value = answer(question, chance)
        p.change(slug, row, **{field: value}) if row else p.answer(slug, field, value)
    p.change("value", "x-9", worth=1)
    p.remove("plan", p.add("plan", "acknowledged", {"rule": "VA22", "said": "between us"}))
    p.change("convener", "score-1", note="between us")
    p.store.close()
    here, there = files(path, capsys, tmp_path / "a"), files(other, capsys, tmp_path / "b")
    assert here.keys() == there.keys()
    for name, words in here.items():
        assert words == there[name], name
