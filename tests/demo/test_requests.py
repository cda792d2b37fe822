"""The form of requests: who asks for whom, what is typed, and what a program can make of it."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from rapidfuzz import fuzz, process

from tasks.demo.companies import folded
from tasks.demo.faults import misspelt
from tasks.demo.words import trades
from tests.demo.builders import event, form, luck, truth, wishes_typed

LEGAL_FORMS = ("SARL ", "SASU ", "SAS ", "EURL ", "SA ")


def last_rows(folder: Path) -> dict[str, dict[str, Any]]:
    """Return each leader's last answer, by address."""
    return {row["Adresse de messagerie"]: row for row in form(folder)}


def people_19(folder: Path) -> dict[str, dict[str, Any]]:
    return {p["person"]: p["editions"]["19"] for p in truth(folder, "people") if "19" in p["editions"]}


def meant(folder: Path) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for row in truth(folder, "requests"):
        if row["to"]:
            wanted.setdefault(row["from"], []).append(row["to"])
    return wanted


def partners(folder: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {person: set() for person in people_19(folder)}
    for asker, wanted in meant(folder).items():
        for asked in wanted:
            found[asker].add(asked)
            found[asked].add(asker)
    return found


def test_eight_of_a_hundred_and_eighty_never_answer_and_four_answer_twice(folder: Path) -> None:
    answers = Counter(row["Adresse de messagerie"] for row in form(folder))
    assert Counter(answers.values()) == {1: 168, 2: 4}


def test_the_last_answer_is_what_the_truth_tells(any_folder: Path) -> None:
    typed: dict[str, list[str]] = {}
    for row in truth(any_folder, "requests"):
        typed.setdefault(row["from"], []).append(row["typed"])
    people = people_19(any_folder)
    by_address = {people[key]["email"]: texts for key, texts in typed.items()}
    assert {address: wishes_typed(row) for address, row in last_rows(any_folder).items()} == by_address


@pytest.mark.parametrize(("seed", "leader_count"), [(19, 180), (1, 180), (2026, 180), (8, 60), (5, 24)])
def test_half_of_the_leaders_ask_for_eight_or_fewer(demo_folder: Path, seed: int, leader_count: int) -> None:
    sizes = [len(wanted) for wanted in meant(event(demo_folder, seed, leader_count)).values()]
    assert median(sizes) == 8
    assert min(sizes) >= 3


def test_two_ask_for_about_fifty_and_two_for_about_thirty(folder: Path) -> None:
    sizes = sorted((len(wanted) for wanted in meant(folder).values()), reverse=True)
    assert all(46 <= size <= 54 for size in sizes[:2])
    assert all(27 <= size <= 34 for size in sizes[2:4])
    assert sizes[4] <= 20


def test_the_insatiable_of_a_small_event_ask_for_about_half_the_room(demo_folder: Path) -> None:
    sizes = sorted((len(wanted) for wanted in meant(event(demo_folder, 5, 24)).values()), reverse=True)
    assert sizes[0] == 12


def test_fifteen_to_nineteen_of_a_hundred_requests_are_returned(any_folder: Path) -> None:
    wanted = meant(any_folder)
    pairs = {(asker, asked) for asker, all_asked in wanted.items() for asked in all_asked}
    share = sum((asked, asker) in pairs for asker, asked in pairs) / len(pairs)
    assert 0.15 <= share <= 0.19
    assert share == pytest.approx(truth(any_folder, "shares")["mutual_requests_19"])


def test_popularity_is_uneven(folder: Path) -> None:
    asked = Counter(row["to"] for row in truth(folder, "requests") if row["to"])
    received = sorted((asked[person] for person in people_19(folder)), reverse=True)
    assert received[0] >= 4 * median(received)


def test_nobody_asks_for_the_own_company_or_twice_for_one_person(any_folder: Path) -> None:
    people = people_19(any_folder)
    for asker, wanted in meant(any_folder).items():
        assert people[asker]["siren"] not in {people[asked]["siren"] for asked in wanted}
        assert len(set(wanted)) == len(wanted)


def test_everybody_has_enough_possible_partners(any_folder: Path) -> None:
    assert min(map(len, partners(any_folder).values())) >= 8


def test_nearly_everybody_can_have_four_meetings_among_ten(any_folder: Path) -> None:
    possible = partners(any_folder)
    met: dict[str, set[str]] = {person: set() for person in possible}
    for _ in range(4):
        for person in sorted(possible, key=lambda person: (len(met[person]), len(possible[person]), person)):
            free = [other for other in possible[person] - met[person] if len(met[other]) < 10]
            if len(met[person]) < 4 and free:
                partner = min(free, key=lambda other: (len(met[other]), other))
                met[person].add(partner)
                met[partner].add(person)
    assert sum(len(partners) >= 4 for partners in met.values()) == len(met)


def test_wishes_lean_towards_complementary_trades(folder: Path) -> None:
    rows = {row["Adresse de messagerie"]: row for row in form(folder)}
    people = people_19(folder)

    def labels(person: str, question: str) -> set[str]:
        row = rows.get(people[person]["email"])
        return set(row[question].split(";")) - {""} if row else set()

    sells, seeks = "Ce que vous vendez", "Ce que vous recherchez"
    fitting = [
        bool(labels(asker, seeks) & labels(asked, sells) or labels(asker, sells) & labels(asked, seeks))
        for asker, wanted in meant(folder).items()
        for asked in wanted
    ]
    assert sum(fitting) / len(fitting) >= 0.35


def test_roles_say_what_is_sold_and_sought(any_folder: Path) -> None:
    labels = {trade.label for trade in trades()}
    for row in form(any_folder):
        sells, seeks = row["Ce que vous vendez"], row["Ce que vous recherchez"]
        role = {(False, True): "Acheter", (True, False): "Vendre", (True, True): "Acheter et vendre"}
        assert row["Vous venez plutôt pour"] == role[bool(sells), bool(seeks)]
        assert {label for label in (*sells.split(";"), *seeks.split(";")) if label} <= labels


def test_a_fifth_is_not_there_all_afternoon(folder: Path) -> None:
    hours = [(row["J'arrive à"], row["Je pars à"], row["Pause souhaitée"]) for row in last_rows(folder).values()]
    kinds = Counter(tuple(map(bool, row)) for row in hours)
    assert kinds == {(False,) * 3: 136, (True, False, False): 12, (False, True, False): 12, (False, False, True): 12}
    spans = [pause.split("-") for _, _, pause in hours if pause]
    assert all("14:00" < begins < ends < "18:00" for begins, ends in spans)


def test_eight_want_fewer_meetings_and_six_exclude_a_competitor(folder: Path) -> None:
    rows = last_rows(folder).values()
    assert sum(row["Nombre maximum de rendez-vous"] in {"5", "6", "7", "8"} for row in rows) == 8
    assert {row["Nombre maximum de rendez-vous"] for row in rows} - {"5", "6", "7", "8"} == {"", "10"}
    assert sum(bool(row["Je ne souhaite pas rencontrer"]) for row in rows) == 6


def test_nobody_asks_for_whom_they_exclude(any_folder: Path) -> None:
    wanted = meant(any_folder)
    people = people_19(any_folder)
    companies = {visit["company"] for visit in people.values()}
    for one, other in truth(any_folder, "exclusions"):
        assert not (other in wanted.get(one, []) and one in wanted.get(other, []))
    typed = {row["Je ne souhaite pas rencontrer"] for row in form(any_folder)} - {""}
    assert typed <= companies


def test_two_answer_in_english(any_folder: Path) -> None:
    languages = Counter(row["Langue"] for row in last_rows(any_folder).values())
    assert languages == {"English": 2, "Français": len(last_rows(any_folder)) - 2}


def test_answers_come_in_order_and_take_minutes(any_folder: Path) -> None:
    rows = form(any_folder)
    assert [row["ID"] for row in rows] == [float(number) for number in range(1, len(rows) + 1)]
    ended = [row["Heure de fin"] for row in rows]
    assert ended == sorted(ended)
    assert all(isinstance(moment, datetime) for moment in ended)
    assert min((row["Heure de fin"] - row["Heure de début"]).total_seconds() for row in rows) >= 180


def test_a_typing_error_can_be_put_right_for_most(any_folder: Path) -> None:
    people = people_19(any_folder)
    bare = {folded(_bare(visit["company"])): visit["siren"] for visit in people.values()}
    typos = [row for row in truth(any_folder, "requests") if row["manner"] == "typo"]
    best = [process.extractOne(folded(row["typed"]), list(bare), scorer=fuzz.WRatio)[0] for row in typos]
    right = [bare[name] == people[row["to"]]["siren"] for name, row in zip(best, typos, strict=True)]
    assert sum(right) / len(right) >= 0.95
    assert [row["typed"] for row in typos if folded(row["typed"]) in bare] == []


def _bare(company: str) -> str:
    return next((company.removeprefix(form) for form in LEGAL_FORMS if company.startswith(form)), company)


def test_an_ambiguous_word_opens_several_names(folder: Path) -> None:
    names = [_bare(visit["company"]) for visit in people_19(folder).values()]
    ambiguous = [row["typed"] for row in truth(folder, "requests") if row["manner"] == "ambiguous"]
    assert len(ambiguous) >= 3
    assert [word for word in ambiguous if sum(name.split()[0] == word for name in names) < 2] == []


def test_some_answers_name_nobody(folder: Path) -> None:
    empty = Counter(row["manner"] for row in truth(folder, "requests") if row["to"] is None)
    assert empty == {"unknown": 3, "nothing": 3}


def test_leaders_of_one_company_are_asked_for_by_their_own_name(folder: Path) -> None:
    people = people_19(folder)
    sent = Counter(visit["siren"] for visit in people.values())
    names = {p["person"]: f"{p['given']} {p['family']}" for p in truth(folder, "people")}
    rows = [row for row in truth(folder, "requests") if row["to"] and sent[people[row["to"]]["siren"]] > 1]
    assert [row["typed"] for row in rows] == [names[row["to"]] for row in rows]
    assert len(rows) >= 8


@pytest.mark.parametrize("word", ["A", "A1", "A-1"])
def test_a_word_without_letters_to_slip_on_stays(word: str) -> None:
    assert misspelt(luck(1), word) == word


def test_a_slip_changes_a_word_but_not_its_first_letter() -> None:
    slips = {misspelt(luck(seed), "Lefebvre") for seed in range(200)}
    assert "Lefebvre" not in slips
    assert {slip[0] for slip in slips} == {"L"}
    assert {len(slip) for slip in slips} == {7, 8, 9}
