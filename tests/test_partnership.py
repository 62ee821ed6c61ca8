"""From Python: the one object a notebook, a script or somebody else's tool talks to."""

from __future__ import annotations

import datetime
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ctekit
from ctekit import workspace
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import NotFoundError
from ctekit.model.questions import InvalidAnswerError
from ctekit.partnership import NoPartnershipError
from ctekit.store import StoreError
from ctekit.widgets.cards import keep_box
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from tests.stores import harrow_bend

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new partnership's folder, made once; each test writes to a copy."""
    folder = tmp_path_factory.mktemp("made") / "riverside"
    workspace.make(folder, "Riverside")
    return folder


@pytest.fixture
def p(sample_folder: Path, tmp_path: Path) -> Partnership:
    return ctekit.open_partnership(shutil.copytree(sample_folder, tmp_path / "riverside"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    """Harrow Bend, only to be read."""
    folder = tmp_path_factory.mktemp("sample") / "hb"
    harrow_bend(folder)
    return ctekit.open_partnership(folder)


@pytest.fixture
def nobody_home(tmp_path: Path) -> Partnership:
    return ctekit.open_partnership(tmp_path / "empty")


def refusal(kind: type[Exception], call: Any) -> str:
    """The sentence that a call ends with."""
    with pytest.raises(kind) as caught:
        call()
    words = str(caught.value)
    assert "\n" not in words
    assert words.endswith(".")
    return words


# Answers


def test_an_answer_comes_back_typed_and_is_there_for_the_next_who_opens(p: Partnership) -> None:
    p.answer("purpose", "learners", "  learners in three counties ")
    p.answer("purpose", "by", "June 30, 2028")
    p.answer("profile", "business_floor", "30%")
    p.answer("profile", "invented_sample", "yes")
    p.answer("profile", "as_of", datetime.date(2027, 3, 5))
    again = ctekit.open_partnership(p.folder)
    purpose, profile = again["purpose"], again["profile"]
    assert isinstance(purpose, Purpose)
    assert isinstance(profile, Profile)
    assert (purpose.learners, purpose.by) == ("learners in three counties", datetime.date(2028, 6, 30))
    assert (profile.business_floor, profile.invented_sample) == (Decimal(30), True)
    assert profile.as_of == datetime.date(2027, 3, 5)
    assert (again.name, again.book[Profile].name) == ("Riverside", "Riverside")


@pytest.mark.parametrize("blank", [None, "", "   "])
def test_blank_is_an_answer_too(p: Partnership, blank: str | None) -> None:
    p.answer("purpose", "learners", "somebody")
    p.answer("purpose", "learners", blank)
    assert p["purpose"].learners is None
    assert [revision.value for revision in p.store.history("purpose", "", "learners")] == ["somebody", None]


def test_rows_are_added_changed_marked_and_removed(p: Partnership) -> None:
    org = p.add("profile", "organizations", {"name": "Alderfield Schools", "sector": "K-12"})
    person = p.add("profile", "people", {"name": "Ida Marsh", "organization": org, "status": "confirmed"})
    other = p.add("profile", "people", {})
    assert (org, person, other) == ("org-1", "s-1", "s-2")
    p.change("profile", person, name="Ida Marsh-Lee", left_on="2027-01-31", contact="ida@alderfield.example")
    row, empty = p["profile"].people
    assert (row.name, row.organization, row.status) == ("Ida Marsh-Lee", "org-1", "confirmed")
    assert (row.left_on, row.contact, empty.name) == (datetime.date(2027, 1, 31), "ida@alderfield.example", None)
    task = p.add("roles", "tasks", {"task": "Host learners", "hours": "12.5"})
    p.mark("roles", task, org, "ra")
    assert p["roles"].matrix == {task: {org: "AR"}}
    p.mark("roles", task, org, "")
    assert not p["roles"].matrix.get(task, {}).get(org)
    p.remove("profile", other)
    assert [row.id for row in p["profile"].people] == [person]
    assert p.add("profile", "people", {"name": "Next"}) == "s-3", "an id is never used again"


def test_a_removed_row_stays_readable_where_something_points_to_it(p: Partnership) -> None:
    person = p.add("profile", "people", {"name": "Ida Marsh"})
    p.answer("profile", "facilitator", person)
    p.remove("profile", person)
    assert p["profile"].facilitator == person
    assert p.book.name(person) == "Ida Marsh (removed)"
    assert "Ida Marsh (removed)" in p.worksheet("profile")._repr_html_()
    assert "The row 's-1' of “profile” was removed" in refusal(
        NotFoundError, lambda: p.change("profile", person, name="Ghost")
    )
    assert "The row 's-1' of “profile” was removed" in refusal(NotFoundError, lambda: p.remove("profile", person))


def test_the_history_says_who_when_and_what_was_there_before(p: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctekit.store.batch.somebody", lambda: "dana")
    p.answer("purpose", "learners", "first")
    p.answer("purpose", "learners", "second")
    first, second = p.store.history("purpose", "", "learners")
    assert (first.old, first.value, second.old, second.value) == (None, "first", "first", "second")
    assert (first.who, second.who) == ("dana", "dana")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", second.at)
    assert second.seq > first.seq
    row = p.add("purpose", "clauses", {"promise": "every learner has a mentor"})
    p.remove("purpose", row)
    assert [revision.field for revision in p.store.history("purpose", row)] == ["row", "promise", "row"]


def test_two_who_have_it_open_see_each_others_answers(p: Partnership) -> None:
    other = ctekit.open_partnership(p.folder / "partnership.ctekit")  # the file's own name does as well
    assert other.folder == p.folder
    p.answer("purpose", "learners", "theirs")
    assert other["purpose"].learners == "theirs"
    other.answer("purpose", "region", "ours")
    assert (p["purpose"].learners, p["purpose"].region) == ("theirs", "ours")


# What is not an answer: the form's own sentences, and nothing is saved


@pytest.mark.parametrize(
    ("worksheet", "field", "value", "sentence"),
    [
        (
            "purpose",
            "by",
            "soon",
            "“soon” is not a date. Write a day, a month or a year, such as June 30, 2027, June 2027 or 2027.",
        ),
        ("profile", "smallest_group", "ten", "“ten” is not a whole number."),
        ("profile", "business_floor", 130, "“130” is outside what is expected here: a percentage from 0 to 100"),
        ("profile", "invented_sample", "perhaps", "“perhaps” is not yes or no."),
        ("profile", "stage", "whenever", "“whenever” is not one of the choices here. Choose one of:"),
        ("profile", "facilitator", "Ida Marsh", "“Ida Marsh” does not name a row. Pick one from the list"),
        ("communication", "longest_silence", -1, "“-1” is outside what is expected here"),
    ],
)
def test_a_wrong_shape_is_told_and_not_saved(
    p: Partnership, worksheet: str, field: str, value: Any, sentence: str
) -> None:
    before = p.store.latest()
    assert sentence in refusal(InvalidAnswerError, lambda: p.answer(worksheet, field, value))
    assert p.store.latest() == before


def test_the_form_says_the_same_sentence(p: Partnership) -> None:
    sheet, sent = p.worksheet("purpose").live(), []
    sheet.send = sent.append
    edit = {"uid": "1", "row": "", "field": "by", "value": "soon", "base": None}
    sheet._receive(sheet, {"view": "v", "n": 1, "edits": [edit]}, [])
    (wrong,) = sent[-1]["wrong"]
    assert wrong["error"] == refusal(InvalidAnswerError, lambda: p.answer("purpose", "by", "soon"))


def test_a_row_with_one_wrong_answer_is_not_half_saved(p: Partnership) -> None:
    before = p.store.latest()
    refusal(InvalidAnswerError, lambda: p.add("roles", "tasks", {"task": "Host learners", "hours": "a few"}))
    refusal(NotFoundError, lambda: p.add("roles", "tasks", {"task": "Host learners", "our": 1}))
    task = p.add("roles", "tasks", {"task": "Host learners", "hours": 3})
    refusal(InvalidAnswerError, lambda: p.change("roles", task, task="Changed", hours="a few"))
    assert [(task.task, task.hours) for task in p["roles"].tasks] == [("Host learners", Decimal(3))]
    assert p.store.latest() == before + 3


def _unknown(p: Partnership) -> dict[str, tuple[Any, str]]:
    return {
        "worksheet": (lambda: p["purpse"], "No worksheet is called 'purpse'. Did you mean 'purpose'?"),
        "worksheet to answer": (lambda: p.answer("role", "starts", "x"), "Did you mean 'roles'?"),
        "worksheet to show": (lambda: p.worksheet("comunication"), "Did you mean 'communication'?"),
        "worksheet to check": (lambda: p.check("metric"), "Did you mean 'metrics'?"),
        "question": (
            lambda: p.answer("purpose", "learner", "x"),
            "“purpose” has no question called 'learner'. Did you mean 'learners'?",
        ),
        "question to show": (lambda: p.worksheet("plan", only="action"), "Did you mean 'actions'?"),
        "table": (
            lambda: p.add("profile", "persons", {}),
            "“profile” has no table called 'persons'. Its tables are: organizations, people, steps",
        ),
        "near table": (lambda: p.add("roles", "task", {}), "Did you mean 'tasks'?"),
        "column": (lambda: p.change("roles", "task-1", hour=3), "Did you mean 'hours'?"),
        "row": (lambda: p.change("roles", "task-9", hours=3), "“roles” has no row called 'task-9'. Did you mean 'task"),
        "row to remove": (lambda: p.remove("roles", "tsk-1"), "Did you mean 'task-1'?"),
        "organization": (lambda: p.mark("roles", "task-1", "org-7", "R"), "Did you mean 'org-1'?"),
        "matrix": (lambda: p.mark("plan", "act-1", "org-1", "R"), "“plan” has no matrix."),
        "chart": (lambda: p.chart("pathwy"), "No chart is called 'pathwy'. Did you mean 'pathway'?"),
        "table as an answer": (lambda: p.answer("purpose", "clauses", ["a"]), "Write it with add(…) and change(…)."),
        "matrix as an answer": (lambda: p.answer("roles", "matrix", {"task-1": "R"}), "Write it with mark(…)."),
    }


@pytest.mark.parametrize("case", _unknown(Partnership("no-such-folder")))
def test_an_unknown_name_is_told_with_the_nearest_and_nothing_is_saved(p: Partnership, case: str) -> None:
    p.add("profile", "organizations", {"name": "Alderfield Schools"})
    p.add("roles", "tasks", {"task": "Host learners"})
    p.add("plan", "actions", {"action": "Write to them"})
    before = p.store.latest()
    call, sentence = _unknown(p)[case]
    assert sentence in refusal(NotFoundError, call)
    assert p.store.latest() == before


# Showing


def test_what_a_sentence_shows_names_itself_the_same_each_time(sample: Partnership) -> None:
    shown = [
        sample,
        sample.worksheet("purpose"),
        sample.worksheet("plan", only="actions"),
        sample.check(),
        sample.check("purpose"),
        sample.chart("promises"),
        sample.keep(),
        sample.worksheet("purpose").live(),
    ]
    assert [repr(view) for view in shown] == [
        "<partnership 'Harrow Bend Advanced Manufacturing Pathway'>",
        "<worksheet purpose>",
        "<worksheet plan actions>",
        "<check>",
        "<check purpose>",
        "<chart promises>",
        "<keep>",
        "<the worksheet 'purpose', open for writing>",
    ]
    for view in shown[:-1]:
        assert view._repr_mimebundle_()["text/plain"] == repr(view), "nbval compares it: no address, no clock"


def test_a_worksheet_shows_a_live_sheet_and_the_static_view_beside_it(sample: Partnership) -> None:
    bundle = sample.worksheet("purpose")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", WIDGET}
    assert "high-school and college learners" in bundle["text/html"]
    assert bundle[WIDGET]["model_id"] == sample.worksheet("purpose").live().model_id
    again = sample.worksheet("purpose")._repr_mimebundle_()
    assert again[WIDGET] == bundle[WIDGET], "running a cell again shows the same sheet"
    whole, only = sample.worksheet("plan"), sample.worksheet("plan", only="actions")
    assert only._repr_mimebundle_()[WIDGET] != whole._repr_mimebundle_()[WIDGET]
    assert sample["plan"].asks_of_state[0].ask in whole._repr_html_()
    assert sample["plan"].asks_of_state[0].ask not in only._repr_html_()


def test_check_and_chart_show_a_view_and_give_plain_data(sample: Partnership) -> None:
    checked, drawn = sample.check("purpose"), sample.chart("promises")
    assert set(checked._repr_mimebundle_()) == {"text/plain", "text/html", WIDGET}
    assert set(drawn._repr_mimebundle_()) == {"text/plain", "text/html", WIDGET}
    assert [finding.worksheet for finding in checked] == ["purpose"]
    assert len(checked) == len(checked.findings) == 1
    assert {result.outcome for result in checked.results} <= {"holds", "findings", "waits"}
    assert len(sample.check()) == len(sample.findings()) > 1
    assert "<svg" in drawn._repr_html_()
    assert drawn.numbers.columns
    assert drawn.words_said.alt in drawn._repr_html_().replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"')
    assert type(drawn.figure).__name__ == "Figure"
    assert drawn.figure is not drawn.figure, "a fresh one, to change as one likes"


def test_keep_shows_a_button_and_no_page(sample: Partnership) -> None:
    bundle = sample.keep()._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", WIDGET}
    assert "Run All Cells" in bundle["text/html"], "for another day, when the button is gone"


def test_a_name_that_is_markup_is_shown_as_text(p: Partnership) -> None:
    p.answer("profile", "name", "<script>alert(1)</script>")
    html = p._repr_mimebundle_()["text/html"]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


# No partnership yet


def test_opening_a_folder_without_one_is_no_error(nobody_home: Partnership) -> None:
    assert nobody_home.exists is False
    assert repr(nobody_home) == "<no partnership here yet>"
    assert not nobody_home.folder.exists(), "looking makes nothing"


def test_every_showing_verb_then_offers_to_start_one(nobody_home: Partnership) -> None:
    shown = [
        nobody_home,
        nobody_home.worksheet("purpose"),
        nobody_home.check(),
        nobody_home.chart("promises"),
        nobody_home.keep(),
    ]
    assert [set(view._repr_mimebundle_()) for view in shown] == [{"text/plain", "text/html", WIDGET}] * 5
    assert "No worksheet is called" in refusal(NotFoundError, lambda: nobody_home.worksheet("purpse"))


@pytest.mark.parametrize(
    "call",
    [
        lambda p: p["purpose"],
        lambda p: p.name,
        lambda p: p.answer("purpose", "learners", "x"),
        lambda p: p.add("profile", "people", {}),
        lambda p: p.change("profile", "s-1", name="x"),
        lambda p: p.remove("profile", "s-1"),
        lambda p: p.findings(),
        lambda p: p.check().findings,
        lambda p: p.chart("promises").numbers,
        lambda p: p.export("pages"),
    ],
)
def test_everything_else_says_in_one_sentence_that_there_is_none(nobody_home: Partnership, call: Any) -> None:
    words = refusal(NoPartnershipError, lambda: call(nobody_home))
    assert words.startswith(f"There is no partnership in {nobody_home.folder}")
    assert "ctekit new" in words
    assert not nobody_home.folder.exists()


def test_one_that_is_started_meanwhile_is_there_without_opening_again(nobody_home: Partnership) -> None:
    shown = nobody_home.worksheet("purpose")
    card = shown._repr_mimebundle_()[WIDGET]
    workspace.make(nobody_home.folder, "Riverside")
    assert nobody_home.exists
    assert nobody_home.name == "Riverside"
    assert "text/html" in shown._repr_mimebundle_()
    assert shown._repr_mimebundle_()[WIDGET] != card


def test_the_card_starts_a_partnership_and_turns_into_what_was_asked_for(nobody_home: Partnership) -> None:
    from ctekit.widgets.cards import start_card

    display = nobody_home.worksheet("purpose")
    box = start_card(nobody_home, display.live, display._repr_html_)
    _intro, name, buttons, status = box.children
    own, _sample = buttons.children
    own.click()
    assert "Write the partnership's name first" in status.value
    assert not nobody_home.exists
    name.value = "Riverside"
    own.click()
    assert nobody_home.name == "Riverside"
    assert box.children == (nobody_home.worksheet("purpose").live(),)


def test_the_card_of_the_opening_cell_turns_into_the_button_that_writes_the_pages(
    nobody_home: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards: list[Any] = []
    # It would look by itself, in a thread.
    monkeypatch.setattr("ctekit.widgets.watcher.watch", lambda card, *_: cards.append(card))
    nobody_home._repr_mimebundle_()
    workspace.make(nobody_home.folder, "Riverside")
    (card,) = cards
    card.refresh()
    (box,) = card.children
    assert box.children[0].description == "Write the pages to hand round"


def test_the_button_that_writes_the_pages_says_what_to_look_after_where_their_folder_cannot_be_used(
    p: Partnership,
) -> None:
    (p.folder / "pages").write_text("a file in its place", "utf-8")
    button, status, *_ = keep_box(p).children
    button.click()
    assert "The folder “pages” beside this notebook could not be used. Make sure" in status.value


def test_where_the_pages_lie_beside_the_notebook_a_link_opens_them(
    p: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press() -> str:
        button, status, *_ = keep_box(p).children
        button.click()
        assert "Begin with <strong>index.html</strong>" in status.value
        return str(status.value)

    assert "<a " not in press(), "a notebook in another folder: no address of the server leads there for sure"
    monkeypatch.chdir(p.folder)
    link = re.search(r"<a hidden class='ctekit-written' href='(.*?)' [^>]*>(.*?)</a>", press())
    assert link
    assert link.groups() == ("pages/index.html", "Open the pages")


def test_a_file_that_is_no_partnership_is_told_when_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / "partnership.ctekit").write_text("something else")
    assert "is not a partnership of ctekit" in refusal(StoreError, lambda: ctekit.open_partnership(tmp_path))
    assert (tmp_path / "partnership.ctekit").read_text() == "something else"


# Pages


def test_export_writes_pages_and_tells_their_names(p: Partnership, tmp_path: Path) -> None:
    p.answer("purpose", "learners", "learners in three counties")
    names: list[str] = []
    pages = p.export(str(tmp_path / "out"), ("purpose",), progress=names.append)
    assert [page.name for page in pages] == names == ["02-purpose.html", "index.html"]
    assert "learners in three counties" in pages[0].read_text("utf-8")
    assert "No worksheet is called 'purpse'" in refusal(NotFoundError, lambda: p.export(tmp_path / "no", ("purpse",)))
    assert not (tmp_path / "no").exists()
