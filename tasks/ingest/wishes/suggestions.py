"""Suggestions of partners as rows, kept apart from requests; ``event.toml`` says for whom the plan may use them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from tasks.event import Event
from tasks.ingest.rows.core import Suggestion
from tasks.ingest.wishes.partners import Profile, suggest
from tasks.ingest.wishes.wishes import Wishes


def suggest_all(wishes: Wishes, event: Event) -> tuple[Suggestion, ...]:
    """Return the suggestions of the current edition; where nobody told what they sell or seek there are none."""
    if not any(offer.code for offer in wishes.offers):
        return ()
    proposals = suggest(
        _profiles(wishes, event),
        {(request.from_leader_id, request.to_leader_id) for request in wishes.requests},
        {(exclusion.leader_a, exclusion.leader_b) for exclusion in wishes.exclusions},
        minimum=event.meetings.minimum,
        count=event.suggestions.count,
    )
    return tuple(
        Suggestion(
            edition_id=event.id,
            from_leader_id=proposal.leader_id,
            to_leader_id=proposal.partner_id,
            rank=proposal.rank,
            score=proposal.score,
            sells_codes=" ".join(sorted(proposal.sells)),
            seeks_codes=" ".join(sorted(proposal.seeks)),
            is_used=_is_used(event, proposal.leader_id),
        )
        for proposal in proposals
    )


def _is_used(event: Event, leader_id: str) -> bool:
    chosen = event.suggestions
    return chosen.used_for == "everyone" or (chosen.used_for == "listed" and leader_id in chosen.leaders)


def _profiles(wishes: Wishes, event: Event) -> Iterator[Profile]:
    """Yield the registered; who has vanished from the last export may still be helped, but is proposed to nobody."""
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for offer in wishes.offers:
        if offer.code:
            codes[offer.leader_id, offer.side].add(offer.code)
    away: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for absence in wishes.unavailabilities:
        away[absence.leader_id].append((absence.starts_at, absence.ends_at))
    starts, length = event.slot_starts(), timedelta(minutes=event.meetings.minutes)
    everything = frozenset(range(len(starts)))
    for leader in wishes.leaders:
        if leader.status != "registered":
            continue
        spans = away[leader.leader_id]
        taken = {n for gone, back in spans for n, start in enumerate(starts) if gone < start + length and start < back}
        yield Profile(
            leader_id=leader.leader_id,
            company_id=leader.company_id,
            role=leader.role,
            sells=frozenset(codes[leader.leader_id, "sells"]),
            seeks=frozenset(codes[leader.leader_id, "seeks"]),
            free=everything - taken,
            is_open=not leader.is_vanished,
        )
