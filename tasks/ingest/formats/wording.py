"""What headers say: the forms in which a title may be written, and the field that a title means in one format."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tasks.ingest.formats import fields
from tasks.ingest.formats.closeness import Close, Nearest
from tasks.ingest.formats.title_forms import DASH, NUMBER, NUMBERS, Title, form_of
from tasks.ingest.values.folding import fold

_DROPPED: Final = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a title means: a field (None: the column is known and dropped) and how good a wording of it this is.

    Of two columns of one field the lower ``level`` counts, then the lower ``order``.
    """

    field: str | None
    level: int = 0
    order: int = 0


@dataclass(frozen=True, slots=True)
class Wordings:
    """The titles of one format, folded once."""

    exact: Mapping[str, Known]
    numbered: Mapping[str, Known]
    dropped: frozenset[str]
    questions: Mapping[str, str]
    near: Nearest
    near_numbered: Nearest
    near_questions: Nearest

    @classmethod
    def of(
        cls,
        columns: Mapping[str, Sequence[str]],
        series: Mapping[str, Sequence[str]],
        matrix: Mapping[str, Sequence[str]],
        dropped: Sequence[str],
    ) -> "Wordings":
        """Fold the titles of a format; of two fields with one title the first has it."""
        titles = [(title, field, order) for field, known in columns.items() for order, title in enumerate(known)]
        exact: dict[str, Known] = {}
        for title, field, order in titles:
            exact.setdefault(form_of(title), Known(field, 0, order))
        counted = [(title.replace("{n}", "0"), field) for field, known in series.items() for title in known]
        asked = [(_question(title), name) for name, known in matrix.items() for title in known]
        return cls(
            exact,
            {form_of(title): Known(field, 0, order) for order, (title, field) in enumerate(counted)},
            frozenset(NUMBERS.sub("0", form_of(title.replace("{n}", "0"))) for title in dropped),
            {form_of(question): name for question, name in asked},
            Nearest.of(
                (
                    *((title, field) for title, field, _ in titles),
                    *((title, _DROPPED) for title in dropped),
                    # Fields that this format has not: what is nearest to one of them is no field.
                    *(
                        (title, f"({field})")
                        for field, known in fields.COLUMNS.items()
                        if field not in columns
                        for title in known
                        if fold(title) not in exact
                    ),
                )
            ),
            Nearest.of(counted),
            Nearest.of(asked),
        )

    def find(self, title: Title) -> Known | None:
        """Return what a title means exactly, None where it is not known."""
        for level, (form, zeroed) in enumerate(zip(title.forms, title.zeroed, strict=True)):
            known = self.exact.get(form) or self._numbered(zeroed, title.number)
            if known:
                return Known(known.field, level, known.order)
            if zeroed in self.dropped:
                return Known(None, level)
        labelled = ((self.questions.get(question), label) for question, label in title.labelled)
        return next((Known(f"{name}_of:{label}") for name, label in labelled if name), None)

    def _numbered(self, zeroed: str, number: int | None) -> Known | None:
        known = self.numbered.get(zeroed) if number else None
        return Known(f"{known.field}_{number}", 0, known.order) if known else None

    def find_close(self, title: Title) -> Close | None:
        """Return the field that a title is close to, None where it is close to none; a dropped column is no field."""
        asked = ((self.near_questions.find(question), label) for question, label in title.labelled)
        labelled = next((Close(f"{close.meaning}_of:{label}", close.score) for close, label in asked if close), None)
        return labelled or self._close_number(title) or self._close_field(title)

    def _close_number(self, title: Title) -> Close | None:
        close = self.near_numbered.find(NUMBER.sub("0", title.bare)) if title.number else None
        return Close(f"{close.meaning}_{title.number}", close.score) if close else None

    def _close_field(self, title: Title) -> Close | None:
        close = self.near.find(title.bare)
        return close if close and close.meaning and not close.meaning.startswith("(") else None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every header of several formats in one, to tell in one look whether any of them knows a title."""

    forms: frozenset[str]
    zeroed: frozenset[str]
    questions: frozenset[str]

    @classmethod
    def of(cls, wordings: Iterable[Wordings]) -> "Vocabulary":
        """Put the headers of formats together."""
        known = tuple(wordings)
        return cls(
            frozenset(form for wording in known for form in wording.exact),
            frozenset(form for wording in known for form in (*wording.numbered, *wording.dropped)),
            frozenset(question for wording in known for question in wording.questions),
        )

    def knows(self, title: Title) -> bool:
        """Say whether one of the formats may know a title."""
        return (
            not self.forms.isdisjoint(title.forms)
            or not self.zeroed.isdisjoint(title.zeroed)
            or any(question in self.questions for question, _ in title.labelled)
        )


def _question(template: str) -> str:
    return DASH.split(template.partition("{label}")[0].rstrip("[ ") + " ")[0]
