"""What the organiser filled into the workbooks of rejects: corrected cells and decisions, which win from then on.

Every workbook that was ever read counts, also when it has left the inbox: of two answers to one question the one read
last holds, and an empty cell says nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tasks.ingest.formats.columns import BEYOND_HEADER
from tasks.ingest.records.decisions import Decision, Decisions
from tasks.ingest.records.given import Given, GivenCell, GivenVerdict, says
from tasks.ingest.records.rejection import ROW, SET_ASIDE, Place, Rejection
from tasks.ingest.rows.audit import CorrectionRow
from tasks.questionnaire import IGNORE_ROW, CellKey, hash_of, hash_of_row, short

Content: TypeAlias = dict[str, str]


@dataclass(slots=True)
class Answers:
    """All answers ever read, and what became of the corrections while rows were read.

    ``cells`` holds those of an (edition, source) by the key of their row; ``states`` grows with every row corrected.
    """

    verdicts: tuple[GivenVerdict, ...] = ()
    cells: Mapping[tuple[str, str], Mapping[str, tuple[GivenCell, ...]]] = field(default_factory=dict)
    states: dict[CellKey, str] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[Given]) -> "Answers":
        """Return the answers, given in the order in which they were read: of two on one question the later counts."""
        last = {given.about: given for given in lines}
        cells: dict[tuple[str, str], dict[str, tuple[GivenCell, ...]]] = {}
        for given in last.values():
            if isinstance(given, GivenCell):
                of_source = cells.setdefault((given.key.edition_id, given.key.source), {})
                of_source[given.key.row_key] = (*of_source.get(given.key.row_key, ()), given)
        return cls(tuple(given for given in last.values() if isinstance(given, GivenVerdict)), cells)

    def corrected(self, edition_id: str, source: str, row_key: str, content: Content) -> Content | None:
        """Return what a row says with its corrections in it, None where a person has set the row aside.

        A corrected cell wins whatever the export says by now. A row that was set aside comes back when it says
        something else: nobody has seen that.
        """
        of_source = self.cells.get((edition_id, source))
        given = of_source.get(short(row_key), ()) if of_source else ()
        mended: Content | None = dict(content) if given else content
        # First what is said of the row as a whole: that is about what the export says, before anything is mended.
        for line in sorted(given, key=lambda line: line.key.field != ROW):
            if mended is not None:
                mended = self._correct(line, mended) if line.key.field != ROW else self._decide(line, mended)
        return mended

    def _decide(self, given: GivenCell, content: Content) -> Content | None:
        """Set a row aside, or keep it although it has cells too many."""
        if hash_of_row(content) != given.key.typed_hash:
            self.states[given.key] = "overtaken"
            return content
        self.states[given.key] = "applied"
        if says(given.answer, IGNORE_ROW):
            return None
        return {name: cell for name, cell in content.items() if name != BEYOND_HEADER}

    def _correct(self, given: GivenCell, content: Content) -> Content:
        name = next((name for name in content if short(name) == given.key.field), given.key.field)
        typed = content.get(name, "")
        is_known = typed == given.answer or hash_of(typed) == given.key.typed_hash
        self.states[given.key] = "applied" if is_known else "overtaken"
        return content | {name: given.answer}

    def decisions(self, edition_id: str) -> Decisions:
        """Return the verdicts of an edition, a new object for each call; see ``Decisions.settle``."""
        return Decisions.of(
            Decision(given.place, given.key.kind, given.key.leader_id, given.key.typed, given.verdict, given.choice)
            for given in self.verdicts
            if given.key.edition_id == edition_id
        )

    def correction_rows(self) -> tuple[CorrectionRow, ...]:
        """Return the corrections of all editions as rows; ask when every row has been read."""
        return tuple(
            CorrectionRow(
                edition_id=given.key.edition_id,
                source=given.key.source,
                row_key=given.key.row_key,
                column_name=given.key.field,
                state=self.states.get(given.key, "unused"),
                file_sha256=given.place.file_sha256,
                sheet=given.place.sheet,
                row_number=given.place.row_number,
            )
            for of_source in self.cells.values()
            for lines in of_source.values()
            for given in lines
        )


def set_aside(place: Place) -> Rejection:
    """Return how a row is listed that a person has set aside: as refused, and as no fault."""
    return Rejection(place, ROW, SET_ASIDE, "row")
