"""Circles of latitude, and places compared by latitude and longitude, are measured along the meridian."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.analysis import analyse
from gazetteer.claims.parallels import parallel_in
from gazetteer.positions import LatLon
from gazetteer.reading.articles import article_from_text


@pytest.mark.parametrize(
    ("words", "language", "latitude_deg"),
    [
        ("des Äquators", "de", 0.0),
        ("dem nördlichen Polarkreis", "de", 66.564),
        ("dem Wendekreis des Steinbocks", "de", -23.436),
        ("dem 38. Breitengrad", "de", 38.0),
        ("dem 33. südlichen Breitengrad", "de", -33.0),
        ("the Tropic of Cancer", "en", 23.436),
        ("the Antarctic Circle", "en", -66.564),
        ("the 49th parallel north", "en", 49.0),
    ],
)
def test_words_name_a_circle_of_latitude(words, language, latitude_deg):
    parallel = parallel_in(words, language)

    assert parallel is not None
    assert math.isclose(parallel.latitude_deg, latitude_deg, abs_tol=1e-9)


@pytest.mark.parametrize("words", ["the 95th parallel", "a parallel", "the 38th congress", "dem Breitengrad"])
def test_other_words_name_none(words):
    assert parallel_in(words, "en") is None
    assert parallel_in(words, "de") is None


@given(lat=st.floats(-80, 80), lon=st.floats(-180, 180))
def test_a_polar_circle_without_a_side_is_the_one_of_the_own_hemisphere(lat, lon):
    parallel = parallel_in("dem Polarkreis", "de")

    assert parallel is not None
    foot = parallel.nearest_to(LatLon(lat, lon))
    assert foot.lon == lon
    assert foot.lat * lat >= 0.0


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Quito liegt nur 25 Kilometer südlich des Äquators.", "holds"),
        ("Quito liegt 25 Kilometer nördlich des Äquators.", "partly"),
        ("Quito liegt 250 Kilometer nördlich des Äquators.", "fails"),
        ("Tromsø lies 350 kilometres north of the Arctic Circle.", "holds"),
        ("Alice Springs is just south of the Tropic of Capricorn.", "holds"),
        ("Sydney is just north of the Tropic of Capricorn.", "fails"),
        ("Kaesong lies just south of the 38th parallel.", "unverifiable"),
        ("Wien liegt weiter östlich als Prag.", "holds"),
        ("Turin liegt östlicher als Mailand.", "fails"),
        ("Edinburgh is further west than Bristol.", "holds"),
        ("Auckland is further east than Los Angeles.", "unverifiable"),
        ("Tokyo is further east than London.", "holds"),
        ("Berlin liegt weiter nordöstlich als Köln.", "unverifiable"),
    ],
)
def test_what_is_said_is_held_against_the_map(text, verdict, gazetteer):
    analysis = analyse([article_from_text(text, source="one.txt")], gazetteer)

    assert [str(claim.verdict) for claim in analysis.claims] == [verdict]


def test_a_reason_gives_both_latitudes(gazetteer):
    text = "Rovaniemi liegt knapp südlich des Polarkreises."
    (claim,) = analyse([article_from_text(text, source="one.txt")], gazetteer).claims

    assert claim.reason.de == "Rovaniemi liegt 7,3 km südlich davon (66,50° gegen 66,56°)."


def test_words_without_a_place_are_named_in_the_reason(gazetteer):
    text = "The hike from Kathmandu to Xyzzyville is 140 km long."
    (claim,) = analyse([article_from_text(text, source="one.txt")], gazetteer).claims

    assert claim.reason.en == "No place was found for “Xyzzyville”; so there is nothing to measure."


def test_what_counts_from_a_circle_of_latitude_cannot_be_turned_round(gazetteer):
    text = "Tromsø liegt 400 Kilometer südlich des Polarkreises."
    (claim,) = analyse([article_from_text(text, source="one.txt")], gazetteer).claims

    assert claim.hypotheses == ()
