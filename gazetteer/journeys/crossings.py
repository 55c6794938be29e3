"""Border crossings: at which place a journey that is said to cross a border crosses it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from gazetteer.errors import RouteError
from gazetteer.geodesy import geodesic_points, great_circle_km
from gazetteer.journeys.railways import RailNetwork
from gazetteer.journeys.routes import route
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer
from gazetteer.positions import LatLon

_NEAREST_KM: Final = 60.0
_STEP_KM: Final = 10.0
_BRIDGE: Final = "BDG"
_FACILITY_BONUS_KM: Final = 6.0
"""A bridge or station may lie so much farther off than a village and still be the better name."""


def border_position(
    network: RailNetwork | None,
    gazetteer: Gazetteer,
    before: GazetteerEntry,
    after: GazetteerEntry,
    countries: tuple[str, ...],
) -> LatLon | None:
    """Return where the way between two places leaves one country for the next.

    Along the rails where there are any; else along the straight line, where the nearest places change
    their country. With `countries` named, the border between or of those is meant.
    """
    wanted = set(countries)
    if network is not None:
        try:
            crossings = route(network, (before.position, after.position)).borders
        except RouteError:
            crossings = ()
        fitting = [c for c in crossings if wanted <= {c.country, c.neighbour}] or list(crossings)
        if fitting:
            return fitting[0].position
    pair = wanted if len(wanted) == 2 else {before.country, after.country}
    line = geodesic_points(before.position, after.position, step_km=_STEP_KM)
    return min(
        (
            (cost, position)
            for position in line
            if (cost := _far_from_both(gazetteer, position, pair)) is not None
        ),
        default=(0.0, None),
        key=lambda costed: costed[0],
    )[1]


def _far_from_both(gazetteer: Gazetteer, position: LatLon, pair: Collection[str | None]) -> float | None:
    """Return how far a spot is from the nearest places of both countries together, None if too far."""
    near = gazetteer.nearest(position, limit=80, within_km=_NEAREST_KM)
    distances = [
        min((great_circle_km(e.position, position) for e in near if e.country == country), default=None)
        for country in pair
    ]
    known = [distance for distance in distances if distance is not None]
    return sum(known) if len(known) == len(pair) else None


def border_place(
    gazetteer: Gazetteer,
    position: LatLon,
    *,
    countries: Collection[str | None],
    side: str | None = None,
) -> GazetteerEntry | None:
    """Return the place that names a spot on a border best: a bridge or station, else the nearest town.

    Args:
        gazetteer: Where to look.
        position: Where the way meets the border.
        countries: ISO codes of the countries that meet there.
        side: The country among them on whose side the place should lie, if it matters.
    """

    def cost(entry: GazetteerEntry) -> float:
        bonus = _FACILITY_BONUS_KM if entry.feature is Feature.FACILITY else 0.0
        if entry.feature_code == _BRIDGE and side is None:
            bonus *= 2.0
        return great_circle_km(entry.position, position) - bonus

    near = [
        entry
        for entry in gazetteer.nearest(position, limit=40, within_km=_NEAREST_KM)
        if entry.feature in (Feature.FACILITY, Feature.CITY)
        and (entry.country is None or entry.country in countries)
    ]
    on_side = [entry for entry in near if side is None or entry.country == side]
    return min(on_side or near, key=cost, default=None)
