"""Journeys read from articles: golden cases, laws, and the five seeds."""

import json
from pathlib import Path

import pytest

from gazetteer.journeys.events import journeys_of
from gazetteer.journeys.journey import Certainty, Mode
from gazetteer.reading.articles import article_from_text
from gazetteer.reading.reader import read_articles

CASES = json.loads((Path(__file__).parent.parent / "golden" / "journeys.json").read_text("utf-8"))


def read(texts, gazetteer):
    articles = [article_from_text(text, source=f"{n}.txt", id=f"a{n}") for n, text in enumerate(texts)]
    return read_articles(articles, gazetteer)


def told(event, gazetteer):
    day = event.when.earliest.date().isoformat() if event.when else None
    place = gazetteer.entry(event.place).label("en") if event.place else None
    return [event.kind.value, place, day, event.certainty.value]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_golden_journeys(case, gazetteer, network):
    journeys = journeys_of(read(case["articles"], gazetteer), gazetteer, network)

    if case.get("none"):
        assert not journeys
    for expected in case["journeys"]:
        journey = next(j for j in journeys if j.traveller == expected["traveller"])
        line = [e for e in journey.events if e.on_route]
        assert [told(e, gazetteer) for e in line] == expected["line"]
        for stop in expected.get("off", []):
            event = next(e for e in journey.events if not e.on_route and told(e, gazetteer) == stop)
            assert event.conflicts
        if "modes" in expected:
            assert [leg.mode.value for leg in journey.legs] == expected["modes"]


@pytest.fixture(scope="module")
def seed_journeys(seed_articles, gazetteer, network):
    return journeys_of(read_articles(seed_articles, gazetteer), gazetteer, network)


def test_the_train_of_the_seeds_passes_its_five_stations_in_order_on_their_days(seed_journeys):
    journey = next(j for j in seed_journeys if j.id == "kim-jong-un:2023-09")
    stations = [
        ((39.03, 125.75), "2023-09-10"),
        ((42.41, 130.61), "2023-09-11"),
        ((42.42, 130.64), "2023-09-12"),
        ((43.80, 131.96), "2023-09-12"),
        ((51.88, 128.33), "2023-09-13"),
    ]

    line = [e for e in journey.events if e.on_route]

    assert [e.when.earliest.date().isoformat() for e in line] == [day for _, day in stations]
    for event, ((lat, lon), _) in zip(line, stations, strict=True):
        assert event.position.lat == pytest.approx(lat, abs=0.2)
        assert event.position.lon == pytest.approx(lon, abs=0.3)


def test_the_train_of_the_seeds_runs_on_rails(seed_journeys):
    journey = next(j for j in seed_journeys if j.id == "kim-jong-un:2023-09")

    assert {leg.mode for leg in journey.legs} == {Mode.RAIL}
    assert 2450 <= journey.length_km <= 2620


def test_the_overtaken_meeting_place_stays_as_a_conflict_off_the_line(seed_journeys):
    journey = next(j for j in seed_journeys if j.id == "kim-jong-un:2023-09")

    vladivostok = [e for e in journey.events if e.place == "geonames:2013348"]

    assert vladivostok
    assert not any(e.on_route for e in vladivostok)
    assert all(e.conflicts for e in vladivostok)


def test_what_had_not_happened_by_the_evening_is_a_denial(seed_journeys):
    journey = next(j for j in seed_journeys if j.id == "kim-jong-un:2023-09")

    assert any(e.certainty is Certainty.DENIED and not e.on_route for e in journey.events)


def test_other_travellers_have_journeys_of_their_own(seed_journeys):
    assert {j.traveller for j in seed_journeys} >= {"Kim Jong Un", "Wladimir Putin", "Sergej Schoigu"}
    assert all(e.traveller == j.traveller for j in seed_journeys for e in j.events)


def test_the_visit_of_2024_and_the_trip_of_2019_are_not_mixed_into_2023(seed_journeys):
    for journey in seed_journeys:
        years = {e.when.earliest.year for e in journey.events if e.when}
        assert len(years) <= 1


def test_the_order_of_the_articles_changes_nothing(seed_articles, gazetteer):
    readings = read_articles(seed_articles, gazetteer)

    backwards = journeys_of(readings[::-1], gazetteer, None)

    assert [j.events for j in backwards] == [j.events for j in journeys_of(readings, gazetteer, None)]


def test_sources_are_sentences_of_their_articles(seed_journeys, seed_articles):
    texts = {article.id: article.text for article in seed_articles}

    for journey in seed_journeys:
        for event in journey.events:
            assert event.sources
            assert all(texts[span.article][span.start : span.end].strip() for span in event.sources)


def test_legs_join_events_of_the_line(seed_journeys):
    for journey in seed_journeys:
        on_line = {e.id for e in journey.events if e.on_route}
        assert all(set(leg.events) <= on_line for leg in journey.legs)


@pytest.mark.parametrize("text", ["Der Zug, " * 3000, "am 10. bis " * 3000, "Kims " * 5000, "in der " * 5000])
def test_monotonous_text_is_read_without_a_journey(text, gazetteer):
    assert journeys_of(read([f"Kim reist. {text}"], gazetteer), gazetteer, None) is not None


@pytest.mark.parametrize(
    "text",
    [
        "In Polen ist ein Bus verunglückt, der von Warschau nach Lublin unterwegs war.",
        "Ein Bus fuhr nach Lublin, der von Warschau kam.",
    ],
)
def test_an_undated_trip_told_from_its_end_is_read(text, gazetteer):
    assert journeys_of(read([text], gazetteer), gazetteer, None) is not None
