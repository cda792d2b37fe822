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
NEGATING: Final = frozenset(_WORDS["negating"].split())
