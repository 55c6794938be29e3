"""Which piece of track is nearest to a position, measured in kilometres on the ground.

Degrees mislead: at 60° N a degree of longitude is half one of latitude, and a search in plain degrees
chose a farther piece for every third position tried.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.journeys.tracks import LONGEST_PIECE_KM, Floats, Ints, Tracks, chord_of, unit_vectors
from gazetteer.positions import LatLon

_KM_PER_DEG = math.radians(EARTH_RADIUS_KM)


@dataclass(frozen=True, slots=True)
class Nearby:
    """Pieces of track near a position, nearest first.

    `piece`, `fraction` (from its tail, in [0, 1]) and `distance_km`: shape (k,).
    """

    piece: npt.NDArray[np.int64]
    fraction: Floats
    distance_km: Floats


class PieceIndex:
    """Finds the pieces of track near a position.

    No piece of the tracks may be longer than `LONGEST_PIECE_KM`.
    """

    def __init__(self, tracks: Tracks) -> None:
        self.tracks = tracks

    @cached_property
    def _by_latitude(self) -> tuple[Ints, Floats]:
        """The points from south to north, and their latitudes.

        A belt of them is looked through in 0.3 ms; a k-d tree needs 0.1 ms, but first 0.15 s to be
        loaded and grown, and 15 MB: as much as a thousand questions.
        """
        order = np.argsort(self.tracks.lat, kind="stable").astype(np.int32)
        return order, self.tracks.lat[order]

    def near(self, position: LatLon, *, within_km: float) -> Nearby:
        """Return every piece within a distance, nearest first."""
        points, chord = self._belt(position, within_km + LONGEST_PIECE_KM / 2.0)
        points = points[chord <= chord_of(within_km + LONGEST_PIECE_KM / 2.0)]
        return self._measured(position, self.pieces_at(points), within_km)

    def nearest_point(self, position: LatLon) -> int:
        """Return the track point nearest to a position."""
        for within_km in (30.0, 1_000.0, 30_000.0):
            points, chord = self._belt(position, within_km)
            if len(points) and chord.min() <= chord_of(within_km):
                break
        return int(points[chord.argmin()])

    def _belt(self, position: LatLon, within_km: float) -> tuple[Ints, Floats]:
        """Return the points in a belt of latitude around a position, and their chords from it."""
        order, lat = self._by_latitude
        # A hair more than a sphere's degree, so that rounding loses no point on the rim.
        half_deg = within_km / _KM_PER_DEG * 1.000_001 + 1e-9
        south, north = np.searchsorted(lat, [position.lat - half_deg, position.lat + half_deg])
        points = order[south:north]
        at = unit_vectors(np.array(position.lat), np.array(position.lon))
        away = unit_vectors(self.tracks.lat[points], self.tracks.lon[points]) - at
        return points, np.sqrt((away**2).sum(axis=1))

    def pieces_at(self, points: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Return the pieces that end at any of the points, each once."""
        starts, pieces, _ = self.tracks.incidence
        ranges = [pieces[starts[point] : starts[point + 1]] for point in points]
        return np.unique(np.concatenate(ranges)).astype(np.int64) if ranges else np.empty(0, dtype=np.int64)

    def _measured(self, position: LatLon, pieces: npt.NDArray[np.int64], within_km: float) -> Nearby:
        tail_x, tail_y = self._plane(position, self.tracks.tail[pieces])
        head_x, head_y = self._plane(position, self.tracks.head[pieces])
        step_x, step_y = head_x - tail_x, head_y - tail_y
        squared = step_x**2 + step_y**2
        onto = -(tail_x * step_x + tail_y * step_y)
        fraction = np.clip(np.divide(onto, squared, out=np.zeros_like(onto), where=squared > 0), 0.0, 1.0)
        distance_km = np.hypot(tail_x + fraction * step_x, tail_y + fraction * step_y)
        order = np.lexsort((pieces, distance_km))
        order = order[distance_km[order] <= within_km]
        return Nearby(pieces[order], fraction[order], distance_km[order])

    def _plane(self, origin: LatLon, points: Ints) -> tuple[Floats, Floats]:
        d_lon = np.remainder(self.tracks.lon[points] - origin.lon + 180.0, 360.0) - 180.0
        return (
            d_lon * _KM_PER_DEG * math.cos(math.radians(origin.lat)),
            (self.tracks.lat[points] - origin.lat) * _KM_PER_DEG,
        )
