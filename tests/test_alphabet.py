"""Names in the order of a French telephone book."""

from tasks.alphabet import french_key


def test_accents_ligatures_and_cedillas_stand_with_their_letters() -> None:
    names = ["Zola", "Œillet", "Oger", "Olive", "Çelik", "Cézanne", "Celan", "Élie", "Eluard", "Da Silva", "D'Arc"]
    assert sorted(names, key=french_key) == [
        *("Celan", "Çelik", "Cézanne", "Da Silva", "D'Arc", "Élie", "Eluard", "Œillet", "Oger", "Olive", "Zola"),
    ]


def test_accents_decide_where_the_letters_are_the_same() -> None:
    assert sorted(["cote", "côté", "coté", "Cote"], key=french_key) == ["cote", "Cote", "coté", "côté"]


def test_the_given_name_decides_only_between_equal_family_names() -> None:
    people = [("Le Roy", "Anne"), ("Leroy", "Zoé"), ("Le-Roy", "Bob"), ("Le", "Yann")]
    assert sorted(people, key=lambda names: french_key(*names)) == [
        ("Le", "Yann"),
        ("Le Roy", "Anne"),
        ("Le-Roy", "Bob"),
        ("Leroy", "Zoé"),
    ]
