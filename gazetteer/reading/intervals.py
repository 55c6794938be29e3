"""How far a stated number reaches: the interval that rounding and hedge leave open.

Round numbers are read round, `683 miles` is first recognised as the 1,100 km it was converted from,
and a hedge widens the number to one side or both. Widths follow a few classes, by granularity.

Source:
    Krifka (2009) on round numbers; Williams and Power (2013), https://oro.open.ac.uk/38262/, on hedges;
    Cummins, Sauerland and Solt (2012), https://doi.org/10.1007/s10988-012-9114-0, on `more than`;
    the power-of-ten rule of GBIF's Georeferencing Best Practices.
"""

from __future__ import annotations

import math
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from gazetteer.reading.units import DECONVERSIONS, UNITS


class HedgeKind(StrEnum):
    """What a hedge does to the number it stands before."""

    ABOUT = "about"
    BELOW = "just_below"
    ABOVE = "above"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EVALUATIVE = "evaluative"
    """`nur`, `only`: says the number is small, leaves it as it is."""


_ROUND_SHARE: Final = 0.05
_ABOUT_SHARE: Final = 0.10
_ABOVE_SHARE: Final = 0.15
_WIDEST_HEDGED: Final = 0.20
_WIDEST_BARE: Final = {True: 0.125, False: 0.20}
"""Widest reading of a round number as a share of it, from 100 on and below: 300 is rarely said of 220."""
_SMALL: Final = 10
"""Numbers below are counted, not rounded."""
_HUNDRED: Final = 100


def granularity(value: float) -> float:
    """Return the coarsest power of ten the writer shows, in the unit as written.

    A pure power of ten counts one lower: whoever says 100 need not mean hundreds.

    Examples:
        >>> granularity(680), granularity(900), granularity(683), granularity(100), granularity(1.5)
        (10.0, 100.0, 1.0, 10.0, 0.1)
    """
    if value <= 0 or not math.isfinite(value):
        return 1.0
    _, exponent = _digits(value)
    if value >= 10 and math.isclose(value, float(Decimal(10) ** exponent)):
        exponent -= 1
    return float(Decimal(10) ** exponent)


@lru_cache(maxsize=4096)
def interval(
    value: float, value2: float | None, unit: str, hedge: HedgeKind | None
) -> tuple[float, float, float]:
    """Return what is claimed: (low, high) in SI and the granularity in the unit as written.

    Args:
        value: The number as written, or the lower end of a range.
        value2: The upper end of a range.
        unit: Canonical symbol, see `gazetteer.reading.units`.
        hedge: What stands before the number.

    Returns:
        `low` may be 0 and `high` infinite; `low <= value <= (value2 or value) <= high` in SI.

    Examples:
        >>> interval(680, None, "km", None)
        (646000.0, 714000.0, 10.0)
        >>> low, high, _ = interval(37, None, "mph", HedgeKind.EVALUATIVE)
        >>> round(low * 3.6), round(high * 3.6)
        (55, 65)
    """
    factor = UNITS[unit].factor
    lowest, highest = (value, value) if value2 is None else (min(value, value2), max(value, value2))
    shown = min(granularity(lowest), granularity(highest))
    width_low, width_high = (hedged_width(bound) for bound in (lowest, highest))
    if hedge is HedgeKind.AT_LEAST:
        return lowest * factor, math.inf, shown
    if hedge is HedgeKind.AT_MOST:
        return 0.0, highest * factor, shown
    if hedge is HedgeKind.BELOW:
        low, high = lowest - max(width_low, _ABOUT_SHARE * lowest), highest
    elif hedge is HedgeKind.ABOVE:
        low, high = lowest, highest + max(width_high, _ABOVE_SHARE * highest)
    elif hedge is HedgeKind.ABOUT:
        low = lowest - max(width_low, _ABOUT_SHARE * lowest)
        high = highest + max(width_high, _ABOUT_SHARE * highest)
    elif value2 is not None:
        low, high = lowest, highest
    else:
        return (*_bare(value, unit), shown)
    return max(0.0, low) * factor, high * factor, shown


def hedged_width(value: float) -> float:
    """Return by how much a hedge moves a number, in its unit: its granule, but no fifth of it.

    Examples:
        >>> hedged_width(900), hedged_width(300), hedged_width(60), hedged_width(2)
        (100.0, 60.0, 10.0, 1.0)
    """
    granule = _granule(value)
    return granule if value < _SMALL else min(granule, _WIDEST_HEDGED * value)


def converted_from(value: float, unit: str) -> tuple[float, str] | None:
    """Return the rounder number in another unit that `value` is the conversion of, if there is one.

    Examples:
        >>> converted_from(683, "mi"), converted_from(37, "mph"), converted_from(680, "km")
        ((1100.0, 'km'), (60.0, 'km/h'), None)
    """
    if value <= 0 or not math.isfinite(value):
        return None
    digits, exponent = _digits(value)
    if digits < 2:
        return None
    granule = float(Decimal(10) ** exponent)
    for other in DECONVERSIONS.get(unit, ()):
        ratio = UNITS[unit].factor / UNITS[other].factor
        for kept in range(1, digits):
            rounder = _rounded(value * ratio, kept)
            back = rounder / ratio
            # Editors round a conversion or cut it off.
            if any(math.isclose(f(back / granule) * granule, value) for f in (round, math.floor)):
                return rounder, other
    return None


def _bare(value: float, unit: str) -> tuple[float, float]:
    factor = UNITS[unit].factor
    origin = converted_from(value, unit)
    half = _granule(value) / 2.0
    if value >= _SMALL and _digits(value)[0] <= 2:
        half = min(half, _WIDEST_BARE[value >= _HUNDRED] * value)
        half = max(half, _ROUND_SHARE * value)
    low, high = (value - half) * factor, (value + half) * factor
    if origin is not None:
        rounder, other = origin
        spread = max(_granule(rounder) / 2.0, _ROUND_SHARE * rounder)
        return (
            max(0.0, min(value * factor, (rounder - spread) * UNITS[other].factor)),
            max(value * factor, (rounder + spread) * UNITS[other].factor),
        )
    return max(0.0, low), high


def _granule(value: float) -> float:
    """Return the step by which such a number is read; halves and quarters of small numbers as such."""
    for step in (0.5, 0.25):
        if 0 < value < 10 and value % 1.0 and value % step == 0.0:
            return step
    return granularity(value)


@lru_cache(maxsize=4096)
def _digits(value: float) -> tuple[int, int]:
    """Return the number of significant digits and the power of ten of the last one."""
    number = Decimal(repr(float(value))).normalize().as_tuple()
    return len(number.digits), int(number.exponent)


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")
