"""The cheapest way along the rails from one rail point to another.

Dijkstra's algorithm by scipy, stopped at a limit that grows until the goal is inside: a look at one
region instead of the whole network. Measured against rustworkx, igraph and networkx it was as fast or
faster at a fraction of the memory; see `benchmarks/routing.py`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from gazetteer.journeys.incidence import incident
from gazetteer.journeys.tracks import Floats, Ints, Tracks


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
        """Return the cheapest way from one rail point to another, or None if none leads there."""
        reach = self.reach(((origin, 0.0),), (goal,), about_km=about_km)
        return reach.path(goal)[1] if np.isfinite(reach.cost_km(goal)) else None

    def reach(
        self, origins: Sequence[tuple[RailPoint, float]], goals: Sequence[RailPoint], *, about_km: float
    ) -> Reach:
        """Search from several rail points at once until a goal is found, or all has been seen.

        Args:
            origins: Rail points to start from, each with what it costs to be there.
            goals: Rail points to reach; the search ends well behind the nearest of them.
            about_km: The geodesic in between: the search looks that far first.
        """
        head_start = min(cost for _, cost in origins)
        for limit in (1.4 * about_km + 60.0, 2.5 * about_km + 800.0, math.inf):
            reach = Reach(self, tuple(origins), *self._dijkstra(origins, head_start + limit))
            if limit == math.inf or min(map(reach.cost_km, goals)) + 25.0 <= head_start + limit:
                break
        return reach

    @cached_property
    def _rows(self) -> tuple[Ints, Ints, Floats, Ints]:
        tracks = self.tracks
        is_open = np.isfinite(self.cost_km)
        if is_open.all():
            starts, piece, beyond = tracks.incidence
        else:
            opened = np.flatnonzero(is_open).astype(np.int32)
            starts, nth, beyond = incident(tracks.tail[opened], tracks.head[opened], len(tracks.lat))
            piece = opened[nth]
        return starts, beyond, self.cost_km[piece], piece

    def _dijkstra(
        self, origins: Sequence[tuple[RailPoint, float]], limit: float
    ) -> tuple[Floats, npt.NDArray[np.int32]]:
        indptr, indices, data, _ = self._rows
        size = len(self.tracks.lat)
        starts = [
            (end, cost + share * self.cost_km[point.piece])
            for point, cost in origins
            for end, share in (
                (self.tracks.tail[point.piece], point.fraction),
                (self.tracks.head[point.piece], 1.0 - point.fraction),
            )
        ]
        # One more row leads to the origins: a copy costs a millisecond and keeps the rows shareable.
        graph = csr_array(
            (
                np.append(data, [max(1e-9, cost) for _, cost in starts]),
                np.append(indices, [end for end, _ in starts]).astype(np.int32),
                np.append(indptr, indptr[-1] + len(starts)).astype(np.int32),
            ),
            shape=(size + 1, size + 1),
        )
        cost, before = dijkstra(graph, directed=True, indices=size, return_predecessors=True, limit=limit)
        return cost, before

    def pieces_between(
        self, ends: npt.NDArray[np.int64], others: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Return for each pair of neighbouring points the cheapest piece between them."""
        indptr, indices, data, piece = self._rows
        found = np.full(len(ends), -1, dtype=np.int64)
        least = np.full(len(ends), math.inf)
        starts, stops = indptr[ends], indptr[ends + 1]
        for nth in range(int((stops - starts).max(initial=0))):
            entry = np.minimum(starts + nth, stops - 1)
            better = (starts + nth < stops) & (indices[entry] == others) & (data[entry] < least)
            found[better], least[better] = piece[entry[better]], data[entry[better]]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What a search has seen from its origins.

    `cost`, `before`: shape (n + 1,), for each track point what it costs and the point before it; the
    last row stands for the origins.
    """

    graph: CostedTracks
    origins: tuple[tuple[RailPoint, float], ...]
    cost: Floats
    before: npt.NDArray[np.int32]

    def cost_km(self, goal: RailPoint) -> float:
        """Return what the cheapest way to a rail point costs; infinite if it was not reached."""
        along = self._along_one_piece(goal)
        return min(self._by_end(goal)[1], along[1] if along else math.inf)

    def path(self, goal: RailPoint) -> tuple[int, Path]:
        """Return the number of the origin, and the cheapest way from it to a rail point reached."""
        last, cost = self._by_end(goal)
        along = self._along_one_piece(goal)
        if along is not None and along[1] <= cost:
            nth, _ = along
            share = abs(goal.fraction - self.origins[nth][0].fraction)
            whole = float(self.graph.cost_km[goal.piece])
            return nth, Path((), np.array([goal.piece], dtype=np.int64), np.array([share]), share * whole)
        return self._traced(goal, last, cost)

    def _by_end(self, goal: RailPoint) -> tuple[int, float]:
        tracks, piece_km = self.graph.tracks, float(self.graph.cost_km[goal.piece])
        tail, head = int(tracks.tail[goal.piece]), int(tracks.head[goal.piece])
        by_tail = float(self.cost[tail]) + goal.fraction * piece_km
        by_head = float(self.cost[head]) + (1.0 - goal.fraction) * piece_km
        return (tail, by_tail) if by_tail <= by_head else (head, by_head)

    def _along_one_piece(self, goal: RailPoint) -> tuple[int, float] | None:
        piece_km = float(self.graph.cost_km[goal.piece])
        ways = [
            (cost + abs(goal.fraction - origin.fraction) * piece_km, nth)
            for nth, (origin, cost) in enumerate(self.origins)
            if origin.piece == goal.piece
        ]
        return (min(ways)[1], min(ways)[0]) if ways else None

    def _traced(self, goal: RailPoint, last: int, cost: float) -> tuple[int, Path]:
        tracks = self.graph.tracks
        points = [last]
        while (previous := int(self.before[points[-1]])) != len(tracks.lat):
            points.append(previous)
        points.reverse()
        nth, first_share = self._origin_of(points[0])
        origin, start_cost = self.origins[nth]
        way = np.array(points, dtype=np.int64)
        inner = self.graph.pieces_between(way[:-1], way[1:])
        last_share = goal.fraction if last == tracks.tail[goal.piece] else 1.0 - goal.fraction
        pieces = np.concatenate([[origin.piece], inner, [goal.piece]]).astype(np.int64)
        shares = np.concatenate([[first_share], np.ones(len(inner)), [last_share]])
        return nth, Path(tuple(points), pieces, shares, cost - start_cost)

    def _origin_of(self, first: int) -> tuple[int, float]:
        tracks = self.graph.tracks
        ways = [
            (cost + share * self.graph.cost_km[origin.piece], nth, share)
            for nth, (origin, cost) in enumerate(self.origins)
            for end, share in (
                (tracks.tail[origin.piece], origin.fraction),
                (tracks.head[origin.piece], 1.0 - origin.fraction),
            )
            if end == first
        ]
        _, nth, share = min(ways)
        return nth, share
