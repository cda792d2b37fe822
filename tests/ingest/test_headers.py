"""Headers as they really are: below titles, on two lines, repeated, worded otherwise; and the rows below them."""

from collections.abc import Mapping

import pytest

from tasks.ingest.formats.columns import BEYOND_HEADER, Table, read_table
from tasks.ingest.formats.date_orders import order_of
from tasks.ingest.formats.header import HeaderCell, find_header
from tasks.ingest.formats.sources import DateOrder, Source, source_from, source_named
from tasks.ingest.reading.sheet import SetAside, sheet_of
from tests.ingest.test_recognising_files import lines

LIST = source_named("list")


def table_of(source: Source | str, *rows: str, declared: Mapping[str, str] | None = None) -> Table:
    sheet = lines(*rows)
    read = read_table(sheet, source_named(source) if isinstance(source, str) else source, declared or {})
    assert read is not None
    assert read.above_count + read.skipped_count + len(read.rows) == len(sheet.lines)
    return read


def contents(table: Table) -> list[Mapping[str, str]]:
    return [row.content for row in table.rows]


def cell(table: Table, title: str) -> tuple[str | None, str]:
    (found,) = [header for header in table.headers if header.title == title]
    return found.field, found.match


def test_what_is_not_named_is_dropped_at_the_door() -> None:
    table = table_of("exhibitors", "Titre", "Stand;Société;Téléphone;Humeur", "A1;Morel;0612345678;bonne")
    assert [(row.number, row.content) for row in table.rows] == [(3, {"stand": "A1", "company": "Morel"})]
    assert table.headers == (
        HeaderCell(1, "Stand", "stand", "exact", 100.0),
        HeaderCell(2, "Société", "company", "exact", 100.0),
        HeaderCell(3, "Téléphone", None, "exact", 100.0),
        HeaderCell(4, "Humeur", None, "unknown", 0.0),
    )


def test_a_column_without_a_title_is_listed_where_it_holds_something() -> None:
    table = table_of("exhibitors", "Stand;;Société;", "A1;;Morel;à rappeler")
    assert [(header.position, header.match) for header in table.headers if not header.title] == [(4, "unknown")]


def test_a_row_with_more_cells_than_headers_is_marked() -> None:
    table = table_of("exhibitors", "Stand;Société", "A1;Morel;;x", "A2;Roux;;")
    assert contents(table) == [
        {"stand": "A1", "company": "Morel", BEYOND_HEADER: "yes"},
        {"stand": "A2", "company": "Roux"},
    ]


def test_a_row_with_fewer_cells_than_headers_is_read() -> None:
    assert contents(table_of("exhibitors", "Stand;Société;Activité", "A1;Morel")) == [
        {"stand": "A1", "company": "Morel"}
    ]


def test_a_sheet_without_the_header_has_no_table() -> None:
    assert read_table(lines("a;b"), source_named("exhibitors")) is None


def test_the_participant_s_answer_goes_before_the_buyer_s() -> None:
    header = find_header(
        lines(
            "Nom;Prénom;Email;Payé;Valide;Téléphone (Commande) - #5;téléphone (participant) - #14;Ville (Commande) - #8"
        ),
        source_named("billetweb"),
    )
    assert header is not None
    assert {name: header.columns[name] for name in ("phone", "payer_phone", "town")} == {
        "phone": 6,
        "payer_phone": 5,
        "town": 7,
    }


def test_the_buyer_s_answer_is_dropped_where_the_participant_gave_one() -> None:
    table = table_of(
        "billetweb",
        "Nom;Prénom;Email;Payé;Valide;Ville (Commande) - #8;Ville (Participant) - #9",
        "Morel;Ana;a@m.example;Oui;Oui;Lille;",
    )
    assert "town" not in contents(table)[0]
    assert cell(table, "Ville (Commande) - #8") == (None, "exact")


@pytest.mark.parametrize(
    ("title", "name", "match"),
    [
        ("SOCIETE", "company", "exact"),
        ("Votre société ?", "company", "exact"),
        ("1. Votre société *", "company", "exact"),
        ("Champ additionnel: Société", "company", "exact"),
        ("G01Q02. Votre société", "company", "exact"),
        ("Scoiété", "company", "close"),
        ("Quel est votre numéro SIRET ?", "siret", "close"),
        ("Numéro de SIREN", "siret", "close"),
        ("Merci d'indiquer votre fonction", "job_title", "close"),
        ("Code postaux", "postcode", "close"),
        ("Email de contact du conjoint", None, "unknown"),
        ("Date de naissance", None, "unknown"),
        ("Je souhaite ne pas rencontrer", "excluded", "close"),
        ("Numéros de téléphone portable", "phone", "close"),
        ("Souhaits n° 3", "wish_3", "close"),
        ("Souhait n° 0", None, "unknown"),
        ("Souhait n° 1 ou 2", None, "unknown"),
        ("Souhaits [Ateliers Morel]", "wish_of:Ateliers Morel", "exact"),
        ("Qui souhaitez-vous rencontrer ? \u2013 Ateliers \u2013 Morel", "wish_of:Ateliers \u2013 Morel", "exact"),
        ("Qui souhaiteriez-vous rencontrer ? [Roux]", "wish_of:Roux", "close"),
        ("Ce que vous vendez - Bois", "sells_of:Bois", "exact"),
        ("Votre humeur [Bonne]", None, "unknown"),
        ("x" * 2000, None, "unknown"),
        ("***", None, "unknown"),
    ],
)
def test_drifting_headers_are_found_and_others_are_not(title: str, name: str | None, match: str) -> None:
    assert cell(table_of(LIST, f"Nom;Prénom;Email;{title}", "Morel;Ana;a@m.example;x"), title) == (name, match)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Je vends", "sells"), ("Ce que je vends", "sells"), ("Je recherche", "seeks"),
        ("Ne pas rencontrer", "excluded"),
        ("Sociétés à exclure", "excluded"), ("Exclusions", "excluded"), ("Disponibilités", "available"),
        ("Indisponibilités", "pause"), ("Je pars plus tôt", "leaves_at"), ("Nombre de RDV max", "max_meetings"),
        ("Maximum de rendez-vous", "max_meetings"), ("Nb max. de RDV", "max_meetings"), ("RDV max", "max_meetings"),
        ("1er choix", "wish_1"), ("2ème choix", "wish_2"), ("Vœu 1", "wish_1"), ("Premier souhait", "wish_1"),
        ("Deuxième vœu", "wish_2"), ("Choix RDV n° 3", None), ("RDV souhaité 2", "wish_2"), ("Third choice", "wish_3"),
        ("Entreprises à rencontrer", "more_wishes"), ("GSM", "phone"), ("Mail pro", "email"),
        ("RDV souhaités", "more_wishes"),
        ("Quel est votre nom ?", "full_name"), ("Premier", None), ("Seconde société", None),
    ],
)  # fmt: skip
def test_headers_are_known_in_the_first_person_shortened_and_counted(title: str, name: str | None) -> None:
    found, match = cell(table_of(LIST, f"Nom;Prénom;Société;{title}", "Morel;Ana;Ateliers;x"), title)
    assert (found, match) == (name, match if name else "unknown")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Dénomination", "company"), ("Dénomination sociale", "company"), ("Raison sociale de la société", "company"),
        ("Nom commercial", "company"), ("Enseigne", "company"), ("Société / Entreprise", "company"),
        ("Trade name", "company"), ("denominationUniteLegale", "company"), ("Prénom usuel", "given_name"),
        ("Fonction du dirigeant", "job_title"), ("Qualité", "job_title"), ("Tél. fixe", "phone"),
        ("N° de portable", "phone"), ("Ligne directe", "phone"), ("Courrier électronique", "email"),
        ("Mail de contact", "email"), ("N° SIRET (14 chiffres)", "siret"), ("Siret établissement", "siret"),
        ("CP siège", "postcode"), ("Libellé commune", "town"), ("Commune de l'entreprise", "town"),
        ("Nom de la commune", "town"), ("Town/City", "town"),
        # Near to these, and something else.
        ("Dénomination du produit", None), ("Commune de naissance", None), ("Date de naissance", None),
        ("Code NAF", None), ("Capital social", None), ("Qualité du service", None),
    ],
)  # fmt: skip
def test_the_words_of_the_chambers_files_are_known_and_their_neighbours_are_not(title: str, name: str | None) -> None:
    others = {"Nom": "family_name", "Prénom": "given_name", "Société": "company", "E-mail": "email"}
    header = ";".join((*(other for other, field in others.items() if field != name), title))
    found, match = cell(table_of(LIST, header, ";".join("x" * (header.count(";") + 1))), title)
    assert (found, match) == (name, "exact" if name else "unknown")


def test_a_close_header_gives_way_to_an_exact_one() -> None:
    table = table_of(LIST, "Nom;Scoiété;Société", "Morel;Loin;Près")
    assert contents(table) == [{"family_name": "Morel", "company": "Près"}]
    assert cell(table, "Scoiété") == (None, "unknown")


def test_of_a_header_that_occurs_again_the_first_that_holds_something_counts() -> None:
    table = table_of(LIST, "Nom;Société;Société;Entreprise", "Morel;;B;C", "Roux;A;B;C", "Petit;;;C", "Blin;;;")
    assert [row.get("company") for row in contents(table)] == ["B", "A", "C", None]
    assert [(found.position, found.field, found.match) for found in table.headers][1:] == [
        (2, "company", "exact"),
        (3, "company", "repeated"),
        (4, "company", "repeated"),
    ]


def test_a_declared_column_wins_over_the_known_ones() -> None:
    table = table_of(LIST, "Nom;Société;Maison mère", "Morel;A;B", declared={"company": "maison MERE"})
    assert contents(table) == [{"family_name": "Morel", "company": "B"}]
    assert cell(table, "Maison mère") == ("company", "declared")


def test_title_lines_above_the_header_do_not_count() -> None:
    table = table_of(
        LIST, "Rencontres affaires", "", "Liste au 23/11;;imprimée par Ana", "Nom;Prénom;Société", "Morel;Ana;Ateliers"
    )
    assert [(row.number, row.content["family_name"]) for row in table.rows] == [(5, "Morel")]
    assert table.above_count == 4


def test_a_header_of_groups_above_columns_is_read_as_one() -> None:
    table = table_of(
        "list",
        "Inscriptions",
        "Participant;;;Payeur;;",
        "Nom;Prénom;Société;Nom;Prénom;Email",
        "Morel;Ana;Ateliers;Roux;Bob;b@r.example",
        "Participant;;;Payeur;;",
        "Nom;Prénom;Société;Nom;Prénom;Email",
        "Petit;Zoé;Scierie;Roux;Bob;b@r.example",
    )
    assert contents(table) == [
        {
            "family_name": family,
            "given_name": given,
            "company": company,
            "payer_family_name": "Roux",
            "payer_given_name": "Bob",
            "payer_email": "b@r.example",
        }
        for family, given, company in (("Morel", "Ana", "Ateliers"), ("Petit", "Zoé", "Scierie"))
    ]
    assert (table.above_count, table.skipped_count) == (3, 2)


def test_titles_that_run_over_two_lines_are_read_as_one() -> None:
    table = table_of(LIST, "Nom;Code;Numéro de;Société", ";postal;téléphone;", "Morel;62000;0612345678;Ateliers")
    assert contents(table) == [
        {"family_name": "Morel", "postcode": "62000", "phone": "0612345678", "company": "Ateliers"}
    ]


def test_blank_total_and_repeated_header_lines_are_skipped_and_no_name_is() -> None:
    table = table_of(
        LIST,
        "Société;Nom;Montant",
        "Ateliers;Morel;36,00 €",
        ";;",
        " ; ;",
        "TOTAL;Pouyanné;36,00",
        "Total Énergies;Blin;36,00",
        "SOCIETE;nom;montant;;",
        "Société;Dupont;36,00",
        "Sous-total;;108,00 €",
        "TOTAL;TOTAL;144,00 €",
        "Total général (4);;",
        "",
    )
    assert [row.content["company"] for row in table.rows] == ["Ateliers", "TOTAL", "Total Énergies", "Société"]
    assert table.skipped_count == 7


@pytest.mark.parametrize(
    "note",
    [
        "Total : 6 inscrits", "Total inscrits : 2", "Total HT;;;60", "Sous-total TTC;;;60,00 €", "Grand total;;;2",
        "Soit 2 participants", "Nombre d'inscrits : 12", "2 sociétés", ";;Total : 6 inscrits;", "Édité le 12/11/2026",
        "Document imprimé le 12 novembre 2026", "Liste arrêtée au 15/11/2026", "Mise à jour le 3/11", "Exporté le 3/11",
        "Printed on 12 November 2026", "* liste provisoire", "(*) sous réserve", "NB : liste provisoire", "Page 1/3",
        "Fin de liste",
    ],
)  # fmt: skip
def test_a_note_below_a_list_is_nobody(note: str) -> None:
    table = table_of(LIST, "Nom;Prénom;Société;Montant", "Morel;Ana;Ateliers;30", note, "Total;;;30", "* fin")
    assert [row.content["family_name"] for row in table.rows] == ["Morel"]
    assert table.skipped_count == 3


@pytest.mark.parametrize(
    "line",
    [
        "Total Énergies;;;60", "Total;Jean;;", "Grand;;;", "Soit Bois;;;", "Mise en Page 12;;;", "Éditions Le 3;;;",
        "2;;;", "Page;;;", "Total inscrits;Ana;Ateliers;", "NB Conseil;;;", "Créa 3;;;", "Extra Au 12;;;",
    ],
)  # fmt: skip
def test_what_may_be_a_name_stays_below_a_list(line: str) -> None:
    assert [row.number for row in table_of(LIST, "Nom;Prénom;Société;Montant", "Morel;Ana;A;30", line).rows] == [2, 3]


def test_a_note_among_the_rows_is_kept_for_a_person_to_see() -> None:
    table = table_of(LIST, "Nom;Prénom;Société", "Morel;Ana;A", "* liste d'attente", "Roux;Bob;B")
    assert [row.content["family_name"] for row in table.rows] == ["Morel", "* liste d'attente", "Roux"]


def test_a_header_of_one_column_is_enough() -> None:
    source = source_from(
        {
            "id": "names",
            "title": "Names",
            "kind": "registration",
            "required": ["full_name"],
            "columns": {"full_name": ["Qui"]},
        }
    )
    assert contents(table_of(source, "Qui", "Ana Morel")) == [{"full_name": "Ana Morel"}]


def test_what_a_tool_writes_for_nothing_is_nothing() -> None:
    table = table_of(
        "pretix-json", "code;positions.positionid;status;testmode;positions.attendee_name;phone", "A;1;p;Non;Ana;None"
    )
    assert "payer_phone" not in contents(table)[0]


def test_a_header_too_wide_sets_the_file_aside() -> None:
    wide = sheet_of("", [tuple(f"colonne {number}" for number in range(2001))])
    with pytest.raises(SetAside, match="line 1 has 2001 columns"):
        find_header(wide, LIST)


def test_a_sheet_as_wide_as_excel_but_blank_is_read() -> None:
    blank = ("",) * 16000
    table = read_table(sheet_of("", [("Nom", "Email", *blank), ("Morel", "a@m.example", *blank)]), LIST)
    assert table is not None
    assert contents(table) == [{"family_name": "Morel", "email": "a@m.example"}]


@pytest.mark.parametrize(
    ("values", "otherwise", "order"),
    [
        (["11/29/24 22:28", "1/2/24 8:00"], "day_first", "month_first"),
        (["29/11/24", "1/2/24"], "month_first", "day_first"),
        (["1/2/24", "3/4/24"], "month_first", "month_first"),
        (["1/2/24", "3/4/24"], "day_first", "day_first"),
        (["29/11/24", "11/29/24"], "day_first", "day_first"),
        (["29/11/24", "11/29/24"], "month_first", "month_first"),
        (["29-11-2024"], "month_first", "day_first"),
        (["29.11.2024"], "month_first", "day_first"),
        (["2024-11-29", "46310.5", "", "demain", "99/99/24", "13/0/24", "0/13/24"], "month_first", "month_first"),
    ],
)
def test_the_values_of_a_column_decide_which_comes_first(
    values: list[str], otherwise: DateOrder, order: DateOrder
) -> None:
    assert order_of(values, otherwise) == order


def test_the_order_is_kept_with_the_header_of_dates_only() -> None:
    table = table_of(
        "eventbrite",
        "Order #;Order Date;First Name;Last Name;Email;Quantity",
        "1;29/11/24 22:28;Ana;Morel;a@m.example;1",
        "2;1/12/24 22:28;Bob;Roux;b@r.example;1",
    )
    assert {header.title: header.date_order for header in table.headers if header.date_order} == {
        "Order Date": "day_first"
    }
    assert table.date_orders == {"ordered_at": "day_first"}


def test_a_title_of_signs_is_known_only_as_it_stands() -> None:
    table = table_of(
        "typeform-wishes", "***;#;Submit Date (UTC);Network ID;Email;Wish 1", "x;a1;2026-10-01;f;a@m.example;Roux"
    )
    assert cell(table, "#") == ("uid", "exact")
    assert cell(table, "***") == (None, "unknown")


def test_titles_that_are_too_long_are_no_titles() -> None:
    long = "Société " * 200
    table = table_of(LIST, f"Nom;Email;{long}", "Morel;a@m.example;x")
    assert [header.match for header in table.headers] == ["exact", "exact", "unknown"]
