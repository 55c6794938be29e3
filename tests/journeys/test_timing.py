"""The feasible band: never backwards, never faster than the top speed."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.geodesy import geodesic_km, geodesic_points
from gazetteer.journeys.journey import Certainty, Event, EventKind, Journey, Leg, Mode, TimeWindow
from gazetteer.journeys.timing import band_at, band_over_time, contradictions, position_at, sightings_of
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

START = dt.datetime.fromisoformat("2024-03-01T00:00")
HOUR = dt.timedelta(hours=1)


def journey_of(stops, *, mode=Mode.RAIL, zone=None):
    """A journey due east along the equator; each stop is (kilometres from the last, from hour, to hour)."""
    events, legs, lon = [], [], 0.0
    for number, (km, low, high) in enumerate(stops):
        lon += km / 111.319
        position = LatLon(0.0, lon)
        when = None if low is None else TimeWindow(START + low * HOUR, START + high * HOUR, zone, False)
        events.append(
            Event(
                f"e{number}",
                EventKind.SIGHTING,
                "x",
                f"p{number}",
                position,
                when,
                Wording.same(""),
                Certainty.REPORTED,
                None,
                (),
            )
        )
        if number and km:
            a, b = events[-2], events[-1]
            length = geodesic_km(a.position, b.position)
            legs.append(
                Leg(
                    a.place,
                    b.place,
                    mode,
                    length,
                    length,
                    geodesic_points(a.position, b.position),
                    Wording.same(""),
                    events=(a.id, b.id),
                )
            )
    return Journey("j", "x", Wording.same(""), mode, tuple(events), tuple(legs))


def at(hours):
    return (START + hours * HOUR).replace(tzinfo=dt.UTC)


@st.composite
def feasible_journeys(draw):
    """Sightings made by somebody who really rode: windows around true passing times."""
    speed = draw(st.floats(20.0, 100.0))
    hours, stops = 0.0, [(0.0, 0.0, draw(st.floats(0.0, 5.0)))]
    for _ in range(draw(st.integers(1, 5))):
        km = draw(st.floats(5.0, 800.0))
        hours += km / speed + draw(st.floats(0.0, 10.0))
        stops.append((km, hours - draw(st.floats(0.0, 6.0)), hours + draw(st.floats(0.0, 6.0))))
    return journey_of(stops), speed * 1.01


def test_halfway_in_time_the_band_lies_around_the_middle_of_the_way():
    journey = journey_of([(0, 0, 0), (600, 10, 10)])

    band = band_at(journey, at(5), top_speed_kmh=100)

    assert (band.low_km, band.high_km) == pytest.approx((100.0, 500.0), abs=1.0)
    assert band.middle.lon == pytest.approx(300 / 111.319, abs=0.02)
    assert band.feasible


@settings(deadline=None, max_examples=50)
@given(feasible_journeys())
def test_the_band_contains_every_sighting_at_some_moment_of_its_window(case):
    journey, speed = case

    bands = band_over_time(journey, top_speed_kmh=speed, step=HOUR / 4)

    assert not contradictions(journey, top_speed_kmh=speed)
    for sighting in sightings_of(journey):
        inside = [b for b in bands if sighting.earliest <= b.moment <= sighting.latest]
        assert any(b.low_km - 0.1 <= sighting.km <= b.high_km + 0.1 for b in inside)


@settings(deadline=None, max_examples=50)
@given(feasible_journeys())
def test_both_ends_of_the_band_only_move_forward_and_never_faster_than_the_top_speed(case):
    journey, speed = case

    bands = band_over_time(journey, top_speed_kmh=speed)

    for a, b in pairwise(bands):
        reach = speed * ((b.moment - a.moment) / HOUR) + 1e-6
        assert a.low_km <= a.high_km
        assert -1e-6 <= b.low_km - a.low_km <= reach
        assert -1e-6 <= b.high_km - a.high_km <= reach


def test_a_sighting_not_trusted_widens_the_band():
    journey = journey_of([(0, 0, 0), (300, 4, 4), (300, 20, 20)])

    trusting = band_at(journey, at(5), top_speed_kmh=100)
    doubting = band_at(journey, at(5), top_speed_kmh=100, trusted={"e0", "e2"})

    assert trusting.low_km == pytest.approx(300, abs=1)
    assert doubting.low_km == pytest.approx(0, abs=1)


def test_what_no_speed_makes_possible_is_a_contradiction():
    journey = journey_of([(0, 0, 0), (600, 2, 2)])

    (found,) = contradictions(journey, top_speed_kmh=100)

    assert (found.earlier, found.later) == ("e0", "e1")
    assert found.needed_kmh == pytest.approx(300, abs=1)
    assert not band_at(journey, at(1), top_speed_kmh=100).feasible


def test_a_flight_is_not_bound_to_the_top_speed_on_the_ground():
    journey = journey_of([(0, 0, 0), (6000, 8, 8)], mode=Mode.AIR)

    assert not contradictions(journey, top_speed_kmh=60)


def test_windows_are_local_to_their_place():
    journey = journey_of([(0, 9, 9), (100, 12, 12)], zone="Asia/Tokyo")

    assert sightings_of(journey)[0].earliest == at(0)


def test_before_the_first_and_after_the_last_report_the_traveller_stays():
    journey = journey_of([(0, 0, 0), (100, 10, 10)])

    assert band_at(journey, at(-5)).high_km == pytest.approx(0)
    assert band_at(journey, at(50)).low_km == pytest.approx(100, abs=1)


def test_the_way_over_the_antimeridian_is_followed_the_short_way():
    line = (LatLon(0, 179), LatLon(0, -179))
    leg = Leg("a", "b", Mode.AIR, 222.6, 222.6, line, Wording.same(""), events=("e0", "e1"))
    journey = Journey("j", "x", Wording.same(""), Mode.AIR, (), (leg,))

    assert abs(position_at(journey, 111.3).lon) == pytest.approx(180, abs=0.01)


def test_a_journey_without_a_way_has_no_band():
    assert band_at(journey_of([(0, 0, 0)]), at(0)) is None
    assert band_over_time(journey_of([(0, 0, 0)])) == ()


@pytest.mark.parametrize("speed", [0.0, -5.0, float("nan")])
def test_a_top_speed_must_be_above_zero(speed):
    with pytest.raises(ValueError, match="top speed"):
        band_at(journey_of([(0, 0, 0), (10, 1, 1)]), at(0), top_speed_kmh=speed)
