"""Where the event stands, in a dozen figures: what ``rencontres status`` says and the start page shows."""

from dataclasses import asdict, dataclass

from pydantic import TypeAdapter

from tasks.event import Event
from tasks.messages import Message, message, plural
from tasks.publish.outbox.states import STUCK, WAITING
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts of the current edition; what does not exist yet is None. Shares run from 0 to 1."""

    leaders_count: int
    withdrawn_count: int
    vanished_count: int
    requests_count: int
    exhibitors_count: int
    rejected_count: int
    review_count: int
    set_aside_count: int
    is_base_sound: bool | None
    versions_count: int
    version_id: str | None
    plan_status: str | None
    plan_kind: str | None
    plan_verdict: str | None
    meetings_count: int
    value: int | None
    value_bound: int | None
    shortfall: int | None
    shortfall_bound: int | None
    gaps: int | None
    gaps_bound: int | None
    below_minimum_count: int
    approved_version_id: str | None
    sent_count: int
    waiting_count: int
    stuck_count: int
    call_count: int
    repeat_share_low: float | None
    repeat_share_high: float | None

    @property
    def row(self) -> dict[str, object]:
        """The figures under their names, for machines."""
        return asdict(self)

    @property
    def is_value_proven(self) -> bool:
        """Whether no plan can be worth more."""
        return self.value is not None and self.value == self.value_bound

    def sentences(self, event: Event) -> list[Message]:
        """Return what a person is told, in the order of the way."""
        return [
            *self._on_the_base(),
            *self._on_the_plan(event),
            *self._on_the_mails(),
            *self._on_the_report(),
        ]

    def _on_the_base(self) -> list[Message]:
        if self.leaders_count == 0:
            empty = message("No leader yet. Drop exports into the inbox and call: rencontres ingest")
            return [empty, *self._to_see_to()]
        return [
            plural("{count} leader registered", "{count} leaders registered", count=self.leaders_count),
            plural("{count} meeting asked for", "{count} meetings asked for", count=self.requests_count),
            *self._to_see_to(),
        ]

    def _to_see_to(self) -> list[Message]:
        counts = [
            plural(
                "{count} leader gone from the last export, to confirm",
                "{count} leaders gone from the last export, to confirm",
                count=self.vanished_count,
            ),
            plural("{count} line to decide", "{count} lines to decide", count=self.review_count),
            plural("{count} value refused", "{count} values refused", count=self.rejected_count),
            plural("{count} file set aside", "{count} files set aside", count=self.set_aside_count),
        ]
        return [sentence for sentence in counts if sentence.values["count"]]

    def _on_the_plan(self, event: Event) -> list[Message]:
        if self.version_id is None:
            return [message("No plan yet. Make one with: rencontres schedule")] if self.leaders_count else []
        proof = (
            message("value {value}, proven to be the best possible", value=self.value)
            if self.is_value_proven
            else message("value {value}, at most {bound} possible", value=self.value, bound=self.value_bound)
        )
        return [
            plural(
                "plan {version}: {count} meeting",
                "plan {version}: {count} meetings",
                count=self.meetings_count,
                version=self.version_id,
            ),
            proof,
            message("{gaps} idle slots, at least {bound} unavoidable", gaps=self.gaps, bound=self.gaps_bound),
            plural(
                "{count} leader with fewer than {minimum} meetings",
                "{count} leaders with fewer than {minimum} meetings",
                count=self.below_minimum_count,
                minimum=event.meetings.minimum,
            ),
            self._on_the_decision(),
        ]

    def _on_the_decision(self) -> Message:
        if self.approved_version_id:
            return message("approved: {version}", version=self.approved_version_id)
        if self.plan_kind == "preliminary":
            return message("preliminary plan {version}; for good: rencontres schedule", version=self.version_id)
        if self.plan_verdict == "rejected":
            return message("rejected: {version}; to plan again: rencontres schedule", version=self.version_id)
        return message("not approved yet: rencontres approve {version}", version=self.version_id)

    def _on_the_mails(self) -> list[Message]:
        counts = [
            plural("{count} mail delivered", "{count} mails delivered", count=self.sent_count),
            plural("{count} mail waiting", "{count} mails waiting", count=self.waiting_count),
            plural(
                "{count} mail whose fate a person must settle",
                "{count} mails whose fate a person must settle",
                count=self.stuck_count,
            ),
            plural(
                "{count} leader to call, no mail arrives: rencontres bounces",
                "{count} leaders to call, no mail arrives: rencontres bounces",
                count=self.call_count,
            ),
        ]
        return [sentence for sentence in counts if sentence.values["count"]]

    def _on_the_report(self) -> list[Message]:
        if self.repeat_share_low is None or self.repeat_share_high is None:
            return []
        low, high = (round(100 * share) for share in (self.repeat_share_low, self.repeat_share_high))
        return [message("had come before, among those present: {low} to {high}%", low=low, high=high)]


_STANDING = TypeAdapter(Standing)


def standing(db: Database, event: Event) -> Standing:
    """Read where the event stands."""
    (row,) = db.rows(
        "core/select_standing",
        edition_id=event.id,
        minimum=event.meetings.minimum,
        waiting=sorted(WAITING),
        stuck=sorted({*STUCK, "sending"}),  # nobody is sending now: what is left in that state has an unknown fate
    )
    return _STANDING.validate_python(row)
