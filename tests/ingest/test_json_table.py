"""JSON: the lists of records of a tool, as tables."""

import json
from collections.abc import Sequence

import pytest

from tasks.ingest.reading import json_table
from tasks.ingest.reading.count_json import Counts, count_json
from tasks.ingest.reading.json_table import is_json, read_json
from tasks.ingest.reading.sheet import SetAside

QUESTIONS = [
    {"id": 7, "identifier": "SOC", "question": "Votre société ?"},
    {"id": 8, "identifier": "SIR", "question": {"en": "Company number", "fr": "N° SIRET"}},
]
ORDERS = [
    {
        "code": "AB1",
        "testmode": False,
        "email": "payeur@morel.example",
        "total": "72.00",
        "fees": [],
        "invoice_address": {"company": "Morel", "vat": None},
        "payments": [{"local_id": 1, "state": "confirmed", "amount": "72.00", "info": "x"}],
        "positions": [
            {
                "positionid": 1,
                "item": 5,
                "variation": 9,
                "attendee_name": "Zoé Morel",
                "answers": [{"question": 7, "answer": "Ateliers [Morel]"}, {"question": 8, "answer": "73282932000074"}],
            },
            {"positionid": 2, "item": 5, "attendee_name": "Ana {x}", "answers": [], "seat": {"name": "A1"}},
        ],
    },
    {"code": "CD2", "testmode": True, "fees": [{"value": "1.00"}], "positions": []},
]
EXPORT = {
    "event": {
        "name": "Rencontres",
        "items": [{"id": 5, "name": "Dirigeant", "variations": [{"id": 9, "name": "Tarif réduit"}]}],
        "questions": QUESTIONS,
        "orders": ORDERS,
    }
}


def tables(document: object) -> dict[str, list[tuple[str, ...]]]:
    return {sheet.name: [line.cells for line in sheet.lines] for sheet in read_json(json.dumps(document))}


def test_a_whole_export_of_pretix_has_a_line_for_every_position() -> None:
    found = tables(EXPORT)
    assert list(found) == ["event.items", "event.questions", "event.orders"]
    header, *lines = found["event.orders"]
    assert [dict(zip(header, line, strict=True)) for line in lines] == [
        {
            "code": "AB1",
            "testmode": "Non",
            "email": "payeur@morel.example",
            "total": "72.00",
            "fees": "",
            "invoice_address.company": "Morel",
            "invoice_address.vat": "",
            "payments": '[{"local_id": "1", "state": "confirmed", "amount": "72.00", "info": "x"}]',
            "positions.positionid": "1",
            "positions.item": "5",
            "positions.item.name": "Dirigeant",
            "positions.variation": "9",
            "positions.variation.name": "Tarif réduit",
            "positions.attendee_name": "Zoé Morel",
            "positions.seat.name": "",
            "Votre société ?": "Ateliers [Morel]",
            "N° SIRET": "73282932000074",
        },
        {
            "code": "AB1",
            "testmode": "Non",
            "email": "payeur@morel.example",
            "total": "72.00",
            "fees": "",
            "invoice_address.company": "Morel",
            "invoice_address.vat": "",
            "payments": '[{"local_id": "1", "state": "confirmed", "amount": "72.00", "info": "x"}]',
            "positions.positionid": "2",
            "positions.item": "5",
            "positions.item.name": "Dirigeant",
            "positions.variation": "",
            "positions.variation.name": "",
            "positions.attendee_name": "Ana {x}",
            "positions.seat.name": "A1",
            "Votre société ?": "",
            "N° SIRET": "",
        },
        {**dict.fromkeys(header, ""), "code": "CD2", "testmode": "Oui", "fees": '[{"value": "1.00"}]'},
    ]


def test_the_pages_of_an_interface_have_the_same_headers() -> None:
    page = tables({"count": 2, "next": None, "results": ORDERS})["results"]
    whole = tables(EXPORT)["event.orders"]
    assert [title for title in page[0] if title in {"code", "positions.attendee_name", "invoice_address.company"}] == [
        title for title in whole[0] if title in {"code", "positions.attendee_name", "invoice_address.company"}
    ]
    assert {"7", "8"} <= set(page[0])  # no list of questions: their ids


def test_a_question_without_a_list_is_told_by_its_identifier() -> None:
    answers = [{"question": 7, "question_identifier": "SOC", "answer": "Morel"}]
    assert tables([{"code": "A", "answers": answers}]) == {"": [("code", "SOC"), ("A", "Morel")]}


@pytest.mark.parametrize(
    ("record", "cells"),
    [
        ({"a": 73282932000074, "b": 36.10, "c": 1e300}, {"a": "73282932000074", "b": "36.1", "c": "1e+300"}),
        ({"a": True, "b": False, "c": None}, {"a": "Oui", "b": "Non", "c": ""}),
        ({"a": float("nan"), "b": float("inf")}, {"a": "", "b": "Infinity"}),
        ({"a": ["x", "y"], "b": []}, {"a": "x\ny"}),
        ({"a": {"id": 1}, "b": {}}, {"a.id": "1"}),
        ({"a": {"de": "Hallo", "en": "Hello"}}, {"a": "Hallo"}),
        ({"a": {"de": "Hallo", "fr": ""}}, {"a": "Hallo"}),
        ({"a": "x\ud83d"}, {"a": "x\ufffd"}),
        ({"tags": [{"id": 1, "t": "x"}]}, {"tags": '[{"id": "1", "t": "x"}]'}),
        ({"a": [{"id": 1}, "x"]}, {"a": '[{"id": "1"}, "x"]'}),
        (
            {"customFields": [{"name": "Goûts", "answer": "thé"}, {"name": "Goûts", "answer": "café"}]},
            {"Goûts": "thé\ncafé"},
        ),
        ({"a.b": "1", "a": {"b": "2"}}, None),
    ],
)
def test_values_become_cells(record: dict[str, object], cells: dict[str, str] | None) -> None:
    header, line = tables([record])[""]
    if cells is None:
        assert (header, line) == (("a.b", "a.b"), ("1", "2"))  # two columns may read alike
    else:
        assert dict(zip(header, line, strict=True)) == cells


def test_two_questions_that_read_alike_keep_their_answers_apart() -> None:
    questions = [{"id": 1, "question": "Souhait"}, {"id": 2, "question": "Souhait"}]
    answers = [{"question": 1, "answer": "Ana"}, {"question": 2, "answer": "Bob"}]
    found = tables({"questions": questions, "orders": [{"code": "A", "answers": answers}]})
    assert found["orders"] == [("code", "Souhait", "Souhait"), ("A", "Ana", "Bob")]


def test_a_category_is_named_and_an_empty_name_is_not() -> None:
    categories = [{"id": 1, "name": "Salon"}, {"id": 2, "name": None}, {"id": None, "name": "x"}]
    found = tables({"categories": categories, "items": [{"category": 1}, {"category": 2}]})
    assert found["items"] == [("category", "category.name"), ("1", "Salon"), ("2", "")]


def test_an_empty_list_is_no_table() -> None:
    assert tables({"items": [], "orders": [{"a": 1}]}) == {"orders": [("a",), ("1",)]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1}', "this JSON file holds no list of records"),
        ("[[1, 2]]", "this JSON file holds no list of records"),
        ('[{"a": 1}', "this JSON file is damaged or cut short near line 1"),
        ('[{"a": 1},\n{"a": }]', "this JSON file is damaged or cut short near line 2"),
        ('[{"a": 1, "a": 2}]', "a record of this JSON file has a name twice"),
        ('[{"a": 1}, 2]', "a list of this JSON file mixes records with other values"),
        ('[{"a": "\\u0000"}]', "it holds zero bytes between its letters"),
        ("[" * 100_000, "this JSON file is nested too deeply"),
        ('{"a":' * 100_000, "this JSON file is nested too deeply"),
        ('[{"a":' + '{"a":' * 600 + "1" + "}" * 601 + "]", "this JSON file is nested too deeply"),
        (json.dumps([{str(number): 1 for number in range(2_001)}]), "has 2001 columns, where at most 2000 are read"),
    ],
)
def test_json_that_is_no_table_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    assert is_json(text)
    with pytest.raises(SetAside, match=sentence) as caught:
        read_json(text)
    assert caught.value.remedy is not None


@pytest.mark.parametrize("text", ["nom;ville\n", "[ID];Nom\n", "{Nom};x\n", "", "12"])
def test_a_table_in_text_is_no_json(text: str) -> None:
    assert not is_json(text)


def test_lines_are_counted_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_few(_counts: Counts, _path: Sequence[str], _exploded: str | None) -> int:
        return 1

    monkeypatch.setattr(Counts, "rows", too_few)
    with pytest.raises(SetAside, match="rows of this JSON file would be lost"):
        read_json('[{"a": 1}, {"a": 2}]')


def test_brackets_alone_tell_how_many_lines_there_are() -> None:
    counts = count_json(json.dumps(EXPORT, indent=1))
    assert counts.rows(("event", "orders"), "positions") == 3
    assert counts.rows(("event", "orders"), None) == 2
    assert counts.rows(("event", "items"), "variations") == 1
    tricky = '[{"a\\"[{": "]}\\\\", "b": [{"c": [{}, {"d": [1, "x", {}]}]}, {}]}, {"b": []}, {"b": [{}]}]'
    assert json_table.json.loads(tricky)
    assert count_json(tricky).rows((), "b") == 4
    assert count_json(tricky).rows((), None) == 3
