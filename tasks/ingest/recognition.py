"""What somebody typed, to the company or the person that was meant: alone where it is clear, else a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias

from rapidfuzz import fuzz, process

from tasks.ingest.directory import Directory
from tasks.ingest.folding import company_key, fold, person_key

# Measured on made-up typing errors: below these, one recognised name in twelve was wrong.
_ACCEPTED_SCORE: Final = 90
_ACCEPTED_GAP: Final = 10
_CANDIDATES: Final = 3
_NO_NAME: Final = re.compile(
    r"(?:idem.*|tous|toutes|tout le monde|tous les .*|voir .*|cf .*|liste|peu importe|a definir|\d+)"
)
_PARTS: Final = re.compile(r"\s+[-–—/|]\s+|[(),:]|\bchez\b|\bde la société\b", re.IGNORECASE)  # noqa: RUF001 -- people type dashes

Rule: TypeAlias = Literal["email", "exact", "close"]
Reason: TypeAlias = Literal["not_a_name", "no_near_name", "several_near_names", "own_company"]


@dataclass(frozen=True, slots=True)
class Target:
    """A company, or one person of it, under the folded name that is compared and the name as written."""

    key: str
    name: str
    company_id: str
    leader_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """Who was meant: one leader, or those of a company; the score runs from 0 to 100."""

    leader_ids: tuple[str, ...]
    rule: Rule
    score: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why nobody was recognised, with up to three leader ids and their scores for a person to choose from."""

    reason: Reason
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Recogniser:
    """Knows the companies and persons of an edition by what people may type for them."""

    directory: Directory

    @cached_property
    def _targets(self) -> tuple[Target, ...]:
        return tuple(self._all_targets())

    def _all_targets(self) -> Iterator[Target]:
        for company_id, leader_ids in self.directory.of_company.items():
            company = self.directory.companies[company_id]
            yield Target(company.name_key, company.name, company_id, leader_ids)
        for leader in self.directory.leaders.values():
            name = f"{leader.given_name} {leader.family_name}".strip()
            yield Target(person_key(name), name, leader.company_id, (leader.leader_id,))

    @cached_property
    def _exact(self) -> dict[str, tuple[Target, ...]]:
        found: dict[str, tuple[Target, ...]] = {}
        for target in self._targets:
            for form in {target.key, target.key.replace(" ", "")} - {""}:
                found[form] = (*found.get(form, ()), target)
        return found

    @cached_property
    def _labels(self) -> list[str]:
        return [target.key for target in self._targets]

    def recognise(self, typed: str) -> Recognised | Doubt:
        """Return who was meant, else why that is unclear.

        Accepted alone: what is exact after folding, or scores at least 90 and 10 more than any other company.
        """
        if _NO_NAME.fullmatch(fold(typed)):
            return Doubt("not_a_name")
        addressee = self.directory.find(typed.lower()) if "@" in typed else None
        if addressee:
            return Recognised((addressee,), "email", 100.0)
        exact = self._exactly(typed) or self._by_parts(typed)
        if exact:
            return exact
        ranked = self._ranked(typed)
        best = ranked[0]
        rival = next((score for score, target in ranked[1:] if target.company_id != best[1].company_id), 0.0)
        if best[0] >= _ACCEPTED_SCORE and best[0] - rival >= _ACCEPTED_GAP:
            return Recognised(best[1].leader_ids, "close", round(best[0], 1))
        reason: Reason = "several_near_names" if best[0] >= _ACCEPTED_SCORE else "no_near_name"
        return Doubt(reason, tuple((target.leader_ids[0], round(score, 1)) for score, target in _distinct(ranked)))

    def _exactly(self, typed: str) -> Recognised | Doubt | None:
        """Return the one company or person of exactly this name, a doubt where two bear it."""
        forms = [form for key in (company_key(typed), person_key(typed)) for form in (key, key.replace(" ", ""))]
        found = next((self._exact[form] for form in forms if form in self._exact), ())
        if not found:
            return None
        if len({target.company_id for target in found}) > 1:
            leader_ids = dict.fromkeys(target.leader_ids[0] for target in found)
            return Doubt("several_near_names", tuple((leader_id, 100.0) for leader_id in leader_ids)[:_CANDIDATES])
        return Recognised(min((target.leader_ids for target in found), key=len), "exact", 100.0)

    def _by_parts(self, typed: str) -> Recognised | None:
        """Read ``Company (person)``, ``Person - company`` or ``Company, town``: the narrowest part that is exact."""
        parts = [part for part in _PARTS.split(typed) if part.strip()]
        found = [exact for part in parts if len(parts) > 1 and isinstance(exact := self._exactly(part), Recognised)]
        if not found:
            return None
        narrowest = min(found, key=lambda exact: len(exact.leader_ids))
        companies = {self.directory.leaders[exact.leader_ids[0]].company_id for exact in found}
        return narrowest if len(companies) == 1 else None

    def _ranked(self, typed: str) -> list[tuple[float, Target]]:
        """Return all targets by their score, the best first, compared as a company and as a person."""
        best = [0.0] * len(self._labels)
        for query in (company_key(typed), person_key(typed)):
            for _, score, index in process.extract(query, self._labels, scorer=fuzz.WRatio, limit=None):
                best[index] = max(best[index], score)
        return sorted(zip(best, self._targets, strict=True), key=lambda pair: (-pair[0], pair[1].name))


def _distinct(ranked: list[tuple[float, Target]]) -> list[tuple[float, Target]]:
    """Return the best three, of three companies."""
    first: dict[str, tuple[float, Target]] = {}
    for score, target in ranked:
        first.setdefault(target.company_id, (score, target))
    return list(first.values())[:_CANDIDATES]
