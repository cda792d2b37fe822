"""Who came to which edition, and which companies and people there are."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process
from stdnum.fr import siret

from tasks.demo.companies import CompanyRegister, folded, slug
from tasks.demo.people import private_address
from tasks.demo.words import towns, trades
from tasks.demo.world import build_world, scaled
from tests.demo.builders import luck, truth


def test_the_share_of_repeaters_rises_from_forty_to_sixty_two(any_folder: Path) -> None:
    shares = truth(any_folder, "shares")
    assert shares["repeat_attended_18"] == pytest.approx(0.40, abs=0.03)
    assert shares["repeat_registered_19"] == pytest.approx(0.62, abs=0.03)


def test_the_shares_are_those_of_the_people(any_folder: Path) -> None:
    people = truth(any_folder, "people")
    came_18 = [p for p in people if p["editions"].get("18", {}).get("attended")]
    shares = truth(any_folder, "shares")
    assert len(came_18) == shares["attended_18"]
    assert sum("17" in p["editions"] for p in came_18) / len(came_18) == shares["repeat_attended_18"]
    registered_19 = [p for p in people if "19" in p["editions"]]
    back = [p for p in registered_19 if "17" in p["editions"] or p["editions"].get("18", {}).get("attended")]
    assert len(back) / len(registered_19) == shares["repeat_registered_19"]


def test_people_change_company_or_address_from_one_year_to_the_next(folder: Path) -> None:
    visits = [list(person["editions"].values()) for person in truth(folder, "people")]
    again = [(old, new) for editions in visits for old, new in pairwise(editions)]
    moved = sum(old["siren"] != new["siren"] for old, new in again)
    rewrote = sum(old["siren"] == new["siren"] and old["email"] != new["email"] for old, new in again)
    assert len(again) == 78 + 112
    assert 4 <= moved <= 25
    assert 4 <= rewrote <= 25


def test_two_companies_send_two_leaders(folder: Path) -> None:
    sent = Counter(p["editions"]["19"]["siren"] for p in truth(folder, "people") if "19" in p["editions"])
    assert Counter(sent.values()) == {1: 176, 2: 2}


def test_two_people_share_a_name_and_nothing_else(any_folder: Path) -> None:
    names = Counter((p["given"], p["family"]) for p in truth(any_folder, "people"))
    (name,) = [name for name, count in names.items() if count > 1]
    one, other = [p["editions"] for p in truth(any_folder, "people") if (p["given"], p["family"]) == name]
    assert set(other) == {"19"}
    assert "19" not in one
    assert {visit["siren"] for visit in one.values()}.isdisjoint({other["19"]["siren"]})


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**31 - 1), leader_count=st.integers(12, 70))
def test_any_seed_and_size_gives_the_promised_numbers(seed: int, leader_count: int) -> None:
    world = build_world(luck(seed), leader_count)
    assert len(world.visits[19]) == leader_count
    assert len(world.visits[17]) > len(world.visits[18]) > leader_count
    everybody = [visit.person.key for visits in world.visits.values() for visit in visits]
    assert max(Counter(everybody).values()) <= 3
    for visits in (*world.visits.values(), *world.spares.values()):
        assert len({visit.person.key for visit in visits}) == len(visits)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**31 - 1))
def test_drawn_companies_stay_apart(seed: int) -> None:
    register = CompanyRegister(luck(seed))
    companies = [register.draw() for _ in range(60)]
    assert [company.siret for company in companies if not siret.is_valid(company.siret)] == []
    assert len({company.siren for company in companies}) == 60
    keys = [folded(company.name) for company in companies]
    for position, key in enumerate(keys):
        _, likeness, _ = process.extractOne(key, keys[:position] + keys[position + 1 :], scorer=fuzz.WRatio)
        assert likeness < 90


def test_a_name_becomes_an_address() -> None:
    assert slug("Lecœuvre & Fils") == "lecoeuvre-fils"
    register = CompanyRegister(luck(1))
    assert {register.draw().domain.rpartition(".")[2] for _ in range(20)} == {"example"}


def test_a_private_address_follows_the_person() -> None:
    person = build_world(luck(3), 12).visits[19][0].person
    assert private_address(luck(1), person).split("@")[0] == f"{slug(person.given)}.{slug(person.family)}"


def test_numbers_are_scaled_and_never_vanish() -> None:
    assert (scaled(8, 180), scaled(8, 90), scaled(8, 12), scaled(22, 24, least=4)) == (8, 4, 1, 4)


def test_every_trade_seeks_labels_that_some_trade_sells() -> None:
    labels = {trade.label for trade in trades()}
    assert len(labels) == 27
    assert [trade.label for trade in trades() if not set(trade.seeks) <= labels - {trade.label}] == []


def test_towns_are_those_of_artois_and_douaisis_and_two_of_aisne() -> None:
    assert Counter(town.postcode[:2] for town in towns()) == {"62": 35, "59": 13, "02": 2}
