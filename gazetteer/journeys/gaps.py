"""Gaps in the source, and the links that close them.

The source breaks lines where a way was missing or simplified away: a hole of 0.4 km turned the
785 km from Hamhung to the north into a dead end. A link is added only from a dead end, and only

- over at most 0.15 km, in any direction: the source rounds positions to 0.1 km;
- over at most 1.5 km to any track that lies ahead, within 60° of the direction in which the end points;
- over at most 5 km to another dead end, if both point at each other within 45°;
- over at most 13 km to another dead end, if both point at each other within 25° and the way round is
  at least 20 times the gap and 50 km more: the long bridges and tunnels that the source lacks;

never over more than 1.5 km across a national border, where it might be a ferry or a closed line,
and never where the way round on existing rails is already short (10 times the gap and 5 km more).
Gaps that these rules leave open are rows of `data/joins.csv`, each with its reason. Every link keeps
its origin, so all can be listed with their lengths.
"""

from __future__ import annotations

import csv
import heapq
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.errors import DataFileError
from gazetteer.geodesy import geodesic_km
from gazetteer.journeys.snapping import Nearby, PieceIndex
from gazetteer.journeys.tracks import Origin, Tracks
from gazetteer.positions import LatLon

ROUNDING_KM: Final = 0.15
AHEAD_KM: Final = 1.5
AHEAD_DEG: Final = 60.0
FACING_KM: Final = 5.0
FACING_DEG: Final = 45.0
CROSSING_KM: Final = 13.0
CROSSING_DEG: Final = 25.0
BESIDE_KM: Final = 0.8
FAR_ROUND_KM: Final = 120.0
JOINS_FILE: Final = Path(__file__).parent / "data" / "joins.csv"
JOIN_TO_TRACK_KM: Final = 3.0


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


def close_gaps(tracks: Tracks, country: npt.NDArray[np.uint8] | None = None) -> Tracks:
    """Return the tracks with every link that the rules above allow.

    Args:
        tracks: The tracks.
        country: Shape (n,): the country of each point; all in one without it.
    """
    found = _links_of(tracks, np.zeros(len(tracks.lat), dtype=np.uint8) if country is None else country)
    cut, points = tracks.cut([(link.piece, link.fraction) for link in found])
    pairs: dict[tuple[int, int], float] = {}
    for link, point in zip(found, points, strict=True):
        if link.point != point:
            pairs[min(link.point, point), max(link.point, point)] = link.gap_km
    return cut.joined([(a, b, km) for (a, b), km in pairs.items()], origin=Origin.LINK)


def join_known_gaps(tracks: Tracks, joins_file: Path = JOINS_FILE) -> Tracks:
    """Return the tracks with the gaps closed that a table lists.

    Raises:
        DataFileError: If rows are malformed or an end lies off every track; the message names all.
    """
    faults: list[str] = []
    index = PieceIndex(tracks)
    cuts: list[tuple[int, float]] = []
    lengths_km: list[float] = []
    with joins_file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            try:
                ends = [LatLon(float(row[f"lat{n}"]), float(row[f"lon{n}"])) for n in (1, 2)]
                length_km = float(row["km"] or geodesic_km(*ends))
            except (KeyError, TypeError, ValueError) as error:
                faults.append(f"{joins_file}:{reader.line_num}: {error!r}")
                continue
            near = [index.near(end, within_km=JOIN_TO_TRACK_KM) for end in ends]
            if all(len(found.piece) for found in near):
                cuts.extend((int(found.piece[0]), float(found.fraction[0])) for found in near)
                lengths_km.append(length_km)
            else:
                faults.append(f"{joins_file}:{reader.line_num}: an end lies off every track")
    if faults:
        raise DataFileError("\n".join(faults))
    tracks, points = tracks.cut(cuts)
    links = [(a, b, km) for a, b, km in zip(points[::2], points[1::2], lengths_km, strict=True) if a != b]
    return tracks.joined(links, origin=Origin.LINK).with_short_pieces()


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


def _links_of(tracks: Tracks, country: npt.NDArray[np.uint8]) -> list[_Found]:
    neighbours = _neighbours(tracks)
    ends = [point for point, row in neighbours.items() if len({near for near, _ in row}) == 1]
    headings = {end: _heading_deg(tracks, neighbours[end][0][0], end) for end in ends}
    index = PieceIndex(tracks)
    found: list[_Found] = []
    for end in sorted(ends):
        nearby = index.near(tracks.position(end), within_km=CROSSING_KM)
        link = _best_link(tracks, neighbours, headings, end, nearby)
        if link is None:
            continue
        if link.gap_km <= AHEAD_KM or country[end] == country[tracks.tail[link.piece]]:
            found.append(link)
    return found


def _best_link(
    tracks: Tracks,
    neighbours: dict[int, list[tuple[int, float]]],
    headings: dict[int, float],
    end: int,
    nearby: Nearby,
) -> _Found | None:
    own: dict[int, float] = {}
    looked_km = least_round_km = 0.0
    for piece, fraction, gap_km in zip(
        nearby.piece.tolist(), nearby.fraction.tolist(), nearby.distance_km.tolist(), strict=True
    ):
        tail, head = int(tracks.tail[piece]), int(tracks.head[piece])
        if end in {tail, head}:
            continue
        if least_round_km and gap_km > BESIDE_KM:
            return None
        far = None
        if fraction in (0.0, 1.0):
            far = tail if fraction == 0.0 else head
        towards = _bearing_deg((tracks.lat[end], tracks.lon[end]), tracks.between(piece, fraction))
        if not _allowed(headings, end, far, towards, gap_km):
            continue
        needed_km = 10.0 * gap_km + 5.0 if gap_km <= FACING_KM else 20.0 * gap_km + 50.0
        needed_km = max(needed_km, least_round_km)
        if needed_km > looked_km:
            looked_km = max(needed_km, 10.0 * FACING_KM + 5.0)
            own = _within_reach(neighbours, end, looked_km)
        round_km = min(
            own.get(tail, math.inf) + fraction * tracks.length_km[piece],
            own.get(head, math.inf) + (1.0 - fraction) * tracks.length_km[piece],
        )
        if round_km > needed_km:
            return _Found(end, piece, fraction, gap_km)
        # Joined already a little further on, or the end of the parallel track. What lies behind it is
        # linked only if it is near, and far from being joined.
        least_round_km = FAR_ROUND_KM
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
    return max(off, back) <= (FACING_DEG if gap_km <= FACING_KM else CROSSING_DEG)


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
