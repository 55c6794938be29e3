"""Official lines: stations with their published kilometres, and how the tracks are made to agree.

Any line of the world may be added as rows of a table in `journeys/data`: stations in order, each with
its position, its kilometre and the source of both. Between two stations the tracks are searched for
the way whose length comes nearest to the published one; that way is marked as the line's, and its
pieces are stretched to add up to the published kilometres. Where no way comes near, the stretch is
left as measured and reported: a wrong position in a table must not bend the tracks.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.errors import DataFileError, PositionError
from gazetteer.geodesy import geodesic_km
from gazetteer.journeys.search import CostedTracks, RailPoint
from gazetteer.journeys.search import Path as Way
from gazetteer.journeys.snapping import PieceIndex
from gazetteer.journeys.tracks import Tracks
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

TABLES: Final = tuple(Path(__file__).parent / "data" / name for name in ("corridor.csv", "trunk_lines.csv"))
"""Earlier tables win where two lines share track."""

STATION_TO_TRACK_KM: Final = 4.0
TOLERATED_SHARE: Final = 0.08
TOLERATED_KM: Final = 6.0
"""A measured way may differ from the published length by the share or by the distance, whichever is more."""

LONGEST_SPUR_KM: Final = 5.0
ACCEPTED_KM: Final = 2.5
ACCEPTED_SHARE: Final = 0.04
"""The shortest way is taken as the line's if it comes this near; only else are longer ways tried."""

_COLUMNS: Final = (
    "line",
    "name_de",
    "name_en",
    "preferred",
    "seq",
    "station",
    "station_de",
    "lat",
    "lon",
    "km",
    "source",
)
_TRIED_WAYS: Final = 5
_DEARER: Final = 1.2


@dataclass(frozen=True, slots=True)
class OfficialStation:
    """One station of an official line."""

    name: Wording
    position: LatLon
    km: float
    """From the start of the line."""
    source: str


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """A line with published kilometres."""

    id: str
    name: Wording
    preferred: bool
    """Whether trains keep to it where another line is a little shorter."""
    stations: tuple[OfficialStation, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What became of the way between two neighbouring stations of an official line."""

    line: str
    ends: tuple[str, str]
    published_km: float
    measured_km: float | None
    """Along the tracks; None if no way was found."""
    used: bool


@dataclass(frozen=True, slots=True)
class Aligned:
    """Tracks that agree with the official lines."""

    tracks: Tracks
    station_points: tuple[tuple[int, ...], ...]
    """For each line the track point of each station, or -1 where no track is near."""
    stretches: tuple[Stretch, ...]


def read_official_lines(tables: Sequence[Path] = TABLES) -> tuple[OfficialLine, ...]:
    """Read every official line.

    Raises:
        DataFileError: If rows are malformed; the message names all of them.
    """
    faults: list[str] = []
    lines: list[OfficialLine] = []
    for table in tables:
        rows = list(_rows(table, faults))
        for (line, name, preferred), stations in groupby(rows, key=lambda row: row[0]):
            lines.append(OfficialLine(line, name, preferred, tuple(station for _, station in stations)))
    for line in lines:
        kms = [station.km for station in line.stations]
        if len(kms) < 2 or any(later <= earlier for earlier, later in pairwise(kms)):
            faults.append(f"{line.id}: kilometres must rise from station to station")
    if faults:
        raise DataFileError("\n".join(faults))
    return tuple(lines)


def align(tracks: Tracks, lines: Sequence[OfficialLine]) -> Aligned:
    """Stretch the tracks to the published kilometres of the lines."""
    tracks, station_points = _with_stations(tracks, lines)
    length_km, line_of = tracks.length_km.copy(), tracks.line.copy()
    stretches: list[Stretch] = []
    graph = CostedTracks(tracks, tracks.length_km)
    for number, (line, points) in enumerate(zip(lines, station_points, strict=True)):
        kms = [station.km for station in line.stations]
        ways = [
            _closest_way(graph, start, end, to_km - from_km, length_km)
            for (start, from_km), (end, to_km) in pairwise(zip(points, kms, strict=True))
        ]
        _pull_off_spurs(tracks, points, ways)
        for (a, b), way in zip(pairwise(line.stations), ways, strict=True):
            measured_km = float(length_km[way].sum()) if way else None
            used = bool(way) and _stretch_to(np.array(way), b.km - a.km, number, length_km, line_of)
            stretches.append(Stretch(line.id, (a.name.en, b.name.en), b.km - a.km, measured_km, used))
    aligned = tracks.replaced(length_km=length_km, line=line_of).at_least_geodesic()
    return Aligned(aligned, tuple(map(tuple, station_points)), tuple(stretches))


def _rows(table: Path, faults: list[str]) -> Iterator[tuple[tuple[str, Wording, bool], OfficialStation]]:
    with table.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            faults.append(f"{table}: columns missing: {', '.join(missing)}")
            return
        for row in reader:
            try:
                station = OfficialStation(
                    name=Wording(row["station_de"] or row["station"], row["station"]),
                    position=LatLon(float(row["lat"]), float(row["lon"])),
                    km=float(row["km"]),
                    source=row["source"],
                )
            except (ValueError, PositionError) as error:
                faults.append(f"{table}:{reader.line_num}: {error}")
                continue
            if not station.source:
                faults.append(f"{table}:{reader.line_num}: source is empty")
            yield (row["line"], Wording(row["name_de"], row["name_en"]), row["preferred"] == "yes"), station


def _with_stations(tracks: Tracks, lines: Sequence[OfficialLine]) -> tuple[Tracks, list[list[int]]]:
    index = PieceIndex(tracks)
    cuts: list[tuple[int, float]] = []
    slots: list[list[int]] = []
    for line in lines:
        row: list[int] = []
        for station in line.stations:
            near = index.near(station.position, within_km=STATION_TO_TRACK_KM)
            row.append(len(cuts) if len(near.piece) else -1)
            if len(near.piece):
                cuts.append((int(near.piece[0]), float(near.fraction[0])))
        slots.append(row)
    tracks, points = tracks.cut(cuts)
    return tracks, [[points[slot] if slot >= 0 else -1 for slot in row] for row in slots]


def _closest_way(
    graph: CostedTracks, start: int, end: int, published_km: float, length_km: npt.NDArray[np.float64]
) -> list[int]:
    """Return the pieces from start to end in order, of the way nearest in length to the published one."""
    if start < 0 or end < 0 or start == end:
        return []
    best: list[int] = []
    least_off = math.inf
    factor = np.ones(len(length_km))
    about_km = geodesic_km(graph.tracks.position(start), graph.tracks.position(end))
    for _ in range(_TRIED_WAYS):
        tried = (
            graph if (factor == 1.0).all() else CostedTracks(graph.tracks, graph.tracks.length_km * factor)
        )
        way = tried.path(_at(tried, start), _at(tried, end), about_km=about_km)
        if way is None:
            break
        pieces = _whole_pieces(way)
        off = abs(float(length_km[pieces].sum()) - published_km)
        if off < 0.5 * least_off:  # a longer way must explain the difference, not share it
            best, least_off = pieces.tolist(), off
        if off <= max(ACCEPTED_KM, ACCEPTED_SHARE * published_km):
            break
        factor[pieces] *= _DEARER
    return best


def _pull_off_spurs(tracks: Tracks, points: list[int], ways: list[list[int]]) -> None:
    """Move stations from a side track to where the line passes it.

    A station that was put on a siding would be reached and left over the same pieces, and a train that
    runs through would miss the kilometres that were given to them.
    """
    for nth, (before, after) in enumerate(pairwise(ways), start=1):
        spur_km = 0.0
        while before and after and before[-1] == after[0]:
            spur_km += float(tracks.length_km[before[-1]])
            if spur_km > LONGEST_SPUR_KM:
                break
            piece = before.pop()
            after.pop(0)
            ends = int(tracks.tail[piece]), int(tracks.head[piece])
            points[nth] = ends[0] if ends[1] == points[nth] else ends[1]


def _stretch_to(
    way: npt.NDArray[np.int64],
    published_km: float,
    number: int,
    length_km: npt.NDArray[np.float64],
    line_of: npt.NDArray[np.int16],
) -> bool:
    measured_km = float(length_km[way].sum())
    if abs(measured_km - published_km) > max(TOLERATED_KM, TOLERATED_SHARE * published_km):
        return False
    free = way[line_of[way] < 0]
    fixed_km = measured_km - float(length_km[free].sum())
    free_km = measured_km - fixed_km
    if free_km > 0.0:
        factor = (published_km - fixed_km) / free_km
        if fixed_km > 0.0:
            # A short rest beside another line's track cannot take up the whole difference.
            factor = min(1.35, max(0.75, factor))
        length_km[free] *= factor
        line_of[free] = number
    return True


def _at(graph: CostedTracks, point: int) -> RailPoint:
    piece = int(graph.piece_at(point))
    return RailPoint(piece, 0.0 if graph.tracks.tail[piece] == point else 1.0)


def _whole_pieces(way: Way) -> npt.NDArray[np.int64]:
    return way.pieces[way.shares > 0.5]
