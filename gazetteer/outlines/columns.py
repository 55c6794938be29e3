"""Segments of line sorted into columns of longitude, so that a ray to the pole meets few of them."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

_COLUMNS_PER_DEGREE: Final = 10
_COUNT: Final = 360 * _COLUMNS_PER_DEGREE

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Columns:
    """Which segments pass through which tenth of a degree of longitude."""

    def __init__(self, lon: Floats, lat: Floats, segments: Ints) -> None:
        """Take the vertices and the index of the first vertex of each segment."""
        self._lon, self._lat = lon, lat
        ends = _column_of(np.stack([lon[segments], lon[segments + 1]]))
        first, widths = ends.min(axis=0), np.abs(ends[1] - ends[0]) + 1
        steps = np.arange(int(widths.sum())) - np.repeat(np.cumsum(widths) - widths, widths)
        columns = np.repeat(first, widths) + steps
        order = np.argsort(columns, kind="stable")
        self._segments = np.repeat(segments, widths)[order]
        self._starts = np.searchsorted(columns[order], np.arange(_COUNT + 1))

    def crossings(self, lat: Floats, lon: Floats) -> tuple[Ints, Ints]:
        """Return (number of the position, segment) for each segment due north of each position.

        Args:
            lat: Shape (n,), degrees.
            lon: Shape (n,), degrees.
        """
        columns = _column_of(lon)
        order = np.argsort(columns, kind="stable")
        bounds = np.flatnonzero(np.diff(columns[order], prepend=-1))
        found = [
            self._crossed(lat, lon, at, int(columns[at[0]])) for at in np.split(order, bounds[1:]) if len(at)
        ]
        if not found:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        return np.concatenate([numbers for numbers, _ in found]), np.concatenate([hit for _, hit in found])

    def _crossed(self, lat: Floats, lon: Floats, at: Ints, column: int) -> tuple[Ints, Ints]:
        segments = self._segments[self._starts[column] : self._starts[column + 1]]
        lon0, lon1 = self._lon[segments], self._lon[segments + 1]
        lat0, lat1 = self._lat[segments], self._lat[segments + 1]
        east = lon[at, None]
        position, hit = np.nonzero((lon0 > east) != (lon1 > east))
        share = (lon[at][position] - lon0[hit]) / (lon1 - lon0)[hit]
        north = lat0[hit] + share * (lat1 - lat0)[hit] > lat[at][position]
        return at[position[north]], segments[hit[north]]


def _column_of(lon: Floats) -> Ints:
    return np.clip(np.floor((lon + 180.0) * _COLUMNS_PER_DEGREE), 0, _COUNT - 1).astype(np.int64)
