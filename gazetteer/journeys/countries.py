"""In which country a piece of track lies.

Source:
    Natural Earth 1:10m (public domain), compiled by `scripts/compile_countries.py`: borders as they
    are held on the ground, right to about 0.5 km. A line that runs along a border river and seems to
    change sides for a few kilometres is counted to the country it comes from and returns to.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from gazetteer.errors import DataFileError
from gazetteer.journeys.tracks import Tracks, unit_vectors

if TYPE_CHECKING:
    import shapely

# Shapely and SciPy are loaded where they are used: only building needs them here, reading does not.

OUTLINES_FILE: Final = Path(__file__).parent / "data" / "countries.npz"
STRAY_KM: Final = 6.0
"""Track of less than this length on the far side of one border counts as noise of the outlines."""


def countries_of(tracks: Tracks) -> tuple[tuple[str, ...], npt.NDArray[np.uint8]]:
    """Return the country codes, sorted, and for each point of the tracks the number of its code.

    A point off every coast, on a bridge or a mole, belongs to the country of the nearest point on land.

    Raises:
        DataFileError: If the outlines are missing or damaged.
    """
    import shapely  # noqa: PLC0415

    codes, outlines = _outlines()
    country = np.full(len(tracks.lat), -1, dtype=np.int16)
    for number, outline in enumerate(outlines):
        west, south, east, north = outline.bounds
        boxed = (country < 0) & (tracks.lon >= west) & (tracks.lon <= east)
        boxed &= (tracks.lat >= south) & (tracks.lat <= north)
        points = np.flatnonzero(boxed)
        if len(points):
            shapely.prepare(outline)
            inside = shapely.contains_xy(outline, tracks.lon[points], tracks.lat[points])
            country[points[inside]] = number
    _fill_from_nearest(tracks, country)
    for _ in range(2):
        _forget_strays(tracks, country)
    return codes, country.astype(np.uint8)


def _outlines() -> tuple[tuple[str, ...], list[shapely.Geometry]]:
    import shapely  # noqa: PLC0415

    try:
        with np.load(OUTLINES_FILE, allow_pickle=False) as stored:
            codes = tuple(str(code) for code in stored["codes"])
            owners, holes = stored["ring_country"].tolist(), stored["ring_is_hole"].tolist()
            corners, steps = stored["ring_corners"], stored["lon_lat_steps_mdeg"]
    except (OSError, ValueError, KeyError) as error:
        raise DataFileError(f"{OUTLINES_FILE}: {error}") from error
    ends = np.cumsum(corners)
    shells: list[list[shapely.Geometry]] = [[] for _ in codes]
    hollows: list[list[shapely.Geometry]] = [[] for _ in codes]
    for owner, hole, end, size in zip(owners, holes, ends.tolist(), corners.tolist(), strict=True):
        fixes = np.cumsum(steps[end - size : end], axis=0) / 1000.0
        if np.ptp(fixes[:, 0]) > 180.0:  # across the antimeridian: Chukotka, Fiji
            fixes[:, 0] = np.where(fixes[:, 0] < 0.0, fixes[:, 0] + 360.0, fixes[:, 0])
        (hollows if hole else shells)[owner].append(shapely.Polygon(fixes).buffer(0))
    outlines = [
        shapely.union_all(shell).difference(shapely.union_all(hollow))
        for shell, hollow in zip(shells, hollows, strict=True)
    ]
    return codes, outlines


def _fill_from_nearest(tracks: Tracks, country: npt.NDArray[np.int16]) -> None:
    from scipy.spatial import cKDTree  # noqa: PLC0415

    lost, known = np.flatnonzero(country < 0), np.flatnonzero(country >= 0)
    if not len(lost) or not len(known):
        country[lost] = 0
        return
    tree = cKDTree(unit_vectors(tracks.lat[known], tracks.lon[known]))
    _, nearest = tree.query(unit_vectors(tracks.lat[lost], tracks.lon[lost]))
    country[lost] = country[known[nearest]]


def _forget_strays(tracks: Tracks, country: npt.NDArray[np.int16]) -> None:
    from scipy.sparse import coo_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    tail, head = tracks.tail, tracks.head
    same = country[tail] == country[head]
    size = len(country)
    inner = coo_array((np.ones(int(same.sum()), dtype=np.int8), (tail[same], head[same])), shape=(size, size))
    _, part = connected_components(inner, directed=False)
    extent_km = np.bincount(part[tail[same]], weights=tracks.length_km[same], minlength=int(part.max()) + 1)
    crossing = np.flatnonzero(~same)
    beyond: dict[int, set[int]] = {}
    for a, b in zip(tail[crossing].tolist(), head[crossing].tolist(), strict=True):
        beyond.setdefault(int(part[a]), set()).add(int(country[b]))
        beyond.setdefault(int(part[b]), set()).add(int(country[a]))
    crossings = np.bincount(
        np.concatenate([part[tail[crossing]], part[head[crossing]]]), minlength=int(part.max()) + 1
    )
    renamed = np.full(int(part.max()) + 1, -1, dtype=np.int16)
    for stray, others in beyond.items():
        # One crossing only is a line that ends beyond the border, at a border station: no noise.
        if extent_km[stray] < STRAY_KM and len(others) == 1 and crossings[stray] > 1:
            renamed[stray] = next(iter(others))
    moved = renamed[part]
    country[moved >= 0] = moved[moved >= 0]
