"""When leaders are not there, from what they type of their hours."""

from datetime import UTC, datetime, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.records.availability import Presence, absences, pauses, read_presence
from tasks.workspace import Workspace
from tests.ingest.builders import ingest, reader, rows_of, ticket, write_tickets, write_wishes
from tests.ingest.wishing import afternoon

ANA = {"Adresse de messagerie": "ana.morel@ateliers-morel.example"}


def away(**content: str) -> list[tuple[str, str]]:
    presence = read_presence(reader("forms-wishes", **content))
    return [(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in absences(presence, afternoon())]


@pytest.mark.parametrize(
    ("content", "spans"),
    [
        ({}, []),
        ({"arrives_at": "15:00"}, [("14:00", "15:00")]),
        ({"arrives_at": "vers 15h"}, [("14:00", "15:00")]),
        ({"arrives_at": "3 PM"}, [("14:00", "15:00")]),
        ({"arrives_at": "13:30"}, []),
        ({"arrives_at": "19:00"}, [("14:00", "18:00")]),
        ({"leaves_at": "17:00"}, [("17:00", "18:00")]),
        ({"leaves_at": "4:30 p.m."}, [("16:30", "18:00")]),
        ({"leaves_at": "18:30"}, []),
        ({"pause": "15:40-16:00"}, [("15:40", "16:00")]),
        ({"arrives_at": "15:00", "pause": "14:30-15:30"}, [("14:00", "15:30")]),
        ({"arrives_at": "15:00", "leaves_at": "17:00"}, [("14:00", "15:00"), ("17:00", "18:00")]),
        ({"arrives_at": "0.625"}, [("14:00", "15:00")]),
    ],
)
def test_a_leader_is_away_before_arriving_after_leaving_and_at_a_pause(
    content: dict[str, str], spans: list[tuple[str, str]]
) -> None:
    assert away(**content) == spans


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("15h-15h20 et 17h-17h20", [("15:00", "15:20"), ("17:00", "17:20")]),
        ("de 15h à 16h, puis de 17h à 17h20", [("15:00", "16:00"), ("17:00", "17:20")]),
        ("15:40-16:00 / 17:00-17:20", [("15:40", "16:00"), ("17:00", "17:20")]),
        ("15h00 – 15h20\n16h – 16h20", [("15:00", "15:20"), ("16:00", "16:20")]),  # noqa: RUF001 -- people type dashes
        ("15-16h", [("15:00", "16:00")]),
        ("entre 15h et 15h30", [("15:00", "15:30")]),
        ("between 3pm and 3:30 pm", [("15:00", "15:30")]),
        ("15h jusqu'à 15h30", [("15:00", "15:30")]),
        ("avant 15h", [("14:00", "15:00")]),
        ("jusqu’à 15h", [("14:00", "15:00")]),  # noqa: RUF001 -- so do telephones
        ("à partir de 17h30", [("17:30", "18:00")]),
        ("14h-15h et après 17h", [("14:00", "15:00"), ("17:00", "18:00")]),
        ("12h-13h", []),
        ("Absent toute l'après-midi", [("14:00", "18:00")]),
        ("indisponible", [("14:00", "18:00")]),
    ],
)
def test_a_cell_may_name_several_pauses_or_none_with_an_end(typed: str, spans: list[tuple[str, str]]) -> None:
    assert away(pause=typed) == spans


@pytest.mark.parametrize("field", ["arrives_at", "leaves_at", "pause"])
@pytest.mark.parametrize(
    "typed", ["Après-midi entière", "toute la durée", "Toute l'après-midi", "non", "aucune", "all afternoon", "RAS"]
)
def test_who_is_there_all_the_time_is_never_away(field: str, typed: str) -> None:
    row = reader("forms-wishes", **{field: typed})
    assert (read_presence(row), row.rejections) == (Presence(), [])


@pytest.mark.parametrize(
    ("field", "typed", "rule"),
    [
        ("arrives_at", "bientôt", "not_a_time"),
        ("leaves_at", "15h ou 16h", "not_a_time"),
        ("leaves_at", "oui", "not_a_time"),
        ("available", "15h", "not_a_span"),
        ("available", "16h-17h et 14h-15h", "not_a_span"),
        ("available", "après 15h et 16h-17h", "not_a_span"),
        ("available", "le matin", "not_a_span"),
        ("pause", "15h", "not_a_span"),
        ("pause", "15h et 16h", "not_a_span"),
        ("pause", "17h-16h", "not_a_span"),
        ("pause", "un café", "not_a_span"),
        ("pause", "absent le matin", "not_a_span"),
    ],
)
def test_what_names_no_hours_is_refused_and_takes_nothing_away(field: str, typed: str, rule: str) -> None:
    row = reader("forms-wishes", **{field: typed})
    assert read_presence(row) == Presence()
    assert [(rejection.column_name, rejection.rule) for rejection in row.rejections] == [(field, rule)]


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("14h-16h", [(None, time(14)), (time(16), None)]),
        ("de 14h à 15h et de 16h à 17h", [(None, time(14)), (time(15), time(16)), (time(17), None)]),
        ("à partir de 15h", [(None, time(15))]),
        ("jusqu'à 17h", [(time(17), None)]),
        ("avant 15h et après 16h", [(time(15), time(16))]),
        ("pas disponible avant 15h", [(None, time(15))]),
        ("absent de 15h à 15h20", [(time(15), time(15, 20))]),
        ("tout l'après-midi", []),
        ("oui", []),
        ("indisponible", [(None, None)]),
    ],
)
def test_hours_of_presence_are_turned_into_absences(typed: str, spans: list[tuple[time | None, time | None]]) -> None:
    row = reader("forms-wishes", available=typed)
    assert (list(read_presence(row).pauses), row.rejections) == (spans, [])


minutes = st.integers(0, 24 * 60 - 1)


@given(st.lists(st.tuples(minutes, minutes).filter(lambda span: span[0] < span[1]), max_size=5))
def test_any_spans_are_read_back_joined_and_within_the_afternoon(spans: list[tuple[int, int]]) -> None:
    typed = " et ".join(f"{start // 60}h{start % 60:02d}-{end // 60}:{end % 60:02d}" for start, end in spans)
    taken = {minute for start, end in spans for minute in range(start, end)} & set(range(14 * 60, 18 * 60))
    found = absences(Presence(pauses=pauses(typed) if typed else ()), afternoon())
    told = {
        minute for start, end in found for minute in range(start.hour * 60 + start.minute, end.hour * 60 + end.minute)
    }
    assert told == taken
    assert all(one[1] < other[0] for one, other in pairwise(found))


def test_absences_reach_the_database_as_instants(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Ateliers Morel")])
    write_wishes(workspace, [{**ANA, "J'arrive à": "15:00", "Pause souhaitée": "16:00-16:20"}])
    ingest(workspace)
    found = rows_of(workspace, "select leader_id, starts_at, ends_at from core.unavailability order by all")
    assert found == [
        ("L001", datetime(2026, 12, 3, 13, tzinfo=UTC), datetime(2026, 12, 3, 14, tzinfo=UTC)),
        ("L001", datetime(2026, 12, 3, 15, tzinfo=UTC), datetime(2026, 12, 3, 15, 20, tzinfo=UTC)),
    ]


def test_a_leader_who_is_away_all_afternoon_is_kept(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Ateliers Morel")])
    write_wishes(workspace, [{**ANA, "Pause souhaitée": "indisponible"}])
    ingest(workspace)
    assert rows_of(workspace, "select leader_id, status from core.leader") == [("L001", "registered")]
    assert rows_of(workspace, "select starts_at, ends_at from core.unavailability") == [
        (datetime(2026, 12, 3, 13, tzinfo=UTC), datetime(2026, 12, 3, 17, tzinfo=UTC))
    ]
