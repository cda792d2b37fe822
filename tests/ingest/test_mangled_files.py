"""Files cut, overwritten and spliced at random: they end as sheets or set aside, never otherwise.

The seeds are fixed, so a failure stays.
"""

import io
import re
import zipfile
from random import Random

import pytest

from tasks.ingest.reading.archive import documents
from tasks.ingest.reading.contents import read_sheets
from tasks.ingest.reading.sheet import SetAside
from tests.ingest.export_formats import as_csv, as_json, as_ods, as_xls, as_xlsx, as_zip

TABLE = [("Nom", "Prénom", "Société", "Note")] + [
    (f"Lefèvre {number}", "Hélène", f"Crêperie {number % 3}", 'l1\nl2; "q"') for number in range(12)
]
WHOLE = {
    "csv": as_csv(TABLE, "cp1252"),
    "utf-8": as_csv(TABLE),
    "utf-16": as_csv(TABLE, "utf-16"),
    "json": as_json(TABLE),
    "xls": as_xls(TABLE),
    "xlsx": as_xlsx(TABLE),
    "ods": as_ods(TABLE),
}
WHOLE["zip"] = as_zip(WHOLE)
LENGTHS = (1, 2, 4, 16, 200)
HUGE = (
    b"0",
    b"-1",
    b"1048576",
    b"4294967295",
    b"18446744073709551616",
    b"XFD1048576",
    b"A9999999",
    b"ZZZZ3",
    b"",
    b"1e9",
)
NUMBER = re.compile(rb'(?<=")[A-Z]*\d+(?=")|(?<=>)\d+')


def mangled(rng: Random, content: bytes, other: bytes) -> bytes:
    """Cut, overwrite, splice, repeat or leave out, once or several times."""
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        at, length = rng.randrange(len(content) + 1), rng.choice(LENGTHS)
        start = rng.randrange(len(other))
        content = rng.choice(
            [
                content[:at],
                content[:at] + rng.randbytes(length) + content[at + length :],
                content[:at] + other[start : start + length] + content[at:],
                content[:at] + content[at : at + length] * 50 + content[at:],
                content[:at] + content[at + length :],
                content[:at] + rng.choice([b"\x00", b"\xff", b'"', b"<", b"{"]) * length + content[at + length :],
            ]
        )
    return content


def misnumbered(rng: Random, content: bytes) -> bytes:
    """Replace a number or a place in the XML by one that no sheet has."""
    numbers = [found.span() for found in NUMBER.finditer(content)]
    start, end = rng.choice(numbers) if numbers else (0, 0)
    return content[:start] + rng.choice(HUGE) + content[end:]


def mangled_inside(rng: Random, content: bytes) -> bytes:
    """Mangle one member of an archive and pack it again, so that its checksum is right."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(list(members))
    change = rng.choice([misnumbered, lambda rng, member: mangled(rng, member, member or b" ")])
    return as_zip(members | {name: change(rng, members[name])})


def outcome(content: bytes) -> str:
    """Return ``read`` or ``set aside``; whatever else happens is the failure that is looked for."""
    outcomes = set()
    for document in documents("x", content):
        try:
            outcomes.add("set aside" if document.fault else read_sheets(document.content) and "read")
        except SetAside as fault:
            outcomes.add("set aside" if fault.in_language("fr").count("\n") == 1 else "without a remedy")
    return " and ".join(sorted(outcomes))


@pytest.mark.parametrize("kind", WHOLE)
def test_a_mangled_file_is_read_or_set_aside(kind: str) -> None:
    others = list(WHOLE.values())
    rng = Random(f"cut {kind}")  # noqa: S311 -- the same files each time
    outcomes = {outcome(mangled(rng, WHOLE[kind], rng.choice(others))) for _ in range(250)}
    assert "set aside" in outcomes
    assert "without a remedy" not in outcomes


@pytest.mark.parametrize("kind", ["xlsx", "ods", "zip"])
def test_a_mangled_member_is_read_or_set_aside(kind: str) -> None:
    rng = Random(f"inside {kind}")  # noqa: S311 -- as above
    outcomes = {outcome(mangled_inside(rng, WHOLE[kind])) for _ in range(250)}
    assert outcomes >= ({"read and set aside"} if kind == "zip" else {"read", "set aside"})


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_cut_short_anywhere_is_read_or_set_aside(kind: str) -> None:
    whole = WHOLE[kind]
    outcomes = [outcome(whole[:length]) for length in range(0, len(whole), max(1, len(whole) // 120))]
    assert outcomes[0] == "set aside"
    assert outcome(whole) == "read"
    if kind in {"json", "xls", "xlsx", "ods", "zip"}:
        assert set(outcomes) == {"set aside"}
