"""What people say afterwards: of each meeting, of the afternoon, and of the business that came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from tasks.demo.hall import Guest, Meeting
from tasks.demo.world import scaled

_HELD_RATINGS: Final = ("Coopération possible", "Pour information", "Peu d'intérêt", "")
_HELD_WEIGHTS: Final = (40, 31, 11, 18)
NOT_HELD: Final = "N'a pas eu lieu"
_ANSWER_SHARE: Final = 0.55
_SATISFIED_SHARE: Final = 0.94
_DEAL_SHARE: Final = 0.12
_SURVEY_OPEN: Final = range(1, 8)
_DEALS_ASKED_AFTER: Final = range(90, 98)
_LEAST_EUROS: Final = 800
_MOST_EUROS: Final = 60_000
_COMMENTS: Final = (
    *("", "", "", "", "", ""),
    "Très bonne organisation, merci.",
    "Un peu de bruit près de l'entrée.",
    "Vingt minutes, c'est juste ce qu'il faut.",
    "Prévoir plus de café !",
    "Rendez-vous bien ciblés, à refaire.",
)


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """An answer to the survey; satisfaction from 1 to 5, recommendation from 0 to 10."""

    answered_at: datetime
    email: str
    satisfaction: int
    recommendation: int
    comment: str


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal reported three months on: whole euros before tax, shares in percent."""

    answered_at: datetime
    email: str
    company: str
    euros: int
    attribution_percent: int
    confidence_percent: int


def rate(rng: Random, meeting: Meeting, present: frozenset[str]) -> tuple[str, str]:
    """Return both sides' opinion of a meeting, empty where one gave none."""
    if meeting.is_held:
        one, other = rng.choices(_HELD_RATINGS, weights=_HELD_WEIGHTS, k=2)
        return one, other
    return (
        NOT_HELD if meeting.leader_a in present and rng.random() < _ANSWER_SHARE else "",
        NOT_HELD if meeting.leader_b in present and rng.random() < _ANSWER_SHARE else "",
    )


def survey(rng: Random, guests: Sequence[Guest], day: datetime) -> list[SurveyAnswer]:
    """Return the answers of rather more than half of ``guests``, in the order in which they came in."""
    reachable = [guest.email for guest in guests if guest.email]
    answering = rng.sample(reachable, round(_ANSWER_SHARE * len(reachable)))
    unhappy = round((1 - _SATISFIED_SHARE) * len(answering))
    answers = [
        _survey_answer(rng, email, day, is_satisfied=position >= unhappy) for position, email in enumerate(answering)
    ]
    return sorted(answers, key=lambda answer: answer.answered_at)


def _survey_answer(rng: Random, email: str, day: datetime, *, is_satisfied: bool) -> SurveyAnswer:
    answered_at = _moment(rng, day, _SURVEY_OPEN)
    if is_satisfied:
        satisfaction = rng.choices((4, 5), weights=(45, 55))[0]
        recommendation = rng.choices((10, 9, 8, 7, 6), weights=(26, 28, 27, 13, 6))[0]
    else:
        satisfaction = rng.choices((3, 2, 1), weights=(70, 25, 5))[0]
        recommendation = rng.choices((7, 6, 5, 4, 2), weights=(15, 30, 30, 15, 10))[0]
    return SurveyAnswer(answered_at, email, satisfaction, recommendation, rng.choice(_COMMENTS))


def _moment(rng: Random, day: datetime, days_later: range) -> datetime:
    """Return a moment of somebody's working day, some days later."""
    seconds = rng.randrange(8 * 3600, 20 * 3600)
    return day + timedelta(days=rng.choice(days_later), seconds=seconds)


def deals(rng: Random, guests: Sequence[Guest], meetings: Sequence[Meeting], day: datetime) -> list[Deal]:
    """Return the deals of about one leader in eight, each with somebody met; amounts are log-normal within bounds."""
    by_id = {guest.leader_id: guest for guest in guests}
    met: dict[str, list[Guest]] = {}
    for meeting in meetings:
        if meeting.is_held:
            met.setdefault(meeting.leader_a, []).append(by_id[meeting.leader_b])
            met.setdefault(meeting.leader_b, []).append(by_id[meeting.leader_a])
    able = [leader for leader in sorted(met) if by_id[leader].email]
    count = min(len(able), scaled(round(_DEAL_SHARE * 180), len(guests)))
    found = [_deal(rng, by_id[leader], rng.choice(met[leader]), day) for leader in rng.sample(able, count)]
    return sorted(found, key=lambda deal: deal.answered_at)


def _deal(rng: Random, guest: Guest, partner: Guest, day: datetime) -> Deal:
    euros = round(rng.lognormvariate(8.8, 0.9) / 50) * 50
    return Deal(
        answered_at=_moment(rng, day, _DEALS_ASKED_AFTER),
        email=guest.email or "",
        company=partner.company,
        euros=max(_LEAST_EUROS, min(_MOST_EUROS, euros)),
        attribution_percent=rng.choice((20, 30, 40, 50, 50, 60, 70, 80, 100)),
        confidence_percent=rng.choice((50, 60, 70, 80, 80, 90, 100)),
    )
