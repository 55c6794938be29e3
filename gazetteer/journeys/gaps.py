"""Gaps in the source, and the links that close them.

The source breaks lines where a way was missing or simplified away: a hole of 0.4 km turned the
785 km from Hamhung to the north into a dead end. A link is added only from a dead end, and only

- over at most 0.15 km, in any direction: the source rounds positions to 0.1 km;
- over at most 1.5 km to any track that lies ahead, within 60° of the direction in which the end points;
- over at most 5 km to another dead end, if both point at each other within 45°;

and never where the way round on existing rails is already short (10 times the gap and 5 km more).
Every link keeps its origin, so all can be listed with their lengths.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gazetteer.journeys.snapping import Nearby, PieceIndex
from gazetteer.journeys.tracks import Origin, Tracks
from gazetteer.positions import LatLon

ROUNDING_KM: Final = 0.15
AHEAD_KM: Final = 1.5
AHEAD_DEG: Final = 60.0
FACING_KM: Final = 5.0
FACING_DEG: Final = 45.0


@dataclass(frozen=True, slots=True)
class Link:
    """A piece added to close a gap."""

    ends: tuple[LatLon, LatLon]
    length_km: float


@dataclass(frozen=True, slots=True)
class _Found:
    point: int
    piece: int
    fraction: float
    gap_km: float


def close_gaps(tracks: Tracks) -> Tracks:
    """Return the tracks with every link that the rule above allows."""
    found = _links_of(tracks)
    cut, points = tracks.cut([(link.piece, link.fraction) for link in found])
    pairs: dict[tuple[int, int], float] = {}
    for link, point in zip(found, points, strict=True):
        if link.point != point:
            pairs[min(link.point, point), max(link.point, point)] = link.gap_km
    return cut.joined([(a, b, km) for (a, b), km in pairs.items()], origin=Origin.LINK)


def links_in(tracks: Tracks) -> tuple[Link, ...]:
    """Return every added link, longest first."""
    added = np.flatnonzero(tracks.origin == Origin.LINK)
    order = added[np.argsort(-tracks.length_km[added], kind="stable")]
    return tuple(
        Link(
            (tracks.position(int(tracks.tail[piece])), tracks.position(int(tracks.head[piece]))),
            float(tracks.length_km[piece]),
        )
        for piece in order
    )


def _links_of(tracks: Tracks) -> list[_Found]:
    neighbours = _neighbours(tracks)
    ends = [point for point, row in neighbours.items() if len({near for near, _ in row}) == 1]
    headings = {end: _heading_deg(tracks, neighbours[end][0][0], end) for end in ends}
    index = PieceIndex(tracks)
    found: list[_Found] = []
    for end in sorted(ends):
        nearby = index.near(tracks.position(end), within_km=FACING_KM)
        link = _best_link(tracks, neighbours, headings, end, nearby)
        if link is not None:
            found.append(link)
    return found


def _best_link(
    tracks: Tracks,
    neighbours: dict[int, list[tuple[int, float]]],
    headings: dict[int, float],
    end: int,
    nearby: Nearby,
) -> _Found | None:
    own = None
    for piece, fraction, gap_km in zip(
        nearby.piece.tolist(), nearby.fraction.tolist(), nearby.distance_km.tolist(), strict=True
    ):
        tail, head = int(tracks.tail[piece]), int(tracks.head[piece])
        if end in (tail, head):
            continue
        far = None
        if fraction in (0.0, 1.0):
            far = tail if fraction == 0.0 else head
        towards = _bearing_deg((tracks.lat[end], tracks.lon[end]), tracks.between(piece, fraction))
        if not _allowed(headings, end, far, towards, gap_km):
            continue
        if own is None:
            own = _within_reach(neighbours, end, 10.0 * FACING_KM + 5.0)
        round_km = min(
            own.get(tail, math.inf) + fraction * tracks.length_km[piece],
            own.get(head, math.inf) + (1.0 - fraction) * tracks.length_km[piece],
        )
        if round_km > 10.0 * gap_km + 5.0:
            return _Found(end, piece, fraction, gap_km)
        if gap_km <= AHEAD_KM:
            # The nearest track ahead is joined already, a little further on: no gap here.
            return None
    return None


def _allowed(headings: dict[int, float], end: int, far: int | None, towards: float, gap_km: float) -> bool:
    if gap_km <= ROUNDING_KM:
        return True
    off = abs(math.remainder(towards - headings[end], 360.0))
    if gap_km <= AHEAD_KM:
        return off <= AHEAD_DEG
    if far not in headings:
        return False
    back = abs(math.remainder(towards + 180.0 - headings[far], 360.0))
    return off <= FACING_DEG and back <= FACING_DEG


def _within_reach(
    neighbours: dict[int, list[tuple[int, float]]], start: int, limit_km: float
) -> dict[int, float]:
    reached: dict[int, float] = {}
    queue = [(0.0, start)]
    while queue:
        km, point = heapq.heappop(queue)
        if point in reached:
            continue
        reached[point] = km
        for near, step_km in neighbours[point]:
            if near not in reached and km + step_km <= limit_km:
                heapq.heappush(queue, (km + step_km, near))
    return reached


def _neighbours(tracks: Tracks) -> dict[int, list[tuple[int, float]]]:
    neighbours: dict[int, list[tuple[int, float]]] = defaultdict(list)
    rows: Sequence[tuple[int, int, float]] = list(
        zip(tracks.tail.tolist(), tracks.head.tolist(), tracks.length_km.tolist(), strict=True)
    )
    for tail, head, km in rows:
        neighbours[tail].append((head, km))
        neighbours[head].append((tail, km))
    return neighbours


def _heading_deg(tracks: Tracks, before: int, end: int) -> float:
    return _bearing_deg((tracks.lat[before], tracks.lon[before]), (tracks.lat[end], tracks.lon[end]))


def _bearing_deg(origin: tuple[float, float], target: tuple[float, float]) -> float:
    east = math.remainder(target[1] - origin[1], 360.0) * math.cos(math.radians(origin[0]))
    return math.degrees(math.atan2(east, target[0] - origin[0]))
