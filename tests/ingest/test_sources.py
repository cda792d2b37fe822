"""The files of ``sources/``: each one whole, none contradicting another."""

from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import pofile
from pydantic import ValidationError

from tasks.ingest.formats import fields
from tasks.ingest.formats.sources import SOURCE_FOLDER, Source, all_sources, source_from, source_named
from tasks.ingest.formats.titles import collect
from tasks.ingest.values.folding import fold

EVERY = pytest.mark.parametrize("source", all_sources(), ids=lambda source: source.id)
CATALOGUE = Path(__file__).parents[2] / "templates/locale/fr/LC_MESSAGES/rencontres.po"
TOOLS = {
    *("pretix", "helloasso", "billetweb", "eventbrite", "weezevent", "eventmaker", "b2match"),
    *("google-forms", "microsoft-forms", "typeform", "limesurvey"),
}


def a_source(**more: object) -> Source:
    return source_from(
        {"id": "guests", "title": "Guests", "kind": "registration", "required": ["full_name"], "columns": {}} | more
    )


def test_every_tool_of_the_field_is_covered() -> None:
    assert {source.tool for source in all_sources()} - {""} == TOOLS
    assert Counter(source.id for source in all_sources()).most_common(1)[0][1] == 1


@EVERY
def test_a_source_names_only_fields_that_it_has(source: Source) -> None:
    series = {f"{name}_1" for name in source.series}
    matrix = {f"{name}_of" for name in source.matrix}
    kept = {*source.columns, *source.joined, *series, *matrix}
    named = {
        *(name for alternatives in source.required for name in alternatives),
        *source.key,
        *source.codes,
        *(name for rule in source.statuses for name in rule.fields if rule.words == ()),
    }
    assert named - kept == set()
    parts = {part for pattern in source.joined.values() for _, part, _, _ in Formatter().parse(pattern)}
    assert parts - set(source.columns) == set()
    assert not source.dated_by or source.dated_by in kept
    marks = {title for alternatives in source.marks for title in alternatives}
    assert marks - set(source.dropped) == set()
    assert set(source.yields_to) - {"*", *(other.id for other in all_sources())} == set()


@EVERY
def test_words_are_looked_for_in_cells_as_typed(source: Source) -> None:
    looked_at = {name for rule in source.statuses if rule.words for name in rule.fields}
    assert looked_at & source.joined.keys() == set()


@EVERY
def test_no_header_of_a_source_stands_for_two_fields(source: Source) -> None:
    titles = [*((fold(title), name) for name, found in source.columns.items() for title in found)]
    titles += [(fold(title), "") for title in source.dropped]
    fields_of = {title: {name for known, name in titles if known == title} for title, _ in titles}
    assert {title: names for title, names in fields_of.items() if len(names) > 1} == {}


@EVERY
def test_the_title_of_a_source_is_in_the_catalogue(source: Source) -> None:
    with CATALOGUE.open(encoding="utf-8") as file:
        catalogue = pofile.read_po(file, locale="fr")
    assert catalogue.get(source.title) is not None
    assert catalogue.get(source.title).string


@pytest.mark.parametrize("path", sorted(SOURCE_FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_source_file_bears_the_name_of_its_source_and_says_what_it_is(path: Path) -> None:
    assert source_named(path.stem).id == path.stem
    assert path.read_text(encoding="utf-8").startswith("# ")
    with path.open("rb") as file:
        assert next(collect(file))[2] == source_named(path.stem).title


def test_no_shared_wording_stands_for_two_fields() -> None:
    titles = Counter(fold(title) for known in fields.COLUMNS.values() for title in known)
    assert [title for title, count in titles.items() if count > 1] == []


def test_shared_wordings_come_after_a_source_s_own_and_never_take_them() -> None:
    source = a_source(shared=["email"], columns={"payer_email": ["E-mail"], "email": ["Écrire à"]})
    assert source.columns["payer_email"] == ("E-mail",)
    assert source.columns["email"][0] == "Écrire à"
    assert "E-mail" not in source.columns["email"]
    assert "Adresse e-mail" in source.columns["email"]


def test_a_group_brings_its_columns_series_matrix_and_codes() -> None:
    source = a_source(shared=["wishes"], codes={"role": {"curieux": "both"}})
    assert {"sells", "pause"} <= set(source.columns)
    assert set(source.series) == {"wish"}
    assert set(source.matrix) == {"wish", "sells", "seeks"}
    assert (source.codes["role"]["acheter"], source.codes["role"]["curieux"]) == ("buyer", "both")


def test_shared_rules_go_before_a_source_s_own() -> None:
    source = a_source(rules=["test"], statuses=[{"status": "valid", "fields": ["status"], "values": ["Oui"]}])
    assert [rule.status for rule in source.statuses] == ["test", "valid"]


def test_a_shared_name_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError, match="adress"):
        a_source(shared=["adress"])


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        a_source(colour="red")


def test_any_shared_field_may_be_declared_beside_a_source_s_own() -> None:
    assert {"full_name", "siret", "excluded"} <= a_source().fields
