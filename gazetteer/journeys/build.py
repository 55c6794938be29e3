"""Compile the railway network once: read the source, close its gaps, align it with official lines.

The folder is named after the source's release, the schema and our tables, so a change of any of them
is a new build and never a half-written old one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gazetteer.compiled import alone, building, check_compiled
from gazetteer.errors import IndexDamagedError, IndexMissingError
from gazetteer.journeys import railways
from gazetteer.journeys.countries import countries_of
from gazetteer.journeys.gaps import close_gaps, join_known_gaps
from gazetteer.journeys.official import Aligned, OfficialLine, align, read_official_lines
from gazetteer.journeys.source import read_source, source_version
from gazetteer.journeys.tracks import Tracks

Progress = Callable[[str, float], None]


def build_railways(*, force: bool = False, progress: Progress | None = None) -> Path:
    """Compile the railway network, unless it is there already.

    Args:
        force: Compile even if it is there.
        progress: Told what is done next and the share done so far, in [0, 1].

    Returns:
        The compiled folder.

    Raises:
        DataFileError: If the source or one of our tables cannot be read.
        OutputError: If the folder cannot be made or written to, or the disk is full.
    """
    folder = railways.compiled_railways()
    if not force and _is_there(folder):
        return folder
    tell = progress or _tell_nobody
    with alone(folder):
        if force or not _is_there(folder):  # somebody else may have built it meanwhile
            _build(folder, tell)
    tell("railways compiled", 1.0)
    return folder


def _build(folder: Path, tell: Progress) -> None:
    with building(folder) as aside:
        tell("reading the railways of the world", 0.0)
        tracks = read_source().with_short_pieces()
        tell("closing gaps in the tracks", 0.25)
        tracks = join_known_gaps(close_gaps(tracks, countries_of(tracks)[1]))
        tell("aligning official lines", 0.55)
        lines = read_official_lines()
        aligned = align(tracks, lines)
        tell("telling the countries apart", 0.85)
        _write(aside, aligned, lines)


def _is_there(folder: Path) -> bool:
    try:
        check_compiled(folder, command=railways.BUILD_COMMAND)
    except (IndexMissingError, IndexDamagedError):
        return False
    return True


def _tell_nobody(_step: str, _share: float) -> None:
    pass


def _write(folder: Path, aligned: Aligned, lines: Sequence[OfficialLine]) -> None:
    fixes = {"lat": np.round(aligned.tracks.lat, 6), "lon": np.round(aligned.tracks.lon, 6)}
    tracks = aligned.tracks.replaced(**fixes).at_least_geodesic()
    codes, country = countries_of(tracks)
    used = np.unique(country)
    facts = {
        "source": source_version(),
        "countries": [codes[number] for number in used],
        "lines": [{"de": line.name.de, "en": line.name.en, "preferred": line.preferred} for line in lines],
        "stations": _stations(aligned, lines),
        "stretches": [
            {
                "line": stretch.line,
                "from": stretch.ends[0],
                "to": stretch.ends[1],
                "published_km": round(stretch.published_km, 1),
                "measured_km": None if stretch.measured_km is None else round(stretch.measured_km, 1),
                "used": stretch.used,
            }
            for stretch in aligned.stretches
        ],
    }
    (folder / railways.FACTS_FILE).write_text(
        json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    np.savez(
        folder / railways.TRACKS_FILE,
        lat_e6=np.rint(tracks.lat * 1e6).astype(np.int32),
        lon_e6=np.rint(tracks.lon * 1e6).astype(np.int32),
        tail=tracks.tail,
        head=tracks.head,
        # Rounded up: a length must not fall below the geodesic of its own piece.
        length_cm=np.ceil(tracks.length_km * 1e5).astype(np.int32),
        origin=tracks.origin,
        line=tracks.line,
        country=np.searchsorted(used, country).astype(np.uint8),
    )


def _stations(aligned: Aligned, lines: Sequence[OfficialLine]) -> list[dict[str, Any]]:
    tracks = aligned.tracks
    piece_at = _any_piece_at(tracks)
    rows: list[dict[str, Any]] = []
    for number, (line, points) in enumerate(zip(lines, aligned.station_points, strict=True)):
        for station, point in zip(line.stations, points, strict=True):
            if point >= 0:
                at = tracks.position(point)
                piece = int(piece_at[point])
                rows.append(
                    {
                        "de": station.name.de,
                        "en": station.name.en,
                        "line": number,
                        "km": station.km,
                        "lat": at.lat,
                        "lon": at.lon,
                        "piece": piece,
                        "fraction": 0.0 if tracks.tail[piece] == point else 1.0,
                    }
                )
    return rows


def _any_piece_at(tracks: Tracks) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    piece_at = np.full(len(tracks.lat), -1, dtype=np.int64)
    pieces = np.arange(len(tracks.tail), dtype=np.int64)
    piece_at[tracks.tail] = pieces
    piece_at[tracks.head] = pieces
    return piece_at
