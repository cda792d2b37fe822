"""Two events in one inbox, told apart by the name that an export gives its event."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.event import Event
from tasks.event_sections import Organiser
from tasks.ingest.formats.columns import Row, Table
from tasks.ingest.inbox.labels import Labelled, foreign_files, label_of
from tasks.ingest.reading.decode import SetAside

EVENT = Event(
    id="artois-2026",
    title="Rencontres affaires de l'Artois",
    number=19,
    date="2026-12-03",
    organiser=Organiser(name="Chambre", email="a@chambre.example"),
)
OURS, OTHER, THIRD = "Rencontres affaires de l'Artois 2026", "Salon des vins", "Nuit du tennis"


def labelled(
    sha256: str, label: str, *, settled: bool = False, counting: bool = False, present: bool = True
) -> Labelled:
    return Labelled(sha256, label, is_settled=settled, is_counting=counting, is_present=present)


def foreign(*files: Labelled, akin: tuple[str, ...] = ()) -> set[str]:
    """Return which files are another event's, in whatever order they are given."""
    pairs = {frozenset(pair) for pair in akin}
    found = [foreign_files(order, pairs, EVENT) for order in permutations(files)]
    assert all(other == found[0] for other in found)
    return set(found[0])


def test_files_of_one_event_are_all_ours_however_its_name_is_written() -> None:
    assert foreign(labelled("a", OTHER), labelled("b", "SALON des Vins")) == set()
    assert foreign() == set()


def test_the_name_that_resembles_ours_clearly_more_is_ours() -> None:
    assert foreign(labelled("a", OURS), labelled("b", OTHER), labelled("c", THIRD)) == {"b", "c"}


def test_where_no_name_resembles_ours_none_is_taken() -> None:
    assert foreign(labelled("a", OTHER), labelled("b", THIRD)) == {"a", "b"}
    assert foreign(labelled("a", OURS), labelled("b", f"{OURS} matin")) == {"a", "b"}


def test_a_renamed_event_that_shares_rows_is_one_event() -> None:
    assert foreign(labelled("a", OTHER), labelled("b", THIRD), akin=("ab",)) == set()
    # By way of a third name, too.
    assert foreign(labelled("a", OTHER), labelled("b", THIRD), labelled("c", "Gala"), akin=("ac", "bc")) == set()
    assert foreign(labelled("a", OURS), labelled("b", THIRD), labelled("c", "Gala"), akin=("bc",)) == {"b", "c"}


def test_what_the_organiser_settled_is_ours_whatever_its_name() -> None:
    assert foreign(labelled("a", OURS), labelled("b", OTHER, settled=True)) == {"a"}
    assert foreign(labelled("a", OURS, settled=True), labelled("b", OTHER, settled=True)) == set()


def test_what_counted_before_goes_on_where_the_names_do_not_tell() -> None:
    assert foreign(labelled("a", OTHER, counting=True), labelled("b", THIRD)) == {"b"}
    assert foreign(labelled("a", OTHER, counting=True), labelled("b", OURS)) == {"a"}


def test_what_the_organiser_took_out_makes_way_unless_its_name_is_clearly_ours() -> None:
    gone = labelled("a", OTHER, counting=True, present=False)
    assert foreign(gone, labelled("b", THIRD)) == set()
    assert foreign(gone, labelled("b", THIRD), labelled("c", "Gala")) == {"b", "c"}
    assert foreign(labelled("a", OURS, counting=True, present=False), labelled("b", THIRD)) == {"b"}


def test_the_sentence_names_both_events_and_the_way_out() -> None:
    found = foreign_files([labelled("a", OURS), labelled("b", OTHER + " xy" * 100)], set(), EVENT)
    shown = (OTHER + " xy" * 100)[:79]
    assert str(found["b"]) == (
        f"this file is about {shown}…, another one about {OURS}: two events are not mixed. Take it out of the inbox, "
        'or write in event.toml, under [exports."name of this file"]: edition = "artois-2026" (or an earlier one) if '
        "it is ours, is_ignored = true if it is not."
    )


def table(*labels: str) -> Table:
    rows = tuple(Row(number, {"event_label": label} if label else {}) for number, label in enumerate(labels, start=2))
    return Table("", rows, 0, (), 1)


def test_a_file_is_about_the_event_it_names() -> None:
    assert label_of([table("", OURS, f" {OURS.upper()} "), table(OURS)], EVENT, is_settled=False) == OURS
    assert label_of([table("", "")], EVENT, is_settled=False) is None
    assert label_of([], EVENT, is_settled=False) is None


def test_a_file_about_two_events_is_set_aside_unless_it_is_settled() -> None:
    both = [table(OTHER, OURS, OURS)]
    with pytest.raises(SetAside, match=f"this file holds two events, {OURS} and {OTHER}"):
        label_of(both, EVENT, is_settled=False)
    assert label_of(both, EVENT, is_settled=True) == OURS


@given(
    st.lists(
        st.builds(
            labelled,
            st.sampled_from("abcdef"),
            st.sampled_from([OURS, OTHER, THIRD, OURS.upper()]),
            settled=st.booleans(),
            counting=st.booleans(),
            present=st.booleans(),
        ),
        unique_by=lambda file: file.file_sha256,
        max_size=4,
    ),
    st.sets(st.sampled_from(["ab", "bc", "cd", "de"]).map(frozenset)),
)
def test_what_is_taken_is_one_event_and_what_is_settled_is_never_refused(
    files: list[Labelled], akin: set[frozenset[str]]
) -> None:
    refused = set(foreign_files(files, akin, EVENT))
    assert refused <= {file.file_sha256 for file in files if file.is_present and not file.is_settled}
    assert refused == foreign(*files, akin=tuple("".join(sorted(pair)) for pair in akin))
