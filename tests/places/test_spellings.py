"""Ways of writing a name that follow from the name itself."""

from __future__ import annotations

import pytest

from gazetteer.places.spellings import spellings_of_district, spellings_of_town, without_marks


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Limburg an der Lahn", "Limburg a. d. Lahn"),
        ("Mülheim an der Ruhr", "Mülheim/Ruhr"),
        ("Rothenburg ob der Tauber", "Rothenburg o.d. Tauber"),
        ("Marbach am Neckar", "Marbach (Neckar)"),
        ("Freiburg im Breisgau", "Freiburg i. Breisgau"),
        ("Weiden in der Oberpfalz", "Weiden i.d. Oberpfalz"),
        ("Halle (Saale)", "Halle/Saale"),
        ("Bad Homburg vor der Höhe", "Bad Homburg v.d. Höhe"),
    ],
)
def test_an_addition_is_written_shorter(name: str, spelling: str) -> None:
    assert spelling in spellings_of_town(name)


@pytest.mark.parametrize("name", ["Ulm", "Bad Ems", "am See", "Neustadt", ""])
def test_a_name_without_addition_has_one_spelling(name: str) -> None:
    assert spellings_of_town(name) == ()


@pytest.mark.parametrize(
    ("name", "spelling"), [("Politischer Bezirk Zwettl", "Bezirk Zwettl"), ("Boone County", "Boone Co.")]
)
def test_a_district_is_called_as_newspapers_call_it(name: str, spelling: str) -> None:
    assert spelling in spellings_of_district(name)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Jhārkhand", "Jharkhand"), ("Kırıkkale", "Kirikkale"), ("Tromsø", "Tromso"), ("Bonn", "")],
)
def test_a_latin_name_is_written_without_marks_as_well(name: str, plain: str) -> None:
    assert without_marks(name) == plain
