"""Templates of an organiser's that are put in the place of ours, good and broken."""

from pathlib import Path

import pytest

from tasks import pages
from tasks.design import Design
from tasks.overrides import OverrideBroken, read_overrides


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
    "{% if %}": "Expected an expression, got 'end of statement block'.",
    "{{ nmae }}": "'nmae' is undefined.",
    "{{ name.nmae }}": "'str object' has no attribute 'nmae'.",
    "{{ 1 // 0 }}": "integer division or modulo by zero.",
    "{{ name + 1 }}": 'can only concatenate str (not "int") to str.',
    "{{ name.__class__.__mro__ }}": "access to attribute '__class__' of 'str' object is unsafe.",
    "{% include 'nothing.j2' %}": "there is no template nothing.j2.",
    "{% include '../secret.j2' %}": "there is no template ../secret.j2.",
    "{% for i in range(10**9) %}{% endfor %}": (
        "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)."
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
