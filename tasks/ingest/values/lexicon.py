"""Words that ingestion must know, as data: see ``lexicon.toml``."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_WORDS: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

LEGAL_FORMS: Final = frozenset(_WORDS["legal_forms"].split())
TITLES: Final = frozenset(_WORDS["titles"].split())
GENERIC_BOXES: Final = frozenset(_WORDS["generic_boxes"].split())
PUBLIC_MAIL: Final = frozenset(_WORDS["public_mail"].split())
FILLING: Final = frozenset(_WORDS["filling"].split())
TURNING: Final = frozenset(_WORDS["turning"].split())
LOOK_ALIKES: Final = frozenset(frozenset(pair) for pair in _WORDS["look_alikes"])
NEGATING: Final = frozenset(_WORDS["negating"].split())
TOTALS: Final = frozenset(_WORDS["totals"].split())
BESIDE_TOTALS: Final = frozenset(_WORDS["beside_totals"].split())
MONTHS: Final = {word: number for number, words in enumerate(_WORDS["months"], start=1) for word in words.split()}
WEEKDAYS: Final = frozenset(_WORDS["weekdays"].split())
FREE: Final = frozenset(_WORDS["free"].split())
ABBREVIATIONS: Final[Mapping[str, str]] = _WORDS["abbreviations"]
ORDINALS: Final = {word: number for number, words in enumerate(_WORDS["ordinals"], start=1) for word in words.split()}
