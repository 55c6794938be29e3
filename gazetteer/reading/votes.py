"""Votes: what the places of an article say for each other.

Each place a name may mean votes with the share it has so far: for the places near it, for those of its
region and of its country. Sure names so help the doubtful, and doubtful ones that agree help each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.reading.namesakes import Namesakes
from gazetteer.reading.traits import COUNTRY, STATE, Floats, Integers

_WITHIN_KM: Final = (30.0, 100.0, 300.0, 1000.0)
_COSINES: Final = np.cos(np.array(_WITHIN_KM) / EARTH_RADIUS_KM)
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


def counted(namesakes: Namesakes, shares: Floats, counts: Floats, rows: Integers) -> Floats:
    """Return what votes each of some rows gets from the rows of other names; shape (n, k).

    Args:
        namesakes: All rows.
        shares: What share each has so far.
        counts: How often each name stands in the article; names are numbered as they first stand there.
        rows: The rows voted for.
    """
    voters = np.flatnonzero(shares >= _MIN_SHARE)
    if len(voters) > _MAX_VOTERS:
        strength = shares[voters] * (1.0 + counts[namesakes.names[voters]])
        voters = voters[np.sort(np.argpartition(-strength, _MAX_VOTERS)[:_MAX_VOTERS])]
    box = _Box.of(namesakes, shares, counts, voters)
    if len(rows) <= _ROWS_AT_ONCE:
        return box.votes_for(namesakes, rows)
    return np.concatenate(
        [box.votes_for(namesakes, rows[at : at + _ROWS_AT_ONCE]) for at in range(0, len(rows), _ROWS_AT_ONCE)]
    )


@dataclass(frozen=True, slots=True)
class _Box:
    """Those who vote."""

    names: Integers
    places: Integers
    country: Integers
    region: Integers
    unit: Floats
    weight: Floats
    """Their shares; a country's by how often it is named."""
    classes: Floats
    """Shape (5, n): weights of all but countries, of countries, all but states, states, the first name."""

    @classmethod
    def of(cls, namesakes: Namesakes, shares: Floats, counts: Floats, voters: Integers) -> Self:
        names = namesakes.names[voters]
        places, _uses, kind, country, region = namesakes.whole[:, voters]
        weight = shares[voters]
        is_country, is_state = kind == COUNTRY, kind == STATE
        spot = weight * ~is_country
        return cls(
            names=names,
            places=places,
            country=country,
            region=region,
            unit=namesakes.unit[:, voters],
            weight=weight,
            classes=np.stack(
                [
                    spot,
                    weight * is_country * counts[names],
                    spot * ~is_state,
                    spot * is_state,
                    spot * (names == 0),
                ]
            ),
        )

    def votes_for(self, namesakes: Namesakes, rows: Integers) -> Floats:
        """Return the votes for some rows."""
        names = namesakes.names[rows]
        places, _uses, kind, country, region = namesakes.whole[:, rows]
        others = names[:, None] != self.names
        if (bare := namesakes.bare[names]).max(initial=-1) >= 0:
            # `Paris, Tennessee` is told from the other Paris of the article, and tells it nothing of itself.
            others &= bare[:, None] != self.names
        cosines = namesakes.unit[:, rows].T @ self.unit
        near = others & (cosines > _COSINES[:, None, None])
        # A place in no country or region has no fellows there.
        in_country = others & ((country + (country == 0) * -1)[:, None] == self.country)
        in_region = others & ((region + (region == 0) * -1)[:, None] == self.region)
        spot, lands, towns, states, opening = self.classes
        within = near @ spot
        total = others @ spot + 0.5
        fellows = in_country @ spot
        columns = np.stack(
            [
                *within,
                within[2] / total,
                (others & (places[:, None] == self.places)) @ self.weight,
                fellows,
                fellows / total,
                in_region @ towns,
                in_country @ lands,
                in_region @ states,
                near[1] @ opening,
                in_region @ opening,
                in_country @ opening,
            ],
            axis=1,
        )
        scope = np.where(kind == COUNTRY, 2, kind == STATE)
        spread = np.zeros((len(rows), len(_SCOPES), len(KINDS)))
        spread[np.arange(len(rows)), scope] = np.log1p(columns)
        return spread.reshape(len(rows), -1)
