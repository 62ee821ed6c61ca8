"""Rules 27, 28 and 30 to 32: one answers for each duty, somebody does it, and whoever signs may sign."""

from __future__ import annotations

from collections import Counter

from ctekit.analysis import participants
from ctekit.rules._places import answered, listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles, Task

NO_LETTERS = Pending("Waits until an organization answers for a duty (A).")
FEWEST = 3
"""A third can be told from three duties on."""


def _holders(book: Workbook, letter: str) -> list[tuple[Task, list[str]]]:
    """Each written duty with the organizations that hold this letter on it."""
    sheet, ids = book[Roles], participants.organizations(book)
    return [
        (task, [org for org, letters in sheet.matrix.get(task.id, {}).items() if letter in letters and org in ids])
        for task in sheet.tasks
        if task.task or task.id in sheet.matrix
    ]


def _is_blank(book: Workbook) -> bool:
    """Whether a room has written duties and not come to the grid: that is to do, and no fault of each duty."""
    sheet = book[Roles]
    return sheet.ready == "quick" and not any(any(cells.values()) for cells in sheet.matrix.values())


@rule(
    "RO27",
    needs=(Roles,),
    locked=True,
    asks="Which one of us answers for it?",
    action="Settle which one organization answers for {subject}",
)
def each_task_has_one_accountable(book: Workbook) -> Found:
    """Each duty has exactly one organization that answers for it.

    Two that answer for a duty are nobody: each waits for the other. That one is missing is said once the worksheet is
    ready to check.

    Source: reading a RACI grid across, https://trackplus.com/blog/en/raci-matrix-analysis/.
    """
    holders = _holders(book, "A")
    if not any(those for _, those in holders):
        yield NO_LETTERS
        if _is_blank(book):
            return
    for task, those in holders:
        if len(those) > 1:
            says = (
                f"{listed(map(book.name, those))} both answer"
                if len(those) == 2
                else f"{listed(map(book.name, those))} answer"
            )
            yield Finding(
                Roles.slug,
                task.id,
                "matrix",
                f"{says} for “{book.name(task.id)}”.",
                "Leave one A (answers for it). The others may keep an R: they do the work.",
            )
        elif not those and book[Roles].ready:
            yield Finding(
                Roles.slug,
                task.id,
                "matrix",
                f"Nobody answers for “{book.name(task.id)}”.",
                "Give one organization the A, or strike the duty.",
            )


@rule(
    "RO28",
    needs=(Roles,),
    depth="quick",
    asks="Who does the work?",
    action="Find a partner who does {subject}",
)
def each_task_is_done_by_somebody(book: Workbook) -> Found:
    """Each duty has at least one organization that does it.

    Answering for work is not doing it.

    Source: reading a RACI grid across, https://trackplus.com/blog/en/raci-matrix-analysis/.
    """
    holders = _holders(book, "R")
    if not holders:
        yield Pending("Waits until a duty is written.")
    elif _is_blank(book):
        yield NO_LETTERS
        return
    for task, those in holders:
        if not those:
            yield Finding(
                Roles.slug,
                task.id,
                "matrix",
                f"Nobody is named who does “{book.name(task.id)}”.",
                "Give an R (does it) to whoever will do it; it may be the one that answers for it.",
            )


@rule(
    "RO30",
    needs=(Roles,),
    severity="hint",
    asks="Which of its duties could another partner answer for?",
    action="Find a partner to answer for one duty of {subject}",
)
def nobody_answers_for_over_a_third(book: Workbook) -> Found:
    """No organization answers for more than a third of the duties.

    One desk through which everything must pass is where everything waits. Told from three duties on.

    Source: reading a RACI grid down, https://geratools.com/raci-matrix-builder; the third is ctekit's own.
    """
    holders = _holders(book, "A")
    load = Counter(org for _, those in holders for org in those)
    if sum(bool(those) for _, those in holders) < FEWEST:
        yield Pending("Waits until three duties have somebody who answers for them.")
        return
    for org, number in load.items():
        if 3 * number > len(holders):
            yield Finding(
                Roles.slug,
                "",
                "matrix",
                f"{book.name(org)} answers for {number} of {len(holders)} duties.",
                "Let a partner who does the work anyway answer for one of them: move that A.",
                subject=book.name(org),
            )


@rule(
    "RO31",
    needs=(Profile, Roles),
    severity="warning",
    depth="full",
    asks="Do you want to sign, or to advise?",
    action="Ask {subject} whether it signs or advises",
)
def each_partner_signs_or_advises(book: Workbook) -> Found:
    """Each partner signs the agreement or is named as advisory.

    Whoever does neither is bound to nothing and protected by nothing.

    Source: parties among the headings of a memorandum (Ohio's adult education guidance),
    https://careersdocbox.com/amp/81311294-Financial_Aid/Ohio-able-one-stop-system-memorandum-of-understanding-mou-implementation-guide-updated-august-2010.html.
    """
    sheet = book[Roles]
    placed = {*sheet.parties, *sheet.advisory}
    partners = participants.active_organizations(book)
    if not partners:
        yield Pending("Waits until a partner has said yes.")
    for organization in partners:
        # The profile's word counts where the agreement names no parties yet.
        agrees = organization.agreement == "advisory" or (organization.agreement == "signs" and not sheet.parties)
        if organization.id not in placed and not agrees:
            yield Finding(
                Roles.slug,
                "",
                "parties",
                f"{book.name(organization.id)} has said yes, and is neither among those who "
                "sign nor among those who advise.",
                "Ask which of the two it wants to be.",
                subject=book.name(organization.id),
            )


@rule(
    "RO32",
    needs=(Profile, Roles),
    depth="full",
    asks="Who may sign, and when does the board meet?",
    action="Ask {subject} who may sign there, and when the board meets",
)
def each_signer_may_sign(book: Workbook) -> Found:
    """Each signer has the authority to sign, and for a public body the board has a date to vote.

    A wrongly approved agreement can be void, and the signer may have to answer for it in person.

    Source: a California risk pool's guide to contracts,
    https://nbsia.org/property-liability/tools/guide-to-contracts-coverage. No legal advice: ask counsel.
    """
    signers = [signatory for signatory in book[Roles].signatories if signatory.organization or signatory.signer]
    if not signers:
        yield Pending("Waits until a signer is named.")
    for signatory in signers:
        organization = participants.organizations(book).get(signatory.organization or "")
        who = (
            f"{signatory.signer or 'Somebody'} for "
            f"{book.name(signatory.organization) if signatory.organization else 'no organization'}"
        )
        if not answered(signatory, "authority"):
            says = f"{who} signs, and it is not written what gives them the right to."
            yield Finding(
                Roles.slug, signatory.id, "authority", says, "Ask what gives this person the right, and write it."
            )
        if organization and organization.public_body and not answered(signatory, "board_date"):
            says = f"{who} signs for a public body, and no board date is written."
            yield Finding(
                Roles.slug, signatory.id, "board_date", says, "Ask for the agenda deadline and the day of the vote."
            )
        elif organization and organization.public_body is None and signatory.board_date is None:
            yield Pending(f"Waits until it is said whether {book.name(organization.id)} is a public body.")
