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


def test_a_journey_says_that_its_way_on_is_told_differently(gazetteer):
    told = ["A train left London on Monday and arrived in Leeds in the evening."]
    told += [
        f"The train left Leeds on Tuesday and arrived in {town} in the evening."
        for town in ("Bristol", "Glasgow")
    ]
    texts = [f"On its way\n\nMarch 6, 2024 - {text}" for text in told]
    articles = [article_from_text(text, source=f"a{number}.txt") for number, text in enumerate(texts)]
    found = journeys_of(read_articles(articles, gazetteer), gazetteer, None)

    noted = [any("on from Leeds, several" in note.en for note in journey.notes) for journey in found]
    assert [journey.title.en for journey, is_noted in zip(found, noted, strict=True) if is_noted] == [
        "train: London – Leeds, 2024-03"
    ]


def test_of_many_tellings_of_one_arrival_none_is_joined_to_one_of_the_ways_on(gazetteer):
    came = (
        "Da\n\n4. März 2024. Ein Zug ist am Montag in Berlin abgefahren und abends in Dortmund eingetroffen."
    )
    left = "Weiter\n\n5. März 2024. Der Zug verließ Dortmund am Dienstag und erreichte am Abend {}."
    ways = [left.format(town) for town in ("Köln", "Hamburg", "Bremen", "Kassel")]
    texts = [(f"a{number:02}", text) for number, text in enumerate([came] * 16 + ways * 4)]

    assert sorted(map(len, lines(texts, gazetteer))) == [2] * 5
