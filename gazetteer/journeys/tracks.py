"""Railway tracks as arrays: points, the straight pieces between them, and how to cut and join those.

A piece keeps the length it has on the ground, which is at least the geodesic between its ends: the
source draws lines simplified, so what is drawn is shorter than what is ridden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.journeys.incidence import Incidence, incident
from gazetteer.positions import LatLon

LONGEST_PIECE_KM: Final = 10.0
"""Longer pieces are cut, so that a position near one is near one of its ends. Official kilometres may
stretch a piece beyond it afterwards; as drawn it stays shorter."""

_FLATTENING: Final = 1.0 / 298.257223563
_EQUATOR_KM: Final = 6378.137

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


class Origin(IntEnum):
    """Where a piece of track comes from."""

    SOURCE = 0
    """The compiled source (OpenStreetMap)."""
    LINK = 1
    """Added here to close a gap in the source."""
    OWN = 2
    """Added by the user."""


@dataclass(frozen=True, eq=False)
class Tracks:
    """Points and pieces of track.

    `lat`, `lon`: shape (n,), degrees. `tail`, `head`: shape (m,), the points at both ends of a piece.
    `length_km`: shape (m,). `origin`: shape (m,), see `Origin`. `line`: shape (m,), the number of the
    official line whose kilometres the length is, or -1.
    """

    lat: Floats
    lon: Floats
    tail: Ints
    head: Ints
    length_km: Floats
    origin: npt.NDArray[np.uint8]
    line: npt.NDArray[np.int16]

    @classmethod
    def of(
        cls,
        lat: Floats,
        lon: Floats,
        tail: Ints,
        head: Ints,
        length_km: Floats,
        *,
        origin: Origin = Origin.SOURCE,
    ) -> Self:
        """Build tracks of one origin; lengths shorter than the geodesic are raised to it."""
        pieces = len(tail)
        drawn_km = ellipsoidal_km(lat[tail], lon[tail], lat[head], lon[head])
        return cls(
            lat=lat,
            lon=lon,
            tail=tail.astype(np.int32),
            head=head.astype(np.int32),
            length_km=np.maximum(length_km, drawn_km),
            origin=np.full(pieces, origin, dtype=np.uint8),
            line=np.full(pieces, -1, dtype=np.int16),
        )

    @cached_property
    def incidence(self) -> Incidence:
        """Which pieces meet at each point; shared by all who ask, as it is several megabytes."""
        return incident(self.tail, self.head, len(self.lat))

    def position(self, point: int) -> LatLon:
        """Return where a point lies."""
        return LatLon(float(self.lat[point]), float(self.lon[point]))

    def cut(self, cuts: Sequence[tuple[int, float]]) -> tuple[Tracks, list[int]]:
        """Cut pieces at fractions of their length.

        Args:
            cuts: Piece and fraction from its tail, in [0, 1]; a cut within 1 m of an end is that end.

        Returns:
            The new tracks, in which every old point keeps its number, and the point of each cut.
        """
        points = [-1] * len(cuts)
        by_piece: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for nth, (piece, fraction) in enumerate(cuts):
            along_km = fraction * self.length_km[piece]
            if along_km <= 0.001:
                points[nth] = int(self.tail[piece])
            elif self.length_km[piece] - along_km <= 0.001:
                points[nth] = int(self.head[piece])
            else:
                by_piece[piece].append((fraction, nth))
        new_lat: list[float] = []
        new_lon: list[float] = []
        parts: list[tuple[int, int, int, float]] = []
        for piece, fractions in by_piece.items():
            before, at = 0.0, int(self.tail[piece])
            for fraction, nth in sorted(fractions):
                if (fraction - before) * self.length_km[piece] > 0.001:
                    lat, lon = self.between(piece, fraction)
                    new_lat.append(lat)
                    new_lon.append(lon)
                    point = len(self.lat) + len(new_lat) - 1
                    parts.append((piece, at, point, fraction - before))
                    before, at = fraction, point
                points[nth] = at
            parts.append((piece, at, int(self.head[piece]), 1.0 - before))
        return self._with_parts(new_lat, new_lon, parts), points

    def between(self, piece: int, fraction: float) -> tuple[float, float]:
        """Return the latitude and longitude at a fraction of a piece, counted from its tail."""
        tail, head = self.tail[piece], self.head[piece]
        lat = self.lat[tail] + fraction * (self.lat[head] - self.lat[tail])
        step = np.remainder(self.lon[head] - self.lon[tail] + 180.0, 360.0) - 180.0
        lon = self.lon[tail] + fraction * step
        return float(lat), float(np.remainder(lon + 180.0, 360.0) - 180.0)

    def with_short_pieces(self) -> Tracks:
        """Return tracks in which no piece is longer than `LONGEST_PIECE_KM`, cut along the geodesic."""
        cuts = [
            (piece, nth / pieces)
            for piece in np.flatnonzero(self.length_km > LONGEST_PIECE_KM).tolist()
            for pieces in [int(np.ceil(self.length_km[piece] / LONGEST_PIECE_KM))]
            for nth in range(1, pieces)
        ]
        tracks, points = self.cut(cuts)
        if not cuts:
            return tracks
        pieces, fractions = np.array([piece for piece, _ in cuts]), np.array([part for _, part in cuts])
        lat, lon = _on_great_circle(self, pieces, fractions)
        tracks.lat[points], tracks.lon[points] = lat, lon
        return tracks.at_least_geodesic()

    def at_least_geodesic(self) -> Tracks:
        """Raise every length to the geodesic between the ends of its piece."""
        ends = self.lat[self.tail], self.lon[self.tail], self.lat[self.head], self.lon[self.head]
        return self.replaced(length_km=np.maximum(self.length_km, ellipsoidal_km(*ends)))

    def joined(self, links: Iterable[tuple[int, int, float]], *, origin: Origin) -> Tracks:
        """Add pieces between points that are there already: (tail, head, length in km)."""
        rows = list(links)
        if not rows:
            return self
        tail = np.array([row[0] for row in rows], dtype=np.int32)
        head = np.array([row[1] for row in rows], dtype=np.int32)
        added = Tracks.of(self.lat, self.lon, tail, head, np.array([row[2] for row in rows]), origin=origin)
        return self.replaced(
            tail=np.concatenate([self.tail, added.tail]),
            head=np.concatenate([self.head, added.head]),
            length_km=np.concatenate([self.length_km, added.length_km]),
            origin=np.concatenate([self.origin, added.origin]),
            line=np.concatenate([self.line, added.line]),
        )

    def with_points(self, lat: Sequence[float], lon: Sequence[float]) -> tuple[Tracks, list[int]]:
        """Add loose points; returns the new tracks and the points' numbers."""
        first = len(self.lat)
        grown = self.replaced(lat=np.append(self.lat, lat), lon=np.append(self.lon, lon))
        return grown, list(range(first, first + len(lat)))

    def replaced(self, **arrays: npt.NDArray[np.generic]) -> Tracks:
        """Return tracks with some arrays exchanged."""
        fields = {name: arrays.get(name, getattr(self, name)) for name in self.__dataclass_fields__}
        return Tracks(**fields)

    def _with_parts(
        self, lat: list[float], lon: list[float], parts: list[tuple[int, int, int, float]]
    ) -> Tracks:
        if not parts:
            return self
        old = np.array([part[0] for part in parts], dtype=np.int64)
        kept = np.ones(len(self.tail), dtype=bool)
        kept[old] = False
        share = np.array([part[3] for part in parts])
        return Tracks(
            lat=np.append(self.lat, lat),
            lon=np.append(self.lon, lon),
            tail=np.append(self.tail[kept], np.array([part[1] for part in parts], dtype=np.int32)),
            head=np.append(self.head[kept], np.array([part[2] for part in parts], dtype=np.int32)),
            length_km=np.append(self.length_km[kept], self.length_km[old] * share),
            origin=np.append(self.origin[kept], self.origin[old]),
            line=np.append(self.line[kept], self.line[old]),
        )


def ellipsoidal_km(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Return the lengths of geodesics, within 1 m per 100 km for what is drawn as one piece.

    Source:
        Lambert's formula for long lines (1942), by reduced latitudes; vectorised, which
        `geographiclib` is not.
    """
    beta1 = np.arctan((1.0 - _FLATTENING) * np.tan(np.radians(lat1)))
    beta2 = np.arctan((1.0 - _FLATTENING) * np.tan(np.radians(lat2)))
    d_lon = np.radians(lon2 - lon1)
    chord = np.sin((beta2 - beta1) / 2) ** 2 + np.cos(beta1) * np.cos(beta2) * np.sin(d_lon / 2) ** 2
    sigma = 2.0 * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    p, q = (beta1 + beta2) / 2.0, (beta2 - beta1) / 2.0
    small = sigma < 1e-9
    safe = np.where(small, 1.0, sigma)
    x = (safe - np.sin(safe)) * np.sin(p) ** 2 * np.cos(q) ** 2 / np.cos(safe / 2) ** 2
    y = (safe + np.sin(safe)) * np.cos(p) ** 2 * np.sin(q) ** 2 / np.sin(safe / 2) ** 2
    corrected = safe - _FLATTENING / 2.0 * (x + y)
    return np.asarray(np.where(small, _EQUATOR_KM * sigma, _EQUATOR_KM * corrected))


def _on_great_circle(tracks: Tracks, pieces: Ints, fractions: Floats) -> tuple[Floats, Floats]:
    tail, head = _unit(tracks, tracks.tail[pieces]), _unit(tracks, tracks.head[pieces])
    angle = np.arccos(np.clip((tail * head).sum(axis=1), -1.0, 1.0))[:, None]
    part = fractions[:, None]
    flat = np.sin(angle) < 1e-9
    with np.errstate(divide="ignore", invalid="ignore"):
        arc = (np.sin((1 - part) * angle) * tail + np.sin(part * angle) * head) / np.sin(angle)
    at = np.where(flat, tail + part * (head - tail), arc)
    return np.degrees(np.arcsin(np.clip(at[:, 2], -1, 1))), np.degrees(np.arctan2(at[:, 1], at[:, 0]))


def _unit(tracks: Tracks, points: Ints) -> Floats:
    return unit_vectors(tracks.lat[points], tracks.lon[points])


def unit_vectors(lat: Floats, lon: Floats) -> Floats:
    """Return positions as vectors of length 1, shape (n, 3)."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


def chord_of(distance_km: float) -> float:
    """Return the straight distance between unit vectors that lie `distance_km` apart on the ground."""
    return 2.0 * float(np.sin(min(np.pi, distance_km / EARTH_RADIUS_KM) / 2.0))
