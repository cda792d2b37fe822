"""Templates of an organiser's that are put in the place of ours, good and broken."""

from pathlib import Path

import pytest

from tasks import apart, pages
from tasks.addresses import fetched_from_outside
from tasks.design import Design
from tasks.overrides import OverrideBroken, read_overrides


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)


def designed(folder: Path, **files: str) -> Design:
    """A design with overrides; ``page_html`` becomes ``page.html.j2``."""
    for name, source in files.items():
        path = folder / (name.replace("__", "/").replace("_", ".") + ".j2")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    names, sha256 = read_overrides(folder)
    return Design(override_folder=folder, overrides=names, override_sha256=sha256)


def test_an_override_wins_over_ours_and_may_build_on_it(tmp_path: Path) -> None:
    mine = """{% extends "ours/shared/page.html.j2" %}
    {% block title %}{{ name }}{% endblock %}{% block body %}<h1>Chez nous, {{ 2 | number(1) }}</h1>{% endblock %}"""
    html = pages.render("page.html.j2", "fr", design=designed(tmp_path, page_html=mine), font="", name="<b>")
    assert "<h1>Chez nous, 2,0</h1>" in html
    assert "<title>&lt;b&gt;</title>" in html


def test_ours_is_filled_with_the_part_that_was_replaced(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "style.css").write_text("h1 { color: teal }", encoding="utf-8")
    names, sha256 = read_overrides(tmp_path)
    design = Design(override_folder=tmp_path, overrides=names, override_sha256=sha256)
    html = pages.render("shared/page.html.j2", "en", design=design, font="")
    assert "color: teal" in html
    assert "--brand" not in html
    assert "--brand" in pages.render("shared/page.html.j2", "en", design=design.without("shared/style.css"), font="")


BROKEN = {
    "{% if %}": "Jinja2 says: “Expected an expression, got 'end of statement block'”.",
    "{{ nmae }}": "nmae is not known here.",
    "{{ name.nmae }}": "Jinja2 says: “'str object' has no attribute 'nmae'”.",
    "{{ 1 // 0 }}": "Jinja2 says: “integer division or modulo by zero”.",
    "{{ name + 1 }}": 'Jinja2 says: “can only concatenate str (not "int") to str”.',
    "{{ name.__class__.__mro__ }}": "Jinja2 says: “access to attribute '__class__' of 'str' object is unsafe”.",
    "{% include 'nothing.j2' %}": "there is no template nothing.j2.",
    "{% include '../secret.j2' %}": "there is no template ../secret.j2.",
    "{% for i in range(10**9) %}{% endfor %}": (
        "Jinja2 says: “Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)”."
    ),
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "it calls itself without end.",
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}": (
        "it takes too long or too much memory: does a loop in it ever end?"
    ),
    "{{ name * 10**10 }}": "it takes too long or too much memory: does a loop in it ever end?",
    "{% for i in range(99999) %}{{ '%999d' % i }}{% endfor %}": (
        "it writes more than any document holds: does a loop in it ever end?"
    ),
    "<img src='FILE:///etc/passwd'>": "files of this computer are not read (file:).",
    "<img src='https://chambre.example/logo.png'>": (
        "nothing is fetched from outside: https://chambre.example/logo.png"
    ),
    "<p style=\"background: url('//chambre.example/a.png')\">": (
        "nothing is fetched from outside: //chambre.example/a.png"
    ),
    "<img src='../../etc/logo.png'>": "nothing is fetched from outside: ../../etc/logo.png",
    "<p style='background: url(a/%2e%2e/../logo.png)'>": "nothing is fetched from outside: a/%2e%2e/../logo.png",
    "<style>@import 'https://chambre.example/a.css';</style>": (
        "nothing is fetched from outside: https://chambre.example/a.css"
    ),
}


@pytest.mark.parametrize("source", BROKEN)
def test_a_broken_override_is_said_with_its_file_and_line(tmp_path: Path, source: str) -> None:
    design = designed(tmp_path, page_html="\n\n" + source)
    with pytest.raises(OverrideBroken) as caught:
        pages.render("page.html.j2", "fr", design=design, name="x")
    assert (str(caught.value.where), str(caught.value.what)) == (
        "templates/page.html.j2, line 3",
        BROKEN[source],
    )
    assert caught.value.override == "page.html.j2"
    assert caught.value.exit_code == 2


def test_a_loop_that_hears_no_signal_is_ended_with_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "GRACE_SECONDS", 1)
    design = designed(tmp_path, page_html="{{ 10 ** (10 ** 10) }}", other_html="{{ 1 + 1 }}")
    with pytest.raises(OverrideBroken, match="does a loop in it ever end") as caught:
        pages.render("page.html.j2", "fr", design=design)
    assert caught.value.where == "templates/page.html.j2"
    assert pages.render("other.html.j2", "fr", design=design) == "2"


def test_an_override_is_compiled_before_it_is_used(tmp_path: Path) -> None:
    design = designed(tmp_path, agenda__page_html="{{ name }}", deep__er_txt="a\n{% for %}")
    with pytest.raises(OverrideBroken) as caught:
        pages.require_sound(design)
    assert (caught.value.override, str(caught.value.where)) == ("deep/er.txt.j2", "templates/deep/er.txt.j2, line 2")
    pages.require_sound(design.without("deep/er.txt.j2"))


def test_an_override_that_replaces_nothing_is_no_override(tmp_path: Path) -> None:
    for name, sentence in (
        ("agenda__sheat_html", "none of ours has this name; did you mean agenda/sheet.html.j2?"),
        ("mine_html", "none of ours has this name, and no template of yours names it."),
    ):
        design = designed(tmp_path / name, **{name: "x"})
        with pytest.raises(OverrideBroken) as caught:
            pages.require_sound(design)
        assert str(caught.value.what) == sentence
    pages.require_sound(designed(tmp_path / "both", page__start_html="{% include 'mine.html.j2' %}", mine_html="x"))


def test_what_no_template_can_be_is_refused(tmp_path: Path) -> None:
    heavy = designed(tmp_path / "heavy", page_html="x" * 1_000_001)
    with pytest.raises(OverrideBroken, match="larger than a template may be"):
        pages.require_sound(heavy)
    odd = designed(tmp_path / "odd", page_html="x")
    (tmp_path / "odd" / "page.html.j2").write_bytes("é".encode("latin-1"))
    with pytest.raises(OverrideBroken, match="not written in UTF-8"):
        pages.require_sound(odd)


def test_an_override_that_lacks_what_ours_expects_is_laid_to_all_of_them(tmp_path: Path) -> None:
    design = designed(tmp_path, agenda__parts_html="{# nothing #}")
    with pytest.raises(OverrideBroken, match=r"with these, agenda/page\.html\.j2 of ours cannot be filled") as caught:
        pages.render("agenda/page.html.j2", "fr", design=design, font="", agenda="", fit="", origin="", reason="")
    assert (caught.value.override, caught.value.where) == ("", "templates")
    assert design.without(caught.value.override).overrides == ()


def test_a_mail_is_checked_as_the_page_it_becomes(tmp_path: Path) -> None:
    mjml = (
        '<mjml><mj-body><mj-section><mj-column><mj-text font-family="{}">x</mj-text>'
        "</mj-column></mj-section></mj-body></mjml>"
    )
    fine = designed(tmp_path / "fine", page_mjml=mjml.format("Arial"))
    assert pages.render("page.mjml.j2", "fr", design=fine) == mjml.format("Arial")
    fetching = designed(tmp_path / "fetching", page_mjml=mjml.format("Roboto"))
    with pytest.raises(OverrideBroken, match="nothing is fetched from outside: https://fonts"):
        pages.render("page.mjml.j2", "fr", design=fetching)
    broken = designed(tmp_path / "broken", page_mjml="<mjml>")
    with pytest.raises(OverrideBroken, match="this is no MJML"):
        pages.render("page.mjml.j2", "fr", design=broken)


def test_an_address_put_together_by_the_template_is_found_too(tmp_path: Path) -> None:
    design = designed(tmp_path, page_html="<img src='{{ 'ht' ~ 'tps://chambre.example/' }}'>")
    with pytest.raises(OverrideBroken, match=r"from outside: https://chambre\.example/") as caught:
        pages.render("page.html.j2", "fr", design=design)
    assert caught.value.where == "templates/page.html.j2"


def test_links_and_pictures_within_the_page_are_no_fetching() -> None:
    page = """<a href="https://chambre.example">site</a><img src="data:image/png;base64,AAAA"><img src="plan.png">
    <svg><use href="#a"/></svg><style>a { background: url(data:,) } b { fill: url("#c") }</style><p style="color: red">
    https://chambre.example url(https://chambre.example/a)</p>"""
    assert fetched_from_outside(page) == []


@pytest.mark.parametrize(
    "hidden",
    [
        r"<style>p { background: u\72l(https://chambre.example/a) }</style>",
        r"<p style='background: u\rl(https://chambre.example/a)'>x</p>",
        r"<style>p { background: url(\68 ttps://chambre.example/a) }</style>",
        "<style>p { background: image-set('https://chambre.example/a' 1x) }</style>",
        "<img srcset='data:image/png;base64,/9j/ 1x,https://chambre.example/a 2x'>",
        "<link rel=preload imagesrcset='a.png, https://chambre.example/a 2x'>",
        "<meta http-equiv=Refresh content='0; URL=https://chambre.example/a'>",
        "<meta http-equiv=refresh content='0;https://chambre.example/a'>",
        "<iframe srcdoc='&lt;img src=https://chambre.example/a&gt;'></iframe>",
    ],
)
def test_an_address_in_another_spelling_is_found(hidden: str) -> None:
    assert fetched_from_outside(hidden) == ["https://chambre.example/a"]


def test_no_page_is_left_by_a_description_or_by_pictures_within_it() -> None:
    page = """<meta name="description" content="0;url=https://chambre.example"><meta http-equiv="refresh" content="60">
    <img srcset="data:image/png;base64,/9j/4A 1x, b.png 2x"><style>a::before { content: "\\f0" "\\110000" }</style>"""
    assert fetched_from_outside(page) == []


def test_a_workspace_without_own_templates_has_none(tmp_path: Path) -> None:
    assert read_overrides(tmp_path / "templates") == ((), "")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert read_overrides(tmp_path) == ((), "")


def test_the_design_of_a_page_is_a_design() -> None:
    with pytest.raises(TypeError, match=r"the design of shared/page\.html\.j2 is a str"):
        pages.render("shared/page.html.j2", "fr", design="blue")
