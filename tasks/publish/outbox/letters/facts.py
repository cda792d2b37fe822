"""What letters are made from, read once for all leaders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tasks.event import Event
from tasks.messages import Language
from tasks.publish.agendas.afternoon import Person, read_people
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.agendas.wording import day_and_month
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class Facts:
    """Who there is, and per leader whom they asked for, who is proposed to them and whom they met, best first."""

    event: Event
    today: date
    people: Mapping[str, Person]
    wishes: Mapping[str, tuple[str, ...]]
    proposed: Mapping[str, tuple[str, ...]]
    met: Mapping[str, tuple[str, ...]]
    agendas: Mapping[str, Agenda] = field(default_factory=dict)

    def named(self, leader_ids: Iterable[str]) -> tuple[Person, ...]:
        """Return these leaders as others may see them, without those who are not in the base any more."""
        return tuple(self.people[leader_id] for leader_id in leader_ids if leader_id in self.people)

    def registered(self, leader_ids: Iterable[str]) -> tuple[Person, ...]:
        """Return those of these leaders who still come."""
        return tuple(person for person in self.named(leader_ids) if person.is_registered)

    def day(self, language: Language) -> str:
        """Return the day of the event as a subject line writes it."""
        return day_and_month(self.event.date, language)


def read_facts(db: Database, event: Event, today: date, agendas: Iterable[Agenda] = ()) -> Facts:
    """Read what letters may speak of. ``agendas`` are those of the approved plan, where a kind repeats them."""
    return Facts(
        event=event,
        today=today,
        people=read_people(db, event.id),
        wishes=_partners(db, "outbox/select_wishes", event.id),
        proposed=_partners(db, "outbox/select_proposed", event.id),
        met=_partners(db, "outbox/select_met", event.id),
        agendas={agenda.leader_id: agenda for agenda in agendas},
    )


def _partners(db: Database, statement: str, edition_id: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in db.rows(statement, edition_id=edition_id):
        found.setdefault(str(row["leader_id"]), []).append(str(row["partner_id"]))
    return {leader_id: tuple(partners) for leader_id, partners in found.items()}
