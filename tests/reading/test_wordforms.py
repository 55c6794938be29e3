"""Word forms: what a single word may be."""

import pytest

from gazetteer.reading.candidates import Form
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.wordforms import WordForms


@pytest.fixture(scope="module")
def forms(gazetteer):
    return WordForms(gazetteer, Lexicon.of("de"))


@pytest.mark.parametrize("word", ["Luzern", "Trier", "Münster", "Jever", "Bayern", "Niger"])
def test_a_place_is_no_adjective_of_a_place_less_known_by_what_is_left(word, forms):
    assert not forms.is_adjective(word)


@pytest.mark.parametrize(
    ("word", "name"), [("Stuttgarter", "Stuttgart"), ("Ravensburger", "Ravensburg"), ("Klever", "Kleve")]
)
def test_what_belongs_to_a_town_is_read_from_its_name(word, name, forms):
    (reading,) = [reading for reading in forms.readings(word) if reading.form is Form.DEMONYM]

    assert reading.name == name


@pytest.mark.parametrize(
    ("word", "canton"),
    [("Urner", "CH:UR"), ("Glarnerin", "CH:GL"), ("Obwaldner", "CH:OW"), ("jurassische", "CH:JU")],
)
def test_adjectives_of_cantons_are_listed(word, canton, forms, gazetteer):
    (place,) = forms.demonym(word.lower())
    entry = gazetteer.entry_at(place)

    assert f"{entry.country}:{entry.admin1}" == canton
