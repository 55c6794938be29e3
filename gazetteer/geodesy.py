"""Distance and direction on the WGS84 ellipsoid, and the map's (rhumb) bearing beside them.

Source:
    Karney (2013), https://doi.org/10.1007/s00190-012-0578-z, by `geographiclib`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from geographiclib.geodesic import Geodesic

from gazetteer.errors import CoincidentPositionsError
from gazetteer.positions import LatLon

EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius, IUGG; for great-circle estimates only."""

_WGS84 = Geodesic.WGS84
_FIRST_ECCENTRICITY: Final = math.sqrt(_WGS84.f * (2.0 - _WGS84.f))


@lru_cache(maxsize=8192)
def geodesic_km(origin: LatLon, destination: LatLon) -> float:
    """Return the length of the shortest line on the ellipsoid, in kilometres.

    Examples:
        >>> round(geodesic_km(LatLon(39.0339, 125.7543), LatLon(43.1056, 131.8735)), 1)
        684.5
    """
    line = _WGS84.Inverse(*origin.latlon(), *destination.latlon(), Geodesic.DISTANCE)
    return float(line["s12"]) / 1000.0


def great_circle_km(origin: LatLon, destination: LatLon) -> float:
    """Return the distance on a sphere, in kilometres: fast, off by at most 0.56 %."""
    lat1, lat2 = math.radians(origin.lat), math.radians(destination.lat)
    half_lat, half_lon = (lat2 - lat1) / 2.0, math.radians(destination.lon - origin.lon) / 2.0
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2.0 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def initial_bearing_deg(origin: LatLon, destination: LatLon) -> float:
    """Return the direction in which the geodesic leaves `origin` for `destination`.

    Returns:
        Degrees clockwise from true north, in [0, 360).

    Raises:
        CoincidentPositionsError: If both are the same position.

    Examples:
        >>> initial_bearing_deg(LatLon(0, 0), LatLon(0, 10))
        90.0
    """
    _refuse_coincidence(origin, destination)
    line = _WGS84.Inverse(*origin.latlon(), *destination.latlon(), Geodesic.AZIMUTH)
    return _normalised_deg(float(line["azi1"]))


def rhumb_bearing_deg(origin: LatLon, destination: LatLon) -> float:
    """Return the constant bearing of the rhumb line: the direction as a Mercator map shows it.

    Returns:
        Degrees clockwise from true north, in [0, 360).

    Raises:
        CoincidentPositionsError: If both are the same position.

    Source:
        Isometric latitude, Snyder (1987), USGS PP 1395, eq. 7-7.

    Examples:
        >>> round(rhumb_bearing_deg(LatLon(39.0339, 125.7543), LatLon(43.1056, 131.8735)), 1)
        48.7
    """
    _refuse_coincidence(origin, destination)
    d_lon = math.remainder(destination.lon - origin.lon, 360.0)
    d_psi = _isometric_latitude(destination.lat) - _isometric_latitude(origin.lat)
    return _normalised_deg(math.degrees(math.atan2(math.radians(d_lon), d_psi)))


def destination(origin: LatLon, bearing_deg: float, distance_km: float) -> LatLon:
    """Return where the geodesic ends that leaves `origin` at `bearing_deg` and runs `distance_km`."""
    line = _WGS84.Direct(*origin.latlon(), bearing_deg, distance_km * 1000.0)
    return LatLon(float(line["lat2"]), math.remainder(float(line["lon2"]), 360.0))


def angle_between_deg(bearing_deg: float, other_deg: float) -> float:
    """Return the unsigned angle between two bearings, in [0, 180].

    Examples:
        >>> angle_between_deg(350.0, 10.0)
        20.0
    """
    return abs(math.remainder(bearing_deg - other_deg, 360.0))


def geodesic_points(origin: LatLon, end: LatLon, *, step_km: float = 100.0) -> tuple[LatLon, ...]:
    """Return positions along the geodesic, both ends included, at most `step_km` apart."""
    line = _WGS84.InverseLine(*origin.latlon(), *end.latlon())
    pieces = max(1, math.ceil(line.s13 / (step_km * 1000.0)))
    fixes = (line.Position(line.s13 * i / pieces) for i in range(1, pieces))
    between = (LatLon(fix["lat2"], math.remainder(fix["lon2"], 360.0)) for fix in fixes)
    return (origin, *between, end)


def _refuse_coincidence(origin: LatLon, destination: LatLon) -> None:
    if origin == destination:
        raise CoincidentPositionsError(f"no direction leads from {origin} to itself")


def _normalised_deg(angle_deg: float) -> float:
    return angle_deg % 360.0 % 360.0  # one % alone turns -1e-15 into 360.0


def _isometric_latitude(lat_deg: float) -> float:
    # The poles lie at infinity on a Mercator map; a hair short of them the bearing is exact enough.
    lat = math.radians(max(-89.999999, min(89.999999, lat_deg)))
    stretch = _FIRST_ECCENTRICITY * math.atanh(_FIRST_ECCENTRICITY * math.sin(lat))
    return math.asinh(math.tan(lat)) - stretch
