"""Names that the gazetteer has in other letters."""

import pytest

from gazetteer.reading.articles import Article
from gazetteer.reading.candidates import UNKNOWN, Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.reader import read_article
from gazetteer.reading.respellings import Respellings


@pytest.fixture(scope="module")
def named(gazetteer):
    def of(text, surface, language):
        reading = read_article(Article("a", "a.txt", "", language, None, text), gazetteer)
        return next(r for r in reading.resolutions if r.mention.surface == surface)

    return of


@pytest.mark.parametrize(
    ("language", "text", "surface", "name"),
    [
        ("de", "Frauen aus Corvara und aus St. Vigil müssen nach Brixen.", "St. Vigil", "San Vigilio"),
        ("de", "In St. Ingbert und in Homburg wird gebaut.", "St. Ingbert", "Sankt Ingbert"),
        ("en", "The ferry from Poole docked in St Malo.", "St Malo", "Saint-Malo"),
    ],
)
def test_a_saint_written_short_is_the_saint_of_the_gazetteer(named, language, text, surface, name):
    assert named(text, surface, language).entry.name == name


def test_a_name_that_sounds_alike_is_taken_where_others_of_its_country_are_named(named):
    text = "Der Zug fährt von Taschkent über Samarkand nach Urgentsch."

    assert named(text, "Urgentsch", "de").entry.country == "UZ"


def test_a_name_that_sounds_like_one_of_another_country_is_refused_with_its_candidates(named):
    senqu = named("The bus left Maseru and crossed the river at Senqu. In Leribe it rained.", "Senqu", "en")

    assert senqu.entry is None
    assert senqu.candidates
    assert "far from all else" in senqu.why.en


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Am Klamath-Fluss in Kalifornien wurden Dämme abgerissen.", "Klamath-Fluss", "Klamath River"),
        ("Das Boot umrundete die Shetlandinseln und lief in Lerwick ein.", "Shetlandinseln", "Shetland"),
        ("Von der Ross-See war das Schiff aufgebrochen.", "Ross-See", "Ross Sea"),
    ],
)
def test_a_feature_with_a_german_generic_word_is_the_one_listed_with_another(named, text, surface, name):
    assert named(text, surface, "de").entry.name == name


def test_a_town_with_its_quarter_behind_a_hyphen_is_the_quarter(named):
    quarter = named("Feuer in Kassel-Harleshausen", "Kassel-Harleshausen", "de")

    assert quarter.entry.name == "Harleshausen"


@pytest.fixture(scope="module")
def names_of(gazetteer):
    respellings = Respellings(gazetteer, Lexicon.of("de"))

    def of(name):
        places, _shape = respellings.of(Found(0, len(name), UNKNOWN, 0, 0, (), name, len(name), "run"))
        return [gazetteer.entry_at(place).name for place in places]

    return of


def test_a_town_with_an_unlisted_quarter_is_the_town(names_of):
    assert names_of("Graz-Hinterunteroberdorf")[0] == "Graz"


def test_two_towns_are_no_town_with_its_quarter(names_of):
    assert "Paris" not in names_of("Paris-Warschau")


def test_a_small_town_is_not_cut_from_a_name(names_of):
    assert "Oybin" not in names_of("Oybin-Hinterunteroberdorf")


def test_every_word_of_a_name_is_translated(names_of):
    assert names_of("Golf von Tehuantepec")[0] == "Gulf of Tehuantepec"


@pytest.mark.parametrize("name", ["-", "x-", "-tal", "Tal", "see", "Insel", "von der", " ", "", "-" * 500])
def test_odd_names_are_no_feature(names_of, name):
    assert isinstance(names_of(name), list)
