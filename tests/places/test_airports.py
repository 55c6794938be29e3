"""Airports: the names newspapers give them, and our own rows that are the same."""

from __future__ import annotations

import pytest

from gazetteer.places.airports import airports, names_of
from gazetteer.places.entries import Feature
from gazetteer.places.nearby import Neighbours
from gazetteer.places.rows import PlaceRow
from gazetteer.positions import LatLon


@pytest.mark.parametrize(
    ("official", "city", "name"),
    [
        ("General Edward Lawrence Logan International Airport", "Boston", "Logan Airport"),
        ("General Edward Lawrence Logan International Airport", "Boston", "Logan International Airport"),
        ("Hartsfield/Jackson Atlanta International Airport", "", "Hartsfield-Jackson Atlanta Airport"),
        ("Ronald Reagan Washington Ntl Airport", "", "Ronald Reagan Washington National Airport"),
        ("Nuremberg Airport", "Nuremberg", "Nuremberg Airport"),
        ("Da Nang International Airport", "", "Da Nang Airport"),
    ],
)
def test_an_airport_answers_to_its_short_names(official: str, city: str, name: str) -> None:
    assert name in names_of(official, city)


def test_the_city_gives_its_name_to_its_only_airport() -> None:
    name = "Robert Gabriel Mugabe International Airport"

    assert "Harare Airport" in names_of(name, "Harare")
    assert "Harare Airport" not in names_of(name, "")


def test_a_particle_is_not_cut_from_a_surname() -> None:
    assert "Gaulle Airport" not in names_of("Charles de Gaulle International Airport", "")


@pytest.mark.parametrize(
    "official", ["L.F. Wade International International Airport", "Arthur N. Neu County Airport"]
)
def test_an_ordinary_word_is_no_airport(official: str) -> None:
    assert not {"International Airport", "County Airport"} & set(names_of(official, "Hamilton"))


def _place(place_id: str, feature: Feature, code: str, lat: float, lon: float) -> PlaceRow:
    return PlaceRow(place_id, place_id, feature, code, LatLon(lat, lon), "test", country="DE", admin1="02")


def test_an_airport_of_our_own_takes_the_names_instead_of_being_there_twice() -> None:
    own = _place("luftlinie:nue", Feature.FACILITY, "AIRP", 49.499, 11.07)
    town = _place("test:nuernberg", Feature.CITY, "PPL", 49.454, 11.077)

    added = airports([own], Neighbours([town]))

    assert "Nuremberg Airport" in own.names
    assert "iata:NUE" not in {row.id for row in added}


def test_an_airport_near_a_town_is_called_by_its_german_name_too() -> None:
    town = _place("test:nuremberg", Feature.CITY, "PPL", 49.454, 11.077)
    town.name, town.name_de = "Nuremberg", "Nürnberg"

    added = {row.id: row for row in airports([], Neighbours([town]))}

    assert "Flughafen Nürnberg" in added["iata:NUE"].names


def test_the_city_an_airport_is_named_after_need_not_be_the_nearest_town() -> None:
    village = _place("test:kraftshof", Feature.CITY, "PPL", 49.499, 11.06)
    city = _place("test:nuremberg", Feature.CITY, "PPL", 49.454, 11.077)
    city.name, city.name_de = "Nuremberg", "Nürnberg"

    added = {row.id: row for row in airports([], Neighbours([village, city]))}

    assert added["iata:NUE"].name_de == "Flughafen Nürnberg"


def test_an_airport_of_two_cities_is_written_with_a_stroke() -> None:
    one = _place("test:muenster", Feature.CITY, "PPL", 51.962, 7.626)
    other = _place("test:osnabrueck", Feature.CITY, "PPL", 52.273, 8.05)
    one.name, other.name = "Münster", "Osnabrück"

    added = {row.id: row for row in airports([], Neighbours([one, other]))}

    assert {"Flughafen Münster/Osnabrück", "Flughafen Münster-Osnabrück"} <= set(added["iata:FMO"].names)
