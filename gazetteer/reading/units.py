"""Units of length, speed and time, and what they are in SI."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Dimension(StrEnum):
    """What is measured."""

    LENGTH = "length"
    SPEED = "speed"
    DURATION = "duration"


SI_UNIT: Final = {Dimension.LENGTH: "m", Dimension.SPEED: "m/s", Dimension.DURATION: "s"}
"""The SI unit of each dimension."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its canonical symbol; `factor` turns a number of it into SI."""

    symbol: str
    dimension: Dimension
    factor: float


_LENGTHS_M: Final = {
    "pm": 1e-12,
    "nm": 1e-9,
    "um": 1e-6,
    "mm": 1e-3,
    "cm": 1e-2,
    "dm": 0.1,
    "m": 1.0,
    "km": 1e3,
    "in": 0.0254,
    "ft": 0.3048,
    "yd": 0.9144,
    "fathom": 1.8288,
    "furlong": 201.168,
    "mi": 1609.344,
    "nmi": 1852.0,
    "verst": 1066.8,
    "li": 500.0,
    "ly": 9.4607304725808e15,
}
# International yard and pound agreement (1959) and the BIPM's SI brochure; verst: 3,500 English feet;
# li: the Chinese market system since 1930; light year: IAU.

_SPEEDS_M_S: Final = {
    "km/h": 1.0 / 3.6,
    "mph": 0.44704,
    "kn": 1852.0 / 3600.0,
    "m/s": 1.0,
    "ft/s": 0.3048,
    "km/s": 1e3,
    "cm/s": 1e-2,
    "m/ms": 1e3,
    "km/ms": 1e6,
    "cm/ms": 10.0,
    "km/min": 1000.0 / 60.0,
    "m/min": 1.0 / 60.0,
}

_TIMES_S: Final = {
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "day": 86_400.0,
    "week": 604_800.0,
    "month": 2_629_800.0,
    "year": 31_557_600.0,
}
# A year is the Julian 365.25 days and a month its twelfth: exact enough for what articles round.

UNITS: Final = {
    symbol: Unit(symbol, dimension, factor)
    for dimension, table in (
        (Dimension.LENGTH, _LENGTHS_M),
        (Dimension.SPEED, _SPEEDS_M_S),
        (Dimension.DURATION, _TIMES_S),
    )
    for symbol, factor in table.items()
}
"""Every unit by its canonical symbol."""

_SPEED_OF: Final = {("mi", "h"): "mph", ("nmi", "h"): "kn"}

DECONVERSIONS: Final = {
    "mi": ("km",),
    "km": ("mi",),
    "mph": ("km/h",),
    "km/h": ("mph",),
    "ft": ("m",),
    "m": ("ft",),
    "nmi": ("km",),
    "kn": ("km/h",),
}
"""Units an editor may have converted from, per unit as printed."""


def speed_symbol(length: str, time: str) -> str | None:
    """Return the unit of `length` per `time`, or None where nobody measures so.

    Examples:
        >>> speed_symbol("mi", "h")
        'mph'
    """
    symbol = _SPEED_OF.get((length, time), f"{length}/{time}")
    return symbol if symbol in UNITS else None
