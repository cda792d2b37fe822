"""Which encoding a text is in: told by marks and by rule where there is one, else by how French it reads.

charset-normalizer takes short French texts of a Macintosh or of DOS for something else; three candidates and the
frequency of French letters in their surroundings decide better and at once.
"""

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf_8_sig"),
    (codecs.BOM_UTF32_LE, "utf_32"),  # begins like the mark of UTF-16, so it is looked for first
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
_SINGLE_BYTE: Final = ("cp1252", "mac_roman", "cp850")
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
# What European text written as UTF-8 holds: Latin letters, dashes, quotation marks, the euro.
_UTF8: Final = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x82][\x80-\xbf]")
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a"))
_MAX_CONTROL_SHARE: Final = 0.01
_MIN_LATIN_SHARE: Final = 0.5
_SAMPLES: Final = 20_000
_SURROUNDINGS: Final = 3

# Logarithms of how often a character stands among the non-ASCII ones of French names and answers, roughly.
_OFTEN: Final[Mapping[str, float]] = {
    **dict.fromkeys("é", -0.5),
    **dict.fromkeys("èàçê’É\u00a0", -3.0),  # noqa: RUF001 -- French text is set in typographic apostrophes
    **dict.fromkeys("ëïîôâûù«»…°–", -4.0),  # noqa: RUF001 -- and in dashes
    **dict.fromkeys("ÈÀÇœŒÎ€“”‘—•²", -5.0),  # noqa: RUF001
    **dict.fromkeys("ÊËÔÏüöäñóíáúãßØøåæÂÛÙÜÖÄÑÓÍÁÆ®©½¼£§³·ÿ¡¿ºªòìõÅ", -6.0),
    **dict.fromkeys("™†‡¢¥¶¬±µ×÷¦´¨¸¹³‰‚„‹›", -8.5),  # noqa: RUF001 -- signs of cp1252
}
_LETTER: Final = -8.0
_RARE: Final = -10.0
_IMPOSSIBLE: Final = -20.0
# What "à" is the end of: là, voilà, delà, celà, holà, déjà, çà. Byte 0x85 is this letter in DOS, "…" in Windows.
_BEFORE_FINAL_A: Final = re.compile(r"(?:(?<![^\W\d_])l|oil|[cd]el|hol|j|ç)$", re.IGNORECASE)
_JOINS: Final = frozenset("’\u00a0–—·")  # noqa: RUF001 -- what stands between letters


def encoding_of(content: bytes) -> str | None:
    """Return the name of the codec that reads the bytes as text, None where there is none.

    The codec reads the whole content without an error. A text of mixed encodings has none.
    """
    marked = next((name for mark, name in _BOMS if content.startswith(mark)), None)
    if marked:
        return marked if decodes(content, marked) else None
    if b"\0" in content:
        return _utf16_without_mark(content)
    if len(content) - len(content.translate(None, _CONTROLS)) > len(content) * _MAX_CONTROL_SHARE:
        return None
    if decodes(content, "utf_8"):
        return "utf_8"
    return None if is_mostly_utf8(content) else _most_french(content)


def decodes(content: bytes, encoding: str) -> bool:
    """Say whether the bytes hold nothing that the codec does not know."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def is_mostly_utf8(content: bytes) -> bool:
    """Say whether most of what is not ASCII is UTF-8: then some of it is damaged, or of another encoding."""
    runs = Counter(match.group() for match in islice(_HIGH.finditer(content), _SAMPLES))
    high = sum(len(run) * count for run, count in runs.items())
    found = sum(len(match.group()) * count for run, count in runs.items() for match in _UTF8.finditer(run))
    return found * 2 > high


def _utf16_without_mark(content: bytes) -> str | None:
    """Tell the byte order by the side on which the zeros of Latin letters stand."""
    encoding = "utf_16_le" if content[1::2].count(0) > content[::2].count(0) else "utf_16_be"
    if not decodes(content, encoding):
        return None
    latin = max(content[1::2].count(0), content[::2].count(0)) * 2
    return encoding if latin > len(content) * _MIN_LATIN_SHARE else None


def _most_french(content: bytes) -> str:
    """Return that one of the encodings in which the accents read most like French."""
    found = Counter(
        content[max(match.start() - _SURROUNDINGS, 0) : match.end() + _SURROUNDINGS]
        for match in islice(_HIGH.finditer(content), _SAMPLES)
    )
    scores = {encoding: _plausibility(found, encoding) for encoding in _SINGLE_BYTE}
    ranked = sorted(scores, key=lambda encoding: -scores[encoding])
    return next(name for name in ranked if decodes(content, name))  # a Macintosh knows every byte


def _plausibility(found: Mapping[bytes, int], encoding: str) -> float:
    """Return the mean plausibility of the characters that are not ASCII."""
    total, characters = 0.0, 0
    for sample, count in found.items():
        text = f"   {sample.decode(encoding, errors='replace')} "
        for place in range(3, len(text) - 1):
            if not text[place].isascii():
                total += count * _fits(text[place - 3 : place], text[place], text[place + 1])
                characters += count
    return total / characters


def _fits(before: str, letter: str, after: str) -> float:
    """Return how plausible a character is between the three before it and the one after it, as a logarithm."""
    if letter == "\ufffd":
        return _IMPOSSIBLE
    often = _OFTEN.get(letter, _LETTER if letter.isalpha() else _RARE)
    last = before[-1]
    inside = last.isalpha() and after.isalpha()
    if letter in "œŒ":
        often += 2 * (after in "uUiI")
    if letter in "àÀ":
        often -= 4 * inside  # alone, or the end of a word
    if letter == "à":
        often -= _oddness_of_a(before, after)
    if letter.isupper():
        return often - 4 * last.islower() - 2 * (last.isupper() and after.islower())
    if letter.islower():
        begins = not last.isalpha() and letter not in "éàœ"
        shouted = after.isupper() or (before.isalpha() and before.isupper())
        return often - 5 * shouted - 3 * last.isdigit() - 3 * begins
    return often - 4 * (inside and letter not in _JOINS)


def _oddness_of_a(before: str, after: str) -> float:
    """Return how odd "à" is here: it ends few words and begins none, and alone it stands before another word."""
    if before[-1].isalpha():
        return 0.0 if _BEFORE_FINAL_A.search(before) else 4.0
    if after.isalpha():
        return 3.0
    return 0.0 if after in " \u00a0" else 2.0
