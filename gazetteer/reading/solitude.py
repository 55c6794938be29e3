"""Solitude: whether a place far from all else that an article names is meant at all.

The gazetteer does not know every village, and may know another of its name on the other side of the world:
`Esk` in Queensland, where an article on Yorkshire has the river. How often such a lonely place is right is
learned by `scripts/train_resolution.py` as a logistic regression.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.places.index import Gazetteer
from gazetteer.reading import hints
from gazetteer.reading.ballots import Ballot
from gazetteer.reading.traits import CLASSES, CONTINENT, COUNTRY, STATE, Floats, Integers

LONELY_NAMES: Final = (
    "always",
    "prominence",
    "others together",
    "log odds",
    "fellow in country",
    "fellow in region",
    "area behind",
    "area before",
)
"""The names of the rows of `Lonely.traits`."""
_FAR: Final = float(np.cos(300.0 / EARTH_RADIUS_KM))
_NEAR: Final = float(np.cos(100.0 / EARTH_RADIUS_KM))
_LEAST_SHARE: Final = 0.001
_BEHIND, _BEFORE = (hints.NAMES.index(name) for name in LONELY_NAMES[-2:])
_IS_SPOT: Final = np.array([kind not in {COUNTRY, STATE, CONTINENT} for kind in range(len(CLASSES))])
_IS_JUDGED: Final = np.array(
    [name in {"other", "city", "capital", "quarter", "unit", "facility"} for name in CLASSES]
)
"""Of waters, mountains and regions two sources give points hundreds of kilometres apart."""
FEWEST: Final = 4
"""Names of places, below which nothing is far from the others."""
_MOST: Final = 512
"""Names of one stretch of a text. Each is held against the first stretch and its own, so that long texts cost
no more than their length."""
_NONE: Final[Integers] = np.zeros(0, dtype=np.int64)
_NO_TRAITS: Final[Floats] = np.zeros((len(LONELY_NAMES), 0))


class Lonely:
    """The names of an article whose best place lies far from the best of all others."""

    __slots__ = ("names", "traits")

    def __init__(self, ballot: Ballot, best: Sequence[int], gazetteer: Gazetteer) -> None:
        """Find them.

        Args:
            ballot: The places of all names, with their shares.
            best: The row of the best place of each name.
            gazetteer: Where it is looked up how widely known a place is.
        """
        rows = np.array(best)
        namesakes = ballot.namesakes
        places, country, region, *_sought, kind, _uses = namesakes.whole.take(rows, axis=1)
        spot = _IS_SPOT[kind]
        spots = int(np.count_nonzero(spot))
        self.names: Integers = _NONE
        """Their numbers."""
        self.traits: Floats = _NO_TRAITS
        """What tells whether they are right; shape (traits, names), see `LONELY_NAMES`."""
        if spots < FEWEST:
            return
        nearest = _nearest(namesakes.unit.take(rows, axis=1) * spot, places)
        self.names = np.flatnonzero((nearest <= _FAR) & _IS_JUDGED[kind])
        if not len(self.names):
            return
        chosen = rows[self.names]
        share = ballot.shares[chosen].clip(_LEAST_SHARE, 1.0 - _LEAST_SHARE)
        self.traits = np.empty((len(LONELY_NAMES), len(chosen)))
        self.traits[0] = 1.0
        self.traits[1] = 10.0 * gazetteer.column("place_prominence")[places[self.names]]
        self.traits[2] = np.count_nonzero(nearest > _NEAR) / (spots - 1)
        self.traits[3] = np.log(share / (1.0 - share))
        self.traits[4] = _has_fellow(country, self.names)
        self.traits[5] = _has_fellow(region, self.names)
        self.traits[6] = ballot.hinted[chosen, _BEHIND]
        self.traits[7] = ballot.hinted[chosen, _BEFORE]

    def trust(self, weights: Floats) -> dict[int, float]:
        """Return how likely each is right, by its number.

        Args:
            weights: For each of `LONELY_NAMES`.
        """
        if not len(self.names):
            return {}
        trust = 1.0 / (1.0 + np.exp(-(weights @ self.traits)))
        return dict(zip(self.names.tolist(), trust.tolist(), strict=True))


def _nearest(unit: Floats, places: Integers) -> Floats:
    """Return the cosine of the angle between each place and the nearest other one."""
    nearest = []
    for at in range(0, len(places), _MOST):
        some = np.arange(at, min(at + _MOST, len(places)))
        others = some if at == 0 else np.concatenate([np.arange(_MOST), some])
        cosines = unit[:, some].T @ unit[:, others]
        cosines[places[some, None] == places[others]] = 0.0
        nearest.append(cosines.max(axis=1))
    return np.concatenate(nearest)


def _has_fellow(areas: Integers, names: Integers) -> npt.NDArray[np.bool_]:
    """Tell whether the area of each of some names holds the place of another; 0 is no area."""
    _areas, number, times = np.unique(areas, return_inverse=True, return_counts=True)
    fellow: npt.NDArray[np.bool_] = (times[number[names]] > 1) & (areas[names] > 0)
    return fellow
