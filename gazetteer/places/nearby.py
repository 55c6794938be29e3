"""The towns nearest to a position, asked for many positions at once while the gazetteer is built."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from gazetteer.geodesy import EARTH_RADIUS_KM, great_circle_km
from gazetteer.places.names import folded
from gazetteer.places.rows import PlaceRow
from gazetteer.positions import LatLon

FAR_KM: Final = 150.0
"""Distance from which the nearest town says nothing about the country a place lies in."""


class Neighbours:
    """The towns of the world as points on a sphere, grown into a tree once."""

    def __init__(self, towns: Sequence[PlaceRow]) -> None:
        """Grow the tree."""
        # Only building needs SciPy's trees; every other start would wait a quarter of a second for them.
        from scipy.spatial import cKDTree  # noqa: PLC0415

        self._towns: Final = towns
        self._tree: Final = cKDTree(_points([town.position.latlon() for town in towns]))
        self._called: Final[dict[str, list[PlaceRow]]] = defaultdict(list)
        for town in towns:
            for name in {folded(town.name), folded(town.name_en)}:
                self._called[name].append(town)

    def nearest(self, latlons_deg: Sequence[tuple[float, float]]) -> list[tuple[PlaceRow | None, float]]:
        """Return for each position the nearest town and its distance in km; None beyond `FAR_KM`."""
        if not latlons_deg:
            return []
        chords, numbers = self._tree.query(_points(latlons_deg))
        return [
            (self._towns[number], away_km) if (away_km := _arc_km(chord)) <= FAR_KM else (None, away_km)
            for chord, number in zip(chords.tolist(), numbers.tolist(), strict=True)
        ]

    def called(self, name: str, position: LatLon, within_km: float) -> PlaceRow | None:
        """Return the largest town of a name, however spelled, near a position; None if there is none."""
        near = [
            town
            for town in self._called.get(folded(name), ())
            if great_circle_km(town.position, position) <= within_km
        ]
        return max(near, key=lambda town: town.population, default=None)

    def locate(self, rows: Iterable[PlaceRow]) -> None:
        """Tell rows that do not know it which country and first-level unit they lie in."""
        lost = [row for row in rows if not row.country or not row.admin1]
        found = self.nearest([row.position.latlon() for row in lost])
        for row, (town, _away_km) in zip(lost, found, strict=True):
            if town is not None and row.country in {"", town.country}:
                row.country, row.admin1 = town.country, town.admin1


def _points(latlons_deg: Sequence[tuple[float, float]]) -> np.ndarray[Any, Any]:
    lat, lon = np.radians(np.array(latlons_deg)).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _arc_km(chord: float) -> float:
    return 2.0 * EARTH_RADIUS_KM * math.asin(min(1.0, chord / 2.0))
