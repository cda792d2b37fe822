"""When a leader is not there, from what the wishes form says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from tasks.ingest.answers import Answer


@dataclass(frozen=True, slots=True)
class Hours:
    """The afternoon of an edition, as aware instants."""

    opens: datetime
    closes: datetime

    def at(self, moment: time) -> datetime:
        """Return a local time of that day as an instant."""
        return datetime.combine(self.opens.date(), moment, tzinfo=self.opens.tzinfo)


def absences(answer: Answer, hours: Hours) -> Sequence[tuple[datetime, datetime]]:
    """Return the spans of the afternoon in which a leader meets nobody, in order, those that touch joined to one."""
    pause = (hours.at(answer.pause[0]), hours.at(answer.pause[1])) if answer.pause else None
    spans = [
        (hours.opens, hours.at(answer.arrives_at)) if answer.arrives_at else None,
        (hours.at(answer.leaves_at), hours.closes) if answer.leaves_at else None,
        pause,
    ]
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(_within(span, hours) for span in spans if span):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def _within(span: tuple[datetime, datetime], hours: Hours) -> tuple[datetime, datetime]:
    return max(span[0], hours.opens), min(span[1], hours.closes)
