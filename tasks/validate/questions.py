"""The questions that wait for a person, in words: who, what was typed, why it is unclear, who may be meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from tasks.messages import Language, Message, message
from tasks.questionnaire import QuestionKind, siren_asked

if TYPE_CHECKING:  # the process that draws the workbook does without DuckDB and Polars
    from tasks.store import Database

_SHOWN_LENGTH: Final = 80  # characters of a text that anybody may have typed at any length
_KINDS: Final[Mapping[QuestionKind, Message]] = {
    "asker": message("Answers whose author was not recognised"),
    "category": message("Products or services that are not in the list of categories"),
    "company": message("SIREN numbers under two names that are not alike"),
    "duplicate": message("Registrations that may be one person's"),
    "exclusion": message("Refusals whose company or person was not recognised"),
    "identity": message("Leaders who may be the same person as in an earlier edition"),
    "request": message("Wishes whose company or person was not recognised"),
    "withdrawal": message("Leaders who are no longer in the last export"),
}
_UNCLEAR: Final[Mapping[QuestionKind, Message]] = {
    "asker": message("It is not clear whose answer this is."),
    "category": message("It is not clear what is meant."),
    "company": message("It is not clear whether this is one company."),
    "duplicate": message("It is not clear whether this is one person."),
    "identity": message("It is not clear whether this is one person."),
    "withdrawal": message("It is not clear whether this leader still comes."),
}
_WHO_IS_MEANT: Final = message("It is not clear who is meant.")
# The reasons of ingestion, as it writes them in audit.review_item.
_REASONS: Final[Mapping[str, Message]] = {
    "not_a_name": message("This is no name."),
    "no_near_name": message("No company or person of this edition bears a name near enough."),
    "several_near_names": message("Several companies or persons bear this name or nearly so."),
    "unknown_asker": message("Neither the address nor the name of this answer is that of a leader of this edition."),
    "own_company": message("This is the leader's own company."),
    "number_among_names": message("A number beside names: it may be a catalogue number, or not."),
    "number_out_of_range": message("There is no such number in the catalogue."),
    "unknown_category": message("No category bears this name."),
    "vanished": message("The last export no longer has this registration: withdrawn, or left out by mistake?"),
    "close_names": message("Nearly the same name in the same company, and two registrations."),
    "same_mobile": message("The same mobile telephone, under two names."),
    "same_email": message("The same e-mail address, under two names."),
    "same_name": message("The same name, in two companies."),
    "one_siren": message(
        "The same SIREN under two names that are not alike: two names of one company, or a wrong number?"
    ),
    "probable": message("Name, company or address agree, but not enough to be sure."),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A leader as people know them: id, catalogue number, name, company; ``edition_id`` only of an earlier edition."""

    leader_id: str
    number: int
    name: str
    company: str
    edition_id: str = ""

    def label(self, language: Language) -> str:
        """Return the leader as the workbook offers them."""
        name, company = _cut(self.name), _cut(self.company)
        words = message("no {number} – {name} ({company})", number=self.number, name=name, company=company)  # noqa: RUF001 -- a dash between two things
        return words.translated(language)

    def on_page(self, language: Language) -> str:  # noqa: ARG002 -- a category needs it
        """Return the leader as pages show them, where names of people are not needed."""
        return f"{self.leader_id} – {_cut(self.company)}"  # noqa: RUF001 -- a dash between two things


@dataclass(frozen=True, slots=True)
class Category:
    """An entry of the nomenclature, in both languages."""

    name: str
    name_en: str

    def label(self, language: Language) -> str:
        """Return the entry as the workbook offers it."""
        return self.name if language == "fr" else self.name_en

    on_page = label


@dataclass(frozen=True, slots=True)
class Question:
    """One question: who asked (``leader_id``), what they typed, in which row, and up to three who may be meant.

    ``leader`` is None where the leader is gone meanwhile, or is what is asked; ``other`` is whom a duplicate, a company
    or an identity compares.
    """

    leader_id: str
    typed: str
    row_number: int
    reason: str
    candidates: tuple[Named | Category, ...] = ()
    kind: QuestionKind = "request"
    leader: Named | None = None
    other: Named | None = None

    @property
    def shown(self) -> str:
        """What was typed, cut; where two are compared, the other one; where two give a SIREN, that and whose it is."""
        if self.kind == "company" and self.leader:
            return f"SIREN {siren_asked(self.typed)} · {self.leader.on_page('fr')}"
        return self.other.on_page("fr") if self.other else _cut(self.typed)

    @property
    def reason_in_words(self) -> Message:
        """Why nobody was recognised."""
        return _REASONS.get(self.reason) or _UNCLEAR.get(self.kind, _WHO_IS_MEANT)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The questions of one kind, in the order of the leaders who asked."""

    kind: QuestionKind
    questions: tuple[Question, ...]

    @property
    def title(self) -> Message:
        """What is asked, in words."""
        return _KINDS[self.kind]


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_LENGTH else f"{text[: _SHOWN_LENGTH - 1]}…"


def waiting_questions(database: "Database", edition_id: str) -> tuple[Waiting, ...]:
    """Return the questions that wait, by kind."""
    rows = database.frame("audit/select_waiting_items", edition_id=edition_id).to_dicts()
    by_kind = groupby(rows, key=lambda row: row["kind"])
    return tuple(Waiting(kind, tuple(_question(row) for row in members)) for kind, members in by_kind)


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        leader_id=row["leader_id"],
        typed=row["typed"],
        row_number=row["row_number"],
        reason=row["reason"],
        candidates=tuple(_candidate(found) for found in row["candidates"]),
        kind=row["kind"],
        leader=named(row, "leader"),
        other=named(row, "other"),
    )


def named(row: Mapping[str, Any], prefix: str) -> Named | None:
    """Return the leader whose columns of a query begin with ``prefix``, None where they are null."""
    if row[f"{prefix}_number"] is None:
        return None
    leader_id, number, name, company = (row[f"{prefix}_{part}"] for part in ("id", "number", "name", "company"))
    return Named(leader_id, number, name, company, row.get(f"{prefix}_edition_id", ""))


def _candidate(found: Mapping[str, Any]) -> Named | Category:
    if found["leader_id"]:
        return Named(found["leader_id"], found["number"], found["name"], found["company"])
    return Category(found["name"], found["name_en"] or found["name"])
