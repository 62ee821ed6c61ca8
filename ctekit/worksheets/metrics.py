"""7 Process-wide success metrics: what is counted, who answers for it, and what the figures say so far."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from ctekit.model import questions, text
from ctekit.model.worksheet import Row, Worksheet
from ctekit.worksheets.communication import HowOften

Horizon = Literal["now", "long term"]
Stage = Literal[
    "convene",
    "recruit partners",
    "attract learners",
    "prepare",
    "experience",
    "credential",
    "transition",
    "employ",
]
Kind = Literal["process", "outcome"]
Timing = Literal["leading", "lagging"]
CodeVersion = Literal["Perkins V", "Perkins IV", "another law"]
Level = Literal["secondary", "postsecondary"]
Direction = Literal["up", "down"]
About = Literal["aggregate", "student", "wage record"]


class Metric(Row):
    """One measure: a question, the people it is about, and the people who answer for it."""

    named_by: ClassVar[str] = "name"

    name: str | None = questions.text(
        "Plain name",
        quick=True,
        hint="Who, and what happened to them, in words that need no key.",
        example="Graduates who had work-based learning",
    )
    promise: str | None = questions.reference(
        "Which promise does it test?", "purpose.clauses", quick=True, hint="A measure without a promise is a habit."
    )
    horizon: Horizon | None = questions.choice(
        "Now or later", Horizon, hint="Now: within two years. Long term: three to ten years."
    )
    stage: Stage | None = questions.choice(
        "Stage of the way", Stage, hint="From calling partners together to people at work. Leave no stage in the dark."
    )
    kind: Kind | None = questions.choice(
        "What we do, or what changes for people", Kind, hint="Process: what we do. Outcome: what changes for people."
    )
    timing: Timing | None = questions.choice(
        "Early sign or late result", Timing, hint="Leading: an early sign, in time to act. Lagging: a late result."
    )
    counted: str | None = questions.text(
        "How many did it", hint="What must be true of somebody to count.", example="took part in work-based learning"
    )
    out_of: str | None = questions.text(
        "Out of whom", quick=True, hint="All who could have, counted or not.", example="students who graduated"
    )
    who: str | None = questions.text("Counted among", hint="Which year or group of people.", example="2024-25 leavers")
    federal_code: str | None = questions.text("Federal code", hint="Only if it is a federal measure.", example="5S3")
    code_version: CodeVersion | None = questions.choice(
        "Law the code comes from", CodeVersion, hint="The same code meant other things under the law before."
    )
    level: Level | None = questions.choice(
        "School or college", Level, hint="Secondary: school. Postsecondary: college."
    )
    counting_rule: str | None = questions.text(
        "The state's counting rule",
        hint="Its name, a link and the year: states count one code in different ways.",
        example="Meridia CTE data handbook 2025, page 14",
    )
    unit: str | None = questions.text("Unit", example="percent")
    direction: Direction | None = questions.choice(
        "Which way is better?", Direction, hint="Up, if more is better. Down, if less is."
    )
    target: Decimal | None = questions.decimal(
        "Target", least=None, units="$%", unit_field="unit", hint="In the unit above.", example="25.0"
    )
    target_date: datetime.date | None = questions.date(
        "Target date", period=True, hint="A month or a year will do: its last day is kept.", example="2028-06-30"
    )
    source: str | None = questions.text(
        "Where the figures come from", hint="A name somebody could ask for.", example="Placement list"
    )
    about: About | None = questions.choice(
        "Is it about single people?",
        {"aggregate": "no, totals only", "student": "yes, learners", "wage record": "yes, wage records"},
        hint="Whether somebody reads a list with one line a person, before anything is added up.",
    )
    agreement: str | None = questions.reference(
        "Data agreement", "roles.data_agreements", hint="Needed before anybody reads data about single people."
    )
    steward: str | None = questions.reference(
        "Who holds the figures?", "profile.people", quick=True, hint="Who can open the file."
    )
    owner: str | None = questions.reference(
        "Who answers for the result?", "profile.people", quick=True, hint="Who acts when it falls: one person."
    )
    how_often: HowOften | None = questions.choice(
        "How often", HowOften, hint="As often as new figures come, no oftener."
    )
    groups: str | None = questions.text(
        "Groups to look at separately", hint="Where a good total may hide a bad part.", example="English learner status"
    )
    decision: str | None = questions.text(
        "What would we do if it fell?",
        quick=True,
        hint="If the answer is “nothing”, count something else.",
        example="Move or add places",
    )
    feeds: str | None = questions.reference(
        "Decision it speaks to", "purpose.decisions", hint="One of those in worksheet 2: who decides is written there."
    )


class Observation(Row):
    """One count at one date. The first one of group "all" is the baseline."""

    named_by: ClassVar[str] = "group"

    metric: str | None = questions.reference("Measure", "metrics.metrics")
    as_of: datetime.date | None = questions.date("As of", hint="The day the figures describe.", example="2025-06-30")
    reporting_year: str | None = questions.text("Reporting year", hint="As your state names it.", example="2024-25")
    breakdown: str | None = questions.text(
        "Split by", hint="Blank for everybody together.", example="English learner status"
    )
    group: str | None = questions.text(
        "Group", hint="“all” is everybody together, and its first count your start. Else the group.", example="all"
    )
    counted: int | None = questions.whole("How many did it", example="42")
    out_of: int | None = questions.whole("Out of how many", example="383")
    shown: bool | None = questions.yes_no(
        "To be shown?",
        hint="No for a small group, and for another that would give it away by subtraction.",
    )

    @property
    def percent(self) -> Decimal | None:
        """Counted out of the whole, to one decimal, halves to the even digit; None without two counts or out of 0."""
        if self.counted is None or not self.out_of:
            return None
        return Decimal(round(Fraction(1000 * self.counted, self.out_of))).scaleb(-1)


class Metrics(Worksheet):
    """What the partnership counts, and what it has counted so far."""

    slug: ClassVar[str] = "metrics"
    element: ClassVar[int] = 7
    title: ClassVar[str] = "Process-wide success metrics"
    notebook: ClassVar[str] = "07-metrics"

    metrics: tuple[Metric, ...] = questions.rows(
        "What we measure",
        Metric,
        "metric",
        quick=True,
        hint="Five in the room. Each promise needs an outcome; some measures must move early enough to act on.",
    )
    observations: tuple[Observation, ...] = questions.rows(
        "What we have counted",
        Observation,
        "obs",
        hint="Counts, not percents: percents cannot be added up. Blank is not 0.",
    )

    def observed(self, metric: str, group: str = "all") -> tuple[Observation, ...]:
        """The dated counts of one measure for one group, oldest first; the first of group "all" is the baseline.

        Parameters
        ----------
        metric : str
            The id of the measure, ``"metric-5"``.
        group : str
            Its name as written, capitals aside. A blank group is not "all".

        Returns
        -------
        tuple of Observation
            Those without a date are left out: they have no place in a series.
        """
        wanted = text.key(group)
        dated = (
            (observation.as_of, observation)
            for observation in self.observations
            if observation.metric == metric and observation.as_of and text.key(observation.group) == wanted
        )
        return tuple(observation for _, observation in sorted(dated, key=lambda pair: pair[0]))
