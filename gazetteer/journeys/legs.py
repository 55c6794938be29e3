"""Legs: the ways between the stops of a journey: along rails, through the air, or only straight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from gazetteer.errors import RouteError
from gazetteer.geodesy import geodesic_km, geodesic_points
from gazetteer.journeys.journey import FIRMEST_FIRST, Event, Leg, Mode
from gazetteer.journeys.railways import RailNetwork
from gazetteer.journeys.routes import RouteLeg, continued, route
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

_SAME_STOP_KM: Final = 0.5
_FASTER_THAN_RAIL_KMH: Final = 350.0

_AIR = Wording("Großkreis (Flug)", "great circle (flight)")
_STRAIGHT = Wording(
    "Luftlinie; womit gereist wurde, ist nicht gesagt", "straight line; the means of travel is not said"
)
_ROAD = Wording("Luftlinie; die Straße ist nicht bekannt", "straight line; the road is not known")
_SEA = Wording("Luftlinie; der Seeweg ist nicht bekannt", "straight line; the way by sea is not known")
_NO_NETWORK = Wording("Luftlinie; kein Bahnnetz geladen", "straight line; no railway network loaded")
_TOO_FAST = Wording(
    "Großkreis; für die Zeit zu weit für Schiene und Straße, also wohl ein Flug",
    "great circle; too far for rail and road in the time, so probably a flight",
)


@dataclass(frozen=True, slots=True)
class DrawnLegs:
    """The legs of a journey and what a reader must know of them."""

    legs: tuple[Leg, ...]
    notes: tuple[Wording, ...]


def main_mode(modes: Sequence[str | None]) -> str | None:
    """Return the means of travel named most often; None where none is."""
    named = Counter(mode for mode in modes if mode is not None)
    return named.most_common(1)[0][0] if named else None


def legs_between(
    events: Sequence[Event], modes: Sequence[str | None], network: RailNetwork | None
) -> DrawnLegs:
    """Draw the legs between events that have a position, in order.

    Args:
        events: Those that the line passes, each with place and position.
        modes: The means of travel that each event's words name: `rail`, `air`, `road`, `sea` or None.
        network: The railways; without it no way along rails is known.
    """
    usual = main_mode(modes)
    legs: list[Leg] = []
    notes: list[Wording] = []
    before: RouteLeg | None = None
    for (origin, _), (end, mode) in pairwise(zip(events, modes, strict=True)):
        if origin.position is None or end.position is None or origin.place is None or end.place is None:
            continue
        if geodesic_km(origin.position, end.position) < _SAME_STOP_KM:
            continue
        leg, note, ridden = _leg(origin, end, mode or usual, network)
        if network is not None and before is not None and ridden is not None:
            ridden = continued(network, before, ridden)
        if ridden is not None:
            leg = replace(leg, borders=ridden.borders, gauge_breaks=ridden.gauge_breaks)
        before = ridden
        legs.append(leg)
        notes += [note] if note is not None else []
    return DrawnLegs(tuple(legs), tuple(dict.fromkeys(notes)))


def _leg(  # noqa: PLR0911 - one return for each case
    origin: Event, end: Event, mode: str | None, network: RailNetwork | None
) -> tuple[Leg, Wording | None, RouteLeg | None]:
    if mode == "rail" and network is not None and origin.position and end.position:
        try:
            ridden = route(network, (origin.position, end.position))
        except RouteError as error:
            reason = Wording(f"Luftlinie statt Schiene: {error}", f"straight line instead of rail: {error}")
            return _straight(origin, end, Mode.UNKNOWN, reason), reason, None
        leg = ridden.legs[0]
        made = _made(
            origin, end, Mode.RAIL, length_km=leg.length_km, geometry=leg.geometry, source=leg.source
        )
        return replace(made, notes=ridden.notes), None, leg
    if mode == "rail":
        return _straight(origin, end, Mode.RAIL if network else Mode.UNKNOWN, _NO_NETWORK), _NO_NETWORK, None
    if mode == "air":
        return _straight(origin, end, Mode.AIR, _AIR), None, None
    if mode in ("road", "sea"):
        source = _ROAD if mode == "road" else _SEA
        return _straight(origin, end, Mode.ROAD if mode == "road" else Mode.SEA, source), None, None
    if _needs_wings(origin, end):
        return _straight(origin, end, Mode.AIR, _TOO_FAST), None, None
    return _straight(origin, end, Mode.UNKNOWN, _STRAIGHT), None, None


def _needs_wings(origin: Event, end: Event) -> bool:
    if origin.when is None or end.when is None or origin.position is None or end.position is None:
        return False
    hours = (end.when.latest - origin.when.earliest).total_seconds() / 3600.0
    return hours > 0 and geodesic_km(origin.position, end.position) / hours > _FASTER_THAN_RAIL_KMH


def _straight(origin: Event, end: Event, mode: Mode, source: Wording) -> Leg:
    assert origin.position is not None
    assert end.position is not None
    line = geodesic_points(origin.position, end.position)
    km = geodesic_km(origin.position, end.position)
    return _made(origin, end, mode, length_km=km, geometry=line, source=source)


def _made(
    origin: Event, end: Event, mode: Mode, *, length_km: float, geometry: Sequence[LatLon], source: Wording
) -> Leg:
    assert origin.place is not None
    assert end.place is not None
    assert origin.position is not None
    assert end.position is not None
    certainty = max((origin.certainty, end.certainty), key=FIRMEST_FIRST.index)
    return Leg(
        origin=origin.place,
        destination=end.place,
        mode=mode,
        length_km=length_km,
        geodesic_km=geodesic_km(origin.position, end.position),
        geometry=tuple(geometry),
        source=source,
        certainty=certainty,
        events=(origin.id, end.id),
    )
