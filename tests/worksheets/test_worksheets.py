"""The worksheets as a whole: found in order, lawful while blank, and pointing only at what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet
from ctekit.worksheets import called, every
from ctekit.worksheets.convener import CHOOSING, Convener
from ctekit.worksheets.profile import Organization, Person, Profile
from ctekit.worksheets.recruitment import Invitation, Need, Recruitment
from ctekit.workspace import notebooks

KINDS = list(every().values())

each_worksheet = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)


def _models(kind: type[Worksheet]) -> Iterator[Any]:
    """The worksheet itself, and the class of the rows of each of its tables."""
    yield kind
    for table in kind.tables().values():
        yield table.row


MODELS = [pytest.param(model, id=f"{kind.slug}:{model.__name__}") for kind in KINDS for model in _models(kind)]


def _filled(model: Any, **answers: Any) -> Any:
    return model(id="row-1", **answers) if issubclass(model, Row) else model(**answers)


def test_worksheets_are_found_in_the_order_of_the_elements() -> None:
    numbers = [kind.element for kind in KINDS]
    assert numbers == sorted(set(numbers))
    assert [kind.notebook for kind in KINDS] == [path.stem for path in notebooks()]


def test_each_has_a_notebook_and_a_title_of_its_own() -> None:
    assert len({kind.notebook for kind in KINDS}) == len({kind.title for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.notebook.startswith(f"{kind.element:02}-")


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(LookupError, match="Did you mean 'convener'"):
        called("convenor")


@each_worksheet
def test_a_blank_worksheet_is_lawful_and_not_begun(kind: type[Worksheet]) -> None:
    blank = kind()
    assert not blank.begun
    assert all(getattr(blank, field) in (None, (), {}) for field in kind.questions())


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_a_question_and_blank_at_first(model: Any) -> None:
    plumbing = {"id", "marks"}
    assert set(model.model_fields) - plumbing == set(model.questions())
    blank = _filled(model)
    assert all(getattr(blank, field) in (None, (), {}) for field in model.questions())


@pytest.mark.parametrize("model", MODELS)
def test_titles_are_there_and_distinct(model: Any) -> None:
    titles = [ask.title for ask in model.questions().values()]
    assert all(title.strip() for title in titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("model", MODELS)
def test_no_field_takes_the_name_of_something_worksheets_have(model: Any) -> None:
    # A field called "asks" would hide the method of that name, and no form could be drawn.
    base = Row if issubclass(model, Row) else Worksheet
    own = set(model.model_fields) - set(base.model_fields)
    assert not own & set(dir(base))


@pytest.mark.parametrize("model", MODELS)
def test_a_row_is_named_by_one_of_its_fields(model: Any) -> None:
    if issubclass(model, Row):
        assert model.named_by in model.questions()


@pytest.mark.parametrize("model", MODELS)
def test_what_is_private_is_never_on_the_short_form(model: Any) -> None:
    assert not [field for field, ask in model.questions().items() if ask.quick and ask.private]


@pytest.mark.parametrize("model", MODELS)
def test_references_point_at_a_table_that_exists(model: Any) -> None:
    for field, ask in model.questions().items():
        if ask.target:
            slug, table = ask.target.split(".")
            assert slug in every(), f"{field} points to {ask.target}: there is no such worksheet"
            assert table in every()[slug].tables(), f"{field} points to {ask.target}: there is no such table"


@pytest.mark.parametrize("model", MODELS)
def test_every_choice_offered_can_be_kept(model: Any) -> None:
    for field, ask in model.questions().items():
        for option in ask.options if ask.kind.name != "matrix" else ():
            _filled(model, **{field: questions.read(ask, [option] if ask.kind.name == "choices" else option)})


@pytest.mark.parametrize("model", MODELS)
def test_an_example_can_be_typed_as_it_stands(model: Any) -> None:
    for field, ask in model.questions().items():
        if ask.example and not ask.target:
            _filled(model, **{field: questions.read(ask, ask.example)})


def test_ids_tell_the_table_of_a_row_in_the_whole_workbook() -> None:
    prefixes = [table.prefix for kind in KINDS for table in kind.tables().values()]
    assert len(set(prefixes)) == len(prefixes)
    assert all(re.fullmatch(r"[a-z]+", prefix) for prefix in prefixes)


@each_worksheet
def test_rows_offered_ready_made_fit_their_table(kind: type[Worksheet]) -> None:
    for table in kind.tables().values():
        for offered in table.ready:
            table.row(id=f"{table.prefix}-1", **offered)


@each_worksheet
def test_the_short_form_holds_something_besides_ready(kind: type[Worksheet]) -> None:
    assert any(question.quick for field, question in kind.questions().items() if field != "ready")
    for table in kind.tables().values():
        if table.quick:
            assert any(ask.quick for ask in table.row.questions().values()), f"{table.title} would open empty"


def _waits(worksheet: Worksheet, table: str) -> str:
    opens = worksheet.tables()[table].opens
    assert opens is not None
    return opens(worksheet)


@pytest.mark.parametrize("table", ["criteria", "candidates", "evidence", "scores"])
def test_scoring_waits_until_the_lead_is_being_chosen(table: str) -> None:
    row = Convener.tables()[table].row(id="row-1")
    assert CHOOSING in _waits(Convener(), table)
    assert CHOOSING in _waits(Convener(settled="yes, but not everyone knows"), table)
    assert _waits(Convener(settled=CHOOSING), table) == ""
    begun = Convener(settled="yes, but not everyone knows").model_copy(update={table: (row,)})
    assert _waits(begun, table) == ""


def test_names_wait_until_three_needs_stand() -> None:
    needs = tuple(Need(id=f"need-{n}", support="Mentors from the shop floor") for n in (1, 2, 3))
    assert "(2 so far)" in _waits(Recruitment(needs=(*needs[:2], Need(id="need-3"))), "invitations")
    assert _waits(Recruitment(needs=needs), "invitations") == ""
    assert _waits(Recruitment(invitations=(Invitation(id="ask-1"),)), "invitations") == ""


def test_what_could_hurt_someone_is_private() -> None:
    secret = {
        "profile": {"people.contact"},
        "convener": {"scores", "scores.scored_by", "scores.score"},
        "recruitment": {"invitations.influence", "invitations.interest", "invitations.stance"},
        "value": {"exchanges.worth", "exchanges.action"},
    }
    for slug, fields in secret.items():
        kind = every()[slug]
        for field in fields:
            table, _, column = field.partition(".")
            question = kind.tables()[table]
            assert (question.row.questions()[column] if column else question).private, f"{slug}: {field}"


def test_the_profile_tells_people_not_to_name_a_minor() -> None:
    assert "minor" in Profile.tables()["people"].hint
    assert "minor" in Person.questions()["name"].hint


def test_the_doors_take_two_fields_an_organization_and_three_a_person() -> None:
    assert [name for name, question in Organization.questions().items() if question.quick] == ["name", "sector"]
    assert [name for name, question in Person.questions().items() if question.quick] == [
        "name",
        "organization",
        "here_today",
    ]
