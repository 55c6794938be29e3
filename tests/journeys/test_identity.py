"""Whether two articles mean one traveller: by name, or by evidence where there is no name."""

import json
from pathlib import Path

import pytest

from gazetteer.journeys.events import journeys_of
from gazetteer.journeys.identity import travellers_apart
from gazetteer.reading.articles import article_from_text
from gazetteer.reading.reader import read_articles

CASES = json.loads((Path(__file__).parents[1] / "golden" / "travellers_apart.json").read_text("utf-8"))


def lines(texts, gazetteer):
    articles = [article_from_text(text, source=f"{id_}.txt", id=id_) for id_, text in texts]
    journeys = journeys_of(read_articles(articles, gazetteer), gazetteer, None)
    assert len({journey.id for journey in journeys}) == len(journeys)
    return [[gazetteer.entry(e.place).label("en") for e in j.events if e.on_route] for j in journeys]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_travellers_are_one_by_name_or_evidence(case, gazetteer):
    texts = [(f"a{number}", text) for number, text in enumerate(case["articles"])]

    assert sorted(lines(texts, gazetteer)) == sorted(case["journeys"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_order_of_the_articles_changes_nothing(case, gazetteer):
    texts = [(f"a{number}", text) for number, text in enumerate(case["articles"])]

    assert lines(texts[::-1], gazetteer) == lines(texts, gazetteer)


def test_nobody_reported_is_nobody():
    assert list(travellers_apart(())) == []
