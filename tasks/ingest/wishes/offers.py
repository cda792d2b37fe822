"""What leaders sell and seek, as typed and with the codes of the nomenclature; one question for each unclear label."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tasks.ingest.records.answers import Answer
from tasks.ingest.records.decisions import Decision, Decisions
from tasks.ingest.rows.audit import ReviewItem
from tasks.ingest.rows.core import Leader, Offer
from tasks.ingest.values.folding import fold
from tasks.ingest.wishes.latest import Heard
from tasks.ingest.wishes.nomenclature import Nomenclature, Unclear

_COMMA: Final = re.compile(r"\s*[,/]\s*|\s+\+\s+")
# Longer than this it is a sentence about the company: nobody should be asked for its category.
_LONGEST_LABEL: Final = 60
_LONGEST_LIST: Final = 1000


def derive_offers(
    leaders: Mapping[str, Leader], heard: Mapping[str, Heard], nomenclature: Nomenclature, decisions: Decisions
) -> tuple[tuple[Offer, ...], tuple[ReviewItem, ...]]:
    """Return what each leader sells and seeks, and what a person must tell the code of.

    A label that several leaders typed is asked about once, of the first of them, and the answer holds for all.
    """
    labels = _Labels(nomenclature, decisions)
    offers = {}
    for leader_id, said in sorted(heard.items()):
        leader = leaders[leader_id]
        for side, answer in (("sells", said.of(lambda a: a.sells)), ("seeks", said.of(lambda a: a.seeks))):
            typed = answer.sells if side == "sells" else answer.seeks
            for label in (part for text in typed for part in labels.parts(text)):
                code = labels.code(label, leader, answer)
                offers[leader_id, side, label] = Offer(leader.edition_id, leader_id, side, label, code)
    return tuple(sorted(offers.values(), key=_order)), tuple(labels.questions.values())


def _order(offer: Offer) -> tuple[str, str, str]:
    return offer.leader_id, offer.side, offer.category


@dataclass(slots=True)
class _Labels:
    """Finds the codes of labels; ``questions`` grows with those that are unclear, by folded label."""

    nomenclature: Nomenclature
    decisions: Decisions
    questions: dict[str, ReviewItem] = field(default_factory=dict)
    known: dict[str, str | Unclear | None] = field(default_factory=dict)

    def parts(self, text: str) -> Iterator[str]:
        """Yield the labels of a text: those between commas, where the text is none itself and one of them is."""
        parts = [part for part in _COMMA.split(text) if part] if len(text) <= _LONGEST_LIST else []
        is_list = any(self.nomenclature.code_named(part) for part in parts) or (
            isinstance(self._found(text), Unclear) and any(isinstance(self._found(part), str) for part in parts)
        )
        yield from dict.fromkeys(parts) if is_list and not self.nomenclature.code_named(text) else (text,)

    def code(self, label: str, leader: Leader, answer: Answer) -> str | None:
        """Return the code of a label, None (and a question, unless there is one) where it is unclear."""
        found = self._found(label)
        if not isinstance(found, Unclear):
            return found
        if len(label) <= _LONGEST_LABEL and leader.status == "registered":
            self.questions.setdefault(fold(label), self._question(label, leader, answer, found))
        return None

    def _found(self, label: str) -> str | Unclear | None:
        """Return the code that a person or else a rule gives a label; None where a person says that there is none."""
        key = fold(label)
        if key not in self.known:
            decision = self._decision(key)
            choice = decision.choice if decision else ()
            chosen = next((code for code in choice if code in self.nomenclature.entries), None)
            is_decided = decision is not None and (chosen is not None or decision.verdict == "nobody")
            self.known[key] = chosen if is_decided else self.nomenclature.classify(label)
        return self.known[key]

    def _decision(self, key: str) -> Decision | None:
        """Return the verdict on a label, whoever typed it when it was asked about."""
        asked = ((leader_id, typed) for kind, leader_id, typed in self.decisions.all if kind == "category")
        same = [self.decisions.find("category", *about) for about in asked if fold(about[1]) == key]
        return same[-1] if same else None

    def _question(self, label: str, leader: Leader, answer: Answer, found: Unclear) -> ReviewItem:
        entries = ((self.nomenclature.entries[code], score) for code, score in found.candidates)
        candidates = [
            {"code": entry.code, "name": entry.name, "name_en": entry.name_en, "score": score}
            for entry, score in entries
        ]
        return ReviewItem(
            edition_id=leader.edition_id,
            kind="category",
            leader_id=leader.leader_id,
            typed=label,
            reason="unknown_category",
            candidates=json.dumps(candidates, ensure_ascii=False),
            file_sha256=answer.place.file_sha256,
            sheet=answer.place.sheet,
            row_number=answer.place.row_number,
        )
