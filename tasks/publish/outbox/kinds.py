"""The kinds of mail to leaders, as a table: whom each concerns, when it is due, what it says."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeAlias

from tasks.errors import UsageError
from tasks.event import Event
from tasks.messages import Message, message, user_language
from tasks.pages import day
from tasks.publish.agendas.afternoon import Person
from tasks.publish.outbox.letters import afterwards, choosing, meeting
from tasks.publish.outbox.letters.facts import Facts
from tasks.publish.outbox.letters.letter import Content

AGENDA: Final = "agenda"
CHANGED_AGENDA: Final = "changed-agenda"
AGENDAS: Final = frozenset({AGENDA, CHANGED_AGENDA})

Writer: TypeAlias = Callable[[Facts, Person], Content]


@dataclass(frozen=True, slots=True)
class After:
    """A distance from the day of the event; a negative one lies before it."""

    months: int = 0
    days: int = 0

    def from_day(self, start: date) -> date:
        """Return the day at this distance; the 31st of a shorter month is its last day."""
        index = start.month - 1 + self.months
        year, month = start.year + index // 12, index % 12 + 1
        return date(year, month, min(start.day, monthrange(year, month)[1])) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Kind:
    """A mail that a leader gets once in an edition.

    ``concerned`` is a statement that returns the leader_id of whom it concerns, ``binds`` what it needs beside the
    edition. ``first`` and ``last`` are the days on which it may go. ``write`` says what one leader reads, in the
    template pair ``code``. ``is_transactional`` mails belong to what a leader registered and paid for: they go also
    to somebody who wants no mails, because without them there would be no meetings. Who asked for the rest to stop
    gets none of it, in this and every later edition.
    """

    code: str
    concerned: str
    write: Writer
    is_transactional: bool
    needs_plan: bool = False
    binds: tuple[str, ...] = ()
    first: After | None = None
    last: After | None = None

    def window(self, event: Event) -> tuple[date | None, date | None]:
        """Return the first and the last day on which this mail may go, None where there is no limit."""
        return (
            self.first.from_day(event.date) if self.first else None,
            self.last.from_day(event.date) if self.last else None,
        )

    def is_due(self, event: Event, today: date) -> bool:
        """Say whether the mail may go on a day."""
        first, last = self.window(event)
        return (first is None or first <= today) and (last is None or today <= last)


# In the order of the way.
KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "invitation",
        concerned="outbox/select_without_wish",
        write=choosing.invitation,
        is_transactional=True,
        last=After(days=-1),
    ),
    Kind(
        "reminder",
        concerned="outbox/select_few_wishes",
        binds=("minimum",),
        write=choosing.reminder,
        is_transactional=False,
        last=After(days=-1),
    ),
    Kind(
        "day-before",
        concerned="outbox/select_registered",
        write=meeting.day_before,
        is_transactional=True,
        needs_plan=True,
        first=After(days=-1),
        last=After(days=-1),
    ),
    Kind(
        "thanks",
        concerned="outbox/select_present",
        write=afterwards.thanks,
        is_transactional=False,
        first=After(days=1),
        last=After(months=2),
    ),
    Kind(
        "follow-up-3",
        concerned="outbox/select_with_meetings",
        write=afterwards.follow_up_3,
        is_transactional=False,
        first=After(months=3),
        last=After(months=9),
    ),
    Kind(
        "follow-up-12",
        concerned="outbox/select_with_meetings",
        write=afterwards.follow_up_12,
        is_transactional=False,
        first=After(months=12),
        last=After(months=24),
    ),
)
NAMES: Final[Mapping[str, Message]] = {
    "invitation": message("invitation to choose"),
    "reminder": message("reminder to choose"),
    AGENDA: message("agenda"),
    CHANGED_AGENDA: message("changed agenda"),
    "day-before": message("day-before reminder"),
    "thanks": message("thank-you with the survey"),
    "follow-up-3": message("follow-up after 3 months"),
    "follow-up-12": message("follow-up after 12 months"),
}
BY_CODE: Final[Mapping[str, Kind]] = {kind.code: kind for kind in KINDS}


def sent_as(kind: str) -> frozenset[str]:
    """Return the kinds of message that go when a person sends one kind: a changed agenda goes with the agendas."""
    return AGENDAS if kind in AGENDAS else frozenset({kind})


def call_to_send(kind: str) -> str:
    """Return the command that sends a kind of message."""
    return "rencontres send --really" if kind in AGENDAS else f"rencontres send --kind {kind} --really"


def require_due(kind: Kind, event: Event, today: date) -> None:
    """Raise UsageError for a mail whose time has not come, or has passed."""
    if not kind.is_due(event, today):
        raise UsageError(
            _not_due(kind, event, today),
            where=f"--kind {kind.code}",
            remedy=message("Call again then, or say that you mean it with: --now-anyway"),
        )


def _not_due(kind: Kind, event: Event, today: date) -> Message:
    first, last = (day(limit, user_language()) if limit else "" for limit in kind.window(event))
    if first and first == last:
        return message("this mail goes on {first} only.", first=first)
    limit = kind.window(event)[0]
    if limit is not None and today < limit:
        return message("the time of this mail has not come: it goes from {first} on.", first=first)
    return message("the time of this mail has passed: it went until {last}.", last=last)
