"""Prominence: how likely a name means this place when nothing else is known."""

from __future__ import annotations

import math
from typing import Final

from gazetteer.places.entries import Feature
from gazetteer.places.rows import PlaceRow

_STAND_IN_POPULATION: Final = {
    Feature.COUNTRY: 30_000_000,
    Feature.CONTINENT: 1_000_000_000,
    Feature.REGION: 1_000_000,
    Feature.WATER: 1_000_000,
    Feature.MOUNTAIN: 300_000,
    Feature.ISLAND: 200_000,
    Feature.FACILITY: 300_000,
    Feature.CITY: 300,
    Feature.OTHER: 10_000,
}
"""Inhabitants of a town that is named about as often as an average place of the kind; a judgement."""

_UNIT_SHARE: Final = {"ADM1": 8, "ADM2": 20, "ADM3": 20, "ADM1H": 8, "ADM2H": 8}
"""A town is named more often than the state or district of its name with as many inhabitants."""

_VILLAGE_STAND_IN: Final = 100
"""For villages and quarters below the size of the smallest towns."""

_AMERICAN_STAND_IN: Final = 25
"""For hamlets of the United States: most are called like a person or a thing."""

_RIVER_STAND_IN: Final = 250_000
"""Below a state named after its river, such as Colorado."""

_SMALL: Final = {
    "STM": (60.0, 15_000),
    "LK": (15.0, 20_000),
    "BAY": (25.0, 20_000),
    "PK": (5.0, 10_000),
    "ADM3": (8.0, 400),
    "RGN": (25.0, 20_000),
    "VAL": (25.0, 20_000),
    "ISL": (10.0, 20_000),
    "PSTB": (5.0, 5_000),
}
"""Up to this extent in km, the stand-in: a brook, a dale or an islet is named less often than its town,
a township less often than any; a border post gives way to the town of its name."""

_COUNTRIES_OF_COUNTIES: Final = frozenset({"GB", "IE"})
"""Where the second-level unit goes by its bare name: Suffolk, Fife, Cork."""

_LARGEST: Final = 8_000_000_000


def prominence_of(row: PlaceRow) -> float:
    """Return a figure in [0, 1]: the logarithm of the inhabitants, capitals and countries put ahead."""
    people = row.population
    if row.feature is Feature.COUNTRY:
        people = 10 * people + _STAND_IN_POPULATION[Feature.COUNTRY]
    elif row.feature_code == "PPLC":
        people = 5 * people + 500_000
    elif not people and 0 < row.extent_km <= _SMALL.get(row.feature_code, (0.0, 0))[0]:
        people = _SMALL[row.feature_code][1]
    elif row.feature_code == "STM":
        people = _RIVER_STAND_IN
    elif not people and row.feature_code in {"PPLL", "PPLX"}:
        people = _AMERICAN_STAND_IN if row.country == "US" else _VILLAGE_STAND_IN
    elif not people:
        people = _STAND_IN_POPULATION[row.feature] // _UNIT_SHARE.get(row.feature_code, 1)
    elif row.feature_code in _UNIT_SHARE:
        code = "ADM1" if row.country in _COUNTRIES_OF_COUNTIES else row.feature_code
        people //= _UNIT_SHARE[code]
    return math.log1p(min(people, _LARGEST)) / math.log1p(_LARGEST)
