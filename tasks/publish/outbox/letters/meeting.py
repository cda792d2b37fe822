"""The agenda itself, what changed in it, and what to have in mind on the eve."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from tasks.messages import Message, message
from tasks.pages import day
from tasks.publish.agendas.afternoon import Person
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.agendas.wording import headline, origin, subject
from tasks.publish.outbox.changes import LABELS, Change, in_words
from tasks.publish.outbox.letters.facts import Facts
from tasks.publish.outbox.letters.letter import Content


def agenda_letter(agenda: Agenda, *, has_calendar: bool, changed: Sequence[Change] | None) -> Content:
    """Return an agenda, or where ``changed`` is not None, what is new in it; empty says that only a detail is."""
    return Content(
        subject=message("{subject}", subject=subject(agenda, is_update=changed is not None)),
        preheader=_preheader(agenda),
        values={
            "agenda": agenda,
            "origin": origin,
            "opening": _opening(agenda, is_update=changed is not None),
            "has_calendar": has_calendar,
            "is_update": changed is not None,
            "changes": [(LABELS[change.kind], change, in_words(change, agenda.language)) for change in changed or ()],
        },
    )


def _opening(agenda: Agenda, *, is_update: bool) -> Message:
    values = {"headline": headline(agenda), "day": day(agenda.occasion.held_on, agenda.language)}
    if is_update:
        return message(
            "Your agenda has changed. What now holds: {headline}. Please throw earlier sheets away.", **values
        )
    return message("Here is your agenda for {day}: {headline}.", **values)


def _preheader(agenda: Agenda) -> Message:
    """Return what mail programs show behind the subject: whom the leader meets, else what is open."""
    names: Iterable[str] = (meeting.partner.company for meeting in agenda.meetings)
    if not agenda.meetings:
        names = (space.name for space in agenda.spaces)
    return message("{names}", names=", ".join(names))


def day_before(facts: Facts, person: Person) -> Content:
    """Return the agenda in short, with the way there and the hours."""
    agenda = facts.agendas[person.leader_id]
    is_tomorrow = facts.event.date - facts.today == timedelta(days=1)
    values = {"headline": headline(agenda), "day": facts.day(person.language)}
    return Content(
        subject=message("See you tomorrow: {headline}", **values)
        if is_tomorrow
        else message("See you on {day}: {headline}", **values),
        preheader=message(
            "{place}", place=", ".join(part for part in (facts.event.venue, facts.event.address) if part)
        ),
        values={"agenda": agenda, "is_tomorrow": is_tomorrow, "day": facts.day(person.language)},
    )
