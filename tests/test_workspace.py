"""How documents are to look, as a workspace says it: brand, logo, own templates."""

import os
from pathlib import Path

import pytest

from tasks import apart
from tasks.design import Design
from tasks.event_file import load_event
from tasks.messages import Message
from tasks.overrides import OverrideBroken
from tasks.pages import render
from tasks.progress import Silent, listening
from tasks.workspace import Workspace
from tests.test_event import changed, sentence


class Warned(Silent):
    """Keeps what was said about the design."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def warned(self, step: Message, result: Message | None) -> None:
        self.said.append(f"{step}: {result}")


@pytest.fixture
def warned(monkeypatch: pytest.MonkeyPatch) -> Warned:
    monkeypatch.setattr(apart, "SECONDS", 1)
    return Warned()


def put(workspace: Workspace, name: str, source: str) -> None:
    path = workspace.folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")


def test_the_brand_of_event_toml_is_that_of_the_documents(workspace: Workspace) -> None:
    changed(workspace, 'logo = ""', 'logo = "logo.svg"')
    changed(workspace, 'colour = "#0b4f6c"', 'colour = "#7A1F3D"')
    changed(workspace, 'accent = "#b3470f"', 'accent = "#2b5f8c"')
    (workspace.folder / "logo.svg").write_text("<svg/>", encoding="utf-8")
    design = workspace.design
    assert (design.colour, design.accent, design.logo) == (
        "#7a1f3d",
        "#2b5f8c",
        "data:image/svg+xml;base64,PHN2Zy8+",
    )
    style = render("shared/page.html.j2", "fr", design=design, font="")
    assert "--brand: #7a1f3d;" in style
    assert "--accent: #2b5f8c;" in style


@pytest.mark.parametrize(
    ("colour", "reason"),
    [
        ("teal", "brand.colour: teal is no colour; write for example #0b4f6c."),
        (
            "#ffcc00",
            (
                "brand.colour: #ffcc00 is too pale to be read on white: its contrast is 1.51, 4.5 is needed (WCAG AA);"
                " choose a darker one."
            ),
        ),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused(workspace: Workspace, colour: str, reason: str) -> None:
    assert sentence(changed(workspace, 'colour = "#0b4f6c"', f'colour = "{colour}"')) == reason


def test_a_logo_that_cannot_be_used_is_said_and_left_out(workspace: Workspace, warned: Warned) -> None:
    changed(workspace, 'logo = ""', 'logo = "logo.svg"')
    with listening(warned):
        assert workspace.design.logo == ""
        assert workspace.design.logo == ""
    assert warned.said == [
        "Your own design: event.toml, [brand], logo = logo.svg: there is no such file, or it cannot be read."
    ]


def test_a_broken_template_is_said_once_and_all_is_made_with_ours(workspace: Workspace, warned: Warned) -> None:
    put(workspace, "page/plan.html.j2", "{{ nmae }}")
    put(workspace, "page/quality.html.j2", "{% if %}")
    put(workspace, "page/start.html.j2", "mine")
    seen: list[tuple[str, ...]] = []

    def make(design: Design) -> str:
        seen.append(design.overrides)
        if "page/plan.html.j2" in design.overrides:
            render("page/plan.html.j2", "fr", design=design)
        return render("page/start.html.j2", "fr", design=design)

    with listening(warned):
        assert workspace.designed(make) == "mine"
        assert workspace.designed(make) == "mine"
    assert seen == [("page/plan.html.j2", "page/start.html.j2"), ("page/start.html.j2",), ("page/start.html.j2",)]
    assert warned.said == [
        (
            "Your own design: templates/page/quality.html.j2, line 1: "
            "Jinja2 says: “Expected an expression, got 'end of statement block'”."
        ),
        "Your own design: templates/page/plan.html.j2, line 1: nmae is not known here.",
    ]


def test_a_broken_template_stops_where_event_toml_says_so(workspace: Workspace, warned: Warned) -> None:
    folder: Path = changed(workspace, 'broken = "ours"', 'broken = "stop"')
    assert load_event(folder).templates.broken == "stop"
    put(workspace, "page/plan.html.j2", "{% if %}")
    with listening(warned), pytest.raises(OverrideBroken) as caught:
        workspace.designed(lambda design: design)
    assert caught.value.in_language("fr").split("\n") == [
        (
            "templates/page/plan.html.j2, ligne 1\u00a0: Jinja2 indique, en anglais\u00a0: "
            "«\u202fExpected an expression, got 'end of statement block'\u202f»."
        ),
        "Corrigez le modèle, ou retirez-le pour retrouver le nôtre.",
    ]
    assert warned.said == []


def test_an_inbox_is_fed_by_whatever_came_after_the_last_writing(bare_workspace: Workspace) -> None:
    assert bare_workspace.is_fed  # nothing was ever written
    export = bare_workspace.inbox / "inscriptions.csv"
    export.touch()
    bare_workspace.database.touch()
    just_after = export.stat().st_ctime + 1
    os.utime(bare_workspace.database, (just_after, just_after))
    assert not bare_workspace.is_fed
    os.utime(bare_workspace.database, (just_after - 2, just_after - 2))
    assert bare_workspace.is_fed
    export.unlink()
    assert not bare_workspace.is_fed
