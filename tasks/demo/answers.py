"""The answers to the form of requests: one leader's wishes, hours and limits, as typed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from tasks.demo.typing_wishes import NOTHING, UNKNOWN, TypedWish, type_wish
from tasks.demo.wishes import Wisher, Wishes
from tasks.demo.world import Visit, scaled

_OPENS: Final = datetime(2026, 10, 20, 7)  # noqa: DTZ001 -- a form shows local time
_OPEN_DAYS: Final = 32
_RESTRICTED_SHARE: Final = 0.20
_LOWER_MAXIMUM: Final = 8
_EXCLUDING: Final = 6
_TWICE: Final = 4
_STRAY: Final = 3
_LATE: Final = ("14:20", "14:40", "15:00", "15:10", "15:20", "15:40")
_EARLY: Final = ("16:20", "16:30", "16:40", "17:00", "17:15", "17:20")
_PAUSES: Final = ("15:00-15:20", "15:40-16:00", "15:20-16:00", "16:00-16:20", "16:10-16:35", "16:20-16:40")


@dataclass(frozen=True, slots=True)
class Hours:
    """When someone is not there, typed ``HH:MM``; the pause ``HH:MM-HH:MM``. Empty: there all afternoon."""

    arrives: str = ""
    leaves: str = ""
    pause: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to the form. ``maximum`` is typed digits or empty; ``excluded`` names those to avoid."""

    visit: Visit
    wisher: Wisher
    started: datetime
    finished: datetime
    wishes: tuple[TypedWish, ...]
    hours: Hours = Hours()
    maximum: str = ""
    excluded: tuple[TypedWish, ...] = ()


def type_answers(rng: Random, wishes: Wishes) -> tuple[Answer, ...]:
    """Return all answers in the order in which they came in; of someone's two answers the later one counts."""
    count = len(wishes.wishers)
    talkers = [position for position in range(count) if wishes.wishers[position].answers]
    answers = {position: _plain(rng, wishes, position) for position in talkers}
    for position, hours in _hours(rng, talkers, round(_RESTRICTED_SHARE * count)):
        answers[position] = replace(answers[position], hours=hours)
    for position in rng.sample(talkers, scaled(_LOWER_MAXIMUM, count)):
        answers[position] = replace(answers[position], maximum=str(rng.randint(5, 8)))
    _exclude(rng, wishes, answers, scaled(_EXCLUDING, count))
    for typed in (UNKNOWN, NOTHING):
        for position in rng.sample(talkers, scaled(_STRAY, count)):
            answers[position] = _with_stray(rng, answers[position], rng.choice(typed), unknown=typed is UNKNOWN)
    earlier = [_earlier(rng, answers[position]) for position in rng.sample(talkers, scaled(_TWICE, count))]
    return tuple(sorted((*answers.values(), *earlier), key=lambda answer: answer.finished))


def _plain(rng: Random, wishes: Wishes, position: int) -> Answer:
    wisher = wishes.wishers[position]
    visits = [other.visit for other in wishes.wishers]
    typed = tuple(type_wish(rng, visits, asked) for asked in wishes.requests[position])
    started = _OPENS + timedelta(minutes=rng.randrange(_OPEN_DAYS * 24 * 60), seconds=rng.randrange(60))
    duration = timedelta(seconds=rng.randrange(180, 1500) + 20 * len(typed))
    maximum = "10" if rng.random() < 0.3 else ""  # noqa: PLR2004 -- some confirm what stands there anyway
    return Answer(wisher.visit, wisher, started, started + duration, typed, maximum=maximum)


def _hours(rng: Random, talkers: list[int], size: int) -> Iterator[tuple[int, Hours]]:
    """Yield who is not there all afternoon, and the hours: late, early and a pause in turn."""
    for turn, position in enumerate(rng.sample(talkers, min(size, len(talkers)))):
        ways = (Hours(arrives=rng.choice(_LATE)), Hours(leaves=rng.choice(_EARLY)), Hours(pause=rng.choice(_PAUSES)))
        yield position, ways[turn % len(ways)]


def _exclude(rng: Random, wishes: Wishes, answers: dict[int, Answer], size: int) -> None:
    """Let a few leave out a competitor; it never is someone whom they ask for themselves."""
    positions = list(answers)
    for position in rng.sample(positions, len(positions)):
        rivals = [
            other
            for other, wisher in enumerate(wishes.wishers)
            if wisher.visit.company.trade == answers[position].visit.company.trade
            and wisher.visit.company != answers[position].visit.company
            and other not in wishes.requests[position]
        ]
        if rivals and size:
            rival = rng.choice(rivals)
            typed = TypedWish(wishes.wishers[rival].visit.company.full_name, "exact", rival)
            answers[position] = replace(answers[position], excluded=(typed,))
            size -= 1


def _with_stray(rng: Random, answer: Answer, text: str, *, unknown: bool) -> Answer:
    wishes = list(answer.wishes)
    wishes.insert(rng.randrange(len(wishes) + 1), TypedWish(text, "unknown" if unknown else "nothing", None))
    return replace(answer, wishes=tuple(wishes))


def _earlier(rng: Random, answer: Answer) -> Answer:
    """Return the first, shorter answer of someone who thought again a day later."""
    back = timedelta(hours=rng.randrange(20, 60))
    kept = answer.wishes[: max(1, len(answer.wishes) // 2)]
    return replace(answer, started=answer.started - back, finished=answer.finished - back, wishes=kept, maximum="")
