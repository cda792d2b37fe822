"""Texts of pieces that everybody in the hall reads: in every language of the event at once, the organiser's first."""

from collections.abc import Iterable

from tasks.messages import Language, Message


def in_each(said: Message, languages: Iterable[Language]) -> tuple[str, ...]:
    """Return a sentence in each of some languages, once where two of them say the same."""
    return tuple(dict.fromkeys(said.translated(language) for language in languages))
