"""The exports of the three ticket offices: their formats, their faults, and the truth behind them."""

import csv
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from statistics import median

import pytest
from stdnum.fr import siren, siret

from tasks.demo.people import FICTION_RANGES
from tasks.demo.world import EDITIONS
from tests.demo.builders import PARIS, SAMPLES, column, registrations, truth

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real sample exports are not on this machine")


def header(path: Path, delimiter: str, encoding: str) -> list[str]:
    with path.open(encoding=encoding, newline="") as file:
        return next(csv.reader(file, delimiter=delimiter))


@needs_samples
def test_the_header_of_2019_is_the_real_one_and_three_further_questions(folder: Path) -> None:
    real = header(SAMPLES / "helloasso/helloasso_2019_event_pseudonymised.csv", ";", "utf-8")
    questions = [f"Champ additionnel: {name}" for name in ("Téléphone", "SIRET", "Fonction")]
    assert header(folder / "inbox/inscriptions-17.csv", ";", "utf-8") == [*real, *questions]


@needs_samples
def test_the_header_of_billetweb_is_the_real_one_and_four_further_questions(folder: Path) -> None:
    real = header(SAMPLES / "billetweb/alpe_real_export_one_row_masked.csv", ",", "utf-8")
    questions = [f"{name} (Participant) - #{n}" for n, name in enumerate(("Société", "Fonction", "SIRET"), start=11)]
    ours = header(folder / "inbox/billetweb-18.csv", ",", "cp1252")
    assert ours == [*real[:-1], *questions, "Téléphone (Participant) - #14", real[-1]]


@needs_samples
def test_the_header_of_2026_is_the_real_one_up_to_its_own_questions(folder: Path) -> None:
    real = header(SAMPLES / "helloasso/helloasso_2026_event_header_only.csv", ";", "utf-8-sig")
    known = real[: real.index("Montant code promo") + 1]
    questions = ["Société", "Fonction", "Email participant", "Téléphone", "SIRET", "Code postal", "Ville"]
    assert header(folder / "inbox/helloasso-19.csv", ";", "utf-8-sig") == [*known, *questions]


def test_each_tool_writes_its_own_bytes(folder: Path) -> None:
    oldest, billetweb, newest = (
        (folder / "inbox" / name).read_bytes()
        for name in ("inscriptions-17.csv", "billetweb-18.csv", "helloasso-19.csv")
    )
    assert not oldest.startswith(b"\xef\xbb\xbf")
    assert "Numéro;Campagne".encode() in oldest
    assert "Séance".encode("cp1252") in billetweb
    assert b',"36,00","0,00",' in billetweb
    assert b"\x85 et associ" in billetweb
    assert newest.startswith("\ufeffRéférence commande;".encode())
    assert newest.count(b"\r\n") == newest.count(b"\n") == len(registrations(folder, 19)) + 1


def test_there_are_fewer_registrations_every_year(folder: Path) -> None:
    valid = {n: sum(row["state"] == "valid" for row in rows) for n, rows in truth(folder, "tickets").items()}
    assert valid == {"17": 215, "18": 196, "19": 183}
    assert truth(folder, "shares")["leaders"] == {"17": 211, "18": 193, "19": 180}


def test_every_leader_has_one_ticket_that_is_no_duplicate(any_folder: Path) -> None:
    for number, rows in truth(any_folder, "tickets").items():
        counted = [row["person"] for row in rows if row["state"] == "valid" and not row["is_duplicate"]]
        registered = [person["person"] for person in truth(any_folder, "people") if number in person["editions"]]
        assert sorted(counted) == registered
        assert any(row["is_duplicate"] for row in rows)


@pytest.mark.parametrize("edition", [17, 18, 19])
def test_the_truth_names_the_tickets_of_the_files(any_folder: Path, edition: int) -> None:
    told = [row["ticket"] for row in truth(any_folder, "tickets")[str(edition)]]
    assert [row[column(edition, "ticket")] for row in registrations(any_folder, edition)] == told
    assert len(set(told)) == len(told)


def test_the_status_of_2026_says_what_became_of_the_order(any_folder: Path) -> None:
    words = {"valid": "Validé", "test": "Validé", "unusable": "Validé"}
    words |= {"cancelled": "Annulé", "refunded": "Remboursé", "unpaid": "En attente"}
    told = [row["state"] for row in truth(any_folder, "tickets")["19"]]
    assert set(told) == set(words)
    assert [row["Statut de la commande"] for row in registrations(any_folder, 19)] == [words[state] for state in told]


def test_billetweb_says_in_three_columns_what_became_of_the_order(any_folder: Path) -> None:
    seen = {
        row["state"]: (typed["Payé"], typed["Valide"], typed["Montant remboursé"])
        for row, typed in zip(truth(any_folder, "tickets")["18"], registrations(any_folder, 18), strict=True)
        if row["state"] in ("valid", "cancelled", "refunded", "unpaid")
    }
    assert seen == {
        "valid": ("Oui", "Oui", "0,00"),
        "cancelled": ("Oui", "Non", "0,00"),
        "refunded": ("Oui", "Oui", "36,00"),
        "unpaid": ("Non", "Oui", "0,00"),
    }


def test_whoever_was_invited_in_2019s_tool_has_no_status(folder: Path) -> None:
    empty = [row for row in registrations(folder, 17) if not row["Statut"]]
    assert {(row["Code promo"], row["Montant inscription"]) for row in empty} == {("INVITATION : -100.00%", "0,00")}
    assert 5 <= len(empty) <= 6


def test_tests_are_marked_by_name_or_by_code(any_folder: Path) -> None:
    told = truth(any_folder, "tickets")["19"]
    tests = [typed for row, typed in zip(told, registrations(any_folder, 19), strict=True) if row["state"] == "test"]
    assert Counter((row["Nom participant"], row["Code Promo"]) for row in tests) == {
        ("TEST", ""): 1,
        ("Duchemin", "TEST"): 1,
    }


def test_presence_at_edition_18_stands_in_its_export(any_folder: Path) -> None:
    came = {p["person"] for p in truth(any_folder, "people") if p["editions"].get("18", {}).get("attended")}
    told = truth(any_folder, "tickets")["18"]
    scanned = [
        row["person"]
        for row, typed in zip(told, registrations(any_folder, 18), strict=True)
        if typed["Scanné"] == "Oui"
    ]
    assert len(scanned) == len(set(scanned))
    assert set(scanned) == came
    dates = {typed["Date utilisation"][:10] for typed in registrations(any_folder, 18)}
    assert dates == {"2025-12-04", "0000-00-00"}


@pytest.mark.parametrize("edition", [17, 18, 19])
def test_orders_fall_into_the_ten_weeks_before(any_folder: Path, edition: int) -> None:
    formats = {17: "%d/%m/%Y %H:%M:%S", 18: "%Y-%m-%d %H:%M", 19: "%d/%m/%Y %H:%M"}
    name = column(edition, "ordered_at")
    dates = [
        datetime.strptime(row[name], formats[edition]).replace(tzinfo=PARIS).date()
        for row in registrations(any_folder, edition)
    ]
    days_before = [(EDITIONS[edition].held_on - date).days for date in dates]
    assert min(days_before) >= 0
    assert max(days_before) <= 71
    assert 14 <= median(days_before) <= 45
    assert dates == sorted(dates)


@pytest.mark.parametrize("edition", [17, 18, 19])
def test_every_address_lies_under_a_reserved_domain(any_folder: Path, edition: int) -> None:
    names = [column(edition, "email"), column(edition, "payer_email")]
    typed = [row[name].strip() for row in registrations(any_folder, edition) for name in names]
    domains = {address.rpartition("@")[2].rpartition(".")[2].lower() for address in typed if address}
    assert domains == {"example"}


@pytest.mark.parametrize("edition", [17, 18, 19])
def test_every_telephone_number_is_one_of_fiction(any_folder: Path, edition: int) -> None:
    typed = [
        number for row in registrations(any_folder, edition) for number in row[column(edition, "phone")].split("/")
    ]
    digits = [re.sub(r"\D", "", number) for number in typed if number]
    national = [number[-9:] for number in digits]
    assert {number[:5] for number in national} <= {prefix[1:] for prefix in FICTION_RANGES}
    assert {len(number) for number in digits} <= {9, 10, 11}


@pytest.mark.parametrize("edition", [17, 18, 19])
def test_every_siret_that_kept_its_digits_is_valid_and_of_no_register(any_folder: Path, edition: int) -> None:
    typed = [row[column(edition, "siret")].replace(" ", "") for row in registrations(any_folder, edition)]
    kept = [text for text in typed if text and text != "4,23E+13"]
    assert {len(text) for text in kept} <= {13, 14}
    assert [text for text in kept if not siret.is_valid(text.zfill(14))] == []
    assert {text.zfill(14)[:4] for text in kept} == {"0999"}
    companies = {row["siren"] for row in truth(any_folder, "tickets")[str(edition)] if row["siren"]}
    assert [text for text in companies if not siren.is_valid(text)] == []


def test_one_siret_lost_its_digits_in_excel(folder: Path) -> None:
    assert [row["SIRET"] for row in registrations(folder, 19)].count("4,23E+13") == 1


def test_postcodes_have_five_digits_but_those_that_lost_a_zero(folder: Path) -> None:
    typed = {row[column(edition, "postcode")] for edition in (17, 18, 19) for row in registrations(folder, edition)}
    assert {text for text in typed if not re.fullmatch(r"(59|62|02)\d{3}", text)} == {"2100", "2300"}


def test_one_secretary_pays_for_three_in_one_order(any_folder: Path) -> None:
    paid = [row for row in registrations(any_folder, 19) if row["Email payeur"].startswith("secretariat@club")]
    orders = Counter(row["Référence commande"] for row in paid)
    assert set(orders.values()) == {3}
    assert len({row["Société"].casefold() for row in paid}) >= len(paid) - 1


def test_the_payer_often_is_somebody_else(folder: Path) -> None:
    boxes = ("compta@", "comptabilite@", "factures@", "assistante@")
    others = [row for row in registrations(folder, 19) if row["Email payeur"].startswith(boxes)]
    assert 20 <= len(others) <= 35
    typed_for_all = [row for row in others if row["Email participant"].strip().lower().startswith(boxes)]
    assert 3 <= len(typed_for_all) <= 7


def test_a_row_without_any_name_is_there_and_an_impossible_address(any_folder: Path) -> None:
    rows = registrations(any_folder, 19)
    assert [row["Société"] for row in rows if not row["Nom participant"]] == ["règlement sur place"]
    assert sum("@@" in row["Email participant"] for row in rows) == 1


def test_names_come_in_capitals_and_with_stray_spaces(folder: Path) -> None:
    names = [row["Nom participant"] for row in registrations(folder, 19)]
    assert 0.2 <= sum(name.isupper() for name in names) / len(names) <= 0.45
    assert 5 <= sum(name != name.strip() for name in names) <= 20


def test_a_duplicate_is_the_same_person_on_a_later_ticket(any_folder: Path) -> None:
    for rows in truth(any_folder, "tickets").values():
        for position, row in enumerate(rows):
            earlier = [other for other in rows[:position] if other["person"] == row["person"] and row["is_duplicate"]]
            assert bool(earlier) == row["is_duplicate"]


def test_of_those_registered_twice_one_has_two_addresses_and_one_a_better_ticket(folder: Path) -> None:
    told = truth(folder, "tickets")["19"]
    typed = dict(zip((row["ticket"] for row in told), registrations(folder, 19), strict=True))
    twice = [row["person"] for row in told if row["is_duplicate"]]
    pairs = [[typed[r["ticket"]] for r in told if r["person"] == p and r["state"] == "valid"] for p in twice]
    kinds = [(a["Email participant"] != b["Email participant"], a["Tarif"] != b["Tarif"]) for a, b in pairs]
    assert sorted(kinds) == [(False, False), (False, True), (True, False)]
