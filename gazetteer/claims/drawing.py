"""What a claim looks like on a map: what was said beside what is. Positions only, for any map to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gazetteer.claims.claim import Claim, Path, Relation
from gazetteer.claims.evidence import POINT_LIKE, Evidence
from gazetteer.claims.parallels import Parallel, parallel_quoted
from gazetteer.claims.tolerance import sector_deg
from gazetteer.errors import UnknownPlaceError
from gazetteer.geodesy import destination, geodesic_km, geodesic_points
from gazetteer.journeys.journey import Journey
from gazetteer.outlines.borders import Borders
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.reading.quantities import Dimension

if TYPE_CHECKING:
    from gazetteer.journeys.railways import RailNetwork

RING_STEPS: Final = 72
"""Corners of a ring: one every five degrees."""

_LINE_STEP_KM: Final = 50.0
_ALONG: Final = frozenset({Path.RAIL.value, Path.ROAD.value})
_AREAS: Final = frozenset(set(Feature) - POINT_LIKE)

Line = tuple[LatLon, ...]


@dataclass(frozen=True, slots=True)
class ClaimDrawing:
    """The geometry of one claim; what does not apply is empty or None.

    Lines and rings may cross the 180th meridian: neighbouring longitudes then differ by about 360.
    """

    reference: LatLon | None = None
    """From where distance and direction are stated; where a trip begins."""
    true_place: LatLon | None = None
    """Where the subject really is; where a trip ends."""
    reckoned: LatLon | None = None
    """Where the subject would be if distance and direction were exact."""
    ring_inner: Line = ()
    """Closed: the least distance the words allow."""
    ring_outer: Line = ()
    """Closed: the greatest distance the words allow."""
    sector: Line = ()
    """Closed: where the stated direction holds, out to the stated distance or a little past the place."""
    geodesic: Line = ()
    """Straight line from the reference to the true place."""
    rail: Line = ()
    """Way by rail, where it is meant and known."""
    nearest: LatLon | None = None
    """The nearest point of the border, coast or circle of latitude that the claim is about."""
    parallel: Line = ()
    """A stretch of the circle of latitude from which is counted."""

    def positions(self) -> Line:
        """Return everything that a map should have in view."""
        single = (self.reference, self.true_place, self.reckoned, self.nearest)
        rings = (*self.ring_outer, *self.rail)
        return (*(one for one in single if one is not None), *rings)


def drawing_of(
    claim: Claim,
    places: Mapping[str, GazetteerEntry],
    *,
    network: RailNetwork | None = None,
    journeys: Iterable[Journey] = (),
) -> ClaimDrawing:
    """Draw a claim.

    Args:
        claim: Any claim; one without places gives an empty drawing.
        places: By id, as an analysis holds them.
        network: For the way by rail; without it only journeys' legs are known.
        journeys: The reported journeys.
    """
    begins = claim.origin or claim.subject
    first = places.get(begins.place or "") if begins else None
    second = places.get(claim.reference.place or "") if claim.reference else None
    quantity = claim.quantity if claim.quantity and claim.quantity.dimension is Dimension.LENGTH else None
    along = claim.path.value in _ALONG or claim.relation in {Relation.TRIP_LENGTH, Relation.PATH_SHAPE}
    rail: Line = ()
    if along and claim.path is not Path.ROAD and first and second:
        evidence = Evidence.of((), (), _Book(places), network, journeys)
        way = evidence.rail_way(first, second)
        rail = way.geometry if way else ()
    return _drawing(
        claim.relation.value,
        first,
        second,
        quote=claim.quote if claim.reference else "",
        stated_m=(quantity.low, quantity.si_value, quantity.high) if quantity else None,
        direction=(claim.direction.bearing_deg, claim.direction.wind) if claim.direction else None,
        along=along,
        rail=rail,
    )


def drawing_from_json(
    claim: Mapping[str, Any], place_of: Callable[[str], GazetteerEntry | None], *, rail: Line = ()
) -> ClaimDrawing:
    """Draw a claim of the JSON contract.

    Args:
        claim: One of the contract's `claims`.
        place_of: The place of an id, or None.
        rail: The way by rail between the claim's places, of the contract's `ways`.
    """

    def entry(role: str) -> GazetteerEntry | None:
        held = claim.get(role)
        return place_of(held["place"]) if held and held.get("place") else None

    quantity, direction = claim.get("quantity"), claim.get("direction")
    stated_m = None
    if quantity and quantity.get("si_unit") == "m":
        value = float(quantity["si_value"])
        high = quantity.get("high")
        stated_m = (float(quantity.get("low") or 0.0), value, value if high is None else float(high))
    return _drawing(
        str(claim["relation"]),
        entry("subject")
        if claim["relation"] == Relation.PROXIMITY.value
        else entry("origin") or entry("subject"),
        entry("reference"),
        quote=str(claim["quote"]) if claim.get("reference") else "",
        stated_m=stated_m,
        direction=(float(direction["bearing_deg"]), str(direction["wind"])) if direction else None,
        along=claim["path"] in _ALONG
        or claim["relation"] in {Relation.TRIP_LENGTH.value, Relation.PATH_SHAPE.value},
        rail=rail,
    )


def _drawing(
    relation: str,
    first: GazetteerEntry | None,
    second: GazetteerEntry | None,
    *,
    quote: str,
    stated_m: tuple[float, float, float] | None,
    direction: tuple[float, str] | None,
    along: bool,
    rail: Line,
) -> ClaimDrawing:
    parallel = parallel_quoted(quote) if first is not None and second is None else None
    if first is not None and parallel is not None:
        return _beside(first, parallel)
    if relation in {Relation.BORDER.value, Relation.COAST.value} and first is not None:
        nearest = _nearest(relation, first, second)
        line = geodesic_points(first.position, nearest, step_km=_LINE_STEP_KM) if nearest else ()
        return ClaimDrawing(true_place=first.position, nearest=nearest, geodesic=line)
    if second is None or second.feature in _AREAS:
        return ClaimDrawing(true_place=first.position) if first else ClaimDrawing()
    reference = second.position
    true_place = first.position if first else None
    straight = (
        geodesic_points(reference, true_place, step_km=_LINE_STEP_KM)
        if true_place is not None and true_place != reference
        else ()
    )
    if along:
        return ClaimDrawing(reference=true_place, true_place=reference, geodesic=straight[::-1], rail=rail)
    inner: Line = ()
    outer: Line = ()
    sector: Line = ()
    reckoned = None
    if stated_m is not None:
        low_km, stated_km, high_km = (metres / 1000.0 for metres in stated_m)
        high_km = high_km if high_km < 20_000.0 else stated_km
        inner, outer = _ring(reference, low_km), _ring(reference, high_km)
        if direction is not None:
            reckoned = destination(reference, direction[0], stated_km)
            sector = _sector(reference, direction, high_km)
    elif direction is not None and first is not None and true_place is not None:
        sector = _sector(reference, direction, 1.1 * _length_km(straight))
    return ClaimDrawing(
        reference=reference,
        true_place=true_place,
        reckoned=reckoned,
        ring_inner=inner,
        ring_outer=outer,
        sector=sector,
        geodesic=straight,
    )


def _beside(place: GazetteerEntry, parallel: Parallel) -> ClaimDrawing:
    """Draw a place and the circle of latitude it is said to lie north or south of."""
    foot = parallel.nearest_to(place.position)
    line = geodesic_points(foot, place.position, step_km=_LINE_STEP_KM) if foot != place.position else ()
    return ClaimDrawing(
        true_place=place.position, nearest=foot, geodesic=line, parallel=parallel.around(place.position)
    )


def _nearest(relation: str, place: GazetteerEntry, other: GazetteerEntry | None) -> LatLon | None:
    borders = Borders.open()
    if relation == Relation.COAST.value:
        return borders.nearest_coast_point(place.position)
    if place.country is None or other is None or other.country is None:
        return None
    neighbour = None if borders.same_ground(place.country, other.country) else other.country
    return borders.nearest_border_point(place.position, place.country, neighbour)


def _ring(centre: LatLon, radius_km: float) -> Line:
    if radius_km <= 0.0:
        return ()
    corners = tuple(destination(centre, 360.0 * step / RING_STEPS, radius_km) for step in range(RING_STEPS))
    return (*corners, corners[0])


def _sector(centre: LatLon, direction: tuple[float, str], radius_km: float) -> Line:
    bearing, wind = direction
    half = sector_deg(wind)[0]
    if radius_km <= 0.0:
        return ()
    steps = 12
    arc = tuple(
        destination(centre, bearing - half + 2.0 * half * step / steps, radius_km)
        for step in range(steps + 1)
    )
    return (centre, *arc, centre)


def _length_km(line: Line) -> float:
    return geodesic_km(line[0], line[-1]) if line else 0.0


@dataclass(frozen=True, slots=True)
class _Book:
    """Places by id, where no gazetteer is at hand."""

    places: Mapping[str, GazetteerEntry]

    def entry(self, place_id: str, /) -> GazetteerEntry:
        try:
            return self.places[place_id]
        except KeyError:
            raise UnknownPlaceError(f"no place has the id {place_id}") from None
