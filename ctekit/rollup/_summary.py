"""What a state may know of one partnership: counts by codes that all partnerships share, and nobody's words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, NamedTuple

from ctekit import rules
from ctekit.analysis import participants
from ctekit.analysis.consultation import consulted
from ctekit.analysis.disclosure import DEFAULT, hidden, threshold, without_agreement
from ctekit.analysis.readers import seen_by
from ctekit.model import text
from ctekit.ratings import DONT_KNOW
from ctekit.rubrics import LADDER
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metric, Metrics, Observation
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles

NOT_SAID = "not said"
DIMENSIONS = ("region", "level", "cluster", "stage", "program year")
"""By what partnerships are put together."""

ANSWERS = (*(level.step for level in LADDER), DONT_KNOW)
"""What can be answered about an indicator."""

_JULY = 7

AgreementState = Literal["no parties yet", "draft", "signed in part", "signed", "ended"]


class Measure(NamedTuple):
    """What is counted, by the code that all share: the same people are counted in the same way."""

    code: str
    version: str
    level: str
    year: str


class MeasureCount(NamedTuple):
    """What one partnership counted, and whether it may show it itself."""

    counted: int
    out_of: int
    is_shown: bool

    @property
    def parts(self) -> tuple[int, int]:
        """Those who did it, and those who did not."""
        return self.counted, self.out_of - self.counted


class Agreement(NamedTuple):
    """How far an agreement is."""

    state: AgreementState
    signed: int
    parties: int


_NO_AGREEMENT = Agreement("no parties yet", 0, 0)


@dataclass(frozen=True)
class ElementRatings:
    """The newest revealed round of one partnership about one element.

    Attributes
    ----------
    round : str
        Its id; the same people answered in the same round.
    codes : mapping of str to tuple of int
        Sector -> how often each answer of `ANSWERS` was given, over the element's indicators. Without those that fewer
        than `LEAST_IN_ALL` people answered: the partnership shows nothing of them.
    people : mapping of str to int
        How many of each sector answered the indicator that most of them answered.
    folded : tuple of frozenset of str
        For each indicator that is shown, the sectors that the partnership does not show by themselves.
    partly_folded : frozenset of str
        The sectors that it shows by themselves for some indicators that they answered, and not for others.
    version : str
        Letters that change with the ballots of the round.
    """

    round: str
    codes: Mapping[str, tuple[int, ...]]
    people: Mapping[str, int]
    folded: tuple[frozenset[str], ...] = ()
    partly_folded: frozenset[str] = frozenset()
    version: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered any indicator for the partnership to show what they said together."""
        return bool(self.folded)

    @property
    def hidden(self) -> frozenset[str]:
        """The sectors that the partnership does not show by themselves, for one indicator at least."""
        return frozenset().union(*self.folded)


@dataclass(frozen=True)
class Summary:
    """What a state may know of one partnership.

    Attributes
    ----------
    partnership, name, state : str
        Its id, what it is called, and where it is.
    saved : str
        When its newest answer was saved (ISO 8601).
    is_sample : bool
    least : int
        The smallest group it shows.
    groups : mapping of str to tuple of str
        Where it belongs, by dimension; to several clusters perhaps.
    needs : mapping
        (priority, kind of support) -> needs not met yet, needs in all.
    findings : mapping of str to int
        Code of a rule -> open findings; only rules that could be asked, 0 where they hold.
    asks : mapping of str to int
        Lever -> asks of the state.
    consulted : mapping of str to str
        Consultation group -> where it stands.
    agreement : Agreement
    measures : mapping
        What was counted of everybody together, by code and program year.
    uncounted : int
        Codes without a pair of counts that can be added.
    ratings : mapping of int to ElementRatings
        By number of the element.
    versions : mapping of tuple to str
        (level, year) -> letters that change with what is counted there.
    """

    partnership: str
    name: str = ""
    state: str = ""
    saved: str = ""
    is_sample: bool = False
    least: int = DEFAULT
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    asks: Mapping[str, int] = field(default_factory=dict)
    consulted: Mapping[str, str] = field(default_factory=dict)
    agreement: Agreement = _NO_AGREEMENT
    measures: Mapping[Measure, MeasureCount] = field(default_factory=dict)
    uncounted: int = 0
    ratings: Mapping[int, ElementRatings] = field(default_factory=dict)
    versions: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, dimension: str) -> tuple[str, ...]:
        """The groups of a dimension that it belongs to.

        Parameters
        ----------
        dimension : str
            One of `DIMENSIONS`.

        Returns
        -------
        tuple of str
            One at least.
        """
        return self.groups.get(dimension) or (NOT_SAID,)


def summarize(
    book: Workbook, partnership: str, ratings: Mapping[int, ElementRatings], uids: Mapping[str, str]
) -> Summary:
    """What a state may know of a partnership.

    Parameters
    ----------
    book : Workbook
        Its answers; what is private, and what only partners may know, is taken out here.
    partnership : str
        Its id.
    ratings : mapping of int to ElementRatings
        What its newest rounds say, by element.
    uids : mapping of str to str
        Id of a count's row -> the uid of its newest revision.

    Returns
    -------
    Summary
    """
    book = seen_by(book, "partners")
    profile = book[Profile]
    codes = {_measure(metric, "")[:3] for metric in book[Metrics].metrics if metric.federal_code}
    observed = _observed(book)
    measures = {measure: count for measure, (count, _) in observed.items()}
    return Summary(
        partnership=partnership,
        name=profile.name or "",
        state=profile.state or "",
        saved=book.saved_at,
        is_sample=bool(profile.invented_sample),
        least=threshold(book),
        groups=_groups(profile),
        needs=_needs(book),
        findings={result.rule.code: len(result.findings) for result in rules.check(book) if result.outcome != "waits"},
        asks=Counter(ask.lever or NOT_SAID for ask in book[Plan].asks_of_state),
        consulted=consulted(book),
        agreement=_agreement(book),
        measures=measures,
        uncounted=len(codes - {measure[:3] for measure in measures}),
        ratings=ratings,
        versions=_versions({measure: uids.get(row, "") for measure, (_, row) in observed.items()}),
    )


def _groups(profile: Profile) -> dict[str, tuple[str, ...]]:
    answers = {
        "region": profile.region_code or profile.region,
        "level": profile.level,
        "stage": profile.stage,
        "program year": profile.reporting_year,
    }
    single = {dimension: (" ".join(answer.split()),) for dimension, answer in answers.items() if answer}
    return single | ({"cluster": tuple(profile.clusters)} if profile.clusters else {})


def _needs(book: Workbook) -> dict[tuple[str, str], tuple[int, int]]:
    active = participants.active_ids(book)
    invited = participants.recruited(book)
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for need in book[Recruitment].needs:
        yes = sum(person in active for person in invited.get(need.id, ()))
        unmet, total = counted.get(kind := (need.priority or NOT_SAID, need.kind or NOT_SAID), (0, 0))
        counted[kind] = (unmet + (yes < (need.at_least or 1)), total + 1)
    return counted


def _agreement(book: Workbook) -> Agreement:
    sheet = book[Roles]
    parties = set(sheet.parties) or {row.organization for row in sheet.signatories if row.organization}
    signed = {row.organization for row in sheet.signatories if row.signed_on} & parties
    state: AgreementState = "no parties yet" if not parties else "draft" if not signed else "signed in part"
    if parties and signed == parties:
        state = "ended" if sheet.ends and book.day and sheet.ends < book.day else "signed"
    return Agreement(state, len(signed), len(parties))


def _versions(uids: Mapping[Measure, str]) -> dict[tuple[str, str], str]:
    together: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for measure, uid in sorted(uids.items()):
        together[measure.level, measure.year] += (measure.code, measure.version, uid)
    return {group: sha256(repr(names).encode()).hexdigest()[:16] for group, names in together.items()}


def _observed(book: Workbook) -> dict[Measure, tuple[MeasureCount, str]]:
    """Counts of everybody together, each with its row's id, the newest of each program year.

    What no agreement allows is not counted.
    """
    sheet, gone, unlawful = book[Metrics], hidden(book), without_agreement(book)
    measures: dict[Measure, tuple[MeasureCount, str]] = {}
    for metric in sheet.metrics:
        if not metric.federal_code or metric.id in unlawful:
            continue
        newest: dict[Measure, Observation] = {
            _measure(metric, _program_year(observation)): observation
            for observation in sheet.observed(metric.id)
            if observation.counted is not None and observation.out_of is not None
        }
        for measure, observation in newest.items():
            counted, out_of = observation.counted or 0, observation.out_of or 0
            if counted <= out_of:  # more than all is a slip of the keyboard
                count = MeasureCount(counted, out_of, observation.id not in gone)
                measures.setdefault(measure, (count, observation.id))
    return measures


def _measure(metric: Metric, year: str) -> Measure:
    code = text.key(metric.federal_code).upper()
    return Measure(code, metric.code_version or NOT_SAID, metric.level or NOT_SAID, year)


def _program_year(observation: Observation) -> str:
    """As the partnership says; else the year from July to June that the day falls into."""
    day = observation.as_of
    if observation.reporting_year or day is None:
        return text.key(observation.reporting_year) or NOT_SAID
    begins = day.year if day.month >= _JULY else day.year - 1
    return f"{begins}-{(begins + 1) % 100:02}"
