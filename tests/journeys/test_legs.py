"""The ways between the stops of a journey."""

import pytest

from gazetteer.journeys.journey import Certainty, Event, EventKind
from gazetteer.journeys.legs import legs_between
from gazetteer.journeys.routes import route
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

STOPS = {
    "Pyongyang": LatLon(39.0339, 125.7543),
    "Tumangang": LatLon(42.4136, 130.6086),
    "Ussuriysk": LatLon(43.8047, 131.9573),
}


def passed(name):
    return Event(
        name,
        EventKind.SIGHTING,
        "",
        name,
        STOPS[name],
        None,
        Wording.same(name),
        Certainty.REPORTED,
        None,
        (),
    )


def test_a_border_where_a_leg_begins_belongs_to_that_leg(network):
    found = route(network, tuple(STOPS.values()))

    assert [[(c.country, c.neighbour) for c in leg.borders] for leg in found.legs] == [[], [("KP", "RU")]]


@pytest.mark.parametrize("names", [["Pyongyang", "Ussuriysk"], list(STOPS)])
def test_the_legs_of_a_journey_name_borders_and_changes_of_gauge_once(network, names):
    legs = legs_between([passed(name) for name in names], ["rail"] * len(names), network).legs

    assert [(c.country, c.neighbour) for leg in legs for c in leg.borders] == [("KP", "RU")]
    assert [(b.station, b.gauge_mm, b.neighbour_mm) for leg in legs for b in leg.gauge_breaks] == [
        ("Tumangang", 1435, 1520)
    ]


def test_a_flight_crosses_no_border_on_the_ground(network):
    (leg,) = legs_between([passed("Pyongyang"), passed("Ussuriysk")], [None, "air"], network).legs

    assert (leg.borders, leg.gauge_breaks) == ((), ())
