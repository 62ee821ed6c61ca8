"""0 Profile: who takes part, where, in which pathway; the rows that every other worksheet points to."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import ClassVar, Literal

from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet
from ctekit.worksheets.national_lists import Cluster, ConsultationGroup
from ctekit.worksheets.pathway import Credit, Step
from ctekit.worksheets.sector_names import SECTOR_NAMES

Level = Literal["state", "regional", "local"]
Stage = Literal["exploring", "forming", "running", "renewing"]
Sector = Literal[
    "business & industry",
    "K-12",
    "postsecondary",
    "convener or intermediary",
    "workforce or other public agency",
    "community",
    "learners & families",
]
AgreementPart = Literal["signs", "advisory", "not yet"]
Status = Literal["to ask", "asked", "confirmed", "declined", "left"]
Seat = Literal["voting", "advisory", "by office"]
Severity = Literal["error", "warning", "hint"]


class Organization(Row):
    """An organization that takes part, or should."""

    name: str | None = questions.text(
        "Organization", quick=True, hint="The name it uses itself.", example="Tri-Fork Technical College"
    )
    kind: str | None = questions.text(
        "What kind", hint="For a firm, add how many people work there.", example="tool shop, 18 staff"
    )
    sector: Sector | None = questions.choice(
        "Sector", Sector, synonyms=SECTOR_NAMES, quick=True, hint="A chamber that calls the meetings is a convener."
    )
    public_body: bool | None = questions.yes_no(
        "Public body?", hint="A public body's board usually has to approve before anyone signs."
    )
    votes: bool | None = questions.yes_no("Does it have a vote?", hint="A vote belongs to the organization: one each.")
    agreement: AgreementPart | None = questions.choice(
        "Part in the agreement", AgreementPart, hint="Advisory: heard in all matters, but signs nothing."
    )


class Person(Row):
    """A person who speaks for an organization, or for families and learners."""

    name: str | None = questions.text(
        "Person",
        quick=True,
        hint="Never a minor's name: write “student representative”.",
        example="Mirela Osei",
    )
    organization: str | None = questions.reference("Comes from", "profile.organizations", quick=True)
    role: str | None = questions.text("What they do there", example="Dean, technical programs")
    here_today: bool | None = questions.yes_no(
        "Here today?", quick=True, hint="Yes stands for “said yes” until something else is written."
    )
    status: Status | None = questions.choice(
        "Where we stand with them", Status, hint="Confirmed: they said yes themselves, and you know when."
    )
    left_on: datetime.date | None = questions.date(
        "Left on",
        hint="Keep the row of a person who left: their duties show up until someone takes over.",
        example="2026-06-30",
    )
    taken_over_by: str | None = questions.reference(
        "Who takes over", "profile.people", hint="Another person of this list."
    )
    votes: bool | None = questions.yes_no(
        "Casts its vote?", hint="Whether this person raises the hand for their organization. One person each."
    )
    seat: Seat | None = questions.choice(
        "Seat on the board", Seat, hint="By office: whoever holds the post sits there, without a vote."
    )
    term_starts: datetime.date | None = questions.date("Term starts", example="2026-07-01")
    term_ends: datetime.date | None = questions.date(
        "Term ends", period=True, hint="Leave blank for a seat by office.", example="2028-06-30"
    )
    groups: tuple[ConsultationGroup, ...] = questions.choices(
        "Speaks for", ConsultationGroup, hint="Groups that federal law wants consulted. Several are possible."
    )
    may_be_named: bool | None = questions.yes_no(
        "May be named in public?",
        hint="Only after a yes does a public page name them; else it says what they do, and where. Blank: not asked.",
    )
    contact: str | None = questions.text(
        "Contact", private=True, hint="E-mail or telephone at work.", example="mirela.osei@trifork.example"
    )


class RuleSeverity(Row):
    """How badly the findings of one rule count in this partnership."""

    named_by: ClassVar[str] = "rule"

    rule: str | None = questions.text("Code of the rule", hint="As the check prints it.", example="RE17")
    severity: Severity | None = questions.choice(
        "Counts as", Severity, hint="Error: must be mended. Warning: talk it over. Hint: think about it."
    )
    because: str | None = questions.text(
        "Because", hint="A reason the partners would accept.", example="One firm is the only employer here"
    )


class Profile(Worksheet):
    """Who the partnership is, where, and which pathway it works on."""

    slug: ClassVar[str] = "profile"
    element: ClassVar[int] = 0
    title: ClassVar[str] = "Profile"
    notebook: ClassVar[str] = "00-start-here"

    name: str | None = questions.text(
        "What is the partnership called?",
        quick=True,
        hint="A working name will do. It stands on every page.",
        example="Harrow Bend Advanced Manufacturing Pathway",
    )
    level: Level | None = questions.choice(
        "At which level does it work?", Level, quick=True, hint="Regional: more than one district, less than the state."
    )
    state: str | None = questions.text("State or territory", quick=True, example="Meridia")
    region: str | None = questions.text(
        "Which region does it serve?",
        quick=True,
        hint="Counties, districts or towns, so that an outsider could draw the line.",
        example="Alderfield, Corrigan Flats and Novak counties",
    )
    pathway: str | None = questions.text(
        "Which pathway?",
        quick=True,
        hint="One to begin with. A second one deserves a partnership file of its own.",
        example="Mechatronics and industrial maintenance",
    )
    stage: Stage | None = questions.choice(
        "How far along is it?",
        Stage,
        quick=True,
        hint="Exploring: first talks. Forming: settling who does what. Running: learners are in it. "
        "Renewing: looking again at what was agreed.",
    )
    organizations: tuple[Organization, ...] = questions.rows(
        "Organizations",
        Organization,
        "org",
        quick=True,
        hint="Each one once. Other worksheets pick from this list, so that nobody is typed twice. "
        "Families and learners get a seat of their own.",
    )
    people: tuple[Person, ...] = questions.rows(
        "People",
        Person,
        "s",
        quick=True,
        hint="Begin with who is in the room. Never a minor's name: write “student representative”.",
    )
    facilitator: str | None = questions.reference(
        "Who facilitates?", "profile.people", quick=True, hint="The person who leads the session."
    )
    immediate_need: str | None = questions.long_text(
        "What is needed within two years?",
        quick=True,
        hint="What would employers hire for tomorrow?",
        example="130 openings a year and 58 completers; internships for grade 12 in January 2027",
    )
    long_term_need: str | None = questions.long_text(
        "What is needed in three to ten years?",
        quick=True,
        hint="What will change the work: machines, retirements, a plant that is coming?",
        example="Technicians who can keep automated lines running as a third of today's mechanics retire",
    )
    steps: tuple[Step, ...] = questions.rows(
        "Pathway steps",
        Step,
        "step",
        quick=True,
        hint="From ninth grade to a job: what is learned, where, what counts toward the next step. "
        "A missing step is the finding.",
    )
    credits: tuple[Credit, ...] = questions.rows(
        "College credit, course by course",
        Credit,
        "cred",
        hint="Beside the steps: which course of the school counts as which course of the college, and how long that "
        "holds.",
    )
    scribe: str | None = questions.reference(
        "Who types?", "profile.people", hint="Someone other than the facilitator. Alone? Take photographs, type later."
    )
    co_facilitators: tuple[str, ...] = questions.references(
        "Who helps to facilitate?", "profile.people", hint="One for each table is plenty."
    )
    clusters: tuple[Cluster, ...] = questions.choices(
        "Career clusters", Cluster, hint="The national names of 2024. Your state may still use older ones."
    )
    cip_codes: str | None = questions.text(
        "Program codes (CIP 2020)",
        hint="Six digits each, a comma between them. Your college's registrar knows them.",
        example="47.0303, 15.0407",
    )
    soc_codes: str | None = questions.text(
        "Occupation codes (SOC 2018)",
        hint="Six digits each, a comma between them. Let employers strike those they do not hire for.",
        example="49-9041, 17-3024",
    )
    workshop_dates: str | None = questions.text(
        "Workshop dates", hint="As you would say them, with the year.", example="September 16 and 30, 2026"
    )
    reporting_year: str | None = questions.text(
        "Reporting year", hint="The program year your state reports on.", example="2025-26"
    )
    languages: str | None = questions.text(
        "Languages", hint="In which your families and partners read, a comma between them.", example="English, Spanish"
    )
    smallest_group: int | None = questions.whole(
        "Smallest group we show",
        least=1,
        hint="Results about fewer learners than this are hidden. Ask your state; left blank, it is 10.",
        example="10",
    )
    business_floor: Decimal | None = questions.percentage(
        "Least share of business people",
        hint="Fewer than this among those who said yes, and we point it out. Left blank, it is 30%.",
        example="30",
    )
    meetings_a_year: int | None = questions.whole(
        "Board meetings a year that the state asks for",
        least=1,
        hint="Of an advisory board. Ask your state; leave it blank where it asks for none.",
        example="2",
    )
    as_of: datetime.date | None = questions.date(
        "Read as of",
        hint="For samples only: the day on which the case is read. A real partnership leaves it blank.",
        example="2026-10-01",
    )
    invented_sample: bool | None = questions.yes_no(
        "Is this an invented sample?", hint="Yes puts a banner on every page: every name and figure is made up."
    )
    partnership_id: str | None = questions.text(
        "Partnership id", hint="Given once, by the software. It never changes, so that a state can tell files apart."
    )
    region_code: str | None = questions.text(
        "Region code", hint="The code your state uses for this region, if it has one. It never changes.", example="R4"
    )
    severities: tuple[RuleSeverity, ...] = questions.rows(
        "Rules that count differently here",
        RuleSeverity,
        "sev",
        hint="Three rules cannot be changed: one answers for each duty (RO27), data about single people have an "
        "agreement (ME34), no small group is shown (ME38).",
    )

    @property
    def onward(self) -> dict[str, tuple[str, ...]]:
        """The steps that each step of the pathway leads to; the one below it while nobody has picked any."""
        if any(step.leads_to for step in self.steps):
            return {step.id: step.leads_to for step in self.steps}
        following = [(step.id,) for step in self.steps[1:]]
        return dict(zip((step.id for step in self.steps), [*following, ()], strict=False))
