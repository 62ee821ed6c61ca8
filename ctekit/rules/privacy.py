"""Rules 34 and 38: figures about single people have an agreement, and show no small group."""

from __future__ import annotations

from ctekit.analysis import disclosure
from ctekit.analysis.disclosure import Disclosure
from ctekit.model.days import long_day
from ctekit.rules._places import listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics, Observation
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles

NO_SOURCE = Pending("Waits until a measure says whether it is about single people.")


@rule(
    "ME34",
    needs=(Metrics, Roles),
    locked=True,
    asks="What allows us to read these records?",
    action="Ask what allows us to read the records behind {subject}",
)
def each_source_about_people_has_an_agreement(book: Workbook) -> Found:
    """Each measure that reads records of single learners or workers says what allows it.

    Most often a data agreement. A district or college that counts its own learners needs none: mark the question “does
    not apply” and write why. Never waits for "ready to check": until it is said, nothing of the measure is shown.

    Source: a written agreement before a study of education records,
    https://familypolicy.ed.gov/content/must-school-or-lea-have-written-agreement-community-based-organization-conducting-study.
    No legal advice: ask counsel.
    """
    if not any(metric.about for metric in book[Metrics].metrics):
        yield NO_SOURCE
    for metric in disclosure.without_agreement(book).values():
        missing = (
            f"names {book.name(metric.agreement)}, which is not there"
            if metric.agreement
            else "does not say what allows it"
        )
        yield Finding(
            Metrics.slug,
            metric.id,
            "agreement",
            f"“{book.name(metric.id)}” reads {'wage' if metric.about == 'wage record' else 'student'} "
            f"records and {missing}.",
            "Ask what allows it. An agreement goes into worksheet 6 and is picked here. Whoever counts its own "
            "learners needs none: mark the question “does not apply”, with that reason. Until then show nothing.",
        )


@rule(
    "ME38",
    needs=(Metrics, Profile),
    locked=True,
    asks="Who could be recognized in this?",
    action="Hide {subject}, and whatever gives it away",
)
def no_small_group_can_be_told(book: Workbook) -> Found:
    """No count that is shown is of a small group, or gives one away by subtraction.

    Reads what is marked to be shown of measures about single people. A total less the others is the small group, so a
    second row is hidden with it, and so in every table of the same people: other measures, later dates. Never waits for
    "ready to check".

    Source: complementary suppression as Delaware does it, https://doe.k12.de.us/Page/2283; a smallest group of
    ten as in California, which hides counts below it,
    https://www.calpassplus.org/Launchboard/Suppression. Your state's number goes into the profile.
    """
    sheet, least = book[Metrics], disclosure.threshold(book)
    about = disclosure.about_single_people(book)
    cells = [observation for observation in sheet.observations if observation.metric in about]
    observations = [observation for observation in cells if observation.shown]
    if not any(metric.about for metric in sheet.metrics):
        yield NO_SOURCE
    elif not observations and about:
        yield Pending("Waits until a count of a measure about single people is marked to be shown.")
    for observation in observations:
        if observation.out_of is None:
            yield Pending(
                f"Waits until {_named(observation)} of “{book.name(observation.metric or '')}” says out of how many."
            )
    for disclosed in disclosure.given_away(book):
        first = (*disclosed.small, *disclosed.complement)[0]
        yield Finding(Metrics.slug, first.id, "shown", _says(book, first, disclosed, least), _advice(disclosed))


# A finding stands on pages that everybody reads: it names the rows and never repeats the counts.


def _says(book: Workbook, first: Observation, disclosed: Disclosure, least: int) -> str:
    when = f", {long_day(first.as_of)}" if first.as_of else ""
    total = _named(disclosed.total) if disclosed.total else "a total that another table gives"
    small, also = listed(map(_named, disclosed.small)), listed(map(_named, disclosed.complement))
    says = f"“{book.name(first.metric or '')}”{when}: "
    if disclosed.elsewhere:
        shown = "is shown" if len(disclosed.complement) == 1 else "are shown"
        return f"{says}{also} {shown}; beside another table of the same people that tells of fewer than {least}."
    if not small:
        return f"{says}{also} and {total} are shown; what is left of the total is a group of fewer than {least}."
    beside = f"; {also} and {total} beside it would give it away" if also else ""
    return f"{says}{small} {'is' if len(disclosed.small) == 1 else 'are'} shown with fewer than {least} people{beside}."


def _advice(disclosed: Disclosure) -> str:
    advice = f"Mark {listed(map(_named, disclosed.small))} not to be shown" if disclosed.small else ""
    if disclosed.complement:
        also = listed(map(_named, disclosed.complement))
        advice += f", and {also} as well: the total would give it away" if advice else f"Mark {also} not to be shown"
    return f"{advice}."


def _named(observation: Observation) -> str:
    by = f" ({observation.breakdown})" if observation.group and observation.breakdown else ""
    return f"“{observation.group or observation.breakdown or 'all'}”{by}"
