"""Positions on the WGS84 ellipsoid: the only shape in which a coordinate crosses a module border."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

from gazetteer.errors import PositionError


@dataclass(frozen=True, slots=True, order=True)
class LatLon:
    """A position in degrees: `lat` in [-90, 90], `lon` in [-180, 180]."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse what lies off the globe.

        Raises:
            PositionError: If a coordinate is not finite or out of range.
        """
        if not (math.isfinite(self.lat) and -90.0 <= self.lat <= 90.0):
            swapped = " (lat and lon swapped?)" if 90 < abs(self.lat) <= 180 >= abs(self.lon) else ""
            raise PositionError(f"lat must be in [-90, 90], got {self.lat}{swapped}")
        if not (math.isfinite(self.lon) and -180.0 <= self.lon <= 180.0):
            raise PositionError(f"lon must be in [-180, 180], got {self.lon}")

    @classmethod
    def from_lonlat(cls, lonlat: tuple[float, float]) -> Self:
        """Build from the (lon, lat) order of GeoJSON and Shapely."""
        lon, lat = lonlat
        return cls(lat, lon)

    def latlon(self) -> tuple[float, float]:
        """Return (lat, lon), the order of geopy and Folium."""
        return self.lat, self.lon

    def lonlat(self) -> tuple[float, float]:
        """Return (lon, lat), the order of GeoJSON and Shapely."""
        return self.lon, self.lat
