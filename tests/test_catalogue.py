"""Everything that people read has its French."""

from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tasks.messages import DOMAIN, LOCALE_FOLDER

with (LOCALE_FOLDER / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po").open(encoding="utf-8") as file:
    CATALOGUE = read_po(file, locale="fr")

SENTENCES = [sentence for sentence in CATALOGUE if sentence.id]


def texts(value: str | list[str] | tuple[str, ...]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_sentence_lacks_its_french_or_has_a_doubtful_one() -> None:
    assert CATALOGUE.fuzzy is False
    lacking = [sentence.id for sentence in SENTENCES if sentence.fuzzy or not all(texts(sentence.string))]
    assert lacking == []


def test_no_sentence_is_obsolete() -> None:
    assert list(CATALOGUE.obsolete) == []


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: texts(sentence.id)[0][:60])
def test_the_french_fills_in_the_same_values(sentence: Message) -> None:
    known = set().union(*(fields(text) for text in texts(sentence.id)))
    assert all(fields(text) <= known for text in texts(sentence.string))
    assert all(text.count("%(") <= max(t.count("%(") for t in texts(sentence.id)) for text in texts(sentence.string))


def test_french_puts_no_plain_space_before_its_double_signs() -> None:
    signs = (" ;", " !", " ?", " :", " %", " »", "« ")
    said = [text.replace(" %(", " (") for sentence in SENTENCES for text in texts(sentence.string)]
    wrong = [text for text in said if any(sign in text for sign in signs)]
    assert wrong == []
