"""Seats of government of states and regions."""

import pytest

from gazetteer.places.entries import Feature
from gazetteer.reading.seats import _listed, seat_of, speaking_seats


def region(gazetteer, name, country):
    entries = (candidate.entry for candidate in gazetteer.lookup(name))
    return next(e for e in entries if e.country == country and e.feature is Feature.REGION)


@pytest.mark.parametrize(
    ("name", "country", "seat"),
    [
        ("Styria", "AT", "Graz"),
        ("Bavaria", "DE", "Munich"),
        ("Illinois", "US", "Springfield"),
        ("Brandenburg", "DE", "Potsdam"),
    ],
)
def test_a_state_is_governed_from_its_seat(gazetteer, name, country, seat):
    assert seat_of(region(gazetteer, name, country), gazetteer).name == seat


def test_of_two_seats_none_is_told(gazetteer):
    assert seat_of(region(gazetteer, "Trentino-Alto Adige", "IT"), gazetteer) is None


def test_every_seat_is_a_town_of_its_country(gazetteer):
    for place, (country, _) in _listed().items():
        entry = gazetteer.entry(place)
        assert (entry.country, entry.feature) == (country, Feature.CITY), entry.name


def test_capitals_of_countries_speak_for_these(gazetteer):
    names = {gazetteer.entry(place).name for place in speaking_seats()}

    assert "Sacramento" in names
    assert not names & {"Berlin", "Bern", "Rome", "Vienna"}
