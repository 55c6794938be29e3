"""Names that the gazetteer has in other letters."""

import pytest

from gazetteer.reading.articles import Article
from gazetteer.reading.reader import read_article


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
