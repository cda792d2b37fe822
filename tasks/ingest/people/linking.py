"""The same person in two editions: sure by verdict or rule, else probable by the weight of the evidence, one to one.

Every method finds too few who come again, so the share is told as an interval: sure, and sure with probable.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, TypeAlias

from tasks.ingest.people.evidence import Identity, probability, shared_families
from tasks.ingest.people.nearness import near_names
from tasks.ingest.rows.core import IdentityLink
from tasks.ingest.rows.tables import replace_all
from tasks.ingest.values.folding import fold
from tasks.ingest.values.names import bear_one_name
from tasks.ingest.values.phones import phone
from tasks.store import Database

_LEAST_PROBABILITY: Final = 0.5
_MOST_PROBABILITY: Final = 0.99
VERDICT: Final = "verdict"

Pair: TypeAlias = tuple[str, str, str, str]  # edition and leader, earlier edition and earlier leader


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Which pairs a person holds to be one, and which to be two: it wins over every rule."""

    confirmed: Collection[Pair] = ()
    refused: Collection[Pair] = ()


def link(db: Database) -> int:
    """Link the leaders of every edition with those of all earlier ones and return the number of links.

    Call it inside a transaction; the links are made anew, and so are the questions about the probable ones of the
    current edition.
    """
    frame = db.frame("core/select_identities")
    links: list[IdentityLink] = []
    if frame["edition_id"].n_unique() > 1:
        verdicts = _verdicts(db)
        editions = _identities(frame.to_dicts())
        for earlier, later in combinations(editions.values(), 2):
            links += link_editions(earlier, later, verdicts)
    replace_all(db, IdentityLink, sorted(links))
    db.run("audit/delete_identity_questions")
    db.run("audit/insert_identity_questions")
    return len(links)


def _verdicts(db: Database) -> Verdicts:
    pairs: dict[bool, set[Pair]] = {True: set(), False: set()}
    for row in db.rows("audit/select_identity_verdicts"):
        edition_id, _, leader_id = str(row["typed"]).partition("/")
        pairs[bool(row["is_confirmed"])].add((str(row["edition_id"]), str(row["leader_id"]), edition_id, leader_id))
    return Verdicts(pairs[True], pairs[False])


def _identities(rows: Sequence[Mapping[str, object]]) -> Mapping[str, list[Identity]]:
    """Return the leaders of each edition."""
    # Whether a number is a mobile takes long to tell, and matters only where two leaders have it.
    repeated = {number for number, count in Counter(row["phone"] for row in rows).items() if count > 1}
    editions: dict[str, list[Identity]] = defaultdict(list)
    for row in rows:
        identity = to_identity(row, may_be_mobile=row["phone"] in repeated)
        editions[identity.edition_id].append(identity)
    return editions


def to_identity(row: Mapping[str, object], *, may_be_mobile: bool = True) -> Identity:
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
        is_mobile=may_be_mobile and number is not None and phone(number).is_mobile,
    )


def link_editions(
    earlier: Sequence[Identity], later: Sequence[Identity], verdicts: Verdicts | None = None
) -> Iterator[IdentityLink]:
    """Yield the links between two editions: each leader has at most one on either side, the surest."""
    verdicts = verdicts or Verdicts()
    linked: set[tuple[str, str]] = set()
    candidates = [*_decided(earlier, later, verdicts), *_sure(earlier, later), *_probable(earlier, later)]
    for found in sorted(candidates, key=_surest_first):
        ends = {(found.edition_id, found.leader_id), (found.earlier_edition_id, found.earlier_leader_id)}
        if not ends & linked and _pair(found) not in verdicts.refused:
            linked |= ends
            yield replace(found, probability=_told(found))


def _pair(found: IdentityLink) -> Pair:
    return found.edition_id, found.leader_id, found.earlier_edition_id, found.earlier_leader_id


def _told(found: IdentityLink) -> float:
    """Return the probability that is told: evidence alone is never called certain."""
    return 1.0 if found.certainty == "sure" else round(min(found.probability, _MOST_PROBABILITY), 4)


def _surest_first(found: IdentityLink) -> tuple[bool, int, float, str, str]:
    rules = [VERDICT, *SURE_RULES]
    place = rules.index(found.rule) if found.rule in rules else len(rules)
    return found.certainty != "sure", place, -found.probability, found.leader_id, found.earlier_leader_id


def same_own_email(one: Identity, other: Identity) -> bool:
    """Say whether both have the same e-mail, which nobody else reads, and a name or a given name that is one.

    Who marries keeps the given name; Marc and Marie Martin share an address and come in turns.
    """
    is_same = one.has_own_email and other.has_own_email and one.email == other.email
    is_namesake = bool(one.given_name) and one.given_name == other.given_name
    return is_same and (is_namesake or bear_one_name(one.names, other.names))


def same_siren_and_name(one: Identity, other: Identity) -> bool:
    """Say whether both are of the same company, by its number, and bear the same name but for a spelling."""
    return one.siren is not None and one.siren == other.siren and bear_one_name(one.names, other.names)


def same_mobile_and_family(one: Identity, other: Identity) -> bool:
    """Say whether both have the same mobile and the same family name, and given names that may be one."""
    is_same = one.mobile is not None and one.mobile == other.mobile and one.family_name == other.family_name
    return is_same and bear_one_name(one.names, other.names)


SURE_RULES: Final[Mapping[str, Callable[[Identity, Identity], bool]]] = {
    "own_email": same_own_email,
    "siren_and_name": same_siren_and_name,
    "mobile_and_family_name": same_mobile_and_family,
}


def _decided(earlier: Sequence[Identity], later: Sequence[Identity], verdicts: Verdicts) -> Iterator[IdentityLink]:
    """Yield the pairs that a person holds to be one; of whoever is there no more nothing is said."""
    if not verdicts.confirmed:
        return
    former = {(person.edition_id, person.leader_id): person for person in earlier}
    present = {(person.edition_id, person.leader_id): person for person in later}
    for pair in sorted(verdicts.confirmed):
        if pair[:2] in present and pair[2:] in former:
            yield _link(present[pair[:2]], former[pair[2:]], VERDICT, "sure", 1.0)


def _sure(earlier: Sequence[Identity], later: Sequence[Identity]) -> Iterator[IdentityLink]:
    """Yield the pairs of which a rule is sure, under the first rule that holds; only what could agree is compared."""
    by_mark: dict[str, list[Identity]] = defaultdict(list)
    for former in earlier:
        for mark in former.marks:
            by_mark[mark].append(former)
    for person in later:
        for former in {found.leader_id: found for mark in person.marks for found in by_mark.get(mark, ())}.values():
            rule = next((name for name, holds in SURE_RULES.items() if holds(person, former)), None)
            if rule:
                yield _link(person, former, rule, "sure", 1.0)


def _probable(earlier: Sequence[Identity], later: Sequence[Identity]) -> Iterator[IdentityLink]:
    """Yield the pairs whose evidence makes them more likely one person than two."""
    families = shared_families(person.family_name for person in (*earlier, *later))
    size = max(len(earlier), len(later))
    for person, former in near_names(earlier, later):
        found = probability(person, former, families, size)
        if found > _LEAST_PROBABILITY:
            yield _link(person, former, "weighted_evidence", "probable", found)


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
