"""Where a stop meets the rails: its station on an official line, else the nearest piece of track."""

from __future__ import annotations

import math
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

ELSEWHERE_KM: Final = 2.0
"""A town has several stations: any track at most this much farther than the nearest may serve it, at
a price. London's Euston and Glasgow's Central are not the nearest tracks."""

DEARER_ACCESS: Final = 3.0
"""A kilometre of extra distance costs as much as this many of track, so that only a real detour pays it."""

SMALL_NETWORK_POINTS: Final = 300
"""A network of fewer points (a metro, a mine) is taken only where no larger one is about as near."""

_FIRST_LOOK_KM: Final = 4.0
_SECTORS: Final = 8


@dataclass(frozen=True, slots=True)
class RailStop:
    """A point on the rails that may serve a stop."""

    asked: LatLon
    at: LatLon
    point: RailPoint
    distance_km: float
    """From the place asked for to the rails."""
    access_km: float
    """What it costs to use this point and not the nearest."""


def rail_stops(
    network: RailNetwork,
    costed: CostedTracks,
    stops: Sequence[LatLon],
    *,
    max_snap_km: float,
    names: Mapping[LatLon, str],
) -> tuple[tuple[RailStop, ...], ...]:
    """Return for each stop the points that may serve it, all on one railway that every stop can reach.

    Raises:
        RouteError: If a stop is too far from any rail, or no railway comes near all of them.
    """
    for reach_km in sorted({min(_FIRST_LOOK_KM, max_snap_km), max_snap_km}):
        choices = [_choices(network, costed, stop, reach_km) for stop in stops]
        shared = set.intersection(*(set(choice) for choice in choices))
        if shared:
            size = np.bincount(costed.part)
            chosen = min(shared, key=lambda part: (_remoteness(choices, part, int(size[part])), part))
            return tuple(choice[chosen] for choice in choices)
    for stop, choice in zip(stops, choices, strict=True):
        if not choice:
            raise RouteError(_too_far(network, costed, stop, max_snap_km, names))
    raise RouteError(_unreachable(stops, choices, names))


def name_of(stop: LatLon, names: Mapping[LatLon, str]) -> str:
    """Return what a message calls a stop: its name, else its coordinates."""
    return names.get(stop, f"{stop.lat:.4f}, {stop.lon:.4f}")


def _remoteness(choices: Sequence[Mapping[int, tuple[RailStop, ...]]], part: int, points: int) -> float:
    away_km = sum(choice[part][0].distance_km for choice in choices)
    return away_km + (ELSEWHERE_KM * len(choices) if points < SMALL_NETWORK_POINTS else 0.0)


def _choices(
    network: RailNetwork, costed: CostedTracks, stop: LatLon, reach_km: float
) -> dict[int, tuple[RailStop, ...]]:
    near = network.index.near(stop, within_km=reach_km)
    usable = costed.is_open(near.piece)
    if len(near.piece):
        # Rails beyond a border that is shut do not serve a place that has rails of its own.
        usable &= near.distance_km <= near.distance_km[0] + STATION_KM if not usable[0] else True
    pieces, fractions, distance_km = near.piece[usable], near.fraction[usable], near.distance_km[usable]
    part = costed.part[network.tracks.tail[pieces]]
    stations = _stations_near(network, costed, stop, reach_km)
    choices: dict[int, tuple[RailStop, ...]] = {}
    for number in np.unique(part).tolist():
        own = np.flatnonzero(part == number)
        own = own[distance_km[own] <= distance_km[own[0]] + ELSEWHERE_KM]
        points = [RailPoint(int(pieces[nth]), float(fractions[nth])) for nth in own]
        choices[number] = _one_each_way(network, stop, points)
    for station in stations:
        choices[int(costed.part[network.tracks.tail[station.point.piece]])] = (station,)
    return choices


def _one_each_way(network: RailNetwork, stop: LatLon, points: Sequence[RailPoint]) -> tuple[RailStop, ...]:
    """Return the nearest point and the nearest in each eighth of the compass, nearest first."""
    kept: dict[int, RailStop] = {}
    nearest_km = 0.0
    for nth, point in enumerate(points):
        at = LatLon(*network.tracks.between(point.piece, point.fraction))
        angle = math.atan2(at.lat - stop.lat, (at.lon - stop.lon) * math.cos(math.radians(stop.lat)))
        sector = int((angle + math.pi) / (2.0 * math.pi) * _SECTORS) % _SECTORS
        if sector not in kept:
            away_km = geodesic_km(stop, at)
            nearest_km = away_km if nth == 0 else nearest_km
            kept[sector] = RailStop(stop, at, point, away_km, DEARER_ACCESS * max(0.0, away_km - nearest_km))
        if len(kept) == _SECTORS:
            break
    return tuple(kept.values())


def _stations_near(
    network: RailNetwork, costed: CostedTracks, stop: LatLon, reach_km: float
) -> list[RailStop]:
    """Return the stations near a stop, the nearest last, so that it wins."""
    near = [
        RailStop(stop, station.position, station.point, away_km, 0.0)
        for station in network.stations
        if abs(station.position.lat - stop.lat) < 0.1
        and (away_km := great_circle_km(station.position, stop)) <= min(STATION_KM, reach_km + 1.0)
        and costed.is_open(np.array([station.point.piece]))[0]
    ]
    return sorted(near, key=lambda found: -found.distance_km)


def _too_far(
    network: RailNetwork, costed: CostedTracks, stop: LatLon, max_snap_km: float, names: Mapping[LatLon, str]
) -> str:
    near = network.index.near(stop, within_km=max_snap_km)
    if len(near.piece) and not costed.is_open(near.piece)[0]:
        return f"{name_of(stop, names)}: its railways lie outside the countries allowed, or are to be avoided"
    rail = network.tracks.position(network.index.nearest_point(stop))
    away_km = geodesic_km(stop, rail)
    return (
        f"{name_of(stop, names)}: the nearest railway is {away_km:.0f} km away, farther than the "
        f"{max_snap_km:g} km allowed (a place in the sea, or an island without rails?)"
    )


def _unreachable(
    stops: Sequence[LatLon], choices: Sequence[Mapping[int, object]], names: Mapping[LatLon, str]
) -> str:
    for stop, choice, following, next_choice in zip(stops, choices, stops[1:], choices[1:], strict=False):
        if not set(choice) & set(next_choice):
            return (
                f"no railway joins {name_of(stop, names)} and {name_of(following, names)}: "
                "they lie on separate networks"
            )
    listed = ", ".join(name_of(stop, names) for stop in stops)
    return f"no one railway comes near all of: {listed}"
