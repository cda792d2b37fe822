"""What strangers typed, made fit to be shown in a sentence: on one line, without control letters, not too long."""

from typing import Final

_MARK: Final = "\ufffd"


def shown(text: str, length: int) -> str:
    """Return a text of at most ``length`` letters; what no terminal should be sent stands as a replacement mark."""
    plain = " ".join("".join(letter if letter.isprintable() or letter.isspace() else _MARK for letter in text).split())
    return plain if len(plain) <= length else plain[: length - 1] + "…"
