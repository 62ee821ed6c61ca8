"""What a partnership gives its state agency: a list of counts that travels, without answers or small groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ctekit import rubrics, rules
from ctekit.analysis.consultation import Consulted
from ctekit.analysis.disclosure import DEFAULT
from ctekit.model.errors import CtekitError
from ctekit.ratings import LEAST, LEAST_IN_ALL, SECTORS
from ctekit.rollup._summary import ANSWERS, Agreement, AgreementState, ElementRatings, Measure, MeasureCount, Summary
from ctekit.worksheets.national_lists import ConsultationGroup

ENDING = ".counts.json"
"""How the file's name ends."""

LONGEST = 1_000_000
"""Bytes of a list; one of a real partnership has some thousands."""

MOST = 10**9
"""The largest count that is taken."""


def _cut(words: object) -> object:
    """Words that any file can hold; nobody's region has a longer name."""
    return words[:1000].encode("utf-8", "replace").decode() if isinstance(words, str) else words


Number = Annotated[int, Field(strict=True, ge=0, le=MOST)]
Words = Annotated[str, Field(strict=True), BeforeValidator(_cut)]
Dimension = Literal["region", "level", "cluster", "stage", "program year"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Need(_Part):
    priority: Words
    kind: Words
    unmet: Number
    total: Number

    @model_validator(mode="after")
    def _see_numbers(self) -> _Need:
        if self.unmet > self.total:
            raise ValueError("not met out of what?")
        return self


class _Measure(_Part):
    """A measure; without numbers where the partnership does not show them."""

    code: Words
    version: Words
    level: Words
    year: Words
    counted: Number | None
    out_of: Number | None

    @model_validator(mode="after")
    def _see_numbers(self) -> _Measure:
        if (self.counted is None) != (self.out_of is None) or (self.counted or 0) > (self.out_of or 0):
            raise ValueError("counted out of what?")
        return self


class _Group(_Part):
    """People of a sector, or all others together; `answers` as `ANSWERS` has them."""

    people: Number
    answers: Annotated[tuple[Number, ...], Field(min_length=len(ANSWERS), max_length=len(ANSWERS))]


class _Element(_Part):
    element: Annotated[int, Field(strict=True, ge=1, le=len(rubrics.ELEMENTS))]
    shown: dict[Words, _Group]
    others: _Group | None
    not_shown: list[Words]

    @model_validator(mode="after")
    def _see_sectors(self) -> _Element:
        names = [*self.shown, *self.not_shown]
        if len({*names}) < len(names) or not {*names} <= {*SECTORS}:
            raise ValueError("which sectors?")
        return self

    @model_validator(mode="after")
    def _see_sizes(self) -> _Element:
        """Whoever made the list, no group is taken that is too small for a partnership to show."""
        is_small = self.others is not None and self.others.people < LEAST_IN_ALL
        if is_small or any(group.people < LEAST for group in self.shown.values()):
            raise ValueError("a small group?")
        return self


class _Document(_Part):
    format: Literal["ctekit-counts"] = "ctekit-counts"
    version: Literal[1] = 1
    partnership: Words
    name: Words
    state: Words
    saved: Words
    is_sample: Annotated[bool, Field(strict=True)]
    least: Number
    groups: dict[Dimension, Annotated[tuple[Words, ...], Field(max_length=100)]]
    needs: list[_Need]
    findings: dict[Words, Number]
    asks: dict[Words, Number]
    consulted: dict[ConsultationGroup, Consulted]
    agreement: tuple[AgreementState, Number, Number]
    measures: list[_Measure]
    uncounted: Number
    ratings: list[_Element]

    @model_validator(mode="after")
    def _see_agreement(self) -> _Document:
        if self.agreement[1] > self.agreement[2]:
            raise ValueError("more have signed than there are parties?")
        return self


_COPIED = (
    *("partnership", "name", "state", "saved", "is_sample", "least", "groups", "findings", "asks", "consulted"),
    *("agreement", "uncounted"),
)


def without_small_groups(summary: Summary) -> Summary:
    """A partnership as a roll-up of it alone shows it: what that hides is not in it.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    Summary
        Roll-ups leave out what is hidden in it, and never add it together with other small groups.
    """
    measures = {
        measure: count if count.is_shown else MeasureCount(0, 0, is_shown=False)
        for measure, count in summary.measures.items()
    }
    ratings = {number: _shown(each) for number, each in summary.ratings.items()}
    return replace(summary, measures=measures, ratings=ratings, versions={})


def _shown(ratings: ElementRatings) -> ElementRatings:
    """The large sectors by themselves, the others as one; of those that nobody names, only that they are there."""
    nothing = (0,) * len(ANSWERS)
    hidden = frozenset(sector for sector in ratings.people if not ratings.is_shown or sector in ratings.hidden)
    codes = dict.fromkeys(sorted(hidden), nothing) | {
        sector: numbers for sector, numbers in ratings.codes.items() if sector not in hidden
    }
    people = {sector: 0 if sector in hidden else number for sector, number in ratings.people.items()}
    if hidden and ratings.is_shown:
        together = zip(*(ratings.codes.get(sector, nothing) for sector in hidden), strict=True)
        codes[""] = tuple(map(sum, together))
        people[""] = sum(ratings.people[sector] for sector in hidden)
        hidden |= {""}
    folded = (hidden,) if ratings.is_shown else ()
    return ElementRatings("", codes, people, folded, hidden)


def write_document(summary: Summary) -> str:
    """The list of counts that a partnership gives away, as JSON.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    str

    Raises
    ------
    CtekitError
        It is too long to be read again, or one of its numbers is too large.
    """
    summary = without_small_groups(summary)
    needs = [
        {"priority": priority, "kind": kind, "unmet": unmet, "total": total}
        for (priority, kind), (unmet, total) in summary.needs.items()
    ]
    nothing = {"counted": None, "out_of": None}
    measures = [
        measure._asdict() | ({"counted": count.counted, "out_of": count.out_of} if count.is_shown else nothing)
        for measure, count in summary.measures.items()
    ]
    ratings = [_element(number, each) for number, each in sorted(summary.ratings.items())]
    copied = {name: getattr(summary, name) for name in _COPIED}
    try:
        document = _Document.model_validate(copied | {"needs": needs, "measures": measures, "ratings": ratings})
    except ValidationError:
        raise CtekitError(
            f"A count is larger than {MOST:,}, so the list was not given away. Look over the counts of worksheet 7 and "
            "“Smallest group we show” in the profile, then try again."
        ) from None
    text = document.model_dump_json(indent=1) + "\n"
    if len(text.encode()) > LONGEST:
        raise CtekitError(
            f"The list of counts is longer than {LONGEST:,} bytes, so it was not given away. Take out measures that "
            "nobody needs, then try again."
        )
    return text


def _element(number: int, ratings: ElementRatings) -> _Element:
    groups = {
        sector: _Group(people=people, answers=ratings.codes[sector])
        for sector, people in ratings.people.items()
        if not sector or sector not in ratings.partly_folded
    }
    others = groups.pop("", None)
    not_shown = sorted(ratings.partly_folded - {""})
    return _Element(element=number, shown=groups, others=others, not_shown=not_shown)


def read_document(text: str | bytes, source: str, partnership: str = "") -> Summary:
    """What a list of counts says. Whoever made it, nothing in it is believed to be what it should be.

    Parameters
    ----------
    text : str or bytes
        JSON, as `write_document` makes it.
    source : str
        Where it is from, for people.
    partnership : str
        Whose it has to be; "" for anybody's.

    Returns
    -------
    Summary

    Raises
    ------
    CtekitError
        It is none, or another partnership's. One sentence.
    """
    try:
        document = _Document.model_validate_json(text[: LONGEST + 1])
    except ValidationError:
        raise CtekitError(
            f"“{source}” is no list of counts that this ctekit can read, so it is left out. Ask for a new one "
            "(`ctekit submit`), made by the same version as yours."
        ) from None
    if partnership not in ("", document.partnership):
        raise CtekitError(f"“{source}” is of another partnership, so it is left out. Ask for a new one.")
    codes = {rule.code for rule in rules.every()}
    return Summary(
        partnership=document.partnership,
        name=document.name,
        state=document.state,
        saved=document.saved,
        is_sample=document.is_sample,
        least=document.least or DEFAULT,
        groups={dimension: names for dimension, names in document.groups.items() if names},
        needs={(need.priority, need.kind): (need.unmet, need.total) for need in document.needs},
        findings={code: number for code, number in document.findings.items() if code in codes},
        asks=document.asks,
        consulted={name: where for name in get_args(ConsultationGroup) if (where := document.consulted.get(name))},
        agreement=Agreement(*document.agreement),
        measures=dict(map(_read_measure, document.measures)),
        uncounted=document.uncounted,
        ratings={each.element: _read_element(each) for each in document.ratings},
    )


def _read_measure(row: _Measure) -> tuple[Measure, MeasureCount]:
    count = MeasureCount(row.counted or 0, row.out_of or 0, is_shown=row.out_of is not None)
    return Measure(row.code, row.version, row.level, row.year), count


def _read_element(row: _Element) -> ElementRatings:
    """As `_shown` makes it: what is hidden is in `partly_folded`, so that it is never added together with others."""
    groups = row.shown | ({"": row.others} if row.others else {})
    hidden = frozenset(row.not_shown) | ({""} if row.others else frozenset())
    nothing = (0,) * len(ANSWERS)
    codes = dict.fromkeys(row.not_shown, nothing) | {sector: group.answers for sector, group in groups.items()}
    people = dict.fromkeys(row.not_shown, 0) | {sector: group.people for sector, group in groups.items()}
    return ElementRatings("", codes, people, (hidden,) if groups else (), hidden)
