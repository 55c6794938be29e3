"""Where a stop meets the rails: its station on an official line, else the nearest piece of track."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gazetteer.errors import RouteError
from gazetteer.geodesy import geodesic_km, great_circle_km
from gazetteer.journeys.railways import RailNetwork
from gazetteer.journeys.search import CostedTracks, RailPoint
from gazetteer.positions import LatLon

STATION_KM: Final = 5.0
"""A station of an official line this near to a stop is the stop's: a town's coordinates are those of
its town hall, and the kilometres of its line are counted from its station."""

_FIRST_LOOK_KM: Final = 4.0


@dataclass(frozen=True, slots=True)
class RailStop:
    """A stop on the rails."""

    asked: LatLon
    at: LatLon
    point: RailPoint
    distance_km: float
    """From the place asked for to the rails."""


def rail_stops(
    network: RailNetwork,
    costed: CostedTracks,
    stops: Sequence[LatLon],
    *,
    max_snap_km: float,
    names: Mapping[LatLon, str],
) -> tuple[RailStop, ...]:
    """Return for each stop the point where it meets one connected railway that all of them reach.

    Raises:
        RouteError: If a stop is too far from any rail, or no railway comes near all of them.
    """
    for reach_km in sorted({min(_FIRST_LOOK_KM, max_snap_km), max_snap_km}):
        choices = [_choices(network, costed, stop, reach_km) for stop in stops]
        shared = set.intersection(*(set(choice) for choice in choices))
        if shared:
            nearest = min(
                shared, key=lambda part: (sum(choice[part].distance_km for choice in choices), part)
            )
            return tuple(choice[nearest] for choice in choices)
    for stop, choice in zip(stops, choices, strict=True):
        if not choice:
            raise RouteError(_too_far(network, costed, stop, max_snap_km, names))
    raise RouteError(_unreachable(stops, choices, names))


def name_of(stop: LatLon, names: Mapping[LatLon, str]) -> str:
    """Return what a message calls a stop: its name, else its coordinates."""
    return names.get(stop, f"{stop.lat:.4f}, {stop.lon:.4f}")


def _choices(
    network: RailNetwork, costed: CostedTracks, stop: LatLon, reach_km: float
) -> dict[int, RailStop]:
    near = network.index.near(stop, within_km=reach_km)
    usable = costed.is_open(near.piece)
    pieces, fractions = near.piece[usable], near.fraction[usable]
    part = costed.part[network.tracks.tail[pieces]]
    parts, firsts = np.unique(part, return_index=True)
    choices: dict[int, RailStop] = {}
    for number, first in zip(parts.tolist(), firsts.tolist(), strict=True):
        point = RailPoint(int(pieces[first]), float(fractions[first]))
        choices[number] = _rail_stop(network, stop, point)
    for station in _stations_near(network, costed, stop, reach_km):
        number = int(costed.part[network.tracks.tail[station.point.piece]])
        choices[number] = station
    return choices


def _rail_stop(network: RailNetwork, stop: LatLon, point: RailPoint) -> RailStop:
    at = LatLon(*network.tracks.between(point.piece, point.fraction))
    return RailStop(stop, at, point, geodesic_km(stop, at))


def _stations_near(
    network: RailNetwork, costed: CostedTracks, stop: LatLon, reach_km: float
) -> list[RailStop]:
    """Return the stations near a stop, the nearest last, so that it wins."""
    near = [
        _rail_stop(network, stop, station.point)
        for station in network.stations
        if abs(station.position.lat - stop.lat) < 0.1
        and great_circle_km(station.position, stop) <= min(STATION_KM, reach_km + 1.0)
        and costed.is_open(np.array([station.point.piece]))[0]
    ]
    return sorted(near, key=lambda found: -found.distance_km)


def _too_far(
    network: RailNetwork, costed: CostedTracks, stop: LatLon, max_snap_km: float, names: Mapping[LatLon, str]
) -> str:
    near = network.index.near(stop, within_km=max_snap_km)
    if len(near.piece) and not costed.is_open(near.piece).any():
        return (
            f"{name_of(stop, names)}: no railway within {max_snap_km:g} km lies in the countries allowed; "
            "the nearest is in one that is avoided or left out"
        )
    rail = network.tracks.position(network.index.nearest_point(stop))
    away_km = geodesic_km(stop, rail)
    return (
        f"{name_of(stop, names)}: the nearest railway is {away_km:.0f} km away, farther than the "
        f"{max_snap_km:g} km allowed (a place in the sea, or an island without rails?)"
    )


def _unreachable(
    stops: Sequence[LatLon], choices: Sequence[dict[int, RailStop]], names: Mapping[LatLon, str]
) -> str:
    for stop, choice, following, next_choice in zip(stops, choices, stops[1:], choices[1:], strict=False):
        if not set(choice) & set(next_choice):
            return (
                f"no railway joins {name_of(stop, names)} and {name_of(following, names)}: "
                "they lie on separate networks"
            )
    listed = ", ".join(name_of(stop, names) for stop in stops)
    return f"no one railway comes near all of: {listed}"
