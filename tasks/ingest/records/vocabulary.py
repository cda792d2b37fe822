"""Words of those who fill in the wishes form, as data: see ``vocabulary.toml``."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

_WORDS: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth")


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of these words or patterns, the longest first."""
    return re.compile("(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")")


NOBODY: Final = frozenset({"", *_WORDS["nobody"]})
SMALL_WORDS: Final = frozenset(_WORDS["small_words"])
COMPETITOR: Final = re.compile(rf"\b{_one_of(_WORDS['competitor']).pattern}")
POINTER: Final = _one_of(_WORDS["pointers"])

RANK_WORDS: Final = _one_of(_WORDS["choice"]["words_of_rank"])
ORDINALS: Final[Mapping[str, int]] = {
    word: rank for rank, name in enumerate(_ORDINALS, start=1) for word in _WORDS["choice"][name]
}
YES: Final = frozenset(_WORDS["choice"]["yes"])
NO: Final = frozenset({"", *_WORDS["choice"]["no"]})
AVOID: Final = frozenset(_WORDS["choice"]["avoid"])
LEVELS: Final[Mapping[str, int]] = {
    word: level["rank"] for level in _WORDS["choice"]["level"] for word in level["words"]
}

ROLES: Final[Mapping[str, str]] = {word: role for role, words in _WORDS["role"].items() for word in words}
LANGUAGES: Final[Mapping[str, str]] = {word: code for code, words in _WORDS["language"].items() for word in words}
OTHER_LANGUAGES: Final = frozenset(_WORDS["other_languages"])

WHOLE: Final = _one_of(_WORDS["presence"]["whole"])
AWAY: Final = _one_of(_WORDS["presence"]["away"])
BEFORE: Final = _one_of(_WORDS["presence"]["before"])
AFTER: Final = _one_of(_WORDS["presence"]["after"])

NO_MAXIMUM: Final = frozenset(_WORDS["maximum"]["none"])
