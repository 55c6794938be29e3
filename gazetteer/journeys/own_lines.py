"""Lines of the user's own, from GeoJSON or a GeoPackage, laid onto the tracks.

One broken feature must not cost the rest: it is left out and named in `OwnLine.faults`.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from gazetteer.errors import DataFileError, PositionError
from gazetteer.geodesy import geodesic_km
from gazetteer.journeys.snapping import PieceIndex
from gazetteer.journeys.tracks import Origin, Tracks
from gazetteer.positions import LatLon

JOIN_END_KM: Final = 0.5
"""An end of an own line this near to a track is joined to it."""
JOIN_CORNER_KM: Final = 0.05
"""So is any corner this near: a crossing without a corner is a bridge."""
LARGEST_BYTES: Final = 512_000_000

_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)
_WGS84: Final = frozenset({4326, 0, 4979})


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What was read from one file."""

    source: str
    """The file's name."""
    lines: tuple[tuple[LatLon, ...], ...]
    faults: tuple[str, ...]
    """One sentence for each feature left out: which, and why."""


def read_own_lines(path: Path) -> OwnLine:
    """Read every LineString and MultiLineString of a `.geojson`, `.json` or `.gpkg` file, in WGS84.

    Raises:
        DataFileError: If the file cannot be read, or nothing in it is a usable line.
    """
    features = _geopackage(path) if path.suffix.lower() == ".gpkg" else _geojson(path)
    lines: list[tuple[LatLon, ...]] = []
    faults: list[str] = []
    for label, geometry in features:
        try:
            lines.extend(_lines_of(geometry))
        except (PositionError, TypeError, ValueError, KeyError, RecursionError) as error:
            faults.append(f"{path.name}: {label}: {error}")
    if not lines:
        reasons = "; ".join(faults[:5]) or "it holds no LineString or MultiLineString"
        raise DataFileError(f"{path}: no usable line: {reasons}")
    return OwnLine(path.name, tuple(lines), tuple(faults))


def lay_lines(tracks: Tracks, lines: Sequence[Sequence[LatLon]]) -> Tracks:
    """Add lines to the tracks, joined at equal corners and wherever they come near a track."""
    index = PieceIndex(tracks)
    corners = list(dict.fromkeys(fix for line in lines for fix in line))
    ends = {fix for line in lines for fix in (line[0], line[-1])}
    cuts: list[tuple[int, float]] = []
    joints: list[tuple[LatLon, float]] = []
    for fix in corners:
        near = index.near(fix, within_km=JOIN_END_KM if fix in ends else JOIN_CORNER_KM)
        if len(near.piece):
            cuts.append((int(near.piece[0]), float(near.fraction[0])))
            joints.append((fix, float(near.distance_km[0])))
    tracks, joint_points = tracks.cut(cuts)
    tracks, points = tracks.with_points([fix.lat for fix in corners], [fix.lon for fix in corners])
    point_of = dict(zip(corners, points, strict=True))
    pieces = {
        tuple(sorted((point_of[a], point_of[b]))): geodesic_km(a, b)
        for line in lines
        for a, b in pairwise(line)
        if a != b
    }
    laid = [(a, b, km) for (a, b), km in pieces.items()]
    laid += [(joint, point_of[fix], km) for joint, (fix, km) in zip(joint_points, joints, strict=True)]
    return tracks.joined(laid, origin=Origin.OWN).with_short_pieces()


def _lines_of(geometry: dict[str, Any] | None) -> Iterator[tuple[LatLon, ...]]:
    if geometry is None:
        raise ValueError("it has no geometry")
    kind = geometry["type"]
    if kind == "LineString":
        yield _line(geometry["coordinates"])
    elif kind == "MultiLineString":
        yield from [_line(part) for part in geometry["coordinates"]]
    elif kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _lines_of(part)
    elif kind not in {"Point", "MultiPoint"}:
        raise ValueError(f"expected LineString or MultiLineString, got {kind!r}")


def _line(coordinates: object) -> tuple[LatLon, ...]:
    if not isinstance(coordinates, list | tuple):
        raise TypeError("coordinates are no list")
    fixes: list[LatLon] = []
    for nth, fix in enumerate(coordinates):
        if not isinstance(fix, list | tuple) or len(fix) < 2:
            raise ValueError(f"corner {nth + 1} is no pair of longitude and latitude: {str(fix)[:40]}")
        lon, lat = fix[0], fix[1]
        if isinstance(lon, bool | str) or isinstance(lat, bool | str):
            raise TypeError(f"corner {nth + 1} is no pair of numbers: {str(fix)[:40]}")
        fixes.append(LatLon(float(lat), float(lon)))
    if len(set(fixes)) < 2:
        raise ValueError("a line needs two different corners")
    return tuple(fixes)


def _geojson(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise DataFileError(f"{path}: larger than {LARGEST_BYTES // 1_000_000} MB")
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataFileError(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise DataFileError(f"{path}: expected GeoJSON or a GeoPackage (.gpkg): {error}") from error
    if not isinstance(document, dict):
        raise DataFileError(f"{path}: expected a GeoJSON object, got {type(document).__name__}")
    features = document.get("features") if document.get("type") == "FeatureCollection" else [document]
    if not isinstance(features, list):
        raise DataFileError(f"{path}: features is no list")
    for nth, feature in enumerate(features, start=1):
        if not isinstance(feature, dict):
            yield f"feature {nth}", None
            continue
        named = feature.get("properties")
        name = named.get("name") if isinstance(named, dict) else None
        label = f"feature {nth} ({str(name)[:60]})" if name else f"feature {nth}"
        yield label, feature.get("geometry") if feature.get("type") == "Feature" else feature


def _geopackage(path: Path) -> Iterator[tuple[str, Any]]:
    if not path.is_file():
        raise DataFileError(f"{path}: no such file")
    try:
        with closing(sqlite3.connect(f"file:{path.resolve().as_posix()}?mode=ro", uri=True)) as package:
            query = "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns"
            for table, column, srs in package.execute(query).fetchall():
                names = str(table).replace('"', '""'), str(column).replace('"', '""')
                rows = package.execute(f'SELECT "{names[1]}" FROM "{names[0]}"')  # noqa: S608 - quoted names
                for nth, (blob,) in enumerate(rows, start=1):
                    label = f"table {table}, row {nth}"
                    yield label, _from_blob(blob, int(srs))
    except sqlite3.Error as error:
        raise DataFileError(f"{path}: not a GeoPackage: {error}") from error


def _from_blob(blob: object, srs: int) -> dict[str, Any]:
    import shapely  # noqa: PLC0415 - only a GeoPackage needs it, and every command imports this module
    from shapely.errors import ShapelyError  # noqa: PLC0415
    from shapely.geometry import mapping  # noqa: PLC0415

    if srs not in _WGS84:
        return {"type": f"geometry in reference system {srs}; only WGS84 (4326) is read"}
    try:
        if not isinstance(blob, bytes) or blob[:2] != b"GP":
            return {"type": "something that is no GeoPackage geometry"}
        flags = blob[3]
        header = 8 + _ENVELOPE_BYTES[flags >> 1 & 7]
        drawn = shapely.from_wkb(blob[header:])
    except (IndexError, struct.error, ShapelyError) as error:
        return {"type": f"broken geometry: {error}"}
    return dict(mapping(drawn))
