"""Over time: a workbook, a check, a chart, a page as it stood on a day, and never more than may be shown now."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from ctekit import views, workspace
from ctekit.analysis import disclosure
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import NotFoundError
from ctekit.model.questions import InvalidAnswerError
from ctekit.store import open_store
from ctekit.store.queries import end_of
from ctekit.views.changes import compare
from ctekit.workbook import from_answers
from ctekit.worksheets.purpose import Purpose

WIDGET = "application/vnd.jupyter.widget-view+json"
FIRST, SECOND, THIRD = "2026-10-01", "2026-11-15", "2027-01-15"


class Clock:
    """A clock that people set."""

    def __init__(self, day: str) -> None:
        self.day = day

    def __call__(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(f"{self.day}T12:00:00").astimezone()


def grown(folder: Path) -> Partnership:
    """A partnership with three days: begun, then a lapse (somebody left), then mended and measured again."""
    workspace.make(folder, "Riverside")
    p, clock = Partnership(folder), Clock(FIRST)
    # `make` saved the name by the real clock, which would be a day of its own.
    (folder / "partnership.ctekit").unlink()
    from ctekit.store import create_store

    create_store(folder / "partnership.ctekit", clock=clock).close()
    p.store = open_store(folder / "partnership.ctekit", clock=clock)
    p.answer("profile", "name", "Riverside")
    org = p.add("profile", "organizations", {"name": "Tool Shop", "sector": "business & industry"})
    ann = p.add("profile", "people", {"name": "Ann", "organization": org, "status": "confirmed"})
    bo = p.add("profile", "people", {"name": "Bo", "organization": org, "status": "confirmed"})
    clause = p.add("purpose", "clauses", {"promise": "Paid work for all"})
    need = p.add("recruitment", "needs", {"support": "Hosts", "promise": clause, "at_least": 2})
    for person in (ann, bo):
        p.add("recruitment", "invitations", {"person": person, "needs": [need], "answer": "yes"})
    metric = p.add("metrics", "metrics", {"name": "Hosted", "about": "aggregate", "direction": "up", "owner": bo})
    p.add("metrics", "observations", {"metric": metric, "as_of": FIRST, "group": "all", "counted": 10, "out_of": 100})
    p.answer("purpose", "learners", "learners then")
    clock.day = SECOND
    p.change("profile", bo, status="left", left_on=SECOND)
    p.answer("purpose", "learners", "learners now")
    clock.day = THIRD
    p.change("metrics", metric, owner=ann)
    p.add("metrics", "observations", {"metric": metric, "as_of": THIRD, "group": "all", "counted": 20, "out_of": 100})
    return p


@pytest.fixture(scope="module")
def p(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    return grown(tmp_path_factory.mktemp("grown") / "riverside")


def test_the_days_are_those_on_which_something_was_saved(p: Partnership) -> None:
    assert p.book.days() == (FIRST, SECOND, THIRD)
    assert p.book.as_of(SECOND).days() == (FIRST, SECOND), "a look back knows nothing of what came later"


def test_a_workbook_looks_back_to_the_end_of_a_day(p: Partnership) -> None:
    assert p.book[Purpose].learners == "learners now"
    assert p.book.as_of(FIRST)[Purpose].learners == "learners then"
    assert p.book.as_of(SECOND)[Purpose].learners == "learners now"
    assert p.book.as_of("2026-11-14").name("s-2") == "Bo"
    assert p.book.as_of("2026-09-30").revision == 0
    assert p.book.as_of(SECOND).day == datetime.date(2026, 11, 15)
    assert p.book.day == datetime.date(2027, 1, 15)
    assert p.book.as_of(FIRST) is p.book.as_of(FIRST), "rules and charts read the same one"


def test_a_look_back_never_sees_what_was_saved_after_it_was_asked_for(tmp_path: Path) -> None:
    p = grown(tmp_path / "riverside")
    book = p.book
    p.answer("purpose", "learners", "later still")
    assert book.as_of("2027-12-31")[Purpose].learners == "learners now"
    assert p.book.as_of("2027-12-31")[Purpose].learners == "later still"


def test_plain_answers_have_no_days_and_say_so(p: Partnership) -> None:
    plain = from_answers({"purpose": {"learners": "somebody"}})
    assert plain.days() == ()
    assert plain.day is None
    with pytest.raises(NotFoundError, match="no history"):
        plain.as_of(FIRST)
    with pytest.raises(InvalidAnswerError, match="“last week” is not a date"):
        p.book.as_of("last week")


def test_check_chart_and_worksheet_show_the_day_they_look_back_to(p: Partnership) -> None:
    assert [finding.code for finding in p.check("metrics", as_of=SECOND)] == ["ME41"]  # one leaver, one finding
    assert not p.check("metrics").findings
    assert not p.check("metrics", as_of=FIRST).findings
    html = p.check("metrics", as_of=SECOND)._repr_html_()
    assert "As it stood on November 15, 2026." in html
    assert "Bo, who left on November 15, 2026," in html
    assert "learners then" in p.worksheet("purpose", as_of=FIRST)._repr_html_()
    assert p.chart("progress", as_of=FIRST).numbers.rows[0][4] is None
    assert p.chart("progress").numbers.rows[0][4] is not None
    assert "Nothing had been saved by then." in p.worksheet("purpose", as_of="2020-01-01")._repr_html_()


def test_a_look_back_is_to_be_read_only(p: Partnership) -> None:
    for shown in (p.worksheet("purpose", as_of=FIRST), p.check(as_of=FIRST), p.picture(as_of=FIRST)):
        assert set(shown._repr_mimebundle_()) == {"text/plain", "text/html"}
    assert WIDGET in p.worksheet("purpose")._repr_mimebundle_()
    assert repr(p.check("purpose", as_of=FIRST)) == "<check purpose as of 2026-10-01>"


def test_a_day_that_is_none_ends_the_call_with_one_sentence(p: Partnership) -> None:
    for call in (p.check, p.overview, p.picture, p.thread, p.handover):
        with pytest.raises(InvalidAnswerError, match="“soon” is not a date"):
            call(as_of="soon")
    with pytest.raises(InvalidAnswerError):
        p.changes("soon")


@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01", "9999-12-31T23:59:59.999"])
def test_a_day_at_the_end_of_the_calendar_is_told_in_a_sentence(p: Partnership, far: str) -> None:
    for call in (p.check, p.picture, p.frame):
        with pytest.raises(InvalidAnswerError, match=r"Write it as"):
            call("metrics", as_of=far) if call == p.frame else call(as_of=far)
    with pytest.raises(InvalidAnswerError):
        p.changes(far)


@pytest.mark.parametrize("far", ["9999-12-31", "9999-12-31T23:59", "9999-12-31T23:59:59.999", "9" * 5000, "²"])
def test_a_moment_at_the_end_of_the_calendar_is_told_in_a_sentence(p: Partnership, far: str) -> None:
    sentence = "is not a date or a time that can be looked back to. Write it as 2027-06-30"
    for call in (lambda: p.history(since=far), lambda: p.compare(far), lambda: p.restore("purpose", far)):
        with pytest.raises(InvalidAnswerError, match=sentence) as error:
            call()
        assert len(str(error.value)) < 300
    with pytest.raises(ValueError, match=sentence):
        end_of(far)


def test_a_look_back_takes_a_day_as_people_write_it(p: Partnership) -> None:
    assert "As it stood on November 15, 2026." in p.check("metrics", as_of="Nov 15, 2026")._repr_html_()
    assert p.changes("10/1/2026")._repr_html_() == p.changes(FIRST)._repr_html_()
    with pytest.raises(InvalidAnswerError, match="Which day in November 2026?"):
        p.check(as_of="November 2026")


def test_a_page_says_a_wrong_day_and_stops_at_nothing(p: Partnership) -> None:
    assert "“soon” is not a date" in views.SENTENCES["check"](p.book, as_of="soon")
    assert "“&lt;b&gt;” is not a date" in views.SENTENCES["chart"](p.book, "promises", as_of="<b>")
    assert "no history" in views.SENTENCES["check"](from_answers({}), as_of=FIRST)


def test_pages_as_of_a_day_say_so(p: Partnership, tmp_path: Path) -> None:
    (page, _) = p.export(tmp_path / "then", ("purpose",), as_of=FIRST)
    html = page.read_text("utf-8")
    assert re.search(r"As it stood on October 1, 2026: as saved at \d+:\d\d [AP]M \S+ on \w+ \d+, 2026\.", html)
    assert "learners then" in html
    assert "learners now" not in html
    (page, _) = p.export(tmp_path / "now", ("purpose",))
    assert "As it stood" not in page.read_text("utf-8")
    (page, _) = p.export(tmp_path / "before", ("purpose",), as_of="2020-01-01")
    assert "As it stood on January 1, 2020: nothing had been saved yet." in page.read_text("utf-8")


def test_a_sentence_of_a_notebook_takes_a_day(p: Partnership, tmp_path: Path) -> None:
    import nbformat

    from ctekit.export import CtekitExporter

    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(f'partnership.worksheet("purpose", only="learners", as_of="{FIRST}")')]
    )
    html, _ = CtekitExporter().from_notebook_node(notebook, {"metadata": {"path": str(p.folder), "name": "x"}})
    assert "learners then" in html
    assert "As it stood on October 1, 2026." in html


# What is hidden now stays hidden in every look back


def test_a_look_back_never_tells_a_count_that_is_hidden_or_gone_by_now(tmp_path: Path) -> None:
    p = grown(tmp_path / "riverside")
    row = {"metric": "metric-1", "as_of": FIRST, "breakdown": "language"}
    hidden = p.add("metrics", "observations", {**row, "group": "few", "counted": 111, "out_of": 222})
    gone = p.add("metrics", "observations", {**row, "group": "gone", "counted": 333, "out_of": 444})
    p.store.close()
    p.store = open_store(p.folder / "partnership.ctekit", clock=Clock("2027-03-01"))
    assert not {hidden, gone} & disclosure.hidden(p.book)
    p.change("metrics", hidden, shown="no")
    p.remove("metrics", gone)
    html = p.worksheet("metrics", as_of=THIRD)._repr_html_()
    for count in ("111", "222", "333", "444"):
        assert count not in html
    assert {hidden, gone} <= disclosure.hidden(p.book.as_of(THIRD))


# What changed


def test_changes_tell_what_got_better_and_what_was_lost(p: Partnership) -> None:
    change_report = compare(p.book.as_of(FIRST), p.book.as_of(SECOND))
    assert change_report.lost["Needs that are met no more"] == ["Hosts"]
    assert change_report.lost["People who are here no more"] == ["Bo left on November 15, 2026"]
    assert [sentence.split("(")[-1] for sentence in change_report.lost["Findings that are new"]] == [
        "Process-wide success metrics: Hosted, ME41)",
    ]
    later = compare(p.book.as_of(SECOND), p.book)
    assert len(later.better["Findings that are gone"]) == 1
    assert later.moved == ["Hosted: 10.0% on October 1, 2026, 20.0% on January 15, 2027 now, the way we want."]
    assert not later.lost
    html = p.changes(SECOND)._repr_html_()
    assert "Compared with how it stood on November 15, 2026." in html
    assert "the way we want" in html


def test_without_a_day_the_comparison_reaches_four_weeks_back(p: Partnership) -> None:
    assert "stood on November 15, 2026" in p.changes()._repr_html_()
    assert "stood on October 1, 2026" in p.changes(as_of=SECOND)._repr_html_()
    assert "nothing to compare with yet" in p.changes(as_of=FIRST)._repr_html_()
    assert "everything is new" in p.changes("2020-01-01")._repr_html_()
    assert "Since November 15, 2026" in p.picture()._repr_html_()


# On the command line


def test_status_check_and_export_look_back(p: Partnership, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from ctekit.cli import main

    def run(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(words)
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out + captured.err

    folder = str(p.folder)
    code, output = run("status", folder, "--as-of", SECOND)
    assert (code, f"As it stood on {SECOND}." in output) == (0, True)
    code, output = run("check", folder, "--as-of", SECOND)
    assert (code, "error ME41" in output) == (1, True)
    code, output = run("check", folder)
    assert (code, "ME41" in output) == (0, False)
    code, output = run("export", folder, "--as-of", FIRST, "--worksheet", "purpose", "-o", str(tmp_path / "out"))
    assert code == 0
    assert "learners then" in (tmp_path / "out" / "02-purpose.html").read_text("utf-8")
    code, output = run("status", folder, "--as-of", "soon")
    assert (code, output.strip()) == (2, "“soon” is not a date. Write it as June 30, 2027 or as 2027-06-30.")
    code, output = run("export", folder, "--as-of", FIRST, "--blank")
    assert (code, "has no history" in output) == (2, True)
