"""What the workbook of rejects asks about: refused cells, questions, and tickets that were merged by a rule."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tasks.questionnaire import WHOLE_ROW, CellKey, hash_of, hash_of_row
from tasks.validate.questions import Named, Question, named, waiting_questions
from tasks.validate.refusals import RefusedRow, refused_row

if TYPE_CHECKING:  # the process that draws the workbook does without DuckDB and Polars
    from tasks.store import Database

# What would mend a line that was refused as a whole, by rule and kind of export; else it can only be left out.
_MENDED_BY: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "no_identity": {
        "registration": ("family_name", "given_name", "email"),
        "wishes": ("email", "full_name"),
        "checkin": ("ticket_number", "family_name", "given_name"),
        "survey": ("email",),
        "deals": ("email",),
        "exhibitors": ("company",),
    },
    "unknown_person": {"wishes": ("email", "full_name", "company"), "survey": ("email",), "deals": ("email",)},
    "unknown_ticket": {"checkin": ("ticket_number",)},
    "no_pair": {"outcomes": ("number_a", "number_b")},
    "unknown_catalogue_number": {"outcomes": ("number_a", "number_b")},
    "unknown_partner": {"deals": ("partner",)},
    "incomplete_deal": {"deals": ("partner", "amount", "attribution", "confidence")},
}
_NAMES: Final = ("full_name", "given_name", "family_name")
# Lines that are wrong only because a cell is too many may be kept as they are.
_KEPT_AS_IS: Final = frozenset({"cells_beyond_header"})


@dataclass(frozen=True, slots=True)
class Reject:
    """A cell that can be corrected, or a line that can be left out, with what stands there and whose line it is.

    ``typed`` is what was refused: the last correction where that was no better than the cell. ``leader`` is None where
    the line is nobody's yet; ``signs`` says then what the line tells of its person: ticket number, name, company.
    """

    refused: RefusedRow
    key: CellKey
    typed: str
    leader: Named | None
    signs: tuple[str, ...]

    @property
    def is_whole_row(self) -> bool:
        """Whether the question is what to do with the line."""
        return self.key.field == WHOLE_ROW

    @property
    def can_be_kept(self) -> bool:
        """Whether the line may be kept as it is."""
        return self.is_whole_row and self.refused.rule in _KEPT_AS_IS


@dataclass(frozen=True, slots=True)
class Merge:
    """A ticket that a rule took for another ticket of the same leader; ``signs`` says what it tells of its person."""

    leader: Named
    registration_id: str
    into_registration_id: str
    rule: str
    evidence: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that the workbook asks about an edition."""

    edition_id: str
    rejects: tuple[Reject, ...]
    questions: tuple[Question, ...]
    merges: tuple[Merge, ...]

    @property
    def line_count(self) -> int:
        """How many lines there are to fill in or to look at."""
        return len(self.rejects) + len(self.questions) + len(self.merges)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask."""
        return not self.line_count


def read_asked(database: "Database", edition_id: str) -> Asked:
    """Gather what waits for a person's answer."""
    rejects: dict[CellKey, Reject] = {}
    for row in database.frame("audit/select_rejects", edition_id=edition_id).to_dicts():
        for reject in _rejects(row, edition_id):
            rejects.setdefault(reject.key, reject)  # a cell may be refused for itself and lack to the line
    waiting = waiting_questions(database, edition_id)
    merges = database.frame("audit/select_merges", edition_id=edition_id).to_dicts()
    return Asked(
        edition_id=edition_id,
        rejects=tuple(rejects.values()),
        questions=tuple(question for kind in waiting for question in kind.questions),
        merges=tuple(_merge(row) for row in merges),
    )


def _rejects(row: Mapping[str, Any], edition_id: str) -> Iterator[Reject]:
    """Yield the cell that was refused; of a line, the cells that would mend it and then the line."""
    refused = refused_row(row)
    content = json.loads(row["content"])
    names: tuple[str, ...] = (row["column_name"],)
    if refused.is_whole_row:
        names = (*_MENDED_BY.get(row["rule"], {}).get(row["kind"], ()), WHOLE_ROW)
    for name in names:
        typed = content.get(name, "")
        known = hash_of_row(content) if name == WHOLE_ROW else hash_of(typed)
        yield Reject(
            refused=refused,
            key=CellKey(edition_id, row["source"], row["row_key"], name, known),
            typed=row["corrected"] or typed,
            leader=named(row, "leader"),
            signs=_signs(content),
        )


def _signs(content: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a row tells of its person: ticket number, name, company, e-mail; nothing where it tells nothing."""
    name = " ".join(filter(None, (content.get(part, "") for part in _NAMES)))
    found = (content.get("ticket_number", ""), name, content.get("company", ""), content.get("email", ""))
    return tuple(sign for sign in found if sign)


def _merge(row: Mapping[str, Any]) -> Merge:
    return Merge(
        leader=Named(*(row[f"leader_{part}"] for part in ("id", "number", "name", "company"))),
        registration_id=row["registration_id"],
        into_registration_id=row["into_registration_id"],
        rule=row["rule"],
        evidence=row["evidence"],
        signs=_signs(json.loads(row["content"] or "{}")),
    )
