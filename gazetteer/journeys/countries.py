"""In which country a piece of track lies.

Borders as they are held on the ground, right to about half a kilometre. A line that runs along a border
river and seems to change sides for a few kilometres is counted to the country it comes from and returns to.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.journeys.tracks import Tracks, unit_vectors
from gazetteer.outlines.borders import Borders

# SciPy is loaded where it is used: only building needs it here, reading does not.

STRAY_KM: Final = 6.0
"""Track of less than this length on the far side of one border counts as noise of the outlines."""


def countries_of(tracks: Tracks) -> tuple[tuple[str, ...], npt.NDArray[np.uint8]]:
    """Return the country codes, and for each point of the tracks the number of its code.

    A point off every coast, on a bridge or a mole, belongs to the country of the nearest point on land.
    """
    borders = Borders.open()
    country = borders.countries_at(tracks.lat, tracks.lon).astype(np.int16)
    _fill_from_nearest(tracks, country)
    for _ in range(2):
        _forget_strays(tracks, country)
    return borders.codes, country.astype(np.uint8)


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
