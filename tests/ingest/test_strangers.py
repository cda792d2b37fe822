"""Which exports may be of another event, by the rates at which their tickets were sold."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.inbox.strangers import RatedFile, strangers

ROLE = ("helloasso-2026", "artois-2026")


def rated(
    sha256: str,
    rates: str,
    *,
    role: tuple[str, str] = ROLE,
    counts: bool = True,
    told: bool = False,
    label: bool = False,
) -> RatedFile:
    """Return an export; each letter of ``rates`` is a rate."""
    return RatedFile(sha256, f"{sha256}.csv", role, tuple(rates), counts, told, label)


def suspected(*files: RatedFile) -> dict[str, str]:
    """Return the hashes of the exports that may be another event's, each with those of the first event."""
    return {sha256: "".join(other.file_sha256 for other in found.beside) for sha256, found in strangers(files).items()}


def test_of_exports_without_a_common_rate_those_read_later_are_suspected() -> None:
    assert suspected(rated("a", "xy"), rated("b", "z"), rated("c", "yw"), rated("d", "zv")) == {"b": "ac", "d": "ac"}
    assert suspected(rated("a", "xy")) == suspected() == {}


def test_a_rate_in_common_makes_one_event_by_way_of_a_third_export_too() -> None:
    assert suspected(rated("a", "x"), rated("b", "X")) == {}
    assert suspected(rated("a", "x"), rated("b", "z"), rated("c", "xz")) == {}
    assert suspected(rated("a", "x"), rated("b", "xz", counts=False), rated("c", "z")) == {}


def test_exports_of_two_sources_or_editions_are_not_compared() -> None:
    assert suspected(rated("a", "x"), rated("b", "z", role=("billetweb", "artois-2026"))) == {}
    assert suspected(rated("a", "x"), rated("b", "z", role=("helloasso-2026", "artois-2025"))) == {}


def test_what_the_organiser_has_said_holds_for_all_that_have_its_rates() -> None:
    assert suspected(rated("a", "x"), rated("b", "z", told=True, counts=False), rated("c", "z")) == {}
    # That the first one is ours says nothing of the other.
    assert suspected(rated("a", "x", told=True), rated("b", "z")) == {"b": "a"}


def test_exports_that_name_their_event_are_told_apart_by_its_name() -> None:
    assert suspected(rated("a", "x", label=True), rated("b", "z", label=True)) == {}
    assert suspected(rated("a", "x", label=True), rated("b", "z")) == {"b": "a"}


def test_what_counts_no_more_is_neither_suspected_nor_the_first() -> None:
    assert suspected(rated("a", "x"), rated("b", "z", counts=False)) == {}
    assert suspected(rated("a", "x", counts=False), rated("b", "z"), rated("c", "w")) == {"c": "b"}


@given(st.lists(st.builds(rated, st.uuids().map(str), st.text("uvwxyz", min_size=1), counts=st.booleans()), max_size=8))
def test_nobody_is_suspected_who_shares_a_rate_with_those_beside(files: list[RatedFile]) -> None:
    for stranger in strangers(files).values():
        theirs = {rate for other in stranger.beside for rate in other.rates}
        assert stranger.file.is_current
        assert stranger.beside
        assert not theirs & set(stranger.file.rates)
