import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import DataError
from tasks.publish.agendas.afternoon import approved_version, read_afternoon
from tasks.publish.agendas.agenda import NO_ROOM, Agenda, Seat, agenda_sha256, content_sha256, token
from tasks.publish.agendas.compose import _spans, agendas
from tasks.publish.agendas.frame import Slot, read_frame
from tasks.publish.agendas.wording import UNMET_REASONS, day_and_month, headline, origin, subject
from tasks.workspace import Workspace
from tests.publish.builders import (
    EDITION,
    PARIS,
    SLOTS,
    TWENTY,
    Plan,
    Someone,
    add_leaders,
    add_plan,
    eight_leaders,
    first_plan,
    insert,
    problem_text,
)


def agendas_of(workspace: Workspace, version_id: str = "19-v1") -> dict[str, Agenda]:
    event = workspace.event
    with workspace.opened() as db:
        afternoon = read_afternoon(db, event.id, version_id, event.zone)
    return {agenda.leader_id: agenda for agenda in agendas(event, afternoon)}


def clock_of(moment: datetime) -> str:
    return moment.strftime("%H:%M")


def test_every_registered_leader_has_an_agenda_and_nobody_who_withdrew(planned: Workspace) -> None:
    assert list(agendas_of(planned)) == ["L001", "L002", "L003", "L004", "L005", "L006", "L008"]


def test_meetings_stand_in_order_with_table_partner_and_whose_wish_it_was(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    assert [
        (clock_of(m.starts_at), clock_of(m.ends_at), m.table, m.partner.leader_id, str(origin(m)))
        for m in claire.meetings
    ] == [
        ("14:40", "15:00", "T12", "L002", "Shared wish (your no. 1)"),
        ("15:00", "15:20", "T12", "L003", "They asked to meet you"),
        ("15:40", "16:00", "T07", "L004", "Your wish no. 2"),
        ("17:00", "17:20", "T30", "L006", "Suggested by the organiser"),
    ]


def test_free_slots_next_to_each_other_become_one_stretch_with_what_is_open(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    assert [(clock_of(f.starts_at), clock_of(f.ends_at)) for f in claire.free] == [
        ("14:00", "14:40"), ("15:20", "15:40"), ("16:00", "17:00"), ("17:20", "18:00"),
    ]  # fmt: skip
    assert {f.spaces for f in claire.free} == {("Exposition", "Documentations", "Rencontre")}


def test_a_leader_who_said_they_cannot_be_there_is_away_then_and_not_free(planned: Workspace) -> None:
    james = agendas_of(planned)["L002"]
    assert [(clock_of(a.starts_at), clock_of(a.ends_at)) for a in james.away] == [("14:00", "14:40")]
    assert clock_of(james.free[0].starts_at) == "15:00"


def test_the_afternoon_is_told_in_order_from_the_welcome_to_the_cocktail(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    assert [moment.kind for moment in claire.moments] == [
        "programme", "free", "meeting", "meeting", "free", "meeting",
        "free", "meeting", "free", "programme", "programme",
    ]  # fmt: skip


def test_an_english_leader_reads_english_names_of_event_spaces_and_programme(planned: Workspace) -> None:
    james = agendas_of(planned)["L002"]
    assert james.occasion.title == "Artois and Douaisis business meetings"
    assert [space.name for space in james.spaces] == ["Meetings", "Exhibition", "Brochures", "Meeting place"]
    assert [moment.title for moment in james.programme] == [
        "Welcome and agendas",
        "Trophy ceremony",
        "Closing cocktail",
    ]


def with_offers(workspace: Workspace, leader_id: str, sells: tuple[str, ...]) -> Workspace:
    """Return the workspace with what a leader sells told anew."""
    with workspace.writing() as db:
        db._connection.execute("delete from core.offer where leader_id = $1 and side = 'sells'", [leader_id])
        rows = ({"edition_id": EDITION, "leader_id": leader_id, "side": "sells", "category": one} for one in sells)
        insert(db, "core.offer", rows)
    return workspace


def test_what_a_partner_sells_is_named_in_the_language_of_the_reader(planned: Workspace) -> None:
    told = with_offers(planned, "L001", ("Chaudronnerie et métallerie", "Soudure TIG"))
    (claire,) = [m.partner for m in agendas_of(told)["L002"].meetings if m.partner.leader_id == "L001"]
    assert claire.sells == ("Boilermaking and metalwork", "Soudure TIG")  # own words stay as they were typed
    (claire,) = [m.partner for m in agendas_of(told)["L003"].meetings if m.partner.leader_id == "L001"]
    assert claire.sells == ("Chaudronnerie et métallerie", "Soudure TIG")


def test_what_was_chosen_in_english_is_french_for_a_french_reader(planned: Workspace) -> None:
    told = with_offers(planned, "L002", ("boilermaking and metalwork",))
    (james,) = [m.partner for m in agendas_of(told)["L001"].meetings if m.partner.leader_id == "L002"]
    assert james.sells == ("Chaudronnerie et métallerie",)


def test_an_organisers_own_categories_are_named_instead_of_ours(planned: Workspace) -> None:
    own = '\n[[categories]]\ncode = "bees"\nname = "Apiculture"\nname_en = "Bee-keeping"\n'
    event_file = planned.folder / "event.toml"
    event_file.write_text(event_file.read_text(encoding="utf-8") + own, encoding="utf-8")
    told = with_offers(Workspace(planned.folder), "L001", ("Apiculture", "Chaudronnerie et métallerie"))
    (claire,) = [m.partner for m in agendas_of(told)["L002"].meetings if m.partner.leader_id == "L001"]
    assert claire.sells == ("Bee-keeping", "Chaudronnerie et métallerie")


def test_a_place_of_the_programme_is_named_in_the_language_of_the_reader(planned: Workspace) -> None:
    found = agendas_of(planned)
    assert [moment.place for moment in found["L002"].programme] == ["Entrance hall", "Stage", "Exhibition area"]
    assert [moment.place for moment in found["L001"].programme] == ["Hall", "Scène", "Espace Exposition"]


def test_wishes_not_met_stand_in_order_of_rank_with_their_reason(planned: Workspace) -> None:
    found = agendas_of(planned)
    assert [(wish.name, wish.rank, wish.reason) for wish in found["L001"].unmet] == [
        ("Paul Lefèvre", 3, "partner_full"), ("Inès <b>Gras</b>", 4, "excluded"), ("Hugo Petit", 5, "withdrawn"),
    ]  # fmt: skip
    assert [(wish.name, wish.company, wish.reason) for wish in found["L002"].unmet] == [("", "", "unknown_partner")]


def test_every_reason_of_the_contract_has_kind_words_in_both_languages() -> None:
    assert set(UNMET_REASONS) == {
        "own_full", "partner_full", "no_common_slot", "excluded", "same_company", "no_table", "unknown_partner",
        "withdrawn", "lower_value",
    }  # fmt: skip
    assert all(words.translated("fr") != words.translated("en") for words in UNMET_REASONS.values())


def test_who_excluded_whom_is_not_told() -> None:
    told = UNMET_REASONS["excluded"].translated("fr") + UNMET_REASONS["excluded"].translated("en")
    assert told == "Ce rendez-vous n\u2019a pas pu être organisé.This meeting could not be arranged."


def test_the_subject_says_how_many_when_and_where(planned: Workspace) -> None:
    found = agendas_of(planned)
    assert subject(found["L001"], is_update=False).replace("\u00a0", " ").replace("\u202f", " ") == (
        "Votre agenda du 3 décembre : 4 rendez-vous, le premier à 14 h 40, table T12"
    )
    assert subject(found["L002"], is_update=False) == (
        "Your agenda for 3 December: 2 meetings, the first at 14:40, table T12"
    )
    assert subject(found["L002"], is_update=True).startswith("Your agenda for 3 December has changed: 2 meetings")


def test_one_meeting_and_none_are_told_in_their_own_words(planned: Workspace) -> None:
    found = agendas_of(planned)
    assert str(headline(found["L006"])) == "1 meeting, at 17\u00a0h\u00a000, table T30"
    assert str(headline(found["L005"])) == "no meeting planned yet"


def test_the_first_of_a_month_is_written_as_french_writes_it() -> None:
    first, eleventh = datetime(2026, 12, 1).date(), datetime(2026, 12, 11).date()  # noqa: DTZ001 -- a date needs no zone
    assert day_and_month(first, "fr") == "1er décembre"
    assert day_and_month(eleventh, "fr") == "11 décembre"
    assert day_and_month(first, "en") == "1 December"


def test_a_moved_table_changes_the_agenda_and_an_unmet_reason_does_not(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    moved = replace(claire, meetings=(replace(claire.meetings[0], table="T13"), *claire.meetings[1:]))
    other_reason = replace(claire, unmet=(replace(claire.unmet[0], reason="lower_value"), *claire.unmet[1:]))
    assert agenda_sha256(moved) != agenda_sha256(claire)
    assert agenda_sha256(other_reason) == agenda_sha256(claire)
    assert content_sha256(other_reason) != content_sha256(claire)


def test_the_mark_of_an_agenda_changes_with_whatever_it_says(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    others = [replace(claire, unmet=()), replace(claire, room=NO_ROOM), replace(claire, job_title="Présidente")]
    assert re.fullmatch("[A-Z2-7]{16}", token(claire))
    assert token(claire) == token(agendas_of(planned)["L001"])
    assert len({token(agenda) for agenda in (claire, *others)}) == 4


def test_the_plan_of_the_room_is_no_news(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    assert agenda_sha256(replace(claire, room=NO_ROOM)) == agenda_sha256(claire)


def test_one_s_tables_stand_in_rows_as_the_organiser_says(planned: Workspace) -> None:
    room = agendas_of(planned)["L001"].room
    assert (room.columns, room.table_count, room.row_names) == (10, 60, ("T01", "T11", "T21", "T31", "T41", "T51"))
    assert room.seats == (Seat("T07", 1, 7), Seat("T12", 2, 2), Seat("T30", 3, 10))
    file = planned.folder / "event.toml"
    text = file.read_text(encoding="utf-8").replace("# columns = 10 ", "columns = 12 ")
    file.write_text(text, encoding="utf-8")
    room = agendas_of(Workspace(planned.folder))["L001"].room
    assert room.row_names == ("T01", "T13", "T25", "T37", "T49")
    assert room.seats == (Seat("T07", 1, 7), Seat("T12", 1, 12), Seat("T30", 3, 6))
    assert agendas_of(planned)["L005"].room.seats == ()


def test_a_version_that_does_not_exist_is_refused(planned: Workspace) -> None:
    with planned.opened() as db, pytest.raises(DataError, match="there is no plan version 19-v9"):
        read_afternoon(db, EDITION, "19-v9", planned.event.zone)


def test_a_plan_with_a_leader_nobody_knows_is_refused_by_id(workspace: Workspace) -> None:
    add_leaders(workspace, eight_leaders())
    add_plan(workspace, eight_leaders(), Plan(meetings=[("L001", "L999", 0, "T01", None, None)]))
    with workspace.opened() as db, pytest.raises(DataError, match="no longer in the base: L999"):
        read_afternoon(db, EDITION, "19-v1", workspace.event.zone)


def test_the_newest_approved_version_counts_and_none_is_an_error(workspace: Workspace) -> None:
    add_leaders(workspace, eight_leaders())
    with workspace.opened() as db, pytest.raises(DataError, match="no plan version is approved"):
        approved_version(db, EDITION)
    for number, is_approved in ((1, True), (2, True), (3, False)):
        add_plan(workspace, eight_leaders(), replace(first_plan(), number=number, is_approved=is_approved))
    with workspace.opened() as db:
        assert approved_version(db, EDITION) == "19-v2"


def test_few_meetings_are_explained_by_partners_wish_presence_or_room(planned: Workspace) -> None:
    with planned.opened() as db:
        frame = read_afternoon(db, EDITION, "19-v1", planned.event.zone).frame
    four = frozenset({"a", "b", "c", "d"})
    roomy = replace(frame, partners=dict.fromkeys(("L001", "L002", "L008"), four))
    absent = replace(roomy, unavailable={"L002": frozenset(slot.slot_id for slot in frame.slots[:9])})
    assert frame.reason_for_few("L005", 1) == "few_partners"
    assert roomy.reason_for_few("L008", 1) == "own_maximum"
    assert absent.reason_for_few("L002", 1) == "few_slots"
    assert roomy.reason_for_few("L001", 3) == "partners_full"
    assert roomy.reason_for_few("L001", 4) is None


def test_possible_partners_leave_out_excluded_pairs_and_strangers(planned: Workspace) -> None:
    with planned.opened() as db:
        frame = read_afternoon(db, EDITION, "19-v1", planned.event.zone).frame
    assert frame.partners["L008"] == frozenset()
    assert frame.partners["L006"] == {"L001", "L002", "L003", "L004"}


def test_two_leaders_who_are_never_there_together_are_no_possible_partners() -> None:
    leaders = {
        "L001": Someone("Ana", "Un", "A", unavailable=tuple(range(6))),
        "L002": Someone("Bob", "Deux", "B", unavailable=tuple(range(6, 12))),
        "L003": Someone("Eva", "Trois", "A"),
    }
    asked = [
        ("L001", "L002", "no_common_slot", 1),
        ("L001", "L003", "same_company", 2),
        ("L003", "L002", "own_full", 1),
    ]
    frame = read_frame(problem_text(leaders, Plan(unmet=asked)), PARIS)
    assert frame.partners == {"L001": frozenset(), "L002": frozenset({"L003"}), "L003": frozenset({"L002"})}


@given(st.sets(st.integers(min_value=0, max_value=11)))
def test_stretches_cover_exactly_the_slots_they_were_made_from(positions: set[int]) -> None:
    slots = [Slot(str(p), SLOTS[p], SLOTS[p] + TWENTY, 0) for p in sorted(positions)]
    spans = _spans(slots)
    covered = {p for p in range(12) if any(start <= SLOTS[p] < end for start, end in spans)}
    assert covered == positions
    assert all(one[1] < other[0] for one, other in pairwise(spans))
