"""Which answer of each leader counts: the last one to the form, and beside it what their ticket's row says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from tasks.ingest.records.answers import Answer
from tasks.ingest.records.rejection import ROW, SET_ASIDE, Rejection
from tasks.ingest.wishes.askers import Askers

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
# The ticket of such a row stands: only its wishes are refused.
_WISHES: Final = "wishes"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a leader said: the last answer to the form, then that of a ticket, which fills in what the form left."""

    answers: tuple[Answer, ...]

    def of(self, topic: Callable[[Answer], object]) -> Answer:
        """Return the answer that speaks of a topic, the first one where none does."""
        return next((answer for answer in self.answers if topic(answer)), self.answers[0])


def last_answers(
    askers: Askers, answers: Sequence[Answer]
) -> tuple[dict[str, Heard], tuple[Answer, ...], tuple[Rejection, ...]]:
    """Return what each leader said, the answers of strangers, and the refusal of those that do not count.

    They do not count where a later one of the same leader does, where a person has said that they are nobody's, or
    where nobody is registered yet.
    """
    last: dict[tuple[str, bool], Answer] = {}
    rejections, strange = [], []
    for answer in sorted(answers, key=lambda answer: (answer.answered_at or _FIRST, answer.place)):
        leader_id = askers.find(answer)
        if leader_id is None:
            decision = askers.decided(answer)
            if decision and decision.verdict == "nobody":
                rejections.append(_refusal(answer, SET_ASIDE))
            elif askers.directory.leaders:
                strange.append(answer)
            else:
                rejections.append(_refusal(answer, "unknown_person"))
            continue
        key = leader_id, answer.is_of_ticket
        if key in last:
            rejections.append(_refusal(last[key], "replaced_by_later_answer"))
        last[key] = answer
    heard = {
        leader_id: Heard(tuple(last[leader_id, kind] for kind in (False, True) if (leader_id, kind) in last))
        for leader_id, _ in last
    }
    return heard, tuple(strange), (*rejections, *_overruled(heard))


def _overruled(heard: Mapping[str, Heard]) -> Iterator[Rejection]:
    """Yield the refusal of the wishes of tickets whose leaders have answered the form since."""
    for said in heard.values():
        counting = said.of(lambda answer: answer.cells.wishes)
        yield from (
            _refusal(answer, "replaced_by_later_answer")
            for answer in said.answers
            if answer.is_of_ticket and answer.cells.wishes and answer is not counting
        )


def _refusal(answer: Answer, rule: str) -> Rejection:
    column, value = (_WISHES, "text") if answer.is_of_ticket else (ROW, "row")
    return Rejection(answer.place, column, rule, value)
