"""Routes along the rails through given stops, with the length of each leg and where it comes from.

**Which way?** The cheapest, in kilometres of track. A kilometre of an official line counts 0.9, because
trains keep to the main line where a branch is a little shorter; a border counts 5 to 250 km more
(`journeys/data/borders.toml`), a break of gauge another 250, a closed border 800. So Moscow to
Vladivostok stays in Russia although the way through China is 1,200 km shorter. `within` and `avoid`
rule countries in or out, and `prices_borders=False` gives the plain shortest way.

**How long?** Published kilometres where a leg follows an official line, else the length measured on
OpenStreetMap. `effort_km` is what the search minimised. A further stop never lowers the effort; where
no line is official and no border crossed, effort is length, so it never shortens the route either.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from gazetteer.errors import RouteError
from gazetteer.geodesy import geodesic_km, great_circle_km
from gazetteer.journeys.railways import Policy, RailNetwork
from gazetteer.journeys.search import CostedTracks, Path
from gazetteer.journeys.stops import RailStop, name_of, rail_stops
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

BREAK_STATION_KM: Final = 80.0
OFFICIAL_SHARE: Final = 0.95
_DEARER: Final = 1.5
_SHARED_AT_MOST: Final = 0.8
_LONGER_AT_MOST: Final = 2.0


@dataclass(frozen=True, slots=True)
class BorderCrossing:
    """Where a route passes from one country to the next, in the direction of travel."""

    position: LatLon
    country: str
    neighbour: str
    """ISO 3166-1 alpha-2 codes."""


@dataclass(frozen=True, slots=True)
class GaugeBreak:
    """Where a train must change bogies or its load: at a known station, else at the border itself."""

    position: LatLon
    station: str | None
    country: str
    neighbour: str
    gauge_mm: int
    neighbour_mm: int


@dataclass(frozen=True, slots=True)
class RouteLeg:
    """The way between two stops."""

    origin: LatLon
    destination: LatLon
    """As asked for."""
    origin_on_rail: LatLon
    destination_on_rail: LatLon
    """Where the way begins and ends."""
    length_km: float
    """From rail point to rail point, along the rails."""
    geodesic_km: float
    """Between the places asked for; between their rail points where those lie so much nearer to each
    other that the rails would be shorter than the straight line."""
    geometry: tuple[LatLon, ...]
    source: Wording
    """Where the length comes from."""
    official_km: float
    """How much of the length is published kilometres."""
    countries: tuple[str, ...]
    """In the order passed."""
    borders: tuple[BorderCrossing, ...]
    gauge_breaks: tuple[GaugeBreak, ...]
    effort_km: float
    """What the search minimised."""

    @property
    def official(self) -> bool:
        """Tell whether (nearly) all of the length is published kilometres."""
        return self.official_km >= OFFICIAL_SHARE * self.length_km > 0.0

    @property
    def detour_factor(self) -> float:
        """Length over the geodesic; 1.0 for a leg without extent."""
        return self.length_km / self.geodesic_km if self.geodesic_km else 1.0


@dataclass(frozen=True, slots=True)
class Route:
    """A way along the rails through all stops."""

    legs: tuple[RouteLeg, ...]
    notes: tuple[Wording, ...] = ()
    """What a reader must know: stops named twice, borders that are closed."""
    access_km: float = 0.0
    """What it cost not to use the tracks nearest to the stops; part of the effort, not of the length."""

    @property
    def length_km(self) -> float:
        """Sum of the legs."""
        return sum(leg.length_km for leg in self.legs)

    @property
    def geodesic_km(self) -> float:
        """From the first stop to the last, by the same rule as a leg's."""
        first, last = self.legs[0], self.legs[-1]
        return _fair_geodesic_km(
            (first.origin, last.destination), (first.origin_on_rail, last.destination_on_rail), self.length_km
        )

    @property
    def detour_factor(self) -> float:
        """Length over the geodesic; 1.0 for a round trip."""
        return self.length_km / self.geodesic_km if self.geodesic_km else 1.0

    @property
    def effort_km(self) -> float:
        """What the search minimised: the legs' efforts and the access to the stops."""
        return self.access_km + sum(leg.effort_km for leg in self.legs)

    @property
    def official_km(self) -> float:
        """How much of the length is published kilometres."""
        return sum(leg.official_km for leg in self.legs)

    @property
    def geometry(self) -> tuple[LatLon, ...]:
        """The whole line, each joint once."""
        rest = (fix for leg in self.legs[1:] for fix in leg.geometry[1:])
        return (*self.legs[0].geometry, *rest)

    @property
    def countries(self) -> tuple[str, ...]:
        """In the order passed."""
        return _without_repeats([code for leg in self.legs for code in leg.countries])

    @property
    def borders(self) -> tuple[BorderCrossing, ...]:
        """In the order passed."""
        return tuple(crossing for leg in self.legs for crossing in leg.borders)

    @property
    def gauge_breaks(self) -> tuple[GaugeBreak, ...]:
        """In the order passed."""
        return tuple(gauge_break for leg in self.legs for gauge_break in leg.gauge_breaks)


def route(
    network: RailNetwork,
    stops: Sequence[LatLon],
    *,
    via: Iterable[LatLon] = (),
    avoid: Iterable[str | LatLon] = (),
    within: Iterable[str] = (),
    max_snap_km: float = 25.0,
    names: Sequence[str] = (),
    prices_borders: bool = True,
) -> Route:
    """Return the way along the rails through the stops, in their order.

    Args:
        network: The railway network.
        stops: At least two positions.
        via: Further positions, passed in order between the first stop and the second.
        avoid: Countries (ISO 3166-1 alpha-2) to keep out of, and positions to keep 5 km away from.
        within: Countries to stay inside; empty for the whole world.
        max_snap_km: How far a stop may lie from the rails, in kilometres.
        names: What messages call the positions, in the order they are passed.
        prices_borders: Whether borders and breaks of gauge cost kilometres; see the module.

    Raises:
        RouteError: If fewer than two different stops are given, one is too far from any rail, or no
            way along the rails joins them under these conditions.
    """
    asked = [*stops[:1], *via, *stops[1:]]
    if len(set(asked)) < 2:
        raise RouteError("a route needs two different stops")
    known = dict(zip(asked, names, strict=False))
    costed = network.costed(_policy(avoid, within, prices_borders=prices_borders))
    choices = rail_stops(network, costed, asked, max_snap_km=max_snap_km, names=known)
    used, paths = _ways(costed, choices, known)
    legs = [_leg(network, *ends, path) for ends, path in zip(pairwise(used), paths, strict=True)]
    legs[1:] = [continued(network, before, leg) for before, leg in pairwise(legs)]
    return Route(
        tuple(legs),
        (*_doubles(asked, known), *_closed_borders(network, legs)),
        sum(stop.access_km for stop in used),
    )


def continued(network: RailNetwork, before: RouteLeg, leg: RouteLeg) -> RouteLeg:
    """Return a leg with the border that lies at its very beginning, where the leg before it ends.

    A way is cut at its stops; where a stop stands at a border, neither leg crosses it by itself.
    """
    if not before.countries or not leg.countries or before.countries[-1] == leg.countries[0]:
        return leg
    crossing = BorderCrossing(
        _middle(before.destination_on_rail, leg.geometry[1]), before.countries[-1], leg.countries[0]
    )
    breaks = (_gauge_break(network, crossing),) if _breaks(network, crossing) else ()
    return replace(leg, borders=(crossing, *leg.borders), gauge_breaks=(*breaks, *leg.gauge_breaks))


def alternatives(
    network: RailNetwork,
    origin: LatLon,
    destination: LatLon,
    *,
    n: int = 2,
    avoid: Iterable[str | LatLon] = (),
    within: Iterable[str] = (),
    max_snap_km: float = 25.0,
    names: Sequence[str] = (),
    prices_borders: bool = True,
) -> tuple[Route, ...]:
    """Return up to `n` ways that differ: the route itself first, then others, each less preferred.

    Another way shares at most 80 % of its length with each way before it and is at most twice as long as
    the first. The rest as for `route`.
    """
    known = dict(zip((origin, destination), names, strict=False))
    costed = network.costed(_policy(avoid, within, prices_borders=prices_borders))
    if origin == destination:
        raise RouteError("a route needs two different stops")
    choices = rail_stops(network, costed, (origin, destination), max_snap_km=max_snap_km, names=known)
    (start, end), _ = _ways(costed, choices, known)
    ways: list[tuple[RouteLeg, dict[int, float]]] = []
    cost_km = costed.cost_km.copy()
    graph = costed
    for _ in range(4 * max(1, n)):
        path = graph.path(start.point, end.point, about_km=great_circle_km(start.at, end.at))
        if path is None or len(ways) >= n:
            break
        ridden = _ridden_km(network, path)
        leg = _leg(network, start, end, path)
        if not ways or (
            leg.length_km <= _LONGER_AT_MOST * ways[0][0].length_km
            and all(_shared_km(ridden, other) <= _SHARED_AT_MOST * leg.length_km for _, other in ways)
        ):
            ways.append((leg, ridden))
        cost_km[path.pieces] *= _DEARER
        graph = CostedTracks(network.tracks, cost_km)
    return tuple(Route((leg,), _closed_borders(network, [leg])) for leg, _ in ways)


def _policy(avoid: Iterable[str | LatLon], within: Iterable[str], *, prices_borders: bool) -> Policy:
    unwanted = tuple(avoid)
    return Policy(
        within=frozenset(code.upper() for code in within),
        avoid=frozenset(code.upper() for code in unwanted if isinstance(code, str)),
        avoid_places=tuple(sorted(place for place in unwanted if isinstance(place, LatLon))),
        prices_borders=prices_borders,
    )


def _no_way(origin: LatLon, destination: LatLon, names: Mapping[LatLon, str]) -> str:
    ends = name_of(origin, names), name_of(destination, names)
    return f"no railway joins {ends[0]} and {ends[1]} under these conditions"


def _doubles(stops: Sequence[LatLon], names: Mapping[LatLon, str]) -> Iterator[Wording]:
    for stop, following in pairwise(stops):
        if stop == following:
            name = name_of(stop, names)
            yield Wording(
                de=f"{name} ist zweimal hintereinander genannt; der Weg dazwischen ist 0 km lang.",
                en=f"{name} is named twice in a row; the way in between is 0 km long.",
            )


def _ways(
    costed: CostedTracks, choices: Sequence[tuple[RailStop, ...]], names: Mapping[LatLon, str]
) -> tuple[list[RailStop], list[Path]]:
    """Choose one point for each stop and the ways in between, so that the whole costs least."""
    asked = [choice[0].asked for choice in choices]
    if asked[::-1] < asked:
        # Always searched from the same end, so that there and back are the same way to the last bit.
        used, paths = _ways(costed, choices[::-1], names)
        return used[::-1], [path.reversed() for path in reversed(paths)]
    costs = [stop.access_km for stop in choices[0]]
    reaches = []
    for here, there in pairwise(choices):
        origins = [(stop, cost) for stop, cost in zip(here, costs, strict=True) if math.isfinite(cost)]
        about_km = great_circle_km(here[0].at, there[0].at)
        starts = [(stop.point, cost) for stop, cost in origins]
        reach = costed.reach(starts, [stop.point for stop in there], about_km=about_km)
        costs = [reach.cost_km(stop.point) + stop.access_km for stop in there]
        if not math.isfinite(min(costs)):
            raise RouteError(_no_way(here[0].asked, there[0].asked, names))
        reaches.append((reach, [stop for stop, _ in origins]))
    used = [choices[-1][int(np.argmin(costs))]]
    paths = []
    for reach, stops in reversed(reaches):
        nth, path = reach.path(used[-1].point)
        paths.append(path)
        used.append(stops[nth])
    return used[::-1], paths[::-1]


def _leg(network: RailNetwork, origin: RailStop, destination: RailStop, path: Path) -> RouteLeg:
    tracks = network.tracks
    ridden_km = tracks.length_km[path.pieces] * path.shares
    length_km = float(np.sort(ridden_km).sum())
    official = tracks.line[path.pieces]
    official_km = float(ridden_km[official >= 0].sum())
    geodesic = _fair_geodesic_km((origin.asked, destination.asked), (origin.at, destination.at), length_km)
    inner = tuple(tracks.position(point) for point in path.points)
    borders = _borders(network, path)
    lines = [number for number in dict.fromkeys(official[ridden_km > 0.5].tolist()) if number >= 0]
    return RouteLeg(
        origin=origin.asked,
        destination=destination.asked,
        origin_on_rail=origin.at,
        destination_on_rail=destination.at,
        length_km=max(length_km, geodesic),
        geodesic_km=geodesic,
        geometry=_line((origin.at, *inner, destination.at)),
        source=_source(network, lines, official_km, length_km),
        official_km=official_km,
        countries=_countries(network, path),
        borders=borders,
        gauge_breaks=tuple(
            _gauge_break(network, crossing) for crossing in borders if _breaks(network, crossing)
        ),
        effort_km=path.cost_km,
    )


def _fair_geodesic_km(
    asked: tuple[LatLon, LatLon], on_rail: tuple[LatLon, LatLon], length_km: float
) -> float:
    between_places = geodesic_km(*asked)
    if between_places <= length_km:
        return between_places
    # Pieces are straight and measured by a series: a hair of rounding must not break the law.
    between_rails = geodesic_km(*on_rail)
    return min(between_rails, max(length_km, between_rails * (1.0 - 1e-4)))


def _line(fixes: Sequence[LatLon]) -> tuple[LatLon, ...]:
    kept = [fix for nth, fix in enumerate(fixes) if nth == 0 or fix != fixes[nth - 1]]
    return tuple(kept if len(kept) > 1 else [fixes[0], fixes[-1]])


def _countries(network: RailNetwork, path: Path) -> tuple[str, ...]:
    points = path.points or (int(network.tracks.tail[path.pieces[0]]),)
    return _without_repeats([network.country_at(point) for point in points])


def _without_repeats(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for nth, code in enumerate(codes) if nth == 0 or code != codes[nth - 1])


def _borders(network: RailNetwork, path: Path) -> tuple[BorderCrossing, ...]:
    points = np.array(path.points, dtype=np.int64)
    if len(points) < 2:
        return ()
    country = network.country[points]
    tracks = network.tracks
    return tuple(
        BorderCrossing(
            _middle(tracks.position(int(points[nth])), tracks.position(int(points[nth + 1]))),
            network.country_at(int(points[nth])),
            network.country_at(int(points[nth + 1])),
        )
        for nth in np.flatnonzero(country[:-1] != country[1:]).tolist()
    )


def _middle(a: LatLon, b: LatLon) -> LatLon:
    if abs(a.lon - b.lon) > 180.0:
        return a
    return LatLon((a.lat + b.lat) / 2.0, (a.lon + b.lon) / 2.0)


def _breaks(network: RailNetwork, crossing: BorderCrossing) -> bool:
    return network.border_table.gauge_breaks(crossing.country, crossing.neighbour)


def _gauge_break(network: RailNetwork, crossing: BorderCrossing) -> GaugeBreak:
    table = network.border_table
    pair = frozenset((crossing.country, crossing.neighbour))
    near = [
        (distance_km, station)
        for station in table.breaks
        if station.countries == pair
        and (distance_km := great_circle_km(station.position, crossing.position)) <= BREAK_STATION_KM
    ]
    station = min(near, key=lambda found: found[0])[1] if near else None
    return GaugeBreak(
        position=station.position if station else crossing.position,
        station=station.name if station else None,
        country=crossing.country,
        neighbour=crossing.neighbour,
        gauge_mm=table.gauge_mm[crossing.country],
        neighbour_mm=table.gauge_mm[crossing.neighbour],
    )


def _source(network: RailNetwork, lines: Sequence[int], official_km: float, length_km: float) -> Wording:
    if not lines or official_km < 1.0:
        return Wording(de="auf dem Netz von OpenStreetMap gemessen", en="measured on OpenStreetMap's network")
    names_de = ", ".join(network.line_names[number].de for number in lines)
    names_en = ", ".join(network.line_names[number].en for number in lines)
    if official_km >= OFFICIAL_SHARE * length_km:
        return Wording(de=f"veröffentlichte Kilometer: {names_de}", en=f"published kilometres: {names_en}")
    of_de = f"{official_km:.0f} von {length_km:.0f} km"
    of_en = f"{official_km:.0f} of {length_km:.0f} km"
    return Wording(
        de=f"veröffentlichte Kilometer auf {of_de} ({names_de}), sonst auf OpenStreetMap gemessen",
        en=f"published kilometres for {of_en} ({names_en}), else measured on OpenStreetMap",
    )


def _closed_borders(network: RailNetwork, legs: Sequence[RouteLeg]) -> tuple[Wording, ...]:
    pairs = dict.fromkeys(frozenset((c.country, c.neighbour)) for leg in legs for c in leg.borders)
    closed = network.border_table.closed
    return tuple(closed[pair] for pair in pairs if pair in closed)


def _ridden_km(network: RailNetwork, path: Path) -> dict[int, float]:
    km = network.tracks.length_km[path.pieces] * path.shares
    return dict(zip(path.pieces.tolist(), km.tolist(), strict=True))


def _shared_km(ridden: Mapping[int, float], other: Mapping[int, float]) -> float:
    return sum(km for piece, km in ridden.items() if piece in other)
