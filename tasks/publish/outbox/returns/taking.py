"""What came back, taken in: the message it belongs to, the call list, the addresses that get no more mail.

A report belongs to the message whose id it quotes, else to the newest message to the address that it names. Taken in
twice it changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from tasks.publish.outbox.calls import Call, add_call, read_calls, settle_calls
from tasks.publish.outbox.ledger import Change, record, state_of
from tasks.publish.outbox.returns.reports import Report, UnreadableReport, read_report
from tasks.publish.outbox.states import FOLLOWERS
from tasks.publish.outbox.suppression import Suppressions, folded, salted, suppress
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class Left:
    """A message that has been tried, and the address that its leader has now."""

    message_id: UUID
    email: str | None


@dataclass(frozen=True, slots=True)
class Returned:
    """What a mailbox held, in numbers, and whom the organiser must call.

    ``unmatched_count`` are reports of mails that are not ours, ``unreadable_count`` reports that no detector can read,
    ``other_count`` mails that report nothing.
    """

    failed_count: int
    delayed_count: int
    unsubscribed_count: int
    unmatched_count: int
    known_count: int
    unreadable_count: int
    other_count: int
    calls: tuple[Call, ...]

    @property
    def row(self) -> dict[str, object]:
        """The same for machines."""
        return asdict(self)


_LEFT: Final = TypeAdapter(list[Left])


def take_in(db: Database, edition_id: str, mails: Iterable[bytes], at: datetime) -> Returned:
    """Note what the mails of a mailbox report, each report once."""
    seen = {str(row["report_sha256"]) for row in db.rows("outbox/select_returned")}
    taking = _Taking(db, edition_id, salted(db), _LEFT.validate_python(db.rows("outbox/select_left")), at)
    counts = dict.fromkeys(("permanent", "temporary", "unsubscribe", "unmatched", "known", "unreadable", "other"), 0)
    for content in mails:
        try:
            report = read_report(content)
        except UnreadableReport:
            counts["unreadable"] += 1
            continue
        if report is None:
            counts["other"] += 1
        elif report.sha256 in seen:
            counts["known"] += 1
        else:
            seen.add(report.sha256)
            counts[report.kind if taking.take(report) else "unmatched"] += 1
    settle_calls(db, edition_id)
    return Returned(
        failed_count=counts["permanent"],
        delayed_count=counts["temporary"],
        unsubscribed_count=counts["unsubscribe"],
        unmatched_count=counts["unmatched"],
        known_count=counts["known"],
        unreadable_count=counts["unreadable"],
        other_count=counts["other"],
        calls=tuple(read_calls(db, edition_id)),
    )


@dataclass(frozen=True, slots=True)
class _Taking:
    db: Database
    edition_id: str
    known: Suppressions
    left: Sequence[Left]
    at: datetime

    def take(self, report: Report) -> bool:
        """Note one report; say whether it is about a mail of ours."""
        message = self._asked(report) if report.kind == "unsubscribe" else self._message(report)
        if message is None:
            return False
        self._note(report, message)
        if report.kind == "unsubscribe":
            self._unsubscribe(report, message)
        if report.kind == "permanent":
            self._fail(report, message)
        return True

    def _message(self, report: Report) -> Left | None:
        """Return the message that a report is about: by its id, else the newest to the address."""
        by_id = {message.message_id: message for message in self.left}
        quoted = [by_id[key] for key in report.message_ids if key in by_id]
        if quoted:
            return quoted[0]
        to_address = [m for m in self.left if m.email is not None and folded(m.email) in report.addresses]
        return to_address[-1] if to_address else None

    def _asked(self, report: Report) -> Left | None:
        """Return the message whose reader wants no more: the one that the token was made for, else by who writes."""
        if report.token:
            return next((m for m in self.left if self.known.token(m.message_id) == report.token), None)
        written = [m for m in self.left if m.email is not None and folded(m.email) == report.sender]
        return written[-1] if written else None

    def _note(self, report: Report, message: Left) -> None:
        self.db.run(
            "outbox/insert_returned",
            report_sha256=report.sha256,
            kind=report.kind,
            message_id=str(message.message_id),
            smtp_code=report.smtp_code,
            status=report.status,
            said=report.said,
            read_at=self.at,
        )

    def _unsubscribe(self, report: Report, message: Left) -> None:
        """Suppress the address that was written to and the one that the wish came from; they may differ."""
        for address in {report.sender, folded(message.email or "")} - {""}:
            suppress(self.db, self.known.sha256(address), "person", self.at)

    def _fail(self, report: Report, message: Left) -> None:
        key = message.message_id
        if "failed" in FOLLOWERS[state_of(self.db, key)]:
            record(self.db, [Change(key, "failed", report.smtp_code, report.said)], self.at)
        if report.is_about_the_address:
            for address in report.addresses:
                suppress(self.db, self.known.sha256(address), "bounce", self.at)
        if message.email is not None:
            add_call(self.db, self.known, key, message.email, report.smtp_code, report.said, self.at)
