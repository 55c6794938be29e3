"""Features and lines as RFC 7946 wants them: longitude first, and cut where they cross the antimeridian."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from gazetteer.positions import LatLon


def feature(geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    """Return a Feature; `geometry` is None for what has no known place."""
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def line_geometry(line: Sequence[LatLon], *, digits: int = 5) -> dict[str, Any]:
    """Return a LineString, or a MultiLineString where the line crosses the antimeridian.

    Args:
        line: At least two positions; between two of them the short way round is meant.
        digits: Decimal places of a degree to keep; five are about a metre.
    """
    pieces = [
        [[round(fix.lon, digits), round(fix.lat, digits)] for fix in piece]
        for piece in cut_at_antimeridian(line)
    ]
    if len(pieces) == 1:
        return {"type": "LineString", "coordinates": pieces[0]}
    return {"type": "MultiLineString", "coordinates": pieces}


def cut_at_antimeridian(line: Sequence[LatLon]) -> list[list[LatLon]]:
    """Cut a line where it jumps from 180° to -180°, with a point on the meridian at both sides.

    Examples:
        >>> [[fix.lon for fix in piece] for piece in cut_at_antimeridian([LatLon(0, 179), LatLon(0, -178)])]
        [[179, 180.0], [-180.0, -178]]
    """
    pieces: list[list[LatLon]] = [[line[0]]] if line else []
    for a, b in pairwise(line):
        if abs(b.lon - a.lon) > 180.0:
            side = 180.0 if a.lon > 0 else -180.0
            gap = 360.0 - abs(b.lon - a.lon)
            share = (180.0 - abs(a.lon)) / gap if gap else 0.0
            lat = a.lat + share * (b.lat - a.lat)
            pieces[-1].append(LatLon(lat, side))
            pieces.append([LatLon(lat, -side)])
        pieces[-1].append(b)
    return pieces
