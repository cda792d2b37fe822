"""Who may be meant by a typed name: the companies and persons of an edition, by exact name and by likeness."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from tasks.ingest.people.directory import Directory
from tasks.ingest.records.vocabulary import SMALL_WORDS
from tasks.ingest.values.folding import company_key, person_key

# Enough for three companies, however many leaders of one bear the same name.
_LOOKED_AT: Final = 64
_ALIKE_LETTERS: Final = 85
_ALIKE_WORDS: Final = 90


@dataclass(frozen=True, slots=True)
class Target:
    """A company, or one person of it, under the folded name that is compared and the name as written."""

    key: str
    name: str
    company_id: str
    leader_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """The likeliest target of one company, with the two texts that were compared; the score runs from 0 to 100."""

    target: Target
    score: float
    query: str
    key: str


@dataclass(frozen=True)
class Targets:
    """All companies and persons of a directory."""

    directory: Directory
    _near: dict[str, tuple[Near, ...]] = field(default_factory=dict)

    @cached_property
    def _companies(self) -> tuple[Target, ...]:
        companies = self.directory.companies
        return (
            *(
                Target(companies[company_id].name_key, companies[company_id].name, company_id, leader_ids)
                for company_id, leader_ids in self.directory.of_company.items()
            ),
            *self._renamed(),
        )

    def _renamed(self) -> Iterator[Target]:
        """Yield the companies again under names that none bears any more: people asked for them before they changed."""
        leaders = self.directory.leaders
        bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, leader_id in self.directory.people.former_companies:
            if leader_id in leaders:
                bearers[name, leaders[leader_id].company_id].append(leader_id)
        for (name, company_id), leader_ids in bearers.items():
            yield Target(company_key(name), name, company_id, tuple(leader_ids))

    @cached_property
    def _persons(self) -> tuple[Target, ...]:
        named = (
            (f"{leader.given_name} {leader.family_name}".strip(), leader) for leader in self.directory.leaders.values()
        )
        return tuple(
            Target(person_key(name), name, leader.company_id, (leader.leader_id,)) for name, leader in named if name
        )

    @cached_property
    def _exact(self) -> dict[str, tuple[Target, ...]]:
        found: dict[str, tuple[Target, ...]] = {}
        for target in (*self._companies, *self._persons):
            for form in {target.key, target.key.replace(" ", "")} - {""}:
                found[form] = (*found.get(form, ()), target)
        return found

    def exactly(self, typed: str) -> tuple[Target, ...]:
        """Return the companies and persons of exactly this name, but for case, accents, legal form and spaces."""
        forms = [form for key in (company_key(typed), person_key(typed)) for form in (key, key.replace(" ", ""))]
        return next((self._exact[form] for form in forms if form in self._exact), ())

    def nearest(self, typed: str) -> tuple[Near, ...]:
        """Return the likeliest target of every company, the likeliest company first; names decide between equals."""
        if typed not in self._near:
            best: dict[str, Near] = {}
            for near in self._scored(typed):
                known = best.get(near.target.company_id)
                if known is None or _order(near) < _order(known):
                    best[near.target.company_id] = near
            self._near[typed] = tuple(sorted(best.values(), key=_order))
        return self._near[typed]

    @cached_property
    def _compared(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return tuple(compared(target.key) for target in self._companies), tuple(
            compared(target.key) for target in self._persons
        )

    def _scored(self, typed: str) -> Iterator[Near]:
        queries = compared(company_key(typed)), compared(person_key(typed))
        for query, targets, keys in zip(queries, (self._companies, self._persons), self._compared, strict=True):
            for key, score, index in process.extract(query, keys, scorer=fuzz.WRatio, limit=_LOOKED_AT):
                yield Near(targets[index], score, query, key)


def is_alike(one: str, other: str) -> bool:
    """Say whether two folded names are alike letter by letter or in whole words.

    A part of a word scores 90 at once: ``gallo`` in ``messagerie gallois``, ``bric`` in ``metal fabrication``.
    """
    return fuzz.ratio(one, other) >= _ALIKE_LETTERS or fuzz.token_set_ratio(one, other) >= _ALIKE_WORDS


def compared(key: str) -> str:
    """Return the words of a folded name by which it is told from others; a name of nothing else is kept whole."""
    return " ".join(word for word in key.split() if word not in SMALL_WORDS) or key


def _order(near: Near) -> tuple[float, int, str]:
    """Sort by likeness; of a company and a person of it that are equally like, the company comes first."""
    return -near.score, -len(near.target.leader_ids), near.target.name
