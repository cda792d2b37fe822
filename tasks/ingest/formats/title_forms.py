"""Titles as exports write them: the forms in which one may be known, its number, its question and option."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tasks.ingest.values.folding import fold
from tasks.ingest.values.lexicon import ABBREVIATIONS, ORDINALS

# What the tools add around an organiser's own question: a number after it; a number, a code or a wrapper before it.
_AFTER: Final = re.compile(r"\s*-\s*#\d+\s*$")
_BEFORE: Final = re.compile(
    r"\s*(?:champ (?:additionnel|compl[ée]mentaire)\s*:|event\.(?=\w)(?:orders\.)?|orders\.(?=\w)"
    r"|\d{1,3}\s*[.)]|[GQ]\d\w*\s*[.:])\s*",
    re.IGNORECASE,
)
_OF_PARTICIPANT: Final = re.compile(r"\s*\((?:participant|attendee)\)\s*$", re.IGNORECASE)
_OF_ORDER: Final = re.compile(r"\s*\((?:commande|order)\)\s*$", re.IGNORECASE)
# From this level on the title has lost the words that say it is the buyer's answer.
ORDER_LEVEL: Final = 3

_IN_BRACKETS: Final = re.compile(r"(?P<question>.+?)\s*\[(?P<label>[^\[\]]+)\]\s*", re.DOTALL)
DASH: Final = re.compile(r"\s[–—-]\s")  # noqa: RUF001 -- tools write all three
NUMBER: Final = re.compile(r"\d+")
# "20.00 %" folds to two numbers.
NUMBERS: Final = re.compile(r"\d+(?: \d+)*")
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:er|ere|re|e|eme|ieme|nd|nde|st|rd|th)")
_LONGEST: Final = 1000
_SERIES_END: Final = 100


@dataclass(frozen=True, slots=True)
class Title:
    """A title read once for all formats.

    ``forms`` are its foldings: as it stands, without what tools add, without the participant asked, without the order;
    ``zeroed`` the same with ordinals in figures and 0 for every number. ``bare`` is the title without what tools add,
    ``number`` its only one, ``labelled`` the ways to part it into a folded question and an option.
    """

    text: str
    bare: str
    forms: tuple[str, ...]
    zeroed: tuple[str, ...]
    number: int | None
    labelled: tuple[tuple[str, str], ...]


@lru_cache(maxsize=8192)
def read_title(title: str) -> Title:
    """Read a title; what is too long for one has no form at all."""
    if len(title) > _LONGEST:
        return Title(title, "", (), (), None, ())
    bare = _bare(title)
    own = _OF_PARTICIPANT.sub("", bare)
    forms = tuple(map(form_of, (title, bare, own, _OF_ORDER.sub("", own))))
    counted = tuple(map(_in_figures, forms))
    zeroed = tuple(NUMBERS.sub("0", form) for form in counted)
    labelled = tuple((form_of(question), label) for question, label in _labelled(title))
    return Title(title, bare, forms, zeroed, _only_number(counted[1]), labelled)


def form_of(title: str) -> str:
    """Return a title folded, its abbreviations in full; one of signs alone, such as Typeform's "#", as it stands."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in fold(title).split()) or title.strip()


def _in_figures(form: str) -> str:
    """Return a folded title with its first word in figures where it is an ordinal: ``1er choix``, ``premier choix``."""
    first, _, rest = form.partition(" ")
    found = _ORDINAL.fullmatch(first)
    number = found[1] if found else ORDINALS.get(first)
    return f"{number} {rest}" if number and rest else form


def _bare(title: str) -> str:
    plain = _AFTER.sub("", title)
    before = _BEFORE.match(plain)
    return plain[before.end() :] if before else plain


def _only_number(title: str) -> int | None:
    """Return the one number of a title, None where there is none, or more than one, or no rank."""
    numbers = NUMBER.findall(title)
    number = int(numbers[0][:4]) if len(numbers) == 1 else 0
    return number if 0 < number < _SERIES_END else None


def _labelled(title: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a title into a question and an option: ``Souhaits [Ateliers Morel]``, ``Offre - Bois``."""
    bracketed = _IN_BRACKETS.fullmatch(title)
    if bracketed:
        yield _bare(bracketed["question"]), bracketed["label"].strip()
    for dash in DASH.finditer(title):
        yield _bare(title[: dash.start()]), title[dash.end() :].strip()
