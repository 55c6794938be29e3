"""A border or coast as pieces of line, and the point of it that is nearest to a position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.positions import LatLon

_PIECE: Final = 64  # segments that share one bounding ball: 7,000 balls for the world's coasts
_BLOCK: Final = 256 * _PIECE

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
    """Segments in pieces, each with a ball around it, so that most need no look."""

    segments: Ints
    """Index of the first vertex of each segment."""
    centres: Floats
    """Shape (n, 3): middle of each piece on the unit sphere."""
    radii: Floats
    """Shape (n,): of the ball around each piece, in earth radii."""

    @classmethod
    def of(cls, segments: Ints, lon: Floats, lat: Floats) -> Line:
        """Cut segments, named by their first vertices, into pieces."""
        if not len(segments):
            return cls(segments, np.zeros((0, 3)), np.zeros(0))
        # In blocks: all the world's coasts at once would take 60 MB for a moment.
        blocks = [_balls(segments[at : at + _BLOCK], lon, lat) for at in range(0, len(segments), _BLOCK)]
        return cls(
            segments,
            np.concatenate([centres for centres, _ in blocks]),
            np.concatenate([radii for _, radii in blocks]),
        )

    def nearest(self, position: LatLon, lon: Floats, lat: Floats) -> LatLon | None:
        """Return the nearest point; segments are so short that their chord serves for the arc."""
        eye = _unit(np.array([position.lon]), np.array([position.lat]), np.array([0]))[0]
        away = np.linalg.norm(self.centres - eye, axis=1)
        near = np.flatnonzero(away - self.radii <= (away + self.radii).min())
        chosen = np.concatenate([self.segments[i * _PIECE : (i + 1) * _PIECE] for i in near])
        a, b = _unit(lon, lat, chosen), _unit(lon, lat, chosen + 1)
        along = b - a
        length2 = np.maximum((along**2).sum(axis=1), 1e-30)
        share = np.clip(((eye - a) * along).sum(axis=1) / length2, 0.0, 1.0)
        feet = a + share[:, None] * along
        x, y, z = feet[int(((feet - eye) ** 2).sum(axis=1).argmin())]
        return LatLon(float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x))))


def _balls(segments: Ints, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return centre and radius of a ball around each piece of the segments."""
    starts = np.arange(0, len(segments), _PIECE)
    counts = np.diff(np.append(starts, len(segments)))
    a, b = _unit(lon, lat, segments), _unit(lon, lat, segments + 1)
    centres = (np.add.reduceat(a, starts) + np.add.reduceat(b, starts)) / (2 * counts[:, None])
    around = np.repeat(centres, counts, axis=0)
    reach = np.maximum(np.linalg.norm(a - around, axis=1), np.linalg.norm(b - around, axis=1))
    return centres, np.maximum.reduceat(reach, starts)


def _unit(lon: Floats, lat: Floats, at: Ints) -> Floats:
    lam, phi = np.radians(lon[at]), np.radians(lat[at])
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
