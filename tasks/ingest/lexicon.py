"""Words that ingestion must know, as data: see ``lexicon.toml``."""

import tomllib
from pathlib import Path
from typing import Final

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

LEGAL_FORMS: Final = frozenset(_WORDS["legal_forms"].split())
TITLES: Final = frozenset(_WORDS["titles"].split())
GENERIC_BOXES: Final = frozenset(_WORDS["generic_boxes"].split())
PUBLIC_MAIL: Final = frozenset(_WORDS["public_mail"].split())
