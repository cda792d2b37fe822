"""Which format a file is: by its header, never by its name."""

from pathlib import Path

import pytest

from tasks.event_choices import Export
from tasks.ingest.formats.header import find_header
from tasks.ingest.formats.recognition import Recognition, recognise
from tasks.ingest.formats.sources import all_sources, source_from, source_named
from tasks.ingest.inbox.exports import read_export
from tasks.ingest.reading.contents import read_sheets
from tasks.ingest.reading.sheet import SetAside, Sheet, sheet_of
from tasks.workspace import Workspace
from tests.ingest.builders import SAMPLES, event_of

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real sample exports are not on this machine")


def lines(*rows: str, name: str = "") -> Sheet:
    """Return a sheet of lines whose cells a semicolon parts."""
    return sheet_of(name, [tuple(row.split(";")) for row in rows])


def recognised(*rows: str) -> Recognition:
    return recognise([lines(*rows)], all_sources())


@needs_samples
@pytest.mark.parametrize(
    ("file", "source", "row_count"),
    [
        ("billetweb/billetweb_valid.csv", "billetweb", 3),
        ("billetweb/billetweb_unpaid.csv", "billetweb", 3),
        ("billetweb/alpe_real_export_one_row_masked.csv", "billetweb", 1),
        ("billetweb/alpe_partial_columns.csv", "billetweb", 11),
        ("helloasso/helloasso_2019_event_pseudonymised.csv", "helloasso-2019", 69),
    ],
)
def test_real_exports_are_recognised_with_all_their_rows_and_no_doubt(
    workspace: Workspace, file: str, source: str, row_count: int
) -> None:
    event = event_of(workspace)
    # They are about other people's events, held on other days.
    taken = read_export((SAMPLES / file).read_bytes(), Export(edition=event.id), event)
    assert (taken.source.id, taken.row_count) == (source, row_count)
    assert not taken.recognition.is_doubtful
    assert [cell.title for cell in taken.unknown_columns] == []


@needs_samples
@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("helloasso/helloasso_2026_event_header_only.csv", "helloasso-2026"),
        ("pretix/pretix_2026.8_positions_header_en.csv", "pretix-positions"),
        ("pretix/pretix_2026.8_positions_header_fr.csv", "pretix-positions"),
        ("pretix/pretix_2026.8_orders_header_en.csv", "pretix-orders"),
        ("pretix/pretix_2026.8_orders_header_fr.csv", "pretix-orders"),
    ],
)
def test_real_headers_are_recognised_without_doubt(file: str, source: str) -> None:
    sheets = read_sheets((SAMPLES / file).read_bytes()).sheets
    found = recognise(sheets, all_sources())
    assert (found.source.id, found.is_doubtful) == (source, False)
    header = find_header(sheets[0], source_named(source))
    assert header is not None
    names = {"payer_family_name", "payer_given_name"} | (
        set() if source == "pretix-orders" else {"family_name", "given_name", "email"}
    )
    assert {*names, "payer_email", "amount", "status"} - set(header.columns) == set()
    unknown = [cell.title for cell in header.cells if cell.match == "unknown"]
    assert unknown == (["Nom de votre personnage"] if source == "helloasso-2026" else [])


@needs_samples
def test_what_is_left_of_an_export_is_read_as_a_list_and_doubted() -> None:
    sheets = read_sheets((SAMPLES / "billetweb/billetweb_missing_columns.csv").read_bytes()).sheets
    found = recognise(sheets, all_sources())
    assert (found.source.id, found.is_doubtful) == ("list", True)


@needs_samples
@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("excel-lists/alpe_form_list_no_macros.xlsx", "header of List of participants but not a single row"),
        ("SOURCES.md", "no line of this file is the header of a known export"),
    ],
)
def test_real_files_without_anything_for_us_are_set_aside(workspace: Workspace, file: str, sentence: str) -> None:
    with pytest.raises(SetAside, match=sentence):
        read_export((SAMPLES / file).read_bytes(), Export(), event_of(workspace))


def test_the_nearest_format_is_named_with_what_it_lacks() -> None:
    with pytest.raises(
        SetAside, match="resembles Satisfaction survey, but these columns are missing: Recommanderiez-vous"
    ):
        recognised("Horodateur;Adresse e-mail;Votre satisfaction, de 1 à 5")


def test_three_of_the_nearest_formats_are_named_by_their_titles_once_each() -> None:
    with pytest.raises(SetAside) as refused:
        recognised("Horodateur;Adresse e-mail;Votre satisfaction, de 1 à 5")
    assert refused.value.remedy is not None
    assert refused.value.remedy.translated("en") == (
        "Check that it is an export with its header line. "
        "The nearest known ones: Satisfaction survey · Wishes form (Google Forms) · Deals that followed."
    )


def test_what_is_no_table_at_all_brings_no_list_of_formats() -> None:
    with pytest.raises(SetAside) as refused:
        recognised("Lisez-moi;avant de commencer")
    assert str(refused.value.remedy) == (
        "Check that it is an export with its header line; if it is none, take it out of the inbox."
    )


def test_a_mark_that_lacks_is_named_too() -> None:
    source = source_named("typeform-wishes")
    with pytest.raises(SetAside, match=r"these columns are missing: Network ID\."):
        recognise([lines("#;Submit Date (UTC);Email;Souhait n° 1")], [source])


def test_a_series_and_a_matrix_that_lack_are_named_by_their_headers() -> None:
    with pytest.raises(SetAside, match=r"these columns are missing: Souhait n° 1\."):
        recognise([lines("Heure de fin;Email")], [source_named("forms-wishes")])


def test_a_file_of_blank_lines_only_is_of_no_known_format() -> None:
    with pytest.raises(SetAside, match="no line of this file is the header"):
        recognised(";")


def test_the_name_of_a_file_says_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "billetweb.csv"
    path.write_text("Horodateur,Adresse e-mail,Avec quelle société ?,Montant des affaires conclues (€ HT)\n", "utf-8")
    with pytest.raises(SetAside, match="header of Deals that followed but not a single row"):
        read_export(path.read_bytes(), Export(), event_of(workspace))


def test_a_file_that_is_close_to_two_formats_is_doubted_and_the_other_one_named() -> None:
    found = recognised("Nom;Prénom;Email;Numéro de billet")
    assert (found.source.id, found.rival.id if found.rival else "") == ("weezevent", "list")
    assert found.score - found.rival_score < 0.2
    assert found.is_doubtful


@pytest.mark.parametrize(
    ("header", "is_doubtful"),
    [
        ("Nom;Société", True),
        ("Nom;Prénom;Email", True),
        ("Nom;Prénom;Société;Email", False),
        ("Nom;Prénom;Société;Fonction;Email;Téléphone", False),
        ("Participant;Entreprise;Allergies;Parking;Badge;Accompagnant", True),
    ],
)
def test_a_list_is_doubted_where_little_speaks_for_it(header: str, *, is_doubtful: bool) -> None:
    found = recognised(header)
    assert (found.source.id, found.is_doubtful) == ("list", is_doubtful)


def test_the_generations_of_one_tool_are_no_rivals() -> None:
    found = recognised(
        "Référence commande;Date de la commande;Statut de la commande;Nom participant;Prénom participant;Nom payeur;"
        "Prénom payeur;Email payeur;Raison sociale;Numéro de billet;Tarif;Montant tarif"
    )
    assert found.source.id == "helloasso-2026"
    assert found.rival is None


def test_positions_go_before_orders_where_a_workbook_holds_both() -> None:
    orders = lines("Order code;Order total;Status;Email;Order date;Order time;Positions;Name", name="Orders")
    positions = lines(
        "Order code;Position ID;Status;Email;Order date;Order time;Attendee name;Price", name="Order positions"
    )
    assert recognise([orders], all_sources()).source.id == "pretix-orders"
    assert recognise([orders, positions], all_sources()).source.id == "pretix-positions"


def test_a_wishes_form_is_no_registration_unless_it_asks_what_only_a_registration_asks() -> None:
    plain = recognised("Horodateur;Adresse e-mail;Votre nom;Votre société;Souhait n° 1;Souhait n° 2")
    assert (plain.source.id, plain.is_doubtful) == ("google-forms-wishes", False)
    both = recognised("Horodateur;Adresse e-mail;Votre nom;Votre société;Fonction;SIRET;Téléphone;Souhait n° 1")
    assert (both.source.id, both.rival.id if both.rival else "", both.is_doubtful) == (
        "google-forms-wishes",
        "google-forms-registration",
        True,
    )


def test_a_declared_source_is_not_compared() -> None:
    found = recognise([lines("Stand;Société")], [source_named("exhibitors")])
    assert found == Recognition(source_named("exhibitors"), found.score, None, 0.0)


def test_a_declared_column_makes_a_format_fit() -> None:
    source = source_from(
        {
            "id": "guests",
            "title": "Guests",
            "kind": "registration",
            "required": ["full_name", "company"],
            "columns": {"full_name": ["Guest"], "company": ["House"]},
        }
    )
    sheet = lines("Guest;Maison;Ville", "Ana Morel;Ateliers Morel;Arras")
    with pytest.raises(SetAside, match="columns are missing: House"):
        recognise([sheet], [source])
    assert recognise([sheet], [source], {"company": "MAISON"}).source is source


def test_a_declared_column_that_the_file_lacks_sets_it_aside() -> None:
    with pytest.raises(SetAside, match='"Maison" holds company, but no column has this header'):
        recognise([lines("Nom;Prénom;Email")], all_sources(), {"company": "Maison"})
