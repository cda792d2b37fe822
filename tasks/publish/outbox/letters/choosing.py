"""Before the plan: the invitation to choose whom to meet, and the reminder to those who named few."""

from typing import Final

from tasks.messages import message, plural
from tasks.publish.agendas.afternoon import Person
from tasks.publish.outbox.letters.facts import Facts
from tasks.publish.outbox.letters.letter import Content

_PROPOSED: Final = 6


def invitation(facts: Facts, person: Person) -> Content:
    """Return the list of those who can be met, by catalogue number, and how to name them."""
    others = [
        other
        for other in facts.people.values()
        if other.is_registered and other.leader_id != person.leader_id and other.company_id != person.company_id
    ]
    meetings = facts.event.meetings
    return Content(
        subject=message("Whom would you like to meet on {day}?", day=facts.day(person.language)),
        preheader=plural(
            "{count} leader is open for meetings: the choice is yours.",
            "{count} leaders are open for meetings: the choice is yours.",
            count=len(others),
        ),
        values={
            "others": sorted(others, key=lambda other: other.catalogue_number),
            "minimum": meetings.minimum,
            "maximum": meetings.maximum,
            "url": facts.event.mail.choose_url,
        },
    )


def reminder(facts: Facts, person: Person) -> Content:
    """Return what a leader asked for so far, how many more names help, and who might suit them."""
    wishes = facts.registered(facts.wishes.get(person.leader_id, ()))
    missing_count = facts.event.meetings.minimum - len(wishes)
    return Content(
        subject=plural(
            "One more name for your meetings on {day}",
            "{count} more names for your meetings on {day}",
            count=missing_count,
            day=facts.day(person.language),
        ),
        preheader=plural(
            "You have named {count} leader so far; a few more make a full afternoon.",
            "You have named {count} leaders so far; a few more make a full afternoon.",
            count=len(wishes),
        )
        if wishes
        else message("You have not named anybody yet; a few names are enough."),
        values={
            "wishes": wishes,
            "missing_count": missing_count,
            "minimum": facts.event.meetings.minimum,
            "proposed": facts.registered(facts.proposed.get(person.leader_id, ()))[:_PROPOSED],
            "url": facts.event.mail.choose_url,
        },
    )
