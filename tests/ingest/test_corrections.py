"""Answers of the organiser: how they are read, what they do to a row, and what becomes of them."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.corrections import Answers
from tasks.ingest.formats.columns import BEYOND_HEADER
from tasks.ingest.formats.sources import source_named
from tasks.ingest.records.decisions import Decision, Decisions, decision_rows
from tasks.ingest.records.given import Given, GivenCell, GivenVerdict, read_given
from tasks.ingest.records.kinds import read_records
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place
from tasks.ingest.rows.audit import CorrectionRow, DecisionRow
from tasks.questionnaire import CellKey, QuestionKey, hash_of, hash_of_row, key_text

EDITION = "artois-2026"
SOURCE = "helloasso-2026"
PLACE = Place("f" * 64, "À corriger", 2)
TYPED = {"siret": "4,23E+13", "company": "Morel"}


def cell(field: str = "siret", typed: str = TYPED["siret"], row_key: str = "42") -> CellKey:
    return CellKey(EDITION, SOURCE, row_key, field, hash_of(typed))


def whole_row(content: dict[str, str]) -> CellKey:
    return CellKey(EDITION, SOURCE, "42", "(row)", hash_of_row(content))


def question(kind: str, typed: str = "idem") -> QuestionKey:
    return QuestionKey(kind, EDITION, "L012", typed)


def line(key: CellKey | QuestionKey | str, answer: str) -> Reader:
    text = key if isinstance(key, str) else key_text(key)
    return Reader(PLACE, source_named("corrections"), {"key": text, "answer": answer}, ZoneInfo("Europe/Paris"))


def said(*answers: tuple[CellKey | QuestionKey, str]) -> Answers:
    """Return what these answers, read in this order, come to."""
    found: list[Given | None] = [read_given(line(key, answer)) for key, answer in answers]
    return Answers.of(given for given in found if given)


def state_of(answers: Answers) -> list[tuple[str, str]]:
    return [(row.column_name, row.state) for row in answers.correction_rows()]


def test_an_empty_yellow_cell_says_nothing() -> None:
    for answer in ("", "   "):
        row = line(cell(), answer)
        assert read_given(row) is None
        assert row.rejections == []


@pytest.mark.parametrize("key", ["", "Clé", '["cell", "e"]', "[" * 9_000])
def test_an_answer_without_its_key_is_refused(key: str) -> None:
    row = line(key, "42313463700028")
    assert read_given(row) is None
    assert [(refused.column_name, refused.rule, refused.place) for refused in row.rejections] == [
        ("(row)", "changed_key", PLACE)
    ]


def test_a_corrected_cell_is_kept_as_typed() -> None:
    assert read_given(line(cell(), " 423 134 637 00028 ")) == GivenCell(PLACE, cell(), "423 134 637 00028")


@pytest.mark.parametrize("kind", ["corrections"])
def test_a_line_of_the_workbook_is_a_record_of_its_kind(kind: str) -> None:
    assert source_named("corrections").kind == kind
    assert read_records(line(cell(), "1")) == (GivenCell(PLACE, cell(), "1"),)
    assert read_records(line(cell(), "")) == ()


@pytest.mark.parametrize(
    ("kind", "answer", "verdict", "choice"),
    [
        ("request", "n° 12 \N{EN DASH} Ana Martin (Ateliers Morel)", "chosen", ("12",)),
        ("request", "no 12 \N{EN DASH} Ana Martin (Ateliers Morel)", "chosen", ("12",)),
        ("request", "n°\u00a07 - Bob (12, rue Haute ; Douai)", "chosen", ("7",)),
        ("request", "no 3 \N{EN DASH} Deux\nlignes (Morel)", "chosen", ("3",)),
        ("request", "45", "chosen", ("45",)),
        ("request", "12 ; no 45, n° 7", "chosen", ("12", "45", "7")),
        ("request", "Personne", "nobody", ()),
        ("request", "nobody", "nobody", ()),
        ("exclusion", "PERSONNE ", "nobody", ()),
        ("exclusion", "No. 12", "chosen", ("12",)),
        ("identity", "Même personne", "confirmed", ()),
        ("identity", "Two persons", "refused", ()),
        ("withdrawal", "Confirmer", "confirmed", ()),
        ("withdrawal", "conserver", "refused", ()),
        ("duplicate", "Fusionner", "confirmed", ()),
        ("duplicate", "Séparer", "refused", ()),
        ("category", "Nettoyage de bureaux", "chosen", ("Nettoyage de bureaux",)),
        ("category", "Aucune rubrique", "nobody", ()),
    ],
)
def test_the_answers_of_each_kind_are_understood(kind: str, answer: str, verdict: str, choice: tuple[str, ...]) -> None:
    assert read_given(line(question(kind), answer)) == GivenVerdict(PLACE, question(kind), verdict, choice)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (question("request"), "peut-être"),
        (question("request"), "Ateliers Morel"),
        (question("request"), "12 ou 45"),
        (question("request"), "1234567"),
        (question("identity"), "12"),
        (question("withdrawal"), "oui"),
        (question("duplicate"), "Même personne"),
        (whole_row(TYPED), "oui"),
    ],
)
def test_an_answer_that_is_none_of_those_offered_is_refused(key: CellKey | QuestionKey, answer: str) -> None:
    row = line(key, answer)
    assert read_given(row) is None
    assert [(refused.column_name, refused.rule) for refused in row.rejections] == [("answer", "unknown_answer")]


@given(st.sampled_from(["request", "exclusion", "identity", "withdrawal", "duplicate", "category"]), st.text())
def test_any_answer_is_understood_or_refused(kind: str, answer: str) -> None:
    row = line(question(kind), answer)
    found = read_given(row)
    assert (found is not None) + len(row.rejections) == bool(answer.strip())


def test_without_an_answer_a_row_is_the_very_same() -> None:
    content = dict(TYPED)
    assert Answers().corrected(EDITION, SOURCE, "42", content) is content
    assert said((cell(), "1")).corrected(EDITION, SOURCE, "43", content) is content
    assert said((cell(), "1")).corrected(EDITION, "billetweb", "42", content) is content
    assert said((cell(), "1")).corrected("artois-2025", SOURCE, "42", content) is content


def test_a_corrected_cell_stands_in_the_place_of_the_typed_one() -> None:
    answers = said((cell(), "42313463700028"))
    content = dict(TYPED)
    assert answers.corrected(EDITION, SOURCE, "42", content) == {"siret": "42313463700028", "company": "Morel"}
    assert content == TYPED
    assert state_of(answers) == [("siret", "applied")]


def test_a_cell_that_was_empty_can_be_filled_in() -> None:
    answers = said((cell("family_name", ""), "Martin"))
    assert answers.corrected(EDITION, SOURCE, "42", dict(TYPED)) == TYPED | {"family_name": "Martin"}
    assert state_of(answers) == [("family_name", "applied")]


def test_a_correction_wins_over_what_the_export_says_later_and_that_is_noted() -> None:
    answers = said((cell(), "42313463700028"))
    found = answers.corrected(EDITION, SOURCE, "42", {"siret": "81234567800019"})
    assert found == {"siret": "42313463700028"}
    assert state_of(answers) == [("siret", "overtaken")]


def test_an_export_that_was_mended_to_the_same_is_no_contradiction() -> None:
    answers = said((cell(), "42313463700028"))
    answers.corrected(EDITION, SOURCE, "42", {"siret": "42313463700028"})
    assert state_of(answers) == [("siret", "applied")]


def test_a_correction_of_a_row_that_is_gone_is_unused() -> None:
    answers = said((cell(), "42313463700028"))
    answers.corrected(EDITION, SOURCE, "43", dict(TYPED))
    assert answers.correction_rows() == (
        CorrectionRow(EDITION, SOURCE, "42", "siret", "unused", PLACE.file_sha256, PLACE.sheet, PLACE.row_number),
    )


def test_of_two_corrections_of_a_cell_the_later_counts_though_the_cell_had_changed_between() -> None:
    answers = said((cell(), "first"), (cell("siret", "something else"), "second"))
    assert answers.corrected(EDITION, SOURCE, "42", dict(TYPED)) == TYPED | {"siret": "second"}
    assert state_of(answers) == [("siret", "overtaken")]


def test_several_cells_of_a_row_are_corrected_at_once() -> None:
    answers = said((cell(), "1"), (cell("company", "Morel"), "Ateliers Morel"))
    assert answers.corrected(EDITION, SOURCE, "42", dict(TYPED)) == {"siret": "1", "company": "Ateliers Morel"}


def test_a_row_set_aside_is_no_row_as_long_as_it_says_the_same() -> None:
    answers = said((whole_row(TYPED), "Ne pas retenir cette ligne"))
    assert answers.corrected(EDITION, SOURCE, "42", dict(TYPED)) is None
    assert state_of(answers) == [("(row)", "applied")]
    changed = TYPED | {"company": "Dupont"}
    assert answers.corrected(EDITION, SOURCE, "42", changed) == changed
    assert state_of(answers) == [("(row)", "overtaken")]


def test_a_row_set_aside_stays_so_whatever_is_said_of_its_cells() -> None:
    answers = said((cell(), "1"), (whole_row(TYPED), "Do not keep this line"))
    assert answers.corrected(EDITION, SOURCE, "42", dict(TYPED)) is None


def test_a_row_of_too_many_cells_can_be_kept_as_it_is_and_corrected() -> None:
    content = TYPED | {BEYOND_HEADER: "yes"}
    answers = said((cell(), "1"), (whole_row(content), "Garder la ligne telle quelle"))
    assert answers.corrected(EDITION, SOURCE, "42", content) == {"siret": "1", "company": "Morel"}
    assert state_of(answers) == [("siret", "applied"), ("(row)", "applied")]


def test_a_very_long_name_of_a_column_or_row_is_found_by_its_hash() -> None:
    long = f"wish_of:{'x' * 600}"
    key = CellKey(EDITION, SOURCE, "k" * 900, long, hash_of("oui ?"))
    answers = said((key, "Oui"))
    assert answers.corrected(EDITION, SOURCE, "k" * 900, {long: "oui ?"}) == {long: "Oui"}


def decisions(*answers: tuple[QuestionKey, str]) -> Decisions:
    return said(*answers).decisions(EDITION)


def settled(*answers: tuple[QuestionKey, str]) -> tuple[Decisions, list[str]]:
    """Return decisions of an edition that has the leaders 12 and 45 and one category."""
    found = decisions(*answers)
    rejections = found.settle({12: "L012", 45: "L045"}, {"Nettoyage": "cleaning"}.get)
    return found, [f"{refused.column_name}: {refused.rule}" for refused in rejections]


def test_a_decision_is_found_by_who_asked_and_what_was_typed() -> None:
    found, refused = settled((question("request", "Sté Machin"), "no 45 \N{EN DASH} Ana (Morel)"))
    assert refused == []
    assert found.find("request", "L012", "Sté Machin") == Decision(
        PLACE, "request", "L012", "Sté Machin", "chosen", ("L045",)
    )
    assert found.find("request", "L012", "Sté Truc") is None
    assert found.find("request", "L013", "Sté Machin") is None
    assert found.find("exclusion", "L012", "Sté Machin") is None


def test_a_text_of_any_length_finds_its_decision() -> None:
    typed = "y" * 100_000
    found, _ = settled((question("exclusion", typed), "12; 45"))
    decision = found.find("exclusion", "L012", typed)
    assert decision is not None
    assert decision.choice == ("L012", "L045")
    assert found.find("exclusion", "L012", typed + "y") is None


def test_a_category_is_chosen_by_its_name() -> None:
    found, _ = settled((question("category", "nettoyaj"), "Nettoyage"))
    decision = found.find("category", "L012", "nettoyaj")
    assert decision is not None
    assert decision.choice == ("cleaning",)


@pytest.mark.parametrize(("kind", "answer"), [("request", "99"), ("request", "12; 99"), ("category", "Astrologie")])
def test_whoever_is_not_there_cannot_be_chosen(kind: str, answer: str) -> None:
    found, refused = settled((question(kind), answer))
    assert found.find(kind, "L012", "idem") is None
    assert refused == ["answer: unknown_answer"]


def test_the_last_verdict_on_a_question_counts() -> None:
    found, _ = settled((question("withdrawal", ""), "Confirmer"), (question("withdrawal", ""), "Conserver"))
    decision = found.find("withdrawal", "L012")
    assert decision is not None
    assert decision.verdict == "refused"


def test_each_edition_has_its_own_verdicts() -> None:
    earlier = QuestionKey("duplicate", "artois-2025", "L012", "77")
    answers = said((earlier, "Séparer"), (question("duplicate", "78"), "Fusionner"))
    assert [decision.typed for decision in answers.decisions("artois-2025").all.values()] == ["77"]
    assert [decision.typed for decision in answers.decisions(EDITION).all.values()] == ["78"]


def test_what_was_decided_is_written_down_with_whether_it_still_mattered() -> None:
    found, _ = settled(
        (question("request", "Sté Machin"), "45"),
        (question("request", "idem"), "Personne"),
        (question("identity", "artois-2025/L003"), "Même personne"),
    )
    found.find("request", "L012", "idem")
    assert decision_rows(EDITION, found) == tuple(
        DecisionRow(
            EDITION, kind, "L012", typed, verdict, choice, is_used, PLACE.file_sha256, PLACE.sheet, PLACE.row_number
        )
        for kind, typed, verdict, choice, is_used in [
            ("identity", "artois-2025/L003", "confirmed", "[]", True),
            ("request", "Sté Machin", "chosen", '["L045"]', False),
            ("request", "idem", "nobody", "[]", True),
        ]
    )


def test_where_nobody_has_decided_nothing_is_found() -> None:
    assert Decisions().find("withdrawal", "L001") is None
    assert decision_rows(EDITION, Decisions()) == ()
