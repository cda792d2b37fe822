import gettext
from pathlib import Path

import pytest

from tasks import messages
from tasks.messages import message, plural


@pytest.fixture
def small_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A French catalogue of two sentences, in place of ours."""
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    text = folder / "rencontres.po"
    text.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        'msgid "Hello {name}"\nmsgstr "Bonjour {name}"\n\n'
        'msgid "{count} meeting"\nmsgid_plural "{count} meetings"\n'
        'msgstr[0] "{count} rendez-vous"\nmsgstr[1] "{count} rendez-vous en tout"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(messages, "LOCALE_FOLDER", tmp_path)
    messages.catalogue.cache_clear()
    yield text
    messages.catalogue.cache_clear()


@pytest.mark.usefixtures("small_catalogue")
def test_a_message_speaks_both_languages() -> None:
    greeting = message("Hello {name}", name="Ana")
    assert (greeting.translated("fr"), str(greeting)) == ("Bonjour Ana", "Hello Ana")


@pytest.mark.usefixtures("small_catalogue")
def test_a_message_translates_the_messages_among_its_values() -> None:
    assert message("{first}!", first=message("Hello {name}", name="Ana")).translated("fr") == "Bonjour Ana!"


@pytest.mark.usefixtures("small_catalogue")
def test_a_plural_follows_the_rules_of_its_language() -> None:
    sentences = [plural("{count} meeting", "{count} meetings", count=count) for count in (0, 1, 2)]
    assert [s.translated("fr") for s in sentences] == ["0 rendez-vous", "1 rendez-vous", "2 rendez-vous en tout"]
    assert [str(s) for s in sentences] == ["0 meetings", "1 meeting", "2 meetings"]


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [(2026, "2026", "2026"), (10_000, "10\u202f000", "10,000"), (-1_234_567, "-1\u202f234\u202f567", "-1,234,567")],
)
def test_a_large_number_is_written_in_groups(number: int, french: str, english: str) -> None:
    rows = plural("{count} row of {total}", "{count} rows of {total}", count=number, total=True)
    assert (rows.translated("fr"), rows.translated("en")) == (f"{french} rows of True", f"{english} rows of True")


@pytest.mark.usefixtures("small_catalogue")
def test_a_plural_needs_a_whole_number() -> None:
    with pytest.raises(TypeError, match="integer count"):
        messages.Message("{count} meeting", {"count": "two"}, "{count} meetings").translated("fr")


def test_a_compiled_catalogue_is_used_while_it_is_fresh(small_catalogue: Path) -> None:
    compiled = small_catalogue.with_suffix(".mo")
    from babel.messages import mofile, pofile  # noqa: PLC0415 -- only this test compiles

    with small_catalogue.open(encoding="utf-8") as text:
        content = pofile.read_po(text)
    content["Hello {name}"].string = "Salut {name}"
    with compiled.open("wb") as file:
        mofile.write_mo(file, content)
    assert message("Hello {name}", name="Ana").translated("fr") == "Salut Ana"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:en"}, "fr"),
    ],
)
def test_the_terminal_speaks_french_unless_english_is_asked_for(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert messages.user_language() == language


@pytest.mark.usefixtures("small_catalogue")
def test_an_empty_text_stays_empty() -> None:
    assert messages.gettext("") == ""


def test_english_needs_no_catalogue() -> None:
    assert type(messages.catalogue("en")) is gettext.NullTranslations


def test_a_plural_counts_anew() -> None:
    sentence = plural("{count} file of {name}", "{count} files of {name}", count=1, name="x")
    assert (str(sentence.counting(2)), str(sentence)) == ("2 files of x", "1 file of x")
