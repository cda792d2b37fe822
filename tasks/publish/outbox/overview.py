"""The outbox seen whole: how many messages of which kind are where, what waits longest, what went wrong last."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tasks.event import Event
from tasks.messages import Message, message
from tasks.publish.outbox.kinds import NAMES
from tasks.publish.outbox.ledger import Entry, read_entries
from tasks.publish.outbox.states import STATE_WORDS, STATES, STUCK, WAITING, State
from tasks.store import Database

_SHORT: Final = 8


@dataclass(frozen=True, slots=True)
class Counted:
    """How many messages of a kind are in a state."""

    kind: str
    state: State
    count: int

    @property
    def name(self) -> Message:
        """The kind as people say it."""
        return NAMES[self.kind]

    @property
    def words(self) -> Message:
        """The state as people say it."""
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A message that did not arrive, or not for sure, and to whom it goes, as the organiser knows them."""

    entry: Entry
    name: str
    company: str

    @property
    def short_id(self) -> str:
        """The beginning of the message's id: enough to name it in a command."""
        return str(self.entry.message_id)[:_SHORT]

    @property
    def kind_name(self) -> Message:
        """The kind as people say it."""
        return NAMES[self.entry.kind]

    @property
    def words(self) -> Message:
        """The state as people say it."""
        return STATE_WORDS[self.entry.state]

    @property
    def reason(self) -> Message:
        """Why, as far as anybody knows."""
        return reason(self.entry)

    @property
    def row(self) -> dict[str, object]:
        """Ids and states, for machines: no name."""
        return {
            "message_id": self.entry.message_id,
            "leader_id": self.entry.leader_id,
            "kind": self.entry.kind,
            "state": self.entry.state,
            "smtp_code": self.entry.smtp_code,
            "smtp_said": self.entry.smtp_said,
        }


@dataclass(frozen=True, slots=True)
class Overview:
    """Where all messages of an edition stand; ``troubles`` are the failed and the unknown ones."""

    counts: tuple[Counted, ...]
    oldest_waiting: Entry | None
    last_error: Entry | None
    troubles: tuple[Trouble, ...]

    @property
    def row(self) -> dict[str, object]:
        """Counts, instants and ids, for machines: no name."""
        return {
            "counts": [{"kind": c.kind, "state": c.state, "messages": c.count} for c in self.counts],
            "oldest_waiting_since": self.oldest_waiting and self.oldest_waiting.created_at,
            "last_error": self.last_error and {"at": self.last_error.changed_at, "error": str(reason(self.last_error))},
            "troubles": [trouble.row for trouble in self.troubles],
        }

    @property
    def sentences(self) -> list[Message]:
        """The same for the organiser at a terminal, with names."""
        if not self.counts:
            return [message("The outbox is empty. To fill it: rencontres send")]
        lines = [
            message(
                "{kind}, {state}: {count}",
                kind=counted.name,
                state=counted.words,
                count=counted.count,
            )
            for counted in self.counts
        ]
        drafts = ", ".join(counted.kind for counted in self.counts if counted.state == "draft")
        if drafts:
            lines.append(
                message("To let drafts go: rencontres outbox approve --kind KIND, one of {kinds}", kinds=drafts)
            )
        if self.oldest_waiting:
            lines.append(message("Oldest that waits: written {at}", at=_minute(self.oldest_waiting.created_at)))
        if self.last_error:
            values = {"at": _minute(self.last_error.changed_at), "error": reason(self.last_error)}
            lines.append(message("Last error, {at}: {error}", **values))
        for trouble in self.troubles:
            values = {"id": trouble.short_id, "leader": trouble.entry.leader_id, "name": trouble.name}
            values |= {"company": trouble.company, "kind": trouble.kind_name, "state": trouble.words}
            lines.append(
                message("{id}  {leader} {name} ({company}), {kind}, {state}: {error}", **values, error=trouble.reason)
            )
        if any(not trouble.entry.is_unwritten for trouble in self.troubles):
            lines.append(
                message("Once you know that it did not arrive, to send one again: rencontres outbox resend ID")
            )
        return lines


def overview(db: Database, event: Event) -> Overview:
    """Return where the messages of the event stand."""
    entries = read_entries(db, event.id)
    counts = Counter((entry.kind, entry.state) for entry in entries)
    named = {row["leader_id"]: row for row in db.rows("outbox/select_names", edition_id=event.id)}
    waiting = [entry for entry in entries if entry.state in WAITING]
    wrong = [entry for entry in entries if entry.state in {*STUCK, "deferred"}]
    return Overview(
        counts=tuple(
            Counted(kind, state, counts[kind, state]) for kind in NAMES for state in STATES if counts[kind, state]
        ),
        oldest_waiting=min(waiting, key=lambda entry: entry.created_at, default=None),
        last_error=max(wrong, key=lambda entry: entry.changed_at, default=None),
        troubles=tuple(_trouble(entry, named) for entry in wrong if entry.state in STUCK),
    )


def described(found: Overview, without_address: Sequence[str]) -> str:
    """Return what goes above the counts where only ids may be read: in a run's artifact."""
    stuck = ", ".join(f"{each.entry.leader_id} ({each.entry.kind}, {each.entry.state})" for each in found.troubles)
    oldest, error = found.oldest_waiting, found.last_error
    lines = [
        f"Oldest waiting: {f'written {_minute(oldest.created_at)}' if oldest else 'none'}",
        f"Last error: {f'{_minute(error.changed_at)} {reason(error)}' if error else 'none'}",
        f"Failed or unknown: {stuck or 'none'}",
        f"Leaders without an address of their own: {', '.join(without_address) or 'none'}",
    ]
    return "\n\n".join(lines)


def reason(entry: Entry) -> Message:
    """Return why a message was put off, refused or lost sight of: the server's words, where it said any."""
    if entry.smtp_code is not None:
        said = entry.smtp_said or ""
        code = str(entry.smtp_code)  # a report has it in its words already
        return message("{detail}", detail=said if said.startswith(code) else f"{code} {said}".strip())
    if entry.smtp_said:  # a report without a code, or why the mail could not be written
        return message("{detail}", detail=entry.smtp_said)
    if entry.state == "failed":
        return message("it came back, and the report gives no reason")
    if entry.state == "unknown":
        return message("it was handed over and no answer came; or the program ended while it was being sent")
    return message("the connection was lost before it was handed over")


def _trouble(entry: Entry, named: Mapping[object, Mapping[str, object]]) -> Trouble:
    person = named.get(entry.leader_id, {})
    return Trouble(entry, str(person.get("name", "")), str(person.get("company", "")))


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
