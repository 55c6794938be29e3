"""A railway route as an answer: a table for the terminal, JSON and GeoJSON for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.text import Text

from gazetteer.geojson import feature, line_geometry
from gazetteer.journeys.routes import Route, RouteLeg
from gazetteer.places.entries import GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.terminal import Screen, plain, table_of
from gazetteer.wording import Wording

_HEADS: Final = (
    Wording("von", "from"),
    Wording("nach", "to"),
    Wording("Schiene", "by rail"),
    Wording("Luftlinie", "air line"),
    Wording("Quelle", "source"),
)
_TOTAL: Final = Wording("zusammen", "total")


def print_route(route: Route, names: Sequence[str], language: str) -> None:
    """Print the legs of a route with their lengths, the total, and what a reader must know."""
    table = table_of(*(head.in_language(language) for head in _HEADS))
    for start, end, leg in zip(names, names[1:], route.legs, strict=False):
        lengths = (_km(length, language) for length in (leg.length_km, leg.geodesic_km))
        table.add_row(Text(start), Text(end), *lengths, Text(leg.source.in_language(language)))
    if len(route.legs) > 1:
        table.add_section()
        lengths = (_km(length, language) for length in (route.length_km, route.geodesic_km))
        table.add_row(_TOTAL.in_language(language), "", *lengths, "")
    screen = Screen()
    screen.print(table)
    for remark in _remarks(route):
        screen.print(Text(f"• {remark.in_language(language)}"))


def route_json(route: Route, stops: Sequence[GazetteerEntry], language: str) -> dict[str, Any]:
    """Return lengths, legs, borders and breaks of gauge as plain objects."""
    return {
        "length_km": round(route.length_km, 1),
        "geodesic_km": round(route.geodesic_km, 1),
        "countries": list(route.countries),
        "notes": [remark.in_language(language) for remark in route.notes],
        "legs": [
            {**_leg_facts(leg, start, end, language), "geometry": _line(leg.geometry)}
            for start, end, leg in zip(stops, stops[1:], route.legs, strict=False)
        ],
    }


def route_geojson(route: Route, stops: Sequence[GazetteerEntry], language: str) -> dict[str, Any]:
    """Return one GeoJSON feature for each leg."""
    features = [
        feature(line_geometry(leg.geometry), _leg_facts(leg, start, end, language))
        for start, end, leg in zip(stops, stops[1:], route.legs, strict=False)
    ]
    return {"type": "FeatureCollection", "features": features}


def _leg_facts(leg: RouteLeg, start: GazetteerEntry, end: GazetteerEntry, language: str) -> dict[str, Any]:
    return {
        "from": start.id,
        "to": end.id,
        "length_km": round(leg.length_km, 1),
        "geodesic_km": round(leg.geodesic_km, 1),
        "detour_factor": round(leg.detour_factor, 3),
        "source": leg.source.in_language(language),
        "official_km": round(leg.official_km, 1),
        "countries": list(leg.countries),
        "borders": [
            {"from": border.country, "to": border.neighbour, **_point(border.position)}
            for border in leg.borders
        ],
        "gauge_breaks": [
            {
                "from_mm": change.gauge_mm,
                "to_mm": change.neighbour_mm,
                "station": change.station,
                **_point(change.position),
            }
            for change in leg.gauge_breaks
        ],
    }


def _remarks(route: Route) -> tuple[Wording, ...]:
    changes = tuple(
        Wording(
            f"Spurwechsel {change.country}–{change.neighbour}"
            f"{f' in {change.station}' if change.station else ''}:"
            f" {plain(change.gauge_mm, 'de')} auf {plain(change.neighbour_mm, 'de')} mm",
            f"change of gauge {change.country}–{change.neighbour}"
            f"{f' at {change.station}' if change.station else ''}:"
            f" {plain(change.gauge_mm, 'en')} to {plain(change.neighbour_mm, 'en')} mm",
        )
        for change in route.gauge_breaks
    )
    return (*changes, *route.notes)


def _km(length_km: float, language: str) -> str:
    return f"{plain(length_km, language)} km"


def _point(position: LatLon) -> dict[str, float]:
    return {"lat": round(position.lat, 5), "lon": round(position.lon, 5)}


def _line(fixes: Sequence[LatLon]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [[round(fix.lon, 5), round(fix.lat, 5)] for fix in fixes]}
