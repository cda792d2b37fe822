"""The order of names as French dictionaries and telephone books have it."""

from anyascii import anyascii


def french_key(*names: str) -> tuple[str, ...]:
    """Return what names are sorted by: their letters first, then their accents; Œ stands as OE, Ç as C.

    Hyphens, apostrophes and capitals do not count. What is no Latin letter stands where its sound would.
    """
    letters = (" ".join(_letters(name).split()) for name in names)
    return (*letters, *(name.casefold() for name in names))


def _letters(name: str) -> str:
    plain = anyascii(name).casefold().replace("'", "")
    return "".join(sign if sign.isalnum() else " " for sign in plain)
