"""When a leader is not there, from what the wishes form says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final, TypeAlias

from anyascii import anyascii

from tasks.ingest.records.reader import Reader
from tasks.ingest.records.vocabulary import AFTER, AWAY, BEFORE, WHOLE, YES
from tasks.ingest.values import quantities
from tasks.ingest.values.folding import fold

# An absence: from, until; None is as far as the afternoon goes.
Span: TypeAlias = tuple[time | None, time | None]

_WHOLE_AFTERNOON: Final[Span] = (None, None)
_TIME: Final = r"(?:[01]?\d|2[0-4])\s*(?:[:h]\s*(?:[0-5]\d)?)(?::[0-5]\d)?(?!\d)"
# The first time of a span may lack its « h » (15-16h), and two times that nothing joins are two.
_SPANS: Final = re.compile(
    rf"(?P<between>\b(?:entre|between)\s+)?(?P<before>\b{BEFORE.pattern}\s+)?(?P<after>\b{AFTER.pattern}\s+)?"
    rf"(?P<start>{_TIME}|\b\d{{1,2}}(?=\s*(?:-|a\b)))"
    rf"(?:\s*(?P<link>-|\ba\b|\bto\b|\bjusqu a\b|\buntil\b|\btill\b|\bet\b|\band\b)\s*(?P<end>{_TIME}))?"
)
_HALF_DAYS: Final = re.compile(r"\b(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])\.?\s?m\b\.?")
_NOON: Final = 12


@dataclass(frozen=True, slots=True)
class Hours:
    """The afternoon of an edition, as aware instants."""

    opens: datetime
    closes: datetime

    def at(self, moment: time) -> datetime:
        """Return a local time of that day as an instant."""
        return datetime.combine(self.opens.date(), moment, tzinfo=self.opens.tzinfo)


@dataclass(frozen=True, slots=True)
class Presence:
    """What a leader says of their hours, in local time: when they come, when they go, when they are away between."""

    arrives_at: time | None = None
    leaves_at: time | None = None
    pauses: tuple[Span, ...] = ()


def read_presence(reader: Reader) -> Presence:
    """Return the hours of a row; what cannot be read is refused and takes nothing from the afternoon."""
    return Presence(
        arrives_at=_there_since(reader, "arrives_at"),
        leaves_at=_there_since(reader, "leaves_at"),
        pauses=(*(reader.value("pause", pauses) or ()), *(reader.value("available", away_beside) or ())),
    )


def _there_since(reader: Reader, name: str) -> time | None:
    if is_whole(reader.text(name)) and fold(reader.text(name)) not in YES:
        return None
    return reader.value(name, lambda text: quantities.time_of_day(_plain(text)))


def is_whole(text: str) -> bool:
    """Say whether a text says that somebody is there all the time: ``après-midi entière``, ``toute la durée``."""
    return WHOLE.fullmatch(fold(text)) is not None


def pauses(text: str) -> tuple[Span, ...]:
    """Return the absences that a text names: ``15h-15h20 et 17h-17h20``, ``avant 15h``, ``absent toute l'après-midi``.

    Raises ValueError("not_a_span") where it names none and does not say that there is none, or names one backwards.
    """
    if is_whole(text):
        return ()
    found = tuple(_spans(_plain(text)))
    is_backwards = any(start and end and start >= end for start, end in found)
    if found and not is_backwards:
        return found
    words = fold(text)
    if not found and AWAY.search(words) and (AWAY.fullmatch(words) or WHOLE.search(words)):
        return (_WHOLE_AFTERNOON,)
    msg = "not_a_span"
    raise ValueError(msg)


def away_beside(text: str) -> tuple[Span, ...]:
    """Return the absences of whoever names the hours of presence: before ``14h-15h et 16h-17h``, between, and after.

    ``pas disponible avant 15h`` names an absence all the same. Raises ValueError("not_a_span") as ``pauses``.
    """
    words = fold(text)
    if is_whole(text) or AWAY.search(words):
        return pauses(text)
    there = pauses(text)
    starts = [start for start, _ in there]
    ends = [end for _, end in there]
    if any(
        later is None or earlier is None or later < earlier for earlier, later in zip(ends, starts[1:], strict=False)
    ):
        msg = "not_a_span"
        raise ValueError(msg)
    return tuple(span for span in zip((None, *ends), (*starts, None), strict=True) if span != (None, None))


def _plain(text: str) -> str:
    """Return a text in ASCII lower case, apostrophes as spaces, the times of an English clock as ours are written."""

    def full(found: re.Match[str]) -> str:
        hour = int(found[1]) % _NOON + (_NOON if found[3] == "p" else 0)
        return f"{hour}:{found[2] or '00'}"

    return _HALF_DAYS.sub(full, anyascii(text).lower().replace("'", " "))


def _spans(text: str) -> Iterator[Span]:
    """Yield the spans of a plain text. Raises ValueError where a time stands alone."""
    for found in _SPANS.finditer(text):
        is_joined = found["end"] and (found["link"] not in {"et", "and"} or found["between"])
        if is_joined:
            yield _time(found["start"]), _time(found["end"])
            continue
        alone = [found["start"]] + ([found["end"]] if found["end"] else [])
        yield from (_open_ended(found, _time(moment)) for moment in alone)


def _open_ended(found: re.Match[str], moment: time) -> Span:
    if found["before"]:
        return None, moment
    if found["after"]:
        return moment, None
    msg = "not_a_span"
    raise ValueError(msg)


def _time(text: str) -> time:
    return quantities.time_of_day(text if "h" in text or ":" in text else f"{text}h")


def absences(presence: Presence, hours: Hours) -> Sequence[tuple[datetime, datetime]]:
    """Return the spans of the afternoon in which a leader meets nobody, in order, those that touch joined to one."""
    spans = [
        (None, presence.arrives_at) if presence.arrives_at else None,
        (presence.leaves_at, None) if presence.leaves_at else None,
        *presence.pauses,
    ]
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(_within(span, hours) for span in spans if span):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def _within(span: Span, hours: Hours) -> tuple[datetime, datetime]:
    start, end = (hours.at(moment) if moment else None for moment in span)
    return max(start or hours.opens, hours.opens), min(end or hours.closes, hours.closes)
