"""The cheapest way along the rails from one rail point to another.

Dijkstra's algorithm by scipy, stopped at a limit that grows until the goal is inside: a look at one
region instead of the whole network. Measured against rustworkx, igraph and networkx it was as fast or
faster at a fraction of the memory; see `benchmarks/routing.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from gazetteer.journeys.tracks import Floats, Tracks


@dataclass(frozen=True, slots=True, order=True)
class RailPoint:
    """A point on the rails: a piece of track, and the fraction from its tail, in [0, 1]."""

    piece: int
    fraction: float


@dataclass(frozen=True, slots=True)
class Path:
    """A way between two rail points.

    `points`: the track points passed, in order, without the two rail points themselves.
    `pieces`: the pieces ridden; the first and the last only in part, by `shares` in [0, 1].
    """

    points: tuple[int, ...]
    pieces: npt.NDArray[np.int64]
    shares: Floats
    cost_km: float

    def reversed(self) -> Path:
        """Return the same way, ridden back."""
        return Path(self.points[::-1], self.pieces[::-1], self.shares[::-1], self.cost_km)


class CostedTracks:
    """Tracks with a cost for each piece; an infinite cost closes a piece.

    Args:
        tracks: The tracks.
        cost_km: Shape (m,): what riding a whole piece costs, in kilometres.
    """

    def __init__(self, tracks: Tracks, cost_km: Floats) -> None:
        self.tracks = tracks
        self.cost_km = np.maximum(cost_km, 1e-6)
        self._open = np.flatnonzero(np.isfinite(cost_km))

    @cached_property
    def part(self) -> npt.NDArray[np.int32]:
        """The connected part of the open tracks in which each point lies, shape (n,)."""
        indptr, indices, data, _ = self._rows
        size = len(self.tracks.lat)
        # Seen as directed: the rows hold both directions, so strong parts are the parts.
        _, part = connected_components(csr_array((data, indices, indptr), shape=(size, size)), directed=False)
        return np.asarray(part, dtype=np.int32)

    def is_open(self, piece: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Tell for each piece whether it may be ridden."""
        return np.isfinite(self.cost_km[piece])

    def piece_at(self, point: int) -> int:
        """Return one open piece that ends at the point."""
        indptr, _, _, piece = self._rows
        return int(piece[indptr[point]])

    def path(self, origin: RailPoint, goal: RailPoint, *, about_km: float) -> Path | None:
        """Return the cheapest way, or None if none leads there.

        Args:
            origin: Where it starts.
            goal: Where it ends.
            about_km: The geodesic between both: the search looks that far first.
        """
        along = self._along_one_piece(origin, goal)
        tail, head = int(self.tracks.tail[goal.piece]), int(self.tracks.head[goal.piece])
        rest = self.cost_km[goal.piece] * np.array([goal.fraction, 1.0 - goal.fraction])
        limits = (1.4 * about_km + 60.0, 2.5 * about_km + 800.0, math.inf)
        for limit in limits:
            cost, before = self._reach(origin, limit)
            ends = cost[[tail, head]] + rest
            best = min(float(ends.min()), along.cost_km if along else math.inf)
            if best <= limit < math.inf or (limit == math.inf and best < math.inf):
                if along is not None and along.cost_km <= float(ends.min()):
                    return along
                last = tail if ends[0] <= ends[1] else head
                return self._traced(origin, goal, last, before, float(ends.min()))
        return None

    @cached_property
    def _rows(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats, npt.NDArray[np.int64]]:
        tail, head = self.tracks.tail[self._open], self.tracks.head[self._open]
        ends, others = np.concatenate([tail, head]), np.concatenate([head, tail])
        order = np.argsort(ends, kind="stable")
        piece = self._open[order % max(1, len(tail))]
        counts = np.bincount(ends, minlength=len(self.tracks.lat))
        indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return indptr, others[order].astype(np.int32), self.cost_km[piece], piece

    def _reach(self, origin: RailPoint, limit: float) -> tuple[Floats, npt.NDArray[np.int32]]:
        indptr, indices, data, _ = self._rows
        size = len(self.tracks.lat)
        ends = np.array([self.tracks.tail[origin.piece], self.tracks.head[origin.piece]], dtype=np.int32)
        cost = self.cost_km[origin.piece]
        # One more row is the rail point itself: a copy costs a millisecond and keeps the rows shareable.
        graph = csr_array(
            (
                np.append(data, np.maximum(1e-9, [cost * origin.fraction, cost * (1.0 - origin.fraction)])),
                np.append(indices, ends),
                np.append(indptr, indptr[-1] + 2).astype(np.int32),
            ),
            shape=(size + 1, size + 1),
        )
        reached, before = dijkstra(graph, directed=True, indices=size, return_predecessors=True, limit=limit)
        return reached, before

    def _along_one_piece(self, origin: RailPoint, goal: RailPoint) -> Path | None:
        if origin.piece != goal.piece:
            return None
        share = abs(goal.fraction - origin.fraction)
        cost = share * float(self.cost_km[origin.piece])
        return Path((), np.array([origin.piece], dtype=np.int64), np.array([share]), cost)

    def _traced(
        self, origin: RailPoint, goal: RailPoint, last: int, before: npt.NDArray[np.int32], cost_km: float
    ) -> Path:
        points = [last]
        while (previous := int(before[points[-1]])) != len(self.tracks.lat):
            points.append(previous)
        points.reverse()
        way = np.array(points, dtype=np.int64)
        inner = self._pieces_between(way[:-1], way[1:])
        first_share = (
            origin.fraction if points[0] == self.tracks.tail[origin.piece] else 1.0 - origin.fraction
        )
        last_share = goal.fraction if last == self.tracks.tail[goal.piece] else 1.0 - goal.fraction
        pieces = np.concatenate([[origin.piece], inner, [goal.piece]]).astype(np.int64)
        shares = np.concatenate([[first_share], np.ones(len(inner)), [last_share]])
        return Path(tuple(points), pieces, shares, cost_km)

    def _pieces_between(
        self, ends: npt.NDArray[np.int64], others: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        indptr, indices, data, piece = self._rows
        found = np.full(len(ends), -1, dtype=np.int64)
        least = np.full(len(ends), math.inf)
        starts, stops = indptr[ends], indptr[ends + 1]
        for nth in range(int((stops - starts).max(initial=0))):
            entry = np.minimum(starts + nth, stops - 1)
            better = (starts + nth < stops) & (indices[entry] == others) & (data[entry] < least)
            found[better], least[better] = piece[entry[better]], data[entry[better]]
        return found
