"""The agreement, as a draft for counsel: from parties and purpose to duties, decisions, money, data and signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ctekit.analysis import disclosure, participants
from ctekit.model.text import listed
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
from ctekit.papers._decisions import decisions, table_of
from ctekit.papers._duties import answering
from ctekit.papers._frame import framed
from ctekit.papers._meeting import stacked
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.roles import Roles, Signatory, Task
from ctekit.worksheets.value import Value

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
        *decisions(answers),
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
        yield Paragraph("These do not sign, and are heard in all matters:")
        voting = {row.id for row in participants.voters(answers.book)}
        heard = tuple(
            (answers.name(row), ", which has a vote (section 5)" if row in voting else "") for row in roles.advisory
        )
        yield Items(heard or (answers.words(roles, "advisory"),))


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
_OTHERS = {"S": "Helps", "C": "Is asked before", "I": "Is told after"}


def _duty(answers: Answers, roles: Roles, task: Task) -> tuple[Words, ...]:
    cells, name = roles.matrix.get(task.id, {}), answers.name(task.id)
    doing = {organization for organization, letters in cells.items() if set(letters) & {"A", "R"}}
    others = {*roles.parties, *roles.advisory} - doing

    def holding(letter: str) -> str:
        organizations = [organization for organization, letters in cells.items() if letter in letters]
        return "all others" if len(others) > 3 and others == set(organizations) else answers.names(organizations)

    person = answers.words(task, "person", gap=False)
    return (
        stacked(Run(name, bold=True), *_details(answers, task)),
        stacked(answering(answers, task), person),
        holding("R") or Gap("Who does it", f"worksheet 6: {name}"),
        _lines({label: holding(letter) for letter, label in _OTHERS.items()}),
    )


def _details(answers: Answers, task: Task) -> Iterator[Words]:
    """What an agreement says of a duty, in sentences; for which need it was thought of is the workshop's."""
    for field, before, behind in _SENTENCES:
        if words := answers.words(task, field, gap=False):
            yield (before, words, behind)
    givers: dict[str, list[str]] = {}
    for row in answers.book[Value].exchanges:
        if row.id in task.gives and row.gives:
            givers.setdefault(row.gives, []).append(row.organization or "")
    gifts = [
        " from ".join(filter(None, (gift, answers.names(filter(None, organizations)))))
        for gift, organizations in givers.items()
    ]
    if gifts:
        yield f"What is pledged for it: {'; '.join(gifts)}."


_SENTENCES = (
    ("by", "To be done by ", "."),
    ("hours", "It takes about ", " hours a month."),
    ("cost_to_stop", "If it stopped: ", ""),
)
"""Question of a duty, and what stands before and behind its answer."""


def _lines(parts: dict[str, Words]) -> Words:
    """Each part that is there on a line of its own: "By: January 15, 2027"."""
    return stacked(*((f"{label}: ", words) for label, words in parts.items() if words))


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
        yield table_of(answers, "Agreements about data", roles.data_agreements, columns, widths=(3, 3, 4, 3, 3, 3))
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
