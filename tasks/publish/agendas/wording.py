"""The sentences of an agenda that documents, mails and calendars share."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from babel import dates

from tasks.messages import Language, Message, message, plural
from tasks.pages import LOCALES, clock
from tasks.publish.agendas.agenda import Agenda, Meeting
from tasks.publish.agendas.frame import ShortReason

# What stands in a table for organisers where somebody cannot be there.
AWAY: Final = "—"

# The excluded pair is told nothing of who excluded whom: that was said to the organiser in confidence.
UNMET_REASONS: Final[Mapping[str, Message]] = {
    "own_full": message("Your agenda is already full."),
    "partner_full": message("Their agenda was already full."),
    "no_common_slot": message("You had no free time in common."),
    "excluded": message("This meeting could not be arranged."),
    "same_company": message("You work for the same company."),
    "no_table": message("No table was free at a time that suited you both."),
    "unknown_partner": message("They are not registered this year."),
    "withdrawn": message("They had to cancel their visit."),
    "lower_value": message("Wishes ranked higher, or shared by both sides, went first."),
}

UNMET_LABELS: Final[Mapping[str, Message]] = {
    "own_full": message("own agenda full"),
    "partner_full": message("partner's agenda full"),
    "no_common_slot": message("no slot in common"),
    "excluded": message("pair excluded"),
    "same_company": message("same company"),
    "no_table": message("no table left"),
    "unknown_partner": message("partner not registered"),
    "withdrawn": message("withdrawn"),
    "lower_value": message("given up for wishes of higher value"),
}

SHORT_REASONS: Final[Mapping[ShortReason, Message]] = {
    "few_partners": message("fewer possible partners than the minimum"),
    "own_maximum": message("asked for fewer meetings than the minimum"),
    "few_slots": message("present for fewer slots than the minimum"),
    "partners_full": message("the possible partners have no room left"),
}


def day_and_month(value: date, language: Language) -> str:
    """Write a day without its year, as in a subject line: ``3 décembre``, ``1er décembre`` or ``3 December``."""
    text = dates.format_date(value, "d MMMM", locale=LOCALES[language])
    return text.replace("1 ", "1er ", 1) if language == "fr" and value.day == 1 else text


def origin(meeting: Meeting) -> Message:
    """Say whose wish a meeting is, seen by the leader whose agenda it stands in."""
    if meeting.own_rank is None:
        return (
            message("They asked to meet you") if meeting.is_asked_by_partner else message("Suggested by the organiser")
        )
    if meeting.is_asked_by_partner:
        return message("Shared wish (your no. {rank})", rank=meeting.own_rank)
    return message("Your wish no. {rank}", rank=meeting.own_rank)


def headline(agenda: Agenda) -> Message:
    """Say in half a line what matters: how many meetings, when the first one is, and where."""
    if not agenda.meetings:
        return message("no meeting planned yet")
    first = agenda.meetings[0]
    return plural(
        "{count} meeting, at {time}, table {table}",
        "{count} meetings, the first at {time}, table {table}",
        count=len(agenda.meetings),
        time=clock(first.starts_at, agenda.language),
        table=first.table,
    )


def subject(agenda: Agenda, *, is_update: bool) -> str:
    """Return the subject of the mail, in the leader's language."""
    values = {"day": day_and_month(agenda.occasion.held_on, agenda.language), "headline": headline(agenda)}
    told = (
        message("Your agenda for {day} has changed: {headline}", **values)
        if is_update
        else message("Your agenda for {day}: {headline}", **values)
    )
    return told.translated(agenda.language)
