"""Routes: which way, how long, and what is refused."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from islands import at, hand_made_network

from gazetteer.errors import RouteError
from gazetteer.geodesy import geodesic_km
from gazetteer.journeys.routes import Route, alternatives, route
from gazetteer.positions import LatLon

ISLANDS = hand_made_network()
BORDERED = hand_made_network(one_country=False)

mainland = st.builds(LatLon, st.floats(49.9, 50.45), st.floats(9.9, 11.1))
PYONGYANG, VLADIVOSTOK = LatLon(39.0339, 125.7543), LatLon(43.1056, 131.8735)
USSURIYSK, KHASAN = LatLon(43.8029, 131.9458), LatLon(42.4299, 130.6447)
VOSTOCHNY = LatLon(51.88, 128.33)
MOSCOW = LatLon(55.7522, 37.6156)


def test_the_shortest_of_two_ways_is_taken():
    found = route(ISLANDS, [at("west"), at("east")])

    assert found.length_km == pytest.approx(geodesic_km(at("west"), at("middle")) * 2, rel=1e-4)


def test_a_via_point_leads_the_longer_way():
    found = route(ISLANDS, [at("west"), at("east")], via=[at("north")])

    assert [leg.destination for leg in found.legs] == [at("north"), at("east")]
    assert found.length_km > route(ISLANDS, [at("west"), at("east")]).length_km + 10.0


def test_a_border_with_break_of_gauge_is_avoided_where_another_way_leads_there():
    found = route(BORDERED, [at("west"), at("east")])

    assert found.countries == ("PL",)


def test_a_route_may_be_told_that_borders_cost_nothing():
    found = route(BORDERED, [at("west"), at("east")], prices_borders=False)

    assert found.countries == ("PL", "BY", "PL")


def test_breaks_of_gauge_are_named_in_the_direction_of_travel():
    found = route(BORDERED, [at("west"), at("east")], prices_borders=False)

    first, second = found.gauge_breaks
    assert (first.gauge_mm, first.neighbour_mm) == (1435, 1520)
    assert (second.gauge_mm, second.neighbour_mm) == (1520, 1435)
    assert first.position.lon < second.position.lon


def test_a_route_keeps_within_the_countries_told():
    found = route(BORDERED, [at("west"), at("east")], within=["pl"], prices_borders=False)

    assert found.countries == ("PL",)


def test_a_route_keeps_away_from_a_place():
    found = route(ISLANDS, [at("west"), at("east")], avoid=[at("middle")])

    assert min(geodesic_km(fix, at("middle")) for fix in found.geometry) > 5.0


def test_a_stop_in_an_avoided_country_is_refused_with_that_reason():
    with pytest.raises(RouteError, match="countries allowed"):
        route(BORDERED, [at("west"), at("middle")], avoid=["BY"])


def test_a_stop_far_from_any_rail_is_refused_by_name_and_distance():
    with pytest.raises(RouteError, match=r"Ocean: the nearest railway is \d+ km away"):
        route(ISLANDS, [at("west"), LatLon(40.0, -30.0)], names=["West", "Ocean"])


def test_places_on_separate_networks_are_refused_by_name():
    with pytest.raises(RouteError, match="no railway joins West and Harbour"):
        route(ISLANDS, [at("west"), at("harbour")], names=["West", "Harbour"])


@pytest.mark.parametrize("stops", [[], [at("west")], [at("west"), at("west")]])
def test_fewer_than_two_different_stops_are_refused(stops):
    with pytest.raises(RouteError, match="two different stops"):
        route(ISLANDS, stops)


def test_a_via_point_named_twice_gives_a_leg_of_no_length_and_a_note():
    once = route(ISLANDS, [at("west"), at("east")], via=[at("north")])

    twice = route(
        ISLANDS, [at("west"), at("east")], via=[at("north"), at("north")], names=["W", "N", "N", "E"]
    )

    assert twice.length_km == pytest.approx(once.length_km)
    assert [leg.length_km > 0 for leg in twice.legs] == [True, False, True]
    assert "N is named twice" in twice.notes[0].en


def test_a_round_trip_returns_to_its_start():
    found = route(ISLANDS, [at("west"), at("east"), at("west")])

    assert found.geodesic_km == 0.0
    assert found.detour_factor == 1.0
    assert found.geometry[0] == found.geometry[-1]


def test_a_route_on_one_piece_is_measured_by_its_share():
    a, b = LatLon(50.0, 10.01), LatLon(50.0, 10.06)

    found = route(ISLANDS, [a, b])

    assert found.length_km == pytest.approx(geodesic_km(a, b), rel=1e-3)


def test_alternatives_start_with_the_route_and_differ():
    first, second = alternatives(ISLANDS, at("west"), at("east"), n=3)

    assert first.length_km == pytest.approx(route(ISLANDS, [at("west"), at("east")]).length_km)
    assert any(geodesic_km(fix, at("north")) < 1.0 for fix in second.geometry)


@given(mainland, mainland)
def test_there_and_back_are_equally_long(a, b):
    if a == b:
        return

    there, back = route(ISLANDS, [a, b], max_snap_km=80.0), route(ISLANDS, [b, a], max_snap_km=80.0)

    assert there.length_km == back.length_km
    assert there.geometry == back.geometry[::-1]


@given(mainland, mainland)
def test_a_route_is_at_least_as_long_as_the_geodesic(a, b):
    if a == b:
        return

    _assert_lengths_hold(route(ISLANDS, [a, b], max_snap_km=80.0))


@given(mainland, mainland, mainland)
def test_a_via_point_never_lowers_the_effort(a, b, via):
    if a == b:
        return

    direct, by_via = (route(ISLANDS, [a, b], via=stops, max_snap_km=80.0) for stops in ([], [via]))

    assert by_via.effort_km >= direct.effort_km - 1e-6


@given(st.lists(st.sampled_from(["west", "middle", "east", "north"]), min_size=2, max_size=6))
def test_adding_a_station_never_shortens(names):
    stops = [at(name) for name in names]
    if len(set(stops[1:])) < 2:
        return

    with_first = route(ISLANDS, stops)

    assert with_first.length_km >= route(ISLANDS, stops[1:]).length_km - 1e-6


def test_pyongyang_to_vladivostok_has_the_official_kilometres(network):
    found = route(network, [PYONGYANG, VLADIVOSTOK])

    assert 1165 <= found.length_km <= 1190  # 845 + 5 + 238 + 89 to 852.9 + 5 + 238 + 89 km, by chainage
    assert found.legs[0].official
    assert found.geodesic_km == pytest.approx(684.5, abs=0.1)


def test_bogies_are_changed_at_the_border_station_not_at_the_end(network):
    (gauge_break,) = route(network, [PYONGYANG, VLADIVOSTOK]).gauge_breaks

    assert gauge_break.station == "Tumangang"
    assert (gauge_break.gauge_mm, gauge_break.neighbour_mm) == (1435, 1520)


@pytest.mark.parametrize(
    ("origin", "destination", "low_km", "high_km"),
    [(USSURIYSK, VLADIVOSTOK, 111, 113), (USSURIYSK, VOSTOCHNY, 1405, 1430), (KHASAN, USSURIYSK, 255, 265)],
)
def test_the_lines_of_the_far_east_have_their_official_kilometres(
    network, origin, destination, low_km, high_km
):
    assert low_km <= route(network, [origin, destination]).length_km <= high_km


def test_moscow_to_vladivostok_stays_in_russia(network):
    found = route(network, [MOSCOW, VLADIVOSTOK])

    assert found.countries == ("RU",)
    assert found.length_km == pytest.approx(9288, rel=0.005)  # kilometre post of Vladivostok station


def test_moscow_to_vladivostok_may_pass_through_china_if_allowed(network):
    found = route(network, [MOSCOW, VLADIVOSTOK], prices_borders=False)

    assert "CN" in found.countries
    assert found.length_km < 8500


def test_a_place_in_the_sea_is_refused(network):
    with pytest.raises(RouteError, match="farther than the 25 km allowed"):
        route(network, [PYONGYANG, LatLon(39.0, 134.0)])


def test_two_continents_are_not_joined(network):
    with pytest.raises(RouteError, match="no railway joins Paris and Chicago"):
        route(network, [LatLon(48.8566, 2.3522), LatLon(41.8781, -87.6298)], names=["Paris", "Chicago"])


def test_a_closed_border_is_said_to_be_closed(network):
    found = route(network, [LatLon(37.5665, 126.978), PYONGYANG])

    assert any("North and South Korea" in note.en for note in found.notes)


def test_a_closed_border_is_passed_where_every_other_way_is_far_longer(network):
    found = route(network, [MOSCOW, LatLon(50.4501, 30.5234)])

    assert found.length_km == pytest.approx(870, rel=0.03)  # Moscow to Kyiv by Bryansk
    assert any("Russia and Ukraine" in note.en for note in found.notes)


@settings(max_examples=25, deadline=None)
@given(st.floats(44.0, 54.0), st.floats(2.0, 30.0), st.floats(44.0, 54.0), st.floats(2.0, 30.0))
def test_the_laws_hold_on_the_real_network(network, lat1, lon1, lat2, lon2):
    a, b = LatLon(lat1, lon1), LatLon(lat2, lon2)
    try:
        there = route(network, [a, b], max_snap_km=60.0)
    except RouteError:
        return

    _assert_lengths_hold(there)
    assert route(network, [b, a], max_snap_km=60.0).length_km == there.length_km


@settings(max_examples=15, deadline=None)
@given(st.floats(45.0, 53.0), st.floats(2.0, 25.0))
def test_a_via_point_never_lowers_the_effort_on_the_real_network(network, lat, lon):
    berlin, vienna = LatLon(52.52, 13.405), LatLon(48.2082, 16.3738)

    try:
        by_via = route(network, [berlin, vienna], via=[LatLon(lat, lon)], max_snap_km=80.0)
    except RouteError:
        return  # out in the North Sea

    assert by_via.effort_km >= route(network, [berlin, vienna]).effort_km - 1e-6


def _assert_lengths_hold(found: Route) -> None:
    for leg in found.legs:
        assert leg.length_km >= leg.geodesic_km >= 0.0
        assert math.isfinite(leg.effort_km)
        assert leg.geometry[0] == leg.origin_on_rail
        assert leg.geometry[-1] == leg.destination_on_rail
    assert found.length_km >= found.geodesic_km
