"""Borders and coasts of Natural Earth, held against known geography."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.geodesy import geodesic_km
from gazetteer.outlines.borders import Borders, is_landlocked
from gazetteer.outlines.disputed import disputed_at
from gazetteer.positions import LatLon

BORDERS = Borders.open()

positions = st.builds(LatLon, st.floats(-89.9, 89.9), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("name", "lat", "lon", "code"),
    [
        ("Berlin", 52.52, 13.405, "DE"),
        ("Vladivostok", 43.1056, 131.8735, "RU"),
        ("Maseru, in a country inside another", -29.31, 27.48, "LS"),
        ("inner Chukotka, east of the map's cut", 66.0, 176.0, "RU"),
        ("Provideniya, west of it", 64.42, -173.23, "RU"),
        ("Suva", -18.12, 178.45, "FJ"),
        ("Cayenne is drawn with France", 4.93, -52.33, "FR"),
        ("Baikonur is drawn with Kazakhstan", 45.63, 63.31, "KZ"),
        ("mid-Atlantic", 30.0, -40.0, None),
        ("North Pole", 90.0, 0.0, None),
    ],
)
def test_country_at(name, lat, lon, code):
    assert BORDERS.country_at(LatLon(lat, lon)) == code, name


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("KP", "RU", True),
        ("DE", "FR", True),
        ("GB", "IE", True),
        ("FR", "BR", True),
        ("PL", "RU", True),
        ("RU", "JP", False),
        ("RU", "US", False),
        ("DE", "DE", False),
        ("DE", "ZZ", False),
    ],
)
def test_neighbours(a, b, expected):
    assert BORDERS.are_neighbours(a, b) is BORDERS.are_neighbours(b, a) is expected


@pytest.mark.parametrize(
    ("position", "a", "b", "km", "slack_km"),
    [
        (LatLon(43.1056, 131.8735), "RU", "KP", 126.6, 1.5),  # Vladivostok to the Tumen
        (LatLon(52.3471, 14.5506), "DE", "PL", 0.7, 1.0),  # Frankfurt (Oder) to the middle of the river
        (LatLon(50.8503, 4.3517), "BE", "NL", 46.0, 4.0),  # Brussels to Baarle-Nassau
        (LatLon(54.7104, 20.4522), "RU", "PL", 35.0, 5.0),  # Kaliningrad to the Polish border
    ],
)
def test_distance_to_border(position, a, b, km, slack_km):
    assert BORDERS.distance_to_border_km(position, a, b) == pytest.approx(km, abs=slack_km)


def test_no_border_has_no_distance():
    assert BORDERS.distance_to_border_km(LatLon(43.1, 131.9), "RU", "JP") is None
    assert BORDERS.nearest_coast_point(LatLon(48.2, 16.4), "AT") is None


@pytest.mark.parametrize(
    ("lat", "lon", "least_km", "most_km"),
    [
        (43.1056, 131.8735, 0, 3),  # Vladivostok
        (52.52, 13.405, 130, 160),  # Berlin
        (46.28, 86.67, 2000, 2800),  # the pole of inaccessibility of Eurasia, 2,645 km from the oceans
    ],
)
def test_distance_to_coast(lat, lon, least_km, most_km):
    found = BORDERS.distance_to_coast_km(LatLon(lat, lon))

    assert least_km <= found <= most_km


def test_the_cut_along_the_180th_meridian_is_no_coast():
    """Inner Chukotka on the meridian is far from the sea."""
    assert BORDERS.distance_to_coast_km(LatLon(66.9, 180.0)) > 20


def test_inside_a_country_the_distance_to_it_is_zero():
    assert BORDERS.distance_to_country_km(LatLon(52.52, 13.405), "DE") == 0.0


@pytest.mark.parametrize(
    ("lat", "lon", "slug"),
    [(44.95, 34.1, "crimea"), (48.0, 37.8, "donetsk"), (49.98, 36.25, None), (47.23, 39.7, None)],
)
def test_disputed_areas(lat, lon, slug):
    found = disputed_at(LatLon(lat, lon))

    assert (found.slug if found else None) == slug


@given(st.floats(41.0, 45.0), st.floats(129.0, 133.0))
@settings(max_examples=60, deadline=None)
def test_no_vertex_of_a_border_is_nearer_than_the_nearest_point(lat, lon):
    position = LatLon(lat, lon)

    nearest_km = BORDERS.distance_to_border_km(position, "KP", "RU")
    vertices = [fix for line in BORDERS.shared_border("KP", "RU") for fix in line]

    assert nearest_km <= min(geodesic_km(position, fix) for fix in vertices) + 0.1


@given(positions)
@settings(max_examples=60, deadline=None)
def test_any_position_has_a_nearest_coast(position):
    assert 0.0 <= BORDERS.distance_to_coast_km(position) < 5000.0


def test_the_ground_of_a_country_on_a_parallel_is_told_from_a_position():
    dublin = LatLon(53.35, -6.26)

    stretches = BORDERS.stretches(dublin, "IE", eastward=True)

    assert stretches[0][0] == pytest.approx(-3.9, abs=0.4)  # degrees: Connemara
    assert stretches[-1][1] == pytest.approx(0.1, abs=0.2)


def test_ground_on_a_meridian_ends_at_both_coasts():
    stretches = BORDERS.stretches(LatLon(40.4, -3.7), "ES", eastward=False)

    assert stretches[0][0] == pytest.approx(36.7 - 40.4, abs=0.2)  # degrees: Motril
    assert stretches[-1][1] == pytest.approx(43.5 - 40.4, abs=0.2)  # Santander


@pytest.mark.parametrize(("country", "expected"), [("BO", True), ("PE", False), ("KZ", False), ("XX", False)])
def test_landlocked_countries_are_drawn_without_a_coast(country, expected):
    assert is_landlocked(country) is expected
