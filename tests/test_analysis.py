"""A part of an analysis: what it holds of some of its articles."""

from __future__ import annotations

import json

import pytest

from gazetteer.analysis import analyse
from gazetteer.contract import contract_of
from gazetteer.reading.articles import load_articles
from tests.conftest import SEEDS

LAST = "004_"


@pytest.fixture(scope="module")
def whole(gazetteer, network):
    return analyse(load_articles([SEEDS]), gazetteer, network=network)


@pytest.fixture(scope="module")
def part(whole):
    (last,) = [article.id for article in whole.articles if article.id.startswith(LAST)]
    return whole.of_articles({last})


def test_a_part_holds_its_articles_and_their_claims_as_the_whole_judged_them(whole, part):
    (article,) = part.articles

    assert part.claims == tuple(claim for claim in whole.claims if claim.span.article == article.id)


def test_a_journey_told_in_part_stays_whole_with_the_sources_of_the_part(whole, part):
    (article,) = part.articles
    legs = {journey.id: journey.legs for journey in whole.journeys}

    assert all(journey.legs == legs[journey.id] for journey in part.journeys)
    assert {
        source.article for journey in part.journeys for event in journey.events for source in event.sources
    } == {article.id}


def test_a_journey_the_part_tells_nothing_of_is_left_out(whole, part):
    assert len(part.journeys) < len(whole.journeys)


def test_the_contract_of_a_part_refers_to_nothing_outside(part):
    contract = contract_of(part)
    articles = {article["id"] for article in contract["articles"]}
    places = {place["id"] for place in contract["places"]}
    claims = {claim["id"] for claim in contract["claims"]}

    named = json.dumps(contract)
    assert {mention["article"] for mention in contract["mentions"]} <= articles
    assert {mention["place"] for mention in contract["mentions"]} - {None} <= places
    assert {claim for crossed in contract["cross_checks"] for claim in crossed["claims"]} <= claims
    assert named.count('"article": "000_') == 0


def test_the_part_of_all_articles_is_the_whole(whole):
    assert whole.of_articles({article.id for article in whole.articles}) == whole


def test_of_no_article_nothing_is_left(whole):
    nothing = whole.of_articles(())

    assert (nothing.articles, nothing.claims, nothing.journeys, nothing.places) == ((), (), (), {})
