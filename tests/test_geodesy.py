"""Distance and direction on the ellipsoid, against named authorities and laws."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gazetteer.errors import CoincidentPositionsError, PositionError
from gazetteer.geodesy import (
    angle_between_deg,
    destination,
    geodesic_km,
    geodesic_points,
    great_circle_km,
    initial_bearing_deg,
    rhumb_bearing_deg,
)
from gazetteer.positions import LatLon

POSITIONS = st.builds(LatLon, st.floats(-90, 90), st.floats(-180, 180))
BEARINGS = st.floats(0, 360, exclude_max=True)

PYONGYANG = LatLon(39.0339, 125.7543)
VLADIVOSTOK = LatLon(43.1056, 131.8735)


def test_wellington_to_salamanca_is_as_long_as_the_manual_says():
    wellington, salamanca = LatLon(-41.32, 174.81), LatLon(40.96, -5.50)

    assert geodesic_km(wellington, salamanca) == pytest.approx(
        19_959.679267, abs=1e-6
    )  # GeographicLib's manual


def test_the_map_shows_another_direction_than_the_globe():
    moscow = LatLon(55.75204, 37.61781)

    assert initial_bearing_deg(moscow, VLADIVOSTOK) == pytest.approx(59, abs=1)
    assert rhumb_bearing_deg(moscow, VLADIVOSTOK) == pytest.approx(102, abs=1)


@pytest.mark.parametrize(
    ("origin", "end", "bearing"),
    [
        (LatLon(0, 0), LatLon(10, 0), 0.0),
        (LatLon(0, 0), LatLon(0, 10), 90.0),
        (LatLon(0, 179.9), LatLon(0, -179.9), 90.0),
        (LatLon(0, -179.9), LatLon(0, 179.9), 270.0),
        (LatLon(10, 20), LatLon(-10, 20), 180.0),
    ],
)
def test_cardinal_directions_are_exact(origin, end, bearing):
    assert initial_bearing_deg(origin, end) == pytest.approx(bearing, abs=1e-9)
    assert rhumb_bearing_deg(origin, end) == pytest.approx(bearing, abs=1e-9)


@given(POSITIONS, POSITIONS)
def test_distance_is_the_same_there_and_back(here, there):
    assert geodesic_km(here, there) == pytest.approx(geodesic_km(there, here), abs=1e-6)


@given(POSITIONS, POSITIONS)
def test_the_sphere_is_off_by_little(here, there):
    assert great_circle_km(here, there) == pytest.approx(geodesic_km(here, there), rel=0.006, abs=0.001)


@given(POSITIONS, POSITIONS)
def test_bearings_lie_in_the_circle(here, there):
    assume(here != there)

    assert 0.0 <= initial_bearing_deg(here, there) < 360.0
    assert 0.0 <= rhumb_bearing_deg(here, there) < 360.0


@given(st.builds(LatLon, st.floats(-80, 80), st.floats(-180, 180)), BEARINGS, st.floats(0.1, 5000))
def test_the_way_out_undoes_the_measuring(origin, bearing_deg, distance_km):
    end = destination(origin, bearing_deg, distance_km)

    assert geodesic_km(origin, end) == pytest.approx(distance_km, abs=1e-5)
    assert angle_between_deg(initial_bearing_deg(origin, end), bearing_deg) < 0.01


@given(BEARINGS, BEARINGS)
def test_an_angle_between_bearings_is_at_most_half_a_turn(one, other):
    assert 0.0 <= angle_between_deg(one, other) <= 180.0
    assert angle_between_deg(one, other) == angle_between_deg(other, one)


def test_points_along_the_geodesic_add_up_to_it():
    fixes = geodesic_points(PYONGYANG, VLADIVOSTOK, step_km=50)

    assert fixes[0] == PYONGYANG
    assert fixes[-1] == VLADIVOSTOK
    steps = [geodesic_km(one, next_one) for one, next_one in pairwise(fixes)]
    assert sum(steps) == pytest.approx(geodesic_km(PYONGYANG, VLADIVOSTOK), abs=1e-6)
    assert max(steps) <= 50


def test_no_direction_leads_to_where_one_stands():
    with pytest.raises(CoincidentPositionsError):
        initial_bearing_deg(PYONGYANG, PYONGYANG)


@pytest.mark.parametrize(("lat", "lon"), [(90.1, 0), (0, 180.1), (float("nan"), 0), (0, float("inf"))])
def test_a_position_off_the_globe_is_refused(lat, lon):
    with pytest.raises(PositionError):
        LatLon(lat, lon)


def test_swapped_coordinates_are_suspected():
    with pytest.raises(PositionError, match="swapped"):
        LatLon(131.87, 43.1)


@given(POSITIONS)
def test_swapping_the_order_twice_changes_nothing(position):
    assert LatLon.from_lonlat(position.lonlat()) == position
