"""The agreement, as a draft for counsel: from parties and purpose to duties, decisions, money, data and signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ctekit.analysis import disclosure
from ctekit.model.text import listed
from ctekit.model.worksheet import Row
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import (
    Block,
    Fields,
    Gap,
    Heading,
    Items,
    Note,
    Paper,
    Paragraph,
    Run,
    Signature,
    Table,
    Words,
)
from ctekit.papers._duties import answering
from ctekit.papers._frame import framed
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Decision, Purpose
from ctekit.worksheets.roles import Roles, Signatory, Task

TITLE = "Partnership agreement"
ABOUT = "What the partners agree to do, for how long, how they decide, and who signs. For counsel to read."

COUNSEL = (
    "Liability, insurance and who carries a loss",
    "How this agreement is changed, and what happens to it when a law changes",
    "What public records and open meetings law asks of the public bodies among us",
    "Equal access: that no learner is turned away for who they are",
)
"""What agreements of this kind hold, and no worksheet can answer."""


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the agreement.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One.
    """
    blocks = (
        Note("Counsel of each party reads it before anybody signs. It binds nobody until all named below have signed."),
        *_parties(answers),
        *_purpose(answers),
        *_term(answers),
        *_duties(answers),
        *_decisions(answers),
        *_data(answers),
        *_rest(answers),
        *_signatures(answers),
    )
    return (framed(answers, "agreement", TITLE, ABOUT, blocks, note="Draft for counsel"),)


def _fields(answers: Answers, part: Roles | Purpose, labels: dict[str, str]) -> Fields:
    return Fields(tuple((label, answers.words(part, field)) for field, label in labels.items()))


def _parties(answers: Answers) -> Iterator[Block]:
    roles = answers.book[Roles]
    yield Heading("1 Parties")
    yield _fields(answers, roles, {"agreement_kind": "Kind of agreement"})
    yield Paragraph("These organizations sign:")
    yield Items(_names(answers, roles.parties) or (Gap("Who signs it", "worksheet 6"),))
    if roles.advisory or "advisory" in roles.marks:
        yield Paragraph("These are heard in all matters and do not sign:")
        yield Items(_names(answers, roles.advisory) or (answers.words(roles, "advisory"),))


def _names(answers: Answers, organizations: Iterable[str]) -> tuple[Words, ...]:
    return tuple(answers.name(organization) for organization in organizations)


def _purpose(answers: Answers) -> Iterator[Block]:
    purpose = answers.book[Purpose]
    yield Heading("2 Purpose")
    yield Paragraph(answers.purpose())
    yield Paragraph("Together the parties promise:")
    promises = tuple(answers.words(clause, "promise") for clause in purpose.clauses)
    yield Items(promises or (Gap("What we promise", "worksheet 2"),), is_ordered=True)
    yield _fields(answers, purpose, {"not_do": "What we will not do", "principles": "How we work together"})


def _term(answers: Answers) -> Iterator[Block]:
    labels = {
        "starts": "Starts on",
        "ends": "Ends on",
        "renewal": "Renewal",
        "renewal_date": "Settled anew by",
        "notice": "Notice to end",
    }
    yield Heading("3 Term, renewal and ending")
    yield _fields(answers, answers.book[Roles], labels)


def _duties(answers: Answers) -> Iterator[Block]:
    roles = answers.book[Roles]
    yield Heading("4 Duties")
    if not roles.tasks:
        yield Paragraph(Gap("What has to be done", "worksheet 6"))
        return
    yield Paragraph("For each duty one party answers. It sees to it that the duty is done, whoever does it.")
    rows = tuple(_duty(answers, roles, task) for task in roles.tasks)
    yield Table("Who answers for each duty, and who does it", _DUTY, rows, widths=(6, 3, 3, 4))


_DUTY = ("Duty", "Answers for it", "Does it", "Others")
_DETAILS = {
    "by": "By",
    "phase": "Phase",
    "duty": "Kind",
    "hours": "Hours a month",
    "need": "Serves the need",
    "gives": "Keeps the pledge",
    "cost_to_stop": "If it stopped",
}
_OTHERS = {"S": "Helps", "C": "Is asked before", "I": "Is told after"}


def _duty(answers: Answers, roles: Roles, task: Task) -> tuple[Words, ...]:
    cells, name = roles.matrix.get(task.id, {}), answers.name(task.id)
    doing = {organization for organization, letters in cells.items() if set(letters) & {"A", "R"}}
    others = {*roles.parties, *roles.advisory} - doing

    def holding(letter: str) -> str:
        organizations = [organization for organization, letters in cells.items() if letter in letters]
        return "all others" if len(others) > 3 and others == set(organizations) else answers.names(organizations)

    details = {label: answers.words(task, field, gap=False) for field, label in _DETAILS.items()}
    person = answers.words(task, "person", gap=False)
    return (
        _stacked(Run(name, bold=True), _joined(details)),
        _stacked(answering(answers, task), person),
        holding("R") or Gap("Who does it", f"worksheet 6: {name}"),
        _lines({label: holding(letter) for letter, label in _OTHERS.items()}),
    )


def _stacked(*parts: Words) -> Words:
    """The parts that are there, one below the other."""
    there = [part for part in parts if part]
    return tuple(piece for place, part in enumerate(there) for piece in (("\n", part) if place else (part,)))


def _lines(parts: dict[str, Words]) -> Words:
    """Each part that is there on a line of its own: "By: January 15, 2027"."""
    return _stacked(*((f"{label}: ", words) for label, words in parts.items() if words))


def _joined(parts: dict[str, Words]) -> Words:
    """Each part that is there, one behind the other: "By: January 15, 2027. Kind: delivery"."""
    there = [(f"{label}: ", words) for label, words in parts.items() if words]
    return tuple(piece for place, part in enumerate(there) for piece in ((". ", part) if place else (part,)))


def _decisions(answers: Answers) -> Iterator[Block]:
    purpose = answers.book[Purpose]
    yield Heading("5 Decisions and disputes")
    if purpose.decisions:
        rows = tuple(_decision(answers, row) for row in purpose.decisions)
        yield Table("How decisions are taken", _DECISION, rows, widths=(4, 3, 3, 4))
    else:
        yield Paragraph(Gap("Decisions we will face", "worksheet 2"))
    if purpose.disputes:
        yield Paragraph("When parties disagree, they take these steps in turn.")
        columns = {"step": "Step", "who": "Who", "within_days": "Within days"}
        yield _table(answers, "Steps when we disagree", purpose.disputes, columns)
    else:
        yield Paragraph(Gap("When we disagree", "worksheet 2"))


_DECISION = ("Decision", "Who decides", "How", "If there is no agreement")
_VOTING = "voting partners"


def _decision(answers: Answers, row: Decision) -> tuple[Words, ...]:
    """One decision. Only where several vote does it matter how many must be there and agree."""
    votes = row.decider == _VOTING

    def labeled(label: str, field: str, gap: bool = False) -> Words:
        words = answers.words(row, field, gap)
        return (f"{label}: ", words) if words else ""

    return (
        answers.words(row, "decision"),
        _stacked(answers.words(row, "decider"), labeled("After advice from", "advice_from")),
        _stacked(
            answers.words(row, "method"),
            labeled("Must agree", "agree", votes),
            labeled("Must be there", "quorum", votes),
        ),
        _stacked(answers.words(row, "fallback"), labeled("Written in", "recorded")),
    )


def _table(
    answers: Answers, caption: str, rows: Iterable[Row], columns: dict[str, str], widths: tuple[int, ...] = ()
) -> Table:
    cells = tuple(tuple(answers.words(row, field) for field in columns) for row in rows)
    return Table(caption, tuple(columns.values()), cells, widths)


def _data(answers: Answers) -> Iterator[Block]:
    roles = answers.book[Roles]
    yield Heading("6 Data about learners")
    yield _fields(answers, answers.book[Purpose], {"data_stance": "How we handle them"})
    if roles.data_agreements:
        columns = {
            "purpose": "What they are for",
            "basis": "What allows it",
            "parties": "Between whom",
            "data": "Which data",
            "destroy_by": "Destroyed by",
            "expires": "Runs out on",
        }
        yield _table(answers, "Agreements about data", roles.data_agreements, columns, widths=(3, 3, 4, 3, 3, 3))
    elif "data_agreements" in roles.marks and not disclosure.about_single_people(answers.book):
        yield Paragraph("No data about single learners are exchanged under this agreement.")
    else:
        yield Paragraph(answers.words(roles, "data_agreements"))


def _rest(answers: Answers) -> Iterator[Block]:
    roles = answers.book[Roles]
    yield Heading("7 Money and property")
    yield _fields(answers, roles, {"money_flow": "Money", "who_keeps": "If we stop"})
    yield Heading("8 Learners at work sites, and what else was agreed")
    yield Paragraph(answers.words(roles, "riders"))
    yield Heading("9 What counsel adds")
    yield Paragraph("These are settled in writing, beside this agreement, before anybody signs:")
    yield Items(COUNSEL)


def _signatures(answers: Answers) -> Iterator[Block]:
    roles, profile = answers.book[Roles], answers.book[Profile]
    yield Heading("10 Signatures")
    public = {organization.id for organization in profile.organizations if organization.public_body}
    for party in roles.parties:
        signers: Sequence[Signatory | None] = [row for row in roles.signatories if row.organization == party]
        for signatory in signers or [None]:
            yield Signature(answers.name(party), _signature(answers, signatory, party in public))
    loose = [signatory for signatory in roles.signatories if signatory.organization not in roles.parties]
    if loose:
        names = listed(answers.name(signatory.id) for signatory in loose)
        yield Note(("Named as signing, for an organization that is not among the parties: ", names, "."))


def _signature(answers: Answers, signatory: Signatory | None, public: bool) -> tuple[tuple[str, Words], ...]:
    labels = {"signer": "Name", "title": "Title", "authority": "By what authority"}
    if public:
        labels["board_date"] = "Board votes on"

    def words(field: str) -> Words:
        return answers.words(signatory, field) if signatory else Gap("Who signs for whom", "worksheet 6")

    signed = answers.words(signatory, "signed_on", gap=False) if signatory else ""
    return (*((label, words(field)) for field, label in labels.items()), ("Signature", ""), ("Date", signed))
