"""Who is meant by what was typed: the id of a leader, a leader's name, or the name of the company."""

from anyascii import anyascii
from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from tasks.errors import DataError
from tasks.messages import Message, message
from tasks.pages import in_name_case
from tasks.schedule.explain import Person
from tasks.schedule.problem import Problem
from tasks.store import Database


@dataclass(frozen=True)
class NamedLeader:
    """A row of ``plan/select_named_leaders``; also those who have withdrawn."""

    leader_id: str
    company: str
    given_name: str
    family_name: str
    is_withdrawn: bool

    @property
    def person(self) -> Person:
        """The leader without a person's name."""
        return Person(self.leader_id, self.company, self.is_withdrawn)


def named_leaders(db: Database, edition_id: str) -> list[NamedLeader]:
    """Return everybody who registered for an edition."""
    rows = db.rows("plan/select_named_leaders", edition_id=edition_id)
    return TypeAdapter(list[NamedLeader]).validate_python(rows)


def labels(db: Database, edition_id: str) -> dict[str, Message]:
    """Return how the organiser knows each leader: id, name and company. A leader who has gone is the id alone."""
    known = {
        leader.leader_id: message(
            "{id} {name} ({company})",
            id=leader.leader_id,
            name=in_name_case(f"{leader.given_name} {leader.family_name}".strip()),
            company=leader.company,
        )
        for leader in named_leaders(db, edition_id)
    }
    return _OrIds(known)


class _OrIds(dict[str, Message]):
    def __missing__(self, leader_id: str) -> Message:
        return message("{id}", id=leader_id)


def leaders_of_files(problem: Problem) -> list[NamedLeader]:
    """Return whom a problem file knows: ids only, also of those who are asked for and are no leaders."""
    known = [NamedLeader(one.id, "", "", "", is_withdrawn=False) for one in problem.leaders]
    asked = {request.asked for request in problem.requests} - problem.leader_by_id.keys()
    return [*known, *(NamedLeader(name, "", "", "", is_withdrawn=False) for name in sorted(asked))]


def person_named(leaders: list[NamedLeader], typed: str, place: Message) -> Person:
    """Return the one leader that is meant; accents, capitals and the order of words do not matter.

    An id wins, then a whole name of a person or a company, then words of both. Raises DataError, which says at which
    ``place`` of the call the name stands and not the name, when it fits nobody or several.
    """
    words = _words(typed)
    for fits in (_is_id, _is_whole_name, _has_words):
        found = [leader for leader in leaders if words and fits(leader, words)]
        if len(found) == 1:
            return found[0].person
        if found:
            ids = ", ".join(leader.leader_id for leader in found)
            raise DataError(
                message("this name fits several leaders: {leaders}.", leaders=ids),
                where=place,
                remedy=message("Give the number of the one who is meant, for example {leader}.", leader=ids[:4]),
            )
    raise DataError(
        message("this name fits no leader."),
        where=place,
        remedy=message("Give a number such as {leader}, or the name as in the registrations.", leader="L012"),
    )


def _words(text: str) -> frozenset[str]:
    letters = anyascii(text).casefold()
    return frozenset("".join(letter if letter.isalnum() else " " for letter in letters).split())


def _is_id(leader: NamedLeader, words: frozenset[str]) -> bool:
    return _words(leader.leader_id) == words


def _is_whole_name(leader: NamedLeader, words: frozenset[str]) -> bool:
    names = (leader.company, leader.family_name, f"{leader.given_name} {leader.family_name}")
    return any(_words(name) == words for name in names)


def _has_words(leader: NamedLeader, words: frozenset[str]) -> bool:
    return words <= _words(f"{leader.company} {leader.given_name} {leader.family_name}")
