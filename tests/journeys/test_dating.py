"""On which day an article without a date appeared, inferred only where something fixes it."""

import datetime as dt

import pytest

from gazetteer.journeys.clauses import clauses_of
from gazetteer.journeys.dating import reference_dates
from gazetteer.journeys.travellers import cast_of
from gazetteer.reading.articles import article_from_text
from gazetteer.reading.reader import read_articles

DATED = (
    "Am 20. Mai 2022 hatte Präsident Emmanuel Macron Premierminister Boris Johnson in Lyon getroffen. "
    "Beide werden am Gipfel in Genf vom 12. bis 15. Juni teilnehmen."
)
RELATED = (
    "Präsident Emmanuel Macron ist am Montag in Genf eingetroffen. Am Sonntag hatte er Paris verlassen. "
    "Premierminister Boris Johnson wird am Mittwoch in Genf erwartet."
)


@pytest.fixture
def references(gazetteer):
    def of(*texts):
        articles = [article_from_text(text, source=f"{n}.txt", id=f"a{n}") for n, text in enumerate(texts)]
        readings = read_articles(articles, gazetteer)
        cast = cast_of(readings)
        return reference_dates(readings, cast, {r.article.id: clauses_of(r) for r in readings})

    return of


def test_weekdays_are_fixed_by_a_dated_article_on_the_same_persons_and_place(references):
    found = references(DATED, RELATED)["a1"]

    assert (found.earliest, found.latest) == (dt.date(2022, 6, 13), dt.date(2022, 6, 13))
    assert found.inferred
    assert "12. bis 15. Juni" in found.note.de


def test_the_order_of_the_articles_changes_nothing(references):
    assert references(RELATED, DATED)["a0"].latest == dt.date(2022, 6, 13)


def test_an_article_on_other_persons_lends_no_date(references):
    other = RELATED.replace("Emmanuel Macron", "Angela Merkel").replace("Boris Johnson", "Mario Draghi")

    assert "a1" not in references(DATED, other)


def test_nothing_is_guessed_from_weekdays_alone(references):
    assert references(RELATED) == {}


def test_a_dateline_says_the_day(references):
    found = references("Berlin, 14. März 2024. Präsident Emmanuel Macron ist am Montag eingetroffen.")["a0"]

    assert (found.latest, found.inferred) == (dt.date(2024, 3, 14), False)


def test_tomorrow_beside_a_date_says_today(references):
    text = (
        "Im September 2023 war Wladimir Putin in Peking. "
        "Er wird morgen und übermorgen (18. und 19. Juni) Hanoi besuchen."
    )

    assert references(text)["a0"].latest == dt.date(2024, 6, 17)
