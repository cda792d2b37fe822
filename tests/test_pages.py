from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
import pytest
from jinja2.exceptions import SecurityError

from tasks import pages
from tasks.messages import message

NOON = datetime(2026, 12, 1, 14, 5, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (pages.day(date(2026, 12, 3), "fr"), "jeudi 3 décembre 2026"),
        (pages.day(date(2026, 12, 1), "fr"), "mardi 1er décembre 2026"),
        (pages.day(date(2026, 12, 1), "en"), "Tuesday 1 December 2026"),
        (pages.clock(NOON, "fr"), "14\u00a0h\u00a005"),
        (pages.clock(NOON, "en"), "14:05"),
        (pages.number(12345.67, "fr"), "12\u202f346"),
        (pages.number(12345.67, "fr", 1), "12\u202f345,7"),
        (pages.number(12345.67, "en", 2), "12,345.67"),
        (pages.percent(0.622, "fr"), "62,2\u202f%"),
        (pages.percent(0.622, "en"), "62.2%"),
        (pages.money(3600, "fr"), "36,00\u00a0€"),
        (pages.money(3600, "en"), "€36.00"),
        (pages.in_name_case("DE LUCA"), "De Luca"),
        (pages.in_name_case("d'haene-œuvrard"), "D'Haene-Œuvrard"),
        (pages.in_name_case("McAllister"), "McAllister"),
        (pages.with_capital("ce fichier de la CCI est vide."), "Ce fichier de la CCI est vide."),
        (pages.toml_value('a "b"\n'), '"a \\"b\\"\\n"'),
        (pages.toml_value(date(2026, 12, 3)), "2026-12-03"),
    ],
)
def test_formats_follow_the_language(text: str, expected: str) -> None:
    assert text == expected


def filled(source: str, **values: object) -> str:
    return pages.environment("fr").from_string(source).render(**values)


def test_templates_use_the_formats_of_their_language() -> None:
    assert filled("{{ at | clock }} {{ share | percent(0) }}", at=NOON, share=0.5) == "14\u00a0h\u00a005 50\u202f%"


def test_what_people_typed_is_escaped() -> None:
    assert filled("{{ name }}", name="<script>") == "&lt;script&gt;"


def test_an_unknown_name_in_a_template_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError, match="nmae"):
        filled("{{ nmae }}")


def test_a_template_cannot_reach_into_python() -> None:
    with pytest.raises(SecurityError):
        filled("{{ name.__class__.__mro__ }}", name="x")


def test_a_message_is_shown_in_the_language_of_the_page() -> None:
    assert filled("{{ text | sentence }} {{ plain | sentence }}", text=message("{n}", n=1), plain=2) == "1 2"


def test_plain_text_templates_are_not_escaped() -> None:
    assert pages.environment("fr").autoescape("email/agenda.txt.j2") is False
    assert pages.environment("fr").autoescape("email/agenda.mjml.j2") is True


def test_a_template_is_compiled_once_and_anew_when_it_changes(tmp_path: Path) -> None:
    template, kept = tmp_path / "page.txt", tmp_path / "kept"
    for text in ("Bonjour", "Bonjour", "Bonsoir"):
        template.write_text(text, encoding="utf-8")
        cache = pages._Compiled(str(kept))
        made = jinja2.Environment(loader=jinja2.FileSystemLoader(tmp_path), bytecode_cache=cache, autoescape=True)
        assert made.get_template("page.txt").render() == text
    assert len(list(kept.iterdir())) == 1


def test_a_template_is_filled_where_nothing_may_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "mkdir", refuse)
    cache = pages._Compiled(str(tmp_path / "kept"))
    made = jinja2.Environment(loader=jinja2.DictLoader({"page.txt": "Bonjour"}), bytecode_cache=cache, autoescape=True)
    assert made.get_template("page.txt").render() == "Bonjour"
    assert not (tmp_path / "kept").exists()


def test_marks_that_turn_the_writing_round_are_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "line.html.j2").write_text("{{ name }}|{% trans n=name %}{{ n }}{% endtrans %}|{{ name | upper }}")
    monkeypatch.setattr(pages, "TEMPLATE_FOLDER", tmp_path)
    pages.environment.cache_clear()
    try:
        turned = "".join(map(chr, (0x61, 0x202E, 0x62, 0x2066, 0x3C, 0x200F, 0x200E, 0x61C, 0x63)))
        assert pages.render("line.html.j2", "fr", name=turned) == (
            "a\ufffdb\ufffd&lt;c|a\ufffdb\ufffd&lt;c|A\ufffdB\ufffd&lt;C"
        )
    finally:
        pages.environment.cache_clear()
