"""What somebody typed, to the company or the person that was meant: alone where it is clear, else a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias

from tasks.ingest.people.directory import Directory
from tasks.ingest.records.vocabulary import POINTER
from tasks.ingest.values.folding import fold
from tasks.ingest.wishes.targets import Near, Targets, is_alike

# Measured on made-up typing errors: below these, one recognised name in twelve was wrong.
ACCEPTED_SCORE: Final = 90
ACCEPTED_GAP: Final = 10
CANDIDATES: Final = 3
# Longer than this nobody types a name, or a list of names into one cell; comparing it would take minutes.
_LONGEST_NAME: Final = 200
_LONGEST_LIST: Final = 2000
_EMAIL: Final = re.compile(r"[^\s<>(),;:\"']+@[^\s<>(),;:\"']+[^\s<>(),;:\"'.]")
# What stands beside a name says more of it: Company (person), Person - company, Person chez company.
_BESIDE: Final = re.compile(r"\s+[-–—|]\s+|[():]|\bchez\b|\bde la société\b|\bat\b", re.IGNORECASE)  # noqa: RUF001 -- people type dashes
_LIST: Final = re.compile(r"\s*[,/+]\s*|\s+(?:et|and)\s+|\s+[-–—|]\s+", re.IGNORECASE)  # noqa: RUF001 -- people type dashes
_POSTCODE: Final = re.compile(r"(?:f )?(?:\d{5}(?: [a-z ]+)?|\d\d)")

Rule: TypeAlias = Literal["catalogue_number", "email", "exact", "close", "decision"]
Reason: TypeAlias = Literal[
    "not_a_name", "no_near_name", "several_near_names", "own_company", "number_among_names", "number_out_of_range"
]


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


# The parts of a text with who was meant by each; of catalogue numbers some may be unclear.
Meant: TypeAlias = tuple[tuple[str, Recognised | Doubt], ...]


@dataclass(frozen=True)
class Recogniser:
    """Knows the companies and persons of an edition by what people may type for them."""

    directory: Directory

    @cached_property
    def _targets(self) -> Targets:
        return Targets(self.directory)

    def recognise_all(self, typed: str) -> Meant | Doubt:
        """Return who was meant by a text of one name or of several, part by part; else why that is unclear.

        A text is a list only where it is no name itself and every part of it is clear.
        """
        found = self.recognise(typed)
        if isinstance(found, Recognised):
            return ((typed, found),)
        if found.reason == "not_a_name" or len(typed) > _LONGEST_LIST:
            return found
        parts = [part for part in _LIST.split(typed) if part]
        if len(parts) < len(("one", "other")) or any(map(_is_torn, parts)):
            return found
        each = [(part, self.recognise(part)) for part in parts]
        clear = tuple((part, meant) for part, meant in each if isinstance(meant, Recognised))
        return clear if len(clear) == len(each) else found

    def recognise(self, typed: str) -> Recognised | Doubt:
        """Return who was meant by one name, else why that is unclear.

        Accepted alone: what is exact after folding, or scores at least 90 and 10 more than any other company.
        """
        exact = self._exactly(typed)
        if exact:
            return exact
        if len(typed) > _LONGEST_NAME:
            return Doubt("no_near_name")
        if POINTER.fullmatch(fold(typed)) or not re.search(r"[^\W\d]", typed):
            return Doubt("not_a_name")
        return self._addressed(typed) or self._beside(typed) or self._nearly(typed)

    def is_name(self, typed: str) -> bool:
        """Say whether a company or a person bears exactly this name, be it a number or a town."""
        return bool(self._targets.exactly(typed))

    def _exactly(self, typed: str) -> Recognised | Doubt | None:
        """Return the one company or person of exactly this name, a doubt where two bear it."""
        found = self._targets.exactly(typed)
        if len({target.company_id for target in found}) > 1:
            leader_ids = dict.fromkeys(target.leader_ids[0] for target in found)
            return Doubt("several_near_names", tuple((leader_id, 100.0) for leader_id in leader_ids)[:CANDIDATES])
        return Recognised(min((target.leader_ids for target in found), key=len), "exact", 100.0) if found else None

    def _addressed(self, typed: str) -> Recognised | Doubt | None:
        """Return whom the address in a text reaches; an address of a stranger says nothing about a name beside it."""
        addresses = _EMAIL.findall(typed.lower())
        if not addresses:
            return None
        reached = [leader_ids for address in addresses if (leader_ids := self.directory.addressed(address))]
        rest = _EMAIL.sub(" ", typed).strip(" <>()-,;:/")
        if len(set(reached)) == 1 and len(reached) == len(addresses) and not self._is_other(rest, reached[0]):
            return Recognised(reached[0], "email", 100.0)
        if len(addresses) == 1 and not reached and fold(rest):
            return self.recognise(rest)
        candidates = dict.fromkeys(leader_ids[0] for leader_ids in reached)
        reason: Reason = "several_near_names" if candidates else "no_near_name"
        return Doubt(reason, tuple((leader_id, 100.0) for leader_id in candidates)[:CANDIDATES])

    def _is_other(self, rest: str, leader_ids: Sequence[str]) -> bool:
        """Say whether what stands beside an address names somebody of another company."""
        found = self.recognise(rest) if fold(rest) else None
        return isinstance(found, Recognised) and self._company_of(found.leader_ids) != self._company_of(leader_ids)

    def _company_of(self, leader_ids: Sequence[str]) -> str:
        return self.directory.leaders[leader_ids[0]].company_id

    def _beside(self, typed: str) -> Recognised | None:
        """Read ``Company (person)``, ``Person - company`` or ``Company, town``: the narrowest part that is exact.

        What stands beside it may say anything but name another company; after a comma only the same one again.
        """
        exact: list[Recognised] = []
        companies: set[str] = set()
        for part in _BESIDE.split(typed):
            pieces = [piece for piece in part.split(",") if fold(piece) and not self._is_place(piece)]
            found = [self._exactly(piece) or self._nearly(piece) for piece in pieces]
            known = [each for each in found if isinstance(each, Recognised)]
            if len(pieces) > 1 and len(known) < len(pieces):
                return None
            exact += (each for each in known if each.rule == "exact")
            companies |= {self._company_of(each.leader_ids) for each in known}
        return min(exact, key=lambda each: len(each.leader_ids)) if exact and len(companies) == 1 else None

    def _is_place(self, piece: str) -> bool:
        words = fold(piece)
        return (words in self.directory.towns or _POSTCODE.fullmatch(words) is not None) and not self.is_name(piece)

    def _nearly(self, typed: str) -> Recognised | Doubt:
        nearest = self._targets.nearest(typed)
        if not nearest:
            return Doubt("no_near_name")
        best = nearest[0]
        rival = nearest[1].score if len(nearest) > 1 else 0.0
        is_clear = best.score >= ACCEPTED_SCORE and best.score - rival >= ACCEPTED_GAP
        # What looks like a list must have as many words as the one name it is taken for: the rest of it would be lost.
        is_whole = not _LIST.search(typed) or len(best.query.split()) == len(best.key.split())
        if is_clear and is_whole and is_alike(best.query, best.key):
            return Recognised(best.target.leader_ids, "close", round(best.score, 1))
        is_crowded = best.score >= ACCEPTED_SCORE and not is_clear
        return Doubt("several_near_names" if is_crowded else "no_near_name", _candidates(nearest))


def _candidates(nearest: Sequence[Near]) -> tuple[tuple[str, float], ...]:
    return tuple((near.target.leader_ids[0], round(near.score, 1)) for near in nearest[:CANDIDATES])


def _is_torn(part: str) -> bool:
    return part.count("(") != part.count(")")
