"""Rules 59 to 61: who signs is who agreed, its dates follow one another, and data agreements cover what is read."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.analysis.disclosure import about_single_people
from ctekit.model.days import long_day
from ctekit.rules._places import answered
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles


@rule(
    "RO59",
    needs=(Profile, Roles),
    severity="warning",
    asks="Who signs for whom?",
    action="Ask {subject} whether it signs, and who signs for it",
)
def parties_and_signers_are_the_same(book: Workbook) -> Found:
    """Each organization for which somebody signs is a party, and each party has somebody who signs.

    Nobody both signs and only advises. That a party still lacks its signer is said once the worksheet is ready to
    check.

    Source: parties and signatures among the headings of a memorandum (Ohio's adult education guidance),
    https://careersdocbox.com/amp/81311294-Financial_Aid/Ohio-able-one-stop-system-memorandum-of-understanding-mou-implementation-guide-updated-august-2010.html;
    the test is ctekit's own.
    """
    sheet = book[Roles]
    signing = [signatory for signatory in sheet.signatories if signatory.organization]
    if not sheet.parties or not (signing or sheet.advisory or sheet.is_ready("full")):
        yield Pending("Waits until parties and signers are named.")
        return
    for signatory in signing:
        if signatory.organization not in sheet.parties:
            says = (
                f"{signatory.signer or 'Somebody'} signs for "
                f"{book.name(signatory.organization or '')}, which is not among those who sign."
            )
            yield Finding(
                Roles.slug, signatory.id, "organization", says, "Add it to those who sign, or strike the signer."
            )
    for org in sheet.parties:
        if org in sheet.advisory:
            says = f"{book.name(org)} is among those who sign and among those who only advise."
            yield Finding(
                Roles.slug, "", "advisory", says, "Ask which of the two it wants to be.", subject=book.name(org)
            )
        elif (
            sheet.is_ready("full")
            and org in participants.organizations(book)
            and org not in {signatory.organization for signatory in signing}
        ):
            says = f"{book.name(org)} is among those who sign, and no person is named who signs for it."
            yield Finding(
                Roles.slug,
                "",
                "signatories",
                says,
                "Ask who may sign there, and by what authority.",
                subject=book.name(org),
            )


@rule(
    "RO60",
    needs=(Roles,),
    severity="warning",
    asks="Which of these dates can move?",
    action="Ask {subject} which of the dates can move",
)
def the_dates_of_the_agreement_follow_one_another(book: Workbook) -> Found:
    """Boards vote before anybody signs and before the agreement starts, and it starts before it ends.

    Work done before the vote is done without authority; ask for the board's calendar early.

    Source: a California risk pool's guide to contracts,
    https://nbsia.org/property-liability/tools/guide-to-contracts-coverage; the test is ctekit's own. No legal advice.
    """
    sheet = book[Roles]
    votes = [signatory for signatory in sheet.signatories if signatory.board_date]
    if not (sheet.starts and (sheet.ends or votes)) and not any(signatory.signed_on for signatory in votes):
        yield Pending("Waits until the agreement has a start, and an end or a board date.")
    if sheet.starts and sheet.ends and sheet.ends <= sheet.starts:
        says = (
            f"The agreement starts on {long_day(sheet.starts)} and ends on {long_day(sheet.ends)}, which is not later."
        )
        yield Finding(Roles.slug, "", "ends", says, "Correct one of the two.", subject="those who sign")
    for signatory in votes:
        vote, who = signatory.board_date, book.name(signatory.organization or signatory.id)
        if vote and sheet.starts and vote > sheet.starts:
            starts = long_day(sheet.starts)
            says = f"The board of {who} votes on {long_day(vote)}, after the agreement starts on {starts}."
            yield Finding(Roles.slug, signatory.id, "board_date", says, "Ask for an earlier meeting, or start later.")
        if vote and signatory.signed_on and signatory.signed_on < vote:
            says = f"{who} signed on {long_day(signatory.signed_on)}, before its board votes on {long_day(vote)}."
            yield Finding(Roles.slug, signatory.id, "signed_on", says, "Ask counsel whether it has to be signed again.")


@rule(
    "ME61",
    needs=(Profile, Roles, Metrics),
    severity="warning",
    asks="What must the data agreement cover, and until when?",
    action="Ask counsel what the data agreement of {subject} has to say",
)
def each_data_agreement_covers_its_measures(book: Workbook) -> Found:
    """Each data agreement binds whoever holds the figures, and lasts until the measure's target date.

    An agreement among others, or one that has run out by then, does not make the last and most wanted figure lawful.
    Nor are records destroyed before it runs out.

    Source: what a written agreement has to name, from the checklist of the Privacy Technical Assistance Center,
    https://paperzz.com/doc/7589543/written-agreement-checklist; the test is ctekit's own. No legal advice: ask counsel.
    """
    agreements = {agreement.id: agreement for agreement in book[Roles].data_agreements}
    people = participants.people(book)
    using = [metric for metric in about_single_people(book).values() if metric.agreement in agreements]
    if not using:
        yield Pending("Waits until a measure about single people names its data agreement.")
    for measure in using:
        agreement = agreements[measure.agreement or ""]
        holder = people.get(measure.steward or "")
        if agreement.parties and holder and holder.organization and holder.organization not in agreement.parties:
            says = (
                f"{participants.in_their_place(book, holder)} holds the figures of "
                f"“{book.name(measure.id)}”, but {book.name(holder.organization)} has no part in the data agreement "
                f"“{book.name(agreement.id)}”."
            )
            advice = "Make it a party to the agreement, or let somebody hold the figures who is bound by it."
            yield Finding(Metrics.slug, measure.id, "steward", says, advice)
        if agreement.expires and measure.target_date and agreement.expires < measure.target_date:
            says = (
                f"The data agreement “{book.name(agreement.id)}” ends on {long_day(agreement.expires)}, before "
                f"“{book.name(measure.id)}” is to reach its target on {long_day(measure.target_date)}."
            )
            yield Finding(Metrics.slug, measure.id, "agreement", says, "Ask for a later end before the target is due.")
    for agreement in {measure.agreement: agreements[measure.agreement or ""] for measure in using}.values():
        if agreement.destroy_by and agreement.expires and agreement.destroy_by < agreement.expires:
            says = (
                f"The data agreement “{book.name(agreement.id)}” says that its data are destroyed by "
                f"{long_day(agreement.destroy_by)}, before it ends on {long_day(agreement.expires)}."
            )
            yield Finding(Roles.slug, agreement.id, "destroy_by", says, "Correct one of the two.")
        elif book[Roles].is_ready("full") and not answered(agreement, "parties"):
            says = f"The data agreement “{book.name(agreement.id)}” does not say between whom it is."
            yield Finding(Roles.slug, agreement.id, "parties", says, "Name all who give, hold or read the data.")
