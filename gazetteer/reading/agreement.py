"""Agreement: how many names of an article could lie together, whatever each of them is likely to mean.

`Genoa`, `Columbus` and `Fullerton` are towns in Italy, Ohio and California, each by itself; but all three are
towns in one corner of Nebraska. Votes do not find that, as nobody votes for what is unlikely.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.reading.namesakes import Namesakes
from gazetteer.reading.traits import CLASSES, COUNTRY, STATE, Floats, Integers

_CIRCLES_KM: Final = (30.0, 100.0)
_COSINES: Final = np.cos(np.array(_CIRCLES_KM) / EARTH_RADIUS_KM)[:, None, None]
AGREEMENT_NAMES: Final = tuple(f"agree within {km:.0f} km" for km in _CIRCLES_KM)
"""The names of the rows of `agreement`."""
_IS_SPOT: Final = np.array([kind not in {COUNTRY, STATE} for kind in range(len(CLASSES))])
_MAX_WITNESSES: Final = 1024
"""Rows that are asked, those of the first names, so that long texts cost no more than their length."""
_ROWS_AT_ONCE: Final = 256
_SELDOM: Final = 2.0
"""Added to the number of names, so that two names that agree say less than ten."""


def agreement(namesakes: Namesakes) -> Floats:
    """Return the share of an article's other names that have some place near each row; shape (2, n).

    Countries and states, and names of one place only, get 0.
    """
    shares = np.zeros((len(AGREEMENT_NAMES), len(namesakes.names)))
    asked = int(np.searchsorted(namesakes.starts + namesakes.sizes, _MAX_WITNESSES, side="right"))
    if asked < 2 or len(namesakes.names) == len(namesakes.sizes):
        return shares  # nobody to agree with, or nothing to choose between
    spot = _IS_SPOT[namesakes.kind]
    starts = namesakes.starts[:asked]
    last = int(starts[-1] + namesakes.sizes[asked - 1])
    witnesses = namesakes.unit[:, :last] * spot[:last]
    rows = np.flatnonzero(spot & (namesakes.sizes > 1)[namesakes.names])
    for at in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[at : at + _ROWS_AT_ONCE]
        near = namesakes.unit[:, some].T @ witnesses > _COSINES
        agreeing = np.logical_or.reduceat(near, starts, axis=2).sum(axis=2)
        shares[:, some] = (agreeing - _of_itself(namesakes, some, asked)) / (asked - 1 + _SELDOM)
    return shares


def _of_itself(namesakes: Namesakes, rows: Integers, asked: int) -> Integers:
    """Return how many of the names asked agree with each row because they are its own."""
    names = namesakes.names[rows]
    bare = namesakes.bare[names]
    itself: Integers = (names < asked).astype(np.int64) + ((bare >= 0) & (bare < asked))
    return itself
