"""What a night brought, for the quality report: files, leaders who changed or vanished, merges, the last nights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from tasks.event import Event
from tasks.messages import Language, Message, plural
from tasks.store import Database
from tasks.validate.gate import Gate
from tasks.validate.rejects_wording import AGREEING

_NIGHT_COUNT: Final = 14
_SURE_SCORE: Final = 0.8
# What audit.change says of a leader, in the order in which an organiser asks.
_KINDS: Final[Mapping[str, Message]] = {
    "registered": plural("{count} leader registered", "{count} leaders registered", count=0),
    "changed": plural("{count} leader changed", "{count} leaders changed", count=0),
    "withdrawn": plural("{count} leader withdrew", "{count} leaders withdrew", count=0),
    "returned": plural("{count} leader came back", "{count} leaders came back", count=0),
    "vanished": plural("{count} leader vanished from the export", "{count} leaders vanished from the export", count=0),
}


@dataclass(frozen=True, slots=True)
class NightFile:
    """An export, and what is doubtful about it; scores run from 0 to 1.

    Its file has left the inbox if ``is_gone``; only then it may be one that does not count (``is_current``).
    ``close_columns`` are titles and the fields for which they were taken.
    """

    file_sha256: str
    file_name: str
    source: str
    edition_id: str
    row_count: int
    read_at: datetime
    recognition_score: float
    rival_source: str | None
    rival_score: float | None
    is_current: bool
    is_gone: bool
    hidden_sheets: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    close_columns: tuple[tuple[str, str], ...]

    @property
    def is_doubtful(self) -> bool:
        """Whether another tool may have written it."""
        return self.recognition_score < _SURE_SCORE


@dataclass(frozen=True, slots=True)
class SetAsideFile:
    """A file of the inbox that could not be taken in, with a sentence in each language."""

    file_name: str
    sentence_fr: str
    sentence_en: str

    def sentence(self, language: Language) -> str:
        """Say what is wrong with it."""
        return self.sentence_fr if language == "fr" else self.sentence_en


@dataclass(frozen=True, slots=True)
class Vanished:
    """A leader who is no longer in the last full export."""

    leader_id: str
    given_name: str
    family_name: str
    company: str


@dataclass(frozen=True, slots=True)
class MergedTicket:
    """A ticket that was taken for another one of the same leader; ``evidence`` names the fields that agree."""

    leader_id: str
    registration_id: str
    into_registration_id: str
    evidence: str

    @property
    def evidence_in_words(self) -> tuple[Message | str, ...]:
        """The fields that agree; none where a person decided."""
        return tuple(AGREEING.get(name, name) for name in self.evidence.split(", ") if name)


@dataclass(frozen=True, slots=True)
class JudgedNight:
    """The gates that failed in one night, by code."""

    night: date
    stopped: tuple[str, ...]
    warned: tuple[str, ...]

    def state(self, code: str) -> str:
        """``stop``, ``warn`` or ``passed``."""
        if code in self.stopped:
            return "stop"
        return "warn" if code in self.warned else "passed"


@dataclass(frozen=True, slots=True)
class NightReport:
    """What one night brought; ``nights`` are the last fourteen that were judged, oldest first."""

    night: date
    files: tuple[NightFile, ...]
    set_aside: tuple[SetAsideFile, ...]
    vanished: tuple[Vanished, ...]
    merged: tuple[MergedTicket, ...]
    change_counts: Mapping[str, int]
    nights: tuple[JudgedNight, ...]

    @property
    def changes(self) -> tuple[Message, ...]:
        """How many leaders the night changed, in words, what did not happen left out."""
        return tuple(
            sentence.counting(self.change_counts[kind])
            for kind, sentence in _KINDS.items()
            if kind in self.change_counts
        )

    def ever_failed(self, gates: Sequence[Gate]) -> tuple[Gate, ...]:
        """Return the gates that failed in one of the last nights."""
        codes = {code for night in self.nights for code in (*night.stopped, *night.warned)}
        return tuple(gate for gate in gates if gate.code in codes)

    @property
    def most_failed(self) -> int:
        """How many gates failed in the worst of the last nights."""
        return max((len(night.stopped) + len(night.warned) for night in self.nights), default=0)


def read_night(database: Database, event: Event, night: date) -> NightReport:
    """Read what a night brought."""
    counts = database.rows("audit/select_change_counts", edition_id=event.id, night=night)
    nights = database.frame("audit/select_gate_nights", edition_id=event.id, night_count=_NIGHT_COUNT).to_dicts()
    vanished = database.frame("audit/select_vanished_leaders", edition_id=event.id).to_dicts()
    return NightReport(
        night=night,
        files=tuple(_file(row) for row in database.frame("audit/select_night_files").to_dicts()),
        set_aside=tuple(SetAsideFile(**row) for row in database.frame("audit/select_set_aside_files").to_dicts()),
        vanished=tuple(Vanished(**row) for row in vanished),
        merged=tuple(_merged(row) for row in database.rows("audit/select_merges", edition_id=event.id)),
        change_counts={str(row["kind"]): int(str(row["leader_count"])) for row in counts},
        nights=tuple(JudgedNight(row["night"], tuple(row["stopped"]), tuple(row["warned"])) for row in nights),
    )


def _file(row: Mapping[str, Any]) -> NightFile:
    close = tuple((column["title"], column["field"]) for column in row["close_columns"])
    lists = {name: tuple(row[name]) for name in ("hidden_sheets", "unknown_columns")}
    return NightFile(**{**row, **lists, "close_columns": close})


def _merged(row: Mapping[str, Any]) -> MergedTicket:
    names = ("leader_id", "registration_id", "into_registration_id", "evidence")
    return MergedTicket(**{name: row[name] for name in names})
