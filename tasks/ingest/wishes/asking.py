"""Typed wishes and refusals to requests and exclusions; what is unclear becomes a question for a person."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, get_args

from tasks.ingest.people.directory import Directory
from tasks.ingest.records.answers import Answer
from tasks.ingest.records.decisions import Decisions
from tasks.ingest.records.vocabulary import COMPETITOR
from tasks.ingest.records.wish_cells import Origin, Wish
from tasks.ingest.rows.audit import ReviewItem
from tasks.ingest.rows.core import Exclusion, Leader, Request
from tasks.ingest.values.folding import fold
from tasks.ingest.wishes.numbered import numbered
from tasks.ingest.wishes.recognition import CANDIDATES, Doubt, Meant, Recognised, Recogniser

Kind: TypeAlias = Literal["request", "exclusion"]

_COMPLEMENTS: Final = {("buyer", "supplier"), ("supplier", "buyer")}


@dataclass(slots=True)
class Asking:
    """Collects what the typed names of all answers come to; ``sells`` holds the codes of what each leader sells."""

    directory: Directory
    decisions: Decisions
    sells: Mapping[str, frozenset[str]] = field(default_factory=dict)
    requests: dict[tuple[str, str], Request] = field(default_factory=dict)
    exclusions: set[Exclusion] = field(default_factory=set)
    review_items: dict[tuple[str, str, str], ReviewItem] = field(default_factory=dict)
    recogniser: Recogniser = field(init=False)

    def __post_init__(self) -> None:
        self.recogniser = Recogniser(self.directory)

    def read_wishes(self, leader: Leader, answer: Answer) -> None:
        """Take in whom a leader asks for; numbers that came by one way are judged together."""
        wishes = answer.cells.wishes
        numbers: dict[str, Meant | Doubt] = {}
        for origin in get_args(Origin):
            numbers |= numbered(self.recogniser, [wish.typed for wish in wishes if wish.origin == origin])
        more = 0
        for wish in wishes:
            meaning = self._meaning("request", leader, wish.typed, numbers)
            if isinstance(meaning, Doubt):
                self._ask("request", leader, answer, wish.typed, meaning)
                continue
            # Names in a cell with a rank of its own share it; elsewhere they stand in the order of their ranks.
            is_counted = wish.is_counted or len(wishes) == 1
            for position, (text, found) in enumerate(meaning):
                rank = wish.rank + (more + position if is_counted else 0)
                self._request(leader, answer, Wish(rank, text), found)
            more += max(len(meaning) - 1, 0) if is_counted else 0

    def read_refusals(self, leader: Leader, answer: Answer) -> None:
        """Take in whom a leader says no to: everybody of a company, but nobody's own self."""
        excluded = answer.cells.excluded
        numbers = numbered(self.recogniser, excluded)
        for typed in excluded:
            meaning = self._meaning("exclusion", leader, typed, numbers)
            if isinstance(meaning, Doubt):
                is_phrase = meaning.reason == "not_a_name" and COMPETITOR.search(fold(typed))
                doubt = Doubt("not_a_name", self._competitors(leader)) if is_phrase else meaning
                self._ask("exclusion", leader, answer, typed, doubt)
                continue
            for text, found in meaning:
                if isinstance(found, Doubt):
                    self._ask("exclusion", leader, answer, text, found)
                    continue
                others = set(found.leader_ids) - {leader.leader_id}
                pairs = [sorted((leader.leader_id, other)) for other in others]
                self.exclusions |= {Exclusion(leader.edition_id, *pair) for pair in pairs}

    def _competitors(self, leader: Leader) -> tuple[tuple[str, float], ...]:
        """Return up to three registered leaders of other companies who sell what this one does, by the share of it."""
        own = self.sells.get(leader.leader_id, frozenset())
        shares = (
            (other.leader_id, round(100.0 * len(own & self.sells.get(other.leader_id, frozenset())) / len(own), 1))
            for other in self.directory.leaders.values()
            if own and other.company_id != leader.company_id and other.status == "registered"
        )
        return tuple(sorted((pair for pair in shares if pair[1]), key=lambda pair: (-pair[1], pair[0])))[:CANDIDATES]

    def _meaning(self, kind: Kind, leader: Leader, typed: str, numbers: Mapping[str, Meant | Doubt]) -> Meant | Doubt:
        """Return what a person decided about a text or about its parts, else what the rules make of it."""
        decided = self._decided(kind, leader, typed)
        if decided is not None:
            return decided
        meaning = numbers.get(typed) or self.recogniser.recognise_all(typed)
        if isinstance(meaning, Doubt):
            return meaning
        parts = ((text, found, self._decided(kind, leader, text)) for text, found in meaning)
        return tuple(pair for text, found, said in parts for pair in (((text, found),) if said is None else said))

    def _decided(self, kind: Kind, leader: Leader, typed: str) -> Meant | None:
        """Return whom a person chose, nobody at all where they said so, None where nobody decided."""
        decision = self.decisions.find(kind, leader.leader_id, typed)
        if decision is None:
            return None
        known = [leader_id for leader_id in decision.choice if leader_id in self.directory.leaders]
        if decision.verdict == "chosen" and not known:
            return None
        return tuple((typed, Recognised((leader_id,), "decision", 100.0)) for leader_id in known)

    def _request(self, leader: Leader, answer: Answer, wish: Wish, found: Recognised | Doubt) -> None:
        if isinstance(found, Doubt):
            self._ask("request", leader, answer, wish.typed, found)
            return
        if self.directory.leaders[found.leader_ids[0]].company_id == leader.company_id:
            self._ask("request", leader, answer, wish.typed, Doubt("own_company"))
            return
        partner_id = self._best(leader, found.leader_ids)
        # A name that comes twice counts where it came first.
        self.requests.setdefault(
            (leader.leader_id, partner_id),
            Request(
                edition_id=leader.edition_id,
                from_leader_id=leader.leader_id,
                to_leader_id=partner_id,
                rank=wish.rank,
                match_rule=found.rule,
                match_score=found.score,
                file_sha256=answer.place.file_sha256,
                sheet=answer.place.sheet,
                row_number=answer.place.row_number,
            ),
        )

    def _best(self, leader: Leader, leader_ids: Sequence[str]) -> str:
        """Return whom a request goes to: the registered leader who complements the asker best, else the first."""

        def preference(leader_id: str) -> tuple[bool, int]:
            partner = self.directory.leaders[leader_id]
            return partner.status != "registered", distance(leader.role, partner.role)

        return min(leader_ids, key=preference)

    def _ask(self, kind: Kind, leader: Leader, answer: Answer, typed: str, doubt: Doubt) -> None:
        candidates = [{"leader_id": leader_id, "score": score} for leader_id, score in doubt.candidates]
        self.review_items.setdefault(
            (kind, leader.leader_id, typed),
            ReviewItem(
                edition_id=leader.edition_id,
                kind=kind,
                leader_id=leader.leader_id,
                typed=typed,
                reason=doubt.reason,
                candidates=json.dumps(candidates),
                file_sha256=answer.place.file_sha256,
                sheet=answer.place.sheet,
                row_number=answer.place.row_number,
            ),
        )


def distance(role: str, other: str) -> int:
    """Return how ill two roles go together: 0 buyer and supplier, 1 where one is both, 2 two of a kind."""
    if (role, other) in _COMPLEMENTS:
        return 0
    return 1 if "both" in {role, other} else 2
