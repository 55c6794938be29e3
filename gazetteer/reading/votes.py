"""Votes: what the places of an article say for each other.

Each place a name may mean votes with the share it has so far: for the places near it, for those of its
region and of its country. Sure names so help the doubtful, and doubtful ones that agree help each other.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.reading.namesakes import Namesakes
from gazetteer.reading.traits import COUNTRY, STATE, Floats, Integers

_WITHIN_KM: Final = (30.0, 100.0, 300.0, 1000.0)
_COSINES: Final = tuple(float(np.cos(km / EARTH_RADIUS_KM)) for km in _WITHIN_KM)
_MAX_VOTERS: Final = 256
"""Rows whose votes are counted, so that long texts cost no more than their length."""
_MIN_SHARE: Final = 0.02
_ROWS_AT_ONCE: Final = 4096
_SCOPES: Final = ("spot", "state", "country")
KINDS: Final = (
    *(f"within {km:.0f} km" for km in _WITHIN_KM),
    "share within 300 km",
    "same place",
    "in country",
    "share in country",
    "in region",
    "country named",
    "region named",
    "near first",
    "region of first",
    "country of first",
)
NAMES: Final = tuple(f"{vote}, {scope}" for scope in _SCOPES for vote in KINDS)
"""The names of the columns of `counted`."""


def counted(namesakes: Namesakes, shares: Floats, counts: Floats, first: int, rows: Integers) -> Floats:
    """Return what votes each of some rows gets from the rows of other names; shape (n, k).

    Args:
        namesakes: All rows.
        shares: What share each has so far.
        counts: How often each name stands in the article.
        first: The number of the name that stands first.
        rows: The rows voted for.
    """
    weighed = shares * np.where(namesakes.kind == COUNTRY, counts[namesakes.names], 1.0)
    voters = np.flatnonzero(shares >= _MIN_SHARE)
    if len(voters) > _MAX_VOTERS:
        strength = shares[voters] * (1.0 + counts[namesakes.names[voters]])
        voters = voters[np.sort(np.argpartition(-strength, _MAX_VOTERS)[:_MAX_VOTERS])]
    parts = [
        _counted(namesakes, weighed, first, voters, rows[at : at + _ROWS_AT_ONCE])
        for at in range(0, len(rows), _ROWS_AT_ONCE)
    ]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _counted(namesakes: Namesakes, weighed: Floats, first: int, voters: Integers, rows: Integers) -> Floats:
    names = namesakes.names[voters]
    others = namesakes.names[rows, None] != names
    if (bare := namesakes.bare[rows]).max(initial=-1) >= 0:
        # `Paris, Tennessee` is told from the other Paris of the article, and tells it nothing of itself.
        others &= bare[:, None] != names
    votes = others * weighed[voters]
    kind = namesakes.kind[voters]
    spots = votes * (kind != COUNTRY)
    cosines = namesakes.unit[rows] @ namesakes.unit[voters].T
    country, region = namesakes.country[rows], namesakes.region[rows]
    same_country = (country[:, None] == namesakes.country[voters]) & (country > 0)[:, None]
    same_region = (region[:, None] == namesakes.region[voters]) & (region > 0)[:, None]
    here, there = spots * same_country, spots * same_region
    is_state, is_first = kind == STATE, names == first
    total = spots.sum(axis=1) + 0.5
    same_place = namesakes.places[rows, None] == namesakes.places[voters]
    in_country = here.sum(axis=1)
    columns = [(spots * (cosines > near)).sum(axis=1) for near in _COSINES]
    columns += [
        columns[2] / total,
        (votes * same_place).sum(axis=1),
        in_country,
        in_country / total,
        there[:, ~is_state].sum(axis=1),
        (votes * same_country)[:, kind == COUNTRY].sum(axis=1),
        there[:, is_state].sum(axis=1),
        (spots * (cosines > _COSINES[1]))[:, is_first].sum(axis=1),
        there[:, is_first].sum(axis=1),
        here[:, is_first].sum(axis=1),
    ]
    logs = np.log1p(np.stack(columns, axis=1))
    scope = np.where(namesakes.kind[rows] == COUNTRY, 2, np.where(namesakes.kind[rows] == STATE, 1, 0))
    spread = np.zeros((len(rows), len(_SCOPES), len(KINDS)))
    spread[np.arange(len(rows)), scope] = logs
    return spread.reshape(len(rows), -1)
