"""The same person in two editions: sure by a rule, else probable by the weight of the evidence, one to one.

Every method finds too few who come again, so the share is told as an interval: sure, and sure with probable.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz, process

from tasks.ingest.evidence import Identity, probability, shared_families
from tasks.ingest.folding import fold
from tasks.ingest.identity import is_same_name
from tasks.ingest.normalise import phone
from tasks.ingest.rows import IdentityLink
from tasks.ingest.tables import replace_all
from tasks.store import Database

# Below this the names have so little in common that no evidence would make up for it.
_COMPARED: Final = 60
_LEAST_PROBABILITY: Final = 0.5
_MOST_PROBABILITY: Final = 0.99


def link(db: Database) -> int:
    """Link the leaders of every edition with those of all earlier ones and return the number of links.

    Call it inside a transaction; the links are made anew.
    """
    editions: dict[str, list[Identity]] = defaultdict(list)
    for row in db.rows("core/select_identities"):
        identity = to_identity(row)
        editions[identity.edition_id].append(identity)
    pairs = combinations(editions.values(), 2)
    links = [found for earlier, later in pairs for found in link_editions(earlier, later)]
    replace_all(db, IdentityLink, sorted(links))
    return len(links)


def to_identity(row: Mapping[str, object]) -> Identity:
    """Return what a row of ``core/select_identities`` tells of a leader."""
    values = {name: None if value is None else str(value) for name, value in row.items()}
    number = values["phone"]
    return Identity(
        edition_id=values["edition_id"] or "",
        leader_id=values["leader_id"] or "",
        family_name=fold(values["family_name"] or ""),
        given_name=fold(values["given_name"] or ""),
        company=values["company_key"] or "",
        siren=values["siren"],
        postcode=values["postcode"],
        email=values["email"],
        has_own_email=bool(row["has_own_email"]),
        phone=number,
        is_mobile=number is not None and phone(number).is_mobile,
    )


def link_editions(earlier: Sequence[Identity], later: Sequence[Identity]) -> Iterator[IdentityLink]:
    """Yield the links between two editions: each leader has at most one on either side, the surest."""
    linked: set[tuple[str, str]] = set()
    candidates = [*_sure(earlier, later), *_probable(earlier, later)]
    for found in sorted(candidates, key=_surest_first):
        ends = {(found.edition_id, found.leader_id), (found.earlier_edition_id, found.earlier_leader_id)}
        if not ends & linked:
            linked |= ends
            yield replace(found, probability=_told(found))


def _told(found: IdentityLink) -> float:
    """Return the probability that is told: evidence alone is never called certain."""
    return 1.0 if found.certainty == "sure" else round(min(found.probability, _MOST_PROBABILITY), 4)


def _surest_first(found: IdentityLink) -> tuple[bool, int, float, str, str]:
    place = list(SURE_RULES).index(found.rule) if found.rule in SURE_RULES else len(SURE_RULES)
    return found.certainty != "sure", place, -found.probability, found.leader_id, found.earlier_leader_id


def same_own_email(one: Identity, other: Identity) -> bool:
    """Say whether both have the same e-mail, which nobody else reads, and names that have something in common."""
    is_same = one.has_own_email and other.has_own_email and one.email == other.email
    return is_same and (bool(one.words & other.words) or is_same_name(one.name_key, other.name_key))


def same_siren_and_name(one: Identity, other: Identity) -> bool:
    """Say whether both are of the same company, by its number, and bear the same name but for a spelling."""
    return one.siren is not None and one.siren == other.siren and is_same_name(one.name_key, other.name_key)


def same_mobile_and_family(one: Identity, other: Identity) -> bool:
    """Say whether both have the same mobile and the same family name."""
    return one.mobile is not None and one.mobile == other.mobile and one.family_name == other.family_name


SURE_RULES: Final[Mapping[str, Callable[[Identity, Identity], bool]]] = {
    "own_email": same_own_email,
    "siren_and_name": same_siren_and_name,
    "mobile_and_family_name": same_mobile_and_family,
}


def _sure(earlier: Sequence[Identity], later: Sequence[Identity]) -> Iterator[IdentityLink]:
    """Yield the pairs of which a rule is sure, under the first rule that holds; only what could agree is compared."""
    by_mark: dict[str, list[Identity]] = defaultdict(list)
    for former in earlier:
        for mark in former.marks:
            by_mark[mark].append(former)
    for person in later:
        for former in {found.leader_id: found for mark in person.marks for found in by_mark[mark]}.values():
            rule = next((name for name, holds in SURE_RULES.items() if holds(person, former)), None)
            if rule:
                yield _link(person, former, rule, "sure", 1.0)


def _probable(earlier: Sequence[Identity], later: Sequence[Identity]) -> Iterator[IdentityLink]:
    """Yield the pairs whose evidence makes them more likely one person than two."""
    families = shared_families((*earlier, *later))
    names = [former.name_key for former in earlier]
    for person in later:
        near = process.extract(person.name_key, names, scorer=fuzz.token_sort_ratio, score_cutoff=_COMPARED, limit=None)
        for _, _, index in near:
            found = probability(person, earlier[index], families, max(len(earlier), len(later)))
            if found > _LEAST_PROBABILITY:
                yield _link(person, earlier[index], "weighted_evidence", "probable", found)


def _link(person: Identity, former: Identity, rule: str, certainty: str, value: float) -> IdentityLink:
    return IdentityLink(
        edition_id=person.edition_id,
        leader_id=person.leader_id,
        earlier_edition_id=former.edition_id,
        earlier_leader_id=former.leader_id,
        rule=rule,
        certainty=certainty,
        probability=value,
    )
