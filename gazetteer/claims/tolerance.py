"""How far a computed value may lie from a stated one: what holds, what holds loosely, what fails.

The interval that rounding and hedge leave open comes with the quantity; this module adds the margin
within which a claim is still called loosely right, and the sectors of compass words.

Source:
    Margins after Krifka (2009) and Ferson et al. (2015): few classes, width by granularity. Sectors after
    Wieczorek, Guo, Hijmans (2004), https://doi.org/10.1080/13658810412331280211: eight winds ±22.5°.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.claim import Verdict
from gazetteer.reading.quantities import HedgeKind, Quantity

LOOSE_SHARE: Final = 0.05
"""Added to each side of the stated interval, as a share of the stated value."""

_GENEROUS: Final = {HedgeKind.BELOW, HedgeKind.ABOVE, HedgeKind.AT_LEAST, HedgeKind.AT_MOST}
_GENEROUS_SHARE: Final = 0.10
_WIDEST_SHARE: Final = 0.15
_ABOUT_SHARE: Final = {True: 0.05, False: 0.10}
"""Widest margin after `etwa`, as a share, from 100 on and below: a round hundred hides no more than that."""
_HUNDRED: Final = 100
_COUNTED: Final = 10
"""Smaller numbers are counted, so their step is their margin."""
_FIVES: Final = 5

MATTER_OF_MAP_KM: Final = 2000.0
"""Beyond this, initial and map bearing differ by ten degrees and more, and no direction is plainly false."""

_OPPOSITE_DEG: Final = 135.0


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The interval of what a writer may mean, and the wider one of what passes as loosely right.

    All four ends are in one unit, `loose_low <= low <= high <= loose_high`.
    """

    low: float
    high: float
    loose_low: float
    loose_high: float

    @classmethod
    def of(cls, quantity: Quantity) -> Tolerance:
        """Return the tolerance of a stated quantity, in SI."""
        factor = quantity.si_value / quantity.value if quantity.value else 1.0
        highest = max(quantity.si_value, (quantity.value2 or quantity.value) * factor)
        extra = LOOSE_SHARE * highest
        kind = quantity.hedge.kind if quantity.hedge else None
        five = _FIVES * quantity.granularity
        if quantity.value % five == 0.0 and five <= quantity.value / 3.0:
            # 25 and 45 are counted in fives more often than in ones.
            extra = max(extra, five * factor / 2.0)
        if kind is HedgeKind.ABOUT:
            extra = max(extra, _capped(quantity.granularity / 2.0, quantity.value) * factor)
        elif kind in _GENEROUS:
            step = quantity.granularity * factor
            step = step if quantity.value < _COUNTED else min(step, _WIDEST_SHARE * highest)
            extra = max(step, _GENEROUS_SHARE * highest)
        return cls(
            quantity.low,
            quantity.high,
            max(0.0, quantity.low - extra),
            max(quantity.high + extra, quantity.high),
        )

    def scaled(self, factor: float) -> Tolerance:
        """Return the same tolerance in another unit."""
        return Tolerance(
            self.low * factor, self.high * factor, self.loose_low * factor, self.loose_high * factor
        )

    def widened(self, by: float) -> Tolerance:
        """Return the tolerance with every limit moved outwards: for what is not known better."""
        return Tolerance(
            max(0.0, self.low - by), self.high + by, max(0.0, self.loose_low - by), self.loose_high + by
        )

    def grade(self, computed: float, *, uncertainty: float = 0.0) -> Verdict:
        """Grade a computed value.

        Args:
            computed: In the tolerance's unit.
            uncertainty: Half-width of what the computation leaves open, in the same unit; it can only
                soften a failure to `holds_loosely`.

        Returns:
            `holds`, `holds_loosely` or `fails`.
        """
        if self.low <= computed <= self.high:
            return Verdict.HOLDS
        if self.loose_low <= computed + uncertainty and computed - uncertainty <= self.loose_high:
            return Verdict.HOLDS_LOOSELY
        return Verdict.FAILS

    def margin(self, computed: float) -> float:
        """Return how far a value lies inside the limits of its own grade.

        For a failure it is negative: how far the value lies outside.
        """
        if self.low <= computed <= self.high:
            return min(computed - self.low, self.high - computed)
        inside = min(computed - self.loose_low, self.loose_high - computed)
        return inside if math.isfinite(inside) else computed - self.loose_low


def _capped(step: float, value: float) -> float:
    return step if value < _COUNTED else min(step, _ABOUT_SHARE[value >= _HUNDRED] * value)


def sector_deg(wind: str) -> tuple[float, float]:
    """Return the half-widths within which a direction holds and holds loosely.

    Args:
        wind: Abbreviation among the sixteen winds.
    """
    return (11.25, 22.5) if len(wind) == 3 else (22.5, 45.0)


def grade_direction(off_deg: float, wind: str, *, distance_km: float, spread_deg: float) -> Verdict:
    """Grade the angle between a stated and a true direction.

    Args:
        off_deg: Unsigned angle, the kinder of initial and map bearing, in [0, 180].
        wind: Abbreviation of the stated direction among the sixteen winds.
        distance_km: Between the two places.
        spread_deg: Half-angle under which both places' extents appear, in [0, 180].

    Returns:
        `fails` only where neither the map nor the size of the places explains the angle.
    """
    holds, loosely = sector_deg(wind)
    if off_deg <= holds:
        return Verdict.HOLDS
    if off_deg <= loosely:
        return Verdict.HOLDS_LOOSELY
    if distance_km > MATTER_OF_MAP_KM and off_deg <= _OPPOSITE_DEG:
        return Verdict.UNVERIFIABLE
    # A few degrees of extent make a borderline case, not a different direction; a wide place does.
    if spread_deg >= 15.0 and off_deg - spread_deg <= loosely:
        return Verdict.UNVERIFIABLE
    return Verdict.FAILS


def spread_deg(distance_km: float, extent_km: float) -> float:
    """Return the half-angle under which a disc of `extent_km` appears from `distance_km` away."""
    if extent_km <= 0.0:
        return 0.0
    return 180.0 if distance_km <= extent_km else math.degrees(math.asin(extent_km / distance_km))
