"""Made-up people, reachable nowhere: reserved domains and the telephone numbers kept for films."""

from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from tasks.demo.companies import Company, folded, slug
from tasks.demo.words import english_speakers, job_titles, names, pick

# Ranges that the regulator (ARCEP) keeps for works of fiction; the mobile one is the most frequent, as in life.
FICTION_RANGES: Final = ("063998", "035301", "019900", "026191", "046571", "053649")
_RANGE_WEIGHTS: Final = (70, 22, 3, 2, 2, 1)
_MAILBOXES: Final = ("courriel.example", "boite-aux-lettres.example", "messagerie.example")
_OWNER_LEADS_SHARE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Person:
    """One human being, the same in every edition. ``phone`` is ten digits."""

    key: str
    given: str
    family: str
    title: str
    phone: str
    language: Literal["fr", "en"] = "fr"

    @property
    def full_name(self) -> str:
        """Given name, then family name."""
        return f"{self.given} {self.family}"


class Population:
    """Draws people; no two share a full name or a telephone number unless they are asked to."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()
        self._lines = rng.sample(range(10_000), 10_000)
        self._english = list(english_speakers())
        self._count = 0

    def draw(self, company: Company, *, family: str | None = None) -> Person:
        """Return someone new who leads ``company``, often under the name over its door."""
        while True:
            is_woman = self._rng.random() < 0.38  # noqa: PLR2004 -- share of women among the region's leaders, about
            given = self._rng.choice(names("people", "women" if is_woman else "men"))
            surname = family or self._surname(company)
            if folded(f"{given} {surname}") not in self._taken:
                return self._person(given, surname, is_woman=is_woman)

    def draw_english_speaker(self) -> Person:
        """Return someone new who answers in English."""
        speaker = self._english.pop(0)
        return self._person(speaker.given, speaker.family, is_woman=speaker.is_woman, language="en")

    def draw_homonym(self, other: Person) -> Person:
        """Return another human being who bears the same name."""
        is_woman = other.given in names("people", "women")
        return self._person(other.given, other.family, is_woman=is_woman)

    def _person(self, given: str, family: str, *, is_woman: bool, language: Literal["fr", "en"] = "fr") -> Person:
        self._taken.add(folded(f"{given} {family}"))
        self._count += 1
        title = pick(self._rng, job_titles())
        phone = f"{self._rng.choices(FICTION_RANGES, weights=_RANGE_WEIGHTS)[0]}{self._lines.pop():04d}"
        return Person(f"P{self._count:03d}", given, family, title.woman if is_woman else title.man, phone, language)

    def _surname(self, company: Company) -> str:
        over_the_door = [name for name in names("people", "family") if name in company.name]
        if over_the_door and self._rng.random() < _OWNER_LEADS_SHARE:
            return max(over_the_door, key=len)
        return self._rng.choice(names("people", "family"))


def business_address(rng: Random, person: Person, company: Company) -> str:
    """Return an address at the company: of the person, or now and then of everyone there."""
    given, family = slug(person.given), slug(person.family)
    local = rng.choices((f"{given}.{family}", f"{given[0]}.{family}", given, "contact"), weights=(58, 26, 13, 3))[0]
    return f"{local}@{company.domain}"


def private_address(rng: Random, person: Person) -> str:
    """Return an address that follows the person from company to company."""
    return f"{slug(person.given)}.{slug(person.family)}@{rng.choice(_MAILBOXES)}"
