"""How people type whom they want to meet: rightly, carelessly, or so that nobody can tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal, TypeAlias

from anyascii import anyascii

from tasks.demo.companies import Company, folded
from tasks.demo.faults import misspelt
from tasks.demo.world import Visit

Manner: TypeAlias = Literal["exact", "variant", "typo", "person", "ambiguous", "unknown", "nothing"]

_MANNERS: Final[tuple[Manner, ...]] = ("exact", "variant", "typo", "person", "ambiguous")
_MANNER_WEIGHTS: Final = (58, 22, 13, 5, 2)
UNKNOWN: Final = ("Verrerie du Haut-Pays", "Chantiers navals Morin", "Ets Vandercruyssen", "Tuilerie de Bray")
NOTHING: Final = ("voir liste", "idem", "tous", "idem que l'an dernier")


@dataclass(frozen=True, slots=True)
class TypedWish:
    """A wish as typed, with the truth behind it: ``meant`` is a position, None where nobody is meant."""

    text: str
    manner: Manner
    meant: int | None


def type_wish(rng: Random, visits: Sequence[Visit], meant: int) -> TypedWish:
    """Return what someone types who wants to meet the leader at position ``meant``."""
    company = visits[meant].company
    if sum(visit.company == company for visit in visits) > 1:
        return TypedWish(visits[meant].person.full_name, "person", meant)
    manner = rng.choices(_MANNERS, weights=_MANNER_WEIGHTS)[0]
    if manner == "person":
        return TypedWish(_person(rng, visits[meant]), manner, meant)
    if manner == "ambiguous":
        return _ambiguous(visits, meant)
    if manner == "exact":
        return TypedWish(company.full_name, manner, meant)
    text = _variant(rng, company) if manner == "variant" else _typo(rng, company)
    return TypedWish(text, manner, meant)


def _person(rng: Random, visit: Visit) -> str:
    person = visit.person
    return rng.choice((person.full_name, f"{person.family.upper()} {person.given}", f"{person.full_name} "))


def _ambiguous(visits: Sequence[Visit], meant: int) -> TypedWish:
    """Type only the first word, if others begin with it too; a person must decide then."""
    first = visits[meant].company.name.split()[0]
    alike = sum(visit.company.name.split()[0] == first for visit in visits)
    if alike > 1 and len(first) > 3:  # noqa: PLR2004 -- « Les » says nothing at all
        return TypedWish(first, "ambiguous", meant)
    return TypedWish(visits[meant].company.full_name, "exact", meant)


def _variant(rng: Random, company: Company) -> str:
    """Return the name as another hand writes it: same letters once case, accents and legal form are gone."""
    ways: tuple[Callable[[str], str], ...] = (
        str.upper,
        str.lower,
        anyascii,
        lambda name: f"{name} ",
        lambda name: f"{name} SARL",
        lambda name: name.replace("'", "\u2019"),
    )
    return rng.choice(ways)(company.name)


def _typo(rng: Random, company: Company) -> str:
    """Return the name with a slip in its longest word, now and then with two."""
    text = company.name
    for _ in range(rng.choice((1, 1, 1, 2))):
        longest = max(text.split(), key=len)
        text = text.replace(longest, misspelt(rng, longest), 1)
    return text if folded(text) != folded(company.name) else f"{text}e"
