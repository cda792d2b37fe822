"""The same person in two editions: sure, probable, or nobody."""

import pytest

from tasks.ingest.people import nearness
from tasks.ingest.people.evidence import Identity
from tasks.ingest.people.linking import Pair, Verdicts, link_editions, to_identity
from tasks.ingest.people.nearness import near_names
from tasks.ingest.rows.core import IdentityLink
from tasks.workspace import Workspace
from tests.ingest.builders import ingest, rows_of, ticket, write_billetweb, write_tickets

CROWD = 180


def person(leader_id: str, family: str, given: str, **more: object) -> Identity:
    known: dict[str, object] = {
        "edition_id": "now",
        "company": leader_id * 3,
        "siren": None,
        "postcode": None,
        "email": None,
        "has_own_email": False,
        "phone": None,
        "is_mobile": False,
    }
    return Identity(leader_id=leader_id, family_name=family, given_name=given, **(known | more))  # type: ignore[arg-type]


def crowd(edition_id: str) -> list[Identity]:
    """Return as many strangers as an edition has leaders: what is rare depends on them."""
    return [person(f"X{number}", f"{edition_id}{number:03d}", "zz", edition_id=edition_id) for number in range(CROWD)]


def linked(earlier: list[Identity], later: list[Identity]) -> list[IdentityLink]:
    return list(link_editions([*earlier, *crowd("qqq")], [*later, *crowd("www")]))


def told(earlier: Identity, later: Identity) -> tuple[str, str] | None:
    found = linked([earlier], [later])
    assert len(found) <= 1
    return (found[0].rule, found[0].certainty) if found else None


ANA = {"email": "ana@morel.example", "has_own_email": True}
MOBILE = {"phone": "+33639981234", "is_mobile": True}


@pytest.mark.parametrize(
    ("earlier", "later", "rule"),
    [
        (person("L1", "morel", "ana", **ANA), person("L9", "morel petit", "ana", **ANA), "own_email"),
        (person("L1", "morel", "ana", siren="1"), person("L9", "morell", "ana", siren="1"), "siren_and_name"),
        (person("L1", "morel", "ana", **MOBILE), person("L9", "morel", "a", **MOBILE), "mobile_and_family_name"),
    ],
)
def test_a_rule_makes_a_link_sure(earlier: Identity, later: Identity, rule: str) -> None:
    assert told(earlier, later) == (rule, "sure")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (person("L1", "morel", "ana"), person("L9", "morel", "ana")),
        (person("L1", "morel", "ana"), person("L9", "ana", "morel")),
        (person("L1", "mroel", "ana", company="x"), person("L9", "morel", "ana", company="x")),
        (person("L1", "morel", "ana", company="ateliers x"), person("L9", "morel", "anna", company="atelier x")),
        (person("L1", "morel", "jm", company="x"), person("L9", "morel", "jean michel", company="x")),
        (person("L1", "morel", "", company="x"), person("L9", "morel", "ana", company="x")),
        (person("L1", "morel", "ana", email="a@x.example"), person("L9", "morel petit", "ana", email="a@x.example")),
        (person("L1", "mroel", "ana", email="a@x.example"), person("L9", "morel", "ana", email="b@x.example")),
        (person("L1", "morel", "ana", phone="+3320"), person("L9", "morele", "anna", phone="+3320", postcode="1")),
    ],
)
def test_weighty_evidence_makes_a_link_probable(earlier: Identity, later: Identity) -> None:
    assert told(earlier, later) == ("weighted_evidence", "probable")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (person("L1", "morel", "ana"), person("L9", "petit", "bob")),
        (person("L1", "morel", "laurent", company="x"), person("L9", "morel", "fabrice", company="x")),
        (person("L1", "sailly", "jean"), person("L9", "sailly", "jean francois")),
        (person("L1", "delaby", "gerald"), person("L9", "delannoy", "geraldine")),
        (person("L1", "morel", "ana", **ANA), person("L9", "petit", "bob", **ANA)),
        (
            person("L1", "morela", "ana", email="info@x.example", postcode="62000"),
            person("L9", "petita", "ana", email="info@x.example", postcode="62000"),
        ),
        (person("L1", "morel", "ana", email="a@gmail.com"), person("L9", "moret", "inna", email="b@gmail.com")),
    ],
)
def test_two_people_are_not_linked(earlier: Identity, later: Identity) -> None:
    assert told(earlier, later) is None


def test_an_earlier_leader_is_linked_to_one_leader_only_the_surest() -> None:
    earlier = [person("L1", "morel", "ana", siren="1", **ANA)]
    later = [person("L7", "morel", "ana", siren="1"), person("L8", "morel", "ana", **ANA), person("L9", "morel", "ana")]
    assert [(found.leader_id, found.rule) for found in linked(earlier, later)] == [("L8", "own_email")]


def test_a_leader_is_linked_to_one_earlier_leader_only_the_likeliest() -> None:
    earlier = [person("L1", "morell", "ana"), person("L2", "morel", "ana")]
    (found,) = linked(earlier, [person("L9", "morel", "ana")])
    assert found.earlier_leader_id == "L2"
    assert 0.5 < found.probability <= 0.99


def test_links_reach_the_database_and_are_made_anew(workspace: Workspace) -> None:
    common = {"Date de création": "2025-10-01 09:00", "Payé": "Oui", "Valide": "Oui", "Scanné": "Non"}
    write_billetweb(
        workspace,
        [
            {**common, "Billet": "T1", "Nom": "Morel", "Prénom": "Ana", "Email": "ana.morel@morel.example"},
            {**common, "Billet": "T2", "Nom": "Nemo", "Prénom": "Ned"},
        ],
    )
    write_tickets(
        workspace, [ticket(1, "Ana", "Morel", "Morel", Téléphone="0612345678"), ticket(2, "Bob", "Roux", "Roux")]
    )
    query = (
        "select edition_id, leader_id, earlier_edition_id, earlier_leader_id, rule, probability from core.identity_link"
    )
    expected = [("artois-douaisis-2026", "L001", "artois-douaisis-2025", "L001", "own_email", 1.0)]
    for _ in range(2):
        ingest(workspace)
        assert rows_of(workspace, query) == expected


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (person("L1", "martin", "marc", **ANA), person("L9", "martin", "marie", **ANA)),
        (person("L1", "martin", "marc", siren="1"), person("L9", "martin", "marie", siren="1")),
        (person("L1", "martin", "marc", **MOBILE), person("L9", "martin", "marie", **MOBILE)),
    ],
)
def test_husband_and_wife_are_two_though_they_share_an_address_a_house_or_a_mobile(
    earlier: Identity, later: Identity
) -> None:
    assert told(earlier, later) is None


def test_who_married_is_known_by_the_given_name_and_the_address() -> None:
    assert told(person("L1", "morel", "ana", **ANA), person("L9", "petit", "ana", **ANA)) == ("own_email", "sure")


def pair(later: str, earlier: str) -> Pair:
    return ("now", later, "now", earlier)


def test_a_confirmed_pair_wins_over_every_rule() -> None:
    earlier = [person("L1", "morel", "ana", **ANA), person("L2", "petit", "bob")]
    later = [person("L9", "morel", "ana", **ANA)]
    verdicts = Verdicts(confirmed={pair("L9", "L2"), pair("L9", "L77"), pair("L88", "L1")})
    assert [
        (found.earlier_leader_id, found.rule, found.certainty) for found in link_editions(earlier, later, verdicts)
    ] == [("L2", "verdict", "sure")]


def test_a_refused_pair_is_never_linked_and_leaves_room_for_the_next() -> None:
    earlier = [person("L1", "morel", "ana", **ANA), person("L2", "morel", "ana", siren="1")]
    later = [person("L9", "morel", "ana", siren="1", **ANA)]
    verdicts = Verdicts(refused={pair("L9", "L1")})
    assert [(found.earlier_leader_id, found.rule) for found in link_editions(earlier, later, verdicts)] == [
        ("L2", "siren_and_name")
    ]


def test_large_editions_are_compared_where_the_family_names_are_akin(monkeypatch: pytest.MonkeyPatch) -> None:
    families = ["morel", "mroel", "morell", "moral", "dupont", "dupont lemaire", "li", "sailly"]
    earlier = [person(f"L{number}", name, "ana") for number, name in enumerate(families)]
    later = [
        *(person(f"M{number}", name, "ana") for number, name in enumerate([*families, "lemaire", "lo"])),
        person("M99", "ana", "morel"),
        person("M77", "li", "maximilienne"),
    ]
    small = {(one.leader_id, other.leader_id) for one, other in near_names(earlier, later)}
    monkeypatch.setattr(nearness, "_MOST_PAIRS", 0)
    large = [(one.leader_id, other.leader_id) for one, other in near_names(earlier, later)]
    assert len(large) == len(set(large))
    assert set(large) < small
    assert [earlier_id for later_id, earlier_id in large if later_id == "M0"] == ["L0", "L1", "L2", "L3"]
    assert [earlier_id for later_id, earlier_id in large if later_id == "M8"] == ["L5"]
    assert [earlier_id for later_id, earlier_id in large if later_id == "M9"] == []
    assert [earlier_id for later_id, earlier_id in large if later_id == "M99"] == ["L0"]
    assert [earlier_id for later_id, earlier_id in large if later_id == "M77"] == []
    assert all(
        f"L{number}" in {earlier_id for later_id, earlier_id in large if later_id == f"M{number}"}
        for number in range(8)
    )


def test_a_number_that_nobody_shares_is_not_looked_at_twice() -> None:
    row = {
        "edition_id": "now", "leader_id": "L1", "family_name": "Morel", "given_name": "Ana", "company_key": "morel",
        "siren": None, "postcode": None, "email": None, "has_own_email": False, "phone": "+33612345678",
    }  # fmt: skip
    assert (to_identity(row).mobile, to_identity(row, may_be_mobile=False).mobile) == ("+33612345678", None)
