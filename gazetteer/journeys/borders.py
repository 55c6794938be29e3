"""Borders as railways know them: which cost time, which are closed, and where the gauge breaks."""

from __future__ import annotations

import csv
import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from gazetteer.errors import DataFileError, PositionError
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

_FOLDER: Final = Path(__file__).parent / "data"
BORDERS_FILE: Final = _FOLDER / "borders.toml"
GAUGES_FILE: Final = _FOLDER / "gauges.csv"
BREAKS_FILE: Final = _FOLDER / "gauge_breaks.csv"

CLOSED_KM: Final = 800.0
"""Price of a closed border: taken only where every other way is far longer, and then said so. Moscow
to Kyiv is still 870 km of railway, though no train runs; nobody means the 1,900 km through Poland."""
COMPATIBLE_MM: Final = 4
"""1520 mm and 1524 mm run through; the Finnish and the Russian gauge are ridden by the same trains."""


@dataclass(frozen=True, slots=True)
class BreakStation:
    """A station where bogies are changed or trains reloaded."""

    name: str
    position: LatLon
    countries: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True)
class BorderTable:
    """Prices of borders, national gauges and known breaks of gauge."""

    default_km: float
    break_of_gauge_km: float
    open_km: dict[frozenset[str], float]
    closed: dict[frozenset[str], Wording]
    gauge_mm: dict[str, int]
    """Gauge of most main lines, by country."""
    breaks: tuple[BreakStation, ...]

    @classmethod
    def read(cls) -> BorderTable:
        """Read the tables that ship with the library.

        Raises:
            DataFileError: If one is malformed.
        """
        return _shipped_table()

    def price_km(self, country: str, neighbour: str) -> float:
        """Return what crossing from one country to the other costs, in kilometres; 0 within one."""
        if country == neighbour:
            return 0.0
        pair = frozenset((country, neighbour))
        if pair in self.closed:
            return CLOSED_KM
        price = self.open_km.get(pair, self.default_km)
        return price + (self.break_of_gauge_km if self.gauge_breaks(country, neighbour) else 0.0)

    def gauge_breaks(self, country: str, neighbour: str) -> bool:
        """Tell whether the main gauges of both are known and differ by more than trains tolerate."""
        here, there = self.gauge_mm.get(country), self.gauge_mm.get(neighbour)
        return here is not None and there is not None and abs(here - there) > COMPATIBLE_MM


@cache
def _shipped_table() -> BorderTable:
    try:
        prices = tomllib.loads(BORDERS_FILE.read_text(encoding="utf-8"))
        open_km, closed = _open_km(prices), _closed(prices)
        default_km, break_km = float(prices["default_km"]), float(prices["break_of_gauge_km"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFileError(f"{BORDERS_FILE}: {error!r}") from error
    return BorderTable(
        default_km=default_km,
        break_of_gauge_km=break_km,
        open_km=open_km,
        closed=closed,
        gauge_mm={row["country"]: _whole(GAUGES_FILE, row["gauge_mm"]) for row in _rows(GAUGES_FILE)},
        breaks=tuple(_break_station(row) for row in _rows(BREAKS_FILE)),
    )


def _open_km(prices: dict[str, Any]) -> dict[frozenset[str], float]:
    cheapest: dict[frozenset[str], float] = {}
    for area in prices["open"]:
        for country in area["countries"]:
            for neighbour in area["countries"]:
                pair = frozenset((country, neighbour))
                cheapest[pair] = min(float(area["price_km"]), cheapest.get(pair, math.inf))
    return cheapest


def _closed(prices: dict[str, Any]) -> dict[frozenset[str], Wording]:
    return {frozenset(row["countries"]): Wording(de=row["de"], en=row["en"]) for row in prices["closed"]}


def _break_station(row: dict[str, str]) -> BreakStation:
    try:
        position = LatLon(float(row["lat"]), float(row["lon"]))
    except (ValueError, PositionError) as error:
        raise DataFileError(f"{BREAKS_FILE}: {row['station']}: {error}") from error
    countries = frozenset((row["country"], row["neighbour"]))
    return BreakStation(row["station"], position, countries, row["source"])


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _whole(table: Path, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise DataFileError(f"{table}: expected millimetres, got {text!r}") from error
