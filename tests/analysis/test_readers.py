"""Who has not said yes to being named is named to the public nowhere: in no row, text, mark or look back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import escape

from ctekit import charts, papers, samples, views, worksheets
from ctekit.analysis.participants import in_their_place
from ctekit.analysis.readers import seen_by
from ctekit.model.paths import STORE_FILE
from ctekit.model.reader import Reader
from ctekit.site import Site
from ctekit.store import Edit, open_store
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.value import Value
from tests.named import named, plant
from tests.stores import harrow_bend


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    home = tmp_path_factory.mktemp("names") / "hb"
    assert plant(home) == 40
    return open_store(home / STORE_FILE).load()


def test_partners_read_every_name(book: Workbook) -> None:
    assert len(named(str([sheet.model_dump() for sheet in seen_by(book, "partners")]))) == 40


@pytest.mark.parametrize("day", ["", "2026-12-31"])
def test_the_public_reads_none_that_was_not_allowed(book: Workbook, day: str) -> None:
    public = seen_by(book, "public")
    public = public.as_of(public.days()[-1]) if day else public
    assert not named(str([sheet.model_dump() for sheet in public]) + str(public.removed))


@pytest.mark.parametrize("name", papers.every())
def test_no_paper_for_the_public_holds_one(book: Workbook, name: str) -> None:
    documents = papers.make(name, book, reader="public")
    assert not named("".join(papers.render(paper, "markdown")[1].decode() for paper in documents).replace("\\", ""))


def test_no_view_or_chart_made_for_the_public_holds_one(book: Workbook) -> None:
    public = seen_by(book, "public")
    shown = [views.worksheet(public, slug) + views.check(public, slug) for slug in worksheets.every()]
    shown += [charts.of(name, public).svg() for name in charts.every()]
    assert not named("".join(shown))


def test_what_was_said_in_own_words_is_for_partners_and_not_for_the_public() -> None:
    book = samples.book("harrow-bend")
    own_words = [row.in_own_words for row in book[Value].exchanges if row.in_own_words]
    assert len(own_words) > 10
    readers: tuple[Reader, ...] = ("partners", "public")
    pages = {reader: "".join(map(Site(book, reader).page, Site(book, reader).names)) for reader in readers}
    sheets = {
        reader: b"".join(
            papers.render(paper, "markdown")[1] for paper in papers.make("partner-sheets", book, reader=reader)
        ).decode()
        for reader in readers
    }
    for reader, is_told in (("partners", True), ("public", False)):
        for text in (str(escape(words)) for words in own_words):
            assert (text in pages[reader]) is is_told, text
            assert (text.rstrip(". ") in sheets[reader].replace("\\", "")) is is_told, text


def test_whatever_is_quoted_is_blank_to_the_public_with_its_mark() -> None:
    answers = samples.read("harrow-bend")
    row = answers["value"]["exchanges"][8]
    row["marks"] = {"in_own_words": {"kind": "to find out", "because": "He said it to Marcus alone"}}
    public = seen_by(from_answers(answers), "public")
    for sheet in public:
        for part in (sheet, *(row for table in sheet.tables() for row in sheet.rows(table))):
            quoted = [name for name, question in part.questions().items() if question.quoted]
            assert [getattr(part, name) for name in quoted if getattr(part, name) is not None] == []
            assert [name for name in quoted if name in part.marks] == []


def test_a_person_without_consent_is_called_by_what_they_do_and_where() -> None:
    public = seen_by(samples.book("harrow-bend"), "public")
    assert public.name("s-13") == "Program director, Puente Adelante"
    assert public.name("s-14") == "Parent, with a student representative, Families and learners seat"
    assert public.name("s-2") == "Tomasz Breel"
    assert public[Convener].lead_person == "s-1"


def test_a_role_that_is_said_with_somebodys_name_names_nobody() -> None:
    people = [
        {"id": "s-1", "name": "Ann Lee", "role": "Assistant of Bo Chen"},
        {"id": "s-2", "name": "Bo Chen", "role": "Successor of Ann Lee"},
    ]
    public = seen_by(from_answers({"profile": {"people": people}, "purpose": {"not_do": "Ask Ann Lee."}}), "public")
    assert public.name("s-1") == "Assistant of a partner"
    assert public[Purpose].not_do == "Ask Assistant of a partner."
    assert "Bo Chen" not in str([sheet.model_dump() for sheet in public])


def test_a_yes_that_is_taken_back_counts_for_earlier_days_as_well(tmp_path: Path) -> None:
    harrow_bend(tmp_path / "hb")
    store = open_store(tmp_path / "hb" / STORE_FILE)
    store.save([Edit("profile", "may_be_named", False, "s-2"), Edit("purpose", "not_do", "Ask tomasz  breel.", "")])
    public = seen_by(store.load(), "public")
    earlier = public.as_of(public.days()[-1])
    for each in (public, earlier):
        assert "Breel" not in str([sheet.model_dump() for sheet in each])
        assert each[Purpose].not_do == (
            "Ask Region 4 CTE coordinator, Meridia Department of Education, Region 4 CTE Office."
        )
    assert {person.id for person in public[Profile].people} == {person.id for person in store.load()[Profile].people}


@pytest.mark.parametrize(
    ("role", "public"), [(None, "Families and learners"), ("Parent", "Parent, Families and learners")]
)
def test_whoever_is_known_by_their_place_is_not_placed_twice(role: str | None, public: str) -> None:
    home = {"id": "org-1", "name": "Families and learners"}
    person = {"id": "s-1", "name": "Carol", "organization": "org-1", "role": role}
    book = from_answers({"profile": {"organizations": [home], "people": [person]}})
    for reader, words in (("partners", "Carol of Families and learners"), ("public", public)):
        seen = seen_by(book, reader)  # type: ignore[arg-type]
        assert in_their_place(seen, seen[Profile].people[0]) == words


def test_the_public_brief_names_the_place_of_a_lead_who_is_not_named_once() -> None:
    home = {"id": "org-1", "name": "Prairie Chamber"}
    person = {"id": "s-1", "name": "Delia", "organization": "org-1"}
    profile = {"organizations": [home], "people": [person]}
    book = from_answers({"profile": profile, "convener": {"lead": "org-1", "lead_person": "s-1"}})
    for reader, words in (("partners", "Delia, Prairie Chamber"), ("public", "Prairie Chamber")):
        page = Site(book, reader).page("index")  # type: ignore[arg-type]
        shown = " ".join(re.sub(r"<[^>]+>", " ", page.partition("Who leads")[2]).split())
        assert shown.startswith(words)
        assert not shown.startswith(f"{words}, ")
