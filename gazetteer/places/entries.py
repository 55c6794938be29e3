"""What the gazetteer knows of one place, and how well an entry answers to a name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gazetteer.positions import LatLon
from gazetteer.wording import Wording


class Feature(StrEnum):
    """What kind of place an entry is, coarse enough for a legend."""

    CITY = "city"
    COUNTRY = "country"
    REGION = "region"
    """Administrative units below the country, and regions of custom such as the Russian Far East."""
    CONTINENT = "continent"
    WATER = "water"
    MOUNTAIN = "mountain"
    ISLAND = "island"
    FACILITY = "facility"
    """Airports, stations, bridges, cosmodromes, squares, seats of government."""
    OTHER = "other"


class Match(StrEnum):
    """How a name led to an entry, best first."""

    EXACT = "exact"
    FOLDED = "folded"
    INFLECTED = "inflected"
    NEAR_MISS = "near_miss"
    GEOCODED = "geocoded"


_SMALL_PLACES: Final = frozenset({"PPLL", "PPLX"})
_WIDEST_VILLAGE_KM: Final = 5.0
"""Radius; a village or quarter said to be wider is one whose position is that of its town."""


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One place.

    `id` is `geonames:<number>`, `luftlinie:<slug>` for our own rows, `iso:<alpha-2>` for countries,
    `iata:<code>` for airports or `geopy:<service>:<slug>`.
    """

    id: str
    name: str
    """The name in the source, mostly English or local."""
    feature: Feature
    feature_code: str
    """The GeoNames code, such as `PPLC` or `AIRP`; empty where the source has none."""
    position: LatLon
    country: str | None
    """ISO 3166-1 alpha-2; None on the high seas and for what spans several countries."""
    admin1: str | None
    """GeoNames code of the first-level unit, or its name where no code is known."""
    population: int
    """Inhabitants; 0 where unknown."""
    extent_km: float | None
    """Radius of the disc that holds the place, where known or estimated."""
    source: str
    """Where the row comes from, with its licence, e.g. `GeoNames (CC BY 4.0)`."""
    name_de: str = ""
    """The German exonym where known, else empty."""
    name_en: str = ""
    """The English exonym where known, else empty."""

    @property
    def off_by_km(self) -> float | None:
        """How far off the position may be, for a village or quarter known by its town; None for all else."""
        small = self.feature_code in _SMALL_PLACES and not self.population
        return self.extent_km if small and (self.extent_km or 0.0) > _WIDEST_VILLAGE_KM else None

    def label(self, language: str) -> str:
        """Return the name readers of a language know the place by."""
        return (self.name_de if language == "de" else self.name_en) or self.name


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a name might denote."""

    entry: GazetteerEntry
    score: float
    """In [0, 1]; the scores of one mention's candidates sum to at most 1."""
    match: Match
    why: Wording
    """The evidence for and against, in words."""
