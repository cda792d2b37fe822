from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from tasks.design import HOUSE
from tasks.errors import RencontresError
from tasks.publish.agendas.afternoon import read_afternoon
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.agendas.compose import agendas
from tasks.publish.documents import agenda_page
from tasks.publish.documents.agenda_page import page, sheet
from tasks.publish.documents.fit import ON_PAPER, Fit, likely_fits
from tasks.publish.documents.publishing import agenda_folder, publish
from tasks.publish.documents.rendering import processes, render_all, write_agendas
from tasks.workspace import Workspace
from tests.publish.builders import (
    EDITION,
    Plan,
    Someone,
    add_leaders,
    add_plan,
    eight_leaders,
    first_plan,
    twelve_in_a_row,
)


def agendas_of(workspace: Workspace) -> dict[str, Agenda]:
    with workspace.opened() as db:
        afternoon = read_afternoon(db, EDITION, "19-v1", workspace.event.zone)
    return {agenda.leader_id: agenda for agenda in agendas(workspace.event, afternoon)}


def text_of(pdf: bytes) -> list[str]:
    """The text of every page, with one space wherever there is any."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return [" ".join(sheet.get_text().split()) for sheet in document]


def test_a_sheet_is_one_page_and_says_name_times_tables_and_partners(planned: Workspace) -> None:
    pages = text_of(sheet(agendas_of(planned)["L001"]))
    assert len(pages) == 1
    expected = (
        "Claire Morel",
        "Ateliers Morel",
        "14 h 40",
        "T12",
        "Łukasz Żółkiewski",
        "Œuvre & Métal",
        "Souhait partagé",
    )
    assert [part for part in expected if part not in pages[0]] == []


def test_an_english_sheet_is_english(planned: Workspace) -> None:
    (text,) = text_of(sheet(agendas_of(planned)["L002"]))
    expected = (
        "3 December 2026",
        "14:40",
        "Shared wish (your no. 3)",
        "One of your wishes",
        "You told us that you cannot",
    )
    assert [part for part in expected if part not in text] == []


def test_a_sheet_without_any_meeting_is_one_page_that_says_so(planned: Workspace) -> None:
    (text,) = text_of(sheet(agendas_of(planned)["L005"]))
    assert "aucun rendez-vous prévu pour le moment" in text


def test_twelve_meetings_long_names_and_thirty_unmet_wishes_fit_one_page(workspace: Workspace) -> None:
    leaders, plan = twelve_in_a_row()
    add_leaders(workspace, leaders)
    add_plan(workspace, leaders, plan)
    pages = text_of(sheet(agendas_of(workspace)["L001"]))
    assert len(pages) == 1
    assert [table for table in (f"T{number:02d}" for number in range(1, 13)) if table not in pages[0]] == []


def test_a_sheet_that_no_size_makes_fit_is_refused_rather_than_cut(
    planned: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.pdf.to_pdf_within", lambda _html, pages: None if pages == 1 else b"")
    with pytest.raises(RencontresError, match="the agenda of L001 does not fit one sheet"):
        sheet(agendas_of(planned)["L001"])


def test_the_reckoning_leaves_a_way_out_even_for_what_cannot_fit(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    (last,) = likely_fits(replace(claire, meetings=claire.meetings * 40))
    assert last.scale == ON_PAPER[-1].scale
    fits = likely_fits(replace(claire, meetings=(), free=(), unmet=()))
    assert [fit.scale for fit in fits] == [fit.scale for fit in ON_PAPER]
    assert (fits[0].side, fits[0].wishes) == (1, 0)


def test_nine_meetings_leave_a_line_for_what_every_partner_says(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    said = "Îlots robotisés et contrôle par vision pour les ateliers qui se modernisent."
    partner = replace(claire.meetings[0].partner, presentation=said)
    full = replace(claire, meetings=(replace(claire.meetings[0], partner=partner),) * 9)
    with pymupdf.open(stream=sheet(full)) as document:
        (text,) = (" ".join(page.get_text().split()) for page in document)
    assert text.count(said) == 9


def test_the_side_lists_as_many_unmet_wishes_as_there_is_room_for(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    assert likely_fits(claire)[0].wishes == 3
    many = likely_fits(replace(claire, unmet=claire.unmet * 40))[0]
    assert many.scale == likely_fits(claire)[0].scale
    assert 4 < many.wishes < 60


def test_a_company_without_a_space_makes_the_column_at_the_side_smaller_and_not_the_meetings(
    planned: Workspace,
) -> None:
    claire = agendas_of(planned)["L001"]

    def first_fit(company: str) -> Fit:
        return likely_fits(replace(claire, unmet=(replace(claire.unmet[0], name="Ana", company=company),) * 8))[0]

    unbroken, spaced = first_fit("X" * 120), first_fit("XXXX " * 24)
    assert unbroken.scale == spaced.scale
    assert (unbroken.side, spaced.side) == (0.72, 0.82)


def test_a_table_with_a_long_name_and_a_long_leader_name_are_set_smaller(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    named = replace(claire, meetings=(replace(claire.meetings[0], table="Salon Jean-Baptiste"),))
    assert agenda_page._table_size(claire) == 1.5
    assert agenda_page._table_size(named) == 0.7
    assert agenda_page._name_size("Claire Morel") == 27
    assert agenda_page._name_size("x" * 120) == 14


def test_the_same_agenda_gives_the_same_bytes(planned: Workspace) -> None:
    claire = agendas_of(planned)["L001"]
    assert sheet(claire) == sheet(claire)
    assert page(claire, "data:,") == page(claire, "data:,")


def test_markup_in_a_name_stays_text(planned: Workspace) -> None:
    html = page(agendas_of(planned)["L008"], "data:,")
    assert html.count("<script") == 0
    assert html.count("Inès &lt;b&gt;Gras&lt;/b&gt;") == 2


def test_nobody_else_s_address_or_telephone_appears_anywhere(planned: Workspace, quick_sheets: list[str]) -> None:
    publish(planned, "19-v1")
    claire = agendas_of(planned)["L001"]
    shown = [page(claire, ""), *text_of(sheet(claire))]
    shown += [path.read_text(encoding="utf-8") for path in planned.out.rglob("*") if path.suffix in {".html", ".ics"}]
    assert quick_sheets != []
    assert [text for text in shown if "secret.example" in text or "06 99" in text] == []


def test_documents_are_rendered_by_processes_of_their_own_and_only_once(planned: Workspace) -> None:
    seen: list[tuple[int, int]] = []
    first = publish(planned, "19-v1", lambda done, total: seen.append((done, total)))
    folder = agenda_folder(planned, "19-v1")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    second = publish(planned, "19-v1")
    assert (first.rendered_count, first.copied_count, second.rendered_count, second.copied_count) == (7, 0, 0, 0)
    assert seen[0] == (0, 7)
    assert seen[-1] == (7, 7)
    assert sorted({path.suffix for path in folder.iterdir()}) == [".html", ".ics", ".pdf"]
    assert len(before) == 21
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert before["L001.pdf"] == sheet(agendas_of(planned)["L001"])


def test_only_agendas_that_changed_are_rendered_for_the_next_version(
    planned: Workspace, quick_sheets: list[str]
) -> None:
    publish(planned, "19-v1")
    quick_sheets.clear()
    meetings = [("L001", "L002", 2, "T55", 1, 3), *first_plan().meetings[1:]]
    add_plan(planned, eight_leaders(), replace(first_plan(), number=2, meetings=meetings))
    published = publish(planned, "19-v2")
    assert quick_sheets == ["L001", "L002"]
    assert published.copied_count == 5
    same = [(agenda_folder(planned, version) / "L003.pdf").read_bytes() for version in ("19-v1", "19-v2")]
    assert same[0] == same[1]


def test_a_document_whose_original_has_gone_is_rendered_again(planned: Workspace, quick_sheets: list[str]) -> None:
    publish(planned, "19-v1")
    add_plan(planned, eight_leaders(), replace(first_plan(), number=2))
    (agenda_folder(planned, "19-v1") / "L003.pdf").unlink()
    quick_sheets.clear()
    publish(planned, "19-v2")
    assert quick_sheets == ["L003"]


def test_whoever_withdraws_loses_their_documents(planned: Workspace, quick_sheets: list[str]) -> None:
    publish(planned, "19-v1")
    stranger = agenda_folder(planned, "19-v1") / "L007.pdf"
    stranger.write_bytes(b"of somebody who withdrew")
    publish(planned, "19-v1")
    assert quick_sheets != []
    assert not stranger.exists()


def test_an_edition_without_leaders_still_has_its_plan_page(workspace: Workspace) -> None:
    add_plan(workspace, {}, Plan())
    published = publish(workspace, "19-v1")
    assert published.agendas == ()
    assert sorted(path.name for path in published.folder.iterdir()) == [
        "plan.en.html",
        "plan.en.xlsx",
        "plan.html",
        "plan.xlsx",
    ]


def test_a_batch_renders_every_agenda_it_was_given(planned: Workspace, tmp_path: Path) -> None:
    few = [agendas_of(planned)[leader_id] for leader_id in ("L005", "L008")]
    assert write_agendas(few, tmp_path) == 2
    with processes() as pool:
        assert list(render_all([], tmp_path, HOUSE, pool)) == []
    assert sorted(path.name for path in tmp_path.glob("L*")) == ["L005.html", "L005.pdf", "L008.html", "L008.pdf"]


def test_the_plan_page_says_value_bound_reasons_and_everybody_s_place(
    planned: Workspace, quick_sheets: list[str]
) -> None:
    publish(planned, "19-v1")
    french = (planned.version_folder("19-v1") / "plan.html").read_text(encoding="utf-8")
    english = (planned.version_folder("19-v1") / "plan.en.html").read_text(encoding="utf-8")
    assert quick_sheets != []
    assert "123\u202f450" in french
    assert "aucun plan ne fait mieux" in french
    assert "fewer possible partners than the minimum" in english
    assert "no slot in common" in english
    assert english.count('<th scope="row">') == 7


def test_the_plan_page_shows_how_far_the_value_may_be_from_the_best(
    workspace: Workspace, quick_sheets: list[str], loosened: Callable[[Workspace], None]
) -> None:
    leaders = {"L001": Someone("Ana", "Un", "A"), "L002": Someone("Bob", "Deux", "B")}
    add_leaders(workspace, leaders)
    add_plan(workspace, leaders, Plan(meetings=[("L001", "L002", 0, "T01", 1, 1)], is_approved=False))
    loosened(workspace)
    publish(workspace, "19-v1")
    english = (workspace.version_folder("19-v1") / "plan.en.html").read_text(encoding="utf-8")
    assert quick_sheets == ["L001", "L002"]
    assert "at most 246,900 (50.00% below)" in english
    assert "waiting for your decision" in english
    assert "Every wish is met." in english
